"""DLV rules: each objects to a change of the sample, and not to one that is right."""

from __future__ import annotations

import pytest

from tests.rules.deals import Trigger, check_trigger

MILESTONES = "delivery.milestones"
TRIGGERS = [
    Trigger(
        "DLV-01",
        {"contract.delivery.prelim_days": None, "contract.delivery.prelim_due": None},
        "contract.delivery.prelim_days",
        near={"contract.delivery.prelim_days": None},
    ),
    Trigger(
        "DLV-01",
        {"contract.goods.transport": "乙方尽快送达"},
        "contract.goods.transport",
        near={"contract.approvals[0].opinion": "请尽快签署"},
        said="尽快",
    ),
    Trigger("DLV-02", {"contract.delivery.place": None}, "contract.delivery.place"),
    Trigger(
        "DLV-02",
        {"contract.goods.transport": None},
        "contract.delivery.mode",
        near={"contract.goods.transport": None, "contract.delivery.mode": "送货上门"},
    ),
    Trigger(
        "DLV-03",
        {"contract.delivery.prelim_days": "161"},
        "contract.delivery.prelim_days",
        near={"contract.delivery.prelim_days": "159"},
    ),
    Trigger(
        "DLV-04",
        {"contract.delivery.prelim_due": "2025-12-16"},
        "contract.delivery.prelim_due",
        near={"contract.delivery.prelim_due": None},
    ),
    Trigger(
        "DLV-05",
        {"contract.goods.risk_transfer": None},
        "contract.goods",
        near={"contract.goods.risk_transfer": None, "proposal.quote.lines[3].kind": "software"},
        said="风险转移",
    ),
    Trigger("DLV-06", {f"{MILESTONES}[1].owner": None}, f"{MILESTONES}[1].owner"),
    Trigger("DLV-06", {f"{MILESTONES}[1].output": None}, f"{MILESTONES}[1].output"),
    Trigger(
        "DLV-07",
        {f"{MILESTONES}[5].planned": "2025-12-16"},
        f"{MILESTONES}[5].planned",
        near={f"{MILESTONES}[6].planned": "2026-03-31"},
    ),
    Trigger(
        "DLV-07",
        {f"{MILESTONES}[4].planned": "2025-12-16"},
        f"{MILESTONES}[4].planned",
        near={f"{MILESTONES}[4].planned": "2025-12-15"},
    ),
    Trigger(
        "DLV-08",
        {"delivery.customer_duties": None, "contract.customer_duties": None},
        "contract.customer_duties",
        near={"delivery.customer_duties": None},
    ),
]


@pytest.mark.parametrize("trigger", TRIGGERS, ids=str)
def test_the_rule_objects(trigger: Trigger) -> None:
    check_trigger(trigger)
