"""One task on one page: what is typed is never lost, and what the law forbids is said with its article."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from apiflask import APIFlask
from flask import url_for

from tests.factories.play import Play, filled
from tests.web.visitors import Visitor
from workflows import forms


@pytest.fixture
def begun(play: Callable[..., Play]) -> Play:
    """A case whose officer has the next task."""
    return play(reached="confirm_candidate")


def test_a_completion_leads_to_the_next_task(app: APIFlask, begun: Play) -> None:
    task = begun.waiting()[0]
    officer = begun.who(task)
    page = begun.page(task.element)
    visitor, address = Visitor(app, officer.username), f"/tasks/{task.id}"
    answer = visitor.post(f"{address}/complete", before=address, revision=page.revision, answers=json.dumps(filled(page, begun.answers)))
    assert answer.status_code == 303
    assert task.element not in begun.elements() or task.id not in {waiting.id for waiting in begun.waiting()}


def test_wrong_answers_come_back_with_everything_that_was_typed(app: APIFlask, begun: Play) -> None:
    task = begun.waiting()[0]
    visitor, address = Visitor(app, begun.who(task).username), f"/tasks/{task.id}"
    key = next(component["key"] for component in begun.page(task.element).form["components"] if component.get("key"))
    answer = visitor.post(f"{address}/complete", before=address, revision=0, answers=json.dumps({key: "", "reason": "写到一半的内容"}))
    assert answer.status_code == 422
    assert "写到一半的内容" in json.dumps(_data(answer.text), ensure_ascii=False)
    assert "data-form-summary" in answer.text
    assert "已填内容均已保留" in answer.text


def test_a_stale_revision_is_told_and_keeps_what_was_typed(app: APIFlask, begun: Play) -> None:
    task = begun.waiting()[0]
    page = begun.page(task.element)
    visitor, address = Visitor(app, begun.who(task).username), f"/tasks/{task.id}"
    answers = filled(page, begun.answers)
    answer = visitor.post(f"{address}/complete", before=address, revision=page.revision + 7, answers=json.dumps(answers))
    assert answer.status_code == 409
    assert "请核对后" in answer.text
    assert answers.items() <= _data(answer.text).items()


def test_answers_that_are_no_object_are_no_answers(app: APIFlask, begun: Play) -> None:
    task = begun.waiting()[0]
    visitor, address = Visitor(app, begun.who(task).username), f"/tasks/{task.id}"
    for sent in ("[1]", "not json", ""):
        assert visitor.post(f"{address}/complete", before=address, revision=0, answers=sent).status_code == 422


def test_a_draft_is_kept_while_typing(app: APIFlask, begun: Play) -> None:
    task = begun.waiting()[0]
    key = next(forms.key_of(found) for found in forms.inputs(begun.page(task.element).form or {}) if found["type"] == "textarea")
    visitor, address = Visitor(app, begun.who(task).username), f"/tasks/{task.id}"
    answer = visitor.post(f"{address}/draft", before=address, answers=json.dumps({key: "半句"}))
    assert answer.json is not None
    assert "saved_at" in answer.json
    assert _data(visitor.read(address))[key] == "半句"


def test_whoever_may_only_read_sees_why(app: APIFlask, begun: Play) -> None:
    task = next(task for task in begun.waiting() if task.role == "officer" and task.agency == "qinglan-health")
    page = Visitor(app, "health.head").read(f"/tasks/{task.id}")
    assert "您现在不能办理这一步" in page
    assert "data-readonly" in page
    assert 'value="complete"' not in page


def test_a_task_of_another_agency_is_not_found(app: APIFlask, begun: Play) -> None:
    task = begun.waiting()[0]
    assert Visitor(app, "cac.officer").get(f"/tasks/{task.id}").status_code == 404


def test_the_address_of_a_refused_completion_leads_back_to_the_form(app: APIFlask, begun: Play) -> None:
    task = begun.waiting()[0]
    answer = Visitor(app, begun.who(task).username).get(f"/tasks/{task.id}/complete")
    with app.test_request_context():
        assert answer.location == url_for("tasks.show", task_id=task.id)


def _data(page: str) -> dict[str, object]:
    """What the form viewer is given to show."""
    found: dict[str, object] = json.loads(page.split("data-form-data>", maxsplit=1)[1].split("</script>", maxsplit=1)[0])
    return found
