"""保密协议: a agreement of two pages before data are exchanged, mutual or one-way.

One-way, the customer (甲方) discloses and we receive. The roles are named 披露方 and 接收方
throughout, so that one text serves both.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    Band,
    Bullets,
    Clause,
    Field,
    FillingNotes,
    Form,
    FormRows,
    Given,
    Layout,
    Paragraph,
    Party,
    Phrase,
    Signatures,
    Strong,
    Tab,
    TitleBlock,
    Together,
    When,
    Words,
    field,
    sentence,
)

# Mutual unless the case says that it is not.
_MUTUAL = "nda.mutual or nda.mutual is none"


def _fact(path: str) -> FormRows:
    """Return the row of a fact about a party, which goes where the fact is not known."""
    return FormRows((field(path),), condition=path)


def _party(name: str, label: Phrase) -> tuple[Band | Field | FormRows, ...]:
    return (
        Band((label, f"{{{{ {name}.name }}}}")),
        _fact(f"{name}.uscc"),
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

_OPENING = (
    Paragraph(
        (
            Phrase("双方为", "For the purpose of "),
            "{{ nda.purpose }}",
            Phrase(
                "（以下简称“合作目的”）需要披露和接收有关资料，根据《中华人民共和国民法典》《中华人民共和国"
                "反不正当竞争法》订立本协议。",
                " (the Purpose) information has to be disclosed. To protect the disclosing party "
                "the parties agree as follows under the Civil Code and the Anti-Unfair Competition "
                "Law.",
            ),
        )
    ),
    When(
        _MUTUAL,
        (
            Paragraph(
                Phrase(
                    "披露保密信息的一方为披露方，接收的一方为接收方，双方互负保密义务。",
                    "The duties are mutual: the party that discloses is the disclosing party, the "
                    "other the receiving party.",
                )
            ),
        ),
        (
            Paragraph(
                Phrase(
                    "本协议项下甲方为披露方，乙方为接收方。",
                    "Party A is the disclosing party, Party B the receiving party.",
                )
            ),
        ),
    ),
)


def _article(title: Phrase, *paragraphs: Words) -> tuple[Clause | Paragraph, ...]:
    return (Clause(title, level=1), *(Paragraph(words) for words in paragraphs))


_INFORMATION = (
    *_article(
        Phrase("保密信息", "Confidential information"),
        Phrase(
            "保密信息是指披露方为合作目的，以书面、口头、电子数据、实物、现场观察或者其他方式向接收方"
            "披露的、不为公众所知悉的技术信息、经营信息和其他信息，包括图纸、工艺、配方、源代码、数据、"
            "客户与供应商资料、成本与价格，以及双方洽谈的内容。",
            "Confidential information is technical, business and other information not known to "
            "the public that the disclosing party discloses for the Purpose in writing, orally, as "
            "data, as objects, on site or otherwise: drawings, processes, recipes, source code, "
            "data, customers and suppliers, costs and prices, and the talks themselves.",
        ),
        Phrase(
            "书面或电子资料应尽可能标明“保密”字样；未标明，但依其性质或披露情形应当知道属于保密信息"
            "的，同样受本协议保护。",
            "Papers and files are marked confidential where possible; what is evidently "
            "confidential is protected without a mark.",
        ),
    ),
    *_article(
        Phrase("除外信息", "Exceptions"),
        Phrase(
            "接收方能够证明属于下列情形之一的，不属于保密信息：",
            "Information is not confidential if the receiving party proves that it:",
        ),
    ),
    Bullets(
        (
            Phrase(
                "披露时已经公开，或者披露后非因接收方过错而公开的；",
                "was public, or became so without its fault;",
            ),
            Phrase(
                "披露前接收方已经合法持有，且不负保密义务的；",
                "was lawfully held before without a duty of confidence;",
            ),
            Phrase(
                "从有权披露的第三方合法取得，且不负保密义务的；",
                "was lawfully obtained from a third party entitled to disclose it;",
            ),
            Phrase(
                "接收方未使用保密信息而独立开发的。",
                "was developed independently without using confidential information.",
            ),
        ),
        numbered=True,
        level=1,
    ),
)

_DUTIES = (
    *_article(
        Phrase("保密义务", "Duties"),
        Phrase(
            "接收方应当以不低于保护自身同类信息的合理谨慎保护保密信息；未经披露方书面同意，不得向"
            "第三方披露，不得用于合作目的以外的用途，不得对样品、软件进行反向工程。",
            "The receiving party protects confidential information as it does its own, and with "
            "reasonable care at least. Without written consent it discloses nothing to third "
            "parties, uses nothing beyond the Purpose and reverse-engineers neither samples nor "
            "software.",
        ),
        Phrase(
            "发现泄露或者可能泄露的，接收方应当立即通知披露方，并采取措施减少损失。",
            "On a leak or the danger of one it notifies the disclosing party at once and limits "
            "the damage.",
        ),
    ),
    *_article(
        Phrase("允许的披露", "Permitted disclosure"),
        Phrase(
            "接收方只能向为合作目的确需知悉的本方员工、专业顾问披露保密信息，并应使其承担不低于本协议"
            "的保密义务；其违反保密义务的，视为接收方违反本协议。",
            "Only its staff and professional advisers who need it for the Purpose are informed, "
            "bound no less strictly than here; their breach counts as the receiving party's.",
        ),
        Phrase(
            "接收方依照法律、法规或者司法、行政机关的要求必须披露的，应当在法律允许的范围内事先书面"
            "通知披露方，并仅在要求的范围内披露。",
            "Where the law, a court or an authority requires disclosure, the receiving party gives "
            "notice beforehand as far as it lawfully can and discloses no more than required.",
        ),
    ),
    *_article(
        Phrase("权利归属与个人信息", "Rights and personal data"),
        Phrase(
            "保密信息及其载体的权利归披露方。披露不构成任何专利、著作权、商标或技术秘密的转让或许可，"
            "也不构成订立后续合同的承诺。",
            "All rights stay with the disclosing party. Disclosure neither transfers nor licenses "
            "any right and promises no later contract.",
        ),
        Phrase(
            "保密信息中含有个人信息的，接收方应当依照个人信息保护法律，仅为合作目的处理。",
            "Personal data among it are processed for the Purpose only, under the Personal "
            "Information Protection Law.",
        ),
    ),
)

_END = (
    *_article(
        Phrase("资料的返还与销毁", "Return and destruction"),
        (
            Phrase(
                "合作目的实现、合作终止或者披露方书面要求时，接收方应当",
                "When the Purpose is achieved, the cooperation ends or the disclosing party so "
                "requests in writing, the receiving party ",
            ),
            Given(
                "nda.return_days",
                Phrase("在{{ nda.return_days }}日内", "within {{ nda.return_days }} days "),
                Phrase("及时", "promptly "),
            ),
            Phrase(
                "返还或者销毁全部保密信息及其复制件，并书面确认。依法必须留存的，留存期间继续保密。",
                "returns or destroys it all with every copy and confirms this in writing. What the "
                "law makes it keep stays confidential as long as it is kept.",
            ),
        ),
    ),
    *_article(
        Phrase("保密期限", "Term"),
        (
            Phrase("保密期限自本协议签署之日起", "The duties last "),
            Strong(Phrase("{{ nda.years }}年", "{{ nda.years }} years from signature")),
            Phrase(
                "，不因合作终止、未签订后续合同而提前结束；构成商业秘密的，至该信息合法公开之日止。",
                ", whether or not the cooperation goes on or a contract follows; for trade secrets "
                "until they are lawfully public.",
            ),
        ),
    ),
    *_article(
        Phrase("违约责任", "Liability"),
        Phrase(
            "一方违反本协议的，应当立即停止违约行为，采取补救措施，并赔偿对方因此受到的损失，包括对方为"
            "制止违约行为支付的合理费用。",
            "A party in breach stops at once, repairs what it can and compensates the other's "
            "loss, including the reasonable cost of stopping the breach.",
        ),
    ),
)

_LAST: tuple[Words, ...] = (
    (
        Phrase(
            "本协议适用中华人民共和国法律。因本协议发生争议的，双方应先协商；协商不成的，",
            "The law of the People's Republic of China applies. Disputes are first discussed; "
            "failing agreement, ",
        ),
        Given(
            "not nda.dispute",
            Phrase(
                "任何一方可向原告住所地有管辖权的人民法院起诉。",
                "either party may sue at the competent people's court of the plaintiff's domicile.",
            ),
            Given(
                # A whole sentence of the author's stands as it is, a court or institution not.
                "'起诉' in nda.dispute or '提交' in nda.dispute or '申请' in nda.dispute",
                sentence("nda.dispute"),
                Given(
                    "'仲裁' in nda.dispute",
                    Phrase(
                        "提交{{ nda.dispute }}按其申请时有效的仲裁规则仲裁，仲裁裁决是终局的，"
                        "对双方均有约束力。",
                        "they are submitted to {{ nda.dispute }} for final and binding "
                        "arbitration under its rules then in force.",
                    ),
                    Phrase(
                        "任何一方可向{{ nda.dispute }}起诉。",
                        "either party may sue at {{ nda.dispute }}.",
                    ),
                ),
            ),
        ),
    ),
    Phrase(
        "本协议自双方授权代表签字并加盖公章或合同专用章之日起生效，一式两份，双方各执一份，具有同等"
        "效力。对本协议的修改须采用书面形式。",
        "This agreement takes effect when signed and sealed by both parties. It is made in two "
        "originals of equal effect, one for each party, and is changed in writing only.",
    ),
)

LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(
            company=False,
            facts=(
                Phrase("编号：", "No.: "),
                "{{ document.doc_no }}",
                Given(
                    "nda.place",
                    (Tab(), Phrase("签署地点：", "Place: "), "{{ nda.place }}"),
                ),
            ),
        ),
        _PARTIES,
        *_OPENING,
        *_INFORMATION,
        *_DUTIES,
        *_END,
        # The last article stays with the signatures: no page holds these alone.
        Together(
            (
                *_article(Phrase("争议解决与生效", "Disputes and effect"), *_LAST),
                Signatures(
                    Party((Phrase("甲方：", "Party A: "), "{{ customer.name }}")),
                    Party((Phrase("乙方：", "Party B: "), "{{ supplier.name }}")),
                    seal=40,
                ),
            )
        ),
        When("document.draft", (FillingNotes(),)),
    ),
)
