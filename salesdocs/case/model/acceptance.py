"""Stage 6: the acceptance of what was delivered, and the money that came in."""

from functools import cached_property
from typing import ClassVar

from salesdocs.case import choices
from salesdocs.case.model.base import Block, Row, block
from salesdocs.case.model.contract import DeliverableRef, PaymentRef
from salesdocs.case.model.parties import ContactRef, MemberRef, PersonRef
from salesdocs.case.model.record import Record
from salesdocs.case.model.scalars import Code, Count, Day, Flag, Long, Money, Text
from salesdocs.findings import Phrase


class Witness(Block):
    """A third party at an acceptance: an expert or a testing body."""

    organisation: Text | None = None
    name: Text | None = None
    role: Text | None = None
    opinion: Long | None = None


class Inspection(Block):
    """A preliminary or final acceptance."""

    date: Day | None = None
    place: Text | None = None
    method: tuple[Text, ...] = ()
    a_team: tuple[ContactRef, ...] = ()
    b_team: tuple[PersonRef, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    result: choices.AcceptanceResult | None = None
    remarks: Long | None = None
    attributable_to: choices.Side | None = None


class AcceptanceItem(Row):
    """What was inspected of a deliverable, and how it came out."""

    prefix: ClassVar[str] = "A"
    noun: ClassVar[Phrase] = Phrase("验收项目", "acceptance item")

    deliverable: DeliverableRef | None = None
    criteria: Long | None = None
    method: Text | None = None
    result: choices.ItemResult | None = None
    evidence: Long | None = None

    @cached_property
    def agreed_criteria(self) -> Long | None:
        """By what it is judged: its own criteria, or those of the deliverable."""
        return self.criteria or (self.deliverable.criteria if self.deliverable else None)


class Batch(Row):
    """A part that is accepted by itself, such as a wave of branches."""

    prefix: ClassVar[str] = "B"
    noun: ClassVar[Phrase] = Phrase("验收批次", "acceptance batch")

    name: Text | None = None
    date: Day | None = None
    count: Count | None = None
    unit: Text | None = None
    scope: Long | None = None
    result: choices.AcceptanceResult | None = None
    signed_by: ContactRef | None = None
    remarks: Long | None = None


class HandedOver(Block):
    """A paper or file handed over."""

    name: Text | None = None
    copies: Count | None = None
    medium: Text | None = None
    receiver: MemberRef | None = None


class OpenIssue(Row):
    """Something left to put right after acceptance."""

    prefix: ClassVar[str] = "O"
    noun: ClassVar[Phrase] = Phrase("遗留问题", "open issue")

    desc: Long | None = None
    severity: choices.Severity | None = None
    owner: MemberRef | None = None
    due: Day | None = None
    closed: Day | None = None

    @cached_property
    def open(self) -> Flag:
        """Whether it is still open."""
        return self.closed is None


class Opinions(Block):
    """What each party says of the acceptance; a is the customer, b the supplier."""

    a: Long | None = None
    b: Long | None = None


class ResultCount(Record):
    """How many items came out in one way."""

    result: choices.ItemResult
    n: Count


class Acceptance(Block):
    """The acceptance."""

    doc_no: Code | None = None
    prelim: Inspection = block(Inspection)
    final: Inspection = block(Inspection)
    items: tuple[AcceptanceItem, ...] = ()
    batches: tuple[Batch, ...] = ()
    documents: tuple[HandedOver, ...] = ()
    open_issues: tuple[OpenIssue, ...] = ()
    opinions: Opinions = block(Opinions)

    @cached_property
    def conclusion(self) -> choices.AcceptanceResult | None:
        """What the final acceptance concluded, or the preliminary while there is no final one."""
        return self.final.result or self.prelim.result

    @cached_property
    def best_possible(self) -> choices.AcceptanceResult | None:
        """The best conclusion that items and open issues allow; None without items."""
        results = [item.result for item in self.items]
        if not results:
            return None
        if choices.ItemResult.FAIL in results:
            return choices.AcceptanceResult.FAIL
        if self.blocking_issues or choices.ItemResult.PASS_WITH_ISSUES in results:
            return choices.AcceptanceResult.PASS_WITH_ISSUES
        return choices.AcceptanceResult.PASS

    @cached_property
    def issues_left(self) -> tuple[OpenIssue, ...]:
        """The issues still open."""
        return tuple(issue for issue in self.open_issues if issue.open)

    @cached_property
    def blocking_issues(self) -> tuple[OpenIssue, ...]:
        """The open issues that are critical or major: with them the result is no clean pass."""
        minor = choices.Severity.MINOR
        return tuple(issue for issue in self.issues_left if issue.severity != minor)

    @cached_property
    def result_counts(self) -> tuple[ResultCount, ...]:
        """How many items came out how, best first; only results that occur."""
        results = [item.result for item in self.items]
        counts = ((result, results.count(result)) for result in choices.ItemResult)
        return tuple(ResultCount(result, n) for result, n in counts if n)

    @cached_property
    def passed_count(self) -> Count:
        """How many items passed."""
        return sum(item.result == choices.ItemResult.PASS for item in self.items)

    @cached_property
    def failed_count(self) -> Count:
        """How many items failed."""
        return sum(item.result == choices.ItemResult.FAIL for item in self.items)


class Receivable(Block):
    """An invoice and the money that came for it."""

    payment: PaymentRef | None = None
    invoice_date: Day | None = None
    invoice_no: Code | None = None
    received: Day | None = None
    amount: Money | None = None
