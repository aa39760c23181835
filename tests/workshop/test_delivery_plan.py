"""The delivery plan: what the customer signs, and a picture that is right for any length of plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import _Cell
from openxml_audit import OpenXmlValidator

from salesdocs.calc.timeline import COLUMNS
from salesdocs.produce import produce
from salesdocs.workshop.gantt import ACTUAL, LATE, PLANNED
from tests import reference, world

# The day after kick-off: a plan of which nothing has happened yet.
FRESH: dict[str, Any] = {
    "meta.stage": "6",
    "meta.as_of": "2025-07-22",
    **{f"delivery.milestones[{number}].actual": None for number in range(7)},
    "delivery.changes": None,
    **dict.fromkeys(("acceptance", "receivables", "aftersales"), None),
}


def made(changes: Mapping[str, Any]) -> bytes:
    """The finished plan of the sample case with other values."""
    dossier = world.changed(changes, ruled=False)
    (paper,) = dossier.papers(ids=["delivery_plan"])
    return produce(dossier, paper, world.template("delivery_plan"), draft=True).data


@cache
def sample() -> bytes:
    return world.product("delivery_plan").data


def rows(package: bytes) -> list[list[str]]:
    """The texts of all table rows in order, spanned cells once."""
    return [
        [_Cell(cell, table).text.replace("\u00a0", " ") for cell in row._tr.tc_lst]
        for table in docx.Document(BytesIO(package)).tables
        for row in table.rows
    ]


def chart(package: bytes) -> list[list[tuple[str, str, int]]]:
    """Text, shade and span of each cell of the picture, row by row."""
    (table,) = (
        table._tbl
        for table in docx.Document(BytesIO(package)).tables
        if len(table._tbl.tblGrid.gridCol_lst) == COLUMNS + 1
    )
    return [
        [
            (
                "".join(part.text or "" for part in cell.iter(qn("w:t"))),
                _shade(cell),
                cell.grid_span,
            )
            for cell in row.tc_lst
        ]
        for row in table.tr_lst
    ]


def _shade(cell: Any) -> str:
    shade = cell.tcPr.find(qn("w:shd"))
    return "" if shade is None else shade.get(qn("w:fill"))


def bars(package: bytes) -> list[tuple[str, int, int]]:
    """Shade, first column and span of each bar, legend aside."""
    found = []
    for row in chart(package)[1:]:
        column = -1
        for _, shade, span in row:
            if shade in (PLANNED, ACTUAL, LATE):
                found.append((shade, column, span))
            column += span
    return found


# -- what it says ----------------------------------------------------------------------------------


def test_the_plan_names_project_contract_and_both_managers() -> None:
    found = rows(sample())
    assert ["合同编号", "LY-XS-2025-0037", "生效日期", "2025-07-08"] in found
    managers = ["甲方项目经理", "俞可凡（信息部经理）", "乙方项目经理", "许知行，0512-00000007"]
    assert managers in found
    assert ["合同初验期限", "2025-12-15", "计划工期", "179日（自启动日期起）"] in found


def test_each_milestone_has_day_owner_and_output() -> None:
    found = rows(sample())
    assert ["M-01", "蓝图确认", "2025-08-15", "2025-08-15", "许知行", "蓝图设计说明书"] in found
    late = [
        "M-02",
        "网关到货与安装",
        "2025-09-12",
        "2025-09-16\n晚4日",
        "罗一舟",
        "到货与安装签收单",
    ]
    assert late in found


def test_a_milestone_that_is_open_is_not_due_yet_or_missed() -> None:
    found = rows(made({**FRESH, "meta.as_of": "2025-08-16"}))
    states = {row[0]: row[3] for row in found if len(row) == 6 and row[0].startswith("M-")}
    assert [states[f"M-0{number}"] for number in (1, 2)] == ["未达成", "未到期"]


def test_every_deliverable_stands_beside_its_milestones() -> None:
    found = rows(made({"delivery.milestones[3].deliverables": None}))
    assert ["D-01", "MES 平台软件及许可文件", "M-03 M-06 M-07"] in found
    bare = {f"delivery.milestones[{number}].deliverables": None for number in (1, 5, 6)}
    assert ["D-04", "采集网关 24 台及安装", "未安排"] in rows(made(bare))


def test_payments_are_the_clauses_of_the_contract_and_never_what_came_in() -> None:
    found = rows(made({"delivery.milestones[6].payment": "P-03"}))
    assert ["预付款", "30%", "338,400.00", "合同生效后15日内"] in found
    assert ["终验款", "35%", "394,800.00", "终验合格后30日内（对应里程碑M-07）"] in found
    text = reference.text(sample())
    for stranger in ("2026-02-26", "到账", "逾期", "毛利"):
        assert stranger not in text


def test_a_change_not_approved_is_no_part_of_price_or_time() -> None:
    found = rows(sample())
    assert [
        "CR-02",
        "2025-11-21",
        "增加设备维保模块",
        "260,000.00",
        "45",
        "转入二期\n2025-11-25",
    ] in found
    assert "未批准的变更所列影响为测算数，不计入合同价款和工期" in reference.text(sample())


def test_tasks_and_responsibilities_are_there_when_the_case_has_them() -> None:
    assert "任务分解" not in reference.text(sample())
    changes = {
        "delivery.tasks": [
            {
                "id": "T-01",
                "name": "流程调研",
                "start": "2025-07-22",
                "end": "2025-08-01",
                "owner": "p7",
            }
        ],
        "delivery.raci": [
            {
                "work": "蓝图确认",
                "responsible": ["p7", "p4"],
                "accountable": ["c3"],
                "informed": ["c2"],
            }
        ],
    }
    found = rows(made(changes))
    assert ["T-01", "流程调研", "2025-07-22", "2025-08-01", "许知行", "/"] in found
    assert ["蓝图确认", "许知行、罗一舟", "俞可凡", "/", "章立行"] in found


def test_both_managers_sign_and_room_is_left() -> None:
    found = rows(sample())
    names = found.index(["项目经理：俞可凡", "项目经理：许知行"])
    assert found[names - 1] == ["甲方：宁波铄恒精密机械有限公司", "乙方：苏州澜砚智造软件有限公司"]
    assert found[names + 1] == ["签字：", "签字："]


def test_costs_and_weekly_notes_stay_in_the_house() -> None:
    resources = [{"person": "p4", "days": "38", "cost": "45600"}]
    text = reference.text(made({"delivery.internal": {"resources": resources}}))
    assert "45,600" not in text
    assert "物料编码重复" not in text


def test_empty_lists_say_none() -> None:
    empty = dict.fromkeys(("customer_duties", "communication", "risks", "changes"), None)
    changes = {f"delivery.{name}": value for name, value in empty.items()}
    text = reference.text(made({**changes, "aftersales": None}))
    assert text.count("无。") == 4


# -- the picture -----------------------------------------------------------------------------------


def test_planned_and_actual_stand_below_each_other_and_lateness_has_its_colour() -> None:
    found = bars(sample())
    assert [shade for shade, _, _ in found] == [
        PLANNED, ACTUAL, PLANNED, LATE, PLANNED, ACTUAL, PLANNED, LATE,
        PLANNED, ACTUAL, PLANNED, ACTUAL, PLANNED, ACTUAL,
    ]  # fmt: skip
    planned, actual = found[:2]
    assert planned[1:] == actual[1:]
    late, missed = found[6:8]
    assert late[1] + late[2] < missed[1] + missed[2]


def test_the_scale_shows_years_and_months() -> None:
    _, years, months, *_ = chart(sample())
    assert [text for text, _, _ in years] == ["里程碑", "2025年", "2026年"]
    assert [text for text, _, _ in months][1:] == [f"{n}月" for n in (7, 8, 9, 10, 11, 12, 1)]


def test_a_fresh_plan_shows_the_plan_alone() -> None:
    found = chart(made(FRESH))
    assert {shade for shade, _, _ in bars(made(FRESH))} == {PLANNED}
    assert "实际" not in "".join(text for row in found for text, _, _ in row)


def test_tasks_stand_below_the_milestones() -> None:
    task = {"id": "T-01", "name": "调研", "start": "2025-07-22", "end": "2025-08-01", "owner": "p7"}
    found = chart(made({"delivery.tasks": [task]}))
    place = [row[0][0] for row in found].index("任务")
    assert found[place + 1][0][0] == "T-01 调研"
    assert PLANNED in [shade for _, shade, _ in found[place + 2]]


@pytest.mark.parametrize("milestones", [1, 7, 40])
@pytest.mark.parametrize("months", [1, 6, 14, 36])
def test_it_fits_plans_of_any_length(milestones: int, months: int) -> None:
    first = date(2025, 7, 21)
    step = months * 30 / milestones
    planned = [
        {
            "id": f"M-{number:02d}",
            "name": "长" * (200 if number == 2 else 4),
            "planned": str(first + timedelta(days=round(step * number))),
            "actual": str(first + timedelta(days=round(step * number) + number % 3)),
        }
        for number in range(1, milestones + 1)
    ]
    package = made({"delivery.milestones": planned, "meta.as_of": "2029-01-01"})
    assert {sum(span for _, _, span in row) for row in chart(package)} == {COLUMNS + 1}
    assert len(bars(package)) == 2 * milestones


def test_without_days_there_is_no_picture() -> None:
    package = made({"delivery.milestones": [{"id": "M-01", "name": "终验"}]})
    assert "横道图" not in reference.text(package)


# -- the file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="the sample"),
        pytest.param(FRESH, id="fresh"),
        pytest.param({"customer.name": "宁波" * 100}, id="a name of 200 characters"),
        pytest.param(
            {
                "delivery": {"plan_no": "LY-JF-2025-0037"},
                "contract.payments": None,
                "contract.deliverables": None,
                **dict.fromkeys(("acceptance", "receivables", "aftersales"), None),
            },
            id="nothing planned",
        ),
    ],
)
def test_it_opens_in_word(changes: Mapping[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "delivery_plan.docx"
    path.write_bytes(made(changes))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
