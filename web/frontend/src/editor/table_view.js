// A decision table: its file as text, and the way to the page where it is a grid.
import { h } from '../dom.js';
import { stemOf } from './draft.js';
import { TextView } from './text_view.js';
import { word } from './words/words.js';

export class TableView extends TextView {
  constructor(about) {
    super(about);
    const { file, place, workspace } = about;
    const link = h('a', { class: 'btn btn-primary', href: `${workspace.server.base}/tables/${encodeURIComponent(stemOf(file.path))}` }, word('Edit as a table'));
    link.addEventListener('click', (event) => {
      event.preventDefault();
      workspace.everythingSaved().then((saved) => saved && window.location.assign(link.href)); // what was typed as text comes along
    });
    this.bar = h('div', { class: 'oc-studio-aside' }, link, h('span', { class: 'oc-muted' }, word('Cells in words, tests run after each change.')));
    this.area.classList.add('is-under-aside');
    place.insertBefore(this.bar, this.area);
  }

  show() {
    super.show();
    this.bar.hidden = false;
  }

  hide() {
    super.hide();
    this.bar.hidden = true;
  }

  close() {
    super.close();
    this.bar.remove();
  }
}
