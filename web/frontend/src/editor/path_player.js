// The way to a finding, step by step on the diagrams: what happens at each step, and where.
import { h } from '../dom.js';
import { word } from './words/words.js';

const MARK = 'oc-on-path';

export class Player {
  constructor(place, workspace) {
    Object.assign(this, { place, workspace, at: 0, finding: null });
    place.addEventListener('keydown', ({ key }) => ({ ArrowRight: () => this.go(1), ArrowLeft: () => this.go(-1), Escape: () => this.close() })[key]?.());
  }

  play(finding) {
    this.finding = finding;
    this.at = 0;
    this.place.hidden = false;
    this.show();
    this.place.focus();
  }

  close() {
    this.unmark();
    this.place.hidden = true;
    this.place.replaceChildren();
  }

  go(by) {
    this.at = Math.max(0, Math.min(this.finding.path.length - 1, this.at + by));
    this.show();
  }

  async show() {
    const { path, steps, message } = this.finding;
    const last = this.at === path.length - 1;
    const [process, element] = path[this.at].split('/');
    this.place.replaceChildren(
      h('div', { class: 'oc-path-acts' },
        h('button', { type: 'button', class: 'btn btn-sm', disabled: this.at === 0, onclick: () => this.go(-1) }, word('Back')),
        h('span', { class: 'oc-path-count' }, word('Step {0} of {1}', this.at + 1, path.length)),
        h('button', { type: 'button', class: 'btn btn-sm btn-primary', disabled: last, onclick: () => this.go(1) }, word('Next')),
        h('button', { type: 'button', class: 'btn btn-sm', onclick: () => this.close() }, word('Close'))),
      h('p', { class: 'oc-path-step', role: 'status' }, steps[this.at] ?? ''),
      last ? h('p', { class: 'oc-path-end' }, message) : null);
    await this.mark(process, element);
  }

  async mark(process, element) {
    this.unmark();
    const view = await this.workspace.open(this.workspace.draft.diagram(process)?.path);
    if (!view?.modeler) return;
    const canvas = view.modeler.get('canvas');
    const registry = view.modeler.get('elementRegistry');
    const gone = this.finding.path.slice(0, this.at + 1).map((place) => place.split('/')).filter(([where]) => where === process).map(([, id]) => id);
    const start = registry.find(({ type, parent, businessObject }) => type === 'bpmn:StartEvent' && businessObject.$parent?.$type === 'bpmn:Process' && parent);
    this.marked = { canvas, ids: between([start?.id, ...gone].filter((id) => id && registry.get(id)), registry) };
    for (const id of this.marked.ids) canvas.addMarker(id, MARK);
    if (element && registry.get(element)) view.select(element);
  }

  unmark() {
    for (const id of this.marked?.ids ?? []) this.marked.canvas.removeMarker(id, MARK);
    this.marked = null;
  }
}

// The places and, between each two of them, the elements and flows of the shortest road.
function between(places, registry) {
  const ids = new Set(places);
  for (let at = 1; at < places.length; at += 1) for (const id of road(registry.get(places[at - 1]), registry.get(places[at]))) ids.add(id);
  return [...ids];
}

function road(from, to) {
  const came = new Map([[from, null]]);
  const left = [from];
  while (left.length && !came.has(to)) {
    const element = left.shift();
    for (const flow of (element.outgoing ?? []).filter(({ type }) => type === 'bpmn:SequenceFlow')) {
      if (came.has(flow.target)) continue;
      came.set(flow.target, flow);
      left.push(flow.target);
    }
  }
  const found = [];
  for (let flow = came.get(to); flow; flow = came.get(flow.source)) found.push(flow.id, flow.source.id);
  return found;
}
