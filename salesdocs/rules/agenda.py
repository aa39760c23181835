"""What is due in a deal, and when: everything that somebody has to do, or that ends, by a day.

The case says what was agreed, policy.yaml how often and how soon. Nothing here knows what day it
is; the caller gives `today`, which decides only how far ahead half-years are counted and whether a
warranty is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from salesdocs.calc import period
from salesdocs.calc.format import money
from salesdocs.case import choices
from salesdocs.findings import Phrase
from salesdocs.process.policy import Policy

if TYPE_CHECKING:
    # Not at run time: what is remembered is shown without the model, which is slow to load.
    from salesdocs.case.model import Case
    from salesdocs.case.model.parties import Contact, Person

Kind = Literal[
    "first_contact",
    "next_action",
    "contact",
    "pool",
    "rerating",
    "review_action",
    "review",
    "bid",
    "proposal",
    "reply",
    "open_item",
    "intent",
    "credit",
    "approval",
    "authority",
    "contract",
    "plan",
    "milestone",
    "duty",
    "followup",
    "acceptance",
    "issue",
    "payment",
    "bond",
    "term",
    "visit",
    "problem",
    "survey",
    "improvement",
    "sheets",
    "renewal",
    "warranty",
    "growth",
]
"""What sort of thing is due."""

_ALWAYS: Final = frozenset({"payment", "sheets"})
"""What stays due when nobody works on the deal any more: money, and the law on personal data."""

_DAY: Final = timedelta(days=1)
_LEADS: Final = 2  # the last stage in which a deal is still a lead
_OFFERS: Final = (3, 4, 5)
_BEFORE_DELIVERY: Final = 5
_DELIVERY: Final = 6
_HALVES: Final = (("H1", 6, 30), ("H2", 12, 31))
_STAGE_OF: Final[dict[Kind, int]] = {
    **dict.fromkeys(("first_contact", "next_action", "contact", "pool", "rerating"), 1),
    **dict.fromkeys(("review_action", "review"), 2),
    **dict.fromkeys(("bid", "proposal", "reply"), 3),
    **dict.fromkeys(("open_item", "intent"), 4),
    **dict.fromkeys(("credit", "approval", "authority", "contract"), 5),
    **dict.fromkeys(("plan", "milestone", "duty", "followup", "acceptance", "issue"), 6),
    **dict.fromkeys(("payment", "bond", "term"), 6),
    **dict.fromkeys(("visit", "problem", "survey", "improvement", "sheets"), 7),
    **dict.fromkeys(("renewal", "warranty", "growth"), 7),
}


class DueItem(NamedTuple):
    """Something due on `day`: where it stands in the case, what it is, who sees to it.

    It is overdue after `latest`, which leaves the play that the policy leaves. `remind` is how many
    days before one wants to be told. `amount` is the money that is due, where it is money.
    """

    kind: Kind
    path: str
    day: date
    latest: date
    what: Phrase
    who: Phrase
    stage: int
    remind: int
    amount: Decimal | None = None

    def is_overdue(self, today: date) -> bool:
        """Return whether it should have been done before `today`."""
        return self.latest < today


def agenda(case: Case, policy: Policy, today: date) -> tuple[DueItem, ...]:
    """Return all that is due in the case, whenever that is, the earliest first.

    A deal that is closed, lost or put off keeps only what stays due all the same.
    """
    desk = _Desk(case, policy, today)
    items = [item for group in _GROUPS for item in group(desk)]
    if case.meta.status not in (None, choices.CaseStatus.ACTIVE):
        items = [item for item in items if item.kind in _ALWAYS]
    return tuple(sorted(items, key=lambda item: (item.day, item.path)))


@dataclass(frozen=True)
class _Desk:
    """What all questions are asked of."""

    case: Case
    policy: Policy
    today: date

    @property
    def stage(self) -> int:
        return int(self.case.meta.stage or 1)

    @property
    def is_signed(self) -> bool:
        return self.case.contract.signed is not None

    @property
    def is_accepted(self) -> bool:
        return self.case.acceptance.final.date is not None

    def item(
        self,
        kind: Kind,
        path: str,
        day: date,
        what: Phrase,
        who: Person | Contact | choices.Role | Phrase | None,
        latest: date | None = None,
        amount: Decimal | None = None,
    ) -> DueItem:
        stage = _STAGE_OF[kind]
        remind = self.policy.table("records.remind_days")
        days = remind["usual"] if kind != "payment" else self.policy.number("payment.remind_days")
        return DueItem(
            kind, path, day, latest or day, what, self.named(who), stage, int(days), amount
        )

    def named(self, who: Person | Contact | choices.Role | Phrase | None) -> Phrase:
        """Return the name; without one that of the owner of the case, or else the sales rep."""
        if isinstance(who, Phrase):
            return who
        if isinstance(who, choices.Role):
            found = [person for person in self.case.team if person.role == who and person.name]
            if len(found) != 1:
                return Phrase(who.zh, who.en)
            who = found[0]
        for person in (who, self.case.meta.owner, self.case.lead.owner):
            if person is not None and person.name:
                return Phrase(person.name, person.name_en or person.name)
        return Phrase(choices.Role.SALES_REP.zh, choices.Role.SALES_REP.en)


# ---- the lead ----


def _lead(desk: _Desk) -> Iterator[DueItem]:
    lead, policy = desk.case.lead, desk.policy
    if desk.is_signed or desk.stage > _BEFORE_DELIVERY:
        return
    rating, owner = lead.evaluation, lead.owner or desk.case.meta.owner
    grade = rating.grade
    last = desk.case.last_contact
    action = _next_action(desk) if desk.stage == 1 else None
    if action is not None:
        yield action
    if desk.stage == 1 and last is None and lead.created is not None:
        # A lead that nobody rated yet is treated as the best: it may be one.
        days = int(min(policy.table("lead.next_action_days").values()))
        day = period.working_days_after(lead.created, days).day
        what = Phrase("首次联系客户并记录", "First contact with the customer")
        yield desk.item("first_contact", "lead.first_contact.date", day, what, owner)
    if grade is not None and action is None and (last or rating.date) is not None:
        days = int(policy.table("lead.contact_days")[grade.value])
        day = (last or rating.date or date.min) + days * _DAY
        what = Phrase(
            f"联系客户（{grade.value} 级，每 {days} 天一次）",
            f"Contact the customer (grade {grade.value}, every {days} days)",
        )
        yield desk.item("contact", "lead.evaluation.ratings", day, what, owner)
    if rating.date is not None and rating.score is not None:
        day = rating.date + policy.count("lead.rerate_days") * _DAY
        yield desk.item(
            "rerating",
            "lead.evaluation.date",
            day,
            Phrase("重新评级", "Rate the lead again"),
            owner,
        )
    since = last or lead.created
    if desk.stage <= _LEADS and since is not None:
        days = policy.count("lead.pool_days")
        what = Phrase(
            f"{days} 天未联系，退回公海", f"{days} days without contact: back to the pool"
        )
        manager = choices.Role.SALES_MANAGER
        yield desk.item("pool", "lead.owner", since + days * _DAY, what, manager)


def _next_action(desk: _Desk) -> DueItem | None:
    """Return the next step that the rating asks for, until the customer was seen after it."""
    rating = desk.case.lead.evaluation
    step, grade, last = rating.next_action, rating.grade, desk.case.last_contact
    day = step.due
    if day is None and rating.date is not None and grade is not None:
        days = int(desk.policy.table("lead.next_action_days")[grade.value])
        day = period.working_days_after(rating.date, days).day
    if day is None or (last is not None and rating.date is not None and last > rating.date):
        return None
    what = _quoted(Phrase("线索跟进", "Next step"), step.what)
    path = "lead.evaluation.next_action.due"
    return desk.item("next_action", path, day, what, step.owner)


# ---- needs, offer, negotiation ----


def _needs(desk: _Desk) -> Iterator[DueItem]:
    review = desk.case.needs.review
    for index, action in enumerate(review.actions):
        if action.open and action.due is not None and not desk.is_accepted:
            what = _quoted(Phrase("评审行动项", "Action of the review"), action.what)
            path = f"needs.review.actions[{index}].due"
            yield desk.item("review_action", path, action.due, what, action.owner)
    if review.next is not None and desk.stage <= _LEADS:
        what = Phrase("需求再次评审", "The needs are reviewed again")
        yield desk.item("review", "needs.review.next", review.next, what, review.chair)


def _offer(desk: _Desk) -> Iterator[DueItem]:
    case = desk.case
    if desk.is_signed or desk.stage > _BEFORE_DELIVERY:
        return
    deadline = case.tender.bid_deadline
    if deadline is not None and case.proposal.submitted is None:
        what = Phrase("投标（响应）截止", "Bids are due")
        yield desk.item("bid", "tender.bid_deadline", deadline, what, None)
    valid, agreed = case.proposal.valid_until, case.negotiation.agreed.agreed_date
    if (
        valid is not None
        and desk.stage in _OFFERS
        and agreed is None
        and case.intent.signed is None
    ):
        what = Phrase("报价有效期届满", "The offer expires")
        yield desk.item("proposal", "proposal.valid_until", valid, what, None)
    letter = case.proposal.confirmation
    if letter.reply_by is not None and letter.date is None and letter.result is None:
        what = Phrase("客户回复方案确认函", "The customer answers the confirmation letter")
        path = "proposal.confirmation.reply_by"
        yield desk.item("reply", path, letter.reply_by, what, None)
    yield from _open_items(desk)
    yield from _intent(desk)
    checked = case.customer.credit.checked_on
    if checked is not None and desk.stage in (4, 5):
        days = desk.policy.count("party.credit_check_days")
        what = Phrase(
            f"资信核查满 {days} 天，签约前重新核查",
            f"The credit check is {days} days old: check again before signing",
        )
        day = checked + days * _DAY
        yield desk.item("credit", "customer.credit.checked_on", day, what, choices.Role.LEGAL)


def _open_items(desk: _Desk) -> Iterator[DueItem]:
    """Yield what the last round left open; what an earlier one left was taken up in the next."""
    rounds = desk.case.negotiation.rounds
    if rounds and desk.case.negotiation.agreed.agreed_date is None:
        for index, row in enumerate(rounds[-1].open_items):
            if row.due is not None:
                what = _quoted(Phrase("谈判待决事项", "Open item of the negotiation"), row.what)
                path = f"negotiation.rounds[{len(rounds) - 1}].open_items[{index}].due"
                yield desk.item("open_item", path, row.due, what, row.owner)


def _intent(desk: _Desk) -> Iterator[DueItem]:
    intent = desk.case.intent
    sign = Phrase("签订正式合同", "Sign the contract")
    if intent.award.date is not None:
        days = desk.policy.count("tender.contract_days")
        what = Phrase(
            f"{sign.zh}（中标通知书发出后 {days} 日内）",
            f"{sign.en} (within {days} days of the award)",
        )
        day = intent.award.date + days * _DAY
        yield desk.item("contract", "intent.award.date", day, what, None)
        return
    day_or_none = intent.contract_deadline
    if day_or_none is None and intent.signed is not None:
        day_or_none = intent.signed + desk.policy.count("intent.contract_days") * _DAY
    if day_or_none is not None:
        yield desk.item("contract", "intent.contract_deadline", day_or_none, sign, None)
    if intent.expires is not None:
        what = Phrase("意向书届满", "The letter of intent expires")
        yield desk.item("intent", "intent.expires", intent.expires, what, None)


# ---- contract ----


def _contract(desk: _Desk) -> Iterator[DueItem]:
    contract = desk.case.contract
    if not desk.is_signed:
        yield from _approval(desk)
        for side, name in (("a", Phrase("甲方", "Party A")), ("b", Phrase("乙方", "Party B"))):
            valid = getattr(contract.signatories, side).poa.valid_to
            if valid is not None:
                what = Phrase(
                    f"{name.zh}授权委托书到期", f"The power of attorney of {name.en} ends"
                )
                path = f"contract.signatories.{side}.poa.valid_to"
                yield desk.item("authority", path, valid, what, choices.Role.LEGAL)
        return
    bond = contract.performance_bond.valid_to
    if bond is not None:
        what = Phrase("履约担保到期", "The performance bond ends")
        path = "contract.performance_bond.valid_to"
        yield desk.item("bond", path, bond, what, choices.Role.FINANCE)
    end = contract.term.end
    if end is not None:
        notice = contract.term.renewal_notice_days or 0
        what = Phrase(
            f"合同于 {end} 到期，{'须提前通知' if notice else '商谈'}续约",
            f"The contract ends on {end}: {'give notice of' if notice else 'talk about'} renewal",
        )
        yield desk.item("term", "contract.term.end", end - notice * _DAY, what, None)


def _approval(desk: _Desk) -> Iterator[DueItem]:
    """Yield the step of the approval that is to be taken now; the next begins when it is done."""
    contract = desk.case.contract
    begun, days = contract.draft.date, desk.policy.table("approval.working_days")
    for row in contract.required_approvals:
        given = row.approval
        if given is not None and given.result == choices.ApprovalResult.APPROVED:
            begun = given.date or begun
            continue
        begun = given.date if given is not None and given.date is not None else begun
        if begun is None:
            return
        people = [p for p in desk.case.team if p.role in row.roles and p.name]
        who = people[0] if len(people) == 1 else Phrase(
            "、".join(role.zh for role in row.roles), " / ".join(role.en for role in row.roles)
        )  # fmt: skip
        what = Phrase(f"合同审批：{row.dept.zh}", f"Approval of the contract: {row.dept.en}")
        day = period.working_days_after(begun, int(days[row.dept.value])).day
        yield desk.item("approval", "contract.approvals", day, what, who)
        return


# ---- delivery ----


def _delivery(desk: _Desk) -> Iterator[DueItem]:
    case = desk.case
    delivery, contract = case.delivery, case.contract
    if not desk.is_signed or desk.is_accepted:
        return
    manager = delivery.pm or choices.Role.PM
    if delivery.confirmed is None and contract.start is not None and desk.stage <= _DELIVERY:
        day = contract.start + desk.policy.count("delivery.plan_signoff_days") * _DAY
        what = Phrase("双方项目经理确认交付计划", "Both project managers confirm the plan")
        yield desk.item("plan", "delivery.confirmed", day, what, manager)
    for index, row in enumerate(delivery.milestones):
        if not row.done and row.planned is not None:
            what = _quoted(Phrase("里程碑", "Milestone"), row.name)
            path = f"delivery.milestones[{index}].planned"
            yield desk.item("milestone", path, row.planned, what, row.owner or manager)
    yield from _duties(desk)
    yield from _followups(desk)
    prelim, after = case.acceptance.prelim.date, contract.acceptance.final_after_days
    if prelim is None and contract.prelim_due is not None:
        what = Phrase("完成交付并初验", "Deliver, for preliminary acceptance")
        yield desk.item("acceptance", "contract.delivery.prelim_due", contract.prelim_due, what,
                        manager)  # fmt: skip
    elif prelim is not None and after is not None:
        what = Phrase("终验", "Final acceptance")
        path = "acceptance.final.date"
        yield desk.item("acceptance", path, prelim + after * _DAY, what, manager)


def _duties(desk: _Desk) -> Iterator[DueItem]:
    """Yield what the customer has to provide: by the plan, or by the contract without one."""
    said = Phrase("客户配合事项", "Duty of the customer")
    planned = desk.case.delivery.customer_duties
    for index, row in enumerate(planned):
        is_open = row.done is None and row.status != choices.OpenClosed.CLOSED
        if is_open and row.due is not None:
            path = f"delivery.customer_duties[{index}].due"
            yield desk.item("duty", path, row.due, _quoted(said, row.what), row.owner)
    if planned or desk.case.acceptance.prelim.date is not None:
        return
    for index, agreed in enumerate(desk.case.contract.customer_duties):
        if agreed.due is not None:
            path = f"contract.customer_duties[{index}].due"
            yield desk.item("duty", path, agreed.due, _quoted(said, agreed.what), None)


def _followups(desk: _Desk) -> Iterator[DueItem]:
    delivery = desk.case.delivery
    rows = delivery.followups
    days = [row.date for row in rows if row.date is not None]
    last = max(days, default=delivery.kickoff)
    if last is not None:
        limits = desk.policy.table("delivery.followup_days")
        day = last + int(limits["usual"]) * _DAY
        is_longer = period.holiday_between(last, day + _DAY)
        latest = last + int(limits["holiday" if is_longer else "usual"]) * _DAY
        what = Phrase("每周跟进客户", "Weekly contact with the customer")
        yield desk.item("followup", "delivery.followups", day, what, None, latest)
    if rows and rows[-1].due is not None and rows[-1].action:
        what = _quoted(Phrase("跟进事项", "Action of the follow-up"), rows[-1].action)
        path = f"delivery.followups[{len(rows) - 1}].due"
        yield desk.item("followup", path, rows[-1].due, what, rows[-1].owner)


def _issues(desk: _Desk) -> Iterator[DueItem]:
    for index, row in enumerate(desk.case.acceptance.open_issues):
        if row.open and row.due is not None:
            what = _quoted(Phrase("验收遗留问题", "Open issue of the acceptance"), row.desc)
            path = f"acceptance.open_issues[{index}].due"
            yield desk.item("issue", path, row.due, what, row.owner)


def _money(desk: _Desk) -> Iterator[DueItem]:
    for index, row in enumerate(desk.case.payment_schedule):
        if row.due is None or row.settled or row.outstanding is None:
            continue
        sum_ = money(row.outstanding)
        name = row.name or row.id or ""
        what = Phrase(f"收款：{name} {sum_} 元", f"Payment: {name} CNY {sum_}")
        if row.provisional:
            what = Phrase(
                f"{what.zh}（节假日安排公布后可能顺延）",
                f"{what.en} (may move when the holidays are published)",
            )
        path = f"contract.payments[{index}]"
        yield desk.item("payment", path, row.due, what, None, amount=row.outstanding)


# ---- after-sales ----


def _visits(desk: _Desk) -> Iterator[DueItem]:
    after, accepted = desk.case.aftersales, desk.case.acceptance.final.date
    carer = choices.Role.CSM
    days = [visit.date for visit in after.visits if visit.date is not None]
    last = max(days, default=accepted)
    if last is not None and accepted is not None:
        latest = last + desk.policy.count("aftersales.visit_days") * _DAY
        what = Phrase("月度回访", "Monthly visit")
        yield desk.item(
            "visit", "aftersales.visits", period.add_months(last, 1), what, carer, latest
        )
    if after.visits and after.visits[-1].low and after.visits[-1].date is not None:
        low = after.visits[-1]
        day = (
            after.visits[-1].date
            + int(desk.policy.table("aftersales.escalate_days")["visit"]) * _DAY
        )
        what = Phrase(
            f"低分（{low.score} 分）再次回访", f"Visit again after a score of {low.score}"
        )
        path = f"aftersales.visits[{len(after.visits) - 1}].score"
        yield desk.item("visit", path, day, what, carer)
    for index, visit in enumerate(after.visits):
        for number, problem in enumerate(visit.all_problems):
            # A problem written in the row itself stands before those of the list.
            in_list = number - (len(visit.all_problems) - len(visit.problems))
            place = f".problems[{in_list}]" if in_list >= 0 else ""
            severe = problem.severity == choices.Severity.CRITICAL
            due = problem.due
            if due is None and severe and visit.date is not None:
                due = visit.date + desk.policy.count("aftersales.severe_hours") // 24 * _DAY
            if problem.closed is None and due is not None:
                what = _quoted(Phrase("客户反馈问题", "Problem of the customer"), problem.desc)
                path = f"aftersales.visits[{index}]{place}.due"
                yield desk.item("problem", path, due, what, problem.owner or carer)


def _surveys(desk: _Desk) -> Iterator[DueItem]:
    surveys, accepted = desk.case.aftersales.surveys, desk.case.acceptance.final.date
    carer = choices.Role.CSM
    if accepted is not None:
        window = desk.policy.table("aftersales.survey_window")
        done = {survey.period for survey in surveys}
        for name, end in _half_years(accepted.year, desk.today):
            in_use = end - accepted >= int(window["in_use"]) * _DAY
            if in_use and name not in done:
                what = Phrase(f"{name} 满意度调研", f"Satisfaction survey {name}")
                latest = end + int(window["after"]) * _DAY
                yield desk.item("survey", "aftersales.surveys", end, what, carer, latest)
    for index, survey in enumerate(surveys):
        for number, row in enumerate(survey.improvements):
            if row.due is not None and row.status != choices.OpenClosed.CLOSED:
                what = _quoted(Phrase("改进措施", "Improvement"), row.action or row.issue)
                path = f"aftersales.surveys[{index}].improvements[{number}].due"
                yield desk.item("improvement", path, row.due, what, row.owner or carer)
        named = any(row.contact_name or row.contact_phone for row in survey.responses)
        if named and survey.kept_until is not None:
            what = Phrase(
                f"{survey.period or ''} 问卷保存期满：销毁原件，删去联系方式",
                f"Sheets of {survey.period or ''} have been kept long enough: destroy them",
            )
            path = f"aftersales.surveys[{index}].responses"
            yield desk.item("sheets", path, survey.kept_until, what, carer)


def _half_years(first: int, today: date) -> Iterable[tuple[str, date]]:
    """Return name and last day of the half-years from a year on to the one after that of today."""
    halves = [
        (f"{year}{half}", date(year, month, last))
        for year in range(first, max(first, today.year) + 2)
        for half, month, last in _HALVES
    ]
    ahead = sum(end >= today for _, end in halves)
    return halves[: len(halves) - max(0, ahead - 2)]


def _warranty(desk: _Desk) -> Iterator[DueItem]:
    warranty = desk.case.warranty_period
    if warranty is None or warranty.last < desk.today:
        return
    carer = choices.Role.CSM
    what = Phrase("质保期满", "The warranty ends")
    yield desk.item("warranty", "contract.warranty.months", warranty.last, what, carer)
    growth = desk.case.aftersales.growth
    if not any(row.kind == choices.GrowthKind.RENEWAL for row in growth):
        days = desk.policy.count("warranty.renew_before_days")
        what = Phrase(
            f"商谈续保（质保 {warranty.last} 到期）",
            f"Talk about further service (the warranty ends on {warranty.last})",
        )
        day = warranty.last - days * _DAY
        yield desk.item("renewal", "aftersales.growth", day, what, carer)


def _growth(desk: _Desk) -> Iterator[DueItem]:
    over = (choices.GrowthStatus.CONVERTED, choices.GrowthStatus.LOST)
    for index, row in enumerate(desk.case.aftersales.growth):
        if row.next.due is not None and row.status not in over:
            what = _quoted(Phrase("新商机", "New business"), row.next.what)
            path = f"aftersales.growth[{index}].next.due"
            yield desk.item("growth", path, row.next.due, what, row.next.owner or row.owner)


_GROUPS: Final[tuple[Callable[[_Desk], Iterator[DueItem]], ...]] = (
    _lead, _needs, _offer, _contract, _delivery, _issues, _money, _visits, _surveys, _warranty,
    _growth,
)  # fmt: skip


def _quoted(head: Phrase, text: str | None) -> Phrase:
    """Return the head, and after it what the case says in its own words."""
    plain = " ".join((text or "").split()).rstrip("。.")
    return Phrase(f"{head.zh}：{plain}", f"{head.en}: {plain}") if plain else head
