"""Days between things that happen again and again: follow-ups, visits, surveys."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from salesdocs.case.model.base import Block, settle


def days_between(start: date | None, end: date | None) -> int | None:
    """Return the days from `start` to `end`, negative when it comes first; None if one is open."""
    return (end - start).days if start and end else None


def settle_gaps(rows: Sequence[Block], days: Sequence[date | None], start: date | None) -> None:
    """Give each row its `gap_days` since the row before it, the first since `start` if known."""
    for row, (before, day) in zip(rows, pairwise((start, *days)), strict=True):
        settle(row, "gap_days", days_between(before, day))


def longest(gaps: Iterable[int | None]) -> int | None:
    """Return the longest of the gaps that are known, None if none is."""
    return max((gap for gap in gaps if gap is not None), default=None)
