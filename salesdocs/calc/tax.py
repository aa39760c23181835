"""VAT rates and the stamp duty of a contract: what is usual and allowed, never a decision.

Finance owns the rate. Sources: VAT Law in force since 2026-01-01 (增值税法), art. 9–14 [rates in
art. 10, simple method in art. 11]; Stamp Tax Law (印花税法), art. 5 and 9 and its table.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from salesdocs.calc.rounding import to_cent

Rate = Decimal | Literal["exempt"]
EXEMPT: Final = "exempt"

_NONE = Decimal(0)
_SMALL = Decimal("0.03")
_SMALL_REDUCED = Decimal("0.01")
# The reduced collection rate of small taxpayers is granted until this day.
_REDUCED_UNTIL = date(2027, 12, 31)

ALLOWED_RATES: Final[tuple[Rate, ...]] = (
    *(Decimal(rate) for rate in ("0", "0.01", "0.03", "0.05", "0.06", "0.09", "0.13")),
    EXEMPT,
)

DEFAULT_RATES: Final[dict[str, Decimal]] = {
    "goods": Decimal("0.13"),
    "software": Decimal("0.13"),
    "maintenance_goods": Decimal("0.13"),
    "leasing_movable": Decimal("0.13"),
    "construction": Decimal("0.09"),
    "installation": Decimal("0.09"),
    "transport": Decimal("0.09"),
    "saas": Decimal("0.06"),
    "service": Decimal("0.06"),
    "dev_service": Decimal("0.06"),
    "training": Decimal("0.06"),
    "consulting": Decimal("0.06"),
}

# Sales, work and technology contracts and transfers of copyright 0.03 %, leases 0.1 %. General
# services are no item of the table, so a kind that is not listed here is not taxed.
_STAMP_RATES: Final[dict[str, Decimal]] = {
    "goods": Decimal("0.0003"),
    "software": Decimal("0.0003"),
    "dev_service": Decimal("0.0003"),
    "maintenance_goods": Decimal("0.0003"),
    "construction": Decimal("0.0003"),
    "installation": Decimal("0.0003"),
    "transport": Decimal("0.0003"),
    "leasing_movable": Decimal("0.001"),
}


def factor(rate: Rate) -> Decimal:
    """Return `rate` as the number to calculate with; exempt counts as 0."""
    return _NONE if rate == EXEMPT else Decimal(rate)


def is_allowed(rate: Rate) -> bool:
    """Return whether `rate` exists in the law."""
    return rate in ALLOWED_RATES


def default_rate(
    kind: str, *, small_taxpayer: bool = False, on: date | None = None
) -> Decimal | None:
    """Return the usual rate for a `kind` of supply, None when the kind is unknown.

    A small taxpayer's is 3 %, reduced to 1 % when `on` is a day within the relief.
    """
    if kind not in DEFAULT_RATES:
        return None
    if small_taxpayer:
        return _SMALL_REDUCED if on and on <= _REDUCED_UNTIL else _SMALL
    return DEFAULT_RATES[kind]


def is_usual(rate: Rate, kind: str, *, small_taxpayer: bool = False) -> bool:
    """Return whether `rate` is what sellers of that `kind` charge; unknown kinds are never odd."""
    if kind not in DEFAULT_RATES:
        return True
    usual = (_SMALL, _SMALL_REDUCED) if small_taxpayer else (DEFAULT_RATES[kind],)
    return rate in usual


def stamp_duty(parts: Iterable[tuple[str, Decimal]], *, listed_apart: bool = True) -> Decimal:
    """Return an estimate, in yuan, of one side's stamp duty on the (kind, amount) `parts`.

    The amounts are those without VAT when the contract lists VAT apart, else the whole (art. 5).
    When the parts are not `listed_apart`, the highest rate applies to their sum (art. 9).
    """
    rated = [(_STAMP_RATES.get(kind, _NONE), amount) for kind, amount in parts]
    if not listed_apart:
        highest = max((rate for rate, _ in rated), default=_NONE)
        rated = [(highest, amount) for _, amount in rated]
    return to_cent(sum((rate * amount for rate, amount in rated), _NONE))
