"""Tables of rows: a column says its heading, what stands in a row, its width and its total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from salesdocs.findings import Phrase
from salesdocs.workshop.house import SHADE, SMALL, twips
from salesdocs.workshop.markup import Element, make, qualified, statement
from salesdocs.workshop.paragraphs import lay_all, paragraph, tag
from salesdocs.workshop.sheet import Block, Sheet
from salesdocs.workshop.words import NONE, Given, Strong, Words, runs

TOTAL = Phrase("合计", "Total")
UNIT_YUAN = Phrase("单位：元", "Unit: CNY")

CellAlign = Literal["left", "center", "right"]
_CELL_STYLES = {
    "head": "TableHead",
    "left": "TableText",
    "center": "TableCentre",
    "right": "TableNumber",
}


@dataclass(frozen=True, slots=True)
class Stack:
    """Several blocks in one cell; give paragraphs the style `TableText`."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Tinted:
    """Words on the shade of the first condition that holds, on none where none does."""

    words: Words
    shades: tuple[tuple[str, str], ...]


Content = Words | Stack | Tinted


def fill(content: Content, style: str, sheet: Sheet, keep_next: bool = False) -> list[Element]:
    """Return the paragraphs of a cell: at least one, and none that a tag could take away."""
    if isinstance(content, Stack):
        laid = list(lay_all(content.blocks, sheet))
        last = laid[-1] if laid else None
        if last is None or last.tag != qualified("w:p") or "{%p" in "".join(last.itertext()):
            laid.append(paragraph("TableGap"))
        return laid
    words = content.words if isinstance(content, Tinted) else content
    return [paragraph(style, *runs(words, sheet), keep_next=keep_next)]


def cells(width: int, content: Content, style: str, sheet: Sheet) -> Iterator[Element]:
    """Yield the cell of `content`; of tinted words one a shade, with the tags that choose it."""
    if not isinstance(content, Tinted):
        yield cell(width, fill(content, style, sheet))
        return
    for place, (condition, shade) in enumerate(content.shades):
        yield tag_cell(f"{'elif' if place else 'if'} {condition}")
        yield cell(width, fill(content, style, sheet), shade=shade)
    yield tag_cell("else")
    yield cell(width, fill(content, style, sheet))
    yield tag_cell("endif")


def tag_cell(said: str) -> Element:
    """Return the cell that holds `{%tc said %}` alone; it goes when the tag is read."""
    words = make("w:p", make("w:r", make("w:t", statement(said, "tc"))))
    return make("w:tc", make("w:tcPr"), words)


def cell(
    width: int,
    content: Iterable[Element],
    span: int = 1,
    shade: str = "",
    top: bool = False,
    borders: Element | None = None,
) -> Element:
    """Return a cell `width` twips wide over `span` columns, centred upright unless `top`."""
    return make(
        "w:tc",
        make(
            "w:tcPr",
            make("w:tcW", w=width, type="dxa"),
            make("w:gridSpan", val=span) if span > 1 else None,
            borders,
            make("w:shd", val="clear", color="auto", fill=shade) if shade else None,
            None if top else make("w:vAlign", val="center"),
        ),
        *content,
    )


def row(*cells: Element, header: bool = False, height: int = 0, exact: bool = False) -> Element:
    """Return a row that does not break across pages; `height` in twips is the least it takes.

    An `exact` height is taken whatever stands in the row.
    """
    rule = "exact" if exact else "atLeast"
    return make(
        "w:tr",
        make(
            "w:trPr",
            make("w:cantSplit"),
            make("w:trHeight", val=height, hRule=rule) if height else None,
            make("w:tblHeader") if header else None,
        ),
        *cells,
    )


def tag_row(said: str, widths: Sequence[int]) -> Element:
    """Return the row that holds `{%tr said %}` alone; it goes when the tag is read."""
    words = make("w:p", make("w:r", make("w:t", statement(said, "tr"))))
    return row(cell(sum(widths), [words], span=len(widths)))


def table(widths: Sequence[int], rows: Iterable[Element], style: str = "HouseTable") -> Element:
    """Return a table of fixed layout, exactly as wide as its columns."""
    return make(
        "w:tbl",
        make(
            "w:tblPr",
            make("w:tblStyle", val=style),
            make("w:tblW", w=sum(widths), type="dxa"),
            make("w:tblLayout", type="fixed"),
            make("w:tblLook", val="0000"),
        ),
        make("w:tblGrid", *(make("w:gridCol", w=width) for width in widths)),
        *rows,
    )


