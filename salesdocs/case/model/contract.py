"""Stage 5: the contract, its payments and its approval."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import Field

from salesdocs.calc import period
from salesdocs.calc.rounding import to_cent
from salesdocs.case import choices
from salesdocs.case.model.base import Block, Reference, Row, block, keyword, settle
from salesdocs.case.model.parties import Party, PersonRef
from salesdocs.case.model.proposal import LineRef, Training
from salesdocs.case.model.record import Record
from salesdocs.case.model.scalars import (
    Code,
    Count,
    Day,
    Email,
    Flag,
    Long,
    Money,
    Number,
    Phone,
    Ratio,
    Share,
    Text,
    Whole,
)
from salesdocs.case.model.thresholds import APPROVAL_ROUTES
from salesdocs.findings import Phrase

EARLY = (choices.PaymentEvent.SIGNED, choices.PaymentEvent.EFFECTIVE)
"""The events before anything is delivered: what is paid on them is an advance."""


class Parties(Block):
    """The parties as named in the contract, where they differ from customer and supplier."""

    a: Party = block(Party)
    b: Party = block(Party)


class Draft(Block):
    """Who drafted the contract, and when."""

    date: Day | None = None
    by: PersonRef | None = None


class Effective(Block):
    """When the contract takes effect."""

    rule: choices.EffectiveRule | None = None
    date: Day | None = None


class Copies(Block):
    """How many copies are signed, and how many each party keeps."""

    total: Count | None = None
    each: Count | None = None


class PowerOfAttorney(Block):
    """What an agent may sign, until when, up to which amount."""

    doc_no: Code | None = None
    valid_to: Day | None = None
    limit: Money | None = None


class Signatory(Block):
    """Who signs for a party."""

    name: Text | None = None
    title: Text | None = None
    capacity: choices.Capacity | None = None
    poa: PowerOfAttorney = block(PowerOfAttorney)
    seal: choices.Seal | None = None


class Signatories(Block):
    """Who signs for whom; a is the customer, b the supplier."""

    a: Signatory = block(Signatory)
    b: Signatory = block(Signatory)


class Deliverable(Row):
    """What is handed over, and by what it is judged."""

    prefix: ClassVar[str] = "D"
    noun: ClassVar[Phrase] = Phrase("交付物", "deliverable")

    name: Text | None = None
    lines: tuple[LineRef, ...] = ()
    qty: Number | None = None
    unit: Text | None = None
    criteria: Long | None = None
    due: Day | None = None


DeliverableRef = Annotated[Deliverable, Reference(Deliverable)]


class Goods(Block):
    """How goods are packed and carried, and when their risk passes."""

    packaging: Text | None = None
    transport: Text | None = None
    risk_transfer: Text | None = None


class DeliveryTerms(Block):
    """By when, where and how we deliver."""

    start: Day | None = None
    prelim_days: Count | None = None
    prelim_due: Day | None = None
    place: Text | None = None
    mode: Text | None = None


class ContractDuty(Block):
    """Something the customer has to do under the contract."""

    shorthand: ClassVar[str] = "what"

    what: Text | None = None
    due: Day | None = None


class AcceptanceTerms(Block):
    """How acceptance goes, in calendar days."""

    prelim_period_days: Count | None = None
    objection_days: Count | None = None
    deemed_accept: Flag | None = None
    rework_limit: Count | None = None
    trial_days: Count | None = None
    final_after_days: Count | None = None


class Payment(Row):
    """A payment: its share of the price, due so many calendar days after an event."""

    prefix: ClassVar[str] = "P"
    noun: ClassVar[Phrase] = Phrase("付款节点", "payment")

    name: Text | None = None
    share: Share | None = None
    event: choices.PaymentEvent | None = None
    date: Day | None = None
    days: Count | None = None
    condition: Text | None = None

    @cached_property
    def amount(self) -> Money | None:
        """The share of the price in yuan; the last payment takes what rounding leaves."""
        return None


PaymentRef = Annotated[Payment, Reference(Payment)]


class Invoicing(Block):
    """Which invoices are issued, and when."""

    type: choices.InvoiceType | None = None
    when: choices.InvoicingTime | None = None
    per_rate: Flag | None = None
    issue_days: Count | None = None
    pay_days: Count | None = None
    fields: tuple[Text, ...] = ()


class Term(Block):
    """How long a contract of some duration runs, and how it is renewed."""

    months: Count | None = None
    start: Day | None = None
    end: Day | None = None
    renewal_notice_days: Count | None = None
    renewal: Text | None = None


class ServiceCredit(Block):
    """What the customer gets back when the service was available for less than `below`."""

    below: Share | None = None
    credit: Share | None = None


class ServiceLevel(Block):
    """How available a service is, measured over a period, and what falling short costs."""

    availability: Share | None = None
    period: Text | None = None
    credits: tuple[ServiceCredit, ...] = ()
    exclusions: Text | None = None


class PerformanceBond(Block):
    """The security for performance, at most 10 % (Government Procurement Regulations, art. 48)."""

    share: Share | None = None
    form: choices.BondForm | None = None
    valid_to: Day | None = None
    return_rule: Text | None = None


class Warranty(Block):
    """How long we answer for faults, and how fast."""

    months: Count | None = None
    from_: choices.PaymentEvent | None = Field(None, alias="from")
    response_hours: Count | None = None
    onsite_hours: Count | None = None
    after_warranty_fee_rate: Share | None = None


keyword(Warranty, "from")


class Ip(Block):
    """Who owns what."""

    background: choices.BackgroundIp | None = None
    standard_software: choices.StandardSoftwareIp | None = None
    licence_term: Text | None = None
    custom_dev: choices.CustomDevIp | None = None
    third_party_indemnity: Flag | None = None


class Confidentiality(Block):
    """How long secrets are kept."""

    years: Count | None = None
    survives: Flag | None = None


class DataTerms(Block):
    """How data and personal information are dealt with."""

    personal_info: choices.PersonalInfo | None = None
    sensitive: Flag | None = None
    protection_level: Text | None = None
    deletion_on_exit: Flag | None = None
    return_days: Count | None = None
    categories: Text | None = None
    purpose: Text | None = None
    measures: Text | None = None
    location: Text | None = None


class Liability(Block):
    """What delay and breach cost, and where it ends."""

    late_delivery_daily: Ratio | None = None
    late_delivery_cap: Ratio | None = None
    late_payment_daily: Ratio | None = None
    late_payment_cap: Ratio | None = None
    overall_cap: Ratio | None = None
    excludes_indirect: Flag | None = None
    carve_outs: tuple[choices.CarveOut, ...] = ()


class Termination(Block):
    """After which delay a party may terminate, and with what notice, in days."""

    late_delivery_days: Count | None = None
    late_payment_days: Count | None = None
    notice_days: Count | None = None
    grounds: tuple[Text, ...] = ()


class ForceMajeure(Block):
    """Within how many days force majeure is notified and proved."""

    notify_days: Count | None = None
    evidence_days: Count | None = None
    events: tuple[Text, ...] = ()


class Dispute(Block):
    """How disputes are settled."""

    method: choices.DisputeMethod | None = None
    court: Text | None = None
    arbitration: Text | None = None
    institution: Text | None = None
    seat: Text | None = None


class NoticeAddress(Block):
    """Where notices to a party go."""

    addressee: Text | None = None
    address: Text | None = None
    phone: Phone | None = None
    email: Email | None = None


class Notices(Block):
    """Where notices go; a is the customer, b the supplier."""

    a: NoticeAddress = block(NoticeAddress)
    b: NoticeAddress = block(NoticeAddress)


class Approval(Block):
    """An opinion on the contract."""

    step: Count | None = None
    dept: choices.ApprovalDept | None = None
    by: PersonRef | None = None
    date: Day | None = None
    result: choices.ApprovalResult | None = None
    opinion: Long | None = None


class CounterpartyCheck(Block):
    """What legal checked of the other side."""

    shorthand: ClassVar[str] = "result"

    result: choices.CheckResult | None = None
    licence: choices.CheckResult | None = None
    code_ok: choices.CheckResult | None = None
    credit: choices.CheckResult | None = None
    poa: choices.CheckResult | None = None


class TextDeviation(Block):
    """Where the contract departs from our standard text."""

    article: Text | None = None
    standard: Text | None = None
    agreed: Text | None = None
    reason: Text | None = None


class SealRequest(Block):
    """The request to use a seal, after the last approval."""

    kind: choices.Seal | None = None
    copies: Count | None = None
    cross_page: Flag | None = None
    by: PersonRef | None = None
    date: Day | None = None


class Archive(Block):
    """Where the signed contract is kept."""

    doc_no: Code | None = None
    date: Day | None = None
    place: Text | None = None
    scan: Text | None = None


class ApprovalForm(Block):
    """What goes to the approvers besides the contract itself."""

    doc_no: Code | None = None
    initiator: PersonRef | None = None
    counterparty_check: CounterpartyCheck = block(CounterpartyCheck)
    attachments: tuple[choices.Attachment, ...] = ()
    deviations: tuple[TextDeviation, ...] = ()
    seal: SealRequest = block(SealRequest)
    final_hash: Code | None = None
    archive: Archive = block(Archive)


class Supplement(Block):
    """A supplementary agreement."""

    doc_no: Code | None = None
    date: Day | None = None
    reason: Text | None = None
    amount_delta: Money | None = None
    days_delta: Whole | None = None
    articles: tuple[Text, ...] = ()

    @cached_property
    def amount_before(self) -> Money | None:
        """The price before this supplement."""
        return None

    @cached_property
    def amount_after(self) -> Money | None:
        """The price as this supplement leaves it."""
        return None

    @cached_property
    def days_before(self) -> Whole | None:
        """The days to preliminary acceptance before this supplement."""
        return None

    @cached_property
    def days_after(self) -> Whole | None:
        """The days to preliminary acceptance as this supplement leaves them."""
        return None

    @cached_property
    def due_before(self) -> Day | None:
        """The day of preliminary acceptance before this supplement."""
        return None

    @cached_property
    def due_after(self) -> Day | None:
        """The day of preliminary acceptance as this supplement leaves it."""
        return None


class Disposition(Block):
    """What was decided on a warning of the checks."""

    rule: Code | None = None
    by: PersonRef | None = None
    date: Day | None = None
    text: Long | None = None


class ContractInternal(Block):
    """What only we know of the contract."""

    gross_margin: Ratio | None = None
    commission_rate: Share | None = None
    receivable_risk: Long | None = None
    lint_dispositions: tuple[Disposition, ...] = ()


class ApprovalRow(Record):
    """A step of the approval: who has to say yes, and what was said."""

    step: Count
    dept: choices.ApprovalDept
    roles: tuple[choices.Role, ...]
    approval: Approval | None


class ClauseChoice(Block):
    """A clause for which a fallback of the library stands in place of the standard wording."""

    clause: Code | None = None
    fallback: Count | None = None
    reason: Text | None = None
    by: PersonRef | None = None
    date: Day | None = None


class Contract(Block):
    """The contract."""

    doc_no: Code | None = None
    title: Text | None = None
    title_en: Text | None = None
    type: choices.ContractType | None = None
    template_kind: choices.TemplateKind | None = None
    language: choices.Language | None = None
    prevailing_language: choices.Language | None = None
    sme_declaration: Flag | None = None
    draft: Draft = block(Draft)
    parties: Parties = block(Parties)
    recitals: Long | None = None
    amount: Money | None = None
    currency: choices.Currency | None = None
    signed: Day | None = None
    signed_at: Text | None = None
    effective: Effective = block(Effective)
    copies: Copies = block(Copies)
    signatories: Signatories = block(Signatories)
    deliverables: tuple[Deliverable, ...] = ()
    goods: Goods = block(Goods)
    delivery: DeliveryTerms = block(DeliveryTerms)
    customer_duties: tuple[ContractDuty, ...] = ()
    key_staff: tuple[PersonRef, ...] = ()
    acceptance: AcceptanceTerms = block(AcceptanceTerms)
    training: Training = block(Training)
    payments: tuple[Payment, ...] = ()
    invoicing: Invoicing = block(Invoicing)
    warranty: Warranty = block(Warranty)
    term: Term = block(Term)
    sla: ServiceLevel = block(ServiceLevel)
    performance_bond: PerformanceBond = block(PerformanceBond)
    clauses: tuple[ClauseChoice, ...] = ()
    ip: Ip = block(Ip)
    confidentiality: Confidentiality = block(Confidentiality)
    data: DataTerms = block(DataTerms)
    liability: Liability = block(Liability)
    termination: Termination = block(Termination)
    force_majeure: ForceMajeure = block(ForceMajeure)
    dispute: Dispute = block(Dispute)
    notices: Notices = block(Notices)
    precedence: tuple[choices.ContractPaper, ...] = ()
    annexes: tuple[Text, ...] = ()
    hash: Code | None = None
    approvals: tuple[Approval, ...] = ()
    approval_form: ApprovalForm = block(ApprovalForm)
    supplements: tuple[Supplement, ...] = ()
    internal: ContractInternal = block(ContractInternal)
    custom: dict[str, Text] = Field(default_factory=dict)

    def model_post_init(self, context: Any, /) -> None:
        """Tell each payment its amount, and each supplement what was agreed before and after it."""
        for payment, amount in zip(self.payments, self._payment_amounts(), strict=True):
            settle(payment, "amount", amount)
        self._settle_supplements()

    def _settle_supplements(self) -> None:
        price, days, due = self.amount, self.delivery.prelim_days, self.prelim_due
        for row in self.supplements:
            settle(row, "amount_before", price)
            settle(row, "days_before", days)
            settle(row, "due_before", due)
            price = None if price is None else price + (row.amount_delta or 0)
            more = row.days_delta or 0
            days = None if days is None else days + more
            due = None if due is None else due + timedelta(days=more)
            settle(row, "amount_after", price)
            settle(row, "days_after", days)
            settle(row, "due_after", due)

    def _payment_amounts(self) -> tuple[Decimal | None, ...]:
        price = self.amount
        if price is None:
            return (None,) * len(self.payments)
        amounts = [
            None if payment.share is None else to_cent(price * payment.share)
            for payment in self.payments
        ]
        shares = [payment.share for payment in self.payments]
        known = [share for share in shares if share is not None]
        if known and len(known) == len(shares) and sum(known) == 1:
            amounts[-1] = price - sum((a for a in amounts[:-1] if a is not None), Decimal(0))
        return tuple(amounts)

    @cached_property
    def chosen_fallbacks(self) -> tuple[Code, ...]:
        """The fallbacks that stand in place of standard clauses, as `late-payment/1`."""
        return tuple(
            f"{row.clause}/{row.fallback}"
            for row in self.clauses
            if row.clause is not None and row.fallback is not None
        )

    @cached_property
    def bond_amount(self) -> Money | None:
        """The performance bond in yuan; None without one."""
        share = self.performance_bond.share
        return None if share is None or self.amount is None else to_cent(self.amount * share)

    @cached_property
    def share_total(self) -> Share | None:
        """Σ of the payments' shares, which must be 1; None while one is missing."""
        shares = [payment.share for payment in self.payments]
        known = [share for share in shares if share is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(shares) else None

    @cached_property
    def prepay_share(self) -> Share | None:
        """The share paid on signature or effect, before anything is delivered."""
        shares = [p.share for p in self.payments if p.event in EARLY and p.share is not None]
        return sum(shares, Decimal(0)) if shares else None

    @cached_property
    def retention_share(self) -> Share | None:
        """The share held back until the end of the warranty."""
        end = choices.PaymentEvent.WARRANTY_END
        shares = [p.share for p in self.payments if p.event == end and p.share is not None]
        return sum(shares, Decimal(0)) if shares else None

    @cached_property
    def start(self) -> Day | None:
        """The day from which the contract's periods run: in effect, or else signed."""
        return self.effective.date or self.signed

    @cached_property
    def counted_prelim_due(self) -> Day | None:
        """The day of effect plus the days agreed for preliminary acceptance."""
        days = self.delivery.prelim_days
        if self.start is None or days is None:
            return None
        return period.span(self.start, days=days).last

    @cached_property
    def prelim_due(self) -> Day | None:
        """By when preliminary acceptance is promised: the date as written, or else as counted."""
        return self.delivery.prelim_due or self.counted_prelim_due

    @cached_property
    def amount_with_supplements(self) -> Money | None:
        """The price after all supplementary agreements."""
        if self.amount is None:
            return None
        deltas = (row.amount_delta for row in self.supplements)
        return sum((delta for delta in deltas if delta is not None), self.amount)

    @cached_property
    def required_approvals(self) -> tuple[ApprovalRow, ...]:
        """The steps that the amount asks for, each with the opinion given at it, if any."""
        if self.amount is None:
            return ()
        *_, steps = (steps for least, steps in APPROVAL_ROUTES if self.amount >= least)
        left = list(self.approvals)
        rows = []
        for number, (dept, roles) in enumerate(steps, 1):
            allowed = tuple(choices.Role.parse(role) for role in roles)
            given = next((a for a in left if _answers(a, dept, allowed)), None)
            if given is not None:
                left.remove(given)
            rows.append(ApprovalRow(number, choices.ApprovalDept.parse(dept), allowed, given))
        return tuple(rows)

    @cached_property
    def board_needed(self) -> Flag:
        """Whether the amount also needs a resolution of the board or group."""
        return any(row.dept == choices.ApprovalDept.BOARD for row in self.required_approvals)

    @cached_property
    def settled(self) -> Day | None:
        """The day from which the text is fixed, so that it can be printed to be signed.

        The last approval when every step said yes, or else the day it was signed.
        """
        steps = self.required_approvals
        said = [row.approval.result if row.approval else None for row in steps]
        is_approved = bool(said) and set(said) == {choices.ApprovalResult.APPROVED}
        last = self.last_approval
        return last.date if is_approved and last is not None else self.signed

    @cached_property
    def last_approval(self) -> Approval | None:
        """The latest opinion."""
        dated = [approval for approval in self.approvals if approval.date is not None]
        return max(dated, key=lambda row: row.date or date.min, default=None)


def _answers(approval: Approval, dept: str, roles: tuple[choices.Role, ...]) -> bool:
    """Return whether `approval` is the opinion a step asks for.

    Sales can have two steps, told apart by role; a wrong role elsewhere is for the rules to say.
    """
    by_right_role = approval.by is None or approval.by.role in roles
    return approval.dept == dept and (by_right_role or dept != choices.ApprovalDept.SALES)
