"""Stage 3: the proposal, its price table and the customer's confirmation."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar

from salesdocs.calc import quote as calc
from salesdocs.case import choices
from salesdocs.case.model.base import Block, Reference, Row, block, settle
from salesdocs.case.model.needs import NeedRef, Risk
from salesdocs.case.model.parties import ContactRef, PersonRef
from salesdocs.case.model.record import Record
from salesdocs.case.model.scalars import (
    Code,
    Count,
    Day,
    Flag,
    Long,
    Money,
    Number,
    Share,
    Text,
    Vat,
)
from salesdocs.findings import Phrase


class Function(Block):
    """A function offered for a need."""

    need: NeedRef | None = None
    function: Text | None = None
    description: Long | None = None
    type: choices.Feasibility | None = None


class PlanPhase(Block):
    """A phase of the implementation plan."""

    phase: Text | None = None
    weeks: Count | None = None
    tasks: Long | None = None
    output: Text | None = None
    customer_duties: Text | None = None

    @cached_property
    def start_week(self) -> Count | None:
        """The first week of the phase, counted from 1; None once a phase before has no weeks."""
        return None

    @cached_property
    def end_week(self) -> Count | None:
        """The last week of the phase."""
        return None


class ProjectRole(Block):
    """A place in the project team: a person, or the grade of one to be named."""

    role: Text | None = None
    person: PersonRef | None = None
    grade: Text | None = None
    duty: Text | None = None


class Training(Block):
    """How many are trained, for how long, and what share must pass."""

    admins: Count | None = None
    operators: Count | None = None
    days: Count | None = None
    pass_rate: Share | None = None
    content: Long | None = None


class Service(Block):
    """After-sales service as offered."""

    warranty_months: Count | None = None
    response_hours: Count | None = None
    onsite_hours: Count | None = None
    hours: Text | None = None
    content: Long | None = None


class SuccessCase(Block):
    """A reference; named only with the reference customer's consent."""

    name: Text | None = None
    industry: Text | None = None
    result: Long | None = None
    consent: Flag | None = None

    @cached_property
    def shown_name(self) -> Text:
        """The name as customers may see it: anonymous without consent."""
        return self.name if self.name and self.consent else f"某{self.industry or ''}企业"


class Deviation(Block):
    """Our answer to one requirement of a tender."""

    requirement: Long | None = None
    response: choices.Response | None = None
    note: Text | None = None


class Feedback(Block):
    """What the customer asked to change, and what we did."""

    date: Day | None = None
    by: ContactRef | None = None
    request: Text | None = None
    action: Text | None = None
    version: Count | None = None


class QuoteVersion(Block):
    """A version of the quote and the total that was offered with it."""

    v: Count | None = None
    date: Day | None = None
    total: Money | None = None
    reason: Text | None = None


class DiscountApproval(Block):
    """Who allowed a discount beyond authority."""

    by: PersonRef | None = None
    date: Day | None = None
    reason: Text | None = None


class QuoteInternal(Block):
    """What the deal costs us."""

    cost: Money | None = None


class QuoteLine(Row):
    """A line of the price table; `discount` is the fraction taken off, 0.15 for 八五折."""

    prefix: ClassVar[str] = "L"
    noun: ClassVar[Phrase] = Phrase("报价项", "quote line")

    name: Text | None = None
    spec: Text | None = None
    unit: Text | None = None
    qty: Number | None = None
    price: Money | None = None
    discount: Share | None = None
    vat: Vat | None = None
    needs: tuple[NeedRef, ...] = ()
    kind: choices.LineKind | None = None
    billing: choices.Billing | None = None
    remark: Text | None = None

    @cached_property
    def price_basis(self) -> choices.PriceBasis:
        """Whether the price includes tax, as the quote says; it does where nothing is said."""
        return choices.PriceBasis.TAX_INCLUDED

    @cached_property
    def _amounts(self) -> calc.RatedAmounts | None:
        if self.price is None or self.qty is None or self.vat is None:
            return None
        included = self.price_basis == choices.PriceBasis.TAX_INCLUDED
        discount = self.discount or Decimal(0)
        return calc.line_amounts(self.price, self.qty, discount, self.vat, tax_included=included)

    @cached_property
    def list_amount(self) -> Money | None:
        """List price × quantity."""
        return self._amounts.list_amount if self._amounts else None

    @cached_property
    def gross(self) -> Money | None:
        """What the customer pays for the line, with tax."""
        return self._amounts.gross if self._amounts else None

    @cached_property
    def net(self) -> Money | None:
        """What the customer pays for the line, without tax."""
        return self._amounts.net if self._amounts else None

    @cached_property
    def tax(self) -> Money | None:
        """The tax in `gross`."""
        return self._amounts.tax if self._amounts else None

    @cached_property
    def saved(self) -> Money | None:
        """What the discount takes off the list amount."""
        return self._amounts.saved if self._amounts else None

    @cached_property
    def unit_deal(self) -> Money | None:
        """The unit price after discount; for print, amounts come from the list price."""
        return (
            None if self.price is None else calc.deal_price(self.price, self.discount or Decimal(0))
        )

    @cached_property
    def free(self) -> Flag:
        """Whether the line is given away; printed as 赠送."""
        return self.gross == 0


