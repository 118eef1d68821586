import { h, mountAll } from '../dom.js';
import { word } from './words.js';

const SECONDS = 6;

function region() {
  const existing = document.getElementById('toasts');
  if (existing) return existing;
  const made = h('div', { id: 'toasts', class: 'oc-toasts', role: 'status', 'aria-live': 'polite' });
  document.body.append(made);
  return made;
}

export function toast(text, kind = 'info') {
  const close = h('button', { type: 'button', class: 'btn-close', 'aria-label': word('Close'), onclick: () => box.remove() });
  const box = h('div', { class: `oc-toast oc-toast-${kind}`, role: kind === 'danger' ? 'alert' : null }, h('span', {}, text), close);
  region().append(box);
  if (kind !== 'danger' && kind !== 'warning') fade(box);
  return box;
}

function fade(box) {
  let timer = setTimeout(() => box.remove(), SECONDS * 1000);
  box.addEventListener('mouseenter', () => clearTimeout(timer));
  box.addEventListener('focusin', () => clearTimeout(timer));
  box.addEventListener('mouseleave', () => {
    timer = setTimeout(() => box.remove(), SECONDS * 500);
  });
}

export function toastsOnPage() {
  mountAll('[data-toast]', (flash) => {
    const kind = ['success', 'warning', 'danger'].find((name) => flash.classList.contains(`alert-${name}`)) ?? 'info';
    toast(flash.dataset.toast || flash.textContent.trim(), kind);
    flash.remove();
  });
}
