"""Reads tables: the grid, merged cells, and the line that is drawn on each edge.

A cell's look comes from its own properties, from the parts of the table style that hold where it
stands (first row, banded rows, … ISO/IEC 29500-1, 17.7.6), and from the table's properties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from lxml import etree

from salesdocs.word.ooxml import W, w
from salesdocs.word.shown.looks import Ground
from salesdocs.word.shown.measures import VAL, is_on, length, share, whole
from salesdocs.word.shown.model import Border, Cell, Place, Row, Table
from salesdocs.word.shown.names import tags
from salesdocs.word.shown.properties import Properties, laid_over
from salesdocs.word.shown.reading import Reading
from salesdocs.word.shown.runs import DELETED, INLINE_SILENT, WRAPPERS, bookmark

_SIDE: Final = 5.4  # points; Word's margin left and right of a cell
_MOST_COLUMNS: Final = 1024  # beyond Word's own 63, so that a span cannot cost memory
_EDGES: Final = ("top", "left", "bottom", "right")
_ALONE: Final = dict.fromkeys(_EDGES, True)
_OPPOSITE: Final = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}
_MARGINS: Final = {"start": "left", "end": "right"}

TABLE_SILENT: Final = tags(
    W,
    "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
    "tblDescription tblpPr tblOverlap tblStyleRowBandSize tblStyleColBandSize tblCellSpacing "
    "tblPrChange",
)
"""Children of `w:tblPr` that are read, or that change nothing on paper."""
ROW_SILENT: Final = tags(
    W,
    "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader "
    "tblCellSpacing jc hidden ins del trPrChange",
)
CELL_SILENT: Final = tags(
    W,
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange",
)
_VERTICAL: Final = frozenset(("tbRl", "tbRlV", "rl", "rlV"))
# Text that lies on its side is shown upright, and told of.
_STANDING: Final = _VERTICAL | {"lrTb", "tb"}


@dataclass(slots=True)
class _Part:
    """What one conditional part of a table style says, or the whole style."""

    run: Properties = field(default_factory=dict)
    paragraph: Properties = field(default_factory=dict)
    borders: dict[str, Border | None] = field(default_factory=dict)
    cell: dict[str, Border | None] = field(default_factory=dict)
    shade: str | None = None
    has_shade: bool = False
    margins: dict[str, float] = field(default_factory=dict)
    v_align: str = ""
    no_wrap: bool = False
    header: bool | None = None
    cant_split: bool | None = None


@dataclass(slots=True)
class _Style:
    """A table style, those it is based on taken in."""

    parts: dict[str, _Part] = field(default_factory=dict)
    row_band: int = 1
    column_band: int = 1
    indent: float | None = None
    align: str = ""
    spacing: float = 0
    grounds: dict[tuple[Any, ...], Ground] = field(default_factory=dict)


@dataclass(slots=True)
class _Slot:
    """A cell while its table is being read."""

    element: etree._Element
    start: int
    span: int
    merge: Literal["", "start", "go on"]
    width: float | None
    own: dict[str, Border | None] = field(default_factory=dict)
    fallback: dict[str, Border | None] = field(default_factory=dict)
    ground: Ground = field(default_factory=Ground)
    conditions: tuple[str, ...] = ()
    rows: int = 1
    last: _Slot | None = None


@dataclass(slots=True)
class _Line:
    """A row while its table is being read."""

    element: etree._Element
    properties: etree._Element | None
    slots: list[_Slot]
    exceptions: etree._Element | None


def read_table(reading: Reading, element: etree._Element) -> Table | None:
    """Return what a table shows, None where none of its rows does."""
    properties = element.find(w("tblPr"))
    for child in properties if properties is not None else ():
        if child.tag not in TABLE_SILENT:
            reading.miss(str(child.tag), "table")
    style = _style_of(reading, properties)
    lines = [line for row in _unwrapped(reading, element, w("tr"))
             if (line := _line(reading, row)) is not None]  # fmt: skip
    lines = [line for line in lines if line.slots]
    if not lines:
        return None
    available = reading.width
    fixed = _said(properties, "tblLayout", "type") == "fixed"
    grid = _grid(element, lines, properties, available, fixed)
    look = _look(properties)
    _conditions(lines, len(grid), style, look)
    whole_table = _laid(style.parts.get("wholeTable"), _direct_part(reading, properties))
    _dress(reading, lines, len(grid), style, whole_table)
    _merge_rows(lines)
    margins = _margins(properties, whole_table)
    caption = _said(properties, "tblCaption", "val") or _said(properties, "tblDescription", "val")
    spacing = length(_said(properties, "tblCellSpacing", "w")) or style.spacing
    _settle_edges(lines, len(grid), spacing)
    rows = tuple(_rows(reading, lines, grid, style, whole_table, margins))
    reading.width = available
    align = _said(properties, "jc", "val") or style.align
    return Table(
        grid,
        rows,
        _indent(reading, properties, style, rows, margins),
        {"center": "center", "right": "right", "end": "right"}.get(align, "left"),  # type: ignore[arg-type]
        fixed,
        spacing,
        _place(reading, properties),
        caption,
    )


def _unwrapped(
    reading: Reading, elements: Iterable[etree._Element], wanted: str
) -> Iterator[etree._Element]:
    """Yield rows or cells, out of the controls and changes that wrap them."""
    for element in elements:
        if element.tag == wanted:
            yield element
        elif element.tag in WRAPPERS:
            yield from _unwrapped(reading, element, wanted)
        elif element.tag in _STRUCTURE or element.tag in DELETED:
            continue
        elif element.tag in (w("bookmarkStart"), w("bookmarkEnd")):
            mark = bookmark(reading, element)
            if mark is not None:
                reading.pending.append(mark)
        else:
            # Properties out of place are ignored by Word too.
            reading.miss(str(element.tag), "table", lost=element.tag not in TABLE_SILENT)


_STRUCTURE: Final = INLINE_SILENT | tags(W, "tblPr tblGrid trPr tblPrEx tcPr")


def _line(reading: Reading, element: etree._Element) -> _Line | None:
    """Return a row with its cells, None for a row that is deleted or hidden."""
    properties = element.find(w("trPr"))
    before = 0
    for child in properties if properties is not None else ():
        if child.tag == w("del") or (child.tag == w("hidden") and is_on(child)):
            return None
        if child.tag == w("gridBefore"):
            before = whole(child.get(VAL), 0, 0, _MOST_COLUMNS)
        elif child.tag not in ROW_SILENT:
            reading.miss(str(child.tag), "table")
    slots: list[_Slot] = []
    start = before
    for cell in _unwrapped(reading, element, w("tc")):
        slot = _slot(reading, cell, start)
        if start + slot.span > _MOST_COLUMNS:
            reading.miss(w("gridSpan"), "table", lost=True)
            break
        if _is_continued(cell, "hMerge") and slots:
            slots[-1].span += slot.span
        else:
            slots.append(slot)
        start += slot.span
    return _Line(element, properties, slots, element.find(w("tblPrEx")))


def _slot(reading: Reading, cell: etree._Element, start: int) -> _Slot:
    properties = cell.find(w("tcPr"))
    slot = _Slot(cell, start, 1, "", None)
    for child in properties if properties is not None else ():
        if child.tag == w("gridSpan"):
            slot.span = whole(child.get(VAL), 1, 1, _MOST_COLUMNS)
        elif child.tag == w("vMerge"):
            slot.merge = "start" if child.get(VAL) == "restart" else "go on"
        elif child.tag == w("tcW"):
            if child.get(w("type"), "dxa") == "dxa":
                slot.width = length(child.get(w("w")))
        elif child.tag == w("tcBorders"):
            slot.own = reading.properties.borders(child)
        elif child.tag not in CELL_SILENT:
            reading.miss(str(child.tag), "table")
    return slot


def _is_continued(cell: etree._Element, name: str) -> bool:
    merge = cell.find(f"{w('tcPr')}/{w(name)}")
    return merge is not None and merge.get(VAL) != "restart"


def _grid(
    element: etree._Element,
    lines: list[_Line],
    properties: etree._Element | None,
    available: float,
    fixed: bool,
) -> tuple[float, ...]:
    """Return the widths of the columns, in points.

    In a fixed table Word obeys the widths of the cells; where they leave a column open, or the
    table fits its content, it keeps the grid, which is what it last showed.
    """
    columns = max(slot.start + slot.span for line in lines for slot in line.slots)
    holder = element.find(w("tblGrid"))
    written = [
        length(each.get(w("w"))) or 0.0
        for each in (holder.iterfind(w("gridCol")) if holder is not None else ())
    ][:_MOST_COLUMNS]
    grid: list[float | None] = [width if width > 0 else None for width in written[:columns]]
    grid += [None] * (columns - len(grid))
    if fixed or None in grid:
        for line in lines:
            for slot in line.slots:
                if slot.span == 1 and slot.width and (fixed or grid[slot.start] is None):
                    grid[slot.start] = slot.width
            if fixed and None not in grid:
                break
    for line in lines:
        _fill(grid, line)
    known = [width for width in grid if width is not None]
    rest = max(available - sum(known), 0.0)
    open_columns = columns - len(known)
    even = rest / open_columns if open_columns else 0.0
    widths = [even if width is None else width for width in grid]
    preferred = _width(properties, available)
    total = sum(widths)
    if preferred and total and abs(preferred - total) > 1:
        widths = [width * preferred / total for width in widths]
    return tuple(round(width, 3) for width in widths)


def _fill(grid: list[float | None], line: _Line) -> None:
    """Give the one open column below a wide cell what the others leave."""
    for slot in line.slots:
        covered = range(slot.start, slot.start + slot.span)
        missing = [column for column in covered if grid[column] is None]
        if slot.width and missing:
            rest = slot.width - sum(grid[column] or 0 for column in covered)
            for column in missing:
                grid[column] = max(rest, 0) / len(missing)


def _width(properties: etree._Element | None, available: float) -> float | None:
    """Return the width that a table wants as a share of its room, None if it does not."""
    holder = None if properties is None else properties.find(w("tblW"))
    if holder is None:
        return None
    text = holder.get(w("w"), "")
    if holder.get(w("type")) == "pct" or text.endswith("%"):
        part = share(text)
        return available * part if part else None
    return None


def _look(properties: etree._Element | None) -> frozenset[str]:
    """Return which conditional parts of its style a table asks for (`w:tblLook`)."""
    holder = None if properties is None else properties.find(w("tblLook"))
    if holder is None:
        return frozenset(("firstRow", "firstCol", "band1Horz", "band2Horz"))
    try:
        bits = int(holder.get(VAL, "0"), 16)
    except ValueError:
        bits = 0

    def asked(name: str, bit: int) -> bool:
        value = holder.get(w(name))
        return bool(bits & bit) if value is None else value in {"1", "true", "on"}

    found = {
        part
        for part, name, bit in (
            ("firstRow", "firstRow", 0x20),
            ("lastRow", "lastRow", 0x40),
            ("firstCol", "firstColumn", 0x80),
            ("lastCol", "lastColumn", 0x100),
        )
        if asked(name, bit)
    }
    if not asked("noHBand", 0x200):
        found |= {"band1Horz", "band2Horz"}
    if not asked("noVBand", 0x400):
        found |= {"band1Vert", "band2Vert"}
    return frozenset(found)


def _conditions(lines: list[_Line], columns: int, style: _Style, look: frozenset[str]) -> None:
    """Tell each cell which parts of the style hold for it, in the order of 17.7.6."""
    asked = {part for part in style.parts if part in look}
    corners = {"nwCell", "neCell", "swCell", "seCell"} & set(style.parts)
    if not asked and not corners:
        return
    first_row = "firstRow" in look
    first_column = "firstCol" in look
    for place, line in enumerate(lines):
        is_first, is_last = place == 0, place == len(lines) - 1
        for slot in line.slots:
            left, right = slot.start == 0, slot.start + slot.span >= columns
            row = (place - first_row) // style.row_band
            column = (slot.start - first_column) // style.column_band
            holds = {
                "band1Vert": column % 2 == 0 and not (first_column and left),
                "band2Vert": column % 2 == 1 and not (first_column and left),
                "band1Horz": row % 2 == 0 and not (first_row and is_first),
                "band2Horz": row % 2 == 1 and not (first_row and is_first),
                "firstRow": is_first,
                "lastRow": is_last and len(lines) > 1,
                "firstCol": left,
                "lastCol": right,
            }
            for name, rows, sides, there in (
                ("neCell", "firstRow", "lastCol", is_first and right),
                ("nwCell", "firstRow", "firstCol", is_first and left),
                ("seCell", "lastRow", "lastCol", is_last and right),
                ("swCell", "lastRow", "firstCol", is_last and left),
            ):
                holds[name] = there and rows in look and sides in look
            slot.conditions = tuple(
                name for name, there in holds.items()
                if there and (name in asked or name in corners)
            )  # fmt: skip


def _style_of(reading: Reading, properties: etree._Element | None) -> _Style:
    """Return the table style that holds, read once for all tables of a file."""
    name = _said(properties, "tblStyle", "val") or reading.styles.defaults.get("table", "")
    known = reading.table_styles.get(name)
    if isinstance(known, _Style):
        return known
    style = _Style()
    for each in reading.styles.chain(name):
        if each.element is not None and each.kind == "table":
            _read_style(reading, each.element, style, each.name or each.id)
    reading.table_styles[name] = style
    return style


def _read_style(reading: Reading, element: etree._Element, style: _Style, where: str) -> None:
    table = element.find(w("tblPr"))
    if table is not None:
        style.row_band = whole(_said(table, "tblStyleRowBandSize", "val"), style.row_band, 1, 999)
        style.column_band = whole(
            _said(table, "tblStyleColBandSize", "val"), style.column_band, 1, 999
        )
        indent = length(_said(table, "tblInd", "w"))
        style.indent = style.indent if indent is None else indent
        style.align = _said(table, "jc", "val") or style.align
        style.spacing = length(_said(table, "tblCellSpacing", "w")) or style.spacing
    style.parts["wholeTable"] = _laid(
        style.parts.get("wholeTable"), _style_part(reading, element, where)
    )
    for part in element.iterfind(w("tblStylePr")):
        name = part.get(w("type"), "")
        if name == "wholeTable":
            style.parts[name] = _laid(style.parts[name], _style_part(reading, part, where))
        else:
            style.parts[name] = _laid(style.parts.get(name), _style_part(reading, part, where))


def _style_part(reading: Reading, element: etree._Element, where: str) -> _Part:
    reader = reading.properties
    part = _Part(
        reader.run(element.find(w("rPr")), where), reader.paragraph(element.find(w("pPr")), where)
    )
    for name in ("tblPr", "trPr", "tcPr"):
        _read_part(reading, element.find(w(name)), part)
    return part


def _direct_part(reading: Reading, properties: etree._Element | None) -> _Part:
    part = _Part()
    _read_part(reading, properties, part)
    return part


def _read_part(reading: Reading, properties: etree._Element | None, part: _Part) -> None:
    reader = reading.properties
    for child in properties if properties is not None else ():
        match str(child.tag).rpartition("}")[2]:
            case "tblBorders":
                part.borders |= reader.borders(child)
            case "tcBorders":
                part.cell |= reader.borders(child)
            case "shd":
                part.shade, part.has_shade = reader.shade(child), True
            case "tblCellMar" | "tcMar":
                part.margins |= _margin_lengths(child)
            case "vAlign":
                part.v_align = child.get(VAL, "")
            case "noWrap":
                part.no_wrap = is_on(child)
            case "tblHeader":
                part.header = is_on(child)
            case "cantSplit":
                part.cant_split = is_on(child)


def _laid(base: _Part | None, top: _Part) -> _Part:
    """Return what `top` says over what `base` says."""
    if base is None:
        return top
    return _Part(
        {**base.run, **top.run},
        laid_over(base.paragraph, top.paragraph),
        {**base.borders, **top.borders},
        {**base.cell, **top.cell},
        top.shade if top.has_shade else base.shade,
        top.has_shade or base.has_shade,
        {**base.margins, **top.margins},
        top.v_align or base.v_align,
        top.no_wrap or base.no_wrap,
        base.header if top.header is None else top.header,
        base.cant_split if top.cant_split is None else top.cant_split,
    )


def _dress(
    reading: Reading, lines: list[_Line], columns: int, style: _Style, whole_table: _Part
) -> None:
    """Give each cell its ground, and the lines its edges have if the cell itself says nothing."""
    for place, line in enumerate(lines):
        table = whole_table
        if line.exceptions is not None:
            table = _laid(whole_table, _direct_part(reading, line.exceptions))
        for slot in line.slots:
            top, bottom = place == 0, place == len(lines) - 1
            left, right = slot.start == 0, slot.start + slot.span >= columns
            ends = {"top": top, "bottom": bottom, "left": left, "right": right}
            slot.fallback = _of_region(table.borders, ends)
            # What the whole style says of cells holds before its conditional parts.
            slot.fallback |= _of_region(table.cell, ends)
            said: dict[str, Border | None] = {}
            shade, run, paragraph = table.shade or "", dict(table.run), table.paragraph
            for name in slot.conditions:
                part = style.parts[name]
                region = _region(name, ends, place, len(lines), style, slot)
                said |= _of_region({**part.borders, **part.cell}, region)
                run |= part.run
                paragraph = laid_over(paragraph, part.paragraph)
                if part.has_shade:
                    shade = part.shade or ""
            slot.own = {**said, **_of_region(slot.own, _ALONE)}
            shade = _own_shade(reading, slot.element, shade)
            key = (slot.conditions, shade, reading.ground.shade, id(reading.ground))
            ground = style.grounds.get(key)
            if ground is None:
                ground = style.grounds[key] = Ground(run, paragraph, shade)
            slot.ground = ground


def _region(
    name: str, ends: Mapping[str, bool], place: int, count: int, style: _Style, slot: _Slot
) -> dict[str, bool]:
    """Return which edges of a cell are edges of the region that a conditional part covers."""
    if name in {"firstRow", "lastRow"}:
        return {**ends, "top": True, "bottom": True}
    if name in {"firstCol", "lastCol"}:
        return {**ends, "left": True, "right": True}
    if name.endswith("Horz"):
        return {**ends, "top": True, "bottom": True}
    if name.endswith("Vert"):
        return {**ends, "left": True, "right": True}
    return _ALONE


def _of_region(
    said: Mapping[str, Border | None], ends: Mapping[str, bool]
) -> dict[str, Border | None]:
    """Return the lines of one cell: those of the region's edge outside, the inner ones inside."""
    found: dict[str, Border | None] = {}
    for side in _EDGES:
        inner = "insideH" if side in {"top", "bottom"} else "insideV"
        name = side if ends[side] else inner
        if name in said:
            found[side] = said[name]
    for name in ("tl2br", "tr2bl"):
        if name in said:
            found[name] = said[name]
    return found


