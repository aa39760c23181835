"""The price of a deal on paper: the price table, its sums, and the price in a sentence.

Proposal and quote sheet print the same table, so that the same quote never reads in two ways.
"""

from __future__ import annotations

from typing import Final

from salesdocs.findings import Phrase
from salesdocs.workshop.tables import UNIT_YUAN, Column, SpanRow, Table
from salesdocs.workshop.words import SEMICOLON, Break, Faint, Given, Label, Lines, Words

# A quote in another currency has neither ¥ nor capitals, which are words for renminbi.
IN_YUAN: Final = "not proposal.quote.currency or proposal.quote.currency == 'CNY'"
CURRENCY: Words = Given(IN_YUAN, Phrase("元", "CNY"), "{{ proposal.quote.currency | label }}")
UNIT: Words = Given(
    IN_YUAN, UNIT_YUAN, Phrase("单位：{{ proposal.quote.currency | label }}",
                                "Unit: {{ proposal.quote.currency | label }}")
)  # fmt: skip
_PRICED: Words = Given(
    IN_YUAN,
    Phrase(
        "{{ proposal.quote.total | yuan }}（大写：{{ proposal.quote.total | capitals }}）",
        "{{ proposal.quote.total | yuan }} ({{ proposal.quote.total | capitals }})",
    ),
    Phrase(
        "{{ proposal.quote.total | money }}{{ proposal.quote.currency | label }}",
        "{{ proposal.quote.total | money }} ({{ proposal.quote.currency | label }})",
    ),
)
PRICE: Words = Given(
    "proposal.quote.total is none",  # a draft: a stroke would read as no price at all
    Phrase("（待报价明细填全后计算）", "(to follow from the complete quote)"),
    _PRICED,
)
# What recurs is a subscription: its price is that of a year, and it has a term, not a warranty.
TOTAL: Words = Given(
    "proposal.quote.yearly_total",
    Phrase("首年含税总价", "total of the first year including tax"),
    Phrase("含税总价", "total including tax"),
)
WARRANTY: Words = Given(
    "proposal.quote.recurring",
    Phrase("服务期", "service term"),
    Phrase("质保期", "warranty"),
)
_BASIS: Words = Given(
    "proposal.quote.price_basis == 'tax_excluded'",
    Phrase("，单价不含税", ", prices without tax"),
    Phrase("，单价含税", ", prices with tax"),
)

# Only a quote with a charge that comes again says of each line how it is charged.
_CHARGED: Words = Given(
    "proposal.quote.recurring",
    Faint(
        Given(
            "line.billing == 'yearly'",
            Phrase("（按年计费）", " (charged yearly)"),
            Given(
                "line.billing == 'monthly'",
                Phrase("（按月计费）", " (charged monthly)"),
                Phrase("（一次性收费）", " (charged once)"),
            ),
        )
    ),
)

_COLUMNS: Final = (
    Column(Label("proposal.quote.lines[].id"), "{{ line.id }}", 12.5, "center"),
    Column(
        Phrase("名称及规格", "Item and spec."),
        (
            "{{ line.name }}",
            Given("line.spec", Phrase("　{{ line.spec }}", " {{ line.spec }}")),
            _CHARGED,
            Given("line.remark", (Break(), Faint("{{ line.remark }}"))),
        ),
        55,
    ),
    Column(Label("proposal.quote.lines[].unit"), "{{ line.unit }}", 12.5, "center"),
    Column(Phrase("数量", "Qty"), "{{ line.qty | number }}", 13.5, "right"),
    Column(
        Phrase("目录单价", "List price"),
        "{{ line.price | money }}",
        27,
        "right",
    ),
    Column(
        Phrase("折扣", "Off"),
        Given(
            "line.free",
            Phrase("赠送", "free"),
            Given(
                "line.discount",
                Phrase("{{ line.discount | zhe }}", "{{ line.discount | percent }}"),
                Phrase("无", "none"),
            ),
        ),
        15,
        "center",
    ),
    Column(
        Phrase("成交单价", "Deal price"),
        "{{ line.unit_deal | money }}",
        27,
        "right",
    ),
    Column(
        Label("proposal.quote.lines[].gross"),
        "{{ line.gross | money }}",
        29.5,
        "right",
        total="{{ proposal.quote.total | money }}",
    ),
    Column(Phrase("税率", "VAT"), "{{ line.vat | vat }}", 11.5, "center", total="/"),
    Column(
        Label("proposal.quote.lines[].net"),
        "{{ line.net | money }}",
        29.5,
        "right",
        total="{{ proposal.quote.net | money }}",
    ),
    Column(
        Label("proposal.quote.lines[].tax"),
        "{{ line.tax | money }}",
        25.5,
        "right",
        total="{{ proposal.quote.tax | money }}",
    ),
)

