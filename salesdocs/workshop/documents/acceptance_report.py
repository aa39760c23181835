"""项目验收报告: what was promised, what was found, who signs; it starts warranty and payment.

The paper goes to the customer: payment is stated as the contract's clause, never what came in.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    COMMA,
    WRITE_DAY,
    Break,
    Bullets,
    Column,
    Faint,
    Field,
    FillingNotes,
    Form,
    FormRows,
    Given,
    Heading,
    Label,
    Layout,
    Lines,
    Paragraph,
    Party,
    Phrase,
    Rows,
    Signatures,
    SignIn,
    SpanRow,
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

_ENDED = (
    Phrase("至", " to "),
    Given(
        "acceptance.final.date",
        "{{ acceptance.final.date | iso }}",
        "{{ acceptance.prelim.date | iso }}",
    ),
)

_TITLE = (
    "{{ document.title }}",
    Given(
        "acceptance.final.date",
        Phrase("（终验）", " (final)"),
        Given("acceptance.prelim.date", Phrase("（初验）", " (preliminary)")),
    ),
)

_PROJECT = Form(
    (
        (field("meta.title"), field("meta.case_no")),
        field("contract.title", whole=True),
        field("contract.doc_no"),
        field("contract.signed", "iso"),
        Field(Phrase("甲方", "Party A"), "{{ parties.a.name }}", whole=True),
        Field(Phrase("乙方", "Party B"), "{{ parties.b.name }}", whole=True),
        Field(
            Phrase("合同含税总价", "Contract price"),
            (
                "{{ contract.amount | yuan }}",
                Phrase("（大写：", " ("),
                "{{ contract.amount | capitals }}",
                Phrase("）", ")"),
            ),
            whole=True,
        ),
        FormRows(
            (
                Field(
                    Phrase("补充协议后总价", "Price with supplements"),
                    "{{ contract.amount_with_supplements | yuan }}",
                    whole=True,
                ),
            ),
            condition="contract.supplements",
        ),
        Field(
            Phrase("甲方项目经理", "Party A's project manager"), "{{ delivery.customer_pm.name }}"
        ),
        Field(Phrase("乙方项目经理", "Party B's project manager"), "{{ delivery.pm.name }}"),
        Field(
            Phrase("项目周期", "Period"),
            (
                "{{ delivery.kickoff | iso }}",
                Given("delivery.kickoff", _ENDED),
            ),
            whole=True,
        ),
    )
)

_NUMBER_AND_DAY = Given(
    "basis.doc_no",
    (
        Phrase("（{{ basis.doc_no }}", " ({{ basis.doc_no }}"),
        Given("basis.date", Phrase("，{{ basis.date | day }}", ", {{ basis.date | day }}")),
        Phrase("）", ")"),
    ),
)

_BASIS = Bullets(
    each="basis in acceptance_basis if basis.kind != 'annex'",
    words=(
        Given("basis.kind == 'change'", Phrase("变更：", "Change: ")),
        Given("basis.kind == 'supplement'", Phrase("补充协议：", "Supplement: ")),
        Given(
            "basis.kind == 'contract'",
            Phrase("《{{ contract.title }}》", "{{ contract.title }}"),
            "{{ basis.name }}",
        ),
        _NUMBER_AND_DAY,
        Given(
            "basis.kind == 'contract' and contract.annexes",
            (
                Phrase("及其附件：", ", with its annexes: "),
                Lines("annex in contract.annexes", "{{ annex }}", COMMA),
            ),
        ),
    ),
    numbered=True,
    empty=Phrase("无。", "None."),
)


def _inspections(*sides: str) -> Table:
    """Return the facts of the acceptances of `sides`, a column for each."""
    heads = {"prelim": Label("acceptance.prelim"), "final": Label("acceptance.final")}
    remarks = {
        "prelim": Phrase("初验说明", "Preliminary: remarks"),
        "final": Phrase("终验说明", "Final: remarks"),
    }
    facts = (
        ("date", " | iso", Phrase("日期", "Date")),
        ("place", "", Phrase("地点", "Place")),
        ("method", " | listed", Phrase("方法", "Method")),
        ("a_team", " | names", Phrase("甲方人员", "Party A")),
        ("b_team", " | names", Phrase("乙方人员", "Party B")),
        ("result", " | label", Phrase("结论", "Result")),
    )
    return Table(
        columns=(
            Column(Phrase("事项", "Item"), width=20, align="center"),
            *(Column(heads[side], width=80 / len(sides)) for side in sides),
        ),
        rows=tuple(
            Rows(
                (label, *(f"{{{{ acceptance.{side}.{name}{filters} }}}}" for side in sides)),
                # What neither acceptance says has no row; a final one may not lack its facts.
                condition="" if filed else f"acceptance.prelim.{name}",
            )
            for name, filters, label in facts
            for filed in ["final" in sides or name in ("date", "result")]
        ),
        below=tuple(
            SpanRow(remarks[side], f"{{{{ {path} }}}}", condition=path)
            for side in sides
            for path in [f"acceptance.{side}.remarks"]
        ),
        caption=Phrase("验收过程", "Inspections"),
    )


_INSPECTIONS = When(
    "acceptance.prelim.date and acceptance.final.date",
    (_inspections("prelim", "final"),),
    otherwise=(
        When(
            "acceptance.prelim.date",
            (_inspections("prelim"),),
            otherwise=(_inspections("final"),),
        ),
    ),
)


def _witness_rows(inspection: str, title: Phrase) -> When:
    """Return what third parties said at an acceptance; nothing where none was there."""
    path = f"acceptance.{inspection}.witnesses"
    return When(
        path,
        (
            Table(
                each=f"witness in {path}",
                caption=title,
                columns=(
                    numbers(8),
                    Column(Label(f"{path}[].organisation"), "{{ witness.organisation }}", 27),
                    Column(Label(f"{path}[].name"), "{{ witness.name }}", 11, "center"),
                    Column(Label(f"{path}[].role"), "{{ witness.role }}", 20, "center"),
                    Column(Label(f"{path}[].opinion"), "{{ witness.opinion }}", 34),
                ),
            ),
        ),
    )


_WITNESSES = When(
    "acceptance.prelim.witnesses or acceptance.final.witnesses",
    (
        Heading(Phrase("专家与第三方意见", "Experts and third parties"), 2),
        _witness_rows(
            "prelim", Phrase("初验专家与第三方意见", "Third parties at the preliminary acceptance")
        ),
        _witness_rows(
            "final", Phrase("终验专家与第三方意见", "Third parties at the final acceptance")
        ),
    ),
)

_BATCHES = When(
    "acceptance.batches",
    (
        Heading(Phrase("分批验收", "Batches"), 2),
        Table(
            each="batch in acceptance.batches",
            caption=Phrase("分批验收", "Batches"),
            columns=(
                Column(Phrase("批次", "Batch"), "{{ batch.id }}", 9.5, "center"),
                Column(Label("acceptance.batches[].name"), "{{ batch.name }}", 18),
                Column(Label("acceptance.batches[].date"), "{{ batch.date | iso }}", 16, "center"),
                Column(
                    Label("acceptance.batches[].count"),
                    ("{{ batch.count | number }}", Phrase("", " "), "{{ batch.unit }}"),
                    10,
                    "right",
                ),
                Column(
                    Label("acceptance.batches[].scope"),
                    (
                        "{{ batch.scope }}",
                        Given("batch.remarks", (Break(), Faint("{{ batch.remarks }}"))),
                    ),
                    23,
                ),
                Column(
                    Label("acceptance.batches[].result"), "{{ batch.result | label }}", 13, "center"
                ),
                Column(
                    Label("acceptance.batches[].signed_by"),
                    "{{ batch.signed_by.name }}",
                    10.5,
                    "center",
                ),
            ),
        ),
    ),
)

_COUNTS = Lines(
    "count in acceptance.result_counts",
    Phrase("{{ count.result | label }}{{ count.n }}项", "{{ count.result | label }} {{ count.n }}"),
    COMMA,
)

_ITEMS = Table(
    each="item in acceptance.items",
    empty="{{ acceptance.items | listed }}",
    caption=Phrase("验收项目", "Items"),
    columns=(
        Column(Phrase("编号", "No."), "{{ item.id }}", 9.5, "center"),
        Column(
            Label("acceptance.items[].deliverable"),
            ("{{ item.deliverable.id }}", " ", "{{ item.deliverable.name }}"),
            20,
        ),
        Column(
            Phrase("验收标准与方法", "Criteria and method"),
            (
                "{{ item.agreed_criteria }}",
                Given(
                    "item.method",
                    Phrase("\n方法：{{ item.method }}", "\nMethod: {{ item.method }}"),
                ),
            ),
            30,
        ),
        Column(Phrase("实测结果与证据", "Finding and evidence"), "{{ item.evidence }}", 28.5),
        Column(
            Label("acceptance.items[].result"),
            Given(
                "item.result == 'fail'",
                Strong("{{ item.result | label }}"),
                "{{ item.result | label }}",
            ),
            12,
            "center",
        ),
    ),
    notes=(
        Given(
            "acceptance.items",
            (
                Phrase(
                    "共验收{{ acceptance.items | length }}项：",
                    "{{ acceptance.items | length }} items were inspected: ",
                ),
                _COUNTS,
                Phrase("。", "."),
            ),
            Phrase("验收项目待列。", "The items are to be listed."),
        ),
    ),
)

_PROMISES = Table(
    each="row in promise_and_fact if row.promise != 'contract_deadline'",
    caption=Phrase("履约对照", "Promise and fact"),
    columns=(
        Column(
            Phrase("事项", "What"),
            Given("row.name", "{{ row.name }}", "{{ row.promise | label }}"),
            24,
        ),
        Column(
            Phrase("依据", "Set by"),
            Given(
                "row.promise == 'milestone'", Phrase("交付计划", "plan"), Phrase("合同", "contract")
            ),
            14,
            "center",
        ),
        Column(Phrase("应完成日期", "Due"), "{{ row.promised | iso }}", 17, "center"),
        Column(Phrase("实际日期", "Actual"), "{{ row.actual | iso }}", 17, "center"),
        Column(Phrase("偏差（日）", "Days late"), "{{ row.delay_days | number }}", 16, "right"),
        Column(
            Phrase("原因归属", "Owing to"),
            Given(
                "row.delay_days and row.delay_days > 0 and not row.attributable_to",
                Phrase("待双方确认", "to be agreed"),
                "{{ row.attributable_to | label }}",
            ),
            17,
            "center",
        ),
    ),
    notes=(
        Phrase(
            "偏差正数为晚于应完成日期，负数为早于；交付计划的日期为内部进度安排，不是合同期限。",
            "A negative figure is early; days of the delivery plan are no terms of the contract.",
        ),
    ),
)

_HANDED_OVER = Table(
    each="paper in acceptance.documents",
    caption=Phrase("移交资料", "Hand-over"),
    columns=(
        numbers(9),
        Column(Label("acceptance.documents[].name"), "{{ paper.name }}", 43),
        Column(Label("acceptance.documents[].copies"), "{{ paper.copies | number }}", 10, "right"),
        Column(Label("acceptance.documents[].medium"), "{{ paper.medium }}", 18, "center"),
        Column(
            Phrase("签收人（签字）", "Received by"),
            Given("paper.receiver", Faint("{{ paper.receiver.name }}")),
            20,
            "center",
        ),
    ),
)

_ISSUES = Table(
    each="issue in acceptance.open_issues",
    caption=Phrase("遗留问题", "Open issues"),
    columns=(
        Column(Phrase("编号", "No."), "{{ issue.id }}", 10, "center"),
        Column(Label("acceptance.open_issues[].desc"), "{{ issue.desc }}", 30.5),
        Column(Phrase("程度", "Severity"), "{{ issue.severity | label }}", 11.5, "center"),
        Column(Label("acceptance.open_issues[].owner"), "{{ issue.owner.name }}", 14, "center"),
        Column(Label("acceptance.open_issues[].due"), "{{ issue.due | iso }}", 17, "center"),
        Column(
            Label("acceptance.open_issues[].closed"),
            Given("issue.closed", "{{ issue.closed | iso }}", Phrase("未关闭", "Open")),
            17,
            "center",
        ),
    ),
)

_CHANGES = Table(
    each="change in delivery.approved_changes",
    caption=Phrase("变更汇总", "Approved changes"),
    columns=(
        Column(Phrase("编号", "No."), "{{ change.id }}", 10.5, "center"),
        Column(Label("delivery.changes[].content"), "{{ change.content }}", 23.5),
        Column(
            Phrase("价款影响（元）", "Amount, CNY"), "{{ change.amount | money }}", 20.5, "right"
        ),
        Column(Phrase("工期（日）", "Days"), "{{ change.days | number }}", 9.5, "right"),
        Column(Label("delivery.changes[].decided"), "{{ change.decided | iso }}", 16, "center"),
        Column(
            Label("delivery.changes[].signed_by"), "{{ change.signed_by | names }}", 20, "center"
        ),
    ),
)


_TRACE = Table(
    each="row in trace",
    caption=Phrase("需求追溯", "From need to acceptance"),
    columns=(
        Column(
            Phrase("需求", "Need"),
            ("{{ row.need.id }}", " ", "{{ row.need.name }}"),
            34,
        ),
        Column(
            Phrase("方案功能", "Function"),
            Lines("part in row.functions", "{{ part.function }}", between=COMMA),
            34,
        ),
        Column(
            Phrase("交付物", "Delivery"),
            ids("part in row.deliverables", "{{ part.id }}", 2),
            16,
            "center",
        ),
        Column(
            Phrase("验收项", "Items"), ids("part in row.items", "{{ part.id }}", 2), 16, "center"
        ),
    ),
)


def _due_on(event: str) -> Words:
    """Return the contract's clauses on the payments that `event` sets off."""
    return Lines(
        f"payment in contract.payments if payment.event == '{event}'",
        (
            Phrase(
                "{{ payment.name }}（合同总价的{{ payment.share | percent }}）："
                "{{ payment.event | label }}后{{ payment.days | number }}日内支付",
                "{{ payment.name }} ({{ payment.share | percent }} of the price): within "
                "{{ payment.days | number }} days after {{ payment.event | label }}",
            ),
            Given(
                "payment.condition",
                Phrase("，{{ payment.condition }}", ", {{ payment.condition }}"),
            ),
            Phrase("。", "."),
        ),
        empty=Phrase(
            "合同未约定以本次验收为条件的付款。", "No payment depends on this acceptance."
        ),
    )


