"""Forms: two or four columns, shaded labels left, values right, bands between the groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from salesdocs.workshop.house import SHADE, twips
from salesdocs.workshop.markup import Element
from salesdocs.workshop.paragraphs import paragraph
from salesdocs.workshop.sheet import Sheet
from salesdocs.workshop.tables import (
    Content,
    after_table,
    cell,
    fill,
    keep_together,
    row,
    shares,
    table,
    tagged_rows,
)
from salesdocs.workshop.words import Label, Words, runs

_ROW_HEIGHT = twips(8)
_TWO = (23, 77)
_FOUR = (18, 32, 18, 32)


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value; `tall` in mm keeps room for long text, `whole` takes the full row."""

    label: Words
    value: Content
    tall: float = 0
    whole: bool = False


def field(
    path: str,
    filters: str = "",
    label: Words | None = None,
    *,
    tall: float = 0,
    whole: bool = False,
) -> Field:
    """Return the field of a case path: its label from the catalogue unless given, its value a tag.

    `field("contract.amount", "yuan")` prints `{{ contract.amount | yuan }}`.
    """
    value = f"{{{{ {path} | {filters} }}}}" if filters else f"{{{{ {path} }}}}"
    return Field(Label(path) if label is None else label, value, tall, whole)


@dataclass(frozen=True, slots=True)
class Band:
    """A shaded line over the full width that names the group of fields below it."""

    words: Words


@dataclass(frozen=True, slots=True)
class FormRows:
    """`rows` repeated for a list (`each`) or printed on a `condition` only."""

    rows: tuple[Field | Band | tuple[Field, ...], ...]
    each: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form table; in one of four columns two fields share a row unless one is `whole` or tall.

    Fields are paired in the order given; a tuple of two says which share a row.
    """

    rows: tuple[Field | Band | tuple[Field, ...] | FormRows, ...]
    columns: int = 4
    caption: Words | None = None
    notes: tuple[Words, ...] = ()
    together: bool = False

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield caption, table and notes."""
        if self.caption is not None:
            yield paragraph("Caption", *runs(self.caption, sheet))
        widths = shares(_TWO if self.columns == 2 else _FOUR, sheet.width)
        rows = list(self._rows(widths, sheet))
        if self.together:
            keep_together(rows)
        yield table(widths, rows)
        yield from after_table(self.notes, sheet)

    def _rows(self, widths: list[int], sheet: Sheet) -> Iterator[Element]:
        for line in _paired(self.rows, self.columns):
            if isinstance(line, FormRows):
                inner = [_row(part, widths, sheet) for part in _paired(line.rows, self.columns)]
                yield from tagged_rows(inner, widths, line.each, line.condition)
            else:
                yield _row(line, widths, sheet)


_Line = Band | FormRows | tuple[Field, ...]


def _paired(
    rows: tuple[Field | Band | tuple[Field, ...] | FormRows, ...], columns: int
) -> Iterator[_Line]:
    """Yield lines of at most `columns // 2` fields; a band, group or whole field ends a line."""
    waiting: tuple[Field, ...] = ()
    for item in rows:
        alone = not isinstance(item, Field) or item.whole or item.tall or columns == 2
        if waiting and alone:
            yield waiting
            waiting = ()
        if isinstance(item, Field) and not alone:
            waiting = (*waiting, item)
        else:
            yield (item,) if isinstance(item, Field) else item
        if len(waiting) == columns // 2:
            yield waiting
            waiting = ()
    if waiting:
        yield waiting


def _row(line: _Line, widths: list[int], sheet: Sheet) -> Element:
    if isinstance(line, Band):
        content = fill(line.words, "FormBand", sheet)
        return row(cell(sum(widths), content, span=len(widths), shade=SHADE), height=_ROW_HEIGHT)
    if isinstance(line, FormRows):
        raise TypeError("form rows do not nest: a group of rows has one loop and one condition")
    cells: list[Element] = []
    for index, item in enumerate(line):
        spare = len(widths) - 2 * len(line) if index == len(line) - 1 else 0
        place = 2 * index
        cells.append(cell(widths[place], fill(item.label, "FormLabel", sheet), shade=SHADE))
        cells.append(
            cell(
                sum(widths[place + 1 : place + 2 + spare]),
                fill(item.value, "TableText", sheet),
                span=1 + spare,
            )
        )
    return row(*cells, height=max(_ROW_HEIGHT, *(twips(item.tall) for item in line)))
