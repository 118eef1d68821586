// A user task: its form, its clock, what the law asks for, what it issues.
import { word } from '../words/properties.js';
import { clockChoice, clockOptions } from './clock.js';
import { attribute, attributeOf, choice, tick } from './entries.js';
import { group, several } from './groups.js';
import { link } from './link.js';

export function userTask(tools, element) {
  const { design } = tools;
  const form = attribute(tools, 'onecase:form');
  const officers = { get: (one) => attributeOf(one, 'onecase:officers') === '2', set: (one, yes) => tools.modeling.updateProperties(one, { 'onecase:officers': yes ? '2' : undefined }) };
  return [
    group('task', word('What is done'), [
      choice('form', word('Form'), form, { options: () => design.files('form') }),
      link('openForm', (one) => label(design, form.get(one), tools.editing.allowed), (one) => openForm(tools, one, form)),
      tick('officers', word('Two certified officers'), officers),
      choice('gate', word('Gate of the law'), attribute(tools, 'onecase:gate'), { options: () => design.vocabulary.gates, description: (one) => articleOf(design.vocabulary.gates, attributeOf(one, 'onecase:gate')) }),
    ]),
    group('clocks', word('Clock'), [clockChoice(tools, 'clock', word('Clock of this task'), attribute(tools, 'onecase:clock')), starts(tools)]),
    stops(tools, element),
    documents(tools, element),
  ];
}

function label(design, form, mayMake) {
  if (form && design.path('form', form)) return word('Open the form');
  return mayMake ? word('Create the form') : '';
}

function openForm(tools, element, form) {
  const named = form.get(element) || element.id.replace(/\W/g, '_');
  if (!form.get(element)) form.set(element, named);
  tools.design.open(tools.design.path('form', named) ?? tools.design.pathOfNewForm(named, tools.file()));
}

export const starts = (tools) => clockChoice(tools, 'startsClock', word('Starts a clock of the case'), attribute(tools, 'onecase:startsClock'));

export const stops = (tools, element) => several(tools, element, 'onecase:stopsClock', { id: 'stopsClock', label: word('Clocks that it stops'), item: word('Clock'), options: () => clockOptions(tools.design) });

export const documents = (tools, element) => several(tools, element, 'onecase:documents', { id: 'documents', label: word('Documents that it issues'), item: word('Document'), options: () => tools.design.vocabulary.documents });

const articleOf = (gates, value) => [gates.find((gate) => gate.value === value)?.article, word('Checked by the server when the task is completed.')].filter(Boolean).join(' · ');
