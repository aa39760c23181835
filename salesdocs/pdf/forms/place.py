"""Where the fields of a form stand: the places to write of a blank Word form, as it is shown.

A cell that is its own place becomes a field from edge to edge; a place within a line becomes a
field of the line's height, as wide as the line has room; each box to tick becomes a box of its own.
What is shown stays as it is but for that: a star marks what has to be filled in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from salesdocs.pdf.forms.field import FormField
from salesdocs.word.shown.model import (
    Align,
    Block,
    Break,
    Cell,
    Inline,
    Line,
    Mark,
    Paragraph,
    Row,
    Section,
    Shown,
    Table,
    Text,
)

BOX: Final = "□"
_TICKED: Final = "☑"
_GAP: Final = re.compile(r"_{4,}")
_BOXES: Final = re.compile(rf"([{BOX}{_TICKED}])")
_EDGE: Final = 1.2
"""Points between a field and the lines of its cell."""
_LEAST: Final = 20.0
"""A field of 10 point type less high is clipped by viewers."""
_TALL: Final = 40.0
"""What an answer of several lines has at least."""
_IN_LINE: Final = 15.0
_NARROWEST: Final = 34.0
_SQUARE: Final = 9.5
_STAR: Final = "*"
_RED: Final = "C00000"

Kind = Literal["text", "choice", "box", "group"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A field at its place: `key` names the place, `name` the field in the PDF.

    Several boxes of one `group` answer one field, `option` is what each stands for. Lengths are
    points; `drop` is how far the field reaches below the line of the text.
    """

    key: str
    name: str
    field: FormField
    kind: Kind
    width: float
    height: float
    option: str = ""
    said: str = ""
    size: float = 10
    align: Align = "left"
    multiline: bool = False
    drop: float = 0


@dataclass(frozen=True, slots=True)
class Place:
    """What a bookmark is to become: the field and, for a single box, what it stands for."""

    field: FormField
    option: str = ""


