"""Stage 6: the delivery plan, weekly follow-up, risks and changes."""

from datetime import timedelta
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import Field

from salesdocs.calc import period, scores
from salesdocs.case import choices
from salesdocs.case.model.base import Block, OpenChoice, Reference, Row, block, keyword
from salesdocs.case.model.contract import DeliverableRef, PaymentRef
from salesdocs.case.model.gantt import Gantt, gantt
from salesdocs.case.model.gaps import days_between, longest, settle_gaps
from salesdocs.case.model.parties import ContactRef, MemberRef, PersonRef
from salesdocs.case.model.scalars import Code, Count, Day, Flag, Long, Money, Share, Text, Whole
from salesdocs.case.model.thresholds import FOLLOWUP_DAYS, FOLLOWUP_DAYS_ON_HOLIDAYS
from salesdocs.findings import Phrase

Remark = Annotated[choices.Nothing | str, OpenChoice(choices.Nothing)]
"""Free text, or `none` where one looked and found nothing."""


class Milestone(Row):
    """A day by which something is handed over."""

    prefix: ClassVar[str] = "M"
    noun: ClassVar[Phrase] = Phrase("里程碑", "milestone")

    name: Text | None = None
    planned: Day | None = None
    actual: Day | None = None
    owner: MemberRef | None = None
    output: Text | None = None
    deliverables: tuple[DeliverableRef, ...] = ()
    payment: PaymentRef | None = None
    attributable_to: choices.Side | None = None

    @cached_property
    def done(self) -> Flag:
        """Whether it has been reached."""
        return self.actual is not None

    @cached_property
    def delay_days(self) -> Whole | None:
        """Days later than planned, negative when earlier; None until it is reached."""
        return days_between(self.planned, self.actual)


class Task(Row):
    """A piece of work in the plan."""

    prefix: ClassVar[str] = "T"
    noun: ClassVar[Phrase] = Phrase("任务", "task")

    name: Text | None = None
    start: Day | None = None
    end: Day | None = None
    owner: MemberRef | None = None
    predecessor: Code | None = None


class RaciRow(Block):
    """Who does, answers for, is asked about and is told of a piece of work."""

    work: Text | None = None
    responsible: tuple[MemberRef, ...] = ()
    accountable: tuple[MemberRef, ...] = ()
    consulted: tuple[MemberRef, ...] = ()
    informed: tuple[MemberRef, ...] = ()


class CustomerDuty(Block):
    """Something the customer provides so that we can deliver."""

    what: Text | None = None
    due: Day | None = None
    owner: MemberRef | None = None
    status: choices.OpenClosed | None = None
    done: Day | None = None

    @cached_property
    def delay_days(self) -> Whole | None:
        """Days later than due, negative when earlier; None until it is done."""
        return days_between(self.due, self.done)


class Meeting(Block):
    """A meeting that is held regularly."""

    meeting: Text | None = None
    frequency: Text | None = None
    people: Text | None = None
    output: Text | None = None


_LEVELS = (choices.Level.LOW, choices.Level.MEDIUM, choices.Level.HIGH)


class ProjectRisk(Row):
    """A risk of the project."""

    prefix: ClassVar[str] = "K"
    noun: ClassVar[Phrase] = Phrase("风险", "risk")

    desc: Long | None = None
    probability: choices.Level | None = None
    impact: choices.Level | None = None
    level: choices.Level | None = None
    response: Long | None = None
    owner: MemberRef | None = None
    status: choices.OpenClosed | None = None

    @cached_property
    def rated_level(self) -> choices.Level | None:
        """Probability × impact, 6 and more high, 3 and more medium; else the level as written."""
        if self.probability is None or self.impact is None:
            return self.level
        points = (_LEVELS.index(self.probability) + 1) * (_LEVELS.index(self.impact) + 1)
        return _LEVELS[2 if points >= 6 else 1 if points >= 3 else 0]


class Followup(Block):
    """The weekly contact of the sales rep."""

    date: Day | None = None
    by: PersonRef | None = None
    with_: ContactRef | None = Field(None, alias="with")
    progress: Text | None = None
    issue: Remark | None = None
    action: Text | None = None
    owner: MemberRef | None = None
    due: Day | None = None

    @cached_property
    def gap_days(self) -> Count | None:
        """Days since the follow-up before, for the first since kick-off."""
        return None

    @cached_property
    def late(self) -> Flag:
        """Whether it came more than a week after the one before, ten days across holidays."""
        if self.date is None or self.gap_days is None or self.gap_days <= FOLLOWUP_DAYS:
            return False
        before = self.date - timedelta(days=self.gap_days)
        holiday = period.holiday_between(before, self.date)
        return self.gap_days > (FOLLOWUP_DAYS_ON_HOLIDAYS if holiday else FOLLOWUP_DAYS)

    @cached_property
    def has_issue(self) -> Flag:
        """Whether there is something to see to."""
        return self.issue is not None and self.issue != choices.Nothing.NONE

    @cached_property
    def light(self) -> choices.Light:
        """Red when it came too late, yellow with an issue, else green."""
        if self.late:
            return choices.Light.RED
        return choices.Light.YELLOW if self.has_issue else choices.Light.GREEN


