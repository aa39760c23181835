"""The glossary: every term with its meaning and where to read on."""

from __future__ import annotations

from collections.abc import Iterator

from salesdocs.playbook import places
from salesdocs.playbook.book import Book
from salesdocs.playbook.components.links import document_link, joined, rule_link, stage_link
from salesdocs.playbook.components.registry import component
from salesdocs.playbook.markup import block, link, plain
from salesdocs.process.glossary import Term


@component("glossary")
def glossary(book: Book, page: str) -> str:
    """Return all terms with their meaning."""
    lines = [line for term in book.library.glossary for line in _term(book, page, term)]
    return block("div", "sd-glossary", lines)


def _term(book: Book, page: str, term: Term) -> Iterator[str]:
    name = plain(book.say(term.name))
    also = (
        f" <small>{plain(joined(book, term.also))}</small>"
        if term.also and book.lang == "zh"
        else ""
    )
    yield f'<span id="{places.term_anchor(term.id)}"></span>**{name}**{also}'
    said = plain(book.say(term.meaning))
    if term.see:
        head = book.word("见：", "See ")
        said += f" {head}{joined(book, (_see(book, page, *each) for each in term.see))}"
    yield f":   {said}\n"


def _see(book: Book, page: str, kind: str, name: str) -> str:
    if kind == "stage":
        return stage_link(book, page, int(name))
    if kind == "document":
        return document_link(book, page, name)
    if kind == "rule":
        return rule_link(page, name)
    group = name.partition(".")[0]
    return link(page, places.POLICY, book.word("规定与限额", "Limits"), group)
