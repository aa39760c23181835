"""请款函, and 催款函 once the payment is late: basis, amount, due day, account.

One letter a payment. It asks and reminds; what late damages come to is for us to know, the letter
only keeps the right to them. A reminder ends with a receipt, because a creditor must be able to
show that it arrived (Civil Code 195: asking interrupts the limitation period).
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    BOX,
    WRITE_DAY,
    Attachments,
    Closing,
    Field,
    FillingNotes,
    Form,
    FormRows,
    Given,
    Layout,
    Paragraph,
    Phrase,
    Strong,
    TitleBlock,
    When,
    Words,
    field,
)

_CONTRACT = Phrase(
    "《{{ contract.title }}》（编号：{{ contract.doc_no }}）",
    "{{ contract.title }} (No. {{ contract.doc_no }})",
)
_PART_PAID = "due.received_amount and due.received_amount > 0"

_TERM: Words = Given(
    "due.event == 'date'",
    Phrase("于{{ due.payment.date | day }}前支付", "payable by {{ due.payment.date | day }}"),
    (
        Phrase("于", "payable "),
        Given(
            "due.payment.days",
            Phrase(
                "{{ due.event | label }}后{{ due.payment.days | number }}日内",
                "within {{ due.payment.days | number }} days of: {{ due.event | label }}",
            ),
            Phrase("{{ due.event | label }}时", "on: {{ due.event | label }}"),
        ),
        Phrase("支付", ""),
    ),
)

_BASIS = Paragraph(
    (
        Phrase("贵我双方", "Under "),
        Given(
            "contract.signed",
            Phrase("于{{ contract.signed | day }}签订了", ""),
            Phrase("签订了", ""),
        ),
        _CONTRACT,
        Phrase("。按合同约定，{{ due.name }}", ", {{ due.name }} is "),
        Given(
            "due.payment.share",
            Phrase(
                "（合同总价的{{ due.payment.share | percent }}）",
                "({{ due.payment.share | percent }} of the price) ",
            ),
        ),
        _TERM,
        Given(
            "due.payment.condition",
            Phrase("，{{ due.payment.condition }}", ", {{ due.payment.condition }}"),
        ),
        Phrase("。", ". "),
        Given(
            "due.event != 'date'",
            Phrase(
                "上述付款条件已于{{ due.event_date | day }}成就。",
                "That happened on {{ due.event_date | day }}.",
            ),
        ),
    )
)

_REQUEST = Paragraph(
    (
        Phrase("现请{{ customer.courtesy }}于", "Please pay "),
        Strong(
            Phrase("{{ due.due | day }}前（含当日）", "by {{ due.due | day }}, that day included,")
        ),
        Phrase("支付", " "),
        Strong("{{ due.outstanding | yuan }}"),
        Phrase("（大写：", " ("),
        "{{ due.outstanding | capitals }}",
        Phrase(
            "）至下列账户。如已付款，请忽略本函并告知付款日期。",
            ") to the account below. If you have paid, please tell us the day.",
        ),
        Given(
            "due.provisional",
            Phrase(
                "付款期限遇法定休假日的，按国家公布的放假安排顺延。",
                " A due day that becomes a public holiday moves to the next working day.",
            ),
        ),
    )
)

_REMINDER = (
    Paragraph(
        (
            Phrase("上述款项已于", "The payment fell due on "),
            Strong("{{ due.due | day }}"),
            Phrase("到期，截至", "; as of "),
            "{{ meta.as_of | day }}",
            Phrase("已逾期", " it is "),
            Strong(
                Phrase("{{ due.overdue_days | number }}日", "{{ due.overdue_days | number }} days")
            ),
            Given(
                _PART_PAID,
                (
                    Phrase("。我公司已收到", " late. We have received "),
                    "{{ due.received_amount | yuan }}",
                    Phrase("，尚有", "; "),
                    Strong("{{ due.outstanding | yuan }}"),
                ),
                (Phrase("，", " late, and "), Strong("{{ due.outstanding | yuan }}")),
            ),
            Phrase("（大写：", " ("),
            "{{ due.outstanding | capitals }}",
            Phrase("）尚未收到。", ") is still open."),
        )
    ),
    Paragraph(
        Phrase(
            "敬请{{ customer.courtesy }}收到本函后尽快安排支付；"
            "如已付款，请忽略本函并告知付款日期。"
            "对金额或付款条件有不同意见的，请于收到本函后五个工作日内书面告知。"
            "本函为我公司就上述款项的书面催告，我公司保留依合同约定主张逾期付款责任的权利。",
            "Please arrange payment soon; if you have paid, disregard this letter and tell us the"
            " day. If you see amount or condition otherwise, please write to us within five working"
            " days. This letter is our written demand for the payment. We reserve our rights"
            " under the contract on late payment.",
        )
    ),
)

_INVOICE: Words = Given(
    "due.invoice_no or due.invoice_date",
    (
        Phrase("已开具", "Issued: "),
        "{{ contract.invoicing.type | label }}",
        Given("due.invoice_no", Phrase("，号码{{ due.invoice_no }}", ", No. {{ due.invoice_no }}")),
        Given(
            "due.invoice_date",
            Phrase("，开票日期{{ due.invoice_date | iso }}", ", {{ due.invoice_date | iso }}"),
        ),
    ),
    (
        Phrase("按合同约定", "By the contract: "),
        "{{ contract.invoicing.when | label }}",
        Phrase("，发票类型为", ", "),
        "{{ contract.invoicing.type | label }}",
    ),
)

_CALL: Words = (
    "{{ meta.owner.name }}",
    Given(
        "meta.owner.phone",
        Phrase("，电话{{ meta.owner.phone }}", ", phone {{ meta.owner.phone }}"),
    ),
    Given(
        "meta.owner.email",
        Phrase("，邮箱{{ meta.owner.email }}", ", {{ meta.owner.email }}"),
    ),
)

_ITEMS = Form(
    (
        Field(Phrase("合同编号", "Contract No."), "{{ contract.doc_no }}"),
        Field(
            Phrase("款项", "Payment"),
            ("{{ due.name }}", Phrase("（", " ("), "{{ due.id }}", Phrase("）", ")")),
        ),
        Field(Phrase("应付金额", "Amount"), "{{ due.amount | yuan }}"),
        Field(Phrase("付款到期日", "Due"), "{{ due.due | iso }}"),
        FormRows(
            (
                (
                    Field(Phrase("已收金额", "Received"), "{{ due.received_amount | yuan }}"),
                    Field(Phrase("最近到账日", "Last receipt"), "{{ due.received | iso }}"),
                ),
            ),
            condition=_PART_PAID,
        ),
        Field(
            Given("due.overdue", Phrase("尚欠金额", "Open"), Phrase("本次请付金额", "To be paid")),
            Strong("{{ due.outstanding | yuan }}"),
        ),
        Field(
            Given(
                "due.overdue",
                Phrase("逾期天数", "Days late"),
                Phrase("条件成就日", "Condition met"),
            ),
            Given("due.overdue", "{{ due.overdue_days | number }}", "{{ due.event_date | iso }}"),
        ),
        Field(Phrase("发票", "Invoice"), _INVOICE, whole=True),
        Field(Phrase("收款单位", "Payee"), "{{ parties.b.name }}", whole=True),
        field("supplier.bank.name"),
        field("supplier.bank.account"),
        Field(Phrase("联系人", "Contact"), _CALL, whole=True),
    ),
    together=True,
)

_ACCOUNT = Paragraph(
    Phrase(
        "收款账户以合同约定为准。我公司不以电话、邮件或即时通讯方式变更账户；"
        "如需变更，将另行出具加盖公章的书面通知，请向我公司核实后付款。",
        "The account is that of the contract. We never change it by phone, mail or message: it"
        " would take a sealed letter; please ask us before you pay.",
    )
)

_BILL = (
    Phrase("发票", "Invoice"),
    Given("due.invoice_no", Phrase("（号码{{ due.invoice_no }}）", " No. {{ due.invoice_no }}")),
)
_PROOF = Phrase(
    "项目验收报告（编号{{ acceptance.doc_no }}）", "Acceptance report {{ acceptance.doc_no }}"
)
_IS_BILLED = "(due.invoice_no or due.invoice_date)"
_IS_ACCEPTED = "due.event in ['prelim_acceptance', 'final_acceptance'] and acceptance.doc_no"


def _only(enclosure: Words) -> tuple[Paragraph, ...]:
    """Return the line of a single enclosure: one alone takes no number."""
    return (Paragraph((Phrase("附件：", "Enclosure: "), enclosure), align="left"),)


_ENCLOSED = When(
    f"{_IS_BILLED} and {_IS_ACCEPTED}",
    (Attachments((_BILL, _PROOF)),),
    otherwise=(
        When(
            _IS_BILLED,
            _only(_BILL),
            otherwise=(When(_IS_ACCEPTED, _only(_PROOF)),),
        ),
    ),
)

_RECEIPT = (
    Paragraph(Phrase("回　执", "Receipt"), style="DocTitle", new_page=True),
    Paragraph(
        ("{{ parties.b.name }}", Phrase("：", ":")), style="BodyText", align="left", keep_next=True
    ),
    Paragraph(
        Phrase(
            "贵公司{{ document.date | day }}关于{{ due.name }}的函"
            "（编号：{{ document.doc_no }}）收悉。",
            "We have received your letter {{ document.doc_no }} of {{ document.date | day }}.",
        ),
        keep_next=True,
    ),
    Form(
        (
            Field(
                Phrase("答复", "Answer"),
                (
                    BOX,
                    Phrase(
                        "\u00a0金额无异议，将于　　　　年　　月　　日前支付",
                        "\u00a0We agree and pay by: ",
                    ),
                    "\n",
                    BOX,
                    Phrase(
                        "\u00a0已于　　　　年　　月　　日支付，付款凭证附后",
                        "\u00a0Paid on (voucher enclosed): ",
                    ),
                    "\n",
                    BOX,
                    Phrase("\u00a0有异议，说明如下：", "\u00a0We disagree: "),
                ),
                tall=30,
            ),
            Field(Phrase("签收单位（盖章）", "Received by (seal)"), "", tall=20),
            Field(Phrase("签收人及日期", "Name and date"), WRITE_DAY, tall=10),
        ),
        columns=2,
        together=True,
    ),
)

LAYOUT = Layout(
    kind="contract",
    blocks=(
        TitleBlock(mark=False),
        Paragraph((Phrase("致：", "To: "), "{{ parties.a.name }}"), style="Addressee"),
        When(
            "contract.notices.a.addressee",
            (
                Paragraph(
                    (
                        Phrase("收件人：", "Attention: "),
                        "{{ contract.notices.a.addressee }}",
                        Given(
                            "contract.notices.a.address",
                            Phrase(
                                "（{{ contract.notices.a.address }}）",
                                " ({{ contract.notices.a.address }})",
                            ),
                        ),
                    ),
                    style="BodyText",
                    align="left",
                ),
            ),
        ),
        _BASIS,
        When("due.overdue", _REMINDER, otherwise=(_REQUEST,)),
        _ITEMS,
        _ACCOUNT,
        _ENCLOSED,
        Closing(),
        When("due.overdue", _RECEIPT),
        When("document.draft", (FillingNotes(),)),
    ),
)
