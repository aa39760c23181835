"""The satisfaction report: its figures, its charts, and what few answers do to both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator

from salesdocs.case import choices
from salesdocs.errors import DocumentError
from salesdocs.produce import produce
from salesdocs.word.render import render
from tests import reference, world

SURVEY = "aftersales.surveys[0]"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
TREE: Any = world.sample().tree["aftersales"]["surveys"][0]
LONG = "月末结账期间打开报表需要等待较长时间，希望优化查询速度；" * 6

FEW = {
    f"{SURVEY}.responses": [
        {**TREE["responses"][0], "scores": ["5", "4", "5", "5", None, "4"]},
        *TREE["responses"][1:4],
    ],
    f"{SURVEY}.issued": "6",
    f"{SURVEY}.returned": "5",
    f"{SURVEY}.valid": "4",
}
SIXTY = {
    f"{SURVEY}.responses": [
        {
            **TREE["responses"][number % 8],
            "id": f"Q{number + 1}",
            "comment": LONG if number % 3 == 0 else None,
            "best": "追溯查询快" if number % 7 == 0 else None,
            "callback": "true" if number % 20 == 0 else None,
            "contact_name": "石见真",
            "contact_phone": "13911112222",
        }
        for number in range(60)
    ],
    f"{SURVEY}.issued": "80",
    f"{SURVEY}.returned": "62",
    f"{SURVEY}.valid": "60",
    f"{SURVEY}.comments": [{"theme": "报表速度", "count": "20", "quote": "报表打开慢"}],
    f"{SURVEY}.causes": "报表未建汇总表",
}
SILENT = {
    f"{SURVEY}.responses": [
        {key: value for key, value in answer.items() if key != "comment"}
        for answer in TREE["responses"]
    ]
}
NO_ANSWERS = dict.fromkeys(
    f"{SURVEY}.{name}" for name in ("closed", "returned", "valid", "responses", "improvements")
)
SECOND = {
    "aftersales.surveys": [
        TREE,
        {
            **deepcopy(TREE),
            "id": "S-2026H2",
            "period": "2026H2",
            "sent": "2027-01-04",
            "closed": "2027-01-13",
            "responses": [
                {**answer, "scores": [*answer["scores"][:4], "5", "3"], "recommend": "9"}
                for answer in TREE["responses"]
            ],
            "improvements": [
                {"dimension": "value", "issue": "费用", "action": "列明服务清单", "owner": "p8"}
            ],
            "last_check": [
                {"issue": "培训", "action": "六段短视频", "result": "已上线", "effective": "true"}
            ],
            "conclusion": "培训明显改善，\n性价比需关注。",
        },
    ]
}
VARIANTS: dict[str, Mapping[str, Any]] = {
    "as in the sample": {},
    "four answers": FEW,
    "sixty answers, long comments": SIXTY,
    "no comments": SILENT,
    "no answers yet": NO_ANSWERS,
    "second survey": SECOND,
    "no dimensions": {f"{SURVEY}.dimensions": None},
}


@cache
def made(name: str = "as in the sample") -> bytes:
    """The finished report of a variant; of the last survey where there are two."""
    return _report(VARIANTS[name])


def _report(changes: Mapping[str, Any]) -> bytes:
    dossier = world.changed(changes, ruled=False)
    paper = dossier.papers(ids=["survey_report"])[-1]
    return produce(dossier, paper, world.template("survey_report"), draft=True).data


def opened(package: bytes) -> Document:
    return docx.Document(BytesIO(package))


def text(package: bytes) -> str:
    return reference.text(package)


def headings(package: bytes) -> list[str]:
    paragraphs = opened(package).paragraphs
    return [p.text for p in paragraphs if p.style is not None and p.style.name == "Heading 1"]


def rows(package: bytes, head: str) -> list[list[str]]:
    """The rows below the heading of the table whose first heading is `head`."""
    table = _table(package, head)
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


def _table(package: bytes, head: str) -> Table:
    return next(t for t in opened(package).tables if t.cell(0, 0).text == head)


def chart(package: bytes, number: int) -> tuple[list[str], dict[str, list[Decimal]]]:
    """The categories of a chart and its numbers by series, as Word has them cached."""
    root = etree.fromstring(reference.part(package, f"word/charts/chart{number}.xml"))
    categories = [node.text for node in root.find(f".//{C}cat").iter(f"{C}v")]
    series = {
        next(ser.find(f"{C}tx").iter(f"{C}v")).text: [
            Decimal(node.text) for node in ser.find(f"{C}val").iter(f"{C}v")
        ]
        for ser in root.iter(f"{C}ser")
    }
    return categories, series


# -- the figures of the sample ---------------------------------------------------------------------


def test_the_strip_shows_the_golden_figures() -> None:
    strip = opened(made()).tables[1].rows[0].cells
    assert [cell.text.split("\n") for cell in strip] == [
        ["88.9%", "回收率"],
        ["88.9%", "有效回收率"],
        ["4.13", "总体均值"],
        ["87.5%", "满意度（CSAT）"],
        ["38", "净推荐值（NPS）"],
    ]


def test_each_dimension_has_mean_top_two_answers_and_verdict() -> None:
    assert rows(made(), "维度") == [
        ["产品功能", "4.13", "87.5%", "8", "达标"],
        ["系统稳定性", "4.25", "100%", "8", "达标"],
        ["响应速度", "4.50", "100%", "8", "达标"],
        ["人员专业度", "4.63", "100%", "8", "达标"],
        ["培训与文档", "3.88", "87.5%", "8", "低于4.0，须改进"],
        ["性价比", "4.00", "87.5%", "8", "达标"],
    ]


def test_the_chart_of_dimensions_shows_the_same_means_the_low_one_apart() -> None:
    categories, series = chart(made(), 1)
    assert categories == [row[0] for row in rows(made(), "维度")]
    assert series == {
        "均值不低于4.0": [Decimal(x) for x in ("4.13", "4.25", "4.50", "4.63", "0", "4.00")],
        "均值低于4.0": [Decimal(x) for x in ("0", "0", "0", "0", "3.88", "0")],
    }


def test_promoters_passives_and_detractors_stand_in_the_sentence_and_in_the_chart() -> None:
    assert (
        "推荐者（9至10分）4份，中立者（7至8分）3份，贬损者（0至6分）1份，共8份；净推荐值为38"
        in text(made())
    )
    assert chart(made(), 2) == (["2026年上半年"], {"推荐者": [4], "中立者": [3], "贬损者": [1]})


def test_the_sample_is_counted_by_role_and_the_overall_scores_by_points() -> None:
    assert [row[1:] for row in rows(made(), "序号")] == [
        ["管理层", "1"], ["信息部", "2"], ["车间", "2"], ["质量", "1"], ["计划", "1"], ["财务", "1"],
    ]  # fmt: skip
    assert rows(made(), "总体评分") == [["份数", "2", "5", "1", "0", "0"]]


def test_low_scores_are_listed_with_what_follows() -> None:
    assert rows(made(), "答卷") == [
        ["Q3", "信息部", "性价比", "3", "尚无措施"],
        ["Q4", "车间", "总体满意度", "3", "尚无措施"],
        ["Q4", "车间", "产品功能", "3", "尚无措施"],
        ["Q4", "车间", "培训与文档", "3", "尚无措施"],
    ]


def test_improvements_have_owner_and_day() -> None:
    assert rows(made(), "问题") == [
        ["触屏手套操作", "/", "提供大按钮模式", "贺子墨", "2026-09-30", "未开始"],
        ["车间培训材料偏文字", "/", "制作 6 段短视频", "宋知夏", "2026-09-15", "未开始"],
    ]


def test_without_a_written_conclusion_the_figures_conclude() -> None:
    assert (
        "本期有效答卷8份，总体满意度均值4.13分，满意度（CSAT）87.5%，净推荐值38。"
        "须改进的维度为培训与文档（3.88）；已列改进措施2项，下期逐条验证。"
    ) in text(made())


def test_quotes_lead_to_nobody() -> None:
    quotes = _table(made(), "意见")
    assert [cell.text for cell in quotes.rows[0].cells] == ["意见", "手套操作触屏不方便"]


def test_a_low_dimension_says_whether_anything_is_done_about_it() -> None:
    assert "均值低于4.0分的维度：培训与文档（3.88，措施见下表）。" in text(made())
    mended = _report({f"{SURVEY}.improvements[1].dimension": "training"})
    assert "培训与文档（3.88，改进措施1项）" in text(mended)


def test_the_first_survey_says_that_there_is_none_to_compare_with() -> None:
    assert "本期为首次调研，无上期可比。" in text(made())
    assert "首次调研" not in text(made("second survey"))


# -- few answers and none --------------------------------------------------------------------------


def test_below_five_answers_there_are_counts_and_no_percentages() -> None:
    package = made("four answers")
    assert "有效答卷不足5份，只列份数，不计算百分比和净推荐值。" in text(package)
    assert "%" not in text(package)
    strip = opened(package).tables[1].rows[0].cells
    assert [cell.text.split("\n")[0] for cell in strip] == ["5/6", "4/6", "4.00", "3/4", "/"]
    assert "评4分及以上的有3份，共4份。" in text(package)


def test_a_question_not_answered_counts_for_nothing() -> None:
    assert rows(made("four answers"), "维度")[4][1:4] == ["3.67", "2/3", "3"]


@pytest.mark.parametrize(
    ("valid", "said"), [("4", "不足5份"), ("5", "不足30份"), ("29", "不足30份"), ("30", "")]
)
def test_small_samples_say_how_far_they_carry(valid: str, said: str) -> None:
    words = text(_report({f"{SURVEY}.valid": valid}))
    assert re.findall(r"有效答卷(不足\d+份)", words) == ([said] if said else [])


def test_a_dimension_nobody_answered_prints_a_stroke_and_a_bar_of_nothing() -> None:
    answers = [{**row, "scores": [*row["scores"][:5], None]} for row in TREE["responses"]]
    package = _report({f"{SURVEY}.responses": answers})
    assert rows(package, "维度")[5] == ["性价比", "/", "/", "0", "/"]
    assert [numbers[5] for numbers in chart(package, 1)[1].values()] == [0, 0]


def test_before_any_answer_there_are_no_figures() -> None:
    package = made("no answers yet")
    assert "本期发放9份，尚无有效答卷。" in text(package)
    assert headings(package) == ["调研概况", "原因与改进措施", "结论"]
    assert not etree.fromstring(reference.part(package, "word/document.xml")).findall(
        f".//{C}chart"
    )


def test_without_answers_it_is_a_draft_at_most() -> None:
    dossier = world.changed(NO_ANSWERS, ruled=False)
    (paper,) = dossier.papers(ids=["survey_report"])
    with pytest.raises(DocumentError) as caught:
        produce(dossier, paper, world.template("survey_report"))
    assert {finding.path.rpartition(".")[2] for finding in caught.value.findings} == {
        "closed", "returned", "valid", "responses", "improvements",
    }  # fmt: skip


def test_without_comments_it_says_so() -> None:
    assert "本期答卷没有文字意见。" in text(made("no comments"))


# -- more answers, and a survey before -------------------------------------------------------------


def test_names_and_phones_of_those_who_answered_stay_out_of_the_file() -> None:
    package = made("sixty answers, long comments")
    for name in docx.Document(BytesIO(package)).part.package.iter_parts():
        assert "石见真".encode() not in name.blob
        assert b"13911112222" not in name.blob


def test_answers_that_ask_for_a_call_are_named_by_number() -> None:
    said = text(made("sixty answers, long comments"))
    assert "要求回访的答卷：Q1、Q21、Q41。三个工作日内回访，联系方式另行保管。" in said
    assert "要求回访" not in text(made())


def test_themes_and_causes_are_printed_where_somebody_wrote_them() -> None:
    package = made("sixty answers, long comments")
    assert ["1", "报表速度", "20", "报表打开慢"] in [
        [cell.text for cell in row.cells] for table in opened(package).tables for row in table.rows
    ]
    assert "报表未建汇总表" in text(package)
    assert text(package).count(LONG) == 20


def test_the_second_survey_shows_the_change_and_checks_the_last_actions() -> None:
    package = made("second survey")
    assert [row[4] for row in rows(package, "维度")] == [
        "0.00", "0.00", "0.00", "0.00", "+1.12", "−1.00",
    ]  # fmt: skip
    assert headings(package)[-2:] == ["上期措施验证", "结论"]
    assert "上期（2026年上半年）均值为4.13分。" in text(package)
    assert "上期净推荐值为38。" in text(package)
    assert chart(package, 2) == (
        ["2026年下半年", "2026年上半年"],
        {"推荐者": [8, 4], "中立者": [0, 3], "贬损者": [0, 1]},
    )
    assert "上期措施验证" not in text(made())


def test_a_low_score_is_followed_up_by_the_action_for_its_dimension() -> None:
    low = {row[2]: row[4] for row in rows(made("second survey"), "答卷")}
    assert low["性价比"] == "列明服务清单"


def test_a_very_low_score_is_escalated() -> None:
    package = _report({f"{SURVEY}.responses[0].overall": "2"})
    assert rows(package, "答卷")[0] == ["Q1", "管理层", "总体满意度", "2", "一日内上报，七日内再访"]


def test_a_written_conclusion_takes_the_place_of_the_figures() -> None:
    assert "培训明显改善，\n性价比需关注。" in text(made("second survey"))
    assert "本期有效答卷" not in text(made("second survey"))


# -- the file --------------------------------------------------------------------------------------

_answer = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["管理层", "信息部", "车间"]),
        "scores": st.lists(st.none() | st.integers(1, 5).map(str), min_size=0, max_size=6),
        "overall": st.none() | st.integers(1, 5).map(str),
        "recommend": st.none() | st.integers(0, 10).map(str),
    }
)


@settings(max_examples=15)
@given(st.lists(_answer, min_size=1, max_size=40))
def test_charts_hold_numbers_and_tables_hold_every_answer(answers: list[dict[str, Any]]) -> None:
    known = [{**answer, "id": f"Q{number}"} for number, answer in enumerate(answers)]
    package = _report({f"{SURVEY}.responses": known, f"{SURVEY}.valid": str(len(known))})
    means = [Decimal(row[1]) if row[1] != "/" else Decimal(0) for row in rows(package, "维度")]
    _, series = chart(package, 1)
    assert [sum(pair) for pair in zip(*series.values(), strict=True)] == means
    recommended = sum(answer["recommend"] is not None for answer in answers)
    assert sum(sum(numbers) for numbers in chart(package, 2)[1].values()) == recommended
    overall = [answer["overall"] for answer in answers]
    assert rows(package, "总体评分")[0][1:] == [str(overall.count(n)) for n in "54321"]
    assert sum(int(row[2]) for row in rows(package, "序号")) == len(answers)


@pytest.mark.parametrize("name", ["four answers", "no answers yet", "second survey"])
def test_the_validator_finds_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    path.write_bytes(made(name))
    assert OpenXmlValidator().validate(str(path)).errors == []


@pytest.mark.parametrize("name", ["four answers", "no answers yet", "second survey"])
def test_it_is_what_docxtpl_makes_of_the_template(name: str) -> None:
    case = world.changed(VARIANTS[name], ruled=False).case_for("internal")
    facts = SimpleNamespace(
        title="满意度调研报告",
        doc_no="LY-MYBG-2025-0037",
        date=case.meta.as_of,
        classification=choices.Classification.INTERNAL,
        watermark="内部",
        version="V1.0",
        draft=False,
        company=case.supplier.name,
    )
    context = {
        "meta": case.meta,
        "team": case.team,
        "supplier": case.supplier,
        "customer": case.customer,
        "survey": case.aftersales.surveys[-1],
        "document": facts,
    }
    file = world.template_file("survey_report")
    theirs = reference.render_with_docxtpl(file.read_bytes(), context)
    ours = render(world.template("survey_report"), context)
    assert reference.body(ours) == reference.body(theirs)
