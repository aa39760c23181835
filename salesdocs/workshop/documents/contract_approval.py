"""合同签署审批表: one text goes to sales, legal, finance and general manager, then to the seal.

Opinions stand in the order in which they were given; for every step that the amount still asks for
there is room to write.
"""

from __future__ import annotations

from salesdocs.case.choices import Attachment
from salesdocs.workshop.blocks import (
    WRITE_DAY,
    Band,
    Break,
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
    Phrase,
    Rows,
    SpanRow,
    Strong,
    Tab,
    Table,
    TitleBlock,
    When,
    Words,
    box,
    clause_title,
    concession,
    field,
    ticked,
)

_FORM = "contract.approval_form"
_SUBSCRIPTION = "contract.type == 'saas'"


def _tag(path: str, filters: str = "") -> str:
    return f"{{{{ {path} | {filters} }}}}" if filters else f"{{{{ {path} }}}}"


def _later(path: str, filters: str = "", *, value: str = "", room: Words = "") -> Words:
    """Return a value that people add by hand after printing: blank room instead of a stroke."""
    return Given(path, _tag(value or path, filters), room)


def _two_boxes(path: str, yes: Phrase, no: Phrase) -> Words:
    """Return two boxes of which a flag ticks one, and none while it is not known."""
    return (
        box(path, "true"),
        Phrase(f"\u00a0{yes.zh}\u3000", f"\u00a0{yes.en}\u3000"),
        box(path, "false"),
        Phrase(f"\u00a0{no.zh}", f"\u00a0{no.en}"),
    )


def _signatory(side: str) -> Words:
    """Return in what capacity who signs for a side, with an agent's power of attorney."""
    path = f"contract.signatories.{side}"
    limit = (Phrase("，限额 ", ", up to "), _tag(f"{path}.poa.limit", "yuan"))
    agent = (
        Phrase("\n授权委托书 ", "\nPower of attorney "),
        _tag(f"{path}.poa.doc_no"),
        Phrase("，有效期至 ", ", until "),
        _tag(f"{path}.poa.valid_to", "iso"),
        Given(f"{path}.poa.limit", limit),
    )
    return (
        _tag(f"{path}.capacity", "label"),
        " ",
        _tag(f"{path}.name"),
        Given(f"{path}.capacity == 'agent'", agent),
    )


# The paper goes on after its date: seal and archive follow the last opinion.
_DATED = (
    Phrase("编号：", "No.: "),
    "{{ document.doc_no }}",
    Tab(),
    Given(
        "contract.approvals", Phrase("审批日期：", "Approved: "), Phrase("起草日期：", "Drafted: ")
    ),
    "{{ document.date | day }}",
)

_FACTS = Form(
    (
        (field("meta.title"), field("meta.case_no")),
        field("contract.title", whole=True),
        field("contract.doc_no"),
        field("contract.type", "label"),
        Field(
            Phrase("合同对方", "Counterparty"),
            (
                "{{ customer.name }}",
                Break(),
                Label("customer.uscc"),
                Phrase("：", ": "),
                "{{ customer.uscc }}",
            ),
            whole=True,
        ),
        field("contract.template_kind", "boxes('TemplateKind')", whole=True),
        Field(
            Phrase("合同含税总价", "Price incl. VAT"),
            (
                Strong("{{ contract.amount | yuan }}"),
                Phrase("（大写：", " ("),
                "{{ contract.amount | capitals }}",
                Phrase("）", ")"),
            ),
            whole=True,
        ),
        Field(
            Phrase("申请人", "Requested by"),
            Given(
                f"{_FORM}.initiator",
                _tag(f"{_FORM}.initiator.name"),
                "{{ meta.owner.name }}",
            ),
        ),
        field("contract.draft.by.name"),
        Field(
            Label("document.fingerprint"),
            (
                "{{ document.fingerprint }}",
                Given(
                    f"{_FORM}.final_hash",
                    (Break(), Phrase("已登记：", "Registered: "), _tag(f"{_FORM}.final_hash")),
                ),
            ),
        ),
        Field(
            Phrase("自动检查", "Automatic checks"),
            (
                Phrase("错误　　条；警告　　条", "Errors:      warnings:     "),
                Given(
                    "contract.internal.lint_dispositions",
                    Phrase(
                        "，处置{{ contract.internal.lint_dispositions | length }}条",
                        ", {{ contract.internal.lint_dispositions | length }} dispositions",
                    ),
                ),
            ),
        ),
    )
)

