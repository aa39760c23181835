"""The navigation: where a reader finds each page, in the order of the work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from salesdocs.playbook import places
from salesdocs.playbook.book import Book
from salesdocs.playbook.model import Entry, Page


def navigation(book: Book, pages: Mapping[str, Page]) -> tuple[Entry, ...]:
    """Return the lines of the navigation over `pages`; what is in no group stands last."""
    taken: set[str] = set()

    def line(uri: str, title: str = "") -> Entry:
        taken.add(uri)
        return Entry(title or pages[uri].title, uri)

    def group(title: str, uris: Iterable[str]) -> Entry:
        return Entry(title, entries=tuple(line(uri) for uri in uris if uri in pages))

    stages = [places.stage_page(stage) for stage in book.library.stages]
    by_stage = tuple(
        group(
            f"{stage.number} {book.say(stage.name)}",
            [places.document_page(each.id) for each in book.library.documents_of(stage.number)],
        )
        for stage in book.library.stages
    )
    documents = Entry(
        book.word("表单与文件", "Documents"),
        entries=(line(places.DOCUMENTS, book.word("一览", "Overview")), *by_stage),
    )
    rules = [uri for uri in pages if uri.startswith("rules/") and uri != places.RULES]
    clauses = [places.article_page(article.id) for article in book.library.articles]
    lines = [
        *([line(places.HOME)] if places.HOME in pages else []),
        group(book.word("从这里开始", "Start here"), _below(pages, "start/")),
        group(book.word("七个阶段", "Stages"), stages),
        documents,
        group(
            book.word("角色", "Roles"),
            [places.ROLES, *map(places.role_page, book.library.roles)],
        ),
        group(
            book.word("规则与计算", "Rules"),
            [places.RULES, places.CALCULATIONS, places.POLICY, *rules],
        ),
        group(book.word("合同条款", "Clauses"), [places.CLAUSES, *clauses]),
        group(book.word("参考", "Reference"), [places.GLOSSARY, *_below(pages, "guide/")]),
    ]
    rest = [line(uri) for uri in pages if uri not in taken]
    return tuple(each for each in (*lines, *rest) if each.uri or each.entries)


def _below(pages: Mapping[str, Page], folder: str) -> list[str]:
    """Return the pages of a folder: its index, those that name their order, the others."""
    found = [uri for uri in pages if uri.startswith(folder)]
    return sorted(found, key=lambda uri: (not uri.endswith("/index.md"), *_place(pages[uri])))


def _place(page: Page) -> tuple[bool, int, str]:
    return not page.order, page.order, page.uri
