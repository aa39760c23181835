"""AMT: the price is the one that was quoted and agreed, and its tax is right."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from salesdocs.calc import tax
from salesdocs.calc.format import money, percent
from salesdocs.case import choices
from salesdocs.case.model.parties import Person
from salesdocs.findings import Phrase
from salesdocs.rules.registry import Deal, Hit, rule

_LINES: Final = "proposal.quote.lines"
_TAXED_GIFTS: Final = (choices.LineKind.GOODS, choices.LineKind.SOFTWARE)


@rule(
    "AMT-01",
    title="The contract amount is the quote total",
    fix="correct the amount, or issue a new quote version with the agreed prices",
    basis="cross-check",
)
def contract_amount_is_the_quote_total(deal: Deal) -> Iterator[Hit]:
    """合同金额等于当前报价各行含税金额之和。

    为什么：合同附件二就是报价明细，总价和明细对不上，开票、验收、结算都会起争议。

    怎么改：改正合同金额；价格有变的，先出新一版报价，让明细与总价一致。

    依据：跨文件一致性。
    """
    stated, quoted = deal.case.contract.amount, deal.case.proposal.quote.total
    if stated is not None and quoted is not None and stated != quoted:
        message = Phrase(
            f"合同金额 {money(stated)} 与报价合计 {money(quoted)} 不一致",
            f"the contract amount {money(stated)} differs from the quote total {money(quoted)}",
        )
        yield Hit("contract.amount", message)


@rule(
    "AMT-02",
    title="The contract amount is the amount agreed on",
    fix="correct the amount, or record the round in which the new price was agreed",
    basis="cross-check",
)
def contract_amount_is_the_agreed_amount(deal: Deal) -> Iterator[Hit]:
    """合同金额等于谈判一致的金额。

    为什么：审批人看的是谈判结果；合同悄悄改了价，等于绕过审批。

    怎么改：改正合同金额；确有新的一致意见的，补一轮谈判记录并更新一致金额。

    依据：跨文件一致性。
    """
    stated, agreed = deal.case.contract.amount, deal.case.negotiation.agreed.amount
    if stated is not None and agreed is not None and stated != agreed:
        message = Phrase(
            f"合同金额 {money(stated)} 与谈判一致金额 {money(agreed)} 不符",
            f"the contract amount {money(stated)} differs from the agreed {money(agreed)}",
        )
        yield Hit("contract.amount", message)


@rule(
    "AMT-03",
    title="The intended amount is the amount agreed on",
    fix="correct the amount of the letter of intent",
    basis="cross-check",
)
def intended_amount_is_the_agreed_amount(deal: Deal) -> Iterator[Hit]:
    """意向书金额等于谈判一致的金额。

    为什么：意向书是起草合同的依据，金额写错会被对方当作我方的报价。

    怎么改：改正意向金额。

    依据：跨文件一致性。
    """
    stated, agreed = deal.case.intent.amount, deal.case.negotiation.agreed.amount
    if stated is not None and agreed is not None and stated != agreed:
        message = Phrase(
            f"意向书金额 {money(stated)} 与谈判一致金额 {money(agreed)} 不符",
            f"the intended amount {money(stated)} differs from the agreed {money(agreed)}",
        )
        yield Hit("intent.amount", message)


@rule(
    "AMT-05",
    title="The total of the current quote version is the sum of its lines",
    fix="correct the total of the version, or the line that is wrong",
    basis="house process",
)
def version_total_is_the_sum_of_lines(deal: Deal) -> Iterator[Hit]:
    """当前报价版本登记的合计等于明细之和。

    为什么：报价单上的总价是手写承诺过的数；和明细不符时，客户会按对自己有利的那个主张。

    怎么改：核对单价、数量、折扣，改正明细或该版本的合计。

    依据：流程规定。
    """
    quote = deal.case.proposal.quote
    version = quote.current_version
    if version is None or version.total is None or quote.total is None:
        return
    if version.total != quote.total:
        place = quote.versions.index(version)
        message = Phrase(
            f"第 {version.v} 版报价合计 {money(version.total)} 与明细之和 "
            f"{money(quote.total)} 不符",
            f"version {version.v} says {money(version.total)}, its lines add to "
            f"{money(quote.total)}",
        )
        yield Hit(f"proposal.quote.versions[{place}].total", message)


@rule(
    "AMT-06",
    title="VAT rates are rates the law knows",
    fix="ask finance for the rate; exempt lines say exempt",
    basis="VAT Law, art. 10 and 11",
)
def vat_rates_exist(deal: Deal) -> Iterator[Hit]:
    """报价行的税率在法定税率、征收率之内。

    为什么：不存在的税率开不出发票，合同价款也要重算。

    怎么改：请财务确定税率；免税项目写 exempt（免税）。

    依据：增值税法第十条、第十一条。
    """
    allowed = deal.policy.numbers("tax.allowed_rates")
    for index, line in enumerate(deal.case.proposal.quote.lines):
        if isinstance(line.vat, Decimal) and line.vat not in allowed:
            listed = "、".join(percent(rate) for rate in allowed)
            message = Phrase(
                f"“{line.name or line.id}”税率 {percent(line.vat)} 不在可用范围（{listed}）",
                f"VAT rate {percent(line.vat)} of “{line.name or line.id}” is not allowed",
            )
            yield Hit(f"{_LINES}[{index}].vat", message)


@rule(
    "AMT-07",
    title="VAT rates are the usual ones of their kind",
    fix="have finance confirm the rate and write down why",
    basis="VAT Law, art. 10",
)
def vat_rates_are_usual(deal: Deal) -> Iterator[Hit]:
    """报价行的税率是该类别的惯用税率。

    为什么：软件、货物按 13%，服务按 6%；选错税率要补税，或让客户多付钱。

    怎么改：请财务核对类别和税率；确有依据的，写明处理意见。

    依据：增值税法第十条；最终由财务确定。
    """
    allowed = deal.policy.numbers("tax.allowed_rates")
    for index, line in enumerate(deal.case.proposal.quote.lines):
        rate = line.vat
        if line.kind is None or rate is None:
            continue
        if isinstance(rate, Decimal) and rate not in allowed:
            continue  # AMT-06 says it
        usual = _usual_rates(deal, line.kind)
        if usual and rate not in usual and rate != tax.EXEMPT:
            said = "、".join(percent(each) for each in usual)
            shown = percent(rate) if isinstance(rate, Decimal) else str(rate)
            message = Phrase(
                f"“{line.name or line.id}”税率 {shown} 与类别惯用税率 {said} 不同",
                f"VAT of “{line.name or line.id}” is {shown}, usual for this kind is {said}",
            )
            yield Hit(f"{_LINES}[{index}].vat", message)


def _usual_rates(deal: Deal, kind: choices.LineKind) -> tuple[Decimal, ...]:
    """Return the usual rates of a kind for our status as taxpayer; empty when none is usual."""
    if deal.case.supplier.vat_status == choices.VatStatus.SMALL_SCALE:
        return deal.policy.numbers("tax.small_scale_rates")
    rate = deal.policy.table("tax.usual_rates").get(kind.value)
    return () if rate is None else (rate,)


@rule(
    "AMT-08",
    title="Several VAT rates are listed apart",
    fix="set contract.invoicing.per_rate to true and list price and tax by rate",
    basis="VAT Law, art. 12; Stamp Tax Law, art. 9",
)
def several_rates_are_listed_apart(deal: Deal) -> Iterator[Hit]:
    """合同有两种以上税率时，分别列示价款和税额。

    为什么：兼营不同税率未分别核算的，从高适用税率；印花税未分列金额的，也从高。

    怎么改：把 contract.invoicing.per_rate 改为 true，在附件二按税率分列。

    依据：增值税法第十二条；印花税法第九条。
    """
    rates = deal.case.proposal.quote.by_rate
    if len(rates) > 1 and deal.case.contract.invoicing.per_rate is False:
        listed = "、".join(_rate(row.rate) for row in rates)
        message = Phrase(
            f"合同有 {listed} 几种税率，须分别列示，否则可能从高计税",
            "several VAT rates must be listed apart, or the highest may apply to all",
        )
        yield Hit("contract.invoicing.per_rate", message)


def _rate(rate: tax.Rate) -> str:
    return percent(rate) if isinstance(rate, Decimal) else "免税"


@rule(
    "AMT-09",
    title="VAT is shown apart from the price",
    fix="set contract.invoicing.per_rate to true so that net and tax are shown apart",
    basis="Stamp Tax Law, art. 5",
)
def vat_is_shown_apart(deal: Deal) -> Iterator[Hit]:
    """合同单独列明不含税金额和增值税额。

    为什么：印花税按合同所列金额计算，不包括列明的增值税税款；没有列明的，按含税金额计算。

    怎么改：把 contract.invoicing.per_rate 改为 true，列明不含税金额和税额。

    依据：印花税法第五条。
    """
    one_rate = len(deal.case.proposal.quote.by_rate) == 1
    if one_rate and deal.case.contract.invoicing.per_rate is False:
        message = Phrase(
            "未单列增值税，印花税可能按含税金额计算",
            "VAT is not listed apart; stamp duty may be due on the whole",
        )
        yield Hit("contract.invoicing.per_rate", message)


@rule(
    "AMT-10",
    title="Discounts are within authority, or approved by one who may",
    fix="have the discount approved by the role that the authority table names",
    basis="house policy",
)
def discounts_are_authorised(deal: Deal) -> Iterator[Hit]:
    """最深的一行折扣和整单折扣都在授权之内，或已由有权的人审批。

    为什么：折扣是利润的出口；事后补批等于没有授权。

    怎么改：按授权表请有权的人审批，登记审批人、日期和理由。

    依据：公司折扣授权表。
    """
    quote = deal.case.proposal.quote
    deepest = max(quote.deepest_discount or Decimal(0), quote.discount_rate or Decimal(0))
    authority = deal.policy.table("discount.authority")
    own = next(iter(authority.values()))
    if deepest <= own:
        return
    needed = choices.Role.parse(deal.policy.discount_authority(deepest))
    approver = quote.discount_approval.by
    said = f"最深折扣 {percent(deepest)}，须由{needed.zh}或以上审批"
    if approver is None:
        yield Hit(
            "proposal.quote.discount_approval",
            Phrase(
                f"折扣超出权限且未审批：{said}",
                f"a discount of {percent(deepest)} needs the approval of {needed.en} or above",
            ),
        )
    elif _limit(approver, authority) < deepest:
        yield Hit(
            "proposal.quote.discount_approval.by",
            Phrase(
                f"折扣审批人{approver.name or ''}权限不足：{said}",
                f"{approver.name} may not approve {percent(deepest)}: {needed.en} or above must",
            ),
        )


def _limit(person: Person, authority: dict[str, Decimal]) -> Decimal:
    """Return the deepest discount that somebody may grant."""
    return authority.get(str(person.role), Decimal(0))


@rule(
    "AMT-11",
    title="Nothing that is taxed when given away is given away unnoticed",
    fix="have finance confirm, or spread the discount over the paid lines",
    basis="VAT Law, art. 5",
)
def gifts_are_seen_by_finance(deal: Deal) -> Iterator[Hit]:
    """没有成交金额为零的货物或软件行；赠送的服务不在此列。

    为什么：无偿转让货物、无形资产视同应税交易，送出去的也要交税。

    怎么改：请财务确认并写处理意见，或把优惠摊到收费的行里。

    依据：增值税法第五条。
    """
    for index, line in enumerate(deal.case.proposal.quote.lines):
        if line.kind in _TAXED_GIFTS and line.gross == 0:
            message = Phrase(
                f"赠送货物或软件“{line.name or line.id}”，请财务确认视同应税交易风险",
                f"“{line.name or line.id}” is free: giving away goods or licences may be taxed",
            )
            yield Hit(f"{_LINES}[{index}].price", message)


@rule(
    "AMT-12",
    title="A foreign currency comes with a rate of exchange",
    fix="say at which rate, of which day, the price is paid and invoiced",
    basis="house rule",
)
def foreign_currency_has_a_rate(deal: Deal) -> Iterator[Hit]:
    """外币计价的合同约定了汇率。

    为什么：付款日汇率变动的损失归谁，没有约定就各执一词；开票须折算为人民币。

    怎么改：在付款条件里写明按哪一天、哪家银行的汇率折算。

    依据：公司规定。
    """
    currency = deal.case.contract.currency
    if currency is None or currency == choices.Currency.CNY:
        return
    if not any("汇率" in text for _, text in deal.texts_below("contract")):
        message = Phrase(
            f"以{currency.zh}计价，未约定汇率",
            f"priced in {currency.en} without a rate of exchange",
        )
        yield Hit("contract.currency", message)


@rule(
    "AMT-13",
    title="The quote is still valid when the letter of intent is signed",
    fix="issue a new version with a new validity before signing",
    basis="house rule",
)
def quote_is_valid_at_the_intent(deal: Deal) -> Iterator[Hit]:
    """签意向书时报价仍在有效期内。

    为什么：过期报价对我方没有约束力，但客户会当作有效；成本可能已经变了。

    怎么改：先出新一版报价并延长有效期，再签意向书。

    依据：公司规定。
    """
    until, signed = deal.case.proposal.valid_until, deal.case.intent.signed
    if until is not None and signed is not None and until < signed:
        message = Phrase(
            f"报价 {until} 到期，{signed} 签意向书时已过有效期",
            f"the quote was valid until {until}, the intent was signed on {signed}",
        )
        yield Hit("proposal.valid_until", message)
