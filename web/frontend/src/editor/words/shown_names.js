// What stands on the canvas: on an English page the English names that the diagram carries. Typing into it changes the name of record, which is Chinese.
import { getBusinessObject } from 'bpmn-js/lib/util/ModelUtil';
import { getLabel } from 'bpmn-js/lib/util/LabelUtil';
import { chinese } from '../../language.js';

export function shownName(element) {
  const { $attrs = {}, nameEn } = getBusinessObject(element);
  return (!chinese() && (nameEn ?? $attrs['onecase:nameEn'])) || getLabel(element);
}

const ROOM = 84; // pixels; labels have the width of their Chinese, in which an English word would be broken

// A name beside its element, in the middle of where the Chinese one stands.
export function labelBeside(element, render, parent, options) {
  const room = chinese() ? options.box.width : Math.max(options.box.width, ROOM);
  const text = render(parent, shownName(element), { ...options, box: { ...options.box, width: room } });
  if (room > options.box.width) text.setAttribute('transform', `translate(${(options.box.width - room) / 2} 0)`);
  return text;
}
