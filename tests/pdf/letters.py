"""The letters of a PDF page and where they stand, as PDFium reads them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the page's left and top edges."""

_NEAR = 45  # points between words of one chart
_LEGEND = 24  # points to the line of a title or legend beyond them
_BROKEN = 2  # PDFium's sign for a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class Letter:
    """A character and the start of its baseline: points from the page's left and top edges.

    An artifact is no part of the text; what is drawn belongs to a chart.
    """

    text: str
    x: float
    y: float
    artifact: bool
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page's size in points and its letters in the order they were drawn.

    `drawings` are the edges of its charts: left, top, right, bottom.
    """

    width: float
    height: float
    letters: tuple[Letter, ...]
    drawings: tuple[Box, ...] = ()

    @property
    def text(self) -> str:
        """The letters, without white space."""
        return "".join(letter.text for letter in self.letters)


def pages(pdf: bytes) -> list[Page]:
    """Return the pages of a PDF. White space and letters that are turned (watermarks) are left out."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> Page:
    width, height = page.get_size()
    text = page.get_textpage()
    try:
        return Page(
            width, height, tuple(_letters(text.raw, height)), tuple(_drawings(page, height))
        )
    finally:
        text.close()
        page.close()


def _drawings(page: pypdfium2.PdfPage, height: float) -> list[Box]:
    """Return where charts stand: forms (ISO 32000-1, 8.10) with letters, one below the other.

    A chart's words are a form each; its legend may be none. So it reaches as far as its words lie
    near each other, and a line further. Stamps are artifacts, and no charts.
    """
    found: list[list[float]] = []
    for top, bottom in sorted(_words(page, height)):
        if found and top - found[-1][1] < _NEAR:
            found[-1][1] = max(found[-1][1], bottom)
        else:
            found.append([top, bottom])
    width = page.get_width()
    return [(0, top - _LEGEND, width, bottom + _LEGEND) for top, bottom in found]


def _words(page: pypdfium2.PdfPage, height: float) -> Iterator[tuple[float, float]]:
    """Yield the top and bottom of each word of a chart."""
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_FORM], max_depth=1):
        count = raw.FPDFFormObj_CountObjects(each.raw)
        kinds = {
            raw.FPDFPageObj_GetType(raw.FPDFFormObj_GetObject(each.raw, at)) for at in range(count)
        }
        if raw.FPDF_PAGEOBJ_TEXT in kinds and not _is_artifact(each.raw):
            _, bottom, _, top = each.get_bounds()
            yield height - top, height - bottom


def _letters(text: raw.FPDF_TEXTPAGE, height: float) -> Iterator[Letter]:
    x, y = ctypes.c_double(), ctypes.c_double()
    artifacts: dict[int, bool] = {}
    high = ""
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        character = chr(code)
        if 0xDC00 <= code < 0xE000:
            character = (high + character).encode("utf-16", "surrogatepass").decode("utf-16")
        if code == _BROKEN:
            character = "-"
        if character.isspace() or not character.isprintable():
            continue
        if abs(raw.FPDFText_GetCharAngle(text, index)) > 0.01:
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        object_ = raw.FPDFText_GetTextObject(text, index)
        address = ctypes.cast(object_, ctypes.c_void_p).value or 0
        if address not in artifacts:
            artifacts[address] = _is_artifact(object_)
        yield Letter(character, x.value, height - y.value, artifacts[address])


def _is_artifact(object_: raw.FPDF_PAGEOBJECT) -> bool:
    """Whether the letters are outside the text: headers, footers, stamps (ISO 32000-1, 14.8.2.2)."""
    for number in range(raw.FPDFPageObj_CountMarks(object_) if object_ else 0):
        mark = raw.FPDFPageObj_GetMark(object_, number)
        size = ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, None, 0, size)
        name = (ctypes.c_ushort * (size.value // 2))()
        raw.FPDFPageObjMark_GetName(mark, name, size.value, size)
        if bytes(name).decode("utf-16-le").rstrip("\0") == "Artifact":
            return True
    return False