_WARRANTY = Given(
    "warranty_period",
    Phrase(
        "{{ warranty_period.months | number }}个月，自{{ warranty_period.event | label }}次日"
        "（{{ warranty_period.first | iso }}）起，至{{ warranty_period.last | iso }}止。",
        "{{ warranty_period.first | iso }} to {{ warranty_period.last | iso }}"
        " ({{ warranty_period.months | number }} months from the day after:"
        " {{ warranty_period.event | label }}).",
    ),
    Phrase(
        "{{ contract.warranty.months | number }}个月，"
        "自{{ contract.warranty.from | label }}次日起算。",
        "{{ contract.warranty.months | number }} months from the day after:"
        " {{ contract.warranty.from | label }}.",
    ),
)

_CONCLUSION = Form(
    (
        Field(
            Given(
                "acceptance.final.date",
                Phrase("终验结论", "Final acceptance"),
                Given(
                    "acceptance.prelim.date",
                    Phrase("初验结论", "Preliminary acceptance"),
                    Phrase("验收结论", "Conclusion"),
                ),
            ),
            "{{ acceptance.conclusion | boxes('AcceptanceResult') }}",
        ),
        Field(
            Phrase("遗留问题", "Open issues"),
            Given(
                "acceptance.issues_left",
                Phrase(
                    "{{ acceptance.issues_left | length }}项未关闭，按遗留问题表所列期限整改。",
                    "{{ acceptance.issues_left | length }} still open, to be closed as listed.",
                ),
                Given(
                    "acceptance.open_issues",
                    Phrase("已全部关闭。", "All closed."),
                    Phrase("无。", "None."),
                ),
            ),
        ),
        Field(
            Given(
                "contract.type == 'saas'",
                Phrase("服务期", "Service period"),
                Phrase("质保期", "Warranty"),
            ),
            _WARRANTY,
        ),
        Field(
            Phrase("合同付款条款", "Payment clause"),
            Given(
                "acceptance.final.date", _due_on("final_acceptance"), _due_on("prelim_acceptance")
            ),
        ),
    ),
    columns=2,
)


