// What part of a diagram is seen: all of it, or, where all would be too small to read, the current place.
const READABLE = 0.45;
const CLOSE = 0.75;

// Everything, never larger than life.
export function fitAll(viewer) {
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  if (canvas.zoom() > 1) canvas.zoom(1, 'auto');
}

export function fitReadably(viewer, current) {
  fitAll(viewer);
  const canvas = viewer.get('canvas');
  const element = viewer.get('elementRegistry').get(current);
  if (!element || canvas.zoom() >= READABLE || canvas.findRoot(element) !== canvas.getRootElement()) return;
  const { outer } = canvas.viewbox();
  const width = outer.width / CLOSE;
  const height = outer.height / CLOSE;
  canvas.viewbox({ x: element.x + (element.width - width) / 2, y: element.y + (element.height - height) / 2, width, height });
}
