"""Every screen opens for those it is for, refuses the others, and carries what protects it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from apiflask import APIFlask

from tests.factories.play import Play
from tests.web.visitors import Visitor
from workflows import casefile

INLINE = re.compile(r"""\sstyle=["']|\son[a-z]+=["']|\shx-on|<style|javascript:""")
OPEN_TO = {
    "health.officer": (
        "/inbox",
        "/inbox?view=pool",
        "/inbox?view=done&q=x",
        "/cases",
        "/cases?status=all&light=red",
        "/notices",
        "/me",
        "/diagrams",
        "/diagrams/joint_case/1/tables/lead_agency",
    ),
    "health.intake": ("/cases/new", "/inbox?view=started"),
    "supervisor": ("/overdue", "/overdue/tasks?light=red", "/supervision", "/diagrams/joint_case", "/diagrams/joint_case/1"),
    "designer": (
        "/diagrams",
        "/diagrams/check",
        "/diagrams/joint_case/1?process=one_case_plan",
        "/diagrams/joint_case/1/tables/hearing_right?tried=1&penalties=fine",
        "/diagrams/joint_case/1/tables/hearing_right/edit",
        "/me",
    ),
    "admin": ("/officers", "/officers/new", "/agencies?q=qinglan", "/me"),
    "security": ("/officers?q=health", "/agencies"),
    "auditor": ("/record", "/record/check"),
}
CLOSED_TO = {
    "admin": ("/inbox", "/cases", "/overdue", "/record", "/diagrams/check", "/diagrams/joint_case/1/tables/lead_agency"),
    "auditor": ("/inbox", "/cases", "/officers"),
    "security": ("/officers/new", "/inbox"),
    "designer": ("/inbox", "/overdue", "/officers"),
    "health.officer": ("/officers", "/record", "/diagrams/check", "/diagrams/joint_case/1/tables/lead_agency/edit"),
}
PARTS = ("", "/facts", "/plan", "/participants", "/documents", "/clocks", "/record", "/diagram", "/comments", "/orders")

REPORTER = "虚构·举报人甲"


@pytest.fixture
def planned(play: Callable[..., Play]) -> Play:
    """A case with a reporter, some steps on its way."""
    return play(reached="draft_plan", clue_source="complaint", reporter_name=REPORTER)


@pytest.mark.parametrize("username", OPEN_TO)
def test_a_screen_opens_for_those_it_is_for(app: APIFlask, username: str) -> None:
    visitor = Visitor(app, username)
    for address in OPEN_TO[username]:
        page = visitor.read(address)
        assert page.count("<h1") == 1, address
        assert not INLINE.search(page), address


@pytest.mark.parametrize("username", CLOSED_TO)
def test_a_screen_is_closed_to_the_others(app: APIFlask, username: str) -> None:
    visitor = Visitor(app, username)
    for address in CLOSED_TO[username]:
        assert visitor.get(address).status_code == 403, address


def test_every_route_says_who_it_is_for(app: APIFlask) -> None:
    silent = [rule.endpoint for rule in app.url_map.iter_rules() if not getattr(app.view_functions[rule.endpoint], "audience", None)]
    assert silent == []


def test_whoever_is_not_signed_in_signs_in_and_comes_back(app: APIFlask) -> None:
    visitor = Visitor(app)
    assert visitor.get("/inbox?view=pool").location == "/sign-in?next=/inbox?view%3Dpool"
    assert visitor.get("/inbox", **{"HX-Request": "true"}).headers["HX-Redirect"].startswith("/sign-in")
    answer = visitor.post("/sign-in", before="/sign-in", username="health.officer", password="onecase-demo", next="/cases")
    assert answer.location == "/cases"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(app: APIFlask, elsewhere: str) -> None:
    answer = Visitor(app).post("/sign-in", before="/sign-in", username="health.officer", password="onecase-demo", next=elsewhere)
    assert answer.location == "/inbox"


@pytest.mark.parametrize(
    ("username", "begins"), [("supervisor", "/overdue"), ("designer", "/diagrams"), ("admin", "/officers"), ("auditor", "/record")]
)
def test_the_day_begins_at_ones_own_work(app: APIFlask, username: str, begins: str) -> None:
    assert Visitor(app, username).get("/").location == begins


def test_a_form_without_its_token_is_refused(app: APIFlask) -> None:
    visitor = Visitor(app, "health.officer")
    assert visitor.client.post("/sign-out").status_code == 400
    assert visitor.get("/inbox").status_code == 200


def test_signing_out_ends_the_session_on_the_server(app: APIFlask) -> None:
    visitor = Visitor(app, "health.officer")
    cookie = visitor.client.get_cookie("onecase")
    assert cookie is not None
    visitor.post("/sign-out")
    visitor.client.set_cookie("onecase", cookie.value)
    assert visitor.get("/inbox").status_code == 302


def test_the_session_cookie_is_for_http_and_this_site_only(app: APIFlask) -> None:
    answer = Visitor(app).post("/sign-in", before="/sign-in", username="health.officer", password="onecase-demo")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("onecase=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_page_allows_only_its_own_scripts_and_is_not_kept(app: APIFlask) -> None:
    first, second = (Visitor(app).get("/sign-in") for _ in range(2))
    policy = first.headers["Content-Security-Policy"]
    nonce = re.search(r"script-src 'nonce-([^']+)'", policy)
    assert nonce
    assert f'nonce="{nonce.group(1)}"' in first.text
    assert policy != second.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert first.headers["Cache-Control"] == "no-store"
    assert first.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_that_does_not_exist_says_so_in_words(app: APIFlask) -> None:
    answer = Visitor(app, "health.officer").get("/nowhere")
    assert answer.status_code == 404
    assert "没有找到" in answer.text


def test_five_wrong_passwords_lock_the_account_and_the_page_says_for_how_long(app: APIFlask) -> None:
    visitor = Visitor(app)
    answers = [visitor.post("/sign-in", before="/sign-in", username="cac.officer", password="wrong") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 401, 429]
    assert "15 分钟" in answers[-1].text


def test_the_language_is_a_switch_and_the_page_stays(app: APIFlask) -> None:
    visitor = Visitor(app, "health.officer")
    answer = visitor.post("/language", language="en", next="/cases?status=all")
    assert answer.location == "/cases?status=all"
    page = visitor.read("/cases?status=all")
    assert '<html lang="en">' in page
    assert "Lead agency" in page or "No case matches" in page


def test_every_part_of_a_case_opens(app: APIFlask, planned: Play) -> None:
    visitor = Visitor(app, "health.officer")
    for part in PARTS:
        assert f"/cases/{planned.case}" in visitor.read(f"/cases/{planned.case}{part}")


def test_a_case_of_others_is_not_found(app: APIFlask, planned: Play) -> None:
    visitor = Visitor(app, "cac.officer")
    for part in PARTS:
        assert visitor.get(f"/cases/{planned.case}{part}").status_code == 404, part


def test_a_document_opens_on_a_page_for_printing(app: APIFlask, planned: Play) -> None:
    document = casefile.documents(planned.desk, planned.people["health.officer"], planned.case)[0]
    page = Visitor(app, "health.officer").read(f"/documents/{document.id}")
    assert document.number in page
    assert "data-print" in page
    assert Visitor(app, "cac.officer").get(f"/documents/{document.id}").status_code == 404


def test_the_reporter_is_named_on_no_page_but_the_intakes(app: APIFlask, planned: Play) -> None:
    for username in ("health.officer", "health.head", "supervisor"):
        visitor = Visitor(app, username)
        for part in PARTS:
            assert REPORTER not in visitor.read(f"/cases/{planned.case}{part}"), (username, part)
    assert REPORTER in Visitor(app, "health.intake").read(f"/cases/{planned.case}/facts")
