// The components that our forms are made of (bpmn/README.md, “Forms”), with our names and what a new one brings along.
import { word } from '../words/forms.js';

const NAMES = {
  textfield: 'Text field', textarea: 'Text area', number: 'Number', datetime: 'Date', checkbox: 'Checkbox', select: 'Select', radio: 'Radio', checklist: 'Checklist', taglist: 'Tags', text: 'Text', group: 'Group',
  dynamiclist: 'List of rows', separator: 'Separator', spacer: 'Spacer',
};
const OPTIONS = ['select', 'radio', 'checklist', 'taglist'];

export const COMPONENTS = Object.keys(NAMES);
export const hasOptions = ({ type }) => OPTIONS.includes(type);
export const typeName = (type) => word(NAMES[type]);

// Takes what we do not have out of the palette, and gives the rest our words. form-js keeps both in one registry.
export default class HouseFields {
  static $inject = ['formFields'];

  constructor(formFields) {
    const every = formFields._formFields;
    for (const type of Object.keys(every)) if (type !== 'default' && !NAMES[type]) delete every[type];
    for (const type of COMPONENTS) ours(every[type].config, type);
  }
}

const settled = new WeakSet(); // the registry's entries are shared by all editors of the page

function ours(config, type) {
  if (settled.has(config)) return;
  settled.add(config);
  const { create } = config;
  config.name = typeName(type);
  config.create = (options = {}, isNew = false) => create(isNew ? { ...fresh(type), ...options } : options, isNew);
}

function fresh(type) {
  const name = typeName(type);
  if (type === 'datetime') return { dateLabel: name, label: name, subtype: 'date' };
  if (type === 'text') return { text: name };
  if (['separator', 'spacer'].includes(type)) return {};
  return { label: name, ...(OPTIONS.includes(type) && { values: [{ label: word('Choice {0}', 1), value: 'choice_1' }, { label: word('Choice {0}', 2), value: 'choice_2' }] }) };
}