_INSPECTED = Paragraph(
    (
        Phrase(
            "双方验收组已按合同约定的验收标准逐项核验，"
            "验收项目表所列{{ acceptance.items | length }}项中，",
            "Both teams have inspected each item by the criteria of the contract: ",
        ),
        _COUNTS,
        Phrase("，结论如下。", ". They conclude:"),
    ),
    keep_next=True,
)


def _team(side: str, title: Phrase) -> When:
    """Return where a team signs, that of the final acceptance where there was one."""

    def table(inspection: str) -> SignIn:
        each = f"person in acceptance.{inspection}.{side}_team"
        name, post = "{{ person.name }}", "{{ person.title }}"
        return SignIn(each, name, post, head=title, index=False, days=True, together=True)

    return When(
        f"acceptance.final.{side}_team",
        (table("final"),),
        otherwise=(When(f"acceptance.prelim.{side}_team", (table("prelim"),)),),
    )


def _witness_signatures(inspection: str) -> When:
    """Return where the third parties of an acceptance sign; nothing where none was there."""
    path = f"acceptance.{inspection}.witnesses"
    return When(
        path,
        (
            SignIn(
                f"witness in {path}",
                "{{ witness.name }}",
                "{{ witness.role }}",
                head=Phrase("专家与第三方", "Third parties"),
                index=False,
                days=True,
                together=True,
            ),
        ),
    )


