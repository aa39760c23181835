"""The negotiation record: preparation, rounds, what came of them, and the computed last part."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from tests import reference, world
from tests.workshop.papers import headings, made, rows

AFTER = ("intent", "contract", "delivery", "acceptance", "receivables", "aftersales")
# The floor is approved, the talks have not begun.
YOUNG: dict[str, Any] = {
    "meta.stage": "4",
    "negotiation.rounds": None,
    "negotiation.agreed": None,
    **dict.fromkeys(AFTER, None),
}
OPEN: dict[str, Any] = {
    "meta.stage": "4",
    "negotiation.rounds[1]": {
        "id": "R-02",
        "date": "2025-06-13",
        "mode": "online",
        "lead": "p2",
        "our": ["p1"],
        "theirs": ["c1", "c2"],
        "topics": [
            {
                "topic": "price",
                "ours": "114万元",
                "theirs": "108万",
                "outcome": "open",
                "argument": "同类项目首付均为三成",
            },
            {"topic": "驻场工程师", "ours": "一名", "theirs": "两名", "outcome": "dropped"},
        ],
        "open_items": [{"what": "答复首付比例", "owner": "c5", "due": "2025-06-20"}],
    },
    "negotiation.agreed": None,
    **dict.fromkeys(AFTER, None),
}


def record(changes: Mapping[str, Any]) -> bytes:
    return made("negotiation_record", changes, draft=True)


@cache
def sample() -> bytes:
    return world.product("negotiation_record").data


# -- preparation and rounds ------------------------------------------------------------------------


def test_it_has_four_parts() -> None:
    assert headings(sample()) == ["谈判准备", "逐轮记录", "共识与分歧汇总", "谈判总结"]


def test_the_preparation_names_floor_targets_roles_and_answers() -> None:
    found = rows(sample())
    for row in (
        ["理想目标", "1,180,000.00", "期望目标", "1,130,000.00"],
        ["最低价格", "1,080,000.00"],
        ["最长工期", "180日", "最长质保期", "/"],
        ["最低预付款", "30%", "最高质保金", "10%"],
        ["批准人", "林若川", "批准日期", "2025-06-04"],
        ["主谈", "林若川", "技术支持", "许知行"],
        ["1", "价格高于本地厂商", "用追溯案例与五年总成本对比说明", "/"],
        ["2", "质保期内季度巡检", "质保金降到 5%"],
    ):
        assert row in found
    assert "网关分两批交付" in reference.text(sample())


def test_each_round_tells_both_positions_and_the_outcome() -> None:
    found = rows(sample())
    for row in (
        ["我方人员", "周启明、林若川", "客户人员", "何文澜、章立行、祁慎"],
        ["价格", "¥1,180,900.00", "¥1,050,000.00", "/", "待定"],
        ["交付周期", "160 天", "140 天", "/", "达成一致：160日"],
        ["价格", "¥1,128,000.00", "¥1,128,000.00", "/", "达成一致：¥1,128,000.00"],
    ):
        assert row in found


def test_reasons_and_open_items_stand_with_their_round() -> None:
    found = rows(record(OPEN))
    price = ["价格", "¥1,140,000.00", "¥1,080,000.00", "同类项目首付均为三成", "待定"]
    assert price in found
    assert found.count(["1", "答复首付比例", "祁慎", "2025-06-20"]) == 2  # there, and in part C


# -- what came of it -------------------------------------------------------------------------------


def test_what_was_agreed_is_summed_up_topic_by_topic_and_term_by_term() -> None:
    found = rows(sample())
    for row in (
        ["1", "价格", "¥1,128,000.00", "2"],
        ["2", "付款", "30/30/35/5", "2"],
        ["3", "交付周期", "160日", "1"],
        ["含税金额", "¥1,128,000.00（大写：人民币壹佰壹拾贰万捌仟元整）"],
        ["预付款比例", "30%", "质保金比例", "5%"],
        ["付款方式", "30/30/35/5"],
    ):
        assert row in found


def test_what_both_sides_said_alike_is_agreed_without_being_written_again() -> None:
    found = rows(record({"negotiation.rounds[1].topics[1].agreed_value": None}))
    assert ["2", "付款", "30/30/35/5", "2"] in found


def test_what_divides_the_sides_is_listed_with_the_gap() -> None:
    package = record(OPEN)
    found = rows(package)
    assert ["1", "价格", "¥1,140,000.00", "¥1,080,000.00", "60,000.00"] in found
    assert ["2", "付款", "30/30/35/5", "20/30/40/10", "/"] in found
    assert not any(row[1:2] == ["驻场工程师"] for row in found)  # dropped: no dissent


def test_the_distance_to_the_floor_has_its_measure_and_a_verdict() -> None:
    found = rows(sample())
    for row in (
        ["成交金额", "¥1,080,000.00", "¥1,128,000.00", "+48,000.00", "优于底线"],
        ["交付周期（天）", "180", "160", "+20", "优于底线"],
        ["预付款比例", "30%", "30%", "0个百分点", "等于底线"],
        ["质保金比例", "10%", "5%", "+5个百分点", "优于底线"],
    ):
        assert row in found


def test_convergence_and_concession_are_computed() -> None:
    found = rows(sample())
    assert ["价格", "R-01", "¥1,180,900.00", "¥1,050,000.00", "130,900.00", "/", "待定"] in found
    assert ["价格", "R-02", "¥1,128,000.00", "¥1,128,000.00", "0.00", "100%", "达成一致"] in found
    assert ["交付周期", "R-01", "160 天", "140 天", "20天", "/", "达成一致"] in found
    assert ["累计让价", "¥52,900.00（首次报价¥1,180,900.00，让价4.48%）"] in found
    figures = next(row for row in found if len(row) == 5 and "成交折扣" in row[4])
    assert figures == [
        "112.8\n成交金额（万元）",
        "+4.8\n较底线（万元）",
        "−0.2\n较期望（万元）",
        "5.29\n累计让价（万元）",
        "8.83折\n成交折扣",
    ]
    closed = next(row for row in rows(record(OPEN)) if row[:2] == ["价格", "R-02"])
    assert closed[4:6] == ["60,000.00", "54.16%"]


def test_a_crossed_floor_is_told_and_asks_for_approval() -> None:
    crossed = {"negotiation.agreed.amount": "1000000"}
    found = rows(record(crossed))
    assert ["成交金额", "¥1,080,000.00", "¥1,000,000.00", "−80,000.00", "突破底线"] in found
    refused = ["破底线审批", "已突破底线，尚未批准，不得签署意向书和合同。"]
    assert refused in found
    approved = {"by": "p9", "date": "2025-06-16", "reason": "战略客户首单"}
    found = rows(record({**crossed, "negotiation.exception": approved}))
    assert refused not in found
    assert ["批准人", "沈砚秋", "批准日期", "2025-06-16"] in found
    assert ["理由", "战略客户首单"] in found


def test_before_the_talks_it_is_the_preparation() -> None:
    package = record(YOUNG)
    assert headings(package) == ["谈判准备", "逐轮记录", "谈判总结"]
    text = reference.text(package)
    assert "尚未开始谈判。" in text
    assert "成交金额" not in text


def test_a_price_in_another_currency_has_its_name() -> None:
    found = rows(record({"proposal.quote.currency": "USD"}))
    assert ["价格", "1,180,900.00美元", "1,050,000.00美元", "/", "待定"] in found


def test_it_is_signed_by_recorder_and_lead() -> None:
    assert ["记录人（签字）：周启明", "主谈人（签字）：林若川"] in rows(sample())


# -- the file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(YOUNG, id="before the talks"),
        pytest.param(OPEN, id="in between"),
        pytest.param(
            {
                "customer.name": "宁波" * 100,
                "negotiation.summary": "让步" * 200,
                "negotiation.internal.objections": [
                    {"issue": "价格高", "reply": "对比说明" * 60, "evidence": "测算表"}
                ]
                * 60,
            },
            id="long",
        ),
    ],
)
def test_it_opens_in_word(changes: Mapping[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "negotiation_record.docx"
    path.write_bytes(record(changes))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
