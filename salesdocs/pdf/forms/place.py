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
    Look,
    Mark,
    Paragraph,
    Row,
    Section,
    Shape,
    Shown,
    Table,
    Text,
)

BOX: Final = "□"
_TICKED: Final = "☑"
_GAP: Final = re.compile(r"_{4,}")
_BOXES: Final = re.compile(rf"([{BOX}{_TICKED}])")
_MARGIN: Final = 4.0
_EDGE: Final = 1.2
"""Points between a field and the lines of its cell."""
_LEAST: Final = 20.0
"""A field of 10 point type less high is clipped by viewers."""
_TALL: Final = 36.0
"""What an answer of several lines has at least."""
_IN_LINE: Final = 15.0
_NARROWEST: Final = 34.0
_ENOUGH: Final = 52.0
"""What each of several fields in a line has at least."""
_SLACK: Final = 5.0
_SQUARE: Final = 9.5
_CLOSING: Final = re.compile(r"[）)；;，,。、]+|[^：:（(]*$")
"""What belongs to the place before it: the signs that close it, or words up to the next label."""
_STAR: Final = "*"
_EXPLAINED: Final = "为必填项；指向空格可看填写说明，需要签字的打印后手写"
_SMALL: Final = 8.0
_GREY: Final = "666666"
_RED: Final = "C00000"

LOOSE: Final = "_box"
"""How the names of boxes begin that answer no path."""

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
    """What a bookmark is to become: the field and, for a single box, what it stands for.

    `box` is the box before it, where writing here says something else too: `□ ____人` that the
    size is stated by headcount.
    """

    field: FormField
    option: str = ""
    box: tuple[FormField, str] | None = None


