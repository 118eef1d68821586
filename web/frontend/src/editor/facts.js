// The facts that the forms of a draft ask for, with the words that each may take.
import { chinese } from '../language.js';
import { remembered } from './names.js';

const read = new WeakMap();
const MANY = ['checklist', 'taglist', 'dynamiclist'];

const word = (component, key, chineseWord) => (!chinese() && component.properties?.[key]) || chineseWord || '';

function* fields(components, form) {
  for (const component of components ?? []) {
    if (component.type === 'group') yield* fields(component.components, form);
    const key = component.type === 'dynamiclist' ? component.path : component.key;
    if (!key || component.readonly || component.disabled) continue;
    const values = (component.values ?? []).map(({ value, label }) => ({ value, label: word(component, `en.${value}`, label) }));
    yield { key, label: word(component, 'en', component.label ?? component.dateLabel), type: component.type, many: MANY.includes(component.type), values };
  }
}

function factsOf(text) {
  try {
    return [...fields(JSON.parse(text).components)];
  } catch {
    return []; // half typed
  }
}

// Every fact once, in the order of the files; the first form that asks for it gives its label.
export function factsIn(draft) {
  const found = new Map();
  for (const file of draft.of('form')) for (const fact of remembered(read, file, factsOf)) if (!found.has(fact.key)) found.set(fact.key, fact);
  return [...found.values()];
}
