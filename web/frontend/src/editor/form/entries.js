// The form editor's own fields (library_texts.mjs takes them out of its bundle), each for one property of a component.
import { CheckboxEntry, ListGroup, SelectEntry, TextAreaEntry, TextfieldEntry, usePropertiesPanelService } from '@bpmn-io/form-js-editor';

const at = (field, path) => path.reduce((value, name) => value?.[name], field);

// The whole of the first part of the path, with the last part changed; what becomes empty goes.
function changed(field, [first, ...rest], value) {
  const gone = value === undefined || value === '' || value === null;
  if (!rest.length) return gone ? undefined : value;
  const next = { ...field[first] };
  if (gone) delete next[rest[0]];
  else next[rest[0]] = value;
  return Object.keys(next).length ? next : undefined;
}

export const write = (tools, path, value) => tools.edit(tools.field, path[0], changed(tools.field, path, value));

const entry = (component, edited) => (tools, id, label, path, more = {}) => ({
  id, label, component, isEdited: edited, field: tools.field,
  get: () => at(tools.field, path), set: (value) => write(tools, path, value), disabled: !tools.allowed(), ...more,
});

const shared = ({ id, label, field, get, set, description, validate, disabled, rows }) => ({
  element: field, id, label, description, validate, disabled, rows, getValue: get, setValue: (value, problem) => (problem ? undefined : set(value)),
});

const Text = (about) => TextfieldEntry({ ...shared(about), getValue: () => about.get() ?? '', debounce: usePropertiesPanelService('debounce') });
const Area = (about) => TextAreaEntry({ ...shared(about), getValue: () => about.get() ?? '', debounce: usePropertiesPanelService('debounce'), autoResize: true });
const Tick = (about) => CheckboxEntry({ ...shared(about), getValue: () => about.get() === true });
const Choice = (about) => SelectEntry({ ...shared(about), getValue: () => about.get() ?? '', getOptions: () => about.options });

const filled = (node) => node && !!node.value;
const ticked = (node) => node && !!node.checked;

export const text = entry(Text, filled);
export const area = entry(Area, filled);
export const tick = entry(Tick, ticked);
export const choice = entry(Choice, filled);

// A whole number or nothing.
export const number = (tools, id, label, path, more) => text(tools, id, label, path, {
  get: () => at(tools.field, path)?.toString(), set: (value) => write(tools, path, value === '' || value === undefined ? undefined : Number(value)), validate: (value) => (!value || /^-?\d+(\.\d+)?$/.test(value) ? null : '0–9'), ...more,
});

export const list = (about) => ({ ...about, component: ListGroup });
