"""FUP and CHG: the weekly contact during delivery, and changes in writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from salesdocs.calc import period
from salesdocs.case.model.parties import Contact, Person
from salesdocs.findings import Phrase
from salesdocs.rules.registry import Deal, Hit, rule


@rule(
    "FUP-01",
    title="The sales rep is in touch with the customer every week of the delivery",
    fix="contact the customer now and record it",
    basis="house process",
)
def contact_is_weekly(deal: Deal) -> Iterator[Hit]:
    """交付期间每周联系客户一次，间隔不超过 7 天，跨法定节假日或调休不超过 10 天。

    为什么：隔得久了，问题都是客户投诉时才知道。

    怎么改：马上联系并记录；确有记录漏填的，补上真实日期。

    依据：流程规定。
    """
    limits = deal.policy.table("delivery.followup_days")
    delivery, final = deal.case.delivery, deal.case.acceptance.final.date
    last = delivery.kickoff
    for index, row in enumerate(delivery.followups):
        if row.date is not None and last is not None and (final is None or last < final):
            yield from _gap(f"delivery.followups[{index}].date", last, row.date, limits)
        last = row.date or last
    today = deal.case.meta.as_of
    if final is None and last is not None and today is not None:
        yield from _gap("delivery.followups", last, today, limits)


def _gap(path: str, last: date, day: date, limits: Mapping[str, Decimal]) -> Iterator[Hit]:
    days = (day - last).days
    most = int(limits["holiday" if period.holiday_between(last, day) else "usual"])
    if days > most:
        message = Phrase(
            f"跟进间隔 {days} 天（{last} 至 {day}），超过 {most} 天",
            f"{days} days without contact ({last} to {day}), more than {most}",
        )
        yield Hit(path, message)


@rule(
    "CHG-01",
    title="An approved change is signed by both sides",
    fix="have both project managers sign the change form",
    basis="house rule; Civil Code, art. 543",
)
def changes_are_signed_by_both(deal: Deal) -> Iterator[Hit]:
    """已同意的变更有双方人员签认。

    为什么：口头变更不构成变更，做了也收不到钱、延不了期。

    怎么改：请双方项目经理在变更单上签字，把签认人写进 signed_by。

    依据：合同变更条款；民法典第五百四十三条。
    """
    for index, change in enumerate(deal.case.delivery.changes):
        if change not in deal.case.delivery.approved_changes:
            continue
        ours = any(isinstance(person, Person) for person in change.signed_by)
        theirs = any(isinstance(person, Contact) for person in change.signed_by)
        if not (ours and theirs):
            who = Phrase("双方", "both") if not (ours or theirs) else (
                Phrase("客户", "the customer") if ours else Phrase("我方", "us")
            )  # fmt: skip
            message = Phrase(
                f"变更 {change.id} 未经{who.zh}签认",
                f"change {change.id} is not signed by {who.en}",
            )
            yield Hit(f"delivery.changes[{index}].signed_by", message)


@rule(
    "CHG-02",
    title="A change that touches the price comes with a supplement",
    fix="sign a supplementary agreement and enter its number",
    basis="Civil Code, art. 543",
)
def changes_of_price_have_a_supplement(deal: Deal) -> Iterator[Hit]:
    """已同意且涉及金额的变更，签了补充协议。

    为什么：变更单只由项目经理签字，无权改合同总价。

    怎么改：签补充协议，把编号写进变更的 supplement，并登记到 contract.supplements。

    依据：民法典第五百四十三条；合同变更条款。
    """
    for index, change in enumerate(deal.case.delivery.changes):
        approved = change in deal.case.delivery.approved_changes
        if approved and change.amount and not change.supplement:
            message = Phrase(
                f"涉及金额的变更 {change.id} 需补充协议",
                f"change {change.id} touches the price and needs a supplement",
            )
            yield Hit(f"delivery.changes[{index}].supplement", message)
