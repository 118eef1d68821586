// A form was sent and another page came: the tab's copy of its answers is not needed any more. On a sign-in page it is.
import { storage } from '../dom.js';

const tab = storage('sessionStorage');

function settle() {
  const sent = tab.get('onecase:sent');
  if (!sent || document.querySelector('input[type="password"]')) return;
  tab.remove('onecase:sent');
  if (sent.path !== window.location.pathname) tab.remove(sent.key);
}

document.addEventListener('htmx:afterRequest', ({ target, detail }) => {
  if (!detail.successful || !target.matches?.('form[data-onecase-form]')) return;
  const sent = tab.get('onecase:sent');
  if (sent) tab.remove(sent.key);
});
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', settle);
else settle();
