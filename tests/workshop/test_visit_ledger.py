"""The visit ledger: a table for each year, what is late or low in bold, what is open counted."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT

from tests import reference, world
from tests.workshop.papers import bold, empty_cells, flaws, made, rows

VISITS: Any = world.sample().tree["aftersales"]["visits"]
HEAD = [
    "编号", "回访日期", "间隔", "方式", "回访人", "受访人", "使用情况", "满意度", "问题与措施",
    "关闭日期", "新需求",
]  # fmt: skip


def visits(count: int) -> list[dict[str, Any]]:
    """So many monthly visits from January 2026 on."""
    return [
        {**VISITS[n % 7], "id": f"V-{n + 1:02}", "date": f"{2026 + n // 12}-{n % 12 + 1:02}-20"}
        for n in range(count)
    ]


def test_every_visit_of_the_year_has_a_line() -> None:
    found = rows(world.product("visit_ledger").data)
    start = found.index(HEAD) + 1
    assert [row[0] for row in found[start : start + 7]] == [f"V-0{n}" for n in range(1, 8)]
    assert found[start] == [
        "V-01", "2026-02-12", "27", "电话", "宋知夏", "俞可凡", "日活 58 人", "4", "无", "/", "/",
    ]  # fmt: skip
    assert found[start + 1][8:10] == ["班组长不会改派工单；措施：现场带教", "2026-03-16"]


def test_the_year_is_summed_up() -> None:
    assert "本年度回访7次，平均满意度4.43分，最长间隔33日；问题2项，均已关闭。" in reference.text(
        world.product("visit_ledger").data
    )
    none = made("visit_ledger", {f"aftersales.visits[{n}].problem": "none" for n in (1, 3)})
    assert "问题0项，无未关闭项。" in reference.text(none)


def test_each_year_has_its_own_table() -> None:
    package = made("visit_ledger", {"aftersales.visits": visits(26)})
    text = reference.text(package)
    assert [f"{year}年度" in text for year in (2026, 2027, 2028, 2029)] == [True, True, True, False]
    assert rows(package).count(HEAD) == 3
    lines = [row for row in rows(package) if len(row) == len(HEAD) and row != HEAD]
    assert [row[0] for row in lines] == [f"V-{n:02}" for n in range(1, 27)]


def test_open_problems_are_counted_and_those_past_their_day_in_bold() -> None:
    problems = [
        {"desc": "看板卡顿", "severity": "major", "due": "2026-08-30"},
        {"desc": "导出慢", "severity": "minor", "due": "2026-09-30"},
    ]
    package = made("visit_ledger", {"aftersales.visits[6].problems": problems})
    assert "未关闭2项。" in reference.text(package)
    (row,) = (row for row in rows(package) if row[0] == "V-07")
    assert row[8:10] == ["看板卡顿\n导出慢", "逾期未关闭\n未关闭"]
    assert "逾期未关闭" in bold(package)


def test_a_late_visit_and_a_low_score_are_in_bold() -> None:
    assert bold(world.product("visit_ledger").data) == set()
    late = {"aftersales.visits[6].date": "2026-08-20", "aftersales.visits[6].score": "1"}
    assert bold(made("visit_ledger", late)) == {"36", "1"}


def test_all_of_it_is_landscape() -> None:
    document = docx.Document(BytesIO(world.product("visit_ledger").data))
    assert [section.orientation for section in document.sections] == [WD_ORIENT.LANDSCAPE]


def test_there_is_none_before_the_first_visit() -> None:
    assert world.changed({"aftersales.visits": []}).papers(ids=["visit_ledger"]) == []


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {"aftersales.visits": visits(60), "customer.name": "宁波" * 100}, id="five years"
        ),
        pytest.param(
            {"aftersales.visits": [{**VISITS[0], "problem": None, "usage": "登录 58 人，" * 40}]},
            id="one visit",
        ),
    ],
)
def test_it_opens_in_word_and_has_no_empty_cell(changes: dict[str, Any], tmp_path: Path) -> None:
    package = made("visit_ledger", changes)
    assert flaws(package, tmp_path) == []
    assert empty_cells(package) == 1
