"""Rules that a diagram must keep on every path (`rules.yaml` beside the diagrams), and how far each has come in a supposed case.

A rule is one of five sentences about steps; a step is named by what the law knows it by (service, document, gate, form, news) or by its element:

    after A [when C] requires [B, …]    once A is done, one of B is done before the case ends
    when C requires [B, …]              a case that ends with C has done one of B
    after A [when C] forbids [B, …]     once A is done, no B, until one of `until` is done
    before A [when C] needs [B, …]      A is not done before one of B
    never A [when C]                    A is not done while C holds

C is a condition over facts, as on a flow; a step may have a `where` of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflows.contracts import Text
from workflows.engine.diagram import Element
from workflows.engine.expressions import ExpressionError, names, parse
from workflows.engine.file_shapes import ShapeRefused, read_yaml

RULES_FILE = "rules.yaml"
KINDS = ("element", "service", "document", "gate", "form", "message")
"""What a step may be named by."""
SENTENCES = ({"requires"}, {"after", "requires"}, {"after", "forbids"}, {"before", "needs"}, {"never"})
OPTIONAL = {"id", "name", "name_en", "basis", "when", "until"}


Holds = Callable[[str], bool]
"""Whether a condition holds now."""


class RuleError(ValueError):
    """A rules file that cannot be read; the text says where and why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        """What is wrong."""
        super().__init__(en)
        self.zh = zh
        self.en = en


@dataclass(frozen=True)
class Step:
    """A step that a rule speaks of."""

    kind: str
    name: str
    where: str = ""

    def is_done_by(self, process: str, element: Element, holds: Holds) -> bool:
        """Whether finishing `element` is this step, as the facts stand then; `holds` says whether a condition does."""
        return self.names(process, element) and (not self.where or holds(self.where))

    def names(self, process: str, element: Element) -> bool:
        """Whether `element` is what the step is called by, whatever its `where` says."""
        if self.kind == "element":
            return self.name in {element.id, f"{process}/{element.id}"}
        if self.kind == "document":
            return self.name in element.documents
        if self.kind == "message":
            return self.name == element.message.zh
        return bool(self.name == getattr(element, self.kind))


@dataclass(frozen=True)
class Rule:
    """A sentence that every path must keep. Exactly one of `requires`, `forbids` and `needs` is not empty."""

    id: str
    name: Text
    basis: str
    when: str = ""
    after: Step | None = None
    before: Step | None = None
    never: Step | None = None
    requires: tuple[Step, ...] = ()
    forbids: tuple[Step, ...] = ()
    needs: tuple[Step, ...] = ()
    until: tuple[Step, ...] = ()

    def steps(self) -> Iterator[Step]:
        """Every step that the rule speaks of."""
        yield from (step for step in (self.after, self.before, self.never) if step)
        yield from (*self.requires, *self.forbids, *self.needs, *self.until)

    def expressions(self) -> Iterator[str]:
        """Every condition in it."""
        yield from filter(None, (self.when, *(step.where for step in self.steps())))

    def goes_on(self, marked: bool, process: str, element: Element, holds: Holds) -> tuple[bool, bool]:
        """How it stands once `element` is done: (marked, broken). A mark means: owed, forbidden, or met already."""

        def done(steps: Sequence[Step]) -> bool:
            return any(step.is_done_by(process, element, holds) for step in steps)

        if self.never:
            return False, done((self.never,)) and self._applies(holds)
        if self.before:
            broken = not marked and done((self.before,)) and self._applies(holds)
            return marked or done(self.needs), broken
        if self.forbids:
            broken = marked and done(self.forbids)
            lifted = done(self.until)
            return not lifted and (marked or (self._begins(process, element, holds))), broken
        if self.after:
            owed = marked or self._begins(process, element, holds)
            return owed and not done((*self.requires, *self.until)), False
        return marked or done(self.requires), False

    def broken_at_end(self, marked: bool, holds: Holds) -> bool:
        """Whether a case that ends now breaks it."""
        if not self.requires:
            return False
        return marked if self.after else not marked and self._applies(holds)

    def _begins(self, process: str, element: Element, holds: Holds) -> bool:
        return self.after is not None and self.after.is_done_by(process, element, holds) and self._applies(holds)

    def _applies(self, holds: Holds) -> bool:
        return not self.when or holds(self.when)