def shares(weights: Sequence[float], width: int) -> list[int]:
    """Return `width` twips split by `weights`; the last column takes what rounding leaves."""
    total = sum(weights)
    split = [round(width * weight / total) for weight in weights[:-1]]
    return [*split, width - sum(split)]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `head` above, `words` in each row, `width` as a weight, `total` in the last row."""

    head: Words
    words: Content = ""
    width: float = 1
    align: CellAlign = "left"
    total: Words | None = None


def numbers(width: float = 8) -> Column:
    """Return the column 序号 that counts the rows."""
    return Column(Phrase("序号", "No."), "{{ loop.index }}", width, "center")


@dataclass(frozen=True, slots=True)
class SpanRow:
    """A row below the others: `label` over the first `label_columns`, `words` over the rest.

    With `each` it is repeated for the rows of a list, with `condition` it may be absent.
    """

    label: Words
    words: Words
    label_columns: int = 1
    align: CellAlign = "left"
    each: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Cells of a row, repeated for a list (`each`) or printed on a `condition`; `height` in mm.

    Several in one table put two lists below each other, opinions given and steps still open.
    """

    cells: tuple[Content, ...]
    each: str = ""
    condition: str = ""
    height: float = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A data table over the full width: heading row repeated, rows unbroken, notes below.

    Rows come from `each` (`line in proposal.quote.lines`), where an empty list prints `empty`,
    or from `rows`, a tuple of cells or a group of `Rows` each. `caption` is numbered 表 1, 表 2 …
    by its style, so the numbers hold when a table before it is left out: every data table of a
    report has one; in forms the headings name the tables, and none has. A column with a `total`
    makes a bold last row that begins with `total_label` over the columns before; `unit` stands
    above the headings at the right; `small` type is for ten columns and more; `row_height` in mm.
    A table breaks between rows unless `together`, which is for a few rows to be signed. One that
    is `signed` below keeps its totals and notes to the seal, which never stands on a page alone.
    """

    columns: tuple[Column, ...]
    each: str = ""
    rows: tuple[tuple[Content, ...] | Rows, ...] = ()
    empty: Words = NONE
    caption: Words | None = None
    unit: Words | None = None
    total_label: Words = TOTAL
    below: tuple[SpanRow, ...] = ()
    notes: tuple[Words, ...] = ()
    together: bool = False
    row_height: float = 0
    small: bool = False
    signed: bool = False

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield caption, table and notes."""
        if self.caption is not None:
            yield paragraph("Caption", *runs(self.caption, sheet))
        widths = shares([column.width for column in self.columns], sheet.width)
        rows, ends = list(self._rows(widths, sheet)), list(self._ends(widths, sheet))
        notes = list(after_table(self.notes, sheet))
        if self.together:
            keep_together([*rows, *ends])
        if self.signed:
            keep_with_next([*ends, *notes])
        yield table(widths, [*rows, *ends])
        yield from notes

    def _rows(self, widths: list[int], sheet: Sheet) -> Iterator[Element]:
        if self.unit is not None:
            yield _unit_row(self.unit, widths, sheet)
        style = self._style("head")
        heads = (fill(column.head, style, sheet) for column in self.columns)
        named = (cell(w, head, shade=SHADE) for w, head in zip(widths, heads, strict=True))
        yield row(*named, header=True)
        for group in self.rows:
            rows = group if isinstance(group, Rows) else Rows(group)
            laid = self._row(rows.cells, widths, sheet, rows.height)
            yield from tagged_rows([laid], widths, rows.each, rows.condition)
        if self.each:
            yield tag_row(f"for {self.each}", widths)
            yield self._row(tuple(column.words for column in self.columns), widths, sheet)
            yield tag_row("else", widths)
            nothing = fill(self.empty, self._style("center"), sheet)
            yield row(cell(sum(widths), nothing, span=len(widths)))
            yield tag_row("endfor", widths)

    def _ends(self, widths: list[int], sheet: Sheet) -> Iterator[Element]:
        if any(column.total is not None for column in self.columns):
            yield self._total(widths, sheet)
        for below in self.below:
            yield from self._below(below, widths, sheet)

    def _style(self, part: CellAlign | Literal["head"]) -> str:
        return f"{_CELL_STYLES[part]}{SMALL if self.small else ''}"

    def _row(
        self, contents: tuple[Content, ...], widths: list[int], sheet: Sheet, height: float = 0
    ) -> Element:
        return row(
            *(
                each
                for column, content, width in zip(self.columns, contents, widths, strict=True)
                for each in cells(width, content, self._style(column.align), sheet)
            ),
            height=twips(height or self.row_height),
        )

    def _total(self, widths: list[int], sheet: Sheet) -> Element:
        """Return the last row; its label spans the columns before the first total.

        A column without total gets a stroke, so that nothing can be written in later.
        """
        first = next(i for i, column in enumerate(self.columns) if column.total is not None)
        label = fill(Strong(self.total_label), self._style("center"), sheet)
        row_cells = [cell(sum(widths[:first]), label, span=first)] if first else []
        for column, width in zip(self.columns[first:], widths[first:], strict=True):
            none = column.total is None
            style = self._style("center" if none else column.align)
            content = "/" if column.total is None else Strong(column.total)
            row_cells.append(cell(width, fill(content, style, sheet)))
        return row(*row_cells)

    def _below(self, below: SpanRow, widths: list[int], sheet: Sheet) -> Iterator[Element]:
        split = below.label_columns
        label = fill(Strong(below.label), self._style("center"), sheet)
        content = fill(below.words, self._style(below.align), sheet)
        spanned = row(
            cell(sum(widths[:split]), label, span=split),
            cell(sum(widths[split:]), content, span=len(widths) - split),
        )
        yield from tagged_rows([spanned], widths, below.each, below.condition)


