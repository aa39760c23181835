"""Stage 4: the negotiation, its confidential preparation and what was agreed."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import Field

from salesdocs.case import choices
from salesdocs.case.model.base import Block, OpenChoice, Row, block, settle
from salesdocs.case.model.parties import ContactRef, MemberRef, PersonRef
from salesdocs.case.model.record import Record
from salesdocs.case.model.scalars import (
    Count,
    Day,
    Flag,
    Long,
    Money,
    Number,
    Share,
    Text,
    read_money,
)
from salesdocs.findings import Phrase

_QUANTITY = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)\s*(\D*)", re.ASCII).fullmatch
_AGREED = re.compile(r"agreed[_:： ]+(.+)").fullmatch


class Floor(Block):
    """What we do not go below; approved before round 1."""

    amount: Money | None = None
    max_days: Count | None = None
    min_prepay: Share | None = None
    max_retention: Share | None = None
    max_warranty: Count | None = None
    other: Long | None = None
    approved_by: PersonRef | None = None
    approved_on: Day | None = None


class Targets(Block):
    """What we hope for and what we expect; ideal ≥ expected ≥ floor."""

    ideal: Money | None = None
    expected: Money | None = None


class Objection(Block):
    """An objection we expect, and our answer."""

    issue: Text | None = None
    reply: Long | None = None
    evidence: Text | None = None


class Concession(Block):
    """Something we may give, and what we want for it."""

    give: Text | None = None
    get: Text | None = None
    order: Count | None = None


class NegotiationRoles(Block):
    """Who does what at the table."""

    lead: PersonRef | None = None
    tech: PersonRef | None = None
    recorder: PersonRef | None = None
    observer: PersonRef | None = None


class NegotiationInternal(Block):
    """Our preparation; confidential as a whole."""

    floor: Floor = block(Floor)
    targets: Targets = block(Targets)
    objections: tuple[Objection, ...] = ()
    concessions: tuple[Concession, ...] = ()
    alternatives: tuple[Text, ...] = ()
    roles: NegotiationRoles = block(NegotiationRoles)


def _or_with_value(schema: dict[str, Any]) -> None:
    schema["anyOf"].append({"type": "string", "pattern": "^agreed_.+"})


class Topic(Block):
    """What was said on one topic in one round."""

    topic: Annotated[choices.TopicKind | str, OpenChoice(choices.TopicKind)] | None = None
    ours: Text | None = None
    theirs: Text | None = None
    argument: Long | None = None
    outcome: choices.TopicOutcome | None = Field(None, json_schema_extra=_or_with_value)
    agreed_value: Text | None = None

    @classmethod
    def spelled_out(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Read `agreed_160` as agreed, with 160 as the value agreed on."""
        outcome = data.get("outcome")
        agreed = _AGREED(outcome) if isinstance(outcome, str) else None
        if agreed is None:
            return data
        return {"agreed_value": agreed[1], **data, "outcome": choices.TopicOutcome.AGREED}

    @cached_property
    def settled(self) -> Flag:
        """Whether nothing is left to talk about."""
        return self.outcome in (choices.TopicOutcome.AGREED, choices.TopicOutcome.DROPPED)

    @cached_property
    def result(self) -> Text | None:
        """What was agreed on, as written; else what the agreed terms say of it, told from there.

        Never what both sides said, although alike: customers do not see it.
        """
        return self.agreed_value if self.outcome == choices.TopicOutcome.AGREED else None

    @cached_property
    def result_number(self) -> Number | None:
        """The result where it is a number alone; of a price, where it is an amount."""
        return _bare(self.topic, self.result)

    @cached_property
    def ours_number(self) -> Number | None:
        """What we said where it is a number alone; of a price, where it is an amount."""
        return _bare(self.topic, self.ours)

    @cached_property
    def theirs_number(self) -> Number | None:
        """What they said where it is a number alone; of a price, where it is an amount."""
        return _bare(self.topic, self.theirs)


def _quantity(topic: str | None, text: str | None) -> tuple[Decimal, str] | None:
    """Return number and unit of what a side said (160 天), of a price the amount in yuan.

    None of a text that holds no number, or more than one.
    """
    if text is None:
        return None
    if topic == choices.TopicKind.PRICE:
        try:
            return read_money(text), ""
        except ValueError:
            return None
    found = _QUANTITY(text)
    return (Decimal(found[1].replace(",", "")), found[2]) if found else None


def _bare(topic: str | None, text: str | None) -> Decimal | None:
    """Return the number a text is, None where it says more than a number."""
    found = _quantity(topic, text)
    return found[0] if found and not found[1] else None


