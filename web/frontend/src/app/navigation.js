// The menu of a phone: the bar at the bottom unfolds.
const root = document.documentElement;

function show(open) {
  root.toggleAttribute('data-nav-open', open);
  document.querySelectorAll('[data-nav-toggle]').forEach((button) => button.setAttribute('aria-expanded', String(open)));
}

document.addEventListener('click', ({ target }) => {
  if (target.closest?.('[data-nav-toggle]')) show(!root.hasAttribute('data-nav-open'));
  else if (!target.closest?.('.oc-side') || target.closest('a')) show(false);
});
document.addEventListener('keydown', ({ key }) => key === 'Escape' && show(false));
