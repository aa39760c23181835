"""The gates between stages: what must be true before a deal moves on, and what of it is missing.

A function for each gate of `process.yaml` with `check: program`; its name is the gate's id. It
yields a `Lack` for each thing that keeps the gate shut: what is missing, where it is to be written
and who gives it. No lack, and the gate is open. A gate with `check: person` opens when someone says
that they looked; one that the procurement mode waives is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from salesdocs.calc import format as display
from salesdocs.case import choices
from salesdocs.case.model import Case
from salesdocs.case.model.contract import Approval
from salesdocs.case.model.parties import Contact, Person
from salesdocs.case.path import loc_of
from salesdocs.case.paths import pattern_of, value_in
from salesdocs.findings import NOTHING, Finding, Phrase
from salesdocs.process.fields import FILLED_BY, missing_values
from salesdocs.process.library import Library
from salesdocs.process.stages import Gate

_MANAGERS: Final = (
    choices.Role.SALES_MANAGER,
    choices.Role.SALES_DIRECTOR,
    choices.Role.GM,
)
# Those whose work it is for; the others buy, pay or read contracts.
_BUSINESS: Final = (choices.BuyingRole.DECISION_MAKER, choices.BuyingRole.USER)
_WORKS: Final = (choices.AcceptanceResult.PASS, choices.AcceptanceResult.PASS_WITH_ISSUES)
_PARTY_A: Final = Phrase("甲方", "party A")
_PARTY_B: Final = Phrase("乙方", "party B")
_UNGRADED: Final = Phrase("未定级", "no severity")


class Lack(NamedTuple):
    """One thing that keeps a gate shut: what is missing, at which path, and who sees to it.

    A value that was never written has an example of how it is.
    """

    message: Phrase
    path: str
    who: Phrase
    example: str = ""
    unwritten: bool = False

    @property
    def hint(self) -> Phrase:
        """Return who has to do what."""
        if not self.unwritten:
            return Phrase(f"由{self.who.zh}处理", f"to be settled by {self.who.en}")
        example = Phrase(f"，例如 {self.example}", f", such as {self.example}")
        zh, en = example if self.example else NOTHING
        return Phrase(f"由{self.who.zh}填写{zh}", f"filled in by {self.who.en}{en}")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the gates look at: the case, the library, and what the checks found in the case."""

    case: Case
    library: Library
    findings: Sequence[Finding] = ()

    def lack(self, path: str, message: Phrase, who: Phrase | None = None) -> Lack:
        """Return the lack at a path; who sees to it stands in the catalogue."""
        return Lack(message, path, who or self._giver(path))

    def unstated(self, *paths: str) -> Iterator[Lack]:
        """Yield a lack for each of the paths at which the case says nothing."""
        for path in paths:
            if value_in(self.case, loc_of(path)) not in (None, "", ()):
                continue
            field = self.library.catalogue[pattern_of(path)]
            message = Phrase(f"缺少“{field.zh}”", f"“{field.en}” is missing")
            yield Lack(message, path, self._giver(path), field.example, unwritten=True)

    def _giver(self, path: str) -> Phrase:
        field = self.library.catalogue.get(pattern_of(path))
        return FILLED_BY[field.by if field else "SR"]


