// What an element is called, in both languages, and its id.
import { getBusinessObject, is } from 'bpmn-js/lib/util/ModelUtil';
import { word } from '../words/properties.js';
import { area, attribute, text } from './entries.js';
import { group } from './groups.js';

const ID = /^[A-Za-z_][\w-]*$/;

export function names(tools, element) {
  if (is(element, 'bpmn:TextAnnotation')) return group('names', word('Text'), annotation(tools));
  if (is(element, 'bpmn:Collaboration')) return null;
  const entries = [
    text('name', word('Name (Chinese)'), named(tools, 'name')),
    text('nameEn', word('Name (English)'), named(tools, 'onecase:nameEn')),
  ];
  return group('names', word('Name'), is(element, 'bpmn:Participant') ? entries : [...entries, text('id', word('Id'), identity(tools), { validate: (value) => wrongId(tools, element, value), monospace: true })]);
}

const annotation = (tools) => [
  area('text', word('Text'), attribute(tools, 'text'), { rows: 4 }),
  text('nameEn', word('Text (English)'), attribute(tools, 'onecase:nameEn')),
];

// A pool and its process are one thing to people: they bear one name.
function named(tools, name) {
  const { get } = attribute(tools, name);
  return {
    get,
    set: (element, value) => {
      const { processRef } = getBusinessObject(element);
      if (!processRef) return tools.modeling.updateProperties(element, { [name]: value });
      return tools.together([
        { cmd: 'element.updateProperties', context: { element, properties: { [name]: value } } },
        { cmd: 'element.updateModdleProperties', context: { element, moddleElement: processRef, properties: { [name]: value } } },
      ]);
    },
  };
}

function identity(tools) {
  return { get: ({ businessObject }) => businessObject.id, set: (element, value) => tools.modeling.updateProperties(element, { id: value }) };
}

function wrongId(tools, element, value) {
  if (!value) return word('An element needs an id.');
  if (!ID.test(value)) return word('Letters, digits, _ and -; begins with a letter.');
  const owner = tools.moddle.ids.assigned(value);
  return owner && owner !== getBusinessObject(element) ? word('This id is taken.') : null;
}

// The process behind a pool: its id is the name of the file.
export function processOf(tools, element) {
  const root = getBusinessObject(element);
  const process = root.processRef ?? (is(root, 'bpmn:Collaboration') ? root.participants?.[0]?.processRef : null);
  if (!process) return null;
  const of = (name) => ({
    get: () => process.get(name) ?? '',
    set: (_, value) => tools.modeling.updateModdleProperties(element, process, { [name]: value }),
  });
  const entries = [text('processId', word('Id'), { get: () => process.id, set: () => {} }, { description: word('The file bears this name.'), monospace: true, fixed: true })];
  const both = [text('processName', word('Name (Chinese)'), of('name')), text('processNameEn', word('Name (English)'), of('onecase:nameEn'))];
  return group('process', word('Process'), root.processRef ? entries : [...both, ...entries]);
}
