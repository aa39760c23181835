"""补充协议: what changes in price, time and wording, before and after; all else stays."""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    Break,
    Clause,
    Column,
    Each,
    Given,
    Layout,
    Paragraph,
    Party,
    Phrase,
    Rows,
    Signatures,
    Table,
    TitleBlock,
    Together,
    When,
    Words,
)
from salesdocs.workshop.sheet import Block


def _by_type(subscription: Phrase, other: Phrase) -> Words:
    """Return the words of a subscription, which goes live, or those of all other contracts."""
    return Given("contract.type == 'saas'", subscription, other)


def _days(path: str) -> Words:
    return Phrase(
        f"{{{{ supplement.{path} | number }}}}日", f"{{{{ supplement.{path} | number }}}}"
    )


_MORE_MONEY: Words = Given(
    "supplement.amount_delta > 0",
    "+{{ supplement.amount_delta | money }}",
    "{{ supplement.amount_delta | money }}",
)
_MORE_DAYS: Words = Given(
    "supplement.days_delta > 0",
    Phrase("+{{ supplement.days_delta | number }}日", "+{{ supplement.days_delta | number }}"),
    Phrase("{{ supplement.days_delta | number }}日", "{{ supplement.days_delta | number }}"),
)

_CHANGES = Table(
    (
        Column(Phrase("项目", "Item"), width=28),
        Column(Phrase("变更前", "Before"), width=24, align="center"),
        Column(Phrase("增减", "Change"), width=22, align="center"),
        Column(Phrase("变更后", "After"), width=26, align="center"),
    ),
    rows=(
        Rows(
            (
                Phrase("合同总价（含税，元）", "Price incl. VAT, CNY"),
                "{{ supplement.amount_before | money }}",
                _MORE_MONEY,
                "{{ supplement.amount_after | money }}",
            ),
            condition="supplement.amount_delta",
        ),
        Rows(
            (
                _by_type(
                    Phrase("上线期限", "Days to going live"),
                    Phrase("初验期限", "Days to preliminary acceptance"),
                ),
                _days("days_before"),
                _MORE_DAYS,
                _days("days_after"),
            ),
            condition="supplement.days_delta",
        ),
        Rows(
            (
                _by_type(
                    Phrase("上线最晚日期", "Live by"),
                    Phrase("初验最晚日期", "Preliminary acceptance by"),
                ),
                "{{ supplement.due_before | iso }}",
                _MORE_DAYS,
                "{{ supplement.due_after | iso }}",
            ),
            condition="supplement.days_delta and supplement.due_before",
        ),
    ),
    together=True,
)

_MONEY: tuple[Block, ...] = (
    When(
        "supplement.amount_delta or supplement.days_delta",
        (
            Clause(
                Phrase("价款和期限变更如下：", "Price and time change as follows:"), keep_next=True
            ),
            _CHANGES,
        ),
    ),
    When(
        "supplement.amount_delta",
        (
            Clause(
                Phrase(
                    "变更后合同总价（含税）为{{ supplement.amount_after | yuan }}"
                    "（大写：{{ supplement.amount_after | capitals }}）。",
                    "The price incl. VAT is now {{ supplement.amount_after | yuan }} "
                    "({{ supplement.amount_after | capitals }}).",
                )
            ),
            Clause(
                Phrase(
                    "增减的价款计入尚未到期的各期款项，按各期原付款比例分摊，随该期款项支付；"
                    "发票按原合同开具。本协议另有约定的，从其约定。",
                    "The difference is spread over the instalments not yet due, by their shares, "
                    "and paid with them; invoices follow the contract. Other terms of this "
                    "supplement prevail.",
                )
            ),
        ),
    ),
    When(
        "not supplement.amount_delta",
        (Clause(Phrase("合同总价不变。", "The price stays.")),),
    ),
    When(
        "not supplement.days_delta",
        (Clause(Phrase("合同期限不变。", "Time stays.")),),
    ),
)

_WORDING: tuple[Block, ...] = (
    When(
        "supplement.articles",
        (
            Clause(Phrase("条款变更", "Amended terms"), level=1),
            Clause(
                Phrase("原合同及附件变更如下：", "Contract and annexes change as follows:"),
                keep_next=True,
            ),
            Each("article in supplement.articles", (Clause("{{ article }}", level=3),)),
        ),
    ),
)

_REST: tuple[Block, ...] = (
    Clause(Phrase("其他", "Other terms"), level=1),
    Clause(
        Phrase(
            "除本协议变更的内容外，原合同其余条款不变，继续有效。",
            "All else in the contract stays and remains in force.",
        )
    ),
    Clause(
        Phrase(
            "本协议与原合同不一致的，以本协议为准；本协议是原合同的组成部分，与原合同具有同等效力。",
            "Where this supplement and the contract differ, the supplement prevails; it is part of "
            "the contract and of equal effect.",
        )
    ),
)

_EFFECT = Clause(
    Phrase(
        "本协议自双方法定代表人或者授权代表签字并加盖公章或者合同专用章之日起生效，"
        "一式{{ contract.copies.total }}份，双方各执{{ contract.copies.each }}份。",
        "This supplement takes effect when the legal or authorised representatives of both "
        "parties have signed and sealed it. There are {{ contract.copies.total }} copies, "
        "{{ contract.copies.each }} for each party.",
    )
)

LAYOUT = Layout(
    kind="contract",
    blocks=(
        TitleBlock(),
        Paragraph((Phrase("甲方：", "Party A: "), "{{ parties.a.name }}"), style="BodyText"),
        Paragraph((Phrase("乙方：", "Party B: "), "{{ parties.b.name }}"), style="BodyText"),
        Paragraph(
            (
                Phrase("甲乙双方", "The parties "),
                Given(
                    "contract.signed",
                    Phrase(
                        "于{{ contract.signed | day }}签订",
                        "made on {{ contract.signed | day }} ",
                    ),
                    Phrase("已签订", "made "),
                ),
                Phrase(
                    "《{{ contract.title }}》（合同编号：{{ contract.doc_no }}，以下称“原合同”）。"
                    "因{{ supplement.reason }}，经协商一致，订立本补充协议。",
                    "“{{ contract.title }}” (No. {{ contract.doc_no }}, “the contract”). "
                    "Reason for this supplement: {{ supplement.reason }}. They agree as follows.",
                ),
            )
        ),
        Clause(Phrase("价款和期限", "Price and time"), level=1),
        *_MONEY,
        *_WORDING,
        *_REST,
        Together(
            (
                _EFFECT,
                Signatures(
                    Party((Phrase("甲方：", "Party A:"), Break(), "{{ parties.a.name }}")),
                    Party((Phrase("乙方：", "Party B:"), Break(), "{{ parties.b.name }}")),
                    seal=45,
                ),
            )
        ),
    ),
)
