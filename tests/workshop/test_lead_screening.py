"""The lead screening form: ratings beside their scale, what they come to, what was decided."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from salesdocs.case import choices
from salesdocs.errors import DocumentError
from tests import reference, world
from tests.workshop.papers import bold, empty_cells, fields, flaws, made, printed, rows, smallest

RATED = "lead.evaluation"
EARLIER = [
    {"date": "2024-09-18", "score": "49", "grade": "C", "reason": "预算未列"},
    {"date": "2024-12-17", "score": "61", "grade": "B", "reason": "已列入年度计划"},
]


@cache
def sample() -> bytes:
    return world.product("lead_screening").data


def history(package: bytes) -> list[list[str]]:
    """The rows of the grade history."""
    found = rows(package)
    start = found.index(["评级日期", "得分", "等级", "变动原因"]) + 1
    return [row for row in found[start:] if len(row) == 4]


# -- ratings ---------------------------------------------------------------------------------------


def test_each_rating_has_weight_points_and_reason_and_the_points_add_up() -> None:
    found = rows(sample())
    start = found.index(["评分维度", "权重", "评分", "得分", "评分依据"])
    assert found[start + 1 : start + 6] == [
        ["行业匹配度", "25", "5", "25", "离散制造为主打行业，已有 11 家同类客户"],
        ["规模匹配度", "20", "4", "16", "620 人，两个车间"],
        ["预算匹配度", "30", "4", "24", "年度预算已列，尚未批复"],
        ["需求紧迫度", "25", "4", "20", "主机厂要求 2025 年底前具备批次追溯"],
        ["综合得分", "100", "/", "85", "/"],
    ]


def test_the_whole_scale_is_printed() -> None:
    found = rows(sample())
    assert ["评分维度", "5分", "4分", "3分", "2分", "1分"] in found
    assert ["规模匹配度", "理想规模", "偏大一档", "偏小一档", "相差两档", "相差悬殊"] in found
    scale = {row[0] for row in found if len(row) == 6} - {"评分维度"}
    assert scale == {dimension.zh for dimension in choices.RatingDimension}


@pytest.mark.parametrize(
    ("rating", "anchor"),
    [("1", "没有或不愿透露"), ("3", "给出过范围"), ("5", "已批复，且不低于预计价格")],
)
def test_the_anchor_of_the_rating_is_in_bold(rating: str, anchor: str) -> None:
    assert "已列计划，尚未批复" in bold(sample())
    found = bold(made("lead_screening", {f"{RATED}.ratings.budget": rating}))
    assert anchor in found
    assert "已列计划，尚未批复" not in found


def test_bant_is_shown_of_eight() -> None:
    found = fields(sample())
    assert found["预算"] == "□ 明确　☑ 部分明确　□ 没有　□ 未知"
    assert found["BANT 得分"] == "7/8（明确2分、部分明确1分，不计入综合得分）"
    assert fields(made("lead_screening", {f"{RATED}.bant": None}))["BANT 得分"] == "/"


# -- grade -----------------------------------------------------------------------------------------


def test_score_grade_decision_and_next_step_are_told() -> None:
    found = fields(sample())
    assert (found["综合得分"], found["评分等级"]) == ("85", "A 级（高意向）")
    assert found["线索等级"].startswith("☑ A 级（高意向）")
    assert "人工调整" not in found
    assert found["处理结论"] == "☑ 跟进　□ 培育　□ 退回公海　□ 放弃"
    assert (found["下一步"], found["责任人"], found["完成期限"]) == (
        "现场调研", "周启明", "2025-04-02",
    )  # fmt: skip
    assert (found["批准人"], found["复评期限"]) == ("林若川", "2025-06-16")


def test_no_veto_item_is_said_as_such() -> None:
    assert fields(sample())["一票否决项"].endswith("☑ 无")
    assert fields(sample())["一票否决项"].count("☑") == 1


def test_a_veto_makes_it_a_c_and_the_form_says_why() -> None:
    package = made("lead_screening", {f"{RATED}.veto": ["dishonest", "conflict"]})
    found = fields(package)
    assert "☑ 失信" in found["一票否决项"]
    assert "☑ 利益冲突" in found["一票否决项"]
    assert found["一票否决项"].endswith("□ 无")
    assert "☑ C 级（低意向）" in found["线索等级"]
    assert any("有一票否决项，等级不得高于C级" in text for text in bold(package))
    assert "不得高于" not in reference.text(sample())


def test_an_override_tells_from_what_to_what_why_and_by_whom() -> None:
    override = {"grade": "B", "reason": "集团战略客户", "by": "p2"}
    found = fields(made("lead_screening", {f"{RATED}.override": override}))
    assert found["人工调整"] == (
        "由A 级（高意向）调整为B 级（中意向）\n理由：集团战略客户\n调整人：林若川"
    )
    assert "☑ B 级（中意向）" in found["线索等级"]
    assert found["评分等级"] == "A 级（高意向）"


# -- history ---------------------------------------------------------------------------------------


def test_a_first_rating_is_the_first_of_the_history() -> None:
    assert history(sample()) == [["2025-03-18", "85", "A 级（高意向）", "首次评级"]]


def test_earlier_ratings_stand_before_this_one() -> None:
    assert history(made("lead_screening", {f"{RATED}.history": EARLIER})) == [
        ["2024-09-18", "49", "C 级（低意向）", "预算未列"],
        ["2024-12-17", "61", "B 级（中意向）", "已列入年度计划"],
        ["2025-03-18", "85", "A 级（高意向）", "本次评级"],
    ]


# -- before the rating -----------------------------------------------------------------------------


def test_a_lead_that_was_not_rated_has_no_screening_form() -> None:
    with pytest.raises(DocumentError) as caught:
        printed(smallest(), "lead_screening")
    assert f"{RATED}.date" in {finding.path for finding in caught.value.findings}


def test_the_draft_of_the_smallest_case_marks_what_is_to_be_rated() -> None:
    package = printed(smallest(), "lead_screening", draft=True)
    found = fields(package)
    assert found["客户名称"] == "宁波铄恒精密机械有限公司"
    assert found["主要联系人"] == "何文澜（采购总监）"
    assert found["评估人"] == "【待填：评估人】"
    ratings = [row for row in rows(package) if len(row) == 5 and "【待填" in row[2]]
    assert [row[2] for row in ratings] == [
        f"【待填：{dimension.zh}】" for dimension in choices.RatingDimension
    ]
    assert (found["综合得分"], found["复评期限"]) == ("/", "/")
    assert "人工调整" not in found
    assert history(package) == [["/"] * 4]
    assert found["一票否决项"].endswith("□ 无")
    assert empty_cells(package) == 2


# -- the file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {
                "customer.name": "宁波" * 100,
                "lead.initial_need": "需要一套生产管理系统；" * 20,
                f"{RATED}.reasons.budget": "年度预算已列，尚未批复；" * 15,
                f"{RATED}.history": EARLIER * 30,
            },
            id="long texts and 60 earlier ratings",
        ),
        pytest.param({f"{RATED}.bant": None, f"{RATED}.veto": None}, id="nothing optional"),
    ],
)
def test_it_opens_in_word_and_has_no_empty_cell(changes: dict[str, Any], tmp_path: Path) -> None:
    package = made("lead_screening", changes)
    assert flaws(package, tmp_path) == []
    assert empty_cells(package) == 2
