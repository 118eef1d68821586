import { toast } from './toast.js';
import { word } from './words.js';

function textOf(button) {
  if (button.hasAttribute('data-copy')) return button.dataset.copy;
  return new URL(button.dataset.copyLink || button.getAttribute('href') || window.location.href, window.location.href).href;
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('[data-copy], [data-copy-link]');
  if (!button) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(textOf(button));
    toast(word('Copied'), 'success');
  } catch {
    toast(word('Could not copy. Please select the text and copy it.'), 'warning');
  }
});
