// On the diagrams: where the played case stands and went, or what the scenarios pass. A diagram is painted whenever it is shown.
import { h } from '../../dom.js';
import { bring } from '../diagram/sight.js';
import { stemOf } from '../draft.js';
import { word } from './words.js';

const LAYER = 'onecase-trying';
const MARKS = ['oc-been', 'oc-stands', 'oc-covered', 'oc-uncovered'];

export class Painting {
  constructor(workspace) {
    this.workspace = workspace;
    this.painted = new Set();
    workspace.addEventListener('opened', () => this.soon());
  }

  show(standing) {
    this.standing = standing;
    this.soon();
  }

  cover(counts) {
    this.counts = counts;
    this.soon();
  }

  // The diagram on which the case stands, the innermost one where it stands on several.
  async follow(process, element) {
    const view = await this.workspace.open(this.workspace.draft.diagram(process)?.path);
    const shape = view?.modeler?.get('elementRegistry').get(element);
    if (!shape) return;
    view.modeler.get('selection').select([]); // whoever plays sees the road, not the tools of a selected element
    bring(view.modeler.get('canvas'), shape);
  }

  async soon() {
    const view = this.workspace.current;
    await view?.loaded;
    if (!view?.modeler || view.broken || view !== this.workspace.current) return;
    this.clear(view);
    if (this.counts) this.coverage(view);
    else if (this.standing) this.run(view);
  }

  clear({ modeler }) {
    modeler.get('overlays').remove({ type: LAYER });
    modeler.get('elementRegistry').forEach((element) => MARKS.forEach((mark) => modeler.get('canvas').removeMarker(element, mark)));
  }

  run({ modeler, file }) {
    const process = stemOf(file.path);
    const registry = modeler.get('elementRegistry');
    for (const id of this.standing.over[process] ?? []) if (registry.get(id)) modeler.get('canvas').addMarker(id, 'oc-been');
    for (const [id, count] of Object.entries(this.standing.tokens[process] ?? {})) {
      if (!registry.get(id)) continue;
      modeler.get('canvas').addMarker(id, 'oc-stands');
      this.badge(modeler, registry.get(id), 'oc-token', String(count), word('{0} waits here', count));
    }
  }

  coverage({ modeler, file }) {
    const registry = modeler.get('elementRegistry');
    for (const [id, count] of Object.entries(this.counts[stemOf(file.path)] ?? {})) {
      const element = registry.get(id);
      if (!element) continue;
      modeler.get('canvas').addMarker(id, count ? 'oc-covered' : 'oc-uncovered');
      if (!element.waypoints || chosen(element)) this.badge(modeler, element, `oc-passes${count ? '' : ' is-none'}`, String(count), count ? word('Passed by {0} scenarios', count) : word('No scenario passes here'));
    }
  }

  badge(modeler, element, kind, text, title) {
    const position = element.waypoints ? middle(element.waypoints) : { top: -11, right: 11 };
    modeler.get('overlays').add(element, LAYER, { position, html: h('span', { class: kind, title }, text), scale: { min: 0.7, max: 1.2 } });
  }
}

// One of several flows out of a gateway: which of them was taken is what a scenario decides.
const chosen = ({ source }) => source.outgoing.filter(({ type }) => type === 'bpmn:SequenceFlow').length > 1;

// The middle of the longest part of a flow, counted from the corner of all of it, less half a badge.
function middle(points) {
  const parts = points.slice(1).map((to, at) => [points[at], to]);
  const [from, to] = parts.sort((one, other) => length(other) - length(one))[0];
  const corner = (axis) => Math.min(...points.map((point) => point[axis]));
  return { left: (from.x + to.x) / 2 - corner('x') - 11, top: (from.y + to.y) / 2 - corner('y') - 11 };
}

const length = ([from, to]) => Math.hypot(to.x - from.x, to.y - from.y);