def _gap(topic: str | None, ours: str | None, theirs: str | None) -> Decimal | None:
    """Return `ours` − `theirs`, None unless both are numbers of the same unit."""
    first, second = _quantity(topic, ours), _quantity(topic, theirs)
    if first is None or second is None or first[1] != second[1]:
        return None
    return first[0] - second[0]


class OpenItem(Block):
    """Something left to settle after a round."""

    what: Text | None = None
    owner: MemberRef | None = None
    due: Day | None = None


class Round(Row):
    """One round of negotiation."""

    prefix: ClassVar[str] = "R"
    noun: ClassVar[Phrase] = Phrase("谈判轮次", "round")

    date: Day | None = None
    mode: choices.ContactMode | None = None
    place: Text | None = None
    lead: PersonRef | None = None
    our: tuple[PersonRef, ...] = ()
    theirs: tuple[ContactRef, ...] = ()
    topics: tuple[Topic, ...] = ()
    open_items: tuple[OpenItem, ...] = ()

    @cached_property
    def agreed_topics(self) -> tuple[Topic, ...]:
        """The topics agreed in this round."""
        return tuple(t for t in self.topics if t.outcome == choices.TopicOutcome.AGREED)

    @cached_property
    def open_topics(self) -> tuple[Topic, ...]:
        """The topics left open in this round."""
        return tuple(topic for topic in self.topics if not topic.settled)


class Agreed(Block):
    """What both sides agreed on."""

    amount: Money | None = None
    prepay: Share | None = None
    retention: Share | None = None
    payments: Text | None = None
    days: Count | None = None
    warranty_months: Count | None = None
    service: Long | None = None
    other: Long | None = None
    agreed_date: Day | None = None


class FloorException(Block):
    """Who allowed to go below the floor."""

    by: PersonRef | None = None
    date: Day | None = None
    reason: Text | None = None


class FloorDistance(Record):
    """How far an agreed term is on our side of the floor; negative beyond it. Internal."""

    term: choices.FloorTerm
    floor: Number
    agreed: Number
    distance: Number

    @property
    def crossed(self) -> Flag:
        """Whether the term is worse for us than the floor allows."""
        return self.distance < 0


class TopicTrail(Record):
    """One topic through all rounds: how both sides moved towards each other.

    The gaps are ours less theirs in the first and last round, where both are numbers of one unit.
    """

    topic: Text
    rounds: Count
    first_ours: Text | None
    first_theirs: Text | None
    last_ours: Text | None
    last_ours_number: Number | None
    last_theirs: Text | None
    last_theirs_number: Number | None
    outcome: choices.TopicOutcome | None
    agreed_value: Text | None
    agreed_number: Number | None

    @property
    def first_gap(self) -> Number | None:
        """What lay between both sides in the first round."""
        return _gap(self.topic, self.first_ours, self.first_theirs)

    @property
    def last_gap(self) -> Number | None:
        """What lies between both sides after the last round."""
        return _gap(self.topic, self.last_ours, self.last_theirs)


class TopicStep(Record):
    """One topic in one round; `gap` and `closed` where both sides named numbers of one unit.

    `closed` is the share of the gap of the round before that is gone, negative where it widened.
    """

    topic: Text
    round: Text | None
    date: Day | None
    ours: Text | None
    ours_number: Number | None
    theirs: Text | None
    theirs_number: Number | None
    gap: Number | None
    unit: Text | None
    closed: Number | None
    outcome: choices.TopicOutcome | None


def _closed(before: Decimal | None, gap: Decimal | None) -> Decimal | None:
    """Return the share of the gap `before` that is gone; None where there was none to close."""
    if gap is None or not before:
        return None
    return 1 - abs(gap / before)