def _own_shade(reading: Reading, cell: etree._Element, shade: str) -> str:
    element = cell.find(f"{w('tcPr')}/{w('shd')}")
    if element is None:
        return shade
    return reading.properties.shade(element) or ""


def _merge_rows(lines: list[_Line]) -> None:
    """Give the first cell of a vertical merge its height in rows; the others are not listed."""
    open_: dict[int, _Slot] = {}
    for line in lines:
        going: dict[int, _Slot] = {}
        for slot in line.slots:
            above = open_.get(slot.start)
            if slot.merge == "go on" and above is not None and above.span == slot.span:
                above.rows += 1
                above.last = slot
                going[slot.start] = above
            elif slot.merge:
                # A merge that goes on from nothing begins here.
                slot.merge = "start"
                going[slot.start] = slot
        open_ = going


def _settle_edges(lines: list[_Line], columns: int, spacing: float) -> None:
    """Decide the line on each edge that two cells share (17.4.66), and give it to both.

    What a cell says wins over what the table says; of two cells that speak, a line wins over none,
    then the heavier one; of equals, the one above or to the left.
    """
    for slot in (slot for line in lines for slot in line.slots):
        for side in (*_EDGES, "tl2br", "tr2bl"):
            if side not in slot.own and side in slot.fallback and side not in _EDGES:
                slot.own[side] = slot.fallback[side]
    if spacing:
        for slot in (slot for line in lines for slot in line.slots):
            slot.own = {**slot.fallback, **slot.own}
        return
    above: dict[int, _Slot] = {}
    for line in lines:
        here: dict[int, _Slot] = {}
        for place, slot in enumerate(line.slots):
            if place and line.slots[place - 1].start + line.slots[place - 1].span == slot.start:
                _settle(line.slots[place - 1], "right", [slot])
            for column in range(slot.start, slot.start + slot.span):
                here[column] = slot
        for slot in {id(each): each for each in above.values()}.values():
            below = [here[column] for column in range(slot.start, slot.start + slot.span)
                     if column in here]  # fmt: skip
            unique = list({id(each): each for each in below}.values())
            if unique:
                _settle(slot, "bottom", unique)
        above = here
    for slot in (slot for line in lines for slot in line.slots):
        slot.own = {**slot.fallback, **slot.own}


