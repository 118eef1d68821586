"""Plays in processes of their own: whatever a draft's diagrams and patterns do there, it ends after some seconds and slows nobody down.

`python -m web.trial` answers one question after the other: a line of JSON with the length of the packed bundle that follows it, then the
answer as a line of JSON. A process that has answered is kept for the next question: to begin one takes longer than to play.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date
from functools import lru_cache, partial
from threading import BoundedSemaphore, Lock, Timer
from typing import IO, Any

from workflows.contracts import Finding
from workflows.desk import Desk
from workflows.engine.bundle import Bundle, pack, read_bundle, unpack
from workflows.errors import DiagramRefused, OneCaseError

AT_ONCE = BoundedSemaphore(2)
"""Plays of one web process at the same time."""
PATIENCE = 3.0
"""Seconds that somebody waits for their turn."""
LONGEST = 4.0
"""Seconds of one question."""
COURSES = BoundedSemaphore(1)
LONGEST_COURSES = 20.0
"""Seconds of random courses; who asks for them knows that they take a while."""
MOST_MOVES = 1500
"""Moves of all random courses of a question together: some five seconds where a move is slow."""
STARTING = 60.0
"""Seconds that a process may take to be there."""
MEMORY = 2 * 1024**3
"""Bytes of address space that a play may have."""
READY = b"ready\n"


class PlayersBusy(OneCaseError):
    """Others are playing just now."""

    status = 503
    code = "players_busy"

    def __init__(self) -> None:
        super().__init__("正在进行其他试办，请稍后再试。", "Others are trying drafts just now; try again in a moment.")


class PlayStopped(OneCaseError):
    """The play did not come to rest."""

    status = 422
    code = "play_stopped"

    def __init__(self) -> None:
        super().__init__(
            "试办没有在限定时间内停下，已中止：流程图中可能有无人参与的循环，或表单的格式要求过于复杂。",
            "The play did not come to rest in time and was stopped: the diagram may go round in circles without a person, or a form's pattern is too involved.",
        )


class PlayRefused(OneCaseError):
    """What was sent is no run."""

    status = 422
    code = "wrong_run"


class Player:
    """A process that answers questions, one at a time."""

    def __init__(self) -> None:
        """Begin it, and wait until it is there. Raises PlayStopped."""
        self._process = subprocess.Popen([sys.executable, "-m", "web.trial"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self._within(STARTING, lambda _, out: out.readline()) != READY:
            raise PlayStopped

    def ask(self, question: Mapping[str, Any], content: bytes, longest: float) -> dict[str, Any]:
        """The answer to a question about a packed bundle within `longest` seconds. Raises PlayStopped; the process is gone then."""
        head = json.dumps({**question, "size": len(content)}).encode() + b"\n"

        def send(given: IO[bytes], out: IO[bytes]) -> bytes:
            given.write(head + content)
            given.flush()
            return out.readline()

        answer = self._within(longest, send)
        if not answer.endswith(b"\n"):
            raise PlayStopped
        return dict(json.loads(answer))

    @property
    def there(self) -> bool:
        """Whether the process is still alive."""
        return self._process.poll() is None

    def end(self) -> None:
        """Stop the process."""
        self._process.kill()
        self._process.communicate()

    def _within(self, seconds: float, act: Callable[[IO[bytes], IO[bytes]], bytes]) -> bytes:
        given, out = self._process.stdin, self._process.stdout
        if given is None or out is None:
            raise PlayStopped
        timer = Timer(seconds, self._process.kill)
        timer.start()
        try:
            with suppress(BrokenPipeError):
                return act(given, out)
            return b""
        finally:
            timer.cancel()


class _Bench:
    """Processes that wait for their next question."""

    def __init__(self) -> None:
        self._waiting: list[Player] = []
        self._lock = Lock()

    def take(self) -> Player:
        with self._lock:
            while self._waiting:
                player = self._waiting.pop()
                if player.there:
                    return player
                player.end()
        return Player()

    def put(self, player: Player) -> None:
        with self._lock:
            self._waiting.append(player)

    def clear(self) -> None:
        while self._waiting:
            self._waiting.pop().end()


BENCH = _Bench()
atexit.register(BENCH.clear)


def play(files: Mapping[str, bytes], run: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Where a run stands, as `workflows.trying.trial.go` says it. Raises DiagramRefused, PlayRefused, PlayStopped, PlayersBusy."""
    return _asked(files, {"verb": "play", "run": run, "language": language}, AT_ONCE, LONGEST)


