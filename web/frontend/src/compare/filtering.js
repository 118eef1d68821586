// Which effects are shown: lines of the list here, marks of the drawings by whoever is told.
import { word } from './words.js';

export function filtering(page) {
  const boxes = [...page.querySelectorAll('[data-effect-box]')];
  const only = page.querySelector('[data-only-execution]');
  const told = [];
  const apply = () => {
    const effects = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const line of page.querySelectorAll('tr[data-effect]')) line.hidden = !effects.has(line.dataset.effect);
    for (const part of page.querySelectorAll('[data-part]')) part.hidden = ![...part.querySelectorAll('tr[data-effect]')].some((line) => !line.hidden);
    const none = [...page.querySelectorAll('[data-part]')].every((part) => part.hidden);
    const said = page.querySelector('[data-found]');
    if (said) said.textContent = none && boxes.length ? word('Nothing of this kind differs.') : '';
    only?.setAttribute('aria-pressed', String(effects.size === 1 && effects.has('execution')));
    told.forEach((then) => then(effects));
  };
  for (const box of boxes) box.addEventListener('change', apply);
  only?.addEventListener('click', () => {
    const all = only.getAttribute('aria-pressed') === 'true';
    for (const box of boxes) box.checked = all || box.value === 'execution';
    apply();
  });
  return (then) => {
    told.push(then);
    apply();
  };
}
