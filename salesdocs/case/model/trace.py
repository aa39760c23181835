"""What hangs together across stages: need to line to deliverable to acceptance, promise to fact."""

from collections.abc import Iterator
from datetime import date

from salesdocs.calc import period
from salesdocs.case import choices
from salesdocs.case.model.acceptance import Acceptance, AcceptanceItem, Inspection
from salesdocs.case.model.contract import Contract, Deliverable, DeliverableRef
from salesdocs.case.model.delivery import Delivery, Milestone
from salesdocs.case.model.intent import Intent
from salesdocs.case.model.needs import Need, NeedRef
from salesdocs.case.model.proposal import Function, LineRef, Proposal, QuoteLine
from salesdocs.case.model.record import Record
from salesdocs.case.model.scalars import Code, Day, Flag, Text, Whole


class Coverage(Record):
    """A need and what the proposal offers for it."""

    need: NeedRef
    functions: tuple[Function, ...]
    lines: tuple[LineRef, ...]

    @property
    def covered(self) -> Flag:
        """Whether a function or a quote line answers the need."""
        return bool(self.functions or self.lines)

    @property
    def priced(self) -> Flag:
        """Whether a quote line answers the need."""
        return bool(self.lines)


class Trace(Record):
    """A need, followed through the whole deal."""

    need: NeedRef
    functions: tuple[Function, ...]
    lines: tuple[LineRef, ...]
    deliverables: tuple[DeliverableRef, ...]
    milestones: tuple[Milestone, ...]
    items: tuple[AcceptanceItem, ...]

    @property
    def accepted(self) -> Flag:
        """Whether all that was delivered for the need has been accepted."""
        bad = (None, choices.ItemResult.FAIL)
        return bool(self.items) and all(item.result not in bad for item in self.items)


class PromiseAndFact(Record):
    """A day that was promised, the day it happened, and the difference."""

    promise: choices.Promise
    name: Text | None
    promised: Day | None
    actual: Day | None
    attributable_to: choices.Side | None

    @property
    def delay_days(self) -> Whole | None:
        """Days later than promised, negative when earlier; None while one is open."""
        return (self.actual - self.promised).days if self.actual and self.promised else None


class Basis(Record):
    """A paper on which the acceptance rests."""

    kind: choices.BasisKind
    name: Text | None
    doc_no: Code | None
    date: Day | None


def coverage(needs: tuple[Need, ...], proposal: Proposal) -> tuple[Coverage, ...]:
    """Return a row per need with the functions and quote lines that answer it."""
    return tuple(
        Coverage(
            need,
            tuple(row for row in proposal.functions if row.need is need),
            tuple(line for line in proposal.quote.lines if need in line.needs),
        )
        for need in needs
    )


def trace(
    rows: tuple[Coverage, ...], contract: Contract, delivery: Delivery, acceptance: Acceptance
) -> tuple[Trace, ...]:
    """Return each need with what was sold, delivered and accepted for it."""
    return tuple(_traced(row, contract, delivery, acceptance) for row in rows)


def _traced(row: Coverage, contract: Contract, delivery: Delivery, acceptance: Acceptance) -> Trace:
    deliverables = tuple(d for d in contract.deliverables if _delivers(d, row.lines))
    return Trace(
        row.need,
        row.functions,
        row.lines,
        deliverables,
        tuple(m for m in delivery.milestones if any(d in deliverables for d in m.deliverables)),
        tuple(item for item in acceptance.items if item.deliverable in deliverables),
    )


def _delivers(deliverable: Deliverable, lines: tuple[QuoteLine, ...]) -> bool:
    return any(line in lines for line in deliverable.lines)


def promises(
    intent: Intent, contract: Contract, delivery: Delivery, acceptance: Acceptance
) -> Iterator[PromiseAndFact]:
    """Yield what was promised beside what happened; only promises that were made."""
    promise = choices.Promise
    prelim, final = acceptance.prelim, acceptance.final
    if intent.contract_deadline:
        yield PromiseAndFact(
            promise.CONTRACT_DEADLINE, None, intent.contract_deadline, contract.signed, None
        )
    if contract.prelim_due:
        yield PromiseAndFact(
            promise.PRELIM_ACCEPTANCE,
            None,
            contract.prelim_due,
            prelim.date,
            prelim.attributable_to,
        )
    final_due = _final_due(contract, prelim)
    if final_due:
        yield PromiseAndFact(
            promise.FINAL_ACCEPTANCE, None, final_due, final.date, final.attributable_to
        )
    for row in delivery.milestones:
        yield PromiseAndFact(
            promise.MILESTONE, row.name, row.planned, row.actual, row.attributable_to
        )


def _final_due(contract: Contract, prelim: Inspection) -> date | None:
    """Return by when final acceptance is promised: so many days after the preliminary was passed.

    The trial run lies within these days. A holiday at their end moves it (Civil Code 203).
    """
    days = contract.acceptance.final_after_days
    failed = prelim.result == choices.AcceptanceResult.FAIL
    if prelim.date is None or days is None or failed:
        return None
    return period.deadline(prelim.date, days=days).day


def acceptance_basis(contract: Contract, delivery: Delivery) -> Iterator[Basis]:
    """Yield the contract, its annexes, its supplements and the changes both sides agreed on."""
    kind = choices.BasisKind
    if contract.title or contract.doc_no:
        yield Basis(kind.CONTRACT, contract.title, contract.doc_no, contract.signed)
    for annex in contract.annexes:
        yield Basis(kind.ANNEX, annex, None, None)
    for supplement in contract.supplements:
        yield Basis(kind.SUPPLEMENT, supplement.reason, supplement.doc_no, supplement.date)
    for change in delivery.approved_changes:
        yield Basis(kind.CHANGE, change.content, change.id, change.decided)
