"""Arithmetic of a price table: lines, sums per tax rate, discounts.

Totals are sums of the rounded lines and are never recomputed from the total: finance must see the
same figures on the invoices. What rounding leaves between the two is the tail difference (尾差).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from salesdocs.calc.numerals import chinese_numeral
from salesdocs.calc.rounding import plain, rounded, to_cent
from salesdocs.calc.tax import EXEMPT, Rate, factor

_NONE = Decimal("0.00")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Amounts:
    """What something costs, in yuan: `net + tax == gross`, always.

    `list_amount` is the price before discount and `saved` what the discount took off it; both are
    with VAT or without, as the prices of the quote are.
    """

    list_amount: Decimal
    saved: Decimal
    gross: Decimal
    net: Decimal
    tax: Decimal

    @property
    def discount_rate(self) -> Decimal | None:
        """The share of the list price taken off, unrounded; None when the list price is 0."""
        return self.saved / self.list_amount if self.list_amount else None


@dataclass(frozen=True)
class RatedAmounts(Amounts):
    """What something costs at one VAT rate: a line, or all lines of that rate."""

    rate: Rate


def line_amounts(
    price: Decimal,
    quantity: Decimal,
    discount: Decimal,
    rate: Rate,
    *,
    tax_included: bool = True,
) -> RatedAmounts:
    """Return the amounts of one line; `discount` is the fraction taken off, 0.15 for 八五折.

    With `tax_included` prices the tax is what the net leaves of the gross, otherwise the gross is
    the net and its tax.
    """
    list_amount = to_cent(price * quantity)
    exact = list_amount if tax_included else price * quantity
    deal = to_cent(exact * (1 - discount))
    return _taxed(list_amount, deal, rate, tax_included=tax_included)


def _taxed(list_amount: Decimal, deal: Decimal, rate: Rate, *, tax_included: bool) -> RatedAmounts:
    if tax_included:
        gross, net = deal, to_cent(deal / (1 + factor(rate)))
    else:
        gross, net = deal + to_cent(deal * factor(rate)), deal
    return RatedAmounts(list_amount, list_amount - deal, gross, net, gross - net, rate)


def deal_price(price: Decimal, discount: Decimal) -> Decimal:
    """Return the unit price after `discount`, for print only: amounts come from the list price."""
    return to_cent(price * (1 - discount))


def total(lines: Iterable[Amounts]) -> Amounts:
    """Return the sum of `lines`; of none, zeros."""
    return Amounts(*_sums(list(lines)))


def by_rate(lines: Iterable[RatedAmounts]) -> tuple[RatedAmounts, ...]:
    """Return the sums of `lines` per VAT rate, the highest rate first, exempt last."""
    groups: dict[Rate, list[RatedAmounts]] = {}
    for line in lines:
        groups.setdefault(line.rate, []).append(line)
    ordered = sorted(groups, key=lambda rate: (rate == EXEMPT, -factor(rate)))
    return tuple(RatedAmounts(*_sums(groups[rate]), rate) for rate in ordered)


def _sums(lines: Sequence[Amounts]) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    return (
        sum((line.list_amount for line in lines), _NONE),
        sum((line.saved for line in lines), _NONE),
        sum((line.gross for line in lines), _NONE),
        sum((line.net for line in lines), _NONE),
        sum((line.tax for line in lines), _NONE),
    )


def tail_difference(group: RatedAmounts) -> Decimal:
    """Return by how much the net of the lines exceeds the net of their total at the same rate."""
    return group.net - to_cent(group.gross / (1 + factor(group.rate)))


def tail_allowance(lines: int) -> Decimal:
    """Return the tail difference that so many lines may leave, in either direction."""
    return _CENT * lines


def spread(amount: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return `amount`, to the cent, divided in proportion to `weights`; the parts add up exactly.

    The cents that remain go to the largest remainders, the first of equals. Raises ValueError
    when a weight is negative, or when there is something to spread and no weight to carry it.
    """
    cents = int(to_cent(abs(amount)) * 100)
    sign = -1 if amount < 0 else 1
    whole = sum(weights, Decimal(0))
    if any(weight < 0 for weight in weights) or (cents and not whole):
        raise ValueError(f"cannot spread {amount} over {[str(weight) for weight in weights]}")
    if not whole:
        return (_NONE,) * len(weights)
    # In whole numbers, since quotients of decimals are themselves rounded.
    scale = -min(0, *(int(weight.as_tuple().exponent) for weight in weights))
    units = [int(weight.scaleb(scale)) for weight in weights]
    parts = [divmod(cents * unit, sum(units)) for unit in units]
    left = cents - sum(part for part, _ in parts)
    lucky = set(sorted(range(len(parts)), key=lambda place: -parts[place][1])[:left])
    return tuple(
        Decimal(sign * (part + (place in lucky))).scaleb(-2)
        for place, (part, _) in enumerate(parts)
    )


def take_off(
    lines: Sequence[RatedAmounts], amount: Decimal, *, tax_included: bool = True
) -> tuple[RatedAmounts, ...]:
    """Return `lines` after a discount of `amount` on the whole order, spread over them.

    Only so is each rate's sum right, and only so can an invoice show price and discount together,
    which the law asks for if the discount is to lower the tax. Raises ValueError when the discount
    exceeds the order.
    """
    deals = [line.gross if tax_included else line.net for line in lines]
    if not 0 <= amount <= sum(deals):
        raise ValueError(f"a discount of {amount} does not fit an order of {sum(deals)}")
    return tuple(
        _taxed(line.list_amount, deal - off, line.rate, tax_included=tax_included)
        for line, deal, off in zip(lines, deals, spread(amount, deals), strict=True)
    )


def discount_zhe(discount: Decimal) -> str:
    """Return the Chinese word for a `discount`, which names what is left: 0.15 → 八五折.

    Nothing off is 无折扣, all off 赠送; what does not come out in whole hundredths is written in
    figures, 8.75折. Raises ValueError outside 0 to 1.
    """
    _check_fraction(discount)
    if not discount:
        return "无折扣"
    if discount == 1:
        return "赠送"
    left = (1 - discount) * 100
    if left < 10 or left != int(left):
        return f"{plain(rounded(left / 10, 2))}折"
    tens, ones = divmod(int(left), 10)
    return chinese_numeral(tens) + (chinese_numeral(ones) if ones else "") + "折"


def discount_off(discount: Decimal) -> str:
    """Return the English words for a `discount`, 0.15 → 15% off.

    Raises ValueError outside 0 to 1.
    """
    _check_fraction(discount)
    if not discount:
        return "no discount"
    return "free" if discount == 1 else f"{plain(rounded(discount * 100, 2))}% off"


def _check_fraction(discount: Decimal) -> None:
    if not 0 <= discount <= 1:
        raise ValueError(f"a discount is a fraction from 0 to 1, not {discount}")
