"""What an import does with each thing that other tools draw: what it becomes, and the words in which it is told."""

from __future__ import annotations

import json
import re

import pytest

from tests.factories.foreign import flows, foreign, lanes, steps
from tests.interchange.models import END, MODELS, START, edge, event, link
from tests.interchange.walking import errors, furnished
from workflows.checks.check import check_files
from workflows.checks.context import Known
from workflows.engine.diagram import Diagram, Element, read_diagram
from workflows.importing import Imported, Options, import_diagram
from workflows.importing.conditions import translated

NONE = Known(frozenset(), frozenset(), frozenset())


def one(body: str, *roads: str, people: bool = False, top: str = "", **more) -> Imported:
    """The import of a process between a start `s` and an end `e`."""
    return import_diagram(foreign({"p": START + body + END + flows(*roads)}, top=top, **more), Options(people=people))


def drawn(imported: Imported, process: str = "p") -> Diagram:
    return read_diagram(imported.files[f"{process}.bpmn"])


def step(imported: Imported, name: str, process: str = "p") -> Element:
    return drawn(imported, process).elements[name]


def form(imported: Imported, name: str) -> dict:
    return json.loads(imported.files[f"forms/{name}.form"])


def told(imported: Imported, element: str) -> str:
    return " ".join(change.message.en for change in imported.changes if change.element == element)


def refused(imported: Imported) -> dict[str, str]:
    return {refusal.element: refusal.message.en for refusal in imported.refusals}


@pytest.mark.parametrize(
    ("foreign_kind", "ours", "with_people"),
    [
        ("task", "userTask", "userTask"), ("manualTask", "userTask", "userTask"), ("serviceTask", "serviceTask", "userTask"), ("sendTask", "serviceTask", "userTask"),
        ("scriptTask", "serviceTask", "userTask"), ("businessRuleTask", "serviceTask", "userTask"), ("receiveTask", "intermediateCatchEvent", "intermediateCatchEvent"),
    ],
)  # fmt: skip
def test_tasks_of_other_kinds_become_ours(foreign_kind, ours, with_people):
    body = steps(a=f"{foreign_kind} The task")
    assert step(one(body, "s a e"), "a").kind == ours
    assert step(one(body, "s a e", people=True), "a").kind == with_people
    assert told(one(body, "s a e"), "a")


def test_what_a_machine_did_is_told_and_its_code_is_gone():
    body = '<scriptTask id="a" name="Count" scriptFormat="groovy"><script>System.exit(1)</script></scriptTask><serviceTask id="b" name="Mail" camunda:topic="mail" camunda:class="org.Evil"/>'
    imported = one(body, "s a b e")
    assert b"System.exit" not in b"".join(imported.files.values())
    assert b"org.Evil" not in b"".join(imported.files.values())
    assert "groovy" in told(imported, "a")
    assert "never executed" in told(imported, "a")
    assert "mail" in told(imported, "b")


def test_a_rule_task_that_names_a_decision_names_our_table():
    imported = one('<businessRuleTask id="a" name="Rule" camunda:decisionRef="who-leads"/>', "s a e")
    assert (step(imported, "a").kind, step(imported, "a").decision) == ("businessRuleTask", "who_leads")
    assert "who_leads" in told(imported, "a")


@pytest.mark.parametrize("key", ["embedded:app:forms/approve.html", "camunda-forms:bpmn:approve", "approve"])
def test_a_form_keeps_its_name_and_its_fields(key):
    fields = '<extensionElements><camunda:formData><camunda:formField id="amount" label="Amount" type="long"/><camunda:formField id="way" type="enum"><camunda:value id="a" name="A"/></camunda:formField></camunda:formData></extensionElements>'
    imported = one(f'<userTask id="a" name="Look" camunda:formKey="{key}">{fields}</userTask>', "s a e")
    assert step(imported, "a").form == "approve"
    asked = {part["key"]: part["type"] for part in form(imported, "approve")["components"] if "key" in part}
    assert asked == {"amount": "number", "way": "radio"}


def test_an_embedded_form_comes_along_without_what_ours_cannot_have():
    imported = import_diagram(MODELS["C.9.0"][1])
    kinds = [part["type"] for part in form(imported, "form_1")["components"]]
    assert kinds == ["text", "text", "checkbox", "checklist"], "the last asks for the list of the next step"
    assert form(imported, "form_1")["components"][2]["key"] == "applicant_approved"
    assert not [found for found in check_files(imported.files, NONE) if found.rule.startswith("form_")]


def test_a_task_without_a_form_gets_a_placeholder_of_its_own():
    imported = one(steps(a="userTask Same", b="userTask Same"), "s a b e")
    assert {step(imported, "a").form, step(imported, "b").form} == {"same", "same_1"}
    assert form(imported, "same")["components"][-1]["type"] == "textarea"


