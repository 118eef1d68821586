// The page's own colours, read from its style sheet, so that both themes are right.
const NAMES = { primary: '--oc-primary', 'light-red': '--oc-red', 'light-yellow': '--oc-yellow-strong', 'light-green': '--oc-green', muted: '--oc-muted' };

export function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    names: Object.fromEntries(Object.entries(NAMES).map(([name, variable]) => [name, read(variable)])),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => read(`--oc-series-${number}`)),
    text: read('--oc-text'),
    muted: read('--oc-muted'),
    line: read('--oc-line'),
    surface: read('--oc-surface'),
    font: getComputedStyle(document.body).fontFamily,
  };
}

// Colour names of ours anywhere in the option become colours.
export function named(value, paint, key = '') {
  if (Array.isArray(value)) return value.map((one) => named(one, paint, key));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, named(one, paint, name)]));
  return typeof value === 'string' && /color$/i.test(key) && value in paint.names ? paint.names[value] : value;
}
