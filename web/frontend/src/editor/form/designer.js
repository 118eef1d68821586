// The form editor and, beside it, the form as an officer will see it.
import { FormEditor } from '@bpmn-io/form-js-editor';
import { Form } from '@bpmn-io/form-js-viewer';
import { h } from '../../dom.js';
import { chinese } from '../../language.js';
import { word } from '../words/forms.js';
import HouseFields from './dialect.js';
import { localised } from './localised.js';
import FormProperties from './properties.js';
import { samples } from './samples.js';

const PAUSE = 250;

export class FormDesigner {
  constructor({ place, panel, design, allowed, changed }) {
    this.house = { design, allowed };
    this.changed = changed;
    const sheet = h('div', { class: 'oc-studio-sheet' });
    this.paper = h('div', { class: 'oc-studio-paper' });
    this.host = h('div', { class: 'oc-studio-form' }, sheet, this.preview());
    place.append(this.host);
    this.editor = new FormEditor({
      container: sheet, propertiesPanel: { parent: panel }, house: this.house,
      additionalModules: [{ __init__: ['houseFields'], houseFields: ['type', HouseFields], propertiesProvider: ['type', FormProperties] }],
    });
    this.editor.on('commandStack.changed', () => !this.loading && this.touched());
    this.form = new Form({ container: this.paper });
    this.allow(allowed);
  }

  preview() {
    const switches = [[true, 'Sample answers'], [false, 'Empty']].map(([filled, name]) => h('button', { type: 'button', class: 'oc-chip', 'aria-current': filled ? 'true' : null, onclick: ({ target }) => this.fill(filled, target) }, word(name)));
    this.filled = true;
    return h('section', { class: 'oc-studio-preview', 'aria-label': word('Preview') }, h('header', {}, h('h2', {}, word('Preview')), h('div', { class: 'oc-chips' }, ...switches)), this.paper);
  }

  fill(filled, chip) {
    this.filled = filled;
    for (const one of chip.parentElement.children) one.removeAttribute('aria-current');
    chip.setAttribute('aria-current', 'true');
    this.show();
  }

  async load(text) {
    this.loading = true;
    try {
      const schema = JSON.parse(text);
      this.version = schema.schemaVersion;
      await this.editor.importSchema(schema);
      await this.show();
    } finally {
      this.loading = false;
    }
  }

  // The number of the schema stays as it was: form-js writes its own newest one, whatever the form uses.
  get text() {
    const { type, id, components, ...rest } = this.editor.saveSchema();
    return `${JSON.stringify({ type, id, ...rest, schemaVersion: this.version ?? rest.schemaVersion, components: components.map(ordered) }, null, 2)}\n`;
  }

  touched() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), PAUSE);
    this.changed();
  }

  async show() {
    const schema = chinese() ? this.editor.saveSchema() : localised(this.editor.saveSchema());
    await this.form.importSchema(schema, samples(schema, this.filled)).catch((problem) => console.info(problem.message));
  }

  allow(yes) {
    this.house.allowed = yes;
    this.host.classList.toggle('is-fixed', !yes);
    this.editor.get('eventBus').fire('propertiesPanel.providersChanged');
  }

  get stack() {
    return this.editor.get('commandStack');
  }

  attach(panel) {
    this.editor.get('propertiesPanel').attachTo(panel);
  }

  detach() {
    this.editor.get('propertiesPanel').detach();
  }

  destroy() {
    this.editor.destroy();
    this.form.destroy();
    this.host.remove();
  }
}

// What a component is comes first, what is in it last: a new one would be written in another order than those that were there.
function ordered({ type, id, key, path, label, components, ...rest }) {
  const head = Object.fromEntries(Object.entries({ type, id, key, path, label }).filter(([, value]) => value !== undefined));
  return { ...head, ...rest, ...(components && { components: components.map(ordered) }) };
}
