"""NEG: what was agreed keeps the floor, the contract keeps what was agreed, secrets stay inside."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from salesdocs.calc.format import number, percent
from salesdocs.case import choices
from salesdocs.case.model.contract import EARLY
from salesdocs.findings import Phrase
from salesdocs.rules.registry import Deal, Hit, rule

_FLOOR: Final = "negotiation.internal.floor"
_FLOOR_KEYS: Final = {
    choices.FloorTerm.AMOUNT: "amount",
    choices.FloorTerm.DAYS: "max_days",
    choices.FloorTerm.PREPAY: "min_prepay",
    choices.FloorTerm.RETENTION: "max_retention",
    choices.FloorTerm.WARRANTY: "max_warranty",
}
_LEADERS: Final = (
    choices.Role.SALES_MANAGER,
    choices.Role.SALES_DIRECTOR,
    choices.Role.GM,
)


@rule(
    "NEG-01",
    title="What was agreed keeps the floor, or was allowed not to",
    fix="renegotiate, or have the general manager approve the exception",
    basis="house process",
)
def agreement_keeps_the_floor(deal: Deal) -> Iterator[Hit]:
    """谈判一致的金额、工期、预付款、质保金、质保期都在底线之内；突破的有破底线审批。

    为什么：底线是公司算过账的最后一道线，越过它的单子做得越多亏得越多。

    怎么改：重新谈，或由总经理审批并登记到 negotiation.exception。

    依据：流程规定。
    """
    exception = deal.case.negotiation.exception
    if exception.by is not None and exception.date is not None and exception.reason:
        return
    for row in deal.case.negotiation.floor_distances:
        if row.crossed:
            message = Phrase(
                f"突破谈判底线且无审批：{row.term.zh}底线 {number(row.floor)}，"
                f"一致 {number(row.agreed)}",
                f"below the floor without approval: {row.term.en} is {number(row.agreed)}, the "
                f"floor {number(row.floor)}",
            )
            yield Hit(f"{_FLOOR}.{_FLOOR_KEYS[row.term]}", message)


@rule(
    "NEG-02",
    title="The floor was set before the first round",
    fix="have the floor approved before talks begin",
    basis="house process",
)
def floor_is_set_beforehand(deal: Deal) -> Iterator[Hit]:
    """谈判底线在首轮谈判之前批准。

    为什么：谈完再补的底线，永远等于谈成的价。

    怎么改：首轮之前由有权人批准并登记日期；已经谈了的，按违规说明。

    依据：流程规定。
    """
    days = [talk.date for talk in deal.case.negotiation.rounds if talk.date is not None]
    floor = deal.case.negotiation.internal.floor
    if not days or deal.is_tender:
        return
    if floor.amount is None:
        yield Hit(f"{_FLOOR}.amount", Phrase("谈判底线未确定", "the floor is not set"))
    if floor.approved_on is None or floor.approved_on > min(days):
        message = Phrase(
            f"谈判底线未事先确定：批准日期 {floor.approved_on or '未填'}，首轮谈判 {min(days)}",
            f"the floor was approved on {floor.approved_on}, the first round was on {min(days)}",
        )
        yield Hit(f"{_FLOOR}.approved_on", message)


@rule(
    "NEG-03",
    title="Nothing internal stands where the customer reads",
    fix="take the internal value out of the field that customers see",
    basis="house process",
)
def secrets_stay_inside(deal: Deal) -> Iterator[Hit]:
    """给客户看的字段里没有抄入底线、目标、毛利、竞争对手、内部电话之类的内部信息。

    为什么：底价出现在客户文件里，这一单就没法谈了。

    怎么改：从对外字段里删去；文件生成之后程序还会在成品全文里再查一遍。

    依据：流程规定；民法典第五百零一条。
    """
    for path, secret in deal.leaks:
        label = deal.library.catalogue.label(secret)
        message = Phrase(
            f"内部信息泄露：这里写进了“{label}”（{secret}）的内容",
            f"an internal value stands here: that of {secret}",
        )
        yield Hit(path, message)


@rule(
    "NEG-04",
    title="A sales manager leads every round",
    fix="let the sales manager lead, or write down why not",
    basis="house process",
)
def managers_lead_rounds(deal: Deal) -> Iterator[Hit]:
    """每轮谈判由销售经理（或以上）主谈。

    为什么：销售代表主谈，容易为了成单先让。

    怎么改：由销售经理主谈；确实不能的写明处理意见。

    依据：流程规定。
    """
    for index, talk in enumerate(deal.case.negotiation.rounds):
        if talk.lead is not None and talk.lead.role not in _LEADERS:
            message = Phrase(
                f"{talk.id} 由{talk.lead.name}（{getattr(talk.lead.role, 'zh', '')}）主谈，"
                "应由销售经理主导",
                f"{talk.id} was led by {talk.lead.name}, not by a sales manager",
            )
            yield Hit(f"negotiation.rounds[{index}].lead", message)


@rule(
    "NEG-05",
    title="The contract says what was agreed",
    fix="put the agreed term, or record the round in which another was agreed",
    basis="cross-check",
)
def contract_keeps_what_was_agreed(deal: Deal) -> Iterator[Hit]:
    """合同的付款、质保、工期与谈判一致的内容相同。

    为什么：谈判记录经过了底线审批，合同另写一套就绕过了它。

    怎么改：改回一致的内容；确有新的一致意见的，补一轮谈判记录。

    依据：跨文件一致性。
    """
    for path, term, stated, agreed in _compared(deal):
        if stated is not None and agreed is not None and stated != agreed:
            message = Phrase(
                f"合同“{term.zh}”为 {stated}，与谈判一致的 {agreed} 不同",
                f"the contract's {term.en} is {stated}, {agreed} was agreed",
            )
            yield Hit(path, message)


def _compared(deal: Deal) -> Iterator[tuple[str, Phrase, object, object]]:
    """Yield path, name, what the contract says and what was agreed; more days are DLV-03."""
    contract, agreed = deal.case.contract, deal.case.negotiation.agreed
    if contract.share_total == 1:  # else PAY-01 says it
        early = _row_of(deal, *EARLY)
        yield (
            early,
            Phrase("预付款", "advance"),
            _shown(contract.prepay_share),
            _shown(agreed.prepay),
        )
        late = _row_of(deal, choices.PaymentEvent.WARRANTY_END)
        held = contract.retention_share
        yield late, Phrase("质保金", "retention"), _shown(held), _shown(agreed.retention)
    months = agreed.warranty_months
    yield (
        "contract.warranty.months",
        Phrase("质保期（月）", "warranty (months)"),
        (contract.warranty.months),
        months,
    )
    days = contract.delivery.prelim_days
    if days is not None and agreed.days is not None and days < agreed.days:
        yield (
            "contract.delivery.prelim_days",
            Phrase("工期（天）", "period (days)"),
            (days),
            agreed.days,
        )


def _shown(share: Decimal | None) -> str | None:
    return None if share is None else percent(share)


def _row_of(deal: Deal, *events: choices.PaymentEvent) -> str:
    """Return the path of the share of the first payment on one of the events."""
    payments = deal.case.contract.payments
    place = next((i for i, row in enumerate(payments) if row.event in events), 0)
    return f"contract.payments[{place}].share"
