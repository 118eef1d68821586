// How the state of saving is said.
import { clockTime } from './conflict.js';
import { word } from './words/words.js';

const SENTENCES = { waiting: 'Not saved yet', sending: 'Saving…', conflict: 'Decide which version stays' };
const AWAY = { true: 'Not saved: no network. Kept on this machine; trying again.', false: 'Not saved: the server does not answer. Kept on this machine; trying again.' };

export function savedWords({ state, status, at }, problem) {
  if (state === 'saved') return word('Saved {0}', clockTime(at));
  if (state === 'failed') return word(AWAY[status === 0]);
  if (state === 'refused') return status === 401 ? word('Not saved: your sign-in has ended. Kept on this machine; sign in again.') : word('Not saved: {0}', problem || word('The server refused it.'));
  return state ? word(SENTENCES[state]) : word('All changes saved');
}
