// The panel of a played case: what waits, what may come, what has been done.
import { h } from '../../dom.js';
import { icon } from '../icon.js';
import { beginning, partsOf } from './beginning.js';
import { Courses } from './courses.js';
import { coverageOf } from './coverage.js';
import { called } from './naming.js';
import { taskForm } from './task_form.js';
import { word } from './words.js';

const shown = (moment) => moment.replace('T', ' ').slice(0, 16);
const button = (text, act, kind = '', more = {}) => h('button', { type: 'button', class: `btn btn-sm ${kind}`, onclick: act, ...more }, text);
const part = (title, ...children) => h('section', {}, h('h3', {}, word(title)), ...children);
const same = (one, other) => Boolean(one && other) && one.element === other.element && one.branch === other.branch && one.process === other.process;

export class Panel {
  constructor(place, trying) {
    Object.assign(this, { place, trying });
    this.body = place.querySelector('[data-play]');
    this.scenarios = place.querySelector('[data-scenarios]');
    this.notice = place.querySelector('[data-notice]');
    this.courses = new Courses(place.querySelector('[data-courses]'), trying);
    place.querySelector('[data-close]').addEventListener('click', () => trying.close());
  }

  parts() {
    return partsOf(this.trying.workspace);
  }

  wait(yes) {
    this.place.setAttribute('aria-busy', String(yes));
    if (!this.trying.standing) this.body.replaceChildren(h('p', { class: 'oc-muted' }, word('One moment…')));
  }

  draw() {
    const { trying } = this;
    this.wait(false);
    this.note();
    if (!trying.standing) return void this.body.replaceChildren();
    const { standing, run } = trying;
    const focused = this.body.contains(document.activeElement);
    this.body.replaceChildren(...[
      this.head(standing, run),
      standing.closed ? h('p', { class: 'oc-note oc-note-success', role: 'status' }, word('The case is closed.')) : null,
      standing.stuck ? h('p', { class: 'oc-note oc-note-danger', role: 'alert' }, word('Nobody and nothing could move the case: a dead end.')) : null,
      run.steps.length ? null : beginning(trying.workspace, run, (about) => trying.begin(about)),
      standing.closed ? null : this.tasks(standing), this.clocks(standing), this.news(standing), standing.closed ? null : this.days(), this.log(run), ...this.known(standing),
    ].filter(Boolean));
    if (focused) this.body.parentElement.focus();
    if (trying.chosen) this.openForm();
  }

  note() {
    const { problem, refused, outdatedBy } = this.trying;
    const general = refused && !Object.keys(refused.fields).length ? `${refused.message}${refused.article ? ` ${refused.article}` : ''}` : '';
    const again = outdatedBy ? h('p', { class: 'oc-note oc-note-warning' }, word('The draft has changed.'), ' ', button(word('Walk the run again'), () => this.trying.go())) : null;
    this.notice.replaceChildren(...[...[problem, general].filter(Boolean).map((said) => h('p', { class: 'oc-note oc-note-danger', role: 'alert' }, said)), again].filter(Boolean));
  }

  head(standing, { steps }) {
    const { trying } = this;
    return h('div', { class: 'oc-trying-head' },
      h('p', { role: 'status' }, h('b', {}, word('It is {0}', shown(standing.now))), h('span', { class: 'oc-muted' }, steps.length ? word('Steps: {0}', steps.length) : word('Nothing has been done yet'))),
      h('div', { class: 'oc-trying-acts' },
        button(word('Step back'), () => trying.back(), '', { disabled: !steps.length }), button(word('Begin anew'), () => trying.begin({}), '', { disabled: !steps.length }),
        trying.workspace.draft.may('edit') ? button(word('Save as scenario'), () => trying.save(), '', { disabled: !steps.length }) : null));
  }

  tasks({ tasks }) {
    const { trying } = this;
    const row = (task) => {
      const open = same(task, trying.chosen);
      const press = h('button', { type: 'button', class: 'oc-trying-task', 'aria-expanded': String(open), onclick: () => this.pick(open ? null : task) },
        h('b', {}, task.name || task.element), h('small', { class: 'oc-muted' }, [task.agency, task.role, task.branch_name].filter(Boolean).join(' · ')));
      return h('li', {}, press, open ? h('div', { 'data-form-place': true }) : null);
    };
    return part('Waiting tasks', tasks.length ? h('ul', { class: 'oc-trying-list' }, ...tasks.map(row)) : h('p', { class: 'oc-muted' }, word('Nobody is waited for.')));
  }

