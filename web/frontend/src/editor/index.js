// The designer's workbench: <body data-design> (README.md §6). Loads the draft and brings the regions of the page to life.
import { mountAll } from '../dom.js';
import { Draft } from './draft.js';
import { showKeys } from './help.js';
import { Kept } from './kept.js';
import { Presence } from './presence.js';
import { Problems } from './problems.js';
import { Proving } from './proving.js';
import { offerKept } from './restoring.js';
import { refusal, reviewing } from './review.js';
import { Saving } from './saving.js';
import { Server, succeeded } from './server.js';
import { toolbar } from './toolbar.js';
import { Trying } from './trying/index.js';
import { Tree } from './tree.js';
import { word } from './words/words.js';
import { Workspace } from './workspace.js';

const STATES = { open: 'Being edited', in_review: 'In review', published: 'Published', discarded: 'Given up' };
const NOTES = {
  in_review: 'Nothing can be changed while the draft is in review.', published: 'This draft is published; begin a new one to change it.', discarded: 'This draft was given up.',
};

async function mount(root) {
  const at = (name) => root.querySelector(`[data-${name}]`);
  const server = new Server(root.dataset.design);
  const [listed, vocabulary] = await Promise.all([server.files(), server.vocabulary()]);
  if (!succeeded(listed)) return void failed(at('canvas'), listed);
  const draft = new Draft(listed.body);
  const kept = new Kept(draft.me, draft.id);
  const saving = new Saving(server, kept);
  const workspace = new Workspace({ draft, server, saving, kept, place: at('canvas'), panel: at('panel'), wide: window.matchMedia('(min-width: 900px)') });
  if (succeeded(vocabulary)) workspace.design.take(vocabulary.body);
  at('canvas').replaceChildren();
  regions(root, at, workspace);
  offerKept(at('kept'), workspace);
  await workspace.open(decodeURIComponent(window.location.hash.slice(1))) ?? await workspace.open(draft.main?.path);
  root.dispatchEvent(new CustomEvent('onecase:design-ready', { bubbles: true, detail: { workspace } }));
}

function failed(place, answer) {
  place.querySelector('[data-loading]').textContent = `${word('The draft could not be loaded.')} ${refusal(answer)}`;
}

function regions(root, at, workspace) {
  const { draft, saving, server } = workspace;
  const tree = new Tree(at('files'), workspace);
  const problems = new Problems(at('problems'), workspace);
  const saved = () => {
    const { state } = saving.state;
    at('saved').dataset.state = workspace.stale.size && !saving.unsaved ? 'waiting' : state;
    at('saved').textContent = workspace.savedWords;
    root.dispatchEvent(new CustomEvent('onecase:form-dirty', { bubbles: true, detail: workspace.unsaved })); // app.js asks before the page is left
  };
  const entered = () => {
    for (const part of root.querySelectorAll('[data-may]')) part.hidden = !draft.may(part.dataset.may);
    at('state').textContent = word(STATES[draft.state] ?? draft.state);
    at('state').dataset.state = draft.state;
    at('note').textContent = note(workspace);
    at('note').hidden = !note(workspace);
    tree.draw();
    problems.draw();
  };
  draft.addEventListener('files', () => tree.draw());
  for (const what of ['opened', 'found', 'saved']) workspace.addEventListener(what, () => tree.draw());
  saving.addEventListener('state', () => { saved(); tree.draw(); });
  saving.addEventListener('saved', () => problems.soon());
  workspace.addEventListener('state', saved);
  workspace.addEventListener('saved', () => problems.soon());
  workspace.addEventListener('entered', entered);
  at('check').addEventListener('click', async () => { await workspace.everythingSaved(); problems.check({ asked: true }); });
  const proving = new Proving({ button: at('prove'), said: at('proof'), place: at('player'), workspace, problems });
  saving.addEventListener('saved', () => proving.outdated());
  const trying = new Trying({ button: at('try'), place: at('trying'), workspace });
  saving.addEventListener('saved', () => trying.outdated());
  at('keys').addEventListener('click', showKeys);
  toolbar(root, workspace);
  reviewing(root, workspace);
  if (draft.actions.length) new Presence(at('here'), server, () => workspace.refresh()); // who only reads is not there for the others
  keys(workspace);
  entered();
  saved();
  problems.soon();
}

function note(workspace) {
  const { draft, wide } = workspace;
  if (draft.state !== 'open') return word(NOTES[draft.state] ?? '');
  if (!draft.may('edit')) return word('You may read this draft, not change it.');
  return wide.matches ? '' : word('Editing needs a wider screen; here you can read.');
}

const typing = ({ target }) => target.isContentEditable || target.closest?.('input, textarea, select, dialog[open]');

function keys(workspace) {
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() === 's' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      workspace.everythingSaved();
    } else if (event.key === '?' && !typing(event)) {
      event.stopImmediatePropagation();
      showKeys();
    }
  }, true);
  document.addEventListener('visibilitychange', () => workspace.unsaved && workspace.everythingSaved()); // going: the last change; coming back: signed in again, perhaps
}

mountAll('[data-design]', mount);
