"""What a jurisdiction is once it is read: agencies, terms, leads, settings, and what it makes of a decision and of a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.clock_rules import Rule
from workflows.contracts import Text

LEAD_TABLE, SUMS_TABLE, CREDIT_TABLE = "lead_agency", "penalty_sums", "credit_exception"
"""The decision tables whose answer a place's own rows and settings change."""
MONTHS_A_YEAR = 12
BY_MATTER = "BY_MATTER"
"""A duty's lead that is whoever leads the matter: the department mainly responsible for the main clue (SD-1.5, SH-3)."""


@dataclass(frozen=True)
class Term:
    """What a place calls something; `text` is None where its documents have no word for it."""

    text: Text | None
    source: str


@dataclass(frozen=True)
class Setting:
    """A value that the law leaves to the place."""

    value: Any
    source: str
    to_be_confirmed: bool = False
    note: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True)
class Lead:
    """Who leads a matter: `lead` is a function. `each`: those who lead their own part (分别负责); `members` assist."""

    matter: str
    lead: str
    clause: str
    source: str
    each: tuple[str, ...] = ()
    members: tuple[str, ...] | None = None
    to_be_confirmed: bool = False


@dataclass(frozen=True)
class ListedAgency:
    """An agency of the place."""

    code: str
    function: str
    level: str
    name: Text
    parent: str | None
    region: str
    sign: str
    part: str
    """`issuer`, `member`, `addressee` or `referred`: how the place's document names it."""


@dataclass(frozen=True)
class Jurisdiction:
    """A jurisdiction with everything that it takes over from the one that it is based on."""

    key: str
    name: Text
    level: str
    source: Text
    based_on: tuple[str, ...]
    agencies: tuple[ListedAgency, ...]
    terms: Mapping[str, Term]
    leads: Mapping[str, Lead]
    duties: Mapping[str, Lead]
    carries: Mapping[str, str]
    """A function that another one carries here: the district's market regulation does what drug administration does elsewhere."""
    processes: Mapping[str, bool]
    settings: Mapping[str, Setting]
    holiday_counting: Setting
    clocks: Mapping[str, Mapping[str, Any]]
    """Columns of clock rules that the place changes."""
    clauses: Mapping[str, Text]
    """What people are shown where a row's or a setting's `source` is only an id, or has an English name."""
    written: Mapping[str, Any]
    """The file as it is written."""

    def runs(self, process: str) -> bool:
        """Whether the process belongs to this place; what no row names does."""
        return self.processes.get(process, True)

    def has_clock(self, rule: Rule) -> bool:
        """Whether the rule applies here."""
        return not rule.jurisdictions or bool({self.key, *self.based_on} & set(rule.jurisdictions))

    def decided(self, table: str, facts: Mapping[str, Any], decided: Mapping[str, Any]) -> dict[str, Any]:
        """What `table` decided, as this place has it: who leads, which sums are large, for how long a bad record is disclosed."""
        if table == LEAD_TABLE:
            return self._led(facts, decided)
        if table == SUMS_TABLE:
            return {**decided, **self._sums(facts)}
        if table == CREDIT_TABLE and decided.get("credit_months") and self.value("credit_years"):
            return {**decided, "credit_months": int(self.value("credit_years")) * MONTHS_A_YEAR}
        return dict(decided)

    def _sums(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Larger sums of 行政处罚法 art. 63, which names none, where the place has its own."""
        whose = "person" if facts.get("subject_kind") == "person" else "entity"
        hearing, discussion = self.value(f"hearing_sum_{whose}"), self.value("discussion_sum")
        found = {"hearing_fine_from": hearing, "hearing_confiscation_from": hearing, "discussion_fine_from": discussion}
        return {name: value for name, value in found.items() if value is not None}

    def _led(self, facts: Mapping[str, Any], decided: Mapping[str, Any]) -> dict[str, Any]:
        """Its own row on who leads, and functions that another agency carries here."""
        row = self.leads.get(str(facts.get("matter")))
        lead = row.lead if row else str(decided["lead_proposed"])
        named = self._members(row) or list(decided["members_proposed"])
        lead, *members = dict.fromkeys(self.carries.get(function, function) for function in (lead, *named))
        clause = row.clause if row else decided["lead_clause"]
        return {**decided, "lead_proposed": lead, "lead_clause": clause, "members_proposed": members}

    def _members(self, row: Lead | None) -> list[str]:
        if row is None or row.members is None:
            return []
        return [function for function in dict.fromkeys((*row.each, *row.members)) if function != row.lead]

    def leads_duty(self, duty: str, by_matter: str) -> Lead | None:
        """Who leads a duty that is not about one matter; `by_matter` stands where the matter decides. None when the place says nothing."""
        row = self.duties.get(duty)
        if row is None or row.lead != BY_MATTER:
            return row
        return Lead(row.matter, by_matter, row.clause, row.source, row.each, row.members, row.to_be_confirmed)

    def cited(self, source: str) -> Text:
        """The clauses that `source` names (ids, 、 between them) in words; what `clauses` does not know is a citation as it stands."""
        found = [self.clauses.get(one, Text(one)) for one in source.split("、")] if source not in self.clauses else [self.clauses[source]]
        return Text("、".join(one.zh for one in found), "; ".join(one.en or one.zh for one in found))

    def value(self, setting: str) -> Any:
        """The value of a setting; None where the place has none."""
        found = self.settings.get(setting)
        return found.value if found else None

    def called(self, term: str, otherwise: Text) -> Text:
        """What the place calls it; `otherwise` where it has no word of its own."""
        found = self.terms.get(term)
        return found.text if found and found.text else otherwise