_SUMS: Final = (
    SpanRow(
        Phrase("合计大写", "In words"),
        "{{ proposal.quote.total | capitals }}",
        label_columns=2,
        condition=IN_YUAN,
    ),
    SpanRow(
        Phrase("优惠金额", "Saved"),
        (
            Phrase(
                "{{ proposal.quote.saved | money }}（目录价合计"
                "{{ proposal.quote.list_total | money }}，优惠"
                "{{ proposal.quote.discount_rate | percent }}，成交价为目录价的"
                "{{ proposal.quote.deal_rate | percent }}）",
                "{{ proposal.quote.saved | money }} of {{ proposal.quote.list_total | money }} "
                "at list price: {{ proposal.quote.discount_rate | percent }} off, "
                "{{ proposal.quote.deal_rate | percent }} left",
            ),
        ),
        label_columns=2,
        condition="proposal.quote.saved",
    ),
)


# A recurring price is charged yearly or monthly, so what is charged once never comes first.
_CHARGES: Final = SpanRow(
    Phrase("其中", "Of it"),
    (
        Given(
            "proposal.quote.yearly_total",
            Phrase(
                "按年计费{{ proposal.quote.yearly_total | money }}",
                "yearly {{ proposal.quote.yearly_total | money }}",
            ),
        ),
        Given(
            "proposal.quote.monthly_total",
            (
                Given("proposal.quote.yearly_total", SEMICOLON),
                Phrase(
                    "按月计费{{ proposal.quote.monthly_total | money }}",
                    "monthly {{ proposal.quote.monthly_total | money }}",
                ),
            ),
        ),
        Given(
            "proposal.quote.once_total",
            (
                SEMICOLON,
                Phrase(
                    "一次性收费{{ proposal.quote.once_total | money }}",
                    "once {{ proposal.quote.once_total | money }}",
                ),
            ),
        ),
    ),
    label_columns=2,
    condition="proposal.quote.recurring",
)

_BY_RATE: Final = SpanRow(
    Phrase("分税率小计", "By VAT rate"),
    Lines(
        "group in proposal.quote.by_rate",
        Phrase(
            "{{ group.rate | vat }}：含税{{ group.gross | money }}，"
            "其中税额{{ group.tax | money }}",
            "{{ group.rate | vat }}: with tax {{ group.gross | money }}, of it tax "
            "{{ group.tax | money }}",
        ),
        SEMICOLON,
    ),
    label_columns=2,
    condition="proposal.quote.several_rates",
)

_NOTES: Final[tuple[Words, ...]] = (
    (
        Given(
            "proposal.quote.yearly_total and not proposal.quote.monthly_total",
            Phrase(
                "合计为首年应付金额，以后各年只计按年计费部分；",
                "The total is due for the first year, later years carry the yearly charges only. ",
            ),
        ),
        Given(
            "proposal.quote.saved",
            Phrase("折扣为折后比例，如九折即按目录单价的90%计价；", ""),
        ),
        Phrase(
            "税额按现行适用税率计算。不含税金额与税额逐行计算后相加，与按合计反算可能有分位尾差，"
            "以本表为准。",
            "VAT at the rates now in force. Net amounts and tax are calculated line by line "
            "and added up; they may differ by cents from those of the total; this table holds.",
        ),
    ),
)


def price_table(
    *, caption: Words | None = None, signed: bool = False, rates: bool = False
) -> Table:
    """Return the price table with its sums, those of each VAT rate too where `rates` asks for them.

    Eleven columns: for landscape pages. A specification follows its name: in a column of its own it
    would be what breaks the lines. A table that is `signed` keeps its totals to the seal.
    """
    return Table(
        each="line in proposal.quote.lines",
        empty="{{ proposal.quote.lines | listed }}",
        caption=caption,
        unit=(UNIT, _BASIS),
        small=True,
        signed=signed,
        columns=_COLUMNS,
        below=(*((_BY_RATE,) if rates else ()), _CHARGES, *_SUMS),
        notes=_NOTES,
    )


def rate_table(caption: Words | None = None) -> Table:
    """Return the sums of the quote for each VAT rate, as an upright page holds them."""
    return Table(
        each="group in proposal.quote.by_rate",
        caption=caption,
        unit=UNIT,
        small=True,
        columns=(
            Column(Label("proposal.quote.by_rate[].rate"), "{{ group.rate | vat }}", 10, "center"),
            Column(
                Label("proposal.quote.by_rate[].list_amount"),
                "{{ group.list_amount | money }}",
                20,
                "right",
                total="{{ proposal.quote.list_total | money }}",
            ),
            Column(
                Phrase("优惠金额", "Saved"),
                "{{ group.saved | money }}",
                20,
                "right",
                total="{{ proposal.quote.saved | money }}",
            ),
            Column(
                Label("proposal.quote.by_rate[].gross"),
                "{{ group.gross | money }}",
                20,
                "right",
                total="{{ proposal.quote.total | money }}",
            ),
            Column(
                Label("proposal.quote.by_rate[].net"),
                "{{ group.net | money }}",
                20,
                "right",
                total="{{ proposal.quote.net | money }}",
            ),
            Column(
                Label("proposal.quote.by_rate[].tax"),
                "{{ group.tax | money }}",
                18,
                "right",
                total="{{ proposal.quote.tax | money }}",
            ),
        ),
    )
