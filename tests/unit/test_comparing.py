"""What differs between two bundles is told by what it does: to how cases run, to the proof, to words, or to the picture only."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.oracle import shipped_mutants
from tests.oracle.editing import attribute, condition, drawn, element, field, kind, manifest, reroute, text, without, without_row
from tests.oracle.mutants import Mutant
from tests.oracle.small_mutants import SMALL_MUTANTS
from workflows.comparing.bundles import compare
from workflows.comparing.changes import EFFECTS, EXECUTION, LAYOUT, PROOF, WORDS, Change, weightiest
from workflows.engine.diagram import BPMN
from workflows.rulebook import shipped_bundles

BUNDLES = shipped_bundles()
CASE = BUNDLES["joint_case"]
MUTANTS: dict[str, Mutant] = {
    **SMALL_MUTANTS,
    **{
        name: one
        for every in vars(shipped_mutants).values()
        if isinstance(every, dict)
        for name, one in every.items()
        if isinstance(one, Mutant)
    },
}
READ_BY_PEOPLE = {"documentation", "textAnnotation", "association", "incoming", "outgoing"}
ONLY_NAMES = {
    ("laneSet", "id"),
    ("timerEventDefinition", "id"),
    ("messageEventDefinition", "id"),
    ("multiInstanceLoopCharacteristics", "id"),
}
"""Ids that nothing refers to."""
GAP = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"


def effects(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> set[str]:
    return {change.effect for change in compare(old, new)}


def only(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Change:
    found = compare(old, new)
    assert len(found) == 1, found
    return found[0]


def shifted(file: str, by: float, which: int | None = None) -> dict[str, bytes]:
    """The joint case with one shape of a drawing, or every shape, moved by so many pixels."""
    root = etree.fromstring(CASE[file])
    bounds = list(root.iter(GAP))
    for one in bounds if which is None else [bounds[which % len(bounds)]]:
        one.set("x", str(float(one.get("x")) + by))
    return {**CASE, file: etree.tostring(root)}


class TestWhatHoldsForEveryPair:
    @pytest.mark.parametrize("name", BUNDLES)
    def test_the_same_files_differ_in_nothing(self, name: str) -> None:
        assert compare(BUNDLES[name], dict(BUNDLES[name])) == ()

    @given(st.sampled_from(sorted(path for path in CASE if path.endswith(".bpmn"))), st.integers(0, 10_000), st.integers(1, 900))
    def test_a_shape_that_moves_changes_the_picture_and_nothing_else(self, file: str, which: int, by: int) -> None:
        assert effects(CASE, shifted(file, by, which)) == {LAYOUT}

    def test_neither_does_a_whole_drawing_that_moves(self) -> None:
        moved = compare(CASE, shifted("joint_case.bpmn", 40))
        assert {change.effect for change in moved} == {LAYOUT}
        assert len(moved) > 10

    def test_other_spacing_and_another_order_of_elements_are_told_as_a_way_of_writing(self) -> None:
        root = etree.fromstring(CASE["joint_case.bpmn"])
        process = root.find(f"{BPMN}process")
        last = [node for node in process if node.tag == f"{BPMN}userTask"][-1]
        process.insert(1, last)
        etree.indent(root, "\t")
        found = only(CASE, {**CASE, "joint_case.bpmn": etree.tostring(root)})
        assert (found.effect, found.aspect.zh) == (LAYOUT, "文件写法（内容相同）")

    @pytest.mark.parametrize("name", MUTANTS)
    def test_every_fault_of_the_mutants_is_told_as_a_change_of_execution_or_in_the_rules_of_the_proof(self, name: str) -> None:
        mutant = MUTANTS[name]
        differing = {path for path in {*mutant.sound, *mutant.files} if mutant.sound.get(path) != mutant.files.get(path)}
        assert (PROOF if {path.rsplit("/", 1)[-1] for path in differing} == {"rules.yaml"} else EXECUTION) in effects(
            mutant.sound, mutant.files
        )

    @given(st.sampled_from(sorted(path for path in CASE if path.endswith(".bpmn"))), st.integers(0, 100_000))
    def test_any_value_that_the_engine_reads_is_told_as_a_change_of_execution_when_it_is_another(self, file: str, which: int) -> None:
        root = etree.fromstring(CASE[file])
        values = [
            (node, key)
            for node in root.find(f"{BPMN}process").iter(etree.Element)
            if not {etree.QName(one).localname for one in (node, *node.iterancestors())} & READ_BY_PEOPLE
            for key in node.attrib
            if etree.QName(key).localname not in {"name", "nameEn", "type"} and (etree.QName(node).localname, key) not in ONLY_NAMES
        ]
        node, key = values[which % len(values)]
        node.set(key, f"{node.get(key)}2")
        assert EXECUTION in effects(CASE, {**CASE, file: etree.tostring(root)}), (node.tag, dict(node.attrib), key)

    @pytest.mark.parametrize("name", MUTANTS)
    def test_seen_from_the_other_side_it_is_the_same_difference_mirrored(self, name: str) -> None:
        mutant = MUTANTS[name]
        there, back = compare(mutant.sound, mutant.files), compare(mutant.files, mutant.sound)
        assert sorted(map(repr_of, there)) == sorted(repr_of(change.mirrored) for change in back)

    @given(st.data())
    def test_any_two_bundles_that_ship_can_be_compared(self, data: st.DataObject) -> None:
        old, new = (BUNDLES[data.draw(st.sampled_from(sorted(BUNDLES)))] for _ in "ab")
        assert (compare(old, new) == ()) == (old == new)


def repr_of(change: Change) -> str:
    return repr((change.effect, change.kind, change.part, change.file, change.place, change.aspect, change.old, change.new))


def renamed(words: str):
    return drawn("clue_triage", lambda root: element(root, "register_clue").set("name", words))


class TestDiagrams:
    @pytest.mark.parametrize(
        ("mutate", "aspect", "effect"),
        [
            (attribute("clue_triage", "register_clue", form="other"), "表单", EXECUTION),
            (attribute("clue_triage", "register_clue", clock="transfer.decide"), "期限", EXECUTION),
            (attribute("clue_triage", "register_clue", officers="2"), "执法人员数", EXECUTION),
            (attribute("clue_triage", "register_clue", documents="甲;乙"), "文书", EXECUTION),
            (attribute("clue_triage", "register_clue", gate="fine"), "法定关口", EXECUTION),
            (renamed("另一个名称"), "名称", WORDS),
            (attribute("clue_triage", "register_clue", nameEn="Another name"), "英文名称", WORDS),
            (kind("clue_triage", "register_clue", "serviceTask"), "类型", EXECUTION),
        ],
    )
    def test_an_attribute_is_told_by_its_name(self, mutate, aspect: str, effect: str) -> None:
        found = only(CASE, mutate(CASE))
        assert (found.aspect.zh, found.effect, found.place) == (aspect, effect, "register_clue")
        assert found.aspect.en
        assert found.subject.zh

    def test_a_lane_that_another_role_has_is_one_change_and_not_one_a_step(self) -> None:
        lane = next(etree.fromstring(CASE["clue_triage.bpmn"]).iter(f"{BPMN}lane")).get("id")
        found = only(CASE, attribute("clue_triage", lane, role="supervisor")(CASE))
        assert (found.place, found.aspect.zh, found.new.zh, found.effect) == (lane, "岗位", "督查督办", EXECUTION)

    def test_a_flow_that_leads_elsewhere_and_another_condition_change_execution(self) -> None:
        flow = next(node for node in etree.fromstring(CASE["clue_triage.bpmn"]).iter(f"{BPMN}sequenceFlow") if len(node))
        assert only(CASE, condition("clue_triage", flow.get("id"), "1 == 2")(CASE)).new.zh == "1 == 2"
        target = only(CASE, reroute("clue_triage", flow.get("id"), "register_clue")(CASE))
        assert (target.aspect.zh, target.new.zh) == ("去向", next(iter(names(CASE, "register_clue"))))

    def test_a_step_that_is_gone_is_told_and_its_shape_is_not_told_again(self) -> None:
        changes = compare(CASE, without("clue_triage", "register_clue")(CASE))
        assert [change.kind for change in changes if change.place == "register_clue"] == ["removed"]

    def test_what_the_dialect_has_no_word_for_is_told_all_the_same(self) -> None:
        def looped(root: etree._Element) -> None:
            etree.SubElement(element(root, "register_clue"), f"{BPMN}standardLoopCharacteristics")

        found = only(CASE, drawn("clue_triage", looped)(CASE))
        assert (found.effect, found.place, found.aspect.zh) == (EXECUTION, "register_clue", "其他定义")

    def test_words_of_an_annotation_change_words(self) -> None:
        def said(root: etree._Element) -> None:
            note = etree.SubElement(root.find(f"{BPMN}process"), f"{BPMN}textAnnotation", id="note_more")
            etree.SubElement(note, f"{BPMN}text").text = "第十条"

        found = only(CASE, drawn("clue_triage", said)(CASE))
        assert (found.effect, found.kind, found.new.zh) == (WORDS, "added", "第十条")


def names(files: Mapping[str, bytes], key: str) -> list[str]:
    return [
        node.get("name")
        for path in files
        if path.endswith(".bpmn")
        for node in etree.fromstring(files[path]).iter()
        if node.get("id") == key
    ]


class TestForms:
    FORM = "forms/give_opinion.form"

    def changed(self, **values: object) -> Change:
        form = json.loads(CASE[self.FORM])
        key = next(one["key"] for one in form["components"] if one["type"] in {"radio", "select", "textarea"})
        return only(CASE, field("give_opinion", key, **values)(CASE))

    @pytest.mark.parametrize(
        ("values", "aspect", "effect"),
        [
            ({"label": "另一个标题"}, "标题", WORDS),
            ({"description": "请写明"}, "填写说明", WORDS),
            ({"conditional": {"hide": '=a = "b"'}}, None, EXECUTION),
            ({"layout": {"row": "x", "columns": 4}}, "在表单中的位置", LAYOUT),
        ],
    )
    def test_a_property_is_told_by_what_it_does(self, values, aspect: str | None, effect: str) -> None:
        found = self.changed(**values)
        assert found.effect == effect
        assert aspect is None or found.aspect.zh == aspect

    def test_a_field_that_need_not_be_answered_any_more_changes_execution(self) -> None:
        form = json.loads(CASE[self.FORM])
        key = next(one["key"] for one in form["components"] if (one.get("validate") or {}).get("required"))
        own = next(one for one in form["components"] if one.get("key") == key)["validate"]
        found = only(CASE, field("give_opinion", key, validate={**own, "required": False})(CASE))
        assert (found.effect, found.aspect.zh, found.old.zh) == (EXECUTION, "必填", "是")

    def test_an_option_changes_execution_and_its_label_changes_words(self) -> None:
        form = json.loads(CASE[self.FORM])
        one = next(one for one in form["components"] if one.get("values"))
        more = [*one["values"], {"value": "later", "label": "以后再说"}]
        assert only(CASE, field("give_opinion", one["key"], values=more)(CASE)).effect == EXECUTION
        other = [{**one["values"][0], "label": "别的文字"}, *one["values"][1:]]
        found = only(CASE, field("give_opinion", one["key"], values=other)(CASE))
        assert (found.effect, found.aspect.zh) == (WORDS, "选项文字")


class TestTablesAndEntries:
    def test_a_row_that_is_gone_and_a_cell_that_says_another_thing_change_execution(self) -> None:
        table = next(path for path in CASE if path.endswith(".dmn"))
        row = next(etree.fromstring(CASE[table]).iterfind(".//{*}outputEntry/{*}text")).text
        name = table.rsplit("/", 1)[-1].removesuffix(".dmn")
        gone = [change for change in compare(CASE, without_row(name, row)(CASE)) if change.part == "table"]
        assert {change.kind for change in gone} == {"removed"}
        assert {change.effect for change in gone} == {EXECUTION}
        said = compare(CASE, text(table, row, '"other"')(CASE))
        assert any(change.kind == "changed" and change.new.zh == "other" for change in said)

    def test_the_basis_of_a_row_changes_words(self) -> None:
        table = next(path for path in CASE if path.endswith(".dmn"))
        root = etree.fromstring(CASE[table])
        note = next(node for node in root.iter("{*}annotationEntry", "{*}description") if node.getparent().tag.endswith("rule"))
        inner = note.find("{*}text")
        (note if inner is None else inner).text = "第九十九条"
        assert only(CASE, {**CASE, table: etree.tostring(root)}).effect == WORDS

    def test_who_may_open_a_case_changes_execution_and_the_name_of_the_process_words(self) -> None:
        assert weightiest(compare(CASE, manifest(starters=["head"])(CASE))) == EXECUTION
        assert only({**CASE, **manifest()(CASE)}, manifest(name="另一个名称")(CASE)).effect == WORDS

    def test_a_rule_that_is_dropped_changes_the_proof(self) -> None:
        rules = yaml.safe_load(CASE["rules.yaml"])
        kept = {**CASE, "rules.yaml": yaml.safe_dump({"rules": rules["rules"]}, allow_unicode=True).encode()}
        fewer = {**CASE, "rules.yaml": yaml.safe_dump({"rules": rules["rules"][1:]}, allow_unicode=True).encode()}
        found = only(kept, fewer)
        assert (found.effect, found.kind) == (PROOF, "removed")
        assert rules["rules"][0]["id"] in found.place


class TestFilesThatCannotBeRead:
    @pytest.mark.parametrize(
        ("path", "content"),
        [
            ("joint_case.bpmn", b"<a"),
            ("joint_case.bpmn", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'),
            ("joint_case.bpmn", b"<a>" * 500),
            ("joint_case.bpmn", b"<a/>"),
            ("forms/give_opinion.form", b"[" * 5000),
            ("forms/give_opinion.form", b'{"components": [], "x": ' + b"[" * 900 + b"]" * 900 + b"}"),
            ("bundle.yaml", b"a: *b"),
            ("bundle.yaml", b"{1: 2, x: [{2: 3, y: 4}], ? [a] : b}"),
            ("rules.yaml", b"\xff"),
            ("rules.yaml", b"[" * 400 + b"]" * 400),
        ],
    )
    def test_are_told_as_different_and_nothing_breaks(self, path: str, content: bytes) -> None:
        for one, other in ((CASE, {**CASE, path: content}), ({**CASE, path: content}, CASE)):
            assert weightiest(compare(one, other)) in {EXECUTION, PROOF}

    def test_a_drawing_far_larger_than_may_be_published_is_told_as_a_whole(self) -> None:
        def crowded(steps: int) -> dict[str, bytes]:
            root = etree.fromstring(CASE["joint_case.bpmn"])
            for number in range(steps):
                etree.SubElement(root.find(f"{BPMN}process"), f"{BPMN}userTask", id=f"more_{number}")
            return {**CASE, "joint_case.bpmn": etree.tostring(root)}

        assert only(CASE, crowded(10_000)).aspect.en == "cannot be read; its content differs"
        assert len(compare(CASE, crowded(100))) == 100

    def test_every_effect_has_its_weight(self) -> None:
        assert EFFECTS == (EXECUTION, PROOF, WORDS, LAYOUT)
