"""线索筛选评估表: the four ratings with their scale, what they come to, and what is decided."""

from __future__ import annotations

from salesdocs.case.choices import Veto
from salesdocs.workshop.blocks import (
    Column,
    Field,
    FillingNotes,
    Form,
    FormRows,
    Given,
    Heading,
    Label,
    Layout,
    Phrase,
    Rows,
    SignOff,
    Strong,
    Table,
    TitleBlock,
    Together,
    Words,
    box,
    field,
    ticked,
)

_RATED = "lead.evaluation"

# What earns a rating, from 5 down to 1: printed, so that two people give the same.
_SCALE = {
    "industry": (
        Phrase("主打行业，已有3家以上案例", "focus industry, three references or more"),
        Phrase("主打行业", "focus industry"),
        Phrase("曾服务过", "served before"),
        Phrase("相近行业", "adjacent"),
        Phrase("从未涉及", "never served"),
    ),
    "scale": (
        Phrase("理想规模", "ideal band"),
        Phrase("偏大一档", "one band larger"),
        Phrase("偏小一档", "one band smaller"),
        Phrase("相差两档", "two bands off"),
        Phrase("相差悬殊", "far outside"),
    ),
    "budget": (
        Phrase("已批复，且不低于预计价格", "approved, and covers the expected price"),
        Phrase("已列计划，尚未批复", "planned, not yet approved"),
        Phrase("给出过范围", "a range was named"),
        Phrase("只说可以有", "said to be possible"),
        Phrase("没有或不愿透露", "none or refused"),
    ),
    "urgency": (
        Phrase("3个月内需要，有外部期限", "within 3 months, external deadline"),
        Phrase("6个月内，已立项", "within 6 months, project opened"),
        Phrase("12个月内", "within 12 months"),
        Phrase("12个月以后", "later"),
        Phrase("没有计划", "no plan"),
    ),
}

_SUMMARY = Form(
    (
        (field("meta.title"), field("meta.case_no")),
        field("customer.name", whole=True),
        Field(
            Label("customer.industry"),
            ("{{ customer.industry.code }}", " ", "{{ customer.industry.name }}"),
        ),
        Field(
            Label("customer.scale"),
            Given(
                "customer.scale.value",
                Given(
                    "customer.scale.basis == 'headcount'",
                    Phrase(
                        "{{ customer.scale.value | number }}人",
                        "{{ customer.scale.value | number }} people",
                    ),
                    Phrase(
                        "年营收{{ customer.scale.value | yuan }}",
                        "{{ customer.scale.value | yuan }} a year",
                    ),
                ),
                "{{ customer.scale.band | label }}",
            ),
        ),
        Field(
            Label("main_contact"),
            Given(
                "main_contact",
                Phrase(
                    "{{ main_contact.name }}（{{ main_contact.title }}）",
                    "{{ main_contact.name }} ({{ main_contact.title }})",
                ),
                "/",
            ),
        ),
        field("lead.source.channel", "label"),
        field("lead.source.detail", whole=True),
        field("lead.initial_need", whole=True),
        field(f"{_RATED}.date", "iso"),
        field(f"{_RATED}.by.name"),
    )
)

_RATINGS = Table(
    columns=(
        Column(Label(f"{_RATED}.rows[].dimension"), width=16, align="center"),
        Column(
            Label(f"{_RATED}.rows[].weight"),
            width=9,
            align="center",
            total=f"{{{{ {_RATED}.rows | sum(attribute='weight') | number }}}}",
        ),
        Column(Label(f"{_RATED}.rows[].rating"), width=16, align="center"),
        Column(
            Label(f"{_RATED}.rows[].points"),
            width=10,
            align="center",
            total=f"{{{{ {_RATED}.score | number }}}}",
        ),
        Column(Label(f"{_RATED}.rows[].reason"), width=48),
    ),
    rows=tuple(
        Rows(
            (
                Label(f"{_RATED}.ratings.{name}"),
                f"{{{{ {_RATED}.rows[{place}].weight | number }}}}",
                f"{{{{ {_RATED}.ratings.{name} }}}}",
                f"{{{{ {_RATED}.rows[{place}].points | number }}}}",
                f"{{{{ {_RATED}.reasons.{name} }}}}",
            )
        )
        for place, name in enumerate(_SCALE)
    ),
    total_label=Label(f"{_RATED}.score"),
    together=True,
    notes=(
        Phrase(
            "得分为评分除以5再乘权重，综合得分满分100。",
            "Points: rating ÷ 5 × weight; at most 100.",
        ),
    ),
)


def _anchors(name: str) -> tuple[Words, ...]:
    """Return the row of the scale for a rating, what was given in bold."""
    cells: list[Words] = [Label(f"{_RATED}.ratings.{name}")]
    for rating, words in zip(range(5, 0, -1), _SCALE[name], strict=True):
        cells.append(Given(f"{_RATED}.ratings.{name} == {rating}", Strong(words), words))
    return tuple(cells)


