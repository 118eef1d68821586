// Errors of the browser and of the server, at the fields and in one list above the form.
import { h } from '../dom.js';
import { word } from './words.js';

// {"key": ["…"], "list.0.key": ["…"], "_form": ["…"]} → form-js's errors by field id, and what belongs to no field.
export function spread(form, byKey) {
  const instances = form.get('formFieldInstanceRegistry').getAllKeyed();
  const groups = form.get('formFieldRegistry').getAll();
  const fields = {};
  const whole = [];
  for (const [key, messages] of Object.entries(byKey)) {
    const list = Array.isArray(messages) ? messages.map(String) : [String(messages)];
    const instance = instances.find(({ valuePath }) => valuePath.join('.') === key);
    if (instance) put(fields, [instance.id, ...Object.values(instance.indexes ?? {})], list);
    else whole.push(...list.map((message) => (key === '_form' ? message : `${groups.find(({ path }) => path === key)?.label ?? key}：${message}`)));
  }
  return { fields, whole };
}

function put(target, path, value) {
  const last = path.pop();
  let place = target;
  for (const step of path) place = place[step] ??= {};
  place[last] = value;
}

export function showErrors(outer, form, errors) {
  form._setState({ errors: errors.fields });
  const summary = summarise(outer, form, errors);
  summary.focus();
  summary.scrollIntoView({ block: 'nearest' });
}

export function summarise(outer, form, { fields, whole }) {
  const summary = place(outer);
  const lines = [...whole.map((message) => h('li', {}, message)), ...flat(fields).map(([id, message]) => line(outer, form, id, message))];
  summary.hidden = lines.length === 0;
  const title = lines.length === 1 ? word('One item needs your attention') : word('{0} items need your attention', lines.length);
  summary.replaceChildren(h('b', {}, title), h('ul', {}, ...lines));
  return summary;
}

function place(outer) {
  const existing = outer.querySelector('[data-form-summary]');
  const summary = existing ?? h('div', { 'data-form-summary': true, hidden: true });
  summary.classList.add('oc-errors');
  summary.setAttribute('role', 'alert');
  summary.setAttribute('tabindex', '-1');
  if (!existing) outer.querySelector('[data-form-mount]').before(summary);
  return summary;
}

function flat(errors) {
  return Object.entries(errors).flatMap(([id, value]) => leaves(value).map((message) => [id, message]));
}

function leaves(value) {
  return typeof value === 'string' ? [value] : Object.values(value).flatMap(leaves);
}

function line(outer, form, id, message) {
  const field = form.get('formFieldRegistry').get(id);
  const label = field?.label || field?.dateLabel || field?.key || '';
  const go = (event) => {
    event.preventDefault();
    fieldElement(outer, id)?.focus();
  };
  return h('li', {}, h('a', { href: '#', onclick: go }, label ? `${label}：` : ''), message);
}

function fieldElement(outer, id) {
  const escaped = CSS.escape(id);
  return outer.querySelector(`[data-form-mount] :is(input, select, textarea, button)[id*="-${escaped}"]`);
}
