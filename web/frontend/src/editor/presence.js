// Who else has the draft open; and what they saved meanwhile is fetched.
import { h } from '../dom.js';
import { succeeded } from './server.js';
import { word } from './words/words.js';

const EVERY = 20000;
const AWAY = 5 * 60000; // whoever has not touched anything for so long is not there, and the sign-in may run out

export class Presence {
  constructor(place, server, met) {
    Object.assign(this, { place, server, met });
    this.touched();
    for (const sign of ['pointermove', 'keydown', 'wheel']) document.addEventListener(sign, () => this.touched(), { passive: true });
    setInterval(() => this.ping(), EVERY);
    document.addEventListener('visibilitychange', () => this.ping());
    this.ping();
  }

  touched() {
    this.at = Date.now();
  }

  async ping() {
    if (document.visibilityState !== 'visible' || Date.now() - this.at > AWAY) return;
    const answer = await this.server.presence();
    if (!succeeded(answer)) return;
    const here = answer.body.here ?? [];
    this.draw(here);
    if (here.length) this.met(); // alone, there is nothing that could be newer
  }

  draw(here) {
    const names = here.map(({ name }) => name);
    this.place.replaceChildren(...names.map((name) => h('span', { class: 'oc-studio-person', title: word('Also here: {0}', name) }, name)));
    this.place.hidden = !names.length;
    this.place.setAttribute('aria-label', word('Also here: {0}', names.join(', ')));
  }
}
