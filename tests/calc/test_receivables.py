"""What is owed and since when."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.calc import receivables

DUE = date(2026, 2, 24)
AS_OF = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("received", "days"),
    [
        pytest.param(date(2026, 2, 26), 2, id="late"),
        pytest.param(DUE, 0, id="on-the-day"),
        pytest.param(date(2026, 2, 1), 0, id="early"),
        pytest.param(None, 188, id="still-open"),
    ],
)
def test_delay_counts_from_the_due_day(received: date | None, days: int) -> None:
    assert receivables.overdue_days(DUE, received, AS_OF) == days


def test_late_damages_of_the_sample_case() -> None:
    outstanding, daily = Decimal("394800.00"), Decimal("0.0005")
    assert receivables.late_damages(outstanding, daily, 1) == Decimal("197.40")
    assert receivables.late_damages(outstanding, daily, 2, Decimal("0.10")) == Decimal("394.80")


def test_late_damages_stop_at_the_cap() -> None:
    capped = receivables.late_damages(Decimal(1000), Decimal("0.0005"), 365, Decimal("0.10"))
    assert capped == Decimal("100.00")
    assert receivables.late_damages(Decimal(1000), Decimal("0.0005"), 365) == Decimal("182.50")
    assert receivables.late_damages(Decimal(1000), Decimal("0.0005"), -3) == 0


DEBTS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=500),
        st.decimals(min_value=0, max_value=10**6, places=2),
    )
)


@given(DEBTS)
def test_every_debt_is_in_one_band(debts: list[tuple[int, Decimal]]) -> None:
    bands = receivables.ageing(debts)
    assert sum(band.amount for band in bands) == sum(amount for _, amount in debts)


@pytest.mark.parametrize(
    ("days", "place"), [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (1000, 3)]
)
def test_bands_begin_and_end_where_they_say(days: int, place: int) -> None:
    bands = receivables.ageing([(days, Decimal(1))])
    assert [band.amount for band in bands] == [int(number == place) for number in range(4)]


def test_bands_have_names() -> None:
    assert [band.label.zh for band in receivables.ageing([])] == [
        "0–30 天",
        "31–60 天",
        "61–90 天",
        ">90 天",
    ]


def test_the_collected_rate_is_the_share_of_the_contract_received() -> None:
    received = [Decimal("338400"), Decimal("338400"), Decimal("394800")]
    assert receivables.collected_rate(received, Decimal("1128000")) == Decimal("0.95")
    assert receivables.collected_rate([], Decimal(0)) is None
