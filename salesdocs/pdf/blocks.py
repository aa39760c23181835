"""Paragraphs and tables in their order, with the space that Word leaves between them."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from salesdocs.pdf.context import Context
from salesdocs.pdf.css import points
from salesdocs.pdf.paragraphs import (
    Between,
    borders_joined,
    is_empty,
    space_between,
    write_paragraph,
)
from salesdocs.pdf.tables import write_table
from salesdocs.word.shown.model import Block, Break, Paragraph


def write_blocks(parent: Element, blocks: Sequence[Block], context: Context) -> None:
    """Append blocks to an element, the space after the last one too."""
    before: Block | None = None
    new_page = False
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        above = space_between(before, block)
        if isinstance(block, Paragraph):
            if _only_breaks(block) and following is not None:
                new_page, before = True, None
                continue
            between = Between(above, borders_joined(before, block),
                              borders_joined(block, following), new_page)  # fmt: skip
            write_paragraph(parent, block, between, context, write_blocks)
        else:
            write_table(parent, block, above, context, write_blocks)
        if new_page:
            _break_before(parent[-1], context)
        new_page = False
        before = block
    if isinstance(before, Paragraph) and before.shape.after and len(parent):
        add_class(parent[-1], context.classes.name([f"margin-bottom:{points(before.shape.after)}"]))


def _only_breaks(paragraph: Paragraph) -> bool:
    """Return whether a paragraph prints nothing but the end of a page."""
    breaks = [each for each in paragraph.inlines if isinstance(each, Break) and each.kind == "page"]
    return bool(breaks) and is_empty(
        Paragraph(
            paragraph.shape,
            tuple(each for each in paragraph.inlines if each not in breaks),
            paragraph.mark,
            paragraph.number,
        )
    )


def _break_before(element: Element, context: Context) -> None:
    add_class(element, context.classes.name(["break-before:page", "margin-break:keep"]))


def add_class(element: Element, name: str) -> None:
    """Add a class to those an element has."""
    element.set("class", f"{element.get('class', '')} {name}".strip())
