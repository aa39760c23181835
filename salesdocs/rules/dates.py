"""DTE: what happened happened in order, and not in the future."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from salesdocs.calc.format import money
from salesdocs.case.paths import pattern_of
from salesdocs.findings import Phrase
from salesdocs.process.documents import value_at
from salesdocs.rules.registry import Deal, Hit, rule

# In the order in which a deal goes; acceptance is compared by ACC-06, approvals by APR-01 and -04.
_CHAIN: Final = (
    ("lead.created", Phrase("线索录入", "the lead")),
    ("lead.first_contact.date", Phrase("首次接触", "the first contact")),
    ("lead.evaluation.date", Phrase("线索评估", "the evaluation")),
    ("needs.interviews", Phrase("需求调研", "the interview")),
    ("needs.confirmed.date", Phrase("需求确认", "the confirmation of needs")),
    ("needs.review.date", Phrase("需求评审", "the review")),
    ("proposal.submitted", Phrase("方案提交", "the proposal")),
    ("proposal.confirmation.date", Phrase("方案确认", "the confirmation")),
    ("negotiation.rounds", Phrase("谈判", "the negotiation")),
    ("negotiation.agreed.agreed_date", Phrase("达成一致", "the agreement")),
    ("intent.award.date", Phrase("中标通知", "the award")),
    ("intent.signed", Phrase("意向书签署", "the letter of intent")),
    ("contract.draft.date", Phrase("合同起草", "the draft")),
    ("contract.signed", Phrase("合同签署", "the contract")),
    ("delivery.kickoff", Phrase("项目启动", "the kick-off")),
)
# A bidder may not settle its bid with the buyer before the award (Tender Law, art. 43): the letter
# that confirms its scope comes after it, where that of an offer comes before the negotiation.
_EITHER_FIRST: Final = ("proposal.confirmation.date", "intent.award.date")
# Days by the last name of their path that say what has happened; all others say what shall be.
_FACTS: Final = frozenset(
    {
        *("date", "signed", "received", "invoice_date", "actual", "done", "closed", "decided"),
        *("created", "submitted", "sent", "checked_on", "approved_on", "agreed_date", "opened"),
        "notified_on",
    }
)
_PLANNED: Final = frozenset({"contract.payments[].date", "contract.effective.date"})


class _Point(NamedTuple):
    rank: int
    path: str
    label: Phrase
    day: date


@rule(
    "DTE-01",
    title="What happened happened in order",
    fix="look at the original papers and correct the day",
    basis="cross-check",
)
def events_are_in_order(deal: Deal) -> Iterator[Hit]:
    """从线索到项目启动，各环节的日期先后不颠倒。

    为什么：日期颠倒说明有一个日期写错，或者有一步是事后补的；审计和诉讼首先看这个。

    怎么改：查原件，改正写错的日期；确实先后颠倒的，按真实情况补记录。

    依据：跨文件一致性。
    """
    points = list(_points(deal))
    while pairs := _reversed(points):
        wrong = _most_often(pairs)
        other = next(b if a == wrong else a for a, b in pairs if wrong in (a, b))
        early, late = sorted((wrong, other), key=lambda point: point.rank)
        message = Phrase(
            f"日期先后颠倒：{early.label.zh}（{early.day}）晚于{late.label.zh}（{late.day}）",
            f"dates out of order: {early.label.en} ({early.day}) is after {late.label.en} "
            f"({late.day})",
        )
        yield Hit(wrong.path, message)
        points.remove(wrong)


def _points(deal: Deal) -> Iterator[_Point]:
    """Yield the events that have a day; rows of a list ascend only where the process says so."""
    for place, (path, label) in enumerate(_CHAIN):
        value = value_at(deal.case, path)
        if isinstance(value, date):
            yield _Point(100 * place, path, label, value)
        elif isinstance(value, Sequence):
            ascends = path == "negotiation.rounds"
            for index, row in enumerate(value):
                if row.date is not None:
                    rank = 100 * place + (index if ascends else 0)
                    named = Phrase(f"{label.zh} {row.id or ''}".strip(), f"{label.en} {row.id}")
                    yield _Point(rank, f"{path}[{index}].date", named, row.date)


def _reversed(points: Sequence[_Point]) -> list[tuple[_Point, _Point]]:
    return [
        (early, late)
        for index, early in enumerate(points)
        for late in points[index + 1 :]
        if early.rank < late.rank and early.day > late.day
        if (early.path, late.path) != _EITHER_FIRST
    ]


def _most_often(pairs: Sequence[tuple[_Point, _Point]]) -> _Point:
    """Return the event that most pairs speak against, the later one of the deal in doubt."""
    involved = [point for pair in pairs for point in pair]
    return max(involved, key=lambda point: (involved.count(point), point.rank))


@rule(
    "DTE-02",
    title="No fact is dated in the future",
    fix="correct the day, or bring meta.as_of up to date",
    basis="cross-check",
)
def facts_are_of_the_past(deal: Deal) -> Iterator[Hit]:
    """已经发生的事，日期不晚于数据截止日。

    为什么：把计划写成事实，会提前触发质保、付款和逾期的计算。

    怎么改：改正日期；确已发生的，把 meta.as_of 更新到最近一次录入的日子。

    依据：跨文件一致性。
    """
    today = deal.case.meta.as_of
    if today is None:
        return
    for path, value in deal.values:
        is_fact = path.rpartition(".")[2] in _FACTS
        if is_fact and isinstance(value, date) and value > today:
            if pattern_of(path) in _PLANNED:
                continue
            message = Phrase(
                f"{value} 晚于数据截止日 {today}", f"{value} is after the day of the data, {today}"
            )
            yield Hit(path, message)


@rule(
    "DTE-03",
    title="The contract is signed by the deadline of the letter of intent",
    fix="note that the intent was prolonged, or why it no longer matters",
    basis="house process",
)
def contract_is_signed_in_time(deal: Deal) -> Iterator[Hit]:
    """正式合同在意向书约定的期限内签订。

    为什么：过了期限，意向书可能已经失效，排他和保密约定也随之失效。

    怎么改：续签意向书，或写明处理意见。

    依据：流程规定。
    """
    signed, deadline = deal.case.contract.signed, deal.case.intent.contract_deadline
    if signed is not None and deadline is not None and signed > deadline:
        message = Phrase(
            f"{signed} 签约，超过意向书约定的签约期限 {deadline}",
            f"signed on {signed}, after the deadline of the intent, {deadline}",
        )
        yield Hit("contract.signed", message)


@rule(
    "DTE-04",
    title="No work is done before the contract is signed",
    fix="stop work until signature, or get a written order for it",
    basis="Civil Code, art. 490",
)
def no_work_before_signing(deal: Deal) -> Iterator[Hit]:
    """签约之前没有完成的里程碑。

    为什么：先履约后签约，价格和责任都没有依据；也可能被认定合同已经成立。

    怎么改：停工等签约，或请客户出具书面的先行开工单并写明费用承担。

    依据：民法典第四百九十条。
    """
    signed = deal.case.contract.signed
    for index, milestone in enumerate(deal.case.delivery.milestones):
        if signed is not None and milestone.actual is not None and milestone.actual < signed:
            name = milestone.name or milestone.id
            message = Phrase(
                f"先履约后签约：“{name}”{milestone.actual} 完成，{signed} 才签约",
                f"work before contract: “{name}” was done on {milestone.actual}, signed {signed}",
            )
            yield Hit(f"delivery.milestones[{index}].actual", message)


@rule(
    "DTE-05",
    title="After an award the contract is signed in time and true to the bid",
    fix="sign within thirty days of the notice, on the terms of the bid",
    basis="Tender Law, art. 46",
)
def contract_is_true_to_the_bid(deal: Deal) -> Iterator[Hit]:
    """招标项目在中标通知书发出之日起 30 日内签约，金额、工期、质保不背离中标内容。

    为什么：逾期签约可能丧失中标资格和保证金；背离中标内容另立协议的，协议无效并受处罚。

    怎么改：在期限内签约；金额、工期、质保改回投标文件的内容。

    依据：招标投标法第四十六条；政府采购法第四十六条。
    """
    if not deal.is_tender:
        return
    yield from _late_signature(deal)
    yield from _departures(deal)


def _late_signature(deal: Deal) -> Iterator[Hit]:
    signed, award = deal.case.contract.signed, deal.case.intent.award.date
    days = deal.policy.count("tender.contract_days")
    if signed is not None and award is not None and signed - award > timedelta(days=days):
        message = Phrase(
            f"中标通知书 {award} 发出，{signed} 签约，超过 {days} 日",
            f"awarded on {award}, signed on {signed}: more than {days} days",
        )
        yield Hit("contract.signed", message)


def _departures(deal: Deal) -> Iterator[Hit]:
    contract, bid = deal.case.contract, deal.case.tender.bid
    won = deal.case.intent.award.amount or bid.amount
    if contract.amount is not None and won is not None and contract.amount != won:
        message = Phrase(
            f"合同金额 {money(contract.amount)} 背离中标金额 {money(won)}",
            f"the price {money(contract.amount)} departs from the award {money(won)}",
        )
        yield Hit("contract.amount", message)
    days = contract.delivery.prelim_days
    if days is not None and bid.days is not None and days > bid.days:
        message = Phrase(
            f"合同工期 {days} 天，长于投标的 {bid.days} 天",
            f"the contract gives {days} days, the bid {bid.days}",
        )
        yield Hit("contract.delivery.prelim_days", message)
    months = contract.warranty.months
    if months is not None and bid.warranty_months is not None and months < bid.warranty_months:
        message = Phrase(
            f"合同质保 {months} 个月，短于投标的 {bid.warranty_months} 个月",
            f"a warranty of {months} months, the bid says {bid.warranty_months}",
        )
        yield Hit("contract.warranty.months", message)
