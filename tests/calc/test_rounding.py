"""Rounding half up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.calc.rounding import plain, rounded, to_cent


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.005", "0.01"), ("0.015", "0.02"), ("2.675", "2.68"), ("-0.005", "-0.01"), ("7", "7.00")],
)
def test_halves_are_rounded_away_from_zero(value: str, text: str) -> None:
    assert str(to_cent(Decimal(value))) == text


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=6),
    st.integers(min_value=0, max_value=4),
)
def test_rounding_moves_a_value_by_half_a_place_at_most(value: Decimal, places: int) -> None:
    result = rounded(value, places)
    assert abs(result - value) <= Decimal(5).scaleb(-places - 1)
    assert rounded(result, places) == result


def test_there_is_no_negative_zero() -> None:
    assert str(to_cent(Decimal("-0.001"))) == "0.00"
    assert str(rounded(Decimal("-0.001"), 1)) == "0.0"
    assert plain(Decimal("-0.00")) == "0"
