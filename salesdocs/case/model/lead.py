"""Stage 1: where the lead came from, the first contact, and how good the lead is."""

from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from salesdocs.calc import scores
from salesdocs.case import choices
from salesdocs.case.model.base import Block, block
from salesdocs.case.model.gaps import days_between
from salesdocs.case.model.parties import ContactRef, PersonRef
from salesdocs.case.model.record import Record
from salesdocs.case.model.scalars import Count, Day, Flag, Long, Money, Number, Rating, Text
from salesdocs.case.model.thresholds import (
    GRADE_A,
    GRADE_B,
    RATING_MAX,
    RATING_WEIGHTS,
    RERATE_DAYS,
)


class LeadSource(Block):
    """Where the lead came from; a referral names who referred it."""

    channel: choices.LeadChannel | None = None
    detail: Text | None = None
    referrer: Text | None = None


class BudgetHint(Block):
    """What the customer is thought to want to spend; internal until the customer confirms it."""

    min: Money | None = None
    max: Money | None = None
    confirmed: Flag | None = None


class FirstContact(Block):
    """The first talk with the customer."""

    date: Day | None = None
    by: PersonRef | None = None
    channel: choices.ContactMode | None = None
    summary: Long | None = None
    basic_need: Long | None = None
    can_cooperate: Flag | None = None


class Ratings(Block):
    """Four ratings of 1 to 5."""

    industry: Rating | None = None
    scale: Rating | None = None
    budget: Rating | None = None
    urgency: Rating | None = None


class Reasons(Block):
    """Why each rating is what it is."""

    industry: Text | None = None
    scale: Text | None = None
    budget: Text | None = None
    urgency: Text | None = None


class Bant(Block):
    """Budget, authority, need and timing, as far as they are settled."""

    budget: choices.BantLevel | None = None
    authority: choices.BantLevel | None = None
    need: choices.BantLevel | None = None
    timing: choices.BantLevel | None = None

    @cached_property
    def points(self) -> Count | None:
        """Points of 8: full 2, partial 1, else 0; None when nothing was answered."""
        answers = (self.budget, self.authority, self.need, self.timing)
        return scores.bant_score(answers) if any(answers) else None


class GradeOverride(Block):
    """A grade set by hand, with the reason and who decided."""

    grade: choices.Grade | None = None
    reason: Text | None = None
    by: PersonRef | None = None


class NextAction(Block):
    """What happens next, by whom, until when."""

    what: Text | None = None
    owner: PersonRef | None = None
    due: Day | None = None


class GradeRecord(Block):
    """An earlier rating."""

    date: Day | None = None
    score: Number | None = None
    grade: choices.Grade | None = None
    reason: Text | None = None


class RatingRow(Record):
    """One line of the rating table: what was rated, its weight, the rating and its points."""

    dimension: choices.RatingDimension
    weight: Number
    rating: Rating | None
    points: Number | None
    reason: Text | None


class Evaluation(Block):
    """How good the lead is."""

    date: Day | None = None
    by: PersonRef | None = None
    ratings: Ratings = block(Ratings)
    reasons: Reasons = block(Reasons)
    bant: Bant = block(Bant)
    veto: tuple[choices.Veto, ...] = ()
    override: GradeOverride = block(GradeOverride)
    conclusion: choices.LeadDecision | None = None
    approved_by: PersonRef | None = None
    next_action: NextAction = block(NextAction)
    history: tuple[GradeRecord, ...] = ()

    @cached_property
    def rows(self) -> tuple[RatingRow, ...]:
        """The rating table: Σ points is the score."""
        rows = []
        for dimension in choices.RatingDimension:
            weight = Decimal(RATING_WEIGHTS[dimension.value])
            rating: int | None = getattr(self.ratings, dimension.value)
            points = None if rating is None else rating * weight / RATING_MAX
            reason: str | None = getattr(self.reasons, dimension.value)
            rows.append(RatingRow(dimension, weight, rating, points, reason))
        return tuple(rows)

    @cached_property
    def score(self) -> Number | None:
        """Σ rating ÷ 5 × weight, 20 to 100; None while a rating is missing."""
        ratings = {row.dimension.value: row.rating for row in self.rows}
        known = {key: rating for key, rating in ratings.items() if rating is not None}
        return scores.lead_score(known, RATING_WEIGHTS) if len(known) == len(ratings) else None

    @cached_property
    def rated_grade(self) -> choices.Grade | None:
        """The grade that score and veto give, before any override."""
        if self.score is None:
            return None
        grade = scores.lead_grade(self.score, vetoed=bool(self.veto), a=GRADE_A, b=GRADE_B)
        return choices.Grade.parse(grade)

    @cached_property
    def grade(self) -> choices.Grade | None:
        """The grade that counts: set by hand, or else as rated."""
        return self.override.grade or self.rated_grade

    @cached_property
    def rerate_by(self) -> Day | None:
        """The day until which the lead is to be rated again."""
        return self.date and self.date + timedelta(days=RERATE_DAYS)


class Lead(Block):
    """The lead of stage 1."""

    source: LeadSource = block(LeadSource)
    created: Day | None = None
    recorded_by: PersonRef | None = None
    owner: PersonRef | None = None
    primary_contact: ContactRef | None = None
    initial_need: Long | None = None
    budget_hint: BudgetHint = block(BudgetHint)
    first_contact: FirstContact = block(FirstContact)
    evaluation: Evaluation = block(Evaluation)

    @cached_property
    def response_days(self) -> Count | None:
        """Days from the record of the lead to the first contact."""
        return days_between(self.created, self.first_contact.date)