LineRef = Annotated[QuoteLine, Reference(QuoteLine)]


class RateTotal(Record):
    """The lines of one VAT rate, added up."""

    rate: Vat
    list_amount: Money
    saved: Money
    gross: Money
    net: Money
    tax: Money


class Quote(Block):
    """The price table; everything in it but prices, quantities and rates is computed.

    Totals are None until every line has price, quantity and rate, and when there is no line: half
    a total would be a wrong one.
    """

    versions: tuple[QuoteVersion, ...] = ()
    current: Count | None = None
    currency: choices.Currency | None = None
    price_basis: choices.PriceBasis | None = None
    lines: tuple[QuoteLine, ...] = ()
    payment_terms: Text | None = None
    discount_approval: DiscountApproval = block(DiscountApproval)
    internal: QuoteInternal = block(QuoteInternal)

    def model_post_init(self, context: Any, /) -> None:
        """Tell the lines whether their prices include tax."""
        if self.price_basis is not None:
            for line in self.lines:
                settle(line, "price_basis", self.price_basis)

    @cached_property
    def _rated(self) -> tuple[calc.RatedAmounts, ...] | None:
        amounts = [line._amounts for line in self.lines]
        known = tuple(amount for amount in amounts if amount is not None)
        return known if known and len(known) == len(amounts) else None

    @cached_property
    def _total(self) -> calc.Amounts | None:
        return None if self._rated is None else calc.total(self._rated)

    @cached_property
    def total(self) -> Money | None:
        """Σ of the lines with tax: the price the customer pays."""
        return self._total.gross if self._total else None

    @cached_property
    def net(self) -> Money | None:
        """Σ of the lines without tax."""
        return self._total.net if self._total else None

    @cached_property
    def tax(self) -> Money | None:
        """Σ of the tax of the lines."""
        return self._total.tax if self._total else None

    @cached_property
    def list_total(self) -> Money | None:
        """Σ of the lines at list price."""
        return self._total.list_amount if self._total else None

    @cached_property
    def saved(self) -> Money | None:
        """What the discounts take off the list total."""
        return self._total.saved if self._total else None

    @cached_property
    def discount_rate(self) -> Share | None:
        """The share of the list total taken off, unrounded."""
        return self._total.discount_rate if self._total else None

    @cached_property
    def deal_rate(self) -> Share | None:
        """The share of the list total left, unrounded."""
        return None if self.discount_rate is None else 1 - self.discount_rate

    @cached_property
    def deepest_discount(self) -> Share | None:
        """The largest discount of any line."""
        return max(
            (line.discount for line in self.lines if line.discount is not None), default=None
        )

    @cached_property
    def by_rate(self) -> tuple[RateTotal, ...]:
        """The sums per VAT rate, highest first; empty while a line is incomplete."""
        return tuple(_rate_totals(self._rated or ()))

    @cached_property
    def several_rates(self) -> Flag:
        """Whether the lines have more than one VAT rate."""
        return len(self.by_rate) > 1

    def _charged(self, billing: choices.Billing) -> Money | None:
        """Return Σ of the lines charged so, with tax; None where there are none."""
        amounts = [
            amount.gross
            for line, amount in zip(self.lines, self._rated or (), strict=False)
            if (line.billing or choices.Billing.ONCE) == billing
        ]
        return sum(amounts, Decimal("0.00")) if amounts else None

    @cached_property
    def once_total(self) -> Money | None:
        """Σ of the lines charged once, with tax; None where there are none."""
        return self._charged(choices.Billing.ONCE)

    @cached_property
    def yearly_total(self) -> Money | None:
        """Σ of the lines charged every year, with tax; None where there are none."""
        return self._charged(choices.Billing.YEARLY)

    @cached_property
    def monthly_total(self) -> Money | None:
        """Σ of the lines charged every month, with tax; None where there are none."""
        return self._charged(choices.Billing.MONTHLY)

    @cached_property
    def recurring(self) -> Flag:
        """Whether any line is charged again and again."""
        return any(line.billing not in (None, choices.Billing.ONCE) for line in self.lines)

    @cached_property
    def kinds(self) -> tuple[choices.LineKind, ...]:
        """What kinds of things the lines sell, each once, in the order of the lines."""
        return tuple(dict.fromkeys(line.kind for line in self.lines if line.kind is not None))

    @cached_property
    def current_version(self) -> QuoteVersion | None:
        """The version that counts: `current`, or else the last."""
        if self.current is None:
            return self.versions[-1] if self.versions else None
        return next((version for version in self.versions if version.v == self.current), None)

    @cached_property
    def margin(self) -> Money | None:
        """Net total less cost; internal, None without the cost."""
        cost = self.internal.cost
        return None if cost is None or self.net is None else self.net - cost

    @cached_property
    def margin_rate(self) -> Share | None:
        """Margin as a share of the net total, unrounded; internal, None without the cost."""
        return self.margin / self.net if self.margin is not None and self.net else None


