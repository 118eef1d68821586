// What the files of a draft are called by people: a diagram by its process, a form by the tasks that ask it, a table by itself.
import { chinese } from '../language.js';
import { stemOf } from './draft.js';

const OURS = 'urn:onecase:bpmn:1';
const read = new WeakMap(); // file → { text, what was read from it }

// `about` reads a file's text; it is asked again when the text has changed.
export function remembered(kept, file, about) {
  const known = kept.get(file);
  if (known?.text === file.text) return known.said;
  const said = about(file.text ?? '');
  kept.set(file, { text: file.text, said });
  return said;
}

const parse = (text) => new DOMParser().parseFromString(text, 'text/xml');
export const spoken = (element) => (!chinese() && element?.getAttributeNS(OURS, 'nameEn')) || element?.getAttribute('name') || '';

function aboutXml(text) {
  const xml = parse(text);
  const tasks = [...xml.getElementsByTagNameNS('*', 'userTask')];
  return {
    name: spoken(xml.getElementsByTagNameNS('*', 'process')[0] ?? xml.getElementsByTagNameNS('*', 'decision')[0]),
    calls: [...xml.getElementsByTagNameNS('*', 'callActivity')].map((call) => call.getAttribute('calledElement')),
    asks: tasks.map((task) => [task.getAttributeNS(OURS, 'form'), spoken(task)]).filter(([form]) => form),
  };
}

export function nameOf(file, draft) {
  if (file.kind === 'diagram' || file.kind === 'table') return remembered(read, file, aboutXml).name || stemOf(file.path);
  if (file.kind !== 'form') return file.path.split('/').at(-1);
  const own = stemOf(file.path);
  const askers = draft.of('diagram').flatMap((diagram) => remembered(read, diagram, aboutXml).asks).filter(([form]) => form === own);
  return askers[0]?.[1] || own;
}

// The diagrams as one would read them: the main one, then each with what it calls in turn; at the end what nobody calls.
export function readingOrder(draft) {
  const diagrams = draft.of('diagram');
  const seen = new Set();
  const visit = (file) => {
    if (!file || seen.has(file)) return;
    seen.add(file);
    for (const called of remembered(read, file, aboutXml).calls) visit(diagrams.find(({ path }) => stemOf(path) === called));
  };
  [draft.main, ...diagrams].forEach(visit);
  return [...seen].filter(({ kind }) => kind === 'diagram');
}
