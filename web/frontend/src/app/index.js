// Every page: htmx, Tabler, and the behaviours that pages ask for by data attributes (README.md §5).
import './htmx.js';
import '@tabler/core/dist/js/tabler.esm.js';
import './confirm.js';
import './copy.js';
import './forms.js';
import './keys.js';
import './navigation.js';
import './rows.js';
import './scroll.js';
import './sent.js';
import './tabs.js';
import './theme_toggle.js';
import { toast, toastsOnPage } from './toast.js';

window.onecase = { ...window.onecase, toast };
toastsOnPage();
