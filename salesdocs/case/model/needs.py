"""Stage 2: the study of what the customer needs, and our review of it."""

from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import Field

from salesdocs.calc import scores
from salesdocs.case import choices
from salesdocs.case.model.base import Block, Reference, Row, block, keyword
from salesdocs.case.model.parties import ContactRef, MemberRef, PersonRef
from salesdocs.case.model.scalars import (
    Clock,
    Count,
    Day,
    Flag,
    Long,
    Money,
    Number,
    Share,
    Text,
)
from salesdocs.findings import Phrase


class Interview(Row):
    """One talk of the study."""

    prefix: ClassVar[str] = "I"
    noun: ClassVar[Phrase] = Phrase("调研记录", "interview")

    date: Day | None = None
    mode: choices.ContactMode | None = None
    our: tuple[PersonRef, ...] = ()
    theirs: tuple[ContactRef, ...] = ()
    topics: tuple[Text, ...] = ()
    summary: Long | None = None


InterviewRef = Annotated[Interview, Reference(Interview)]


class FourW(Block):
    """Pain, goal, budget and time: the four questions of the study."""

    pain: Long | None = None
    goal: Long | None = None
    budget: Money | None = None
    budget_disclosed: Flag | None = None
    deadline: Day | None = None


class Need(Row):
    """One thing the customer needs."""

    prefix: ClassVar[str] = "N"
    noun: ClassVar[Phrase] = Phrase("需求", "need")

    name: Text | None = None
    class_: choices.NeedClass | None = Field(None, alias="class")
    priority: Count | None = None
    source: InterviewRef | None = None
    scenario: Long | None = None
    metric: Text | None = None
    feasibility: choices.Feasibility | None = None
    status: choices.NeedStatus | None = None
    note: Text | None = None


keyword(Need, "class")
NeedRef = Annotated[Need, Reference(Need)]


class Scenario(Block):
    """How people work, where it hurts and what they expect."""

    name: Text | None = None
    actors: Text | None = None
    steps: Long | None = None
    pain: Long | None = None
    expected: Long | None = None


class NonFunctional(Block):
    """A need that is no function: performance, security and the like."""

    kind: choices.NonFunctionalKind | None = None
    requirement: Long | None = None
    metric: Text | None = None


class Interface(Block):
    """A system that must exchange data with ours."""

    system: Text | None = None
    direction: choices.Direction | None = None
    data: Text | None = None
    frequency: Text | None = None
    owner: MemberRef | None = None


class SuccessMeasure(Block):
    """How success will be measured; carried over to the acceptance criteria."""

    metric: Text | None = None
    baseline: Number | None = None
    target: Number | None = None
    how: Text | None = None


class Risk(Block):
    """A risk named to the customer."""

    desc: Long | None = None
    level: choices.Level | None = None
    response: Long | None = None


class NeedsConfirmation(Block):
    """The customer's word that needs and priorities are right."""

    date: Day | None = None
    by: ContactRef | None = None
    remarks: Long | None = None


class Competitor(Block):
    """Who else is in the race; internal."""

    name: Text | None = None
    strength: Text | None = None
    weakness: Text | None = None
    price_guess: Money | None = None


class NeedsInternal(Block):
    """The annex of the needs report that stays in the house."""

    competitors: tuple[Competitor, ...] = ()
    decision_process: Long | None = None
    budget_authority: ContactRef | None = None


class ReviewFinding(Block):
    """What the review says of one need; its cost is internal."""

    need: NeedRef | None = None
    technical: choices.TechnicalResult | None = None
    resource: choices.ResourceResult | None = None
    effort_days: Count | None = None
    cost: Money | None = None
    risk: Text | None = None
    decision: choices.ReviewDecision | None = None


class ReviewAction(Block):
    """Something to do after the review."""

    what: Text | None = None
    owner: PersonRef | None = None
    due: Day | None = None
    done: Day | None = None

    @cached_property
    def open(self) -> Flag:
        """Whether it is still to be done."""
        return self.done is None


