// Bars as SVG, drawn with attributes only: the page's policy takes no style in markup.
const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM] = [360, 150, 30, 8, 22];

function s(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// `bins`: from, to (working days) and courses, without gaps from 0.
export function histogram(bins, label) {
  const most = Math.max(...bins.map(({ courses }) => courses));
  const step = (WIDTH - LEFT - 4) / bins.length;
  const height = HEIGHT - TOP - BOTTOM;
  const floor = TOP + height;
  const every = Math.ceil(bins.length / 8);
  const bar = ({ from, to, courses }, at) => s('rect', { x: LEFT + at * step + 1, y: floor - (height * courses) / most, width: Math.max(1, step - 2), height: (height * courses) / most, class: 'oc-bar' }, s('title', {}, `${from}–${to}: ${courses}`));
  const tick = ({ from }, at) => (at % every ? [] : [s('text', { x: LEFT + at * step, y: HEIGHT - 6, class: 'oc-bar-tick', 'text-anchor': 'middle' }, String(from))]);
  return s('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label, class: 'oc-histogram' },
    s('title', {}, label), s('line', { x1: LEFT, x2: WIDTH - 4, y1: floor, y2: floor, class: 'oc-bar-floor' }),
    s('text', { x: LEFT - 4, y: TOP + 9, class: 'oc-bar-tick', 'text-anchor': 'end' }, String(most)), s('text', { x: LEFT - 4, y: floor, class: 'oc-bar-tick', 'text-anchor': 'end' }, '0'),
    ...bins.map(bar), ...bins.flatMap(tick));
}
