// The choices of a question: its own, or a list that the case fills.
import { word } from '../words/forms.js';
import { choice, list, text } from './entries.js';

const VALUE = /^[\w.-]+$/;

export function options(tools) {
  const { field, house } = tools;
  const named = lists(house.design);
  const source = choice(tools, 'source', word('Choices'), ['valuesKey'], {
    options: [{ value: '', label: word('written here') }, ...strange(named, field.valuesKey), ...named],
    set: (value) => (value ? tools.edit(field, { valuesKey: value, values: undefined }) : tools.edit(field, { valuesKey: undefined, values: [{ label: word('Choice {0}', 1), value: 'choice_1' }] })),
    description: word('A list of the case is filled when the form is opened.'),
  });
  const groups = [{ id: 'choices', label: word('Choices'), entries: [source], shouldOpen: true }];
  return field.values ? [...groups, own(tools)] : groups;
}

// The lists that the case fills (bpmn/README.md, “Forms”), and those that the draft's own settings spell out.
const FILLED = { agencies: 'Agencies', member_options: 'Possible members', officers: 'Officers of the agency', chair_options: 'Possible chairs of a hearing', police_organs: 'Police organs', tariff_options: 'Acts of the tariff' };

function lists({ draft }) {
  const filled = Object.entries(FILLED).map(([value, name]) => ({ value, label: `${word(name)} · ${value}` }));
  const own = draft.of('yaml').flatMap(({ text }) => spelt(text)).map((value) => ({ value, label: value }));
  return [...filled, ...own];
}

// The names under `options:` of a bundle.yaml; those that end in _words belong to decision tables.
function spelt(yaml) {
  const block = /^options:\s*\n((?:[ #].*\n?|\n)*)/m.exec(yaml ?? '')?.[1] ?? '';
  return [...block.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name).filter((name) => !name.endsWith('_words'));
}

const strange = (named, key) => (key && !named.some(({ value }) => value === key) ? [{ value: key, label: key }] : []);

function own(tools) {
  const { field, edit } = tools;
  const allowed = tools.allowed();
  const write = (values) => edit(field, 'values', values);
  const change = (index, part) => (value) => write(field.values.map((one, place) => (place === index ? { ...one, [part]: value ?? '' } : one)));
  const items = field.values.map((one, index) => ({
    id: `${field.id}-choice-${index}`,
    label: one.label || one.value,
    autoFocusEntry: `${field.id}-choice-${index}-label`,
    entries: [
      text(tools, `${field.id}-choice-${index}-label`, word('Label (Chinese)'), [], { get: () => one.label, set: change(index, 'label') }),
      text(tools, `${field.id}-choice-${index}-en`, word('Label (English)'), ['properties', `en.${one.value}`]),
      text(tools, `${field.id}-choice-${index}-value`, word('Stored as'), [], { get: () => one.value, set: renamed(tools, index), validate: (value) => wrongValue(field.values, index, value) }),
    ],
    remove: allowed ? (event) => { event.stopPropagation(); write(field.values.filter((_, place) => place !== index)); } : undefined,
  }));
  const add = allowed ? (event) => { event.stopPropagation(); write([...field.values, fresh(field.values)]); } : undefined;
  return list({ id: 'values', label: word('Choices written here'), items, add, shouldOpen: true });
}

function fresh(values) {
  let number = values.length + 1;
  while (values.some(({ value }) => value === `choice_${number}`)) number += 1;
  return { label: word('Choice {0}', number), value: `choice_${number}` };
}

function wrongValue(values, index, value) {
  if (!VALUE.test(value ?? '')) return word('Letters, digits, _ . and -');
  return values.some((one, place) => place !== index && one.value === value) ? word('Another choice is stored as this.') : null;
}

// The English label of a choice is kept under its value: it moves along.
const renamed = ({ field, edit }, index) => (value) => {
  const before = field.values[index].value;
  const { [`en.${before}`]: english, ...words } = field.properties ?? {};
  edit(field, { values: field.values.map((one, place) => (place === index ? { ...one, value } : one)), properties: english ? { ...words, [`en.${value}`]: english } : field.properties });
};
