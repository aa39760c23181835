"""A Gantt chart as a table: many narrow columns of fixed width, over which cells span.

A picture or chart would be as tall for one milestone as for forty, and Word drops from a chart the
tags that fill it. A table grows with the plan, breaks over pages below its scale, and looks the
same in Word, WPS and LibreOffice; the spans are docxtpl's `{% colspan %}`, so that the template can
be opened and changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from salesdocs.calc.timeline import COLUMNS
from salesdocs.findings import Phrase
from salesdocs.workshop.house import BRAND, RULE, SHADE, SMALL
from salesdocs.workshop.markup import Element, make
from salesdocs.workshop.paragraphs import paragraph
from salesdocs.workshop.sheet import Sheet
from salesdocs.workshop.tables import after_table, keep_with_next, row, tag_cell, tag_row
from salesdocs.workshop.words import Given, Words, runs

PLANNED = "9DC3E6"
ACTUAL = BRAND
LATE = "C55A11"  # burnt orange: apart from blue in grey print too
_UNIT = 57  # twips, one millimetre
_BAR, _AIR = 160, 60
_MILESTONE = Phrase("里程碑", "Milestone")
_TASKS = Phrase("任务", "Tasks")
_SWATCHES = (
    (PLANNED, Phrase("计划", "Planned"), 16),
    (ACTUAL, Phrase("实际", "Actual"), 15),
    (LATE, Phrase("实际（晚于计划）", "Actual, late"), 32),
)
_SWATCH = 4
_LEAST_YEAR = 11  # columns that 2025年 takes


@dataclass(frozen=True, slots=True)
class GanttChart:
    """The picture of a plan; `of` is the path of its `Gantt`, which must be there.

    Milestones have a bar for the plan and, once one is reached, one for what happened; tasks below
    them have the plan alone.
    """

    of: str
    notes: tuple[Words, ...] = ()

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the table and its notes."""
        widths = [sheet.width - COLUMNS * _UNIT, *[_UNIT] * COLUMNS]
        rows = [
            self._legend(sheet),
            self._years(sheet),
            self._heads(sheet),
            *self._group("milestones", widths, sheet, with_actual=True),
            tag_row(f"if {self.of}.tasks", widths),
            self._band(sheet),
            *self._group("tasks", widths, sheet, with_actual=False),
            tag_row("endif", widths),
        ]
        yield _table(widths, rows)
        yield from after_table(self.notes, sheet)

    def _legend(self, sheet: Sheet) -> Element:
        """Return the frameless row above the scale that says which colour is what."""
        plan, *facts = (_swatch(*each, sheet) for each in _SWATCHES)
        used, least = sum(_SWATCH + words for *_, words in _SWATCHES), _SWATCH + _SWATCHES[0][2]
        return row(
            tag_cell(f"if {self.of}.reached"),
            _cell([_words("", sheet)], span=COLUMNS + 1 - used, sides=_OPEN),
            tag_cell("else"),
            _cell([_words("", sheet)], span=COLUMNS + 1 - least, sides=_OPEN),
            tag_cell("endif"),
            *plan,
            tag_cell(f"if {self.of}.reached"),
            *(cell for fact in facts for cell in fact),
            tag_cell("endif"),
            header=True,
        )

    def _years(self, sheet: Sheet) -> Element:
        year = Given(f"year.span > {_LEAST_YEAR}", Phrase("{{ year.year }}年", "{{ year.year }}"))
        return row(
            _name(_MILESTONE, "TableHead", sheet, shade=SHADE),
            tag_cell(f"for year in {self.of}.years"),
            _spanning("year.span", sheet, year, shade=SHADE, sides=_BOX),
            tag_cell("endfor"),
            header=True,
        )

    def _heads(self, sheet: Sheet) -> Element:
        part = Given(
            "head.month", Phrase("{{ head.month }}月", "{{ head.month }}"), "{{ head.part }}"
        )
        return row(
            _name(None, "TableHead", sheet, shade=SHADE),
            tag_cell(f"for head in {self.of}.heads"),
            _spanning("head.span", sheet, part, shade=SHADE, sides=_BOX),
            tag_cell("endfor"),
            header=True,
        )

    def _band(self, sheet: Sheet) -> Element:
        words = [paragraph("FormBand", *runs(_TASKS, sheet))]
        return row(_cell(words, span=COLUMNS + 1, shade=SHADE, sides=_BOX))

    def _group(
        self, rows: str, widths: Sequence[int], sheet: Sheet, *, with_actual: bool
    ) -> Iterator[Element]:
        """Yield the rows of each bar of a list: air, planned, actual, and air that grows."""
        label = (Given("bar.id", ("{{ bar.id }}", " ")), "{{ bar.name }}")
        bars = [
            row(
                _name(label, f"TableText{SMALL}", sheet, sides=_ABOVE),
                *self._scale(sheet, sides=_ABOVE),
                height=_AIR,
                exact=True,
            ),
            self._bar("bar.planned", [("", PLANNED)], sheet),
        ]
        if with_actual:
            bars += [
                tag_row(f"if {self.of}.reached", widths),
                self._bar("bar.actual", [("bar.late", LATE), ("", ACTUAL)], sheet),
                tag_row("endif", widths),
            ]
        keep_with_next(bars)
        yield tag_row(f"for bar in {self.of}.{rows}", widths)
        yield from bars
        yield row(_name(None, "TableText", sheet), *self._scale(sheet), height=_AIR)
        yield tag_row("endfor", widths)

    def _scale(self, sheet: Sheet, sides: _Sides = ()) -> Iterator[Element]:
        """Yield the cells of a row without bar, ruled like the scale."""
        yield tag_cell(f"for head in {self.of}.heads")
        yield _spanning("head.span", sheet, sides=(*_RULED, *sides))
        yield tag_cell("endfor")

    def _bar(self, cells: str, shades: Sequence[tuple[str, str]], sheet: Sheet) -> Element:
        """Return the row of a bar, in the shade of the first condition that holds."""
        filled: list[Element] = []
        for condition, shade in shades:
            said = f"elif {condition}" if filled and condition else "else" if filled else ""
            filled += [tag_cell(said or f"if {condition}")] if said or condition else []
            filled.append(_spanning("cell.span", sheet, shade=shade))
        if len(shades) > 1:
            filled.append(tag_cell("endif"))
        return row(
            _name(None, "TableText", sheet),
            tag_cell(f"for cell in {cells}"),
            tag_cell("if cell.filled"),
            *filled,
            tag_cell("elif cell.ruled"),
            _spanning("cell.span", sheet, sides=_RULED),
            tag_cell("else"),
            _spanning("cell.span", sheet),
            tag_cell("endif"),
            tag_cell("endfor"),
            height=_BAR,
        )


