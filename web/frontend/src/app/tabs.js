// The open tab stands in the address, so that a link and the back button lead to it.
const tabFor = (hash) => hash.length > 1 && document.querySelector(`[data-bs-toggle="tab"][href="${CSS.escape(hash)}"], [data-bs-toggle="tab"][data-bs-target="${CSS.escape(hash)}"]`);

document.addEventListener('shown.bs.tab', ({ target }) => {
  const pane = target.getAttribute('href') ?? target.dataset.bsTarget;
  if (pane?.startsWith('#')) window.history.replaceState(window.history.state, '', pane);
});

for (const item of document.querySelectorAll('.nav-tabs > li:has(> [data-bs-toggle="tab"])')) item.setAttribute('role', 'presentation');

function showFromAddress() {
  const tab = tabFor(window.location.hash);
  if (tab && !tab.classList.contains('active')) tab.click();
}

window.addEventListener('hashchange', showFromAddress);
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', showFromAddress);
else showFromAddress();
