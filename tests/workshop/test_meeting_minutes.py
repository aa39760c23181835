"""Minutes of talks: what one round agreed and left open, and nothing that only one side may know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from tests import reference, world
from tests.workshop.papers import headings, made, rows

ROUND = "negotiation.rounds[1]"


def minutes(changes: Mapping[str, Any], name: str = "meeting_minutes/R-02") -> bytes:
    return made(name, changes)


@cache
def sample(name: str) -> bytes:
    return world.product(f"meeting_minutes/{name}").data


def items(package: bytes) -> list[list[str]]:
    """Number, item and agreed value of what was agreed."""
    found = rows(package)
    start = found.index(["序号", "事项", "一致意见"]) + 1
    return [row for row in found[start:] if len(row) == 3]


def test_each_round_has_minutes_of_its_own() -> None:
    papers = [paper.name for paper in world.papers() if paper.document.id == "meeting_minutes"]
    assert papers == ["meeting_minutes/R-01", "meeting_minutes/R-02"]


def test_they_name_day_way_and_people_of_both_sides() -> None:
    found = rows(sample("R-01"))
    for row in (
        ["甲方", "宁波铄恒精密机械有限公司"],
        ["乙方", "苏州澜砚智造软件有限公司"],
        ["会谈日期", "2025-06-06", "会谈方式", "现场"],
        ["甲方人员", "何文澜（采购总监）、章立行（生产副总经理）、祁慎（财务总监）"],
        ["乙方人员", "周启明（销售代表）、林若川（销售经理）"],
    ):
        assert row in found


def test_who_led_is_named_though_not_among_the_others() -> None:
    found = rows(minutes({f"{ROUND}.our": ["p1"]}))
    assert ["乙方人员", "林若川（销售经理）、周启明（销售代表）"] in found


def test_what_was_agreed_stands_with_its_value() -> None:
    assert items(sample("R-01")) == [["1", "交付周期", "160日"]]
    assert items(sample("R-02")) == [
        ["1", "价格", "¥1,128,000.00"],
        ["2", "付款", "30/30/35/5"],
        ["3", "质保", "12 个月，含季度巡检"],
    ]


def test_a_value_that_was_not_written_comes_from_the_agreed_terms() -> None:
    silent = {f"{ROUND}.topics[{n}].agreed_value": None for n in (1, 2)}
    assert items(minutes(silent)) == [
        ["1", "价格", "¥1,128,000.00"],
        ["2", "付款", "预付款30%，质保金5%"],
        ["3", "质保", "12个月"],
    ]


def test_an_earlier_round_does_not_tell_what_a_later_one_agreed() -> None:
    first = {"negotiation.rounds[0].topics[1].outcome": "agreed"}
    found = items(minutes(first, "meeting_minutes/R-01"))
    assert found == [["1", "付款", "/"], ["2", "交付周期", "160日"]]


def test_what_is_open_is_named_with_who_answers_and_when() -> None:
    text = reference.text(sample("R-01"))
    assert "以下事项本次会谈尚未达成一致，由双方继续协商：价格、付款。" in text
    open_items = [
        {"what": "答复交付工期", "owner": "p7", "due": "2025-06-20"},
        {"what": "确认服务器到货日期", "owner": "c3", "due": "2025-06-21"},
    ]
    found = rows(minutes({f"{ROUND}.open_items": open_items}))
    assert ["1", "答复交付工期", "许知行（乙方）", "2025-06-20"] in found
    assert ["2", "确认服务器到货日期", "俞可凡（甲方）", "2025-06-21"] in found


def test_a_round_that_settled_all_leaves_nothing_open() -> None:
    assert headings(sample("R-02")) == ["达成一致的事项", "待决事项", "说明与签字"]
    text = reference.text(sample("R-02"))
    assert "继续协商：" not in text
    assert "待决事项\n无。" in text


@pytest.mark.parametrize("name", ["R-01", "R-02"])
def test_nothing_of_positions_reasons_and_preparation_is_told(name: str) -> None:
    changes = {
        "negotiation.rounds[0].topics[0].argument": "总成本更低",
        f"{ROUND}.topics[2].argument": "总成本更低",
    }
    text = reference.text(minutes(changes, f"meeting_minutes/{name}"))
    secrets = (
        "1,180,900", "1180900", "1,050,000", "1050000", "20/30/40/10", "140", "1,080,000",
        "总成本更低", "底线", "立场", "培训费优惠",
    )  # fmt: skip
    assert [secret for secret in secrets if secret in text] == []


def test_the_contract_prevails_and_both_sides_sign() -> None:
    text = reference.text(sample("R-02"))
    assert (
        "本纪要记录双方会谈情况，已达成一致的事项作为起草合同的依据，待决事项双方继续协商；"
        "正式权利义务以合同为准。"
    ) in text
    found = rows(sample("R-02"))
    assert ["甲方：宁波铄恒精密机械有限公司", "乙方：苏州澜砚智造软件有限公司"] in found
    assert ["代表（签字）：", "代表（签字）："] in found
    assert "填写说明" not in text


def test_a_tender_has_no_minutes_of_talks() -> None:
    dossier = world.changed({"meta.procurement_mode": "public_tender"})
    assert dossier.papers(ids=["meeting_minutes"]) == []


def test_a_subscription_has_a_service_term_instead_of_a_warranty() -> None:
    assert [row[1] for row in items(minutes({}))] == ["价格", "付款", "质保"]
    assert [row[1] for row in items(minutes({"contract.type": "saas"}))] == [
        "价格",
        "付款",
        "服务期",
    ]
