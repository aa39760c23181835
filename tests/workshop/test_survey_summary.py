"""The summary for the customer: sums, what we mend by when, and nobody's answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import reference, world
from tests.workshop.papers import errors, made, rows

FIRST = "survey_summary/S-2026H1"
SECOND = "survey_summary/S-2026H2"
FEW: dict[str, Any] = {
    "aftersales.surveys[0].returned": "4",
    "aftersales.surveys[0].valid": "4",
}
CHECKED = {
    "aftersales.surveys[0].last_check": [
        {"issue": "班组长不会改派工单", "action": "现场带教两次", "result": "无人再问", "effective": "true"},
        {"issue": "导出慢", "action": "加索引", "result": "高峰仍慢", "effective": "false"},
    ]
}  # fmt: skip


def second(**more: Any) -> dict[str, Any]:
    """The case with a survey more, after the one it has."""
    tree: Any = world.sample().tree["aftersales"]
    first = tree["surveys"][0]
    rows = [{**row, "overall": "5", "scores": ["5"] * 6} for row in first["responses"]]
    later = {
        **first, "id": "S-2026H2", "period": "2026H2", "sent": "2026-12-15",
        "closed": "2026-12-25", "responses": rows, **more,
    }  # fmt: skip
    return {"aftersales.surveys": [first, later], "meta.as_of": "2026-12-31"}


@cache
def sample() -> bytes:
    return made(FIRST, {})


def test_a_hospital_is_addressed_as_one() -> None:
    text = reference.text(made(FIRST, {"customer.name": "云泽县示例人民医院"}))
    assert "感谢贵院参加" in text
    assert "只反映贵院的评价" in text
    assert "贵公司" not in text


def test_it_thanks_and_tells_the_sample() -> None:
    text = reference.text(sample())
    assert "致：宁波铄恒精密机械有限公司" in text
    assert "感谢贵公司参加2026年上半年客户满意度调研" in text
    assert ["发放份数", "9", "回收份数", "8"] in rows(sample())
    assert ["有效份数", "8", "有效率", "88.9%"] in rows(sample())
    assert "答卷来自管理层、信息部、车间、质量、计划、财务。" in text
    assert "有效答卷不足30份，以下数据只反映贵公司的评价" in text


def test_it_tells_overall_dimensions_and_nps_with_what_it_means() -> None:
    text = reference.text(sample())
    assert "总体满意度平均4.13分，87.5%的答卷评为满意或非常满意" in text
    assert ["5", "培训与文档", "3.88", "87.5%"] in rows(sample())
    assert "净推荐值为38。" in text
    assert "不是百分比，也不是满意率" in text
    assert "38%" not in text


def test_it_says_what_is_improved_by_when() -> None:
    assert ["1", "触屏手套操作", "提供大按钮模式", "2026-09-30", "已安排"] in rows(sample())
    assert "平均分低于4.0分的项目：培训与文档（3.88分）" in reference.text(sample())


def test_nobody_is_recognised_and_nothing_internal_is_told() -> None:
    secrets = {
        "aftersales.surveys[0].causes": "班组长谷山抵触，培训没有人听",
        "aftersales.surveys[0].conclusion": "客户内部意见不一，续约有风险",
        "aftersales.surveys[0].improvements[0].cause": "设计时没有去过车间现场",
        "aftersales.surveys[0].responses[3].worst": "张工态度不好",
        "aftersales.surveys[0].responses[3].contact_name": "谷山",
        "aftersales.surveys[0].comments": [{"theme": "触屏", "count": "2", "quote": "手套按不动"}],
    }
    text = reference.text(made(FIRST, secrets))
    for told in (*secrets.values(), "手套按不动", "手套操作触屏不方便", "低分", "Q4", "贬损"):
        if isinstance(told, str):
            assert told not in text
    assert "车间" not in "".join(cell for row in rows(sample())[:10] for cell in row)


def test_below_five_answers_there_are_no_figures_at_all() -> None:
    text = reference.text(made(FIRST, FEW))
    assert "为避免识别到个人，本通报不列评分结果" in text
    for figure in ("4.13", "87.5%", "净推荐值", "88.9%", "44.4%", "分项", "答卷来自", "3.88"):
        assert figure not in text
    assert "提供大按钮模式" in text


def test_from_five_answers_on_there_are() -> None:
    assert "净推荐值为38" in reference.text(made(FIRST, {"aftersales.surveys[0].valid": "5"}))


def test_a_second_survey_compares_and_reports_back() -> None:
    changes = second(last_check=CHECKED["aftersales.surveys[0].last_check"])
    package = made(SECOND, changes)
    text = reference.text(package)
    assert "上期（2026年上半年）平均4.13分" in text
    assert ["1", "产品功能", "5.00", "100%", "+0.87"] in rows(package)
    assert ["班组长不会改派工单", "现场带教两次", "无人再问", "达到预期"] in rows(package)
    assert ["导出慢", "加索引", "高峰仍慢", "继续改进"] in rows(package)
    assert "各项平均分均不低于4.0分" in text


def test_a_survey_too_small_is_not_compared_with() -> None:
    changes = second()
    changes["aftersales.surveys"][0] = {**changes["aftersales.surveys"][0], "valid": "4"}
    text = reference.text(made(SECOND, changes))
    assert "上期" not in text
    assert "4.13" not in text


def test_there_is_none_before_the_survey_is_closed() -> None:
    dossier = world.changed({"aftersales.surveys[0].closed": None}, ruled=False)
    assert dossier.papers(ids=["survey_summary"]) == []


def test_it_ends_with_us_and_no_seal() -> None:
    text = reference.text(sample())
    assert "客户成功经理宋知夏（song@lanyan.example.com）" in text
    assert "（盖章）" not in text


@pytest.mark.parametrize(
    ("paper", "changes"),
    [
        pytest.param(FIRST, {}, id="the sample"),
        pytest.param(FIRST, FEW, id="few"),
        pytest.param(SECOND, second(), id="the second"),
        pytest.param(FIRST, {"aftersales.surveys[0].responses": None}, id="no answers"),
        pytest.param(FIRST, {"aftersales.surveys[0].improvements": None}, id="nothing to mend"),
        pytest.param(FIRST, {"customer.name": "宁波" * 100}, id="a name of 200 characters"),
    ],
)
def test_it_opens_in_word(paper: str, changes: Mapping[str, Any], tmp_path: Path) -> None:
    assert errors(made(paper, changes, draft=True), tmp_path) == []
