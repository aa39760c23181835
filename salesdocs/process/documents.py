"""A kind of document: its facts, and from a case its number, date, version and rows.

Paths in a document's facts are case paths; `[-1]` stands for the last row of a list, and the first
name of a path may be the row of a document that is issued once for each row (`visit.date`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from salesdocs.calc.numbering import DocumentNumber, read_record_number
from salesdocs.findings import NOTHING, Phrase

Data = Mapping[str, Any]
Audience = Literal["customer", "internal", "confidential"]
Party = Literal["ours", "customer"]

FINAL_VERSION = "V1.0"
DRAFT_VERSION = "V0.1"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the side, the label, the role, and the case path of the person when one is known.

    `each` is the path of a list (attendees, approvals) of which every row signs.
    """

    party: Party
    label: Phrase
    role: str = ""
    person: str = ""
    each: str = ""


@dataclass(frozen=True, slots=True)
class Seals:
    """Whose seal the paper carries: `none`, `optional` or `company_or_contract` for each side."""

    ours: str = "none"
    customer: str = "none"
    cross_page: bool = False
    place: Phrase = NOTHING


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the form and the case paths of its fields."""

    title: Phrase
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document, as `templates/documents/<id>.yaml` states it.

    `row` and `rows` are the name of the row and the path of the list when the document is issued
    once for each row, else empty. `doc_no_path` is where the case keeps its number, if it does.
    `accompanies` is the kind that a supporting paper or another rendition belongs to, empty for the
    sixteen of the process; `when` is the path without whose value the paper is not called for.
    `titles` are other titles with the paths on whose value the paper carries them. `answers` are
    names for rows that a reader of the paper writes and that it therefore prints blank, with their
    path (`response` of a questionnaire). A `form` is filled in by people, on paper or as a PDF.
    `blank_rows` says how many rows a list has on the blank form, where it is another number than
    usual; `written_as` which value is meant by what a person writes in the place of a computed one,
    `implies` which other values of the row are said by writing one.
    """

    id: str
    number: int
    stage: int
    title: Phrase
    audience: Audience
    classification: str
    owner: str
    purpose: Phrase
    issued: Phrase
    code: str
    doc_no_path: str
    date_paths: tuple[str, ...]
    version_path: str
    settled_by: str
    row: str
    rows: str
    seals: Seals
    signatures: tuple[Signature, ...]
    groups: tuple[Group, ...]
    notes: tuple[Phrase, ...]
    accompanies: str = ""
    when: str = ""
    titles: tuple[tuple[str, Phrase], ...] = ()
    blank_rows: Mapping[str, int] = field(default_factory=dict)
    written_as: Mapping[str, str] = field(default_factory=dict)
    implies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    form: bool = False

    @classmethod
    def from_data(cls, document_id: str, data: Data) -> Document:
        """Build the document from its file."""
        version = data.get("version", {})
        row, rows = next(iter(data.get("each", {}).items()), ("", ""))
        return cls(
            id=document_id,
            number=data["number"],
            stage=data["stage"],
            title=Phrase(**data["title"]),
            audience=data["audience"],
            classification=data["classification"],
            owner=data["owner"],
            purpose=Phrase(**data["purpose"]),
            issued=Phrase(**data["issued"]),
            code=data["doc_no"]["code"],
            doc_no_path=data["doc_no"].get("path", ""),
            date_paths=tuple(data["date"]),
            version_path=version.get("follows", ""),
            settled_by=version.get("settled_by", ""),
            row=row,
            rows=rows,
            seals=_seals(data.get("seals", {})),
            signatures=tuple(_signature(entry) for entry in data["signatures"]),
            groups=tuple(_group(entry) for entry in data["groups"]),
            notes=tuple(Phrase(**note) for note in data["notes"]),
            accompanies=data.get("accompanies", ""),
            when=data.get("when", ""),
            titles=tuple((path, Phrase(**said)) for path, said in data.get("titles", {}).items()),
            blank_rows=data.get("blank_rows", {}),
            written_as=data.get("written_as", {}),
            implies=data.get("implies", {}),
            answers=data.get("answers", {}),
            form=data.get("form", False),
        )

    def pattern(self, path: str) -> str:
        """Return the path from the case on: `survey.period` → `aftersales.surveys[].period`."""
        first, dot, rest = path.partition(".")
        if self.row and first == self.row:
            return f"{self.rows}[]{dot}{rest}"
        return f"{self.answers[first]}{dot}{rest}" if first in self.answers else path

    def meant(self, path: str) -> str:
        """Return the pattern of the value that a person who writes at `path` means.

        What is written in the place of a computed value stands elsewhere (`written_as`), a row of a
        regrouped list in the list itself.
        """
        found = ""
        for part in self.pattern(path).split("."):
            whole = f"{found}.{part}" if found else part
            bare = whole.removesuffix("[]")
            found = self.written_as.get(bare, bare) + whole[len(bare) :]
        return found

    @property
    def fields(self) -> tuple[str, ...]:
        """Every case path the form shows, in its order."""
        return tuple(path for group in self.groups for path in group.fields)

    def rows_of(self, case: object) -> tuple[object, ...]:
        """Return the rows for each of which one document is issued; `(None,)` when it is one."""
        if not self.rows:
            return (None,)
        rows = value_at(case, self.rows)
        return tuple(rows) if isinstance(rows, Sequence) else ()

    def called_for(self, case: object, row: object = None) -> bool:
        """Return whether the case, or the row, holds what the paper is issued about.

        A kind that names nothing (`when`) is always called for.
        """
        return not self.when or bool(self._value(case, self.when, row))

    def title_of(self, case: object, row: object = None) -> Phrase:
        """Return what this paper is called: a letter asks, and reminds once payment is late."""
        said = (title for path, title in self.titles if self._value(case, path, row))
        return next(said, self.title)

    def doc_no(self, case: object, row: object = None) -> str | None:
        """Return the number the case keeps, else `{prefix}-{code}-{year}-{seq}` of the case number.

        A document for a row ends with the row's own number (visit V-03: `LY-HF-2025-0037-03`).
        None when the case has no number or the supplier no prefix yet.
        """
        kept = self._value(case, self.doc_no_path, row) if self.doc_no_path else None
        if kept:
            return str(kept)
        case_no = read_record_number(str(value_at(case, "meta.case_no")))
        prefix = value_at(case, "supplier.doc_prefix")
        if not case_no or not prefix:
            return None
        number = str(DocumentNumber(str(prefix), self.code, case_no.year, case_no.serial))
        row_no = str(value_at(row, "id") or "").partition("-")[2]
        return f"{number}-{row_no}" if row_no else number

    def date(self, case: object, row: object = None) -> date | None:
        """Return the first day that is known of those the document can carry, or None."""
        values = (self._value(case, path, row) for path in self.date_paths)
        return next((value for value in values if isinstance(value, date)), None)

    def version(self, case: object, row: object = None) -> str:
        """Return `V3.0` for the third version, `V0.1` before the paper is settled, else `V1.0`."""
        if self.version_path:
            value = self._value(case, self.version_path, row)
            return DRAFT_VERSION if value is None else f"V{value}.0"
        if self.settled_by and self._value(case, self.settled_by, row) is None:
            return DRAFT_VERSION
        return FINAL_VERSION

    def _value(self, case: object, path: str, row: object) -> object:
        first, _, rest = path.partition(".")
        if self.row and first == self.row:
            return value_at(row, rest)
        return value_at(case, path)


