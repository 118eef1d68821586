// What one side shows the other shows too: the same place at the same scale, on the same plane.
export function together(sides) {
  let leading = null;
  const follow = (from, change) => {
    if (leading) return;
    leading = from;
    sides.filter((side) => side !== from).forEach(change);
    leading = null;
  };
  for (const side of sides) {
    side.viewer.on('canvas.viewbox.changed', ({ viewbox: { x, y, width, height } }) => follow(side, ({ viewer }) => viewer.get('canvas').viewbox({ x, y, width, height })));
    side.viewer.on('root.set', ({ element }) => follow(side, ({ viewer }) => onto(viewer.get('canvas'), element.id)));
  }
}

function onto(canvas, id) {
  const root = canvas.getRootElements().find((one) => one.id === id);
  if (root) canvas.setRootElement(root);
}
