"""查重与关联: other cases on the same subject under every name it goes by, for the person who decides what becomes of the clue (SD-1.4)."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from workflows.contracts import HandlerCall, HandlerResult, NewSubject, ParticipantChange, RelatedCase, SubjectRef, Text

KINDS: Mapping[str, Literal["institution", "person", "other"]] = {
    "institution": "institution",
    "unlicensed": "other",
    "person": "person",
    "company": "other",
}


def check_duplicates(call: HandlerCall) -> HandlerResult:
    """List cases and registered subjects that may be the same; the giver of the clue takes part from now on.

    Searched are the unified social credit code, the name, the other names that the clue gives, and those in the register of the
    subjects so found. Sets `related_cases`, `related_subjects`, `duplicate_notice` (what triage reads) and `reporter_to_answer`.
    """
    names, code = _names(call.facts), str(call.facts.get("subject_code") or "")
    subjects = {subject.id: subject for name in names for subject in call.registers.subjects_like(name, code)}
    further = [other for subject in subjects.values() for other in (subject.name, *subject.names)]
    codes = list(dict.fromkeys([code, *(subject.code for subject in subjects.values() if subject.code)]))
    searched = dict.fromkeys([*((name, code) for name in names), *((name, "") for name in further), *(("", other) for other in codes)])
    found = {case.id: case for name, wanted in searched if name or wanted for case in call.registers.cases_of_subject(name, wanted)}
    source = call.facts.get("source_agency")
    facts = {
        "related_cases": [f"{case.number} {case.title}" for case in found.values()],
        "related_subjects": [_subject(subject) for subject in subjects.values()],
        "duplicate_notice": _notice(list(found.values()), list(subjects.values())),
        "reporter_to_answer": call.facts.get("clue_source") == "complaint" and call.facts.get("reporter_wants_answer") != "no",
    }
    kind = KINDS.get(str(call.facts.get("subject_kind") or ""), "other")
    return HandlerResult(
        facts=facts,
        participants=(ParticipantChange(source, "source", "提供线索"),) if source else (),
        entries=(NewSubject(name=names[0], code=code, kind=kind, names=tuple(names[1:])),) if names else (),
        note=Text(f"查到关联案件 {len(found)} 件", f"{len(found)} related cases found"),
    )


def _names(facts: Mapping[str, Any]) -> list[str]:
    given = [str(facts.get("subject_name") or ""), *re.split(r"[、，,；;]", str(facts.get("subject_aliases") or ""))]
    return list(dict.fromkeys(name.strip() for name in given if name.strip()))


def _subject(subject: SubjectRef) -> str:
    others = f"（又名 {'、'.join(subject.names)}）" if subject.names else ""
    return f"{subject.name}{others}{' ' + subject.code if subject.code else ''}"


def _notice(cases: list[RelatedCase], subjects: list[SubjectRef]) -> str:
    if not cases and not subjects:
        return "未查到同一主体的其他案件和登记。"
    lines = [f"案件：{case.number} {case.title}" for case in cases]
    return "\n".join([*lines, *(f"主体：{_subject(subject)}" for subject in subjects)])
