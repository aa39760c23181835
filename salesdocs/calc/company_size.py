"""Size classes of companies by trade: 统计上大中小微型企业划分办法（2017）.

Large, medium and small need every lower bound of their row; what misses one of the small row is
micro. With a figure unknown, the class is told only where that figure cannot change it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

SizeClass = Literal["large", "medium", "small", "micro"]

_CLASSES: Final[tuple[SizeClass, ...]] = ("large", "medium", "small")

# Lower bounds of large, medium, small; revenue and assets in 10 000 yuan (万元).
_BOUNDS: Final[dict[str, dict[str, tuple[int, int, int]]]] = {
    "agriculture": {"revenue": (20000, 500, 50)},
    "industry": {"headcount": (1000, 300, 20), "revenue": (40000, 2000, 300)},
    "construction": {"revenue": (80000, 6000, 300), "assets": (80000, 5000, 300)},
    "wholesale": {"headcount": (200, 20, 5), "revenue": (40000, 5000, 1000)},
    "retail": {"headcount": (300, 50, 10), "revenue": (20000, 500, 100)},
    "transport": {"headcount": (1000, 300, 20), "revenue": (30000, 3000, 200)},
    "storage": {"headcount": (200, 100, 20), "revenue": (30000, 1000, 100)},
    "post": {"headcount": (1000, 300, 20), "revenue": (30000, 2000, 100)},
    "lodging": {"headcount": (300, 100, 10), "revenue": (10000, 2000, 100)},
    "catering": {"headcount": (300, 100, 10), "revenue": (10000, 2000, 100)},
    "information": {"headcount": (2000, 100, 10), "revenue": (100000, 1000, 100)},
    "software": {"headcount": (300, 100, 10), "revenue": (10000, 1000, 50)},
    "real_estate": {"revenue": (200000, 1000, 100), "assets": (10000, 5000, 2000)},
    "property": {"headcount": (1000, 300, 100), "revenue": (5000, 1000, 500)},
    "leasing_business": {"headcount": (300, 100, 10), "assets": (120000, 8000, 100)},
    "other": {"headcount": (300, 100, 10)},
}

# GB/T 4754-2017 divisions whose trade is not that of their section.
_DIVISION_TRADES: Final[dict[str, str]] = {
    "51": "wholesale",
    "52": "retail",
    "59": "storage",
    "60": "post",
    "61": "lodging",
    "62": "catering",
    "65": "software",
}
_SECTION_TRADES: Final[dict[str, str]] = {
    "A": "agriculture",
    "B": "industry",
    "C": "industry",
    "D": "industry",
    "E": "construction",
    "G": "transport",
    "I": "information",
    "K": "real_estate",
    "L": "leasing_business",
    "M": "other",
    "N": "other",
    "O": "other",
    "R": "other",
}
# Railways have no row. Finance, education, health, public bodies neither, except social work.
_NO_TRADE: Final = frozenset({"53"})


def trade_of(industry_code: str) -> str | None:
    """Return the row of the size table for an industry code such as C34; None if it has none.

    A bare F or H is undecided between two rows. K702 is property management, other K real estate.
    """
    section, division = industry_code[:1], industry_code[1:3]
    if division in _NO_TRADE:
        return None
    if industry_code.startswith("K702"):
        return "property"
    if division == "85":
        return "other"
    return _DIVISION_TRADES.get(division) or _SECTION_TRADES.get(section)


def size_class(
    trade: str,
    *,
    headcount: int | None = None,
    revenue: Decimal | None = None,
    assets: Decimal | None = None,
) -> SizeClass | None:
    """Return the size class of a company in `trade`, None where an unknown figure decides it.

    `revenue` of the year and total `assets` are in yuan. Raises KeyError for an unknown trade.
    """
    figures: dict[str, Decimal | None] = {
        "headcount": None if headcount is None else Decimal(headcount),
        "revenue": None if revenue is None else revenue / 10000,
        "assets": None if assets is None else assets / 10000,
    }
    bounds = _BOUNDS[trade]
    least = _class_at(bounds, figures, unknown=Decimal(0))
    most = _class_at(bounds, figures, unknown=Decimal("Infinity"))
    return least if least == most else None


def _class_at(
    bounds: dict[str, tuple[int, int, int]], figures: dict[str, Decimal | None], unknown: Decimal
) -> SizeClass:
    for rank, name in enumerate(_CLASSES):
        known = ((figures[key], lower[rank]) for key, lower in bounds.items())
        if all((unknown if figure is None else figure) >= lower for figure, lower in known):
            return name
    return "micro"