@dataclass(slots=True)
class Placing:
    """Turns the places of a form into spots; `places` says which bookmark is one."""

    places: Mapping[str, Place]
    spots: list[Spot] = field(default_factory=list)
    _taken: dict[str, int] = field(default_factory=dict)

    def shown(self, shown: Shown) -> Shown:
        """Return the form with a pair of marks, named by its key, around nothing for each spot."""
        return replace(shown, sections=tuple(self._section(each) for each in shown.sections))

    def _section(self, section: Section) -> Section:
        width = section.width - section.left - section.right - section.gutter
        return replace(section, blocks=self._blocks(section.blocks, width))

    def _blocks(self, blocks: Iterable[Block], width: float) -> tuple[Block, ...]:
        return tuple(
            self._table(block) if isinstance(block, Table) else self._paragraph(block, width)
            for block in blocks
        )

    # ---- tables ----

    def _table(self, table: Table) -> Table:
        table = _ruled_lines_joined(table, self.places)
        heads = _heads(table)
        rows: list[Row] = []
        starred: set[int] = set()
        for row in table.rows:
            done, asked = self._row(row, table)
            rows.append(done)
            starred |= asked & heads.keys()
        for column in starred:
            number, place = heads[column]
            cells = list(rows[number].cells)
            cells[place] = _starred(cells[place])
            rows[number] = replace(rows[number], cells=tuple(cells))
        return replace(table, rows=tuple(rows))

    def _row(self, row: Row, table: Table) -> tuple[Row, set[int]]:
        """Return the row with its spots, and the columns whose head is to have a star."""
        height = max([row.height, _LEAST, *(_wanted(cell, self.places) for cell in row.cells)])
        before = len(self.spots)
        cells: list[Cell] = []
        asked: set[int] = set()
        for cell in row.cells:
            known = len(self.spots)
            done = self._cell(cell, height if cell.rows == 1 else 0, table)
            if any(spot.field.required for spot in self.spots[known:]):
                if cells and _is_label(cells[-1], row.cells[len(cells) - 1], self.places):
                    cells[-1] = _starred(cells[-1])
                else:
                    asked.add(cell.start)
            cells.append(done)
        if len(self.spots) == before:
            return replace(row, cells=tuple(cells)), asked
        return replace(row, cells=tuple(cells), height=height, exact=False), asked

    def _cell(self, cell: Cell, height: float, table: Table) -> Cell:
        width = sum(table.grid[cell.start : cell.start + cell.span]) or cell.width
        whole = _whole(cell, self.places)
        if whole is None:
            inner = width - cell.margins[1] - cell.margins[3]
            return replace(cell, blocks=self._blocks(cell.blocks, inner))
        paragraph, mark = whole
        place = self.places[mark.name]
        tall = max(height, _LEAST) - 2 * _EDGE
        key = self._key()
        self._add(
            key,
            place,
            width=width - 2 * _EDGE,
            height=tall,
            align=paragraph.shape.align,
            size=_size(paragraph, tall),
            multiline=place.field.multiline or tall > 2 * _LEAST,
        )
        return replace(
            cell,
            margins=(0, _EDGE, 0, _EDGE),
            v_align="center",
            blocks=(_alone(paragraph, key),),
        )

    # ---- lines ----

    def _paragraph(self, paragraph: Paragraph, width: float) -> Paragraph:
        if not any(isinstance(each, Mark) and each.name in self.places for each in paragraph.inlines):
            return self._rooms(paragraph, None, width)
        inlines: list[Inline] = []
        last: Place | None = None
        index = 0
        parts = list(paragraph.inlines)
        gaps = _gaps_by_line(parts, self.places, width)
        while index < len(parts):
            inline = parts[index]
            place = self.places.get(inline.name) if isinstance(inline, Mark) else None
            if place is None:
                if isinstance(inline, Text) and last is not None and _GAP.search(inline.text):
                    inlines += self._room(inline, last, gaps.get(index, _NARROWEST))
                elif not (isinstance(inline, Mark) and inline.name.startswith("_")):
                    inlines.append(inline)
                index += 1
                continue
            assert isinstance(inline, Mark)
            end = _end_of(parts, index)
            inlines += self._value(parts[index + 1 : end], place, gaps.get(index, _NARROWEST))
            last = place if place.option else None
            index = end + 1
        return replace(paragraph, inlines=tuple(inlines), shape=_loosened(paragraph))

    def _value(self, held: Sequence[Inline], place: Place, width: float) -> Iterator[Inline]:
        """Yield what stands in place of a value: its boxes, or a field within the line."""
        words = "".join(each.text for each in held if isinstance(each, Text))
        if place.option or (BOX in words or _TICKED in words) and place.field.choices:
            yield from self._boxes(held, place)
            return
        look = next((each.look for each in held if isinstance(each, Text)), None)
        key = self._key()
        size = min(look.size if look else 10, 10)
        self._add(key, place, width=width, height=_IN_LINE, size=size, drop=(_IN_LINE - size) / 2 + 2)
        yield from _pair(key)

    def _boxes(self, held: Sequence[Inline], place: Place) -> Iterator[Inline]:
        options = list(place.field.choices)
        for inline in held:
            if not isinstance(inline, Text):
                yield inline
                continue
            pieces = _BOXES.split(inline.text)
            for number, piece in enumerate(pieces):
                if piece not in (BOX, _TICKED):
                    if piece:
                        yield replace(inline, text=piece)
                    continue
                said = pieces[number + 1].strip("\u00a0\u3000 \n") if number + 1 < len(pieces) else ""
                option = place.option
                if not option:
                    if not options:
                        yield replace(inline, text=piece)
                        continue
                    option, said = options.pop(0)
                key = self._key()
                self._add(
                    key, place, width=_SQUARE, height=_SQUARE, option=option, said=said, drop=1.2
                )
                yield from _pair(key)

    def _rooms(self, paragraph: Paragraph, last: Place | None, width: float) -> Paragraph:
        return paragraph

    def _room(self, inline: Text, place: Place, width: float) -> Iterator[Inline]:
        """Yield words with a field in place of the line to write behind a box: `其他：____`."""
        found = _GAP.search(inline.text)
        assert found is not None
        if found.start():
            yield replace(inline, text=inline.text[: found.start()])
        key = self._key()
        other = replace(place.field, choices=(), multiline=False, label=f"{place.field.label}（其他）")
        name = f"{place.field.path}={place.option}"
        self.spots.append(
            Spot(key, name, other, "text", width, _IN_LINE, size=9, drop=(_IN_LINE - 9) / 2 + 2)
        )
        yield from _pair(key)
        if found.end() < len(inline.text):
            yield replace(inline, text=inline.text[found.end() :])

    # ---- spots ----

    def _key(self) -> str:
        return f"field-{len(self.spots) + 1}"

    def _add(
        self,
        key: str,
        place: Place,
        *,
        width: float,
        height: float,
        option: str = "",
        said: str = "",
        size: float = 10,
        align: Align = "left",
        multiline: bool = False,
        drop: float = 0,
    ) -> None:
        item = place.field
        name = f"{item.path}={option}" if option and item.many else item.path
        kind: Kind = "text"
        if option:
            kind = "box" if item.many else "group"
        elif item.choices and not item.many:
            kind = "choice"
        self.spots.append(
            Spot(
                key, name, item, kind, width, height, option, said, size, align,
                multiline and kind == "text", drop,
            )
        )  # fmt: skip


