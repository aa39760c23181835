"""How values look in documents."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.calc import format as show

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=3)


@pytest.mark.parametrize(
    ("display", "value", "text"),
    [
        (show.money, "1128000", "1,128,000.00"),
        (show.money, "-1280.5", "−1,280.50"),
        (show.money, "0.005", "0.01"),
        (show.money, "2.675", "2.68"),
        (show.money, "-0.001", "0.00"),
        (show.yuan, "1128000.00", "¥1,128,000.00"),
        (show.yuan, "-1280.5", "−¥1,280.50"),
        (show.wan, "1128000", "112.8"),
        (show.wan, "1180900", "118.09"),
        (show.wan, "1017281.69", "101.73"),
        (show.wan, "123456780000", "12,345,678"),
        (show.wan, "-5000", "−0.5"),
        (show.wan, "0", "0"),
        (show.capitals, "1128000", "人民币壹佰壹拾贰万捌仟元整"),
        (show.english_amount, "20", "RMB Twenty Yuan Only"),
        (show.number, "24", "24"),
        (show.number, "24.00", "24"),
        (show.number, "1.50", "1.5"),
        (show.number, "1E+3", "1000"),
        (show.number, "100", "100"),
        (show.number, "-0.0", "0"),
        (show.percent, "0.13", "13%"),
        (show.percent, "0.889", "88.9%"),
        (show.percent, "0.117370892018779342723004695", "11.74%"),
        (show.percent, "0.0005", "0.05%"),
        (show.percent, "1.00", "100%"),
        (show.percent, "0", "0%"),
        (show.percent, "-0.05", "−5%"),
        (show.zhe, "0.15", "八五折"),
        (show.off, "0.15", "15% off"),
        (show.score, "4.125", "4.13"),
        (show.score, "85", "85.00"),
    ],
)
def test_a_number_is_shown(display: show._Display[Decimal], value: str, text: str) -> None:
    assert display(Decimal(value)) == text


def test_a_day_is_shown() -> None:
    day = date(2025, 7, 8)
    assert show.day(day) == "2025年7月8日"
    assert show.iso(day) == "2025-07-08"
    assert show.english_day(day) == "8 July 2025"


def test_a_phone_number_is_masked() -> None:
    assert show.masked("13800138000") == "138****8000"


def test_whole_numbers_are_shown_as_decimals_are() -> None:
    assert show.money(5) == "5.00"
    assert show.yuan(-5) == "−¥5.00"
    assert show.wan(20000) == "2"
    assert show.number(12) == "12"
    assert show.percent(1) == "100%"


def test_nothing_stays_nothing() -> None:
    displays = (show.money, show.yuan, show.wan, show.capitals, show.english_amount, show.number)
    assert all(display(None) is None for display in displays)
    assert all(display(None) is None for display in (show.percent, show.zhe, show.off, show.score))
    assert all(display(None) is None for display in (show.day, show.iso, show.english_day))
    assert show.masked(None) is None


@given(AMOUNTS)
def test_money_is_read_back_to_the_cent(amount: Decimal) -> None:
    text = show.money(amount)
    shown = Decimal(text.replace(",", "").replace("−", "-"))
    assert abs(shown - amount) <= Decimal("0.005")
    assert "-" not in text
    assert show.yuan(amount).replace("¥", "") == text


@given(AMOUNTS)
def test_figures_without_trailing_zeros_keep_their_value(amount: Decimal) -> None:
    text = show.number(amount)
    assert Decimal(text.replace("−", "-")) == amount
    assert "E" not in text
    assert "." not in text or not text.endswith("0")


@given(st.dates())
def test_an_iso_day_is_read_back(day: date) -> None:
    assert date.fromisoformat(show.iso(day)) == day
