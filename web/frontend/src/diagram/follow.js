// Where a click leads: the list behind an element, or the diagram of a called process.
import { h } from '../dom.js';
import { word } from './words.js';

const CALLS = 'bpmn:CallActivity';
const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] ?? ''));

export function followable(viewer, host, marked) {
  const template = host.dataset.elementUrlTemplate;
  const opens = (element) => template && element && !element.labelTarget && element.parent && (host.hasAttribute('data-element-all') ? !element.waypoints : marked.has(element.id));
  const target = (element) => element?.labelTarget ?? element;
  const canvas = viewer.get('canvas');
  viewer.get('elementRegistry').filter(opens).forEach((element) => canvas.addMarker(element, 'oc-opens'));
  viewer.on('element.click', ({ element }) => opens(target(element)) && open(host, fill(template, { id: target(element).id })));
  for (const button of badges(host, template)) button.addEventListener('click', () => open(host, fill(template, { id: button.dataset.badge })));
  calls(viewer, host);
}

// A badge is the keyboard's way to an element.
function badges(host, template) {
  if (!template) return [];
  return [...host.querySelectorAll('[data-badge]')].map((badge) => {
    badge.setAttribute('role', 'link');
    badge.setAttribute('tabindex', '0');
    badge.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      badge.click();
    });
    return badge;
  });
}

function open(host, url) {
  const target = host.dataset.elementTarget;
  if (target && window.htmx) window.htmx.ajax('GET', url, { target, swap: 'innerHTML' });
  else window.location.assign(url);
}

function calls(viewer, host) {
  const overlays = viewer.get('overlays');
  const called = viewer.get('elementRegistry').filter(({ businessObject: about, labelTarget }) => !labelTarget && about?.$type === CALLS && about.calledElement);
  for (const element of called) {
    const values = { called: element.businessObject.calledElement, id: element.id };
    const html = h('button', { type: 'button', class: 'oc-call', title: word('Open the called process'), 'aria-label': `${element.businessObject.name ?? ''} ${word('Open the called process')}`, onclick: () => drill(host, values) }, '↘');
    overlays.add(element, 'onecase-call', { position: { bottom: 12, right: 12 }, html });
  }
}

function drill(host, values) {
  const event = new CustomEvent('onecase:called', { bubbles: true, cancelable: true, detail: values });
  if (host.dispatchEvent(event) && host.dataset.calledUrlTemplate) window.location.assign(fill(host.dataset.calledUrlTemplate, values));
}
