// Autosave: every file that was changed is on its way to the server, and on this machine until it has arrived.
import { succeeded } from './server.js';

const PAUSE = 800;
const RETRIES = [2000, 4000, 8000, 15000, 30000];
const LOST = new Set([0, 408, 425, 429]); // the network, or a server that has no time: to be tried again

export class Saving extends EventTarget {
  constructor(server, kept) {
    super();
    this.server = server;
    this.kept = kept;
    this.jobs = new Map();
    window.addEventListener('online', () => this.again());
  }

  // `file.text` was changed here.
  changed(file) {
    if (file.text === file.saved && !this.jobs.get(file.path)?.sending) return this.settled(file); // what is on its way would arrive after it
    this.kept.put(file.path, file.text, file.revision);
    const job = this.job(file);
    job.state = job.state === 'conflict' ? 'conflict' : 'waiting';
    this.tell();
    if (job.state === 'waiting' && !job.sending) this.later(job, PAUSE);
  }

  later(job, pause) {
    clearTimeout(job.timer);
    job.timer = setTimeout(() => this.send(job), pause);
  }

  async send(job) {
    clearTimeout(job.timer);
    if (job.sending || job.state === 'conflict') return;
    const { file } = job;
    const text = file.text;
    job.sending = true;
    if (job.state !== 'failed') job.state = 'sending';
    this.tell();
    const answer = await this.server.put(file.path, text, file.revision);
    job.sending = false;
    if (succeeded(answer)) this.arrived(job, text, answer.body);
    else this.failed(job, answer);
    this.tell();
  }

  arrived(job, text, { revision, at, here }) {
    const { file } = job;
    Object.assign(file, { saved: text, revision, at, by: null });
    job.tries = 0;
    this.at = at;
    this.dispatchEvent(new CustomEvent('saved', { detail: { file, here } }));
    if (file.text === text) return this.settled(file);
    job.state = 'waiting';
    this.later(job, PAUSE);
  }

  failed(job, { status, body }) {
    job.status = status;
    if (status === 409 && body.theirs) {
      job.state = 'conflict';
      this.dispatchEvent(new CustomEvent('conflict', { detail: { file: job.file, theirs: body.theirs } }));
    } else if (LOST.has(status) || status >= 500) {
      job.state = 'failed';
      this.later(job, RETRIES[Math.min(job.tries, RETRIES.length - 1)]);
      job.tries += 1;
    } else {
      job.state = 'refused';
      this.dispatchEvent(new CustomEvent('refused', { detail: { file: job.file, status, body } }));
    }
  }

  settled(file) {
    clearTimeout(this.jobs.get(file.path)?.timer);
    this.jobs.delete(file.path);
    this.kept.drop(file.path);
    this.tell();
  }

  // Decided: what stands here becomes the revision after `revision`.
  insist(file, revision) {
    file.revision = revision;
    const job = this.job(file);
    job.state = 'waiting';
    this.send(job);
  }

  // Everything at once; resolves with whether the server has it all.
  async flush() {
    this.again();
    while ([...this.jobs.values()].some((job) => job.state === 'waiting' || job.sending)) {
      await new Promise((done) => this.addEventListener('state', done, { once: true }));
    }
    return !this.unsaved;
  }

  again() {
    for (const job of this.jobs.values()) if (job.state !== 'conflict') this.send(job);
  }

  job(file) {
    if (!this.jobs.has(file.path)) this.jobs.set(file.path, { file, tries: 0, state: 'waiting' });
    return this.jobs.get(file.path);
  }

  busy(file) {
    return this.jobs.has(file.path);
  }

  get unsaved() {
    return this.jobs.size > 0;
  }

  // The gravest state of all files, and the status of the answer that caused it.
  get state() {
    const jobs = [...this.jobs.values()];
    for (const state of ['conflict', 'refused', 'failed', 'sending', 'waiting']) {
      const job = jobs.find((one) => one.state === state);
      if (job) return { state, status: job.status };
    }
    return { state: this.at ? 'saved' : '', at: this.at };
  }

  tell() {
    this.dispatchEvent(new Event('state'));
  }
}
