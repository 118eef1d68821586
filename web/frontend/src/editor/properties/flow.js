// A flow out of an exclusive gateway: when it is taken.
import { getBusinessObject, is } from 'bpmn-js/lib/util/ModelUtil';
import { word } from '../words/properties.js';
import { condition } from './condition.js';
import { tick } from './entries.js';
import { group } from './groups.js';

export function flow(tools, element) {
  const { sourceRef } = getBusinessObject(element);
  if (!is(sourceRef, 'bpmn:ExclusiveGateway') || sourceRef.outgoing.length < 2) return null;
  const isDefault = () => sourceRef.default === getBusinessObject(element);
  const otherwise = {
    get: isDefault,
    // The default flow has no condition: one that it had goes with the same step.
    set: (_, yes) => tools.together([
      { cmd: 'element.updateProperties', context: { element: element.source, properties: { default: yes ? getBusinessObject(element) : undefined } } },
      ...(yes ? [{ cmd: 'element.updateProperties', context: { element, properties: { conditionExpression: undefined } } }] : []),
    ]),
  };
  const entries = [tick('default', word('Otherwise (default flow)'), otherwise, { description: isDefault() ? word('The default flow has no condition.') : undefined })];
  return group('flow', word('Flow'), isDefault() ? entries : [condition(tools, element), ...entries]);
}
