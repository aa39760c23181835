"""Tables as elements: a fixed grid, collapsed borders, rows that Word keeps whole or repeats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, SubElement

from salesdocs.pdf.context import Context
from salesdocs.pdf.css import HIGHLIGHTED, borders, colour, is_line, points
from salesdocs.pdf.inlines import WriteBlocks
from salesdocs.word.shown.model import Block, Cell, Paragraph, Row, Table, Text


@dataclass(frozen=True, slots=True)
class _Tags:
    """The elements a table is written with, and which cells of it name others."""

    table: str = "table"
    columns: str = "colgroup"
    column: str = "col"
    head: str = "thead"
    body: str = "tbody"
    row: str = "tr"
    cell: str = "td"
    names: bool = True


_GRID = _Tags("div", "div", "div", "div", "div", "div", "div", names=False)
_DISPLAYS = {
    "table": "table", "columns": "table-column-group", "column": "table-column",
    "head": "table-header-group", "body": "table-row-group", "row": "table-row",
    "cell": "table-cell",
}  # fmt: skip


def write_table(
    parent: Element, table: Table, above: float, context: Context, blocks: WriteBlocks
) -> None:
    """Append a table, `above` points below what precedes it."""
    tags = _GRID if _only_places(table) else _Tags()
    element = _element(parent, tags, "table", _table_declarations(table, above), context)
    if table.caption:
        element.set("title", table.caption)
    columns = _element(element, tags, "columns", [], context)
    for width in table.grid:
        _element(columns, tags, "column", [f"width:{points(width)}"], context)
    heads = _repeated(table)
    labelled = any(_labels(row) for row in table.rows)
    for part, rows in (("head", table.rows[:heads]), ("body", table.rows[heads:])):
        if rows:
            group = _element(element, tags, part, [], context)
            taken: dict[int, int] = {}
            for index, row in enumerate(rows):
                named = _labels(row) if labelled or heads else frozenset({0})
                place = _Place(tags, part == "head", index == len(rows) - 1, named)
                _write_row(group, row, taken, place, context, blocks)


def _element(
    parent: Element, tags: _Tags, part: str, declarations: list[str], context: Context
) -> Element:
    """Append the element of a part of a table; one that is no table in name is one to look at."""
    tag = getattr(tags, part)
    element = SubElement(parent, tag)
    found = declarations
    if tag == "div":
        found = [f"display:{_DISPLAYS[part]}", *declarations]
        if part == "table":
            found = [*found, "border-collapse:collapse", "table-layout:fixed",
                     "margin-break:discard"]  # fmt: skip
        elif part == "cell" and not any(each.startswith("vertical-align") for each in found):
            found = [*found, "vertical-align:top"]
    if name := context.classes.name(found):
        element.set("class", name)
    return element


def _only_places(table: Table) -> bool:
    """Return whether a table holds no data but puts things beside or below each other.

    It has no lines and no shading, or a single row or column in which nothing names the rest. Who
    reads the page aloud is told of tables, and of which cell stands under which.
    """
    if any(cell.span > 1 or cell.rows > 1 for row in table.rows for cell in row.cells):
        return False
    if not any(_labels(row) for row in table.rows) and 1 in (len(table.rows), len(table.grid)):
        return True
    return not any(
        cell.shade
        or any(is_line(line) for line in cell.borders.values()) or row.header
        for row in table.rows for cell in row.cells
    )  # fmt: skip


def _labels(row: Row) -> frozenset[int]:
    """Return which cells of a row name those after them: shaded ones before one that is not."""
    shaded = [bool(cell.shade) for cell in row.cells]
    return frozenset(index for index, each in enumerate(shaded) if each and not all(shaded[index:]))


def _repeated(table: Table) -> int:
    """Return how many rows are repeated on each page: those at the top that say so, not all."""
    count = 0
    while count < len(table.rows) and table.rows[count].header:
        count += 1
    return count if count < len(table.rows) else 0


def keeps_with_next(block: Block) -> bool:
    """Return whether a block stays on the page of what follows it.

    A row stays with the next where the first paragraph of its first cell does, a table where its
    last row does (measured in LibreOffice).
    """
    if isinstance(block, Paragraph):
        return block.shape.keep_next
    return bool(block.rows) and _row_keeps(block.rows[-1])


def _row_keeps(row: Row) -> bool:
    return bool(row.cells and row.cells[0].blocks) and keeps_with_next(row.cells[0].blocks[0])


def _table_declarations(table: Table, above: float) -> list[str]:
    width = sum(table.grid)
    found = [f"width:{points(width)}"]
    sides = {"left": f"0 auto 0 {points(table.indent)}", "center": "auto", "right": "0 0 0 auto"}
    aligned = sides[table.align]
    margins = {"auto": "0 auto", "0 0 0 auto": "0 0 0 auto"}.get(aligned, aligned)
    found.append(f"margin:{margins}")
    if above:
        found.append(f"margin-top:{points(above)}")
    if keeps_with_next(table):
        found.append("break-after:avoid")
    if table.place is not None:
        found.append("float:left" if table.place.wrap == "square" else "")
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands: in the head, last of its group; and which of its cells name others."""

    tags: _Tags
    head: bool
    last: bool
    named: frozenset[int]


