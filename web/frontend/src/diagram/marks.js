// Tokens, lights, heat, finished and current elements. Colour never stands alone: lights have a shape and a word too.
import { h } from '../dom.js';
import { word } from './words.js';

const SHAPES = { red: '■', yellow: '▲', green: '●' };

// Draws everything and returns the ids that have something to show.
export function draw(viewer, marks, host) {
  const { tokens = {}, lights = {}, heat = {}, said = {}, done = [], current = [] } = marks;
  const registry = viewer.get('elementRegistry');
  const canvas = viewer.get('canvas');
  const here = (id) => registry.get(id);
  const now = [current].flat().filter(Boolean);
  const asked = new Set([...Object.keys(tokens), ...Object.keys(lights), ...Object.keys(heat), ...done, ...now]);
  host.dataset.unknownMarks = String([...asked].filter((id) => !here(id)).length);

  done.filter(here).forEach((id) => canvas.addMarker(id, 'oc-done'));
  now.filter(here).forEach((id) => canvas.addMarker(id, 'oc-current'));
  warm(canvas, heat, here);
  for (const id of Object.keys(lights).filter(here)) canvas.addMarker(id, `oc-lit-${lights[id]}`);
  const badged = [...new Set([...Object.keys(tokens), ...Object.keys(lights), ...Object.keys(heat)])].filter(here);
  for (const id of badged) badge(viewer, here(id), tokens[id], lights[id], heat[id], said[id]);
  return new Set(badged);
}

function warm(canvas, heat, here) {
  const most = Math.max(0, ...Object.values(heat));
  for (const [id, value] of Object.entries(heat)) {
    if (here(id) && value > 0) canvas.addMarker(id, `oc-heat-${Math.min(5, Math.ceil((value / most) * 5))}`);
  }
}

function badge(viewer, element, count, light, heat, words) {
  const shape = SHAPES[light];
  const number = count ?? heat;
  const name = element.businessObject?.name ?? '';
  const said = [name, words ?? (number === undefined ? '' : word('{0} here', number)), light ? word(light) : ''].filter(Boolean).join(' · ');
  const html = h('span', { class: `oc-badge oc-badge-${light ?? (count === undefined ? 'heat' : 'plain')}`, title: said, 'data-badge': element.id },
    shape ? h('i', { 'aria-hidden': 'true' }, shape) : null, number === undefined ? null : h('b', {}, String(number)), h('span', { class: 'visually-hidden' }, said));
  const position = element.waypoints ? { top: -11, left: 0 } : { top: -13, right: 15 };
  viewer.get('overlays').add(element, 'onecase-badge', { position, html, scale: { min: 0.7, max: 1.3 }, show: { minZoom: 0 } });
}
