"""Periods, deadlines and working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.calc.period import (
    Deadline,
    Span,
    add_months,
    deadline,
    holiday_between,
    is_published,
    is_working_day,
    roll,
    span,
    working_days_after,
    working_days_between,
)

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31))


@pytest.mark.parametrize(
    ("event", "days", "raw", "day"),
    [
        pytest.param(date(2025, 7, 8), 15, date(2025, 7, 23), date(2025, 7, 23), id="P-01"),
        pytest.param(
            date(2025, 12, 12), 15, date(2025, 12, 27), date(2025, 12, 29), id="P-02-saturday"
        ),
        pytest.param(
            date(2026, 1, 16), 30, date(2026, 2, 15), date(2026, 2, 24), id="P-03-spring-festival"
        ),
        pytest.param(date(2025, 7, 8), 160, date(2025, 12, 15), date(2025, 12, 15), id="prelim"),
        pytest.param(
            date(2026, 2, 13), 1, date(2026, 2, 14), date(2026, 2, 14), id="make-up-saturday"
        ),
        pytest.param(date(2025, 9, 30), 1, date(2025, 10, 1), date(2025, 10, 9), id="national-day"),
    ],
)
def test_a_deadline_moves_past_holidays(event: date, days: int, raw: date, day: date) -> None:
    assert deadline(event, days=days) == Deadline(raw, day, provisional=False)
    assert deadline(event, days=days).moved == (raw != day)


def test_a_deadline_that_no_notice_covers_goes_by_weekends_and_is_provisional() -> None:
    sunday = date(2100, 1, 3)
    assert roll(sunday) == Deadline(sunday, date(2100, 1, 4), provisional=True)
    workday = date(2100, 1, 1)
    assert roll(workday) == Deadline(workday, workday, provisional=True)


def test_the_end_of_a_year_waits_for_the_notice_of_the_next() -> None:
    assert is_published(date(2018, 12, 31))
    assert is_working_day(date(2018, 12, 29))
    last = next(year for year in range(2026, 2100) if not is_published(date(year, 12, 31)))
    assert is_published(date(last, 12, 26))
    assert not is_published(date(last, 12, 27))


@pytest.mark.parametrize(
    ("event", "months", "last"),
    [
        pytest.param(date(2026, 1, 16), 12, date(2027, 1, 16), id="warranty"),
        pytest.param(date(2025, 1, 31), 1, date(2025, 2, 28), id="no-corresponding-day"),
        pytest.param(date(2024, 1, 31), 1, date(2024, 2, 29), id="leap-year"),
        pytest.param(date(2024, 2, 29), 12, date(2025, 2, 28), id="from-a-leap-day"),
        pytest.param(date(2025, 11, 30), 3, date(2026, 2, 28), id="over-the-year"),
        pytest.param(date(2025, 12, 15), 1, date(2026, 1, 15), id="from-december"),
    ],
)
def test_a_period_of_months_ends_on_the_corresponding_day(
    event: date, months: int, last: date
) -> None:
    period = span(event, months=months)
    assert period == Span(event + timedelta(days=1), last)
    assert event not in period
    assert last in period


def test_the_first_day_of_a_period_is_not_counted() -> None:
    period = span(date(2026, 1, 16), days=15)
    assert period == Span(date(2026, 1, 17), date(2026, 1, 31))
    assert period.days == 15


@given(DAYS, st.integers(min_value=0, max_value=400))
def test_a_deadline_is_the_first_working_day_from_the_counted_day(event: date, days: int) -> None:
    due = deadline(event, days=days)
    assert due.raw == event + timedelta(days=days)
    assert is_working_day(due.day)
    assert 0 <= (due.day - due.raw).days <= 10
    assert working_days_between(due.raw, due.day) == due.moved


@given(DAYS, st.integers(min_value=-30, max_value=120), st.integers(min_value=0, max_value=120))
def test_adding_months_keeps_the_day_where_there_is_one(day: date, one: int, more: int) -> None:
    later = add_months(day, one)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == one
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
    assert add_months(day, one + more) >= later


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_counting_working_days_forward_and_back_agrees(event: date, count: int) -> None:
    due = working_days_after(event, count)
    assert is_working_day(due.day)
    assert working_days_between(event, due.day) == count


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        pytest.param(date(2025, 3, 18), 1, date(2025, 3, 19), id="next-day"),
        pytest.param(date(2025, 3, 21), 1, date(2025, 3, 24), id="over-a-weekend"),
        pytest.param(date(2025, 9, 26), 3, date(2025, 9, 30), id="make-up-sunday"),
        pytest.param(date(2025, 9, 30), 2, date(2025, 10, 10), id="over-national-day"),
        pytest.param(date(2025, 10, 9), 2, date(2025, 10, 11), id="make-up-saturday"),
        pytest.param(date(2025, 10, 4), 0, date(2025, 10, 4), id="none"),
    ],
)
def test_working_days_know_holidays_and_make_up_days(start: date, count: int, end: date) -> None:
    assert working_days_after(start, count) == Deadline(end, end, provisional=False)


def test_no_working_days_lie_between_a_day_and_an_earlier_one() -> None:
    assert working_days_between(date(2025, 3, 21), date(2025, 3, 18)) == 0


def test_a_negative_number_of_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        working_days_after(date(2025, 3, 18), -1)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(date(2025, 9, 26), date(2025, 10, 1), True, id="a Sunday worked for it"),
        pytest.param(date(2025, 9, 30), date(2025, 10, 9), True, id="the holiday"),
        pytest.param(date(2025, 10, 8), date(2025, 10, 11), False, id="its last day and after"),
        pytest.param(date(2025, 10, 9), date(2025, 10, 17), True, id="a Saturday worked for it"),
        pytest.param(date(2025, 11, 7), date(2025, 11, 17), False, id="plain weekends"),
        pytest.param(date(2025, 10, 17), date(2025, 10, 16), False, id="no days"),
    ],
)
def test_a_weekend_is_no_holiday_unless_it_is_worked(
    first: date, last: date, expected: bool
) -> None:
    assert holiday_between(first, last) is expected