class Review(Block):
    """Our own review of the needs, before a proposal is written."""

    date: Day | None = None
    time: Clock | None = None
    place: Text | None = None
    agenda: tuple[Text, ...] = ()
    chair: PersonRef | None = None
    recorder: PersonRef | None = None
    attendees: tuple[PersonRef, ...] = ()
    absent: tuple[PersonRef, ...] = ()
    findings: tuple[ReviewFinding, ...] = ()
    conclusion: choices.ReviewConclusion | None = None
    effort_days: Count | None = None
    actions: tuple[ReviewAction, ...] = ()
    dissent: Long | None = None
    next: Day | None = None

    @cached_property
    def total_effort_days(self) -> Count | None:
        """Σ of the effort of the needs where the review gives it, else the total as written."""
        days = [row.effort_days for row in self.findings if row.effort_days is not None]
        return sum(days) if days else self.effort_days

    @cached_property
    def open_actions(self) -> tuple[ReviewAction, ...]:
        """The actions still to be done."""
        return tuple(action for action in self.actions if action.open)


class Needs(Block):
    """What the customer needs."""

    background: Long | None = None
    interviews: tuple[Interview, ...] = ()
    current_state: Long | None = None
    four_w: FourW = block(FourW)
    items: tuple[Need, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    nonfunctional: tuple[NonFunctional, ...] = ()
    interfaces: tuple[Interface, ...] = ()
    constraints: tuple[Text, ...] = ()
    assumptions: tuple[Text, ...] = ()
    out_of_scope: tuple[Text, ...] = ()
    success: tuple[SuccessMeasure, ...] = ()
    risks: tuple[Risk, ...] = ()
    internal: NeedsInternal = block(NeedsInternal)
    confirmed: NeedsConfirmation = block(NeedsConfirmation)
    review: Review = block(Review)

    def _of_class(self, wanted: choices.NeedClass) -> tuple[Need, ...]:
        return tuple(need for need in self.items if need.class_ == wanted)

    def _of_status(self, wanted: choices.NeedStatus) -> tuple[Need, ...]:
        return tuple(need for need in self.items if need.status == wanted)

    @cached_property
    def musts(self) -> tuple[Need, ...]:
        """The must-haves."""
        return self._of_class(choices.NeedClass.MUST)

    @cached_property
    def unreviewed(self) -> tuple[Need, ...]:
        """The must-haves of which the review says nothing."""
        reviewed = [finding.need for finding in self.review.findings]
        return tuple(need for need in self.musts if need not in reviewed)

    @cached_property
    def wants(self) -> tuple[Need, ...]:
        """The wants."""
        return self._of_class(choices.NeedClass.WANT)

    @cached_property
    def value_adds(self) -> tuple[Need, ...]:
        """The value-adds."""
        return self._of_class(choices.NeedClass.VALUE_ADD)

    @cached_property
    def accepted(self) -> tuple[Need, ...]:
        """The needs we take on."""
        return self._of_status(choices.NeedStatus.ACCEPTED)

    @cached_property
    def deferred(self) -> tuple[Need, ...]:
        """The needs put off."""
        return self._of_status(choices.NeedStatus.DEFERRED)

    @cached_property
    def rejected(self) -> tuple[Need, ...]:
        """The needs we do not take on."""
        return self._of_status(choices.NeedStatus.REJECTED)

    @cached_property
    def count(self) -> Count:
        """How many needs there are."""
        return len(self.items)

    @cached_property
    def must_count(self) -> Count:
        """How many must-haves there are."""
        return len(self.musts)

    @cached_property
    def want_count(self) -> Count:
        """How many wants there are."""
        return len(self.wants)

    @cached_property
    def value_add_count(self) -> Count:
        """How many value-adds there are."""
        return len(self.value_adds)

    @cached_property
    def accepted_count(self) -> Count:
        """How many needs we take on."""
        return len(self.accepted)

    @cached_property
    def metric_share(self) -> Share | None:
        """The share of must-haves that have a metric; None without must-haves."""
        return scores.rate(sum(need.metric is not None for need in self.musts), len(self.musts))

    @cached_property
    def interviewed(self) -> tuple[ContactRef, ...]:
        """Everyone of the customer who was interviewed, once each."""
        return tuple(dict.fromkeys(c for talk in self.interviews for c in talk.theirs))