_Sides = tuple[tuple[str, int, str], ...]  # side, eighths of a point, colour; 0 is no line
_BOX: _Sides = tuple((side, 4, "auto") for side in ("top", "left", "bottom", "right"))
_OPEN: _Sides = tuple((side, 0, "auto") for side in ("top", "left", "right"))
_RULED: _Sides = (("left", 2, RULE),)
_ABOVE: _Sides = (("top", 2, RULE),)
_ORDER = ("top", "left", "bottom", "right")


def _table(widths: Sequence[int], rows: Sequence[Element]) -> Element:
    """Return the table: framed, without lines inside, cells without margins."""
    frame = (
        make(f"w:{side}", val="single", sz=4, space=0, color="auto")
        for side in ("top", "left", "bottom", "right")
    )
    margins = (("top", 0), ("left", 0), ("bottom", 0), ("right", 0))
    return make(
        "w:tbl",
        make(
            "w:tblPr",
            make("w:tblStyle", val="HousePlain"),
            make("w:tblW", w=sum(widths), type="dxa"),
            make("w:tblBorders", *frame),
            make("w:tblLayout", type="fixed"),
            make("w:tblCellMar", *(make(f"w:{side}", w=w, type="dxa") for side, w in margins)),
            make("w:tblLook", val="0000"),
        ),
        make("w:tblGrid", *(make("w:gridCol", w=width) for width in widths)),
        *rows,
    )


def _cell(
    content: Sequence[Element],
    span: int = 1,
    shade: str = "",
    sides: _Sides = (),
    merged: str = "",
    margin: int = 0,
) -> Element:
    """Return a cell without a width of its own: the columns that it spans decide."""
    said = sorted(sides, key=lambda side: _ORDER.index(side[0]))
    borders = [
        make(f"w:{side}", val="single" if size else "nil", sz=size, space=0, color=colour)
        for side, size, colour in said
    ]
    return make(
        "w:tc",
        make(
            "w:tcPr",
            make("w:gridSpan", val=span) if span > 1 else None,
            make("w:vMerge", val=merged) if merged else None,
            make("w:tcBorders", *borders) if borders else None,
            make("w:shd", val="clear", color="auto", fill=shade) if shade else None,
            make(
                "w:tcMar",
                make("w:left", w=margin, type="dxa"),
                make("w:right", w=margin, type="dxa"),
            )
            if margin
            else None,
            make("w:vAlign", val="center"),
        ),
        *content,
    )


def _name(
    words: Words | None, style: str, sheet: Sheet, shade: str = "", sides: _Sides = ()
) -> Element:
    """Return the cell of a name over several rows; without words one of the rows below."""
    said = [_words("", sheet)] if words is None else [paragraph(style, *runs(words, sheet))]
    merged = "continue" if words is None else "restart"
    frame = (*(_BOX if shade else (("right", 4, "auto"),)), *sides)
    return _cell(said, shade=shade, sides=frame, merged=merged, margin=80)


def _spanning(
    span: str, sheet: Sheet, words: Words = "", shade: str = "", sides: _Sides = ()
) -> Element:
    """Return a cell over as many columns as the path `span` says."""
    style = f"TableCentre{SMALL}" if words else "TableGap"
    spanned = make("w:r", make("w:t", f"{{% colspan {span} %}}"))
    return _cell([paragraph(style, spanned, *runs(words, sheet))], shade=shade, sides=sides)


def _words(words: Words, sheet: Sheet) -> Element:
    return paragraph("TableGap", *runs(words, sheet))


def _swatch(colour: str, words: Words, span: int, sheet: Sheet) -> tuple[Element, Element]:
    said = [paragraph(f"TableText{SMALL}", *runs(words, sheet))]
    return (
        _cell([_words("", sheet)], span=_SWATCH, shade=colour, sides=_OPEN),
        _cell(said, span=span, sides=_OPEN, margin=60),
    )
