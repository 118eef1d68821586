// The buttons beside a selected element: bpmn-js's, less what is not in the dialect, and a user task in place of the untyped one.
import { is } from 'bpmn-js/lib/util/ModelUtil';

const LATE = 400; // after bpmn-js and the append menu have said theirs
const FOREIGN = ['append.receive-task', 'append.condition-intermediate-event', 'append.signal-intermediate-event', 'append.compensation-activity', 'append.intermediate-event', 'append.append-task'];
const NESTING = ['lane-divide-two', 'lane-divide-three']; // in a lane; a pool is divided into lanes beside each other
const ROUNDED = ['bpmn:StartEvent', 'bpmn:Activity', 'bpmn:Gateway', 'bpmn:IntermediateCatchEvent', 'bpmn:BoundaryEvent'];

export default class DialectContextPad {
  static $inject = ['contextPad', 'injector', 'elementFactory', 'create', 'autoPlace', 'appendPreview', 'translate', 'editing'];

  constructor(contextPad, injector, elementFactory, create, autoPlace, appendPreview, translate, editing) {
    Object.assign(this, { injector, elementFactory, create, autoPlace, appendPreview, translate, editing });
    contextPad.registerProvider(LATE, this);
  }

  getMultiElementContextPadEntries() {
    return (entries) => (this.editing.allowed ? entries : {});
  }

  getContextPadEntries(element) {
    return (entries) => {
      if (!this.editing.allowed) return {};
      const kept = Object.fromEntries(Object.entries(entries).filter(([name]) => !FOREIGN.includes(name) && !(NESTING.includes(name) && is(element, 'bpmn:Lane'))));
      const gateway = kept['append.gateway'];
      if (gateway) gateway.className = 'bpmn-icon-gateway-xor';
      return { ...this.next(element), ...kept };
    };
  }

  next(element) {
    const open = element.businessObject && !is(element, 'bpmn:EventBasedGateway') && !element.labelTarget && ROUNDED.some((type) => is(element, type));
    return open ? { 'append.user-task': this.append('bpmn:UserTask', 'bpmn-icon-user-task', 'User task') } : {};
  }

  append(type, className, title) {
    const shape = () => this.elementFactory.createShape({ type });
    return {
      group: 'model',
      className,
      title: this.translate('Append {element}', { element: this.translate(title) }),
      action: {
        click: (_, element) => this.autoPlace.append(element, shape()),
        dragstart: (event, element) => this.create.start(event, shape(), { source: element }),
        hover: (_, element) => {
          this.appendPreview.create(element, type, {});
          return () => this.appendPreview.cleanUp();
        },
      },
    };
  }
}