def _pair(key: str) -> tuple[Mark, Mark]:
    return Mark(key), Mark(key, end=True)


def _alone(paragraph: Paragraph, key: str) -> Paragraph:
    """Return the paragraph of a cell that is nothing but a field."""
    shape = replace(
        paragraph.shape, left=0, right=0, first=0, before=0, after=0, line=Line("multiple", 1),
        align="left", tabs=(),
    )  # fmt: skip
    return replace(paragraph, shape=shape, inlines=_pair(key), number=None)


def _loosened(paragraph: Paragraph) -> Shape:
    """Return the shape with lines as high as a field within them needs."""
    shape = paragraph.shape
    if shape.line.rule == "exact" and shape.line.value < _IN_LINE + 2:
        return replace(shape, line=Line("exact", _IN_LINE + 2))
    return shape


def _end_of(inlines: Sequence[Inline], start: int) -> int:
    """Return where the bookmark that starts at `start` ends; the last place if it does not."""
    mark = inlines[start]
    assert isinstance(mark, Mark)
    ends = (
        place
        for place in range(start + 1, len(inlines))
        if inlines[place] == Mark(mark.name, end=True)
    )
    return next(ends, len(inlines) - 1)


def _whole(cell: Cell, places: Mapping[str, Place]) -> tuple[Paragraph, Mark] | None:
    """Return the paragraph and bookmark of a cell that is nothing but one place to write."""
    if len(cell.blocks) != 1 or not isinstance(cell.blocks[0], Paragraph):
        return None
    paragraph = cell.blocks[0]
    marks = [each for each in paragraph.inlines if isinstance(each, Mark) and not each.end]
    ours = [mark for mark in marks if mark.name in places]
    if len(ours) != 1 or places[ours[0].name].option:
        return None
    if any(not isinstance(each, (Mark, Text)) for each in paragraph.inlines):
        return None
    words = "".join(each.text for each in paragraph.inlines if isinstance(each, Text))
    return (paragraph, ours[0]) if not _GAP.sub("", words).strip() else None


def _wanted(cell: Cell, places: Mapping[str, Place]) -> float:
    """Return the height that the field of a cell needs for what is written there."""
    whole = _whole(cell, places)
    if whole is None or cell.rows > 1:
        return 0
    return _TALL if places[whole[1].name].field.multiline else 0