def _settle(first: _Slot, side: str, others: Sequence[_Slot]) -> None:
    """Decide one shared edge; a cell that borders several keeps its own line where they differ."""
    other_side = _OPPOSITE[side]
    settled: list[Border | None] = []
    for other in others:
        one, two = first.own.get(side, _UNSAID), other.own.get(other_side, _UNSAID)
        if one is _UNSAID and two is _UNSAID:
            one, two = first.fallback.get(side), other.fallback.get(other_side)
        elif one is _UNSAID:
            one = two
        elif two is _UNSAID:
            two = one
        line = _heavier(one, two)  # type: ignore[arg-type]
        other.own[other_side] = line
        settled.append(line)
    if all(line == settled[0] for line in settled):
        first.own[side] = settled[0]
    elif any(line is None for line in settled) or side not in first.own:
        # Each of the cells below draws its own part of the edge.
        first.own[side] = None


class _Unsaid:
    """Stands for an edge about which a cell says nothing."""


_UNSAID: Final = _Unsaid()
_LINES: Final = {"single": 1, "thick": 1, "double": 2, "triple": 3, "dotted": 1, "dashed": 1}


def _heavier(one: Border | None, two: Border | None) -> Border | None:
    if one is None or two is None:
        return one or two
    weights = [line.width * _LINES.get(line.kind, 1) for line in (one, two)]
    return two if weights[1] > weights[0] else one


