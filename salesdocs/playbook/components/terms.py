"""The glossary."""

from __future__ import annotations

from salesdocs.playbook.book import Book
from salesdocs.playbook.components.registry import component


@component("glossary")
def glossary(book: Book, page: str) -> str:
    """Return all terms with their meaning."""
    del book, page
    return ""
