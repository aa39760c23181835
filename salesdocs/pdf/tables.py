"""Tables as elements: a fixed grid, collapsed borders, rows that Word keeps whole or repeats."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from salesdocs.pdf.context import Context
from salesdocs.pdf.css import HIGHLIGHTED, borders, colour, is_line, points
from salesdocs.pdf.inlines import WriteBlocks
from salesdocs.word.shown.model import Block, Cell, Paragraph, Row, Table, Text


def write_table(
    parent: Element, table: Table, above: float, context: Context, blocks: WriteBlocks
) -> None:
    """Append a table, `above` points below what precedes it."""
    element = SubElement(parent, "table")
    element.set("class", context.classes.name(_table_declarations(table, above)))
    if table.caption:
        element.set("title", table.caption)
    columns = SubElement(element, "colgroup")
    for width in table.grid:
        SubElement(columns, "col").set("class", context.classes.name([f"width:{points(width)}"]))
    heads = _repeated(table)
    for tag, rows in (("thead", table.rows[:heads]), ("tbody", table.rows[heads:])):
        if rows:
            group = SubElement(element, tag)
            taken: dict[int, int] = {}
            for index, row in enumerate(rows):
                _write_row(group, row, taken, context, blocks, head=tag == "thead",
                           last=index == len(rows) - 1)  # fmt: skip


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


def _write_row(
    group: Element, row: Row, taken: dict[int, int], context: Context, blocks: WriteBlocks,
    *, head: bool, last: bool,
) -> None:  # fmt: skip
    """Append a row; `taken` says for how many more rows a column is held by a cell from above."""
    element = SubElement(group, "tr")
    # WeasyPrint makes a row of given height as high as all of a cell that ends in it; there the
    # height is that of one of its own cells.
    ending = any(left == 1 for left in taken.values())
    holder = next((cell for cell in row.cells if cell.rows == 1), None) if ending else None
    found = [f"height:{points(row.height)}"] if row.height and holder is None else []
    if row.cant_split or row.exact:
        found.append("break-inside:avoid")
    if not last and not head and _row_keeps(row):
        found.append("break-after:avoid")
    if name := context.classes.name(found):
        element.set("class", name)
    at = 0
    for cell in row.cells:
        free = sum(1 for column in range(at, cell.start) if not taken.get(column))
        if free:  # columns left out before a cell (ISO/IEC 29500-1, 17.4.15)
            SubElement(element, "td").set("colspan", str(free))
        _write_cell(element, row, cell, context, blocks, head=head or row.header)
        if cell is holder and row.height:
            lines = [cell.borders.get(side) for side in ("top", "bottom")]
            edges = sum(line.width for line in lines if line is not None) / 2
            edges += cell.margins[0] + cell.margins[2]
            own = context.classes.name([f"height:{points(max(row.height - edges, 0))}"])
            element[-1].set("class", f"{element[-1].get('class', '')} {own}".strip())
        at = cell.start + cell.span
    for column in list(taken):
        taken[column] -= 1
        if taken[column] <= 0:
            del taken[column]
    for cell in row.cells:
        if cell.rows > 1:
            taken.update(dict.fromkeys(range(cell.start, cell.start + cell.span), cell.rows - 1))


def _write_cell(
    parent: Element, row: Row, cell: Cell, context: Context, blocks: WriteBlocks, *, head: bool
) -> None:
    element = SubElement(parent, "th" if head else "td")
    if cell.span > 1:
        element.set("colspan", str(cell.span))
    if cell.rows > 1:
        element.set("rowspan", str(cell.rows))
    if name := context.classes.name(_cell_declarations(cell)):
        element.set("class", name)
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