@dataclass(slots=True)
class Placing:
    """Turns the places of a form into spots; `places` says which bookmark is one."""

    places: Mapping[str, Place]
    spots: list[Spot] = field(default_factory=list)
    loose: int = 0
    kinds: dict[str, Kind] = field(default_factory=dict)

    def shown(self, shown: Shown) -> Shown:
        """Return the form with a pair of marks, named by its key, around nothing for each spot."""
        sections = [self._section(each) for each in shown.sections]
        if sections and any(spot.field.required for spot in self.spots):
            sections[0] = replace(sections[0], blocks=_explained(sections[0].blocks))
        return replace(shown, sections=tuple(sections))

    def _section(self, section: Section) -> Section:
        width = section.width - section.left - section.right - section.gutter
        return replace(section, blocks=self._blocks(section.blocks, width))

    def _blocks(self, blocks: Iterable[Block], width: float) -> tuple[Block, ...]:
        done: list[Block] = []
        for block in blocks:
            if not isinstance(block, Table):
                done.append(self._paragraph(block, width))
                continue
            table, is_unnamed = self._table(block)
            if is_unnamed:
                _star_the_question(done)
            done.append(table)
        return tuple(done)

    # ---- tables ----

    def _table(self, table: Table) -> tuple[Table, bool]:
        """Return the table with its spots, and whether something due has no name in it."""
        table = _ruled_lines_joined(table, self.places)
        heads = _heads(table)
        rows: list[Row] = []
        starred: set[int] = set()
        is_unnamed = False
        for row in table.rows:
            done, asked = self._row(row, table)
            rows.append(done)
            starred |= asked
        for column in starred:
            if column not in heads:
                is_unnamed = True
                continue
            number, place = heads[column]
            cells = list(rows[number].cells)
            cells[place] = _starred(cells[place])
            rows[number] = replace(rows[number], cells=tuple(cells))
        return replace(table, rows=tuple(rows)), is_unnamed

    def _row(self, row: Row, table: Table) -> tuple[Row, set[int]]:
        """Return the row with its spots, and the columns whose head is to have a star.

        A row of boxes that answer one question is starred at its beginning, or asks for the star
        of a column that is none (-1).
        """
        height = max(
            [row.height, _LEAST, *(_wanted(cell, self.places, table) for cell in row.cells)]
        )
        before = len(self.spots)
        cells: list[Cell] = []
        asked: set[int] = set()
        for cell in row.cells:
            known = len(self.spots)
            done = self._cell(cell, height if cell.rows == 1 else 0, table)
            due = [spot for spot in self.spots[known:] if spot.field.required]
            label = 0 if due and due[0].kind == "group" and len(row.cells) > 2 else len(cells) - 1
            if due and cells and _is_label(row.cells[label], self.places, label == 0):
                cells[label] = _starred(cells[label])
            elif due:
                asked.add(-1 if due[0].kind == "group" else cell.start)
            cells.append(done)
        if len(self.spots) == before:
            return replace(row, cells=tuple(cells)), asked
        return replace(row, cells=tuple(cells), height=height, exact=False), asked

    def _cell(self, cell: Cell, height: float, table: Table) -> Cell:
        width = sum(table.grid[cell.start : cell.start + cell.span]) or cell.width
        whole = _whole(cell, self.places)
        if whole is None:
            margins = cell.margins
            if any(
                isinstance(each, Mark) and each.name in self.places
                for each in _inlines(cell.blocks)
            ):
                top, right, bottom, left = margins
                margins = (
                    max(top, _EDGE),
                    min(right, _MARGIN),
                    max(bottom, _EDGE),
                    min(left, _MARGIN),
                )
            inner = width - margins[1] - margins[3]
            return replace(cell, margins=margins, blocks=self._blocks(cell.blocks, inner))
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
            multiline=place.field.multiline or tall > 1.4 * _LEAST,
        )
        return replace(
            cell,
            margins=(0, _EDGE, 0, _EDGE),
            v_align="center",
            blocks=(_alone(paragraph, key),),
        )

    # ---- lines ----

    def _paragraph(self, paragraph: Paragraph, width: float) -> Paragraph:
        if not any(
            (isinstance(each, Mark) and each.name in self.places)
            or (isinstance(each, Text) and BOX in each.text)
            for each in paragraph.inlines
        ):
            return paragraph
        shape = paragraph.shape
        room = width - shape.left - shape.right - max(shape.first, 0)
        lines = [
            planned for line in _lines(self._pieces(paragraph)) for planned in _planned(line, room)
        ]
        inlines: list[Inline] = []
        known: dict[str, int] = {}
        look = paragraph.mark
        for number, line in enumerate(lines):
            if number:
                inlines.append(Break("line", look))
            for piece in line:
                inlines += self._written(piece, known)
        return replace(paragraph, inlines=tuple(inlines), shape=_loosened(paragraph))

    def _pieces(self, paragraph: Paragraph) -> Iterator[_Piece]:
        """Yield what stands in a paragraph, one after the other."""
        parts = list(paragraph.inlines)
        last: Place | None = None
        index = 0
        while index < len(parts):
            inline = parts[index]
            place = self.places.get(inline.name) if isinstance(inline, Mark) else None
            if place is None or (isinstance(inline, Mark) and inline.end):
                if isinstance(inline, Text) and last is not None and _GAP.search(inline.text):
                    yield from _with_room(inline, last)
                elif isinstance(inline, Text) and BOX in inline.text:
                    yield from _loose_boxes(inline, self._next_box(parts[index:]))
                elif not (isinstance(inline, Mark) and inline.name.startswith("_")):
                    yield _Piece(inline)
                index += 1
                continue
            end = _end_of(parts, index)
            yield from _value_pieces(parts[index + 1 : end], place, paragraph.mark)
            last = place if place.option else None
            index = end + 1

    def _next_box(self, parts: Sequence[Inline]) -> Place | None:
        """Return what a box before the next place says, where it says something."""
        marks = (each.name for each in parts if isinstance(each, Mark) and not each.end)
        place = next((self.places[name] for name in marks if name in self.places), None)
        return Place(*place.box) if place is not None and place.box is not None else None

    def _written(self, piece: _Piece, known: dict[str, int]) -> Iterator[Inline]:
        """Yield what a piece is written as; `known` counts the fields of a path in a paragraph."""
        place = piece.place
        if place is None:
            yield piece.inline
            return
        if not piece.is_box:
            known[place.field.path] = known.get(place.field.path, 0) + 1
            if known[place.field.path] > 1 and place.box is None:
                yield from _blank(piece)  # the same in capitals: said by what is filled in
                return
        key = self._key()
        if piece.is_box and place is _LOOSE:
            self.loose += 1
            name = f"{LOOSE}{self.loose}"
            self._add(
                key, place, width=_SQUARE, height=_SQUARE, option=name, said="", drop=1.2, name=name
            )
            yield from _pair(key)
            return
        if piece.is_box:
            self._add(
                key, place, width=_SQUARE, height=_SQUARE, option=place.option, said=piece.said,
                drop=1.2,
            )  # fmt: skip
            yield from _pair(key)
            return
        size = min(piece.size, 10)
        drop = (_IN_LINE - size) / 2 + size * 0.12
        name = place.field.path
        if known[name] > 1:
            name = f"{name}={known[name]}"  # another way to state it, not the same field again
        self._add(key, place, width=piece.width, height=_IN_LINE, size=size, drop=drop, name=name)
        yield from _pair(key)

    # ---- spots ----

    def _own_name(self, name: str, kind: Kind) -> str:
        """Return the name of a field: another one where the first of the name is not such a field.

        A list to choose from in an overview and boxes below are two ways to say the same.
        """
        number = 1
        whole = name
        while self.kinds.setdefault(whole, kind) != kind:
            number += 1
            whole = f"{name}={number}"
        return whole

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
        name: str = "",
    ) -> None:
        item = place.field
        if not name:
            name = f"{item.path}={option}" if option and item.many else item.path
        kind: Kind = "text"
        if option:
            kind = "box" if item.many else "group"
        elif item.choices and not item.many:
            kind = "choice"
        name = self._own_name(name, kind)
        self.spots.append(
            Spot(
                key, name, item, kind, width, height, option, said, size, align,
                multiline and kind == "text", drop,
            )
        )  # fmt: skip


