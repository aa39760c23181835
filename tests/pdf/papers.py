"""Small documents as a Word file shows them, printed, and where their characters stand."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import pypdfium2 as pdfium

from salesdocs.pdf.document import write_document
from salesdocs.pdf.engine import body_heights, engrave
from salesdocs.word.shown.model import (
    Block,
    Border,
    Cell,
    Inline,
    Line,
    Look,
    Paragraph,
    Row,
    Section,
    Shape,
    Shown,
    Story,
    Table,
    Text,
)

LOOK = Look(size=10.5)
EXACT = Shape(line=Line("exact", 20))
WIDTH = 595.3 - 90 - 90
"""Points between the margins of the page these documents have."""


@dataclass(frozen=True)
class Sign:
    """A character: its page from 1, the left end of its base line from the page's top left corner."""

    char: str
    page: int
    x: float
    y: float


def paragraph(
    *inlines: Inline | str, shape: Shape = EXACT, look: Look = LOOK, **changes: object
) -> Paragraph:
    """Return a paragraph of lines 20 points high; plain text is of the look."""
    found = tuple(Text(each, look) if isinstance(each, str) else each for each in inlines)
    return Paragraph(replace(shape, **changes), found, look)  # type: ignore[arg-type]


def table(
    *rows: Sequence[str],
    widths: Sequence[float] = (),
    height: float = 0,
    split: bool = True,
    header: int = 0,
    lines: bool = True,
    **changes: object,
) -> Table:
    """Return a table of one paragraph in each cell."""
    grid = tuple(widths) or (WIDTH / len(rows[0]),) * len(rows[0])
    borders = {side: Border() for side in ("top", "left", "bottom", "right")} if lines else {}
    return Table(
        grid,
        tuple(
            Row(
                tuple(
                    Cell(at, 1, (paragraph(words, **changes),), width=grid[at], borders=borders)
                    for at, words in enumerate(row)
                ),
                height=height,
                cant_split=not split,
                header=index < header,
            )
            for index, row in enumerate(rows)
        ),
    )


def printed(*blocks: Block, section: Section | None = None, shown: Shown | None = None) -> bytes:
    """Return the blocks as a PDF."""
    made = shown or Shown((replace(section or Section(()), blocks=tuple(blocks)),))
    return engrave(write_document(made, None, body_heights)).pdf


def story(*inlines: Inline | str, **changes: object) -> Story:
    """Return a header or footer of one paragraph."""
    return Story((paragraph(*inlines, **changes),))


@cache
def signs(pdf: bytes) -> tuple[Sign, ...]:
    """Return the characters of a PDF in the order of its text, without blanks."""
    found = []
    x, y = ctypes.c_double(), ctypes.c_double()
    document = pdfium.PdfDocument(pdf)
    for number, page in enumerate(document, start=1):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            code = pdfium.raw.FPDFText_GetUnicode(text, index)
            if code <= 32 or code == 0xFFFE:
                continue
            pdfium.raw.FPDFText_GetCharOrigin(text, index, x, y)
            found.append(Sign(chr(code), number, x.value, page.get_height() - y.value))
    document.close()
    return tuple(found)


def place(pdf: bytes, char: str) -> Sign:
    """Return the only place of a character."""
    (found,) = (sign for sign in signs(pdf) if sign.char == char)
    return found


def words(pdf: bytes, page: int = 0) -> str:
    """Return the text of a PDF, or of one of its pages, without blanks."""
    return "".join(sign.char for sign in signs(pdf) if page in (0, sign.page))


def lines(pdf: bytes) -> list[str]:
    """Return the lines of a PDF from top to bottom, without blanks."""
    found: dict[tuple[int, float], list[Sign]] = {}
    for sign in signs(pdf):
        found.setdefault((sign.page, round(sign.y, 1)), []).append(sign)
    return [
        "".join(each.char for each in sorted(found[key], key=lambda sign: sign.x))
        for key in sorted(found)
    ]
