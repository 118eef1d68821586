// Answers to look at a form with: the first choice of each question, which is the usual, onward road.
import { word } from '../words/forms.js';

const today = () => new Date().toLocaleDateString('sv-SE');
const LIST = [{ value: 'sample_1', get label() { return word('Example {0}', 1); } }, { value: 'sample_2', get label() { return word('Example {0}', 2); } }];

const ANSWERS = {
  textfield: ({ label, validate }) => (validate?.pattern ? undefined : word('Example: {0}', label ?? '')), textarea: ({ label }) => word('Example: {0}', label ?? ''), number: ({ validate }) => Math.max(validate?.min ?? 1, 1), checkbox: () => true,
  datetime: ({ subtype }) => ({ time: '09:30', datetime: `${today()}T09:30` })[subtype] ?? today(), select: (field) => choices(field)[0]?.value, radio: (field) => choices(field)[0]?.value,
  checklist: (field) => choices(field).slice(0, 1).map(({ value }) => value), taglist: (field) => choices(field).slice(0, 2).map(({ value }) => value),
};

const choices = ({ values, valuesKey }) => values ?? (valuesKey ? LIST.map(({ value, label }) => ({ value, label })) : []);

function answersOf(components) {
  const found = {};
  for (const component of components ?? []) {
    if (component.type === 'group') Object.assign(found, answersOf(component.components));
    else if (component.type === 'dynamiclist') found[component.path] = [answersOf(component.components)];
    else if (ANSWERS[component.type] && component.key) found[component.key] = ANSWERS[component.type](component);
  }
  return found;
}

function listsOf(components) {
  const keys = (components ?? []).flatMap((component) => [component.valuesKey, ...Object.keys(listsOf(component.components))]).filter(Boolean);
  return Object.fromEntries(keys.map((key) => [key, LIST.map(({ value, label }) => ({ value, label }))]));
}

// `filled` false: the lists alone, as an officer meets an empty form.
export const samples = (schema, filled) => ({ ...listsOf(schema.components), ...(filled && answersOf(schema.components)) });
