"""Stage 7: visits, satisfaction surveys and the business that grows out of a deal."""

import re
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import Field

from salesdocs.calc import period, scores
from salesdocs.calc.rounding import to_cent
from salesdocs.case import choices
from salesdocs.case.model.base import (
    Block,
    OpenChoice,
    Reference,
    Row,
    block,
    keyword,
    settle,
)
from salesdocs.case.model.delivery import Change, Remark
from salesdocs.case.model.gaps import longest
from salesdocs.case.model.parties import ContactRef, MemberRef, PersonRef
from salesdocs.case.model.record import Record
from salesdocs.case.model.scalars import (
    Code,
    Count,
    Day,
    Flag,
    Long,
    Money,
    Number,
    Phone,
    Share,
    Text,
    Whole,
)
from salesdocs.case.model.thresholds import (
    COUNTS_ONLY_BELOW,
    DIMENSION_LOW,
    LOW_SCORE,
    LOW_SCORE_VISIT_DAYS,
    SATISFIED_FROM,
    SURVEY_RETENTION_YEARS,
    THIS_CUSTOMER_ONLY_BELOW,
    VISIT_DAYS,
)
from salesdocs.findings import Phrase


class VisitProblem(Block):
    """A problem the customer reported."""

    desc: Long | None = None
    severity: choices.Severity | None = None
    action: Long | None = None
    owner: MemberRef | None = None
    due: Day | None = None
    closed: Day | None = None

    @cached_property
    def overdue(self) -> Flag:
        """Whether it is open after its day, on the day the case is looked at."""
        return False


class Visit(Row):
    """A visit or call after acceptance; one problem can be written in the row itself."""

    prefix: ClassVar[str] = "V"
    noun: ClassVar[Phrase] = Phrase("回访记录", "visit")

    date: Day | None = None
    by: PersonRef | None = None
    with_: ContactRef | None = Field(None, alias="with")
    mode: choices.ContactMode | None = None
    usage: Long | None = None
    problem: Remark | None = None
    severity: choices.Severity | None = None
    action: Long | None = None
    owner: MemberRef | None = None
    due: Day | None = None
    closed: Day | None = None
    problems: tuple[VisitProblem, ...] = ()
    support: Long | None = None
    score: Count | None = None
    new_need: Long | None = None
    customer_remarks: Long | None = None

    @cached_property
    def all_problems(self) -> tuple[VisitProblem, ...]:
        """The problems of the visit: the one in the row, then those of the list."""
        if self.problem is None or self.problem == choices.Nothing.NONE:
            return self.problems
        own = VisitProblem.model_construct(
            desc=self.problem,
            severity=self.severity,
            action=self.action,
            owner=self.owner,
            due=self.due,
            closed=self.closed,
        )
        return (own, *self.problems)

    @cached_property
    def year(self) -> Code | None:
        """The calendar year of the visit."""
        return f"{self.date.year:04}" if self.date else None

    @cached_property
    def gap_days(self) -> Count | None:
        """Days since the visit before, for the first since final acceptance."""
        return None

    @cached_property
    def next_date(self) -> Day | None:
        """When the next visit is due: a month later, within days after a low score."""
        if self.date and self.low:
            return self.date + timedelta(days=LOW_SCORE_VISIT_DAYS)
        return self.date and period.add_months(self.date, 1)

    @cached_property
    def late(self) -> Flag:
        """Whether it came longer after the one before than visits may be apart."""
        return self.gap_days is not None and self.gap_days > VISIT_DAYS

    @cached_property
    def open_problems(self) -> tuple[VisitProblem, ...]:
        """The problems that are not closed yet."""
        return tuple(problem for problem in self.all_problems if problem.closed is None)

    @cached_property
    def low(self) -> Flag:
        """Whether the customer is so unhappy that it must be escalated."""
        return self.score is not None and self.score <= LOW_SCORE


keyword(Visit, "with")


class VisitYear(Record):
    """The visits of a year and what they come to; visits without a day stand under no year."""

    year: Code | None
    visits: tuple[Visit, ...]
    mean_score: Number | None
    longest_gap: Count | None
    problems: Count
    open: Count


def _visit_year(year: str | None, visits: tuple[Visit, ...]) -> VisitYear:
    return VisitYear(
        year,
        visits,
        scores.mean(visit.score for visit in visits),
        longest(visit.gap_days for visit in visits),
        sum(len(visit.all_problems) for visit in visits),
        sum(len(visit.open_problems) for visit in visits),
    )