def _rate_totals(lines: Iterable[calc.RatedAmounts]) -> Iterable[RateTotal]:
    for group in calc.by_rate(lines):
        yield RateTotal(
            group.rate, group.list_amount, group.saved, group.gross, group.net, group.tax
        )


class Confirmation(Block):
    """The letter in which the customer confirms scope and version before prices are discussed."""

    doc_no: Code | None = None
    issued: Day | None = None
    reply_by: Day | None = None
    date: Day | None = None
    by: ContactRef | None = None
    result: choices.ConfirmationResult | None = None
    reservations: tuple[Text, ...] = ()
    remarks: Long | None = None


class Proposal(Block):
    """The proposal."""

    doc_no: Code | None = None
    submitted: Day | None = None
    valid_until: Day | None = None
    cover_letter: Long | None = None
    summary: Long | None = None
    solution: Long | None = None
    architecture: Long | None = None
    deployment: Long | None = None
    functions: tuple[Function, ...] = ()
    plan: tuple[PlanPhase, ...] = ()
    team: tuple[ProjectRole, ...] = ()
    training: Training = block(Training)
    service: Service = block(Service)
    quote: Quote = block(Quote)
    cases: tuple[SuccessCase, ...] = ()
    risks: tuple[Risk, ...] = ()
    assumptions: tuple[Text, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    materials: tuple[choices.Material, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    confirmation: Confirmation = block(Confirmation)

    def model_post_init(self, context: Any, /) -> None:
        """Tell each phase of the plan in which weeks it falls."""
        done = 0
        for phase in self.plan:
            if phase.weeks is None:
                break
            if phase.weeks:
                settle(phase, "start_week", done + 1)
                done += phase.weeks
                settle(phase, "end_week", done)

    @cached_property
    def plan_weeks(self) -> Count | None:
        """Σ of the weeks of the plan; None while a phase has none."""
        weeks = [phase.weeks for phase in self.plan]
        known = [number for number in weeks if number is not None]
        return sum(known) if known and len(known) == len(weeks) else None

    @cached_property
    def plan_days(self) -> Count | None:
        """The weeks of the plan in days."""
        return None if self.plan_weeks is None else self.plan_weeks * 7

    @cached_property
    def confirmed_version(self) -> QuoteVersion | None:
        """The version the confirmation letter is about: the last one out when it was sent.

        Later rounds bring later versions, and the letter still speaks of its own.
        """
        day = self.confirmation.issued or self.confirmation.date
        if day is None:
            return self.quote.current_version
        out = [v for v in self.quote.versions if v.date is not None and v.date <= day]
        return out[-1] if out else self.quote.current_version

    @cached_property
    def confirmed_changes(self) -> tuple[Feedback, ...]:
        """The customer's requests that the confirmed version took up."""
        confirmed = self.confirmed_version
        if confirmed is None or confirmed.v is None:
            return self.feedback
        return tuple(f for f in self.feedback if f.version is None or f.version <= confirmed.v)
