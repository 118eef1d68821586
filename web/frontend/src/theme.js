// Runs in <head> before anything is drawn: the theme that was chosen on this machine, or the system's.
const KEY = 'onecase:theme';

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage may be forbidden; the system's theme is then used
  }
}

const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset.bsTheme = stored() ?? (dark ? 'dark' : 'light');
document.documentElement.dataset.script = 'on';

// Sheets of this age cannot be drawn rightly by an older browser: better said than guessed.
if (!window.CSS?.supports?.('color', 'color-mix(in oklab, red, blue)')) {
  document.addEventListener('DOMContentLoaded', () => {
    const note = document.createElement('p');
    note.className = 'oc-note oc-note-warning';
    note.setAttribute('role', 'alert');
    note.textContent = document.documentElement.lang.startsWith('zh')
      ? '浏览器版本过旧，页面可能显示不全。请使用 Chrome、Edge 或国产浏览器的 Chromium 111 及以上内核。'
      : 'This browser is too old to show the pages rightly. Please use one based on Chromium 111 or newer.';
    (document.getElementById('main') ?? document.body).prepend(note);
  });
}