_DAYS_OF_PRELIM = Given(
    "contract.delivery.prelim_days",
    Phrase(
        "合同生效后{{ contract.delivery.prelim_days | number }}日内",
        "within {{ contract.delivery.prelim_days | number }} days of effect",
    ),
    "{{ contract.delivery.prelim_due | iso }}",
)


def _caps(side: str) -> Words:
    """Return what a party pays for each day of delay, and where that ends."""
    path = f"contract.liability.late_{side}"
    daily, cap = f"{{{{ {path}_daily | percent }}}}", f"{{{{ {path}_cap | percent }}}}"
    return (
        Phrase(f"每日{daily}", f"{daily} a day"),
        Given(f"{path}_cap", Phrase(f"，上限{cap}", f", up to {cap}")),
    )


_DURATION = Field(
    Label("contract.term"),
    (
        Phrase(
            "{{ contract.term.months | number }}个月",
            "{{ contract.term.months | number }} months",
        ),
        Given(
            "contract.term.start and contract.term.end",
            Phrase(
                "，{{ contract.term.start | iso }}至{{ contract.term.end | iso }}",
                ", {{ contract.term.start | iso }} to {{ contract.term.end | iso }}",
            ),
        ),
        Given(
            "contract.term.renewal_notice_days",
            Phrase(
                "；届满{{ contract.term.renewal_notice_days | number }}日前通知续约",
                "; notice of renewal {{ contract.term.renewal_notice_days | number }} days before",
            ),
        ),
    ),
    whole=True,
)

_SERVICE_LEVEL = Field(
    Label("contract.sla"),
    (
        Phrase(
            "可用性不低于{{ contract.sla.availability | percent }}",
            "availability of at least {{ contract.sla.availability | percent }}",
        ),
        Given(
            "contract.sla.period",
            Phrase("（按{{ contract.sla.period }}）", " ({{ contract.sla.period }})"),
        ),
        Given(
            "contract.sla.credits",
            (
                Phrase("；补偿：", "; credits: "),
                Lines(
                    "step in contract.sla.credits",
                    Phrase(
                        "低于{{ step.below | percent }}补{{ step.credit | percent }}",
                        "{{ step.credit | percent }} below {{ step.below | percent }}",
                    ),
                    between=Phrase("，", ", "),
                ),
            ),
        ),
    ),
    whole=True,
)

_WARRANTY = Field(
    Label("contract.warranty"),
    (
        Phrase(
            "{{ contract.warranty.months | number }}个月",
            "{{ contract.warranty.months | number }} months",
        ),
        Given(
            "contract.warranty.from",
            Phrase(
                "，自{{ contract.warranty.from | label }}次日起算",
                " from the day after: {{ contract.warranty.from | label }}",
            ),
        ),
    ),
    whole=True,
)

