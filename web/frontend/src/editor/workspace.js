// The draft on the page: which file is open, what was changed, what the server has, what the check found.
import { DiagramView } from './diagram/view.js';
import { decide } from './conflict.js';
import { Design } from './design.js';
import { FormView } from './form_view.js';
import { formOf } from './new_files.js';
import { stemOf } from './draft.js';
import { refusal } from './review.js';
import { savedWords } from './saved_words.js';
import { succeeded } from './server.js';
import { TableView } from './table_view.js';
import { TextView } from './text_view.js';
import { UneditedView } from './unedited_view.js';
import { word } from './words/words.js';

const VIEWS = { diagram: DiagramView, form: FormView, table: TableView, yaml: TextView, other: UneditedView };
const SETTLE = 200; // ms after the last change until a diagram is written out: dragging makes a change at every step

export class Workspace extends EventTarget {
  constructor({ draft, server, saving, kept, place, panel, wide }) {
    super();
    Object.assign(this, { draft, server, saving, kept, place, panel, wide });
    this.design = new Design(draft, (path) => this.openOrMake(path));
    this.views = new Map();
    this.stale = new Set();
    this.found = [];
    wide.addEventListener('change', () => this.allow());
    saving.addEventListener('conflict', ({ detail }) => this.conflict(detail));
    saving.addEventListener('refused', ({ detail }) => this.refused(detail));
  }

  get mayEdit() {
    return this.draft.may('edit') && this.wide.matches;
  }

  get unsaved() {
    return this.saving.unsaved || this.stale.size > 0;
  }

  get savedWords() {
    return savedWords(this.stale.size && !this.saving.unsaved ? { state: 'waiting' } : this.saving.state, this.problem);
  }

  tell(what) {
    this.dispatchEvent(new Event(what));
  }

  async open(path) {
    const file = this.draft.files.get(path);
    if (!file) return undefined;
    const view = this.views.get(path) ?? this.viewOf(file);
    if (this.current !== view) {
      this.current?.hide();
      this.current = view;
      view.show();
      history.replaceState(null, '', `#${encodeURIComponent(path)}`);
      this.tell('opened');
    }
    await view.loaded;
    view.fitted?.();
    this.tell('history');
    return view;
  }

  viewOf(file) {
    const { place, panel, design, mayEdit: allowed } = this;
    const view = new VIEWS[file.kind]({ file, place, panel, design, allowed, changed: (one, text) => this.changed(one, text), workspace: this });
    view.loaded.then(() => view.findings(this.foundIn(file.path)));
    this.views.set(file.path, view);
    return view;
  }

  openOrMake(path) {
    if (this.draft.files.has(path) || !path.endsWith('.form')) return this.open(path);
    return this.make(path, formOf(stemOf(path)));
  }

  make(path, text) {
    this.saving.changed(this.draft.add(path, text));
    return this.open(path);
  }

  async remove(file) {
    const answer = file.revision ? await this.server.remove(file.path, file.revision) : { status: 204 };
    if (!succeeded(answer)) return window.onecase?.toast?.(refusal(answer), 'danger');
    this.saving.settled(file);
    this.tell('saved');
    return this.dropped(file);
  }

  dropped(file) {
    this.closeView(file.path);
    this.draft.remove(file.path);
    return this.current ? undefined : this.open(this.draft.main?.path);
  }

  closeView(path) {
    const view = this.views.get(path);
    view?.close();
    this.views.delete(path);
    this.stale.delete(view);
    if (this.current === view) this.current = null;
  }

  // A view was changed by hand. A diagram is not written out at each step of the hand.
  changed(view, text) {
    if (text === undefined) {
      this.stale.add(view);
      clearTimeout(view.settling);
      view.settling = setTimeout(() => this.settle(view), SETTLE);
    } else this.write(view.file, text);
    this.tell('history');
    this.tell('state');
  }

  write(file, text) {
    file.text = text;
    this.saving.changed(file);
  }

  async settle(view) {
    clearTimeout(view.settling);
    const text = await view.text();
    if (!this.stale.delete(view)) return;
    this.write(view.file, text);
  }

  // Resolves with whether the server has everything.
  async everythingSaved() {
    await Promise.all([...this.stale].map((view) => this.settle(view)));
    return this.saving.flush();
  }

  async restore(file, copy) {
    file.revision = Math.min(copy.revision, file.revision); // an older one: the server will ask which of the two stays
    const view = await this.open(file.path);
    await view.replace(copy.text, { undoable: true });
    window.onecase?.toast?.(word('Changes put back: {0}', file.path), 'success');
  }

  async conflict({ file, theirs }) {
    const answer = await decide(file, theirs);
    if (answer === 'mine') return this.saving.insist(file, theirs.revision);
    this.saving.settled(file);
    if (theirs.text === null) return this.dropped(file);
    Object.assign(file, theirs, { saved: theirs.text });
    return this.shown(file);
  }

  refused({ status, body }) {
    this.problem = body.detail || body.title;
    if (body.code === 'frozen') this.refresh();
    if (status === 403) window.onecase?.toast?.(refusal({ status, body }), 'danger');
  }

  // What others saved meanwhile, and the state of the draft.
  async refresh() {
    const answer = await this.server.files();
    if (!succeeded(answer)) return;
    const { state } = this.draft;
    const renewed = this.draft.take(answer.body, (file) => this.saving.busy(file) || [...this.stale].some((view) => view.file === file));
    for (const path of [...this.views.keys()]) if (!this.draft.files.has(path)) this.closeView(path);
    for (const file of renewed) await this.shown(file);
    if (renewed.length) window.onecase?.toast?.(word('{0} has saved a newer version; it is shown now.', renewed[0].by || word('Somebody')), 'info');
    if (state !== this.draft.state) this.entered();
  }

  async shown(file) {
    await this.views.get(file.path)?.replace(file.text);
    this.tell('saved');
  }

  // The draft has come into another state, as the server says.
  entered(about = {}) {
    Object.assign(this.draft, { state: about.state ?? this.draft.state, actions: about.actions ?? this.draft.actions });
    this.allow();
  }

  allow() {
    for (const view of this.views.values()) view.allow(this.mayEdit);
    this.tell('entered');
  }

  foundIn(path) {
    return this.found.filter(({ file }) => file === path || (!file && this.draft.files.get(path)?.kind === 'diagram'));
  }

  findings(found) {
    this.found = found;
    for (const [path, view] of this.views) view.findings(this.foundIn(path));
    this.tell('found');
  }

  // The gravest finding in a file.
  worst(path) {
    const severities = this.found.filter(({ file }) => file === path).map(({ severity }) => severity);
    return ['error', 'warning'].find((severity) => severities.includes(severity));
  }

  async show({ file, element }) {
    const view = await this.open(this.draft.files.has(file) ? file : this.draft.main?.path);
    if (element) view?.select(element);
  }

  async fix(finding) {
    if (!(await this.everythingSaved())) return window.onecase?.toast?.(word('Wait until everything is saved.'), 'warning');
    const answer = await this.server.fix(finding);
    if (!succeeded(answer)) return window.onecase?.toast?.(refusal(answer), 'danger');
    const { path, text, revision } = answer.body;
    const file = this.draft.files.get(path);
    const view = await this.open(path);
    Object.assign(file, { saved: text, revision });
    await view.replace(text, { undoable: true });
    if (finding.element) view.select(finding.element);
    return window.onecase?.toast?.(word('Fixed. It can be undone.'), 'success');
  }
}
