// From a line of the list to its place in both drawings, and from an element to its lines.
import { WEIGHT, word } from './words.js';

const CLOSE = 0.9;
const READABLE = 0.45;

export function finding(page, sides) {
  for (const button of page.querySelectorAll('[data-find]')) button.addEventListener('click', () => find(page, sides, button.dataset.find));
  for (const side of sides) side.viewer.on('element.click', ({ element }) => tell(page, (element.labelTarget ?? element).id));
}

// Where the whole drawing would be too small to read, its weightiest change is in sight.
export function lookAtFirst(sides) {
  const [side] = sides.filter(({ viewer, marks }) => marks.length && viewer.get('canvas').zoom() < READABLE).reverse();
  const first = side && [...side.marks].sort((one, other) => WEIGHT.indexOf(one.effect) - WEIGHT.indexOf(other.effect)).find(({ id }) => side.viewer.get('elementRegistry').get(id));
  if (first) look(side.viewer, first.id);
}

function find(page, sides, id) {
  const having = sides.filter(({ viewer }) => viewer.get('elementRegistry').get(id));
  for (const { viewer } of sides) clear(viewer);
  for (const { viewer } of having) point(viewer, id);
  if (having.length) look(having.at(-1).viewer, id);
  page.querySelector('[data-compare-sides]')?.scrollIntoView({ block: 'nearest' });
  const said = page.querySelector('[data-found]');
  if (said) said.textContent = having.length ? '' : word('It is not drawn.');
}

function clear(viewer) {
  for (const element of viewer.get('elementRegistry').getAll()) viewer.get('canvas').removeMarker(element, 'oc-diff-found');
}

function point(viewer, id) {
  const canvas = viewer.get('canvas');
  const root = canvas.findRoot(id);
  if (root && root !== canvas.getRootElement()) canvas.setRootElement(root);
  canvas.addMarker(id, 'oc-diff-found');
}

function look(viewer, id) {
  const canvas = viewer.get('canvas');
  const element = viewer.get('elementRegistry').get(id);
  const { outer } = canvas.viewbox();
  const scale = Math.min(CLOSE, outer.width / (box(element).width + 40), outer.height / (box(element).height + 40));
  const { x, y, width, height } = box(element);
  const seen = { width: outer.width / scale, height: outer.height / scale };
  canvas.viewbox({ ...seen, x: x + (width - seen.width) / 2, y: y + (height - seen.height) / 2 });
}

function box(element) {
  if (!element.waypoints) return element;
  const xs = element.waypoints.map(({ x }) => x);
  const ys = element.waypoints.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function tell(page, id) {
  const lines = [...page.querySelectorAll(`tr[data-place="${CSS.escape(id)}"]:not([hidden])`)];
  for (const line of page.querySelectorAll('tr.is-found')) line.classList.remove('is-found');
  for (const line of lines) line.classList.add('is-found');
  lines[0]?.scrollIntoView({ block: 'nearest' });
}
