"""Who may read and keep the registers. Every query of theirs asks here.

Subjects, penalties and advertisements of institutions are shared between the agencies (鲁卫医监字〔2024〕1号 二（三）2); natural persons
are shown to those only who work on cases. Who caused a row is shown as far as the case itself is.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, true

from workflows import access
from workflows.directory import Directory
from workflows.errors import NotAllowed
from workflows.records import Subject
from workflows.views import Officer
from workflows.vocabulary import CASE_ROLES

READERS = tuple(sorted({*CASE_ROLES, "admin"}))
KEEPERS = ("officer", "head", "presiding", "admin")
"""Roles that bring files in and keep the matter list, at HEALTH or above it."""
TRAINERS = ("head", "presiding", "supervisor", "admin")
"""Roles that keep the training hours of their agency and those below."""
PERSON = "person"


def require_reader(officer: Officer) -> None:
    """Raise NotAllowed unless the officer may read the registers."""
    access.require(officer, *READERS)


def sees_people(officer: Officer) -> bool:
    """Whether natural persons are shown to the officer."""
    return access.works_on_cases(officer)


def subject_seen(officer: Officer) -> ColumnElement[bool]:
    """The condition on `Subject` under which the officer may see one."""
    return true() if sees_people(officer) else Subject.kind != PERSON


def keeps(officer: Officer, people: Directory) -> bool:
    """Whether the officer may import penalties and keep the matter list: the role, at a health authority or above one."""
    own = officer.agency
    above = any(people.refs[code].function == "HEALTH" for code in people.below(own.code))
    return bool(officer.roles & set(KEEPERS)) and (own.function == "HEALTH" or above)


def require_keeper(officer: Officer, people: Directory) -> None:
    """Raise NotAllowed unless `keeps`."""
    access.require(officer, *KEEPERS)
    if not keeps(officer, people):
        raise NotAllowed(
            "此操作由卫生健康部门或者其上级单位办理。",
            "This is for the health authority or an agency above it.",
            article="鲁卫医监字〔2024〕1号 二（一）3",
        )


def agencies_trained(officer: Officer, people: Directory) -> frozenset[str]:
    """Agencies whose training hours the officer keeps; none for others."""
    if not officer.roles & set(TRAINERS):
        return frozenset()
    return frozenset({officer.agency.code}) | people.below(officer.agency.code)
