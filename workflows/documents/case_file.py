"""The case file (案卷): everything of a case as one zip, or as one PDF with cover, table of contents and closing sheet."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import access, journal
from workflows.clock_rows import clock_rows
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.documents import binding, chinese, printing
from workflows.documents.reading import Papers, file_name
from workflows.fact_rows import components_of, fact_rows, option_labels, words_of
from workflows.forms import key_of
from workflows.records import Case, Clock, Event, Fact, Participant
from workflows.views import FactRow, Officer
from workflows.vocabulary import CAPACITIES
from workflows.working_days import CHINA

FORMATS = ("zip", "pdf")
CLOCK_STATES = {"running": "计时中", "paused": "暂停", "stopped": "按期办结"}
ON_THE_COVER = ("receiving", "lead", "member", "police", "procuratorate", "issuer", "addressee")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet would compute."""
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class CaseFile:
    """What goes into the file, cut to what the officer may read."""

    cover: binding.Cover
    papers: tuple[binding.Piece, ...]
    """Each document with its Word file, in the order of the procedure."""
    tables: dict[str, Rows]
    """Facts, evidence, clocks and record; the first row of each is its head."""
    record: tuple[str, ...]
    """The lines of the record with their digests, as JSON."""


def export(desk: Desk, officer: Officer, case_id: UUID, kind: str) -> tuple[str, bytes]:
    """The case file as `zip` or `pdf`: its name and bytes; that it was taken is written into the record. Raises NotFound, CannotPrint."""
    with desk.database.reading() as session:
        people = Directory(session)
        case = access.find_case(session, people, officer, case_id)
        gathered = _gather(desk, session, people, officer, case)
    content = _zip(gathered) if kind == "zip" else printing.pdf(binding.html(gathered.cover, gathered.papers, _shown(gathered.tables)))
    with desk.database.transaction() as session:
        case = access.find_case(session, Directory(session), officer, case_id, lock=True)
        payload = {"format": kind, "documents": len(gathered.papers)}
        journal.write(session, case=case, kind="case_file_taken", at=desk.now(), officer=officer, payload=payload)
    return f"案卷 {gathered.cover.number}.{kind}", content


def _gather(desk: Desk, session: Session, people: Directory, officer: Officer, case: Case) -> CaseFile:
    papers = Papers(session, people, case)
    hidden = access.hides(officer, case)
    lines = papers.listed()
    pieces = tuple(
        binding.Piece(
            line.name,
            line.number,
            line.agency.name.zh,
            line.issued_at.astimezone(CHINA).strftime("%Y.%m.%d"),
            _note(line.state),
            papers.filled(row),
            file_name(row),
        )
        for line, row in zip(lines, papers.rows, strict=True)
    )
    events = session.scalars(select(Event).where(Event.stream == str(case.id)).order_by(Event.seq)).all()
    names = people.names([event.officer for event in events])
    facts = fact_rows(session, people, papers.bundle, case, hidden=hidden)
    clocks = clock_rows(session, people, desk, session.scalars(select(Clock).where(Clock.case == case.id).order_by(Clock.started_at)).all())
    tables: dict[str, Rows] = {
        "案情": [
            ("事项", "内容", "环节", "填报人", "时间"),
            *((str(f.label), str(f.value_text), str(f.group), f.by or "", chinese.moment(f.at)) for f in facts),
        ],
        "证据清单": [("名称", "种类", "数量", "保存地点", "取证单位"), *_evidence(session, people, papers, case)],
        "办案期限": [
            ("期限", "依据", "起算", "届满", "结果"),
            *(
                (
                    str(c.name),
                    c.article,
                    chinese.moment(c.started_at),
                    chinese.moment(c.due),
                    "超期" if c.breached_at else CLOCK_STATES.get(c.state, c.state),
                )
                for c in clocks
            ),
        ],
        "案卷记录": [
            ("序号", "时间", "事项", "办理人", "摘要值"),
            *(
                (
                    str(e.seq),
                    chinese.moment(e.at),
                    journal.title(e.kind, e.payload).zh,
                    names.get(e.officer, "系统") if e.officer else "系统",
                    e.digest[:16],
                )
                for e in events
            ),
        ],
    }
    told = tuple(
        json.dumps(
            {
                "seq": e.seq,
                "at": e.at.isoformat(),
                "kind": e.kind,
                "agency": e.agency,
                "payload": e.payload,
                "previous": e.previous,
                "digest": e.digest,
            },
            ensure_ascii=False,
        )
        for e in events
    )
    return CaseFile(_cover(session, people, case, facts, len(pieces)), pieces, tables, told)


