// Two drawings of one process (README.md §1): marked with what changed, seen at one place and one scale, chosen from the list of changes.
import { mountAll, whenShown } from '../dom.js';
import { filtering } from './filtering.js';
import { drawn } from './drawn.js';
import { marking } from './marking.js';
import { finding, lookAtFirst } from './finding.js';
import { together } from './together.js';

async function mount(page) {
  const shown = filtering(page);
  const hosts = [...page.querySelectorAll('[data-compare-side]')];
  if (!hosts.length) return finding(page, []);
  await new Promise((ready) => whenShown(hosts[0], ready));
  const sides = (await Promise.all(hosts.map(drawn))).filter(Boolean);
  together(sides);
  const marked = sides.map(marking);
  shown((effects) => marked.forEach((mark) => mark(effects)));
  finding(page, sides);
  lookAtFirst(sides);
  page.dataset.ready = '';
}

mountAll('[data-compare]', mount);
