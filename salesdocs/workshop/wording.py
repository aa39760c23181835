"""What templates say in words kept elsewhere: labels, filling notes, clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from salesdocs.findings import Phrase
from salesdocs.process.clauses import Article
from salesdocs.process.library import Library


@dataclass(frozen=True, slots=True)
class Wording:
    """Labels by case path pattern, filling notes by document id, the articles of the contract."""

    labels: Mapping[str, Phrase] = field(default_factory=dict)
    notes: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    articles: tuple[Article, ...] = ()


def wording_of(library: Library) -> Wording:
    """Return the wording of a library."""
    catalogue = library.catalogue
    labels = {path: Phrase(catalogue[path].zh, catalogue[path].en) for path in catalogue}
    notes = {document.id: document.notes for document in library.documents}
    return Wording(labels, notes, library.articles)
