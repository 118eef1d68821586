// What part of a diagram is seen. The palette lies over the left of the canvas: nothing is put under it.
export const PALETTE = 100;
const MARGIN = 24;
const READABLE = 0.5;
const CLOSE = 0.8;

// All of it, never larger than life.
export function fit(modeler, left) {
  const canvas = modeler.get('canvas');
  const { inner, outer } = canvas.viewbox();
  if (!inner.width || !outer.width) return;
  const scale = Math.min(1, (outer.width - left - 2 * MARGIN) / inner.width, (outer.height - 2 * MARGIN) / inner.height);
  look(canvas, inner.x - (left + MARGIN) / scale, inner.y - (outer.height / scale - inner.height) / 2, scale);
}

// Where all of it would be too small to read, the beginning.
export function begin(modeler, left) {
  const canvas = modeler.get('canvas');
  if (canvas.zoom() >= READABLE) return;
  const { inner, outer } = canvas.viewbox();
  const y = inner.height * CLOSE < outer.height ? inner.y - (outer.height / CLOSE - inner.height) / 2 : inner.y - MARGIN / CLOSE;
  look(canvas, inner.x - (left + MARGIN) / CLOSE, y, CLOSE);
}

// An element in the middle, large enough to be read.
export function bring(canvas, element) {
  const scale = Math.max(canvas.zoom(), CLOSE);
  const { outer } = canvas.viewbox();
  const middle = element.waypoints ? element.waypoints[Math.floor(element.waypoints.length / 2)] : { x: element.x + element.width / 2, y: element.y + element.height / 2 };
  look(canvas, middle.x - outer.width / scale / 2, middle.y - outer.height / scale / 2, scale);
}

function look(canvas, x, y, scale) {
  const { outer } = canvas.viewbox();
  canvas.viewbox({ x, y, width: outer.width / scale, height: outer.height / scale });
}
