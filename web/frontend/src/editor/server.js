// The routes of a draft. An answer is { status, body }: status 0 means that nothing came back.
import { csrfToken } from '../dom.js';

export class Server {
  constructor(base) {
    this.base = base;
  }

  files() { return this.ask('GET', '/files'); }
  vocabulary() { return this.fetch('GET', `${this.base.slice(0, this.base.lastIndexOf('/'))}/vocabulary`); }
  put(path, text, revision) { return this.ask('PUT', fileUrl(path), { text, revision }); }
  remove(path, revision) { return this.ask('DELETE', `${fileUrl(path)}?revision=${revision}`); }
  presence() { return this.ask('POST', '/presence', {}); }
  check() { return this.ask('POST', '/check', {}); }
  play(run) { return this.ask('POST', '/try', run); }
  courses(wanted) { return this.ask('POST', '/courses', wanted); }
  coverage() { return this.ask('POST', '/coverage', {}); }
  fix(finding) { return this.ask('POST', '/fix', { file: finding.file, rule: finding.rule, element: finding.element }); }
  act(verb, body) { return this.ask('POST', `/${verb}`, body); }

  ask(method, path, body) {
    return this.fetch(method, `${this.base}${path}`, body);
  }

  async fetch(method, url, body) {
    const headers = { Accept: 'application/json', 'X-CSRFToken': csrfToken(), ...(body && { 'Content-Type': 'application/json' }) };
    try {
      const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body), credentials: 'same-origin', redirect: 'manual' });
      if (answer.type === 'opaqueredirect') return { status: 401, body: {} }; // to the sign-in page
      return { status: answer.status, body: await json(answer) };
    } catch {
      return { status: 0, body: {} };
    }
  }
}

export const succeeded = ({ status }) => status >= 200 && status < 300;
const fileUrl = (path) => `/files/${path.split('/').map(encodeURIComponent).join('/')}`;

async function json(answer) {
  try {
    return (await answer.json()) ?? {};
  } catch {
    return {};
  }
}
