// A lane says who works in it: an agency by its part in the case or by its function, and a role.
import { word } from '../words/properties.js';
import { attribute, choice } from './entries.js';
import { group } from './groups.js';

const isFunction = ({ kind }) => kind === 'function';

export function lane(tools) {
  const { agencies, roles } = tools.design.vocabulary;
  const options = [
    { label: word('By its part in the case'), children: agencies.filter((one) => !isFunction(one)) },
    { label: word('By its function'), children: agencies.filter(isFunction) },
  ];
  return group('lane', word('Who works here'), [
    choice('agency', word('Agency'), attribute(tools, 'onecase:agency'), { options: () => options }),
    choice('role', word('Role'), attribute(tools, 'onecase:role'), { options: () => roles }),
  ]);
}
