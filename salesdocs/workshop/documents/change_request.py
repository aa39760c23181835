"""需求变更单: one change in writing, what it costs in money and time, decided and signed by both.

What a change that was not agreed to would have cost is an estimate, and the paper says so: under
two signatures a bare figure would read as a promise.
"""

from __future__ import annotations

from salesdocs.case.choices import ChangeDecision
from salesdocs.workshop.blocks import (
    COMMA,
    WRITE_DAY,
    Band,
    Field,
    FillingNotes,
    Form,
    Given,
    Label,
    Layout,
    Lines,
    Paragraph,
    Party,
    Phrase,
    Signatures,
    Strong,
    TitleBlock,
    Together,
    When,
    Words,
    field,
)
from salesdocs.workshop.questions import box

_CHANGE = "delivery.changes[]"


def _label(name: str) -> Label:
    return Label(f"{_CHANGE}.{name}")


def _price(word: Phrase, path: str) -> Words:
    """Return how the price changes, in figures and words."""
    return (
        word,
        f"{{{{ {path} | yuan }}}}",
        Phrase("（大写：", " ("),
        f"{{{{ {path} | capitals }}}}",
        Phrase("）", ")"),
    )


def _time(word: Phrase, path: str) -> Words:
    return (word, f"{{{{ {path} | number }}}}", Phrase("日", " days"))


def _effect(path: str, none: Phrase, more: Words, less: Words) -> Words:
    """Return what the effect at `path` is, which may be unknown, none, more or less."""
    changed = Given(f"{path} == 0", none, Given(f"{path} > 0", more, less))
    return Given(f"{path} is none", "/", changed)


_PRICE = _effect(
    "change.amount",
    Phrase("不影响合同价款", "No effect on the price"),
    _price(Phrase("增加", "More by "), "change.amount"),
    _price(Phrase("减少", "Less by "), "change.amount | abs"),
)
_TIME = _effect(
    "change.days",
    Phrase("不影响工期", "No effect on time"),
    _time(Phrase("延长", "Longer by "), "change.days"),
    _time(Phrase("缩短", "Shorter by "), "change.days | abs"),
)

_COSTS = "(change.amount or change.days)"
_CONSEQUENCE: Words = Given(
    "change.decision == 'approved'",
    Given(
        _COSTS,
        Phrase(
            "同意按本单实施。价款、工期的变化以双方签订的补充协议为准，补充协议签订前不实施。",
            "To be carried out as stated here. Price and time change as the supplementary agreement"
            " says, and not before it is signed.",
        ),
        Phrase(
            "同意按本单实施，合同价款和期限不变。",
            "To be carried out as stated here; price and term of the contract stay as they are.",
        ),
    ),
    Given(
        "change.decision == 'deferred_to_phase2'",
        Phrase(
            "本期不实施，转入二期另行商定；上列影响为测算数，本期合同价款和期限不变。",
            "Not in this phase, to be agreed for phase 2. The effects above are estimates; price"
            " and term of the contract stay as they are.",
        ),
        Given(
            "change.decision == 'deferred'",
            Phrase(
                "暂缓实施，恢复时另行确认；上列影响为测算数，合同价款和期限不变。",
                "Put off until confirmed anew. The effects above are estimates; price and term of"
                " the contract stay as they are.",
            ),
            Given(
                "change.decision == 'rejected'",
                Phrase(
                    "不实施，合同价款和期限不变。",
                    "Not carried out; price and term of the contract stay as they are.",
                ),
                Phrase(
                    "双方作出决定并签字前不实施；上列影响为测算数。",
                    "Not carried out until decided and signed; the effects above are estimates.",
                ),
            ),
        ),
    ),
)

# Without 待定: what is still open has no box ticked, so that both can tick one and sign.
_BOXES: Words = tuple(
    part
    for option in ChangeDecision
    if option != ChangeDecision.PENDING
    for part in (
        box("change.decision", option),
        Phrase(f"\u00a0{option.zh}　", f"\u00a0{option.en}  "),
    )
)

_FORM = Form(
    (
        (field("meta.title"), field("meta.case_no")),
        Field(Label("contract.title"), "{{ contract.title }}", whole=True),
        field("contract.doc_no"),
        Field(_label("id"), "{{ change.id }}"),
        Field(
            Phrase("提出方", "Raised by"),
            Given(
                "change.raised_by",
                (
                    Given(
                        "change.raised_by in contacts",
                        Phrase("甲方", "Party A"),
                        Phrase("乙方", "Party B"),
                    ),
                    Phrase("　", " "),
                    "{{ change.raised_by.name }}",
                ),
                "{{ change.raised_by.name }}",
            ),
        ),
        Field(_label("date"), "{{ change.date | iso }}"),
        Band(Phrase("变更事项", "Change")),
        Field(_label("content"), "{{ change.content }}", tall=20),
        Field(_label("reason"), "{{ change.reason }}", tall=12),
        Band(Phrase("影响评估", "Effects")),
        Field(
            Phrase("合同含税总价", "Contract price"),
            (
                "{{ contract.amount | yuan }}",
                Given(
                    "contract.supplements",
                    Phrase(
                        "（含已签补充协议：{{ contract.amount_with_supplements | yuan }}）",
                        " (with supplements: {{ contract.amount_with_supplements | yuan }})",
                    ),
                ),
            ),
            whole=True,
        ),
        Field(_label("amount"), _PRICE, whole=True),
        Field(Phrase("工期影响", "Time"), _TIME),
        Field(Phrase("合同初验期限", "Due by the contract"), "{{ contract.prelim_due | iso }}"),
        Band(Phrase("处理决定", "Decision")),
        Field(_label("decision"), _BOXES, whole=True),
        Field(Phrase("决定说明", "Meaning"), Strong(_CONSEQUENCE), whole=True),
        Field(_label("decided"), Given("change.decided", "{{ change.decided | iso }}", WRITE_DAY)),
        Field(_label("supplement"), "{{ change.supplement }}"),
    )
)


def _party(head: Phrase, name: str, signers: Words) -> Party:
    return Party(
        (head, name),
        (
            (Phrase("代表：", "Represented by: "), signers),
            (Phrase("签字：", "Signature:"), ""),
            (Phrase("日期：", "Date:"), WRITE_DAY),
        ),
    )


def _signers(condition: str, otherwise: str) -> Words:
    """Return who signed for a side, before that its project manager."""
    each = f"person in change.signed_by if {condition}"
    return Lines(each, "{{ person.name }}", between=COMMA, empty=otherwise)


_SIGNED = Together(
    (
        Paragraph(
            Phrase(
                "本单一式两份，经双方签字后生效，为合同的组成部分。未经双方签字的变更要求，"
                "包括口头、电话和即时通讯中的要求，不构成对合同的变更。",
                "Made in two copies; part of the contract once both have signed."
                " What is asked for without it, by word, phone or message, changes nothing.",
            ),
            keep_next=True,
        ),
        Signatures(
            _party(
                Phrase("甲方：", "Party A: "),
                "{{ parties.a.name }}",
                _signers("person in contacts", "{{ delivery.customer_pm.name }}"),
            ),
            _party(
                Phrase("乙方：", "Party B: "),
                "{{ parties.b.name }}",
                _signers("person in team", "{{ delivery.pm.name }}"),
            ),
            seal=0,
        ),
    )
)

LAYOUT = Layout(
    kind="form",
    blocks=(TitleBlock(), _FORM, _SIGNED, When("document.draft", (FillingNotes(),))),
)
