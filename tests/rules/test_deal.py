"""Rules over the whole deal: dates, approvals, negotiation, needs, customer, follow-up, after-sales."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.rules.customer import (
    industry_code_exists,
    phone_has_its_form,
    scale_has_one_basis,
)
from salesdocs.rules.registry import OtherCase
from tests import world
from tests.rules.deals import Trigger, check_trigger, found

APPROVALS = "contract.approvals"
ROUNDS = "negotiation.rounds"
SURVEY = "aftersales.surveys[0]"
GROWTH = "aftersales.growth"
TENDER = {
    "meta.procurement_mode": "public_tender",
    "intent.award": {"doc_no": "ZB-1", "date": "2025-06-20", "amount": "1128000"},
}
TWIN = OtherCase("XM-2025-0099", "b/case.yaml", "另一家", "91990000MA9XL00244")
NAMESAKE = OtherCase("XM-2025-0099", "b/case.yaml", "宁波铄恒 精密机械有限公司", "")
KNOWN = OtherCase(
    "XM-2024-0001", "a/case.yaml", "宁波铄恒精密机械有限公司", "91990000MA9XL00244", "KH-2025-0112"
)

TRIGGERS = [
    Trigger("DTE-01", {"intent.signed": "2025-08-01"}, "intent.signed", said="意向书签署"),
    Trigger(
        "DTE-01",
        {"needs.review.date": "2025-04-17"},
        "needs.review.date",
        near={"needs.review.date": "2025-04-18"},
    ),
    Trigger("DTE-01", {f"{ROUNDS}[1].date": "2025-06-05"}, f"{ROUNDS}[1].date"),
    Trigger(
        "DTE-02",
        {"meta.as_of": "2026-08-13"},
        "aftersales.visits[6].date",
        near={"meta.as_of": "2026-08-14"},
    ),
    Trigger(
        "DTE-03",
        {"intent.contract_deadline": "2025-07-07"},
        "contract.signed",
        near={"intent.contract_deadline": "2025-07-08"},
    ),
    Trigger(
        "DTE-04",
        {"delivery.milestones[0].actual": "2025-07-07"},
        "delivery.milestones[0].actual",
        near={"delivery.milestones[0].actual": "2025-07-08"},
    ),
    Trigger(
        "DTE-05",
        {**TENDER, "intent.award.date": "2025-06-07"} | {
            "intent.award": {"doc_no": "ZB-1", "date": "2025-06-07", "amount": "1128000"}
        },
        "contract.signed",
        near={**TENDER, "intent.award": {"doc_no": "ZB-1", "date": "2025-06-08",
                                          "amount": "1128000"}},
    ),
    Trigger(
        "DTE-05",
        {**TENDER, "tender": {"bid": {"days": "150", "warranty_months": "24"}}},
        "contract.delivery.prelim_days",
        near={**TENDER, "tender": {"bid": {"days": "160", "warranty_months": "12"}}},
    ),
    Trigger(
        "DTE-05",
        {**TENDER, "intent.award": {"doc_no": "ZB-1", "date": "2025-06-20", "amount": "1"}},
        "contract.amount",
        near=TENDER,
    ),
    Trigger(
        "APR-01",
        {f"{APPROVALS}[1].date": "2025-07-01", f"{APPROVALS}[2].date": "2025-06-30"},
        f"{APPROVALS}[2].date",
        near={f"{APPROVALS}[1].date": "2025-07-01"},
    ),
    Trigger("APR-02", {f"{APPROVALS}[3]": None}, APPROVALS, said="总经理"),
    Trigger("APR-02", {f"{APPROVALS}[2].by": "p5"}, f"{APPROVALS}[2].by", said="方敬之"),
    Trigger("APR-02", {f"{APPROVALS}[0].by": "p1"}, f"{APPROVALS}[0].by", said="发起人"),
    Trigger("APR-03", {f"{APPROVALS}[1].result": "rejected"}, f"{APPROVALS}[1].result"),
    Trigger(
        "APR-04",
        {"contract.signed": "2025-07-01"},
        "contract.signed",
        near={"contract.signed": "2025-07-02"},
    ),
    Trigger(
        "APR-04",
        {"contract.approval_form.seal.date": "2025-07-01"},
        "contract.approval_form.seal.date",
        near={"contract.approval_form.seal.date": "2025-07-02"},
    ),
    Trigger(
        "APR-05",
        {"contract.hash": "9F2C-11AA", "contract.approval_form.final_hash": "9F2C-11AB"},
        "contract.hash",
        near={"contract.hash": "9F2C-11AA", "contract.approval_form.final_hash": "9f2c 11aa"},
    ),
    Trigger(
        "NEG-01",
        {"negotiation.internal.floor.amount": "1128000.01"},
        "negotiation.internal.floor.amount",
        near={"negotiation.internal.floor.amount": "1128000"},
    ),
    Trigger(
        "NEG-01",
        {"negotiation.internal.floor.max_days": "159"},
        "negotiation.internal.floor.max_days",
        near={
            "negotiation.internal.floor.max_days": "159",
            "negotiation.exception": {"by": "p9", "date": "2025-06-13", "reason": "战略客户"},
        },
    ),
    Trigger(
        "NEG-02",
        {"negotiation.internal.floor.approved_on": "2025-06-07"},
        "negotiation.internal.floor.approved_on",
        near={"negotiation.internal.floor.approved_on": "2025-06-06"},
    ),
    Trigger(
        "NEG-02", {"negotiation.internal.floor.amount": None}, "negotiation.internal.floor.amount"
    ),
    Trigger(
        "NEG-03",
        {"proposal.summary": "我方底价 108万"},
        "proposal.summary",
        near={"proposal.summary": "我方报价 2108万"},
        said="negotiation.internal.floor.amount",
    ),
    Trigger("NEG-04", {f"{ROUNDS}[0].lead": "p1"}, f"{ROUNDS}[0].lead", said="周启明"),
    Trigger("NEG-05", {"contract.warranty.months": "24"}, "contract.warranty.months"),
    Trigger(
        "NEG-05",
        {"contract.payments[0].share": "0.25", "contract.payments[1].share": "0.35"},
        "contract.payments[0].share",
        near={"contract.payments[0].share": "0.34"},
    ),
    Trigger(
        "NED-01", {"needs.items[1].metric": None}, "needs.items[1].metric",
        near={"needs.items[5].metric": None},
    ),
    Trigger(
        "NED-01",
        {"proposal.functions[1]": None, "proposal.quote.lines[1].needs": [],
         "proposal.quote.lines[5].needs": []},
        "needs.items[1]",
        near={"proposal.functions[1]": None},
    ),
    Trigger("NED-02", {"contacts.c3.role": "user"}, "needs.interviews", said="技术负责人"),
    Trigger(
        "NED-02", {"needs.interviews[0].theirs": ["c3"], "needs.interviews[1].theirs": ["c3"]},
        "needs.interviews", said="业务负责人",
    ),
    Trigger(
        "NED-03", {"needs.review.attendees": ["p1", "p2", "p3"]}, "needs.review.attendees"
    ),
    Trigger(
        "CUS-02",
        {"customer.industry.name": "专用设备制造业"},
        "customer.industry.name",
        near={"customer.industry.code": "C3411", "customer.industry.name": "锅炉制造"},
    ),
    Trigger("CUS-04", {}, "customer.uscc", others=(TWIN, KNOWN), said="XM-2025-0099"),
    Trigger("CUS-04", {}, "customer.name", others=(NAMESAKE,)),
    Trigger(
        "FUP-01",
        {"delivery.followups[5].date": "2025-08-30"},
        "delivery.followups[5].date",
        near={"delivery.followups[11].date": "2025-10-10"},
    ),
    Trigger(
        "FUP-01",
        {"acceptance.final": None, "meta.as_of": "2026-02-01"},
        "delivery.followups",
    ),
    Trigger(
        "CHG-01",
        {"delivery.changes[0].signed_by": ["p7"]},
        "delivery.changes[0].signed_by",
        near={"delivery.changes[1].signed_by": ["p7"]},
        said="客户",
    ),
    Trigger(
        "CHG-02",
        {"delivery.changes[0].amount": "-500"},
        "delivery.changes[0].supplement",
        near={"delivery.changes[0].amount": "-500",
              "delivery.changes[0].supplement": "LY-XS-2025-0037-BC01"},
    ),
    Trigger("VIS-01", {"aftersales.visits[2]": None}, "aftersales.visits[2].date"),
    Trigger(
        "VIS-01",
        {"meta.as_of": "2026-09-19"},
        "aftersales.visits",
        near={"meta.as_of": "2026-09-18"},
    ),
    Trigger(
        "SUR-01",
        {"aftersales.surveys": []},
        "aftersales.surveys",
        near={"aftersales.surveys": [], "acceptance.final.date": "2026-04-02"},
        said="2026H1",
    ),
    Trigger("SUR-02", {f"{SURVEY}.valid": "9"}, f"{SURVEY}.valid"),
    Trigger("SUR-02", {f"{SURVEY}.returned": "10"}, f"{SURVEY}.returned"),
    Trigger(
        "SUR-02",
        {f"{SURVEY}.responses[0].scores[2]": "6"},
        f"{SURVEY}.responses[0].scores[2]",
        near={f"{SURVEY}.responses[0].scores[2]": "1"},
    ),
    Trigger(
        "SUR-02",
        {f"{SURVEY}.responses[0].recommend": "11"},
        f"{SURVEY}.responses[0].recommend",
        near={f"{SURVEY}.responses[0].recommend": "0"},
    ),
    Trigger("SUR-03", {f"{SURVEY}.improvements[1]": None}, f"{SURVEY}.improvements"),
    Trigger(
        "REF-01", {f"{GROWTH}[1].incentive.to": "individual"}, f"{GROWTH}[1].incentive.to",
        near={f"{GROWTH}[1].incentive.to": "intermediary"},
    ),
    Trigger(
        "REF-02", {f"{GROWTH}[1].incentive.booked": "false"}, f"{GROWTH}[1].incentive.booked"
    ),
    Trigger(
        "REF-02",
        {f"{GROWTH}[1].incentive.agreed_in_writing": None},
        f"{GROWTH}[1].incentive.agreed_in_writing",
        near={f"{GROWTH}[1].incentive": None},
    ),
    Trigger(
        "REF-03",
        {f"{GROWTH}[1].consent": "false"},
        f"{GROWTH}[1].consent",
        near={f"{GROWTH}[1].consent": "false", f"{GROWTH}[1].status": "new"},
    ),
]  # fmt: skip


@pytest.mark.parametrize("trigger", TRIGGERS, ids=str)
def test_the_rule_objects(trigger: Trigger) -> None:
    check_trigger(trigger)


def test_the_sample_breaks_no_rule() -> None:
    assert [each.text() for each in found({})] == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "path"),
    [
        ("code: C34,", "code: C99,", "CUS-02", "customer.industry.code"),
        ('mobile: "13800138000"', 'mobile: "1380013800"', "CUS-03", "contacts.c1.mobile"),
        ("basis: headcount, value: 620", "headcount: 620, revenue: 5", "CUS-01", "customer.scale"),
    ],
)
def test_what_is_written_wrongly_is_found_while_reading(
    old: str, new: str, rule: str, path: str
) -> None:
    text = world.SAMPLE.read_text(encoding="utf-8")
    assert old in text
    loaded = world.written(text.replace(old, new, 1))
    assert [(each.rule, each.path) for each in loaded.findings] == [(rule, path)]


def test_flaws_of_values_are_those_that_reading_reports() -> None:
    assert scale_has_one_basis({"headcount": "620", "revenue": "5"}) is not None
    assert scale_has_one_basis({"basis": "headcount"}) is not None
    assert scale_has_one_basis({"headcount": "620"}) is None
    assert industry_code_exists("C99") is not None
    assert industry_code_exists("C34") is None
    assert phone_has_its_form("1380013800") is not None
    assert phone_has_its_form("0574-00000002") is None


@given(st.integers(-400, 400))
def test_one_wrong_date_gives_one_finding(shift: int) -> None:
    """Whatever day the review is moved to: one finding when it leaves its place, none within it."""
    day = date(2025, 4, 22) + timedelta(days=shift)
    hits = [each for each in found({"needs.review.date": day.isoformat()})
            if each.rule == "DTE-01"]  # fmt: skip
    fits = date(2025, 4, 18) <= day <= date(2025, 5, 12)
    assert [each.path for each in hits] == ([] if fits else [hits[0].path])
    if day > date(2025, 5, 30) or day < date(2025, 4, 2):
        assert hits[0].path == "needs.review.date"


def test_a_bid_is_confirmed_after_the_award_as_before_but_not_after_the_draft() -> None:
    """Which of both comes first says nothing; the draft follows both."""
    award = {"doc_no": "ZB-1", "date": "2025-05-28", "amount": "1128000"}
    tender = {**TENDER, "intent.award": award, "negotiation": None}
    hits = [each for each in found(tender) if each.rule == "DTE-01"]
    assert hits == []
    late = {**tender, "proposal.confirmation.date": "2025-06-26"}
    assert [each.path for each in found(late) if each.rule == "DTE-01"] != []
