"""DLV: when, where and how we deliver, and whether the plan keeps what the contract promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from salesdocs.case import choices
from salesdocs.case.model.delivery import Milestone
from salesdocs.findings import Phrase
from salesdocs.rules.registry import Deal, Hit, rule

_MILESTONES: Final = "delivery.milestones"
_GOODS: Final = (
    ("packaging", Phrase("包装", "packaging")),
    ("transport", Phrase("运输", "transport")),
    ("risk_transfer", Phrase("风险转移", "transfer of risk")),
)
_MILESTONE_FACTS: Final = (
    ("planned", Phrase("时间", "date")),
    ("owner", Phrase("责任人", "owner")),
    ("output", Phrase("交付物", "output")),
)
_PRELIMINARY: Final = "初验"


def has_goods(deal: Deal) -> bool:
    """Return whether anything that is sold is a thing."""
    return any(line.kind == choices.LineKind.GOODS for line in deal.case.proposal.quote.lines)


@rule(
    "DLV-01",
    title="The time of performance can be computed",
    fix="write a day, or a number of days from an event",
    basis="Civil Code, art. 470 and 511",
)
def time_of_performance_is_fixed(deal: Deal) -> Iterator[Hit]:
    """合同写明交付日期或天数，不用“尽快”“另行通知”之类的话。

    为什么：履行期限不明确的，对方可以随时要求履行，我方也无从证明没有逾期。

    怎么改：写具体日期，或写“自某事件起若干日内”；删去算不出日期的说法。

    依据：民法典第四百七十条、第五百一十一条。
    """
    terms = deal.case.contract.delivery
    if terms.prelim_days is None and terms.prelim_due is None:
        yield Hit(
            "contract.delivery.prelim_days",
            Phrase("履行期限不明确：没有交付日期或天数", "neither a date nor a period of delivery"),
        )
    words = deal.policy.words("wording.vague_time")
    for path, text in deal.contract_texts():
        found = next((word for word in words if word in text), None)
        if found:
            message = Phrase(
                f"履行期限不明确：“{text}”中的“{found}”算不出日期",
                f"“{found}” in “{text}” is no computable time",
            )
            yield Hit(path, message)


@rule(
    "DLV-02",
    title="Place and manner of performance are stated",
    fix="state the place, and for goods how they are handed over",
    basis="Civil Code, art. 470",
)
def place_and_manner_are_stated(deal: Deal) -> Iterator[Hit]:
    """合同写明履行地点；含货物的，写明交付方式。

    为什么：履行地点决定运费、风险和管辖；没有写的按法定规则推定，多半不是我方想要的。

    怎么改：补上地点（写到街道或厂区）；货物写明送货、自提还是代办托运。

    依据：民法典第四百七十条。
    """
    contract = deal.case.contract
    if not contract.delivery.place:
        yield Hit("contract.delivery.place", Phrase("履行地点缺失", "the place is missing"))
    if has_goods(deal) and not (contract.delivery.mode or contract.goods.transport):
        yield Hit(
            "contract.delivery.mode",
            Phrase(
                "含货物，交付方式缺失", "there are goods, and the manner of delivery is missing"
            ),
        )


@rule(
    "DLV-03",
    title="The contract does not promise to be quicker or slower than agreed",
    fix="put the agreed days, or record the round in which others were agreed",
    basis="cross-check",
)
def period_is_the_agreed_one(deal: Deal) -> Iterator[Hit]:
    """合同工期不超过谈判一致的天数。

    为什么：客户按谈判的工期安排了自己的计划；合同写长了，签约时会被退回，或者成为违约的争点。

    怎么改：改为一致的天数；确有新的一致意见的，补谈判记录。

    依据：跨文件一致性。
    """
    stated, agreed = deal.case.contract.delivery.prelim_days, deal.case.negotiation.agreed.days
    if stated is not None and agreed is not None and stated > agreed:
        message = Phrase(
            f"合同工期 {stated} 天，超过谈判一致的 {agreed} 天",
            f"the contract gives {stated} days, {agreed} were agreed",
        )
        yield Hit("contract.delivery.prelim_days", message)


@rule(
    "DLV-04",
    title="The due day is the one the days lead to",
    fix="correct the day or the number of days; a holiday at the end moves it on",
    basis="arithmetic; Civil Code, art. 201 and 203",
)
def due_day_matches_the_days(deal: Deal) -> Iterator[Hit]:
    """写明的初验到期日等于生效日加工期天数。

    为什么：日期和天数打架时，双方各取对自己有利的一个。

    怎么改：以天数为准改日期，或以日期为准改天数。

    依据：民法典第二百零一条、第二百零三条。
    """
    contract = deal.case.contract
    stated, counted = contract.delivery.prelim_due, contract.counted_prelim_due
    if stated is not None and counted is not None and stated != counted:
        message = Phrase(
            f"到期日 {stated} 与天数不一致：{contract.start} 起 "
            f"{contract.delivery.prelim_days} 天为 {counted}",
            f"{stated} is not {contract.delivery.prelim_days} days from {contract.start}: "
            f"that is {counted}",
        )
        yield Hit("contract.delivery.prelim_due", message)


@rule(
    "DLV-05",
    title="Goods come with terms on packing, carriage and risk",
    fix="fill in contract.goods",
    basis="Civil Code, art. 596 and 604",
)
def goods_have_terms(deal: Deal) -> Iterator[Hit]:
    """含货物的合同约定了包装、运输和风险转移。

    为什么：货物在路上坏了由谁承担，没有约定就按交付推定，常常在签收前就起争议。

    怎么改：在 contract.goods 里写明包装、运费和保险由谁承担、风险何时转移。

    依据：民法典第五百九十六条、第六百零四条。
    """
    goods = deal.case.contract.goods
    missing = [label for key, label in _GOODS if not getattr(goods, key)]
    if has_goods(deal) and missing:
        message = Phrase(
            f"含货物，缺少{'、'.join(label.zh for label in missing)}约定",
            f"there are goods without terms on {', '.join(label.en for label in missing)}",
        )
        yield Hit("contract.goods", message)


@rule(
    "DLV-06",
    title="Every milestone has a date, an owner and an output",
    fix="fill in what is missing",
    basis="house process",
)
def milestones_are_complete(deal: Deal) -> Iterator[Hit]:
    """每个里程碑都有计划时间、责任人和交付物。

    为什么：缺一项的里程碑没有人对它负责，也验收不了。

    怎么改：补全时间、责任人、交付物。

    依据：流程规定。
    """
    for index, milestone in enumerate(deal.case.delivery.milestones):
        missing = [(key, label) for key, label in _MILESTONE_FACTS if not getattr(milestone, key)]
        if missing:
            name = milestone.name or milestone.id
            message = Phrase(
                f"里程碑“{name}”缺少{'、'.join(label.zh for _, label in missing)}",
                f"milestone “{name}” lacks {', '.join(label.en for _, label in missing)}",
            )
            yield Hit(f"{_MILESTONES}[{index}].{missing[0][0]}", message)


@rule(
    "DLV-07",
    title="The plan is done by the contract date",
    fix="plan earlier, or agree on a change of the period in writing",
    basis="cross-check",
)
def plan_keeps_the_contract_date(deal: Deal) -> Iterator[Hit]:
    """计划的初验日、各交付物首次交付的日期都不晚于合同期限。

    为什么：计划排在合同之后，等于自己承认会逾期。

    怎么改：调整计划；确实做不到的，先办变更、签补充协议。

    依据：跨文件一致性。
    """
    due = _due(deal)
    if due is None:
        return
    handed_over: set[str | None] = set()
    for index, milestone in enumerate(deal.case.delivery.milestones):
        fresh = {each.id for each in milestone.deliverables} - handed_over
        handed_over |= fresh
        counts = bool(fresh) or _PRELIMINARY in (milestone.name or "")
        if counts and milestone.planned is not None and milestone.planned > due:
            message = Phrase(
                f"“{milestone.name or milestone.id}”计划 {milestone.planned} 完成，"
                f"晚于合同期限 {due}",
                f"“{milestone.name or milestone.id}” is planned for {milestone.planned}, "
                f"after the contract date {due}",
            )
            yield Hit(f"{_MILESTONES}[{index}].planned", message)


def _due(deal: Deal) -> date | None:
    """Return the contract date, moved by approved changes of the period."""
    due = deal.case.contract.prelim_due
    days = sum(change.days or 0 for change in deal.case.delivery.approved_changes)
    if due is None or not days:
        return due
    return date.fromordinal(due.toordinal() + days)


@rule(
    "DLV-08",
    title="The contract says what the customer has to provide",
    fix="list the customer's duties with their dates",
    basis="house rule",
)
def customer_has_duties(deal: Deal) -> Iterator[Hit]:
    """约定了甲方的配合义务。

    为什么：场地、网络、数据不到位造成的延误，没有约定就算在我方头上。

    怎么改：在 contract.customer_duties 或交付计划的甲方配合事项里逐条写明内容和期限。

    依据：公司规定。
    """
    case = deal.case
    if not (case.contract.customer_duties or case.delivery.customer_duties):
        yield Hit(
            "contract.customer_duties",
            Phrase("未约定甲方配合义务", "no duties of the customer are agreed"),
        )


def first_handover(deal: Deal) -> dict[str | None, Milestone]:
    """Return by the id of each deliverable the milestone that hands it over first."""
    first: dict[str | None, Milestone] = {}
    for milestone in deal.case.delivery.milestones:
        for deliverable in milestone.deliverables:
            first.setdefault(deliverable.id, milestone)
    return first
