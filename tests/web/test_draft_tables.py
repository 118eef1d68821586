"""A decision table of a draft in a grid: checked with the draft while it is typed, saved into it, and never over a colleague's unasked."""

from __future__ import annotations

import re

import pytest
from apiflask import APIFlask
from lxml import html

from tests.factories.routing import files_of
from tests.web.designers import Designer
from workflows import diagrams
from workflows.engine.decision_table import read_table

PROCESS, TABLE, FILE = "campaign_report", "coverage", "tables/coverage.dmn"


@pytest.fixture(autouse=True)
def is_published(desk) -> None:
    diagrams.publish(desk, "试验", files_of(PROCESS), reason="试验")


@pytest.fixture
def draft(app: APIFlask) -> str:
    return Designer(app).begin(process=PROCESS)


def fields_of(page: str) -> dict[str, str]:
    """What the grid's form would send as it stands."""
    [form] = [one for one in html.fromstring(page).forms if "revision" in one.fields]
    return {name: value or "" for name, value in form.form_values() if name not in {"row", "csrf_token"}}


def rows_of(page: str) -> list[str]:
    return re.findall(r'name="row" value="(\d+)"', page)


def sent(designer: Designer, draft: str, then: str, **changes: str):
    page = designer.read(f"{draft}/tables/{TABLE}")
    return designer.post(f"{draft}/tables/{TABLE}", row=rows_of(page), **{**fields_of(page), **changes, "then": then})


def stored(designer: Designer, draft: str):
    return read_table(TABLE, designer.files(draft)[FILE]["text"].encode())


def first_basis(designer: Designer, draft: str) -> str:
    return fields_of(designer.read(f"{draft}/tables/{TABLE}"))["basis-0"]


def test_what_is_typed_is_checked_and_nothing_is_stored(app: APIFlask, draft: str) -> None:
    designer = Designer(app)
    before = designer.files(draft)[FILE]
    answer = sent(designer, draft, "check", **{"basis-0": "虚构的依据"})
    assert answer.status_code == 200, answer.text
    assert "虚构的依据" in answer.text
    assert "通过" in answer.text
    assert designer.files(draft)[FILE] == before


def test_what_is_saved_is_the_drafts_own_table(app: APIFlask, draft: str) -> None:
    designer = Designer(app)
    before = stored(designer, draft)
    assert sent(designer, draft, "save", **{"basis-0": "虚构的依据"}).status_code == 303
    after = stored(designer, draft)
    assert [(rule.tests, rule.values) for rule in after.rules] == [(rule.tests, rule.values) for rule in before.rules]
    assert "虚构的依据" in designer.read(f"{draft}/tables/{TABLE}")


def test_a_row_that_is_dropped_makes_its_test_fail_at_the_check(app: APIFlask, draft: str) -> None:
    answer = sent(Designer(app), draft, "check", **{"drop-0": "on"})
    assert answer.status_code == 200
    assert "不通过" in answer.text


def test_of_two_who_type_the_second_is_told_and_nothing_is_lost(app: APIFlask, draft: str) -> None:
    one, two = Designer(app), Designer(app, "designer2")
    page = two.read(f"{draft}/tables/{TABLE}")
    assert sent(one, draft, "save", **{"basis-0": "甲的依据"}).status_code == 303
    form = {**fields_of(page), "basis-0": "乙的依据", "then": "save"}
    late = two.post(f"{draft}/tables/{TABLE}", row=rows_of(page), **form)
    assert late.status_code == 409
    assert "乙的依据" in late.text
    assert first_basis(one, draft) == "甲的依据"
    again = {**form, "revision": re.search(r'name="revision" value="(\d+)"', late.text).group(1)}
    assert two.post(f"{draft}/tables/{TABLE}", row=rows_of(page), **again).status_code == 303
    assert first_basis(one, draft) == "乙的依据"


def test_a_half_drawn_diagram_does_not_stand_in_the_way_and_a_broken_form_is_named(app: APIFlask, draft: str) -> None:
    designer = Designer(app)
    files = designer.files(draft)
    drawn = next(path for path in files if path.endswith(".bpmn"))
    assert designer.write(draft, drawn, "<half", files[drawn]["revision"]).status_code == 200
    assert designer.get(f"{draft}/tables/{TABLE}").status_code == 200
    form = next(path for path in files if path.endswith(".form"))
    assert designer.write(draft, form, "{", files[form]["revision"]).status_code == 200
    refused = designer.get(f"{draft}/tables/{TABLE}")
    assert refused.status_code == 422
    assert "先按问题清单改正" in refused.text


@pytest.mark.parametrize(("name", "status"), [("admin", 403), ("health.officer", 403), ("designer2", 200)])
def test_designers_alone_edit_tables(app: APIFlask, draft: str, name: str, status: int) -> None:
    assert Designer(app, name).get(f"{draft}/tables/{TABLE}").status_code == status
    assert Designer(app).get(f"{draft}/tables/nothing").status_code == 404


def test_a_draft_under_review_is_not_written(app: APIFlask, draft: str) -> None:
    designer = Designer(app)
    assert sent(designer, draft, "save", **{"basis-0": "虚构的依据"}).status_code == 303
    assert designer.send("POST", f"{draft}/submit", {"reason": "试验"}).status_code == 200
    assert 'value="save"' not in designer.read(f"{draft}/tables/{TABLE}")
    assert sent(designer, draft, "save", **{"basis-0": "又改"}).status_code == 409
