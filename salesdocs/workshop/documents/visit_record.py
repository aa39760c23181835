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
    Rows,
    SignOff,
    Strong,
    Table,
    TitleBlock,
    Together,
    When,
    Words,
    box,
    field,
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
        words.append(box("visit.score", score))
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


def _closed(path: str, problem: str) -> Words:
    """Return when a problem was closed, or that it is open, in bold after its day."""
    late, still_open = Phrase("逾期未关闭", "Overdue"), Phrase("未关闭", "Open")
    return Given(
        f"{path}.closed",
        f"{{{{ {path}.closed | iso }}}}",
        Given(f"{problem}.overdue", Strong(late), still_open),
    )


def _problem(path: str, desc: str, problem: str) -> tuple[Words, ...]:
    """Return the cells of a problem stated at `path`; `problem` is where it is looked at."""
    return (
        desc,
        f"{{{{ {path}.severity | label }}}}",
        f"{{{{ {path}.action }}}}",
        Given(f"{path}.owner", f"{{{{ {path}.owner.name }}}}", "/"),
        f"{{{{ {path}.due | iso }}}}",
        _closed(path, problem),
    )


# A single problem is written in the visit itself, further ones in its list.
_PROBLEMS = Table(
    columns=(
        Column(Label(f"{_VISIT}.problems[].desc"), width=26),
        Column(Phrase("程度", "Severity"), width=8.5, align="center"),
        Column(Label(f"{_VISIT}.problems[].action"), width=23.5),
        Column(Label(f"{_VISIT}.problems[].owner"), width=10, align="center"),
        Column(Label(f"{_VISIT}.problems[].due"), width=16, align="center"),
        Column(Label(f"{_VISIT}.problems[].closed"), width=16, align="center"),
    ),
    rows=(
        Rows(
            _problem("visit", "{{ visit.problem | label }}", "visit.all_problems[0]"),
            condition="visit.problem and visit.problem != 'none'",
        ),
        Rows(
            _problem("problem", "{{ problem.desc }}", "problem"),
            each="problem in visit.problems",
        ),
        Rows(
            (
                Given(
                    "visit.problem == 'none'",
                    Phrase("客户未反映问题", "None reported"),
                    "/",
                ),
                *("/",) * 5,
            ),
            condition="not visit.all_problems",
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
