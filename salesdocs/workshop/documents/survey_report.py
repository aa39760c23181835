"""满意度调研报告: how a survey came out, what is behind low scores, and who mends it by when.

All figures are computed values of the survey. Below five valid answers shares give way to counts,
because one person more would move a percentage by twenty points.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    COMMA,
    SEMICOLON,
    BarChart,
    Break,
    Column,
    Each,
    Field,
    FillingNotes,
    Form,
    FormRows,
    Given,
    Heading,
    KeyFigures,
    Label,
    Layout,
    Lines,
    Paragraph,
    Phrase,
    Series,
    SignOff,
    Table,
    TitleBlock,
    Together,
    When,
    Words,
    field,
    first_of,
    numbers,
)
from salesdocs.workshop.house import BRAND, GREY

_ALARM = "C55A11"  # burnt orange: apart from the brand blue in grey print too
_STOP = Phrase("。", ". ")
_SHEETS = Phrase("份", "")
_POINTS = Phrase("分", "")
_OPEN, _CLOSE = Phrase("（", " ("), Phrase("）", ")")


def _label(name: str) -> Label:
    return Label(f"aftersales.surveys[].{name}")


# Figures -----------------------------------------------------------------------------------------


_PERIOD = Phrase("{{ survey.period_label or survey.period }}", "{{ survey.period }}")
_BEFORE = Phrase(
    "{{ survey.before.period_label or survey.before.period }}", "{{ survey.before.period }}"
)


def _answers(condition: str) -> Words:
    """Return how many answers meet a condition; plain Jinja counts by the last round of a loop."""
    each = f"answer in survey.responses if {condition}"
    return Lines(each, Given("loop.last", "{{ loop.index }}"), between="", empty="0")


def _share(value: str, part: Words, whole: Words) -> Words:
    """Return a share in per cent, or `part/whole` where the answers are too few for that."""
    return Given("survey.counts_only", (part, "/", whole), f"{{{{ {value} | percent }}}}")


_RESPONSE_RATE = _share("survey.response_rate", "{{ survey.returned }}", "{{ survey.issued }}")
_VALID_RATE = _share("survey.valid_rate", "{{ survey.valid }}", "{{ survey.issued }}")
_CSAT = _share("survey.csat", "{{ survey.satisfied }}", "{{ survey.answered }}")
_NPS = Given("survey.counts_only", "/", "{{ survey.nps.score | number }}")
_LOW_DIMENSIONS = Lines(
    "low in survey.flagged",
    (
        "{{ low.dimension | label }}",
        _OPEN,
        "{{ low.mean | score }}",
        _CLOSE,
    ),
    between=COMMA,
)

# Sections ----------------------------------------------------------------------------------------

_FACTS = Form(
    (
        field("meta.title"),
        field("meta.case_no"),
        field("customer.name", whole=True),
        Field(_label("period"), _PERIOD),
        Field(Phrase("调研编号", "Survey"), "{{ survey.id }}"),
        Field(_label("sent"), "{{ survey.sent | iso }}"),
        Field(_label("closed"), "{{ survey.closed | iso }}"),
    )
)

_FIGURES = KeyFigures(
    (
        (_RESPONSE_RATE, Phrase("回收率", "Response rate")),
        (_VALID_RATE, Phrase("有效回收率", "Valid answers of issued")),
        ("{{ survey.overall_mean | score }}", Phrase("总体均值", "Overall mean, of 5")),
        (_CSAT, Phrase("满意度（CSAT）", "CSAT")),
        (_NPS, Phrase("净推荐值（NPS）", "NPS")),
    )
)

_COUNTS: Words = (
    Phrase("本期发放", "Of "),
    "{{ survey.issued }}",
    Phrase("份，回收", " questionnaires issued "),
    "{{ survey.returned }}",
    Phrase("份，有效", " came back, "),
    "{{ survey.valid }}",
    Phrase(
        "份；回收率、有效回收率均以发放份数为基数。",
        " of them valid; both rates are of those issued.",
    ),
)

_NO_ANSWERS: Words = (
    Phrase("本期发放", "Issued: "),
    "{{ survey.issued }}",
    Phrase("份，尚无有效答卷。", "; no valid answers yet."),
)

_SMALL_SAMPLE: Words = Given(
    "survey.counts_only",
    (
        Break(),
        Phrase(
            "小样本说明：有效答卷不足5份，只列份数，不计算百分比和净推荐值。",
            "Small sample: below five valid answers, so counts only, no percentages, no NPS.",
        ),
    ),
    Given(
        "survey.this_customer_only",
        (
            Break(),
            Phrase(
                "小样本说明：有效答卷不足30份，以下数据只描述该客户，不推及其他客户。",
                "Small sample: below 30 valid answers: the figures describe this customer only.",
            ),
        ),
    ),
)

_SAMPLE = Table(
    each="part in survey.sample",
    caption=Phrase("样本构成", "Sample"),
    columns=(
        numbers(12),
        Column(Phrase("角色", "Role"), "{{ part.role | label }}", 48),
        Column(
            Phrase("份数", "Answers"),
            "{{ part.n }}",
            40,
            "center",
        ),
    ),
)

_OVERALL = (
    Paragraph(
        (
            Phrase("总体满意度均值为", "The mean of overall satisfaction is "),
            "{{ survey.overall_mean | score }}",
            Phrase("分（5分制）；评4分及以上的", " of 5; 4 or more (CSAT): "),
            Given(
                "survey.counts_only",
                (
                    Phrase("有", ""),
                    "{{ survey.satisfied }}",
                    Phrase("份，共", " of "),
                    "{{ survey.answered }}",
                    _SHEETS,
                ),
                (Phrase("占", ""), "{{ survey.csat | percent }}"),
            ),
            _STOP,
            Given(
                "survey.before",
                (
                    Phrase("上期（", "Survey before ("),
                    _BEFORE,
                    Phrase("）均值为", "): mean "),
                    "{{ survey.before.overall_mean | score }}",
                    Phrase("分。", "."),
                ),
                Phrase("本期为首次调研，无上期可比。", "First survey: nothing to compare with."),
            ),
        )
    ),
    Table(
        columns=(
            Column(Phrase("总体评分", "Overall"), "", 15, "center"),
            Column(Phrase("5 非常满意", "5 very satisfied"), "", 16, "center"),
            Column(Phrase("4 满意", "4 satisfied"), "", 16, "center"),
            Column(Phrase("3 一般", "3 neutral"), "", 16, "center"),
            Column(Phrase("2 不满意", "2 dissatisfied"), "", 16, "center"),
            Column(Phrase("1 非常不满意", "1 very dissatisfied"), "", 21, "center"),
        ),
        rows=(
            (
                Phrase("份数", "Answers"),
                *(_answers(f"answer.overall == {points}") for points in (5, 4, 3, 2, 1)),
            ),
        ),
        caption=Phrase("总体评分分布", "Overall scores"),
        together=True,
    ),
)

_TOP2 = _share("part.top2", "{{ part.satisfied }}", "{{ part.n }}")


def _dimensions(*change: Column) -> Table:
    return Table(
        each="part in survey.dimension_results",
        caption=Phrase("分项得分", "Scores by dimension"),
        columns=(
            Column(Phrase("维度", "Dimension"), "{{ part.dimension | label }}", 26),
            Column(
                Phrase("均值", "Mean"),
                "{{ part.mean | score }}",
                14,
                "center",
            ),
            Column(
                Phrase("4分及以上", "4 or more"),
                Given("part.mean is none", "/", _TOP2),
                18,
                "center",
            ),
            Column(Phrase("作答份数", "Answers"), "{{ part.n }}", 16, "center"),
            *change,
            Column(
                Phrase("判断", "Verdict"),
                Given(
                    "part.flagged",
                    Phrase("低于4.0，须改进", "below 4.0, act"),
                    Given("part.mean is none", "/", Phrase("达标", "fine")),
                ),
                24,
                "center",
            ),
        ),
        notes=(
            (
                Phrase(
                    "“不了解/不适用”不计入作答份数；各维度综合的满意度指数为",
                    "“Do not know, n/a” is no answer; index over the dimensions ",
                ),
                "{{ survey.index | number }}",
                Phrase("（0至100）。", " (0 to 100)."),
            ),
            *(
                (Phrase("较上期只比较两期都问且措辞相同的维度。", "Only for questions unchanged."),)
                if change
                else ()
            ),
        ),
    )


_CHANGE = Column(
    Phrase("较上期", "Change"),
    Given(
        "part.change is none",
        "/",
        (Given("part.change > 0", "+"), "{{ part.change | score }}"),
    ),
    14,
    "center",
)

_DIMENSION_CHART = BarChart(
    "part in survey.dimension_results",
    "{{ part.dimension | label }}",
    (
        # A blank mean is 0, which the number format hides: an empty point is no valid number.
        Series(
            Phrase("均值不低于4.0", "4.0 or more"),
            "{{ 0 if part.flagged else part.mean or 0 }}",
            BRAND,
        ),
        Series(
            Phrase("均值低于4.0", "Below 4.0"), "{{ part.mean if part.flagged else 0 }}", _ALARM
        ),
    ),
    title=Phrase("分项均值（五分制）", "Means by dimension, of 5"),
    stacked=True,
    low=0,
    high=5,
    height=60,
    number_format="0.00;;",
)

_PROMOTERS: Words = (
    Phrase("推荐者（9至10分）", "Promoters (9–10): "),
    "{{ survey.nps.promoters }}",
    Phrase("份，中立者（7至8分）", ", passives (7–8): "),
    "{{ survey.nps.passives }}",
    Phrase("份，贬损者（0至6分）", ", detractors (0–6): "),
    "{{ survey.nps.detractors }}",
    Phrase("份，共", ", together "),
    "{{ survey.nps.n }}",
    _SHEETS,
    Given(
        "survey.counts_only",
        Phrase("；答卷过少，不计算净推荐值。", "; too few answers for a score."),
        (
            Phrase("；净推荐值为", "; NPS "),
            "{{ survey.nps.score | number }}",
            Phrase("（取值−100至100）。", " (−100 to 100)."),
        ),
    ),
    Given(
        "survey.before and not survey.before.counts_only",
        (
            Phrase("上期净推荐值为", " Survey before: "),
            "{{ survey.before.nps.score | number }}",
            _STOP,
        ),
    ),
)

_PROMOTER_CHART = BarChart(
    "row in ([survey] + ([survey.before] if survey.before else []))",
    Phrase("{{ row.period_label or row.period }}", "{{ row.period }}"),
    (
        Series(Phrase("推荐者", "Promoters"), "{{ row.nps.promoters }}", BRAND),
        Series(Phrase("中立者", "Passives"), "{{ row.nps.passives }}", GREY),
        Series(Phrase("贬损者", "Detractors"), "{{ row.nps.detractors }}", _ALARM),
    ),
    title=Phrase("推荐意愿构成（份）", "Likelihood to recommend, answers"),
    stacked=True,
    percent=True,
    height=36,
)

_THEMES = Table(
    each="theme in survey.comments",
    caption=_label("comments"),
    columns=(
        numbers(9),
        Column(_label("comments[].theme"), "{{ theme.theme }}", 26),
        Column(_label("comments[].count"), "{{ theme.count }}", 15, "center"),
        Column(_label("comments[].quote"), "{{ theme.quote }}", 50),
    ),
    together=True,
)


def _quotes(name: str) -> FormRows:
    """Return a row for each answer that says something there.

    Without the number of the answer: it would lead from the words to role and scores of one person.
    """
    quote = Field(_label(f"responses[].{name}"), f"{{{{ answer.{name} }}}}")
    return FormRows((quote,), each=f"answer in survey.responses if answer.{name}")


_QUOTES = Form(
    (
        _quotes("best"),
        _quotes("worst"),
        _quotes("wish"),
        _quotes("recommend_reason"),
        _quotes("comment"),
    ),
    columns=2,
    caption=Phrase("客户原话（已隐去姓名）", "In the customer's words, names removed"),
)

_SAID = " or ".join(
    f"said.{name}" for name in ("best", "worst", "wish", "recommend_reason", "comment")
)

_COMMENTS = (
    When("survey.comments", (_THEMES,)),
    Each(
        f"said in survey.responses if {_SAID}",
        (When("loop.first", (_QUOTES,)),),
        otherwise=(Paragraph(Phrase("本期答卷没有文字意见。", "No comments in this survey.")),),
    ),
)

_LOW_SCORES = Table(
    each="low in survey.low_scores",
    caption=Phrase(
        "低分名单（3分及以下；匿名答卷按角色跟进，不追查作答人）",
        "Scores of 3 or less (followed up by role: nobody looks for who wrote them)",
    ),
    columns=(
        Column(Phrase("答卷", "Answer"), "{{ low.response }}", 12, "center"),
        Column(Phrase("角色", "Role"), "{{ low.role | label }}", 18, "center"),
        Column(
            Phrase("评价项目", "Subject"),
            Given(
                "low.dimension",
                "{{ low.dimension | label }}",
                Phrase("总体满意度", "Overall"),
            ),
            22,
        ),
        Column(Phrase("评分", "Score"), "{{ low.score }}", 10, "center"),
        Column(
            Phrase("跟进", "Follow-up"),
            Given(
                "low.score <= 2",
                Phrase("一日内上报，七日内再访", "escalate in a day, visit in seven"),
                Lines(
                    "measure in survey.improvements if measure.dimension"
                    " and measure.dimension == low.dimension",
                    "{{ measure.action }}",
                    between=Phrase("；", "; "),
                    empty=Phrase("尚无措施", "no action yet"),
                ),
            ),
            38,
        ),
    ),
)

_CALL_BACK = Each(
    "asking in survey.responses if asking.callback",
    (
        When(
            "loop.first",
            (
                Paragraph(
                    (
                        Phrase("要求回访的答卷：", "Answers that ask for a call: "),
                        Lines(
                            "answer in survey.responses if answer.callback",
                            "{{ answer.id }}",
                            COMMA,
                        ),
                        Phrase(
                            "。三个工作日内回访，联系方式另行保管。",
                            ". Call within three working days; phone numbers are kept apart.",
                        ),
                    )
                ),
            ),
        ),
    ),
)

_LOW_AND_MENDED = Lines(
    "low in survey.flagged",
    (
        "{{ low.dimension | label }}",
        _OPEN,
        "{{ low.mean | score }}",
        Phrase("，", ", "),
        Lines(
            "measure in survey.improvements if measure.dimension == low.dimension",
            Given(
                "loop.last",
                Phrase("改进措施{{ loop.index }}项", "{{ loop.index }} actions"),
            ),
            between="",
            # Measures may be written down without the dimension that they are for.
            empty=Given(
                "survey.improvements",
                Phrase("措施见下表", "see the actions below"),
                Phrase("尚无改进措施", "no action yet"),
            ),
        ),
        _CLOSE,
    ),
    between=COMMA,
)

_CAUSES = (
    When(
        "survey.responses",
        (
            Paragraph(
                Given(
                    "survey.flagged",
                    (
                        Phrase("均值低于4.0分的维度：", "Dimensions with a mean below 4.0: "),
                        _LOW_AND_MENDED,
                        _STOP,
                    ),
                    Phrase("各维度均值均不低于4.0分。", "No dimension has a mean below 4.0."),
                )
            ),
        ),
    ),
    When(
        "survey.causes",
        (
            Paragraph(
                ("{{ survey.causes }}", Given("survey.causes[-1:] not in '。！？.'", _STOP)),
                align="left",
            ),
        ),
    ),
)

_STATUS = Given("measure.status", "{{ measure.status | label }}", Phrase("未开始", "not begun"))

_IMPROVEMENTS = Table(
    each="measure in survey.improvements",
    empty="{{ survey.improvements | listed }}",
    caption=_label("improvements"),
    columns=(
        Column(
            _label("improvements[].issue"),
            (
                Given(
                    "measure.dimension",
                    ("{{ measure.dimension | label }}", Phrase("：", ": ")),
                ),
                "{{ measure.issue }}",
            ),
            24,
        ),
        Column(_label("improvements[].cause"), "{{ measure.cause }}", 18),
        Column(_label("improvements[].action"), "{{ measure.action }}", 20.5),
        Column(_label("improvements[].owner"), "{{ measure.owner.name }}", 10, "center"),
        Column(_label("improvements[].due"), "{{ measure.due | iso }}", 17, "center"),
        Column(_label("improvements[].status"), _STATUS, 10.5, "center"),
    ),
)

_LAST_CHECK = (
    Heading(_label("last_check")),
    Table(
        each="check in survey.last_check",
        caption=_label("last_check"),
        columns=(
            Column(Phrase("问题", "Issue"), "{{ check.issue }}", 25),
            Column(Phrase("措施", "Action"), "{{ check.action }}", 27),
            Column(Phrase("验证结果", "Result"), "{{ check.result }}", 32),
            Column(
                Phrase("是否有效", "Effective"),
                Given(
                    "check.effective is none",
                    "/",
                    Given("check.effective", Phrase("有效", "Yes"), Phrase("无效", "No")),
                ),
                16,
                "center",
            ),
        ),
        empty=Phrase("上期措施尚未逐条验证", "Last actions not checked yet"),
    ),
)

_COMPUTED_CONCLUSION: Words = (
    Phrase("本期有效答卷", "From "),
    "{{ survey.valid }}",
    Phrase("份，总体满意度均值", " valid answers: overall mean "),
    "{{ survey.overall_mean | score }}",
    _POINTS,
    Given(
        "survey.counts_only",
        "",
        (
            Phrase("，满意度（CSAT）", ", CSAT "),
            "{{ survey.csat | percent }}",
            Phrase("，净推荐值", ", NPS "),
            "{{ survey.nps.score | number }}",
        ),
    ),
    _STOP,
    Given(
        "survey.flagged",
        (Phrase("须改进的维度为", "To be improved: "), _LOW_DIMENSIONS, SEMICOLON),
        Phrase("各维度均值均不低于4.0分；", "No dimension below 4.0; "),
    ),
    Given(
        "survey.improvements",
        (
            Phrase("已列改进措施", ""),
            "{{ survey.improvements | length }}",
            Phrase("项，下期逐条验证。", " actions listed, to be checked in the next survey."),
        ),
        Phrase("未列改进措施。", "no actions listed."),
    ),
)

_RESULTS = (
    Heading(Phrase("样本构成", "Sample")),
    _SAMPLE,
    Heading(Phrase("总体满意度", "Overall satisfaction")),
    *_OVERALL,
    Heading(Phrase("分项得分", "By dimension")),
    When("survey.before", (_dimensions(_CHANGE),), otherwise=(_dimensions(),)),
    When("survey.dimension_results", (_DIMENSION_CHART,)),
    Heading(Phrase("净推荐值", "Net promoter score")),
    Paragraph(_PROMOTERS),
    When("survey.nps.n", (_PROMOTER_CHART,)),
    Heading(Phrase("客户意见", "Comments")),
    *_COMMENTS,
    Heading(Phrase("低分与跟进", "Low scores")),
    _LOW_SCORES,
    _CALL_BACK,
)


LAYOUT = Layout(
    kind="report",
    blocks=(
        TitleBlock(),
        _FACTS,
        Heading(Phrase("调研概况", "Survey")),
        When(
            "survey.responses",
            (_FIGURES, Paragraph((_COUNTS, _SMALL_SAMPLE), style="Callout"), *_RESULTS),
            otherwise=(Paragraph(_NO_ANSWERS),),
        ),
        Heading(Phrase("原因与改进措施", "Causes and improvements")),
        *_CAUSES,
        _IMPROVEMENTS,
        When("survey.before or survey.last_check", _LAST_CHECK),
        Together(
            (
                Heading(_label("conclusion")),
                When(
                    "survey.conclusion",
                    (Paragraph("{{ survey.conclusion }}", align="left", keep_next=True),),
                    otherwise=(
                        Paragraph(
                            Given(
                                "survey.responses",
                                _COMPUTED_CONCLUSION,
                                Phrase("待答卷回收后填写。", "To follow when answers are in."),
                            ),
                            keep_next=True,
                        ),
                    ),
                ),
                SignOff(
                    (
                        (Phrase("编制", "Prepared"), first_of("csm")),
                        (Phrase("审核", "Reviewed"), first_of("sales_manager")),
                        (Phrase("批准", "Approved"), ""),
                    )
                ),
            )
        ),
        When("document.draft", (FillingNotes(),)),
    ),
)
