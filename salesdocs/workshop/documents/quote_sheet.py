"""报价单: the price alone, on landscape paper, for comparison and approval at the customer's.

The price table is the proposal's; what a buyer asks next stands below it, beside the seal.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    STOP,
    Beside,
    Closing,
    Field,
    FillingNotes,
    Form,
    Given,
    Landscape,
    Layout,
    Phrase,
    Strong,
    Tab,
    TitleBlock,
    When,
    Words,
)
from salesdocs.workshop.pricing import CURRENCY, WARRANTY, price_table

_BID = "tender.project_no"

_QUOTED_BY: Words = (
    "{{ meta.owner.name }}",
    Given("meta.owner.phone", Phrase("，{{ meta.owner.phone }}", ", {{ meta.owner.phone }}")),
)

_HEAD = Form(
    (
        (
            Field(Phrase("客户名称", "Customer"), "{{ customer.name }}"),
            Field(Phrase("报价单位", "Offered by"), "{{ supplier.name }}"),
        ),
        (
            Field(Phrase("项目名称", "Project"), "{{ meta.title }}"),
            Field(Phrase("报价人", "Quoted by"), _QUOTED_BY),
        ),
    )
)

_FACTS: Words = (
    Phrase("编号：", "No.: "),
    "{{ document.doc_no }}",
    Phrase(
        "　第{{ proposal.quote.current_version.v }}版",
        "  version {{ proposal.quote.current_version.v }}",
    ),
    Tab(),
    Phrase("报价日期：", "Date: "),
    "{{ document.date | day }}",
    Phrase("　有效期至：", "  valid until: "),
    "{{ proposal.valid_until | day }}",
)

_TERMS: tuple[Words, ...] = (
    (
        Given(
            _BID,
            Phrase("投标有效期至", "The bid is valid until "),
            Phrase("本报价有效期至", "This quote is valid until "),
        ),
        Strong("{{ proposal.valid_until | day }}"),
        Given(
            _BID,
            Phrase("，在此期间我公司受投标报价的约束。", ", and until then the price binds us."),
            Phrase(
                "；逾期须经我公司书面确认，或以更新版本为准。",
                "; after that day it needs our written confirmation or a new version.",
            ),
        ),
    ),
    (
        Phrase("报价币种为", "Prices are in "),
        Given("proposal.quote.currency", "{{ proposal.quote.currency | label }}", CURRENCY),
        Given(
            "proposal.quote.price_basis == 'tax_excluded'",
            Phrase("，单价不含税，合计含税", ", unit prices without tax, the total with it"),
            Phrase("，单价与合计均含税", ", unit prices and total with tax"),
        ),
        Given(
            "proposal.quote.several_rates",
            Phrase("，按各行税率分别开具发票", ", invoiced at the rate of each line"),
        ),
        STOP,
    ),
    (
        Phrase("付款方式：", "Payment: "),
        Given(
            "proposal.quote.payment_terms",
            "{{ proposal.quote.payment_terms }}",
            Given(
                f"{_BID} and tender.bid.payments",
                "{{ tender.bid.payments }}",
                Phrase("以双方签订的合同约定为准", "as agreed in the contract"),
            ),
        ),
        STOP,
        Phrase("实施周期：", " Delivery: "),
        Given(
            "proposal.plan_weeks",
            Phrase("{{ proposal.plan_weeks }}周", "{{ proposal.plan_weeks }} weeks"),
            Phrase("以双方签订的合同约定为准", "as agreed in the contract"),
        ),
        Given(
            "proposal.service.warranty_months",
            (
                Phrase("；", "; "),
                WARRANTY,
                Phrase(
                    "：{{ proposal.service.warranty_months }}个月",
                    ": {{ proposal.service.warranty_months }} months",
                ),
            ),
        ),
        STOP,
    ),
    # A bid is an offer that binds (Civil Code, art. 472): it does not invite one.
    Given(
        _BID,
        Phrase(
            "本报价单是投标文件的组成部分，属于要约；与投标报价一览表不一致的，以一览表为准。",
            "This quote is part of the bid, which is an offer; the price schedule of the bid "
            "prevails.",
        ),
        Phrase(
            "本报价单属于要约邀请，双方权利义务以书面合同为准；含我公司商业秘密，请勿向第三方披露。",
            "This quote is an invitation to treat; rights and duties are those of the written "
            "contract. It holds our trade secrets; please do not pass it on.",
        ),
    ),
)

LAYOUT = Layout(
    kind="form",
    blocks=(
        Landscape(
            (
                TitleBlock(company=False, mark=False, facts=_FACTS),
                _HEAD,
                price_table(rates=True, signed=True),
                Beside(
                    (FillingNotes(_TERMS, Phrase("报价说明", "Terms")),),
                    (
                        Closing(
                            (
                                "{{ supplier.name }}",
                                Phrase(
                                    "报价人（签字）：　　　　　　",
                                    "Quoted by (signature):            ",
                                ),
                                "{{ document.date | day }}",
                            )
                        ),
                    ),
                    (62, 38),
                ),
                When("document.draft", (FillingNotes(),)),
            ),
            slim=True,
        ),
    ),
)
