"""客户回访记录: how the product is used, what is wrong, who mends it, how content they are.

One paper for each visit; only on site does the customer sign.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    COMMA,
    Break,
    Column,
    Field,
    FillingNotes,
    Form,
    FormRows,
    Given,
    Heading,
    Label,
    Layout,
    Lines,
    Phrase,
    SignOff,
    Strong,
    Table,
    TitleBlock,
    Together,
    When,
    Words,
    field,
    numbers,
)

_VISIT = "aftersales.visits[]"


def _fact(name: str, filters: str = "", *, tall: float = 0, whole: bool = False) -> Field:
    """Return a field of the visit with the catalogue's label."""
    label = Label(f"{_VISIT}.{name.removesuffix('.name')}")
    return field(f"visit.{name}", filters, label, tall=tall, whole=whole)


_WITH: Words = Given(
    "visit.with",
    (
        "{{ visit.with.name }}",
        Given(
            "visit.with.title", Phrase("（{{ visit.with.title }}）", " ({{ visit.with.title }})")
        ),
    ),
    "{{ visit.with }}",
)

_FACTS = Form(
    (
        (field("meta.title"), field("meta.case_no")),
        field("customer.name", whole=True),
        _fact("id"),
        _fact("date", "iso"),
        _fact("by.name"),
        Field(Label(f"{_VISIT}.with"), _WITH),
        _fact("mode", "boxes('ContactMode')", whole=True),
        Field(
            Label(f"{_VISIT}.gap_days"),
            Given(
                "visit.gap_days is not none",
                (
                    Phrase("{{ visit.gap_days }}天", "{{ visit.gap_days }} days"),
                    Given(
                        "visit.late",
                        (Phrase("，", ", "), Strong(Phrase("超过规定间隔", "too long"))),
                    ),
                ),
                "/",
            ),
        ),
        _fact("next_date", "iso"),
        _fact("usage", whole=True),
    )
)


def _score_boxes() -> Words:
    """Return the scores 5 to 1 with a box each, the customer's ticked."""
    words: list[Words] = []
    for score in range(5, 0, -1):
        words.append(Given(f"visit.score == {score}", "☑", "□"))
        gap = "" if score == 1 else "\u3000"
        words.append(Phrase(f"\u00a0{score}分{gap}", f"\u00a0{score}{gap}"))
    return tuple(words)


_LEADS = Lines(
    "lead in aftersales.growth if lead.source and lead.source.id == visit.id",
    "{{ lead.id }}",
    COMMA,
)

_OPINION = Form(
    (
        Field(
            Label(f"{_VISIT}.score"),
            Given(
                "visit.score is not none",
                (
                    _score_boxes(),
                    Given(
                        "visit.low",
                        (
                            Break(),
                            Strong(
                                Phrase(
                                    "低分：一日内上报，{{ visit.next_date | iso }}前再次回访。",
                                    "Low: report within a day, visit again by"
                                    " {{ visit.next_date | iso }}.",
                                )
                            ),
                        ),
                    ),
                ),
                "{{ visit.score }}",
            ),
        ),
        _fact("customer_remarks"),
        _fact("support"),
        _fact("new_need"),
        FormRows(
            (Field(Phrase("登记的线索", "Leads recorded"), _LEADS),), condition="visit.new_need"
        ),
    ),
    columns=2,
)

_PROBLEMS = Table(
    each="problem in visit.all_problems",
    empty=Given(
        "visit.problem == 'none'", Phrase("客户未反映问题", "The customer reported none"), "/"
    ),
    columns=(
        numbers(7),
        Column(Label(f"{_VISIT}.problems[].desc"), "{{ problem.desc }}", 23),
        Column(Phrase("程度", "Severity"), "{{ problem.severity | label }}", 8.5, "center"),
        Column(Label(f"{_VISIT}.problems[].action"), "{{ problem.action }}", 19.5),
        Column(Label(f"{_VISIT}.problems[].owner"), "{{ problem.owner.name }}", 10, "center"),
        Column(Label(f"{_VISIT}.problems[].due"), "{{ problem.due | iso }}", 16, "center"),
        Column(
            Label(f"{_VISIT}.problems[].closed"),
            Given(
                "problem.closed",
                "{{ problem.closed | iso }}",
                Given(
                    "problem.overdue",
                    Strong(Phrase("逾期未关闭", "Overdue")),
                    Phrase("未关闭", "Open"),
                ),
            ),
            16,
            "center",
        ),
    ),
    small=True,
)

_BY = (Phrase("回访人", "Visited by"), Given("visit.by", "{{ visit.by.name }}"))
_CUSTOMER = (Phrase("受访人", "Customer"), Given("visit.with", "{{ visit.with.name }}"))

LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(),
        _FACTS,
        Heading(Phrase("问题与处理", "Problems")),
        _PROBLEMS,
        Together(
            (
                Heading(Phrase("满意度与建议", "Satisfaction and advice")),
                _OPINION,
                When(
                    "visit.mode == 'onsite'",
                    (SignOff((_BY, _CUSTOMER)),),
                    otherwise=(SignOff((_BY,)),),
                ),
            )
        ),
        FillingNotes(),
    ),
)
