"""满意度调研结果通报: what the customer learns of a survey, and what we mend by when.

Sums only, so that nobody is recognised: no distribution of scores, no words of anyone, no causes.
Below five valid answers even a mean could be taken apart, so only the numbers of sheets are told.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    COMMA,
    BarChart,
    Closing,
    Column,
    Field,
    FillingNotes,
    Form,
    Given,
    Heading,
    KeyFigures,
    Label,
    Layout,
    Lines,
    Paragraph,
    Phrase,
    Series,
    Table,
    TitleBlock,
    Together,
    When,
    numbers,
)

_PERIOD = Phrase("{{ survey.period_label or survey.period }}", "{{ survey.period }}")
_COMPARED = "survey.before and not survey.before.counts_only"


def _label(name: str) -> Label:
    return Label(f"aftersales.surveys[].{name}")


_THANKS = Paragraph(
    (
        Phrase("感谢{{ customer.courtesy }}参加", "Thank you for taking part in our survey of "),
        _PERIOD,
        Phrase(
            "客户满意度调研。现将结果和我公司的改进安排通报如下。本通报只列汇总结果，"
            "不含任何个人答卷内容。",
            ". Here are its results and what we will improve. They are sums only: no single answer"
            " is told.",
        ),
    )
)

_FACTS = Form(
    (
        Field(Phrase("调研编号", "Survey"), "{{ survey.id }}"),
        Field(_label("period"), _PERIOD),
        Field(_label("sent"), "{{ survey.sent | iso }}"),
        Field(_label("closed"), "{{ survey.closed | iso }}"),
        Field(_label("issued"), "{{ survey.issued | number }}"),
        Field(_label("returned"), "{{ survey.returned | number }}"),
        Field(_label("valid"), "{{ survey.valid | number }}"),
        Field(
            _label("valid_rate"),
            Given("survey.counts_only", "/", "{{ survey.valid_rate | percent }}"),
        ),
    )
)

_SAMPLE = (
    Paragraph(
        (
            Given(
                "survey.sample and not survey.counts_only",
                (
                    Phrase("答卷来自", "Answers came from "),
                    Lines("part in survey.sample", "{{ part.role | label }}", COMMA),
                    Phrase("。", ". "),
                ),
            ),
            Given(
                "survey.counts_only",
                Phrase(
                    "小样本说明：有效答卷不足5份，为避免识别到个人，本通报不列评分结果，只列份数和改进安排。",
                    "Small sample: with fewer than five valid answers people could be recognised,"
                    " so we tell the number of sheets and what we improve, and no scores.",
                ),
                Given(
                    "survey.this_customer_only",
                    Phrase(
                        "小样本说明：有效答卷不足30份，"
                        "以下数据只反映{{ customer.courtesy }}的评价。",
                        "Small sample: below 30 valid answers;"
                        " the figures describe your company only.",
                    ),
                    Phrase(
                        "以下数据只反映{{ customer.courtesy }}的评价。",
                        "The figures describe your company only.",
                    ),
                ),
            ),
        ),
        style="Callout",
    ),
)

_FIGURES = KeyFigures(
    (
        ("{{ survey.overall_mean | score }}", Phrase("总体满意度（5分制）", "Overall, of 5")),
        ("{{ survey.csat | percent }}", Phrase("满意率", "Satisfied")),
        ("{{ survey.index | number }}", Phrase("满意度指数（百分制）", "Index, of 100")),
        ("{{ survey.nps.score | number }}", Phrase("净推荐值（NPS）", "NPS")),
    )
)

_OVERALL = Paragraph(
    (
        Phrase("总体满意度平均", "Overall satisfaction has a mean of "),
        "{{ survey.overall_mean | score }}",
        Phrase("分，", "; "),
        "{{ survey.csat | percent }}",
        Phrase("的答卷评为满意或非常满意（4分及以上）。", " score 4 or 5."),
        Given(
            _COMPARED,
            (
                Phrase("上期（", " The survey before ("),
                Phrase(
                    "{{ survey.before.period_label or survey.before.period }}",
                    "{{ survey.before.period }}",
                ),
                Phrase("）平均", "): "),
                "{{ survey.before.overall_mean | score }}",
                Phrase("分。", "."),
            ),
        ),
    )
)

_CHANGE = Column(
    _label("dimension_results[].change"),
    Given(
        "part.change is none",
        "/",
        (Given("part.change > 0", "+"), "{{ part.change | score }}"),
    ),
    18,
    "center",
)


def _dimensions(*change: Column) -> Table:
    return Table(
        each="part in survey.dimension_results",
        caption=Phrase("分项得分", "Scores by dimension"),
        columns=(
            numbers(10),
            Column(Phrase("评价项目", "Dimension"), "{{ part.dimension | label }}", 36),
            Column(
                Phrase("平均分（5分制）", "Mean, of 5"), "{{ part.mean | score }}", 18, "center"
            ),
            Column(
                Phrase("满意率", "Satisfied"),
                "{{ part.top2 | percent }}",
                18,
                "center",
            ),
            *change,
        ),
        notes=(
            Phrase(
                "满意率为评4分和5分的答卷占该项有效评分的比例；选“不适用”的不计入。",
                "Satisfied: those who score 4 or 5 of all who score; “not applicable” aside.",
            ),
        ),
    )


_CHART = BarChart(
    "part in survey.dimension_results",
    "{{ part.dimension | label }}",
    (Series(Phrase("平均分", "Mean"), "{{ part.mean }}"),),
    title=Phrase("分项平均分（5分制）", "Mean by dimension, of 5"),
    high=5,
    number_format="0.00",
    height=50,
)

_RECOMMEND = (
    Paragraph(
        (
            Phrase("净推荐值为", "The net promoter score is "),
            "{{ survey.nps.score | number }}",
            Phrase("。", "."),
            Given(
                _COMPARED,
                (
                    Phrase("上期为", " Before: "),
                    "{{ survey.before.nps.score | number }}",
                    Phrase("。", "."),
                ),
            ),
            Phrase(
                "净推荐值按“是否愿意推荐”一题计算：评9至10分的占比减去评0至6分的占比，评7至8分的"
                "只计入总数。取值在−100至100之间，不是百分比，也不是满意率；大于0表示愿意推荐的多于"
                "不愿意推荐的。",
                " It is computed from the question how likely one is to recommend us: the share of"
                " 9 and 10 less the share of 0 to 6; 7 and 8 count in the total only. It lies"
                " between −100 and 100 and is no percentage; above 0 more would recommend us than"
                " would not.",
            ),
        )
    ),
)

_LOW = Paragraph(
    Given(
        "survey.flagged",
        (
            Phrase("平均分低于4.0分的项目：", "Below a mean of 4.0: "),
            Lines(
                "low in survey.flagged",
                (
                    "{{ low.dimension | label }}",
                    Phrase("（{{ low.mean | score }}分）", " ({{ low.mean | score }})"),
                ),
                COMMA,
            ),
            Phrase(
                "。我公司据此和各方意见安排如下改进。", ". We act on these and on what was said:"
            ),
        ),
        Phrase(
            "各项平均分均不低于4.0分。我公司仍就集中反映的问题安排如下改进。",
            "No dimension is below 4.0. We act on what was said more than once:",
        ),
    ),
    keep_next=True,
)

_IMPROVEMENTS = Table(
    each="row in survey.improvements",
    caption=Phrase("改进安排", "Improvements"),
    empty=Phrase("本期无专项改进安排", "None in this survey"),
    columns=(
        numbers(9),
        Column(
            Phrase("关注的问题", "Issue"),
            (
                Given("row.dimension", ("{{ row.dimension | label }}", Phrase("：", ": "))),
                "{{ row.issue }}",
            ),
            33,
        ),
        Column(Phrase("改进措施", "What we do"), "{{ row.action }}", 29),
        Column(Phrase("完成期限", "By"), "{{ row.due | iso }}", 17, "center"),
        Column(
            Phrase("进展", "State"),
            Given(
                "row.status == 'closed'",
                Phrase("已完成", "Done"),
                Given(
                    "row.status == 'doing'",
                    Phrase("进行中", "Under way"),
                    Phrase("已安排", "Planned"),
                ),
            ),
            12,
            "center",
        ),
    ),
)

_LAST = (
    Heading(Phrase("上期改进落实情况", "Last improvements")),
    Table(
        each="check in survey.last_check",
        caption=Phrase("上期改进落实情况", "Last improvements"),
        columns=(
            Column(Phrase("问题", "Issue"), "{{ check.issue }}", 25),
            Column(Phrase("措施", "What we did"), "{{ check.action }}", 27),
            Column(Phrase("结果", "Result"), "{{ check.result }}", 32),
            Column(
                Phrase("评价", "Effect"),
                Given(
                    "check.effective is none",
                    "/",
                    Given(
                        "check.effective",
                        Phrase("达到预期", "As hoped"),
                        Phrase("继续改进", "Goes on"),
                    ),
                ),
                16,
                "center",
            ),
        ),
    ),
)

_CLOSING = Together(
    (
        Paragraph(
            (
                Phrase(
                    "以上措施的完成情况，我公司将在下一期调研时向{{ customer.courtesy }}回报。"
                    "如有意见，请随时联系",
                    "We report on these actions with the next survey. For anything else, call ",
                ),
                Lines(
                    "person in team if person.role == 'csm'",
                    Given(
                        "loop.first",
                        (
                            "{{ person.title }}",
                            "{{ person.name }}",
                            Given(
                                "person.phone or person.email",
                                (
                                    Phrase("（", " ("),
                                    Given(
                                        "person.phone", "{{ person.phone }}", "{{ person.email }}"
                                    ),
                                    Phrase("）", ")"),
                                ),
                            ),
                        ),
                    ),
                    between="",
                    empty="{{ meta.owner.name }}",
                ),
                Phrase("。再次感谢{{ customer.courtesy }}的支持。", ". Thank you again."),
            ),
            keep_next=True,
        ),
        Closing(seal=False),
    )
)

_RESULTS = (
    Heading(Phrase("总体评价", "Overall")),
    _FIGURES,
    _OVERALL,
    Heading(Phrase("分项评价", "By dimension")),
    When(_COMPARED, (_dimensions(_CHANGE),), otherwise=(_dimensions(),)),
    _CHART,
    Heading(Phrase("推荐意愿", "Likelihood to recommend")),
    *_RECOMMEND,
)

LAYOUT = Layout(
    kind="report",
    blocks=(
        TitleBlock(),
        Paragraph((Phrase("致：", "To: "), "{{ customer.name }}"), style="Addressee"),
        _THANKS,
        Heading(Phrase("调研概况", "Survey")),
        _FACTS,
        *_SAMPLE,
        When("survey.answered and not survey.counts_only", _RESULTS),
        Heading(Phrase("改进安排", "Improvements")),
        When("survey.answered and not survey.counts_only", (_LOW,)),
        _IMPROVEMENTS,
        When("survey.last_check", _LAST),
        _CLOSING,
        When("document.draft", (FillingNotes(),)),
    ),
)
