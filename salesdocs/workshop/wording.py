"""What templates say in words kept elsewhere: the catalogue's labels, the register's notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from salesdocs.findings import Phrase
from salesdocs.process.library import Library


@dataclass(frozen=True, slots=True)
class Wording:
    """Labels by case path pattern, filling notes by document id."""

    labels: Mapping[str, Phrase] = field(default_factory=dict)
    notes: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)


def wording_of(library: Library) -> Wording:
    """Return the wording of a library."""
    catalogue = library.catalogue
    labels = {path: Phrase(catalogue[path].zh, catalogue[path].en) for path in catalogue}
    return Wording(labels, {document.id: document.notes for document in library.documents})
