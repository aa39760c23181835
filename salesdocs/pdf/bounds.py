"""What is too much: refused before it is laid out, since laying it out would take minutes.

The bounds are those of a thick book, 600 pages and more, not of any paper of a sale. Each page of
text costs about a tenth of a second, each paragraph two thousandths.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Final
from xml.etree import ElementTree

from PIL import Image, UnidentifiedImageError

from salesdocs.errors import PdfError
from salesdocs.findings import Finding, Phrase
from salesdocs.word.shown.model import Block, Box, Break, Paragraph, Shown, Table, Text

LETTERS: Final = 600_000
PARAGRAPHS: Final = 30_000
PAGES: Final = 3_000
POINTS: Final = 60_000_000
"""Points of a picture: A4 at 600 to the inch has 35 million."""


@dataclass(slots=True)
class _Amount:
    """How much there is."""

    letters: int = 0
    paragraphs: int = 0
    pages: int = 0


def check_bounds(shown: Shown, file: str) -> None:
    """Raise PdfError when there is more than anybody lays out."""
    amount = _Amount(pages=len(shown.sections))
    for blocks in _stories(shown):
        _count(blocks, amount)
    findings = [
        _too_much(zh, en, found, most, file)
        for zh, en, found, most in (
            ("字", "letters", amount.letters, LETTERS),
            ("个段落和单元格", "paragraphs and cells", amount.paragraphs, PARAGRAPHS),
            ("次分页", "page breaks", amount.pages, PAGES),
        )
        if found > most
    ]
    if findings:
        raise PdfError(findings)


def _stories(shown: Shown) -> Iterator[tuple[Block, ...]]:
    for section in shown.sections:
        yield section.blocks
        for story in (*section.headers.values(), *section.footers.values()):
            yield story.blocks
    yield from shown.notes.values()


def _count(blocks: tuple[Block, ...], amount: _Amount) -> None:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    _count(cell.blocks, amount)
        else:
            _count_paragraph(block, amount)


def _count_paragraph(paragraph: Paragraph, amount: _Amount) -> None:
    amount.paragraphs += 1
    for inline in paragraph.inlines:
        if isinstance(inline, Text):
            amount.letters += len(inline.text)
        elif isinstance(inline, Break):
            amount.pages += inline.kind == "page"
        elif isinstance(inline, Box):
            _count(inline.blocks, amount)


def _too_much(zh: str, en: str, found: int, most: int, file: str) -> Finding:
    return Finding(
        "error",
        Phrase(
            f"内容过多，无法排版：{found:,} {zh}（上限 {most:,}）",
            f"too much to lay out: {found:,} {en} (at most {most:,})",
        ),
        "PDF-24",
        file=file,
        hint=Phrase(
            "请拆成几个文件，或用 --engine soffice 打印",
            "split it into several files, or print with --engine soffice",
        ),
    )


@lru_cache(maxsize=256)
def unsound(data: bytes, kind: str) -> str:
    """Return what is wrong with a picture, `""` when it can be drawn."""
    if kind == "image/svg+xml":
        return _unsound_drawing(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as image:
                if image.width * image.height > POINTS:
                    return f"{image.width:,} × {image.height:,}"
                image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return f"> {POINTS:,}"
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as problem:
        return str(problem).partition(" <")[0][:60] or kind
    return ""


def _unsound_drawing(data: bytes) -> str:
    try:
        ElementTree.fromstring(data)  # noqa: S314 - expat bounds what entities may grow to
    except (ElementTree.ParseError, ValueError) as problem:
        return str(problem)[:60]
    return ""
