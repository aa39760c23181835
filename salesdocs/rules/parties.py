"""PTY: who signs, whether they exist, and whether they may."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from salesdocs.calc import codes
from salesdocs.case import choices
from salesdocs.case.model.contract import Signatory
from salesdocs.findings import Phrase
from salesdocs.rules.registry import SIDES, Deal, Hit, rule, value_rule

_FACTS: Final = (
    ("name", Phrase("名称", "name")),
    ("uscc", Phrase("统一社会信用代码", "credit code")),
    ("address", Phrase("住所", "address")),
)
_INNER_BODY: Final = re.compile(r"(分公司|办事处|项目部|分部|(?<!俱乐)部|科|处|车间)$").search
_PUBLIC: Final = (choices.Nature.INSTITUTION, choices.Nature.GOVERNMENT)


@rule(
    "PTY-01",
    title="Both parties are named in full",
    fix="fill in name, credit code and address as on the licence",
    basis="Civil Code, art. 470",
)
def parties_are_named(deal: Deal) -> Iterator[Hit]:
    """合同双方的名称、统一社会信用代码和住所齐全。

    为什么：当事人的姓名或者名称和住所是合同的首要条款；写不全的主体，付款、起诉、执行都可能找错人。

    怎么改：按营业执照补全名称、代码和住所。

    依据：民法典第四百七十条。
    """
    for side, home, name in SIDES:
        party = getattr(deal.case.parties, side)
        for key, label in _FACTS:
            if not getattr(party, key):
                message = Phrase(
                    f"{name.zh}缺少{label.zh}，合同主体不完整",
                    f"{label.en} of {name.en} is missing",
                )
                yield Hit(f"{home}.{key}", message)


@value_rule(
    "PTY-02",
    title="Credit codes pass their check digit",
    fix="copy the 18 characters from the licence again",
    basis="GB 32100-2015",
)
def credit_code_is_valid(text: str) -> Phrase | None:
    """统一社会信用代码结构正确，校验位通过。

    为什么：代码错一位，开票、资信查询和起诉都会落到别人头上，或者落空；校验位能查出几乎全部抄写错误。

    怎么改：照营业执照重新抄写 18 位；15 位旧税号已经停用。

    依据：GB 32100-2015《法人和其他组织统一社会信用代码编码规则》。
    """
    return codes.credit_code_flaw(text)


@rule(
    "PTY-03",
    title="The contract names each party as its licence does",
    fix="use the name on the licence, or explain why another body signs",
    basis="house rule",
)
def contract_names_equal_the_licence(deal: Deal) -> Iterator[Hit]:
    """合同里的当事人名称与营业执照一致，括号和空格的写法不计。

    为什么：名称差一个字就可能是另一个主体，公章也对不上。

    怎么改：改成营业执照上的名称；确由集团内其他单位签约的，先换主体资料再出合同。

    依据：公司规定。
    """
    for side, home, _ in SIDES:
        named = getattr(deal.case.contract.parties, side).name
        licence = getattr(deal.case, home).name
        if named and licence and _plain(named) != _plain(licence):
            message = Phrase(
                f"合同名称“{named}”与营业执照名称“{licence}”不一致",
                f"the contract says “{named}”, the licence “{licence}”",
            )
            yield Hit(f"contract.parties.{side}.name", message)


def _plain(name: str) -> str:
    """Return a name without gaps, its brackets half-width."""
    return "".join(unicodedata.normalize("NFKC", name).split())


@rule(
    "PTY-04",
    title="The signing body has capacity of its own",
    fix="ask for a power of attorney of the legal person, or let the legal person sign",
    basis="Civil Code, art. 165 and 170",
)
def party_is_no_inner_body(deal: Deal) -> Iterator[Hit]:
    """签约方看起来是分公司、部门或项目部时，有授权委托书。

    为什么：内设部门不能独立承担责任，分支机构的责任由法人承担；没有授权的签字可能对法人不发生效力。

    怎么改：取得法人的授权委托书并登记编号，或改由法人签约。

    依据：民法典第一百六十五条、第一百七十条。
    """
    for side, home, name in SIDES:
        party = getattr(deal.case.parties, side).name
        signatory: Signatory = getattr(deal.case.contract.signatories, side)
        if party and _INNER_BODY(party) and not signatory.poa.doc_no:
            message = Phrase(
                f"{name.zh}“{party}”疑似分支机构或内设部门，请核对授权",
                f"{name.en} “{party}” may lack capacity to sign",
            )
            yield Hit(f"{home}.name", message)


@rule(
    "PTY-05",
    title="An agent holds a power of attorney that is valid and large enough",
    fix="obtain a new power of attorney that covers the day of signing and the amount",
    basis="Civil Code, art. 165 and 171",
)
def agent_is_authorised(deal: Deal) -> Iterator[Hit]:
    """代理人签约有授权委托书，期限覆盖签约日，限额不低于合同金额。

    为什么：无权代理的合同，未经追认对被代理人不发生效力；期限和限额正是对方事后抗辩的地方。

    怎么改：重新出具授权委托书，期限到签约日以后，限额不低于合同金额。

    依据：民法典第一百六十五条、第一百七十一条。
    """
    contract = deal.case.contract
    for side, _, name in SIDES:
        signatory: Signatory = getattr(contract.signatories, side)
        if signatory.capacity != choices.Capacity.AGENT:
            continue
        poa, path = signatory.poa, f"contract.signatories.{side}.poa"
        signed = contract.signed
        if not poa.doc_no:
            yield Hit(
                path,
                Phrase(f"{name.zh}代理人没有授权委托书", f"{name.en}: no power of attorney"),
            )
        if poa.valid_to and signed and poa.valid_to < signed:
            message = Phrase(
                f"{name.zh}授权委托书 {poa.valid_to} 到期，早于签约日 {signed}",
                f"{name.en}: the power of attorney ended on {poa.valid_to}, before {signed}",
            )
            yield Hit(f"{path}.valid_to", message)
        if poa.limit is not None and contract.amount is not None and poa.limit < contract.amount:
            message = Phrase(
                f"{name.zh}授权限额 {poa.limit:,} 低于合同金额 {contract.amount:,}",
                f"{name.en}: the limit of {poa.limit:,} is below the price of {contract.amount:,}",
            )
            yield Hit(f"{path}.limit", message)


@rule(
    "PTY-06",
    title="Who signs as legal representative is the registered one",
    fix="put the registered representative, or change the capacity to agent",
    basis="Civil Code, art. 61",
)
def representative_is_the_registered_one(deal: Deal) -> Iterator[Hit]:
    """以法定代表人身份签约的人，姓名与登记的法定代表人一致。

    为什么：法定代表人以法人名义的行为由法人承受；冒用身份的签字没有这个效果。

    怎么改：改为登记的法定代表人，或改为代理人并附授权委托书。

    依据：民法典第六十一条。
    """
    for side, _, name in SIDES:
        signatory: Signatory = getattr(deal.case.contract.signatories, side)
        registered = getattr(deal.case.parties, side).legal_rep
        is_representative = signatory.capacity == choices.Capacity.LEGAL_REP
        if is_representative and registered and signatory.name and signatory.name != registered:
            message = Phrase(
                f"{name.zh}以法定代表人身份签约的是{signatory.name}，登记的是{registered}",
                f"{name.en}: {signatory.name} signs, the register has {registered}",
            )
            yield Hit(f"contract.signatories.{side}.name", message)


@rule(
    "PTY-07",
    title="The customer is in good standing",
    fix="do not sign; ask legal and finance how to go on",
    basis="house rule",
)
def customer_is_in_good_standing(deal: Deal) -> Iterator[Hit]:
    """客户未列入失信名单，登记状态正常。

    为什么：失信或吊销、注销的客户，合同签了也难以收到款。

    怎么改：停止签约，由法务和财务决定是否改用预付全款或担保。

    依据：公司规定。
    """
    credit = deal.case.customer.credit
    if credit.dishonest_list:
        message = Phrase("对方列入失信名单", "the customer is on the dishonest list")
        yield Hit("customer.credit.dishonest_list", message)
    if credit.status is not None and credit.status != choices.CreditStatus.NORMAL:
        message = Phrase(
            f"对方登记状态异常：{credit.status.zh}", f"the register says {credit.status.en}"
        )
        yield Hit("customer.credit.status", message)


@rule(
    "PTY-08",
    title="The credit check is recent at signing",
    fix="check the registers again and enter the day",
    basis="house rule",
)
def credit_check_is_recent(deal: Deal) -> Iterator[Hit]:
    """签约时资信核查不超过政策规定的天数（默认 90 天）。

    为什么：失信和登记信息按季度变化，旧的核查说明不了签约时的状况。

    怎么改：重新查询国家企业信用信息公示系统和失信名单，更新核查日期。

    依据：公司规定。
    """
    checked = deal.case.customer.credit.checked_on
    signing = _signing_day(deal)
    days = deal.policy.count("party.credit_check_days")
    if checked and signing and signing - checked > timedelta(days=days):
        message = Phrase(
            f"资信核查已超过 {days} 天：{checked} 核查，{signing} 签约",
            f"the credit check of {checked} is older than {days} days on {signing}",
        )
        yield Hit("customer.credit.checked_on", message)


def _signing_day(deal: Deal) -> date | None:
    """Return the day of signing, before it the day the case is looked at."""
    return deal.case.contract.signed or deal.case.meta.as_of


@rule(
    "PTY-09",
    title="Invoice title and number are those of the party",
    fix="correct the invoice data, or have the customer confirm another body in writing",
    basis="house rule",
)
def invoice_data_are_those_of_the_party(deal: Deal) -> Iterator[Hit]:
    """开票抬头和税号与合同主体一致。

    为什么：抬头或税号不符的发票客户无法抵扣，退票重开会拖延付款，也可能构成三流不一致。

    怎么改：改正开票信息；确需开给其他单位的，请客户书面确认。

    依据：公司规定。
    """
    customer = deal.case.customer
    for key, stated, own in (
        ("title", customer.invoice.title, customer.name),
        ("tax_no", customer.invoice.tax_no, customer.uscc),
    ):
        if stated and own and _plain(stated) != _plain(own):
            message = Phrase(
                f"开票信息“{stated}”与合同主体“{own}”不一致",
                f"the invoice data say “{stated}”, the party is “{own}”",
            )
            yield Hit(f"customer.invoice.{key}", message)


@rule(
    "PTY-10",
    title="A public body buys by the right procedure",
    fix="ask the customer for the procurement approval and set meta.procurement_mode",
    basis="Government Procurement Law",
)
def public_body_buys_by_procedure(deal: Deal) -> Iterator[Hit]:
    """机关、事业单位的项目达到限额的，确认采购方式不是直接采购。

    为什么：应当招标或政府采购而未采购的合同可能无效，款项也拨不出来。

    怎么改：向客户要采购计划或批复，按实际方式填写采购方式。

    依据：政府采购法第二十六条、第二十七条。
    """
    case = deal.case
    limit = deal.policy.number("party.public_procurement_from")
    amount = case.contract.amount
    is_public = case.customer.nature in _PUBLIC
    if is_public and deal.mode == "direct" and amount is not None and amount >= limit:
        message = Phrase(
            f"{getattr(case.customer.nature, 'zh', '')}项目金额 {amount:,} 达到限额 {limit:,}，"
            "请确认采购方式",
            f"a public body and an amount of {amount:,}: confirm the procurement route",
        )
        yield Hit("meta.procurement_mode", message)
