"""Pictures of the pages of a PDF, small enough for a web page.

Measured on 57 pages of our papers at 700 pixels: true colour PNG 136 KB a page on average, 16
colours 30 KB (7 pages above 40 KB), 8 colours 27 KB, 4 colours 16 KB (none above 40 KB); SVG 114 KB
packed; lossless WebP 41 KB. So a page has 16 colours, and fewer where it would be too large.
Median cut keeps pale shades and watermarks that an octree of 16 colours loses.

Rule: PDF-41 a PDF cannot be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from salesdocs.errors import PdfError
from salesdocs.findings import Finding, Phrase

WIDTH: Final = 700
MOST_BYTES: Final = 40 * 1024

_COLOURS: Final = (16, 8, 4)
_TALLEST: Final = 4  # times as high as wide: a longer page is made narrower


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG: its size in pixels, and which page of how many it shows."""

    png: bytes
    width: int
    height: int
    page: int
    pages: int


def pictures(
    pdf: bytes, width: int = WIDTH, *, most: int | None = None, file: str = ""
) -> list[PagePicture]:
    """Return a picture of each page, or of the first `most`, `width` pixels wide.

    The same PDF gives the same bytes. Raises PdfError for what is no PDF or needs a password.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as problem:
        raise PdfError([_unreadable(file)]) from problem
    try:
        pages = len(document)
        shown = pages if most is None else min(most, pages)
        drawn = [_drawn(document, number, width) for number in range(shown)]
    finally:
        document.close()
    return [
        PagePicture(_png(image), image.width, image.height, number, pages)
        for number, image in enumerate(drawn, 1)
    ]


def _drawn(document: Any, number: int, width: int) -> Image.Image:
    page = document[number]
    try:
        across, high = page.get_size()
        scale = width / max(across, high / _TALLEST)
        image: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    finally:
        page.close()
    return image


def _png(image: Image.Image) -> bytes:
    """Return the image with as many colours as the limit leaves room for."""
    data = b""
    for colours in _COLOURS:
        file = BytesIO()
        small = image.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        small.save(file, "PNG", optimize=True)
        data = file.getvalue()
        if len(data) <= MOST_BYTES:
            break
    return data


def _unreadable(file: str) -> Finding:
    message = Phrase(
        "不是完好的 PDF，或设了打开口令", "this is no sound PDF, or it needs a password"
    )
    return Finding("error", message, "PDF-41", file=file)
