"""Growth leads: what they may bring, and that incentives are open, booked and for companies."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from salesdocs.errors import DocumentError
from tests import reference, world
from tests.workshop.papers import bold, empty_cells, fields, flaws, made, rows

GROWTH: Any = world.sample().tree["aftersales"]["growth"]
REFERRAL = "aftersales.growth[1]"
HEAD = ["编号", "类型", "意向产品或被推荐单位", "预计金额", "概率", "加权金额", "状态"]


@cache
def sample() -> bytes:
    return world.product("growth_leads").data


def card(package: bytes, row_id: str) -> dict[str, str]:
    """Label and value of the card of a lead."""
    found = rows(package)
    start = next(
        place for place, row in enumerate(found) if len(row) == 1 and row[0].startswith(row_id)
    )
    values: dict[str, str] = {}
    for row in found[start + 1 :]:
        if len(row) not in (2, 4) or "（签字）" in row[0]:
            break
        values.update(zip(row[::2], row[1::2], strict=True))
    return values


def referral(changes: dict[str, Any]) -> bytes:
    """The paper with other facts of the referral."""
    return made("growth_leads", {f"{REFERRAL}.{name}": value for name, value in changes.items()})


def incentive(changes: dict[str, Any]) -> bytes:
    return referral({"incentive": {**GROWTH[1]["incentive"], **changes}})


# -- what it says ----------------------------------------------------------------------------------


def test_the_leads_are_summed_up() -> None:
    found = fields(sample())
    assert found["线索数量"] == "2条，其中转介绍1条"
    assert (found["预计金额合计"], found["加权金额合计"]) == ("¥260,000.00", "¥156,000.00")
    assert (found["转介绍转化率"], found["激励合计"]) == ("0%", "¥6,600.00")
    assert found["占合同总价"] == "0.59%"


def test_every_lead_is_a_line_of_the_overview() -> None:
    found = rows(sample())
    start = found.index(HEAD) + 1
    assert found[start : start + 3] == [
        ["G-01", "复购", "设备维保模块（二期）", "260,000.00", "60%", "156,000.00", "跟进中"],
        ["G-02", "转介绍", "台州澄岳泵业有限公司", "/", "/", "/", "已联系"],
        ["合计", "260,000.00", "/", "156,000.00", "/"],
    ]


def test_every_lead_has_a_card() -> None:
    found = card(sample(), "G-01")
    assert (found["意向产品"], found["来源"]) == ("设备维保模块（二期）", "CR-02")
    assert (found["预计金额"], found["成交概率"], found["加权金额"]) == (
        "¥260,000.00", "60%", "¥156,000.00",
    )  # fmt: skip
    assert (found["下一步"], found["激励"]) == ("二期方案交流，2026-09-10前", "无")
    assert "推荐人" not in found


def test_a_referral_says_who_referred_whom_and_whether_one_may_call() -> None:
    found = card(sample(), "G-02")
    assert (found["推荐人"], found["被推荐单位"]) == (
        "章立行（生产副总经理）", "台州澄岳泵业有限公司",
    )  # fmt: skip
    assert found["是否同意联系"] == "已同意"
    assert found["推荐人打分"] == "/"
    assert card(referral({"referrer_nps": "9"}), "G-02")["推荐人打分"] == "9分（满分10分）"
    refused = referral({"consent": "false"})
    assert card(refused, "G-02")["是否同意联系"] == "未同意，不得联系"
    assert "未同意，不得联系" in bold(refused)


def test_the_phone_of_a_referred_person_is_masked() -> None:
    package = referral({"contact": "季经理", "contact_phone": "13912345678"})
    assert card(package, "G-02")["对方联系人"] == "季经理\n139****5678"
    assert "13912345678" not in reference.text(package)


def test_a_converted_lead_names_its_case_and_counts() -> None:
    package = referral({"new_case": "XM-2026-0052", "status": "converted"})
    assert card(package, "G-02")["转入项目"] == "XM-2026-0052"
    assert fields(package)["转介绍转化率"] == "100%"


# -- incentives ------------------------------------------------------------------------------------


def test_an_incentive_is_told_in_words_that_show_it_is_open_and_booked() -> None:
    assert card(sample(), "G-02")["激励"] == (
        "升级服务 3 人天，价值¥6,600.00，给予客户单位。\n已书面约定，公开明示；已如实入账。"
    )
    approved = incentive({"approved_by": "p2"})
    assert card(approved, "G-02")["激励"].endswith("已如实入账。\n批准人：林若川")


@pytest.mark.parametrize(
    ("changes", "alarm"),
    [
        pytest.param({"agreed_in_writing": "false"}, "尚未书面约定，不得兑现；", id="not agreed"),
        pytest.param({"booked": "false"}, "尚未入账，不得兑现。", id="not booked"),
        pytest.param({"to": "individual"}, "个人：属商业贿赂，不得执行", id="to an individual"),
    ],
)
def test_an_incentive_that_may_not_be_given_is_said_in_bold(
    changes: dict[str, str], alarm: str
) -> None:
    package = incentive(changes)
    assert alarm in card(package, "G-02")["激励"]
    assert alarm in bold(package)
    assert alarm not in bold(sample())


@pytest.mark.parametrize("name", ["agreed_in_writing", "booked"])
def test_an_incentive_that_does_not_say_whether_it_is_open_stops_the_paper(name: str) -> None:
    facts = {key: value for key, value in GROWTH[1]["incentive"].items() if key != name}
    with pytest.raises(DocumentError) as caught:
        referral({"incentive": facts})
    assert [finding.path for finding in caught.value.findings] == [f"{REFERRAL}.incentive.{name}"]


# -- the file --------------------------------------------------------------------------------------


def test_without_leads_there_is_nothing_to_report() -> None:
    with pytest.raises(DocumentError):
        made("growth_leads", {"aftersales.growth": []})
    draft = made("growth_leads", {"aftersales.growth": []}, draft=True)
    assert ["无"] in rows(draft)
    assert "线索明细" not in reference.text(draft)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {
                "aftersales.growth": [
                    {**GROWTH[n % 2], "id": f"G-{n + 1:02}", "product": "设备维保模块" * 10}
                    for n in range(60)
                ],
                "customer.name": "宁波" * 100,
            },
            id="60 leads",
        ),
        pytest.param({f"{REFERRAL}.incentive": None}, id="no incentive"),
    ],
)
def test_it_opens_in_word_and_has_no_empty_cell(changes: dict[str, Any], tmp_path: Path) -> None:
    package = made("growth_leads", changes)
    assert flaws(package, tmp_path) == []
    assert empty_cells(package) == 2
