// data-confirm and hx-confirm ask in the page's own dialog.
import { h } from '../dom.js';
import { word } from './words.js';

const agreed = new WeakSet();

export function ask(question, { yes, danger } = {}) {
  return new Promise((answer) => {
    const accept = h('button', { class: `btn ${danger ? 'btn-danger' : 'btn-primary'}`, value: 'yes' }, yes || word('Confirm'));
    const refuse = h('button', { class: 'btn', value: '', autofocus: danger }, word('Cancel'));
    const dialog = h('dialog', { class: 'oc-dialog oc-dialog-ask', 'aria-label': word('Please confirm') },
      h('form', { method: 'dialog' }, h('p', {}, question), h('div', { class: 'oc-dialog-end' }, refuse, accept)));
    dialog.addEventListener('close', () => {
      dialog.remove();
      answer(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

const choices = (element) => ({ yes: element.dataset.confirmYes, danger: element.hasAttribute('data-confirm-danger') });
const usesHtmx = (element) => ['get', 'post', 'put', 'patch', 'delete'].some((verb) => element.hasAttribute(`hx-${verb}`));

// Stops the event, asks, and repeats the act on a yes.
function hold(event, element, repeat) {
  if (agreed.delete(element)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(element.dataset.confirm, choices(element)).then((yes) => {
    if (!yes) return;
    agreed.add(element);
    repeat();
  });
}

const submits = (element) => element.form && element.type === 'submit';

document.addEventListener('click', (event) => {
  const element = event.target.closest?.('a[data-confirm], button[data-confirm]');
  if (element && !submits(element) && !usesHtmx(element)) hold(event, element, () => element.click());
}, true);

// In the bubbling phase: what checks a form (form.js, in the capturing phase) has agreed before the question comes.
document.addEventListener('submit', (event) => {
  const element = [event.submitter, event.target].find((candidate) => candidate?.dataset?.confirm);
  if (!element || event.defaultPrevented || usesHtmx(event.target)) return;
  const { submitter, target } = event;
  hold(event, element, () => target.requestSubmit(submitter));
});

document.addEventListener('htmx:confirm', (event) => {
  const element = [event.detail.triggeringEvent?.submitter, event.detail.elt].find((candidate) => candidate?.dataset?.confirm) ?? event.detail.elt;
  const question = event.detail.question ?? element.dataset.confirm;
  if (!question) return;
  event.preventDefault();
  ask(question, choices(element)).then((yes) => yes && event.detail.issueRequest(true));
});