_LOOSE: Final = Place(FormField("", "", "flag", "勾选", many=True))
"""A box that answers no path: somebody ticks it on paper, and so on the screen."""


def _explained(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with a line above the first table that says what the star means."""
    place = next((n for n, block in enumerate(blocks) if isinstance(block, Table)), 0)
    while place and isinstance(blocks[place - 1], Paragraph) and _is_heading(blocks[place - 1]):
        place -= 1
    model = next((block for block in blocks if isinstance(block, Paragraph)), None)
    if model is None:
        return blocks
    look = replace(model.mark, size=_SMALL, bold=False, colour=_GREY)
    shape = Shape(align="right", line=Line("exact", 14), keep_next=True, after=2)
    star = Text(_STAR, replace(look, colour=_RED, bold=True))
    said = Paragraph(shape, (star, Text(_EXPLAINED, look)), look)
    return (*blocks[:place], said, *blocks[place:])


def _is_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.shape.outline is not None


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


def _wanted(cell: Cell, places: Mapping[str, Place], table: Table) -> float:
    """Return the height that the field of a cell needs for what is written there."""
    whole = _whole(cell, places)
    if whole is None or cell.rows > 1:
        return 0
    item = places[whole[1].name].field
    if item.choices or not (item.multiline or item.value):
        return 0
    size = whole[0].mark.size
    room = sum(table.grid[cell.start : cell.start + cell.span]) - 4 * _EDGE - size
    lines = sum(1 + int(_measure(part, size) / max(room, size)) for part in item.value.split("\n"))
    needed = lines * size * 1.3 + 4 * _EDGE if lines > 1 else 0
    return max(_TALL if item.multiline else 0, needed)


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
    framed = dict.fromkeys(("top", "left", "bottom", "right"), line) if line else borders
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


def _is_label(cell: Cell, places: Mapping[str, Place], is_first: bool) -> bool:
    """Return whether a cell holds words only, and those name what stands beside it."""
    has_places = any(
        isinstance(each, Mark) and each.name in places for each in _inlines(cell.blocks)
    )
    return (bool(cell.shade) or is_first) and bool(_words(cell)) and not has_places


def _inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.inlines


def _starred(cell: Cell) -> Cell:
    """Return a label with a red star behind its last words; one is enough."""
    for place in range(len(cell.blocks) - 1, -1, -1):
        block = cell.blocks[place]
        starred = _with_star(block) if isinstance(block, Paragraph) else None
        if starred is not None:
            blocks = (*cell.blocks[:place], starred, *cell.blocks[place + 1 :])
            return replace(cell, blocks=blocks)
    return cell


def _blank(piece: _Piece) -> Iterator[Inline]:
    """Yield the room of a field that is none."""
    look = piece.inline.look if isinstance(piece.inline, Text) else None
    if look is not None:
        yield Text("\u3000" * max(int(piece.width / look.size), 1), look)


def _star_the_question(blocks: list[Block]) -> None:
    """Put a star behind the words above a table that answers them."""
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        starred = _with_star(block) if isinstance(block, Paragraph) else None
        if starred is not None:
            blocks[place] = starred
        if starred is not None or isinstance(block, Table):
            return


def _with_star(paragraph: Paragraph) -> Paragraph | None:
    """Return the paragraph with a star behind its words; None where it has none."""
    texts = [each for each in paragraph.inlines if isinstance(each, Text)]
    if not texts:
        return None
    if texts[-1].text == _STAR:
        return paragraph
    star = Text(_STAR, replace(texts[-1].look, colour=_RED, bold=True))
    return replace(paragraph, inlines=(*paragraph.inlines, star))


def _size(paragraph: Paragraph, height: float) -> float:
    """Return the size of the letters in a field: that of the form, at most what it is high for."""
    return min(paragraph.mark.size, 10.5, height * 0.55)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something in a line: an inline that stays, or a place: a box, or a field of some width."""

    inline: Inline
    place: Place | None = None
    is_box: bool = False
    said: str = ""
    size: float = 10
    width: float = 0

    @property
    def is_gap(self) -> bool:
        """Whether it is a field whose width is what the line has left."""
        return self.place is not None and not self.is_box

    @property
    def taken(self) -> float:
        """Return how wide it is where it is no gap."""
        if self.is_box:
            return _SQUARE
        if self.place is None and isinstance(self.inline, Text):
            return _measure(self.inline.text, self.inline.look.size)
        return 0


def _value_pieces(held: Sequence[Inline], place: Place, mark: Look) -> Iterator[_Piece]:
    """Yield what stands in place of a value: its boxes with their words, or one gap."""
    words = "".join(each.text for each in held if isinstance(each, Text))
    has_boxes = BOX in words or _TICKED in words
    if not (place.option or (has_boxes and place.field.choices)):
        look = next((each.look for each in held if isinstance(each, Text)), mark)
        yield _Piece(Text("", look), place, size=look.size)
        return
    options = iter(place.field.choices)
    for inline in held:
        if not isinstance(inline, Text):
            yield _Piece(inline)
            continue
        for piece in _BOXES.split(inline.text):
            if piece not in (BOX, _TICKED):
                if piece:
                    yield _Piece(replace(inline, text=piece))
                continue
            option, said = (place.option, "") if place.option else next(options, ("", ""))
            if not option:
                yield _Piece(replace(inline, text=piece))
                continue
            said = said or dict(place.field.choices).get(option, option)
            yield _Piece(inline, replace(place, option=option), is_box=True, said=said)


def _loose_boxes(inline: Text, place: Place | None) -> Iterator[_Piece]:
    """Yield words with a box in place of each that is printed there for the pen."""
    for piece in _BOXES.split(inline.text):
        if piece in (BOX, _TICKED):
            said = dict(place.field.choices).get(place.option, "") if place else ""
            yield _Piece(inline, place or _LOOSE, is_box=True, said=said)
        elif piece:
            yield _Piece(replace(inline, text=piece))


def _with_room(inline: Text, last: Place) -> Iterator[_Piece]:
    """Yield words with a gap in place of the line to write behind a box: `其他：____`."""
    found = _GAP.search(inline.text)
    assert found is not None
    item = last.field
    other = replace(
        item, path=f"{item.path}={last.option}", choices=(), many=False, multiline=False,
        label=f"{item.label}（其他）", required=False, value="",
    )  # fmt: skip
    if found.start():
        yield _Piece(replace(inline, text=inline.text[: found.start()]))
    yield _Piece(Mark(""), Place(other), size=inline.look.size)
    if found.end() < len(inline.text):
        yield _Piece(replace(inline, text=inline.text[found.end() :]))


def _lines(pieces: Iterable[_Piece]) -> list[list[_Piece]]:
    """Return the pieces by line, as the author broke them."""
    lines: list[list[_Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece.inline, Break) and piece.place is None and piece.inline.kind == "line":
            lines.append([])
        else:
            lines[-1].append(piece)
    return lines


def _planned(line: list[_Piece], room: float) -> list[list[_Piece]]:
    """Return a line with the widths of its gaps; several lines where one has no room for all.

    Then each gap has a line with the words before it, or below them where even these leave none.
    """
    gaps = sum(piece.is_gap for piece in line)
    if not gaps:
        return [line]
    left = room - _SLACK * gaps - sum(piece.taken for piece in line)
    if left / gaps >= _ENOUGH or (gaps == 1 and left >= _NARROWEST):
        return [[replace(p, width=left / gaps) if p.is_gap else p for p in line]]
    found: list[list[_Piece]] = []
    for part in _parts(line):
        taken = sum(piece.taken for piece in part)
        left = room - _SLACK - taken
        if left >= _NARROWEST or not any(piece.is_gap for piece in part):
            found.append([replace(p, width=left) if p.is_gap else p for p in part])
            continue
        place = next(number for number, piece in enumerate(part) if piece.is_gap)
        behind = sum(piece.taken for piece in part[place + 1 :])
        gap = replace(part[place], width=max(room - _SLACK - behind, _NARROWEST))
        found += [part[:place], [gap, *part[place + 1 :]]] if place else [[gap, *part[1:]]]
    return found


def _parts(line: list[_Piece]) -> Iterator[list[_Piece]]:
    """Yield the parts of a line, each ending with a gap and the signs that close it."""
    part: list[_Piece] = []
    gaps = sum(piece.is_gap for piece in line)
    for piece in line:
        if part and part[-1].is_gap and gaps:
            closing = _CLOSING.match(piece.inline.text) if isinstance(piece.inline, Text) else None
            if closing is not None and isinstance(piece.inline, Text):
                yield [*part, replace(piece, inline=replace(piece.inline, text=closing[0]))]
                rest = piece.inline.text[closing.end() :].lstrip()
                part = [replace(piece, inline=replace(piece.inline, text=rest))] if rest else []
                continue
            yield part
            part = []
        part.append(piece)
        gaps -= piece.is_gap
    if part:
        yield part


def _measure(text: str, size: float) -> float:
    """Return about how wide a text is: Chinese letters are as wide as high, others half."""
    wide = sum(unicodedata.east_asian_width(each) in "WFA" for each in text)
    return size * (wide + (len(text) - wide) * 0.52)
