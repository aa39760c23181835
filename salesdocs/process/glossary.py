"""The glossary: terms of the trade, as a colleague would explain them to a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from salesdocs.findings import Phrase


@dataclass(frozen=True, slots=True)
class Term:
    """A term, its other spellings, what it means, and where to read on.

    `unless` are words that hold it and mean something else: 约定金额 is not about 定金. `see` are
    pairs of a kind (stage, document, rule, policy) and a name of that kind.
    """

    id: str
    name: Phrase
    also: tuple[str, ...]
    meaning: Phrase
    see: tuple[tuple[str, str], ...]
    unless: tuple[str, ...] = ()


def terms_from_data(data: Mapping[str, Any]) -> tuple[Term, ...]:
    """Return the terms, from the data of `glossary.yaml`."""
    return tuple(
        Term(
            name,
            Phrase(entry["zh"], entry["en"]),
            tuple(entry.get("also", ())),
            Phrase(**entry["meaning"]),
            tuple(_pair(said) for said in entry.get("see", ())),
            tuple(entry.get("unless", ())),
        )
        for name, entry in data["terms"].items()
    )


def _pair(said: str) -> tuple[str, str]:
    kind, _, name = said.partition(" ")
    return kind, name
