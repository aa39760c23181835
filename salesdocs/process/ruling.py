"""What the library says of a rule: how serious a finding of it is, and from which stage it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from salesdocs.findings import Phrase, Severity


@dataclass(frozen=True, slots=True)
class Ruling:
    """The severity and the first stage of a rule, and the group its id belongs to.

    `documents` are the ids of those in which findings of the group are seen.
    """

    id: str
    severity: Severity
    stage: int
    group: Phrase
    documents: tuple[str, ...]


def rulings_of(data: Mapping[str, Any]) -> dict[str, Ruling]:
    """Return the rulings by rule id, from the data of `rules.yaml`."""
    groups = {
        prefix: (Phrase(group["zh"], group["en"]), tuple(group["documents"]))
        for prefix, group in data["groups"].items()
    }
    return {
        rule_id: Ruling(rule_id, entry["severity"], entry["stage"], *groups[rule_id[:3]])
        for rule_id, entry in data["rules"].items()
    }
