"""Forms that can be filled in: a blank Word form, or a questionnaire of a case, as a PDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from xml.etree.ElementTree import Element

from salesdocs import __version__
from salesdocs.case.model import Case
from salesdocs.findings import Finding, Language
from salesdocs.pdf.context import every_inline
from salesdocs.pdf.document import write_document
from salesdocs.pdf.engine import body_heights, engrave
from salesdocs.pdf.fonts import check
from salesdocs.pdf.forms.field import FormField, field_at, is_filled_in, written_pattern
from salesdocs.pdf.forms.known import known_value
from salesdocs.pdf.forms.place import Place, Placing, Spot
from salesdocs.pdf.forms.post import Identity, finish
from salesdocs.pdf.letters import letters
from salesdocs.process.documents import Document
from salesdocs.process.fields import Catalogue
from salesdocs.process.library import Library
from salesdocs.process.naming import safe_name
from salesdocs.produce import Dossier, Product
from salesdocs.produce.blank import BlankForm, blank_form
from salesdocs.word.extract import anchor_of, anchored
from salesdocs.word.shown import read
from salesdocs.word.shown.model import Mark, Shown
from salesdocs.word.template import Template

Value = Callable[[FormField], str]
_ROW: Final = re.compile(r"\[\d+\]")
_MOST_BYTES: Final = 250
_SPARE_ROWS: Final = 1
"""Blank rows below those a case has already."""


@dataclass(frozen=True, slots=True)
class Made:
    """A fillable PDF: its bytes, its name, its number of pages, its fields in reading order."""

    pdf: bytes
    name: str
    pages: int
    spots: tuple[Spot, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def fields(self) -> int:
        """Return how many fields there are: boxes that answer one question are one."""
        return len({spot.name for spot in self.spots})


def empty_form(
    document: Document,
    template: bytes,
    library: Library,
    *,
    lang: Language = "zh",
    company: str | None = None,
) -> Made:
    """Return the form of a document for anybody to fill in; `template` is its Word template."""
    blank = blank_form(document, template, library.catalogue, lang=lang, company=company)
    return _of_blank(blank, library.catalogue, lang, lambda item: "")


def case_form(
    dossier: Dossier,
    document: Document,
    template: bytes,
    *,
    position: int | None = None,
    lang: Language = "zh",
) -> Made:
    """Return the form with what the case knows already in its fields.

    `position` is the row of the case that the paper is for; without it the paper is for a new one.
    A reader of the paper is shown what that reader may see.
    """
    case = dossier.case_for(document.audience)
    blank = blank_form(
        replace(document, blank_rows=_rows_for(dossier, document, position)),
        template,
        dossier.catalogue,
        lang=lang,
        company=case.supplier.name,
    )
    name = f"{document.id}/{_row_id(dossier, document, position)}.{lang}"
    return _of_blank(
        blank,
        dossier.catalogue,
        lang,
        lambda item: known_value(item, case, document, position),
        case_no=str(case.meta.case_no or ""),
        name=name if position is not None else f"{document.id}.{lang}",
        whose=_whose(document, case),
    )


def answer_form(product: Product, template: Template, catalogue: Catalogue, case_no: str) -> Made:
    """Return a finished paper that its reader answers, a questionnaire, with fields to answer."""
    document = product.paper.document
    identity = Identity(product.seal["document"], template.digest, __version__, case_no)
    shown = read(product.data)
    places = _places(shown, template, document, catalogue, lambda item: "", {})
    name = product.name.rpartition(".")[0]
    return _made(shown, places, identity, safe_name(f"{name}（可填写）", _MOST_BYTES) + ".pdf")


def _of_blank(
    blank: BlankForm,
    catalogue: Catalogue,
    lang: Language,
    value: Value,
    *,
    case_no: str = "",
    name: str = "",
    whose: str | None = None,
) -> Made:
    document = blank.document
    shown = read(blank.data)
    places = _places(shown, blank.template, document, catalogue, value, blank.implied)
    identity = Identity(
        name or blank.seal["document"], blank.template.digest, __version__, case_no,
        tuple(_implied(places.values())),
    )  # fmt: skip
    title = document.title.text(lang)
    return _made(shown, places, identity, file_name(title, whose))


def file_name(title: str, whose: str | None = None) -> str:
    """Return what the file of a form is called: 客户回访记录（可填写）_铄恒精密.pdf."""
    return safe_name(f"{title}（可填写）{f'_{whose}' if whose else ''}", _MOST_BYTES) + ".pdf"


def _made(shown: Shown, places: Mapping[str, Place], identity: Identity, name: str) -> Made:
    placing = Placing(places)
    placed = placing.shown(shown)
    rooms = {spot.key: _room(spot) for spot in placing.spots}
    findings = check(letters(placed), name)
    engraved = engrave(write_document(placed, rooms.get, body_heights))
    spots = {spot.key: spot for spot in placing.spots}
    pdf = finish(engraved.pdf, spots, identity)
    return Made(pdf, name, engraved.pages, tuple(placing.spots), findings)


def _room(spot: Spot) -> Element:
    """Return what keeps the room of a field in the layout.

    A check box, because WeasyPrint embeds no font for it; `finish` makes of it what it is to be.
    """
    style = {
        "display": "inline-block",
        "appearance": "auto",
        "width": f"{spot.width:.2f}pt",
        "height": f"{spot.height:.2f}pt",
        "vertical-align": f"-{spot.drop:.2f}pt" if spot.drop else "top",
    }
    said = ";".join(f"{name}:{value}" for name, value in style.items())
    return Element("input", {"type": "checkbox", "name": spot.key, "style": said})


def _whose(document: Document, case: Case) -> str | None:
    """Return what the file is called after: short names stay inside the house."""
    short = case.customer.short_name if document.audience != "customer" else None
    return short or case.customer.name


# ---- which bookmarks become fields ----


def _places(
    shown: Shown,
    template: Template,
    document: Document,
    catalogue: Catalogue,
    value: Value,
    implied: Mapping[str, Sequence[tuple[str, str] | None]],
) -> dict[str, Place]:
    """Return the place of each bookmark that a person is to fill in."""
    anchors = anchored(template)
    found: dict[str, Place] = {}
    counted: dict[str, int] = {}
    for mark in every_inline(shown):
        anchor = anchor_of(mark.name, anchors) if isinstance(mark, Mark) and not mark.end else None
        if anchor is None or not isinstance(mark, Mark):
            continue
        path, option = anchor
        pattern = _ROW.sub("[]", path)
        case_pattern = written_pattern(pattern, document)
        if not _is_asked(pattern, case_pattern, document, catalogue):
            continue
        item = field_at(path, pattern, document, catalogue)
        said = implied.get(case_pattern, ())
        number = counted[case_pattern] = counted.get(case_pattern, 0) + 1
        about = said[number - 1] if number <= len(said) and "[]" not in case_pattern else None
        box, known = None, value(item)
        if about is not None:
            about_field = field_at(about[0], about[0], document, catalogue)
            box = replace(about_field, value=value(about_field)), about[1]
            known = known if box[0].value == about[1] else ""
        found[mark.name] = Place(replace(item, value=known), option, box)
    return found


def _is_asked(pattern: str, case_pattern: str, document: Document, catalogue: Catalogue) -> bool:
    """Return whether the paper asks its reader for the value: no fact of a later stage.

    A questionnaire asks for its answers, all else on it is said by who sends it.
    """
    if document.answers:
        return pattern.partition(".")[0] in document.answers
    if not is_filled_in(case_pattern, catalogue):
        return False
    known = catalogue.get(case_pattern)
    return known is None or known.stage <= document.stage or case_pattern in document.fields


def _implied(places: Iterable[Place]) -> list[tuple[str, str, str]]:
    """Return what writing into a field says of another path: (field, path, code)."""
    found: list[tuple[str, str, str]] = []
    counted: dict[str, int] = {}
    for place in places:
        path = place.field.path
        counted[path] = counted.get(path, 0) + 1
        if place.box is not None:
            name = path if counted[path] == 1 else f"{path}={counted[path]}"
            found.append((name, place.box[0].path, place.box[1]))
    return found


# ---- rows of a case ----


def _rows_for(dossier: Dossier, document: Document, position: int | None) -> dict[str, int]:
    """Return how many rows each list of the form needs: those of the case and one to add."""
    case = dossier.case_for(document.audience)
    counts = dict(document.blank_rows)
    for path in document.fields:
        for end in (found.start() for found in re.finditer(r"\[\]", path)):
            rows = _list_at(case, path[:end], document, position)
            if rows and len(rows) + _SPARE_ROWS > counts.get(path[:end], 3):
                counts[path[:end]] = len(rows) + _SPARE_ROWS
    return counts


def _list_at(
    case: object, pattern: str, document: Document, position: int | None
) -> tuple[object, ...]:
    """Return the rows of a list of the case, or of the paper's own row; no rows within rows."""
    head = f"{document.rows}[]"
    value: Any = case
    if document.rows and pattern.startswith(f"{head}."):
        if position is None:
            return ()
        value, pattern = document.rows_of(case)[position], pattern[len(head) + 1 :]
    if "[" in pattern:
        return ()
    for name in pattern.split("."):
        value = getattr(value, name, None)
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else ()


def _row_id(dossier: Dossier, document: Document, position: int | None) -> str:
    if position is None:
        return ""
    row = document.rows_of(dossier.loaded.case)[position]
    return str(getattr(row, "id", None) or position + 1)
