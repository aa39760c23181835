"""Periods of law: when they begin and end, and which days count as working days.

Civil Code 201–203: the first day is not counted; a period of months ends on the corresponding day;
a last day that is a holiday moves to the next working day. Working days follow the State Council's
yearly notice. Days that no notice covers yet go by weekends only, and the answer says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
_SATURDAY = 5
# The notice for the coming year, published in November, can still turn the last weekend of
# December into working days (it did for 2019), so from the 27th on both years' notices are needed.
_NOTICE_REACH = timedelta(days=5)


@dataclass(frozen=True)
class Deadline:
    """The last day to do something: `raw` as counted, `day` after moving past holidays.

    `provisional` is true when a day that decided it is not covered by a holiday notice yet.
    """

    raw: date
    day: date
    provisional: bool

    @property
    def moved(self) -> bool:
        """Whether the counted day was a holiday."""
        return self.day != self.raw


@dataclass(frozen=True)
class Span:
    """A period from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """The number of days in it, first and last included."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def is_published(day: date) -> bool:
    """Return whether a holiday notice decides if `day` is worked."""
    return _notice(day) is not None


def is_working_day(day: date) -> bool:
    """Return whether people work on `day`, make-up Saturdays and Sundays included.

    Days that no notice covers: all but Saturdays and Sundays.
    """
    worked = _notice(day)
    return day.weekday() < _SATURDAY if worked is None else worked


def holiday_between(first: date, last: date) -> bool:
    """Return whether a public holiday, or a weekend worked for one, lies between the two days."""
    between = (first + number * _DAY for number in range(1, (last - first).days))
    return any((day.weekday() < _SATURDAY) != is_working_day(day) for day in between)


@lru_cache(maxsize=4096)  # the library looks through its whole table for every answer
def _notice(day: date) -> bool | None:
    """Return whether `day` is worked by the notices, None where none is published."""
    # Imported here: only cases with dates need it, and its tables take 7 ms to build.
    import chinese_calendar  # noqa: PLC0415

    try:
        chinese_calendar.is_workday(day + _NOTICE_REACH)
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # how the library says that it has no data for the year
        return None


def add_months(day: date, months: int) -> date:
    """Return the corresponding day `months` later, or the month's last day if it has none."""
    month = day.year * 12 + day.month - 1 + months
    first = _first_of(month)
    length = (_first_of(month + 1) - first).days
    return first.replace(day=min(day.day, length))


def _first_of(month: int) -> date:
    """Return the first day of a month counted from January of the year 0."""
    return date(month // 12, month % 12 + 1, 1)


def span(event: date, *, months: int = 0, days: int = 0) -> Span:
    """Return the period of `months` and `days` after `event`, whose own day is not counted."""
    return Span(event + _DAY, add_months(event, months) + days * _DAY)


def roll(day: date) -> Deadline:
    """Return the deadline that falls on `day`, moved to the next working day if it is a holiday."""
    raw, provisional = day, not is_published(day)
    while not is_working_day(day):
        day += _DAY
        provisional = provisional or not is_published(day)
    return Deadline(raw, day, provisional)


def deadline(event: date, *, months: int = 0, days: int = 0) -> Deadline:
    """Return the last day of the period of `months` and `days` after `event`."""
    return roll(span(event, months=months, days=days).last)


def working_days_after(event: date, count: int) -> Deadline:
    """Return the `count`th working day after `event`.

    Raises ValueError when `count` is negative.
    """
    if count < 0:
        raise ValueError(f"cannot count {count} working days")
    day, provisional = event, False
    while count:
        day += _DAY
        count -= is_working_day(day)
        provisional = provisional or not is_published(day)
    return Deadline(day, day, provisional)


def working_days_between(start: date, end: date) -> int:
    """Return how many working days follow `start` up to and with `end`; none when end ≤ start."""
    return sum(is_working_day(start + n * _DAY) for n in range(1, (end - start).days + 1))
