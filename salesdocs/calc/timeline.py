"""Days on a strip of equal columns: the picture of a plan, drawn as cells of a table.

The strip is a fixed number of narrow columns, whatever time it shows, so that its widths stand in
the template and only the spans come from the days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Final

COLUMNS: Final = 120
_MOST_HEADS: Final = 14
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_YEAR: Final = 12  # months
_STEPS: Final = (1, 3, 6, _YEAR, 2 * _YEAR)
_YEARS: Final = range(1900, 2200)
"""Years in which people make plans; others are slips of the pen."""


@dataclass(frozen=True, slots=True)
class Head:
    """A part of the scale, `span` columns wide.

    `month` is its number where it is a month, else `part` names it: `07-21` a week by its Monday,
    `Q3`, `H1`, or the year.
    """

    year: int
    month: int | None
    part: str | None
    span: int


@dataclass(frozen=True, slots=True)
class Cell:
    """`span` columns, `filled` where a bar lies; `ruled` where a part of the scale begins."""

    span: int
    filled: bool
    ruled: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """A scale over whole weeks, months, quarters, half-years or years."""

    marks: tuple[date, ...]
    """The first day of each part, and the day after the last."""
    step: int
    """The months of a part, 0 for a week."""

    @property
    def heads(self) -> tuple[Head, ...]:
        """The parts of the scale in order; their spans add up to all columns."""
        return tuple(
            Head(
                first.year,
                first.month if self.step == 1 else None,
                None if self.step == 1 else self._part(first),
                self._column(after) - self._column(first),
            )
            for first, after in pairwise(self.marks)
        )

    @property
    def years(self) -> tuple[tuple[int, int], ...]:
        """Each year of the scale with its span."""
        grouped = groupby(self.heads, key=lambda head: head.year)
        return tuple((year, sum(head.span for head in heads)) for year, heads in grouped)

    def cells(self, first: date | None = None, last: date | None = None) -> tuple[Cell, ...]:
        """Return a row of cells with a bar from `first` to `last` day, without days an empty one.

        A bar is never too short to be seen. Raises ValueError for days that the scale leaves out.
        """
        starts = {self._column(mark) for mark in self.marks[:-1]}
        if first is None or last is None:
            return tuple(self._empty(0, COLUMNS, starts))
        if not self.marks[0] <= first <= last < self.marks[-1]:
            raise ValueError(f"{first} to {last} is not on the scale")
        end = max(self._column(last + _DAY), self._column(first) + 1)
        begin = self._column(first)
        return (
            *self._empty(0, begin, starts),
            Cell(end - begin, filled=True, ruled=begin in starts),
            *self._empty(end, COLUMNS, starts),
        )

    def _empty(self, begin: int, end: int, starts: set[int]) -> Iterator[Cell]:
        """Yield empty cells from column to column, parted where the scale is."""
        edges = sorted({begin, end} | {column for column in starts if begin < column < end})
        for left, right in pairwise(edges):
            yield Cell(right - left, filled=False, ruled=left in starts)

    def _column(self, day: date) -> int:
        """Return the column where a day begins; the last day begins before the last column ends."""
        start, end = self.marks[0], self.marks[-1]
        if day == end:
            return COLUMNS
        return min((day - start).days * COLUMNS // (end - start).days, COLUMNS - 1)

    def _part(self, first: date) -> str:
        if self.step == 0:
            return f"{first:%m-%d}"
        if self.step >= _YEAR:
            return str(first.year)
        sign = "Q" if self.step == _STEPS[1] else "H"
        return f"{sign}{(first.month - 1) // self.step + 1}"


def timeline(days: Iterable[date]) -> Timeline | None:
    """Return the finest scale of at most fourteen parts that shows all `days`.

    None without any, and where no plan can be meant: days of other centuries, or decades apart.
    """
    known = sorted(days)
    if not known or not {known[0].year, known[-1].year} <= set(_YEARS):
        return None
    first, last = known[0], known[-1]
    monday = first - first.weekday() * _DAY
    scales: list[tuple[int, date, Callable[[date], date]]] = [(0, monday, lambda day: day + _WEEK)]
    scales += [(step, _floor(first, step), _stepper(step)) for step in _STEPS]
    for step, start, following in scales:
        marks = [start]
        while marks[-1] <= last and len(marks) <= _MOST_HEADS:
            marks.append(following(marks[-1]))
        if marks[-1] > last:
            return Timeline(tuple(marks), step)
    return None


def _floor(day: date, step: int) -> date:
    """Return the first day of the part of `step` months in which `day` lies."""
    return _first_of((day.year * _YEAR + day.month - 1) // step * step)


def _stepper(step: int) -> Callable[[date], date]:
    return lambda day: _first_of(day.year * _YEAR + day.month - 1 + step)


def _first_of(month: int) -> date:
    """Return the first day of a month counted from January of the year 0."""
    return date(month // _YEAR, month % _YEAR + 1, 1)