class SurveyResponse(Block):
    """One filled-in questionnaire; `scores` in the order of the survey's dimensions."""

    id: Code | None = None
    role: Annotated[choices.RespondentRole | str, OpenChoice(choices.RespondentRole)] | None = None
    usage_frequency: choices.UsageFrequency | None = None
    scores: tuple[Count | None, ...] = ()
    overall: Count | None = None
    recommend: Count | None = None
    recommend_reason: Long | None = None
    best: Long | None = None
    worst: Long | None = None
    wish: Long | None = None
    feature_wish: tuple[Text, ...] = ()
    comment: Long | None = None
    callback: Flag | None = None
    contact_name: Text | None = None
    contact_phone: Phone | None = None


class SurveyComment(Block):
    """Comments on one theme; names removed."""

    theme: Text | None = None
    count: Count | None = None
    quote: Long | None = None


class Improvement(Block):
    """What is done about a low score."""

    dimension: choices.SurveyDimension | None = None
    issue: Text | None = None
    cause: Text | None = None
    action: Text | None = None
    owner: PersonRef | None = None
    due: Day | None = None
    status: choices.OpenClosed | None = None


class LastCheck(Block):
    """Whether an action of the survey before did its work."""

    issue: Text | None = None
    action: Text | None = None
    result: Text | None = None
    effective: Flag | None = None


class RoleCount(Record):
    """How many of the valid answers came from one role."""

    role: Text
    n: Count


class DimensionResult(Record):
    """How a dimension came out; `satisfied` scored 4 or 5, `change` is since the survey before."""

    dimension: choices.SurveyDimension
    n: Count
    satisfied: Count
    mean: Number | None
    top2: Share | None
    change: Number | None
    flagged: Flag


class LowScore(Record):
    """A low answer that someone must follow up; internal."""

    response: Text | None
    role: Text | None
    dimension: choices.SurveyDimension | None
    score: Count
    comment: Long | None


class Promoters(Record):
    """The net promoter score, −100 to 100, and the counts behind it."""

    score: Whole | None
    promoters: Count
    passives: Count
    detractors: Count
    n: Count


