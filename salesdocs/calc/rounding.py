"""Rounding the way invoices do: half up, on decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
_QUANTA = [Decimal(1).scaleb(-places) for places in range(10)]


def to_cent(amount: Decimal) -> Decimal:
    """Return `amount` rounded half up to 0.01 yuan, always with two decimals."""
    return amount.quantize(CENT, ROUND_HALF_UP) or ZERO  # a −0 is no amount


def rounded(value: Decimal, places: int) -> Decimal:
    """Return `value` rounded half up to `places` decimals, which are kept even when they are 0."""
    return value.quantize(_QUANTA[places], ROUND_HALF_UP) + 0


def plain(value: Decimal) -> str:
    """Return the figures of `value` without trailing zeros and without an exponent."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
