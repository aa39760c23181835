"""CON and DAT: what is kept secret, and how personal data are dealt with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from salesdocs.case import choices
from salesdocs.findings import Phrase
from salesdocs.rules.registry import Deal, Hit, rule

_PERSONAL: Final = re.compile("个人信息|患者|会员|身份证|病历|就诊").search
_SENSITIVE_TRADES: Final = ("Q84", "J")


@rule(
    "CON-01",
    title="The contract has a confidentiality clause",
    fix="fill in contract.confidentiality",
    basis="house process; Civil Code, art. 501",
)
def secrets_are_kept(deal: Deal) -> Iterator[Hit]:
    """合同有保密条款。

    为什么：价格、方案、客户数据都要靠它保护；流程规定合同必须有保密条款。

    怎么改：填写 contract.confidentiality 的期限和存续。

    依据：流程规定；民法典第五百零一条。
    """
    terms = deal.case.contract.confidentiality
    if terms.years is None and terms.survives is None:
        message = Phrase("缺少保密条款", "there is no confidentiality clause")
        yield Hit("contract.confidentiality.years", message)


@rule(
    "CON-02",
    title="Secrets are kept for a stated time",
    fix="give a number of years, by default three",
    basis="house rule",
)
def secrecy_has_a_period(deal: Deal) -> Iterator[Hit]:
    """保密期限写明年数，不是空白或永久。

    为什么：没有期限的保密义务难以执行，永久的又没有人做得到。

    怎么改：写明年数，默认合同终止后三年；商业秘密至公开为止由标准条款处理。

    依据：公司规定。
    """
    terms = deal.case.contract.confidentiality
    if terms.years == 0 or (terms.years is None and terms.survives is not None):
        message = Phrase(
            "保密期限未约定或为永久", "the period of confidentiality is missing or unlimited"
        )
        yield Hit("contract.confidentiality.years", message)


@rule(
    "DAT-01",
    title="Personal data are processed on agreed terms",
    fix="fill in contract.data: kind of processing, return or deletion, measures",
    basis="Personal Information Protection Law, art. 21",
)
def processing_has_terms(deal: Deal) -> Iterator[Hit]:
    """涉及个人信息的合同，约定了处理方式以及退出时的返还或删除。

    为什么：委托处理须约定目的、期限、方式、种类、保护措施和双方的权利义务，没有约定双方都违法。

    怎么改：填写 contract.data；不涉及个人信息的，选 none。

    依据：个人信息保护法第二十一条。
    """
    data = deal.case.contract.data
    processed = data.personal_info not in (None, choices.PersonalInfo.NONE)
    if processed and not (data.deletion_on_exit or data.return_days is not None or data.measures):
        message = Phrase(
            f"涉及个人信息（{getattr(data.personal_info, 'zh', '')}），但没有处理约定",
            "personal data are processed without terms",
        )
        yield Hit("contract.data.deletion_on_exit", message)
    elif not processed:
        needs = deal.texts_below("needs.items", "needs.nonfunctional", "needs.scenarios")
        named = next((text for _, text in needs if _PERSONAL(text)), None)
        if named is not None:
            message = Phrase(
                f"需求涉及个人信息（“{named}”），但合同没有处理约定",
                f"the needs speak of personal data (“{named}”), the contract has no terms",
            )
            yield Hit("contract.data.personal_info", message)


@rule(
    "DAT-02",
    title="Sensitive data come with a protection level",
    fix="state the level of classified protection and the measures",
    basis="Personal Information Protection Law, art. 28; Data Security Law, art. 27",
)
def sensitive_data_are_graded(deal: Deal) -> Iterator[Hit]:
    """涉及医疗、金融等敏感信息的合同，约定了等级保护级别。

    为什么：敏感个人信息只有在采取严格保护措施时才可以处理；医院和金融客户的检查首先看等级保护。

    怎么改：填写 contract.data.protection_level（如 三级）和保护措施。

    依据：个人信息保护法第二十八条；数据安全法第二十七条。
    """
    data = deal.case.contract.data
    trade = deal.case.customer.industry.code or ""
    processed = data.personal_info not in (None, choices.PersonalInfo.NONE)
    is_sensitive = data.sensitive or (processed and trade.startswith(_SENSITIVE_TRADES))
    if is_sensitive and not data.protection_level:
        message = Phrase(
            "涉及敏感信息，未约定等级保护与措施", "sensitive data without a protection level"
        )
        yield Hit("contract.data.protection_level", message)
