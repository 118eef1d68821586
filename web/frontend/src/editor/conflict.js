// Two people saved one file: whoever comes second decides which version stays, and can take the other one home.
import { h } from '../dom.js';
import { choose } from './asking.js';
import { word } from './words/words.js';

export const clockTime = (iso) => new Date(iso ?? Date.now()).toLocaleTimeString('sv-SE', { hour: '2-digit', minute: '2-digit' });

function download(path, mark, text) {
  const name = path.split('/').at(-1).replace(/(\.\w+)$/, `.${mark}$1`);
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// Resolves with 'mine' or 'theirs'; the dialog cannot be left without an answer.
export async function decide(file, theirs) {
  const save = (label, mark, text) => h('button', { type: 'button', class: 'btn btn-sm', onclick: () => download(file.path, mark, text()) }, label);
  const copies = h('p', { class: 'oc-studio-copies' }, save(word('Download mine'), 'mine', () => file.text), save(word('Download theirs'), 'theirs', () => theirs.text));
  const title = word('Two versions of {0}', file.path);
  const text = word('{0} saved this file at {1}, while you were changing it. Which version shall stay? The other one can be downloaded first; nothing is lost.', theirs.by || word('Somebody'), clockTime(theirs.at));
  let answer = '';
  while (!answer) answer = await choose(title, text, [['theirs', word('Take theirs')], ['mine', word('Keep mine'), 'btn-primary']], copies);
  return answer;
}
