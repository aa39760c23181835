"""Reads a Word file from its package to what it shows: sections, stories, notes, properties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from salesdocs.word.ooxml import CUSTOM_PART, w
from salesdocs.word.seal import properties_of
from salesdocs.word.shown.measures import colour
from salesdocs.word.shown.model import Block, Paragraph, Section, Shown, Table, Text
from salesdocs.word.shown.names import CORE, DC, DCTERMS
from salesdocs.word.shown.notes import read_notes
from salesdocs.word.shown.paragraphs import read_block, read_blocks, unwrapped
from salesdocs.word.shown.parts import Parts, open_parts
from salesdocs.word.shown.reading import Reading, open_reading
from salesdocs.word.shown.sections import SectionReader

_CORE_PART: Final = "docProps/core.xml"
_PROPERTIES: Final = {
    f"{{{DC}}}title": "title",
    f"{{{DC}}}creator": "creator",
    f"{{{DC}}}subject": "subject",
    f"{{{DC}}}description": "description",
    f"{{{DC}}}language": "language",
    f"{{{CORE}}}keywords": "keywords",
    f"{{{CORE}}}category": "category",
    f"{{{CORE}}}lastModifiedBy": "last_modified_by",
    f"{{{DCTERMS}}}created": "created",
    f"{{{DCTERMS}}}modified": "modified",
}


def read(package: bytes, file: str = "") -> Shown:
    """Return what a Word file shows.

    Raises TemplateError when `package` is no sound zip, PdfError when it is no Word document, is
    damaged, or does what no Word file does (see `parts`).
    """
    parts, main = open_parts(package, file)
    reading = open_reading(parts, main, read_blocks)
    root = parts.root(main)
    body = None if root is None else root.find(w("body"))
    sections = tuple(_sections(reading, body)) if body is not None else ()
    background = None if root is None else root.find(w("background"))
    shows = reading.settings.shows_background and background is not None
    notes = read_notes(reading)
    return Shown(
        sections or (Section(()),),
        notes,
        _properties(parts, reading, sections),
        _custom(parts),
        reading.settings.even_and_odd,
        reading.settings.tab_width,
        colour(background.get(w("color"))) if shows and background is not None else "",
        tuple(reading.missed.unknown),
    )


def _sections(reading: Reading, body: etree._Element) -> Iterator[Section]:
    """Yield the sections; each one's properties stand at its end, but are needed from its start."""
    reader = SectionReader(reading)
    ends = [each for each in body.iter(w("sectPr")) if _ends_section(each, body)]
    last = body.find(w("sectPr"))
    waiting = iter([each for each in ends if each is not last])
    properties = next(waiting, last)
    reader.begin(properties)
    blocks: list[Block] = []
    for element in unwrapped(reading, body):
        blocks.extend(read_block(reading, element))
        own = element.find(f"{w('pPr')}/{w('sectPr')}")
        if own is not None and element.tag == w("p"):
            yield reader.end(own, tuple(blocks))
            blocks = []
            properties = next(waiting, last)
            reader.begin(properties)
    yield reader.end(last, _with_pending(reading, blocks))


def _with_pending(reading: Reading, blocks: list[Block]) -> tuple[Block, ...]:
    """Return the blocks with the marks that stand after the last of them in it."""
    if blocks and reading.pending and isinstance(blocks[-1], Paragraph):
        blocks[-1] = replace(blocks[-1], inlines=(*blocks[-1].inlines, *reading.pending))
        reading.pending.clear()
    return tuple(blocks)


def _ends_section(element: etree._Element, body: etree._Element) -> bool:
    """Return whether section properties hold: those of the body and of its own paragraphs do."""
    above = element.getparent()
    if above is body:
        return True
    paragraph = None if above is None else above.getparent()
    if above is None or above.tag != w("pPr") or paragraph is None:
        return False
    holder = paragraph.getparent()
    while holder is not None and holder is not body:
        if holder.tag in (w("tc"), w("txbxContent")):
            return False
        holder = holder.getparent()
    return True


def _properties(parts: Parts, reading: Reading, sections: tuple[Section, ...]) -> dict[str, str]:
    """Return the core properties that are set, and the language of most of the text."""
    part = parts.related("", "core-properties") or _CORE_PART
    root = parts.root(part)
    found = {
        _PROPERTIES[str(child.tag)]: (child.text or "").strip()
        for child in (root if root is not None else ())
        if child.tag in _PROPERTIES and (child.text or "").strip()
    }
    if "language" not in found:
        language = _language(reading, sections)
        if language:
            found["language"] = language
    return found


def _language(reading: Reading, sections: tuple[Section, ...]) -> str:
    """Return the default language of East Asian text where there is such text, else of Latin."""
    defaults = reading.styles.run_defaults
    east = str(defaults.get("east_asian_language", ""))
    if east and any(_is_chinese(section.blocks) for section in sections):
        return east
    return str(defaults.get("language", ""))


def _is_chinese(blocks: tuple[Block, ...]) -> bool:
    """Return whether any of the text is in Han characters."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for item in block.inlines:
                said = item.text if isinstance(item, Text) else ""
                if any("\u4e00" <= each <= "\u9fff" for each in said):
                    return True
        elif isinstance(block, Table):
            for row in block.rows:
                if any(_is_chinese(cell.blocks) for cell in row.cells):
                    return True
    return False


def _custom(parts: Parts) -> dict[str, str]:
    root = parts.root(parts.related("", "custom-properties") or CUSTOM_PART)
    return {} if root is None else properties_of(root)
