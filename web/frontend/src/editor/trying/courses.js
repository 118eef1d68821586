// Random courses of the draft: how many working days a case takes, and how often each clock runs out.
import { h } from '../../dom.js';
import { succeeded } from '../server.js';
import { refusal } from '../review.js';
import { histogram } from './histogram.js';
import { word } from './words.js';

const FILE = 'guesses.yaml';
const percent = (part, whole) => `${whole ? Math.round((100 * part) / whole) : 0}%`;

export class Courses {
  constructor(place, trying) {
    Object.assign(this, { place, trying });
    this.result = h('div', { class: 'oc-trying-result', role: 'status' });
    const number = (name, label, value, max) => h('label', {}, h('span', {}, word(label)), h('input', { type: 'number', class: 'form-control form-control-sm', name, value, min: name === 'seed' ? 0 : 1, max, required: true }));
    this.button = h('button', { class: 'btn btn-sm' }, word('Work it out'));
    const form = h('form', { class: 'oc-trying-courses' }, number('courses', 'Courses', 100, 500), number('seed', 'Seed', 1, 2147483647), this.button);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.go(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, Number(value)])));
    });
    const edit = h('button', { type: 'button', class: 'btn btn-sm', onclick: () => this.edit() }, word('Guesses of times and choices'));
    place.replaceChildren(h('details', {}, h('summary', {}, word('How long a case takes')), h('p', { class: 'oc-muted' }, word('Random answers and times on the real engine; a step takes what the guesses say, else what closed cases took, else half a day to three days.')), form, this.result, h('div', { class: 'oc-trying-end' }, edit)));
  }

  async go(wanted) {
    const { workspace, run } = this.trying;
    this.button.disabled = true;
    this.say(word('One moment…'));
    const saved = await workspace.everythingSaved();
    const answer = saved ? await workspace.server.courses({ begins: run.begins, parts: run.parts, facts: run.facts, ...wanted }) : null;
    this.button.disabled = false;
    if (!answer) this.say(word('Wait until everything is saved.'));
    else if (succeeded(answer)) this.show(answer.body);
    else this.say(answer.body.code === 'diagram_refused' ? word('The draft cannot be played while it has errors; see the list of problems.') : refusal(answer), 'oc-trying-late');
  }

  say(sentence, kind = 'oc-muted') {
    this.result.replaceChildren(h('p', { class: kind }, sentence));
  }

  show({ courses, ended, quantiles, bins, clocks, stood, history }) {
    const days = ['0.1', '0.5', '0.9'].map((share) => quantiles[share]);
    const clock = ({ says, article, ran, breached }) => h('li', {}, h('span', { title: article }, says), h('small', {}, percent(breached, ran)), h('progress', { max: ran, value: breached, 'aria-label': word('{0}: ran out in {1} of {2} courses', says, breached, ran) }));
    this.result.replaceChildren(...[
      ended ? h('p', {}, h('b', {}, word('Half of the cases are closed within {0} working days', days[1])), h('br'), h('span', { class: 'oc-muted' }, word('one in ten within {0}, nine in ten within {1}', days[0], days[2]))) : null,
      ended ? histogram(bins, word('How many of {0} courses took how many working days', ended)) : null,
      h('p', { class: 'oc-muted' }, [word('{0} of {1} courses came to their end.', ended, courses), history ? word('Times of {0} steps come from closed cases.', history) : null].filter(Boolean).join(' ')),
      stood.length ? h('p', { class: 'oc-trying-late' }, word('Given up, because no random answer was accepted, at: {0}', stood.map((one) => `${one.name}（${one.courses}）`).join('、'))) : null,
      clocks.length ? h('h3', {}, word('How often each clock runs out')) : null,
      h('ul', { class: 'oc-trying-clocks' }, ...clocks.map(clock)),
    ].filter(Boolean));
  }

  // The guesses are a file of the draft; a new one names every step once.
  edit() {
    const { workspace } = this.trying;
    if (workspace.draft.files.has(FILE) || !workspace.mayEdit) return workspace.open(FILE);
    const steps = [...new Set(workspace.draft.of('diagram').flatMap(({ text }) => [...new DOMParser().parseFromString(text, 'text/xml').getElementsByTagNameNS('*', 'userTask')].map(({ id }) => id)))];
    return workspace.make(FILE, `# ${word('Working days of each step: least, usual, most')}\ndays:\n${steps.map((id) => `  ${id}: [0.5, 1, 3]\n`).join('')}# ${word('How often an answer is given, compared with the others: fact: {answer: weight}')}\nweights: {}\n`);
  }
}
