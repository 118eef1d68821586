// data-key="n" or data-key="g i" presses a link or button; / goes to the search; ? shows them all.
import { h } from '../dom.js';
import { word } from './words.js';

const PAUSE = 1200;
let typed = '';
let forget;

export const typing = ({ target }) => target.isContentEditable || target.closest?.('input, textarea, select, dialog[open], .djs-container');

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event)) return;
  if (event.key === '/') return focusSearch(event);
  if (event.key === '?') return showHelp();
  if (event.key.length !== 1) return;
  const both = `${typed} ${event.key}`.trim();
  const element = find(both) ?? find(event.key);
  clearTimeout(forget);
  typed = element ? '' : event.key;
  forget = setTimeout(() => { typed = ''; }, PAUSE);
  if (!element) return;
  event.preventDefault();
  element.click();
});

const find = (keys) => document.querySelector(`[data-key="${CSS.escape(keys)}"]:not([disabled])`);

function focusSearch(event) {
  const search = document.querySelector('[data-search]');
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}

const nameOf = (element) => element.getAttribute('aria-label') || element.querySelector('span')?.textContent.trim() || element.textContent.trim();

function entries() {
  const own = [...document.querySelectorAll('[data-key]')].map((element) => [element.dataset.key, nameOf(element)]);
  const rows = document.querySelector('[data-href]') ? [['j', word('next row')], ['k', word('previous row')], ['Enter', word('open the row')]] : [];
  const form = document.querySelector('[data-onecase-form]') ? [['Ctrl Enter', word('submit the form')]] : [];
  const search = document.querySelector('[data-search]') ? [['/', word('go to the search')]] : [];
  return [...rows, ...search, ...form, ...own, ['Esc', word('close a dialog')], ['?', word('this help')]];
}

function showHelp() {
  const lines = entries().flatMap(([keys, what]) => [h('dt', {}, ...keys.split(' ').map((key) => h('kbd', {}, key))), h('dd', {}, what)]);
  const dialog = h('dialog', { class: 'oc-dialog', 'aria-label': word('Keyboard shortcuts') },
    h('h2', {}, word('Keyboard shortcuts')), h('dl', { class: 'oc-keys' }, ...lines),
    h('form', { method: 'dialog', class: 'oc-dialog-end' }, h('button', { class: 'btn' }, word('Close'))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
