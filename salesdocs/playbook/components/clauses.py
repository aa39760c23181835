"""The clause library, for legal: standard wording, where we may give way, and what never goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from salesdocs.playbook.book import Book
from salesdocs.playbook.components.links import article_link, role_link
from salesdocs.playbook.components.registry import ARTICLE, component
from salesdocs.playbook.markup import block, plain, table
from salesdocs.process.clauses import ANNEXES, REFERENCE, Article, Clause

_TAG = re.compile(r"\{\{\s*([^|}]+?)\s*(?:\|[^}]*)?\}\}")
_STATEMENT = re.compile(r"\{%-?\s*(\w+).*?%\}")
_NUMBERED = re.compile(r"(附件 \d+)(?=[\u4e00-\u9fff])")
_LOOP = re.compile(r"\{%-?\s*for (\w+) in ([\w.]+)")
_CHOICE = {"if": "〔", "for": "〔", "elif": "｜", "else": "｜", "endif": "〕", "endfor": "〕"}
"""How wording that depends on the case is shown: its alternatives, between brackets."""


@component("clause", ARTICLE)
def one_article(book: Book, page: str, name: str) -> str:
    """Return an article of the contract: its clauses one by one."""
    found = next(each for each in book.library.articles if each.id == name)
    return "\n\n".join(_clause(book, page, clause) for clause in found.clauses)


def clause_sections(book: Book, page: str, name: str) -> Iterator[str]:
    """Yield the clauses of an article, each under a heading of its own."""
    found = next(each for each in book.library.articles if each.id == name)
    for clause in found.clauses:
        yield f"## {plain(book.say(clause.title))} {{ #{clause.id} }}\n"
        yield _clause(book, page, clause) + "\n"


def _clause(book: Book, page: str, clause: Clause) -> str:
    standard = book.word("标准条款", "Standard wording")
    version = f"{plain(clause.id)} · {plain(clause.version)}"
    lines = [
        f'**{standard}** <span class="sd-kind">{version}</span>\n',
        *_wording(book, page, book.say(clause.wording)),
        *_alternatives(book, page, clause),
    ]
    if clause.red_lines:
        lines.append(_red_lines(book, clause))
    decides = book.word("标准与备选之外的文字由谁决定", "Who decides on any other wording")
    lines.append(f"**{decides}**\n:   {role_link(book, page, clause.approver)}\n")
    if clause.basis.zh:
        lines.append(f"**{book.word('依据', 'Basis')}**\n:   {plain(book.say(clause.basis))}\n")
    return block("div", "sd-clause", lines)


def _red_lines(book: Book, clause: Clause) -> str:
    head = book.word("红线", "Red lines")
    lines = [f"- {plain(book.say(line))}" for line in clause.red_lines]
    return block("div", "sd-red", [f"**{head}**\n", *lines])


def _alternatives(book: Book, page: str, clause: Clause) -> Iterator[str]:
    for fallback in clause.fallbacks:
        head = book.word(f"备选 {fallback.number}", f"Fallback {fallback.number}")
        yield f"**{head}**\n"
        yield from _wording(book, page, book.say(fallback.wording))
        rows = [
            (book.word("让出什么", "What we give"), plain(book.say(fallback.concedes))),
            (book.word("谁批准", "Who approves"), role_link(book, page, fallback.approver)),
        ]
        yield from (f"**{name}**\n:   {said}\n" for name, said in rows)


def _wording(book: Book, page: str, text: str) -> Iterator[str]:
    """Yield the wording as a quotation: values by their labels, references as links."""
    for line in text.split("\n"):
        if line.strip():
            yield f"> {_shown(book, page, line.strip().removeprefix('- '))}\n>"
    yield ""


def _shown(book: Book, page: str, line: str) -> str:
    """Return a line of wording: what the case fills in, and what it chooses, is marked."""
    parts = re.split(r"(\{\{.*?\}\}|\{%.*?%\}|\[\[.*?\]\])", line)
    lists = dict(found for part in parts for found in _LOOP.findall(part))
    said = "".join(_part(book, page, part, lists) for part in parts)
    return _NUMBERED.sub(r"\1 ", said)


def _part(book: Book, page: str, part: str, lists: Mapping[str, str]) -> str:
    """Return a piece of wording; `lists` are the paths of lists by the name of their entries."""
    if statement := _STATEMENT.fullmatch(part):
        sign = _CHOICE[statement[1]]
        return f'<span class="sd-choice">{sign}</span>'
    if tag := _TAG.fullmatch(part):
        return f'<span class="sd-value">{plain(_label(book, lists.get(tag[1], tag[1])))}</span>'
    if (reference := REFERENCE.fullmatch(part)) is None:
        return plain(part)
    if any(each.id == reference[1] for each in book.library.articles):
        return article_link(book, page, reference[1])
    number = ANNEXES[reference[1]]
    return book.word(f"附件 {number}", f"Annex {number}")


def _label(book: Book, expression: str) -> str:
    path = re.sub(r"\[-?\d+\]", "[]", expression)
    known = book.library.catalogue.get(path)
    return known.label(book.lang) if known else expression.rpartition(".")[2]


@component("clauses")
def all_clauses(book: Book, page: str) -> str:
    """Return the articles and annexes of the contract as a table."""
    head = (
        book.word("条款", "Article"),
        book.word("子条款", "Clauses"),
        book.word("备选", "Fallbacks"),
        book.word("红线", "Red lines"),
    )
    rows = [
        (
            f"{_number(book, each)} {article_link(book, page, each.id)}",
            str(len(each.clauses)),
            str(sum(len(clause.fallbacks) for clause in each.clauses)),
            str(sum(len(clause.red_lines) for clause in each.clauses)),
        )
        for each in book.library.articles
    ]
    return block("div", "sd-clauses", [table(head, rows)])


def _number(book: Book, article: Article) -> str:
    number = article.number
    if article.is_annex:
        return book.word(f"附件 {number}", f"Annex {number}")
    return book.word(f"第 {number} 条", f"Article {number}")
