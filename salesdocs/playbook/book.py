"""A playbook: the library in one language, its files, its pages by hand, and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from salesdocs.case.choices import Role
from salesdocs.case.model import Case
from salesdocs.findings import Language, Phrase
from salesdocs.playbook.model import Download, Kind, Page
from salesdocs.process.documents import Document
from salesdocs.process.library import Library
from salesdocs.rules.registry import Rule, all_rules


@dataclass(frozen=True)
class Book:
    """What pages are made of.

    `sizes` are the bytes of the downloads that exist, by their places: others are not offered.
    `sample` is the case whose figures explain the calculations. `written` are the pages written by
    hand, by their places.
    """

    library: Library
    lang: Language = "zh"
    downloads: tuple[Download, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    sample: Case | None = None
    written: Mapping[str, Page] = field(default_factory=dict)

    def say(self, phrase: Phrase) -> str:
        """Return a phrase in the language of the book."""
        return phrase.text(self.lang)

    def word(self, zh: str, en: str) -> str:
        """Return the one of two words that is of the book's language."""
        return zh if self.lang == "zh" else en

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by their ids, those that the library knows."""
        return {name: rule for name, rule in all_rules().items() if name in self.library.rulings}

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The kinds of documents by their ids, in order."""
        return {document.id: document for document in self.library.documents}

    def offered(self, document: str) -> dict[Kind, Download]:
        """Return by kind the files of a document that there are; of pictures the first."""
        return {
            each.kind: each
            for each in reversed(self.downloads)
            if each.document == document and each.uri in self.sizes
        }

    def pictures(self, document: str) -> tuple[Download, ...]:
        """Return the page pictures of a document."""
        return tuple(
            each
            for each in self.downloads
            if each.document == document and each.kind == "picture" and each.uri in self.sizes
        )

    def title(self, document: str) -> str:
        """Return what a document is called."""
        return self.say(self.documents[document].title)

    def role(self, role: str) -> str:
        """Return what a role is called; `law` is no role, and decides all the same."""
        if role == "law":
            return self.word("法律", "the law")
        known: Any = next((each for each in Role if each.value == role), None)
        return role if known is None else str(self.word(known.zh, known.en))
