"""When payments fall due, what came in, how late, and how long the warranty runs."""

from datetime import date
from decimal import Decimal

from salesdocs.calc import period, receivables
from salesdocs.calc.rounding import to_cent
from salesdocs.case import choices
from salesdocs.case.model.acceptance import Acceptance, Receivable
from salesdocs.case.model.contract import Contract, Payment, PaymentRef
from salesdocs.case.model.delivery import Milestone
from salesdocs.case.model.record import Record
from salesdocs.case.model.scalars import Code, Count, Day, Flag, Money, Text

_NOTHING = Decimal("0.00")


class Dates(Record):
    """The days on which the events happened that terms are counted from; None until they do."""

    signed: Day | None
    effective: Day | None
    prelim_acceptance: Day | None
    final_acceptance: Day | None
    warranty_end: Day | None

    def of(self, event: choices.PaymentEvent | None) -> date | None:
        """Return the day of `event`, None if it has not happened or is not one of these."""
        day: date | None = getattr(self, event, None) if event else None
        return day


class WarrantyPeriod(Record):
    """The warranty from `first` to `last` day, both included."""

    event: choices.PaymentEvent
    event_date: Day
    months: Count
    first: Day
    last: Day


class ScheduledPayment(Record):
    """A payment as the contract asks for it, and what became of it.

    `raw_due` is the due day as counted, `due` the same moved past holidays, `provisional` whether
    a holiday notice is still to come. `outstanding` is what has not come in, `to_request` whether
    its event has happened and money is missing, so that a letter can ask for it.
    """

    payment: PaymentRef
    name: Text | None
    amount: Money | None
    event: choices.PaymentEvent | None
    event_date: Day | None
    raw_due: Day | None
    due: Day | None
    provisional: Flag
    invoice_date: Day | None
    invoice_no: Code | None
    received: Day | None
    received_amount: Money
    outstanding: Money | None
    overdue_days: Count | None
    damages: Money | None
    to_request: Flag

    @property
    def id(self) -> Code | None:
        """The id of the payment."""
        return self.payment.id

    @property
    def settled(self) -> Flag:
        """Whether the whole amount has come in."""
        return self.outstanding == 0

    @property
    def overdue(self) -> Flag:
        """Whether money is missing after the due day."""
        return not self.settled and bool(self.overdue_days)


def dates(contract: Contract, acceptance: Acceptance, warranty_end: date | None) -> Dates:
    """Return the days from which terms are counted."""
    return Dates(
        contract.signed,
        contract.effective.date,
        acceptance.prelim.date,
        acceptance.final.date,
        warranty_end,
    )


def warranty_period(contract: Contract, acceptance: Acceptance) -> WarrantyPeriod | None:
    """Return the warranty: from the day after its event to the corresponding day.

    It runs from final acceptance where the contract says nothing. Raises nothing; None while the
    event or the months are open.
    """
    event = contract.warranty.from_ or choices.PaymentEvent.FINAL_ACCEPTANCE
    day = dates(contract, acceptance, None).of(event)
    months = contract.warranty.months
    if day is None or not months:
        return None
    span = period.span(day, months=months)
    return WarrantyPeriod(event, day, months, span.first, span.last)


def payment_schedule(
    contract: Contract,
    happened: Dates,
    milestones: tuple[Milestone, ...],
    received: tuple[Receivable, ...],
    as_of: date | None,
) -> tuple[ScheduledPayment, ...]:
    """Return a row per payment of the contract."""
    reached = {row.payment.id: row.actual for row in milestones if row.payment is not None}
    return tuple(
        _scheduled(
            payment,
            payment.date or happened.of(payment.event) or reached.get(payment.id),
            [row for row in received if row.payment is not None and row.payment.id == payment.id],
            contract,
            as_of,
        )
        for payment in contract.payments
    )


def _scheduled(
    payment: Payment,
    event_date: date | None,
    rows: list[Receivable],
    contract: Contract,
    as_of: date | None,
) -> ScheduledPayment:
    deadline = None
    if event_date is not None:
        deadline = period.deadline(event_date, days=payment.days or 0)
    due = deadline.day if deadline else None
    receipts = [
        (row.received, row.amount) for row in rows if row.received is not None and row.amount
    ]
    got = sum((amount for _, amount in receipts), _NOTHING)
    outstanding = None if payment.amount is None else max(payment.amount - got, _NOTHING)
    last = max((day for day, _ in receipts), default=None)
    paid_on = last if outstanding == 0 else None
    invoiced = next((row for row in rows if row.invoice_date or row.invoice_no), None)
    end = paid_on or as_of
    return ScheduledPayment(
        payment=payment,
        name=payment.name,
        amount=payment.amount,
        event=payment.event,
        event_date=event_date,
        raw_due=deadline.raw if deadline else None,
        due=due,
        provisional=deadline is not None and deadline.provisional,
        invoice_date=invoiced.invoice_date if invoiced else None,
        invoice_no=invoiced.invoice_no if invoiced else None,
        received=last,
        received_amount=got,
        outstanding=outstanding,
        overdue_days=receivables.overdue_days(due, paid_on, end) if due and end else None,
        damages=_damages(payment, contract, due, receipts, outstanding, as_of),
        to_request=outstanding != 0 and _has_happened(event_date, as_of),
    )


def _has_happened(event: date | None, as_of: date | None) -> bool:
    return event is not None and as_of is not None and event <= as_of


def _damages(
    payment: Payment,
    contract: Contract,
    due: date | None,
    receipts: list[tuple[date, Decimal]],
    outstanding: Decimal | None,
    as_of: date | None,
) -> Decimal | None:
    """Return the late damages on each part for the days it was late, capped on the payment."""
    daily = contract.liability.late_payment_daily
    if due is None or daily is None or outstanding is None or payment.amount is None:
        return None
    late = [(amount, receivables.overdue_days(due, day, day)) for day, amount in receipts]
    if outstanding and as_of is not None:
        late.append((outstanding, receivables.overdue_days(due, None, as_of)))
    damages = sum(
        (receivables.late_damages(amount, daily, days) for amount, days in late), _NOTHING
    )
    cap = contract.liability.late_payment_cap
    return damages if cap is None else min(damages, to_cent(payment.amount * cap))
