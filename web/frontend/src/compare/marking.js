// Marks on one side: a colour, a sign and a word for the weightiest change of each place, of those effects that are shown.
import { h } from '../dom.js';
import { SIGNS, WEIGHT, word } from './words.js';

export function marking({ viewer, marks }) {
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const here = viewer.get('elementRegistry');
  let shown = [];
  return (effects) => {
    for (const { id, kind } of shown) canvas.removeMarker(id, `oc-diff-${kind}`);
    overlays.remove({ type: 'onecase-diff' });
    shown = weightiest(marks.filter(({ id, effect }) => effects.has(effect) && here.get(id)));
    for (const { id, kind } of shown) {
      canvas.addMarker(id, `oc-diff-${kind}`);
      overlays.add(id, 'onecase-diff', { position: position(here.get(id)), html: sign(kind), scale: { min: 0.8, max: 1.3 }, show: { minZoom: 0 } });
    }
  };
}

function weightiest(marks) {
  const found = new Map();
  for (const mark of marks) {
    const known = found.get(mark.id);
    if (!known || WEIGHT.indexOf(mark.effect) < WEIGHT.indexOf(known.effect)) found.set(mark.id, mark);
  }
  return [...found.values()];
}

function sign(kind) {
  return h('span', { class: `oc-diff-sign oc-diff-sign-${kind}`, title: word(kind) }, h('i', { 'aria-hidden': 'true' }, SIGNS[kind]), h('span', { class: 'visually-hidden' }, word(kind)));
}

function position(element) {
  if (!element.waypoints) return { top: -12, left: -10 };
  const middle = element.waypoints[Math.floor((element.waypoints.length - 1) / 2)];
  const next = element.waypoints[Math.floor((element.waypoints.length - 1) / 2) + 1] ?? middle;
  const left = Math.min(...element.waypoints.map(({ x }) => x));
  const top = Math.min(...element.waypoints.map(({ y }) => y));
  return { left: (middle.x + next.x) / 2 - left - 10, top: (middle.y + next.y) / 2 - top - 10 };
}
