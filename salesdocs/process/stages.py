"""A stage of the sale: what it is for, who does what, and what must be true to leave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from salesdocs.findings import NOTHING, Language, Phrase
from salesdocs.process.naming import safe_name

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """What is done, by which roles, and what comes of it (`document`: the id of a document)."""

    text: Phrase
    by: tuple[str, ...]
    output: Phrase
    document: str


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that must be true to leave a stage; rules attach to its `id`, which never changes.

    `check` is `program` when the case file shows it and `person` when someone must look.
    """

    id: str
    text: Phrase
    check: Literal["program", "person"]


@dataclass(frozen=True, slots=True)
class Mode:
    """What a procurement mode changes: documents and gates left out, and what to mind."""

    skips: frozenset[str]
    waives: frozenset[str]
    notes: tuple[Phrase, ...]

    @classmethod
    def from_data(cls, data: Data) -> Mode:
        """Build the mode from its entry in `process.yaml`."""
        return cls(
            frozenset(data.get("skips", ())),
            frozenset(data.get("waives", ())),
            _phrases(data.get("notes", ())),
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the seven stages; `days` is how long it usually takes, from and to.

    `id` names its page and never changes.
    """

    number: int
    id: str
    name: Phrase
    goal: Phrase
    entry: Phrase
    days: tuple[int, int]
    roles: tuple[str, ...]
    steps: tuple[Step, ...]
    exit: tuple[Gate, ...]
    cautions: tuple[Phrase, ...]
    measures: tuple[Phrase, ...]

    @classmethod
    def from_data(cls, data: Data) -> Stage:
        """Build the stage from its entry in `process.yaml`."""
        return cls(
            number=data["number"],
            id=data["id"],
            name=Phrase(**data["name"]),
            goal=Phrase(**data["goal"]),
            entry=Phrase(**data["entry"]),
            days=(data["days"]["from"], data["days"]["to"]),
            roles=tuple(data["roles"]),
            steps=tuple(_step(step) for step in data["steps"]),
            exit=tuple(_gate(gate) for gate in data["exit"]),
            cautions=_phrases(data["cautions"]),
            measures=_phrases(data.get("measures", ())),
        )

    def folder(self, lang: Language = "zh") -> str:
        """Return the name of the folder for the stage's documents: `3_方案制定`."""
        return safe_name(f"{self.number}_{self.name.text(lang)}")


def _step(data: Data) -> Step:
    output = Phrase(**data["output"]) if "output" in data else NOTHING
    return Step(Phrase(**data["do"]), tuple(data["by"]), output, data.get("document", ""))


def _gate(data: Data) -> Gate:
    return Gate(data["id"], Phrase(data["zh"], data["en"]), data["check"])


def _phrases(data: tuple[Data, ...] | list[Data]) -> tuple[Phrase, ...]:
    return tuple(Phrase(**phrase) for phrase in data)
