"""APR: who approved the contract, in which order, and whether that text was signed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from salesdocs.case import choices
from salesdocs.case.model.contract import Approval
from salesdocs.findings import Phrase
from salesdocs.rules.registry import Deal, Hit, rule

_PATH: Final = "contract.approvals"
_ORDER: Final = {dept: place for place, dept in enumerate(choices.ApprovalDept)}


def _rows(deal: Deal) -> list[tuple[str, Approval]]:
    return [(f"{_PATH}[{i}]", row) for i, row in enumerate(deal.case.contract.approvals)]


@rule(
    "APR-01",
    title="Sales approves first, then legal, then finance, then the general manager",
    fix="have the steps approved again in their order",
    basis="house process",
)
def approvals_are_in_order(deal: Deal) -> Iterator[Hit]:
    """审批按销售、法务、财务（、总经理）的顺序进行。

    为什么：后一步要看前一步的意见；财务先批、法务后改，财务批的就不是这份合同了。

    怎么改：按顺序重新审批，日期如实填写。

    依据：流程规定。
    """
    for (_, before), (path, row) in pairwise(_rows(deal)):
        if before.dept is None or row.dept is None:
            continue
        if _ORDER[row.dept] < _ORDER[before.dept] and row.result != before.result:
            continue  # a second round begins again with sales
        wrong_order = _ORDER[row.dept] < _ORDER[before.dept]
        too_early = before.date is not None and row.date is not None and row.date < before.date
        if wrong_order or too_early:
            message = Phrase(
                f"审批顺序错误：{row.dept.zh}（{row.date}）应在{before.dept.zh}"
                f"（{before.date}）之后",
                f"approval order: {row.dept.en} ({row.date}) comes after {before.dept.en} "
                f"({before.date})",
            )
            yield Hit(f"{path}.date" if too_early else f"{path}.dept", message)


@rule(
    "APR-02",
    title="Every step that the amount asks for is approved by one who may",
    fix="have the missing step approved by the right role",
    basis="house policy",
)
def approvers_are_the_right_ones(deal: Deal) -> Iterator[Hit]:
    """金额要求的每一步都由有权的人审批，发起人不审批自己的合同。

    为什么：越权或自己批自己的审批等于没有审批。

    怎么改：补上缺的一步，由授权表规定的角色审批；发起人换成其上级。

    依据：公司审批授权表。
    """
    contract = deal.case.contract
    if contract.amount is None:
        return
    initiator = contract.approval_form.initiator or deal.case.meta.owner
    route = deal.policy.approval_route(contract.amount)
    for path, row in _rows(deal):
        allowed = {role for step in route if step.dept == row.dept for role in step.roles}
        if row.by is None or row.dept is None:
            continue
        if initiator is not None and row.by.id == initiator.id:
            message = Phrase(
                f"{row.by.name}是发起人，不得审批自己的合同",
                f"{row.by.name} initiated the contract and may not approve it",
            )
            yield Hit(f"{path}.by", message)
        elif allowed and row.by.role not in allowed:
            message = Phrase(
                f"{row.dept.zh}一步由{row.by.name}审批，"
                f"{getattr(row.by.role, 'zh', '')}无权审批这一步",
                f"{row.by.name} ({getattr(row.by.role, 'en', '')}) may not approve for "
                f"{row.dept.en}",
            )
            yield Hit(f"{path}.by", message)
    if contract.signed is not None or contract.approval_form.seal.date is not None:
        yield from _missing_steps(deal)


def _missing_steps(deal: Deal) -> Iterator[Hit]:
    contract = deal.case.contract
    left = [row for row in contract.approvals if row.dept is not None]
    for step in deal.policy.approval_route(contract.amount or 0):  # type: ignore[arg-type]
        dept = choices.ApprovalDept.parse(step.dept)
        given = next((row for row in left if row.dept == dept), None)
        if given is not None:
            left.remove(given)
            continue
        roles = "、".join(choices.Role.parse(role).zh for role in step.roles)
        english = " / ".join(choices.Role.parse(role).en for role in step.roles)
        message = Phrase(
            f"缺少{dept.zh}审批（{roles}）", f"the approval of {dept.en} ({english}) is missing"
        )
        yield Hit(_PATH, message)


@rule(
    "APR-03",
    title="What an approver objected to was settled",
    fix="change the text and have the same department approve it again",
    basis="house process",
)
def objections_are_settled(deal: Deal) -> Iterator[Hit]:
    """没有“不同意”的意见；“修改后同意”的已修改并由同一部门再次同意。

    为什么：带着没落实的意见签约，等于没有经过这一步审批。

    怎么改：按意见修改文本，出新版本，由同一部门再批一次。

    依据：流程规定。
    """
    rows = _rows(deal)
    for index, (path, row) in enumerate(rows):
        if row.result in (None, choices.ApprovalResult.APPROVED):
            continue
        later = [each for _, each in rows[index + 1 :] if each.dept == row.dept]
        if any(each.result == choices.ApprovalResult.APPROVED for each in later):
            continue
        name = row.dept.zh if row.dept else ""
        message = Phrase(
            f"{name}意见“{getattr(row.result, 'zh', '')}”未落实",
            f"the opinion of {getattr(row.dept, 'en', '')} is not settled",
        )
        yield Hit(f"{path}.result", message)


@rule(
    "APR-04",
    title="Nothing is signed or sealed before the last approval",
    fix="correct the day, or report the breach of process",
    basis="house process",
)
def nothing_is_signed_before_approval(deal: Deal) -> Iterator[Hit]:
    """签署和用印不早于最后一步审批。

    为什么：先签后批，审批就成了补手续，出了问题由签的人承担。

    怎么改：核对日期；确实先签的，按违规流程上报。

    依据：流程规定。
    """
    contract = deal.case.contract
    last = contract.last_approval
    if last is None or last.date is None:
        return
    for path, day, label in (
        ("contract.signed", contract.signed, Phrase("签署", "signed")),
        ("contract.approval_form.seal.date", contract.approval_form.seal.date,
         Phrase("用印", "sealed")),
    ):  # fmt: skip
        if day is not None and day < last.date:
            message = Phrase(
                f"未完成审批即{label.zh}：{day} {label.zh}，最后一步审批在 {last.date}",
                f"{label.en} on {day}, before the last approval on {last.date}",
            )
            yield Hit(path, message)


@rule(
    "APR-05",
    title="The text that was signed is the text that was approved",
    fix="have the changed text approved again, or sign the approved one",
    basis="house process",
)
def signed_text_is_the_approved_one(deal: Deal) -> Iterator[Hit]:
    """签署文本的指纹与审批文本的指纹一致。

    为什么：审批之后改一个字，批的和签的就不是同一份合同。

    怎么改：按现在的文本重新审批，或改回审批时的文本。

    依据：流程规定。
    """
    contract = deal.case.contract
    signed, approved = contract.hash, contract.approval_form.final_hash
    if signed and approved and _plain(signed) != _plain(approved):
        message = Phrase(
            f"签署文本（{signed}）与审批文本（{approved}）不一致",
            f"the signed text ({signed}) is not the approved one ({approved})",
        )
        yield Hit("contract.hash", message)


def _plain(fingerprint: str) -> str:
    return "".join(sign for sign in fingerprint.lower() if sign.isalnum())
