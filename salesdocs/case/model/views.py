"""Short views over the whole case: both parties, how delivery goes, how well the lead qualifies."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from salesdocs.case import choices
from salesdocs.case.model.contract import Contract
from salesdocs.case.model.delivery import Delivery, Milestone
from salesdocs.case.model.needs import Needs
from salesdocs.case.model.parties import Contact, Customer, Supplier
from salesdocs.case.model.record import Record
from salesdocs.case.model.scalars import (
    Account,
    Count,
    CreditCode,
    Email,
    Flag,
    Money,
    Phone,
    Share,
    Text,
    Whole,
)

_SOON = timedelta(days=7)


class PartyView(Record):
    """A party with all that a contract says of it."""

    name: Text | None
    name_en: Text | None
    uscc: CreditCode | None
    legal_rep: Text | None
    address: Text | None
    phone: Phone | None
    contact: Text | None
    email: Email | None
    bank: Text | None
    account: Account | None
    size: choices.SizeClass | None


class BothParties(Record):
    """Party a, the customer, and party b, the supplier."""

    a: PartyView
    b: PartyView


class Progress(Record):
    """How far delivery has come; `light` is None without a day to look from."""

    done: Count
    total: Count
    completion: Share | None
    delay_days: Whole | None
    light: choices.Light | None
    next_milestone: Milestone | None


class Lamp(Record):
    """One letter of MEDDIC, lit or not."""

    letter: choices.Meddic
    lit: Flag


class AgeBand(Record):
    """What has been overdue for `first` to `last` days (None: and longer), in yuan."""

    first: Count
    last: Count | None
    amount: Money


def both_parties(
    customer: Customer,
    supplier: Supplier,
    contract: Contract,
    sizes: tuple[choices.SizeClass | None, choices.SizeClass | None],
) -> BothParties:
    """Return both parties; what the contract says of them comes before their own data."""
    named, notices = contract.parties, contract.notices
    a = PartyView(
        named.a.name or customer.name,
        customer.name_en,
        named.a.uscc or customer.uscc,
        named.a.legal_rep or customer.legal_rep,
        named.a.address or customer.address,
        named.a.phone or notices.a.phone or customer.phone or customer.invoice.phone,
        notices.a.addressee,
        notices.a.email,
        customer.invoice.bank,
        customer.invoice.account,
        sizes[0],
    )
    b = PartyView(
        named.b.name or supplier.name,
        supplier.name_en,
        named.b.uscc or supplier.uscc,
        named.b.legal_rep or supplier.legal_rep,
        named.b.address or supplier.address,
        named.b.phone or notices.b.phone or supplier.phone or supplier.invoice_phone,
        notices.b.addressee,
        notices.b.email or supplier.email,
        supplier.bank.name,
        supplier.bank.account,
        sizes[1],
    )
    return BothParties(a, b)


def progress(delivery: Delivery, as_of: date | None) -> Progress:
    """Return how far delivery has come as seen on `as_of`.

    Red: a milestone is past its day. Yellow: the last one reached was late, or the next is due
    within a week. Green otherwise.
    """
    ahead = next((row for row in delivery.milestones if not row.done), None)
    return Progress(
        delivery.done_milestones,
        len(delivery.milestones),
        delivery.completion,
        delivery.delay_days,
        _light(delivery, as_of) if as_of and delivery.milestones else None,
        ahead,
    )


def _light(delivery: Delivery, as_of: date) -> choices.Light:
    open_days = [row.planned for row in delivery.milestones if not row.done and row.planned]
    if any(day < as_of for day in open_days):
        return choices.Light.RED
    late = (delivery.delay_days or 0) > 0 and bool(open_days)
    soon = any(day <= as_of + _SOON for day in open_days)
    return choices.Light.YELLOW if late or soon else choices.Light.GREEN


def meddic(needs: Needs, contacts: Iterable[Contact]) -> Iterator[Lamp]:
    """Yield the six lamps in order (domain.md 3.10)."""
    people = tuple(contacts)
    deciders = (choices.BuyingRole.DECISION_MAKER, choices.BuyingRole.BUDGET)
    met = [contact for contact in needs.interviewed if contact.role in deciders]
    champions = [
        contact
        for contact in people
        if contact.internal.influence == choices.Level.HIGH
        and contact.internal.attitude == choices.Attitude.SUPPORTER
    ]
    lit = (
        bool(needs.musts) and all(need.metric for need in needs.musts),
        bool(met),
        needs.confirmed.date is not None,
        bool(needs.internal.decision_process),
        needs.four_w.pain is not None,
        bool(champions),
    )
    for letter, on in zip(choices.Meddic, lit, strict=True):
        yield Lamp(letter, on)
