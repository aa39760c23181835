"""Reads sections: paper, margins, columns, and which header and footer stand on which pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from lxml import etree

from salesdocs.word.ooxml import W, w
from salesdocs.word.shown.looks import PAPER
from salesdocs.word.shown.measures import VAL, is_on, length, number, whole
from salesdocs.word.shown.model import Block, Border, Position, Section, Story
from salesdocs.word.shown.names import R, tags
from salesdocs.word.shown.reading import Reading

_KINDS: Final[
    Mapping[str, Literal["next_page", "continuous", "even_page", "odd_page"]]
] = {
    "nextPage": "next_page", "continuous": "continuous", "evenPage": "even_page",
    "oddPage": "odd_page", "nextColumn": "next_page",
}  # fmt: skip
SECTION_READ: Final = tags(
    W,
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar pgBorders pgNumType "
    "cols vAlign titlePg textDirection docGrid lnNumType",
)
SECTION_SILENT: Final = tags(
    W, "paperSrc formProt noEndnote bidi rtlGutter printerSettings sectPrChange"
)
_GRIDS: Final = frozenset(("lines", "linesAndChars", "snapToChars"))
_POSITIONS: Final[Mapping[str, Position]] = {"default": "default", "first": "first", "even": "even"}
# What Word takes where a section says nothing of its paper: Letter (MS-DOC 2.6.4).
_WIDTH: Final = 612.0
_HEIGHT: Final = 792.0
_EDGES: Final = ("top", "left", "bottom", "right")

Stories = dict[tuple[str, Position], str]
"""The part that holds a header or footer: by `header` or `footer`, and where it stands."""


class SectionReader:
    """Reads sections in order: what one does not say of headers holds as in the one before."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._stories: Stories = {}
        self._read: dict[str, Story] = {}

    def begin(self, properties: etree._Element | None) -> None:
        """Prepare the reading of a section's blocks: their room, their grid, their notes."""
        reading = self._reading
        page = _measures(properties, "pgSz")
        margins = _measures(properties, "pgMar")
        room = page.get("w", _WIDTH) - margins.get("left", 90.0) - margins.get("right", 90.0)
        room -= margins.get("gutter", 0.0)
        columns = _columns(properties, room)
        reading.width = max(columns[0][0] if columns else room, 1.0)
        reading.grid = _grid(properties)
        for kind in ("footnote", "endnote"):
            self._number_notes(kind, properties)

    def _number_notes(self, kind: str, properties: etree._Element | None) -> None:
        """Take the numbering of notes from the section, else from the settings (17.11)."""
        reading = self._reading
        holders = [reading.settings.notes.get(kind)]
        if properties is not None:
            holders.append(properties.find(w(f"{kind}Pr")))
        for holder in holders:
            for child in holder if holder is not None else ():
                value = child.get(VAL, "")
                match str(child.tag).rpartition("}")[2]:
                    case "numFmt":
                        reading.notes.forms[kind] = value
                    case "numStart":
                        first = whole(value, 1, 0) - 1
                        reading.notes.counts.setdefault(kind, first)
                    case "numRestart":
                        if value == "eachSect":
                            reading.notes.counts[kind] = 0
                        elif value == "eachPage":
                            reading.miss(str(child.tag), "footnotes")
                    case "pos":
                        if value not in {"pageBottom", "docEnd"}:
                            reading.miss(str(child.tag), "footnotes")

    def end(self, properties: etree._Element | None, blocks: tuple[Block, ...]) -> Section:
        """Return the section with its blocks."""
        reading = self._reading
        reading.missed.paragraph = None
        holders: dict[str, etree._Element] = {}
        for child in properties if properties is not None else ():
            name = str(child.tag).rpartition("}")[2]
            if child.tag in (w("headerReference"), w("footerReference")):
                self._refer(name.removesuffix("Reference"), child)
            elif child.tag in SECTION_READ:
                holders[name] = child
            elif child.tag not in SECTION_SILENT:
                reading.miss(str(child.tag), "section")
        self._miss(holders)
        page = _measures(properties, "pgSz")
        margins = _measures(properties, "pgMar")
        titled = "titlePg" in holders and is_on(holders["titlePg"])
        numbers = holders.get("pgNumType")
        start = None if numbers is None else number(numbers.get(w("start")))
        width, height = page.get("w", _WIDTH), page.get("h", _HEIGHT)
        left, right = margins.get("left", 90.0), margins.get("right", 90.0)
        gutter = margins.get("gutter", 0.0)
        borders, borders_from = self._borders(holders.get("pgBorders"))
        return Section(
            blocks,
            width,
            height,
            margins.get("top", 72.0),
            right,
            margins.get("bottom", 72.0),
            left,
            gutter,
            margins.get("header", 36.0),
            margins.get("footer", 36.0),
            _KINDS.get(holders["type"].get(VAL, "") if "type" in holders else "", "next_page"),
            self._edge("header", titled),
            self._edge("footer", titled),
            None if start is None else int(start),
            "decimal" if numbers is None else numbers.get(w("fmt"), "decimal"),
            _columns(properties, width - left - right - gutter),
            _grid(properties),
            _v_align(holders.get("vAlign")),
            borders,
            borders_from,
        )

    def _miss(self, holders: Mapping[str, etree._Element]) -> None:
        """Name what of the section is not shown as Word shows it."""
        reading = self._reading
        direction = holders.get("textDirection")
        if direction is not None and direction.get(VAL) not in {"lrTb", "lr", None}:
            reading.miss(w("textDirection"), "section")
        if "lnNumType" in holders:
            reading.miss(w("lnNumType"), "section")
        grid = holders.get("docGrid")
        if (
            grid is not None
            and grid.get(w("type")) in {"linesAndChars", "snapToChars"}
            and number(grid.get(w("charSpace")))
        ):
            reading.miss(f"{w('docGrid')} charSpace", "section")
        numbers = holders.get("pgNumType")
        if numbers is not None and numbers.get(w("chapStyle")):
            reading.miss(f"{w('pgNumType')} chapStyle", "section")
        columns = holders.get("cols")
        if columns is not None and columns.get(w("sep")) in {"1", "true", "on"}:
            reading.miss(f"{w('cols')} sep", "section")

    def _refer(self, edge: str, element: etree._Element) -> None:
        relation = self._reading.relation(element.get(f"{{{R}}}id"))
        position = _POSITIONS.get(element.get(w("type"), "default"), "default")
        if relation is None or self._reading.parts.root(relation.target) is None:
            self._reading.miss(str(element.tag), "section", lost=True)
        else:
            self._stories[edge, position] = relation.target

    def _edge(self, edge: str, titled: bool) -> dict[Position, Story]:
        """Return the headers or footers that pages of this section show."""
        wanted: list[Position] = ["default"]
        wanted += ["first"] if titled else []
        wanted += ["even"] if self._reading.settings.even_and_odd else []
        found: dict[Position, Story] = {}
        for position in wanted:
            part = self._stories.get((edge, position))
            if part is not None:
                found[position] = self._story(part)
            elif position != "default":
                found[position] = Story(())  # Word leaves the edge of such pages empty
        return found

    def _story(self, part: str) -> Story:
        if part not in self._read:
            self._read[part] = read_story(self._reading, part)
        return self._read[part]

    def _borders(
        self, element: etree._Element | None
    ) -> tuple[dict[str, Border], Literal["text", "page"]]:
        if element is None:
            return {}, "text"
        if element.get(w("display"), "allPages") != "allPages":
            self._reading.miss(f"{w('pgBorders')} display", "section")
        found = self._reading.properties.borders(element)
        lines = {side: line for side in _EDGES if (line := found.get(side)) is not None}
        return lines, "page" if element.get(w("offsetFrom")) == "page" else "text"


