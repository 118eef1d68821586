// After a crash: what had not reached the server is offered, and nothing is decided for anybody.
import { h } from '../dom.js';
import { clockTime } from './conflict.js';
import { word } from './words/words.js';

export function offerKept(place, workspace) {
  for (const file of workspace.draft.files.values()) {
    const copy = workspace.kept.get(file.path);
    if (copy && copy.text !== file.saved && workspace.mayEdit) place.append(offer(workspace, file, copy));
    else if (copy) workspace.kept.drop(file.path);
  }
}

function offer(workspace, file, copy) {
  const answer = (act) => () => {
    act();
    box.remove();
  };
  const restore = h('button', { type: 'button', class: 'btn btn-sm btn-primary', onclick: answer(() => workspace.restore(file, copy)) }, word('Restore'));
  const drop = h('button', { type: 'button', class: 'btn btn-sm', onclick: answer(() => workspace.kept.drop(file.path)) }, word('Discard'));
  const day = copy.at.slice(0, 10) === new Date().toISOString().slice(0, 10) ? '' : `${copy.at.slice(0, 10)} `;
  const box = h('div', { class: 'oc-note oc-note-warning oc-studio-kept', role: 'alert' }, h('span', {}, word('Changes of {0} that were not saved:', `${day}${clockTime(copy.at)}`), ' ', h('b', {}, file.path)), restore, drop);
  return box;
}
