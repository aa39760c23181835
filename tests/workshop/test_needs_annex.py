"""The internal annex: competitors, who decides, six lamps with what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from tests import reference, world
from tests.workshop.papers import made, rows
from tests.workshop.test_needs_report import YOUNG


def annex(changes: Mapping[str, Any]) -> bytes:
    return made("needs_annex", changes, draft=True)


@cache
def sample() -> bytes:
    return world.product("needs_annex").data


def lamps(package: bytes) -> dict[str, tuple[str, str]]:
    """What each lamp rests on, and its state, by its name."""
    return {
        row[0].split("\n")[0]: (row[1], row[2])
        for row in rows(package)
        if len(row) == 3 and row[2] in ("● 亮", "○ 未亮")
    }


def steps(package: bytes) -> dict[str, str]:
    """What is to be done for each dark lamp."""
    found = rows(package)
    head = ["未亮项", "须补的工作"]
    after = found[found.index(head) + 1 :] if head in found else []
    return {row[0]: row[1] for row in after if row[0] in lamps(package)}


def test_it_tells_competitors_process_and_who_holds_the_budget() -> None:
    found = rows(sample())
    assert ["1", "某国际厂商", "品牌", "价格高且本地实施弱", "/"] in found
    assert ["决策流程", "生产副总推荐、总经理办公会批准"] in found
    assert ["预算审批人", "章立行（生产副总经理）"] in found
    assert ["预算", "¥1,300,000.00（客户未同意公开，不得外传）"] in found
    assert ["2", "章立行", "生产副总经理", "决策人", "高", "支持", "是"] in found


def test_a_price_that_was_guessed_is_an_amount() -> None:
    package = annex({"needs.internal.competitors[0].price_guess": "1050000"})
    assert ["1", "某国际厂商", "品牌", "价格高且本地实施弱", "1,050,000.00"] in rows(package)


def test_each_lamp_stands_with_what_it_rests_on() -> None:
    assert lamps(sample()) == {
        "量化指标": ("必备功能5项，有指标的占100%", "● 亮"),
        "经济决策人": ("章立行（生产副总经理）", "● 亮"),
        "决策标准": ("章立行（生产副总经理）于2025-04-18确认", "● 亮"),
        "决策流程": ("生产副总推荐、总经理办公会批准", "● 亮"),
        "痛点": ("报工滞后 1–2 天、在制不清、客诉追溯平均 6 小时", "● 亮"),
        "内部支持者": ("章立行（生产副总经理）", "● 亮"),
    }
    assert steps(sample()) == {}
    assert "六项均已具备，无须补充。" in reference.text(sample())


@pytest.mark.parametrize(
    ("changes", "lamp", "rests_on", "step"),
    [
        pytest.param(
            {"needs.items[0].metric": None},
            "量化指标",
            "必备功能5项，有指标的占80%",
            "与客户商定必备功能的衡量指标：N-01工单下达与扫码报工",
            id="a must-have without metric",
        ),
        pytest.param(
            {"needs.interviews[0].theirs": ["c4"]},
            "经济决策人",
            "尚未访谈到决策人或预算审批人",
            "安排拜访：章立行（生产副总经理）",
            id="the buyer not met",
        ),
        pytest.param(
            {"needs.confirmed": None},
            "决策标准",
            "客户尚未确认",
            "提交需求分析报告，取得决策人或技术负责人签字确认",
            id="not confirmed",
        ),
        pytest.param(
            {"contacts.c2.internal": None},
            "内部支持者",
            "尚无影响力高的支持者",
            "争取一位影响力高的联系人支持，明确对其部门的好处",
            id="no champion",
        ),
        pytest.param(
            {"needs.four_w.pain": None},
            "痛点",
            "尚不明确",
            "把痛点落实为时间或金额损失，并由客户认可",
            id="no pain",
        ),
    ],
)
def test_a_dark_lamp_becomes_a_step(
    changes: Mapping[str, Any], lamp: str, rests_on: str, step: str
) -> None:
    package = annex({**YOUNG, "needs.confirmed": {"date": "2025-04-18", "by": "c2"}, **changes})
    assert lamps(package)[lamp] == (rests_on, "○ 未亮")
    assert steps(package) == {lamp: step}


def test_it_is_called_for_by_what_is_known_of_the_decision() -> None:
    dossier = world.changed({"needs.internal.decision_process": None})
    assert dossier.papers(ids=["needs_annex"]) == []


def test_it_is_no_paper_for_customers() -> None:
    document = world.library().document("needs_annex")
    assert (document.audience, document.classification) == ("confidential", "confidential")
