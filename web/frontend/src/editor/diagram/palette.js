// What can be put on the canvas, for the dialect: in place of bpmn-js's own palette.
import { SHORTCUTS_KEY_BINDINGS as KEYS } from 'bpmn-js/lib/features/keyboard/BpmnKeyboardBindings';

const TOOLS = [
  ['hand-tool', 'Activate hand tool', KEYS.handTool, 'handTool', 'activateHand'],
  ['lasso-tool', 'Activate lasso tool', KEYS.lassoTool, 'lassoTool', 'activateSelection'],
  ['space-tool', 'Activate create/remove space tool', KEYS.spaceTool, 'spaceTool', 'activateSelection'],
  ['connection-multi', 'Activate global connect tool', KEYS.globalConnectTool, 'globalConnect', 'start'],
];
const SHAPES = [
  ['event', 'start-event-none', 'Start event', { type: 'bpmn:StartEvent' }],
  ['event', 'intermediate-event-catch-message', 'Message intermediate catch event', { type: 'bpmn:IntermediateCatchEvent', eventDefinitionType: 'bpmn:MessageEventDefinition' }],
  ['event', 'intermediate-event-catch-timer', 'Timer intermediate catch event', { type: 'bpmn:IntermediateCatchEvent', eventDefinitionType: 'bpmn:TimerEventDefinition' }],
  ['event', 'end-event-none', 'End event', { type: 'bpmn:EndEvent' }],
  ['gateway', 'gateway-xor', 'Exclusive gateway', { type: 'bpmn:ExclusiveGateway' }],
  ['gateway', 'gateway-parallel', 'Parallel gateway', { type: 'bpmn:ParallelGateway' }],
  ['gateway', 'gateway-eventbased', 'Event-based gateway', { type: 'bpmn:EventBasedGateway' }],
  ['activity', 'user-task', 'User task', { type: 'bpmn:UserTask' }],
  ['activity', 'service-task', 'Service task', { type: 'bpmn:ServiceTask' }],
  ['activity', 'business-rule-task', 'Business rule task', { type: 'bpmn:BusinessRuleTask' }],
  ['activity', 'call-activity', 'Call activity', { type: 'bpmn:CallActivity' }],
  ['activity', 'subprocess-expanded', 'Sub-process (expanded)', null],
  ['artifact', 'text-annotation', 'Text annotation', { type: 'bpmn:TextAnnotation' }],
  ['collaboration', 'participant', 'Expanded pool/participant', null],
];
const GLYPHS = { 'user-task': 'user', 'service-task': 'service', 'business-rule-task': 'business-rule' };

export default class PaletteProvider {
  static $inject = ['palette', 'injector', 'create', 'elementFactory', 'translate'];

  constructor(palette, injector, create, elementFactory, translate) {
    Object.assign(this, { injector, create, elementFactory, translate });
    palette.registerProvider(this);
  }

  getPaletteEntries() {
    return { ...Object.fromEntries(TOOLS.map((tool) => this.tool(...tool))), 'tool-separator': { group: 'tools', separator: true }, ...Object.fromEntries(SHAPES.map((shape) => this.shape(...shape))) };
  }

  tool(glyph, title, { key }, service, method) {
    const click = (event) => this.injector.get(service)[method](event);
    return [glyph, { group: 'tools', className: `bpmn-icon-${glyph}`, title: this.translate(title), shortcut: key, action: { click } }];
  }

  shape(group, glyph, title, attributes) {
    const begin = (event) => this.begin(event, glyph, attributes);
    return [`create.${glyph}`, { group, className: `bpmn-icon-${GLYPHS[glyph] ?? glyph}`, title: this.translate(title), action: { click: begin, dragstart: begin } }];
  }

  begin(event, glyph, attributes) {
    if (glyph === 'participant') return this.create.start(event, this.pool());
    if (glyph !== 'subprocess-expanded') return this.create.start(event, this.elementFactory.createShape(attributes));
    const around = this.elementFactory.createShape({ type: 'bpmn:SubProcess', x: 0, y: 0, isExpanded: true });
    const start = this.elementFactory.createShape({ type: 'bpmn:StartEvent', x: 40, y: 82, parent: around });
    return this.create.start(event, [around, start], { hints: { autoSelect: [around] } });
  }

  pool() {
    const shape = this.elementFactory.createParticipantShape();
    shape.businessObject.processRef.isExecutable = true;
    return shape;
  }
}
