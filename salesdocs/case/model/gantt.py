"""The plan as a picture: each milestone and task as a bar of cells on a common scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from salesdocs.calc.timeline import Timeline, timeline
from salesdocs.case.model.record import Record
from salesdocs.case.model.scalars import Code, Count, Flag, Text

if TYPE_CHECKING:
    from salesdocs.case.model.delivery import Milestone, Task

_DAY = timedelta(days=1)


class GanttYear(Record):
    """A year of the scale, `span` columns wide."""

    year: Count
    span: Count


class GanttHead(Record):
    """A part of the scale: a month by its number, or a week, quarter, half-year or year by name."""

    month: Count | None
    part: Text | None
    span: Count


class GanttCell(Record):
    """A stretch of columns: `filled` where a bar lies, `ruled` where a part of the scale begins."""

    span: Count
    filled: Flag
    ruled: Flag


class GanttRow(Record):
    """A milestone or task: `planned` and `actual` cells, `late` when it was reached after its day.

    `actual` is empty for tasks, whose end nobody records, and until the first milestone is reached.
    """

    id: Code | None
    name: Text | None
    planned: tuple[GanttCell, ...]
    actual: tuple[GanttCell, ...]
    late: Flag


class Gantt(Record):
    """The scale above and the rows below; `reached` once there is something actual to show."""

    years: tuple[GanttYear, ...]
    heads: tuple[GanttHead, ...]
    milestones: tuple[GanttRow, ...]
    tasks: tuple[GanttRow, ...]
    reached: Flag


def gantt(
    kickoff: date | None, milestones: Sequence[Milestone], tasks: Sequence[Task]
) -> Gantt | None:
    """Return the picture; None while no milestone or task has a day, or the days make no plan.

    A milestone's bar begins after the milestone before it, the first one's at kick-off.
    """
    worked = [_ordered(task.start, task.end) for task in tasks]
    days = {row.planned for row in milestones} | {row.actual for row in milestones}
    days |= {day for both in worked if both for day in both}
    known = {day for day in days if day is not None}
    scale = timeline(known | ({kickoff} if kickoff and known else set()))
    if scale is None:
        return None
    planned = list(_phases(kickoff, [row.planned for row in milestones]))
    actual = list(_phases(kickoff, [row.actual for row in milestones]))
    reached = any(row.actual for row in milestones)
    return Gantt(
        tuple(GanttYear(year, span) for year, span in scale.years),
        tuple(GanttHead(head.month, head.part, head.span) for head in scale.heads),
        tuple(
            GanttRow(
                row.id,
                row.name,
                _cells(scale, plan),
                _cells(scale, fact) if reached else (),
                (row.delay_days or 0) > 0,
            )
            for row, plan, fact in zip(milestones, planned, actual, strict=True)
        ),
        tuple(
            GanttRow(task.id, task.name, _cells(scale, both), (), False)
            for task, both in zip(tasks, worked, strict=True)
        ),
        reached,
    )


def _ordered(start: date | None, end: date | None) -> tuple[date, date] | None:
    """Return first and last day of a task, one day where only one is known."""
    known = [day for day in (start, end) if day is not None]
    return (min(known), max(known)) if known else None


def _phases(
    kickoff: date | None, days: Iterable[date | None]
) -> Iterator[tuple[date, date] | None]:
    """Yield for each day the phase that ends with it, begun after the last earlier day."""
    earlier: list[date] = []
    for day in days:
        if day is None:
            yield None
            continue
        before = [known + _DAY for known in earlier if known < day]
        start = max(before, default=kickoff or day)
        yield min(start, day), day
        earlier.append(day)


def _cells(scale: Timeline, bar: tuple[date, date] | None) -> tuple[GanttCell, ...]:
    cells = scale.cells(*bar) if bar else scale.cells()
    return tuple(GanttCell(cell.span, cell.filled, cell.ruled) for cell in cells)
