"""What the handlers of one case may look up. Nothing is read before it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, select

from workflows import in_hand
from workflows.access import CONFIDENTIAL
from workflows.contracts import AgencyRef, RelatedCase, Text
from workflows.directory import Directory
from workflows.forms import confidential
from workflows.jurisdiction import Jurisdiction
from workflows.records import Case
from workflows.register_rows import AdRefusal, AdViolation, ChildCase, MatterRow, OfficerQualification, PenaltyRow, SubjectRef
from workflows.registers import advertisements, matters, penalties, qualifications, subjects
from workflows.step import Step, bundle_of
from workflows.working_days import CHINA


@dataclass(frozen=True)
class CaseRegisters:
    """The read-only look-ups of `workflows.contracts.Registers`; a case is not related to itself."""

    connection: Connection
    people: Directory
    case: UUID
    parent: UUID | None
    now: datetime
    place: Jurisdiction

    @classmethod
    def of(cls, step: Step) -> CaseRegisters:
        """Those of the case that `step` moves."""
        return cls(step.connection, step.people, step.case.id, step.case.parent, step.now, step.desk.place)

    def called(self, term: str, otherwise: Text) -> Text:
        """What the place calls it."""
        return self.place.called(term, otherwise)

    def agencies(self) -> tuple[AgencyRef, ...]:
        """Every agency."""
        return self.people.agencies()

    def cases_of_subject(self, name: str, code: str) -> tuple[RelatedCase, ...]:
        """Other cases of the subject."""
        return self.people.cases_of_subject(name, code, besides=self.case)

    def cases_led_by(self, agency: str) -> int:
        """How many cases under way the agency leads."""
        return self.people.cases_led_by(agency)

    def subjects_like(self, name: str, code: str) -> tuple[SubjectRef, ...]:
        """Registered subjects, surest first."""
        return subjects.refs(self.connection, subjects.matching(self.connection, name, code))

    def penalties_of(self, name: str, code: str) -> tuple[PenaltyRow, ...]:
        """Penalties of the subject and of the people behind it."""
        return penalties.of_subject(self.connection, name, code)

    def penalties_in_case(self) -> tuple[PenaltyRow, ...]:
        """Penalties of this family of cases."""
        return penalties.of_cases(self.connection, self.case, self.parent)

    def ad_violations_of(self, name: str, code: str) -> tuple[AdViolation, ...]:
        """Punished advertisements of the subject."""
        return advertisements.violations_of(self.connection, name, code)

    def ad_refusal_on(self, name: str, code: str, day: date) -> AdRefusal | None:
        """The refusal in force on `day`."""
        return advertisements.refusal_on(self.connection, name, code, day)

    def matter(self, code: str) -> MatterRow | None:
        """The matter in the list in force."""
        return matters.matter(self.connection, code)

    def qualification(self, username: str) -> OfficerQualification | None:
        """An officer's certificate and hours of this year."""
        return qualifications.qualification(self.connection, username, self.now.astimezone(CHINA).date(), self.place)

    def children(self) -> tuple[ChildCase, ...]:
        """The cases that this one opened, oldest first."""
        kept = (Case.id, Case.number, Case.process, Case.title, Case.status, Case.relation, Case.digest)
        rows = self.connection.execute(select(*kept).where(Case.parent == self.case).order_by(Case.opened_at, Case.id)).all()
        return tuple(
            ChildCase(row.number, row.process, row.title, row.status, row.relation, self._facts(row.id, row.digest)) for row in rows
        )

    def _facts(self, case: UUID, digest: str) -> dict[str, object]:
        forms = bundle_of(self.connection, digest).forms.values()
        hidden = CONFIDENTIAL.union(*map(confidential, forms))
        return {name: value for name, value in in_hand.facts_of(self.connection, case).view().items() if name not in hidden}
