// From draft to version: submit, send back, publish, give up. Each asks in a dialog of the page and is done by the server.
import { succeeded } from './server.js';
import { word } from './words/words.js';

const DONE = { submit: 'Sent to review.', return: 'Sent back.', publish: 'Published.', discard: 'Given up.' };

export function reviewing(root, workspace) {
  root.addEventListener('submit', async (event) => {
    const verb = event.target.dataset.send;
    if (!verb) return;
    event.preventDefault();
    const button = event.submitter;
    const dialog = event.target.closest('dialog');
    if (event.submitter?.value === 'no') return void dialog.close();
    button.disabled = true;
    const problem = await send(workspace, verb, Object.fromEntries(new FormData(event.target)));
    button.disabled = false;
    const said = dialog.querySelector('[data-refused]');
    said.hidden = !problem;
    said.textContent = problem ?? '';
    if (!problem) dialog.close();
  });
}

async function send(workspace, verb, body) {
  if (!(await workspace.everythingSaved())) return word('Wait until everything is saved.');
  const answer = await workspace.server.act(verb, body);
  if (!succeeded(answer)) return refusal(answer);
  window.onecase?.toast?.(verb === 'publish' && answer.body.published ? word('Published as version {0}.', answer.body.published) : word(DONE[verb]), 'success');
  workspace.entered(answer.body);
  return null;
}

export function refusal({ status, body }) {
  if (status === 0) return word('The network is not reachable. Please try again.');
  if (status === 401) return word('Your sign-in has ended. Please sign in again; your changes are kept on this machine.');
  return body.detail || body.title || word('The server could not answer. Please try again.');
}
