"""Every gate of the process has a function; each opens for the sample case and shuts for its own lack."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.case.paths import pattern_of
from salesdocs.findings import Finding, Phrase
from salesdocs.process.library import Library
from salesdocs.rules.gates import CHECKS, Passage, Standing, passages
from tests import world

GATES = {gate.id: (stage.number, gate) for stage in world.library().stages for gate in stage.exit}
PROGRAM = [gate for _, gate in GATES.values() if gate.check == "program"]
ENDED = {
    "meta.as_of": "2027-02-01",
    "receivables": [
        *world.sample().tree["receivables"],
        {"payment": "P-04", "received": "2027-01-30", "amount": "56400.00"},
    ],
}


def deal(changes: dict[str, Any] | None = None, *findings: Finding) -> Standing:
    return Standing(world.changed(changes or {}).loaded.case, world.library(), findings)


def passage(of: Standing, gate: str) -> Passage:
    return next(each for each in passages(of, GATES[gate][0]) if each.gate.id == gate)


def lacks(gate: str, changes: dict[str, Any], *findings: Finding) -> list[tuple[str, str, str]]:
    """Return path, message and who of each lack of a gate for the changed sample case."""
    found = passage(deal(changes, *findings), gate).lacks
    return [(lack.path, lack.message.zh, lack.who.zh) for lack in found]


# -- laws ----------------------------------------------------------------------------------------


def test_each_gate_that_the_program_checks_has_a_function_and_none_is_left_over() -> None:
    assert set(CHECKS) == {gate.id for gate in PROGRAM}


def test_each_function_says_what_it_asks_for() -> None:
    assert all((check.__doc__ or "").startswith("Ask ") for check in CHECKS.values())


@pytest.mark.parametrize("gate", [gate.id for gate in PROGRAM])
def test_the_gates_are_open_for_the_sample_case(gate: str) -> None:
    changes = ENDED if GATES[gate][0] == 7 else {}
    assert passage(deal(changes), gate).state == "open"


def test_what_a_gate_lacks_is_a_field_that_somebody_fills_in() -> None:
    bare = Standing(world.written(world.SMALLEST).case, world.library())
    for stage in range(1, 8):
        found = passages(bare, stage)
        for lack in (lack for each in found if each.gate.check == "program" for lack in each.lacks):
            assert pattern_of(lack.path) in world.library().catalogue, lack
            assert lack.who.zh and lack.who.en and lack.message.zh and lack.message.en
            assert lack.hint.zh.startswith("由")


BLOCKS = [
    "lead",
    "needs",
    "proposal",
    "negotiation",
    "intent",
    "contract",
    "delivery",
    "acceptance",
]


@given(block=st.sampled_from(BLOCKS), gate=st.sampled_from([gate.id for gate in PROGRAM]))
def test_no_gate_falls_over_a_case_without_a_block(block: str, gate: str) -> None:
    tree = {key: value for key, value in world.sample().tree.items() if key not in BLOCKS}
    before = BLOCKS[: BLOCKS.index(block)]
    tree |= {key: world.sample().tree[key] for key in before}
    tree.pop("receivables")
    tree.pop("aftersales")
    case = type(world.sample().case).model_validate(tree)
    assert passage(Standing(case, world.library()), gate).state in ("open", "closed")


@pytest.mark.parametrize("mode", ["public_tender", "competitive_consultation"])
def test_what_a_procurement_mode_waives_is_open(mode: str) -> None:
    waived = world.library().mode(mode).waives
    assert waived
    bare = deal({"meta.procurement_mode": mode, "negotiation": None, "intent": None})
    for gate in waived:
        assert passage(bare, gate).state == "waived"
        assert passage(bare, gate).lacks == ()
        assert passage(deal({"negotiation": None, "intent": None}), gate).state == "closed"


def test_a_gate_for_people_opens_when_someone_vouches_for_it_and_no_other_does() -> None:
    (person,) = [each for each in passages(deal(), 5) if each.gate.check == "person"]
    assert person.state == "closed"
    name = person.gate.id
    assert all(each.state == "open" for each in passages(deal(), 5, [name]))
    open_topic = {"negotiation.rounds[1].topics[0].outcome": "open"}
    vouched = passages(deal(open_topic), 4, ["no-open-topic"])
    assert [each.state for each in vouched if each.gate.id == "no-open-topic"] == ["closed"]


# -- examples ------------------------------------------------------------------------------------

ERROR = Finding("error", Phrase("错", "wrong"), "AMT-01", "contract.amount")
WARNING = Finding("warning", Phrase("偏高", "high"), "LIA-01", "contract.liability")
FLOOR = "negotiation.internal.floor"


@pytest.mark.parametrize(
    ("gate", "changes", "path", "message", "who"),
    [
        ("customer-recorded", {"customer.scale": None}, "customer.scale.basis", "缺少“规模口径”", "销售代表"),
        ("customer-recorded", {"contacts.c1.title": None}, "contacts.c1.title", "缺少“职务”", "销售代表"),
        ("customer-recorded", {"customer.kind": None}, "customer.kind", "缺少“客户类型”", "销售代表"),
        ("first-contact-held", {"lead.first_contact.summary": None}, "lead.first_contact.summary", "缺少“沟通纪要”", "销售代表"),
        ("lead-grade-a-or-b", {"lead.evaluation.ratings.budget": None}, "lead.evaluation.ratings.budget", "缺少“预算匹配度”", "销售代表"),
        ("lead-grade-a-or-b", {"lead.evaluation.veto": ["dishonest"]}, "lead.evaluation.ratings", "线索为 C 级（85 分，一票否决：失信），不能进入需求分析", "销售经理（有评分表没有反映的事实时，书面调整等级）"),
        ("lead-grade-a-or-b", {"lead.evaluation.override": {"grade": "A", "by": "p2"}}, "lead.evaluation.override.reason", "缺少“调整理由”", "销售经理"),
        ("lead-approved", {"lead.evaluation.conclusion": "nurture"}, "lead.evaluation.conclusion", "处理结论是“培育”，不是“跟进”", "销售经理"),
        ("lead-approved", {"lead.evaluation.approved_by": "p1"}, "lead.evaluation.approved_by", "批准人 周启明 不是销售经理", "销售经理"),
        ("interviews-cover-business-and-technology", {"needs.interviews[1].theirs": ["c5"]}, "needs.interviews", "还没有访谈技术决策人（联系人角色为技术负责人）", "销售代表"),
        ("interviews-cover-business-and-technology", {"needs.interviews[0].theirs": ["c1"]}, "needs.interviews", "还没有访谈业务负责人（联系人角色为决策人或使用者）", "销售代表"),
        ("must-needs-measurable", {"needs.items[1].metric": None}, "needs.items[1].metric", "缺少“衡量指标”", "产品"),
        ("needs-confirmed-by-customer", {"needs.confirmed.by": None}, "needs.confirmed.by", "缺少“确认人”", "客户"),
        ("review-passed", {"needs.review.conclusion": "rework"}, "needs.review.conclusion", "评审结论是“修改后重审”", "销售经理"),
        ("must-needs-covered", {"proposal.quote.lines[2].needs": ["N-01"], "proposal.quote.lines[5].needs": ["N-01"]}, "proposal.quote.lines", "必备需求 N-03 批次与单件质量追溯 没有报价行对应", "销售代表"),
        ("must-needs-covered", {"proposal.functions[4].need": "N-01"}, "proposal.functions", "必备需求 N-05 与 U8 双向接口 没有功能对应", "产品"),
        ("must-needs-covered", {"needs.items[0].status": "proposed"}, "needs.items[0].status", "必备需求 N-01 还没有定接受与否", "产品"),
        ("quote-adds-up", {"proposal.quote.versions[2].total": "1128000.01"}, "proposal.quote.versions[2].total", "第 3 版报价写的是 1,128,000.01，明细合计是 1,128,000.00", "销售代表"),
        ("quote-adds-up", {"proposal.quote.lines[0].vat": None}, "proposal.quote.lines[0].vat", "缺少“税率”", "财务"),
        ("quote-adds-up", {"proposal.quote.current": "4"}, "proposal.quote.current", "没有这一版报价", "销售代表"),
        ("discount-approved", {"proposal.quote.discount_approval": None}, "proposal.quote.discount_approval.by", "最深折扣 45%，须总经理审批", "总经理"),
        ("discount-approved", {"proposal.quote.discount_approval.by": "p2"}, "proposal.quote.discount_approval.by", "林若川 无权批准 45% 的折扣，须总经理审批", "总经理"),
        ("proposal-not-rejected", {"proposal.confirmation.result": "rejected"}, "proposal.confirmation.result", "客户不同意方案", "客户"),
        ("proposal-not-rejected", {"proposal.confirmation.result": None}, "proposal.confirmation.result", "缺少“确认意见”", "客户"),
        ("materials-ready", {"proposal.materials": ["slides", "manual"]}, "proposal.materials", "还没有合同草案", "销售代表"),
        ("floor-approved-before-round-one", {f"{FLOOR}.approved_on": "2025-06-07"}, f"{FLOOR}.approved_on", "底线 2025-06-07 才批准，首轮谈判在 2025-06-06", "销售经理"),
        ("no-open-topic", {"negotiation.rounds[1].topics[0].outcome": "open"}, "negotiation.rounds[1].topics[0].outcome", "议题“价格”还没有结果", "销售代表"),
        ("agreed-within-floor", {"negotiation.agreed.amount": "1079999.99"}, "negotiation.exception", "成交金额突破底线，没有完整的破底线审批（批准人、日期、理由）", "总经理"),
        ("agreed-within-floor", {"negotiation.agreed.amount": "1079999.99", "negotiation.exception": {"by": "p9", "date": "2025-06-12"}}, "negotiation.exception", "成交金额突破底线，没有完整的破底线审批（批准人、日期、理由）", "总经理"),
        ("intent-signed", {"intent.signed": None}, "intent.signed", "缺少“签署日期”", "法务"),
        ("approvals-complete-in-order", {"contract.approvals[3].dept": "board"}, "contract.approvals", "缺少总经理的审批", "总经理"),
        ("approvals-complete-in-order", {"contract.approvals[1].result": "rejected"}, "contract.approvals[1].result", "法务不同意", "法务"),
        ("approvals-complete-in-order", {"contract.approvals[1].date": "2025-06-20"}, "contract.approvals[1].date", "2025-06-20 审批，早于上一步的 2025-06-26", "法务"),
        ("signed-and-sealed-by-both", {"contract.signatories.a.seal": "none"}, "contract.signatories.a.seal", "甲方没有盖章", "法务"),
        ("signed-and-sealed-by-both", {"contract.signed": None}, "contract.signed", "缺少“签订日期”", "法务"),
        ("all-deliverables-accepted", {"acceptance.items[0].result": "fail"}, "acceptance.items[0].result", "A-01 不合格", "客户"),
        ("all-deliverables-accepted", {"acceptance.items[1].deliverable": "D-01"}, "acceptance.items", "交付物 D-02 APS 排程模块还没有验收", "项目经理"),
        ("no-serious-open-issue", {"acceptance.open_issues[1].severity": "major", "acceptance.open_issues[1].closed": None}, "acceptance.open_issues[1].closed", "遗留问题 O-02（重要）没有关闭", "罗一舟"),
        ("acceptance-signed-by-both", {"acceptance.final.result": "fail"}, "acceptance.final.result", "终验结论是“不通过”", "客户"),
        ("acceptance-signed-by-both", {"acceptance.final.a_team": []}, "acceptance.final.a_team", "缺少“甲方验收人员”", "客户"),
        ("changes-signed", {"delivery.changes[0].signed_by": ["p7"]}, "delivery.changes[0].signed_by", "变更 CR-01 没有甲方签认", "项目经理"),
        ("warranty-ended", {}, "meta.as_of", "质保（服务）期到 2027-01-16 为止，数据截至 2026-08-31", "销售代表"),
        ("last-payment-received", {}, "receivables", "P-04 质保金尚有 ¥56,400.00 未收到", "财务"),
    ],
)  # fmt: skip
def test_a_gate_is_shut_for_its_reason_and_says_who_opens_it(
    gate: str, changes: dict[str, Any], path: str, message: str, who: str
) -> None:
    assert lacks(gate, changes) == [(path, message, who)]


def test_an_error_shuts_the_way_out_of_contracting_and_so_does_an_unanswered_warning() -> None:
    assert [row[:2] for row in lacks("no-error-findings", {}, ERROR)] == [("contract.amount", "错")]
    (warned,) = lacks("no-error-findings", {}, WARNING)
    assert warned[0] == "contract.internal.lint_dispositions"
    answer = {"rule": "LIA-01", "by": "p5", "date": "2025-06-30", "text": "行业惯例"}
    assert (
        lacks("no-error-findings", {"contract.internal.lint_dispositions": [answer]}, WARNING) == []
    )


@pytest.mark.parametrize(
    ("gate", "changes"),
    [
        pytest.param("intent-signed", {"intent.signed": None, "intent.waiver": "客户直接签约"}, id="waiver"),
        pytest.param("agreed-within-floor", {"negotiation.agreed.amount": "1079999.99", "negotiation.exception": {"by": "p9", "date": "2025-06-12", "reason": "战略客户"}}, id="exception"),
        pytest.param("lead-grade-a-or-b", {"lead.evaluation.veto": ["dishonest"], "lead.evaluation.override": {"grade": "B", "by": "p2", "reason": "已履行完毕"}}, id="override"),
        pytest.param("proposal-not-rejected", {"meta.procurement_mode": "public_tender", "proposal.confirmation.result": None}, id="before the award"),
        pytest.param("discount-approved", {**{f"proposal.quote.lines[{n}].discount": "0.05" for n in range(7)}, "proposal.quote.discount_approval": None}, id="within authority"),
        pytest.param("no-serious-open-issue", {"acceptance.open_issues[1].closed": None}, id="minor issue"),
    ],
)  # fmt: skip
def test_what_may_be_otherwise_opens_the_gate(gate: str, changes: dict[str, Any]) -> None:
    assert lacks(gate, changes) == []


def test_a_service_without_warranty_ends_with_its_term() -> None:
    service = {**ENDED, "contract.warranty.months": "0", "contract.term": {"end": "2027-01-31"}}
    assert lacks("warranty-ended", service) == []
    assert lacks("warranty-ended", {**service, "meta.as_of": "2027-01-31"}) != []


def test_the_companys_own_thresholds_count() -> None:
    data = {**world.library().data}
    policy = {group: dict(entries) for group, entries in data["policy"].items()}
    authority = policy["discount"]["authority"]
    policy["discount"]["authority"] = {**authority, "value": {"sales_manager": "0.5", "gm": "1"}}
    route = {"from": 0, "steps": [{"dept": "legal", "roles": ["legal"]}]}
    policy["approval"]["routes"] = {**policy["approval"]["routes"], "value": [route]}
    own = Library({**data, "policy": policy})
    case = world.changed(
        {"proposal.quote.discount_approval": None, "contract.approvals[0].result": "rejected"}
    ).loaded.case
    assert passage(Standing(case, own), "discount-approved").state == "open"
    assert passage(Standing(case, own), "approvals-complete-in-order").state == "open"


def test_days_of_the_sample_are_what_the_examples_count_on() -> None:
    period = world.sample().case.warranty_period
    assert period is not None
    assert period.last == date(2027, 1, 16)