_ANCHORS = Table(
    columns=(
        Column(Label(f"{_RATED}.rows[].dimension"), width=16, align="center"),
        *(Column(Phrase(f"{rating}分", f"{rating}"), width=16.8) for rating in range(5, 0, -1)),
    ),
    rows=tuple(Rows(_anchors(name)) for name in _SCALE),
    together=True,
    small=True,
    notes=(
        Given(
            " or ".join(f"{_RATED}.ratings.{name}" for name in _SCALE),
            Phrase("加粗的为本次评分对应的标准。", "What was given is in bold."),
        ),
    ),
)

_CHECKS = Form(
    (
        *(
            field(f"{_RATED}.bant.{part}", "boxes('BantLevel')")
            for part in ("budget", "authority", "need", "timing")
        ),
        Field(
            Label(f"{_RATED}.bant.points"),
            Given(
                f"{_RATED}.bant.points is not none",
                Phrase(
                    f"{{{{ {_RATED}.bant.points }}}}/8（明确2分、部分明确1分，不计入综合得分）",
                    f"{{{{ {_RATED}.bant.points }}}}/8 (full 2, partial 1; not part of the score)",
                ),
                "/",
            ),
        ),
        Field(
            Label(f"{_RATED}.veto"),
            (
                ticked(f"{_RATED}.veto", Veto, 4),
                Phrase("　　", "   "),
                box(f"{_RATED}.veto", "none", f"{_RATED}.score is not none"),
                Phrase("\u00a0无", "\u00a0none"),
            ),
        ),
    ),
    columns=2,
    together=True,
)

_OVERRIDE: Words = (
    Phrase(
        f"由{{{{ {_RATED}.rated_grade | label }}}}调整为{{{{ {_RATED}.override.grade | label }}}}",
        f"from {{{{ {_RATED}.rated_grade | label }}}} to {{{{ {_RATED}.override.grade | label }}}}",
    ),
    Phrase("\n理由：", "\nReason: "),
    f"{{{{ {_RATED}.override.reason }}}}",
    Phrase("\n调整人：", "\nBy: "),
    f"{{{{ {_RATED}.override.by.name }}}}",
)

_DECISION = Form(
    (
        field(f"{_RATED}.score", "number"),
        field(f"{_RATED}.rated_grade", "label"),
        # Where nobody changed the grade, the grade itself says so.
        FormRows(
            (Field(Phrase("人工调整", "Manual override"), _OVERRIDE, whole=True),),
            condition=f"{_RATED}.override.grade",
        ),
        Field(
            Label(f"{_RATED}.grade"),
            (
                f"{{{{ {_RATED}.grade | boxes('Grade') }}}}",
                Given(
                    f"{_RATED}.veto",
                    Strong(
                        Phrase(
                            "\n有一票否决项，等级不得高于C级。",
                            "\nA veto item caps the grade at C.",
                        )
                    ),
                ),
            ),
            whole=True,
        ),
        field(f"{_RATED}.conclusion", "boxes('LeadDecision')", whole=True),
        Field(Label(f"{_RATED}.next_action"), f"{{{{ {_RATED}.next_action.what }}}}", whole=True),
        field(f"{_RATED}.next_action.owner.name"),
        field(f"{_RATED}.next_action.due", "iso"),
        field(f"{_RATED}.approved_by.name"),
        field(f"{_RATED}.rerate_by", "iso"),
    ),
    together=True,
)

_HISTORY = Table(
    columns=(
        Column(Label(f"{_RATED}.history[].date"), width=17, align="center"),
        Column(Label(f"{_RATED}.history[].score"), width=9, align="center"),
        Column(Label(f"{_RATED}.history[].grade"), width=20, align="center"),
        Column(Label(f"{_RATED}.history[].reason"), width=54),
    ),
    rows=(
        Rows(
            (
                "{{ earlier.date | iso }}",
                "{{ earlier.score | number }}",
                "{{ earlier.grade | label }}",
                "{{ earlier.reason }}",
            ),
            each=f"earlier in {_RATED}.history",
        ),
        Rows(
            (
                f"{{{{ {_RATED}.date | iso }}}}",
                f"{{{{ {_RATED}.score | number }}}}",
                f"{{{{ {_RATED}.grade | label }}}}",
                Given(
                    f"{_RATED}.history",
                    Phrase("本次评级", "this rating"),
                    Phrase("首次评级", "first"),
                ),
            ),
            condition=f"{_RATED}.date",
        ),
        Rows(("/",) * 4, condition=f"not {_RATED}.date and not {_RATED}.history"),
    ),
)

LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(),
        Heading(Phrase("客户概况", "Customer")),
        _SUMMARY,
        Heading(Phrase("评分", "Ratings")),
        _RATINGS,
        Heading(Phrase("评分标准", "Scale")),
        _ANCHORS,
        Heading(Phrase("BANT核查与一票否决", "BANT check and veto")),
        _CHECKS,
        Heading(Phrase("结论", "Decision")),
        _DECISION,
        Together(
            (
                Heading(Phrase("历次评级", "Grade history")),
                _HISTORY,
                SignOff(
                    (
                        (
                            Phrase("评估人", "Rated by"),
                            Given(f"{_RATED}.by", f"{{{{ {_RATED}.by.name }}}}"),
                        ),
                        (
                            Phrase("审批人", "Approved by"),
                            Given(f"{_RATED}.approved_by", f"{{{{ {_RATED}.approved_by.name }}}}"),
                        ),
                    )
                ),
            )
        ),
        FillingNotes(),
    ),
)
