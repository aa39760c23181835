"""客户回访台账: the visits of each year in one table, with what is open still."""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    Column,
    Each,
    FillingNotes,
    Given,
    Heading,
    Label,
    Landscape,
    Layout,
    Lines,
    Phrase,
    SignOff,
    Strong,
    Tab,
    Table,
    TitleBlock,
    Words,
    first_of,
)

_VISIT = "aftersales.visits[]"

_FACTS: Words = (
    Phrase("编号：", "No.: "),
    "{{ document.doc_no }}",
    Phrase("　　项目编号：", "   Case No.: "),
    "{{ meta.case_no }}",
    Phrase("　　客户：", "   Customer: "),
    "{{ customer.name }}",
    Tab(),
    Phrase("日期：", "Date: "),
    "{{ document.date | day }}",
)

_PROBLEMS = Lines(
    "problem in visit.all_problems",
    (
        "{{ problem.desc }}",
        Given("problem.action", (Phrase("；措施：", "; action: "), "{{ problem.action }}")),
    ),
    empty=Given("visit.problem == 'none'", Phrase("无", "None"), "/"),
)

_CLOSED = Lines(
    "problem in visit.all_problems",
    Given(
        "problem.closed",
        "{{ problem.closed | iso }}",
        Given("problem.overdue", Strong(Phrase("逾期未关闭", "Overdue")), Phrase("未关闭", "Open")),
    ),
    empty="/",
)

_SCORE: Words = Given("visit.low", Strong("{{ visit.score }}"), "{{ visit.score }}")
_GAP: Words = Given("visit.late", Strong("{{ visit.gap_days }}"), "{{ visit.gap_days }}")

_SUM: Words = (
    Phrase(
        "间隔为距上次回访的日数；本年度回访{{ year.visits | length }}次，"
        "平均满意度{{ year.mean_score | score }}分，"
        "最长间隔{{ year.longest_gap | number }}日；问题{{ year.problems }}项，",
        "gap: days since the visit before; {{ year.visits | length }} visits, mean score"
        " {{ year.mean_score | score }}, longest gap {{ year.longest_gap | number }} days;"
        " {{ year.problems }} problems, ",
    ),
    Given(
        "year.open",
        Strong(Phrase("未关闭{{ year.open }}项。", "{{ year.open }} still open.")),
        Given(
            "year.problems",
            Phrase("均已关闭。", "all closed."),
            Phrase("无未关闭项。", "none open."),
        ),
    ),
)

_YEAR = Table(
    each="visit in aftersales.visits if visit.year == year.year",
    columns=(
        Column(Phrase("编号", "No."), "{{ visit.id }}", 5, "center"),
        Column(Label(f"{_VISIT}.date"), "{{ visit.date | iso }}", 9.2, "center"),
        Column(Phrase("间隔", "Gap"), _GAP, 5, "center"),
        Column(Phrase("方式", "Mode"), "{{ visit.mode | label }}", 5.5, "center"),
        Column(Label(f"{_VISIT}.by"), "{{ visit.by.name }}", 6.7, "center"),
        Column(Label(f"{_VISIT}.with"), "{{ visit.with.name }}", 6.7, "center"),
        Column(Label(f"{_VISIT}.usage"), "{{ visit.usage }}", 16.1),
        Column(Label(f"{_VISIT}.score"), _SCORE, 6, "center"),
        Column(Phrase("问题与措施", "Problems and actions"), _PROBLEMS, 17.5),
        Column(Phrase("关闭日期", "Closed"), _CLOSED, 9.2, "center"),
        Column(Label(f"{_VISIT}.new_need"), "{{ visit.new_need }}", 13.1),
    ),
    small=True,
    notes=(_SUM,),
    signed=True,
)

LAYOUT = Layout(
    kind="form",
    blocks=(
        Landscape(
            (
                TitleBlock(company=False, facts=_FACTS),
                Each(
                    "year in aftersales.visit_years",
                    (
                        Heading(
                            Given(
                                "year.year",
                                Phrase("{{ year.year }}年度", "{{ year.year }}"),
                                Phrase("日期未填", "Without a day"),
                            )
                        ),
                        _YEAR,
                    ),
                ),
                SignOff(((Phrase("客户成功经理", "Customer success"), first_of("csm")),)),
                FillingNotes(),
            ),
        ),
    ),
)
