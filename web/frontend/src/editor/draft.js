// A draft as it stands in this tab: its files, each with what the server has (`saved`, `revision`) and what was made of it here (`text`).
const SUFFIXES = { bpmn: 'diagram', form: 'form', dmn: 'table', yaml: 'yaml' };
export const KINDS = ['diagram', 'form', 'table', 'yaml', 'other'];

export const kindOf = (path) => SUFFIXES[path.split('.').at(-1)] ?? 'other';
export const stemOf = (path) => path.split('/').at(-1).replace(/(\.tests)?\.\w+$/, '');

export class Draft extends EventTarget {
  constructor(listed) {
    super();
    this.files = new Map();
    this.actions = [];
    this.take(listed);
  }

  // What the server lists now. Files with work of ours in them keep their text and the revision that the work began from.
  take({ files, ...about }, busy = () => false) {
    Object.assign(this, about);
    const renewed = [];
    for (const listed of files) {
      const file = this.files.get(listed.path);
      if (!file) this.files.set(listed.path, entry(listed));
      else if (listed.revision > file.revision && !busy(file)) {
        Object.assign(file, entry(listed));
        renewed.push(file);
      }
    }
    const there = new Set(files.map(({ path }) => path));
    for (const file of this.files.values()) if (!there.has(file.path) && file.revision && !busy(file)) this.files.delete(file.path);
    this.changed();
    return renewed;
  }

  add(path, text) {
    const file = { ...entry({ path, text, revision: 0 }), saved: null };
    this.files.set(path, file);
    this.changed();
    return file;
  }

  remove(path) {
    this.files.delete(path);
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event('files'));
  }

  of(kind) {
    return [...this.files.values()].filter((file) => file.kind === kind).sort((one, other) => one.path.localeCompare(other.path));
  }

  // What the server lets this person do with it now: edit, submit, return, publish, discard.
  may(action) {
    return this.actions.includes(action);
  }

  // The diagram of a process: its file is called after it.
  diagram(process) {
    return this.of('diagram').find(({ path }) => stemOf(path) === process);
  }

  // The diagram of the process that the draft is named after; else the first file there is.
  get main() {
    const diagrams = this.of('diagram');
    return diagrams.find(({ path }) => stemOf(path) === this.process) ?? diagrams[0] ?? [...this.files.values()][0];
  }
}

const entry = ({ path, text, revision, by, at }) => ({ path, kind: kindOf(path), text, saved: text, revision, by, at });
