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
    steps.length ? `steps:\n${steps.map((step) => `  - ${value(told(step))}`).join('\n')}` : 'steps: []',
    `then: ${value(then)}\n`,
  ].filter((line) => line !== null).join('\n');
}

// What happens stands before how it was answered.
const told = ({ branch, answers, ...move }) => ({ ...move, ...(branch && { branch }), ...(answers && { answers }) });

function value(one) {
  if (Array.isArray(one)) return `[${one.map(value).join(', ')}]`;
  if (one && typeof one === 'object') return `{${Object.entries(one).map(([key, inner]) => `${BARE.test(key) ? key : text(key)}: ${value(inner)}`).join(', ')}}`;
  if (typeof one === 'string') return text(one);
  if (typeof one === 'number' && /e/.test(String(one))) return one.toFixed(12); // YAML would read 1e-7 as a word
  return JSON.stringify(one ?? null);
}

const text = (words) => JSON.stringify(words).replace(SPLITTING, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
