// A file that is edited as plain text.
import { h } from '../dom.js';

export class TextView {
  tools = [];

  constructor({ file, place, panel, allowed, changed }) {
    Object.assign(this, { file, panel, changed });
    this.area = h('textarea', { class: 'oc-studio-text oc-mono', spellcheck: 'false', 'aria-label': file.path, readonly: !allowed });
    this.area.value = file.text;
    this.area.addEventListener('input', () => this.changed(this, this.area.value));
    place.append(this.area);
    this.loaded = Promise.resolve();
  }

  show() {
    this.area.hidden = false;
    this.panel.replaceChildren();
  }

  hide() {
    this.area.hidden = true;
  }

  close() {
    this.area.remove();
  }

  allow(yes) {
    this.area.readOnly = !yes;
  }

  async text() {
    return this.area.value;
  }

  async replace(text) {
    this.area.value = text;
    this.changed(this, text);
  }

  findings() {}

  select() {
    return false;
  }
}
