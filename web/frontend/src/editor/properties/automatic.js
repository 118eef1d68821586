// Steps without a person: a service of the house, a decision table, a called process.
import { word } from '../words/properties.js';
import { attribute, attributeOf, choice } from './entries.js';
import { group } from './groups.js';
import { link } from './link.js';
import { labelled } from '../design.js';
import { documents, starts, stops } from './task.js';

export function serviceTask(tools, element) {
  const { design } = tools;
  const options = () => design.vocabulary.services.map(({ key, name }) => ({ value: key, label: labelled(name, key) }));
  const description = (one) => explained(design.service(attributeOf(one, 'onecase:service')));
  return [
    group('service', word('Service'), [choice('service', word('Service'), attribute(tools, 'onecase:service'), { options, description })]),
    group('clocks', word('Clock'), [starts(tools)]),
    stops(tools, element),
    documents(tools, element),
  ];
}

function explained(service) {
  if (!service) return '';
  const sets = service.provides.length ? word('Sets: {0}', service.provides.join(', ')) : word('Sets no facts.');
  return [service.description, sets].filter(Boolean).join(' ');
}

export function decisionTask(tools) {
  const decision = attribute(tools, 'onecase:decision');
  const { design } = tools;
  return [group('decision', word('Decision table'), [
    choice('decision', word('Decision table'), decision, { options: () => design.files('table') }),
    link('openTable', (one) => (design.path('table', decision.get(one)) ? word('Open the table') : ''), (one) => design.open(design.path('table', decision.get(one)))),
  ])];
}

export function callActivity(tools) {
  const called = attribute(tools, 'calledElement');
  const { design } = tools;
  const elsewhere = () => design.vocabulary.processes.map((one) => ({ ...one, label: labelled(one.label, one.value) }));
  const options = () => {
    const own = design.files('diagram');
    const others = elsewhere().filter(({ value }) => !own.some((one) => one.value === value));
    return others.length ? [...own, { label: word('not in this draft'), children: others }] : own;
  };
  return [group('called', word('Called process'), [
    choice('called', word('Called process'), called, { options }),
    link('openCalled', (one) => (design.path('diagram', called.get(one)) ? word('Open the process') : ''), (one) => design.open(design.path('diagram', called.get(one)))),
  ])];
}