_WITNESSES_SIGN = When(
    "acceptance.final.date",
    (_witness_signatures("final"),),
    otherwise=(_witness_signatures("prelim"),),
)


_OPINIONS = Form(
    tuple(
        Field(
            label,
            Given(f"acceptance.opinions.{side}", f"{{{{ acceptance.opinions.{side} }}}}"),
            tall=16,
        )
        for side, label in (
            ("a", Phrase("甲方意见", "Party A")),
            ("b", Phrase("乙方意见", "Party B")),
        )
    ),
    columns=2,
    together=True,
)


def _party(name: Words, *signers: Phrase) -> Party:
    lines = tuple((signer, "") for signer in signers)
    return Party(name, (*lines, (Phrase("日期：", "Date:"), WRITE_DAY)))


_SIGNATURES = Signatures(
    _party(
        (Phrase("甲方：", "Party A: "), "{{ parties.a.name }}"),
        Phrase("项目经理（签字）：", "Project manager:"),
        Phrase("授权代表（签字）：", "Authorised signatory:"),
    ),
    _party(
        (Phrase("乙方：", "Party B: "), "{{ parties.b.name }}"),
        Phrase("项目经理（签字）：", "Project manager:"),
        Phrase("授权代表（签字）：", "Authorised signatory:"),
    ),
)

