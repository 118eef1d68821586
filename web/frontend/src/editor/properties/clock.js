// A clock rule to choose, with its article and the date that it would give from now.
import { chinese } from '../../language.js';
import { word } from '../words/properties.js';
import { choice } from './entries.js';

function length({ unit, length: units }) {
  const many = Math.abs(units);
  const said = chinese() ? `${many} ${word(unit)}` : `${many} ${word(unit).replace('_', ' ')}${many === 1 ? '' : 's'}`;
  return units < 0 ? word('{0} before', said) : said;
}

const moment = (iso) => new Date(iso).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });

export const clockOptions = (design, wanted = () => true) => design.vocabulary.clocks.filter(wanted).map((clock) => ({ value: clock.id, label: `${clock.name}（${length(clock)}）` }));

function explained(design, id) {
  const clock = design.clock(id);
  if (!clock) return '';
  const setting = clock.setting && !clock.article.startsWith('内部设定') ? word('set by this installation') : '';
  const due = clock.due_today ? word('Begun now, it ends {0}.', moment(clock.due_today)) : '';
  return [clock.article, setting, length(clock), due].filter(Boolean).join(' · ');
}

export function clockChoice(tools, id, label, access, wanted) {
  return choice(id, label, access, { options: () => clockOptions(tools.design, wanted), description: (element) => explained(tools.design, access.get(element)) });
}
