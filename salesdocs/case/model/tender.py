"""What a public purchase adds to a deal: the call, the bid and what was clarified of it."""

from salesdocs.case.model.base import Block, block
from salesdocs.case.model.parties import PersonRef
from salesdocs.case.model.scalars import Code, Count, Day, Long, Money, Text


class Bid(Block):
    """The terms of the bid, from which the contract may not depart (Tender Law, art. 46)."""

    amount: Money | None = None
    days: Count | None = None
    warranty_months: Count | None = None
    payments: Text | None = None


class Clarification(Block):
    """A question on the bid and the answer, which changes nothing of substance (art. 39)."""

    date: Day | None = None
    question: Long | None = None
    answer: Long | None = None
    by: PersonRef | None = None


class Tender(Block):
    """The public purchase in which the deal is won."""

    project_no: Code | None = None
    project_name: Text | None = None
    agency: Text | None = None
    ceiling: Money | None = None
    bid_deadline: Day | None = None
    opened: Day | None = None
    place: Text | None = None
    bid: Bid = block(Bid)
    qualifications: tuple[Text, ...] = ()
    clarifications: tuple[Clarification, ...] = ()
    single_source_basis: Text | None = None