def _rows(
    reading: Reading,
    lines: list[_Line],
    grid: tuple[float, ...],
    style: _Style,
    whole_table: _Part,
    margins: Mapping[str, float],
) -> Iterator[Row]:
    heads = True
    outside = reading.ground
    for line in lines:
        first = style.parts.get("firstRow") if line is lines[0] else None
        height, exact = 0.0, False
        header = bool(first is not None and first.header)
        cant_split = bool(whole_table.cant_split)
        for child in line.properties if line.properties is not None else ():
            if child.tag == w("trHeight"):
                height = length(child.get(VAL)) or 0.0
                rule = child.get(w("hRule"), "auto")
                exact = rule == "exact" and height > 0
            elif child.tag == w("tblHeader"):
                header = is_on(child)
            elif child.tag == w("cantSplit"):
                cant_split = is_on(child)
        heads = heads and header  # Word repeats only rows that stand at the head of the table
        cells = tuple(
            _cell(reading, slot, grid, style, whole_table, margins)
            for slot in line.slots
            if slot.merge != "go on" or slot.rows > 1
        )
        yield Row(cells, max(height, 0.0), exact, cant_split, heads)
    reading.ground = outside


def _cell(
    reading: Reading,
    slot: _Slot,
    grid: tuple[float, ...],
    style: _Style,
    whole_table: _Part,
    margins: Mapping[str, float],
) -> Cell:
    properties = slot.element.find(w("tcPr"))
    own = _Part()
    for name in slot.conditions:
        own = _laid(own, style.parts[name])
    own = _laid(own, _direct_part(reading, properties))
    sides = {**margins, **own.margins}
    width = sum(grid[slot.start : slot.start + slot.span])
    before, outside = reading.width, reading.ground
    reading.width = max(width - sides["left"] - sides["right"], 1.0)
    reading.ground = slot.ground
    blocks = reading.read_blocks(reading, slot.element)
    reading.width, reading.ground = before, outside
    borders = {side: line for side in _EDGES if (line := slot.own.get(side)) is not None}
    if slot.last is not None and slot.last.own.get("bottom") is not None:
        borders["bottom"] = slot.last.own["bottom"]  # type: ignore[assignment]
    elif slot.last is not None:
        borders.pop("bottom", None)
    direction = _said(properties, "textDirection", "val")
    if direction and direction not in _STANDING:
        reading.miss(f"{w('textDirection')} {direction}", "table")
    return Cell(
        slot.start,
        slot.span,
        blocks,
        slot.rows,
        round(width, 3),
        borders,
        (sides["top"], sides["right"], sides["bottom"], sides["left"]),
        slot.ground.shade,
        own.v_align if own.v_align in {"top", "center", "bottom"} else "top",  # type: ignore[arg-type]
        "tbRl" if direction in _VERTICAL else "",
        own.no_wrap,
        _diagonal(slot.own),
    )


