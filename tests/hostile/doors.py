"""The doors through which a bundle comes in, and how each of them says no."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from apiflask import APIFlask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.engine.test_check import KNOWN
from tests.hostile.library import Files, Hostile
from tests.hostile.watching import Watch
from tests.web.callers import Caller
from tests.web.designers import Designer
from web.cli import main
from workflows import diagrams
from workflows.checks.check import check_files
from workflows.contracts import Finding
from workflows.designing.archive import zipped
from workflows.desk import Desk
from workflows.engine.bundle import read_bundle
from workflows.importing import import_diagram
from workflows.records import Base
from workflows.repairs.fixes import FIXES, fixed

SECONDS = 5
"""Seconds of work in which every door answers."""
PATIENCE = 60
"""Seconds on the clock: the machine may be busy with something else."""
OF_DRAFTS = frozenset({"process_draft", "process_draft_file", "process_draft_writer", "process_draft_presence", "event", "stream"})
"""Tables in which a draft leaves its traces."""
REFUSED_ONLY = 8
"""Findings of a bundle whose repair is asked for."""


@dataclass
class House:
    """An installation with two designers at work, and the traps."""

    desk: Desk
    app: APIFlask
    watch: Watch
    designer: Designer
    second: Designer
    caller: Caller
    draft: str
    """A draft that is open in the editor."""
    said: Callable[[], tuple[str, str]]

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        with self.desk.database.reading() as session:
            return {name: session.scalar(select(func.count()).select_from(table)) or 0 for name, table in Base.metadata.tables.items()}

    def changed(self, before: Mapping[str, int]) -> set[str]:
        return {name for name, count in self.rows().items() if count != before[name]}


@contextmanager
def soon(door: str) -> Iterator[None]:
    """The door answers within its time."""
    worked, began = time.process_time(), time.monotonic()
    yield
    took, waited = time.process_time() - worked, time.monotonic() - began
    assert took < SECONDS, f"{door}: {took:.1f} s of work"
    assert waited < PATIENCE, f"{door}: {waited:.1f} s"


Who = TypeVar("Who", Designer, Caller)


def prompt(visitor: Who) -> Who:
    """The same person, each of whose requests has to be answered soon."""
    ask = visitor.client.open

    def timed(*asked: Any, **more: Any) -> Any:
        with soon(str(asked[0]) if asked else "a request"):
            return ask(*asked, **more)

    visitor.client.open = timed  # type: ignore[method-assign]
    return visitor


def errors(findings: tuple[Finding, ...]) -> set[str]:
    return {one.rule for one in findings if one.severity == "error"}


def is_refused(hostile: Hostile, rules: set[str]) -> bool:
    """Whether the check says what the library expects; harmless text is not refused."""
    wanted = set(hostile.rules.split("|"))
    return bool(rules & wanted) or ("" in wanted and not rules)


def words(finding: Finding) -> bool:
    return bool(finding.message and finding.message_en)


def problem(answer: TestResponse, door: str) -> None:
    """A refusal of the web: a 4xx with a code and a sentence."""
    assert 400 <= answer.status_code < 500, (door, answer.status_code, answer.text[:300])
    if answer.mimetype == "application/problem+json":
        assert answer.json["code"], door
        assert answer.json["detail"], door
    else:
        assert 'role="alert"' in answer.text or "alert" in answer.text, door


# ---------- within the program


def the_check(house: House, hostile: Hostile, files: Files) -> str:
    found = check_files(files, KNOWN)
    assert all(map(words, found))
    whole = diagrams.check(house.desk, files, paths=True)
    assert is_refused(hostile, errors(whole)), errors(whole)
    return repr(whole)


def the_repairs(_: House, __: Hostile, files: Files) -> str:
    for finding in [one for one in check_files(files, KNOWN) if one.rule in FIXES][:REFUSED_ONLY]:
        try:
            fixed(files, finding.file, finding.rule, finding.element)
        except LookupError:
            continue
    return ""


def the_engine(_: House, hostile: Hostile, files: Files) -> str:
    """What the check refuses need not be readable; it must only not hang, run or end the process."""
    try:
        return repr(read_bundle(files))[:100_000]
    except Exception as error:  # noqa: BLE001 - whatever it is, it must come soon and be nothing worse
        assert hostile.rules, "harmless text must be readable"
        return str(error)[:10_000]


def the_importer(_: House, __: Hostile, files: Files) -> str:
    drawn = [content for path, content in files.items() if path.endswith((".bpmn", ".dmn"))][:REFUSED_ONLY]
    told = [import_diagram(content) for content in drawn]
    assert all(one.files or one.refusals for one in told)
    return repr([(one.changes, one.refusals) for one in told])


# ---------- the command line


def command(house: House, *told: str) -> tuple[int, str]:
    """What a command said, and the code with which it ended."""
    argv, sys.argv = sys.argv, ["onecase", *told]
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv = argv
    out, err = house.said()
    assert "Traceback" not in out + err
    return int(ended.value.code or 0), out + err


def written(house: House, files: Files) -> Path:
    folder = house.watch.folder / "bundle"
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder


def removed(folder: Path) -> None:
    for place in sorted(folder.rglob("*"), reverse=True):
        place.unlink() if place.is_file() else place.rmdir()


def the_commands(house: House, hostile: Hostile, files: Files) -> str:
    house.watch.open = False  # the folder is the test's own
    folder = written(house, files)
    house.watch.open = True
    code, said = command(house, "check", str(folder))
    assert code == (1 if hostile.rules and "error" in said else 0), said[-500:]
    assert said.strip()
    more = [command(house, "import", str(folder / "p.bpmn"))]
    if code:
        more.append(command(house, "publish", str(folder), "--reason", "x"))
        assert more[-1][0] == 1, more
    house.watch.open = False
    removed(folder)
    house.watch.open = True
    return said + repr(more)


# ---------- the public interface


def as_text(files: Files) -> dict[str, str] | None:
    try:
        return {path: content.decode() for path, content in files.items()}
    except UnicodeDecodeError:
        return None


def in_parts(files: Files, **fields: str) -> dict[str, Any]:
    """A multipart request, made in memory: the client's own would leave a file open."""
    parts = {
        f"f{number}" if number else "file": FileStorage(io.BytesIO(content), path) for number, (path, content) in enumerate(files.items())
    }
    boundary, body = encode_multipart({**parts, **fields})
    return {"data": body, "content_type": f'multipart/form-data; boundary="{boundary}"'}