def value_at(start: object, path: str) -> object:
    """Return the value at a case path, or None where any part of it is absent.

    A part is an attribute, or a key of a mapping; `[n]` is a row, counted from the end if negative.
    """
    value: Any = start
    for name, index in _parts(path):
        if name:
            value = value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
        elif isinstance(value, Sequence) and -len(value) <= index < len(value):
            value = value[index]
        else:
            return None
        if value is None:
            return None
    return value


@lru_cache(maxsize=1024)
def _parts(path: str) -> tuple[tuple[str, int], ...]:
    """Return the names and indexes of a path; an index is a part without a name."""
    found = re.findall(r"\[(-?\d+)\]|([^.\[\]]+)", path)
    return tuple((name, int(index or 0)) for index, name in found)


def _seals(data: Data) -> Seals:
    return Seals(
        data.get("ours", "none"),
        data.get("customer", "none"),
        data.get("cross_page", False),
        Phrase(**data["place"]) if "place" in data else NOTHING,
    )


def _signature(data: Data) -> Signature:
    return Signature(
        data["party"],
        Phrase(data["zh"], data["en"]),
        data.get("role", ""),
        data.get("person", data.get("name", "")),
        data.get("each", ""),
    )


def _group(data: Data) -> Group:
    return Group(Phrase(**data["title"]), tuple(data["fields"]))
