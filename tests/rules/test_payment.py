"""PAY rules: each objects to a change of the sample, and not to one that is right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.deals import Trigger, check_trigger, found

ROWS = "contract.payments"
TRIGGERS = [
    Trigger("PAY-01", {f"{ROWS}[0].share": "0.34"}, f"{ROWS}[0].share", said="104%"),
    Trigger("PAY-01", {f"{ROWS}[3].share": "0.04"}, f"{ROWS}[3].share", said="99%"),
    Trigger("PAY-02", {f"{ROWS}[1].event": None}, f"{ROWS}[1].event"),
    Trigger(
        "PAY-02",
        {f"{ROWS}[1].days": None},
        f"{ROWS}[1].days",
        near={f"{ROWS}[1].event": "date", f"{ROWS}[1].date": "2025-12-31"},
    ),
    Trigger("PAY-02", {f"{ROWS}[1].event": "date"}, f"{ROWS}[1].date"),
    Trigger(
        "PAY-03",
        {f"{ROWS}[0].share": "0.19", f"{ROWS}[1].share": "0.41"},
        f"{ROWS}[0].share",
        near={f"{ROWS}[0].share": "0.20", f"{ROWS}[1].share": "0.40"},
    ),
    Trigger(
        "PAY-04",
        {f"{ROWS}[2].share": "0.29", f"{ROWS}[3].share": "0.11"},
        f"{ROWS}[3].share",
        near={f"{ROWS}[2].share": "0.30", f"{ROWS}[3].share": "0.10"},
    ),
    Trigger(
        "PAY-05",
        {"customer.nature": "institution", f"{ROWS}[2].days": "61"},
        f"{ROWS}[2].days",
        near={"customer.nature": "institution", f"{ROWS}[2].days": "60"},
    ),
    Trigger(
        "PAY-06",
        {"meta.sizes.customer": "large", f"{ROWS}[1].days": "61"},
        f"{ROWS}[1].days",
        near={"meta.sizes.customer": "large", f"{ROWS}[1].days": "60"},
    ),
    Trigger(
        "PAY-07",
        {f"{ROWS}[1].condition": "甲方收到业主工程款后七日内付款"},
        f"{ROWS}[1].condition",
        near={f"{ROWS}[1].condition": "甲方收到合格发票后付款"},
    ),
    Trigger(
        "PAY-08",
        {"contract.sme_declaration": None},
        "contract.sme_declaration",
        near={"contract.sme_declaration": None, "meta.sizes.supplier": "large"},
    ),
    Trigger(
        "PAY-09",
        {"contract.acceptance.deemed_accept": "false"},
        "contract.acceptance.deemed_accept",
    ),
    Trigger(
        "PAY-10",
        {"intent.deposit": {"amount": "225600.01", "nature": "deposit", "return_rule": "不退"}},
        "intent.deposit.amount",
        near={"intent.deposit": {"amount": "225600", "nature": "deposit", "return_rule": "不退"}},
    ),
    Trigger(
        "PAY-11",
        {"intent.key_terms[1]": "付订金 10 万元"},
        "intent.key_terms[1]",
        near={"intent.key_terms[1]": "付定金 10 万元"},
    ),
    Trigger(
        "PAY-12",
        {"contract.liability.late_payment_daily": None},
        "contract.liability.late_payment_daily",
    ),
    Trigger(
        "PAY-13",
        {"contract.invoicing.when": "before_payment"},
        "contract.invoicing.when",
        near={"contract.invoicing.when": "on_acceptance"},
    ),
    Trigger(
        "PAY-14",
        {"contract.liability.late_payment_daily": "0.00008"},
        "contract.liability.late_payment_daily",
        near={"contract.liability.late_payment_daily": "0.0001"},
    ),
]


@pytest.mark.parametrize("trigger", TRIGGERS, ids=str)
def test_the_rule_objects(trigger: Trigger) -> None:
    check_trigger(trigger)


@given(st.lists(st.integers(0, 100), min_size=4, max_size=4))
def test_shares_that_do_not_add_up_are_found_and_only_they(shares: list[int]) -> None:
    changes = {f"{ROWS}[{index}].share": f"{share}%" for index, share in enumerate(shares)}
    rules = {each.rule for each in found(changes)}
    assert ("PAY-01" in rules) == (sum(shares) != 100)
