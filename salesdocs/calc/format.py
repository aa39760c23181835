"""How values look in documents: value in, text out; None stays None.

The names are those of the template filters. Nothing here asks the machine for its language.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps
from typing import Final, Protocol, TypeVar, overload

from salesdocs.calc import capitals as words
from salesdocs.calc import codes, quote
from salesdocs.calc.rounding import CENT, ZERO, plain, rounded, to_cent

_Value_contra = TypeVar("_Value_contra", contravariant=True)
_Number = Decimal | int

_MINUS = "−"  # U+2212; the hyphen breaks off at line ends
# fmt: off
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on


class _Display(Protocol[_Value_contra]):
    """Shows a value; shows None as None."""

    @overload
    def __call__(self, value: None, /) -> None: ...
    @overload
    def __call__(self, value: _Value_contra, /) -> str: ...
    @overload
    def __call__(self, value: _Value_contra | None, /) -> str | None: ...


def _none_passes(show: Callable[[_Value_contra], str]) -> _Display[_Value_contra]:
    @wraps(show)
    def display(value: _Value_contra | None) -> str | None:
        return None if value is None else show(value)

    return display  # type: ignore[return-value]  # the overloads say which None goes with which


def _signed(text: str) -> str:
    return text.replace("-", _MINUS)


@overload
def money(amount: None, /) -> None: ...
@overload
def money(amount: _Number, /) -> str: ...
def money(amount: _Number | None, /) -> str | None:
    """Return 1,128,000.00; negative −1,280.50."""
    # Written out, as is `number`, because a price table calls them for every other cell.
    if amount is None:
        return None
    exact = amount if type(amount) is Decimal else Decimal(amount)
    text = f"{exact.quantize(CENT, ROUND_HALF_UP) or ZERO:,}"
    return text if text[0] != "-" else _MINUS + text[1:]


@_none_passes
def yuan(amount: _Number) -> str:
    """Return ¥1,128,000.00; negative −¥1,280.50."""
    figures = f"{to_cent(Decimal(amount)):,}"
    return f"{_MINUS}¥{figures[1:]}" if figures[0] == "-" else f"¥{figures}"


@_none_passes
def wan(amount: _Number) -> str:
    """Return an amount in 万元, up to two decimals: 112.8. For reports, never for contracts."""
    return _signed(f"{Decimal(plain(rounded(Decimal(amount) / 10000, 2))):,f}")


@_none_passes
def capitals(amount: _Number) -> str:
    """Return 人民币壹佰壹拾贰万捌仟元整."""
    return words.capitals(Decimal(amount))


@_none_passes
def english_amount(amount: _Number) -> str:
    """Return RMB One Million One Hundred and Twenty-Eight Thousand Yuan Only."""
    return words.english_amount(Decimal(amount))


@overload
def number(value: None, /) -> None: ...
@overload
def number(value: _Number, /) -> str: ...
def number(value: _Number | None, /) -> str | None:
    """Return a quantity without trailing zeros: 24, 1.5."""
    if value is None:
        return None
    text = plain(value if type(value) is Decimal else Decimal(value))
    return text if text[0] != "-" else _MINUS + text[1:]


@_none_passes
def percent(fraction: _Number) -> str:
    """Return 0.13 as 13%, with up to two decimals."""
    return _signed(plain(rounded(Decimal(fraction) * 100, 2))) + "%"


@_none_passes
def zhe(discount: _Number) -> str:
    """Return a discount of 0.15 as 八五折."""
    return quote.discount_zhe(Decimal(discount))


@_none_passes
def off(discount: _Number) -> str:
    """Return a discount of 0.15 as 15% off."""
    return quote.discount_off(Decimal(discount))


@_none_passes
def score(value: _Number) -> str:
    """Return a score with two decimals: 4.13."""
    return _signed(f"{rounded(Decimal(value), 2)}")


@_none_passes
def day(value: date) -> str:
    """Return 2025年7月8日, without leading zeros as in official documents."""
    return f"{value.year}年{value.month}月{value.day}日"


@_none_passes
def iso(value: date) -> str:
    """Return 2025-07-08."""
    return value.isoformat()


@_none_passes
def english_day(value: date) -> str:
    """Return 8 July 2025."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


@_none_passes
def masked(phone: str) -> str:
    """Return a phone number with the middle hidden, 138****8000."""
    return codes.masked_phone(phone)
