// Questions in the page's own dialog: a line to type, or one of several choices.
import { h } from '../dom.js';
import { word } from './words/words.js';

// Resolves with the value of the button that was pressed, '' when the dialog was closed.
export function choose(title, text, buttons, ...more) {
  const made = buttons.map(([value, label, kind]) => h('button', { class: `btn ${kind ?? ''}`, value }, label));
  return shown(title, [h('p', {}, text), ...more, h('div', { class: 'oc-dialog-end' }, ...made)]);
}

// Resolves with what was typed, '' when nothing was. `wrong` says in words what is not accepted.
export async function typed(title, label, wrong) {
  const input = h('input', { class: 'form-control oc-mono', name: 'typed', required: true, autocomplete: 'off', spellcheck: 'false' });
  input.addEventListener('input', () => input.setCustomValidity(input.value ? wrong(input.value) ?? '' : ''));
  const buttons = h('div', { class: 'oc-dialog-end' }, h('button', { class: 'btn', value: '', formnovalidate: true }, word('Cancel')), h('button', { class: 'btn btn-primary', value: 'yes' }, word('Create')));
  return (await shown(title, [h('label', { class: 'd-block' }, label, input), buttons])) && input.value;
}

function shown(title, content) {
  return new Promise((answer) => {
    const dialog = h('dialog', { class: 'oc-dialog', 'aria-label': title }, h('form', { method: 'dialog' }, h('h2', {}, title), ...content));
    dialog.addEventListener('close', () => {
      dialog.remove();
      answer(dialog.returnValue);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
