"""PAY: when the money comes, and what happens when it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from salesdocs.calc.format import money, percent
from salesdocs.case import choices
from salesdocs.case.model.contract import EARLY, Payment
from salesdocs.findings import Phrase
from salesdocs.rules.registry import Deal, Hit, rule

_ROWS: Final = "contract.payments"
_ACCEPTANCE: Final = (
    choices.PaymentEvent.PRELIM_ACCEPTANCE,
    choices.PaymentEvent.FINAL_ACCEPTANCE,
)
_DELIVERED: Final = (choices.PaymentEvent.DELIVERY, *_ACCEPTANCE)
_SME: Final = (choices.SizeClass.MEDIUM, choices.SizeClass.SMALL, choices.SizeClass.MICRO)
_PUBLIC: Final = (choices.Nature.INSTITUTION, choices.Nature.GOVERNMENT)
_SHARES: Final = re.compile(r"\d+(?:\.\d+)?(?:\s*[/／]\s*\d+(?:\.\d+)?)+").search
_DAYS_A_YEAR: Final = 365


def _rows(deal: Deal) -> Iterator[tuple[str, Payment]]:
    for index, payment in enumerate(deal.case.contract.payments):
        yield f"{_ROWS}[{index}]", payment


def _is_small(deal: Deal) -> bool:
    """Return whether we are a small or medium enterprise, as the case states."""
    return deal.case.meta.sizes.supplier in _SME


@rule(
    "PAY-01",
    title="The payments add up to the price",
    fix="make the shares add up to 100 %",
    basis="arithmetic",
)
def shares_add_up(deal: Deal) -> Iterator[Hit]:
    """各期付款比例合计 100%。

    为什么：合计不足的部分没有付款期限，超过的部分没有依据。

    怎么改：改正比例，使合计为 100%；分摊取整的差额由最后一期承担，不用手工调。

    依据：算术。
    """
    total = deal.case.contract.share_total
    if total is not None and total != 1:
        message = Phrase(
            f"付款比例合计 {percent(total)}，应为 100%",
            f"the payment shares add to {percent(total)}, not to 100 %",
        )
        yield Hit(f"{_ROWS}[{_odd_row(deal)}].share", message)


def _odd_row(deal: Deal) -> int:
    """Return the row that departs from what was agreed, or else the last, which takes the rest."""
    payments = deal.case.contract.payments
    agreed = _agreed_shares(deal)
    if len(agreed) == len(payments):
        for index, (payment, share) in enumerate(zip(payments, agreed, strict=True)):
            if payment.share != share:
                return index
    return len(payments) - 1


def _agreed_shares(deal: Deal) -> tuple[Decimal, ...]:
    """Return the shares that a text such as 30/30/35/5 names, empty where none does."""
    negotiation = deal.case.negotiation
    trails = [t for t in negotiation.trails if t.topic == choices.TopicKind.PAYMENT]
    said = [negotiation.agreed.payments, deal.case.tender.bid.payments]
    said += [text for trail in trails for text in (trail.agreed_value, trail.last_ours)]
    for text in said:
        found = _SHARES(text or "")
        if found:
            try:
                parts = [Decimal(part.strip()) for part in re.split("[/／]", found[0])]
            except InvalidOperation:
                continue
            if sum(parts) == 100:
                return tuple(part / 100 for part in parts)
    return ()


@rule(
    "PAY-02",
    title="Every payment has an event and a term",
    fix="say what the payment waits for and how many days after it is due",
    basis="Civil Code, art. 470 and 510",
)
def payments_can_fall_due(deal: Deal) -> Iterator[Hit]:
    """每期付款都有触发条件和付款天数（约定日期付款的，有日期）。

    为什么：没有条件或期限的款项不会到期，只能事后协商。

    怎么改：写明由什么事件触发、事件后多少日内付款，或者写明日期。

    依据：民法典第四百七十条、第五百一十条。
    """
    for path, payment in _rows(deal):
        if payment.event == choices.PaymentEvent.DATE:
            missing = "date" if payment.date is None else ""
        else:
            missing = "event" if payment.event is None else "days" if payment.days is None else ""
        if missing:
            message = Phrase(
                f"付款节点“{payment.name or payment.id}”缺少触发条件或期限",
                f"payment “{payment.name or payment.id}” has no trigger or term",
            )
            yield Hit(f"{path}.{missing}", message)


@rule(
    "PAY-03",
    title="The advance is not below policy",
    fix="negotiate a larger advance, or have the manager answer for it",
    basis="house policy",
)
def advance_is_large_enough(deal: Deal) -> Iterator[Hit]:
    """预付款比例不低于政策下限。

    为什么：预付款覆盖不了启动投入，项目一开始就在替客户垫资。

    怎么改：争取提高预付款；确定接受的，由销售经理和财务写明处理意见。

    依据：公司付款政策。
    """
    payments = deal.case.contract.payments
    least = deal.policy.number("payment.prepay_min")
    advance = deal.case.contract.prepay_share or Decimal(0)
    if payments and deal.case.contract.share_total == 1 and advance < least:
        early = [i for i, payment in enumerate(payments) if payment.event in EARLY]
        message = Phrase(
            f"预付款 {percent(advance)}，低于 {percent(least)}",
            f"the advance is {percent(advance)}, policy asks for {percent(least)}",
        )
        yield Hit(f"{_ROWS}[{early[0] if early else 0}].share", message)


@rule(
    "PAY-04",
    title="The retention is not above policy",
    fix="offer a guarantee in place of the retention, or have it approved",
    basis="house policy",
)
def retention_is_small_enough(deal: Deal) -> Iterator[Hit]:
    """质保金比例不超过政策上限。

    为什么：质保金压一年以上，占用资金，也最难收。

    怎么改：争取降低比例，或用质量保函代替；确定接受的写明处理意见。

    依据：公司付款政策。
    """
    most = deal.policy.number("payment.retention_max")
    held = deal.case.contract.retention_share
    if held is None or held <= most:
        return
    for path, payment in _rows(deal):
        if payment.event == choices.PaymentEvent.WARRANTY_END:
            message = Phrase(
                f"质保金比例 {percent(held)}，超过 {percent(most)}",
                f"the retention is {percent(held)}, above {percent(most)}",
            )
            yield Hit(f"{path}.share", message)
            return


@rule(
    "PAY-05",
    title="A public body pays within 60 days of delivery",
    fix="shorten the term to 30 days, at most 60",
    basis="SME Payment Regulations, art. 9",
)
def public_body_pays_in_time(deal: Deal) -> Iterator[Hit]:
    """我方为中小企业、客户为机关或事业单位时，交付或验收后的付款期限不超过 60 日。

    为什么：法规规定三十日内付款，合同另有约定的最长不得超过六十日，超出的约定对我方没有好处。

    怎么改：把天数改为 30，最多 60。

    依据：保障中小企业款项支付条例第九条。
    """
    most = int(deal.policy.table("payment.public_body_days")["max"])
    if not (_is_small(deal) and deal.case.customer.nature in _PUBLIC):
        return
    for path, payment in _rows(deal):
        if payment.event in _DELIVERED and payment.days is not None and payment.days > most:
            message = Phrase(
                f"机关事业单位付款期限不得超过 {most} 日，“{payment.name or payment.id}”为 "
                f"{payment.days} 日",
                f"a public body pays within {most} days; “{payment.name or payment.id}” has "
                f"{payment.days}",
            )
            yield Hit(f"{path}.days", message)


@rule(
    "PAY-06",
    title="A large company pays within 60 days of delivery, or by reasonable agreement",
    fix="shorten the term, or write down why the longer one is reasonable",
    basis="SME Payment Regulations, art. 9",
)
def large_company_pays_in_time(deal: Deal) -> Iterator[Hit]:
    """我方为中小企业、客户为大型企业时，交付或验收后的付款期限不超过 60 日。

    为什么：法规规定六十日内付款，另有约定的须合理，并按行业规范、交易习惯确定。

    怎么改：缩短期限；确有理由的，写明为什么合理。

    依据：保障中小企业款项支付条例第九条。
    """
    most = deal.policy.count("payment.large_company_days")
    if not (_is_small(deal) and deal.case.customer_size == choices.SizeClass.LARGE):
        return
    for path, payment in _rows(deal):
        if payment.event in _DELIVERED and payment.days is not None and payment.days > most:
            message = Phrase(
                f"大型企业付款期限超过 {most} 日（“{payment.name or payment.id}”为 "
                f"{payment.days} 日），请核对合理性",
                f"a large company has {payment.days} days for “{payment.name or payment.id}”, "
                f"more than {most}",
            )
            yield Hit(f"{path}.days", message)


@rule(
    "PAY-07",
    title="No payment waits for somebody else's payment",
    fix="strike the condition; tie the payment to delivery or acceptance",
    basis="SME Payment Regulations, art. 9; Supreme People's Court, reply 2024 No. 11",
)
def nothing_is_paid_when_paid(deal: Deal) -> Iterator[Hit]:
    """付款条件不以收到第三方款项为前提（没有“背靠背”条款）。

    为什么：大型企业与中小企业约定以收到第三方款项作为付款前提的条款无效，写进去只会引起争议。

    怎么改：删去这个条件，改为按交付、验收付款。

    依据：保障中小企业款项支付条例第九条；法释〔2024〕11 号批复。
    """
    words = deal.policy.words("wording.pay_when_paid")
    for path, payment in _rows(deal):
        text = payment.condition or ""
        if any(word in text for word in words):
            message = Phrase(f"疑似“背靠背”付款条件：{text}", f"a pay-when-paid condition: {text}")
            yield Hit(f"{path}.condition", message)


@rule(
    "PAY-08",
    title="A small supplier says that it is one",
    fix="set contract.sme_declaration to true",
    basis="SME Payment Regulations, art. 3",
)
def small_supplier_says_so(deal: Deal) -> Iterator[Hit]:
    """我方为中小企业时，合同里声明中小企业身份。

    为什么：法规保护的前提是订立合同时主动告知；没有声明，事后难以主张法定期限和利息。

    怎么改：把 contract.sme_declaration 改为 true。

    依据：保障中小企业款项支付条例第三条。
    """
    if _is_small(deal) and not deal.case.contract.sme_declaration:
        yield Hit(
            "contract.sme_declaration",
            Phrase("建议声明中小企业身份", "declare that we are a small or medium enterprise"),
        )


@rule(
    "PAY-09",
    title="What is paid on acceptance is deemed accepted in time",
    fix="set contract.acceptance.deemed_accept to true",
    basis="Civil Code, art. 621; SME Payment Regulations, art. 10",
)
def acceptance_cannot_be_put_off(deal: Deal) -> Iterator[Hit]:
    """以验收为付款条件时，约定了逾期不验收视同验收。

    为什么：客户一直不验收，款就一直不到期。

    怎么改：把 contract.acceptance.deemed_accept 改为 true，或用标准验收条款。

    依据：民法典第六百二十一条；保障中小企业款项支付条例第十条。
    """
    waits = any(payment.event in _ACCEPTANCE for _, payment in _rows(deal))
    if waits and not deal.case.contract.acceptance.deemed_accept:
        message = Phrase(
            "以验收付款，但没有视同验收的约定", "paid on acceptance, and nothing is deemed accepted"
        )
        yield Hit("contract.acceptance.deemed_accept", message)


@rule(
    "PAY-10",
    title="Earnest money is at most a fifth of the price",
    fix="lower the earnest money, or call the rest an advance",
    basis="Civil Code, art. 586",
)
def earnest_money_is_within_the_law(deal: Deal) -> Iterator[Hit]:
    """定金不超过主合同标的额的百分之二十。

    为什么：超过部分不产生定金的效力。

    怎么改：降低定金，超过的部分写明为预付款。

    依据：民法典第五百八十六条。
    """
    deposit = deal.case.intent.deposit
    price = deal.case.contract.amount or deal.case.intent.amount
    most = deal.policy.number("payment.earnest_money_max")
    if deposit.nature != choices.DepositNature.DEPOSIT or deposit.amount is None or not price:
        return
    if deposit.amount > price * most:
        message = Phrase(
            f"定金 {money(deposit.amount)} 超过标的额 {money(price)} 的 {percent(most)}",
            f"earnest money of {money(deposit.amount)} is over {percent(most)} of {money(price)}",
        )
        yield Hit("intent.deposit.amount", message)


@rule(
    "PAY-11",
    title="No paper speaks of 订金",
    fix="say 定金, 预付款 or 诚意金, whichever is meant",
    basis="interpretation of the general part of contracts, art. 67",
)
def no_word_without_effect(deal: Deal) -> Iterator[Hit]:
    """意向书和合同的文字不用“订金”。

    为什么：“订金”没有约定定金性质的，不产生定金的效力，双倍返还、不予退还都主张不了。

    怎么改：按真实意思改为定金、预付款或诚意金，并写明退还约定。

    依据：合同编通则解释第六十七条。
    """
    for path, text in deal.texts_below("intent", "contract"):
        if "订金" in text:
            message = Phrase(
                "“订金”不产生定金效力，请明确性质", "订金 has no effect as earnest money"
            )
            yield Hit(path, message)


@rule(
    "PAY-12",
    title="Late payment costs something",
    fix="agree on damages for late payment, by default 0.05 % a day",
    basis="Civil Code, art. 577 and 585",
)
def late_payment_has_a_price(deal: Deal) -> Iterator[Hit]:
    """约定了逾期付款违约金。

    为什么：没有约定就只能主张法定利息，客户拖款没有成本。

    怎么改：填写日违约金比例，默认每日万分之五。

    依据：民法典第五百七十七条、第五百八十五条。
    """
    if not deal.case.contract.liability.late_payment_daily:
        yield Hit(
            "contract.liability.late_payment_daily",
            Phrase("未约定逾期付款违约金", "no damages for late payment are agreed"),
        )


@rule(
    "PAY-13",
    title="An invoice does not run ahead of the money",
    fix="invoice after receipt, or accept that tax falls due with the invoice",
    basis="VAT Law, art. 28",
)
def invoice_does_not_bring_tax_forward(deal: Deal) -> Iterator[Hit]:
    """以验收为付款条件时，不约定先开票后付款。

    为什么：先开具发票的，纳税义务在开票当日发生，税先交了，款还没到。

    怎么改：改为收款后开票；客户坚持先票的，财务知悉即可。

    依据：增值税法第二十八条。
    """
    waits = any(payment.event in _ACCEPTANCE for _, payment in _rows(deal))
    when = deal.case.contract.invoicing.when
    if waits and when == choices.InvoicingTime.BEFORE_PAYMENT:
        message = Phrase(
            "先开票后付款，纳税义务可能提前",
            "invoice first: tax may fall due before the money comes",
        )
        yield Hit("contract.invoicing.when", message)


@rule(
    "PAY-14",
    title="Late interest is not below the loan prime rate",
    fix="raise the daily rate to the one-year LPR ÷ 365 at least",
    basis="SME Payment Regulations, art. 17",
)
def late_interest_keeps_the_prime_rate(deal: Deal) -> Iterator[Hit]:
    """我方为中小企业时，逾期付款利率不低于一年期贷款市场报价利率。

    为什么：法规不允许约定低于合同订立时一年期 LPR 的逾期利率，低了也是白写。

    怎么改：把日违约金比例提高到一年期 LPR ÷ 365 以上，默认每日万分之五。

    依据：保障中小企业款项支付条例第十七条。
    """
    rate = deal.case.contract.liability.late_payment_daily
    prime = deal.policy.number("payment.lpr_one_year")
    if _is_small(deal) and rate and rate * _DAYS_A_YEAR < prime:
        yearly = percent(rate * _DAYS_A_YEAR)
        message = Phrase(
            f"逾期利率年化 {yearly}，低于一年期 LPR {percent(prime)}",
            f"late interest of {yearly} a year is below the one-year LPR of {percent(prime)}",
        )
        yield Hit("contract.liability.late_payment_daily", message)
