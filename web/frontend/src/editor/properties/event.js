// What a catching event waits for: a clock, or news that somebody reports.
import { getBusinessObject, is } from 'bpmn-js/lib/util/ModelUtil';
import { word } from '../words/properties.js';
import { clockChoice } from './clock.js';
import { attribute, choice, text, tick } from './entries.js';
import { group } from './groups.js';

const definitionOf = (element, kind) => getBusinessObject(element).eventDefinitions?.find((definition) => is(definition, `bpmn:${kind}EventDefinition`));

export function event(tools, element) {
  const edge = is(element, 'bpmn:BoundaryEvent') ? [tick('ends', word('Ends the activity'), attributeOfEdge(tools))] : [];
  if (definitionOf(element, 'Timer')) return [group('timer', word('Timer'), [...edge, timerClock(tools, element)])];
  if (definitionOf(element, 'Message')) return [group('news', word('News'), [...edge, ...news(tools, element)])];
  return [];
}

const attributeOfEdge = (tools) => ({
  get: (element) => getBusinessObject(element).cancelActivity !== false,
  set: (element, yes) => tools.modeling.updateProperties(element, { cancelActivity: yes }),
});

// A limit of the law never decides: where the event takes the case along, only a rule of the house may stand.
function timerClock(tools, element) {
  const { cancelActivity, incoming = [] } = getBusinessObject(element);
  const decides = is(element, 'bpmn:BoundaryEvent') ? cancelActivity !== false : incoming.some(({ sourceRef }) => is(sourceRef, 'bpmn:EventBasedGateway'));
  const wanted = decides ? ({ setting }) => setting : () => true;
  return clockChoice(tools, 'clock', word('Clock'), attribute(tools, 'onecase:clock'), wanted);
}

function news(tools, element) {
  const definition = definitionOf(element, 'Message');
  const definitions = tools.definitions();
  const known = definitions.rootElements.filter((one) => is(one, 'bpmn:Message'));
  const update = (moddleElement, properties) => ({ cmd: 'element.updateModdleProperties', context: { element, moddleElement, properties } });
  const create = (properties) => {
    const message = tools.bpmnFactory.create('bpmn:Message', properties);
    message.$parent = definitions;
    return tools.together([update(definitions, { rootElements: [...definitions.rootElements, message] }), update(definition, { messageRef: message })]);
  };
  const of = (name) => ({
    get: () => definition.messageRef?.get(name) ?? '',
    set: (_, value) => (definition.messageRef ? tools.modeling.updateModdleProperties(element, definition.messageRef, { [name]: value }) : create({ [name]: value })),
  });
  const chosen = {
    get: () => definition.messageRef?.id ?? '',
    set: (_, id) => (id === 'new' ? create({}) : tools.modeling.updateModdleProperties(element, definition, { messageRef: known.find((one) => one.id === id) })),
  };
  const options = () => [...known.map(({ id, name }) => ({ value: id, label: name || id })), { value: 'new', label: word('New news') }];
  return [
    ...(known.length ? [choice('message', word('Existing news'), chosen, { options })] : []),
    text('newsName', word('What the news is called (Chinese)'), of('name')),
    text('newsNameEn', word('What the news is called (English)'), of('onecase:nameEn')),
  ];
}
