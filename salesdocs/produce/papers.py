"""Papers to be printed, and what a template can name while one of them is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from salesdocs.case.choices import Classification
from salesdocs.case.model import Case
from salesdocs.case.paths import names_at
from salesdocs.findings import Language, Phrase
from salesdocs.process.documents import DRAFT_VERSION, Document
from salesdocs.process.fields import Audience
from salesdocs.produce.fingerprint import TOKEN


@dataclass(frozen=True, slots=True)
class Paper:
    """One document to be printed: its kind and, where it is issued once for each row, the row."""

    document: Document
    row: Any = None
    position: int = 0

    @property
    def name(self) -> str:
        """Return the id, with that of the row: `survey_report/S-2026H1`, or else its place."""
        if self.row is None:
            return self.document.id
        row_id = getattr(self.row, "id", None) or self.position + 1
        return f"{self.document.id}/{row_id}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a template calls `document`: the facts of the paper being printed.

    The `fingerprint` is a token until the text it belongs to is known.
    """

    id: str
    title: str
    doc_no: str | None
    version: str
    date: date | None
    classification: Classification
    watermark: str | None
    draft: bool
    company: str | None
    fingerprint: str = TOKEN


def as_seen(paper: Paper, case: Case) -> Paper:
    """Return the paper with its row as the audience of `case` may see it."""
    if paper.row is None:
        return paper
    return replace(paper, row=paper.document.rows_of(case)[paper.position])


def facts_of(paper: Paper, case: Case, version: str, lang: Language, draft: bool) -> Facts:
    """Return the facts of the paper, whose row is the one in `case`.

    `version` is that of the whole case: whether a paper is settled may hang on what its reader does
    not see, such as our approvals.
    """
    document = paper.document
    classification = Classification[document.classification.upper()]
    is_draft = draft or version == DRAFT_VERSION
    if draft and not document.version_path:
        version = DRAFT_VERSION  # a paper with versions of its own keeps the one it is a draft of
    return Facts(
        document.id,
        document.title_of(case, paper.row).text(lang),
        document.doc_no(case, paper.row),
        version,
        document.date(case, paper.row),
        classification,
        _watermark(document.audience, is_draft, lang),
        is_draft,
        case.supplier.name,
    )


def _watermark(audience: Audience, is_draft: bool, lang: Language) -> str | None:
    if audience == "customer":
        return Phrase("草稿", "DRAFT").text(lang) if is_draft else None
    if is_draft:
        return Phrase("内部草稿", "INTERNAL DRAFT").text(lang)
    return Phrase("内部", "INTERNAL").text(lang)


class Context(dict[str, Any]):
    """The names a template can use: those of the case, found when they are asked for."""

    def __init__(self, paper: Paper, case: Case, facts: Facts) -> None:
        super().__init__(document=facts)
        self._case = case
        if paper.row is not None:
            self[paper.document.row] = paper.row
        self.update(dict.fromkeys(paper.document.answers))

    def get(self, name: str, default: Any = None) -> Any:
        """Return what `name` stands for, `default` when the case has no such name."""
        return self[name] if name in self else getattr(self._case, name, default)

    def spelled_out(self) -> dict[str, Any]:
        """Return all names in a plain dict, for an engine that does not ask."""
        return {name: getattr(self._case, name) for name in names_at("")} | dict(self)
