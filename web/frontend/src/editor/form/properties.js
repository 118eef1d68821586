// What is asked about a component of a form, in place of form-js's own groups: our dialect knows no FEEL but in “hide if”.
import { word } from '../words/forms.js';
import { hasOptions } from './dialect.js';
import { area, choice, number, text, tick } from './entries.js';
import { options } from './options.js';

const KEY = /^[a-z_][a-zA-Z0-9_]*$/;
const TYPED = ['textfield', 'textarea'];
const SILENT = ['separator', 'spacer', 'text', 'group', 'dynamiclist']; // nothing is answered
const MADE_UP = ['separator', 'spacer'];

export default class FormProperties {
  static $inject = ['propertiesPanel', 'config.house', 'formFieldRegistry'];

  constructor(propertiesPanel, house, registry) {
    Object.assign(this, { house, registry });
    propertiesPanel.registerProvider(this);
  }

  getGroups(field, edit) {
    const tools = { field, edit, allowed: () => this.house.allowed, registry: this.registry, house: this.house };
    return () => (field && field.type !== 'default' ? groups(tools) : []).filter((one) => one && (one.items || one.entries.length));
  }
}

const group = (id, label, entries) => ({ id, label, entries: entries.filter(Boolean), shouldOpen: true });

const groups = (tools) => [general(tools), ...(hasOptions(tools.field) ? options(tools) : []), rules(tools), when(tools), layout(tools)];

function general(tools) {
  const { type } = tools.field;
  if (MADE_UP.includes(type)) return null;
  if (type === 'text') return group('general', word('Text'), [area(tools, 'text', word('Text (Chinese)'), ['text']), area(tools, 'textEn', word('Text (English)'), ['properties', 'en'])]);
  const answered = !['group'].includes(type);
  return group('general', word('Question'), [
    type === 'datetime' ? text(tools, 'label', word('Label (Chinese)'), ['dateLabel'], { set: (value) => { tools.edit(tools.field, { dateLabel: value, label: value }); } }) : text(tools, 'label', word('Label (Chinese)'), ['label']),
    text(tools, 'labelEn', word('Label (English)'), ['properties', 'en']),
    answered && text(tools, 'key', word('Fact'), [type === 'dynamiclist' ? 'path' : 'key'], { validate: (value) => wrongKey(tools, value), description: word('The name under which conditions and services know the answer.') }),
    answered && area(tools, 'description', word('Explanation (Chinese)'), ['description'], { rows: 1 }),
    answered && area(tools, 'descriptionEn', word('Explanation (English)'), ['properties', 'en.description'], { rows: 1 }),
  ]);
}

// Two questions of one form may not write the same fact; inside a list of rows the names are the row's own.
function wrongKey({ field, registry }, value) {
  if (!KEY.test(value ?? '')) return word('Small letters, digits and _, beginning with a letter.');
  const taken = registry.getAll().some((other) => other !== field && other.id !== field.id && other._parent === field._parent && (other.key ?? other.path) === value);
  return taken ? word('Another question writes this fact.') : null;
}

function rules(tools) {
  const { type } = tools.field;
  if (SILENT.includes(type)) return null;
  return group('rules', word('What is accepted'), [
    tick(tools, 'required', word('Must be answered'), ['validate', 'required']),
    type === 'number' && number(tools, 'min', word('At least'), ['validate', 'min']),
    type === 'number' && number(tools, 'max', word('At most'), ['validate', 'max']),
    type === 'number' && number(tools, 'decimals', word('Decimal places'), ['decimalDigits']),
    type === 'datetime' && choice(tools, 'subtype', word('Day or time'), ['subtype'], { options: [{ value: 'date', label: word('Day') }, { value: 'time', label: word('Time') }, { value: 'datetime', label: word('Day and time') }], set: (value) => tools.edit(tools.field, timed(value)) }),
    TYPED.includes(type) && number(tools, 'maxLength', word('Characters at most'), ['validate', 'maxLength']),
    type === 'textfield' && text(tools, 'pattern', word('Pattern'), ['validate', 'pattern'], { description: word('A regular expression for the whole answer.') }),
    text(tools, 'missing', word('Said when it is missing'), ['properties', 'missing'], { description: word('The law’s own words, in place of “required”.') }),
    tick(tools, 'readonly', word('Shown, not asked'), ['readonly']),
    text(tools, 'prefill', word('Filled beforehand with the fact'), ['properties', 'prefill']),
    choice(tools, 'confidential', word('Only read by'), ['properties', 'confidential'], { options: [{ value: '', label: word('everybody on the case') }, ...tools.house.design.vocabulary.roles] }),
  ]);
}

const timed = (subtype) => ({ subtype, ...(subtype === 'date' ? { timeLabel: undefined, timeSerializingFormat: undefined, timeInterval: undefined, use24h: undefined } : { timeLabel: word('Time'), timeSerializingFormat: 'no_timezone', timeInterval: 15, use24h: true }) });

function when(tools) {
  const set = (value) => tools.edit(tools.field, 'conditional', value?.trim() ? { hide: `=${value.trim().replace(/^=/, '')}` } : undefined);
  const get = () => (tools.field.conditional?.hide ?? '').replace(/^=/, '');
  return group('when', word('When it is hidden'), [text(tools, 'hide', word('Hidden if'), ['conditional', 'hide'], { get, set, description: word('One comparison, such as: triage != "split". A hidden question is neither required nor stored.') })]);
}

function layout(tools) {
  const { type } = tools.field;
  const widths = [['', 'As the row has room'], ['16', 'Whole row'], ['8', 'Half a row'], ['5', 'A third of a row'], ['4', 'A quarter of a row']].map(([value, label]) => ({ value, label: word(label) }));
  const columns = tools.field.layout?.columns;
  const own = columns && !widths.some(({ value }) => value === String(columns)) ? [{ value: String(columns), label: `${columns}/16` }] : [];
  const set = (value) => tools.edit(tools.field, 'layout', { ...tools.field.layout, columns: value ? Number(value) : null });
  return group('layout', word('Layout'), [
    choice(tools, 'columns', word('Width'), ['layout', 'columns'], { get: () => (columns ? String(columns) : ''), set, options: [...widths, ...own] }),
    type === 'spacer' && number(tools, 'height', word('Height (pixels)'), ['height']),
    ['group', 'dynamiclist'].includes(type) && tick(tools, 'outline', word('With a border'), ['showOutline']),
    type === 'dynamiclist' && number(tools, 'rows', word('Rows at the beginning'), ['defaultRepetitions']),
    type === 'dynamiclist' && tick(tools, 'add', word('Rows may be added and removed'), ['allowAddRemove']),
    type === 'select' && tick(tools, 'searchable', word('With a search'), ['searchable']),
  ]);
}
