"""CUS: who the customer is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from salesdocs.calc import codes
from salesdocs.calc.industry import industry, industry_flaw
from salesdocs.case.model.parties import scale_flaw
from salesdocs.findings import Phrase
from salesdocs.rules.others import OtherCase, duplicate_of, plain_name
from salesdocs.rules.registry import Deal, Hit, rule, value_rule


@value_rule(
    "CUS-01",
    title="The scale is stated by headcount or by revenue, one of the two",
    fix="write scale: {basis: headcount, value: 620}, or basis revenue",
    basis="house process",
)
def scale_has_one_basis(written: Mapping[str, Any]) -> Phrase | None:
    """客户规模按员工人数或营收规模填写，两者只选一个，并有数值或区间。

    为什么：两个口径并存，评分时各取所需，同一客户两个人打出两个分。

    怎么改：写成 scale: {basis: headcount, value: 620}，或 basis: revenue。

    依据：流程规定。
    """
    return scale_flaw(written)


@value_rule(
    "CUS-02",
    title="The industry code is one of GB/T 4754, and its name goes with it",
    fix="take code and name from the standard",
    basis="GB/T 4754-2017",
)
def industry_code_exists(text: str) -> Phrase | None:
    """行业代码在国民经济行业分类之内，名称与代码相符。

    为什么：行业决定评分、税务和划型；代码错了，统计和案例匹配都跟着错。

    怎么改：按 GB/T 4754-2017 填写代码和名称，如 C34 通用设备制造业。

    依据：GB/T 4754-2017《国民经济行业分类》。
    """
    return industry_flaw(text)


@rule("CUS-02")
def industry_name_goes_with_the_code(deal: Deal) -> Iterator[Hit]:
    """行业名称是该代码在标准中的名称；三、四位代码的名称不核对。"""
    stated = deal.case.customer.industry
    known = industry(stated.code or "")
    if known is None or not stated.name or len(stated.code or "") > len(known.code):
        return
    if plain_name(stated.name) not in (plain_name(known.name.zh), plain_name(known.name.en)):
        message = Phrase(
            f"行业名称“{stated.name}”与代码 {stated.code} 不符，应为“{known.name.zh}”",
            f"{stated.code} is “{known.name.en}”, not “{stated.name}”",
        )
        yield Hit("customer.industry.name", message)


@value_rule(
    "CUS-03",
    title="Phone numbers have the form of one",
    fix="write 11 digits of a mobile, or area code and number",
    basis="numbering plan",
)
def phone_has_its_form(text: str) -> Phrase | None:
    """联系电话是 11 位手机号，或带区号的固定电话，或 400、800 号码。

    为什么：少一位的号码打不通，线索就丢了。

    怎么改：手机写 11 位，固定电话写区号，用引号括起来。

    依据：电话号码编排规则。
    """
    return codes.phone_flaw(text)


@rule(
    "CUS-04",
    title="The customer is not recorded twice",
    fix="go on in the other case, or give both the same customer number",
    basis="house rule",
)
def customer_is_no_duplicate(deal: Deal) -> Iterator[Hit]:
    """案件库里没有代码或名称相同、客户编号却不同的客户。

    为什么：同一客户两个人跟，价格会互相打架。

    怎么改：与对方负责人确认归属；确是同一客户的新项目，用同一个客户编号。

    依据：公司规定。
    """
    case = deal.case
    this = OtherCase(
        case.meta.case_no or "",
        "",
        case.customer.name or "",
        case.customer.uscc or "",
        case.customer.customer_no or "",
    )
    for other in deal.others:
        found = duplicate_of(this, other)
        if found is not None:
            yield Hit(*found)
