// Trying a draft out: a case of it is played on the server's engine, which keeps nothing; the run so far is sent with each move.
import { succeeded } from '../server.js';
import { refusal } from '../review.js';
import { typed } from '../asking.js';
import { Painting } from './painting.js';
import { Panel } from './panel.js';
import { pathOf, scenarioText } from './writing.js';
import { word } from './words.js';

const USUAL = { receiving: 'HEALTH', issuer: 'GOV', addressee: 'HEALTH' };
const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });

export class Trying {
  constructor({ button, place, workspace }) {
    Object.assign(this, { button, place, workspace });
    this.painting = new Painting(workspace);
    this.panel = new Panel(place, this);
    button.addEventListener('click', () => (place.hidden ? this.open() : this.close()));
  }

  open() {
    this.shown(true);
    this.run ??= { begins: today(), parts: this.usualParts(), facts: {}, steps: [] };
    this.survey();
    return this.go();
  }

  close() {
    this.shown(false);
    this.painting.show(null);
    this.painting.cover(null);
    this.covering = false;
  }

  shown(yes) {
    this.place.hidden = !yes;
    document.body.classList.toggle('is-trying', yes);
    this.button.setAttribute('aria-pressed', String(yes));
  }

  usualParts() {
    const named = new Set(this.panel.parts().map(({ value }) => value));
    return Object.fromEntries(Object.entries(USUAL).filter(([part]) => part === 'receiving' || named.has(part)));
  }

  // One move further; without one, the run as it is.
  async go(move = null) {
    if (this.busy) return;
    this.panel.wait(this.busy = true);
    this.problem = (await this.workspace.everythingSaved()) ? '' : word('Wait until everything is saved.');
    const answer = this.problem ? null : await this.workspace.server.play({ ...this.run, move });
    this.busy = false;
    if (answer) this.take(answer, move);
    this.panel.draw();
  }

  take(answer, move) {
    this.outdatedBy = false;
    if (!succeeded(answer)) return void (this.problem = answer.body.code === 'diagram_refused' ? word('The draft cannot be played while it has errors; see the list of problems.') : refusal(answer));
    const { taken, refused, broken, standing } = answer.body;
    if (broken) {
      this.run.steps.splice(broken.at - 1);
      this.problem = word('Step {0} no longer fits the draft: {1} The run was cut there.', broken.at, broken.message);
    }
    if (taken) this.run.steps.push(taken);
    this.refused = refused && { ...refused, move };
    this.standing = standing;
    this.painting.show(standing);
    if (!refused) this.choose(standing.tasks.length === 1 ? standing.tasks[0] : null);
    const here = this.chosen ?? standing.tasks[0] ?? standing.clocks.find(({ rings }) => rings);
    if (here && !refused) this.painting.follow(here.process, here.element);
  }

  choose(task) {
    this.chosen = task;
  }

  back() {
    this.run.steps.pop();
    return this.go();
  }

  begin(about) {
    Object.assign(this.run, about, { steps: [] });
    return this.go();
  }

  // A scenario's run, as it is written.
  walk(run) {
    this.run = { begins: run.begins ?? today(), parts: { ...run.parts }, facts: { ...run.facts }, steps: [...run.steps] };
    return this.go();
  }

  async save() {
    const { draft, saving } = this.workspace;
    const wrong = (name) => (draft.files.has(pathOf(name)) ? word('There is such a scenario already.') : pathOf(name) === pathOf('') && word('Use a name with letters or digits.')) || null;
    const name = (await typed(word('Save as scenario'), word('Name of the scenario'), wrong)).trim();
    if (!name) return;
    saving.changed(draft.add(pathOf(name), scenarioText(name, this.run, this.standing)));
    if (!(await this.workspace.everythingSaved())) return;
    window.onecase?.toast?.(word('Saved as {0}.', pathOf(name)), 'success');
    await this.survey();
  }

  // What the scenarios pass; painted while `covering`.
  async survey() {
    if (!(await this.workspace.everythingSaved())) return;
    const answer = await this.workspace.server.coverage();
    this.coverage = succeeded(answer) ? answer.body : null;
    this.paintCoverage();
  }

  cover(yes) {
    this.covering = yes;
    this.paintCoverage();
  }

  paintCoverage() {
    this.painting.cover(this.covering ? this.coverage?.counts : null);
    this.panel.drawCoverage();
  }

  // A file was saved: what stands here was played on others.
  outdated() {
    if (this.place.hidden || this.busy) return;
    this.outdatedBy = true;
    this.panel.note();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.survey(), 1000);
  }
}
