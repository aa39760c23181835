"""Deals for the tests of rules: the sample, changed, and what the rules find in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from salesdocs.findings import Finding
from salesdocs.rules.registry import Deal, OtherCase
from salesdocs.rules.run import Verdict, judge
from tests import world

Changes = Mapping[str, Any]


def verdict(changes: Changes, others: tuple[OtherCase, ...] = ()) -> Verdict:
    """What the rules say of the sample with other values at some paths, at its stage."""
    dossier = world.changed(changes)
    deal = Deal(dossier.loaded.case, world.library(), others, dossier.loaded.tree)
    return judge(deal, dossier.stage, dossier.loaded.place)


def found(changes: Changes, others: tuple[OtherCase, ...] = ()) -> list[Finding]:
    """The open findings."""
    return list(verdict(changes, others).findings)


@dataclass(frozen=True)
class Trigger:
    """A change of the sample that a rule objects to, at `path`; and one so near that it does not.

    `near` begins from the sample, not from `changes`.
    """

    rule: str
    changes: Changes
    path: str
    near: Changes = field(default_factory=dict)
    others: tuple[OtherCase, ...] = ()
    said: str = ""

    def __str__(self) -> str:
        return f"{self.rule} {self.path}"


def check_trigger(trigger: Trigger) -> None:
    """Assert that the rule objects at the path to the one change and not to the other."""
    hits = [each for each in found(trigger.changes, trigger.others) if each.rule == trigger.rule]
    assert trigger.path in {each.path for each in hits}
    assert trigger.said in "".join(each.message.zh for each in hits)
    for each in hits:
        assert each.severity == world.library().rulings[each.rule].severity
        assert each.message.zh
        assert each.message.en
        assert each.hint.zh
        assert each.hint.en
    assert trigger.rule not in {each.rule for each in found(trigger.near)}
