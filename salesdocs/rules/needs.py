"""NED: what the customer needs is measured, covered and reviewed by those who must."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from salesdocs.case import choices
from salesdocs.findings import Phrase
from salesdocs.rules.registry import Deal, Hit, rule

_LEFT_OUT: Final = (choices.NeedStatus.REJECTED, choices.NeedStatus.DEFERRED)
_BUSINESS: Final = (
    choices.BuyingRole.DECISION_MAKER,
    choices.BuyingRole.BUDGET,
    choices.BuyingRole.BUYER,
    choices.BuyingRole.USER,
)


@rule(
    "NED-01",
    title="Every must-have is measurable and covered by the proposal",
    fix="give it a metric; add a function and a price line for it",
    basis="house process",
)
def must_haves_are_covered(deal: Deal) -> Iterator[Hit]:
    """每项必备需求都有可衡量指标，并被功能或报价行覆盖。

    为什么：漏掉一项必备功能，验收时就是我方违约。

    怎么改：补上指标；在功能方案或报价行里写上这条需求的编号；确实不做的，与客户确认后改为暂缓。

    依据：流程规定。
    """
    uncovered = {row.need.id for row in deal.case.uncovered}
    for index, need in enumerate(deal.case.needs.items):
        if need.class_ != choices.NeedClass.MUST or need.status in _LEFT_OUT:
            continue
        path, name = f"needs.items[{index}]", f"{need.id} {need.name or ''}".strip()
        if need.id in uncovered:
            message = Phrase(
                f"必备需求 {name} 未被方案覆盖", f"must-have {name} is not covered by the proposal"
            )
            yield Hit(path, message)
        elif not need.metric:
            message = Phrase(f"必备需求 {name} 没有指标", f"must-have {name} has no metric")
            yield Hit(f"{path}.metric", message)


@rule(
    "NED-02",
    title="Business and technical people were both interviewed",
    fix="interview the side that is missing before the study closes",
    basis="house process",
)
def both_sides_were_interviewed(deal: Deal) -> Iterator[Hit]:
    """调研对象既有业务负责人，也有技术负责人。

    为什么：只听一边的需求，上线时另一边会推翻。

    怎么改：补做访谈；联系人的采购角色写错的，改正角色。

    依据：流程规定。
    """
    interviews = deal.case.needs.interviews
    if not interviews:
        return
    roles = {contact.role for talk in interviews for contact in talk.theirs}
    missing = []
    if not roles & set(_BUSINESS):
        missing.append(Phrase("业务负责人", "a business lead"))
    if choices.BuyingRole.TECHNICAL not in roles:
        missing.append(Phrase("技术负责人", "a technical contact"))
    if missing:
        message = Phrase(
            f"调研对象缺少{'、'.join(each.zh for each in missing)}",
            f"the interviews lack {' and '.join(each.en for each in missing)}",
        )
        yield Hit("needs.interviews", message)


@rule(
    "NED-03",
    title="Product and technology took part in the review",
    fix="hold the review again with both of them",
    basis="house process",
)
def review_has_its_quorum(deal: Deal) -> Iterator[Hit]:
    """需求评审有产品和技术人员出席。

    为什么：可行性和资源要由做的人判断，销售自己评的不算。

    怎么改：补开评审会，或补上漏记的出席人员。

    依据：流程规定。
    """
    review = deal.case.needs.review
    if review.date is None:
        return
    roles = {person.role for person in review.attendees}
    missing = [role for role in (choices.Role.PRODUCT, choices.Role.TECH) if role not in roles]
    if missing:
        message = Phrase(
            f"需求评审缺少{'、'.join(role.zh for role in missing)}",
            f"the review lacks {' and '.join(role.en for role in missing)}",
        )
        yield Hit("needs.review.attendees", message)
