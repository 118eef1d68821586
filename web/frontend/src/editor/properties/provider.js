// Which groups the properties panel shows for an element: ours, and only those.
import { is } from 'bpmn-js/lib/util/ModelUtil';
import { callActivity, decisionTask, serviceTask } from './automatic.js';
import { branches } from './branches.js';
import { event } from './event.js';
import { flow } from './flow.js';
import { lane } from './lane.js';
import { names, processOf } from './names.js';
import { documents, userTask } from './task.js';

const GROUPS = [
  ['bpmn:Lane', lane],
  ['bpmn:UserTask', userTask],
  ['bpmn:ServiceTask', serviceTask],
  ['bpmn:BusinessRuleTask', decisionTask],
  ['bpmn:CallActivity', callActivity],
  ['bpmn:CatchEvent', event],
  ['bpmn:StartEvent', documents],
  ['bpmn:SequenceFlow', flow],
  ['bpmn:Activity', branches],
  ['bpmn:Participant', processOf],
  ['bpmn:Collaboration', processOf],
];

export class PropertiesProvider {
  static $inject = ['propertiesPanel', 'modeling', 'bpmnFactory', 'moddle', 'elementRegistry', 'commandStack', 'design', 'editing', 'bpmnjs', 'config.file'];

  constructor(propertiesPanel, modeling, bpmnFactory, moddle, elementRegistry, commandStack, design, editing, bpmnjs, file) {
    const together = (commands) => commandStack.execute('properties-panel.multi-command-executor', commands);
    this.tools = { modeling, bpmnFactory, moddle, elementRegistry, design, editing, together, definitions: () => bpmnjs.getDefinitions(), file: () => file.path };
    propertiesPanel.registerProvider(this);
  }

  getGroups(element) {
    return (groups) => [...groups, ...this.groups(element)];
  }

  groups(element) {
    const own = GROUPS.filter(([type]) => is(element, type)).flatMap(([, make]) => make(this.tools, element));
    return [names(this.tools, element), ...own].filter(Boolean);
  }
}
