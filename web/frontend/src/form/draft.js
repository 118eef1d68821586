// Nothing that was typed is lost: saved on the server while typing, and in the tab until the server has it.
import { csrfToken, h, storage } from '../dom.js';
import { word } from './words.js';

const PAUSE = 800;
const tab = storage('sessionStorage');
const PROBLEMS = {
  0: 'Draft not saved: the network is not reachable. What you typed is kept in this tab.',
  401: 'Draft not saved: your sign-in has ended. What you typed is kept in this tab.',
  403: 'Draft not saved: your sign-in has ended. What you typed is kept in this tab.',
  409: 'Draft not saved: the task has changed meanwhile. Please reload.',
};

export class Draft {
  constructor(outer, answers) {
    this.outer = outer;
    this.answers = answers;
    this.url = outer.dataset.draftUrl;
    this.state = outer.querySelector('[data-draft-state]');
    this.revision = outer.elements.namedItem('revision')?.value ?? '';
    this.key = `onecase:draft:${window.location.pathname}:${outer.id}:${this.revision}`;
    this.turn = 0;
    this.state?.setAttribute('aria-live', 'polite');
  }

  kept() {
    return tab.get(this.key);
  }

  forget() {
    tab.remove(this.key);
  }

  restored(discard) {
    this.dirty(true);
    const drop = h('button', { type: 'button', class: 'btn btn-link btn-sm', onclick: () => this.discard(discard) }, word('Discard it'));
    this.show('restored', word('What you had typed has been put back.'), drop);
  }

  discard(discard) {
    this.forget();
    this.dirty(false);
    discard();
    this.show('', '');
  }

  changed() {
    tab.set(this.key, this.answers());
    this.dirty(true);
    clearTimeout(this.timer);
    if (!this.url || this.leaving) return; // a field may settle while the form is on its way
    this.show('typing', word('Not saved yet'));
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  async save() {
    const turn = ++this.turn;
    this.show('saving', word('Saving draft…'));
    const body = new URLSearchParams({ answers: JSON.stringify(this.answers()), revision: this.revision });
    const answer = await this.post(body);
    if (turn !== this.turn || this.leaving) return;
    if (!answer.ok) return this.show('failed', word(PROBLEMS[answer.status] ?? 'Draft not saved. What you typed is kept in this tab.'));
    this.forget();
    this.dirty(false);
    this.show('saved', word('Draft saved {0}', await savedAt(answer)));
  }

  async post(body) {
    try {
      const headers = { 'X-CSRFToken': csrfToken(), Accept: 'application/json' };
      this.posting = new AbortController();
      const { signal } = this.posting;
      const answer = await fetch(this.url, { method: 'POST', body, headers, credentials: 'same-origin', redirect: 'manual', signal });
      return answer.type === 'opaqueredirect' ? { ok: false, status: 401 } : answer;
    } catch {
      return { ok: false, status: 0 };
    }
  }

  // The form is on its way: no late draft may overwrite it, and leaving is no loss. The tab's copy stays until the next
  // page shows that the server took it (app/sent.js), so that an ended sign-in costs nothing.
  sent() {
    this.leaving = true;
    clearTimeout(this.timer);
    this.posting?.abort();
    tab.set(this.key, this.answers());
    tab.set('onecase:sent', { key: this.key, path: window.location.pathname });
    this.dirty(false);
    setTimeout(() => { this.leaving = false; }, 3000);
  }

  dirty(yes) {
    this.outer.dispatchEvent(new CustomEvent('onecase:form-dirty', { bubbles: true, detail: yes }));
  }

  show(state, ...content) {
    if (!this.state) return;
    this.state.dataset.state = state;
    this.state.replaceChildren(...content);
  }
}

async function savedAt(answer) {
  let at = new Date();
  try {
    const said = new Date((await answer.json()).saved_at);
    if (!Number.isNaN(said.getTime())) at = said;
  } catch { /* no JSON, no matter */ }
  return at.toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false });
}
