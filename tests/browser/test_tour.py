"""Every screen, as every kind of person, in both languages, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser import screens
from tests.browser.person import DESKTOP, PHONE, Person
from web import demo_drafts
from workflows.engine.diagram import read_diagram
from workflows.rulebook import jurisdiction

pytestmark = pytest.mark.browser

PEOPLE = {
    "officer": "health.officer",
    "head": "health.head",
    "legal": "health.legal",
    "intake": "health.intake",
    "supervisor": "supervisor",
    "superior": "superior.officer",
    "designer": "designer",
    "admin": "admin",
    "security": "security",
    "auditor": "auditor",
}
EXAMINED_AS = {
    "diagrams.check_form": "designer",
    "designs.every": "designer",
    "designs.editor": "designer",
    "designs.review": "designer",
    "officers.people": "security",
    "officers.new": "admin",
    "agencies.directory": "admin",
    "record.verified": "auditor",
    "record.check": "auditor",
    "record.of_case": "auditor",
    "overdue.wall": "supervisor",
    "overdue.tasks": "supervisor",
    "supervision.orders": "supervisor",
    "case.orders": "supervisor",
    "case.overview": "supervisor",
    "diagrams.version": "supervisor",
    "inbox.todo": "intake",
    "tasks.show": "intake",
    "cases.every": "head",
    "cases.new": "intake",
    "notices.box": "head",
    "case.clocks": "head",
    "case.record": "legal",
    "case.facts": "legal",
    "case.plan": "legal",
    "me.card": "designer",
    "comparing.of_versions": "designer",
    "comparing.of_draft": "designer",
    "heat.of_version": "supervisor",
    "diagrams.processes": "designer",
    "diagrams.versions": "designer",
    "api_page.index": "designer",
    "document_templates.every": "designer",
    "document_templates.one": "designer",
    "subjects.every": "head",
    "subjects.one": "head",
    "penalties.every": "head",
    "penalties.imports": "head",
    "penalties.look": "admin",
    "advertisements.every": "legal",
    "advertisements.refusals": "legal",
    "matters.current": "designer",
    "matters.version": "designer",
    "matters.compare": "designer",
    "matters.edit": "head",
    "training.every": "supervisor",
    "training.ledger": "supervisor",
}
"""As whom a screen is searched for barriers by axe-core; `officer` where nothing is said."""
CASE = "白鹭门诊部"
LANGUAGES = ("zh-CN", "en")

SETTLED = """
async () => {
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.clientWidth);
  const ready = () => shown('[data-diagram]').every((one) => one.querySelector('.djs-shape') || one.querySelector('[role=alert]'))
    && shown('[data-chart]').every((one) => one.querySelector('canvas, svg'))
    && shown('[data-design]').every((one) => one.querySelector('.djs-shape') || one.querySelector('[role=alert]'))
    && shown('[data-form-mount]').every((one) => one.querySelector('.fjs-form'))
    && !document.querySelector('.htmx-request');
  const pause = (time) => new Promise((next) => setTimeout(next, time));
  for (let turn = 0; turn < 500 && !ready(); turn++) await pause(20);
  if (shown('[data-chart]').length) await pause(300); // figures take a new width over a moment after the page has it
  await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  return ready();
}
"""
SEEN = """
() => {
  const wide = document.scrollingElement.scrollWidth > innerWidth;
  const name = (one) => `${one.tagName.toLowerCase()}.${[...one.classList].join('.')}`;
  const out = wide ? [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map(name) : [];
  const words = 'nav, button, .btn, h1, h2, h3, th, label, legend, summary, caption, dt, option, .oc-chip, .oc-pager, .oc-empty, .oc-note, .oc-head p, [role=status]';
  const of = (one) => [one.getAttribute('aria-label'), one.getAttribute('placeholder'), one.getAttribute('title')];
  const own = (one) => [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim());
  const data = (one) => one.closest('[lang]').lang !== document.documentElement.lang;
  const texts = [...document.querySelectorAll(words)].flatMap((one) => [one, ...one.querySelectorAll('*')]);
  const labelled = [...document.querySelectorAll('[aria-label], [placeholder], [title]')];
  const said = [...texts.filter((one) => !data(one)).flatMap(own), ...labelled.filter((one) => !data(one)).flatMap(of)];
  return {
    lang: document.documentElement.lang, h1: document.querySelectorAll('h1').length, title: document.title, wide, out: out.slice(0, 5),
    chinese: [...new Set(said.filter((text) => text && /[\\u4e00-\\u9fff]/.test(text)))],
  };
}
"""
AXE = """
async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .filter((one) => ['serious', 'critical'].includes(one.impact))
  .map((one) => `${one.impact} ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`)
"""


def test_every_screen_is_in_the_tour() -> None:
    assert set(screens.screens_of(screens.application())) == set(screens.SCREENS)


@pytest.mark.parametrize("kind", PEOPLE)
def test_every_screen_stands(kind: str, person: Callable[[str], Person]) -> None:
    """No violated policy and no error (the fixture looks), one heading, the right language, no sideways scrolling, no barriers.

    A screen is seen in both languages by the one as whom it is examined; the others, in turn, see it in one and the next in the other.
    """
    supervisor = person("supervisor")
    someone = person(PEOPLE[kind])
    tour = Tour(someone, supervisor)
    known = screens.known_to(someone, supervisor.case(CASE))
    places = list(screens.places_of(someone, known, screens.screens_of(screens.application())))
    for turn, language in enumerate(LANGUAGES):
        someone.open("/me")
        tour.speak(language)
        for number, (endpoint, path) in enumerate(places):
            examined = EXAMINED_AS.get(endpoint, "officer") == kind
            if examined or (number + list(PEOPLE).index(kind) + turn) % 2:
                tour.visit(path, language, examined=examined and path == screens.SCREENS[endpoint][0].format(**known))
    someone.open("/me")
    tour.speak("zh-CN")
    assert not tour.faults, "\n".join(tour.faults)


def test_the_sign_in_page_stands_in_both_languages(stranger: Callable[[str], Person]) -> None:
    nobody = stranger("nobody")
    tour = Tour(nobody)
    for language in LANGUAGES:
        nobody.open("/sign-in")
        tour.speak(language)
        tour.visit("/sign-in", language, examined=True)
    assert not tour.faults, "\n".join(tour.faults)


class Tour:
    """One person going from screen to screen, noting what is wrong."""

    def __init__(self, person: Person, supervisor: Person | None = None) -> None:
        self.person = person
        self.faults: list[str] = []
        self.data = _names(supervisor) if supervisor else []

    def speak(self, language: str) -> None:
        """Press the button if the page speaks the other language."""
        page = self.person.page
        if page.locator("html").get_attribute("lang") != language:
            page.locator(".oc-languages button").first.click()
            expect(page.locator("html")).to_have_attribute("lang", language)

    def visit(self, path: str, language: str, *, examined: bool) -> None:
        page = self.person.open(path)
        if examined:
            page.evaluate(AXE_SCRIPT)
        for size in (DESKTOP, PHONE):
            self.person.size(size)
            where = f"{path} {language} {size[0]} px"
            if not page.evaluate(SETTLED):
                self.faults.append(f"{where}: a diagram, figure or form is never drawn")
            self._look(page, where, language)
            if examined:
                self.faults += [f"{where}: {barrier}" for barrier in page.evaluate(AXE)]
        self.person.size(DESKTOP)

    def _look(self, page: Page, where: str, language: str) -> None:
        seen: dict[str, Any] = page.evaluate(SEEN)
        if seen["lang"] != language:
            self.faults.append(f"{where}: speaks {seen['lang']}")
        if seen["h1"] != 1:
            self.faults.append(f"{where}: {seen['h1']} headings h1")
        if seen["wide"]:
            self.faults.append(f"{where}: scrolls sideways because of {seen['out']}")
        if language == "en" and not where.startswith("/api "):  # the index of the interface is bilingual
            self.faults += [f"{where}: in Chinese: {text}" for text in seen["chinese"] if self._ours(text)]

    def _ours(self, text: str) -> bool:
        """Whether Chinese is left when the names of cases, people and papers are taken away."""
        for name in self.data:
            text = text.replace(name, "")
        return re.search(r"[\u4e00-\u9fff]", text) is not None


def _names(supervisor: Person) -> list[str]:
    """Chinese that stays Chinese, the longest first.

    Titles and numbers of cases, names of people, papers and a foreign diagram, reasons of a publication.
    """
    cases = supervisor.api("GET", "/cases?limit=100")["items"]
    people = [one["name"] for one in jurisdiction("demo_people")["people"]]
    papers = [one["name"] for one in supervisor.api("GET", f"/cases/{supervisor.case(CASE)}/documents")["items"]]
    reasons = [version["reason"] for version in supervisor.api("GET", "/processes/joint_case")["versions"]]
    words = [word for one in cases for word in (one["title"], one["number"])]
    brought = read_diagram(demo_drafts.FOREIGN.encode()).name.zh
    return sorted({*words, *people, *papers, *reasons, brought}, key=len, reverse=True)
