// Elements without markup strings: nothing here can carry a style attribute or a script.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// The JSON in <script type="application/json" data-…> directly of this element.
export function readJson(root, attribute, fallback) {
  const block = root.querySelector(`script[type="application/json"][${attribute}]`);
  if (!block) return fallback;
  try {
    return JSON.parse(block.textContent) ?? fallback;
  } catch (problem) {
    console.error(`${attribute}: not JSON`, problem);
    return fallback;
  }
}

// Calls `mount` once for every element that matches: now, and in whatever htmx brings later.
export function mountAll(selector, mount) {
  const seen = new WeakSet();
  const scan = (root) => {
    const found = [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
    for (const element of found) {
      if (seen.has(element)) continue;
      seen.add(element);
      mount(element);
    }
  };
  const start = () => scan(document);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
  document.addEventListener('htmx:load', ({ target }) => scan(target));
}

export const csrfToken = () => document.querySelector('meta[name="csrf-token"]')?.content ?? '';

// Waits until an element has a size: tabs, <details> and dialogs draw nothing while they are closed.
export function whenShown(element, then) {
  const visible = () => element.clientWidth > 0 && element.clientHeight > 0;
  if (visible()) return void then();
  const observer = new ResizeObserver(() => {
    if (!visible()) return;
    observer.disconnect();
    then();
  });
  observer.observe(element);
}

// A new width, told at most every 120 ms and never for the first measurement.
export function whenResized(element, then) {
  let width = element.clientWidth;
  let waiting;
  new ResizeObserver(() => {
    if (!element.clientWidth || element.clientWidth === width) return;
    width = element.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(then, 120);
  }).observe(element);
}

export function storage(kind) {
  const area = () => window[kind];
  const safely = (act) => {
    try {
      return act(area());
    } catch {
      return null; // full or forbidden: nothing is kept, nothing breaks
    }
  };
  return {
    get: (key) => safely((store) => JSON.parse(store.getItem(key))),
    set: (key, value) => safely((store) => store.setItem(key, JSON.stringify(value))),
    remove: (key) => safely((store) => store.removeItem(key)),
    clear: () => safely((store) => store.clear()),
  };
}
