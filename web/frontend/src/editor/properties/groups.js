// A group of fields, and a list to which items are added.
import { Group, ListGroup } from '@bpmn-io/properties-panel';
import { translate } from '../words/speak.js';
import { attributeOf, choice } from './entries.js';

export const group = (id, label, entries) => ({ id, label, entries, component: Group, shouldOpen: true, translate });

// An attribute that holds several values, `a;b`: one choice for each.
export function several(tools, element, name, { id, label, item, options }) {
  const values = attributeOf(element, name).split(';').map((one) => one.trim()).filter(Boolean);
  const write = (next) => tools.modeling.updateProperties(element, { [name]: next.filter((one) => one !== null).join(';') || undefined });
  const { allowed } = tools.editing;
  const all = options();
  const labelOf = (value) => all.find((option) => option.value === value)?.label ?? value;
  const items = values.map((value, index) => {
    const set = (_, chosen) => write(values.map((one, place) => (place === index ? chosen || null : one)));
    return {
      id: `${id}-${index}`,
      label: labelOf(value),
      entries: [choice(`${id}-${index}-value`, item, { get: () => value, set }, { options: () => all, required: true })],
      autoFocusEntry: `${id}-${index}-value`,
      remove: allowed ? (event) => { event.stopPropagation(); write(values.filter((_, place) => place !== index)); } : undefined,
    };
  });
  const free = all.find((option) => !values.includes(option.value));
  const add = allowed && free ? (event) => { event.stopPropagation(); write([...values, free.value]); } : undefined;
  return { id, label, items, add, component: ListGroup, shouldOpen: true, translate };
}
