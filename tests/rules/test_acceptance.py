"""ACC rules: each objects to a change of the sample, and not to one that is right."""

from __future__ import annotations

import pytest

from tests.rules.deals import Trigger, check_trigger

DELIVERABLES = "contract.deliverables"
TRIGGERS = [
    Trigger("ACC-01", {f"{DELIVERABLES}[2].criteria": None}, f"{DELIVERABLES}[2].criteria"),
    Trigger(
        "ACC-02",
        {f"{DELIVERABLES}[2].criteria": "运行良好，客户满意"},
        f"{DELIVERABLES}[2].criteria",
        near={f"{DELIVERABLES}[2].criteria": "连续运行 30 日无故障，运行正常"},
    ),
    Trigger(
        "ACC-03",
        {"contract.acceptance.prelim_period_days": "2"},
        "contract.acceptance.prelim_period_days",
        near={"contract.acceptance.prelim_period_days": "3"},
    ),
    Trigger(
        "ACC-03",
        {"contract.acceptance.prelim_period_days": None},
        "contract.acceptance.prelim_period_days",
    ),
    Trigger("ACC-04", {"acceptance.items[2]": None}, "acceptance.items", said="D-03"),
    Trigger("ACC-04", {"acceptance.items[2].deliverable": None}, "acceptance.items[2].deliverable"),
    Trigger(
        "ACC-05",
        {"acceptance.items[2].result": "fail"},
        "acceptance.final.result",
        near={"acceptance.items[2].result": "fail", "acceptance.final.result": "fail"},
    ),
    Trigger(
        "ACC-05",
        {"acceptance.open_issues[0].severity": "major", "acceptance.open_issues[0].closed": None},
        "acceptance.final.result",
        near={"acceptance.open_issues[0].severity": "major"},
        said="O-01",
    ),
    Trigger(
        "ACC-06",
        {"acceptance.prelim.date": "2025-07-07"},
        "acceptance.prelim.date",
        said="签约",
    ),
    Trigger(
        "ACC-06",
        {"acceptance.prelim.date": "2025-11-13"},
        "acceptance.prelim.date",
        near={"acceptance.prelim.date": "2025-11-14"},
        said="两级培训",
    ),
    Trigger("ACC-07", {f"{DELIVERABLES}[6].lines": []}, "proposal.quote.lines[6].id"),
]


@pytest.mark.parametrize("trigger", TRIGGERS, ids=str)
def test_the_rule_objects(trigger: Trigger) -> None:
    check_trigger(trigger)
