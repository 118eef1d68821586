// The scenarios of the draft, and how much of each diagram they pass.
import { h } from '../../dom.js';
import { nameOf } from '../names.js';
import { word } from './words.js';

export function coverageOf(trying, icon) {
  const { coverage, covering } = trying;
  if (!coverage) return [];
  const { scenarios, counts } = coverage;
  const toggle = h('input', { type: 'checkbox', class: 'form-check-input', role: 'switch', checked: Boolean(covering), onchange: ({ target }) => trying.cover(target.checked) });
  return [
    h('h3', {}, word('Scenarios'), h('span', { class: 'oc-muted' }, String(scenarios.length))),
    scenarios.length ? h('ul', { class: 'oc-trying-rows' }, ...scenarios.map((one) => row(one, trying, icon))) : h('p', { class: 'oc-muted' }, word('No scenario yet. Play a case and save it.')),
    h('label', { class: 'form-check form-switch oc-trying-switch' }, toggle, h('span', {}, word('Coverage on the diagram'))),
    covering ? h('ul', { class: 'oc-trying-shares', 'aria-label': word('Coverage by diagram') }, ...shares(counts, trying)) : null,
  ].filter(Boolean);
}

function row({ name, failed, run, path }, trying, icon) {
  const state = h('small', { class: failed ? 'oc-trying-late' : 'oc-trying-good', title: failed }, word(failed ? 'fails' : 'runs'));
  const play = run ? h('button', { type: 'button', class: 'btn btn-sm', 'aria-label': word('Play: {0}', name), onclick: () => trying.walk(run) }, icon('player-play'), word('Play')) : null;
  return h('li', {}, h('div', {}, h('span', { title: path }, name), state), play);
}

function shares(counts, { workspace }) {
  const { draft } = workspace;
  return Object.entries(counts).map(([process, parts]) => {
    const all = Object.values(parts);
    const passed = all.filter(Boolean).length;
    const file = draft.diagram(process);
    const share = all.length ? Math.round((100 * passed) / all.length) : 0;
    return h('li', {}, h('button', { type: 'button', class: 'oc-trying-share', onclick: () => workspace.open(file?.path) }, h('span', { class: 'oc-cut' }, file ? nameOf(file, draft) : process), h('small', {}, word('{0} of {1} ({2} %)', passed, all.length, share))), h('progress', { max: all.length || 1, value: passed, 'aria-hidden': 'true' }));
  });
}