def _cover(session: Session, people: Directory, case: Case, facts: Iterable[FactRow], count: int) -> binding.Cover:
    known = {fact.name: str(fact.value_text) for fact in facts if fact.scope == ""}
    parts: dict[str, list[str]] = {}
    for part in session.scalars(select(Participant).where(Participant.case == case.id).order_by(Participant.since)):
        if part.until is None:
            parts.setdefault(part.capacity, []).append(people.refs[part.agency].name.zh)
    return binding.Cover(
        agency=(parts.get("lead") or [people.refs[case.agency].name.zh])[0],
        number=case.number,
        title=case.title,
        subject=known.get("subject_name", ""),
        matter=known.get("matter", ""),
        opened=chinese.day(case.opened_at),
        closed=chinese.day(case.closed_at) if case.closed_at else "未结案",
        result=known.get("penalties_decided") or known.get("classification", ""),
        parts=tuple(
            (CAPACITIES[capacity].zh, "、".join(dict.fromkeys(names))) for capacity, names in parts.items() if capacity in ON_THE_COVER
        ),
        officer=people.names([case.opened_by]).get(case.opened_by, ""),
        papers=count,
    )


def _evidence(session: Session, people: Directory, papers: Papers, case: Case) -> Iterable[Sequence[str]]:
    """Every item of evidence of every branch, in words."""
    component = components_of(papers.bundle).get("evidence")
    if component is None:
        return
    inner = {key_of(one): one for one in component.get("components", []) if one.get("key")}
    zh, en = option_labels(session, people, case, inner, {})
    for fact in session.scalars(select(Fact).where(Fact.case == case.id, Fact.name == "evidence").order_by(Fact.at, Fact.scope)):
        agency = people.refs.get(fact.scope.rsplit("/", 1)[-1])
        for item in fact.value or []:
            said = [
                words_of(inner.get(name), item.get(name), zh, en).zh
                for name in ("evidence_name", "evidence_kind", "evidence_count", "evidence_place")
            ]
            yield (*said, agency.name.zh if agency else "")


def _note(state: str) -> str:
    return {"stale": "已过时", "replaced": "已替代"}.get(state, "")


def _shown(tables: dict[str, Rows]) -> dict[str, Rows]:
    return {name: rows for name, rows in tables.items() if len(rows) > 1}


def _zip(file: CaseFile) -> bytes:
    made = io.BytesIO()
    index = [("序号", "文号", "责任者", "题名", "日期", "备注", "文件")]
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, piece in enumerate(file.papers, start=1):
            name = f"文书/{number:03d} {piece.file_name}.docx"
            archive.writestr(name, piece.word)
            index.append((str(number), piece.number, piece.agency, piece.name, piece.day, piece.note, name))
        archive.writestr("卷内目录.csv", _csv(index))
        for title, rows in file.tables.items():
            archive.writestr(f"{title}.csv", _csv(rows))
        archive.writestr("案卷记录.jsonl", "\n".join(file.record) + "\n")
        archive.writestr("卷宗封面.txt", "\n".join(f"{label}：{value}" for label, value in file.cover.lines()) + "\n")
    return made.getvalue()


def _csv(rows: Rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
