// Mounts the form-js viewer into <form data-onecase-form> (README.md §2). The outer form is what is sent.
import { Form } from '@bpmn-io/form-js-viewer';
import flatpickr from 'flatpickr';
import { Mandarin } from 'flatpickr/dist/esm/l10n/zh.js';
import { h, mountAll, readJson } from '../dom.js';
import { chinese } from '../language.js';
import { Draft } from './draft.js';
import { showErrors, spread, summarise } from './errors.js';
import { word } from './words.js';

flatpickr.localize({ ...(chinese() ? Mandarin : {}), firstDayOfWeek: 1 });

const mounted = new WeakMap();
const HINTS = { 'yyyy-mm-dd': '年-月-日', 'hh:mm': '时:分' }; // what form-js writes into an empty date in every language

async function mount(outer) {
  const place = outer.querySelector('[data-form-mount]');
  const readOnly = outer.hasAttribute('data-readonly');
  // Without debounce: form-js would read a text field a moment after the keystroke, and another field drawn anew meanwhile empties it.
  const form = new Form({ container: place, debounce: false, properties: readOnly ? { readOnly: true } : {} });
  const draft = new Draft(outer, () => answersOf(form));
  try {
    await form.importSchema(readJson(outer, 'data-form-schema', { type: 'default', components: [] }), readJson(outer, 'data-form-data', {}));
  } catch (problem) {
    console.error(problem);
    place.replaceChildren(h('p', { class: 'oc-note oc-note-danger', role: 'alert' }, word('This form cannot be shown. Please tell the administrator.')));
    return;
  }
  if (readOnly) draft.forget();
  else listen(outer, place, form, draft);
  if (chinese()) hintDates(place);
  outer.dispatchEvent(new CustomEvent('onecase:form-ready', { bubbles: true, detail: { form } }));
}

// A field that appears later is drawn anew, with form-js's own words.
function hintDates(place) {
  const hint = () => place.querySelectorAll('input[placeholder]').forEach((input) => { input.placeholder = HINTS[input.placeholder] ?? input.placeholder; });
  hint();
  new MutationObserver(hint).observe(place, { childList: true, subtree: true });
}

function listen(outer, place, form, draft) {
  mounted.set(outer, { form, draft });
  const errors = readJson(outer, 'data-form-errors', {});
  if (Object.keys(errors).length) {
    draft.forget(); // the server has what was typed: it answered it
    showErrors(outer, form, spread(form, errors));
  } else if (draft.kept()) {
    restore(form, draft, readJson(outer, 'data-form-data', {}));
  }
  contain(outer, place);
  form.on('field.updated', () => {
    draft.changed();
    outer.dispatchEvent(new CustomEvent('onecase:form-changed', { bubbles: true, detail: { answers: answersOf(form) } }));
  });
}

async function restore(form, draft, original) {
  const { schema } = form._getState();
  await form.importSchema(schema, { ...original, ...draft.kept() });
  draft.restored(() => form.importSchema(schema, original));
}

// form-js draws a <form> of its own: nothing of it may reach the outer form as if it were the outer's.
function contain(outer, place) {
  place.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (event.submitter) submit(outer);
  });
  place.addEventListener('reset', (event) => event.stopPropagation());
  outer.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    document.activeElement?.blur?.(); // some fields take their value over when they lose the focus
    setTimeout(() => submit(outer));
  });
}

function submit(outer) {
  const buttons = [...outer.elements].filter((element) => element.type === 'submit' && !element.formNoValidate && !element.disabled);
  outer.requestSubmit(buttons.at(-1));
}

// In the capturing phase, before htmx and before the browser: an invalid form goes nowhere.
document.addEventListener('submit', (event) => {
  const { form, draft } = mounted.get(event.target) ?? {};
  if (!form) return;
  const unchecked = event.submitter?.formNoValidate;
  const errors = unchecked ? {} : form.validate();
  if (Object.keys(errors).length) {
    event.preventDefault();
    event.stopImmediatePropagation();
    showErrors(event.target, form, { fields: errors, whole: [] });
    return;
  }
  summarise(event.target, form, { fields: {}, whole: [] });
  answersInput(event.target).value = JSON.stringify(answersOf(form));
  attachFiles(event.target, form);
  draft.sent();
}, true);

const answersOf = (form) => form._getSubmitData();

function answersInput(outer) {
  const existing = outer.querySelector('input[type="hidden"][name="answers"]');
  if (existing) return existing;
  const made = h('input', { type: 'hidden', name: 'answers' });
  outer.append(made);
  return made;
}

function attachFiles(outer, form) {
  outer.querySelectorAll('input[data-form-file]').forEach((input) => input.remove());
  for (const [id, files] of form.get('fileRegistry').getAllFiles()) {
    const transfer = new DataTransfer();
    files.forEach((file) => transfer.items.add(file));
    const input = h('input', { type: 'file', name: id, multiple: true, hidden: true, 'data-form-file': true });
    input.files = transfer.files;
    outer.append(input);
  }
}

mountAll('form[data-onecase-form]', mount);