@pytest.mark.parametrize(
    ("foreign_text", "ours"),
    [
        ('${x == "a"}', 'x == "a"'), ("${approved}", "approved"), ("${!approved}", "not approved"), ("#{amount ge 1000 && type eq 'b'}", '(amount >= 1000 and type == "b")'),
        ('= status = "ok" and not(done)', '(status == "ok" and not (done))'), ("${order.total lt 5}", "order_total < 5"), ("${x.equals('a')}", 'x == "a"'),
        ("${execution.getVariable('x') == 'y'}", 'x == "y"'), ('= x in ["a", "b"]', 'x in ["a", "b"]'), ("${class == 1}", "class_ == 1"),
        ("${service.check(x)}", None), ("__import__('os').system('id')", None), ("${a ? b : c}", None), ("", None), ("true", None), ("${!x == y}", None), ("(" * 300, None), ("a" * 600, None),
    ],
)  # fmt: skip
def test_conditions_are_translated_where_ours_say_as_much(foreign_text, ours):
    assert translated(foreign_text) == ours


def test_a_condition_that_cannot_be_read_is_told_and_a_person_is_asked():
    imported = one(
        steps(a="userTask Look", g="exclusiveGateway Well?", b="userTask Do", x="endEvent Over"),
        "s a g",
        "g b e | ${bean.ask()} # yes",
        "g x # no",
    )
    assert "bean.ask()" not in b"".join(imported.files.values()).decode()
    question = next(part for part in form(imported, "look")["components"] if part.get("key") == "way_g")
    assert [value["label"] for value in question["values"]] == ["yes", "no"]
    assert question["label"] == "Well?"


def test_a_gateway_without_conditions_asks_the_person_before_it_else_a_task_of_its_own():
    ways = ("g b e # yes", "g x # no")
    body = steps(g="exclusiveGateway Well?", b="userTask Do", x="endEvent Over")
    asked = one(steps(a="userTask Look") + body, "s a g", *ways)
    assert {part.get("key") for part in form(asked, "look")["components"]} == {None, "way_g"}
    alone = one(body, "s g", *ways)
    assert step(alone, "ask_g").kind == "userTask"
    assert [flow.source for flow in drawn(alone).incoming("g")] == ["ask_g"]
    assert errors(furnished(asked)) == errors(furnished(alone)) == []


def test_a_fact_is_asked_on_the_nearest_task_that_every_way_goes_through():
    body = steps(
        a="userTask First",
        g="exclusiveGateway One?",
        b="userTask Second",
        m="exclusiveGateway",
        h="exclusiveGateway Two?",
        x="endEvent Over",
    )
    imported = one(body, "s a g", 'g b m | ${one == "y"}', "g m", "m h", "h x | ${two > 5}", "h e")
    assert {part.get("key") for part in form(imported, "first")["components"]} == {None, "one", "two"}, "b may be passed over"
    kinds = {part["key"]: part["type"] for part in form(imported, "first")["components"] if "key" in part}
    assert kinds == {"one": "radio", "two": "number"}


def test_what_happens_on_the_edge_of_a_task_does_not_know_its_answers():
    body = steps(a="userTask Look", g="exclusiveGateway Well?", x="endEvent Over", y="endEvent Out") + edge(
        "b", "a", "message", title="News"
    )
    imported = one(body, "s a e", "b g", "g x | ${ok}", "g y")
    assert "ok" in {part.get("key") for part in form(imported, step(imported, "ask_g").form)["components"]}


def test_several_flows_out_of_a_step_are_taken_at_once_and_wait_for_each_other_at_the_end():
    imported = one(steps(a="userTask A", b="userTask B", c="userTask C"), "s a b e", "a c e")
    kinds = [element.kind for element in drawn(imported).elements.values()]
    assert kinds.count("parallelGateway") == 2
    assert errors(furnished(imported)) == []
    assert "a parallel gateway was put behind it" in told(imported, "a")


def test_conditions_that_exclude_each_other_make_an_exclusive_gateway_and_others_are_refused():
    body = steps(a="userTask A", b="userTask B", c="userTask C")
    apart = one(body, "s a", "a b e | ${x == 'b'}", "a c e | ${x == 'c'}")
    assert "exclusiveGateway" in {element.kind for element in drawn(apart).elements.values()}
    assert not apart.refusals
    both = one(body, "s a", "a b e | ${x > 1}", "a c e | ${x < 5}")
    assert "at once" in refused(both)["a"]


def test_ways_that_meet_in_a_task_meet_in_a_gateway_before_it():
    imported = one(steps(a="userTask A", g="exclusiveGateway Again?"), "s a g", "g a | ${again}", "g e")
    assert drawn(imported).elements["meet_a"].kind == "exclusiveGateway"
    assert len(drawn(imported).incoming("a")) == 1