def the_interface(house: House, hostile: Hostile, files: Files) -> str:
    caller, said = house.caller, ""
    text = as_text(files)
    answers = [caller.client.post("/api/v1/processes/p/check", headers=caller.headers, **in_parts(files))]
    if text is not None:
        answers.append(caller.post("/processes/p/check", {"files": text}))
    for answer in answers:
        if answer.status_code == 200:
            found = answer.json["findings"]
            assert is_refused(hostile, {one["rule"] for one in found if one["severity"] == "error"}), found
            assert all(one["message"] and one["message_en"] for one in found)
        else:
            problem(answer, "check over the interface")
        said += answer.text
    return said


def the_interface_keeps(house: House, hostile: Hostile, files: Files) -> str:
    """A draft over the interface: what a draft may hold is kept, everything else refused."""
    before = house.rows()
    answer = house.caller.post("/processes/p/drafts", {"files": as_text(files) or {"p.bpmn": "\x00"}})
    if answer.status_code == 201:
        assert hostile.kept, "a draft keeps what nobody should open"
        address = f"/processes/p/drafts/{answer.json['id']}"
        for verb, sent in (("submit", {"reason": "x"}), ("publish", {"reason": "x"})):
            if hostile.rules and "" not in hostile.rules.split("|"):
                problem(house.caller.post(f"{address}/{verb}", sent), verb)
        house.caller.send(f"{address}/discard")
    else:
        problem(answer, "a draft over the interface")
        assert house.changed(before) == set()
    return answer.text


# ---------- the screens


def the_upload(house: House, hostile: Hostile, files: Files) -> str:
    before, designer = house.rows(), house.designer
    answer = designer.client.post("/designs", **in_parts({"bundle.zip": zipped(files)}, csrf_token=designer.headers["X-CSRFToken"]))
    if answer.status_code != 303:
        problem(answer, "the upload")
        assert house.changed(before) == set()
        return answer.text
    assert hostile.kept, "a draft keeps what nobody should open"
    said = the_workbench(house, hostile, str(answer.headers["Location"]))
    assert house.changed(before) <= OF_DRAFTS, house.changed(before)
    return said


def the_workbench(house: House, hostile: Hostile, draft: str) -> str:
    """Everything that can be done with a draft once it is stored."""
    designer, said = house.designer, ""
    for address in (draft, f"{draft}/files", f"{draft}/review", "/designs", f"/designs/vocabulary?design={draft.rsplit('/', 1)[-1]}"):
        answer = designer.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        said += answer.text if not address.endswith("/files") else ""
    checked = designer.send("POST", f"{draft}/check").json["findings"]
    wrong = {one["rule"] for one in checked if one["severity"] == "error"}
    assert is_refused(hostile, wrong), wrong
    for finding in checked[:2]:
        answer = designer.send("POST", f"{draft}/fix", {key: finding[key] for key in ("file", "rule", "element")})
        assert answer.status_code in {200, 409, 422}, answer.text
    wrong = {one["rule"] for one in designer.send("POST", f"{draft}/check").json["findings"] if one["severity"] == "error"}
    if wrong:
        for verb, sent in (("prove", None), ("submit", {"reason": "x"})):
            problem(designer.send("POST", f"{draft}/{verb}", sent), verb)
        problem(house.second.send("POST", f"{draft}/publish", {"reason": "x"}), "publish")
    designer.send("POST", f"{draft}/discard")
    return said + json.dumps(checked)


def the_editor(house: House, hostile: Hostile, files: Files) -> str:
    """Each file that is not as the draft has it, saved from the editor."""
    kept, said, answers = house.designer.files(house.draft), "", []
    for path, content in files.items():
        if path in kept and kept[path]["text"] == content.decode(errors="replace"):
            continue
        if len(answers) > REFUSED_ONLY:
            break
        revision = kept[path]["revision"] if path in kept else 0
        before = house.rows()
        answer = house.designer.write(house.draft, path, content.decode(errors="replace"), revision)
        answers.append(answer.status_code)
        said += answer.text[:10_000]
        if answer.status_code == 200:
            back = house.designer.files(house.draft)[path]
            assert house.designer.send("POST", f"{house.draft}/check").status_code == 200
            sound = kept[path]["text"] if path in kept else None
            if sound is None:
                assert house.designer.send("DELETE", f"{house.draft}/files/{path}?revision={back['revision']}").status_code == 200
            else:
                assert house.designer.write(house.draft, path, sound, back["revision"]).status_code == 200
        else:
            problem(answer, path)
            assert house.changed(before) == set()
    return said


WITHIN = (the_check, the_repairs, the_engine, the_importer)
"""Functions behind the doors."""
ASKING = (the_commands, the_interface)
"""Doors behind which nothing at all is stored."""
STORING = (the_interface_keeps, the_upload, the_editor)
"""Doors that keep a draft, if it is one that may be kept."""