  pick(task) {
    this.trying.choose(task);
    this.trying.refused = null;
    if (task) this.trying.painting.follow(task.process, task.element);
    this.draw();
  }

  openForm() {
    const { trying } = this;
    const { chosen, refused } = trying;
    const task = trying.standing.tasks.find((one) => same(one, chosen));
    const place = this.body.querySelector('[data-form-place]');
    if (!task || !place) return;
    taskForm(place, task, (answers) => trying.go({ do: task.element, ...(task.branch && { branch: task.branch }), answers }), { typed: refused?.move?.answers, wrong: refused?.fields });
  }

  clocks({ clocks, breached }) {
    const { trying } = this;
    const name = (clock) => `${clock.says || clock.rule} · ${clock.of_case ? word('of the whole case') : clock.name || clock.element}`;
    const move = (clock) => (clock.rings ? { expire: clock.element, ...(clock.branch && { branch: clock.branch }) } : { wait: clock.days });
    const row = (clock) => h('li', {}, h('div', {}, h('span', { title: clock.article }, name(clock)), h('small', { class: clock.late ? 'oc-trying-late' : 'oc-muted' }, word(clock.late ? 'ran out {0}' : 'due {0}', shown(clock.due)), clock.rings ? ` · ${word('takes the case along')}` : '')),
      clock.late ? null : button(word('Let it run out'), () => trying.go(move(clock)), '', { 'aria-label': word('Let it run out: {0}', name(clock)) }));
    const over = breached.filter((clock) => !clocks.some((one) => same(one, clock) && one.rule === clock.rule));
    const gone = over.length ? h('p', { class: 'oc-trying-late' }, word('Clocks that ran out: {0}', over.map(name).join('；'))) : null;
    return clocks.length || gone ? part('Clocks', clocks.length ? h('ul', { class: 'oc-trying-rows' }, ...clocks.map(row)) : null, gone) : null;
  }

  news({ news }) {
    const row = (one) => h('li', {}, h('div', {}, h('span', {}, one.says), h('small', { class: 'oc-muted' }, [one.name, one.branch_name].filter(Boolean).join(' · '))),
      button(word('It happens'), () => this.trying.go({ report: one.message, ...(one.branch && { branch: one.branch }) }), '', { 'aria-label': word('It happens: {0}', one.says) }));
    return news.length ? part('News that may come', h('ul', { class: 'oc-trying-rows' }, ...news.map(row))) : null;
  }

  days() {
    const days = h('input', { type: 'number', class: 'form-control form-control-sm', min: 1, max: 3660, value: 1, 'aria-label': word('Days') });
    const form = h('form', { class: 'oc-trying-days' }, h('span', {}, word('Let days pass')), days, h('button', { class: 'btn btn-sm' }, word('Pass')));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.trying.go({ wait: Number(days.value) });
    });
    return form;
  }

  log({ steps }) {
    const { draft } = this.trying.workspace;
    const says = (step) => (step.do ? called(draft, step.do) : step.wait ? word('Days pass: {0}', step.wait) : step.expire ? word('{0} runs out', called(draft, step.expire)) : word('{0} happens', step.report));
    return steps.length ? part('Steps so far', h('ol', { class: 'oc-trying-log' }, ...steps.map((step) => h('li', {}, says(step))))) : null;
  }

  known({ facts, documents }) {
    const line = ({ label, value, branch }) => [h('dt', {}, branch ? `${label}（${branch}）` : label), h('dd', {}, value)];
    return [
      documents.length ? part('Documents issued', h('p', {}, documents.join('、'))) : null,
      facts.length ? h('details', {}, h('summary', {}, word('What the case knows')), h('dl', { class: 'oc-trying-facts' }, ...facts.flatMap(line))) : null,
    ];
  }

  drawCoverage() {
    this.scenarios.replaceChildren(...coverageOf(this.trying, icon));
  }
}