class Survey(Row):
    """A satisfaction survey; all its figures are computed from the responses."""

    prefix: ClassVar[str] = "S"
    noun: ClassVar[Phrase] = Phrase("满意度调研", "survey")

    period: Code | None = None
    sent: Day | None = None
    closed: Day | None = None
    issued: Count | None = None
    returned: Count | None = None
    valid: Count | None = None
    dimensions: tuple[choices.SurveyDimension, ...] = ()
    responses: tuple[SurveyResponse, ...] = ()
    comments: tuple[SurveyComment, ...] = ()
    causes: Long | None = None
    improvements: tuple[Improvement, ...] = ()
    last_check: tuple[LastCheck, ...] = ()
    conclusion: Long | None = None

    @cached_property
    def before(self) -> "Survey | None":
        """The survey before this one in the case."""
        return None

    @cached_property
    def period_label(self) -> Text | None:
        """The half-year in words, 2026年上半年; None where the period is written otherwise."""
        half = _half_year(self.period or "")
        return half and f"{half[1]}年{'上' if half[2] == '1' else '下'}半年"

    @cached_property
    def kept_until(self) -> Day | None:
        """The day to which the filled-in sheets are kept, counted from the day of issue."""
        return self.sent and period.add_months(self.sent, 12 * SURVEY_RETENTION_YEARS)

    @cached_property
    def response_rate(self) -> Share | None:
        """Returned ÷ issued, to three decimals."""
        return _rate(self.returned, self.issued)

    @cached_property
    def valid_rate(self) -> Share | None:
        """Valid ÷ issued, to three decimals."""
        return _rate(self.valid, self.issued)

    @cached_property
    def sample(self) -> tuple[RoleCount, ...]:
        """How many answers came from each role, in the order of first mention."""
        roles = [response.role for response in self.responses if response.role is not None]
        return tuple(RoleCount(role, roles.count(role)) for role in dict.fromkeys(roles))

    @cached_property
    def _overall(self) -> list[int | None]:
        return [response.overall for response in self.responses]

    @cached_property
    def overall_mean(self) -> Number | None:
        """Mean of the overall scores, to two decimals."""
        return scores.mean(self._overall)

    @cached_property
    def answered(self) -> Count:
        """How many answers give an overall score."""
        return _answered(self._overall)

    @cached_property
    def satisfied(self) -> Count:
        """How many overall scores are 4 or 5."""
        return _satisfied(self._overall)

    @cached_property
    def csat(self) -> Share | None:
        """Share of overall scores of 4 and 5, to three decimals."""
        return scores.csat(self._overall)

    @cached_property
    def index(self) -> Number | None:
        """Satisfaction from 0 to 100 over the dimensions, equally weighted, to one decimal."""
        columns = [self._column(place) for place in range(len(self.dimensions))]
        return scores.satisfaction_index(columns)

    def _column(self, place: int) -> list[int | None]:
        return [row.scores[place] if place < len(row.scores) else None for row in self.responses]

    @cached_property
    def dimension_results(self) -> tuple[DimensionResult, ...]:
        """How each dimension came out; flagged below a mean of 4."""
        return tuple(
            self._dimension(dimension, self._column(place))
            for place, dimension in enumerate(self.dimensions)
        )

    def _dimension(
        self, dimension: choices.SurveyDimension, column: list[int | None]
    ) -> DimensionResult:
        mean = scores.mean(column)
        before = self.before.mean_of(dimension) if self.before else None
        return DimensionResult(
            dimension,
            _answered(column),
            _satisfied(column),
            mean,
            scores.csat(column),
            None if mean is None or before is None else mean - before,
            mean is not None and mean < DIMENSION_LOW,
        )

    def mean_of(self, dimension: choices.SurveyDimension) -> Decimal | None:
        """Return the mean of a dimension in this survey, None if it was not asked."""
        results = {result.dimension: result.mean for result in self.dimension_results}
        return results.get(dimension)

    @cached_property
    def flagged(self) -> tuple[DimensionResult, ...]:
        """The dimensions that need an action."""
        return tuple(result for result in self.dimension_results if result.flagged)

    @cached_property
    def nps(self) -> Promoters:
        """The net promoter score with its counts."""
        counts = scores.net_promoters(response.recommend for response in self.responses)
        n = counts.promoters + counts.passives + counts.detractors
        return Promoters(counts.score, counts.promoters, counts.passives, counts.detractors, n)

    @cached_property
    def low_scores(self) -> tuple[LowScore, ...]:
        """Answers of 3 or less, overall or in a dimension; internal."""
        return tuple(
            LowScore(response.id, response.role, dimension, score, response.comment)
            for response in self.responses
            for dimension, score in (
                (None, response.overall),
                *zip(self.dimensions, response.scores, strict=False),
            )
            if score is not None and score < DIMENSION_LOW
        )

    @cached_property
    def counts_only(self) -> Flag:
        """Whether there are too few answers to speak of percentages."""
        return self._answers < COUNTS_ONLY_BELOW

    @cached_property
    def this_customer_only(self) -> Flag:
        """Whether the figures describe this customer only and must say so."""
        return self._answers < THIS_CUSTOMER_ONLY_BELOW

    @cached_property
    def _answers(self) -> int:
        return len(self.responses) if self.valid is None else self.valid


SurveyRef = Annotated[Survey, Reference(Survey)]


_half_year = re.compile(r"(\d{4})H([12])", re.ASCII).fullmatch


def _answered(column: Iterable[int | None]) -> int:
    return sum(score is not None for score in column)


def _satisfied(column: Iterable[int | None]) -> int:
    return sum(score is not None and score >= SATISFIED_FROM for score in column)


def _rate(part: int | None, whole: int | None) -> Decimal | None:
    return None if part is None or whole is None else scores.rate(part, whole)


class Incentive(Block):
    """What is given for a referral or repurchase; open, booked, never to an employee."""

    form: Annotated[choices.IncentiveForm | str, OpenChoice(choices.IncentiveForm)] | None = None
    to: choices.IncentiveTo | None = None
    value: Money | None = None
    agreed_in_writing: Flag | None = None
    booked: Flag | None = None
    approved_by: PersonRef | None = None


class GrowthStep(Block):
    """What happens next with a growth lead."""

    what: Text | None = None
    owner: PersonRef | None = None
    due: Day | None = None


