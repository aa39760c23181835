"""Reads the words of footnotes and endnotes, in the order in which the text refers to them."""

from __future__ import annotations

from lxml import etree

from salesdocs.word.ooxml import w
from salesdocs.word.shown.looks import PAPER
from salesdocs.word.shown.model import Block
from salesdocs.word.shown.reading import Reading

_KINDS = (("footnote", "footnotes"), ("endnote", "endnotes"))


def read_notes(reading: Reading) -> dict[str, tuple[Block, ...]]:
    """Return the words of each note that is referred to, by `footnote 2`."""
    found: dict[str, tuple[Block, ...]] = {}
    for kind, part_kind in _KINDS:
        part = reading.parts.related(reading.part, part_kind)
        root = reading.parts.root(part) if part else None
        elements = {
            each.get(w("id"), ""): each
            for each in (root.iterfind(w(kind)) if root is not None else ())
        }
        for each, number in list(reading.notes.order):
            if each == kind:
                found[f"{kind} {number}"] = _note(reading, part, kind, number, elements.get(number))
    return found


def _note(
    reading: Reading, part: str, kind: str, number: str, element: etree._Element | None
) -> tuple[Block, ...]:
    if element is None:
        reading.miss(w(f"{kind}Reference"), lost=True)
        return ()
    kept = reading.part
    reading.part, reading.ground = part, PAPER
    reading.fields, reading.pending, reading.bookmarks = [], [], {}
    reading.notes.own = reading.notes.texts.get((kind, number), "")
    blocks = reading.read_blocks(reading, element)
    reading.part = kept
    return blocks
