"""Documents of a case as rows and as files: what the verbs of the case page, the downloads and the case file share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import access
from workflows.contracts import Text
from workflows.directory import Directory
from workflows.documents import registry
from workflows.documents.issuing import template_of
from workflows.documents.standing import Standing, standings
from workflows.documents.template import Template, template
from workflows.documents.values import values_of
from workflows.engine.bundle import Bundle
from workflows.errors import NotFound
from workflows.fact_rows import components_of, label_of, pairs
from workflows.records import Case, Document, DocumentTemplate, Task
from workflows.step import bundle_of
from workflows.views import DocumentRow, Officer


@dataclass
class Papers:
    """The documents of one case in one transaction, in the order in which they were issued."""

    session: Session
    people: Directory
    case: Case

    @cached_property
    def bundle(self) -> Bundle:
        """The bundle that the case runs on."""
        return bundle_of(self.session, self.case.digest)

    @cached_property
    def tasks(self) -> Mapping[UUID, Task]:
        """The steps that issued documents."""
        issued = select(Document.task).where(Document.case == self.case.id)
        return {task.id: task for task in self.session.scalars(select(Task).where(Task.id.in_(issued)))}

    @cached_property
    def rows(self) -> Sequence[Document]:
        """Every document, oldest first; those of one step in the order in which its diagram names them."""
        found = self.session.scalars(select(Document).where(Document.case == self.case.id)).all()
        return sorted(found, key=lambda row: (row.issued_at, row.version, row.task, self._place(row), row.id))

    def _place(self, row: Document) -> int:
        task = self.tasks[row.task]
        named = self.bundle.element(task.process, task.element).documents
        return named.index(row.name) if row.name in named else len(named)

    @cached_property
    def standing(self) -> dict[UUID, Standing]:
        """Whether each still says what the case says."""
        return standings(self.session, self.people, self.bundle, self.case, self.rows)

    def listed(self) -> tuple[DocumentRow, ...]:
        """Every document as a line of a list."""
        return tuple(self.line(row) for row in self.rows)

    def opened(self, row: Document) -> DocumentRow:
        """One document with what was stated in its step."""
        told = {**row.content["facts"], **row.content["answers"]}
        return self.line(row, pairs(self.session, self.people, self.bundle, self.case, told))

    def line(self, row: Document, content: tuple[tuple[object, object], ...] = ()) -> DocumentRow:
        """The row that a page or an answer shows."""
        paper, standing = registry.paper(row.name), self.standing[row.id]
        return DocumentRow(
            id=row.id,
            name=row.name,
            number=row.number,
            agency=self.people.refs[row.agency],
            by=self.people.names([row.officer])[row.officer],
            issued_at=row.issued_at,
            task_id=row.task,
            scope=row.scope,
            content=content,  # type: ignore[arg-type]
            kind=registry.KINDS[paper.kind],
            article=paper.article,
            version=row.version,
            state=standing.state,
            changes=standing.changes,
            blanks=self._blanks(row, paper),
            replaces=row.replaces,
            replaced_by=standing.replaced_by,
            role=self.tasks[row.task].role,
        )

    def _blanks(self, row: Document, paper: registry.Paper) -> tuple[Text, ...]:
        known, components = {**row.content["answers"], **row.content["facts"]}, components_of(self.bundle)
        return tuple(label_of(components.get(name), name) for name in paper.needs if known.get(name) in (None, "", []))

    def template(self, row: Document) -> Template:
        """The template that the document was issued with; for those from before there were templates, the one of today."""
        stored = self.session.get(DocumentTemplate, row.template) if row.template else None
        if stored is not None:
            return template(row.name, stored.content)
        return template_of(registry.paper(row.name), self.bundle)

    def filled(self, row: Document) -> bytes:
        """The document as a Word file. Raises TemplateRefused."""
        made = self.template(row)
        earlier = next((one for one in self.rows if one.id == row.replaces), None)
        replaced = "" if earlier is None else f"{earlier.number or f'第{earlier.version}版'}《{earlier.name}》"
        return made.fill(
            values_of(self.session, self.people, self.bundle, self.case, row, reads=made.reads, replaced=replaced),
        )


def papers_of(session: Session, officer: Officer, document_id: UUID, *, lock: bool = False) -> tuple[Papers, Document]:
    """The documents of the case that holds this one, and this one, if the officer may see it. Raises NotFound."""
    people = Directory(session)
    known = session.get(Document, document_id)
    if known is None:
        raise NotFound
    papers = Papers(session, people, access.find_case(session, people, officer, known.case, lock=lock))
    return papers, next(row for row in papers.rows if row.id == document_id)


def file_name(row: Document) -> str:
    """The document's name and number, without what a file system does not take."""
    words = f"{row.name}{f'（{row.number}）' if row.number else ''}"
    return "".join("／" if letter in "/\\" else letter for letter in words if letter.isprintable() and letter not in ':*?"<>|')
