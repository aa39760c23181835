"""The whole case, and what can only be computed from several of its parts."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from pydantic import ConfigDict, Field

from salesdocs.calc import numbering, receivables, tax
from salesdocs.case import choices
from salesdocs.case.model.acceptance import Acceptance, Receivable
from salesdocs.case.model.aftersales import Aftersales
from salesdocs.case.model.base import Block, Registry, Roster, block, keyword, settle
from salesdocs.case.model.completeness import Completeness, completeness
from salesdocs.case.model.contract import Contract
from salesdocs.case.model.delivery import Delivery
from salesdocs.case.model.gaps import days_between, settle_gaps
from salesdocs.case.model.intent import Intent
from salesdocs.case.model.lead import Lead
from salesdocs.case.model.meta import DocumentRecord, Meta
from salesdocs.case.model.nda import Nda
from salesdocs.case.model.needs import Needs
from salesdocs.case.model.negotiation import Negotiation
from salesdocs.case.model.parties import Contact, ContactRef, Customer, Person, Supplier
from salesdocs.case.model.proposal import Proposal, Training
from salesdocs.case.model.scalars import Code, Count, Day, Money, Ratio, Text
from salesdocs.case.model.schedule import (
    Dates,
    ScheduledPayment,
    WarrantyPeriod,
    dates,
    payment_schedule,
    warranty_period,
)
from salesdocs.case.model.tender import Tender
from salesdocs.case.model.trace import (
    Basis,
    Coverage,
    PromiseAndFact,
    Trace,
    acceptance_basis,
    coverage,
    promises,
    trace,
)
from salesdocs.case.model.views import (
    AgeBand,
    BothParties,
    Lamp,
    Progress,
    both_parties,
    meddic,
    progress,
)


class Case(Block):
    """One deal, from the lead to what grows out of it. Build it with `Case.model_validate(tree)`.

    References are resolved while the tree is read, so they need the whole tree: a case is not put
    together from blocks, and a changed case is read anew.
    """

    model_config = ConfigDict(defer_build=False)

    schema_: Code | None = Field(None, alias="schema")
    # Before meta, whose owner is one of the team.
    team: Roster[Person] = Field(default_factory=Roster)
    contacts: Roster[Contact] = Field(default_factory=Roster)
    meta: Meta = block(Meta)
    supplier: Supplier = block(Supplier)
    customer: Customer = block(Customer)
    lead: Lead = block(Lead)
    nda: Nda = block(Nda)
    needs: Needs = block(Needs)
    proposal: Proposal = block(Proposal)
    tender: Tender = block(Tender)
    negotiation: Negotiation = block(Negotiation)
    intent: Intent = block(Intent)
    contract: Contract = block(Contract)
    delivery: Delivery = block(Delivery)
    acceptance: Acceptance = block(Acceptance)
    receivables: tuple[Receivable, ...] = ()
    aftersales: Aftersales = block(Aftersales)
    documents: tuple[DocumentRecord, ...] = ()
    custom: dict[str, Text] = Field(default_factory=dict)

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Return the case that a tree of text describes.

        Raises pydantic's ValidationError with everything that is wrong.
        """
        options["context"] = options.get("context") or Registry()
        return super().model_validate(obj, **options)

    def model_post_init(self, context: Any, /) -> None:
        """Tell visits how long after the one before they came, and their problems what is late.

        The first visit follows final acceptance.
        """
        visits = self.aftersales.visits
        settle_gaps(visits, [visit.date for visit in visits], self.acceptance.final.date)
        for visit in visits:
            for problem in visit.open_problems:
                settle(problem, "overdue", self._is_over(problem.due))

    def _is_over(self, day: date | None) -> bool:
        """Return whether a day has passed when the case is looked at."""
        as_of = self.meta.as_of
        return day is not None and as_of is not None and day < as_of

    # ---- numbers ----

    def document_number(self, document: str, part: int | None = None) -> str | None:
        """Return the number of a document by its id, None while prefix or case number are open."""
        record = numbering.read_record_number(self.meta.case_no or "")
        prefix = self.supplier.doc_prefix
        if record is None or prefix is None:
            return None
        return str(numbering.document_number(prefix, document, record, part))

    # ---- parties ----

    @cached_property
    def parties(self) -> BothParties:
        """Both parties as the contract names them: a the customer, b the supplier."""
        sizes = (self.customer_size, self.meta.sizes.supplier)
        return both_parties(self.customer, self.supplier, self.contract, sizes)

    @cached_property
    def customer_size(self) -> choices.SizeClass | None:
        """The customer's statistical size as stated for this case, or else in its own data."""
        return self.meta.sizes.customer or self.customer.size_class

    @cached_property
    def main_contact(self) -> ContactRef | None:
        """The lead's primary contact, or else the first one."""
        return self.lead.primary_contact or next(iter(self.contacts), None)

    @cached_property
    def decision_makers(self) -> tuple[ContactRef, ...]:
        """The contacts who decide."""
        return tuple(c for c in self.contacts if c.role == choices.BuyingRole.DECISION_MAKER)

    @cached_property
    def training_terms(self) -> Training:
        """The training as contracted; as proposed where the contract does not count anybody."""
        agreed = self.contract.training
        return agreed if agreed.admins or agreed.operators else self.proposal.training

    @cached_property
    def customer_record(self) -> Completeness:
        """How much of the record of stage 1 is known: company, main contact, lead."""
        return completeness(self, self.lead.source.channel == choices.LeadChannel.REFERRAL)

    # ---- needs to acceptance ----

    @cached_property
    def coverage(self) -> tuple[Coverage, ...]:
        """What the proposal offers for each need that was not refused or put off."""
        refused = (choices.NeedStatus.REJECTED, choices.NeedStatus.DEFERRED)
        needs = tuple(need for need in self.needs.items if need.status not in refused)
        return coverage(needs, self.proposal)

    @cached_property
    def uncovered(self) -> tuple[Coverage, ...]:
        """The needs for which the proposal offers nothing."""
        return tuple(row for row in self.coverage if not row.covered)

    @cached_property
    def trace(self) -> tuple[Trace, ...]:
        """Each need with what was offered, delivered and accepted for it."""
        return trace(self.coverage, self.contract, self.delivery, self.acceptance)

    @cached_property
    def promise_and_fact(self) -> tuple[PromiseAndFact, ...]:
        """What was promised beside what happened."""
        return tuple(promises(self.intent, self.contract, self.delivery, self.acceptance))

    @cached_property
    def acceptance_basis(self) -> tuple[Basis, ...]:
        """The papers on which the acceptance rests."""
        return tuple(acceptance_basis(self.contract, self.delivery))

    # ---- money and time ----

    @cached_property
    def warranty_period(self) -> WarrantyPeriod | None:
        """The warranty; None while its event has not happened."""
        return warranty_period(self.contract, self.acceptance)

    @cached_property
    def dates(self) -> Dates:
        """The days from which terms are counted."""
        end = self.warranty_period.last if self.warranty_period else None
        return dates(self.contract, self.acceptance, end)

    @cached_property
    def payment_schedule(self) -> tuple[ScheduledPayment, ...]:
        """A row per payment: due day, receipt, days overdue, damages."""
        return payment_schedule(
            self.contract, self.dates, self.delivery.milestones, self.receivables, self.meta.as_of
        )

    @cached_property
    def next_payment(self) -> ScheduledPayment | None:
        """The first payment that has not come in whole."""
        return next((row for row in self.payment_schedule if not row.settled), None)

    @cached_property
    def collected(self) -> Money:
        """Σ of the money that came in."""
        amounts = (row.amount for row in self.receivables if row.received is not None)
        return sum((amount for amount in amounts if amount is not None), Decimal("0.00"))

    @cached_property
    def collected_rate(self) -> Ratio | None:
        """Collected ÷ contract amount, unrounded; None without a contract."""
        amount = self.contract.amount
        return None if amount is None else receivables.collected_rate([self.collected], amount)

    @cached_property
    def outstanding(self) -> Money | None:
        """The contract amount less what came in."""
        return None if self.contract.amount is None else self.contract.amount - self.collected

    @cached_property
    def overdue(self) -> Money:
        """What should have come in by now."""
        late = (row.outstanding for row in self.payment_schedule if row.overdue)
        return sum((amount for amount in late if amount is not None), Decimal("0.00"))

    @cached_property
    def ageing(self) -> tuple[AgeBand, ...]:
        """What is overdue, by how long."""
        debts = [
            (row.overdue_days, row.outstanding)
            for row in self.payment_schedule
            if row.overdue and row.overdue_days and row.outstanding
        ]
        return tuple(
            AgeBand(band.first, band.last, band.amount) for band in receivables.ageing(debts)
        )

    @cached_property
    def incentive_rate(self) -> Ratio | None:
        """Cost of the incentives ÷ contract amount, unrounded; None while either is open."""
        cost = self.aftersales.incentive_cost
        return cost / self.contract.amount if cost is not None and self.contract.amount else None

    @cached_property
    def stamp_duty(self) -> Money | None:
        """An estimate of our stamp duty on the contract; internal, None without a price table."""
        lines = self.proposal.quote.lines
        if self.proposal.quote.net is None:
            return None
        parts = [(line.kind or "", line.net) for line in lines if line.net is not None]
        return tax.stamp_duty(parts, listed_apart=self.contract.invoicing.per_rate is not False)

    # ---- how it goes ----

    @cached_property
    def progress(self) -> Progress:
        """How far delivery has come on the day the case is looked at."""
        return progress(self.delivery, self.meta.as_of)

    @cached_property
    def meddic(self) -> tuple[Lamp, ...]:
        """The six lamps of qualification; internal."""
        return tuple(meddic(self.needs, self.contacts))

    @cached_property
    def last_contact(self) -> Day | None:
        """The last day on which anyone of us was in touch with the customer."""
        return max((day for day in self._contacts() if day is not None), default=None)

    def _contacts(self) -> Iterator[date | None]:
        yield self.lead.first_contact.date
        yield from (talk.date for talk in self.needs.interviews)
        yield from (talk.date for talk in self.negotiation.rounds)
        yield from (row.date for row in self.delivery.followups)
        yield from (visit.date for visit in self.aftersales.visits)

    @cached_property
    def days_since_contact(self) -> Count | None:
        """Days from the last contact to the day the case is looked at."""
        return days_between(self.last_contact, self.meta.as_of)


keyword(Case, "schema")
