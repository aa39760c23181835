"""Size classes of companies."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.calc.company_size import size_class, trade_of
from salesdocs.calc.industry import industries

RANKS = ["micro", "small", "medium", "large"]
WAN = 10000


@pytest.mark.parametrize(
    ("trade", "headcount", "revenue", "expected"),
    [
        ("industry", 1000, 40000, "large"),
        ("industry", 999, 40000, "medium"),
        ("industry", 620, 5000, "medium"),
        ("industry", 300, 1999, "small"),
        ("industry", 19, 300, "micro"),
        ("industry", 5000, 299, "micro"),
        ("wholesale", 200, 40000, "large"),
        ("wholesale", 20, 5000, "medium"),
        ("retail", 50, 500, "medium"),
        ("catering", 100, 2000, "medium"),
        ("lodging", 10, 100, "small"),
        ("software", 300, 10000, "large"),
        ("software", 100, 1000, "medium"),
        ("software", 10, 50, "small"),
        ("software", 9, 50, "micro"),
        ("other", 300, None, "large"),
        ("other", 9, None, "micro"),
    ],
)
def test_a_company_is_classed_by_the_bounds_of_its_trade(
    trade: str, headcount: int, revenue: int | None, expected: str
) -> None:
    money = None if revenue is None else Decimal(revenue * WAN)
    assert size_class(trade, headcount=headcount, revenue=money) == expected


def test_one_figure_tells_the_class_only_where_the_other_cannot_change_it() -> None:
    assert size_class("industry", headcount=620) is None
    assert size_class("industry", headcount=19) == "micro"
    assert size_class("software", revenue=Decimal(400_000)) == "micro"
    assert size_class("other", revenue=Decimal(10**9)) is None
    assert size_class("other") is None


def test_leasing_and_business_services_go_by_assets() -> None:
    assert size_class("leasing_business", headcount=300, assets=Decimal(120000 * WAN)) == "large"
    assert size_class("leasing_business", headcount=300, assets=Decimal(8000 * WAN)) == "medium"


FIGURES = st.integers(min_value=0, max_value=2 * 10**9)


@given(st.sampled_from(["industry", "retail", "software"]), FIGURES, FIGURES, FIGURES)
def test_more_people_never_make_a_company_smaller(
    trade: str, people: int, more: int, revenue: int
) -> None:
    few = size_class(trade, headcount=people, revenue=Decimal(revenue))
    many = size_class(trade, headcount=people + more, revenue=Decimal(revenue))
    assert few is not None
    assert many is not None
    assert RANKS.index(few) <= RANKS.index(many)


@pytest.mark.parametrize(
    ("code", "trade"),
    [
        ("C", "industry"),
        ("C34", "industry"),
        ("C3411", "industry"),
        ("E47", "construction"),
        ("F51", "wholesale"),
        ("F52", "retail"),
        ("F", None),
        ("G54", "transport"),
        ("G53", None),
        ("G59", "storage"),
        ("H62", "catering"),
        ("I64", "information"),
        ("I65", "software"),
        ("K701", "real_estate"),
        ("K702", "property"),
        ("L72", "leasing_business"),
        ("M74", "other"),
        ("Q84", None),
        ("Q85", "other"),
        ("J66", None),
        ("P83", None),
    ],
)
def test_an_industry_belongs_to_a_trade(code: str, trade: str | None) -> None:
    assert trade_of(code) == trade


def test_every_trade_has_a_row() -> None:
    for code in industries():
        trade = trade_of(code)
        assert trade is None or size_class(trade, headcount=0) in (None, "micro")
