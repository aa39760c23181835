"""合作意向书: the key terms agreed, the day by which the contract follows, and what already binds.

Its legal status is its whole risk (Civil Code 495): `intent.nature` chooses one of two wordings, a
statement of intent or a duty to conclude the contract, and nothing of the other is printed. Which
articles there are, and so every number, is the case's doing (`intent.articles`): the layout walks
through them, and Word counts the same.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    COMMA,
    STOP,
    Band,
    Bullets,
    Clause,
    Column,
    Each,
    Field,
    FillingNotes,
    Form,
    FormRows,
    Given,
    Label,
    Layout,
    Lines,
    Paragraph,
    Party,
    Phrase,
    Signatures,
    Strong,
    Tab,
    Table,
    TitleBlock,
    Together,
    When,
    Words,
    field,
    sentence,
)

_DUTY = "intent.nature == 'duty_to_contract'"
_EARNEST = "intent.deposit.nature == 'deposit'"


def _article(kind: str) -> Words:
    """Return 第四条 for an article that may be there; nothing where it is not."""
    return Lines(
        f"other in intent.articles if other.kind == '{kind}'",
        Phrase("第{{ other.numeral }}条", "Article {{ other.number }}"),
        empty="",
    )


_NAME: Words = Given(
    "article.kind == 'deposit'", "{{ intent.deposit.nature | label }}", "{{ article.kind | label }}"
)


def _fact(path: str) -> FormRows:
    """Return the row of a fact about a party, which goes where the fact is not known."""
    return FormRows((field(path),), condition=path)


def _party(name: str, label: Phrase) -> tuple[Band | Field | FormRows, ...]:
    return (
        Band((label, f"{{{{ {name}.name }}}}")),
        _fact(f"{name}.uscc"),
        _fact(f"{name}.legal_rep"),
        FormRows(
            (Field(Phrase("住所", "Address"), f"{{{{ {name}.address }}}}"),),
            condition=f"{name}.address",
        ),
    )


_PARTIES = Form(
    (
        *_party("customer", Phrase("甲方：", "Party A: ")),
        *_party("supplier", Phrase("乙方：", "Party B: ")),
    ),
    columns=2,
)

_RECITALS = (
    Paragraph(Strong(Phrase("鉴于：", "Whereas:")), style="BodyText", keep_next=True),
    When(
        "intent.recitals",
        (Paragraph(sentence("intent.recitals")),),
        (
            Paragraph(
                (
                    Phrase(
                        "乙方就“{{ meta.title }}”向甲方提交了解决方案建议书"
                        "（编号{{ proposal.doc_no }}",
                        "Party B has submitted a proposal (No. {{ proposal.doc_no }}",
                    ),
                    Given(
                        "proposal.quote.current_version",
                        Phrase(
                            "，第{{ proposal.quote.current_version.v }}版",
                            ", version {{ proposal.quote.current_version.v }}",
                        ),
                    ),
                    Phrase("）", ") for {{ meta.title }}"),
                    Given(
                        "proposal.confirmation.date",
                        Phrase(
                            "，甲方已于{{ proposal.confirmation.date | day }}对方案内容予以确认",
                            ", the contents of which Party A confirmed on "
                            "{{ proposal.confirmation.date | day }}",
                        ),
                    ),
                    Given(
                        "negotiation.agreed.agreed_date",
                        Phrase(
                            "；双方经协商，于{{ negotiation.agreed.agreed_date | day }}就主要商务"
                            "条件达成一致",
                            "; the parties agreed on the main commercial terms on "
                            "{{ negotiation.agreed.agreed_date | day }}",
                        ),
                    ),
                    STOP,
                )
            ),
        ),
    ),
    Paragraph(
        Phrase(
            "为明确合作意向，推进正式合同的签订，双方订立本意向书。",
            "To record their intention and to prepare the contract, the parties sign this letter.",
        )
    ),
)

# Articles ----------------------------------------------------------------------------------------

_PROJECT = (
    Paragraph(
        (
            Phrase(
                "甲方拟就“{{ meta.title }}”（以下简称本项目）采购乙方的产品与服务",
                "Party A intends to buy Party B's products and services for {{ meta.title }} "
                "(the Project)",
            ),
            Given(
                "proposal.quote.lines",
                (
                    Phrase("，包括", ": "),
                    Lines("line in proposal.quote.lines", "{{ line.name }}", COMMA),
                ),
            ),
            STOP,
        )
    ),
    Paragraph(
        Phrase(
            "具体范围、功能和数量以乙方提交并经甲方确认的解决方案建议书为基础，在正式合同中约定。",
            "Scope, functions and quantities follow the proposal as confirmed by Party A and are "
            "settled in the contract.",
        )
    ),
)

_KEY_TERMS = (
    Paragraph(
        (
            Phrase("意向金额（含税）为", "The intended price including tax is "),
            Strong(
                Phrase(
                    "{{ intent.amount | yuan }}（大写：{{ intent.amount | capitals }}）",
                    "{{ intent.amount | yuan }} ({{ intent.amount | capitals }})",
                )
            ),
            STOP,
        )
    ),
    Paragraph(
        Phrase("双方就以下关键条款取得一致：", "The parties have agreed on these key terms:")
    ),
    Bullets(each="term in intent.key_terms", words="{{ term }}", numbered=True, level=1),
    When("not intent.key_terms", (Paragraph("{{ intent.key_terms | listed }}"),)),
)

_CONTRACT = (
    When(
        _DUTY,
        (
            Paragraph(
                (
                    Phrase("双方应于", "The parties shall, by "),
                    Strong("{{ intent.contract_deadline | day }}"),
                    Phrase(
                        "前（含当日）按",
                        " (inclusive), conclude the contract on the key terms of ",
                    ),
                    _article("key_terms"),
                    Phrase("所列关键条款签订正式合同。", "."),
                )
            ),
            Paragraph(
                (
                    Phrase(
                        "一方无正当理由拒绝签订的，应赔偿对方为此支出的合理费用，以",
                        "A party that refuses to do so without good reason shall reimburse the "
                        "other's reasonable expenses, up to ",
                    ),
                    Strong(
                        Phrase(
                            "{{ intent.compensation_limit | yuan }}"
                            "（大写：{{ intent.compensation_limit | capitals }}）",
                            "{{ intent.compensation_limit | yuan }} "
                            "({{ intent.compensation_limit | capitals }})",
                        )
                    ),
                    Phrase("为限。", "."),
                    Given(
                        f"intent.deposit.amount and {_EARNEST}",
                        (
                            Phrase("本款赔偿与", " The other party may claim either this or "),
                            _article("deposit"),
                            Phrase(
                                "的定金罚则，由对方选择其一适用。",
                                " on the earnest money, not both.",
                            ),
                        ),
                    ),
                )
            ),
        ),
        (
            Paragraph(
                (
                    Phrase("双方拟于", "The parties intend to conclude the contract by "),
                    Strong("{{ intent.contract_deadline | day }}"),
                    Phrase("前（含当日）就本项目签订正式合同。", " (inclusive)."),
                )
            ),
        ),
    ),
    Paragraph(
        Phrase(
            "双方应本着诚信原则推进合同文本的起草与审核。正式合同签订后，双方权利义务以正式合同为准，"
            "本意向书终止。",
            "The parties prepare and review the contract in good faith. Once it is signed, rights "
            "and duties are those of the contract and this letter ends.",
        )
    ),
)

_PREPARATION = (
    Paragraph(
        Phrase(
            "正式合同签订前，应甲方书面要求，可先行开展下列前期准备工作：",
            "Before the contract the following may be done at Party A's written request:",
        )
    ),
    Table(
        each="work in intent.preparation",
        columns=(
            Column(Label("intent.preparation[].what"), "{{ work.what }}", 60),
            Column(Label("intent.preparation[].who"), "{{ work.who | label }}", 20, "center"),
            Column(
                Label("intent.preparation[].cost_bearer"),
                "{{ work.cost_bearer | label }}",
                20,
                "center",
            ),
        ),
    ),
    Paragraph(
        Phrase(
            "前期准备工作不构成对正式合同的履行。未列入上表的工作，双方另行书面约定内容和费用承担后"
            "方可开展。",
            "Such work is no performance of the contract. Anything else needs a written agreement "
            "on what is done and who pays.",
        )
    ),
)

_PAID = (
    "甲方向乙方支付{{ intent.deposit.nature | label }}{{ intent.deposit.amount | yuan }}"
    "（大写：{{ intent.deposit.amount | capitals }}）。该款项性质为",
    "Party A pays Party B {{ intent.deposit.amount | yuan }} "
    "({{ intent.deposit.amount | capitals }}). This money is ",
)

_DEPOSIT = (
    Paragraph(
        (
            Phrase(*_PAID),
            Strong("{{ intent.deposit.nature | label }}"),
            Given(
                _EARNEST,
                (
                    Phrase(
                        "，作为双方订立正式合同的担保，适用《中华人民共和国民法典》关于定金的规定：",
                        ", security for concluding the contract under the Civil Code: ",
                    ),
                    Strong(
                        Phrase(
                            "甲方无正当理由拒绝订立正式合同的，无权请求返还定金；乙方无正当理由拒绝"
                            "订立正式合同的，应当双倍返还定金。",
                            "if Party A refuses to conclude without good reason it has no claim to "
                            "its return; if Party B refuses it returns double the amount.",
                        )
                    ),
                ),
                Phrase(
                    "，不是定金，不具有担保性质，不适用定金罚则。",
                    ", not earnest money: it is no security and is neither forfeited nor doubled.",
                ),
            ),
        )
    ),
    Paragraph(
        (
            Phrase(
                "正式合同签订后，该款项抵作合同价款。",
                "Once the contract is signed it counts towards the price. ",
            ),
            Phrase("退还约定：", "Return: "),
            sentence("intent.deposit.return_rule"),
        )
    ),
)

_EXCLUSIVITY = (
    Paragraph(
        Phrase(
            "自本意向书签署次日起{{ intent.exclusivity.days }}日内，甲方不就本项目与第三方洽谈、"
            "接受第三方报价或者签订协议。",
            "For {{ intent.exclusivity.days }} days from the day after signature Party A neither "
            "negotiates the Project with third parties, nor takes their offers, nor signs with "
            "them.",
        )
    ),
    Paragraph(
        Phrase(
            "排他期届满未签订正式合同的，甲方不再受本条限制。",
            "When that time is over without a contract, Party A is free of this article.",
        )
    ),
)

_CONFIDENTIALITY = (
    When(
        "intent.confidentiality",
        (Paragraph(sentence("intent.confidentiality")),),
        (
            Paragraph(
                Phrase(
                    "双方对洽谈中知悉的对方商业秘密和其他应当保密的信息负有保密义务，无论正式合同是否"
                    "签订，均不得泄露或者不正当地使用。",
                    "Each party keeps the other's trade secrets and other confidential information "
                    "learned in the talks secret and does not misuse them, whether or not the "
                    "contract is concluded.",
                )
            ),
        ),
    ),
    When(
        "nda.signed",
        (
            Paragraph(
                (
                    Phrase(
                        "双方于{{ nda.signed | day }}签署的保密协议",
                        "The confidentiality agreement of {{ nda.signed | day }}",
                    ),
                    Given(
                        "nda.doc_no", Phrase("（编号{{ nda.doc_no }}）", " (No. {{ nda.doc_no }})")
                    ),
                    Phrase("继续有效。", " remains in force."),
                )
            ),
        ),
    ),
)

_COSTS = (
    Paragraph(
        Phrase(
            "双方为洽谈、签订本意向书和正式合同发生的费用，由各自承担。",
            "Each party bears its own costs of negotiating and concluding this letter and the "
            "contract.",
        )
    ),
    When(
        "intent.preparation",
        (
            Paragraph(
                (
                    _article("preparation"),
                    Phrase(
                        "所列前期准备工作的费用，由该条列明的一方承担；列明双方承担的，各自承担己方"
                        "发生的费用。正式合同未签订的，不影响费用承担的约定。",
                        ": the cost of that work is borne by the party named there, by each party "
                        "for its own part where both are named, even if no contract is concluded.",
                    ),
                )
            ),
        ),
    ),
)

_DISPUTE = (
    When(
        "intent.dispute",
        (Paragraph(sentence("intent.dispute")),),
        (
            Paragraph(
                Phrase(
                    "因本意向书发生争议的，双方应先协商；协商不成的，任何一方可向原告住所地有管辖权的"
                    "人民法院起诉。",
                    "Disputes are first discussed; failing agreement, either party may sue at the "
                    "competent people's court of the plaintiff's domicile.",
                )
            ),
        ),
    ),
)

_VALIDITY = (
    Paragraph(
        (
            Phrase(
                "本意向书自双方授权代表签字并加盖公章或合同专用章之日起生效，有效期至",
                "This letter takes effect when signed and sealed by both parties and expires on ",
            ),
            Strong("{{ intent.expires | day }}"),
            STOP,
        )
    ),
    Paragraph(
        (
            Phrase(
                "有效期届满未签订正式合同的，本意向书自行失效；已产生的保密义务",
                "If no contract is concluded by then it lapses; duties of confidence",
            ),
            Given(
                "intent.deposit.amount",
                Phrase("和款项退还义务", " and of returning money already due"),
            ),
            Phrase("不受影响。", " remain."),
        )
    ),
)

# The articles that bind, 第五条（保密）、…, without this one, which says so.
_BINDING: Words = Lines(
    "article in intent.articles if article.binding and article.kind != 'effect'",
    (
        Phrase("第{{ article.numeral }}条（", "Article {{ article.number }} ("),
        _NAME,
        Phrase("）", ")"),
    ),
    COMMA,
    "",
)

_OTHERS = "intent.binding_clauses or intent.nature == 'duty_to_contract'"

_EFFECT = (
    Paragraph(
        (
            Phrase("本意向书", ""),
            _BINDING,
            Given(
                _OTHERS,
                Phrase("及本条", " and this article bind the parties "),
                Phrase("仅本条", "Only this article binds the parties "),
            ),
            Strong(Phrase("自双方签署之日起具有约束力", "from the day of signature")),
            Given(
                _DUTY,
                Phrase(
                    "；关键条款是双方签订正式合同的依据，其实际履行以正式合同为准。",
                    ". The key terms are the basis of the contract; they are performed under it.",
                ),
                Strong(
                    Phrase(
                        "；其余条款为双方合作意向，不构成要约、承诺或预约合同，任何一方不因未签订正式"
                        "合同而就该部分承担违约责任。",
                        "; all others are statements of intent only, neither offer nor acceptance "
                        "nor preliminary contract, and neither party is liable under them for "
                        "failure to conclude.",
                    )
                ),
            ),
            Given(
                f"intent.deposit.amount and {_EARNEST} and not ({_DUTY})",
                (
                    Phrase(
                        "定金的返还与罚则按", " Return and forfeiture of the earnest money follow "
                    ),
                    _article("deposit"),
                    Phrase("执行。", "."),
                ),
            ),
        )
    ),
    Paragraph(
        (
            Strong(
                Phrase(
                    "正式合同签订前，任何一方不得要求对方实际履行。",
                    "Before the contract is signed neither party may demand performance.",
                )
            ),
            Given(
                "intent.preparation",
                "",
                Phrase(
                    "确需先行开展的工作，双方应另行书面约定内容和费用承担。",
                    " Work needed beforehand requires a written agreement on what is done and who "
                    "pays.",
                ),
            ),
        )
    ),
    Paragraph(
        Phrase(
            "本意向书一式两份，双方各执一份，具有同等效力。",
            "This letter is made in two originals, one for each party, of equal effect.",
        )
    ),
)

_ARTICLES = {
    "project": _PROJECT,
    "key_terms": _KEY_TERMS,
    "contract": _CONTRACT,
    "preparation": _PREPARATION,
    "deposit": _DEPOSIT,
    "exclusivity": _EXCLUSIVITY,
    "confidentiality": _CONFIDENTIALITY,
    "costs": _COSTS,
    "dispute": _DISPUTE,
    "validity": _VALIDITY,
}

LAYOUT = Layout(
    kind="contract",
    blocks=(
        TitleBlock(
            company=False,
            facts=(
                Phrase("编号：", "No.: "),
                "{{ document.doc_no }}",
                Tab(),
                Phrase("签署地点：", "Place: "),
                "{{ intent.place }}",
            ),
        ),
        _PARTIES,
        *_RECITALS,
        Each(
            "article in intent.articles if article.kind != 'effect'",
            (
                Clause(_NAME, level=1),
                *(When(f"article.kind == '{kind}'", blocks) for kind, blocks in _ARTICLES.items()),
            ),
        ),
        # The last article stays with the signatures: no page holds these alone.
        Together(
            (
                Clause(Phrase("效力", "Legal effect"), level=1),
                *_EFFECT,
                Signatures(
                    Party((Phrase("甲方：", "Party A: "), "{{ customer.name }}")),
                    Party((Phrase("乙方：", "Party B: "), "{{ supplier.name }}")),
                ),
            )
        ),
        When("document.draft", (FillingNotes(),)),
    ),
)
