"""LIA: what delay and breach cost, where liability ends, and how the contract ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from salesdocs.calc.format import percent
from salesdocs.case import choices
from salesdocs.findings import Phrase
from salesdocs.rules.registry import Deal, Hit, rule

_PATH: Final = "contract.liability"
_DELAYS: Final = (
    ("late_delivery", Phrase("逾期交付", "late delivery")),
    ("late_payment", Phrase("逾期付款", "late payment")),
)
_DAYS_A_YEAR: Final = 365
_LUMP_SUM: Final = re.compile(r"(?:违约金|赔偿)[^。；;]{0,30}?(\d+(?:\.\d+)?)\s*[%％]").finditer
_CUMULATIVE: Final = re.compile(r"并|同时|以及|且|一并").search
_ONE_SIDED: Final = re.compile(
    r"(甲方|一方)(?:有权|可以?)(?:随时|无条件)|乙方(?:不得|无权)解除"
).search
_NOT_BEYOND_CONTROL: Final = re.compile(r"价格|涨价|政策|人员|用工|资金|供应商|原材料").search


@rule(
    "LIA-01",
    title="Daily damages are moderate",
    fix="lower the rate to 0.1 % a day at most, by default 0.05 %",
    basis="Civil Code, art. 585; interpretation of the general part of contracts, art. 65",
)
def daily_damages_are_moderate(deal: Deal) -> Iterator[Hit]:
    """逾期违约金不超过每日千分之一。

    为什么：日千分之一折合年化约 36.5%，对方可以请求调减，我方也承受不起。

    怎么改：降到每日千分之一以下，默认万分之五。

    依据：民法典第五百八十五条；合同编通则解释第六十五条。
    """
    high = deal.policy.number("liability.late_daily_high")
    most = deal.policy.number("liability.late_daily_max")
    for path, label, rate in _daily(deal):
        if high < rate <= most:
            yearly = percent(rate * _DAYS_A_YEAR)
            message = Phrase(
                f"{label.zh}日违约金 {percent(rate)} 偏高，年化约 {yearly}",
                f"{percent(rate)} a day for {label.en} is high, some {yearly} a year",
            )
            yield Hit(path, message)


def _daily(deal: Deal) -> Iterator[tuple[str, Phrase, Decimal]]:
    for name, label in _DELAYS:
        rate = getattr(deal.case.contract.liability, f"{name}_daily")
        if rate is not None:
            yield f"{_PATH}.{name}_daily", label, rate


@rule(
    "LIA-02",
    title="Damages are not plainly excessive",
    fix="lower the rate or the lump sum; what exceeds loss by 30 % is usually cut",
    basis="Civil Code, art. 585; interpretation of the general part of contracts, art. 65",
)
def damages_are_not_excessive(deal: Deal) -> Iterator[Hit]:
    """违约金不超过每日千分之五，一次性违约金低于合同价款的三成。

    为什么：明显过高的约定通常会被调减，还会让整份合同看起来不公平。

    怎么改：降低比例；需要威慑的，改用分级的里程碑扣款。

    依据：民法典第五百八十五条；合同编通则解释第六十五条。
    """
    most = deal.policy.number("liability.late_daily_max")
    for path, label, rate in _daily(deal):
        if rate > most:
            message = Phrase(
                f"{label.zh}违约金每日 {percent(rate)}，明显偏高，通常会被调减",
                f"{percent(rate)} a day for {label.en} is likely excessive",
            )
            yield Hit(path, message)
    lump = deal.policy.number("liability.lump_sum_max")
    for path, text in deal.contract_texts():
        for found in _LUMP_SUM(text):
            share = Decimal(found[1]) / 100
            if share >= lump:
                message = Phrase(
                    f"一次性违约金 {percent(share)} 明显偏高，通常会被调减",
                    f"a lump sum of {percent(share)} is likely excessive",
                )
                yield Hit(path, message)


@rule(
    "LIA-03",
    title="Damages have a cap",
    fix="cap them, by default at 10 % of the late part",
    basis="house rule",
)
def damages_have_a_cap(deal: Deal) -> Iterator[Hit]:
    """约定了违约金的，同时约定累计上限。

    为什么：没有上限的违约金会随时间无限累积。

    怎么改：填写上限，默认逾期部分的 10%。

    依据：公司规定。
    """
    liability = deal.case.contract.liability
    for name, label in _DELAYS:
        if getattr(liability, f"{name}_daily") and getattr(liability, f"{name}_cap") is None:
            message = Phrase(f"{label.zh}违约金无上限", f"damages for {label.en} have no cap")
            yield Hit(f"{_PATH}.{name}_cap", message)


@rule(
    "LIA-04",
    title="Both sides pay alike for delay",
    fix="bring the rates and caps of both sides close to each other",
    basis="Civil Code, art. 496 and 497",
)
def liability_is_balanced(deal: Deal) -> Iterator[Hit]:
    """我方逾期的费率和上限不超过对方的两倍。

    为什么：明显不对等的责任说明谈判失衡，也可能因显失公平被质疑。

    怎么改：调到同一水平。

    依据：民法典第四百九十六条、第四百九十七条。
    """
    liability, ratio = deal.case.contract.liability, deal.policy.number("liability.balance_ratio")
    for part, label in (("daily", Phrase("费率", "rate")), ("cap", Phrase("上限", "cap"))):
        ours = getattr(liability, f"late_delivery_{part}")
        theirs = getattr(liability, f"late_payment_{part}")
        if ours is not None and theirs is not None and ours > theirs * ratio:
            message = Phrase(
                f"双方违约责任不对等：我方{label.zh} {percent(ours)}，对方 {percent(theirs)}",
                f"liability is one-sided: our {label.en} is {percent(ours)}, theirs "
                f"{percent(theirs)}",
            )
            yield Hit(f"{_PATH}.late_delivery_{part}", message)


@rule(
    "LIA-05",
    title="Our liability has an overall limit",
    fix="limit it, by default to the price; strike words that defeat the limit",
    basis="house rule",
)
def liability_is_limited(deal: Deal) -> Iterator[Hit]:
    """约定了责任总额上限，没有“全部损失”“一切责任”之类使上限落空的话。

    为什么：一单的责任不应超过一单的收入。

    怎么改：填写 overall_cap（1 即合同总价）；删去无限责任的说法。

    依据：公司规定。
    """
    if deal.case.contract.liability.overall_cap is None:
        yield Hit(
            f"{_PATH}.overall_cap", Phrase("我方责任无上限", "our liability has no overall limit")
        )
    words = deal.policy.words("wording.unlimited_liability")
    for path, text in deal.contract_texts():
        found = next((word for word in words if word in text), None)
        if found:
            message = Phrase(
                f"“{found}”使责任上限落空：{text}", f"“{found}” defeats the limit: {text}"
            )
            yield Hit(path, message)


@rule(
    "LIA-06",
    title="The limit leaves out what the law does not let it cover",
    fix="add the carve-outs",
    basis="Civil Code, art. 506",
)
def limit_has_its_carve_outs(deal: Deal) -> Iterator[Hit]:
    """责任限制排除了人身损害和故意、重大过失。

    为什么：对这两项免责的条款无效，不写出来，整条限责条款都会受质疑。

    怎么改：在 carve_outs 里加上 personal_injury 和 wilful_or_gross_negligence。

    依据：民法典第五百零六条。
    """
    liability = deal.case.contract.liability
    if liability.overall_cap is None:
        return
    needed = deal.policy.words("liability.carve_outs")
    missing = [choices.CarveOut.parse(each) for each in needed if each not in liability.carve_outs]
    if missing:
        message = Phrase(
            f"责任限制未排除{'、'.join(each.zh for each in missing)}",
            f"the limit does not leave out {', '.join(each.en for each in missing)}",
        )
        yield Hit(f"{_PATH}.carve_outs", message)


@rule(
    "LIA-07",
    title="Earnest money and damages are not claimed together",
    fix="say that the innocent party chooses one of the two",
    basis="Civil Code, art. 588",
)
def deposit_and_damages_exclude_each_other(deal: Deal) -> Iterator[Hit]:
    """没有约定定金罚则与违约金同时适用。

    为什么：法律只允许选择其一，并用的约定多出来的部分得不到支持。

    怎么改：改为“守约方可以选择适用”。

    依据：民法典第五百八十八条。
    """
    for path, text in deal.texts_below("intent", "contract"):
        if "定金" in text and "违约金" in text and "选择" not in text and _CUMULATIVE(text):
            message = Phrase(
                f"定金与违约金不能并用：{text}",
                f"earnest money and damages cannot both be claimed: {text}",
            )
            yield Hit(path, message)


@rule(
    "LIA-08",
    title="Both sides may terminate, on stated grounds",
    fix="give both sides the same grounds and a notice period",
    basis="Civil Code, art. 562 and 563",
)
def both_sides_may_terminate(deal: Deal) -> Iterator[Hit]:
    """约定了双方对等的解除条件和催告期。

    为什么：只有一方能解除，另一方就被锁在合同里；没有催告期，解除容易被认定无效。

    怎么改：双方的逾期天数和催告天数都填上；删去单方任意解除的说法。

    依据：民法典第五百六十二条、第五百六十三条。
    """
    terms = deal.case.contract.termination
    given = [terms.late_delivery_days, terms.late_payment_days]
    if None in given or terms.notice_days is None:
        one_sided = given.count(None) == 1
        message = Phrase(
            "解除条款仅一方享有" if one_sided else "解除条款缺失或不完整",
            "only one side may terminate" if one_sided else "terms of termination are missing",
        )
        yield Hit("contract.termination", message)
    for index, text in enumerate(terms.grounds):
        if _ONE_SIDED(text):
            message = Phrase(f"解除权不对等：{text}", f"a one-sided right: {text}")
            yield Hit(f"contract.termination.grounds[{index}]", message)


@rule(
    "LIA-09",
    title="Force majeure is no wider than the law has it, and is notified",
    fix="strike what business can foresee, and give days for notice and proof",
    basis="Civil Code, art. 180 and 590",
)
def force_majeure_is_narrow(deal: Deal) -> Iterator[Hit]:
    """不可抗力不包括涨价、政策、人员、资金等经营风险，并约定了通知期限。

    为什么：范围写宽了，对方可以拿经营困难免责；不通知的，应当对扩大的损失负责。

    怎么改：删去经营风险；填写通知天数和证明天数。

    依据：民法典第一百八十条、第五百九十条。
    """
    terms = deal.case.contract.force_majeure
    for index, event in enumerate(terms.events):
        if _NOT_BEYOND_CONTROL(event):
            message = Phrase(f"不可抗力范围过宽：{event}", f"force majeure is too wide: {event}")
            yield Hit(f"contract.force_majeure.events[{index}]", message)
    if terms.notify_days is None:
        message = Phrase("不可抗力没有通知期限", "force majeure has no days for notice")
        yield Hit("contract.force_majeure.notify_days", message)