def test_parallel_ways_that_meet_without_a_gateway_are_refused_with_the_reason():
    imported = one(steps(a="userTask A", b="userTask B", c="userTask C", d="userTask D"), "s a b d e", "a c d")
    assert any("more than once" in words for words in refused(imported).values())
    assert [found.rule for found in check_files(imported.files, NONE) if found.rule == "parallel_block"], (
        "and the check finds it where it was"
    )


def test_parallel_stages_one_after_the_other_get_scopes_of_their_own():
    body = steps(
        p1="parallelGateway",
        a="userTask A",
        b="userTask B",
        j1="parallelGateway",
        p2="parallelGateway",
        c="userTask C",
        d="userTask D",
        j2="parallelGateway",
    )
    roads = ("s p1 a j1 p2 c j2 e", "p1 b j1", "p2 d j2")
    together = one(body, *roads)
    assert [element.kind for element in drawn(together).elements.values()].count("subProcess") == 1, (
        "the other one has the process for itself"
    )
    laned = import_diagram(foreign({"p": lanes(One="s p1 a j1 p2 c j2 e", Two="b d") + START + body + END + flows(*roads)}))
    assert {path for path in laned.files if path.endswith(".bpmn")} == {"p.bpmn", "p_p1.bpmn"}
    assert {lane.name.zh for lane in drawn(laned, "p_p1").lanes} == {"One", "Two"}
    assert step(laned, "b", "p_p1").lane.name.zh == "Two"
    assert errors(furnished(together)) == errors(furnished(laned)) == []


def test_an_inclusive_stage_becomes_branches_that_may_be_passed_over():
    body = steps(a="userTask A", g="inclusiveGateway Which?", b="userTask B", c="userTask C", j="inclusiveGateway")
    imported = one(body, "s a g", "g b j | ${big}", "g c j | ${far}", "j e")
    assert (step(imported, "g").kind, step(imported, "j").kind) == ("parallelGateway", "parallelGateway")
    conditions = {flow.target: flow.condition for flow in drawn(imported).flows if flow.condition}
    assert conditions == {"b": "big", "c": "far"}
    assert errors(furnished(imported)) == []


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<timeDuration>PT1H</timeDuration>", "PT1H"),
        ('<timeDate>"2026-01-01"</timeDate>', "2026-01-01"),
        ("<timeCycle>R3/P1D</timeCycle>", "R3/P1D"),
    ],
)
def test_a_timer_loses_its_time_and_tells_it(inside, said):
    imported = one(event("intermediateCatchEvent", "t", "timer", title="Wait", inside=inside), "s t e")
    assert said in told(imported, "t")
    assert said.encode() not in imported.files["p.bpmn"]
    assert [found.rule for found in check_files(imported.files, NONE) if found.element == "t"] == ["timer_without_clock"]


@pytest.mark.parametrize("kind", ["message", "signal", "escalation", "error", "conditional"])
def test_what_is_waited_for_becomes_news_with_a_name(kind):
    imported = one(steps(a="userTask A", x="endEvent Over") + edge("b", "a", kind, title="Something happened"), "s a e", "b x")
    assert (step(imported, "b").event, step(imported, "b").message.zh) == ("message", "Something happened")
    assert (kind == "message") == (told(imported, "b") == "")


def test_an_event_on_the_edge_of_what_a_machine_does_makes_it_a_persons_task():
    imported = one(steps(a="serviceTask A", x="endEvent Over") + edge("b", "a", "error", title="Failed"), "s a e", "b x")
    assert step(imported, "a").kind == "userTask"


def test_links_become_flows():
    body = steps(a="userTask A", b="userTask B") + link("intermediateThrowEvent", "from") + link("intermediateCatchEvent", "to")
    imported = one(body, "s a from", "to b e")
    assert [flow.target for flow in drawn(imported).outgoing("a")] == ["b"]


def test_a_loop_marker_becomes_a_way_back():
    loop = '<userTask id="a" name="A"><standardLoopCharacteristics id="l" testBefore="{}"><loopCondition>{}</loopCondition></standardLoopCharacteristics></userTask>'
    after, before, unread = (one(loop.format(*told), "s a e") for told in (("false", "${more}"), ("true", "${more}"), ("false", "${f()}")))
    for imported in (after, before, unread):
        assert not imported.refusals
        assert errors(furnished(imported)) == []
    assert [flow.source for flow in drawn(before).incoming("a")] != [flow.source for flow in drawn(after).incoming("a")]
    assert "again_a" in {part.get("key") for part in form(unread, "a")["components"]}


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_a_step_for_several_is_done_for_each_of_a_list_that_somebody_names(sequential):
    marker = f'<multiInstanceLoopCharacteristics isSequential="{sequential}"><loopCardinality>5</loopCardinality></multiInstanceLoopCharacteristics>'
    imported = one(steps(a="userTask A") + f'<userTask id="b" name="B">{marker}</userTask>', "s a b e")
    assert (step(imported, "b").collection, step(imported, "b").sequential) == ("b_agencies", sequential == "true")
    assert "b_agencies" in {part.get("key") for part in form(imported, "a")["components"]}
    assert errors(furnished(imported)) == []


