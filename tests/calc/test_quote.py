"""Lines of a price table and their sums."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.calc import quote
from salesdocs.calc.rounding import to_cent
from salesdocs.calc.tax import Rate

PRICES = st.decimals(min_value=0, max_value=10**7, places=2)
QUANTITIES = st.decimals(min_value="0.01", max_value=10**4, places=2)
DISCOUNTS = st.decimals(min_value=0, max_value=1, places=4)
RATES: st.SearchStrategy[Rate] = st.sampled_from(
    (*map(Decimal, ("0", "0.01", "0.03", "0.06", "0.09", "0.13")), "exempt")
)
LINES = st.builds(
    quote.line_amounts, PRICES, QUANTITIES, DISCOUNTS, RATES, tax_included=st.booleans()
)
CENTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)

SAMPLE = [  # price, quantity, discount, rate
    ("480000.00", "1", "0.15", "0.13"),
    ("160000.00", "1", "0.15", "0.13"),
    ("120000.00", "1", "0.15", "0.13"),
    ("6500.00", "24", "0", "0.13"),
    ("2400.00", "60", "0.05", "0.06"),
    ("2200.00", "90", "0.10", "0.06"),
    ("2000.00", "10", "0.45", "0.06"),
]


def sample() -> list[quote.RatedAmounts]:
    return [
        quote.line_amounts(Decimal(price), Decimal(qty), Decimal(off), Decimal(rate))
        for price, qty, off, rate in SAMPLE
    ]


def test_the_sample_case_comes_to_the_contract_amount() -> None:
    whole = quote.total(sample())
    assert whole.list_amount == Decimal("1278000.00")
    assert whole.saved == Decimal("150000.00")
    assert whole.gross == Decimal("1128000.00")
    assert whole.net == Decimal("1017281.69")
    assert whole.tax == Decimal("110718.31")
    assert whole.discount_rate is not None
    assert round(whole.discount_rate, 4) == Decimal("0.1174")


def test_the_sample_case_is_listed_per_rate_with_its_tail_difference() -> None:
    goods, services = quote.by_rate(sample())
    assert (goods.rate, goods.gross, goods.net, goods.tax) == (
        Decimal("0.13"),
        Decimal("802000.00"),
        Decimal("709734.52"),
        Decimal("92265.48"),
    )
    assert (services.rate, services.gross, services.net, services.tax) == (
        Decimal("0.06"),
        Decimal("326000.00"),
        Decimal("307547.17"),
        Decimal("18452.83"),
    )
    assert quote.tail_difference(goods) == Decimal("0.01") <= quote.tail_allowance(4)


HOSPITAL = [
    ("1280000", "1", "0.13"),
    ("860000", "1", "0.13"),
    ("320000", "1", "0.06"),
    ("180000", "1", "0.06"),
    ("260000", "2", "0.13"),
    ("1800", "300", "0.06"),
    ("160000", "1", "0.06"),
]
RESTAURANT = [
    ("2400", "86", "0.06"),
    ("36000", "1", "0.06"),
    ("48000", "1", "0.06"),
    ("600", "86", "0.06"),
    ("30000", "1", "0.06"),
]


@pytest.mark.parametrize(
    ("rows", "gross", "net", "tax"),
    [
        pytest.param(HOSPITAL, "3860000.00", "3486057.77", "373942.23", id="hospital"),
        pytest.param(RESTAURANT, "372000.00", "350943.40", "21056.60", id="restaurant"),
    ],
)
def test_other_cases_come_to_their_totals(
    rows: list[tuple[str, str, str]], gross: str, net: str, tax: str
) -> None:
    whole = quote.total(
        quote.line_amounts(Decimal(price), Decimal(qty), Decimal(0), Decimal(rate))
        for price, qty, rate in rows
    )
    assert (whole.gross, whole.net, whole.tax) == (Decimal(gross), Decimal(net), Decimal(tax))


def test_prices_without_tax_get_their_tax_on_top() -> None:
    line = quote.line_amounts(
        Decimal("99.99"), Decimal(3), Decimal("0.1"), Decimal("0.13"), tax_included=False
    )
    assert line.list_amount == Decimal("299.97")
    assert line.net == Decimal("269.97")
    assert line.tax == Decimal("35.10")
    assert line.gross == Decimal("305.07")
    assert line.saved == Decimal("30.00")


@given(LINES)
def test_net_and_tax_are_the_gross(line: quote.RatedAmounts) -> None:
    assert line.net + line.tax == line.gross


@given(LINES)
def test_every_amount_is_in_cents_and_none_is_negative(line: quote.RatedAmounts) -> None:
    for amount in (line.list_amount, line.saved, line.gross, line.net, line.tax):
        assert amount == to_cent(amount)
        assert amount >= 0


@given(st.lists(LINES, max_size=8))
def test_the_sums_per_rate_add_up_to_the_total(lines: list[quote.RatedAmounts]) -> None:
    groups = quote.by_rate(lines)
    assert quote.total(groups) == quote.total(lines)
    assert len({group.rate for group in groups}) == len(groups)


@given(st.lists(LINES, min_size=1, max_size=8))
def test_the_tail_difference_stays_within_its_allowance(lines: list[quote.RatedAmounts]) -> None:
    for group in quote.by_rate(lines):
        count = sum(line.rate == group.rate for line in lines)
        assert abs(quote.tail_difference(group)) <= quote.tail_allowance(count)


def test_rates_are_listed_from_the_highest_down_and_exempt_last() -> None:
    rates: list[Rate] = ["exempt", Decimal(0), Decimal("0.06"), Decimal("0.13"), Decimal("0.060")]
    lines = [quote.line_amounts(Decimal(1), Decimal(1), Decimal(0), rate) for rate in rates]
    assert [group.rate for group in quote.by_rate(lines)] == [
        Decimal("0.13"),
        Decimal("0.06"),
        Decimal(0),
        "exempt",
    ]


def test_no_lines_cost_nothing_and_have_no_discount_rate() -> None:
    assert quote.total([]).gross == 0
    assert quote.total([]).discount_rate is None
    assert quote.by_rate([]) == ()


def test_the_unit_price_after_discount_is_rounded_half_up() -> None:
    assert quote.deal_price(Decimal("480000.00"), Decimal("0.15")) == Decimal("408000.00")
    assert quote.deal_price(Decimal("0.15"), Decimal("0.1")) == Decimal("0.14")


@given(CENTS, st.lists(st.decimals(min_value=0, max_value=10**6, places=3), min_size=1))
def test_a_spread_adds_up_exactly_and_is_never_off_by_a_cent(
    amount: Decimal, weights: list[Decimal]
) -> None:
    whole = sum(weights)
    if not whole:
        return
    parts = quote.spread(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / whole) < Decimal("0.01000001")
        assert weight or not part


@given(st.lists(LINES, min_size=1, max_size=6), st.integers(min_value=0, max_value=100))
def test_a_discount_on_the_order_comes_off_the_total_and_no_line_goes_below_zero(
    lines: list[quote.RatedAmounts], hundredths: int
) -> None:
    before = quote.total(lines)
    off = to_cent(before.gross * hundredths / 100)
    after = quote.take_off(lines, off)
    assert quote.total(after).gross == before.gross - off
    assert all(line.gross >= 0 and line.net + line.tax == line.gross for line in after)


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        ("0.01", "1 1 1", "0.01 0.00 0.00"),
        ("100", "1 1 1", "33.34 33.33 33.33"),
        ("-100", "1 1 1", "-33.34 -33.33 -33.33"),
        ("10", "0 1", "0.00 10.00"),
        ("0", "0 0", "0.00 0.00"),
        ("1128000", "0.30 0.30 0.35 0.05", "338400.00 338400.00 394800.00 56400.00"),
    ],
)
def test_remaining_cents_go_to_the_largest_remainders_first(
    amount: str, weights: str, parts: str
) -> None:
    spread = quote.spread(Decimal(amount), [Decimal(weight) for weight in weights.split()])
    assert spread == tuple(Decimal(part) for part in parts.split())


@pytest.mark.parametrize("weights", [[], [Decimal(0)], [Decimal(2), Decimal(-1)]], ids=str)
def test_what_cannot_be_spread_is_refused(weights: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="cannot spread"):
        quote.spread(Decimal(1), weights)


@pytest.mark.parametrize("off", ["-0.01", "1128000.01"])
def test_a_discount_that_exceeds_the_order_is_refused(off: str) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        quote.take_off(sample(), Decimal(off))


def test_a_discount_on_an_order_without_tax_comes_off_the_nets() -> None:
    line = quote.line_amounts(
        Decimal(100), Decimal(1), Decimal(0), Decimal("0.13"), tax_included=False
    )
    (after,) = quote.take_off([line], Decimal(10), tax_included=False)
    assert (after.net, after.tax, after.gross) == (Decimal(90), Decimal("11.70"), Decimal("101.70"))
    assert after.saved == 10


@pytest.mark.parametrize(
    ("discount", "zh", "en"),
    [
        ("0", "无折扣", "no discount"),
        ("0.15", "八五折", "15% off"),
        ("0.10", "九折", "10% off"),
        ("0.05", "九五折", "5% off"),
        ("0.5", "五折", "50% off"),
        ("0.45", "五五折", "45% off"),
        ("0.9", "一折", "90% off"),
        ("0.88", "一二折", "88% off"),
        ("0.125", "8.75折", "12.5% off"),
        ("0.95", "0.5折", "95% off"),
        ("1", "赠送", "free"),
    ],
)
def test_a_discount_is_named_by_what_is_left(discount: str, zh: str, en: str) -> None:
    assert quote.discount_zhe(Decimal(discount)) == zh
    assert quote.discount_off(Decimal(discount)) == en


@pytest.mark.parametrize("discount", ["-0.1", "15"])
def test_a_discount_that_is_no_fraction_is_refused(discount: str) -> None:
    with pytest.raises(ValueError, match="fraction"):
        quote.discount_zhe(Decimal(discount))
