// The files of the draft, by kind.
import { h } from '../dom.js';
import { choose, typed } from './asking.js';
import { KINDS } from './draft.js';
import { icon } from './icon.js';
import { isScenario } from './trying/writing.js';
import { nameOf, readingOrder } from './names.js';
import { NAME, diagramOf, formOf } from './new_files.js';
import { unpressed } from './unpressed.js';
import { word } from './words/words.js';

const TITLES = { diagram: 'Diagrams', form: 'Forms', table: 'Tables', yaml: 'Settings', other: 'Other files' };
const SIGNS = { diagram: 'hierarchy-2', form: 'forms', table: 'table', yaml: 'settings', other: 'file' };
const NEW = {
  diagram: { words: 'New diagram', path: (name) => `${name}.bpmn`, text: diagramOf },
  form: { words: 'New form', path: (name) => `forms/${name}.form`, text: formOf },
};

export class Tree {
  constructor(place, workspace) {
    Object.assign(this, { place, workspace });
    this.draw = unpressed(place, () => this.redraw());
    place.addEventListener('keydown', (event) => this.move(event));
  }

  redraw() {
    const looks = this.looks();
    if (looks === this.drawn) return;
    this.drawn = looks;
    const focused = this.place.contains(document.activeElement) ? document.activeElement.dataset.path : null;
    const { draft } = this.workspace;
    this.place.replaceChildren(...KINDS.filter((kind) => draft.of(kind).length || (NEW[kind] && draft.may('edit'))).map((kind) => this.group(kind)));
    if (this.shown !== this.workspace.current?.file.path) this.place.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
    this.shown = this.workspace.current?.file.path;
    if (focused) this.place.querySelector(`[data-path="${CSS.escape(focused)}"]`)?.focus();
  }

  looks() {
    const { draft, current, saving, mayEdit } = this.workspace;
    const files = [...draft.files.values()].map((file) => [file.path, nameOf(file, draft), saving.busy(file), this.workspace.worst(file.path)]);
    return JSON.stringify([files, readingOrder(draft).map(({ path }) => path), current?.file.path, mayEdit]);
  }

  group(kind) {
    const { draft, mayEdit } = this.workspace;
    const add = NEW[kind] && mayEdit ? h('button', { type: 'button', class: 'oc-studio-add', title: word(NEW[kind].words), 'aria-label': word(NEW[kind].words), onclick: () => this.make(kind) }, icon('plus')) : null;
    return h('section', {}, h('h2', {}, word(TITLES[kind]), h('span', { class: 'oc-muted' }, String(draft.of(kind).length)), add), h('ul', {}, ...(kind === 'diagram' ? readingOrder(draft) : draft.of(kind)).map((file) => this.item(file))));
  }

  item(file) {
    const { draft, current, saving, mayEdit } = this.workspace;
    const grave = this.workspace.worst(file.path);
    const button = h('button', {
      type: 'button', class: 'oc-studio-file', 'data-path': file.path, title: file.path, 'aria-current': file.path === current?.file.path ? 'true' : null, onclick: () => this.workspace.open(file.path),
    }, icon(SIGNS[file.kind]), h('span', { class: 'oc-cut' }, nameOf(file, draft)),
    saving.busy(file) ? h('i', { class: 'oc-studio-unsaved', title: word('not saved yet') }) : null,
    grave ? h('i', { class: `oc-studio-dot is-${grave}`, title: word(grave) }) : null);
    const remove = mayEdit && (file.kind !== 'yaml' || isScenario(file)) ? h('button', { type: 'button', class: 'oc-studio-remove', title: word('Delete this file'), 'aria-label': `${word('Delete this file')} ${file.path}`, onclick: () => this.remove(file) }, icon('trash')) : null;
    return h('li', {}, button, remove);
  }

  async make(kind) {
    const { path, text, words } = NEW[kind];
    const { files } = this.workspace.draft;
    const wrong = (name) => (NAME.test(name) ? files.has(path(name)) && word('There is such a file already.') : word('Use small letters, digits and _, beginning with a letter.')) || null;
    const name = await typed(word(words), word('Name of the new file (letters, digits and _)'), wrong);
    if (name) this.workspace.make(path(name), text(name));
  }

  async remove(file) {
    const yes = await choose(word('Delete this file'), word('Delete {0}? The other files stay.', file.path), [['', word('Cancel')], ['yes', word('Delete'), 'btn-danger']]);
    if (yes) this.workspace.remove(file);
  }

  move(event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const all = [...this.place.querySelectorAll('.oc-studio-file')];
    const next = all[all.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}