def test_lanes_are_flat_hold_every_step_and_ask_for_their_agency():
    imported = import_diagram(MODELS["A.4.0"][1])
    assert [lane.name.zh for lane in drawn(imported, "A_4").lanes] == ["Lane 1 / Lane 1.1", "Lane 1 / Lane 1.2", "Lane 2"]
    assert all(element.lane for element in drawn(imported, "A_4").elements.values())
    assert "which agency and which role" in told(imported, "l1")
    known = import_diagram(MODELS["A.4.0"][1], Options(agency="lead", role="officer"))
    assert {(lane.agency, lane.role) for lane in drawn(known, "A_4").lanes} == {("lead", "officer")}


def test_groups_of_people_become_lanes_where_there_are_none():
    imported = one(
        '<userTask id="a" name="A" camunda:candidateGroups="clerks"/><userTask id="b" name="B" camunda:assignee="boss"/>', "s a b e"
    )
    assert {lane.name.zh for lane in drawn(imported).lanes} == {"clerks", "boss"}
    assert step(imported, "b").lane.name.zh == "boss"


def test_event_subprocesses_begin_with_an_event_on_the_edge_of_the_main_course():
    imported = import_diagram(MODELS["C.9.2"][1])
    events = {
        element.message.zh: element.interrupts
        for element in drawn(imported, "ManualCheck").elements.values()
        if element.kind == "boundaryEvent"
    }
    assert events == {"Document requested": False, "Fraud suspected": True}
    assert step(imported, "decide", "ManualCheck_course").kind == "userTask"


@pytest.mark.parametrize(
    ("body", "roads", "element", "words"),
    [
        ('<adHocSubProcess id="a" name="A"><task id="t"/></adHocSubProcess>', ("s a e",), "a", "order"),
        (steps(a="userTask A", g="complexGateway G", b="userTask B"), ("s a g b e", "g e"), "g", "rule of its own"),
        ('<subProcess id="a" name="A"><startEvent id="as"/><endEvent id="x"><errorEventDefinition id="d"/></endEvent><endEvent id="y"/><exclusiveGateway id="g"/>' + flows("as g x", "g y") + "</subProcess>"
         + edge("b", "a", "error", title="Failed") + steps(c="endEvent Over"), ("s a e", "b c"), "x", "another way"),
        (steps(a="userTask A", lost="userTask Lost"), ("s a e", "lost e"), "lost", "Nothing leads to"),
        (steps(a="parallelGateway", b="userTask B", c="userTask C", d="userTask D", j="parallelGateway"), ("s a b j e", "a c j", "a d e"), "a", "before the joining gateway"),
    ],
)  # fmt: skip
def test_what_cannot_be_accepted_is_refused_with_its_reason_in_both_languages(body, roads, element, words):
    imported = one(body, *roads)
    assert words in refused(imported)[element]
    assert all(re.search(r"[\u4e00-\u9fff]", refusal.message.zh) for refusal in imported.refusals)
    assert imported.files, "and the rest comes along"


@pytest.mark.parametrize(
    "content",
    [b"", b"<a", b"<bpmn/>", foreign({"p": ""}), foreign({}), b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', b"x" * (3 * 1024 * 1024),
     foreign({"p": steps(a="task A") + steps(a="task B")}), foreign({"p": "".join(f'<task id="t{n}"/>' for n in range(500))}), foreign({f"p{n}": steps(**{f"t{n}": "task A"}) for n in range(30)})],
)  # fmt: skip
def test_what_is_no_diagram_or_too_much_is_refused_as_a_whole(content):
    imported = import_diagram(content)
    assert imported.files == {}
    assert len(imported.refusals) == 1


def test_our_own_diagrams_come_back_as_they_are():
    from workflows.rulebook import shipped_bundles  # noqa: PLC0415

    for path, content in shipped_bundles()["joint_case"].items():
        if path.endswith(".bpmn"):
            imported = import_diagram(content)
            assert imported.refusals == ()
            before, after = read_diagram(content), read_diagram(imported.files[path.rpartition("/")[2]])
            assert {name: (one.kind, one.service, one.form, one.clock, one.agency) for name, one in before.elements.items()}.items() <= {
                name: (one.kind, one.service, one.form, one.clock, one.agency) for name, one in after.elements.items()
            }.items()
