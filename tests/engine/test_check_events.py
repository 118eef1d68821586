"""One faulty diagram for each thing that events may not be, each with the twin that may be published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.engine.test_check import FAULTS, KNOWN, changed, drawn
from tests.engine.test_check_layout import FAULTS as DRAWN
from tests.engine.test_check_limits import FAULTS as LIMITED
from tests.engine.test_check_meaning import FAULTS as MEANT
from workflows import checks, engine
from workflows.checks.check import check_files

SETTING, STATUTE = "clue.triage", "transfer.decide"
"""A clock whose length is this installation's own, and one that the law gives."""
ONE = "start s\nuser a form=f\nboundary b on=a {}\nuser h form=f\nend e\nend e2\ns > a > e\nb > h > e2"
"""A task with an event on its edge."""
CATCH = "start s\nuser a form=f\ncatch c {}\nend e\ns > a > c > e"
CHOICE = "start s\nevent g\n{}\nend e\nend e2\ns > g\ng > x > e\ng > y > e2"
NEWS = drawn(ONE.format("message=raid"))
TIMER = drawn(ONE.format(f"clock={SETTING}"))
BOTH = CHOICE.format(f"catch x message=raid\ncatch y clock={SETTING}")
LIST = "start s\nservice l service=items\nuser a form=f **items\nboundary b on=a message=raid\nend e\nend e2\ns > l > a > e\nb > e2"
BLOCK = """
start s
sub x {{
start is
and split
user a form=f
boundary b on=a message=raid{}
user h form=f
user c form=f
xor m
and join
end ie
end out
is > split
split > a > m > join
b > h > {}
split > c > join
join > ie
}}
end e
s > x > e
"""
JOINED = BLOCK.format("", "m").replace("end out\n", "")


def timed(inner: str) -> dict[str, bytes]:
    empty = '<bpmn:timerEventDefinition id="b_time" />'
    return changed(empty, f'<bpmn:timerEventDefinition id="b_time">{inner}</bpmn:timerEventDefinition>', TIMER)


MEMBER = '<bpmn:lane id="theirs" onecase:agency="member" onecase:role="officer"><bpmn:flowNodeRef>b</bpmn:flowNodeRef></bpmn:lane>'

