import { h } from '../dom.js';
import { word } from './words.js';

const STEP = 60;
const SVG = 'http://www.w3.org/2000/svg';
const SIGNS = {
  'Zoom in': 'M12 5v14M5 12h14',
  'Zoom out': 'M5 12h14',
  'Fit to window': 'M4 9V5h4M20 9V5h-4M4 15v4h4M20 15v4h-4M9 10h6v4H9z',
  Overview: 'M4 5h16v14H4zM13 12h7v7h-7z',
  'Full screen': 'M15 4h5v5M20 4l-6 6M9 20H4v-5M4 20l6-6',
};

function sign(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', SIGNS[name]);
  svg.append(path);
  return svg;
}

export function controls(host, viewer, fit) {
  const zoom = viewer.get('zoomScroll');
  const minimap = viewer.get('minimap', false);
  const button = (name, act) => h('button', { type: 'button', class: 'oc-diagram-button', title: word(name), 'aria-label': word(name), onclick: act }, sign(name));
  const fullScreen = () => (document.fullscreenElement ? document.exitFullscreen() : host.requestFullscreen());
  host.append(h('div', { class: 'oc-diagram-controls oc-no-print' },
    button('Zoom in', () => zoom.stepZoom(1)), button('Zoom out', () => zoom.stepZoom(-1)), button('Fit to window', fit),
    minimap ? button('Overview', () => minimap.toggle()) : null, host.requestFullscreen ? button('Full screen', fullScreen) : null));
}

export function keyboard(canvas, viewer, fit) {
  const zoom = viewer.get('zoomScroll');
  const move = (dx, dy) => viewer.get('canvas').scroll({ dx, dy });
  const acts = {
    '+': () => zoom.stepZoom(1), '=': () => zoom.stepZoom(1), '-': () => zoom.stepZoom(-1), 0: fit,
    ArrowLeft: () => move(STEP, 0), ArrowRight: () => move(-STEP, 0), ArrowUp: () => move(0, STEP), ArrowDown: () => move(0, -STEP),
  };
  canvas.addEventListener('keydown', (event) => {
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}
