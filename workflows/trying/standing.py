"""Where a played case stands, in one language and as plain values: what waits, what may come, which clocks run, what is known, where it went."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from workflows import forms
from workflows.contracts import Text
from workflows.engine.running_case import Waiting
from workflows.fact_rows import components_of, label_of
from workflows.prefilling import known
from workflows.trying.playing import Play, PlayedClock
from workflows.vocabulary import ROLES
from workflows.working_days import CHINA

MOST_FACTS = 400
LONGEST_VALUE = 300
"""Characters of a fact that are shown."""
A_DAY = 86_400
NOBODY = Text("本案尚无承担此职责的机关", "No agency has this part in the case")


def standing(play: Play, language: str) -> dict[str, Any]:
    """The play as the panel shows it. Moments are ISO 8601 with the offset of Beijing, `days` are whole days until after the moment."""
    marks = play.running.marks()
    return {
        "now": _moment(play.now),
        "closed": play.running.closed,
        "stuck": play.running.stuck,
        "tasks": [_task(play, token, language) for token in play.people()],
        "news": [_news(play, token, language) for token in sorted(play.running.events(), key=lambda one: (one.process, one.element.id))],
        "clocks": [_clock(play, clock, language) for clock in sorted(play.clocks, key=lambda one: one.due)],
        "breached": [_clock(play, clock, language) for clock in play.breached],
        "tokens": {process: mark.tokens for process, mark in sorted(marks.items()) if mark.tokens},
        "over": _over(play),
        "facts": list(_facts(play, language)),
        "documents": list(dict.fromkeys(play.documents)),
    }


def _task(play: Play, token: Waiting, language: str) -> dict[str, Any]:
    element = token.element
    form = play.form(token)
    lane = play.lane_of(token)
    options = play.offered(token) if lane else {}
    return {
        **_place(play, token, language),
        "agency": play.cast.refs[lane.agency].name.local(language) if lane else NOBODY.local(language),
        "role": ROLES[element.role].local(language) if element.role in ROLES else element.role,
        "form": forms.localised(form, language),
        "data": {
            **known(form, play.facts.view(token.branch), frozenset(), options),
            **forms.localised_options(options, language),
        },
    }


def _news(play: Play, token: Waiting, language: str) -> dict[str, Any]:
    return {**_place(play, token, language), "message": token.element.message.zh, "says": token.element.message.local(language)}


def _place(play: Play, token: Waiting, language: str) -> dict[str, Any]:
    """Where it waits; `branch_name` is the agency whose branch it is."""
    ref = play.cast.refs.get(token.branch.rsplit("/", 1)[-1])
    return {
        "process": token.process,
        "element": token.element.id,
        "branch": token.branch,
        "name": token.element.name.local(language),
        "branch_name": ref.name.local(language) if ref else token.branch,
    }


def _clock(play: Play, clock: PlayedClock, language: str) -> dict[str, Any]:
    return {
        **_place(play, clock.at, language),
        "rule": clock.rule.id,
        "says": clock.rule.name.local(language),
        "article": clock.rule.article,
        "due": _moment(clock.due),
        "days": max(1, math.floor((clock.due - play.now).total_seconds() / A_DAY) + 1),
        "rings": clock.rings,
        "late": clock.late,
        "of_case": clock.token is None,
    }


def _over(play: Play) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for process, part in sorted(play.over):
        found.setdefault(process, []).append(part)
    return found


def _facts(play: Play, language: str) -> Iterator[dict[str, str]]:
    """What is known, in words where a form or the house has words for it."""
    asked = components_of(play.bundle)
    lists = {key: [dict(one) for one in listed] for key, listed in play.bundle.options.items()}
    branches = {"": play.facts.view(), **play.facts.branches()}
    rows = ((branch, name, value) for branch, facts in branches.items() for name, value in sorted(facts.items()))
    for number, (branch, name, value) in enumerate(rows):
        if number == MOST_FACTS:
            return
        if value not in (None, "", []):
            component = asked.get(name)
            yield {
                "branch": branch,
                "key": name,
                "label": label_of(component, name).local(language),
                "value": _shown(component, value, lists, language)[:LONGEST_VALUE],
            }


def _shown(component: Mapping[str, Any] | None, value: Any, lists: forms.Options, language: str) -> str:
    if component is None:
        return "、".join(map(str, value)) if isinstance(value, list) else str(value)
    try:
        return forms.shown(component, value, lists, language)
    except (AttributeError, TypeError, KeyError):  # another form asks the same name with a value of another shape
        return str(value)


def _moment(moment: Any) -> str:
    return str(moment.astimezone(CHINA).isoformat(timespec="minutes"))