PAIRS: dict[str, tuple[dict[str, bytes], str, str, dict[str, bytes]]] = {
    "a timer with a duration": (timed("<bpmn:timeDuration>PT1H</bpmn:timeDuration>"), "timer_with_time", "b", TIMER),
    "a timer with a date": (timed("<bpmn:timeDate>2026-01-01T00:00:00Z</bpmn:timeDate>"), "timer_with_time", "b", TIMER),
    "a timer with a cycle": (timed("<bpmn:timeCycle>R3/PT1H</bpmn:timeCycle>"), "timer_cycle", "b", TIMER),
    "a timer without a rule": (drawn(ONE.format("")), "timer_without_clock", "b", TIMER),
    "a timer of a rule that there is none": (drawn(ONE.format("clock=never")), "unknown_clock", "b", TIMER),
    "a statutory timer that interrupts": (
        drawn(ONE.format(f"clock={STATUTE}")), "statutory_timer_decides", "b", drawn(ONE.format(f"clock={STATUTE} cancel=false")),
    ),
    "a statutory timer that chooses the road": (
        drawn(BOTH.replace(SETTING, STATUTE)), "statutory_timer_decides", "y", drawn(CATCH.format(f"clock={STATUTE}")),
    ),
    "a message without a name": (changed(' name="raid" onecase:nameEn="News of raid"', "", NEWS), "message_without_name", "b", NEWS),
    "a message event without a message": (changed(' messageRef="message_raid"', "", NEWS), "message_without_name", "b", NEWS),
    "a message that is not in the file": (
        changed('messageRef="message_raid"', 'messageRef="message_other"', NEWS), "message_without_name", "b", NEWS,
    ),
    "a clock on a message": (drawn(CATCH.format(f"message=raid clock={SETTING}")), "clock_on_message", "c", drawn(CATCH.format("message=raid"))),
    "a form on an event": (drawn(CATCH.format("message=raid form=f")), "ignored_on_event", "c", drawn(CATCH.format("message=raid"))),
    "an event that waits for nothing": (
        changed('<bpmn:messageEventDefinition id="b_news" messageRef="message_raid" />', "", NEWS), "event_without_definition", "b", NEWS,
    ),
    "an event that waits for two things": (
        changed('messageRef="message_raid" />', 'messageRef="message_raid" /><bpmn:timerEventDefinition id="t2" />', NEWS),
        "several_definitions", "b", NEWS,
    ),
    "an event that waits for a signal": (
        changed('<bpmn:messageEventDefinition id="b_news" messageRef="message_raid" />', '<bpmn:signalEventDefinition id="b_news" />', NEWS),
        "unsupported_event", "b", NEWS,
    ),
    "an event on the edge of a service": (
        drawn("start s\nservice a service=count\nboundary b on=a message=raid\nend e\nend e2\ns > a > e\nb > e2"), "boundary_host", "b", NEWS,
    ),
    "an event on the edge of a gateway": (drawn(ONE.format("message=raid").replace("on=a", "on=g") + "\nxor g\na > g > e"), "boundary_host", "b", NEWS),
    "an event on the edge of nothing": (drawn(ONE.format("message=raid").replace("on=a", "on=z")), "boundary_elsewhere", "b", NEWS),
    "an event on the edge of what stands in another scope": (
        drawn("start s\nuser a form=f\nsub x {\nstart i\nuser c form=f\nboundary b on=a message=raid\nend ie\nend ie2\ni > c > ie\nb > ie2\n}\nend e\ns > a > x > e"),
        "boundary_elsewhere", "b",
        drawn("start s\nuser a form=f\nsub x {\nstart i\nuser c form=f\nboundary b on=c message=raid\nend ie\nend ie2\ni > c > ie\nb > ie2\n}\nend e\ns > a > x > e"),
    ),
    "a flow into an event on an edge": (drawn(ONE.format("message=raid") + "\nh > b"), "boundary_entered", "b", NEWS),
    "two flows out of an event": (drawn(CATCH.format("message=raid") + "\nend e2\nc > e2"), "several_outgoing", "c", drawn(CATCH.format("message=raid"))),
    "an event in no lane": (drawn(ONE.format("message=raid"), lane=False), "event_without_lane", "b", NEWS),
    "an event of the member outside a branch": (
        changed("</bpmn:laneSet>", MEMBER + "</bpmn:laneSet>", changed("<bpmn:flowNodeRef>b</bpmn:flowNodeRef>", "", drawn(LIST))),
        "member_outside_branch", "b", drawn(LIST),
    ),
    "a road beside that comes back": (
        drawn("start s\nuser a form=f\nboundary b on=a message=raid cancel=false\nuser h form=f\nxor m\nend e\ns > a > m > e\nb > h > m"),
        "road_beside_comes_back", "b",
        drawn("start s\nuser a form=f\nboundary b on=a message=raid\nuser h form=f\nxor m\nend e\ns > a > m > e\nb > h > m"),
    ),
    "a parallel branch that is interrupted and never joins": (drawn(BLOCK.format("", "out")), "branch_leaves_block", "f_split_a", drawn(JOINED)),
    "a parallel branch with a road beside that joins": (
        drawn(BLOCK.format(" cancel=false", "m")), "road_beside_comes_back", "b", drawn(BLOCK.format(" cancel=false", "out")),
    ),
    "an event gateway with one way": (drawn("start s\nevent g\ncatch x message=raid\nend e\ns > g > x > e"), "event_gateway_one_way", "g", drawn(BOTH)),
    "an event gateway before a task": (
        drawn(BOTH.replace("catch x message=raid", "user x form=f")), "event_gateway_targets", "g", drawn(BOTH),
    ),
    "an event gateway with two timers": (
        drawn(CHOICE.format(f"catch x clock={SETTING}\ncatch y clock={SETTING}")), "two_timers", "g", drawn(BOTH),
    ),
    "an event behind a gateway with another way in": (
        drawn(BOTH.replace("s > g", "s > o > g") + '\nxor o\nuser u form=f\no > u : again == "yes"\nu > x'), "event_entered_twice", "x", drawn(BOTH),
    ),
    "an event gateway that waits for the same twice": (
        drawn(CHOICE.format("catch x message=raid\ncatch y message=raid")), "same_message_twice", "g",
        drawn(CHOICE.format("catch x message=raid\ncatch y message=flight")),
    ),
    "a task that waits for the same twice": (
        drawn(ONE.format("message=raid") + "\nboundary b2 on=a message=raid cancel=false\nend e3\nb2 > e3"), "same_message_twice", "a",
        drawn(ONE.format("message=raid") + "\nboundary b2 on=a message=flight cancel=false\nend e3\nb2 > e3"),
    ),
    "a condition on the flow of an event": (
        drawn('start s\nuser a form=f\ncatch c message=raid\nend e\ns > a > c\nc > e : again == "yes"'), "condition_ignored", "f_c_e",
        drawn(CATCH.format("message=raid")),
    ),
    "branches that end before all are done": (
        changed('name="member" />', 'name="member" /><bpmn:completionCondition>true</bpmn:completionCondition>', drawn(LIST)),
        "ignored_on_branches", "a", drawn(LIST),
    ),
    "a timer in a subprocess that an event begins": (
        changed('<bpmn:subProcess id="x"', '<bpmn:subProcess triggeredByEvent="true" id="x"', drawn(JOINED)),
        "unsupported_event_subprocess", "x", drawn(JOINED),
    ),
}  # fmt: skip


def errors(files) -> list:
    return [one for one in check_files(files, KNOWN) if one.severity == "error"]


@pytest.mark.parametrize("fault", PAIRS)
def test_a_fault_is_named_with_its_rule_its_element_and_in_both_languages(fault):
    files, rule, element, _ = PAIRS[fault]
    found = [one for one in errors(files) if (one.rule, one.element) == (rule, element)]
    assert found, errors(files)
    for one in found:
        assert re.search(r"[\u4e00-\u9fff]", one.message), one
        assert re.search(r"[A-Za-z]{3}", one.message_en), one
        assert not re.search(r"[\u4e00-\u9fff]", one.message_en), one


@pytest.mark.parametrize("fault", PAIRS)
def test_its_twin_may_be_published(fault):
    assert errors(PAIRS[fault][3]) == []


def test_every_rule_that_can_be_broken_is_broken_by_one_of_these():
    """Both lists grow with the rules: each id that the check can say is said for some fault."""
    rooms = [Path(room.__path__[0]) for room in (engine, checks)]
    sources = "".join(place.read_text(encoding="utf-8") for room in rooms for place in room.glob("*.py"))
    stated = set(re.findall(r'(?:context\.error\(|Finding\(\s*"error",|XmlRefused\()\s*"(\w+)"', sources))
    faulty = [
        *(files for files, _, _ in (*FAULTS.values(), *DRAWN.values(), *MEANT.values(), *LIMITED.values())),
        *(files for files, _, _, _ in PAIRS.values()),
    ]
    said = {rule for files in faulty for rule in {one.rule for one in check_files(files, KNOWN)}}
    assert len(stated) > 50
    assert stated - said == set()
