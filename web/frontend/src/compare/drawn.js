// One side: its viewer with controls, or a sentence where there is nothing to draw.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { controls, keyboard } from '../diagram/controls.js';
import { speakThePagesLanguage } from '../diagram/names.js';
import { fitAll } from '../diagram/view.js';
import { word as drawingWord } from '../diagram/words.js';
import { h, readJson } from '../dom.js';

export async function drawn(host) {
  if (!host.dataset.xmlUrl) return null;
  const canvas = h('div', { class: 'oc-diagram-canvas', tabindex: '0', role: 'group', 'aria-label': host.getAttribute('aria-label') });
  host.append(canvas);
  const viewer = new NavigatedViewer({ container: canvas });
  speakThePagesLanguage(viewer);
  try {
    const answer = await fetch(host.dataset.xmlUrl, { headers: { Accept: 'application/xml' }, credentials: 'same-origin' });
    if (!answer.ok) throw new Error(`${answer.status}`);
    await viewer.importXML(await answer.text());
  } catch (problem) {
    console.error(problem);
    host.append(h('div', { class: 'oc-diagram-message', role: 'alert' }, h('p', {}, drawingWord('This diagram cannot be drawn. Please tell the process designer.'))));
    return null;
  }
  const fit = () => fitAll(viewer);
  fit();
  controls(host, viewer, fit);
  keyboard(canvas, viewer, fit);
  return { host, viewer, marks: readJson(host, 'data-compare-marks', []) };
}
