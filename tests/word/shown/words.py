"""The words of a `Shown`, and of the Word file by python-docx, to hold one against the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

import docx
from docx.oxml.ns import qn

from salesdocs.word.shown.model import Block, Break, Counter, Paragraph, Shown, Tab, Table, Text

_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n"}


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Every paragraph, in order, those of cells in their places."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)


def text(paragraph: Paragraph) -> str:
    """What a paragraph says, numbers of pages left out."""
    said = ""
    for item in paragraph.inlines:
        if isinstance(item, Text):
            said += item.text
        elif isinstance(item, Tab):
            said += "\t"
        elif isinstance(item, Break):
            said += "\n"
    return said


def shown_words(shown: Shown) -> list[str]:
    """The text of the body, a line per paragraph that says something."""
    blocks = [block for section in shown.sections for block in section.blocks]
    return [said for each in paragraphs(blocks) if (said := text(each).strip())]


def written_words(package: bytes) -> list[str]:
    """The same by python-docx, in the order of the XML; continued cells of a merge say nothing."""
    body = docx.Document(BytesIO(package)).element.body
    found = []
    for paragraph in body.iter(qn("w:p")):
        said = ""
        for node in paragraph.iter():
            if node.tag == qn("w:t"):
                said += node.text or ""
            elif node.tag in _MARKS and node.getparent().tag == qn("w:r"):
                said += _MARKS[node.tag]
        if said.strip():
            found.append(said.strip())
    return found


def counters(shown: Shown) -> list[Counter]:
    """Every number of a page in the body."""
    blocks = [block for section in shown.sections for block in section.blocks]
    return [
        item for each in paragraphs(blocks) for item in each.inlines if isinstance(item, Counter)
    ]
