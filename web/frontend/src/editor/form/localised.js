// A form in the language of the page: the English words stand in the components' `properties` (workflows/forms.py does the same).
const NAMING = ['label', 'dateLabel', 'text'];
const WORDED = [...NAMING, 'timeLabel', 'description'];

export const localised = (schema) => ({ ...schema, components: (schema.components ?? []).map(component) });

function component(one) {
  const words = one.properties ?? {};
  const own = { ...one };
  for (const name of WORDED) {
    const english = words[`en.${name}`] ?? (NAMING.includes(name) ? words.en : undefined);
    if (english && own[name]) own[name] = english;
  }
  if (own.values) own.values = own.values.map((value) => ({ ...value, label: words[`en.${value.value}`] ?? value.label }));
  if (own.components) own.components = own.components.map(component);
  return own;
}
