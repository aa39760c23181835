"""How large a document may be that is laid out: beyond it a machine is kept busy for minutes.

Rule: PDF-24 the document is too large.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from salesdocs.errors import PdfError
from salesdocs.findings import Finding, Phrase
from salesdocs.word.shown.model import Block, Break, Paragraph, Shown, Table, Text

# A page of dense Chinese has 1,500 characters in 45 paragraphs: these are more than 400 pages.
CHARACTERS: Final = 600_000
PARAGRAPHS: Final = 18_000
PAGES: Final = 2_000


def check_size(shown: Shown, file: str = "") -> None:
    """Do nothing for a document of a size that can be printed; raises PdfError for others."""
    characters = pages = 0
    for paragraphs, paragraph in enumerate(_paragraphs(shown), start=1):
        pages += paragraph.shape.page_break_before
        for inline in paragraph.inlines:
            if isinstance(inline, Text):
                characters += len(inline.text)
            elif isinstance(inline, Break):
                pages += inline.kind == "page"
        if characters > CHARACTERS or paragraphs > PARAGRAPHS or pages > PAGES:
            raise PdfError([_too_large(file)])


def _paragraphs(shown: Shown) -> Iterator[Paragraph]:
    for section in shown.sections:
        yield from _inside(section.blocks)
    for blocks in shown.notes.values():
        yield from _inside(blocks)


def _inside(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _inside(cell.blocks)
        else:
            yield block


def _too_large(file: str) -> Finding:
    message = Phrase(
        f"文件太大，不能打印：最多 {CHARACTERS:,} 字、{PARAGRAPHS:,} 段、{PAGES:,} 页",
        f"the file is too large to print: {CHARACTERS:,} characters, {PARAGRAPHS:,} paragraphs "
        f"and {PAGES:,} pages at most",
    )
    hint = Phrase(
        "把文件拆成几份，或用 --engine soffice 打印",
        "split the file, or print with --engine soffice",
    )
    return Finding("error", message, "PDF-24", file=file, hint=hint)
