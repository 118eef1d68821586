// Whether this diagram may be changed here: not while it is reviewed, nor on a narrow screen. Nothing then reaches the model.
import RuleProvider from 'diagram-js/lib/features/rules/RuleProvider';
import { is } from 'bpmn-js/lib/util/ModelUtil';

const FIRST = 10000;
const CHANGES = [
  'elements.create', 'elements.move', 'elements.delete', 'elements.paste', 'element.paste', 'shape.create', 'shape.resize', 'shape.attach', 'shape.append', 'shape.replace',
  'connection.create', 'connection.start', 'connection.reconnect', 'connection.updateWaypoints', 'elements.align', 'elements.distribute',
];
const READING = ['f', 'F', 'a', 'A', 'c', 'C', '+', '-', '=', '0'];

export class Editing {
  static $inject = ['config.editing', 'eventBus', 'palette', 'contextPad'];

  constructor(config, eventBus, palette, contextPad) {
    Object.assign(this, { allowed: config?.allowed ?? true, palette, contextPad });
    eventBus.on('element.dblclick', FIRST, () => (this.allowed ? undefined : false));
    eventBus.on('keyboard.keydown', FIRST, ({ keyEvent }) => (this.allowed || reads(keyEvent) ? undefined : true));
  }

  allow(yes) {
    if (this.allowed === yes) return;
    this.allowed = yes;
    this.palette._update();
    this.contextPad.close();
  }
}

const reads = (event) => ((event.ctrlKey || event.metaKey) && READING.includes(event.key)) || event.key.startsWith('Arrow') || event.key === 'Escape';

export class EditingRules extends RuleProvider {
  static $inject = ['eventBus', 'editing', 'elementRegistry'];

  constructor(eventBus, editing, elementRegistry) {
    super(eventBus);
    this.addRule(CHANGES, FIRST, () => (editing.allowed ? undefined : false));
    this.addRule('shape.create', 1500, ({ shape }) => onePool(shape, elementRegistry));
  }

  init() {}
}

// The dialect has one pool in a file.
const onePool = (shape, registry) => (is(shape, 'bpmn:Participant') && registry.filter((element) => is(element, 'bpmn:Participant') && element !== shape).length ? false : undefined);
