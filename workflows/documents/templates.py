"""Templates as the people who write them see them: which there are, the file to edit, a new edition with its check, the history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows import access, journal
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.documents import registry, sample
from workflows.documents.layout import layout_of
from workflows.documents.sandbox import BLANK, TemplateRefused
from workflows.documents.template import SETS, Template
from workflows.errors import NotAllowed, NotFound, WrongAnswers
from workflows.fact_rows import SERVICE_FACTS, components_of
from workflows.records import DocumentTemplate, TemplateEdition, Version
from workflows.step import bundle_of
from workflows.views import Officer
from workflows.views.documents import EditionRow, TemplateRow

EDITORS = ("designer", "admin")
LONGEST_NOTE = 500


def listed(desk: Desk, officer: Officer, *, agency: str = "") -> tuple[TemplateRow, ...]:
    """Every document with the template that the agency (the officer's own, or one below it) uses. Raises NotAllowed."""
    with desk.database.reading() as session:
        people = Directory(session)
        code = _agency(officer, people, agency)
        newest = {row.paper: row for row in _editions(session, people, code)}
        return tuple(_row(paper, newest.get(paper.id)) for paper in registry.papers())


def file(desk: Desk, officer: Officer, name: str, *, agency: str = "") -> tuple[str, bytes]:
    """The template that the agency uses for a document: a file name and the .docx. Raises NotFound, NotAllowed."""
    paper = _paper(name)
    with desk.database.reading() as session:
        people = Directory(session)
        digest = people.template_used(_agency(officer, people, agency), paper.id)
        stored = session.get(DocumentTemplate, digest) if digest else None
        return f"{paper.id}.docx", stored.content if stored is not None else registry.shipped_template(paper.id).content


def history(desk: Desk, officer: Officer, name: str, *, agency: str = "") -> tuple[EditionRow, ...]:
    """The editions of the agency's own template, newest first."""
    paper = _paper(name)
    with desk.database.reading() as session:
        people = Directory(session)
        rows = _editions(session, people, _agency(officer, people, agency), paper.id)
        return tuple(reversed(rows))


def replace(desk: Desk, officer: Officer, name: str, content: bytes | None, *, note: str, agency: str = "") -> EditionRow:
    """Use another template from now on; None goes back to the one that ships. What was issued keeps the one that it was issued with.

    The template must fill with invented values: nothing but known names, no tag left over. Raises TemplateRefused with the tag,
    WrongAnswers without a note, NotFound, NotAllowed.
    """
    paper, words = _paper(name), note.strip().replace("\x00", "")[:LONGEST_NOTE]
    if not words:
        raise WrongAnswers({"note": ("请填写修改说明。", "Say what was changed.")})
    with desk.database.transaction() as session:
        people = Directory(session)
        code = _agency(officer, people, agency)
        digest = _stored(session, paper, content) if content is not None else None
        last = session.scalar(
            select(func.max(TemplateEdition.number)).where(TemplateEdition.agency == code, TemplateEdition.paper == paper.id)
        )
        row = TemplateEdition(
            id=uuid4(), paper=paper.id, agency=code, number=(last or 0) + 1, digest=digest, officer=officer.id, at=desk.now(), note=words
        )
        session.add(row)
        payload = {"paper": paper.name.zh, "agency": code, "number": row.number, "digest": digest or "", "note": words}
        journal.write(session, case=None, kind="template_replaced", at=desk.now(), officer=officer, payload=payload)
        return EditionRow(row.paper, row.number, row.digest, officer.name, row.at, row.note)


def check(session: Session, paper: registry.Paper, content: bytes) -> Template:
    """The template, if it fills. Raises TemplateRefused with the tag."""
    made = Template(paper.name.zh, content)
    components = _components(session)
    labels = {str(component.get("label")) for component in components.values()}
    ours = registry.shipped_template(paper.id)
    known = {*SETS, *components, *SERVICE_FACTS, *ours.names, *ours.reads}
    unknown = sorted(made.names - known) + sorted(
        name for name in made.reads if name not in known and not (name.startswith("案情:") and name.removeprefix("案情:") in labels)
    )
    if unknown:
        name = unknown[0].replace("案情:", "案情.")
        raise TemplateRefused(
            paper.name.zh, f"没有名为“{name}”的案件事实：{{{{ {name} }}}}", f"no fact is called “{name}”: {{{{ {name} }}}}"
        )
    names = {name for name in made.reads if not name.startswith("案情:")} - set(SETS)
    filled = layout_of(made.fill(sample.values(components, names - components.keys(), document=paper.name.zh, number="示例〔2026〕1号")))
    left = next((line for line in filled.text.splitlines() if "{{" in line or "{%" in line or BLANK in line), None)
    if left is not None:
        raise TemplateRefused(paper.name.zh, f"填充后仍有标签或空白：{left[:80]}", f"a tag or a blank is left after filling: {left[:80]}")
    return made


def _stored(session: Session, paper: registry.Paper, content: bytes) -> str:
    made = check(session, paper, content)
    if session.get(DocumentTemplate, made.digest) is None:
        session.add(DocumentTemplate(digest=made.digest, content=content, reads=sorted(made.reads)))
        session.flush()
    return made.digest


def _components(session: Session) -> dict[str, Mapping[str, Any]]:
    """The fields of every published process, of the newest versions over the older ones."""
    found: dict[str, Mapping[str, Any]] = {}
    for digest in dict.fromkeys(session.scalars(select(Version.digest).order_by(Version.published_at))):
        found |= components_of(bundle_of(session, digest))
    return found


def _editions(session: Session, people: Directory, agency: str, paper: str | None = None) -> list[EditionRow]:
    query = select(TemplateEdition).where(TemplateEdition.agency == agency).order_by(TemplateEdition.number)
    rows = session.scalars(query if paper is None else query.where(TemplateEdition.paper == paper)).all()
    names = people.names([row.officer for row in rows])
    return [EditionRow(row.paper, row.number, row.digest, names[row.officer], row.at, row.note) for row in rows]


def _row(paper: registry.Paper, edition: EditionRow | None) -> TemplateRow:
    return TemplateRow(
        id=paper.id,
        name=paper.name,
        kind=registry.KINDS[paper.kind],
        article=paper.article,
        to_be_confirmed=paper.to_be_confirmed,
        to=paper.to,
        series=paper.series,
        seal=paper.seal,
        signs=paper.signs,
        also=paper.also,
        edition=edition if edition is not None and edition.digest else None,
    )


def _paper(name: str) -> registry.Paper:
    if not registry.is_known(name):
        raise NotFound
    return registry.paper(name)


def _agency(officer: Officer, people: Directory, wanted: str) -> str:
    access.require(officer, *EDITORS)
    own = officer.agency.code
    if wanted not in {"", own} and wanted not in people.below(own):
        raise NotAllowed("只能维护本单位及下级单位的模板。", "Templates are kept for your own agency and those below it.")
    return wanted or own
