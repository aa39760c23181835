"""需求分析内部附录: who else is in the race, who decides, and which of six questions are answered.

The lamps are computed; beside each stands what it rests on, and what is still dark becomes a step.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    COMMA,
    UNIT_YUAN,
    Break,
    Column,
    Each,
    Faint,
    Field,
    FillingNotes,
    Form,
    Given,
    Heading,
    Label,
    Layout,
    Lines,
    Paragraph,
    Phrase,
    Rows,
    SignOff,
    Strong,
    Table,
    TitleBlock,
    Together,
    When,
    Words,
    field,
    first_of,
    numbers,
)

_INTERNAL = "needs.internal"
_COMPETITORS = f"{_INTERNAL}.competitors"
_BUDGET_HOLDER = f"{_INTERNAL}.budget_authority"


def _titled(person: str) -> Words:
    """Return a person with the post in brackets, where it is known."""
    return (
        f"{{{{ {person}.name }}}}",
        Given(
            f"{person}.title",
            (Phrase("（", " ("), f"{{{{ {person}.title }}}}", Phrase("）", ")")),
        ),
    )


_FACTS = Form(
    (
        field("meta.title"),
        field("meta.case_no"),
        field("customer.name", whole=True),
        Field(Phrase("对应报告", "Annex to"), Phrase("客户需求分析报告", "Needs analysis report")),
        Field(
            Phrase("客户确认日期", "Confirmed on"),
            Given(
                "needs.confirmed.date",
                "{{ needs.confirmed.date | iso }}",
                Phrase("尚未确认", "Not yet"),
            ),
        ),
    )
)

_RIVALS = Table(
    each=f"rival in {_COMPETITORS}",
    empty=Phrase("未了解到竞争对手", "No competitor is known"),
    unit=UNIT_YUAN,
    columns=(
        numbers(12),
        Column(Label(f"{_COMPETITORS}[].name"), "{{ rival.name }}", 27),
        Column(Label(f"{_COMPETITORS}[].strength"), "{{ rival.strength }}", 35),
        Column(Label(f"{_COMPETITORS}[].weakness"), "{{ rival.weakness }}", 43),
        Column(
            Label(f"{_COMPETITORS}[].price_guess"), "{{ rival.price_guess | money }}", 32, "right"
        ),
    ),
)

# What the report may not print while the customer has not agreed to it stands here.
_BUDGET = (
    "{{ needs.four_w.budget | yuan }}",
    Given(
        "needs.four_w.budget_disclosed",
        Phrase("（客户同意公开）", " (may be printed)"),
        Phrase("（客户未同意公开，不得外传）", " (not to be passed on)"),
    ),
)

_DECISION = Form(
    (
        field(f"{_INTERNAL}.decision_process", whole=True),
        Field(
            Label(_BUDGET_HOLDER),
            Given(_BUDGET_HOLDER, _titled(_BUDGET_HOLDER), "/"),
            whole=True,
        ),
        Field(
            Label("needs.four_w.budget"),
            Given("needs.four_w.budget is not none", _BUDGET, "/"),
            whole=True,
        ),
        field("needs.four_w.deadline", "iso", whole=True),
    )
)

_PEOPLE = Table(
    each="person in contacts",
    columns=(
        numbers(12),
        Column(Label("contacts[].name"), "{{ person.name }}", 24, "center"),
        Column(Label("contacts[].title"), "{{ person.title }}", 36),
        Column(Label("contacts[].role"), "{{ person.role | label }}", 28, "center"),
        Column(
            Label("contacts[].internal.influence"),
            "{{ person.internal.influence | label }}",
            18,
            "center",
        ),
        Column(
            Label("contacts[].internal.attitude"),
            "{{ person.internal.attitude | label }}",
            18,
            "center",
        ),
        Column(
            Phrase("已访谈", "Interviewed"),
            Given("person in needs.interviewed", Phrase("是", "Yes"), Phrase("否", "No")),
            18,
            "center",
        ),
    ),
)

# The six lamps -----------------------------------------------------------------------------------

_CHAMPIONS = (
    "person in contacts if person.internal.influence == 'high'"
    " and person.internal.attitude == 'supporter'"
)
_MET = "person in needs.interviewed if person.role in ('decision_maker', 'budget')"
_UNMEASURED = "need in needs.musts if not need.metric"

# Letter of the lamp, question, what it rests on, what to do while it is dark.
_LAMPS: tuple[tuple[str, Phrase, Words, Words], ...] = (
    (
        "metrics",
        Phrase("必备功能是否都有可衡量的指标", "Has every must-have a metric?"),
        Given(
            "needs.musts",
            Phrase(
                "必备功能{{ needs.must_count }}项，有指标的占{{ needs.metric_share | percent }}",
                "{{ needs.must_count }} must-haves, {{ needs.metric_share | percent }} measured",
            ),
            Phrase("未列必备功能", "no must-have listed"),
        ),
        (
            Phrase("与客户商定必备功能的衡量指标：", "Agree metrics for must-haves: "),
            Lines(
                _UNMEASURED,
                ("{{ need.id }}", Phrase("", " "), "{{ need.name }}"),
                COMMA,
                Phrase("先列出必备功能", "list them first"),
            ),
        ),
    ),
    (
        "economic_buyer",
        Phrase("是否见过决策人或预算审批人", "Have we met who decides or holds the budget?"),
        (
            Lines(
                _MET,
                _titled("person"),
                COMMA,
                Phrase("尚未访谈到决策人或预算审批人", "not met yet"),
            ),
        ),
        (
            Phrase("安排拜访：", "Arrange a meeting with "),
            Given(
                _BUDGET_HOLDER,
                _titled(_BUDGET_HOLDER),
                Lines(
                    "person in decision_makers",
                    _titled("person"),
                    COMMA,
                    Phrase("先查明决策人和预算审批人", "find out who they are first"),
                ),
            ),
        ),
    ),
    (
        "decision_criteria",
        Phrase("客户是否书面确认了需求和优先级", "Are needs and priorities confirmed in writing?"),
        Given(
            "needs.confirmed.date",
            (
                Given("needs.confirmed.by", _titled("needs.confirmed.by")),
                Phrase(
                    "于{{ needs.confirmed.date | iso }}确认",
                    " confirmed on {{ needs.confirmed.date | iso }}",
                ),
            ),
            Phrase("客户尚未确认", "not confirmed yet"),
        ),
        Phrase(
            "提交需求分析报告，取得决策人或技术负责人签字确认",
            "Submit the report and have it signed",
        ),
    ),
    (
        "decision_process",
        Phrase("决策经过哪些人和会议是否清楚", "Is it known who and which meetings decide?"),
        Given(
            f"{_INTERNAL}.decision_process",
            f"{{{{ {_INTERNAL}.decision_process }}}}",
            Phrase("尚不清楚", "not known"),
        ),
        Phrase(
            "问清审批环节、参与人和时间，写入决策流程",
            "Find out steps, people and time, and write them down",
        ),
    ),
    (
        "pain",
        Phrase("痛点是否明确", "Is the pain known?"),
        Given(
            "needs.four_w.pain",
            "{{ needs.four_w.pain }}",
            Phrase("尚不明确", "not known"),
        ),
        Phrase(
            "把痛点落实为时间或金额损失，并由客户认可",
            "Put the pain in time or money, with the customer's consent",
        ),
    ),
    (
        "champion",
        Phrase("有无影响力高的支持者", "Is there a supporter of high influence?"),
        Lines(
            _CHAMPIONS,
            _titled("person"),
            COMMA,
            Phrase("尚无影响力高的支持者", "none of high influence"),
        ),
        Phrase(
            "争取一位影响力高的联系人支持，明确对其部门的好处",
            "Win a contact of high influence: show what it brings to that department",
        ),
    ),
)


def _lamp_row(letter: str, question: Phrase, rests_on: Words) -> Rows:
    return Rows(
        (
            ("{{ lamp.letter | label }}", Break(), Faint(question)),
            rests_on,
            Given("lamp.lit", Strong(Phrase("● 亮", "● lit")), Phrase("○ 未亮", "○ dark")),
        ),
        each=f"lamp in meddic if lamp.letter == '{letter}'",
    )


_MEDDIC = Table(
    columns=(
        Column(Phrase("判断项目", "Question"), width=62),
        Column(Phrase("依据", "Rests on"), width=70),
        Column(Phrase("状态", "Lamp"), width=20, align="center"),
    ),
    rows=tuple(_lamp_row(letter, question, rests_on) for letter, question, rests_on, _ in _LAMPS),
)


def _next_row(letter: str, what: Words) -> Rows:
    return Rows(
        ("{{ lamp.letter | label }}", what),
        each=f"lamp in meddic if lamp.letter == '{letter}' and not lamp.lit",
    )


_NEXT = Table(
    columns=(
        Column(Phrase("未亮项", "Dark"), width=34),
        Column(Phrase("须补的工作", "What to do"), width=118),
    ),
    rows=tuple(_next_row(letter, what) for letter, _, _, what in _LAMPS),
)

_DARK = "lamp in meddic if not lamp.lit"

LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(),
        _FACTS,
        Heading(Phrase("竞争情况", "Competitors")),
        _RIVALS,
        Heading(Phrase("决策流程与预算", "Decision process and budget")),
        _DECISION,
        Heading(Phrase("关键人", "Key people")),
        _PEOPLE,
        Heading(Phrase("资格判断（MEDDIC）", "Qualification (MEDDIC)")),
        _MEDDIC,
        Heading(Phrase("下一步", "Next steps")),
        Each(
            _DARK,
            (When("loop.first", (_NEXT,)),),
            otherwise=(
                Paragraph(Phrase("六项均已具备，无须补充。", "All six are lit; nothing to add.")),
            ),
        ),
        Together(
            (
                SignOff(
                    (
                        (Phrase("编制", "Prepared"), "{{ meta.owner.name }}"),
                        (Phrase("审核", "Reviewed"), first_of("sales_manager")),
                    )
                ),
            )
        ),
        FillingNotes(),
    ),
)