_SIGNERS = (
    Heading(Phrase("验收组签字", "Acceptance teams")),
    _team("a", Phrase("甲方验收组", "Party A's team")),
    _team("b", Phrase("乙方验收组", "Party B's team")),
)

LAYOUT = Layout(
    kind="report",
    blocks=(
        TitleBlock(_TITLE),
        Heading(Phrase("项目概况", "Project")),
        _PROJECT,
        Heading(Phrase("验收依据", "Basis")),
        _BASIS,
        Heading(Phrase("验收过程", "Inspections")),
        _INSPECTIONS,
        _WITNESSES,
        _BATCHES,
        Heading(Phrase("验收项目", "Items")),
        _ITEMS,
        Heading(Phrase("履约对照", "Promise and fact")),
        _PROMISES,
        Heading(Phrase("移交资料", "Hand-over")),
        When("acceptance.documents", (_HANDED_OVER,), otherwise=(_NONE,)),
        Heading(Phrase("遗留问题", "Open issues")),
        When("acceptance.open_issues", (_ISSUES,), otherwise=(_NONE,)),
        Heading(Phrase("变更汇总", "Approved changes")),
        When("delivery.approved_changes", (_CHANGES,), otherwise=(_NONE,)),
        When("trace", (Heading(Phrase("需求追溯", "From need to acceptance")), _TRACE)),
        Heading(Phrase("验收结论", "Conclusion")),
        When("acceptance.items", (_INSPECTED,)),
        _CONCLUSION,
        When(
            " or ".join(
                f"acceptance.{inspection}.{side}_team"
                for inspection in ("final", "prelim")
                for side in ("a", "b")
            ),
            (
                # With third parties four tables sign: too many for what is left of a page.
                When(
                    "acceptance.prelim.witnesses or acceptance.final.witnesses",
                    (*_SIGNERS, _WITNESSES_SIGN),
                    otherwise=(Together(_SIGNERS),),
                ),
            ),
        ),
        Together(
            (
                Heading(Phrase("双方意见与签章", "Opinions, signatures and seals")),
                _OPINIONS,
                _SIGNATURES,
            )
        ),
        # Not under the customer's seal.
        When("document.draft", (FillingNotes(),)),
    ),
)
