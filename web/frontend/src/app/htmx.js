import htmx from 'htmx.org';
import { csrfToken } from '../dom.js';
import { toast } from './toast.js';
import { word } from './words.js';

Object.assign(htmx.config, {
  allowEval: false,
  includeIndicatorStyles: false, // it would be an inline <style>; ours are in app.css
  historyCacheSize: 0, // no case page is kept in the browser's storage
  refreshOnHistoryMiss: true,
  selfRequestsOnly: true,
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '422', swap: true },
    { code: '[45]..', swap: false, error: true },
  ],
});
window.htmx = htmx;

document.addEventListener('htmx:configRequest', ({ detail }) => {
  detail.headers['X-CSRFToken'] = csrfToken();
});

const SENTENCES = {
  401: 'Your sign-in has ended. Please sign in again; what you typed is kept in this tab.',
  403: 'You may not do this.',
  404: 'This is no longer here.',
  409: 'Somebody else has changed this meanwhile. Please reload.',
  429: 'Too many requests. Please wait a moment.',
};

document.addEventListener('htmx:responseError', ({ detail }) => {
  const sentence = SENTENCES[detail.xhr.status] ?? 'The server could not answer. Please try again.';
  toast(word(sentence), 'danger');
});
document.addEventListener('htmx:sendError', () => toast(word('The network is not reachable. Please try again.'), 'danger'));
document.addEventListener('onecase:toast', ({ detail }) => toast(detail.text, detail.kind));
