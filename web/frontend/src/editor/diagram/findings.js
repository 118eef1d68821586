// The findings of the last check, on the elements that they are about.
import { h } from '../../dom.js';

const LAYER = 'onecase-finding';
const GRAVER = { error: 2, warning: 1 };
const SIGNS = { error: '!', warning: 'i' };

export function marked(modeler, found) {
  const overlays = modeler.get('overlays');
  const canvas = modeler.get('canvas');
  const registry = modeler.get('elementRegistry');
  const selection = modeler.get('selection');
  overlays.remove({ type: LAYER });
  registry.forEach((element) => Object.keys(SIGNS).forEach((severity) => canvas.removeMarker(element, `oc-found-${severity}`)));
  for (const [id, list] of byElement(found)) {
    const element = registry.get(id);
    if (!element?.parent) continue; // the process itself has no place on the canvas
    const severity = list.map((one) => one.severity).sort((one, other) => GRAVER[other] - GRAVER[one])[0];
    canvas.addMarker(element, `oc-found-${severity}`);
    overlays.add(element, LAYER, { position: element.waypoints ? { top: -9, left: 0 } : { top: -10, left: -10 }, html: badge(severity, list, () => selection.select(element)), scale: { min: 0.7, max: 1.2 } });
  }
}

function byElement(found) {
  const elements = new Map();
  for (const finding of found) if (finding.element) elements.set(finding.element, [...(elements.get(finding.element) ?? []), finding]);
  return elements;
}

// It lies on the corner of its element, so it is pressed for it.
function badge(severity, list, press) {
  const said = list.map(({ message }) => message).join('\n');
  return h('span', { class: `oc-found oc-found-${severity}`, title: said, onclick: press }, list.length > 1 ? String(list.length) : SIGNS[severity]);
}
