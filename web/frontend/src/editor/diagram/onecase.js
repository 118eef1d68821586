// The attributes of our namespace, as bpmn-moddle wants them described: what is described is kept, copied and pasted.
const attribute = (name) => ({ name, isAttr: true, type: 'String' });
const on = (name, elements, ...attributes) => ({ name, extends: elements.map((element) => `bpmn:${element}`), properties: attributes.map(attribute) });

export const onecase = {
  name: 'OneCase',
  prefix: 'onecase',
  uri: 'urn:onecase:bpmn:1',
  xml: { tagAlias: 'lowerCase' },
  associations: [],
  types: [
    on('Named', ['FlowElement', 'Process', 'Participant', 'Lane', 'Message', 'TextAnnotation'], 'nameEn'),
    on('Placed', ['FlowNode', 'Lane'], 'agency', 'role'),
    on('Asked', ['UserTask'], 'form', 'officers', 'gate'),
    on('Limited', ['UserTask', 'CatchEvent'], 'clock'),
    on('Winding', ['UserTask', 'ServiceTask'], 'startsClock', 'stopsClock'),
    on('Documented', ['UserTask', 'ServiceTask', 'StartEvent'], 'documents'),
    on('Served', ['ServiceTask'], 'service'),
    on('Decided', ['BusinessRuleTask'], 'decision'),
  ],
};
