"""AMT rules: each objects to a change of the sample, and not to one that is right."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.deals import Trigger, check_trigger, found

LINES = "proposal.quote.lines"
TRIGGERS = [
    Trigger("AMT-01", {"contract.amount": "1127000"}, "contract.amount", said="1,127,000.00"),
    Trigger("AMT-02", {"contract.amount": "1128000.01"}, "contract.amount"),
    Trigger("AMT-03", {"intent.amount": "1180900"}, "intent.amount"),
    Trigger(
        "AMT-05",
        {"proposal.quote.versions[2].total": "1128000.01"},
        "proposal.quote.versions[2].total",
        near={"proposal.quote.versions[1].total": "1"},
    ),
    Trigger(
        "AMT-06",
        {f"{LINES}[0].vat": "0.17"},
        f"{LINES}[0].vat",
        near={f"{LINES}[0].vat": "exempt"},
    ),
    Trigger(
        "AMT-07",
        {f"{LINES}[0].vat": "0.06"},
        f"{LINES}[0].vat",
        near={f"{LINES}[0].vat": "0.06", f"{LINES}[0].kind": "service"},
        said="惯用税率 13%",
    ),
    Trigger("AMT-07", {"supplier.vat_status": "small_scale"}, f"{LINES}[0].vat", said="1%、3%"),
    Trigger("AMT-08", {"contract.invoicing.per_rate": "false"}, "contract.invoicing.per_rate"),
    Trigger(
        "AMT-09",
        {
            "contract.invoicing.per_rate": "false",
            **{f"{LINES}[{index}].vat": "0.13" for index in range(7)},
        },
        "contract.invoicing.per_rate",
        near={"contract.invoicing.per_rate": "false"},
    ),
    Trigger(
        "AMT-10",
        {"proposal.quote.discount_approval": None},
        "proposal.quote.discount_approval",
        near={
            "proposal.quote.discount_approval": None,
            f"{LINES}[6].discount": "0.05",
            f"{LINES}[0].discount": "0.05",
            f"{LINES}[1].discount": "0.05",
            f"{LINES}[2].discount": "0.05",
            f"{LINES}[5].discount": "0.05",
        },
    ),
    Trigger(
        "AMT-10",
        {"proposal.quote.discount_approval.by": "p2"},
        "proposal.quote.discount_approval.by",
        near={"proposal.quote.discount_approval.by": "p2", f"{LINES}[6].discount": "0.15"},
        said="林若川",
    ),
    Trigger(
        "AMT-11",
        {f"{LINES}[3].price": "0"},
        f"{LINES}[3].price",
        near={f"{LINES}[6].price": "0"},
    ),
    Trigger(
        "AMT-12",
        {"contract.currency": "USD"},
        "contract.currency",
        near={
            "contract.currency": "USD",
            "contract.payments[0].condition": "按付款当日中国银行外汇牌价汇率折算",
        },
    ),
    Trigger(
        "AMT-13",
        {"proposal.valid_until": "2025-06-17"},
        "proposal.valid_until",
        near={"proposal.valid_until": "2025-06-18"},
    ),
]


@pytest.mark.parametrize("trigger", TRIGGERS, ids=str)
def test_the_rule_objects(trigger: Trigger) -> None:
    check_trigger(trigger)


@given(st.decimals(min_value="0.01", max_value="9999999", places=2))
def test_any_other_amount_is_found(amount: Decimal) -> None:
    rules = {each.rule for each in found({"contract.amount": str(amount)})}
    assert ({"AMT-01", "AMT-02"} <= rules) == (amount != Decimal("1128000"))
