"""The rules of legal and finance: one as a card, a group as a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from salesdocs.findings import Phrase
from salesdocs.playbook.book import Book
from salesdocs.playbook.components.links import facts, rule_link, stage_link
from salesdocs.playbook.components.registry import GROUP, RULE, component
from salesdocs.playbook.markup import block, plain, table

SEVERITIES: Final = {
    "error": Phrase("错误", "Error"),
    "warning": Phrase("警告", "Warning"),
    "note": Phrase("提示", "Note"),
}


def by_severity(book: Book, rules: Iterable[str]) -> list[str]:
    """Return rules in order: errors first, then by their ids."""
    order = list(SEVERITIES)
    return sorted(rules, key=lambda name: (order.index(book.library.rulings[name].severity), name))


@component("rule", RULE)
def rule_card(book: Book, page: str, name: str) -> str:
    """Return a rule: what holds when all is well, why, what to do, on what it rests."""
    title = f"{rule_link(page, name)} {plain(book.say(book.rules[name].title))}"
    return _card(book, page, name, f"{badge(book, name)} **{title}**")


def rule_section(book: Book, page: str, name: str) -> str:
    """Return a rule with a heading of its own, for the page of its group."""
    heading = f"## {name} {plain(book.say(book.rules[name].title))} {{ #{name.lower()} }}"
    return f"{heading}\n\n{_card(book, page, name, badge(book, name))}\n"


def _card(book: Book, page: str, name: str, head: str) -> str:
    severity = book.library.rulings[name].severity
    return block("div", f"sd-rule sd-rule-{severity}", [f"{head}\n", *_body(book, page, name)])


def badge(book: Book, name: str) -> str:
    """Return how serious a finding of a rule is, as a mark with a word."""
    severity = book.library.rulings[name].severity
    return f'<span class="sd-badge sd-{severity}">{book.say(SEVERITIES[severity])}</span>'


def _body(book: Book, page: str, name: str) -> list[str]:
    rule, ruling = book.rules[name], book.library.rulings[name]
    said = [
        (book.word("从哪个阶段起检查", "Checked from"), stage_link(book, page, ruling.stage)),
        (book.word("怎么改", "What to do"), plain(book.say(rule.fix))),
        (book.word("依据", "Basis"), plain(book.say(rule.basis))),
    ]
    if book.lang == "zh":
        said.insert(1, ("为什么", plain(rule.why)))
    return facts(said)


@component("rules", GROUP)
def rule_group(book: Book, page: str, group: str) -> str:
    """Return the rules of a group as a table."""
    names = [name for name in book.rules if name.startswith(group)]
    return rule_table(book, page, names)


def rule_table(book: Book, page: str, names: Iterable[str]) -> str:
    """Return rules as a table: id, what holds when all is well, severity, stage."""
    head = (
        book.word("编号", "Id"),
        book.word("要求", "What holds"),
        book.word("级别", "Severity"),
        book.word("起始阶段", "From stage"),
    )
    rows = [
        (
            rule_link(page, name),
            plain(book.say(book.rules[name].title)),
            badge(book, name),
            str(book.library.rulings[name].stage),
        )
        for name in names
    ]
    return block("div", "sd-rules", [table(head, rows)])
