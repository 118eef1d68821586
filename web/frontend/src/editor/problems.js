// What the check found: after each save, and by the button. A finding leads to its element; where there is a repair, it is one press.
import { h } from '../dom.js';
import { clockTime } from './conflict.js';
import { playButton } from './proving.js';
import { succeeded } from './server.js';
import { unpressed } from './unpressed.js';
import { word } from './words/words.js';

const PAUSE = 600;

export class Problems {
  constructor(place, workspace) {
    Object.assign(this, { place, workspace, found: [], onPaths: [], state: word('Not checked yet') });
    this.list = place.querySelector('[data-findings]');
    this.summary = place.querySelector('[data-summary]');
    this.toggle = place.querySelector('[data-fold]');
    this.toggle.addEventListener('click', () => this.fold(this.toggle.getAttribute('aria-expanded') === 'true'));
    this.draw = unpressed(place, () => this.redraw());
    this.draw();
  }

  fold(closed) {
    this.toggle.setAttribute('aria-expanded', String(!closed));
    this.list.hidden = closed;
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), PAUSE);
  }

  async check({ asked = false } = {}) {
    clearTimeout(this.timer);
    if (this.checking) return void (this.again = true);
    this.checking = true;
    if (asked) this.say(word('Checking…'));
    const answer = await this.workspace.server.check();
    this.checking = false;
    if (succeeded(answer)) this.take(answer.body.findings ?? []);
    else this.say(word('The check did not answer.'));
    if (asked && this.found.length) this.fold(false);
    if (this.again) this.check((this.again = false) || {});
  }

  take(found) {
    if (!found.length && !this.onPaths.length) this.fold(true);
    else if (!this.found.length) this.fold(false);
    this.found = found;
    this.say(word('Checked {0}', clockTime()));
    this.workspace.findings([...found, ...this.onPaths]);
  }

  // What was found on the paths stays until the next proof or the next change.
  proved(found) {
    this.onPaths = found;
    this.fold(!found.length && !this.found.length);
    this.draw();
    this.workspace.findings([...this.found, ...found]);
  }

  // What is said of the paths was said of other files than these.
  outdated() {
    if (this.onPaths.length) this.proved([]);
  }

  say(state) {
    this.state = state;
    this.draw();
  }

  redraw() {
    const all = [...this.found, ...this.onPaths];
    const count = (severity) => all.filter((one) => one.severity === severity).length;
    const part = (severity, words) => (count(severity) ? h('span', { class: `oc-studio-count is-${severity}` }, word(words, count(severity))) : null);
    this.summary.replaceChildren(...[part('error', '{0} errors'), part('warning', '{0} warnings'), h('span', { class: 'oc-muted' }, this.state)].filter(Boolean));
    const looks = JSON.stringify([all, this.workspace.mayEdit]);
    if (looks === this.drawn) return;
    this.drawn = looks;
    const lines = all.sort((one, other) => one.severity.localeCompare(other.severity)).map((finding) => this.line(finding));
    this.list.replaceChildren(...(lines.length ? lines : [h('li', { class: 'oc-muted' }, word('No problem was found.'))]));
  }

  line(finding) {
    const { severity, rule, element, file, message, fix } = finding;
    const where = [file, element].filter(Boolean).join(' · ') || word('Whole bundle');
    const go = h('button', { type: 'button', class: 'oc-studio-finding', title: `${word('Rule')}: ${rule}`, onclick: () => this.workspace.show(finding) },
      h('b', { class: `oc-studio-sign is-${severity}` }, word(severity)), h('span', {}, message), h('small', { class: 'oc-muted' }, where));
    const repair = fix && this.workspace.mayEdit ? h('button', { type: 'button', class: 'btn btn-sm', title: fix, onclick: ({ target }) => this.repair(target, finding) }, word('Fix it')) : null;
    return h('li', {}, go, playButton(finding, this.play), repair);
  }

  async repair(button, finding) {
    button.disabled = true;
    button.textContent = word('Fixing…');
    await this.workspace.fix(finding);
    this.check();
  }
}
