// The keys of the editor.
import { h } from '../dom.js';
import { word } from './words/words.js';

const KEYS = [
  ['Ctrl Z', 'undo'], ['Ctrl Y', 'redo'], ['Ctrl S', 'save now'], ['Ctrl C X V D', 'copy, cut, paste, duplicate'], ['Ctrl A', 'select all'], ['Ctrl F', 'find an element'], ['Delete', 'delete what is selected'], ['E', 'edit the name'],
  ['A', 'append an element'], ['N', 'new element'], ['R', 'change the type'], ['H L S C', 'hand, lasso, space, connect'], ['← ↑ → ↓', 'move what is selected'], ['Ctrl ← ↑ → ↓', 'move the canvas'],
  ['Ctrl + − 0', 'zoom'], ['F', 'fit to window'], ['?', 'this help'],
];

export function showKeys() {
  const lines = KEYS.flatMap(([keys, what]) => [h('dt', {}, ...keys.split(' ').map((key) => h('kbd', {}, key))), h('dd', {}, word(what))]);
  const dialog = h('dialog', { class: 'oc-dialog', 'aria-label': word('Keys') },
    h('h2', {}, word('Keys')), h('dl', { class: 'oc-keys' }, ...lines), h('form', { method: 'dialog', class: 'oc-dialog-end' }, h('button', { class: 'btn' }, word('Close'))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
