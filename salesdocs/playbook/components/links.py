"""Links from a page to what the library names: stages, documents, roles, rules, articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salesdocs.playbook import places
from salesdocs.playbook.book import Book
from salesdocs.playbook.markup import link


def stage_link(book: Book, page: str, number: int) -> str:
    """Return a link to a stage: its number and name."""
    stage = book.library.stage(number)
    return link(page, places.stage_page(stage), f"{number} {book.say(stage.name)}")


def document_link(book: Book, page: str, document: str) -> str:
    """Return a link to a kind of document."""
    return link(page, places.document_page(document), book.title(document))


def role_link(book: Book, page: str, role: str) -> str:
    """Return a link to a role; what is no role has no page."""
    if role not in book.library.roles:
        return book.role(role)
    return link(page, places.role_page(role), book.role(role))


def role_chips(book: Book, page: str, roles: Sequence[str]) -> str:
    """Return links to roles, to be seen as chips."""
    return " ".join(f"{role_link(book, page, role)}{{ .sd-role }}" for role in roles)


def rule_link(page: str, rule: str) -> str:
    """Return a link to a rule: its id."""
    return link(page, places.group_page(rule), rule, rule.lower())


def article_link(book: Book, page: str, article: str) -> str:
    """Return a link to an article of the contract."""
    found = next(each for each in book.library.articles if each.id == article)
    return link(page, places.article_page(article), book.say(found.title))


def joined(book: Book, words: Iterable[str]) -> str:
    """Return a list within a sentence."""
    return book.word("、", ", ").join(words)


def colon(book: Book) -> str:
    """Return what stands before a list or a value."""
    return book.word("：", ": ")


def facts(said: Iterable[tuple[str, str]]) -> list[str]:
    """Return a list of what and how, each as a term with its description."""
    return [f"**{head}**\n:   {words}\n" for head, words in said]
