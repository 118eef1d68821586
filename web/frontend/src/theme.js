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
