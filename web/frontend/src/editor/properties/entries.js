// The library's fields, each for one value of an element: an attribute, or whatever `get` and `set` reach.
import { CheckboxEntry, SelectEntry, TextAreaEntry, TextFieldEntry, isCheckboxEntryEdited, isSelectEntryEdited, isTextAreaEntryEdited, isTextFieldEntryEdited } from '@bpmn-io/properties-panel';
import { useService } from 'bpmn-js-properties-panel';
import { getBusinessObject } from 'bpmn-js/lib/util/ModelUtil';
import { word } from '../words/properties.js';

const NONE = { value: '', get label() { return word('(none)'); } };

export const attributeOf = (element, name) => getBusinessObject(element).get(name) ?? '';

// What an attribute entry reads and writes; an empty value takes the attribute away.
export function attribute(tools, name) {
  return {
    get: (element) => attributeOf(element, name),
    set: (element, value) => tools.modeling.updateProperties(element, { [name]: value || undefined }),
  };
}

const entry = (component, isEdited) => (id, label, access, more = {}) => ({ id, label, ...access, ...more, component, isEdited });

function props({ id, label, element, get, set, description, validate, rows, monospace, fixed }) {
  const editing = useService('editing');
  const told = typeof description === 'function' ? description(element) : description;
  const keep = (value, problem) => (problem ? undefined : set(element, value));
  return { element, id, label, getValue: get, setValue: keep, disabled: fixed || !editing.allowed, description: told, validate: validate && ((value) => validate(value, element)), rows, monospace };
}

function Text(about) {
  const debounce = useService('debounceInput');
  return TextFieldEntry({ ...props(about), debounce });
}

function Area(about) {
  const debounce = useService('debounceInput');
  return TextAreaEntry({ ...props(about), debounce, autoResize: true });
}

function Choice(about) {
  const own = props(about);
  const getOptions = () => offered(about.options(about.element), own.getValue(about.element), about.required);
  return SelectEntry({ ...own, getOptions });
}

function Tick(about) {
  return CheckboxEntry(props(about));
}

// A value that is not among the choices any more stays to be seen.
function offered(options, value, required) {
  const every = options.flatMap((option) => option.children ?? [option]);
  const strange = value && !every.some((option) => option.value === value) ? [{ value, label: `${value} ⚠` }] : [];
  return [...(required && value ? [] : [NONE]), ...strange, ...options];
}

export const text = entry(Text, isTextFieldEntryEdited);
export const area = entry(Area, isTextAreaEntryEdited);
export const choice = entry(Choice, isSelectEntryEdited);
export const tick = entry(Tick, isCheckboxEntryEdited);
