// Draws <div data-diagram> (README.md §3): bpmn-js's viewer, the marks of a case or of many cases, and ways on.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import minimapModule from 'diagram-js-minimap';
import { h, mountAll, readJson, whenResized, whenShown } from '../dom.js';
import { controls, keyboard } from './controls.js';
import { followable } from './follow.js';
import { draw } from './marks.js';
import { speakThePagesLanguage } from './names.js';
import { fitAll, fitReadably } from './view.js';
import { word } from './words.js';

function mount(host) {
  host.classList.add('oc-diagram');
  const canvas = h('div', { class: 'oc-diagram-canvas', tabindex: '0', role: 'group', 'aria-label': host.getAttribute('aria-label') ?? word('Diagram: arrow keys move, + and - zoom, 0 fits') });
  host.append(canvas);
  whenShown(host, () => load(host, canvas));
}

async function load(host, canvas) {
  const waiting = message(host, word('Loading the diagram…'), 'status');
  const xml = await fetchXml(host.dataset.xmlUrl);
  waiting.remove();
  if (xml === null) return retry(host, canvas);
  const viewer = new NavigatedViewer({ container: canvas, additionalModules: host.hasAttribute('data-minimap') ? [minimapModule] : [] });
  speakThePagesLanguage(viewer);
  try {
    await viewer.importXML(xml);
  } catch (problem) {
    console.error(problem);
    return void message(host, word('This diagram cannot be drawn. Please tell the process designer.'), 'alert');
  }
  show(host, canvas, viewer);
}

function show(host, canvas, viewer) {
  const marks = readJson(host, 'data-diagram-marks', {});
  const fit = () => fitAll(viewer);
  const look = () => fitReadably(viewer, [marks.current].flat()[0]);
  look();
  const marked = draw(viewer, marks, host);
  followable(viewer, host, marked);
  controls(host, viewer, fit);
  keyboard(canvas, viewer, fit);
  whenResized(canvas, () => {
    viewer.get('canvas').resized();
    look();
  });
  viewer.on('root.set', () => setTimeout(fit)); // into a subprocess and back
  host.dispatchEvent(new CustomEvent('onecase:diagram-ready', { bubbles: true, detail: { viewer } }));
}

async function fetchXml(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: 'application/xml, text/xml' }, credentials: 'same-origin' });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

function message(host, text, role, ...more) {
  const box = h('div', { class: 'oc-diagram-message', role }, h('p', {}, text), ...more);
  host.append(box);
  return box;
}

function retry(host, canvas) {
  const again = h('button', { type: 'button', class: 'btn', onclick: () => { box.remove(); load(host, canvas); } }, word('Try again'));
  const box = message(host, word('The diagram could not be loaded. The table beside it shows the same facts.'), 'alert', again);
}

mountAll('[data-diagram]', mount);
