"""The thresholds of the house: each value with its reason and the role that decided it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from salesdocs.findings import Phrase

UNITS: Final = {
    "percent": Phrase("%", "%"),
    "yuan": Phrase(" 元", " yuan"),
    "hours": Phrase(" 小时", " hours"),
    "days": Phrase(" 天", " days"),
    "working_days": Phrase(" 个工作日", " working days"),
    "months": Phrase(" 个月", " months"),
    "years": Phrase(" 年", " years"),
    "points": Phrase(" 分", " points"),
    "level": Phrase(" 级", ""),
    "times": Phrase(" 倍", " times"),
    "rounds": Phrase(" 次", " rounds"),
    "answers": Phrase(" 份", " answers"),
    "characters": Phrase(" 字", " characters"),
}
"""What the numbers of a threshold count; a percentage is written as a fraction."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A value of the policy as written, why it is so, and who decided (`law`: nobody here).

    `unit` is a key of `UNITS`, empty for words.
    """

    name: str
    value: Any
    reason: Phrase
    decided_by: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """One step of an approval route: the department and the roles of which one must approve."""

    dept: str
    roles: tuple[str, ...]


class Policy:
    """The values of `policy.yaml` by their dotted names, typed by the one who asks.

    A name that is not there is a mistake in our code and raises `KeyError`.
    """

    def __init__(self, data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        self._data = data

    def __iter__(self) -> Iterator[Threshold]:
        """Yield every threshold, in the order of the file."""
        for group, thresholds in self._data.items():
            for name in thresholds:
                yield self.threshold(f"{group}.{name}")

    def threshold(self, name: str) -> Threshold:
        """Return the value with its reason."""
        group, _, key = name.partition(".")
        entry = self._data[group][key]
        reason = Phrase(**entry["reason"])
        return Threshold(name, entry["value"], reason, entry["decided_by"], entry.get("unit", ""))

    def number(self, name: str) -> Decimal:
        """Return an amount, a rate or a fraction."""
        return Decimal(str(self._value(name)))

    def count(self, name: str) -> int:
        """Return a whole number: days, months, scores."""
        return int(self._value(name))

    def numbers(self, name: str) -> tuple[Decimal, ...]:
        """Return a list of numbers."""
        values: Sequence[int | str] = self._value(name)
        return tuple(Decimal(str(value)) for value in values)

    def table(self, name: str) -> dict[str, Decimal]:
        """Return numbers by their keys, in the order of the file."""
        values: Mapping[str, int | str] = self._value(name)
        return {key: Decimal(str(value)) for key, value in values.items()}

    def words(self, name: str) -> tuple[str, ...]:
        """Return a list of words."""
        return tuple(self._value(name))

    def discount_authority(self, discount: Decimal) -> str:
        """Return the lowest role that may grant `discount`; a limit itself is included."""
        for role, limit in self.table("discount.authority").items():
            if discount <= limit:
                return role
        raise ValueError(f"nobody may grant a discount of {discount}")

    def approval_route(self, amount: Decimal) -> tuple[ApprovalStep, ...]:
        """Return the steps in order for a contract of `amount` yuan, thresholds included."""
        routes: Sequence[Mapping[str, Any]] = self._value("approval.routes")
        ordered = sorted(routes, key=_starts_at)
        reached = [route for route in ordered if _starts_at(route) <= amount]
        route = reached[-1] if reached else ordered[0]
        return tuple(ApprovalStep(step["dept"], tuple(step["roles"])) for step in route["steps"])

    def _value(self, name: str) -> Any:
        group, _, key = name.partition(".")
        return self._data[group][key]["value"]


def _starts_at(route: Mapping[str, Any]) -> Decimal:
    return Decimal(str(route["from"]))