def _ruled_lines_joined(table: Table, places: Mapping[str, Place]) -> Table:
    """Return ruled lines below each other, of which the first is a place, as one tall one."""
    first, *rest = table.rows if table.rows else (None,)
    if first is None or not rest or any(len(row.cells) != 1 for row in table.rows):
        return table
    if _whole(first.cells[0], places) is None or any(_words(row.cells[0]) for row in rest):
        return table
    height = sum(row.height for row in table.rows)
    borders = dict(rest[-1].cells[0].borders)
    line = borders.get("bottom")
    framed = {side: line for side in ("top", "left", "bottom", "right")} if line else borders
    cell = replace(first.cells[0], borders=framed)
    return replace(table, rows=(replace(first, cells=(cell,), height=height),))


def _words(cell: Cell) -> str:
    return "".join(_texts(cell.blocks)).strip()


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _texts(cell.blocks)
            continue
        yield from (each.text for each in block.inlines if isinstance(each, Text))


def _heads(table: Table) -> dict[int, tuple[int, int]]:
    """Return row and place of the last head cell over each column."""
    heads: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(table.rows):
        if not row.header:
            break
        for place, cell in enumerate(row.cells):
            for column in range(cell.start, cell.start + cell.span):
                heads[column] = number, place
    return heads


def _is_label(done: Cell, cell: Cell, places: Mapping[str, Place]) -> bool:
    """Return whether a cell holds words only, and those name what stands beside it."""
    return bool(cell.shade) and bool(_words(cell)) and not any(
        isinstance(each, Mark) and each.name in places for each in _inlines(cell.blocks)
    )


def _inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.inlines


def _starred(cell: Cell) -> Cell:
    """Return a label with a red star behind its last words; one is enough."""
    for place in range(len(cell.blocks) - 1, -1, -1):
        block = cell.blocks[place]
        if not isinstance(block, Paragraph):
            continue
        texts = [each for each in block.inlines if isinstance(each, Text)]
        if not texts:
            continue
        if texts[-1].text == _STAR:
            return cell
        star = Text(_STAR, replace(texts[-1].look, colour=_RED, bold=True))
        blocks = list(cell.blocks)
        blocks[place] = replace(block, inlines=(*block.inlines, star))
        return replace(cell, blocks=tuple(blocks))
    return cell


def _size(paragraph: Paragraph, height: float) -> float:
    """Return the size of the letters in a field: that of the form, at most what it is high for."""
    return min(paragraph.mark.size, 10.5, height * 0.55)


def _gaps_by_line(
    inlines: Sequence[Inline], places: Mapping[str, Place], width: float
) -> dict[int, float]:
    """Return how wide the place that begins at each index is: what its line has left, shared."""
    found: dict[int, float] = {}
    taken, waiting, index = 0.0, [], 0

    def share() -> None:
        for each in waiting:
            found[each] = max((width - taken - 2) / len(waiting) - 3, _NARROWEST)

    while index < len(inlines):
        inline = inlines[index]
        if isinstance(inline, Break):
            share()
            taken, waiting = 0.0, []
        elif isinstance(inline, Mark) and not inline.end and inline.name in places:
            end = _end_of(inlines, index)
            held = inlines[index + 1 : end]
            words = "".join(each.text for each in held if isinstance(each, Text))
            if BOX in words or _TICKED in words:
                lines = words.split("\n")
                taken = _measure(lines[-1], 10) if len(lines) > 1 else taken + _measure(words, 10)
            else:
                waiting.append(index)
            index = end
        elif isinstance(inline, Text):
            room = _GAP.search(inline.text)
            taken += _measure(_GAP.sub("", inline.text), inline.look.size)
            if room:
                waiting.append(index)
        index += 1
    share()
    return found


def _measure(text: str, size: float) -> float:
    """Return about how wide a text is: Chinese letters are as wide as high, others half."""
    wide = sum(unicodedata.east_asian_width(each) in "WFA" for each in text)
    return size * (wide + (len(text) - wide) * 0.52)