def read_rules(files: Mapping[str, bytes]) -> tuple[Rule, ...]:
    """The rules of a bundle, those of the folders that it includes too. Raises RuleError."""
    found: dict[str, Rule] = {}
    for path, content in sorted(files.items()):
        if path.rsplit("/", 1)[-1] == RULES_FILE:
            for rule in _read(path, content):
                if rule.id in found:
                    raise RuleError(f"{path}：规则 {rule.id} 重复。", f"{path}: there are two rules {rule.id!r}.")
                found[rule.id] = rule
    return tuple(found.values())


def looked_at(rules: Sequence[Rule], process: str, element: Element) -> frozenset[str]:
    """The facts that the rules look at when `element` is done."""
    conditions = (
        condition
        for rule in rules
        if any(step.names(process, element) for step in rule.steps())
        for condition in (rule.when, *(step.where for step in rule.steps()))
    )
    return frozenset(name for condition in filter(None, conditions) for name in names(condition))


def looked_at_in_the_end(rules: Sequence[Rule]) -> frozenset[str]:
    """The facts that the rules look at when a case ends."""
    return frozenset(name for rule in rules if rule.requires and not rule.after for name in names(rule.when))


def _read(path: str, content: bytes) -> Iterator[Rule]:
    try:
        told = read_yaml(content)
    except ShapeRefused as error:
        raise RuleError(f"{path}：不是有效的 YAML。", f"{path}: not valid YAML: {error}") from error
    listed = told.get("rules") if isinstance(told, dict) else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise RuleError(f"{path}：须为 rules: 下的列表。", f"{path}: a list under rules: is expected.")
    for one in listed:
        yield _rule(path, one)


def _rule(path: str, told: Mapping[str, Any]) -> Rule:
    key = str(told.get("id") or "")
    sentence = set(told) - OPTIONAL
    if not key or not told.get("name") or sentence not in SENTENCES:
        raise RuleError(
            f"{path}：规则 {key or '（无编号）'} 须有 id、name，并为下列之一：requires；after+requires；after+forbids；before+needs；never。",
            f"{path}: the rule {key!r} needs id, name and one of: requires; after+requires; after+forbids; before+needs; never.",
        )
    if "requires" in told and "after" not in told and not told.get("when"):
        raise RuleError(f"{path}：规则 {key} 须有 when 或 after。", f"{path}: the rule {key!r} needs when or after.")
    where = f"{path}: {key}"
    return Rule(
        id=key,
        name=Text(str(told["name"]), str(told.get("name_en") or "")),
        basis=str(told.get("basis") or ""),
        when=_condition(where, told.get("when")),
        after=_step(where, told["after"]) if "after" in told else None,
        before=_step(where, told["before"]) if "before" in told else None,
        never=_step(where, told["never"]) if "never" in told else None,
        **{name: tuple(_step(where, one) for one in _listed(where, told.get(name))) for name in ("requires", "forbids", "needs", "until")},
    )


def _listed(where: str, told: Any) -> list[Any]:
    if told is None:
        return []
    if not isinstance(told, list) or not told:
        raise RuleError(f"{where}：须为步骤列表。", f"{where}: a list of steps is expected.")
    return told


def _step(where: str, told: Any) -> Step:
    named = set(told) - {"where"} if isinstance(told, dict) else set()
    if len(named) != 1 or not named <= set(KINDS):
        raise RuleError(f"{where}：步骤须为 {'、'.join(KINDS)} 之一。", f"{where}: a step is named by one of {', '.join(KINDS)}.")
    kind = named.pop()
    return Step(kind, str(told[kind]), _condition(where, told.get("where")))


def _condition(where: str, told: Any) -> str:
    text = str(told or "").strip()
    try:
        if text:
            parse(text)
    except ExpressionError as error:
        raise RuleError(f"{where}：条件无法读取：{error}。", f"{where}: the condition cannot be read: {error}.") from error
    return text
