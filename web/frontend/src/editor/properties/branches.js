// A task or a call that is done once for each item of a list.
import { getBusinessObject, is } from 'bpmn-js/lib/util/ModelUtil';
import { word } from '../words/properties.js';
import { choice } from './entries.js';
import { group } from './groups.js';

const ITEM = 'member'; // the engine knows the item by this name

export function branches(tools, element) {
  const loop = getBusinessObject(element).loopCharacteristics;
  if (!loop || !is(loop, 'bpmn:MultiInstanceLoopCharacteristics')) return null;
  const order = {
    get: () => (loop.isSequential ? 'one' : 'all'),
    set: (_, value) => tools.modeling.updateModdleProperties(element, loop, { isSequential: value === 'one' }),
  };
  return group('branches', word('Branches'), [
    choice('list', word('One branch for each item of'), listOf(tools, element, loop), { options: () => lists(tools), description: word('The item is called “member” in the branch.') }),
    choice('order', word('Order'), order, { options: () => [{ value: 'all', label: word('All at once') }, { value: 'one', label: word('One after the other') }], required: true }),
  ]);
}

function lists({ design }) {
  const asked = design.facts().filter(({ many }) => many).map(({ key, label }) => ({ value: key, label: `${label} · ${key}` }));
  const served = [...new Set(design.vocabulary.services.flatMap(({ provides }) => provides))].sort().map((key) => ({ value: key, label: key }));
  return [{ label: word('Set by forms'), children: asked }, { label: word('Set by services'), children: served.filter(({ value }) => !asked.some((one) => one.value === value)) }];
}

// The list is a property of the process, which the loop refers to; a property that nothing refers to any more goes.
function listOf(tools, element, loop) {
  const set = (_, name) => {
    const process = processAround(getBusinessObject(element));
    const before = process.get('properties');
    const property = name ? before.find((one) => one.id === name) ?? tools.moddle.create('bpmn:Property', { id: name, name }) : undefined;
    const item = loop.inputDataItem ?? tools.moddle.create('bpmn:DataInput', { id: ITEM, name: ITEM });
    if (property) property.$parent = process;
    item.$parent = loop;
    const dropped = loop.loopDataInputRef;
    const shared = tools.elementRegistry.filter(({ businessObject: other }) => other?.loopCharacteristics && other.loopCharacteristics !== loop && other.loopCharacteristics.loopDataInputRef === dropped);
    const kept = before.filter((one) => one !== dropped || shared.length || one === property);
    const properties = property && !kept.includes(property) ? [...kept, property] : kept;
    tools.together([
      { cmd: 'element.updateModdleProperties', context: { element, moddleElement: process, properties: { properties } } },
      { cmd: 'element.updateModdleProperties', context: { element, moddleElement: loop, properties: { loopDataInputRef: property, inputDataItem: property && item } } },
    ]);
  };
  return { get: () => loop.loopDataInputRef?.id ?? '', set };
}

function processAround(businessObject) {
  let one = businessObject;
  while (one && !is(one, 'bpmn:Process')) one = one.$parent;
  return one;
}
