"""One faulty diagram for each thing that may not be published: the rule, the element and words in both languages are named."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
import yaml
from sqlalchemy import func, select

from handlers import TABLE
from tests.engine.models import LIBRARY, PROVIDES, files_of
from tests.factories.diagrams import bundle, diagram, form, pictured, table
from workflows import diagrams
from workflows.checks.check import check_files
from workflows.checks.context import Known
from workflows.choices import OFFERED
from workflows.errors import DiagramRefused
from workflows.gates import GATES
from workflows.records import Bundle, Event, Version
from workflows.rulebook import load_rulebook, shipped_bundles

KNOWN = Known(
    services=frozenset({*TABLE, *PROVIDES}),
    clocks=frozenset(load_rulebook().rules),
    gates=frozenset(GATES),
    provided={**{key: service.provides for key, service in TABLE.items()}, **PROVIDES},
    settings=frozenset(rule.id for rule in load_rulebook().rules.values() if rule.setting),
    options=OFFERED,
)
PLAIN = {"f": form("again", "n")}
STRAIGHT = "start s\nuser a form=f\nend e\ns > a > e"


def drawn(text: str, *, forms=PLAIN, tables: Mapping[str, bytes] | None = None, **more) -> dict[str, bytes]:
    return bundle("p", {"p": diagram("p", text, **more)}, forms=forms, tables=tables)


def changed(old: str, new: str, files: dict[str, bytes] | None = None, path: str = "p.bpmn") -> dict[str, bytes]:
    files = dict(files or drawn(STRAIGHT))
    assert old.encode() in files[path], old
    return {**files, path: files[path].replace(old.encode(), new.encode())}


def calls(**processes: str) -> dict[str, bytes]:
    return bundle("p", {name: diagram(name, text) for name, text in processes.items()}, forms=PLAIN)


def proven(rows: list) -> dict[str, bytes]:
    """A table that takes `a` for `x` and `b` for `y`, with tests beside it."""
    rules = {'"a"': '"x"', '"b"': '"y"'}
    files = drawn("start s\nuser a form=f\ntable t decision=t\nend e\ns > a > t > e", tables={"t": table("t", "n", "out", rules)})
    return {**files, "tables/t.tests.yaml": yaml.safe_dump(rows).encode()}


SUB = "start s\nsub x {{\n{inside}\n}}\nend e\ns > x > e"


def block(inside: str) -> dict[str, bytes]:
    return drawn(SUB.format(inside=inside))


DOCTYPE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
XML_LINE = '<?xml version="1.0" encoding="UTF-8"?>'
HTML = {"type": "html", "id": "h", "key": "h", "content": "<script>alert(1)</script>"}
TWO_DEFAULTS = 'start s\nuser a form=f\nxor g default=none\nend e1\nend e2\ns > a > g\ng > e1\ng > e2 : again == "yes"'

FAULTS: dict[str, tuple[dict[str, bytes], str, str]] = {
    "a script task": (drawn("start s\nscript x\nend e\ns > x > e"), "unsupported_scriptTask", "x"),
    "a service outside the table": (drawn("start s\nservice x service=os_system\nend e\ns > x > e"), "unknown_service", "x"),
    "a service task without a service": (drawn("start s\nservice x\nend e\ns > x > e"), "unknown_service", "x"),
    "a lane without an agency": (changed('onecase:agency="receiving"', ""), "lane_without_agency", "lane"),
    "a lane of an agency that there is none": (drawn(STRAIGHT, agency="militia"), "lane_unknown_agency", "lane"),
    "a lane without a role": (drawn(STRAIGHT, role="admin"), "lane_unknown_role", "lane"),
    "a task in no lane": (drawn(STRAIGHT, lane=False), "task_without_lane", "a"),
    "an exclusive flow without a condition": (
        drawn('start s\nuser a form=f\nxor g default=f_g_e1\nend e1\nend e2\nend e3\ns > a > g\ng > e1\ng > e2\ng > e3 : again == "yes"'),
        "flow_without_condition", "f_g_e2",
    ),
    "an exclusive gateway without a default": (drawn(TWO_DEFAULTS), "no_default", "g"),
    "a default that leaves another element": (drawn(TWO_DEFAULTS.replace("default=none", "default=f_s_a")), "default_elsewhere", "g"),
    "a DOCTYPE": (changed(XML_LINE, XML_LINE + DOCTYPE), "doctype", ""),
    "a billion laughs": (changed(XML_LINE, XML_LINE + LAUGHS), "doctype", ""),
    "billion laughs that are used": (
        changed('name="a"', 'name="&i;"', changed(XML_LINE, XML_LINE + LAUGHS)), "not_xml|doctype", "",
    ),
    "no XML at all": ({**drawn(STRAIGHT), "p.bpmn": b"hello"}, "not_xml", ""),
    "too much XML": ({**drawn(STRAIGHT), "p.bpmn": drawn(STRAIGHT)["p.bpmn"] + b" " * (3 * 1024 * 1024)}, "too_large", ""),
    "XML too deep": (changed("<bpmn:process", "<a>" * 70 + "</a>" * 70 + "<bpmn:process"), "too_deep", ""),
    "several flows out of a task": (drawn("start s\nuser a form=f\nend e1\nend e2\ns > a > e1\na > e2"), "several_outgoing", "a"),
    "a condition on the flow of a task": (drawn('start s\nuser a form=f\nend e\ns > a\na > e : again == "yes"'), "condition_ignored", "f_a_e"),
    "a parallel block in a loop": (
        drawn("start s\nxor back\nand split\nuser a form=f\nuser b form=f\nand join\nxor g\nend e\ns > back > split\nsplit > a > join\nsplit > b > join\n"
              'join > g\ng > back : again == "yes"\ng > e'),
        "parallel_in_loop", "split",
    ),
    "a join with fewer flows than the split": (
        block("start is\nand split\nuser a form=f\nuser b form=f\nxor m\nand join\nend ie\nuser c form=f\nis > split\nsplit > a > m\nsplit > b > m\nm > join\nsplit > c > join\njoin > ie"),
        "join_unbalanced", "join",
    ),
    "two joins for one split": (
        block("start is\nand split\nuser a form=f\nuser b form=f\nand j1\nand j2\nuser c form=f\nend ie\nis > split\nsplit > a > j1\nsplit > b > j1\nj1 > j2\nsplit > c > j2\nj2 > ie"),
        "parallel_block", "split",
    ),
    "a branch that goes round the join": (
        block('start is\nand split\nuser a form=f\nuser b form=f\nxor g\nand join\nend ie\nend out\nis > split\nsplit > a > g\ng > out : again == "yes"\ng > join\nsplit > b > join\njoin > ie'),
        "branch_leaves_block", "f_split_a",
    ),
    "a branch that never joins": (
        block("start is\nand split\nuser a form=f\nuser b form=f\nuser c form=f\nand join\nend ie\nend out\nis > split\nsplit > a > out\nsplit > b > join\nsplit > c > join\njoin > ie"),
        "branch_misses_join", "f_split_a",
    ),
    "more branches than anybody can read": (
        block("start is\nand split\nand join\nend ie\nis > split\njoin > ie\n" + "\n".join(f"user t{n} form=f\nsplit > t{n} > join" for n in range(51))),
        "too_many_branches", "split",
    ),
    "a signal at the end": (
        changed('<bpmn:endEvent id="e" name="e"></bpmn:endEvent>', '<bpmn:endEvent id="e" name="e"><bpmn:signalEventDefinition id="sd"/></bpmn:endEvent>'),
        "unsupported_event", "e",
    ),
    "a message at the start": (
        changed('<bpmn:startEvent id="s" name="s"></bpmn:startEvent>', '<bpmn:startEvent id="s" name="s"><bpmn:messageEventDefinition id="md"/></bpmn:startEvent>'),
        "unsupported_event", "s",
    ),
    "an inclusive gateway": (drawn("start s\nuser a form=f\nor g\nend e\ns > a > g > e"), "unsupported_inclusiveGateway", "g"),
    "a receive task": (drawn("start s\nreceive r\nend e\ns > r > e"), "unsupported_receiveTask", "r"),
    "an event subprocess": (changed('<bpmn:subProcess id="x" name="x"', '<bpmn:subProcess id="x" name="x" triggeredByEvent="true"', block("start i\nuser a form=f\nend ie\ni > a > ie")),
                            "unsupported_event_subprocess", "x"),
    "a loop marker": (changed('onecase:form="f">', 'onecase:form="f"><bpmn:standardLoopCharacteristics/>'), "unsupported_loop", "a"),
    "a data object": (changed("</bpmn:process>", '<bpmn:dataObject id="d"/></bpmn:process>'), "unsupported_data", "d"),
    "branches over a list that nothing sets": (drawn("start s\nuser a form=f *nothing\nend e\ns > a > e"), "unknown_list", "a"),
    "branches over no list": (
        changed("<bpmn:loopDataInputRef>items</bpmn:loopDataInputRef>", "<bpmn:loopCardinality>3</bpmn:loopCardinality>",
                drawn("start s\nservice l service=items\nuser a form=f *items\nend e\ns > l > a > e")),
        "branches_without_list", "a",
    ),
    "a task without a form": (drawn("start s\nuser a\nend e\ns > a > e"), "task_without_form", "a"),
    "a form that there is none": (drawn("start s\nuser a form=missing\nend e\ns > a > e"), "unknown_form", "a"),
    "a clock that there is none": (drawn("start s\nuser a form=f clock=never\nend e\ns > a > e"), "unknown_clock", "a"),
    "a clock of the case that there is none": (drawn("start s\nuser a form=f startsClock=never\nend e\ns > a > e"), "unknown_clock", "a"),
    "a gate that there is none": (drawn("start s\nuser a form=f gate=open\nend e\ns > a > e"), "unknown_gate", "a"),
    "a table that there is none": (drawn("start s\ntable t decision=missing\nend e\ns > t > e"), "unknown_table", "t"),
    "a decision task without a table": (drawn("start s\ntable t\nend e\ns > t > e"), "task_without_table", "t"),
    "a call of what is not there": (calls(p="start s\ncall c =other\nend e\ns > c > e"), "unknown_call", "c"),
    "a process that calls itself": (calls(p="start s\ncall c =p\nend e\ns > c > e"), "recursive_call", "p"),
    "processes that call each other": (calls(p="start s\ncall c =q\nend e\ns > c > e", q="start s\ncall d =p\nend e\ns > d > e"), "recursive_call", "q"),
    "an id that stands twice": (changed("</bpmn:process>", '<bpmn:task id="a" name="x"/></bpmn:process>'), "duplicate_id", "a"),
    "an unreachable task": (drawn(STRAIGHT + "\nuser lost form=f\nlost > e"), "unreachable", "lost"),
    "a task that leads nowhere": (drawn('start s\nuser a form=f\nend e\nxor g\ns > g\ng > e\ng > a : again == "yes"'), "leads_nowhere", "a"),
    "no end": (drawn("start s\nuser a form=f\nxor g\ns > g > a\na > g"), "no_end", "p"),
    "two starts": (drawn("start s\nstart s2\nuser a form=f\nend e\ns > a > e\ns2 > e"), "one_start", "p"),
    "a flow that hangs in the air": (changed('targetRef="e"', 'targetRef="nowhere"'), "dangling_flow", "f_a_e"),
    "a condition on an unknown fact": (drawn('start s\nuser a form=f\nxor g\nend e1\nend e2\ns > a > g\ng > e1 : colour == "red"\ng > e2'), "condition_unknown_fact", "f_g_e1"),
    "a condition that is Python": (
        drawn("start s\nuser a form=f\nxor g\nend e1\nend e2\ns > a > g\ng > e1 : __import__('os').system('id')\ng > e2"), "condition_unreadable", "f_g_e1",
    ),
    "a decision table that takes the first that fits": (
        drawn("start s\nuser a form=f\ntable t decision=t\nend e\ns > a > t > e", tables={"t": table("t", "n", "out", {"-": '"x"'}, hit_policy="FIRST")}),
        "decision_table", "",
    ),
    "a decision table with a cell that nobody understands": (
        drawn("start s\nuser a form=f\ntable t decision=t\nend e\ns > a > t > e", tables={"t": table("t", "n", "out", {"[1..10]": '"x"'})}),
        "decision_table", "",
    ),
    "HTML in a form": (drawn(STRAIGHT, forms={"f": form("n", HTML)}), "form_component", "h"),
    "a form that is not JSON": (drawn(STRAIGHT, forms={"f": b"{"}), "form_json", ""),
    "a field that engines choke on": (drawn(STRAIGHT, forms={"f": form("typename")}), "form_key", "typename"),
    "a field that breaks out of a page": (drawn(STRAIGHT, forms={"f": form("__proto__")}), "form_key", "__proto__"),
    "a field without a name": (drawn(STRAIGHT, forms={"f": form("n", {"type": "textfield", "id": "Field_1"})}), "form_key", "Field_1"),
    "a form whose pattern is none": (drawn(STRAIGHT, forms={"f": form({"type": "textfield", "key": "n", "validate": {"pattern": "("}})}), "form_json", ""),
    "a manifest with aliases": ({**drawn(STRAIGHT), "bundle.yaml": b"process: p\nname: &n x\nname_en: *n\n"}, "manifest", ""),
    "a field condition that cannot be read": (
        drawn(STRAIGHT, forms={"f": form("n", {"type": "textfield", "key": "m", "conditional": {"hide": "=f(x)"}})}), "form_condition", "m",
    ),
    "a process that is not executable": (changed('isExecutable="true"', 'isExecutable="false"'), "not_executable", "p"),
    "two processes in one file": (changed("</bpmn:definitions>", '<bpmn:process id="q" isExecutable="true"/></bpmn:definitions>'), "one_process", ""),
    "a file without a process": ({**drawn(STRAIGHT), "p.bpmn": re.sub(rb"<bpmn:process.*</bpmn:process>", b"", drawn(STRAIGHT)["p.bpmn"], flags=re.DOTALL)}, "no_process", ""),
    "what is not BPMN": (changed("<bpmn:endEvent", "<bpmn:fullStop/><bpmn:endEvent"), "schema", ""),
    "no diagram": ({"bundle.yaml": b"process: p\nname: x\n"}, "no_diagram", ""),
    "a manifest that names another process": ({**drawn(STRAIGHT), "bundle.yaml": b"process: other\nname: x\n"}, "manifest", ""),
    "an option list that is called like a field": (
        {**drawn(STRAIGHT), "bundle.yaml": b"process: p\nname: x\noptions: {again: [{value: a, label: b}]}\n"}, "options_name", "again",
    ),
    "a subprocess whose id is taken": (
        bundle("p", {"p": diagram("p", "start s\nsub x {\nstart i\nuser a form=f\nend ie\ni > a > ie\n}\ncall c =q\nend e\ns > x > c > e"),
                     "q": diagram("q", "start s\nsub x {\nstart j\nuser b form=f\nend je\nj > b > je\n}\nend e\ns > x > e")}, forms=PLAIN),
        "duplicate_subprocess", "x",
    ),
    "a form that two included folders have": ({**drawn(STRAIGHT), "other/forms/f.form": drawn(STRAIGHT)["forms/f.form"]}, "duplicate_file", "f"),
    "a table that does not decide what its test wants": (proven([{"name": "n", "given": {"n": "a"}, "then": {"out": "y"}}]), "table_test", "t"),
    "a table test that nothing answers": (proven([{"name": "n", "given": {"n": "c"}, "then": {"out": "y"}}]), "table_test", "t"),
    "table tests without a table": ({**drawn(STRAIGHT), "tables/t.tests.yaml": b"- {name: n, given: {}, then: {o: 1}}"}, "table_test", "t"),
    "table tests that are none": ({**proven([]), "tables/t.tests.yaml": b"given: 1"}, "table_test", "t"),
    "a process drawn twice": (
        {**drawn(STRAIGHT), "again.bpmn": drawn(STRAIGHT)["p.bpmn"]}, "duplicate_process", "p",
    ),
    "more nodes than anybody can read": (
        drawn("start s\nend e\n" + "\n".join(f"user t{n} form=f" for n in range(401)) + "\ns > " + " > ".join(f"t{n}" for n in range(401)) + " > e"), "too_many_nodes", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_rule_its_element_and_in_both_languages(fault):
    files, rule, element = FAULTS[fault]
    found = [one for one in check_files(files, KNOWN) if re.fullmatch(rule, one.rule) and one.element == element]
    assert found, [(one.rule, one.element) for one in check_files(files, KNOWN)]
    assert {one.severity for one in found} == {"error"}
    for one in found:
        assert re.search(r"[\u4e00-\u9fff]", one.message), one
        assert re.search(r"[A-Za-z]{3}", one.message_en), one
        assert not re.search(r"[\u4e00-\u9fff]", one.message_en.replace("试验", "")), one


@pytest.mark.parametrize("fault", ["a script task", "a DOCTYPE", "HTML in a form", "a condition on an unknown fact", "no diagram"])
def test_a_faulty_diagram_is_refused_with_its_findings_and_nothing_is_stored(desk, fault):
    def stored():
        with desk.database.reading() as session:
            return [session.scalar(select(func.count()).select_from(kind)) for kind in (Version, Bundle, Event)]

    files, rule, _ = FAULTS[fault]
    before = stored()
    with pytest.raises(DiagramRefused) as refused:
        diagrams.publish(desk, "designer", files, reason="试验")
    assert rule in {one.rule for one in refused.value.findings}
    assert stored() == before


@pytest.mark.parametrize("name", LIBRARY)
def test_the_models_of_these_tests_have_no_finding(name):
    assert [one for one in check_files(files_of(name), KNOWN) if one.severity == "error"] == []


@pytest.mark.parametrize("name", shipped_bundles())
def test_what_ships_has_no_finding_at_all(desk, name):
    assert diagrams.check(desk, shipped_bundles()[name]) == ()


def test_a_straight_diagram_has_no_finding():
    assert check_files(pictured(drawn(STRAIGHT)), KNOWN) == ()


def test_a_table_that_takes_the_one_that_fits_has_no_finding():
    assert check_files(pictured(proven([{"name": "takes a", "given": {"n": "a"}, "then": {"out": "x"}}])), KNOWN) == ()
