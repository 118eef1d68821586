// A file that is kept as it is.
import { h } from '../dom.js';
import { word } from './words/words.js';

export class UneditedView {
  tools = [];

  constructor({ place, panel }) {
    this.panel = panel;
    this.note = h('p', { class: 'oc-studio-note' }, word('This file is kept as it is and cannot be edited here.'));
    place.append(this.note);
    this.loaded = Promise.resolve();
  }

  show() {
    this.note.hidden = false;
    this.panel.replaceChildren();
  }

  hide() {
    this.note.hidden = true;
  }

  close() {
    this.note.remove();
  }

  allow() {}
  findings() {}

  select() {
    return false;
  }
}
