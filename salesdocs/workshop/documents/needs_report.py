"""客户需求分析报告: what the customer told us, and the list of needs both sides stand by.

The eleven chapters are always there, because the reader signs for all of them: one without data
says what holds instead. The budget is printed where the customer agreed to that, nowhere else.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    COMMA,
    SEMICOLON,
    WRITE_DAY,
    Break,
    Bullets,
    Column,
    Cover,
    Faint,
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
    Party,
    Phrase,
    Signatures,
    Strong,
    Table,
    Together,
    When,
    Words,
    field,
    first_of,
    numbers,
    sentence,
)
from salesdocs.workshop.needs import (
    MEASURES,
    NONFUNCTIONAL,
    SCENARIOS,
    risk_table,
)

_STOP = Phrase("。", ".")


def _titled(person: str) -> Words:
    """Return a person with the post in brackets, where it is known."""
    return (
        f"{{{{ {person}.name }}}}",
        Given(
            f"{person}.title",
            (Phrase("（", " ("), f"{{{{ {person}.title }}}}", Phrase("）", ")")),
        ),
    )


_COVER = Cover(
    (
        (Phrase("致：", "To:"), "{{ customer.name }}"),
        (Phrase("编制单位：", "From:"), "{{ supplier.name }}"),
        (Phrase("日期：", "Date:"), "{{ document.date | day }}"),
        (Phrase("版本：", "Version:"), "{{ document.version }}"),
        (Phrase("项目编号：", "Case No.:"), "{{ meta.case_no }}"),
    )
)

# Chapters one to four ----------------------------------------------------------------------------

_BACKGROUND = (
    Paragraph(
        Phrase(
            "本报告依据我公司对{{ customer.courtesy }}的调研编制，"
            "请{{ customer.courtesy }}核对需求的内容、优先级和衡量指标；"
            "经{{ customer.courtesy }}"
            "确认后，作为编制方案、报价和验收标准的依据。",
            "This report sums up our study at your company. Please check the needs, their "
            "priorities and metrics; once confirmed they are the basis of proposal, quote and "
            "acceptance criteria.",
        ),
        style="Callout",
    ),
    Heading(Label("needs.background")),
    Paragraph(sentence("needs.background")),
)

_TOPICS = (
    Lines("topic in talk.topics", "{{ topic }}", COMMA, empty="/"),
    Given("talk.summary", (Break(), Faint("{{ talk.summary }}"))),
)

_STUDY = (
    Heading(Phrase("调研概况", "Study")),
    When(
        "needs.interviewed",
        (
            Paragraph(
                (
                    Phrase(
                        "我公司就本项目共进行{{ needs.interviews | length }}次调研，"
                        "访谈{{ customer.courtesy }}"
                        "{{ needs.interviewed | length }}人：",
                        "In {{ needs.interviews | length }} interviews we spoke with "
                        "{{ needs.interviewed | length }} of your colleagues: ",
                    ),
                    Lines("person in needs.interviewed", _titled("person"), COMMA),
                    _STOP,
                )
            ),
        ),
    ),
    Table(
        each="talk in needs.interviews",
        empty="{{ needs.interviews | listed }}",
        caption=Label("needs.interviews"),
        columns=(
            Column(Phrase("编号", "No."), "{{ talk.id }}", 12, "center"),
            Column(Label("needs.interviews[].date"), "{{ talk.date | iso }}", 25, "center"),
            Column(Label("needs.interviews[].mode"), "{{ talk.mode | label }}", 14, "center"),
            Column(Phrase("客户人员", "Your side"), "{{ talk.theirs | names }}", 31),
            Column(Phrase("我公司人员", "Our side"), "{{ talk.our | names }}", 31),
            Column(Label("needs.interviews[].topics"), _TOPICS, 44),
        ),
    ),
)

_PRESENT = (
    Heading(Phrase("现状分析", "Current state")),
    Paragraph(sentence("needs.current_state")),
    When(
        "customer.existing_systems",
        (
            Paragraph(
                (
                    Phrase("{{ customer.courtesy }}现用系统：", "Systems in use: "),
                    Lines("system in customer.existing_systems", "{{ system.name }}", COMMA),
                    _STOP,
                )
            ),
        ),
    ),
)

_DISCLOSED = "needs.four_w.budget_disclosed and needs.four_w.budget is not none"
_AIMS = (
    Heading(
        Given(
            _DISCLOSED,
            Phrase("痛点、目标、预算与时间", "Pain, goal, budget and time"),
            Phrase("痛点、目标与时间", "Pain, goal and time"),
        )
    ),
    Form(
        (
            field("needs.four_w.pain"),
            field("needs.four_w.goal"),
            FormRows((field("needs.four_w.budget", "yuan"),), condition=_DISCLOSED),
            field("needs.four_w.deadline", "iso"),
        ),
        columns=2,
    ),
)

# Chapter five ------------------------------------------------------------------------------------

_NEED = (
    "{{ need.name }}",
    Given("need.scenario", (Break(), Faint("{{ need.scenario }}"))),
    Given(
        "need.note",
        (Break(), Faint(Phrase("说明：{{ need.note }}", "Note: {{ need.note }}"))),
    ),
)


def _needs(name: str, title: Phrase) -> When:
    """Return the needs of one class under a heading of their own."""
    return When(
        f"needs.{name}",
        (
            Heading(title, 2),
            Table(
                each=f"need in needs.{name}",
                caption=title,
                columns=(
                    Column(Phrase("编号", "ID"), "{{ need.id }}", 14, "center"),
                    Column(Label("needs.items[].name"), _NEED, 38),
                    Column(Label("needs.items[].priority"), "{{ need.priority }}", 16, "center"),
                    Column(Label("needs.items[].metric"), "{{ need.metric }}", 40),
                    Column(
                        Label("needs.items[].feasibility"),
                        "{{ need.feasibility | label }}",
                        20,
                        "center",
                    ),
                    Column(
                        Label("needs.items[].status"), "{{ need.status | label }}", 15, "center"
                    ),
                    Column(Label("needs.items[].source"), "{{ need.source.id }}", 14, "center"),
                ),
            ),
        ),
    )


def _not_now(name: str, lead: Phrase) -> When:
    """Return which needs are put off or refused, and why; of many their ids, as tables say why."""
    each = f"need in needs.{name}"
    said = (
        "{{ need.id }}",
        Phrase("“{{ need.name }}”", " “{{ need.name }}”"),
        Given("need.note", Phrase("（{{ need.note }}）", " ({{ need.note }})")),
    )
    listed = Given(
        f"needs.{name} | length <= 5",
        Lines(each, said, COMMA),
        Lines(each, "{{ need.id }}", COMMA),
    )
    return When(f"needs.{name}", (Paragraph((lead, listed, _STOP)),))


_NEEDS = (
    Heading(Label("needs.items")),
    KeyFigures(
        (
            ("{{ needs.count }}", Phrase("需求总数", "Needs")),
            ("{{ needs.must_count }}", Label("needs.musts")),
            ("{{ needs.want_count }}", Label("needs.wants")),
            ("{{ needs.value_add_count }}", Label("needs.value_adds")),
        )
    ),
    Paragraph(
        Phrase(
            "必备功能是系统上线使用不可缺少的功能，期望功能是可以协商取舍的功能，增值需求是可以在后续"
            "阶段实现的需求。优先级以1为最高；衡量指标是验收标准的依据；来源为调研记录的编号。",
            "A must-have is what the system cannot go live without, a want is open to discussion, "
            "a value-add can follow later. Priority 1 is the highest; the metrics are the basis of "
            "the acceptance criteria; the source is the interview.",
        )
    ),
    When(
        "needs.items",
        (
            _needs("musts", Phrase("必备功能", "Must-haves")),
            _needs("wants", Phrase("期望功能", "Wants")),
            _needs("value_adds", Phrase("增值需求", "Value-adds")),
        ),
        (Paragraph("{{ needs.items | listed }}"),),
    ),
    _not_now("deferred", Phrase("暂缓实施的需求：", "Put off: ")),
    _not_now("rejected", Phrase("本项目不实施的需求：", "Not taken on: ")),
)

# Chapters six to ten -----------------------------------------------------------------------------

_SCENARIOS = (
    Heading(Phrase("业务场景与流程", "Scenarios and processes")),
    When(
        "needs.scenarios",
        (SCENARIOS,),
        (
            Paragraph(
                Phrase(
                    "本报告未单列业务场景，各项需求以需求清单所列名称、说明和衡量指标为准。",
                    "No scenario is described apart; names, notes and metrics of the list of needs "
                    "hold.",
                )
            ),
        ),
    ),
)

_INTERFACES = Table(
    each="link in needs.interfaces",
    caption=Label("needs.interfaces"),
    columns=(
        numbers(12),
        Column(Label("needs.interfaces[].system"), "{{ link.system }}", 34),
        Column(Label("needs.interfaces[].direction"), "{{ link.direction | label }}", 16, "center"),
        Column(Label("needs.interfaces[].data"), "{{ link.data }}", 45),
        Column(Label("needs.interfaces[].frequency"), "{{ link.frequency }}", 22, "center"),
        Column(
            Label("needs.interfaces[].owner"),
            Given("link.owner", "{{ link.owner.name }}", "/"),
            28,
            "center",
        ),
    ),
)

_TECHNOLOGY = (
    Heading(Phrase("集成、数据与安全要求", "Integration, data and security")),
    When(
        "needs.interfaces",
        (Heading(Label("needs.interfaces"), 2), _INTERFACES),
    ),
    When(
        "needs.nonfunctional",
        (Heading(Label("needs.nonfunctional"), 2), NONFUNCTIONAL),
    ),
    When(
        "not needs.interfaces and not needs.nonfunctional",
        (
            Paragraph(
                Phrase(
                    "除需求清单已列明的以外，{{ customer.courtesy }}"
                    "未就接口、数据、性能和安全提出专项要求；此后提出的，"
                    "由双方书面确认其对工期和价格的影响。",
                    "Beyond the list of needs nothing was asked for interfaces, data, performance "
                    "or security; what is asked for later is confirmed in writing with its effect "
                    "on time and price.",
                )
            ),
        ),
    ),
)

_SCOPE = (
    Heading(
        Phrase("约束、假设与不包含的内容", "Constraints, assumptions, exclusions"),
    ),
    When(
        "needs.constraints",
        (
            Heading(Label("needs.constraints"), 2),
            Bullets(each="limit in needs.constraints", words="{{ limit }}", numbered=True),
        ),
    ),
    When(
        "needs.assumptions",
        (
            Heading(Label("needs.assumptions"), 2),
            Paragraph(
                Phrase(
                    "本报告以下列前提为基础；前提不成立的，相关需求由双方重新确认。",
                    "The report rests on what follows; where it does not hold, the needs concerned "
                    "are confirmed anew.",
                ),
                keep_next=True,
            ),
            Bullets(each="premise in needs.assumptions", words="{{ premise }}", numbered=True),
        ),
    ),
    When(
        "needs.constraints or needs.assumptions",
        (Heading(Label("needs.out_of_scope"), 2),),
    ),
    When(
        "needs.out_of_scope",
        (
            Paragraph(
                Phrase(
                    "以下内容不在本项目范围内，{{ customer.courtesy }}如有需要，由双方另行商定。",
                    "The following is not part of this project and can be agreed apart.",
                ),
                keep_next=True,
            ),
            Bullets(each="thing in needs.out_of_scope", words="{{ thing }}", numbered=True),
        ),
        (Paragraph("{{ needs.out_of_scope | listed }}"),),
    ),
)

_SUCCESS = (
    Heading(Label("needs.success")),
    When(
        "needs.success",
        (
            Paragraph(
                Phrase(
                    "双方以下列指标衡量项目成效，并据以制定验收标准。",
                    "Success is measured as follows; the acceptance criteria are made from it.",
                ),
                keep_next=True,
            ),
            MEASURES,
        ),
        (
            Paragraph(
                Phrase(
                    "项目成效以需求清单中的衡量指标衡量。",
                    "Success is measured by the metrics of the list of needs.",
                )
            ),
        ),
    ),
)

_RISKS = (
    Heading(Phrase("风险", "Risks")),
    When(
        "needs.risks",
        (risk_table("needs.risks"),),
        (
            Paragraph(
                Phrase(
                    "本报告未列需求风险；方案设计中识别的风险及应对措施，在解决方案建议书中列明。",
                    "No risk is listed here; those found while the solution is designed stand in "
                    "the proposal, with our response.",
                )
            ),
        ),
    ),
)

# Chapter eleven ----------------------------------------------------------------------------------

_CONFIRMED = When(
    "needs.confirmed.date and needs.confirmed.by",
    (
        Paragraph(
            (
                Phrase("{{ customer.courtesy }}", ""),
                _titled("needs.confirmed.by"),
                Phrase(
                    "已于{{ needs.confirmed.date | day }}确认本报告。",
                    " confirmed this report on {{ needs.confirmed.date | day }}.",
                ),
            ),
            keep_next=True,
        ),
    ),
)

_REMARKS = Form(
    (
        Field(
            Label("needs.confirmed.remarks"),
            Given(
                "needs.confirmed.remarks",
                "{{ needs.confirmed.remarks }}",
                Given("needs.confirmed.date", Phrase("无", "None")),
            ),
            tall=16,
        ),
    ),
    columns=2,
    together=True,
)

_SIGN = Phrase("（签字）：", " (signature):")
_DAY: tuple[Words, Words] = (Phrase("日期：", "Date:"), (Phrase("　　", ""), WRITE_DAY))

_SIGNATURES = Signatures(
    Party(
        "{{ customer.name }}",
        (
            (
                (
                    Phrase("确认人", "Confirmed by"),
                    Given(
                        "needs.confirmed.by", (Phrase("　", " "), "{{ needs.confirmed.by.name }}")
                    ),
                    _SIGN,
                ),
                "",
            ),
            (
                (
                    Phrase("职务：", "Post: "),
                    Given("needs.confirmed.by.title", "{{ needs.confirmed.by.title }}"),
                ),
                "",
            ),
            _DAY,
        ),
    ),
    Party(
        "{{ supplier.name }}",
        (
            (
                (
                    Phrase("编制", "Prepared by"),
                    Given("meta.owner", (Phrase("　", " "), "{{ meta.owner.name }}")),
                    _SIGN,
                ),
                "",
            ),
            ((Phrase("审核　", "Reviewed by "), first_of("product"), _SIGN), ""),
            _DAY,
        ),
    ),
    seal=0,
)

_CONFIRMATION = Together(
    (
        Heading(Phrase("客户确认", "Confirmation")),
        Paragraph(
            Phrase("请{{ customer.courtesy }}核对并确认：", "Please check and confirm:"),
            keep_next=True,
        ),
        Bullets(
            (
                (
                    Phrase(
                        "本报告所述的现状、痛点和目标与实际情况相符",
                        "Current state, pain and goals are as described",
                    ),
                    SEMICOLON,
                ),
                (
                    Phrase(
                        "需求清单的内容、分类、优先级和衡量指标准确、完整",
                        "The needs, their classes, priorities and metrics are right and complete",
                    ),
                    SEMICOLON,
                ),
                Phrase(
                    "“不包含的内容”不在本项目范围内。",
                    "What is listed as out of scope is not part of this project.",
                ),
            ),
            numbered=True,
        ),
        Paragraph(
            (
                Phrase(
                    "确认后需要增加、减少或变更需求的，由双方书面确认。",
                    "Later changes of the needs are confirmed in writing by both sides. ",
                ),
                Strong(
                    Phrase(
                        "本报告仅用于确认需求，双方权利义务以正式签订的合同为准。",
                        "This report confirms the needs only; rights and duties follow the signed "
                        "contract.",
                    )
                ),
            )
        ),
        _CONFIRMED,
        _REMARKS,
        _SIGNATURES,
    )
)

LAYOUT = Layout(
    kind="report",
    blocks=(
        _COVER,
        *_BACKGROUND,
        *_STUDY,
        *_PRESENT,
        *_AIMS,
        *_NEEDS,
        *_SCENARIOS,
        *_TECHNOLOGY,
        *_SCOPE,
        *_SUCCESS,
        *_RISKS,
        _CONFIRMATION,
        # Not on what the customer signs.
        When("document.draft", (FillingNotes(),)),
    ),
)
