// How a played case begins: which day it is, who takes part, what is known.
import { h } from '../../dom.js';
import { remembered } from '../names.js';
import { word } from './words.js';

const OURS = 'urn:onecase:bpmn:1';
const read = new WeakMap();
const BY_ITSELF = new Set(['member']); // the agency of the branch, which the case chooses

const lanesOf = (text) => [...new DOMParser().parseFromString(text, 'text/xml').getElementsByTagNameNS('*', 'lane')].map((lane) => lane.getAttributeNS(OURS, 'agency'));

// The parts that the lanes of the draft speak of.
export function partsOf({ draft, design }) {
  const named = new Set(draft.of('diagram').flatMap((file) => remembered(read, file, lanesOf)));
  return design.vocabulary.agencies.filter(({ kind, value }) => kind === 'capacity' && (named.has(value) || value === 'receiving') && !BY_ITSELF.has(value));
}

export function beginning(workspace, run, begin) {
  const functions = workspace.design.vocabulary.agencies.filter(({ kind }) => kind === 'function');
  const chosen = (part) => h('label', { class: 'oc-trying-part' }, h('span', {}, part.label), h('select', { class: 'form-select form-select-sm', name: part.value },
    part.value === 'receiving' ? null : h('option', { value: '' }, word('nobody yet')),
    ...functions.map(({ value, label }) => h('option', { value, selected: run.parts[part.value] === value }, label))));
  const form = h('form', { class: 'oc-trying-beginning' },
    h('label', { class: 'oc-trying-part' }, h('span', {}, word('First day')), h('input', { type: 'date', class: 'form-control form-control-sm', name: 'begins', required: true, value: run.begins })),
    h('fieldset', {}, h('legend', {}, word('Who takes part at the beginning')), ...partsOf(workspace).map(chosen)),
    h('label', { class: 'd-block' }, h('span', { class: 'oc-small' }, word('Facts known at the beginning (one a line: name: value)')), h('textarea', { class: 'form-control form-control-sm oc-mono', name: 'facts', rows: 2 }, lines(run.facts))),
    h('div', { class: 'oc-trying-end' }, h('button', { class: 'btn btn-sm' }, word('Begin'))));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { begins, facts, ...parts } = Object.fromEntries(new FormData(form));
    begin({ begins, facts: factsIn(facts), parts: Object.fromEntries(Object.entries(parts).filter(([, code]) => code)) });
  });
  return h('details', {}, h('summary', {}, word('How it begins')), form);
}

const lines = (facts) => Object.entries(facts).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join('\n');

function factsIn(text) {
  const pairs = text.split('\n').map((line) => /^\s*([\w]+)\s*[:：]\s*(.*?)\s*$/.exec(line)).filter(Boolean);
  return Object.fromEntries(pairs.map(([, name, told]) => [name, plain(told)]));
}

function plain(told) {
  try {
    return JSON.parse(told);
  } catch {
    return told;
  }
}
