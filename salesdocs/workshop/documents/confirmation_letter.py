"""方案确认函: a letter of one page with the customer's reply to tear off, then what is confirmed.

It proves that scope and version were agreed before prices were discussed, and names the version
that was out when it was sent, whatever was offered later.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    COMMA,
    STOP,
    WRITE_DAY,
    Annex,
    Bullets,
    Closing,
    Column,
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
    Strong,
    Table,
    TitleBlock,
    Together,
    When,
    Words,
)
from salesdocs.workshop.pricing import IN_YUAN, TOTAL

_BID = "tender.project_no"

_ANNEX = Phrase("确认范围清单", "Scope confirmed")

_VERSION: Words = Given(
    "proposal.confirmed_version",
    Phrase(
        "第{{ proposal.confirmed_version.v }}版（编号{{ proposal.doc_no }}，"
        "{{ proposal.confirmed_version.date | day }}）",
        "version {{ proposal.confirmed_version.v }} (No. {{ proposal.doc_no }}, "
        "{{ proposal.confirmed_version.date | day }})",
    ),
    Phrase("（编号{{ proposal.doc_no }}）", "(No. {{ proposal.doc_no }})"),
)

_OPENING = Paragraph(
    (
        Given(
            _BID,
            Phrase(
                "感谢{{ customer.courtesy }}审阅我公司为{{ meta.title }}提交的方案。"
                "我公司按招标文件的要求编制了解决方案建议书",
                "Thank you for reviewing what we submitted for {{ meta.title }}. By the tender "
                "documents we have prepared the proposal, ",
            ),
            Phrase(
                "感谢{{ customer.courtesy }}对《{{ meta.title }}解决方案建议书》的审阅与指导。"
                "我公司已按{{ customer.courtesy }}意见完成解决方案建议书",
                "Thank you for reviewing our proposal for {{ meta.title }}. Following our talks "
                "we have completed the proposal, ",
            ),
        ),
        _VERSION,
        Given(
            "proposal.confirmed_changes",
            (
                Phrase("，主要调整如下：", ". The main changes are: "),
                Lines(
                    "change in proposal.confirmed_changes",
                    (
                        Given("proposal.confirmed_changes | length > 1", "({{ loop.index }}) "),
                        "{{ change.request }}",
                        Given(
                            "change.action",
                            Phrase("（{{ change.action }}）", " ({{ change.action }})"),
                        ),
                    ),
                    Phrase("；", "; "),
                ),
            ),
        ),
        STOP,
    )
)

_TOTAL: Words = Given(
    "proposal.confirmed_version.total",
    (
        TOTAL,
        Phrase("", " "),
        Strong(
            Given(
                IN_YUAN,
                "{{ proposal.confirmed_version.total | yuan }}",
                Phrase(
                    "{{ proposal.confirmed_version.total | money }}"
                    "{{ proposal.quote.currency | label }}",
                    "{{ proposal.confirmed_version.total | money }} "
                    "({{ proposal.quote.currency | label }})",
                ),
            )
        ),
    ),
    Phrase("以所确认版本的报价为准", "as quoted in the version confirmed"),
)

_CONFIRM = (
    Paragraph(
        Phrase("现请{{ customer.courtesy }}对以下内容予以确认：", "Please confirm the following:"),
        keep_next=True,
    ),
    Bullets(
        (
            (
                Phrase("项目范围与功能：", "Scope and functions: "),
                Given(
                    "needs.accepted",
                    Phrase(
                        "{{ customer.courtesy }}已确认的需求{{ needs.accepted | length }}项，",
                        "{{ needs.accepted | length }} agreed needs, ",
                    ),
                ),
                Phrase(
                    "对应功能{{ proposal.functions | length }}项、产品与服务"
                    "{{ proposal.quote.lines | length }}项，详见附件；",
                    "{{ proposal.functions | length }} functions, {{ proposal.quote.lines | length "
                    "}} products and services, as listed in the annex;",
                ),
            ),
            (
                Phrase("实施周期：", "Schedule: "),
                Given(
                    "proposal.plan_weeks",
                    (
                        Phrase(
                            "共{{ proposal.plan_weeks }}周，分",
                            "{{ proposal.plan_weeks }} weeks: ",
                        ),
                        Lines(
                            "phase in proposal.plan",
                            "{{ phase.phase }}",
                            COMMA,
                        ),
                        Phrase("{{ proposal.plan | length }}个阶段；", ";"),
                    ),
                    Phrase("按方案中的实施计划；", "as planned in the proposal;"),
                ),
            ),
            (
                Phrase("报价口径：", "Price basis: "),
                _TOTAL,
                # After the bids are open nobody may negotiate their substance (招标投标法 43).
                Given(
                    _BID,
                    Phrase(
                        "，即投标报价，合同价款以中标价为准。",
                        ", as bid; the contract is made at the price of the award.",
                    ),
                    Phrase(
                        "，最终价款以商务谈判及正式合同为准。",
                        "; the final price follows negotiation and contract.",
                    ),
                ),
            ),
        ),
        numbered=True,
    ),
)

_EFFECT = (
    Paragraph(
        Given(
            _BID,
            Phrase(
                "本函仅确认方案内容，不改变招标文件和投标文件，双方权利义务以所订合同为准。",
                "This letter confirms the solution only and changes neither tender nor bid; rights "
                "and duties follow the contract made by them.",
            ),
            Phrase(
                "本函仅用于确认方案内容，双方权利义务以正式签订的合同为准。",
                "This letter confirms the solution only; rights and duties follow the signed "
                "contract.",
            ),
        )
    ),
    Paragraph(
        (
            Phrase("请于", "Please return the reply below, signed or sealed, by "),
            Strong("{{ proposal.confirmation.reply_by | day }}"),
            Phrase("前将回执签字或盖章后返回。", "."),
        )
    ),
    When(
        "meta.owner.name",
        (
            Paragraph(
                (
                    Phrase("联系人：{{ meta.owner.name }}", "Contact: {{ meta.owner.name }}"),
                    Given(
                        "meta.owner.phone",
                        Phrase("，{{ meta.owner.phone }}", ", phone {{ meta.owner.phone }}"),
                    ),
                    Given(
                        "meta.owner.email",
                        Phrase("，{{ meta.owner.email }}", ", e-mail {{ meta.owner.email }}"),
                    ),
                    STOP,
                )
            ),
        ),
    ),
)

_DASHES = "- " * 19
_TEAR_OFF = Phrase(
    f"{_DASHES}　沿此线裁下　{_DASHES.strip()}", f"{_DASHES} tear off here {_DASHES.strip()}"
)

_REPLY = (
    Paragraph(Faint(_TEAR_OFF), style="TableCentre"),
    Paragraph(Strong(Phrase("回　执", "Reply")), style="Company"),
    Paragraph(Phrase("致：{{ supplier.name }}", "To: {{ supplier.name }}"), style="BodyText"),
    Paragraph(
        (
            Phrase(
                "贵公司《{{ document.title }}》（编号{{ document.doc_no }}）收悉。对贵公司提交的"
                "解决方案建议书",
                "We have received your {{ document.title }} No. {{ document.doc_no }}. On the "
                "proposal, ",
            ),
            _VERSION,
            Phrase("，我单位意见如下：", ", our answer is:"),
        )
    ),
    Form(
        (
            Field(
                Label("proposal.confirmation.result"),
                "{{ proposal.confirmation.result | boxes('ConfirmationResult') }}",
                whole=True,
            ),
            Field(
                Label("proposal.confirmation.reservations"),
                (
                    Lines(
                        "item in proposal.confirmation.reservations",
                        (
                            Given(
                                "proposal.confirmation.reservations | length > 1",
                                "{{ loop.index }}. ",
                            ),
                            "{{ item }}",
                        ),
                        # What the customer has answered leaves no room for more.
                        empty=Given(
                            "proposal.confirmation.result and not proposal.confirmation.remarks",
                            Phrase("无", "None"),
                        ),
                    ),
                    Given(
                        "proposal.confirmation.remarks",
                        (
                            Given("proposal.confirmation.reservations", Phrase("　", " ")),
                            "{{ proposal.confirmation.remarks }}",
                        ),
                    ),
                ),
                tall=10,
            ),
            Field(Phrase("确认单位", "Company"), "{{ customer.name }}", whole=True),
            (
                Field(
                    Label("proposal.confirmation.by"),
                    Given(
                        "proposal.confirmation.by",
                        Phrase(
                            "{{ proposal.confirmation.by.name }}（"
                            "{{ proposal.confirmation.by.title }}）",
                            "{{ proposal.confirmation.by.name }} "
                            "({{ proposal.confirmation.by.title }})",
                        ),
                    ),
                ),
                Field(
                    Label("proposal.confirmation.date"),
                    Given(
                        "proposal.confirmation.date",
                        "{{ proposal.confirmation.date | iso }}",
                        WRITE_DAY,
                    ),
                ),
            ),
            (
                Field(Phrase("签字", "Signature"), "", tall=12),
                Field(Phrase("盖章", "Seal"), "", tall=12),
            ),
        ),
        together=True,
    ),
)

_SCOPE = (
    Annex(_ANNEX),
    Paragraph(
        (
            Phrase("本清单与解决方案建议书", "This list goes with the proposal, "),
            _VERSION,
            Phrase(
                "一致，未列入的内容不在确认范围内。", "; what it does not name is not confirmed."
            ),
        )
    ),
    Heading(Phrase("需求与功能", "Needs and functions")),
    Table(
        each="row in coverage if row.need.status == 'accepted'",
        columns=(
            Column(Phrase("需求编号", "Need"), "{{ row.need.id }}", 14, "center"),
            Column(Label("needs.items[].name"), "{{ row.need.name }}", 34),
            Column(
                Label("proposal.functions[].function"),
                Lines("item in row.functions", "{{ item.function }}", COMMA, "/"),
                36,
            ),
            Column(
                Label("proposal.functions[].type"),
                Lines("item in row.functions", "{{ item.type | label }}", COMMA, "/"),
                16,
                "center",
            ),
        ),
    ),
    Heading(Phrase("产品与服务", "Products and services")),
    Table(
        each="line in proposal.quote.lines",
        empty="{{ proposal.quote.lines | listed }}",
        columns=(
            Column(Label("proposal.quote.lines[].id"), "{{ line.id }}", 14, "center"),
            Column(Label("proposal.quote.lines[].name"), "{{ line.name }}", 38),
            Column(Label("proposal.quote.lines[].spec"), "{{ line.spec }}", 28),
            Column(Phrase("数量", "Qty"), "{{ line.qty | number }}{{ line.unit }}", 20, "center"),
        ),
    ),
    When(
        "needs.out_of_scope",
        (
            Paragraph(
                (
                    Phrase("不在确认范围内：", "Not in scope: "),
                    Lines("thing in needs.out_of_scope", "{{ thing }}", COMMA),
                    STOP,
                )
            ),
        ),
    ),
)

LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(),
        Paragraph(Phrase("致：{{ customer.name }}", "To: {{ customer.name }}"), style="Addressee"),
        _OPENING,
        *_CONFIRM,
        *_EFFECT,
        Paragraph((Phrase("附件：", "Annex: "), _ANNEX)),
        Closing(),
        # Where the reply does not fit, the closing stays with the letter and does not follow it.
        Paragraph("", style="TableGap"),
        Together(_REPLY),
        When("document.draft", (FillingNotes(),)),
        *_SCOPE,
    ),
)
