"""The weekly sheet: every contact with its gap, what is open, and a light that can be trusted."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests import reference
from tests.workshop.papers import errors, made, product, rows

LATE: dict[str, Any] = {
    "delivery.followups": [
        {"date": "2025-07-25", "with": "c3", "progress": "启动会", "issue": "none"},
        {
            "date": "2025-08-08", "with": "c3", "by": "p4", "progress": "调研", "issue": "人员未到位",
            "action": "催促甲方安排", "owner": "p7", "due": "2025-08-12",
        },
        {"date": "2025-08-15", "with": "c2", "progress": "蓝图", "issue": "口径待定"},
    ],
    "delivery.milestones[6].actual": None,
    "meta.as_of": "2026-01-10",
    "aftersales": None,
}  # fmt: skip


@cache
def sheet(late: bool = False) -> bytes:
    return made("weekly_followup", LATE if late else {})


def contacts(package: bytes) -> list[list[str]]:
    return [row for row in rows(package) if len(row) == 7 and row[0].startswith("20")]


def shades(package: bytes) -> list[str]:
    """The shade of each light."""
    table = docx.Document(BytesIO(package)).tables[1]
    found = (row._tr.tc_lst[-1].tcPr.find(qn("w:shd")) for row in table.rows[1:])
    return ["" if shade is None else shade.get(qn("w:fill")) for shade in found]


def test_every_contact_has_day_gap_person_and_light() -> None:
    found = contacts(sheet())
    assert len(found) == 26
    assert found[0] == ["2025-07-25", "4日", "俞可凡", "启动会完成，人员到位", "无", "/", "绿灯"]
    assert found[4][3:] == ["基础数据整理", "物料编码重复 312 条", "未写明", "黄灯"]


def test_the_head_sums_up() -> None:
    found = rows(sheet())
    assert ["跟进次数", "26", "有问题次数", "7次"] in found
    assert ["最长间隔", "9日", "逾期联系", "无"] in found
    assert ["进度灯", "绿灯", "里程碑", "已达成7/7"] in found
    assert ["下一里程碑", "已全部达成", "下次跟进期限", "/"] in found


def test_a_late_contact_is_red_and_says_who_acts_by_when() -> None:
    found = contacts(sheet(late=True))
    assert found[1] == [
        "2025-08-08", "14日", "俞可凡\n（罗一舟）", "调研", "人员未到位",
        "催促甲方安排\n许知行\n2025-08-12", "红灯",
    ]  # fmt: skip
    assert [row[-1] for row in found] == ["绿灯", "红灯", "黄灯"]
    assert len(set(shades(sheet(late=True)))) == 3
    head = rows(sheet(late=True))
    assert ["最长间隔", "14日", "逾期联系", "1次"] in head
    assert ["下一里程碑", "终验（2026-01-16）", "下次跟进期限", "2025-08-22"] in head


def test_our_side_is_named_only_where_it_is_not_the_rep() -> None:
    [*others, last] = LATE["delivery.followups"]
    mine = {**LATE, "delivery.followups": [*others, {**last, "by": "p1"}]}
    assert [row[2] for row in contacts(made("weekly_followup", mine))] == [
        "俞可凡", "俞可凡\n（罗一舟）", "章立行",
    ]  # fmt: skip


def test_the_same_light_has_the_same_shade() -> None:
    lights = [row[-1] for row in contacts(sheet())]
    assert len(set(zip(lights, shades(sheet()), strict=True))) == len(set(lights)) == 2


def test_it_is_internal_and_signed_by_rep_and_manager() -> None:
    assert product("weekly_followup", {}).facts.watermark == "内部"
    assert ["填表（签字）：周启明", "项目经理（签字）：许知行"] in rows(sheet())
    assert "每周至少联系一次" in reference.text(sheet())


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="the sample"),
        pytest.param(LATE, id="late"),
        pytest.param(
            {
                "delivery.followups": [
                    {
                        "date": "2025-08-01",
                        "with": "c3",
                        "progress": "长" * 200,
                        "issue": "长" * 200,
                    }
                ]
                * 60
            },
            id="sixty long rows",
        ),
    ],
)
def test_it_opens_in_word(changes: dict[str, Any], tmp_path: Path) -> None:
    assert errors(made("weekly_followup", changes), tmp_path) == []
