"""The thresholds of the house: what holds, why, and who decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from salesdocs.case import choices
from salesdocs.findings import Phrase
from salesdocs.playbook.book import Book
from salesdocs.playbook.components.links import joined, role_link
from salesdocs.playbook.components.registry import THRESHOLD, component
from salesdocs.playbook.markup import block, plain, table
from salesdocs.process.policy import UNITS, Threshold

GROUPS: Final = {
    "lead": Phrase("线索", "Leads"),
    "records": Phrase("记录与保存", "Records"),
    "needs": Phrase("需求", "Needs"),
    "proposal": Phrase("方案与报价", "Proposals and quotes"),
    "discount": Phrase("折扣权限", "Discounts"),
    "tax": Phrase("税", "Tax"),
    "party": Phrase("主体", "Parties"),
    "approval": Phrase("合同审批", "Contract approval"),
    "payment": Phrase("付款", "Payment"),
    "liability": Phrase("违约责任", "Liability"),
    "intent": Phrase("意向书", "Letter of intent"),
    "tender": Phrase("招投标", "Tenders"),
    "warranty": Phrase("质保", "Warranty"),
    "confidentiality": Phrase("保密", "Confidentiality"),
    "acceptance": Phrase("验收", "Acceptance"),
    "delivery": Phrase("交付", "Delivery"),
    "aftersales": Phrase("售后", "After-sales"),
    "wording": Phrase("用语", "Wording"),
}
_KEYS: Final = {
    "usual": Phrase("一般", "usually"),
    "latest": Phrase("最迟", "at the latest"),
    "max": Phrase("最长", "at most"),
    "holiday": Phrase("长假前后", "around holidays"),
    "in_use": Phrase("使用中", "in use"),
    "after": Phrase("之后", "afterwards"),
    "report": Phrase("上报", "report"),
    "visit": Phrase("回访", "visit"),
    "counts_only": Phrase("只列份数", "counts only"),
    "this_customer_only": Phrase("注明仅代表本客户", "this customer only"),
    "industry": Phrase("行业", "industry"),
    "scale": Phrase("规模", "scale"),
    "budget": Phrase("预算", "budget"),
    "urgency": Phrase("紧迫度", "urgency"),
    "sales": Phrase("销售", "sales"),
    "board": Phrase("董事会", "board"),
    "personal_injury": Phrase("人身伤害", "personal injury"),
    "wilful_or_gross_negligence": Phrase("故意或重大过失", "intent or gross negligence"),
}
_CHOICES: Final = (choices.Role, choices.LineKind, choices.IncentiveForm)


@component("policy", THRESHOLD)
def policy(book: Book, page: str, name: str) -> str:
    """Return a threshold, or a group of them, as a table: value, reason, who decided."""
    found = [
        each for each in book.library.policy if name in (each.name, each.name.partition(".")[0])
    ]
    return threshold_table(book, page, found)


def threshold_table(book: Book, page: str, thresholds: Iterable[Threshold]) -> str:
    """Return thresholds as a table."""
    head = (
        book.word("规定", "Value"),
        book.word("理由", "Reason"),
        book.word("谁定的", "Decided by"),
        book.word("名称", "Name"),
    )
    rows = [
        (
            shown(book, each),
            plain(book.say(each.reason)),
            role_link(book, page, each.decided_by),
            f"<code>{_breakable(each.name)}</code>",
        )
        for each in thresholds
    ]
    return block("div", "sd-policy", [table(head, rows)])


def _breakable(name: str) -> str:
    """Return a name that a narrow column breaks between its parts alone."""
    return "<wbr>".join(map(plain, re.split(r"(?<=[._])", name)))


def shown(book: Book, threshold: Threshold) -> str:
    """Return the value of a threshold as people say it, in Markdown."""
    value = threshold.value
    if threshold.name == "approval.routes":
        return "<br>".join(_route(book, route) for route in value)
    if isinstance(value, Mapping):
        said = (
            f"{plain(_key(book, key))} {_one(book, each, threshold.unit)}"
            for key, each in value.items()
        )
        return "<br>".join(said)
    if isinstance(value, list):
        return joined(book, (_one(book, each, threshold.unit) for each in value))
    return _one(book, value, threshold.unit)


def _route(book: Book, route: Mapping[str, Any]) -> str:
    steps = " → ".join(_step(book, step) for step in route["steps"])
    start = int(route["from"])
    return f"{book.word(f'{start:,} 元起：', f'from CNY {start:,}: ')}{steps}"


def _step(book: Book, step: Mapping[str, Any]) -> str:
    who = book.word("或", " or ").join(plain(book.role(role)) for role in step["roles"])
    if step["dept"] != "board":
        return who
    # The board has no account of its own: one of ours puts down what it decided.
    return book.word(f"董事会或集团决议（{who}登记）", f"board (put down by the {who})")


def _one(book: Book, value: Any, unit: str) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return plain(_key(book, str(value)))
    if unit == "percent":
        number *= 100
    digits = f"{number:,f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return digits + (book.say(UNITS[unit]) if unit else "")


def _key(book: Book, key: str) -> str:
    for kind in _CHOICES:
        for member in kind:
            if member.value == key:
                return str(book.word(member.zh, member.en))
    return book.say(_KEYS.get(key, Phrase(key, key)))