keyword(Followup, "with")


class Change(Row):
    """A change asked for after signing."""

    prefix: ClassVar[str] = "CR"
    noun: ClassVar[Phrase] = Phrase("变更", "change")

    date: Day | None = None
    raised_by: MemberRef | None = None
    content: Long | None = None
    reason: Long | None = None
    amount: Money | None = None
    days: Whole | None = None
    decision: choices.ChangeDecision | None = None
    signed_by: tuple[MemberRef, ...] = ()
    decided: Day | None = None
    supplement: Code | None = None


ChangeRef = Annotated[Change, Reference(Change)]


class Resource(Block):
    """Who works on the project for how long and at what cost; internal."""

    person: PersonRef | None = None
    days: Count | None = None
    cost: Money | None = None


class DeliveryInternal(Block):
    """What only we know of the delivery."""

    resources: tuple[Resource, ...] = ()


class Delivery(Block):
    """The delivery plan and what came of it."""

    plan_no: Code | None = None
    issued: Day | None = None
    kickoff: Day | None = None
    pm: PersonRef | None = None
    customer_pm: ContactRef | None = None
    confirmed: Day | None = None
    milestones: tuple[Milestone, ...] = ()
    tasks: tuple[Task, ...] = ()
    raci: tuple[RaciRow, ...] = ()
    customer_duties: tuple[CustomerDuty, ...] = ()
    communication: tuple[Meeting, ...] = ()
    risks: tuple[ProjectRisk, ...] = ()
    followups: tuple[Followup, ...] = ()
    changes: tuple[Change, ...] = ()
    internal: DeliveryInternal = block(DeliveryInternal)

    def model_post_init(self, context: Any, /) -> None:
        """Tell each follow-up how long after the one before it came."""
        settle_gaps(self.followups, [row.date for row in self.followups], self.kickoff)

    @cached_property
    def approved_changes(self) -> tuple[Change, ...]:
        """The changes that both sides agreed on."""
        approved = choices.ChangeDecision.APPROVED
        return tuple(change for change in self.changes if change.decision == approved)

    @cached_property
    def deferred_changes(self) -> tuple[Change, ...]:
        """The changes put off."""
        later = (choices.ChangeDecision.DEFERRED, choices.ChangeDecision.DEFERRED_TO_PHASE2)
        return tuple(change for change in self.changes if change.decision in later)

    @cached_property
    def done_milestones(self) -> Count:
        """How many milestones have been reached."""
        return sum(milestone.done for milestone in self.milestones)

    @cached_property
    def completion(self) -> Share | None:
        """The share of milestones reached; None without milestones."""
        return scores.rate(self.done_milestones, len(self.milestones))

    @cached_property
    def delay_days(self) -> Whole | None:
        """The delay of the milestone reached last; None until one is."""
        reached = [row for row in self.milestones if row.actual is not None]
        return reached[-1].delay_days if reached else None

    @cached_property
    def planned_days(self) -> Count | None:
        """Days from kick-off to the last planned milestone."""
        planned = [row.planned for row in self.milestones if row.planned is not None]
        return days_between(self.kickoff, max(planned, default=None))

    @cached_property
    def actual_days(self) -> Count | None:
        """Days from kick-off to the last milestone, once all have been reached."""
        actual = [row.actual for row in self.milestones if row.actual is not None]
        if not actual or len(actual) < len(self.milestones):
            return None
        return days_between(self.kickoff, max(actual))

    @cached_property
    def gantt(self) -> Gantt | None:
        """The plan as bars on a scale; None while nothing has a day."""
        return gantt(self.kickoff, self.milestones, self.tasks)

    @cached_property
    def late_followups(self) -> Count:
        """How many follow-ups came too late."""
        return sum(row.late for row in self.followups)

    @cached_property
    def next_followup(self) -> Day | None:
        """The day by which to be in touch again; None once all milestones are reached."""
        days = [row.date for row in self.followups if row.date is not None]
        last = max(days, default=self.kickoff)
        if last is None or (self.milestones and all(row.done for row in self.milestones)):
            return None
        return last + timedelta(days=FOLLOWUP_DAYS)

    @cached_property
    def followup_issues(self) -> Count:
        """How many follow-ups found an issue."""
        return sum(row.has_issue for row in self.followups)

    @cached_property
    def followup_count(self) -> Count:
        """How many follow-ups there were."""
        return len(self.followups)

    @cached_property
    def longest_followup_gap(self) -> Count | None:
        """The longest time between two follow-ups, in days."""
        return longest(row.gap_days for row in self.followups)
