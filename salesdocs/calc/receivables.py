"""What is owed and since when: days overdue, late damages, ageing, share collected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from salesdocs.calc.rounding import to_cent
from salesdocs.findings import Phrase

_BANDS: Final[tuple[tuple[int, int | None], ...]] = ((0, 30), (31, 60), (61, 90), (91, None))


def overdue_days(due: date, received: date | None, as_of: date) -> int:
    """Return the days between `due` and receipt, or `as_of` while nothing came; never below 0."""
    return max(0, ((received or as_of) - due).days)


def late_damages(
    outstanding: Decimal, daily_rate: Decimal, days: int, cap: Decimal | None = None
) -> Decimal:
    """Return the damages (违约金) for `days` of delay with `outstanding`, in yuan.

    `cap` is the share of `outstanding` that they may not exceed; None is no limit.
    """
    damages = outstanding * daily_rate * max(0, days)
    return to_cent(damages if cap is None else min(damages, outstanding * cap))


@dataclass(frozen=True)
class AgeBand:
    """What has been overdue for `first` to `last` days (None: and longer), in yuan."""

    first: int
    last: int | None
    amount: Decimal

    @property
    def label(self) -> Phrase:
        """The name of the band, 31–60 天."""
        days = f">{self.first - 1}" if self.last is None else f"{self.first}–{self.last}"
        return Phrase(f"{days} 天", f"{days} days")


def ageing(debts: Iterable[tuple[int, Decimal]]) -> tuple[AgeBand, ...]:
    """Return the four bands with what each holds of the (days overdue, amount) `debts`."""
    held = list(debts)
    return tuple(
        AgeBand(
            first,
            last,
            sum(
                (sum_ for days, sum_ in held if first <= days and (last is None or days <= last)),
                Decimal("0.00"),
            ),
        )
        for first, last in _BANDS
    )


def collected_rate(received: Iterable[Decimal], amount: Decimal) -> Decimal | None:
    """Return Σ received ÷ `amount` as an unrounded fraction, None when nothing is to collect."""
    return sum(received, Decimal(0)) / amount if amount else None
