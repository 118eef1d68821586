import { mountAll } from '../dom.js';
import { word } from './words.js';

const root = document.documentElement;

function describe(button) {
  button.setAttribute('aria-pressed', String(root.dataset.bsTheme === 'dark'));
  button.title = word(root.dataset.bsTheme === 'dark' ? 'Light' : 'Dark');
}

mountAll('[data-theme-toggle]', (button) => {
  describe(button);
  button.addEventListener('click', () => {
    root.dataset.bsTheme = root.dataset.bsTheme === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem('onecase:theme', root.dataset.bsTheme);
    } catch { /* storage is forbidden: the choice holds for this page */ }
    document.querySelectorAll('[data-theme-toggle]').forEach(describe);
    document.dispatchEvent(new CustomEvent('onecase:theme'));
  });
});
