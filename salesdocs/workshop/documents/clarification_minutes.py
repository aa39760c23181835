"""澄清纪要: in a public purchase, what was asked of our bid and answered, and that no more changed.

A tender and a consultation call the same things by other names; the words follow the procurement.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    Attachments,
    Bullets,
    Closing,
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
    Paragraph,
    Phrase,
    Table,
    TitleBlock,
    Together,
    When,
    Words,
    field,
    numbers,
)

_CONSULTATION = "meta.procurement_mode == 'competitive_consultation'"


def _by_mode(tender: Phrase, consultation: Phrase) -> Words:
    """Return the words of a tender, or those of a competitive consultation."""
    return Given(_CONSULTATION, consultation, tender)


_BIDDER = _by_mode(Phrase("投标人", "Bidder"), Phrase("供应商", "Supplier"))
_BID = _by_mode(Phrase("投标文件", "bid"), Phrase("响应文件", "response"))
_PANEL = _by_mode(
    Phrase("评标委员会", "the evaluation committee"), Phrase("磋商小组", "the consultation panel")
)

_FACTS = Form(
    (
        field("tender.project_name", whole=True),
        field("tender.project_no", whole=True),
        Field(Phrase("采购人", "Purchaser"), "{{ customer.name }}", whole=True),
        field("tender.agency", whole=True),
        Field(_BIDDER, "{{ supplier.name }}", whole=True),
        Field(
            _by_mode(
                Phrase("投标截止日期", "Bid deadline"), Phrase("响应截止日期", "Response deadline")
            ),
            "{{ tender.bid_deadline | iso }}",
        ),
        Field(
            _by_mode(Phrase("开标日期", "Opened on"), Phrase("开启日期", "Opened on")),
            "{{ tender.opened | iso }}",
        ),
    )
)

_ROW = "tender.clarifications[]"
_QUESTIONS = Table(
    each="clarification in tender.clarifications",
    empty="{{ tender.clarifications | listed }}",
    columns=(
        numbers(12),
        Column(Label(f"{_ROW}.date"), "{{ clarification.date | iso }}", 27, "center"),
        Column(Label(f"{_ROW}.question"), "{{ clarification.question }}", 42),
        Column(Label(f"{_ROW}.answer"), "{{ clarification.answer }}", 56),
        Column(
            Label(f"{_ROW}.by"),
            Given("clarification.by", "{{ clarification.by.name }}", "/"),
            17,
            "center",
        ),
    ),
)

_PRICE = Given(
    "tender.bid.amount is none",
    "/",
    (
        "{{ tender.bid.amount | yuan }}",
        Phrase("（大写：", " ("),
        "{{ tender.bid.amount | capitals }}",
        Phrase("）", ")"),
    ),
)

_UNCHANGED = Form(
    (
        Field(
            _by_mode(Phrase("投标总价", "Bid amount"), Phrase("响应报价", "Price")),
            _PRICE,
            whole=True,
        ),
        Field(
            Phrase("工期", "Time"),
            Given(
                "tender.bid.days is none",
                "/",
                Phrase("{{ tender.bid.days | number }}日", "{{ tender.bid.days | number }} days"),
            ),
        ),
        Field(
            Phrase("质保期", "Warranty"),
            Given(
                "tender.bid.warranty_months is none",
                "/",
                Phrase(
                    "{{ tender.bid.warranty_months | number }}个月",
                    "{{ tender.bid.warranty_months | number }} months",
                ),
            ),
        ),
        FormRows((field("tender.bid.payments", whole=True),), condition="tender.bid.payments"),
    ),
    together=True,
)

_STATEMENT = Together(
    (
        Heading(Phrase("声明", "Statement")),
        Bullets(
            (
                (
                    _by_mode(
                        Phrase("上述澄清、说明和补正应", "They were made at the request of "),
                        Phrase("上述澄清、说明和更正应", "They were made at the request of "),
                    ),
                    _PANEL,
                    Phrase(
                        "的要求以书面形式作出，内容真实、准确。",
                        " in writing, and are true and exact.",
                    ),
                ),
                (
                    Phrase("上述内容未超出", "They neither go beyond the "),
                    _BID,
                    Phrase("的范围，未改变", " nor change the substance of the "),
                    _BID,
                    Phrase("的实质性内容，构成", "; they form part of the "),
                    _BID,
                    Phrase("的组成部分。", "."),
                ),
                _by_mode(
                    Phrase(
                        "确定中标人前，我公司未与采购人、采购代理机构就投标价格、投标方案等实质性内容"
                        "进行谈判。",
                        "Before the award we have not negotiated price, plan or other substance of "
                        "the bid with purchaser or agency.",
                    ),
                    Phrase(
                        "磋商和最后报价按采购文件规定的程序进行，不以本纪要代替。",
                        "Consultation and final price follow the procurement documents; these "
                        "minutes do not take their place.",
                    ),
                ),
                (_BID, Phrase("的下列内容保持不变：", ": the following stays as it is:")),
            ),
            numbered=True,
        ),
        _UNCHANGED,
        Attachments((Phrase("书面澄清通知及答复原件", "Originals of questions and answers"),)),
        Closing(
            (
                (_BIDDER, Phrase("：", ": "), "{{ supplier.name }}"),
                (
                    Phrase("法定代表人或授权代表　", "Legal or authorised representative "),
                    Faint(Phrase("　　　　　　　　（签字）", "                (signature)")),
                ),
                "{{ document.date | day }}",
            )
        ),
    )
)

LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(),
        _FACTS,
        Heading(Phrase("澄清事项", "Clarifications")),
        Paragraph(
            (
                Phrase("在本项目评审过程中，", "During the evaluation "),
                _PANEL,
                Phrase("就我公司", " asked about our "),
                _BID,
                Phrase("提出下列问题，我公司逐项答复如下。", "; we answered as follows."),
            ),
            keep_next=True,
        ),
        _QUESTIONS,
        _STATEMENT,
        # Not on what goes to the purchaser.
        When("document.draft", (FillingNotes(),)),
    ),
)