def coverage(files: Mapping[str, bytes], language: str) -> dict[str, Any]:
    """What the bundle's scenarios go over: `scenarios` and `counts`. Raises as `play` does."""
    return _asked(files, {"verb": "coverage", "language": language}, AT_ONCE, LONGEST)


def courses(files: Mapping[str, bytes], wanted: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Random courses, as `workflows.trying.courses.told` says them.

    `wanted`: begins, parts, facts, seed, courses, and history (`process/element` → three times in working days). Raises as `play` does.
    """
    return _asked(files, {"verb": "courses", "wanted": wanted, "language": language}, COURSES, LONGEST_COURSES)


def _asked(files: Mapping[str, bytes], question: Mapping[str, Any], turn: BoundedSemaphore, longest: float) -> dict[str, Any]:
    if not turn.acquire(timeout=PATIENCE):
        raise PlayersBusy
    try:
        player = BENCH.take()
        try:
            answer = player.ask(question, pack(files)[1], longest)
        except BaseException:
            player.end()
            raise
        BENCH.put(player)
    finally:
        turn.release()
    if "findings" in answer:
        raise DiagramRefused([Finding.read(one) for one in answer["findings"]])
    if "wrong" in answer:
        raise PlayRefused(*answer["wrong"])
    return dict(answer["told"])


def main() -> None:
    """Answer questions until nobody asks any more."""
    import resource  # noqa: PLC0415 - only the process of its own is bounded

    from web.assemble import desk_without_database  # noqa: PLC0415 - and only it needs handlers
    from workflows.trying.guesses import GuessesRefused  # noqa: PLC0415
    from workflows.trying.scenarios import ScenarioFailed  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    desk = desk_without_database()
    bundle = lru_cache(maxsize=4)(partial(_bundle, desk))
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints is no answer
    answers.write(READY)
    answers.flush()
    for head in questions:
        question = json.loads(head)
        content = questions.read(question["size"])
        try:
            told = _answer(desk, question, *bundle(content))
        except (ScenarioFailed, GuessesRefused) as error:
            told = {"wrong": [error.zh, error.en]}
        answers.write(json.dumps(told, ensure_ascii=False, default=str).encode(errors="replace") + b"\n")
        answers.flush()


def _answer(desk: Desk, question: Mapping[str, Any], findings: tuple[Finding, ...], bundle: Bundle | None) -> dict[str, Any]:
    from workflows.trying import courses as random_courses  # noqa: PLC0415
    from workflows.trying import coverage as covering  # noqa: PLC0415 - see `main`
    from workflows.trying import trial  # noqa: PLC0415
    from workflows.trying.guesses import FILE, Span, read_guesses  # noqa: PLC0415
    from workflows.trying.scenarios import OPENED  # noqa: PLC0415

    if bundle is None:
        return {"findings": [asdict(finding) for finding in findings]}
    services = {key: service.call for key, service in desk.services.items()}
    language = question["language"]
    if question["verb"] == "play":
        return {"told": trial.go(bundle, services, question["run"], language, desk.now())}
    if question["verb"] == "coverage":
        return {"told": covering.told(covering.coverage(bundle, services, desk.now()), language)}
    wanted = question["wanted"]
    guesses = replace(read_guesses(bundle.files.get(FILE, b"")), history={key: Span(*times) for key, times in wanted["history"].items()})
    start = random_courses.Start(
        bundle, services, date.fromisoformat(wanted["begins"]), wanted["parts"] or OPENED, wanted["facts"], guesses
    )
    found = random_courses.distribution(start, wanted["seed"], wanted["courses"], MOST_MOVES)
    return {"told": random_courses.told(found, bundle, language)}


def _bundle(desk: Desk, content: bytes) -> tuple[tuple[Finding, ...], Bundle | None]:
    """The bundle, or what is wrong with its files."""
    from workflows import diagrams  # noqa: PLC0415 - see `main`

    files = unpack(content)
    findings = diagrams.unsound(desk, files)
    return (findings, None) if findings else ((), read_bundle(files))


if __name__ == "__main__":
    main()