def read_story(reading: Reading, part: str) -> Story:
    """Return what a header or footer holds."""
    root = reading.parts.root(part)
    if root is None:
        return Story(())
    kept = (reading.part, reading.fields, reading.pending, reading.bookmarks, reading.ground)
    reading.part, reading.fields, reading.pending, reading.bookmarks = part, [], [], {}
    reading.ground = PAPER
    blocks = reading.read_blocks(reading, root)
    reading.part, reading.fields, reading.pending, reading.bookmarks, reading.ground = kept
    return Story(blocks)


def _measures(properties: etree._Element | None, name: str) -> dict[str, float]:
    """Return the lengths that `w:pgSz` or `w:pgMar` states, in points."""
    element = None if properties is None else properties.find(w(name))
    found: dict[str, float] = {}
    for key, text in (element.attrib if element is not None else {}).items():
        value = length(str(text))
        if value is not None:
            found[str(key).rpartition("}")[2]] = value
    if name == "pgSz":
        found = {key: value for key, value in found.items() if value >= 7.2}
    return found


def _grid(properties: etree._Element | None) -> float:
    """Return the height of a line of the page's grid, 0 where lines do not snap to one."""
    element = None if properties is None else properties.find(w("docGrid"))
    if element is None or element.get(w("type")) not in _GRIDS:
        return 0.0
    return max(length(element.get(w("linePitch"))) or 0.0, 0.0)


def _columns(properties: etree._Element | None, room: float) -> tuple[tuple[float, float], ...]:
    """Return widths of columns and the gaps after them; nothing for a single column."""
    element = None if properties is None else properties.find(w("cols"))
    if element is None:
        return ()
    count = whole(element.get(w("num")), 1, 1, 45)
    written = [
        (length(each.get(w("w"))) or 0.0, length(each.get(w("space"))) or 0.0)
        for each in element.iterfind(w("col"))
    ]
    if element.get(w("equalWidth"), "1") in {"0", "false", "off"} and len(written) > 1:
        return tuple(written)
    if count < 2:
        return ()
    space = length(element.get(w("space")))
    gap = 36.0 if space is None else space
    width = round(max((room - gap * (count - 1)) / count, 1.0), 3)
    return tuple((width, gap if place < count - 1 else 0.0) for place in range(count))


def _v_align(element: etree._Element | None) -> Literal["top", "center", "bottom", "both"]:
    match "" if element is None else element.get(VAL):
        case "center":
            return "center"
        case "bottom":
            return "bottom"
        case "both":
            return "both"
    return "top"
