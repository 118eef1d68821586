// What the server does not have yet, kept on this machine until it has it: for each person, draft and file.
import { storage } from '../dom.js';

const area = storage('localStorage');

export class Kept {
  constructor(person, draft) {
    this.prefix = `onecase:design:${person}:${draft}:`;
  }

  get(path) {
    return area.get(this.prefix + path);
  }

  put(path, text, revision) {
    area.set(this.prefix + path, { text, revision, at: new Date().toISOString() });
  }

  drop(path) {
    area.remove(this.prefix + path);
  }
}