# What legal, finance and the general manager ask first, in the order of the contract.
_TERMS = Form(
    (
        field("contract.effective.rule", "label"),
        Field(
            Phrase("合同份数", "Copies"),
            Phrase(
                "{{ contract.copies.total }}份，双方各{{ contract.copies.each }}份",
                "{{ contract.copies.total }}, {{ contract.copies.each }} each",
            ),
        ),
        FormRows((_DURATION,), condition="contract.term.months"),
        FormRows((_SERVICE_LEVEL,), condition="contract.sla.availability"),
        Field(
            Given(
                _SUBSCRIPTION,
                Phrase("上线期限", "Live by"),
                Phrase("初验期限", "Preliminary acceptance"),
            ),
            _DAYS_OF_PRELIM,
        ),
        field("contract.delivery.place"),
        Field(
            Phrase("验收", "Acceptance"),
            (
                Given(
                    _SUBSCRIPTION,
                    Phrase(
                        "每批上线后{{ contract.acceptance.prelim_period_days }}日内确认；"
                        "首批确认为初验，全部批次确认为终验",
                        "each wave within {{ contract.acceptance.prelim_period_days }} days; the "
                        "first is the preliminary acceptance, all of them the final one",
                    ),
                    Phrase(
                        "申请后{{ contract.acceptance.prelim_period_days }}日内初验，"
                        "初验通过后{{ contract.acceptance.final_after_days }}日内终验",
                        "preliminary within {{ contract.acceptance.prelim_period_days }} days of "
                        "the application, final {{ contract.acceptance.final_after_days }} days "
                        "later",
                    ),
                ),
                Given(
                    "contract.acceptance.deemed_accept",
                    Phrase(
                        "；期满未验收又未提出异议的，视为通过",
                        "; deemed accepted when not inspected in time",
                    ),
                ),
            ),
            whole=True,
        ),
        FormRows((_WARRANTY,), condition=f"not ({_SUBSCRIPTION})"),
        Field(Phrase("逾期交付责任", "Late delivery"), _caps("delivery")),
        Field(Phrase("逾期付款责任", "Late payment"), _caps("payment")),
        Field(
            Phrase("责任上限", "Cap on liability"),
            (
                Given(
                    _SUBSCRIPTION,
                    Phrase(
                        "违约前十二个月服务费的{{ contract.liability.overall_cap | percent }}",
                        "{{ contract.liability.overall_cap | percent }} of the fees of the "
                        "twelve months before the breach",
                    ),
                    Phrase(
                        "合同总价的{{ contract.liability.overall_cap | percent }}",
                        "{{ contract.liability.overall_cap | percent }} of the price",
                    ),
                ),
                Given(
                    "contract.liability.carve_outs",
                    (
                        Phrase("，不限：", ", but not: "),
                        "{{ contract.liability.carve_outs | label }}",
                    ),
                ),
            ),
            whole=True,
        ),
        Field(
            Phrase("争议解决", "Disputes"),
            (
                "{{ contract.dispute.method | label }}",
                Given(
                    "contract.dispute.method == 'arbitration'",
                    Given(
                        "contract.dispute.institution",
                        (Phrase("，", ", "), "{{ contract.dispute.institution }}"),
                    ),
                    Given(
                        "contract.dispute.court",
                        (Phrase("，", ", "), "{{ contract.dispute.court }}"),
                    ),
                ),
            ),
            whole=True,
        ),
        Field(
            Phrase("合同附件", "Annexes"),
            Lines("annex in contract.annexes", "{{ annex }}", Phrase("；", "; ")),
            whole=True,
        ),
    )
)

_TAX_SPLIT = Table(
    each="part in proposal.quote.by_rate",
    columns=(
        Column(
            Phrase("税率", "VAT rate"),
            "{{ part.rate | vat }}",
            16,
            "center",
        ),
        Column(
            Phrase("含税金额（元）", "Gross, CNY"),
            "{{ part.gross | money }}",
            28,
            "right",
            total="{{ proposal.quote.total | money }}",
        ),
        Column(
            Phrase("不含税金额（元）", "Net, CNY"),
            "{{ part.net | money }}",
            28,
            "right",
            total="{{ proposal.quote.net | money }}",
        ),
        Column(
            Phrase("税额（元）", "VAT, CNY"),
            "{{ part.tax | money }}",
            28,
            "right",
            total="{{ proposal.quote.tax | money }}",
        ),
    ),
    together=True,
)

_PAYMENTS = Table(
    each="payment in contract.payments",
    columns=(
        Column(Label("contract.payments[].name"), "{{ payment.name }}", 17),
        Column(
            Phrase("比例", "Share"),
            "{{ payment.share | percent }}",
            11,
            "right",
            total="{{ contract.share_total | percent }}",
        ),
        Column(
            Phrase("付款金额（元）", "Amount, CNY"),
            "{{ payment.amount | money }}",
            21,
            "right",
            total=Given("contract.share_total == 1", "{{ contract.amount | money }}"),
        ),
        Column(
            Phrase("付款条件与期限", "Due"),
            (
                Given(
                    "payment.event == 'date'",
                    Phrase("{{ payment.date | iso }}前", "by {{ payment.date | iso }}"),
                    (
                        "{{ payment.event | label }}",
                        Given(
                            "payment.days is not none",
                            Phrase(
                                "后{{ payment.days | number }}日内",
                                ", within {{ payment.days | number }} days",
                            ),
                        ),
                    ),
                ),
                Given(
                    "payment.condition",
                    Phrase("；{{ payment.condition }}", "; {{ payment.condition }}"),
                ),
            ),
            51,
        ),
    ),
)

_DEVIATIONS = Table(
    each=f"deviation in {_FORM}.deviations",
    columns=(
        Column(Label(f"{_FORM}.deviations[].article"), "{{ deviation.article }}", 18),
        Column(Label(f"{_FORM}.deviations[].standard"), "{{ deviation.standard }}", 27),
        Column(Label(f"{_FORM}.deviations[].agreed"), "{{ deviation.agreed }}", 29),
        Column(Label(f"{_FORM}.deviations[].reason"), "{{ deviation.reason }}", 26),
    ),
)

