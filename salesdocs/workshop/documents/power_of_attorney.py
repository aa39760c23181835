"""授权委托书: what our agent may sign, up to what amount and until when, on one page."""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    Clause,
    Closing,
    Field,
    Form,
    Given,
    Layout,
    Paragraph,
    Phrase,
    TitleBlock,
    Together,
    field,
)

_POA = "contract.signatories.b.poa"

_AGENT = Form(
    (
        Field(Phrase("受托人姓名", "Agent"), "{{ contract.signatories.b.name }}"),
        Field(Phrase("职务", "Post"), "{{ contract.signatories.b.title }}"),
        field(f"{_POA}.doc_no"),
        Field(Phrase("签字样本", "Specimen"), ""),
    )
)

_POWERS = (
    Paragraph(
        (
            Phrase("致：", "To: "),
            "{{ parties.a.name }}",
        ),
        style="Addressee",
    ),
    Paragraph(
        Phrase(
            "{{ parties.b.name }}（统一社会信用代码：{{ parties.b.uscc }}，"
            "住所：{{ parties.b.address }}，法定代表人：{{ parties.b.legal_rep }}）"
            "现授权下列人员作为我公司代理人：",
            "{{ parties.b.name }} (credit code {{ parties.b.uscc }}, {{ parties.b.address }}, "
            "legal representative {{ parties.b.legal_rep }}) authorises as its agent:",
        ),
        align="left",
    ),
    _AGENT,
)

_TERMS = (
    Clause(
        Phrase(
            "代理事项：以我公司名义与{{ customer.courtesy }}签署《{{ contract.title }}》"
            "（合同编号：{{ contract.doc_no }}）及其附件。",
            "Matter: to sign with you in our name “{{ contract.title }}” "
            "(No. {{ contract.doc_no }}) and its annexes.",
        ),
        level=3,
    ),
    Clause(
        Given(
            f"{_POA}.limit",
            Phrase(
                f"代理权限：签署的合同含税总价不超过{{{{ {_POA}.limit | yuan }}}}"
                f"（大写：{{{{ {_POA}.limit | capitals }}}}），超出部分须另行授权。",
                f"Powers: a price incl. VAT of at most {{{{ {_POA}.limit | yuan }}}} "
                f"({{{{ {_POA}.limit | capitals }}}}); more needs another power.",
            ),
            Phrase(
                "代理权限：以上述合同载明的含税总价{{ contract.amount | yuan }}为限，"
                "超出部分须另行授权。",
                "Powers: up to the price of that contract, {{ contract.amount | yuan }} incl. VAT; "
                "more needs another power.",
            ),
        ),
        level=3,
    ),
    Clause(
        Phrase(
            f"代理期限：自本委托书签发之日起至{{{{ {_POA}.valid_to | day }}}}止。",
            f"Term: from the date of this power until {{{{ {_POA}.valid_to | day }}}}.",
        ),
        level=3,
    ),
    Clause(
        Phrase(
            "代理人在上述权限和期限内签署的文件，我公司予以承认并承担相应的法律后果。代理人无转委托权。",
            "We are bound by what the agent signs within these powers and this term. The agent may "
            "not delegate.",
        ),
        level=3,
    ),
    Clause(
        Phrase(
            "授权提前终止的，我公司将书面通知{{ customer.courtesy }}；"
            "{{ customer.courtesy }}收到通知前代理人已签署的文件不受影响。",
            "If the power ends early we notify you in writing; what was signed before you receive "
            "the notice stands.",
        ),
        level=3,
    ),
)

LAYOUT = Layout(
    kind="contract",
    blocks=(
        TitleBlock(),
        *_POWERS,
        *_TERMS,
        Together(
            (
                Closing(
                    (
                        (Phrase("委托人：", "Principal: "), "{{ parties.b.name }}"),
                        (
                            Phrase(
                                "法定代表人（签字或盖章）：",
                                "Legal representative (signature or seal): ",
                            ),
                            "\u00a0" * 24,  # a no-break space holds the room at the right edge
                        ),
                        "{{ document.date | day }}",
                    )
                ),
            )
        ),
    ),
)
