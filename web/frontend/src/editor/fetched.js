// A script of ours and its style sheet that are asked for when they are needed, each once.
import { h } from '../dom.js';

const { nonce } = document.currentScript ?? {}; // ours admits the one that is fetched later
const asked = new Map();

export function fetched(address, sheet) {
  if (!asked.has(address)) {
    asked.set(address, new Promise((done, failed) => {
      const script = h('script', { src: address, onload: done, onerror: failed });
      script.nonce = nonce;
      document.head.append(h('link', { rel: 'stylesheet', href: sheet }), script);
    }));
  }
  return asked.get(address);
}
