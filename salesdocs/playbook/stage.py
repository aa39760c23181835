"""A playbook as an ordinary tree of Markdown, for any generator: no directive is left in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from salesdocs.findings import Finding
from salesdocs.playbook.book import Book
from salesdocs.playbook.components import expanded
from salesdocs.playbook.model import Entry, Page
from salesdocs.playbook.ticks import with_ticks


def staged(book: Book, pages: Mapping[str, Page]) -> tuple[dict[str, str], list[Finding]]:
    """Return the text of each page by its place, with front matter, and what is wrong with them."""
    texts: dict[str, str] = {}
    findings: list[Finding] = []
    for uri, page in pages.items():
        text, wrong = said(book, page)
        texts[uri] = f"{_front(page)}{text}"
        findings += wrong
    return texts, findings


def said(book: Book, page: Page, *, ticks: bool = True) -> tuple[str, list[Finding]]:
    """Return the Markdown of a page with nothing left in it to replace, and what is wrong with it.

    With `ticks` tasks of lists become boxes that remember.
    """
    text, findings = expanded(book, page)
    if ticks:
        text = with_ticks(text, page.uri)
    return text + footer(book, page), findings


def _front(page: Page) -> str:
    said = {"title": page.title, "description": page.description}
    lines = [f"{name}: {_quoted(value)}" for name, value in said.items() if value]
    return "\n".join(("---", *lines, "---", "", ""))


def _quoted(text: str) -> str:
    """Return a text as YAML reads it back, whatever is in it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def footer(book: Book, page: Page) -> str:
    """Return who answers for a page, and when it was last looked through."""
    parts = []
    if page.owner:
        parts.append(f"{book.word('负责：', 'Owner: ')}{book.role(page.owner)}")
    if page.reviewed:
        parts.append(f"{book.word('最近复核：', 'Last reviewed: ')}<time>{page.reviewed}</time>")
    if not parts:
        return ""
    said = book.word("　", " · ").join(parts)
    return f'\n\n<p class="sd-reviewed" data-search-exclude>{said}</p>\n'


def navigation_lines(entries: Iterable[Entry], indent: str = "  ") -> list[str]:
    """Return the navigation in YAML, as `nav:` of a configuration holds it."""
    lines: list[str] = []
    for entry in entries:
        head = f"{indent}- {_quoted(entry.title)}:"
        if entry.uri:
            lines.append(f"{head} {entry.uri}")
        else:
            lines += [head, *navigation_lines(entry.entries, f"{indent}    ")]
    return lines
