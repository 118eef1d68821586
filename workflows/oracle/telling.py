"""What the oracle found, in the designer's words on the element, with the shortest path to it step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workflows import forms
from workflows.contracts import Finding, Text
from workflows.engine.bundle import Bundle
from workflows.engine.diagram import Element
from workflows.oracle.domains import OTHER
from workflows.oracle.faults import Fault
from workflows.oracle.proving import Proof
from workflows.oracle.rules import Rule
from workflows.oracle.stepping import Move
from workflows.vocabulary import CAPACITIES

WHAT = {
    "answer": Text("办结「{}」", "“{}” is completed"),
    "report": Text("报告「{}」", "“{}” is reported"),
    "expire": Text("「{}」期满", "“{}” runs out"),
    "call": Text("「{}」结束", "“{}” is over"),
    "begin": Text("「{}」开始", "“{}” begins"),
}
NOTHING, ANOTHER = Text("无", "nothing"), Text("其他", "something else")
YES_NO = {True: Text("是", "yes"), False: Text("否", "no")}
SAID = {
    "nobody": Text("走到这一步时，本案还没有{0}，无人可办「{1}」。", "When the case comes here it has no {0}, so nobody can do “{1}”."),
    "twice": Text(
        "「{1}」会同时出现多份：前面的并行分支没有汇合。", "“{1}” is under way more than once: branches before it are not joined."
    ),
    "lost_update": Text(
        "「{1}」与同时进行的「{0}」都写 {2}，后办结的会覆盖先办结的。",
        "“{1}” and “{0}”, under way at the same time, both write {2}: the later overwrites the earlier.",
    ),
    "waits_for_ever": Text(
        "案件会在「{1}」一直等待：没有人、消息或期限能使它继续。", "The case waits at “{1}” for ever: no person, news or clock moves it on."
    ),
    "never_ends": Text("从「{1}」起案件只能循环，到不了任何结束事件。", "From “{1}” on the case goes round and reaches no end."),
    "stops": Text("走过「{1}」时流程无法继续：{0}。", "The engine cannot go on after “{1}”: {0}."),
    "open_clock": Text("案件结束时期限 {0} 仍在运行，没有步骤停止它。", "The case ends while the clock {0} still runs; no step stops it."),
    "rule": Text("违反规则「{0}」。", "Breaks the rule “{0}”."),
    "never_reached": Text("任何办理路径都走不到「{1}」。", "No path comes to “{1}”."),
    "bounded": Text(
        "状态过多，只检查了前 {0} 个；未检查的部分可能仍有问题。", "Only the first {0} states were looked at; more may be wrong."
    ),
}


def findings_of(proof: Proof, bundle: Bundle, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """The findings of a proof; a bound that was hit is one of them."""
    words = _Words(bundle, {rule.id: rule for rule in rules})
    found = [words.fault(fault, path) for fault, path in proof.faults]
    found += [words.never(process, name) for process, name in words.to_say(proof.never)]
    if proof.bounded:
        found.append(words.finding("warning", "bounded", bundle.process, "", (str(proof.states),)))
    return tuple(found)


class _Words:
    def __init__(self, bundle: Bundle, rules: Mapping[str, Rule]) -> None:
        self._bundle = bundle
        self._rules = rules
        self._fields = {forms.key_of(field): field for form in bundle.forms.values() for field in forms.inputs(form)}

    def fault(self, fault: Fault, path: tuple[Move, ...]) -> Finding:
        """A fault at the end of its path."""
        steps = tuple(self._flat(path))
        places = tuple(f"{move.process}/{move.element}" if move.element else move.process for move in steps)
        return self.finding(
            "error", fault.rule, fault.process, fault.element, fault.detail, path=places, steps=tuple(self._step(move) for move in steps)
        )

    def never(self, process: str, name: str) -> Finding:
        """An element or a flow that no path comes to."""
        return self.finding("error", "never_reached", process, name, ())

    def to_say(self, never: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Elements first; a flow only where both its ends are reached, or every flow of a dead part would be named as well."""
        missing = set(never)
        found = []
        for process, name in never:
            flow = next((flow for flow in self._bundle.diagrams[process].flows if flow.id == name), None)
            if flow is None or not {(process, flow.source), (process, flow.target)} & missing:
                found.append((process, name))
        return found

    def finding(self, severity: str, rule: str, process: str, element: str, detail: tuple[str, ...], **more: Any) -> Finding:
        """The finding in both languages."""
        zh, en = (self._say(rule, process, element, detail, language) for language in ("zh", "en"))
        return Finding(severity, f"path_{rule}", element, zh, en, self._bundle.sources.get(process, ""), **more)

    def _say(self, rule: str, process: str, element: str, detail: tuple[str, ...], language: str) -> str:
        first = detail[0] if detail else ""
        if rule == "nobody":
            first = CAPACITIES[first].local(language)
        elif rule == "lost_update":
            first = self._name(process, first).local(language)
        elif rule == "rule":
            named = self._rules[first]
            first = f"{named.name.local(language)}（{named.basis}）" if named.basis else named.name.local(language)
        facts = ("、" if language == "zh" else ", ").join(self._label(fact).local(language) for fact in detail[1:])
        return SAID[rule].local(language).format(first, self._name(process, element).local(language), facts)

    def _flat(self, path: Iterable[Move]) -> Iterator[Move]:
        for move in path:
            if move.inside is not None:
                yield from self._flat(move.inside.path())
            yield move

    def _step(self, move: Move) -> Text:
        found = {}
        for language in ("zh", "en"):
            said = WHAT[move.what].local(language).format(self._name(move.process, move.element).local(language))
            decided = {fact: values for fact, values in move.decided if not fact.startswith("? ")}
            supposed = "；".join(
                f"{self._label(fact).local(language)}：{self._values(fact, values, language)}" for fact, values in decided.items()
            )
            found[language] = f"{said}（{supposed}）" if supposed else said
        return Text(found["zh"], found["en"])

    def _name(self, process: str, element: str) -> Text:
        diagram = self._bundle.diagrams[process]
        found: Element | None = diagram.elements.get(element)
        if found is not None:
            return Text(found.name.zh or found.id, found.name.en)
        flow = next((flow for flow in diagram.flows if flow.id == element), None)
        if flow is not None:
            ends = [self._name(process, end) for end in (flow.source, flow.target)]
            return Text(*(" → ".join(end.local(language) for end in ends) for language in ("zh", "en")))
        return diagram.name

    def _label(self, fact: str) -> Text:
        field = self._fields.get(fact)
        if field is None:
            return Text(fact)
        return Text(str(field.get("label") or fact), str((field.get("properties") or {}).get("en") or ""))

    def _values(self, fact: str, values: tuple[Any, ...], language: str) -> str:
        field = self._fields.get(fact)
        options = forms.localised_options(self._bundle.options, language)
        shown = [self._value(field, value, options, language) for value in values]
        return ("或" if language == "zh" else " or ").join(shown)

    def _value(self, field: Mapping[str, Any] | None, value: Any, options: forms.Options, language: str) -> str:
        if value is None or value == []:
            return NOTHING.local(language)
        if value in (OTHER, [OTHER]):
            return ANOTHER.local(language)
        if isinstance(value, bool):
            return YES_NO[value].local(language)
        return forms.shown(field, value, options, language) if field else str(value)
