// What the elements of a draft are called, wherever they are drawn.
import { remembered, spoken } from '../names.js';

const read = new WeakMap();

const namesIn = (text) => new Map([...new DOMParser().parseFromString(text, 'text/xml').querySelectorAll('[id][name]')].map((element) => [element.id, spoken(element)]));

export function called(draft, id) {
  for (const file of draft.of('diagram')) {
    const name = remembered(read, file, namesIn).get(id);
    if (name) return name;
  }
  return id;
}
