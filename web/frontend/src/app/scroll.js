// Coming back to a list shows the place one has left; kept per address in this tab.
import { mountAll, storage } from '../dom.js';

const kept = storage('sessionStorage');
const keyOf = (element) => `onecase:scroll:${window.location.pathname}${window.location.search}:${element.dataset.keepScroll}`;
const scrollerOf = (element) => (element === document.body ? document.scrollingElement : element);

mountAll('[data-keep-scroll]', (element) => {
  const position = kept.get(keyOf(element));
  if (position && !window.location.hash) scrollerOf(element).scrollTop = position;
});

window.addEventListener('pagehide', () => {
  for (const element of document.querySelectorAll('[data-keep-scroll]')) {
    const position = scrollerOf(element).scrollTop;
    if (position) kept.set(keyOf(element), position);
    else kept.remove(keyOf(element));
  }
});
