// A played run as a scenario file (workflows/trying/scenarios.py reads it): YAML whose values are written as JSON writes them.
const FOLDER = 'scenarios/';
const BARE = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[A-Za-z_]\w*$/i;
const SPLITTING = /[\u007f-\u009f\u2028\u2029\ufeff]/g; // YAML takes some of these for the end of a line, and refuses others

export const isScenario = ({ path }) => path.startsWith(FOLDER) && path.endsWith('.yaml');
export const pathOf = (name) => `${FOLDER}${name.normalize('NFC').replace(/[^\p{L}\p{N}_-]+/gu, '_').replace(/^[_-]+|_+$/g, '').slice(0, 80)}.yaml`;

export function scenarioText(name, { begins, parts, facts, steps }, { closed, tasks }) {
  const then = closed ? { closed } : { closed, waits: tasks.map(({ element }) => element) };
  return [
    `name: ${value(name)}`,
    begins ? `begins: ${value(begins)}` : null,
    `parts: ${value(parts)}`,
    Object.keys(facts).length ? `facts: ${value(facts)}` : null,
    steps.length ? `steps:\n${steps.map((step) => `  - ${value(step)}`).join('\n')}` : 'steps: []',
    `then: ${value(then)}\n`,
  ].filter((line) => line !== null).join('\n');
}

function value(told) {
  if (Array.isArray(told)) return `[${told.map(value).join(', ')}]`;
  if (told && typeof told === 'object') return `{${Object.entries(told).map(([key, one]) => `${BARE.test(key) ? key : text(key)}: ${value(one)}`).join(', ')}}`;
  if (typeof told === 'string') return text(told);
  if (typeof told === 'number' && /e/.test(String(told))) return told.toFixed(12); // YAML would read 1e-7 as a word
  return JSON.stringify(told ?? null);
}

const text = (told) => JSON.stringify(told).replace(SPLITTING, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