class Negotiation(Block):
    """The negotiation."""

    internal: NegotiationInternal = block(NegotiationInternal)
    rounds: tuple[Round, ...] = ()
    agreed: Agreed = block(Agreed)
    exception: FloorException = block(FloorException)
    summary: Long | None = None

    def model_post_init(self, context: Any, /) -> None:
        """Tell each topic that ended agreed without a value what the agreed terms say of it.

        Only in the last round that speaks of it: an earlier round may have agreed on less.
        """
        last = {topic.topic: topic for talk in self.rounds for topic in talk.topics}
        for name, topic in last.items():
            is_agreed = topic.outcome == choices.TopicOutcome.AGREED
            term = self._term(name) if is_agreed and topic.agreed_value is None else None
            if term is not None:
                settle(topic, "result", str(term))

    def _term(self, topic: str | None) -> Decimal | int | str | None:
        """Return the agreed term that a topic is about."""
        kind, agreed = choices.TopicKind, self.agreed
        terms = {
            kind.PRICE: agreed.amount,
            kind.PAYMENT: agreed.payments,
            kind.DELIVERY: agreed.days,
            kind.WARRANTY: agreed.warranty_months,
            kind.SERVICE: agreed.service,
        }
        return next((term for name, term in terms.items() if name == topic), None)

    @cached_property
    def floor_distances(self) -> tuple[FloorDistance, ...]:
        """How far each agreed term is from its floor; internal, empty without the floor."""
        floor, agreed = self.internal.floor, self.agreed
        term = choices.FloorTerm
        rows = (
            (term.AMOUNT, floor.amount, agreed.amount, 1),
            (term.DAYS, floor.max_days, agreed.days, -1),
            (term.PREPAY, floor.min_prepay, agreed.prepay, 1),
            (term.RETENTION, floor.max_retention, agreed.retention, -1),
            (term.WARRANTY, floor.max_warranty, agreed.warranty_months, -1),
        )
        return tuple(
            FloorDistance(name, Decimal(low), Decimal(got), (Decimal(got) - low) * sign)
            for name, low, got, sign in rows
            if low is not None and got is not None
        )

    @cached_property
    def floor_distance(self) -> Money | None:
        """The agreed amount less the floor amount; internal, None without the floor."""
        floor, agreed = self.internal.floor.amount, self.agreed.amount
        return None if floor is None or agreed is None else agreed - floor

    @cached_property
    def conceded(self) -> Money | None:
        """What we came down on the price, from our first offer to the agreed amount; internal.

        None when there was no offer of ours in figures, or nothing was agreed.
        """
        first = self.first_offer
        return None if first is None or self.agreed.amount is None else first - self.agreed.amount

    @cached_property
    def conceded_rate(self) -> Share | None:
        """What we came down as a share of our first offer, unrounded; internal."""
        first = self.first_offer
        return None if self.conceded is None or not first else self.conceded / first

    @cached_property
    def first_offer(self) -> Money | None:
        """The price we named first, where it was an amount; internal."""
        prices = [trail for trail in self.trails if trail.topic == choices.TopicKind.PRICE]
        found = _quantity(prices[0].topic, prices[0].first_ours) if prices else None
        return found[0] if found else None

    @cached_property
    def target_distance(self) -> Money | None:
        """The agreed amount less the amount we expected; internal, None without either."""
        expected, agreed = self.internal.targets.expected, self.agreed.amount
        return None if expected is None or agreed is None else agreed - expected

    @cached_property
    def floor_crossed(self) -> Flag:
        """Whether any agreed term is beyond its floor; internal."""
        return any(row.crossed for row in self.floor_distances)

    @cached_property
    def trails(self) -> tuple[TopicTrail, ...]:
        """Each topic through all rounds, in the order of first mention."""
        names = dict.fromkeys(t.topic for talk in self.rounds for t in talk.topics if t.topic)
        return tuple(self._trail(name) for name in names)

    def _trail(self, name: str) -> TopicTrail:
        talks = [t for talk in self.rounds for t in talk.topics if t.topic == name]
        first, last = talks[0], talks[-1]
        agreed = [t for t in talks if t.result is not None]
        return TopicTrail(
            name,
            len(talks),
            first.ours,
            first.theirs,
            last.ours,
            last.ours_number,
            last.theirs,
            last.theirs_number,
            last.outcome,
            agreed[-1].result if agreed else None,
            agreed[-1].result_number if agreed else None,
        )

    @cached_property
    def steps(self) -> tuple[TopicStep, ...]:
        """Each topic in each round, topic by topic: how the two sides came closer; internal."""
        return tuple(step for trail in self.trails for step in self._steps(trail.topic))

    def _steps(self, name: str) -> Iterator[TopicStep]:
        before: Decimal | None = None
        for talk in self.rounds:
            for topic in talk.topics:
                if topic.topic != name:
                    continue
                gap = _gap(name, topic.ours, topic.theirs)
                said = _quantity(name, topic.ours) if gap is not None else None
                closed = _closed(before, gap)
                yield TopicStep(
                    name,
                    talk.id,
                    talk.date,
                    topic.ours,
                    topic.ours_number,
                    topic.theirs,
                    topic.theirs_number,
                    gap,
                    said[1] or None if said else None,
                    closed,
                    topic.outcome,
                )
                before = gap

    @cached_property
    def agreed_trails(self) -> tuple[TopicTrail, ...]:
        """The topics that ended agreed."""
        return tuple(t for t in self.trails if t.outcome == choices.TopicOutcome.AGREED)

    @cached_property
    def open_trails(self) -> tuple[TopicTrail, ...]:
        """The topics that ended neither agreed nor dropped."""
        done = (choices.TopicOutcome.AGREED, choices.TopicOutcome.DROPPED)
        return tuple(trail for trail in self.trails if trail.outcome not in done)

    @cached_property
    def last_round(self) -> Round | None:
        """The last round."""
        return self.rounds[-1] if self.rounds else None
