// The form of a waiting task as its officer sees it: the same script, the same checks, the same summary of what is wrong.
import { h } from '../../dom.js';
import { fetched } from '../fetched.js';
import { word } from './words.js';

let number = 0;

const data = (name, told) => {
  const block = h('script', { type: 'application/json', [`data-form-${name}`]: true });
  block.textContent = JSON.stringify(told);
  return block;
};

// `send` gets the answers. `typed` and `wrong` (by key) are what was refused the last time.
export async function taskForm(place, task, send, { typed, wrong } = {}) {
  const { script, sheet } = place.closest('[data-trying]').dataset;
  await fetched(script, sheet);
  number += 1;
  const errors = Object.fromEntries(Object.entries(wrong ?? {}).map(([key, sentence]) => [key, [sentence]]));
  const outer = h('form', { 'data-onecase-form': true, id: `try-${number}`, class: 'oc-trying-form' },
    data('schema', task.form), data('data', { ...task.data, ...typed }), Object.keys(errors).length ? data('errors', errors) : null,
    task.form.components?.length ? null : h('p', { class: 'oc-muted' }, word('no fields to fill in')),
    h('div', { 'data-form-mount': true }),
    h('div', { class: 'oc-trying-end' }, h('button', { type: 'submit', class: 'btn btn-primary btn-sm' }, word('Complete'))));
  outer.addEventListener('submit', (event) => {
    event.preventDefault();
    forget(outer.id);
    send(JSON.parse(outer.elements.namedItem('answers')?.value || '{}'));
  });
  place.replaceChildren(outer);
  outer.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true }));
}

// Whoever plays keeps nothing: the script remembers in this tab what an officer types.
function forget(id) {
  const mine = Object.keys(sessionStorage).filter((key) => key.startsWith('onecase:draft:') && key.includes(`:${id}:`));
  for (const key of [...mine, 'onecase:sent']) sessionStorage.removeItem(key);
}
