"""What looks like HTML in a name is shown as it was written: in the list, on the review, in the problems, and on the page of its task."""

from __future__ import annotations

import json

import pytest
from apiflask import APIFlask

from tests.hostile.carrier import beside, put, sound
from tests.hostile.names import HTML, SQL, called
from tests.web.callers import Caller
from tests.web.designers import Designer
from tests.web.visitors import Visitor
from web.app import create_app
from workflows import cases, diagrams
from workflows.desk import Desk

LIVE = ("<img src=x", "<script>alert")


@pytest.fixture
def app(desk: Desk) -> APIFlask:
    return create_app(desk, desk.settings)


def hostile_everywhere(name: str) -> dict[str, bytes]:
    manifest = f"process: p\nname: {json.dumps(name)}\nname_en: {json.dumps(name)}\nstarters: [intake]\n"
    files = {**called(name), "bundle.yaml": beside("bundle.yaml", manifest)["bundle.yaml"]}
    files = put('onecase:role="officer"', 'onecase:role="intake"', files)
    return put('name="泳道"', f'name="{name.replace("<", "&lt;")}"', files)


@pytest.mark.parametrize("name", [HTML, SQL])
def test_a_name_is_text_wherever_it_is_shown(app: APIFlask, desk: Desk, people, name: str) -> None:
    files = hostile_everywhere(name)
    designer, second = Designer(app), Designer(app, "designer2")
    caller = Caller(app, "designer")
    draft = caller.send("/processes/p/drafts", {"files": {path: content.decode() for path, content in files.items()}})
    address = f"/designs/{draft['id']}"
    pages = [designer.read("/designs"), designer.read(address), designer.read(f"{address}/review"), second.read(f"{address}/review")]
    diagrams.publish(desk, "a", files, reason=name, reviewer="b")
    case, _ = cases.open_case(desk, people["health.intake"], process="p", title=name, facts={})
    officer = Visitor(app, "health.intake")
    task = Caller(app, "health.intake").first_task(str(case.id))
    pages += [officer.read(one) for one in ("/inbox", f"/tasks/{task['id']}", f"/cases/{case.id}", "/diagrams/p")]
    for page in pages:
        assert not any(live in page for live in LIVE)
    assert any("&lt;img src=x" in page or "DROP TABLE task" in page for page in pages)


def test_the_words_of_the_problems_are_json_and_the_page_is_not_made_of_them(app: APIFlask) -> None:
    designer = Designer(app)
    files = {path: content.decode() for path, content in put('onecase:form="f"', 'onecase:form="&lt;img src=x onerror=alert(1)>"').items()}
    draft = Caller(app, "designer").send("/processes/p/drafts", {"files": files})
    answer = designer.send("POST", f"/designs/{draft['id']}/check")
    assert answer.mimetype == "application/json"
    assert any("<img" in one["message"] for one in answer.json["findings"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    review = designer.read(f"/designs/{draft['id']}/review")
    assert "&lt;img src=x" in review
    assert LIVE[0] not in review


def test_a_plain_name_is_shown_as_it_is(app: APIFlask) -> None:
    files = {path: content.decode() for path, content in sound().items()}
    draft = Caller(app, "designer").send("/processes/p/drafts", {"files": files})
    assert "试验" in Designer(app).read(f"/designs/{draft['id']}/review")
