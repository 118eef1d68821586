// Small services for forms: unsaved warning, one submit only, submit on change, check all, dialogs, print, sign-out.
import { storage } from '../dom.js';

const dirty = new Set();

document.addEventListener('input', ({ target }) => {
  const form = target.closest?.('form[data-unsaved]');
  if (form) dirty.add(form);
});
document.addEventListener('onecase:form-dirty', ({ target, detail }) => (detail ? dirty.add(target) : dirty.delete(target)));
document.addEventListener('submit', (event) => {
  if (!event.defaultPrevented) dirty.delete(event.target);
});
window.addEventListener('beforeunload', (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});

// A second click does nothing. The buttons come back when the page is shown again from the browser's own cache.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches?.('form[data-once]')) return;
  setTimeout(() => enable(form, false)); // after the browser has taken the pressed button's name and value
});
window.addEventListener('pageshow', () => document.querySelectorAll('form[data-once]').forEach((form) => enable(form, true)));
document.addEventListener('htmx:afterRequest', ({ target }) => target.matches?.('form[data-once]') && enable(target, true));

function enable(form, on) {
  for (const button of form.querySelectorAll('button:not([type="button"])')) {
    if (on && button.dataset.sending === undefined) continue;
    button.disabled = !on;
    if (on) delete button.dataset.sending;
    else button.dataset.sending = '';
  }
}

document.addEventListener('change', ({ target }) => {
  const form = target.closest?.('form[data-auto-submit]');
  if (form && target.matches('select, input[type="checkbox"], input[type="radio"], input[type="date"]')) form.requestSubmit();
});

document.addEventListener('change', ({ target }) => {
  const name = target.dataset?.checkAll;
  if (name) for (const box of boxes(name)) box.checked = target.checked;
  if (name || target.type === 'checkbox') count(name || target.name);
});

const boxes = (name) => [...document.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]`)];

function count(name) {
  const quoted = CSS.escape(name);
  const all = boxes(name);
  const checked = all.filter((box) => box.checked).length;
  for (const place of document.querySelectorAll(`[data-checked-count="${quoted}"]`)) place.textContent = checked;
  for (const button of document.querySelectorAll(`[data-needs-checked="${quoted}"]`)) button.disabled = checked === 0;
  for (const master of document.querySelectorAll(`[data-check-all="${quoted}"]`)) {
    master.checked = checked > 0 && checked === all.length;
    master.indeterminate = checked > 0 && checked < all.length;
  }
}

document.addEventListener('click', (event) => {
  const opener = event.target.closest?.('[data-dialog-open]');
  if (opener) document.querySelector(opener.dataset.dialogOpen)?.showModal();
  event.target.closest?.('[data-dialog-close]')?.closest('dialog')?.close();
  if (event.target.matches?.('dialog.oc-dialog')) event.target.close(); // the backdrop
  if (event.target.closest?.('[data-print]')) window.print();
});

document.addEventListener('submit', ({ target }) => {
  if (target.matches?.('form[data-sign-out]')) storage('sessionStorage').clear();
});
