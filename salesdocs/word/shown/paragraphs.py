"""Reads blocks: paragraphs with their numbers and marks, and what wraps blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Final

from lxml import etree

from salesdocs.word.ooxml import W, w
from salesdocs.word.shown.looks import PAPER
from salesdocs.word.shown.model import (
    Block,
    Box,
    Chart,
    Counter,
    Inline,
    Look,
    Mark,
    Paragraph,
    Picture,
    Shape,
    Tab,
    Text,
)
from salesdocs.word.shown.names import MC, tags
from salesdocs.word.shown.reading import Reading
from salesdocs.word.shown.runs import (
    DELETED,
    INLINE_SILENT,
    WRAPPERS,
    Inlines,
    bookmark,
    chosen,
    look_of,
    read_inlines,
)
from salesdocs.word.shown.tables import read_table

_BOOKMARKS: Final = tags(W, "bookmarkStart bookmarkEnd")
_P: Final = w("p")
_TABLE: Final = w("tbl")
_SILENT: Final = INLINE_SILENT | DELETED | tags(W, "tcPr")


def read_blocks(reading: Reading, elements: Iterable[etree._Element]) -> tuple[Block, ...]:
    """Return what block elements show, in order."""
    blocks: list[Block] = []
    for element in unwrapped(reading, elements):
        blocks.extend(read_block(reading, element))
    return tuple(blocks)


def read_block(reading: Reading, element: etree._Element) -> Iterator[Block]:
    """Yield what a paragraph or table shows; nothing where all of it is deleted or hidden."""
    if element.tag == _P:
        paragraph = read_paragraph(reading, element)
        if paragraph is not None:
            yield paragraph
    else:
        table = read_table(reading, element)
        if table is not None:
            yield table


def unwrapped(reading: Reading, elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, out of the controls and changes that wrap them."""
    for element in elements:
        tag = element.tag
        if tag in (_P, _TABLE):
            yield element
        elif tag in WRAPPERS:
            yield from unwrapped(reading, element)
        elif tag in _BOOKMARKS:
            mark = bookmark(reading, element)
            if mark is not None:
                reading.pending.append(mark)
        elif tag == f"{{{MC}}}AlternateContent":
            yield from unwrapped(reading, chosen(reading, element))
        elif tag not in _SILENT:
            reading.miss(str(tag), lost=True)


def read_paragraph(reading: Reading, element: etree._Element) -> Paragraph | None:
    """Return what a paragraph shows, None where its end does not show either.

    A paragraph whose end is deleted or hidden goes on in the next one.
    """
    reading.missed.paragraph = element
    properties = element.find(w("pPr"))
    mark_properties = None if properties is None else properties.find(w("rPr"))
    setting = reading.looks.setting(reading.ground, properties)
    inlines = Inlines(reading, reading.ground, setting)
    mark = inlines.letters(mark_properties)
    for tag in setting.said.get("missed", ()):
        reading.miss(tag)
    inlines.items.extend(reading.pending)
    reading.pending.clear()
    aim = reading.aims.get(element)
    if aim is not None:
        inlines.items += (Mark(aim), Mark(aim, end=True))
    lists_contents = any(each.name == "TOC" for each in reading.fields)
    read_inlines(inlines, element)
    # A table's cell and a section need their last paragraph, whatever its mark says.
    ends = mark.hidden or _is_deleted(mark_properties)
    following = element.getnext()
    if ends and following is not None and following.tag == _P:
        reading.pending.extend(inlines.items)
        return None
    items = inlines.items
    if lists_contents or any(each.name == "TOC" for each in reading.fields):
        items = _completed(reading, items, mark.look)
    size = look_of(items, mark.look).size
    shape = reading.looks.shape(reading.ground, setting, size, reading.grid)
    if _on_grid(reading, shape, items):
        sizes = [item.look.size for item in items if isinstance(item, Text)]
        shape = reading.looks.on_grid(shape, max(sizes, default=mark.look.size), reading.grid)
    return Paragraph(
        shape,
        tuple(items),
        mark.look,
        reading.looks.number(reading.ground, setting, mark_properties),
    )


def _on_grid(reading: Reading, shape: Shape, items: list[Inline]) -> bool:
    """Return whether the lines of a paragraph stand on the page's grid.

    Not those in tables, unless the file asks for it, and not those that hold a drawing, which makes
    its line as high as it needs.
    """
    in_table = reading.ground is not PAPER and not reading.settings.grid_in_tables
    drawn = any(isinstance(item, Picture | Chart | Box) for item in items)
    multiple = shape.line.rule == "multiple"
    return reading.grid > 0 and shape.snap_to_grid and multiple and not in_table and not drawn


def _is_deleted(properties: etree._Element | None) -> bool:
    return properties is not None and any(child.tag in DELETED for child in properties)


def _completed(reading: Reading, items: list[Inline], look: Look) -> list[Inline]:
    """Return the items of an entry of a table of contents, with a page number if it had none.

    An entry that was never refreshed may lack its number; Word adds it when it refreshes. The
    heading is the first one of the same words that no entry before has taken.
    """
    words = "".join(item.text for item in items if isinstance(item, Text)).strip()
    if not words or any(isinstance(item, Tab) for item in items):
        _heading(reading, _before_tab(items))
        return items
    heading = _heading(reading, words)
    if heading is None:
        return items
    name = reading.aims.get(heading)
    if name is None:
        taken = set(reading.aims.values())
        name = next(name for name in (f"_entry_{n}" for n in count(1)) if name not in taken)
        reading.aims[heading] = name
    link = f"#{name}"
    linked = [
        Text(item.text, item.look, item.link or link) if isinstance(item, Text) else item
        for item in items
    ]
    last = next(item.look for item in reversed(items) if isinstance(item, Text))
    return [*linked, Tab(last, link), Counter("PAGEREF", last, target=name, link=link)]


def _before_tab(items: list[Inline]) -> str:
    said = ""
    for item in items:
        if isinstance(item, Tab) and said:
            break
        said += item.text if isinstance(item, Text) else ""
    return said.strip()


def _heading(reading: Reading, words: str) -> etree._Element | None:
    """Take the first heading of these words that is left, None if there is none."""
    if reading.headings is None:
        reading.headings = {}
        root = reading.parts.root(reading.part)
        for element in root.iter(_P) if root is not None else ():
            properties = element.find(w("pPr"))
            setting = reading.looks.setting(PAPER, properties)
            if setting.said.get("outline", 9) < 9:
                text = "".join(each.text or "" for each in element.iter(w("t"))).strip()
                reading.headings.setdefault(text, []).append(element)
    left = reading.headings.get(words)
    return left.pop(0) if left else None


Read = Callable[[Reading, Iterable[etree._Element]], tuple[Block, ...]]