_FALLBACKS = Table(
    each="choice in contract.clauses",
    columns=(
        Column(Phrase("条款", "Clause"), clause_title("choice"), 15),
        Column(Phrase("备选条款的让步", "What the fallback concedes"), concession("choice"), 29),
        Column(Label("contract.clauses[].reason"), "{{ choice.reason }}", 23),
        Column(Label("contract.clauses[].by"), "{{ choice.by.name }}", 14, "center"),
        Column(Label("contract.clauses[].date"), "{{ choice.date | iso }}", 19, "center"),
    ),
)

_CHECK = f"{_FORM}.counterparty_check"


def _check(label: Words, name: str, found: Words) -> Field:
    """Return a check: its boxes, left out where legal stated the conclusion only, and the facts."""
    path = f"{_CHECK}.{name}"
    boxes = (_tag(path, "boxes('CheckResult')"), Phrase("　　", "    "))
    return Field(label, (Given(f"{path} or not {_CHECK}.result", boxes), found), whole=True)


_DISHONEST = Given(
    "customer.credit.dishonest_list",
    Strong(Phrase("；列入失信被执行人", "; on the dishonest list")),
    Given(
        "customer.credit.dishonest_list == false",
        Phrase("；未列入失信被执行人", "; not on the dishonest list"),
    ),
)

_CREDIT = (
    "{{ customer.credit.status | label }}",
    _DISHONEST,
    Given("customer.credit.lawsuits", (Phrase("；", "; "), "{{ customer.credit.lawsuits }}")),
    Given(
        "customer.credit.checked_on",
        (
            Phrase("（", " ("),
            Given(
                "customer.credit.source",
                Phrase("{{ customer.credit.source }}，", "{{ customer.credit.source }}, "),
            ),
            Phrase(
                "{{ customer.credit.checked_on | iso }}查询）",
                "checked {{ customer.credit.checked_on | iso }})",
            ),
        ),
    ),
)

_STAMP_DUTY = Field(Phrase("印花税估算", "Stamp duty (est.)"), "{{ stamp_duty | yuan }}")

# The margin is left out where the library does not let the readers of this form see it.
_REVIEW = Form(
    (
        _check(
            Phrase("营业执照", "Licence"),
            "licence",
            (Phrase("法定代表人：", "Legal representative: "), "{{ customer.legal_rep }}"),
        ),
        _check(Phrase("信用代码", "Credit code"), "code_ok", "{{ customer.uscc }}"),
        _check(Phrase("信用状况", "Credit"), "credit", _CREDIT),
        _check(
            Phrase("签约授权", "Authority"),
            "poa",
            (
                Phrase("甲方：", "Party A: "),
                _signatory("a"),
                Phrase("\n乙方：", "\nParty B: "),
                _signatory("b"),
            ),
        ),
        Field(
            Phrase("核查结论", "Conclusion"),
            _tag(f"{_CHECK}.result", "boxes('CheckResult')"),
            whole=True,
        ),
        Field(
            Label(f"{_FORM}.attachments"),
            ticked(f"{_FORM}.attachments", Attachment),
            whole=True,
        ),
        Band(Phrase("内部测算（不得外传）", "Internal estimate, not to be passed on")),
        FormRows(
            ((field("contract.internal.gross_margin", "percent"), _STAMP_DUTY),),
            condition="contract.internal.gross_margin",
        ),
        FormRows((_STAMP_DUTY,), condition="not contract.internal.gross_margin"),
        field("contract.internal.receivable_risk", whole=True),
    ),
)

_DISPOSITIONS = Table(
    each="row in contract.internal.lint_dispositions",
    columns=(
        Column(Label("contract.internal.lint_dispositions[].rule"), "{{ row.rule }}", 15, "center"),
        Column(Label("contract.internal.lint_dispositions[].text"), "{{ row.text }}", 53),
        Column(
            Label("contract.internal.lint_dispositions[].by"), "{{ row.by.name }}", 14, "center"
        ),
        Column(
            Label("contract.internal.lint_dispositions[].date"),
            "{{ row.date | iso }}",
            18,
            "center",
        ),
    ),
)

