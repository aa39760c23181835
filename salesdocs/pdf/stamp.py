"""Words across every page, and running numbers in the corner: what is added to a finished PDF.

Both are artifacts (ISO 32000-1, 14.8.2.2), drawn as shapes behind the text: what is read, copied,
searched or compared stays the document's own. The same for every engine.

Rule: PDF-40 the words of a stamp cannot be drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import count
from math import cos, radians, sin, sqrt
from typing import Any, Final

import pikepdf

from salesdocs.errors import PdfError
from salesdocs.findings import Finding, Phrase
from salesdocs.pdf.lettering import missing, shapes, width
from salesdocs.pdf.saving import saved

LONGEST: Final = 16
"""Characters of a stamp: more would be too small across a page to be seen at a glance."""

_TURN: Final = radians(45)
_PALE: Final = 0.88
_LARGEST: Final = 96.0
_SHARE: Final = 0.62  # of the shorter side of the page, taken by the turned words
_HEIGHT: Final = 0.74  # of the size: from the base line to the top of a Chinese character, nearly
_HEAVY: Final = 0.03  # of the size: outlines drawn as wide as this make a regular face bold
# Two stamps along the longer side, off the middle, where a paper carries a watermark of its own.
_PLACES: Final = (0.76, 0.26)
_NUMBER_SIZE: Final = 8.0
_NUMBER_GREY: Final = 0.35
_EDGE: Final = 24.0  # points: printers leave about 12 at the edge of the sheet white


def check_words(words: str) -> None:
    """Do nothing for words that can be a stamp; raises PdfError for others."""
    unknown = missing(words)
    if not words.strip() or len(words) > LONGEST:
        message = Phrase(
            f"戳记“{words}”应为 1 到 {LONGEST} 个字", f"a stamp has 1 to {LONGEST} characters"
        )
        raise PdfError([Finding("error", message, "PDF-40")])
    if unknown:
        message = Phrase(
            f"戳记里有印不出的字：{unknown}", f"characters of the stamp cannot be drawn: {unknown}"
        )
        hint = Phrase("用常用汉字、字母和数字", "use common Chinese characters, letters and digits")
        raise PdfError([Finding("error", message, "PDF-40", hint=hint)])


def stamped(pdf: bytes, words: str) -> bytes:
    """Return the PDF with the words across each page; raises PdfError for what cannot be drawn."""
    check_words(words)
    with pikepdf.open(BytesIO(pdf)) as opened:
        stamp_pages(opened, words)
        return saved(opened)


def stamp_pages(pdf: pikepdf.Pdf, words: str) -> None:
    """Put the words across each page, behind what stands there."""
    forms: dict[tuple[float, float], Any] = {}
    for page in pdf.pages:
        size = _upright(page)
        form = forms.get(size)
        if form is None:
            form = forms[size] = _form(pdf, size, _across(words, *size))
        _draw_behind(page, f"{_name_of(page, form)} Do".encode(), "Watermark")


def number_pages(pdf: pikepdf.Pdf, numbers: Sequence[str]) -> None:
    """Put each page's number (empty: none) small into its upper right corner."""
    for page, number in zip(pdf.pages, numbers, strict=True):
        if number:
            size = _upright(page)
            x = size[0] - _EDGE - width(number, _NUMBER_SIZE)
            y = size[1] - _EDGE - _NUMBER_SIZE * _HEIGHT / 2
            drawn = f"{_NUMBER_GREY} g 1 0 0 1 {x:.2f} {y:.2f} cm\n".encode()
            _draw_behind(page, drawn + shapes(number, _NUMBER_SIZE) + b"\nf", "PageNum")


def _across(words: str, across: float, high: float) -> bytes:
    """Return what draws the words in both places of a page of that width and height."""
    # Turned, words of length l and height h take (l + h)·cos of each side.
    one = width(words, 1)
    size = min(_SHARE * min(across, high) * sqrt(2) / (one + _HEIGHT), _LARGEST)
    path = shapes(words, size)
    line = f"{_PALE} g {_PALE} G 1 j {size * _HEAVY:.2f} w\n".encode()
    turn, lean = cos(_TURN), sin(_TURN)
    drawn = [line]
    for share in _PLACES:
        # The middle of the words comes to lie in the middle of the shorter side.
        left, low = one * size / 2, size * _HEIGHT / 2
        middle = (across / 2, high * share) if high >= across else (across * (1 - share), high / 2)
        x = middle[0] - left * turn + low * lean
        y = middle[1] - left * lean - low * turn
        matrix = f"q {turn:.5f} {lean:.5f} {-lean:.5f} {turn:.5f} {x:.2f} {y:.2f} cm\n"
        drawn += [matrix.encode(), path, b"\nB Q\n"]
    return b"".join(drawn)


def _upright(page: pikepdf.Page) -> tuple[float, float]:
    """Return width and height of the page as it is seen."""
    left, low, right, high = (float(part) for part in page.cropbox)
    size = (round(right - left, 3), round(high - low, 3))
    return size if _turned(page) % 180 == 0 else size[::-1]


def _turned(page: pikepdf.Page) -> int:
    """Return by how many degrees the page is turned clockwise when seen, by itself or a parent."""
    node: Any = page.obj
    while node is not None and "/Rotate" not in node:
        node = node.get("/Parent")
    return 0 if node is None else int(node["/Rotate"]) // 90 * 90 % 360


def _form(pdf: pikepdf.Pdf, size: tuple[float, float], content: bytes) -> Any:
    """Return the content as a form of the PDF, as large as the page is seen."""
    form = pikepdf.Stream(pdf, content)
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, *size])
    form.Resources = pikepdf.Dictionary()
    return pdf.make_indirect(form)


def _draw_behind(page: pikepdf.Page, content: bytes, kind: str) -> None:
    """Draw the content as an artifact before all that the page draws, upright as it is seen."""
    matrix = " ".join(f"{part:.3f}".rstrip("0").rstrip(".") for part in _matrix(page))
    mark = f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC q {matrix} cm\n"
    page.contents_add(mark.encode() + content + b"\nQ EMC\n", prepend=True)


def _name_of(page: pikepdf.Page, form: Any) -> str:
    """Return the name of the form among what the page draws, where it is entered if need be.

    Pages of WeasyPrint share their entries; a stamped page may be stamped again.
    """
    known = page.resources.get("/XObject", pikepdf.Dictionary())
    for name, each in known.items():
        if each.objgen == form.objgen:
            return name
    # Not by a prefix: pikepdf makes random names of one.
    number = next(number for number in count() if f"/Stamp{number}" not in known)
    return str(page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(f"/Stamp{number}")))


def _matrix(page: pikepdf.Page) -> tuple[float, ...]:
    """Return what takes the upright page to the space of one that is turned clockwise when seen."""
    left, low, right, high = (float(part) for part in page.cropbox)
    return {
        0: (1, 0, 0, 1, left, low),
        90: (0, 1, -1, 0, right, low),
        180: (-1, 0, 0, -1, right, high),
        270: (0, -1, 1, 0, left, high),
    }[_turned(page)]