def _diagonal(own: Mapping[str, Border | None]) -> Literal["", "down", "up", "both"]:
    down, up = own.get("tl2br") is not None, own.get("tr2bl") is not None
    return "both" if down and up else "down" if down else "up" if up else ""


def _margins(properties: etree._Element | None, whole_table: _Part) -> dict[str, float]:
    return {"top": 0.0, "right": _SIDE, "bottom": 0.0, "left": _SIDE, **whole_table.margins}


def _margin_lengths(element: etree._Element) -> dict[str, float]:
    found: dict[str, float] = {}
    for child in element:
        side = str(child.tag).rpartition("}")[2]
        value = length(child.get(w("w")))
        if value is not None and child.get(w("type"), "dxa") in {"dxa", "nil"}:
            found[_MARGINS.get(side, side)] = max(value, 0.0)
    return found


def _indent(
    reading: Reading,
    properties: etree._Element | None,
    style: _Style,
    rows: Sequence[Row],
    margins: Mapping[str, float],
) -> float:
    """Return where the left edge of the table is, from the left edge of the text.

    Up to Word 2010 it is the text of the first cell that stands at the indent, not its edge.
    """
    said = length(_said(properties, "tblInd", "w"))
    if _said(properties, "tblInd", "type") in {"auto", "pct"}:
        said = None
    indent = said if said is not None else style.indent or 0.0
    if reading.settings.mode < 15:
        first = rows[0].cells[0].margins[3] if rows and rows[0].cells else margins["left"]
        indent -= first
    return round(indent, 3)


