"""Days as cells of a table: nothing lost, nothing added, bars where their days are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.calc.timeline import COLUMNS, Cell, Timeline, timeline

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2023, 6, 30))


def scale(first: date, last: date) -> Timeline:
    found = timeline([first, last])
    assert found is not None
    return found


def heads(first: date, last: date) -> list[str]:
    return [str(head.month or head.part) for head in scale(first, last).heads]


@given(DAYS, DAYS, DAYS, DAYS)
def test_every_row_fills_all_columns_and_its_bar_lies_within(
    one: date, two: date, three: date, four: date
) -> None:
    days = sorted([one, two, three, four])
    line = scale(days[0], days[-1])
    assert sum(head.span for head in line.heads) == COLUMNS
    assert sum(span for _, span in line.years) == COLUMNS
    assert 1 <= len(line.heads) <= 14
    assert min(head.span for head in line.heads) > COLUMNS / 14 / 2
    for cells in (line.cells(), line.cells(days[1], days[2])):
        assert sum(cell.span for cell in cells) == COLUMNS
        assert min(cell.span for cell in cells) > 0
        assert sum(cell.ruled for cell in cells) <= len(line.heads)
    assert [cell.filled for cell in line.cells(days[1], days[2])].count(True) == 1


@given(DAYS, DAYS, DAYS)
def test_a_later_day_is_never_drawn_to_the_left(one: date, two: date, three: date) -> None:
    days = sorted([one, two, three])
    line = scale(days[0], days[-1])
    before = [_edges(line.cells(day, day)) for day in days]
    assert before == sorted(before)


def _edges(cells: tuple[Cell, ...]) -> tuple[int, int]:
    place = [cell.filled for cell in cells].index(True)
    begin = sum(cell.span for cell in cells[:place])
    return begin, begin + cells[place].span


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(
            date(2025, 7, 23), date(2025, 8, 6), ["07-21", "07-28", "08-04"], id="two weeks"
        ),
        pytest.param(
            date(2025, 7, 21), date(2026, 1, 16), ["7", "8", "9", "10", "11", "12", "1"],
            id="half a year",
        ),
        pytest.param(
            date(2025, 2, 1), date(2026, 5, 31), ["Q1", "Q2", "Q3", "Q4", "Q1", "Q2"], id="16 months"
        ),
        pytest.param(
            date(2025, 2, 1), date(2029, 6, 30), ["H1", "H2"] * 4 + ["H1"], id="four years"
        ),
        pytest.param(
            date(2025, 2, 1), date(2033, 6, 30), [str(year) for year in range(2025, 2034)],
            id="eight years",
        ),
    ],
)  # fmt: skip
def test_the_scale_goes_with_the_length(first: date, last: date, expected: list[str]) -> None:
    assert heads(first, last) == expected


def test_thirty_six_months_are_quarters() -> None:
    assert len(heads(date(2025, 1, 1), date(2027, 12, 31))) == 12


def test_years_stand_above_their_months() -> None:
    assert scale(date(2025, 12, 1), date(2026, 1, 31)).years[0][0] == 2025
    assert [year for year, _ in scale(date(2025, 12, 1), date(2026, 4, 1)).years] == [2025, 2026]


def test_one_day_is_seen_even_among_years() -> None:
    day = date(2026, 3, 5)
    cells = scale(date(2025, 1, 1), date(2033, 1, 1)).cells(day, day)
    assert [cell.span for cell in cells if cell.filled] == [1]


@pytest.mark.parametrize(
    "days",
    [
        pytest.param([], id="none"),
        pytest.param([date(1, 1, 1)], id="the year 1"),
        pytest.param([date(2025, 1, 1), date(9999, 12, 31)], id="the year 9999"),
        pytest.param([date(2025, 1, 1), date(2060, 1, 1)], id="decades apart"),
    ],
)
def test_days_that_make_no_plan_have_no_scale(days: list[date]) -> None:
    assert timeline(days) is None


def test_a_bar_beyond_the_scale_is_refused() -> None:
    line = scale(date(2025, 7, 1), date(2025, 12, 31))
    with pytest.raises(ValueError, match="not on the scale"):
        line.cells(date(2025, 12, 1), date(2026, 1, 1))
    with pytest.raises(ValueError, match="not on the scale"):
        line.cells(date(2025, 12, 1), date(2025, 12, 1) - timedelta(days=1))