Check = Callable[[Standing], Iterator[Lack]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A gate as it stands for a case: `open`, `closed` for its lacks, or `waived` by the mode."""

    gate: Gate
    lacks: tuple[Lack, ...] = ()
    waived: bool = False

    @property
    def state(self) -> str:
        """Return open, closed or waived."""
        return "waived" if self.waived else "closed" if self.lacks else "open"


CHECKS: dict[str, Check] = {}
"""The function of each gate that the program checks, by the gate's id."""


def passages(deal: Standing, stage: int, confirmed: Sequence[str] = ()) -> tuple[Passage, ...]:
    """Return how each gate out of `stage` stands.

    `confirmed` are the gates that someone vouches for, which counts where the program cannot look.
    """
    mode = deal.case.meta.procurement_mode or choices.ProcurementMode.DIRECT
    waived = deal.library.mode(mode.value).waives
    found = []
    for gate in deal.library.stage(stage).exit:
        if gate.id in waived:
            found.append(Passage(gate, waived=True))
        elif gate.check == "program":
            found.append(Passage(gate, tuple(CHECKS[gate.id](deal))))
        else:
            found.append(Passage(gate, () if gate.id in confirmed else (_unseen(gate),)))
    return tuple(found)


def _unseen(gate: Gate) -> Lack:
    return Lack(gate.text, "", Phrase("项目负责人核对后", "the owner of the case, who must look"))


def _gate(check: Check) -> Check:
    CHECKS[check.__name__.replace("_", "-")] = check
    return check


# ---- 1 → 2: customer development ----


@_gate
def customer_recorded(deal: Standing) -> Iterator[Lack]:
    """Ask for all that the customer information form needs, but the first contact."""
    form = {
        path
        for group in deal.library.document("customer_info").groups
        for path in group.fields
        if not path.startswith("lead.first_contact.")
    }
    due_now = {path for path, _ in missing_values(deal.case, 1, deal.library.catalogue)}
    for path, field in missing_values(deal.case, 2, deal.library.catalogue):
        if path in due_now or field.path in form:
            yield from deal.unstated(path)


@_gate
def first_contact_held(deal: Standing) -> Iterator[Lack]:
    """Ask that someone of ours talked to the customer, and wrote down what was said."""
    parts = ("date", "by", "channel", "summary")
    yield from deal.unstated(*(f"lead.first_contact.{part}" for part in parts))


@_gate
def lead_grade_a_or_b(deal: Standing) -> Iterator[Lack]:
    """Ask that the lead is graded A or B, or set to it in writing by someone who may."""
    evaluation = deal.case.lead.evaluation
    override = evaluation.override
    if override.grade is not None:
        yield from deal.unstated("lead.evaluation.override.reason", "lead.evaluation.override.by")
    elif evaluation.rated_grade is None:
        ratings = (f"lead.evaluation.ratings.{each.value}" for each in choices.RatingDimension)
        yield from deal.unstated(*ratings)
    if evaluation.grade == choices.Grade.C:
        score = f"{evaluation.score:.0f}" if evaluation.score is not None else "/"
        veto = "，".join(["", *(f"一票否决：{each.zh}" for each in evaluation.veto)])
        veto_en = ", ".join(["", *(f"veto: {each.en.lower()}" for each in evaluation.veto)])
        yield deal.lack(
            "lead.evaluation.ratings",
            Phrase(
                f"线索为 C 级（{score} 分{veto}），不能进入需求分析",
                f"the lead is graded C ({score} points{veto_en})",
            ),
            Phrase(
                "销售经理（有评分表没有反映的事实时，书面调整等级）",
                "the sales manager, who may override the grade in writing",
            ),
        )


@_gate
def lead_approved(deal: Standing) -> Iterator[Lack]:
    """Ask that a sales manager decided to pursue the lead."""
    evaluation = deal.case.lead.evaluation
    yield from deal.unstated("lead.evaluation.conclusion", "lead.evaluation.approved_by")
    decision = evaluation.conclusion
    if decision is not None and decision != choices.LeadDecision.PURSUE:
        yield deal.lack(
            "lead.evaluation.conclusion",
            Phrase(f"处理结论是“{decision.zh}”，不是“跟进”", f"the decision is “{decision.en}”"),
        )
    by = evaluation.approved_by
    if by is not None and by.role not in _MANAGERS:
        yield deal.lack(
            "lead.evaluation.approved_by",
            Phrase(
                f"批准人 {by.name or by.id} 不是销售经理", f"{by.name or by.id} is no sales manager"
            ),
        )


# ---- 2 → 3: needs ----


@_gate
def interviews_cover_business_and_technology(deal: Standing) -> Iterator[Lack]:
    """Ask for interviews with someone who uses it or decides, and with someone technical."""
    path = "needs.interviews"
    roles = {contact.role for contact in deal.case.needs.interviewed}
    if not deal.case.needs.interviews:
        yield from deal.unstated(path)
        return
    if not roles & set(_BUSINESS):
        yield deal.lack(
            path,
            Phrase(
                "还没有访谈业务负责人（联系人角色为决策人或使用者）",
                "no business contact (decision maker or user) was interviewed",
            ),
        )
    if choices.BuyingRole.TECHNICAL not in roles:
        yield deal.lack(
            path,
            Phrase(
                "还没有访谈技术决策人（联系人角色为技术负责人）",
                "no technical contact was interviewed",
            ),
        )


@_gate
def must_needs_measurable(deal: Standing) -> Iterator[Lack]:
    """Ask for a metric of every must-have."""
    yield from deal.unstated("needs.items")
    for number, need in enumerate(deal.case.needs.items):
        if need.class_ is None:
            yield from deal.unstated(f"needs.items[{number}].class")
        elif need.class_ == choices.NeedClass.MUST:
            yield from deal.unstated(f"needs.items[{number}].metric")


@_gate
def needs_confirmed_by_customer(deal: Standing) -> Iterator[Lack]:
    """Ask that someone of the customer put their name to the needs."""
    yield from deal.unstated("needs.confirmed.date", "needs.confirmed.by")


@_gate
def review_passed(deal: Standing) -> Iterator[Lack]:
    """Ask that our review let the needs pass."""
    yield from deal.unstated("needs.review.date", "needs.review.conclusion")
    conclusion = deal.case.needs.review.conclusion
    passed = (choices.ReviewConclusion.PASS, choices.ReviewConclusion.PASS_WITH_CONDITIONS)
    if conclusion is not None and conclusion not in passed:
        yield deal.lack(
            "needs.review.conclusion",
            Phrase(f"评审结论是“{conclusion.zh}”", f"the review concluded “{conclusion.en}”"),
        )


# ---- 3 → 4: solution ----


@_gate
def must_needs_covered(deal: Standing) -> Iterator[Lack]:
    """Ask for a function and a price line for every must-have that we take on."""
    needs = deal.case.needs
    for number, need in enumerate(needs.items):
        if need.class_ == choices.NeedClass.MUST and need.status in (
            None,
            choices.NeedStatus.PROPOSED,
        ):
            yield deal.lack(
                f"needs.items[{number}].status",
                Phrase(f"必备需求 {need.id} 还没有定接受与否", f"must-have {need.id} is undecided"),
            )
    musts = set(needs.musts)
    for row in deal.case.coverage:
        if row.need not in musts or row.need.status != choices.NeedStatus.ACCEPTED:
            continue
        name = f"{row.need.id} {row.need.name or ''}".strip()
        if not row.functions:
            yield deal.lack(
                "proposal.functions",
                Phrase(f"必备需求 {name} 没有功能对应", f"no function answers must-have {name}"),
            )
        if not row.lines:
            yield deal.lack(
                "proposal.quote.lines",
                Phrase(f"必备需求 {name} 没有报价行对应", f"no price line covers must-have {name}"),
            )


@_gate
def quote_adds_up(deal: Standing) -> Iterator[Lack]:
    """Ask that the total that was offered last is the sum of its lines."""
    quote = deal.case.proposal.quote
    yield from deal.unstated("proposal.quote.lines", "proposal.quote.versions")
    for number, line in enumerate(quote.lines):
        if line.gross is None:
            parts = ("price", "qty", "vat")
            yield from deal.unstated(*(f"proposal.quote.lines[{number}].{part}" for part in parts))
    version = quote.current_version
    if version is None:
        if quote.versions:
            yield deal.lack(
                "proposal.quote.current",
                Phrase("没有这一版报价", "there is no such version of the quote"),
            )
        return
    at = f"proposal.quote.versions[{quote.versions.index(version)}].total"
    yield from deal.unstated(at)
    if version.total is not None and quote.total is not None and version.total != quote.total:
        stated, counted = display.money(version.total), display.money(quote.total)
        yield deal.lack(
            at,
            Phrase(
                f"第 {version.v} 版报价写的是 {stated}，明细合计是 {counted}",
                f"version {version.v} says {stated}, its lines add to {counted}",
            ),
        )


@_gate
def discount_approved(deal: Standing) -> Iterator[Lack]:
    """Ask that a discount beyond a sales rep was approved by someone who may."""
    quote = deal.case.proposal.quote
    policy = deal.library.policy
    granted = [rate for rate in (quote.deepest_discount, quote.discount_rate) if rate is not None]
    if not granted:
        return
    ranks = list(policy.table("discount.authority"))
    needed = policy.discount_authority(max(granted))
    if needed == ranks[0]:
        return
    approval = quote.discount_approval
    role = choices.Role.parse(needed)
    if approval.by is None or approval.date is None:
        percent = display.percent(max(granted))
        message = Phrase(
            f"最深折扣 {percent}，须{role.zh}审批",
            f"a discount of {percent} needs the approval of a {role.en.lower()}",
        )
        missing = "by" if approval.by is None else "date"
        yield deal.lack(
            f"proposal.quote.discount_approval.{missing}", message, Phrase(role.zh, role.en)
        )
    elif approval.by.role not in ranks[ranks.index(needed) :]:
        name = approval.by.name or approval.by.id
        yield deal.lack(
            "proposal.quote.discount_approval.by",
            Phrase(
                f"{name} 无权批准 {display.percent(max(granted))} 的折扣，须{role.zh}审批",
                f"{name} may not grant {display.percent(max(granted))}; a {role.en.lower()} may",
            ),
            Phrase(role.zh, role.en),
        )


@_gate
def proposal_not_rejected(deal: Standing) -> Iterator[Lack]:
    """Ask that the customer answered the confirmation letter, and did not refuse.

    In a public purchase nobody may answer before the award; then only a refusal shuts the gate.
    """
    result = deal.case.proposal.confirmation.result
    if result == choices.ConfirmationResult.REJECTED:
        yield deal.lack(
            "proposal.confirmation.result",
            Phrase("客户不同意方案", "the customer rejected the proposal"),
        )
    elif not deal.case.meta.public:
        yield from deal.unstated("proposal.confirmation.result")


@_gate
def materials_ready(deal: Standing) -> Iterator[Lack]:
    """Ask for slides, manual and draft contract."""
    for material in choices.Material:
        if material not in deal.case.proposal.materials:
            yield deal.lack(
                "proposal.materials",
                Phrase(f"还没有{material.zh}", f"{material.en.lower()} missing"),
            )


# ---- 4 → 5: negotiation ----


@_gate
def floor_approved_before_round_one(deal: Standing) -> Iterator[Lack]:
    """Ask that the floor was set and approved before the first round."""
    path = "negotiation.internal.floor"
    yield from deal.unstated(f"{path}.amount", f"{path}.approved_by", f"{path}.approved_on")
    floor = deal.case.negotiation.internal.floor
    days = [talk.date for talk in deal.case.negotiation.rounds if talk.date is not None]
    if floor.approved_on is not None and days and floor.approved_on > min(days):
        yield deal.lack(
            f"{path}.approved_on",
            Phrase(
                f"底线 {floor.approved_on} 才批准，首轮谈判在 {min(days)}",
                f"the floor was approved on {floor.approved_on}, round one was on {min(days)}",
            ),
        )


@_gate
def no_open_topic(deal: Standing) -> Iterator[Lack]:
    """Ask that every topic that was talked about is agreed or dropped."""
    negotiation = deal.case.negotiation
    yield from deal.unstated("negotiation.rounds")
    for trail in negotiation.open_trails:
        name = Phrase(
            getattr(trail.topic, "zh", trail.topic), getattr(trail.topic, "en", trail.topic)
        )
        yield deal.lack(
            _last_mention(deal.case, trail.topic),
            Phrase(f"议题“{name.zh}”还没有结果", f"the topic “{name.en}” is still open"),
        )


def _last_mention(case: Case, topic: str) -> str:
    """Return the path of the outcome of a topic in the last round that talked about it."""
    return next(
        f"negotiation.rounds[{number}].topics[{place}].outcome"
        for number, talk in reversed(list(enumerate(case.negotiation.rounds)))
        for place, row in enumerate(talk.topics)
        if row.topic == topic
    )


@_gate
def agreed_within_floor(deal: Standing) -> Iterator[Lack]:
    """Ask that what was agreed keeps to the floor, or was let through below it."""
    negotiation = deal.case.negotiation
    yield from deal.unstated("negotiation.agreed.amount", "negotiation.agreed.agreed_date")
    crossed = [row for row in negotiation.floor_distances if row.crossed]
    if not crossed:
        return
    exception = negotiation.exception
    if exception.by is None or exception.date is None or not exception.reason:
        zh = "、".join(row.term.zh for row in crossed)
        en = ", ".join(row.term.en.lower() for row in crossed)
        yield deal.lack(
            "negotiation.exception",
            Phrase(
                f"{zh}突破底线，没有完整的破底线审批（批准人、日期、理由）",
                f"below the floor without a full exception (by, date, reason): {en}",
            ),
        )


@_gate
def intent_signed(deal: Standing) -> Iterator[Lack]:
    """Ask that the letter of intent is signed, or says why there is none."""
    if not deal.case.intent.waiver:
        yield from deal.unstated("intent.signed")


# ---- 5 → 6: contract ----


@_gate
def no_error_findings(deal: Standing) -> Iterator[Lack]:
    """Ask that the checks found no error and every warning was answered in writing."""
    answered = {row.rule for row in deal.case.contract.internal.lint_dispositions if row.text}
    for finding in deal.findings:
        if finding.severity == "error":
            yield deal.lack(finding.path, finding.message)
        elif finding.severity == "warning" and finding.rule not in answered:
            yield Lack(
                Phrase(
                    f"提醒 {finding.rule} 没有处理意见：{finding.message.zh}",
                    f"warning {finding.rule} has no disposition: {finding.message.en}",
                ),
                "contract.internal.lint_dispositions",
                FILLED_BY["LG"],
            )


@_gate
def approvals_complete_in_order(deal: Standing) -> Iterator[Lack]:
    """Ask that every step the amount needs said yes, one after the other."""
    contract = deal.case.contract
    if contract.amount is None:
        yield from deal.unstated("contract.amount")
        return
    left = list(contract.approvals)
    before: date | None = None
    for step in deal.library.policy.approval_route(contract.amount):
        dept = choices.ApprovalDept.parse(step.dept)
        roles = tuple(choices.Role.parse(role) for role in step.roles)
        who = Phrase(
            "或".join(role.zh for role in roles), " or ".join(role.en.lower() for role in roles)
        )
        given = next((row for row in left if _answers(row, dept, roles)), None)
        if given is None:
            named = f"{dept.zh}（{who.zh}）" if dept.zh != who.zh else who.zh
            message = Phrase(f"缺少{named}的审批", f"{dept.en} ({who.en}) has not approved")
            yield deal.lack("contract.approvals", message, who)
            continue
        left.remove(given)
        at = f"contract.approvals[{contract.approvals.index(given)}]"
        yield from _approval(deal, given, at, before, who)
        before = given.date or before


def _answers(row: Approval, dept: choices.ApprovalDept, roles: tuple[choices.Role, ...]) -> bool:
    return row.dept == dept and row.by is not None and row.by.role in roles


def _approval(
    deal: Standing, given: Approval, at: str, before: date | None, who: Phrase
) -> Iterator[Lack]:
    """Yield what keeps an opinion from being a yes in its turn."""
    yield from deal.unstated(f"{at}.result", f"{at}.date")
    if given.result == choices.ApprovalResult.REJECTED:
        message = Phrase(f"{who.zh}不同意", f"the {who.en} said no")
        yield deal.lack(f"{at}.result", message, who)
    if given.date is not None and before is not None and given.date < before:
        message = Phrase(
            f"{given.date} 审批，早于上一步的 {before}",
            f"approved on {given.date}, before the step before it on {before}",
        )
        yield deal.lack(f"{at}.date", message, who)


@_gate
def signed_and_sealed_by_both(deal: Standing) -> Iterator[Lack]:
    """Ask for the contract's day, and for a name and a seal on both sides."""
    yield from deal.unstated("contract.signed")
    sides = (
        ("a", deal.case.contract.signatories.a, _PARTY_A),
        ("b", deal.case.contract.signatories.b, _PARTY_B),
    )
    for side, signatory, party in sides:
        path = f"contract.signatories.{side}"
        yield from deal.unstated(f"{path}.name", f"{path}.seal")
        if signatory.seal == choices.Seal.NONE:
            message = Phrase(f"{party.zh}没有盖章", f"{party.en} has not sealed")
            yield deal.lack(f"{path}.seal", message)


# ---- 6 → 7: delivery ----


@_gate
def all_deliverables_accepted(deal: Standing) -> Iterator[Lack]:
    """Ask that everything the contract names was inspected, and nothing failed."""
    items = deal.case.acceptance.items
    yield from deal.unstated("contract.deliverables")
    for deliverable in deal.case.contract.deliverables:
        rows = [number for number, item in enumerate(items) if item.deliverable is deliverable]
        if not rows:
            yield deal.lack(
                "acceptance.items",
                Phrase(
                    f"交付物 {deliverable.id} {deliverable.name or ''}还没有验收",
                    f"deliverable {deliverable.id} was not inspected",
                ),
            )
        for number in rows:
            yield from deal.unstated(f"acceptance.items[{number}].result")
            if items[number].result == choices.ItemResult.FAIL:
                yield deal.lack(
                    f"acceptance.items[{number}].result",
                    Phrase(f"{items[number].id} 不合格", f"{items[number].id} failed"),
                )


@_gate
def no_serious_open_issue(deal: Standing) -> Iterator[Lack]:
    """Ask that what is left to put right is minor."""
    blocking = deal.case.acceptance.blocking_issues
    for number, issue in enumerate(deal.case.acceptance.open_issues):
        if issue in blocking:
            graded = issue.severity
            severity = Phrase(graded.zh, graded.en.lower()) if graded else _UNGRADED
            yield deal.lack(
                f"acceptance.open_issues[{number}].closed",
                Phrase(
                    f"遗留问题 {issue.id}（{severity.zh}）没有关闭",
                    f"issue {issue.id} ({severity.en}) is open",
                ),
                _name_of(issue.owner),
            )


def _name_of(member: Person | Contact | None) -> Phrase | None:
    name = member.name if member is not None else None
    return Phrase(name, name) if name else None


@_gate
def acceptance_signed_by_both(deal: Standing) -> Iterator[Lack]:
    """Ask that both sides signed the final acceptance, and it did not fail."""
    final = "acceptance.final"
    parts = ("date", "result", "a_team", "b_team")
    yield from deal.unstated(*(f"{final}.{part}" for part in parts))
    result = deal.case.acceptance.final.result
    if result is not None and result not in _WORKS:
        message = Phrase(f"终验结论是“{result.zh}”", f"final acceptance: {result.en.lower()}")
        yield deal.lack(f"{final}.result", message)


@_gate
def changes_signed(deal: Standing) -> Iterator[Lack]:
    """Ask that someone of either side signed each approved change."""
    for number, change in enumerate(deal.case.delivery.changes):
        if change.decision != choices.ChangeDecision.APPROVED:
            continue
        at = f"delivery.changes[{number}]"
        for kind, party in (
            (Contact, Phrase("甲方", "party A")),
            (Person, Phrase("乙方", "party B")),
        ):
            if not any(isinstance(member, kind) for member in change.signed_by):
                yield deal.lack(
                    f"{at}.signed_by",
                    Phrase(
                        f"变更 {change.id} 没有{party.zh}签认",
                        f"change {change.id} is not signed by {party.en}",
                    ),
                )


# ---- 7 → the end ----


@_gate
def warranty_ended(deal: Standing) -> Iterator[Lack]:
    """Ask that the warranty is over, or the term of the service where there is none."""
    contract = deal.case.contract
    yield from deal.unstated("meta.as_of")
    period = deal.case.warranty_period
    end = period.last if period else contract.term.end
    if end is None:
        yield from deal.unstated("acceptance.final.date", "contract.warranty.months")
    elif deal.case.meta.as_of is not None and deal.case.meta.as_of <= end:
        yield deal.lack(
            "meta.as_of",
            Phrase(
                f"质保（服务）期到 {end} 为止，数据截至 {deal.case.meta.as_of}",
                f"the warranty or service runs until {end}; data are as of {deal.case.meta.as_of}",
            ),
        )


@_gate
def last_payment_received(deal: Standing) -> Iterator[Lack]:
    """Ask that every payment of the contract came in whole."""
    yield from deal.unstated("contract.payments")
    for row in deal.case.payment_schedule:
        if not row.settled:
            left = display.yuan(row.outstanding) if row.outstanding is not None else "/"
            yield deal.lack(
                "receivables",
                Phrase(
                    f"{row.id} {row.name or ''}尚有 {left} 未收到", f"{left} of {row.id} is unpaid"
                ),
                FILLED_BY["FN"],
            )
