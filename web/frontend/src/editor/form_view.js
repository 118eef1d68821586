// A form of the draft: the form editor, or, for a form that it cannot read, its text.
import { h } from '../dom.js';
import { fetched } from './fetched.js';
import { TextView } from './text_view.js';
import { word } from './words/words.js';

// The form editor's script and style sheet, once.
function designer() {
  const { formScript, formSheet } = document.body.dataset;
  return fetched(formScript, formSheet).then(() => window.onecase.FormDesigner);
}

export class FormView {
  tools = ['undo'];

  constructor(about) {
    Object.assign(this, { about, file: about.file, panel: about.panel, allowed: about.allowed, changed: about.changed });
    this.waiting = h('p', { class: 'oc-diagram-message' }, word('Loading'));
    about.place.append(this.waiting);
    this.loaded = this.begin();
  }

  async begin() {
    const { place, panel, design } = this.about;
    try {
      const Designer = await designer();
      this.designer = new Designer({ place, panel, design, allowed: this.allowed, changed: () => this.changed(this, this.designer.text) });
      await this.designer.load(this.file.text);
      if (this.hidden) this.hide();
    } catch (problem) {
      this.asText(problem);
    }
    this.waiting.remove();
  }

  asText(problem) {
    console.info(problem);
    this.designer?.destroy();
    this.designer = null;
    this.tools = [];
    this.plain = new TextView({ ...this.about, changed: (_, text) => this.changed(this, text) });
    this.note = h('p', { class: 'oc-studio-note' }, word('This form has something that the editor does not know; here is its text.'));
    this.about.place.prepend(this.note);
  }

  show() {
    this.hidden = false;
    this.panel.replaceChildren();
    this.designer?.attach(this.panel);
    for (const part of this.parts) part.hidden = false;
    this.plain?.show();
  }

  hide() {
    this.hidden = true;
    this.designer?.detach();
    for (const part of this.parts) part.hidden = true;
    this.plain?.hide();
  }

  get parts() {
    return [this.designer?.host, this.note, this.waiting].filter(Boolean);
  }

  close() {
    this.designer?.destroy();
    this.plain?.close();
    this.note?.remove();
    this.waiting.remove();
  }

  allow(yes) {
    this.allowed = yes;
    this.designer?.allow(yes);
    this.plain?.allow(yes);
  }

  async text() {
    return this.designer ? this.designer.text : this.file.text;
  }

  async replace(text) {
    await this.designer?.load(text);
    await this.plain?.replace(text);
    this.changed(this, text);
  }

  get history() {
    const stack = this.designer?.stack;
    return { undo: Boolean(this.allowed && stack?.canUndo()), redo: Boolean(this.allowed && stack?.canRedo()) };
  }

  undo() {
    this.designer.stack.undo();
  }

  redo() {
    this.designer.stack.redo();
  }

  findings() {}

  select() {
    return false;
  }
}
