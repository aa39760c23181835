"""Scores and rates: lead grades, satisfaction, promoters.

Rates are fractions (0.875, shown as 87.5%). What has no answers has no mean: None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from salesdocs.calc.rounding import rounded

Grade = Literal["A", "B", "C"]
Sample = Literal["tiny", "small", "enough"]
Score = int | Decimal

LEAD_WEIGHTS: Final[Mapping[str, int]] = {
    "industry": 25,
    "scale": 20,
    "budget": 30,
    "urgency": 25,
}
_BANT_POINTS: Final = {"full": 2, "partial": 1}


def lead_score(ratings: Mapping[str, int], weights: Mapping[str, Score] = LEAD_WEIGHTS) -> Decimal:
    """Return the score of a lead, Σ rating ÷ 5 × weight; 20 to 100 with weights that sum to 100.

    Ratings are 1 to 5, by the keys of `weights`. Raises KeyError when one is missing.
    """
    points = sum((ratings[key] * Decimal(weight) for key, weight in weights.items()), Decimal(0))
    return points / 5


def lead_grade(score: Decimal, *, vetoed: bool = False, a: Score = 80, b: Score = 60) -> Grade:
    """Return A from `a` points on, B from `b` on, else C; a veto makes any lead C."""
    if vetoed or score < b:
        return "C"
    return "A" if score >= a else "B"


def bant_score(answers: Iterable[str | None]) -> int:
    """Return the points for budget, authority, need and timing: full 2, partial 1, else 0; of 8."""
    return sum(_BANT_POINTS.get(answer or "", 0) for answer in answers)


def rate(part: Score, whole: Score) -> Decimal | None:
    """Return part ÷ whole as a fraction of three decimals (88.9%); None when there is no whole."""
    return rounded(Decimal(part) / whole, 3) if whole else None


def mean(scores: Iterable[Score | None]) -> Decimal | None:
    """Return the mean to 2 decimals; None (不适用) is not counted as an answer."""
    exact = _mean(scores)
    return None if exact is None else rounded(exact, 2)


def _mean(scores: Iterable[Score | None]) -> Decimal | None:
    answered = [Decimal(score) for score in scores if score is not None]
    return sum(answered, Decimal(0)) / len(answered) if answered else None


def csat(scores: Iterable[Score | None]) -> Decimal | None:
    """Return the share of answers of 4 and 5 among those given (top-2 box), to three decimals."""
    answered = [score for score in scores if score is not None]
    return rate(sum(score >= 4 for score in answered), len(answered))


def satisfaction_index(
    dimensions: Sequence[Sequence[Score | None]], weights: Sequence[Decimal] | None = None
) -> Decimal | None:
    """Return Σ weight × (mean − 1) ÷ 4 × 100, 0 to 100 to one decimal.

    `dimensions` are the scores (1 to 5) per dimension, `weights` sum to 1 and are equal by default.
    A dimension without answers is left out and its weight shared by the rest.
    """
    given = weights or [Decimal(1)] * len(dimensions)
    pairs = [
        (value, weight)
        for value, weight in zip(map(_mean, dimensions), given, strict=True)
        if value is not None
    ]
    whole = sum((weight for _, weight in pairs), Decimal(0))
    if not whole:
        return None
    points = sum((weight * (value - 1) for value, weight in pairs), Decimal(0))
    return rounded(points / whole / 4 * 100, 1)


@dataclass(frozen=True)
class NetPromoters:
    """How many would recommend us (9–10), would perhaps (7–8) and would not (0–6)."""

    promoters: int
    passives: int
    detractors: int

    @property
    def score(self) -> int | None:
        """The net promoter score, −100 to 100, without a % sign; None without answers."""
        answers = self.promoters + self.passives + self.detractors
        if not answers:
            return None
        return int(rounded(Decimal(self.promoters - self.detractors) / answers * 100, 0))


def net_promoters(answers: Iterable[int | None]) -> NetPromoters:
    """Return the counts behind the net promoter score of `answers`, 0 to 10 each."""
    given = [answer for answer in answers if answer is not None]
    promoters = sum(answer >= 9 for answer in given)
    detractors = sum(answer <= 6 for answer in given)
    return NetPromoters(promoters, len(given) - promoters - detractors, detractors)


def sample(valid: int) -> Sample:
    """Return how far a survey of so many valid answers carries.

    `tiny` (below 5): print counts, not percentages. `small` (below 30): say that the figures
    describe this customer only.
    """
    if valid < 5:
        return "tiny"
    return "small" if valid < 30 else "enough"
