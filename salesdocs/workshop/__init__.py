"""Lays out the Word templates: the house style and its blocks in one place, a module a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from salesdocs.findings import Language
from salesdocs.process.letterhead import PLAIN, Letterhead
from salesdocs.workshop import documents
from salesdocs.workshop.layout import Layout, build
from salesdocs.workshop.wording import Wording, wording_of

__all__ = [
    "Layout",
    "Wording",
    "build_all",
    "build_template",
    "document_ids",
    "layout_of",
    "wording_of",
]


def document_ids() -> tuple[str, ...]:
    """Return the ids of the documents that are laid out here, in alphabetical order."""
    return tuple(sorted(module.name for module in iter_modules(documents.__path__)))


def layout_of(doc_id: str) -> Layout:
    """Return the layout of a document; an unknown id raises `ModuleNotFoundError`."""
    layout: Layout = import_module(f"{documents.__name__}.{doc_id}").LAYOUT
    return layout


def build_template(
    doc_id: str,
    lang: Language = "zh",
    wording: Wording | None = None,
    letterhead: Letterhead = PLAIN,
) -> bytes:
    """Return the Word template of a document, its labels and filling notes taken from `wording`."""
    said = wording or Wording()
    notes = said.notes.get(doc_id, ())
    articles = said.articles
    return build(layout_of(doc_id), lang, said.labels, notes, articles, letterhead)


def build_all(
    languages: tuple[Language, ...] = ("zh",),
    wording: Wording | None = None,
    letterhead: Letterhead = PLAIN,
    ids: Iterable[str] = (),
) -> Iterator[tuple[str, bytes]]:
    """Yield every template, or those of `ids`, with its file name: `review_minutes.zh.docx`."""
    for doc_id in tuple(ids) or document_ids():
        for lang in languages:
            yield f"{doc_id}.{lang}.docx", build_template(doc_id, lang, wording, letterhead)
