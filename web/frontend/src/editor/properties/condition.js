// A condition, with the facts of the draft and their words to press instead of typing them.
import { TextAreaEntry, isTextAreaEntryEdited } from '@bpmn-io/properties-panel';
import { h } from '@bpmn-io/properties-panel/preact';
import { useState } from '@bpmn-io/properties-panel/preact/hooks';
import { useService } from 'bpmn-js-properties-panel';
import { getBusinessObject } from 'bpmn-js/lib/util/ModelUtil';
import { word } from '../words/properties.js';

const MOST = 12;
const ID = 'condition';

export function condition(tools, element) {
  const get = () => getBusinessObject(element).conditionExpression?.body ?? '';
  const set = (value) => {
    const conditionExpression = value ? tools.moddle.create('bpmn:FormalExpression', { body: value }) : undefined;
    tools.modeling.updateProperties(element, { conditionExpression });
  };
  return { id: ID, component: Condition, isEdited: isTextAreaEntryEdited, get, set, facts: () => tools.design.facts() };
}

function Condition({ element, get, set, facts }) {
  const debounce = useService('debounceInput');
  const { allowed } = useService('editing');
  const [typed, setTyped] = useState(get());
  const field = h(TextAreaEntry, { element, id: ID, label: word('Condition'), getValue: get, setValue: set, debounce, disabled: !allowed, monospace: true, autoResize: true, rows: 2 });
  const suggestions = allowed ? suggested(typed, facts()) : [];
  const press = ({ text, keep }) => {
    const next = `${typed.slice(0, typed.length - keep)}${text}`;
    setTyped(next);
    set(next);
  };
  const buttons = suggestions.map((one) => h('button', { type: 'button', key: one.text, class: 'oc-studio-suggestion', title: one.label, onClick: () => press(one) }, one.text.trim(), h('span', {}, one.label)));
  const list = buttons.length ? h('div', { class: 'oc-studio-suggestions', role: 'group', 'aria-label': word('Facts of this draft') }, buttons) : null;
  return h('div', { onInput: ({ target }) => setTyped(target.value) }, field, list);
}

// What may follow: the facts that begin with the word at the end, or the words of the fact that stands there; `keep` characters are replaced.
export function suggested(typed, facts) {
  const compared = /(\w+)\s*(?:==|!=|in)\s*\[?\s*"?([^"\]]*)$/.exec(typed);
  const fact = compared && facts.find(({ key }) => key === compared[1]);
  if (fact) return answers(fact).filter(({ value }) => value.startsWith(compared[2]) && value !== compared[2]).map(({ value, label }) => ({ text: quoted(fact, value), label, keep: opened(typed, compared[2]) }));
  const last = /[A-Za-z_]\w*$/.exec(typed)?.[0] ?? '';
  const whole = facts.find(({ key }) => key === last);
  if (whole) return comparisons(whole);
  if (/["')\]\d]\s*$/.test(typed)) return [' and ', ' or '].map((text) => ({ text, label: '', keep: 0 }));
  return facts.filter(({ key }) => key.startsWith(last)).slice(0, MOST).map(({ key, label }) => ({ text: key, label, keep: last.length }));
}

const answers = ({ type, values }) => (type === 'checkbox' ? [{ value: 'true', label: word('yes') }, { value: 'false', label: word('no') }] : values);
const quoted = ({ type }, value) => (type === 'checkbox' ? value : `"${value}"`);
const opened = (typed, begun) => begun.length + (typed.at(-1 - begun.length) === '"' ? 1 : 0);

function comparisons(fact) {
  if (fact.many) return answers(fact).map(({ value, label }) => ({ text: `"${value}" in ${fact.key}`, label, keep: fact.key.length }));
  const signs = fact.type === 'number' ? [' >= ', ' < ', ' == '] : [' == ', ' != '];
  return signs.map((text) => ({ text, label: '', keep: 0 }));
}
