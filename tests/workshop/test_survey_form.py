"""The questionnaire customers fill in: its questions, its boxes, and what it promises them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.table import Table
from openxml_audit import OpenXmlValidator

from salesdocs.case import choices
from salesdocs.case.model.aftersales import SurveyResponse
from salesdocs.produce import produce
from salesdocs.word.render import render
from salesdocs.workshop.documents import survey_form
from tests import reference, world

SURVEY = "aftersales.surveys[0]"
NOT_ANSWERED = dict.fromkeys(
    f"{SURVEY}.{name}" for name in ("returned", "valid", "responses", "improvements")
)
TWO_DIMENSIONS = {f"{SURVEY}.dimensions": ["value", "stability"]}
VARIANTS: dict[str, Mapping[str, Any]] = {
    "as in the sample": {},
    "just sent": NOT_ANSWERED,
    "no closing day yet": {**NOT_ANSWERED, f"{SURVEY}.closed": None},
    "two dimensions": TWO_DIMENSIONS,
    "nobody for customer success": {"team.p8.role": "pm"},
    "with a phone": {"team.p8.phone": "0512-00000008", "supplier.short_name": "澜砚智造"},
}


@cache
def made(name: str = "as in the sample") -> bytes:
    """The finished questionnaire of a variant, as far as its case has come."""
    dossier = world.changed(VARIANTS[name], ruled=False)
    (paper,) = dossier.papers(ids=["survey_form"])
    return produce(dossier, paper, world.template("survey_form"), draft=True).data


def opened(package: bytes) -> Document:
    return docx.Document(BytesIO(package))


def text(package: bytes) -> str:
    return reference.text(package)


def score_rows(package: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in _table(package, "评价内容").rows[1:]]


def _table(package: bytes, head: str) -> Table:
    return next(t for t in opened(package).tables if t.cell(0, 0).text == head)


def questions(package: bytes) -> list[tuple[int, str]]:
    found = re.findall(r"^(\d+)．(.+)$", text(package), re.M)
    return [(int(number), words) for number, words in found]


# -- questions -------------------------------------------------------------------------------------


def test_the_questions_are_numbered_through_and_take_about_eight_minutes() -> None:
    numbers = [number for number, _ in questions(made())]
    assert numbers == list(range(1, 17))
    assert 12 <= len(numbers) <= 18


def test_fewer_dimensions_leave_no_gap_in_the_numbers() -> None:
    asked = questions(made("two dimensions"))
    assert [number for number, _ in asked] == list(range(1, 13))
    assert [words for number, words in asked if number in {3, 4}] == ["性价比", "系统稳定性"]


def test_every_dimension_has_its_question_and_a_line_of_six_boxes() -> None:
    assert set(survey_form.QUESTIONS) == {option.value for option in choices.SurveyDimension}
    rows = score_rows(made())
    assert [row[0].partition("\n")[2] for row in rows] == [
        question.zh for question in survey_form.QUESTIONS.values()
    ]
    assert all(row[1:] == ["□"] * 6 for row in rows)


@pytest.mark.parametrize("question", survey_form.QUESTIONS.values(), ids=survey_form.QUESTIONS)
def test_a_question_asks_one_thing_and_praises_nothing(question: Any) -> None:
    assert not re.search(r"以及|[和与及]|并且|优|良好|高效|及时|先进|是否满意", question.zh[1:])


def test_roles_frequencies_and_the_scale_are_those_of_an_answer() -> None:
    said = text(made())
    for kind in (choices.RespondentRole, choices.UsageFrequency):
        assert all(f"□\u00a0{option.zh}" in said for option in kind)
    scale = _table(made(), "5 非常满意")
    assert [cell.text for cell in scale.rows[0].cells] == [
        f"{option.value} {option.zh}" for option in choices.Satisfaction
    ]


def test_recommendation_goes_from_nought_to_ten() -> None:
    table = _table(made(), "0")
    assert [cell.text for cell in table.rows[0].cells] == [str(points) for points in range(11)]
    assert [cell.text for cell in table.rows[1].cells] == ["□"] * 11


def test_nothing_is_ticked_and_name_and_phone_stay_empty() -> None:
    package = made()
    assert "☑" not in text(package)
    cells = [cell.text for cell in _table(package, "姓名（选填）").rows[0].cells]
    assert cells == ["姓名（选填）", "", "电话（选填）", ""]


# -- what it promises ------------------------------------------------------------------------------


def test_the_notice_says_purpose_readers_anonymity_and_how_long_answers_are_kept() -> None:
    notice = {row.cells[0].text: row.cells[1].text for row in _table(made(), "调研对象").rows}
    assert list(notice) == ["调研对象", "调研用途", "查阅范围", "匿名方式", "保存期限"]
    assert notice["调研对象"] == "铄恒精密 MES 一期项目（下称“本系统”）"
    assert notice["保存期限"] == "自发放之日（2026-07-01）起保存至 2028-07-01，期满销毁。"
    assert "约8分钟" in text(made())


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "as in the sample",
            "填好后请于2026年7月10日（含当日）前封口交回我公司客户成功经理宋知夏，或发送至song@lanyan.example.com。",
        ),
        (
            "no closing day yet",
            "填好后请于收到之日起10日内封口交回我公司客户成功经理宋知夏，或发送至song@lanyan.example.com。",
        ),
        (
            "with a phone",
            "填好后请于2026年7月10日（含当日）前封口交回我公司客户成功经理宋知夏，电话0512-00000008，"
            "或发送至song@lanyan.example.com。",
        ),
        (
            "nobody for customer success",
            "填好后请于2026年7月10日（含当日）前封口交回我公司客户成功经理。",
        ),
    ],
)
def test_it_says_by_when_and_to_whom_to_return_it(name: str, sentence: str) -> None:
    assert sentence in text(made(name)).split("\n")


def test_it_can_be_issued_before_anybody_answered() -> None:
    dossier = world.changed(NOT_ANSWERED, ruled=False)
    (paper,) = dossier.papers(ids=["survey_form"])
    assert produce(dossier, paper, world.template("survey_form")).facts.watermark is None


def test_the_number_of_the_survey_stands_at_the_top() -> None:
    assert "问卷编号：LY-MYWJ-2025-0037-2026H1\t调研周期：2026年上半年" in text(made())


def test_the_short_name_of_our_company_is_used_where_there_is_one() -> None:
    assert "仅用于澜砚智造内部服务改进" in text(made("with a phone"))
    assert "仅用于苏州澜砚智造软件有限公司内部服务改进" in text(made())


# -- the file --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["as in the sample", "no closing day yet"])
def test_the_validator_finds_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    path.write_bytes(made(name))
    assert OpenXmlValidator().validate(str(path)).errors == []


@pytest.mark.parametrize("name", ["as in the sample", "two dimensions", "with a phone"])
def test_it_is_what_docxtpl_makes_of_the_template(name: str) -> None:
    case = world.changed(VARIANTS[name], ruled=False).case_for("customer")
    facts = SimpleNamespace(
        title="满意度调查问卷",
        doc_no="LY-MYWJ-2025-0037-2026H1",
        date=case.meta.as_of,
        classification=choices.Classification.PUBLIC,
        watermark=None,
        version="V1.0",
        company=case.supplier.name,
    )
    context = {
        "meta": case.meta,
        "team": case.team,
        "supplier": case.supplier,
        "customer": case.customer,
        "survey": case.aftersales.surveys[0],
        "response": SurveyResponse(scores=(None,) * 6),
        "document": facts,
    }
    theirs = reference.render_with_docxtpl(world.template_file("survey_form").read_bytes(), context)
    assert reference.body(render(world.template("survey_form"), context)) == reference.body(theirs)
