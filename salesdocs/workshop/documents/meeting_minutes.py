"""会谈纪要: what one round agreed and left open, for both sides to sign.

No positions, no reasons, nothing of our preparation: the case it is made from does not hold them.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    COMMA,
    WRITE_DAY,
    Column,
    Field,
    FillingNotes,
    Form,
    Given,
    Heading,
    Label,
    Layout,
    Lines,
    Paragraph,
    Party,
    Phrase,
    Signatures,
    Table,
    TitleBlock,
    Together,
    When,
    Words,
    field,
    numbers,
)
from salesdocs.workshop.talks import spoken

_ROUNDS = "negotiation.rounds[]"
_A, _B = Phrase("甲方", "Party A"), Phrase("乙方", "Party B")


def _titled(person: str) -> Words:
    """Return a person with the post in brackets, where it is known."""
    return (
        f"{{{{ {person}.name }}}}",
        Given(
            f"{person}.title",
            (Phrase("（", " ("), f"{{{{ {person}.title }}}}", Phrase("）", ")")),
        ),
    )


# Who leads is named apart, and may stand among the others too.
_LEAD = Given(
    "round.lead and round.lead not in round.our",
    (_titled("round.lead"), Given("round.our", COMMA)),
)
_OURS: Words = (
    _LEAD,
    Given(
        "round.our or not round.lead",
        Lines("person in round.our", _titled("person"), COMMA, empty="/"),
    ),
)

_FACTS = Form(
    (
        field("meta.title"),
        field("meta.case_no"),
        Field(_A, "{{ customer.name }}", whole=True),
        Field(_B, "{{ supplier.name }}", whole=True),
        Field(Phrase("会谈日期", "Date"), "{{ round.date | iso }}"),
        Field(Phrase("会谈方式", "Mode"), "{{ round.mode | label }}"),
        Field(Phrase("会谈地点", "Place"), "{{ round.place }}", whole=True),
        Field(
            Phrase("甲方人员", "Party A's side"),
            Lines("person in round.theirs", _titled("person"), COMMA, empty="/"),
            whole=True,
        ),
        Field(Phrase("乙方人员", "Party B's side"), _OURS, whole=True),
    )
)

# Where the value of payment was not written down, the terms agreed in the end say it.
_PAYMENT_TERMS = (
    "topic.topic == 'payment' and not topic.result and round.id == negotiation.last_round.id"
    " and negotiation.agreed.prepay is not none"
)
_VALUE: Words = Given(
    _PAYMENT_TERMS,
    (
        Phrase(
            "预付款{{ negotiation.agreed.prepay | percent }}",
            "advance {{ negotiation.agreed.prepay | percent }}",
        ),
        Given(
            "negotiation.agreed.retention",
            Phrase(
                "，质保金{{ negotiation.agreed.retention | percent }}",
                ", retention {{ negotiation.agreed.retention | percent }}",
            ),
        ),
    ),
    spoken("topic", "result", "result_number"),
)

# A subscription has a service term where other deals have a warranty.
_TOPIC = Given(
    "topic.topic == 'warranty' and contract.type == 'saas'",
    Phrase("服务期", "Service term"),
    "{{ topic.topic | label }}",
)

_AGREED = Table(
    each="topic in round.agreed_topics",
    columns=(
        numbers(12),
        Column(Phrase("事项", "Item"), _TOPIC, 40),
        Column(Phrase("一致意见", "Agreed"), _VALUE, 102),
    ),
)

_OWNER: Words = (
    "{{ item.owner.name }}",
    Given(
        "item.owner",
        Given("item.owner in team", Phrase("（乙方）", " (B)"), Phrase("（甲方）", " (A)")),
    ),
)

_OPEN_ITEMS = Table(
    each="item in round.open_items",
    columns=(
        numbers(12),
        Column(Label(f"{_ROUNDS}.open_items"), "{{ item.what }}", 76),
        Column(Label(f"{_ROUNDS}.open_items[].owner"), _OWNER, 36, "center"),
        Column(Label(f"{_ROUNDS}.open_items[].due"), "{{ item.due | iso }}", 30, "center"),
    ),
)

_OPEN = (
    Heading(Label(f"{_ROUNDS}.open_items")),
    When(
        "round.open_topics",
        (
            Paragraph(
                (
                    Phrase(
                        "以下事项本次会谈尚未达成一致，由双方继续协商：",
                        "Not agreed yet, to be talked about further: ",
                    ),
                    Lines("topic in round.open_topics", "{{ topic.topic | label }}", COMMA),
                    Phrase("。", "."),
                )
            ),
        ),
    ),
    When("round.open_items", (_OPEN_ITEMS,)),
    When(
        "not round.open_topics and not round.open_items",
        (Paragraph(Phrase("无。", "None.")),),
    ),
)


def _side(side: Phrase, name: str) -> Party:
    return Party(
        (side, Phrase("：", ": "), name),
        (
            (Phrase("代表（签字）：", "Signature:"), ""),
            (Phrase("日期：", "Date:"), (Phrase("　　", ""), WRITE_DAY)),
        ),
    )


LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(),
        _FACTS,
        Heading(Phrase("达成一致的事项", "Agreed")),
        _AGREED,
        *_OPEN,
        Together(
            (
                Heading(Phrase("说明与签字", "Note and signatures")),
                Paragraph(
                    Phrase(
                        "本纪要记录双方会谈情况，已达成一致的事项作为起草合同的依据，待决事项双方继续"
                        "协商；正式权利义务以合同为准。",
                        "These minutes record our talks. What is agreed is the basis for drafting "
                        "the contract, open items are talked about further; rights and duties are "
                        "those of the contract.",
                    ),
                    keep_next=True,
                ),
                Signatures(_side(_A, "{{ customer.name }}"), _side(_B, "{{ supplier.name }}"), 0),
            )
        ),
        # Not on what the customer signs.
        When("document.draft", (FillingNotes(),)),
    ),
)
