"""项目交付计划: the contract as milestones with a day, an owner and an output; both sides sign it.

The paper goes to the customer: payment is stated as the contract's clause, resources and cost of
ours have no place in it. Its days are work planned, the term of the contract stays what it is.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    WRITE_DAY,
    Column,
    Field,
    FillingNotes,
    Form,
    FormRows,
    GanttChart,
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
    TitleBlock,
    Together,
    When,
    Words,
    field,
    ids,
    numbers,
)

_NONE = Paragraph(Phrase("无。", "None."))
_OPEN = Phrase("未完成", "Open")

# Project -----------------------------------------------------------------------------------------

_PROJECT = Form(
    (
        (field("meta.title"), field("meta.case_no")),
        field("contract.title", whole=True),
        field("contract.doc_no"),
        field("contract.effective.date", "iso"),
        Field(Phrase("甲方", "Party A"), "{{ parties.a.name }}", whole=True),
        Field(Phrase("乙方", "Party B"), "{{ parties.b.name }}", whole=True),
        Field(
            Phrase("甲方项目经理", "Party A's project manager"),
            (
                "{{ delivery.customer_pm.name }}",
                Given(
                    "delivery.customer_pm.title",
                    Phrase(
                        "（{{ delivery.customer_pm.title }}）",
                        " ({{ delivery.customer_pm.title }})",
                    ),
                ),
            ),
        ),
        Field(
            Phrase("乙方项目经理", "Party B's project manager"),
            (
                "{{ delivery.pm.name }}",
                Given("delivery.pm.phone", (Phrase("，", ", "), "{{ delivery.pm.phone }}")),
            ),
        ),
        field("delivery.issued", "iso"),
        field("delivery.kickoff", "iso"),
        Field(
            Phrase("合同初验期限", "Preliminary acceptance due"), "{{ contract.prelim_due | iso }}"
        ),
        Field(
            Phrase("计划工期", "Planned"),
            Given(
                "delivery.planned_days is none",
                "/",
                Phrase(
                    "{{ delivery.planned_days | number }}日（自启动日期起）",
                    "{{ delivery.planned_days | number }} days from kick-off",
                ),
            ),
        ),
        field("contract.delivery.place", whole=True),
        FormRows(
            (field("delivery.confirmed", "iso", whole=True),),
            condition="delivery.confirmed",
        ),
    )
)

_REACHED = KeyFigures(
    (
        (
            "{{ delivery.done_milestones }}/{{ progress.total }}",
            Phrase("已达成里程碑", "Milestones"),
        ),
        ("{{ delivery.completion | percent }}", Phrase("完成率", "Completion")),
        ("{{ delivery.planned_days | number }}", Phrase("计划工期（日）", "Planned days")),
        ("{{ delivery.actual_days | number }}", Phrase("实际工期（日）", "Actual days")),
        ("{{ delivery.delay_days | number }}", Phrase("最近偏差（日）", "Days late")),
    )
)

# Milestones --------------------------------------------------------------------------------------

_ACTUAL = Given(
    "row.actual",
    (
        "{{ row.actual | iso }}",
        Given(
            "row.delay_days and row.delay_days > 0",
            Phrase(
                "\n晚{{ row.delay_days | number }}日", "\n{{ row.delay_days | number }} days late"
            ),
        ),
    ),
    Given(
        "row.planned and meta.as_of and row.planned < meta.as_of",
        Strong(Phrase("未达成", "not reached")),
        Phrase("未到期", "not due"),
    ),
)

_MILESTONES = Table(
    each="row in delivery.milestones",
    caption=Label("delivery.milestones"),
    columns=(
        Column(Phrase("编号", "No."), "{{ row.id }}", 9.5, "center"),
        Column(Label("delivery.milestones[].name"), "{{ row.name }}", 22.5),
        Column(Label("delivery.milestones[].planned"), "{{ row.planned | iso }}", 17, "center"),
        Column(Label("delivery.milestones[].actual"), _ACTUAL, 17, "center"),
        Column(Label("delivery.milestones[].owner"), "{{ row.owner.name }}", 12, "center"),
        Column(Label("delivery.milestones[].output"), "{{ row.output }}", 22),
    ),
    notes=(
        (
            Phrase(
                "实际日期以成果签收日期为准；延误原因归属以双方确认的书面记录为准。",
                "Actual days are those of the receipt; who caused a delay is as both sides"
                " recorded.",
            ),
            Given(
                "delivery.done_milestones and meta.as_of",
                Phrase("数据截至{{ meta.as_of | iso }}。", " As of {{ meta.as_of | iso }}."),
            ),
        ),
    ),
)

_CHART_TITLE = Phrase("进度横道图", "Gantt chart")
_COVERED = Phrase("交付物与里程碑对照", "Deliverables and milestones")

_CHART = When(
    "delivery.gantt",
    (
        Heading(_CHART_TITLE, level=2),
        GanttChart(
            "delivery.gantt",
            notes=(
                Phrase(
                    "里程碑横道自上一里程碑次日（首个自启动日期）起，至该里程碑日期止。",
                    "A bar begins after the milestone before it, the first one at kick-off.",
                ),
            ),
        ),
    ),
)

_DELIVERABLES = Table(
    each="part in contract.deliverables",
    caption=_COVERED,
    columns=(
        Column(Phrase("编号", "No."), "{{ part.id }}", 10, "center"),
        Column(Phrase("合同交付物", "Deliverable"), "{{ part.name }}", 58),
        Column(
            Phrase("对应里程碑", "Milestones"),
            ids(
                "row in delivery.milestones if part in row.deliverables",
                "{{ row.id }}",
                4,
                empty=Strong(Phrase("未安排", "not planned")),
            ),
            32,
            "center",
        ),
    ),
)

_TASKS = Table(
    each="task in delivery.tasks",
    caption=Label("delivery.tasks"),
    columns=(
        Column(Phrase("编号", "No."), "{{ task.id }}", 10, "center"),
        Column(Label("delivery.tasks[].name"), "{{ task.name }}", 33),
        Column(Label("delivery.tasks[].start"), "{{ task.start | iso }}", 16, "center"),
        Column(Label("delivery.tasks[].end"), "{{ task.end | iso }}", 16, "center"),
        Column(Label("delivery.tasks[].owner"), "{{ task.owner.name }}", 11.5, "center"),
        Column(Label("delivery.tasks[].predecessor"), "{{ task.predecessor }}", 13.5, "center"),
    ),
)

# People and risks --------------------------------------------------------------------------------

_RACI = Table(
    each="row in delivery.raci",
    caption=Label("delivery.raci"),
    columns=(
        Column(Label("delivery.raci[].work"), "{{ row.work }}", 20),
        *(
            Column(head, f"{{{{ row.{part} | names }}}}", 20, "center")
            for part, head in (
                ("responsible", Phrase("执行（R）", "Responsible (R)")),
                ("accountable", Phrase("负责（A）", "Accountable (A)")),
                ("consulted", Phrase("征询（C）", "Consulted (C)")),
                ("informed", Phrase("知会（I）", "Informed (I)")),
            )
        ),
    ),
)

_DUTIES = Table(
    each="duty in delivery.customer_duties",
    caption=Label("delivery.customer_duties"),
    columns=(
        numbers(9),
        Column(Label("delivery.customer_duties[].what"), "{{ duty.what }}", 39),
        Column(Label("delivery.customer_duties[].owner"), "{{ duty.owner.name }}", 17, "center"),
        Column(Label("delivery.customer_duties[].due"), "{{ duty.due | iso }}", 17, "center"),
        Column(
            Label("delivery.customer_duties[].done"),
            Given(
                "duty.done",
                (
                    "{{ duty.done | iso }}",
                    Given(
                        "duty.delay_days and duty.delay_days > 0",
                        Phrase(
                            "\n迟延{{ duty.delay_days | number }}日",
                            "\n{{ duty.delay_days | number }} days late",
                        ),
                    ),
                ),
                Given("duty.status", "{{ duty.status | label }}", _OPEN),
            ),
            18,
            "center",
        ),
    ),
    notes=(
        Phrase(
            "配合事项迟延的，乙方当周书面告知甲方，相关里程碑日期相应顺延。",
            "Party B reports a delay in writing the same week; milestones move accordingly.",
        ),
    ),
    together=True,
)

_MEETINGS = Table(
    each="talk in delivery.communication",
    caption=Label("delivery.communication"),
    columns=(
        numbers(9),
        Column(Label("delivery.communication[].meeting"), "{{ talk.meeting }}", 20),
        Column(Label("delivery.communication[].frequency"), "{{ talk.frequency }}", 19, "center"),
        Column(Label("delivery.communication[].people"), "{{ talk.people }}", 30),
        Column(Label("delivery.communication[].output"), "{{ talk.output }}", 22),
    ),
    together=True,
)

_RISKS = Table(
    each="risk in delivery.risks",
    caption=Phrase("风险登记", "Risks"),
    columns=(
        Column(Phrase("编号", "No."), "{{ risk.id }}", 9.5, "center"),
        Column(Label("delivery.risks[].desc"), "{{ risk.desc }}", 27),
        Column(
            Phrase("等级", "Level"),
            Given(
                "risk.rated_level == 'high'",
                Strong("{{ risk.rated_level | label }}"),
                "{{ risk.rated_level | label }}",
            ),
            8,
            "center",
        ),
        Column(Label("delivery.risks[].response"), "{{ risk.response }}", 33),
        Column(Label("delivery.risks[].owner"), "{{ risk.owner.name }}", 11, "center"),
        Column(Label("delivery.risks[].status"), "{{ risk.status | label }}", 11.5, "center"),
    ),
)

# Money and changes -------------------------------------------------------------------------------

_TERM: Words = (
    Given(
        "row.event == 'date'",
        Phrase("{{ row.date | iso }}前支付", "by {{ row.date | iso }}"),
        (
            "{{ row.event | label }}",
            Given(
                "row.days is not none",
                Phrase("后{{ row.days | number }}日内", ", within {{ row.days | number }} days"),
            ),
        ),
    ),
    Given("row.condition", Phrase("，{{ row.condition }}", ", {{ row.condition }}")),
    Lines(
        "part in delivery.milestones if part.payment and part.payment.id == row.id",
        Phrase("（对应里程碑{{ part.id }}）", " (milestone {{ part.id }})"),
        between="",
        empty="",
    ),
)

_PAYMENTS = Table(
    each="row in contract.payments",
    unit=Phrase("单位：元", "Unit: CNY"),
    caption=Phrase("付款节点", "Payments"),
    columns=(
        Column(Phrase("款项", "Payment"), "{{ row.name }}", 17),
        Column(Phrase("比例", "Share"), "{{ row.share | percent }}", 9, "center"),
        Column(Phrase("金额", "Amount"), "{{ row.amount | money }}", 22, "right"),
        Column(Phrase("合同约定的付款条件", "Condition in the contract"), _TERM, 52),
    ),
    notes=(
        Phrase(
            "金额与付款条件以合同为准，本计划不作变更。",
            "Amounts and conditions are those of the contract, which this plan does not change.",
        ),
    ),
    together=True,
)

_CHANGES = Table(
    each="change in delivery.changes",
    caption=Phrase("变更汇总", "Changes"),
    columns=(
        Column(Phrase("编号", "No."), "{{ change.id }}", 10.5, "center"),
        Column(Phrase("提出日期", "Date"), "{{ change.date | iso }}", 16, "center"),
        Column(Label("delivery.changes[].content"), "{{ change.content }}", 25),
        Column(
            Phrase("价款影响（元）", "Amount, CNY"), "{{ change.amount | money }}", 20.5, "right"
        ),
        Column(Phrase("工期（日）", "Days"), "{{ change.days | number }}", 9.5, "right"),
        Column(
            Phrase("处理决定", "Decision"),
            Given(
                "change.decision",
                (
                    "{{ change.decision | label }}",
                    Given("change.decided", "\n{{ change.decided | iso }}"),
                ),
                Phrase("待定", "Pending"),
            ),
            18.5,
            "center",
        ),
    ),
    notes=(
        Phrase(
            "未批准的变更所列影响为测算数，不计入合同价款和工期；变更以双方签署的需求变更单为准。",
            "Figures of changes not approved are estimates; the signed change request is binding.",
        ),
    ),
)

# Signatures --------------------------------------------------------------------------------------


def _manager(party: Phrase, name: str, person: str) -> Party:
    return Party(
        (party, name),
        (
            (Phrase("项目经理：", "Project manager: "), person),
            (Phrase("签字：", "Signature:"), ""),
            (Phrase("日期：", "Date:"), WRITE_DAY),
        ),
    )


_SIGNED = Together(
    (
        Heading(Phrase("双方确认", "Confirmation")),
        Paragraph(
            Phrase(
                "本计划经双方项目经理签字后执行，作为双方安排工作和核对进度的依据，"
                "不变更合同约定的交付期限、价款和验收标准。签字后调整计划的，按需求变更单办理。",
                "Both sides work by this plan once their project managers have signed it. It"
                " changes neither term nor price nor criteria of the contract. Later changes of the"
                " plan take a change request.",
            ),
            keep_next=True,
        ),
        Signatures(
            _manager(
                Phrase("甲方：", "Party A: "),
                "{{ parties.a.name }}",
                "{{ delivery.customer_pm.name }}",
            ),
            _manager(
                Phrase("乙方：", "Party B: "), "{{ parties.b.name }}", "{{ delivery.pm.name }}"
            ),
            seal=0,
        ),
    )
)

LAYOUT = Layout(
    kind="report",
    blocks=(
        TitleBlock(),
        Heading(Phrase("项目信息", "Project")),
        _PROJECT,
        When("delivery.done_milestones", (_REACHED,)),
        Heading(Label("delivery.milestones")),
        Heading(Phrase("里程碑计划", "Plan"), level=2),
        _MILESTONES,
        _CHART,
        When("contract.deliverables", (Heading(_COVERED, level=2), _DELIVERABLES)),
        When("delivery.tasks", (Heading(Label("delivery.tasks")), _TASKS)),
        When("delivery.raci", (Heading(Label("delivery.raci")), _RACI)),
        Heading(Label("delivery.customer_duties")),
        When("delivery.customer_duties", (_DUTIES,), otherwise=(_NONE,)),
        Heading(Label("delivery.communication")),
        When("delivery.communication", (_MEETINGS,), otherwise=(_NONE,)),
        Heading(Phrase("风险与应对", "Risks")),
        When("delivery.risks", (_RISKS,), otherwise=(_NONE,)),
        Heading(Phrase("付款节点", "Payments")),
        When("contract.payments", (_PAYMENTS,), otherwise=(_NONE,)),
        Heading(Phrase("变更汇总", "Changes")),
        When("delivery.changes", (_CHANGES,), otherwise=(_NONE,)),
        _SIGNED,
        When("document.draft", (FillingNotes(),)),
    ),
)
