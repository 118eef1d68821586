// Every path of the draft on the server's engine: how many states it has looked at, a way to stop it, and what it found, played step by step.
import { csrfToken, h } from '../dom.js';
import { Player } from './path_player.js';
import { refusal } from './review.js';
import { word } from './words/words.js';

export class Proving {
  constructor({ button, said, place, workspace, problems }) {
    Object.assign(this, { button, said, workspace, problems });
    this.player = new Player(place, workspace);
    problems.play = (finding) => this.player.play(finding);
    button.addEventListener('click', () => (this.running ? this.running.abort() : this.prove()));
  }

  async prove() {
    if (!(await this.workspace.everythingSaved())) return void this.say(word('Wait until everything is saved.'));
    this.running = new AbortController();
    this.button.classList.add('is-running');
    this.label(word('Stop'));
    this.say(word('Going every path…'));
    try {
      await this.read(await fetch(`${this.workspace.server.base}/prove`, {
        method: 'POST', headers: { 'X-CSRFToken': csrfToken(), Accept: 'application/x-ndjson, application/json' }, credentials: 'same-origin', signal: this.running.signal,
      }));
    } catch (problem) {
      this.say(problem.name === 'AbortError' ? word('Stopped.') : refusal({ status: 0, body: {} }));
    }
    this.running = null;
    this.button.classList.remove('is-running');
    this.label(word('Go every path'));
  }

  async read(answer) {
    if (!answer.ok) return void this.say(refusal({ status: answer.status, body: await answer.json().catch(() => ({})) }));
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let left = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return void (this.told || this.say(word('The proof did not end.')));
      const lines = (left + value).split('\n');
      left = lines.pop();
      lines.filter(Boolean).forEach((line) => this.take(JSON.parse(line)));
    }
  }

  take({ states, findings, detail }) {
    this.told = Boolean(findings || detail);
    if (states) this.say(word('{0} states so far…', states));
    if (detail) this.say(detail);
    if (!findings) return;
    this.problems.proved(findings);
    this.say(findings.length ? word('{0} findings on the paths', findings.length) : word('Every path ends as it should.'));
  }

  // A file was saved: what was proved is no longer what is there.
  outdated() {
    if (!this.told) return;
    this.told = false;
    this.player.close();
    this.problems.outdated();
    this.say('');
  }

  say(words) { this.said.textContent = words; }
  label(words) { (this.button.querySelector('span') ?? this.button).textContent = words; }
}

export const playButton = (finding, play) => (finding.path?.length ? h('button', { type: 'button', class: 'btn btn-sm', onclick: () => play(finding) }, word('Play the path')) : null);
