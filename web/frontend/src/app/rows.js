// Rows with data-href: click, middle click, j / k.
import { typing } from './keys.js';

const INTERACTIVE = 'a, button, input, select, textarea, label, summary, [role="button"], [data-no-row]';

function open(row, apart) {
  if (apart) window.open(row.dataset.href, '_blank', 'noopener');
  else (row.querySelector(`a[href="${CSS.escape(row.dataset.href)}"]`) ?? { click: () => window.location.assign(row.dataset.href) }).click();
}

const rowOf = (event) => (event.target.closest?.(INTERACTIVE) ? null : event.target.closest?.('[data-href]'));

document.addEventListener('click', (event) => {
  const row = rowOf(event);
  if (row && !window.getSelection().toString()) open(row, event.ctrlKey || event.metaKey);
});
document.addEventListener('auxclick', (event) => {
  const row = event.button === 1 && rowOf(event);
  if (row) open(row, true);
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event)) return;
  if (event.key === 'j') move(1);
  else if (event.key === 'k') move(-1);
  else if (event.key === 'Enter' && event.target === document.body) document.querySelector('[data-href].is-current') && open(document.querySelector('[data-href].is-current'));
});

function move(step) {
  const rows = [...document.querySelectorAll('[data-href]')].filter((row) => row.getClientRects().length);
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.classList.contains('is-current'));
  const next = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
  rows[now]?.classList.remove('is-current');
  next.classList.add('is-current');
  next.scrollIntoView({ block: 'nearest' });
  (next.querySelector('a[href]') ?? next).focus({ preventScroll: true });
}
