// What stands on the canvas: on an English page the English names that the diagram carries. Typing into it changes the name of record, which is Chinese.
import { getBusinessObject } from 'bpmn-js/lib/util/ModelUtil';
import { getLabel } from 'bpmn-js/lib/util/LabelUtil';
import { chinese } from '../../language.js';

export function shownName(element) {
  const { $attrs = {}, nameEn } = getBusinessObject(element);
  return (!chinese() && (nameEn ?? $attrs['onecase:nameEn'])) || getLabel(element);
}
