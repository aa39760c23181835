"""Small papers for tests of what happens to finished PDFs: made by hand, set in a moment."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2

from salesdocs.pdf.document import write_document
from salesdocs.pdf.engine import body_heights, engrave
from salesdocs.pdf.saving import finished
from salesdocs.word.shown.model import (
    Cell,
    Look,
    Mark,
    Paragraph,
    Row,
    Section,
    Shape,
    Shown,
    Table,
    Text,
)

LOOK = Look()


@cache
def paper(title: str, pages: int = 2, *, landscape: bool = False) -> bytes:
    """A paper with a title, a chapter and a table on each page, and a link to the last chapter."""
    blocks: list[Paragraph | Table] = [_line(title, outline=0)]
    blocks.append(Paragraph(Shape(), (Text(f"{title}见末章", LOOK, "#last"),), LOOK))
    for page in range(1, pages + 1):
        name = "last" if page == pages else f"chapter{page}"
        head = (Mark(name), Text(f"第{page}章", LOOK), Mark(name, end=True))
        shape = Shape(outline=1, page_break_before=page > 1)
        blocks += [Paragraph(shape, head, LOOK), _table(f"{title}第{page}行")]
    size = {"width": 841.9, "height": 595.3} if landscape else {}
    properties = {"title": title, "creator": "测试", "created": "2026-08-31T00:00:00Z"}
    whole = Shown((Section(tuple(blocks), **size),), properties=properties)
    return finished(engrave(write_document(whole, None, body_heights)).pdf)


def _line(text: str, outline: int | None = None) -> Paragraph:
    return Paragraph(Shape(outline=outline), (Text(text, LOOK),), LOOK)


def _table(text: str) -> Table:
    rows = [
        Row((Cell(0, 1, (_line("表头"),)), Cell(1, 1, (_line("内容"),))), header=True),
        Row((Cell(0, 1, (_line("行"),)), Cell(1, 1, (_line(text),)))),
    ]
    return Table((100.0, 200.0), tuple(rows))


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The PDF, to look into."""
    return pikepdf.open(BytesIO(pdf))


def texts(pdf: bytes) -> list[str]:
    """The text of each page, without the ends of lines."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()
