// The editor of a draft: <div id="editor" data-files-url>. It lists the files; each opens as text.
import { h, mountAll } from '../dom.js';

mountAll('#editor[data-files-url]', async (place) => {
  const answer = await fetch(place.dataset.filesUrl, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
  if (!answer.ok) return;
  const { files } = await answer.json();
  place.append(...files.map(({ path, text }) => h('details', {}, h('summary', { class: 'oc-mono' }, path), h('pre', { class: 'oc-small' }, text ?? ''))));
});