def _place(reading: Reading, properties: etree._Element | None) -> Place | None:
    """Return where a table floats (`w:tblpPr`), None where it stands in the text."""
    holder = None if properties is None else properties.find(w("tblpPr"))
    if holder is None:
        return None
    gaps = [length(holder.get(w(f"{side}FromText"))) or 0.0
            for side in ("top", "right", "bottom", "left")]  # fmt: skip
    vertical = {"margin": "margin", "page": "page", "text": "paragraph"}
    horizontal = {"margin": "margin", "page": "page", "text": "column"}
    return Place(
        horizontal.get(holder.get(w("horzAnchor"), "text"), "column"),
        vertical.get(holder.get(w("vertAnchor"), "page"), "page"),
        length(holder.get(w("tblpX"))) or 0.0,
        length(holder.get(w("tblpY"))) or 0.0,
        holder.get(w("tblpXSpec"), ""),
        holder.get(w("tblpYSpec"), "").replace("inline", ""),
        "square",
        False,
        (gaps[0], gaps[1], gaps[2], gaps[3]),
    )


def _said(properties: etree._Element | None, name: str, attribute: str) -> str:
    """Return an attribute of a child, `""` where there is none."""
    child = None if properties is None else properties.find(w(name))
    return "" if child is None else child.get(w(attribute), "")
