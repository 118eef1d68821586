"""What an officer does with an issued document: open it as a page, take it as a file, issue it again when a fact on it changed."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from workflows import access, gates, journal
from workflows.desk import Desk
from workflows.directory import may_act_as
from workflows.documents import issuing, printing, registry
from workflows.documents.layout import Layout, layout_of
from workflows.documents.reading import Papers, file_name, papers_of
from workflows.errors import NotAllowed, OneCaseError
from workflows.records import Document, DocumentTemplate
from workflows.step import facts_of
from workflows.views import DocumentRow, Officer

FORMATS = ("docx", "pdf")


class NotStale(OneCaseError):
    """Only a document that a changed fact made stale is issued again."""

    status = 409
    code = "document_current"

    def __init__(self) -> None:
        super().__init__(
            "本文书与案件现有内容一致，或已由其他文书替代，无需重新制发。",
            "The document says what the case says, or another took its place; it need not be issued again.",
        )


def layout(desk: Desk, officer: Officer, document_id: UUID) -> Layout:
    """The filled document as blocks for a page. Raises NotFound, TemplateRefused."""
    with desk.database.reading() as session:
        papers, row = papers_of(session, officer, document_id)
        return layout_of(papers.filled(row))


def file(desk: Desk, officer: Officer, document_id: UUID, kind: str) -> tuple[str, bytes]:
    """The filled document as a file, `docx` or `pdf`: its name and bytes. Raises NotFound, TemplateRefused, CannotPrint."""
    with desk.database.reading() as session:
        papers, row = papers_of(session, officer, document_id)
        content, name = papers.filled(row), file_name(row)
    if kind == "pdf":
        content = printing.pdf(printing.page(layout_of(content), name))
    return f"{name}.{kind}", content


def reissue(desk: Desk, officer: Officer, document_id: UUID) -> DocumentRow:
    """Issue a stale document again with the facts of now, from the template of now.

    A numbered one gets the next number of its series and names the one that it replaces; one without a number its next version.
    For the agency that issued it and whoever may do the step that did. Raises NotFound, NotAllowed, NotStale.
    """
    with desk.database.transaction() as session:
        papers, row = papers_of(session, officer, document_id, lock=True)
        task = papers.tasks[row.task]
        if row.agency != officer.agency.code or not may_act_as(officer.roles, task.role):
            raise NotAllowed(
                "本文书须由制发单位承办该环节的人员重新制发。",
                "Only the agency that issued it, and who does that step there, may issue it again.",
            )
        if papers.standing[row.id].state != "stale":
            raise NotStale
        gates.not_recused(officer, facts_of(session, papers.case.id).recused())
        made = _again(desk, session, papers, row, officer)
        session.add(made)
        payload = {
            "name": row.name,
            "number": made.number,
            "version": made.version,
            "replaces": row.number,
            "changed": _changed(papers, row),
        }
        journal.write(session, case=papers.case, kind="document_reissued", at=desk.now(), officer=officer, payload=payload)
        session.flush()
        return Papers(session, papers.people, papers.case).line(made)


def _again(desk: Desk, session: Session, papers: Papers, row: Document, officer: Officer) -> Document:
    paper, people = registry.paper(row.name), papers.people
    facts = facts_of(session, papers.case.id).view(row.scope)
    digest = people.template_used(row.agency, paper.id)
    reads = people.template_reads(digest) if digest else None
    if digest is None or reads is None:
        ours = issuing.template_of(paper, papers.bundle)
        digest, reads = ours.digest, ours.reads
        if session.get(DocumentTemplate, digest) is None:
            session.add(DocumentTemplate(digest=digest, content=ours.content, reads=sorted(reads)))
            session.flush()
    answers = {name: facts.get(name, value) for name, value in row.content["answers"].items() if name not in access.CONFIDENTIAL}
    kept = {name: facts.get(name) for name in row.content["facts"] if name in facts}
    return Document(
        id=uuid4(),
        case=row.case,
        task=row.task,
        name=row.name,
        number=issuing.number(session.connection(), paper, people.sign(row.agency), desk.now()),
        agency=row.agency,
        officer=officer.id,
        scope=row.scope,
        content={"answers": answers, "facts": {**kept, **issuing.held(papers.bundle, reads, facts)}, "rest": issuing.REST in reads},
        issued_at=desk.now(),
        template=digest,
        version=row.version + 1,
        replaces=row.id,
    )


def _changed(papers: Papers, row: Document) -> list[str]:
    return [str(change.label) for change in papers.standing[row.id].changes]
