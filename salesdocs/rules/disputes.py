"""DSP: one way of settling disputes, named so that it works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from salesdocs.case import choices
from salesdocs.findings import Phrase
from salesdocs.rules.registry import Deal, Hit, rule

_PATH: Final = "contract.dispute"
_LINKED: Final = re.compile(
    "(原告|被告|甲方|乙方|双方|当事人)(住所地|所在地)|合同(履行|签订)地|标的物所在地|履行地|签订地"
).search
_THEIRS: Final = re.compile("(甲方|被告)(住所地|所在地)").search
_PLACE: Final = re.compile(r"[^省市区县\s]{2,}?(?:省|市|区|县)")
_BODY: Final = re.compile("仲裁委员会|仲裁中心|国际仲裁院")
_OR: Final = re.compile("或者?|、|/|／").search


@rule(
    "DSP-01",
    title="The contract says how disputes are settled",
    fix="choose litigation or arbitration",
    basis="Civil Code, art. 470",
)
def disputes_have_a_way(deal: Deal) -> Iterator[Hit]:
    """约定了争议解决方式。

    为什么：没有约定就按法定管辖，多半要到对方所在地起诉。

    怎么改：填写 contract.dispute.method。

    依据：民法典第四百七十条。
    """
    dispute = deal.case.contract.dispute
    if dispute.method is None:
        yield Hit(
            f"{_PATH}.method", Phrase("未约定争议解决方式", "no way of settling disputes is agreed")
        )


@rule(
    "DSP-02",
    title="There is one way of settling disputes, not two",
    fix="keep either the court or the arbitral body",
    basis="Arbitration Law interpretation, art. 7",
)
def there_is_one_way(deal: Deal) -> Iterator[Hit]:
    """诉讼和仲裁只选一种。

    为什么：“或裁或诉”的仲裁协议无效，最后哪一边都要先打一场管辖官司。

    怎么改：选诉讼的删去仲裁，选仲裁的删去法院。

    依据：仲裁法司法解释第七条。
    """
    dispute = deal.case.contract.dispute
    named = {
        choices.DisputeMethod.LITIGATION: ("arbitration", "institution", "seat"),
        choices.DisputeMethod.ARBITRATION: ("court",),
    }
    for key in named.get(dispute.method, ()) if dispute.method else ():
        value = getattr(dispute, key)
        if value:
            message = Phrase(
                f"“或裁或诉”约定，仲裁条款可能无效：选了{getattr(dispute.method, 'zh', '')}，"
                f"又写了“{value}”",
                f"{getattr(dispute.method, 'en', '')} is chosen, and “{value}” is named: "
                "arbitration or court",
            )
            yield Hit(f"{_PATH}.{key}", message)
            return
    if "仲裁" in (dispute.court or "") and dispute.method == choices.DisputeMethod.LITIGATION:
        message = Phrase("法院一栏写了仲裁", "arbitration stands where the court should")
        yield Hit(f"{_PATH}.court", message)


@rule(
    "DSP-03",
    title="Arbitration names one institution",
    fix="name one arbitral institution by its full name",
    basis="Arbitration Law interpretation, art. 5 and 6",
)
def arbitration_names_one_body(deal: Deal) -> Iterator[Hit]:
    """选仲裁的，写明一个仲裁机构的全称。

    为什么：没有机构，或写了两个又没有另行选定的，仲裁协议无效。

    怎么改：写一个机构的全称，如“上海国际仲裁中心”。

    依据：仲裁法司法解释第五条、第六条。
    """
    dispute = deal.case.contract.dispute
    if dispute.method != choices.DisputeMethod.ARBITRATION:
        return
    body = dispute.institution or dispute.arbitration
    if not body:
        yield Hit(
            f"{_PATH}.institution",
            Phrase("仲裁机构不明确：没有写机构", "no arbitral institution is named"),
        )
    elif len(_BODY.findall(body)) > 1 and _OR(body):
        key = "institution" if dispute.institution else "arbitration"
        message = Phrase(f"仲裁机构不明确：“{body}”", f"more than one institution: “{body}”")
        yield Hit(f"{_PATH}.{key}", message)


@rule(
    "DSP-04",
    title="The court has a link with the dispute",
    fix="choose the court of a party, or of the place of signing, performance or the subject",
    basis="Civil Procedure Law, art. 35",
)
def court_has_a_link(deal: Deal) -> Iterator[Hit]:
    """约定的法院与争议有实际联系。

    为什么：没有实际联系的协议管辖无效。

    怎么改：改为原告或被告住所地、合同签订地、履行地、标的物所在地的法院。

    依据：民事诉讼法第三十五条。
    """
    case = deal.case
    court = case.contract.dispute.court
    if not court or case.contract.dispute.method == choices.DisputeMethod.ARBITRATION:
        return
    places = _PLACE.findall(court)
    known = " ".join(
        filter(
            None,
            (
                case.parties.a.address,
                case.parties.b.address,
                case.contract.signed_at,
                case.contract.delivery.place,
                case.customer.name,
                case.supplier.name,
            ),
        )
    )
    if not _LINKED(court) and not any(place.rstrip("省市区县") in known for place in places):
        message = Phrase(
            f"约定法院与争议无实际联系：{court}", f"the court has no link with the dispute: {court}"
        )
        yield Hit(f"{_PATH}.court", message)


@rule(
    "DSP-05",
    title="The court is not at the other side's place",
    fix="propose the plaintiff's domicile or our own",
    basis="house policy",
)
def court_is_not_theirs(deal: Deal) -> Iterator[Hit]:
    """管辖法院不在对方所在地。

    为什么：催款多半由我方起诉，到对方当地打官司成本高。

    怎么改：争取改为原告住所地；公共采购项目按招标文件的，知悉即可。

    依据：公司规定。
    """
    case = deal.case
    court = case.contract.dispute.court
    if not court or case.contract.dispute.method == choices.DisputeMethod.ARBITRATION:
        return
    places = [place.rstrip("省市区县") for place in _PLACE.findall(court)]
    theirs, ours = case.parties.a.address or "", case.parties.b.address or ""
    at_their_place = any(place in theirs and place not in ours for place in places)
    if _THEIRS(court) or at_their_place:
        message = Phrase(
            f"管辖在对方所在地，维权成本较高：{court}", f"the court is at the other side's: {court}"
        )
        yield Hit(f"{_PATH}.court", message)
