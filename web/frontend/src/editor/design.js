// What the properties of an element can be chosen from: the vocabulary of the house and the files of the draft.
import { stemOf } from './draft.js';
import { factsIn } from './facts.js';
import { nameOf } from './names.js';

const EMPTY = { agencies: [], roles: [], clocks: [], services: [], gates: [], documents: [], processes: [] };

export class Design {
  constructor(draft, open) {
    this.draft = draft;
    this.open = open; // shows the file of a path; a form that is not there is made
    this.vocabulary = EMPTY;
  }

  take(vocabulary) {
    this.vocabulary = { ...EMPTY, ...vocabulary };
  }

  files(kind) {
    return this.draft.of(kind).map((file) => ({ value: stemOf(file.path), label: labelled(nameOf(file, this.draft), stemOf(file.path)), path: file.path }));
  }

  path(kind, stem) {
    return this.files(kind).find(({ value }) => value === stem)?.path;
  }

  // Where a new form lies: beside the others of the diagram that asks for it.
  pathOfNewForm(name, diagram) {
    return `${diagram.slice(0, diagram.lastIndexOf('/') + 1)}forms/${name}.form`;
  }

  clock(id) {
    return this.vocabulary.clocks.find((clock) => clock.id === id);
  }

  service(key) {
    return this.vocabulary.services.find((service) => service.key === key);
  }

  facts() {
    return factsIn(this.draft);
  }
}

export const labelled = (name, code) => (!name || name === code ? code : `${name} · ${code}`);
