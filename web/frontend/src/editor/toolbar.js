// The bar above the canvas: what is open, undo, zoom, find; and the switches of the regions.
import { nameOf } from './names.js';

const ACTS = {
  undo: (view) => view.undo(), redo: (view) => view.redo(), 'zoom-in': (view) => view.zoom(1), 'zoom-out': (view) => view.zoom(-1), fit: (view) => view.fit(), find: (view) => view.find(), overview: (view) => view.overview(),
};
const NEEDS = { undo: 'undo', redo: 'undo', 'zoom-in': 'zoom', 'zoom-out': 'zoom', fit: 'zoom', find: 'find', overview: 'overview' };

export function toolbar(root, workspace) {
  const buttons = [...root.querySelectorAll('[data-tool]')];
  const title = root.querySelector('[data-open-name]');
  const draw = () => {
    const view = workspace.current;
    const history = view?.history ?? {};
    title.textContent = view ? nameOf(view.file, workspace.draft) : '';
    title.title = view?.file.path ?? '';
    for (const button of buttons) {
      const { tool } = button.dataset;
      button.hidden = !view?.tools.includes(NEEDS[tool]);
      if (tool in history) button.disabled = !history[tool];
    }
  };
  for (const button of buttons) button.addEventListener('click', () => ACTS[button.dataset.tool](workspace.current));
  for (const what of ['opened', 'history', 'entered']) workspace.addEventListener(what, draw);
  for (const fold of root.querySelectorAll('[data-region]')) fold.addEventListener('click', () => region(fold));
  draw();
}

function region(button) {
  const closed = document.body.classList.toggle(`is-without-${button.dataset.region}`);
  button.setAttribute('aria-pressed', String(!closed));
}