def _unit_row(unit: Words, widths: list[int], sheet: Sheet) -> Element:
    """Return the unit line as a row without frame above the headings, repeated with them.

    As a paragraph between caption and table it would leave a heading alone at the foot of a page:
    LibreOffice keeps no more than two paragraphs with a table.
    """
    sides = (make(f"w:{side}", val="nil") for side in ("top", "left", "right"))
    content = fill(unit, "UnitLine", sheet)
    open_cell = cell(sum(widths), content, span=len(widths), borders=make("w:tcBorders", *sides))
    return row(open_cell, header=True)


def tagged_rows(
    rows: Iterable[Element], widths: Sequence[int], each: str = "", condition: str = ""
) -> Iterator[Element]:
    """Yield `rows` between the tag rows of a loop and of a condition, where there are any."""
    if condition:
        yield tag_row(f"if {condition}", widths)
    if each:
        yield tag_row(f"for {each}", widths)
    yield from rows
    if each:
        yield tag_row("endfor", widths)
    if condition:
        yield tag_row("endif", widths)


def after_table(notes: tuple[Words, ...], sheet: Sheet) -> Iterator[Element]:
    """Yield the notes, or the small gap that keeps two tables from running into one.

    A note that only holds on a condition goes with the word that introduces it.
    """
    for note in notes:
        is_conditional = isinstance(note, Given) and not note.otherwise
        words = note.words if isinstance(note, Given) and is_conditional else note
        if isinstance(note, Given) and is_conditional:
            yield tag(f"if {note.condition}")
        yield paragraph("TableNote", *runs((Phrase("注：", "Note: "), words), sheet))
        if is_conditional:
            yield tag("endif")
    if not notes:
        yield paragraph("TableGap")


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks left and right of each other, without borders, on one page; `widths` are weights."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    widths: tuple[float, float] = (1, 1)

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the table and the gap after it."""
        widths = shares(self.widths, sheet.width)
        contents = (fill(Stack(side), "TableText", sheet) for side in (self.left, self.right))
        cells = (
            cell(width, content, top=True) for width, content in zip(widths, contents, strict=True)
        )
        yield table(widths, [row(*cells)], "HousePlain")
        yield paragraph("TableGap")


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stay on one page: no signature stands alone, away from what is signed.

    With its heading inside, LibreOffice too keeps heading and table together.
    """

    blocks: tuple[Block, ...]

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the blocks, each tied to the next, and the gap that ends it.

        Blocks under a condition have several last ones, all of them tied: only the gap is not.
        """
        laid = [*lay_all(self.blocks, sheet), paragraph("TableGap")]
        keep_together(laid)
        yield from laid


def keep_together(elements: Sequence[Element]) -> None:
    """Tie each row or block to the next, so that a page cannot end between them."""
    keep_with_next(elements[:-1])


def keep_with_next(elements: Iterable[Element]) -> None:
    """Tie each row or block to the next, the last one to what follows."""
    for tied in elements:
        for item in tied.iter(qualified("w:p")):
            properties = item.find(qualified("w:pPr"))
            if properties is None:
                properties = make("w:pPr")
                item.insert(0, properties)
            if properties.find(qualified("w:keepNext")) is None:
                after_style = properties.find(qualified("w:pStyle")) is not None
                properties.insert(int(after_style), make("w:keepNext"))
