"""The needs report: eleven chapters that both sides stand by, and nothing of what we think."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from tests import reference, world
from tests.workshop.papers import headings, made, rows

# The case on the day the report goes to the customer.
YOUNG: dict[str, Any] = {
    "meta.stage": "2",
    "needs.confirmed": None,
    "needs.review": None,
    **dict.fromkeys(
        ("proposal", "negotiation", "intent", "contract", "delivery", "acceptance"), None
    ),
    "receivables": None,
    "aftersales": None,
}
NEED: Any = world.sample().tree["needs"]["items"][0]
FULL: dict[str, Any] = {
    "needs.scenarios": [{"name": "插单处理", "steps": "接单、改排程", "pain": "常漏换料"}],
    "needs.interfaces": [
        {"system": "用友 U8", "direction": "both", "data": "工单", "owner": "c3"},
    ],
    "needs.nonfunctional": [{"kind": "security", "requirement": "网络安全等级保护二级"}],
    "needs.constraints": ["生产期间不得停机割接"],
    "needs.assumptions": ["物料编码由甲方统一"],
    "needs.risks": [{"desc": "接口能力待验证", "level": "medium", "response": "先行技术验证"}],
}


def report(changes: Mapping[str, Any], *, draft: bool = False) -> bytes:
    return made("needs_report", changes, draft=draft)


@cache
def sample() -> bytes:
    return world.product("needs_report").data


# -- what it says ----------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{}, FULL], ids=["sample", "every list filled"])
def test_it_has_its_eleven_chapters_whatever_is_known(changes: Mapping[str, Any]) -> None:
    assert headings(report(changes)) == [
        "项目背景",
        "调研概况",
        "现状分析",
        "痛点、目标与时间",
        "需求清单",
        "业务场景与流程",
        "集成、数据与安全要求",
        "约束、假设与不包含的内容",
        "成功标准",
        "风险",
        "客户确认",
    ]


def test_the_needs_stand_by_class_with_metric_feasibility_and_source() -> None:
    found = rows(sample())
    for need in (
        ["N-01", "工单下达与扫码报工", "1", "报工延迟不超过 5 分钟", "标准功能", "接受", "I-01"],
        ["N-06", "车间看板与移动端", "3", "看板 1 分钟刷新", "标准功能", "接受", "I-02"],
        ["N-07", "设备维保管理\n说明：二期考虑", "4", "/", "标准功能", "暂缓", "I-02"],
    ):
        assert need in found
    assert ["7\n需求总数", "5\n必备功能", "1\n期望功能", "1\n增值需求"] in found
    assert "暂缓实施的需求：N-07“设备维保管理”（二期考虑）。" in reference.text(sample())


def test_interviews_name_the_people_of_both_sides() -> None:
    assert ["I-01", "2025-04-02", "现场", "章立行、谷山", "周启明、贺子墨", "计划下达、报工、在制品"] in (
        rows(sample())
    )  # fmt: skip
    text = reference.text(sample())
    assert "共进行2次调研，访谈贵公司4人：章立行（生产副总经理）、谷山（一车间主任）" in text


def test_what_is_out_of_scope_and_what_success_is_are_said() -> None:
    text = reference.text(sample())
    assert "以下内容不在本项目范围内" in text
    assert "U8 版本升级" in text
    found = rows(sample())
    assert ["报工及时率", "71%", "95%", "系统统计"] in found
    assert ["追溯用时（分钟）", "360", "10", "抽样测试"] in found


@pytest.mark.parametrize("disclosed", ["false", "true"])
def test_the_budget_is_printed_only_where_the_customer_agreed(disclosed: str) -> None:
    package = report({"needs.four_w.budget_disclosed": disclosed})
    is_shown = disclosed == "true"
    assert (["预算", "¥1,300,000.00"] in rows(package)) == is_shown
    assert ("痛点、目标、预算与时间" in headings(package)) == is_shown
    assert ("1,300,000" in reference.text(package)) == is_shown


def test_the_annex_does_not_travel_with_it() -> None:
    text = reference.text(sample())
    for inside in ("某国际厂商", "总经理办公会", "竞争", "支持者"):
        assert inside not in text


def test_lists_that_were_written_take_the_place_of_what_holds_without_them() -> None:
    bare, full = reference.text(sample()), reference.text(report(FULL))
    for sentence in ("未单列业务场景", "未就接口、数据、性能和安全提出专项要求", "未列需求风险"):
        assert sentence in bare
        assert sentence not in full
    assert ["1", "用友 U8", "双向", "工单", "/", "俞可凡"] in rows(report(FULL))


def test_many_needs_put_off_are_named_by_id() -> None:
    items = [{**NEED, "id": f"N-{n:02}", "status": "deferred"} for n in range(1, 8)]
    text = reference.text(report({**YOUNG, "needs.items": items}, draft=True))
    assert "暂缓实施的需求：N-01、N-02、N-03、N-04、N-05、N-06、N-07。" in text


# -- confirmation ----------------------------------------------------------------------------------


def test_a_confirmed_report_says_who_confirmed_it_and_when() -> None:
    text = reference.text(sample())
    assert "贵公司章立行（生产副总经理）已于2025年4月18日确认本报告。" in text
    assert "本报告仅用于确认需求，双方权利义务以正式签订的合同为准。" in text
    found = rows(sample())
    assert ["确认意见", "无"] in found
    assert ["确认人　章立行（签字）：", "编制　周启明（签字）："] in found
    assert ["职务：生产副总经理", "审核　贺子墨（签字）："] in found


def test_before_it_is_confirmed_there_is_room_to_write() -> None:
    package = report(YOUNG)
    assert ["确认意见", ""] in rows(package)
    assert ["确认人（签字）：", "编制　周启明（签字）："] in rows(package)
    assert "确认本报告。" not in reference.text(package)


def test_the_customer_reads_no_filling_notes() -> None:
    assert "填写说明" not in reference.text(sample())
    assert "填写说明" in reference.text(report({}, draft=True))


# -- the file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(FULL, id="every list filled"),
        pytest.param({**YOUNG, "needs.items": None, "needs.interviews": None}, id="no needs"),
        pytest.param({"customer.name": "宁波" * 100, "needs.background": "追溯" * 500}, id="long"),
        pytest.param(
            {
                **YOUNG,
                "needs.items": [
                    {**NEED, "id": f"N-{n:02}", "class": ("must", "want", "value_add")[n % 3]}
                    for n in range(1, 61)
                ],
            },
            id="sixty needs",
        ),
    ],
)
def test_it_opens_in_word(changes: Mapping[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "needs_report.docx"
    path.write_bytes(report(changes, draft=True))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
