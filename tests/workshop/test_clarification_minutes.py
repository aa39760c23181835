"""Clarification minutes: only in a tender, in its words, and nothing of substance changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from tests import reference, world
from tests.workshop.papers import made, rows

QUESTION = {
    "date": "2025-06-05",
    "question": "请说明数据迁移的停机时间",
    "answer": "分三次夜间切换，每次不超过四小时",
    "by": "p1",
}
TENDER: dict[str, Any] = {
    "meta.stage": "4",
    "meta.procurement_mode": "public_tender",
    "tender": {
        "project_no": "YZ-ZB-2025-011",
        "project_name": "铄恒精密制造执行系统采购项目",
        "agency": "示例招标代理有限公司",
        "bid_deadline": "2025-06-03",
        "opened": "2025-06-03",
        "bid": {
            "amount": "1128000.00",
            "days": "160",
            "warranty_months": "12",
            "payments": "30/30/35/5",
        },
        "clarifications": [QUESTION],
    },
    **dict.fromkeys(
        (
            "negotiation",
            "intent",
            "contract",
            "delivery",
            "acceptance",
            "receivables",
            "aftersales",
        ),
        None,
    ),
}
CONSULTATION = {**TENDER, "meta.procurement_mode": "competitive_consultation"}


def minutes(changes: Mapping[str, Any] = TENDER) -> bytes:
    return made("clarification_minutes", changes)


def test_they_name_project_purchaser_agency_and_bidder() -> None:
    found = rows(minutes())
    for row in (
        ["采购项目名称", "铄恒精密制造执行系统采购项目"],
        ["采购项目编号", "YZ-ZB-2025-011"],
        ["采购人", "宁波铄恒精密机械有限公司"],
        ["采购代理机构", "示例招标代理有限公司"],
        ["投标人", "苏州澜砚智造软件有限公司"],
        ["投标截止日期", "2025-06-03", "开标日期", "2025-06-03"],
    ):
        assert row in found


def test_question_and_answer_stand_side_by_side() -> None:
    assert [
        "1",
        "2025-06-05",
        "请说明数据迁移的停机时间",
        "分三次夜间切换，每次不超过四小时",
        "周启明",
    ] in rows(minutes())


def test_the_bid_is_said_to_stay_as_it_was() -> None:
    text = reference.text(minutes())
    assert "未超出投标文件的范围，未改变投标文件的实质性内容" in text
    assert "未与采购人、采购代理机构就投标价格、投标方案等实质性内容进行谈判" in text
    found = rows(minutes())
    assert ["投标总价", "¥1,128,000.00（大写：人民币壹佰壹拾贰万捌仟元整）"] in found
    assert ["工期", "160日", "质保期", "12个月"] in found
    assert ["付款方式", "30/30/35/5"] in found


def test_the_bidder_signs_and_seals() -> None:
    text = reference.text(minutes())
    assert "投标人：苏州澜砚智造软件有限公司（盖章）" in text
    assert "法定代表人或授权代表" in text
    assert text.rstrip().endswith("2025年6月5日")
    assert "填写说明" not in text


def test_a_consultation_has_words_of_its_own() -> None:
    text = reference.text(minutes(CONSULTATION))
    for word in ("磋商小组", "响应文件", "供应商：苏州澜砚智造软件有限公司", "说明和更正"):
        assert word in text
    for word in ("投标", "评标委员会"):
        assert word not in text


def test_without_an_agency_there_is_a_stroke() -> None:
    changes = {**TENDER, "tender": {k: v for k, v in TENDER["tender"].items() if k != "agency"}}
    assert ["采购代理机构", "/"] in rows(minutes(changes))


@pytest.mark.parametrize("mode", ["direct", "single_source", "framework"])
def test_where_prices_are_negotiated_nothing_is_clarified(mode: str) -> None:
    dossier = world.changed({**TENDER, "meta.procurement_mode": mode}, ruled=False)
    assert dossier.papers(ids=["clarification_minutes"]) == []


def test_without_a_question_there_are_no_minutes() -> None:
    tender = {**TENDER["tender"], "clarifications": []}
    dossier = world.changed({**TENDER, "tender": tender}, ruled=False)
    assert dossier.papers(ids=["clarification_minutes"]) == []


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(TENDER, id="tender"),
        pytest.param(CONSULTATION, id="consultation"),
        pytest.param(
            {**TENDER, "tender": {**TENDER["tender"], "clarifications": [QUESTION] * 60}},
            id="sixty questions",
        ),
    ],
)
def test_it_opens_in_word(changes: Mapping[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "clarification_minutes.docx"
    path.write_bytes(minutes(changes))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
