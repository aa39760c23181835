"""IPR: who owns what is delivered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from salesdocs.case import choices
from salesdocs.findings import Phrase
from salesdocs.rules.registry import Deal, Hit, rule

_PATH: Final = "contract.ip"
_SOFTWARE: Final = (
    choices.LineKind.SOFTWARE,
    choices.LineKind.SAAS,
    choices.LineKind.DEV_SERVICE,
)
_TERMS: Final = (
    ("background", Phrase("原有知识产权", "background IP")),
    ("standard_software", Phrase("标准软件", "standard software")),
)
_CUSTOM: Final = ("custom_dev", Phrase("定制成果", "custom work"))


@rule(
    "IPR-01",
    title="Ownership is agreed where software or development is sold",
    fix="fill in contract.ip",
    basis="Civil Code, art. 600, 845 and 859",
)
def ownership_is_agreed(deal: Deal) -> Iterator[Hit]:
    """含软件或开发的合同，约定了原有知识产权、标准软件和定制成果的归属。

    为什么：委托开发没有约定的，申请专利的权利归开发人，著作权归受托人，双方都可能想不到。

    怎么改：在 contract.ip 里逐项选择归属。

    依据：民法典第六百条、第八百四十五条、第八百五十九条。
    """
    kinds = {line.kind for line in deal.case.proposal.quote.lines}
    if not kinds & set(_SOFTWARE):
        return
    custom = choices.LineKind.DEV_SERVICE in kinds
    for key, label in (*_TERMS, *((_CUSTOM,) if custom else ())):
        if getattr(deal.case.contract.ip, key) is None:
            message = Phrase(
                f"含开发或软件，{label.zh}归属未约定",
                f"software or development is sold, and {label.en} is not settled",
            )
            yield Hit(f"{_PATH}.{key}", message)


@rule(
    "IPR-02",
    title="Neither our background IP nor the standard product is given away",
    fix="license the product, or have the general manager decide",
    basis="house policy",
)
def product_is_not_given_away(deal: Deal) -> Iterator[Hit]:
    """没有把我方原有知识产权或标准产品转让给客户。

    为什么：标准产品卖给一家就不能再卖给别家。

    怎么改：改为许可使用；确需转让的由总经理决定，并单独作价。

    依据：公司知识产权政策。
    """
    ip = deal.case.contract.ip
    if ip.background == choices.BackgroundIp.CUSTOMER_OWNS:
        message = Phrase(
            "背景知识产权被转让给客户", "our background IP is assigned to the customer"
        )
        yield Hit(f"{_PATH}.background", message)
    if ip.standard_software == choices.StandardSoftwareIp.CUSTOMER_OWNS:
        message = Phrase("标准产品被转让给客户", "the standard product is assigned to the customer")
        yield Hit(f"{_PATH}.standard_software", message)


@rule(
    "IPR-03",
    title="Claims of third parties are provided for",
    fix="set contract.ip.third_party_indemnity to true",
    basis="house rule",
)
def third_party_claims_are_provided_for(deal: Deal) -> Iterator[Hit]:
    """约定了第三方主张侵权时由谁处理。

    为什么：客户最怕用着用着被别人告；没有约定，责任范围会被放大解释。

    怎么改：把 contract.ip.third_party_indemnity 改为 true，用标准条款。

    依据：公司规定。
    """
    if not deal.case.contract.ip.third_party_indemnity:
        yield Hit(
            f"{_PATH}.third_party_indemnity",
            Phrase("缺少第三方侵权责任约定", "there is no clause on claims of third parties"),
        )
