"""The blank Word form of any document: its own template without a case, to be filled in.

It looks like the finished paper, but each value is an empty place in its bookmark, lists have blank
rows, boxes are unticked, and every part that only some cases need stands there. A filled-in copy is
read back through the bookmarks, as a finished paper is; the seal says which document it is, and by
naming no data that it was made of none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from salesdocs import __version__
from salesdocs.case.choices import Classification
from salesdocs.case.model import Case
from salesdocs.findings import Language
from salesdocs.process.documents import Document
from salesdocs.process.fields import Catalogue
from salesdocs.produce.papers import Context, Facts, Paper
from salesdocs.word.blank import Blanks, Implied, blank_filters, blank_row, compile_blank
from salesdocs.word.check import fingerprint, texts_of
from salesdocs.word.render import evaluate, package
from salesdocs.word.template import Template

NO_DATA: Final = ""
"""What the seal of a blank form says of the data it was made of."""


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A blank form: the Word file, the compiled template that drew it, and what sealed it.

    `implied` has for each place of a path, in order, the choice that is made by writing there.
    """

    document: Document
    data: bytes
    template: Template
    seal: Mapping[str, str]
    implied: Mapping[str, Sequence[Implied | None]]


def blank_form(
    document: Document,
    template: bytes,
    catalogue: Catalogue,
    *,
    lang: Language = "zh",
    company: str | None = None,
) -> BlankForm:
    """Return the blank form of a document whose Word template is `template`.

    `company` stands in its head; without one its place stays empty. Raises TemplateError when the
    template cannot be read or filled.
    """
    blanks = blanks_of(document, catalogue, lang)
    compiled = compile_blank(template, f"{document.id}.{lang}.docx", blanks)
    context = _context(document, lang, company)
    rendered = evaluate(compiled, context, lang=lang, blank=_nothing, filters=blank_filters(lang))
    seal = {
        "document": f"{document.id}.{lang}",
        "template": compiled.digest,
        "data": NO_DATA,
        "text": fingerprint(texts_of(rendered)),
        "version": __version__,
    }
    data = package(compiled, rendered, seal)
    return BlankForm(document, data, compiled, seal, blanks.implied)


def blanks_of(document: Document, catalogue: Catalogue, lang: Language = "zh") -> Blanks:
    """Return what the blank form of a document is made with."""
    return Blanks(
        lambda path: label_of(path, catalogue, lang),
        document.pattern,
        document.written_as,
        document.blank_rows,
        lang,
    )


def label_of(pattern: str, catalogue: Catalogue, lang: Language = "zh") -> str:
    """Return what a value is called; where a person is named, what that person is called."""
    person = catalogue.get(pattern.removesuffix(".name"))
    if person is not None and person.refers:
        return person.label(lang)
    return catalogue.label(pattern, lang)


def _context(document: Document, lang: Language, company: str | None) -> Mapping[str, Any]:
    case = Case.model_validate({})
    row = blank_row(f"{document.rows}[]") if document.row else None
    facts = Facts(
        id=document.id,
        title=document.title.text(lang),
        doc_no=None,
        version="",
        date=None,
        classification=Classification[document.classification.upper()],
        watermark=None,
        draft=True,  # a form shows how it is filled in
        company=company,
        fingerprint="",
    )
    return Context(Paper(document, row), case, facts)


def _nothing(path: str) -> bytes:
    return b""