class Growth(Row):
    """New business that grew out of this deal; a referral names the company referred."""

    prefix: ClassVar[str] = "G"
    noun: ClassVar[Phrase] = Phrase("复购/转介绍线索", "growth lead")

    kind: choices.GrowthKind | None = None
    date: Day | None = None
    product: Text | None = None
    need: Long | None = None
    source: Annotated[Visit | Change | Survey, Reference(Visit, Change, Survey)] | None = None
    estimate: Money | None = None
    probability: Share | None = None
    expected_date: Day | None = None
    referrer: ContactRef | None = None
    referrer_nps: Count | None = None
    company: Text | None = None
    contact: Text | None = None
    contact_phone: Phone | None = None
    consent: Flag | None = None
    incentive: Incentive = block(Incentive)
    new_case: Code | None = None
    owner: PersonRef | None = None
    next: GrowthStep = block(GrowthStep)
    status: choices.GrowthStatus | None = None

    @cached_property
    def weighted(self) -> Money | None:
        """Estimate × probability."""
        if self.estimate is None or self.probability is None:
            return None
        return to_cent(self.estimate * self.probability)


class Aftersales(Block):
    """What happens after acceptance."""

    visits: tuple[Visit, ...] = ()
    surveys: tuple[Survey, ...] = ()
    growth: tuple[Growth, ...] = ()

    def model_post_init(self, context: Any, /) -> None:
        """Tell each survey what came before it."""
        for before, survey in zip(self.surveys, self.surveys[1:], strict=False):
            settle(survey, "before", before)

    @cached_property
    def visit_count(self) -> Count:
        """How many visits there were."""
        return len(self.visits)

    @cached_property
    def visit_gaps(self) -> tuple[Count, ...]:
        """Days from final acceptance to the first visit, and between the visits."""
        return tuple(visit.gap_days for visit in self.visits if visit.gap_days is not None)

    @cached_property
    def longest_visit_gap(self) -> Count | None:
        """The longest time without a visit, in days."""
        return longest(self.visit_gaps)

    @cached_property
    def visit_years(self) -> tuple[VisitYear, ...]:
        """The visits by calendar year, in the order of the case."""
        years: dict[str | None, list[Visit]] = {}
        for visit in self.visits:
            years.setdefault(visit.year, []).append(visit)
        return tuple(_visit_year(year, tuple(visits)) for year, visits in years.items())

    @cached_property
    def mean_visit_score(self) -> Number | None:
        """Mean of the visits' scores, to two decimals."""
        return scores.mean(visit.score for visit in self.visits)

    @cached_property
    def last_visit(self) -> Visit | None:
        """The last visit."""
        return self.visits[-1] if self.visits else None

    @cached_property
    def last_survey(self) -> Survey | None:
        """The last survey."""
        return self.surveys[-1] if self.surveys else None

    def _of_kind(self, *kinds: choices.GrowthKind) -> tuple[Growth, ...]:
        return tuple(row for row in self.growth if row.kind in kinds)

    @cached_property
    def referrals(self) -> tuple[Growth, ...]:
        """The referrals."""
        return self._of_kind(choices.GrowthKind.REFERRAL)

    @cached_property
    def repurchases(self) -> tuple[Growth, ...]:
        """Repurchase, upsell and renewal."""
        kind = choices.GrowthKind
        return self._of_kind(kind.REPURCHASE, kind.UPSELL, kind.RENEWAL)

    @cached_property
    def growth_estimate(self) -> Money | None:
        """Σ of the estimates; None when none is given."""
        known = [row.estimate for row in self.growth if row.estimate is not None]
        return sum(known, Decimal("0.00")) if known else None

    @cached_property
    def growth_weighted(self) -> Money | None:
        """Σ of estimate × probability; None when none is given."""
        known = [row.weighted for row in self.growth if row.weighted is not None]
        return sum(known, Decimal("0.00")) if known else None

    @cached_property
    def referral_conversion(self) -> Share | None:
        """The share of referrals that became a case; None without referrals."""
        won = sum(row.status == choices.GrowthStatus.CONVERTED for row in self.referrals)
        return scores.rate(won, len(self.referrals))

    @cached_property
    def incentive_cost(self) -> Money | None:
        """Σ of the values of the incentives; None when none is given."""
        known = [row.incentive.value for row in self.growth if row.incentive.value is not None]
        return sum(known, Decimal("0.00")) if known else None
