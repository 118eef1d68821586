// One diagram of the draft, open: its modeler, which keeps its own history, and what the page does with it.
import { h } from '../../dom.js';
import { word } from '../words/words.js';
import { marked } from './findings.js';
import { modelerIn } from './modeler.js';
import { PALETTE, begin, bring, fit } from './sight.js';

export class DiagramView {
  tools = ['undo', 'zoom', 'find', 'overview'];

  constructor({ file, place, panel, design, allowed, changed }) {
    Object.assign(this, { file, panel, changed, allowed });
    this.host = h('div', { class: 'oc-studio-diagram' });
    place.append(this.host);
    this.modeler = modelerIn(this.host, file, design, allowed);
    this.modeler.on('commandStack.changed', () => this.touched());
    this.modeler.on('keyboard.keydown', 5000, ({ keyEvent }) => this.ownKey(keyEvent));
    this.host.addEventListener('input', searchWhatIsWritten);
    new ResizeObserver(() => this.host.clientWidth && this.modeler.get('canvas').resized()).observe(this.host);
    this.before = []; // texts from before a repair, newest last: undone when the modeler's own history is at its end
    this.after = [];
    this.loaded = this.load(file.text, true);
  }

  async load(text, fit = false) {
    this.loading = true;
    const canvas = this.modeler.get('canvas');
    const seen = fit ? null : canvas.viewbox();
    const selected = this.modeler.get('selection').get().map(({ id }) => id);
    try {
      await this.modeler.importXML(text);
      this.broken = null;
    } catch (problem) {
      this.broken = problem.message;
    }
    this.loading = false;
    this.tell(this.broken);
    if (this.broken) return;
    if (seen) canvas.viewbox({ x: seen.x, y: seen.y, width: seen.width, height: seen.height });
    else this.unfitted = true;
    const registry = this.modeler.get('elementRegistry');
    this.modeler.get('selection').select(selected.map((id) => registry.get(id)).filter(Boolean));
    this.fitted();
    this.findings(this.found ?? []);
  }

  tell(problem) {
    this.host.querySelector('.oc-diagram-message')?.remove();
    if (problem) this.host.append(h('div', { class: 'oc-diagram-message', role: 'alert' }, h('p', {}, word('This diagram cannot be drawn: {0}', problem))));
  }

  // A diagram that was loaded while it was hidden has no size to be fitted into.
  fitted() {
    if (!this.unfitted || !this.host.clientWidth || this.broken) return;
    this.unfitted = false;
    fit(this.modeler, this.allowed ? PALETTE : 0);
    begin(this.modeler, this.allowed ? PALETTE : 0);
  }

  show() {
    this.host.hidden = false;
    this.panel.replaceChildren();
    this.modeler.get('propertiesPanel').attachTo(this.panel);
    this.modeler.get('canvas').resized();
    this.fitted();
  }

  hide() {
    this.host.hidden = true;
    this.modeler.get('propertiesPanel').detach();
  }

  close() {
    this.hide();
    this.modeler.destroy();
    this.host.remove();
  }

  allow(yes) {
    this.allowed = yes;
    this.modeler.get('editing').allow(yes);
    this.modeler.get('eventBus').fire('propertiesPanel.providersChanged');
  }

  touched() {
    if (this.loading) return;
    this.after = [];
    this.changed(this);
  }

  async text() {
    const { xml } = await this.modeler.saveXML({ format: true });
    return xml;
  }

  // Somebody else's text, or a repaired one, which is one step to be undone.
  async replace(text, { undoable = false } = {}) {
    if (undoable) this.before.push(this.file.text);
    else this.before = [];
    this.after = [];
    await this.load(text);
    this.changed(this, text);
  }

  get history() {
    const stack = this.modeler.get('commandStack');
    return { undo: this.allowed && (stack.canUndo() || this.before.length > 0), redo: this.allowed && (stack.canRedo() || this.after.length > 0) };
  }

  undo() {
    const stack = this.modeler.get('commandStack');
    if (stack.canUndo()) return void this.modeler.get('editorActions').trigger('undo');
    return this.step(this.before, this.after);
  }

  redo() {
    const stack = this.modeler.get('commandStack');
    if (stack.canRedo()) return void this.modeler.get('editorActions').trigger('redo');
    return this.step(this.after, this.before);
  }

  async step(from, to) {
    const text = from.pop();
    if (text === undefined || !this.allowed) return;
    to.push(this.file.text);
    await this.load(text);
    this.changed(this, text);
  }

  ownKey(event) {
    if (event.key.toLowerCase() === 'f' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.fit();
      return true;
    }
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'z') return undefined;
    const stack = this.modeler.get('commandStack');
    const own = event.shiftKey ? stack.canRedo() : stack.canUndo();
    if (own) return undefined;
    this.step(...(event.shiftKey ? [this.after, this.before] : [this.before, this.after]));
    return true;
  }

  zoom(direction) {
    this.modeler.get('zoomScroll').stepZoom(direction);
  }

  fit() {
    fit(this.modeler, this.allowed ? PALETTE : 0);
  }

  find() {
    setTimeout(() => this.modeler.get('searchPad').toggle()); // after this click, which would close it again
  }

  overview() {
    this.modeler.get('minimap').toggle();
  }

  findings(found) {
    this.found = found;
    if (!this.loading && !this.broken) marked(this.modeler, found);
  }

  // Selects an element and brings it to the middle; false when the diagram has no such element.
  select(id) {
    const element = this.modeler.get('elementRegistry').get(id);
    if (!element) return false;
    const canvas = this.modeler.get('canvas');
    const root = canvas.findRoot(element);
    if (root && root !== canvas.getRootElement()) canvas.setRootElement(root);
    this.modeler.get('selection').select(element);
    if (element === root) return true;
    bring(canvas, element);
    return true;
  }
}

// The search pad looks at each key that goes up; what an input method or the clipboard writes comes without one.
function searchWhatIsWritten({ target }) {
  if (target.closest('.djs-search-input')) target.dispatchEvent(new KeyboardEvent('keyup', { key: 'Unidentified', bubbles: true }));
}