def _write_row(
    group: Element, row: Row, taken: dict[int, int], place: _Place, context: Context,
    blocks: WriteBlocks,
) -> None:  # fmt: skip
    """Append a row; `taken` says for how many more rows a column is held by a cell from above."""
    # WeasyPrint makes a row of given height as high as all of a cell that ends in it; there the
    # height is that of one of its own cells.
    ending = any(left == 1 for left in taken.values())
    holder = next((cell for cell in row.cells if cell.rows == 1), None) if ending else None
    found = [f"height:{points(row.height)}"] if row.height and holder is None else []
    if row.cant_split or row.exact:
        found.append("break-inside:avoid")
    if not place.last and not place.head and _row_keeps(row):
        found.append("break-after:avoid")
    element = _element(group, place.tags, "row", found, context)
    at = 0
    for index, cell in enumerate(row.cells):
        free = sum(1 for column in range(at, cell.start) if not taken.get(column))
        for _ in range(free):  # columns left out before a cell (ISO/IEC 29500-1, 17.4.15)
            _element(element, place.tags, "cell", [], context)
        more = []
        if cell is holder and row.height:
            more.append(f"height:{points(max(row.height - _edges(cell), 0))}")
        scope = "col" if place.head or row.header else "row" if index in place.named else ""
        scope = scope if place.tags.names and len(row.cells) > (scope == "row") else ""
        inside = _cell_element(element, cell, place.tags, scope, more, context)
        _write_cell(inside, row, cell, context, blocks)
        at = cell.start + cell.span
    for column in list(taken):
        taken[column] -= 1
        if taken[column] <= 0:
            del taken[column]
    for cell in row.cells:
        if cell.rows > 1:
            taken.update(dict.fromkeys(range(cell.start, cell.start + cell.span), cell.rows - 1))


def _edges(cell: Cell) -> float:
    """Return what margins and lines of a cell add to the height of what stands in it."""
    lines = [cell.borders.get(side) for side in ("top", "bottom")]
    return cell.margins[0] + cell.margins[2] + sum(line.width for line in lines if line) / 2


def _cell_element(
    parent: Element, cell: Cell, tags: _Tags, scope: str, more: list[str], context: Context
) -> Element:
    """Append the element of a cell; with a `scope` it names the cells of its column or row."""
    declarations = _cell_declarations(cell) + more
    element = _element(parent, tags, "cell", declarations, context)
    if scope:
        element.tag = "th"
        element.set("scope", scope)
    if cell.span > 1:
        element.set("colspan", str(cell.span))
    if cell.rows > 1:
        element.set("rowspan", str(cell.rows))
    return element


def _write_cell(
    element: Element, row: Row, cell: Cell, context: Context, blocks: WriteBlocks
) -> None:
    inside = element
    if row.exact and row.height and cell.rows == 1:
        inside = SubElement(element, "div")
        # The line above counts to the row below it (measured in LibreOffice); of this one too.
        line = cell.borders.get("top")
        height = max(row.height - (line.width if line is not None else 0), 0)
        held = [f"height:{points(height)}", "overflow:hidden"]
        inside.set("class", context.classes.name(held))
    if cell.diagonal:
        drawing = context.address(_diagonals(cell, row.height), "image/svg+xml")
        name = context.classes.name([f"background:url({drawing}) 0 0 / 100% 100% no-repeat"])
        element.set("class", f"{element.get('class', '')} {name}".strip())
    outer = context.text_width
    context.text_width = cell.width or outer
    if cell.direction:
        _write_standing(inside, cell, context, blocks)
    else:
        blocks(inside, cell.blocks, context)
    context.text_width = outer


def _diagonals(cell: Cell, height: float) -> bytes:
    """Return the lines from corner to corner as a drawing that is stretched over the cell."""
    across, down = cell.width or 100, height or 20
    lines = {
        "down": f'<line x1="0" y1="0" x2="{across:g}" y2="{down:g}"/>',
        "up": f'<line x1="0" y1="{down:g}" x2="{across:g}" y2="0"/>',
    }
    drawn = "".join(line for kind, line in lines.items() if cell.diagonal in {kind, "both"})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across:g}" height="{down:g}" '
        f'viewBox="0 0 {across:g} {down:g}" preserveAspectRatio="none" '
        f'stroke="#000000" stroke-width=".5">{drawn}</svg>'
    ).encode()


def _write_standing(parent: Element, cell: Cell, context: Context, blocks: WriteBlocks) -> None:
    """Append the blocks of a cell whose letters stand below one another, as wide as one letter.

    Of several paragraphs Word sets the first rightmost; here they stand below one another.
    """
    sizes = [
        inline.look.size
        for block in cell.blocks if isinstance(block, Paragraph)
        for inline in block.inlines if isinstance(inline, Text)
    ]  # fmt: skip
    # A hair wider than a letter, so that one always fits.
    width = max(sizes, default=10.5) + 0.1
    column = SubElement(parent, "div")
    column.set("class", context.classes.name([f"width:{points(width)}", "margin:0 auto"]))
    context.text_width = width
    standing = [
        replace(block, shape=replace(
            block.shape, left=0, right=0, first=0, align="center", break_latin=True, kinsoku=False,
        )) if isinstance(block, Paragraph) else block
        for block in cell.blocks
    ]  # fmt: skip
    blocks(column, standing, context)


def _cell_declarations(cell: Cell) -> list[str]:
    top, right, bottom, left = cell.margins
    widths = {side: line.width if is_line(line) else 0.0 for side, line in cell.borders.items()}
    # Word measures a cell's margins from the grid, on which its borders are centred.
    right = max(right - widths.get("right", 0) / 2, 0)
    left = max(left - widths.get("left", 0) / 2, 0)
    found = [f"padding:{points(top)} {points(right)} {points(bottom)} {points(left)}"]
    if cell.v_align != "top":
        found.append(f"vertical-align:{'middle' if cell.v_align == 'center' else 'bottom'}")
    if HIGHLIGHTED.fullmatch(cell.shade):
        found.append(f"background:{colour(cell.shade)}")
    return found + borders(cell.borders)
