import { h } from '../dom.js';
import { word } from './words.js';

const STEP = 60;

export function controls(host, viewer, fit) {
  const zoom = viewer.get('zoomScroll');
  const button = (sign, title, act) => h('button', { type: 'button', class: 'oc-diagram-button', title: word(title), 'aria-label': word(title), onclick: act }, sign);
  const full = host.requestFullscreen ? button('⛶', 'Full screen', () => (document.fullscreenElement ? document.exitFullscreen() : host.requestFullscreen())) : null;
  const minimap = viewer.get('minimap', false);
  host.append(h('div', { class: 'oc-diagram-controls oc-no-print' },
    button('+', 'Zoom in', () => zoom.stepZoom(1)), button('−', 'Zoom out', () => zoom.stepZoom(-1)), button('⤢', 'Fit to window', fit),
    minimap ? button('▣', 'Overview', () => minimap.toggle()) : null, full));
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
