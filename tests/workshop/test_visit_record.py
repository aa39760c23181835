"""The visit record: what was found on one visit, who mends it, when the next one is due."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from salesdocs.errors import DocumentError
from tests import reference, world
from tests.workshop.papers import bold, empty_cells, fields, flaws, made, rows

LAST = "aftersales.visits[6]"
HEAD = ["问题描述", "程度", "处理措施", "责任人", "处理期限", "关闭日期"]
PROBLEM = {
    "desc": "看板卡顿", "severity": "critical", "action": "增加缓存", "owner": "p8",
    "due": "2026-08-20",
}  # fmt: skip


def problems(package: bytes) -> list[list[str]]:
    """The rows of the table of problems."""
    found = rows(package)
    return [row for row in found[found.index(HEAD) + 1 :] if len(row) == 6]


def last(changes: dict[str, Any]) -> bytes:
    """The record of the last visit with other facts."""
    return made("visit_record", {f"{LAST}.{name}": value for name, value in changes.items()}, 6)


# -- what it says ----------------------------------------------------------------------------------


def test_there_is_one_record_for_each_visit_with_its_own_number() -> None:
    papers = world.dossier().papers(ids=["visit_record"])
    assert len(papers) == 7
    assert world.product("visit_record/V-02").facts.doc_no == "LY-HF-2025-0037-02"


def test_the_visit_is_told_with_its_gap_and_the_next_day() -> None:
    found = fields(world.product("visit_record/V-02").data)
    assert (found["回访编号"], found["回访日期"]) == ("V-02", "2026-03-16")
    assert (found["回访人"], found["受访人"]) == ("宋知夏", "谷山（一车间主任）")
    assert found["回访方式"].startswith("☑ 现场")
    assert (found["距上次天数"], found["下次回访"]) == ("32天", "2026-04-16")
    assert found["使用情况"] == "报工及时率 96%"
    assert found["满意度"] == "□ 5分　☑ 4分　□ 3分　□ 2分　□ 1分"


def test_a_visit_that_came_too_late_says_so() -> None:
    package = last({"date": "2026-08-20"})
    assert fields(package)["距上次天数"] == "36天，超过规定间隔"
    assert "超过规定间隔" in bold(package)


def test_a_low_score_says_by_when_to_report_and_return() -> None:
    package = last({"score": "2"})
    found = fields(package)
    assert found["下次回访"] == "2026-08-21"
    assert found["满意度"].endswith("☑ 2分　□ 1分\n低分：一日内上报，2026-08-21前再次回访。")
    assert "低分" not in reference.text(world.product("visit_record/V-07").data)


# -- problems --------------------------------------------------------------------------------------


def test_a_problem_in_the_visit_itself_is_a_row() -> None:
    assert problems(world.product("visit_record/V-04").data) == [
        ["导出慢", "/", "补丁 2.3.1", "/", "/", "2026-05-20"]
    ]


def test_a_visit_without_problems_says_whether_anybody_asked() -> None:
    assert problems(world.product("visit_record/V-07").data) == [["客户未反映问题", *"/////"]]
    assert problems(last({"problem": None})) == [["/"] * 6]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        pytest.param({"due": "2026-08-30"}, "逾期未关闭", id="overdue"),
        pytest.param({"due": "2026-08-31"}, "未关闭", id="open on its day"),
        pytest.param({"due": "2026-08-20", "closed": "2026-08-25"}, "2026-08-25", id="closed"),
    ],
)
def test_what_became_of_each_problem_is_told(facts: dict[str, str], said: str) -> None:
    package = last({"problems": [{**PROBLEM, **facts}], "problem": "导出慢", **facts})
    assert [row[5] for row in problems(package)] == [said, said]
    assert problems(package)[1][:4] == ["看板卡顿", "严重", "增加缓存", "宋知夏"]
    assert ("逾期未关闭" in bold(package)) == (said == "逾期未关闭")


def test_a_listed_problem_without_severity_stops_the_record() -> None:
    with pytest.raises(DocumentError) as caught:
        last({"problems": [{"desc": "看板卡顿"}]})
    assert [finding.path for finding in caught.value.findings] == [f"{LAST}.problems[0].severity"]


# -- what comes of it ------------------------------------------------------------------------------


def test_a_new_need_names_the_leads_recorded_from_it() -> None:
    package = made(
        "visit_record",
        {f"{LAST}.new_need": "设备维修记录", "aftersales.growth[0].source": "V-07"},
        6,
    )
    found = fields(package)
    assert (found["新需求"], found["登记的线索"]) == ("设备维修记录", "G-01")
    assert fields(last({"new_need": "设备维修记录"}))["登记的线索"] == "无"
    assert "登记的线索" not in fields(last({}))


def test_the_customer_signs_on_site_only() -> None:
    assert "受访人（签字）：谷山" in reference.text(world.product("visit_record/V-02").data)
    assert "受访人（签字）" not in reference.text(world.product("visit_record/V-07").data)


# -- the file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {
                "usage": "登录 58 人，" * 40,
                "problems": [PROBLEM] * 60,
                "support": "建议夜班组长补训一次",
                "customer_remarks": "导出再快一点",
            },
            id="60 problems",
        ),
        pytest.param({}, id="nothing optional"),
    ],
)
def test_it_opens_in_word_and_has_no_empty_cell(changes: dict[str, Any], tmp_path: Path) -> None:
    package = last(changes)
    assert flaws(package, tmp_path) == []
    assert empty_cells(package) == 1
