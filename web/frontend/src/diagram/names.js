// On an English page elements show the English names that the diagram carries (onecase:nameEn).
import { chinese } from '../language.js';

const ENGLISH = 'onecase:nameEn';

export function speakThePagesLanguage(viewer) {
  if (chinese()) return;
  viewer.on('import.render.start', ({ definitions }) => rename(definitions, new Set()));
}

function rename(element, seen) {
  if (!element?.$type || seen.has(element)) return;
  seen.add(element);
  const english = element.$attrs?.[ENGLISH];
  if (english) element.name = english;
  for (const { name, isReference } of element.$descriptor.properties) {
    if (!isReference && name !== '$parent') for (const child of [element[name]].flat()) rename(child, seen);
  }
}
