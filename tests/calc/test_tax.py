"""VAT rates and stamp duty."""

from datetime import date
from decimal import Decimal

import pytest

from salesdocs.calc import tax


@pytest.mark.parametrize(
    ("kind", "rate"),
    [
        ("goods", "0.13"),
        ("software", "0.13"),
        ("saas", "0.06"),
        ("service", "0.06"),
        ("dev_service", "0.06"),
        ("training", "0.06"),
        ("consulting", "0.06"),
        ("maintenance_goods", "0.13"),
        ("construction", "0.09"),
        ("installation", "0.09"),
        ("leasing_movable", "0.13"),
        ("transport", "0.09"),
    ],
)
def test_every_kind_has_its_usual_rate(kind: str, rate: str) -> None:
    assert tax.default_rate(kind) == Decimal(rate)
    assert tax.is_usual(Decimal(rate), kind)
    assert not tax.is_usual(Decimal("0.17"), kind)


def test_every_usual_rate_is_allowed() -> None:
    assert all(tax.is_allowed(rate) for rate in tax.DEFAULT_RATES.values())


@pytest.mark.parametrize(
    ("on", "rate"),
    [(None, "0.03"), (date(2027, 12, 31), "0.01"), (date(2028, 1, 1), "0.03")],
    ids=str,
)
def test_a_small_taxpayer_has_its_own_rate_whatever_it_sells(on: date | None, rate: str) -> None:
    for kind in tax.DEFAULT_RATES:
        assert tax.default_rate(kind, small_taxpayer=True, on=on) == Decimal(rate)
        assert tax.is_usual(Decimal(rate), kind, small_taxpayer=True)


def test_a_kind_that_is_not_known_has_no_rate_and_none_is_odd() -> None:
    assert tax.default_rate("other") is None
    assert tax.is_usual(Decimal("0.05"), "other")


def test_old_rates_are_not_allowed() -> None:
    assert tax.is_allowed(Decimal("0.130"))
    assert tax.is_allowed("exempt")
    assert not tax.is_allowed(Decimal("0.17"))
    assert not tax.is_allowed(Decimal("0.16"))


def test_exempt_counts_as_zero() -> None:
    assert tax.factor("exempt") == 0
    assert tax.factor(Decimal("0.13")) == Decimal("0.13")


PARTS = [("goods", Decimal("100000")), ("service", Decimal("50000"))]


def test_stamp_duty_leaves_general_services_out() -> None:
    assert tax.stamp_duty(PARTS) == Decimal("30.00")


def test_stamp_duty_takes_the_highest_rate_when_parts_are_not_listed_apart() -> None:
    assert tax.stamp_duty(PARTS, listed_apart=False) == Decimal("45.00")
    lease = [*PARTS, ("leasing_movable", Decimal("1000"))]
    assert tax.stamp_duty(lease, listed_apart=False) == Decimal("151.00")


def test_nothing_pays_no_stamp_duty() -> None:
    assert tax.stamp_duty([]) == 0
    assert tax.stamp_duty([], listed_apart=False) == 0