_GIVEN = Rows(
    (
        "{{ approval.step | number }}",
        (
            "{{ approval.dept | label }}",
            Given(
                "approval.by.title != approval.dept.zh",
                (Break(), Faint("{{ approval.by.title }}")),
            ),
        ),
        ("{{ approval.opinion }}", Break(), "{{ approval.result | boxes('ApprovalResult') }}"),
        (Faint("{{ approval.by.name }}"), Break(), " "),  # the name above, room to sign below
        "{{ approval.date | iso }}",
    ),
    each="approval in contract.approvals",
)

_OPEN = Rows(
    (
        "{{ step.step | number }}",
        (
            "{{ step.dept | label }}",
            Given(
                "(step.roles | label) not in (step.dept.zh, step.dept.en)",
                (Break(), Faint("{{ step.roles | label }}")),
            ),
        ),
        (Break(), Break(), "{{ step.approval | boxes('ApprovalResult') }}"),
        "",
        "",
    ),
    each="step in contract.required_approvals if not step.approval",
    height=20,
)

_OPINIONS = Table(
    columns=(
        Column(Phrase("步骤", "Step"), width=8, align="center"),
        Column(Phrase("审批部门", "Department"), width=15, align="center"),
        Column(Phrase("审批意见", "Opinion"), width=40),
        Column(Phrase("审批人\n（签字）", "Signature"), width=18, align="center"),
        Column(Phrase("日期", "Date"), width=19, align="center"),
    ),
    rows=(_GIVEN, _OPEN),
    below=(
        SpanRow(
            Phrase("董事会或集团", "Board or group"),
            Phrase(
                "合同金额达到董事会（集团）审批限额，批准文件另附并归档。",
                "The amount needs the board or group; its approval is attached and filed.",
            ),
            label_columns=2,
            condition="contract.board_needed",
        ),
    ),
)

_SEAL = Form(
    (
        field(f"{_FORM}.seal.kind", "boxes('Seal')", whole=True),
        Field(
            Label(f"{_FORM}.seal.copies"),
            (
                _later(f"{_FORM}.seal.copies", "number", room=Phrase("　　", "  ")),
                Phrase("份", " copies"),
            ),
        ),
        Field(
            Label(f"{_FORM}.seal.cross_page"),
            _two_boxes(f"{_FORM}.seal.cross_page", Phrase("加盖", "Yes"), Phrase("不加盖", "No")),
        ),
        Field(
            Phrase("用印申请人", "Seal asked for by"),
            _later(f"{_FORM}.seal.by", value=f"{_FORM}.seal.by.name"),
        ),
        Field(Label(f"{_FORM}.seal.date"), _later(f"{_FORM}.seal.date", "iso", room=WRITE_DAY)),
        Field(Phrase("管印人签字", "Seal keeper"), ""),
        Field(
            Phrase("用印前核对", "Before sealing"),
            Phrase("□\u00a0文本与定稿指纹一致", "□\u00a0Text matches the fingerprint"),
        ),
        Field(Label(f"{_FORM}.archive.doc_no"), _later(f"{_FORM}.archive.doc_no")),
        Field(
            Label(f"{_FORM}.archive.date"), _later(f"{_FORM}.archive.date", "iso", room=WRITE_DAY)
        ),
        FormRows(
            (field(f"{_FORM}.archive.place"), field(f"{_FORM}.archive.scan")),
            condition=f"{_FORM}.archive.place or {_FORM}.archive.scan",
        ),
    ),
    together=True,
)

LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(facts=_DATED),
        Heading(Phrase("合同概况", "Contract")),
        _FACTS,
        Heading(Phrase("价款与付款", "Price and payment")),
        _TAX_SPLIT,
        _PAYMENTS,
        Heading(Phrase("主要条款", "Main terms")),
        _TERMS,
        Heading(Phrase("与标准文本的差异", "Deviations from the standard text")),
        _DEVIATIONS,
        When("contract.clauses", (_FALLBACKS,)),
        Heading(Phrase("主体资信核查与送审附件", "Counterparty check and enclosures")),
        _REVIEW,
        When(
            "contract.internal.lint_dispositions",
            (Heading(Label("contract.internal.lint_dispositions")), _DISPOSITIONS),
        ),
        Heading(Phrase("审批意见", "Opinions")),
        When(
            "contract.approvals or contract.required_approvals",
            (_OPINIONS,),
            otherwise=(
                Paragraph(
                    Phrase(
                        "合同总价未定，审批步骤待总价确定后列出。",
                        "The steps follow from the contract price, which is not yet known.",
                    )
                ),
            ),
        ),
        Heading(Phrase("用印与归档", "Seal and archive")),
        _SEAL,
        FillingNotes(),
    ),
)
