"""What is due in a deal: nothing forgotten, nothing that is done, each at its day and with a name."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.case.load import read_case
from salesdocs.case.paths import leaves
from salesdocs.rules.agenda import DueItem, Kind, agenda
from tests import world

TODAY = date(2026, 9, 1)


def items(changes: Mapping[str, Any], today: date = TODAY) -> tuple[DueItem, ...]:
    case = world.changed(changes).loaded.case
    return agenda(case, world.library().policy, today)


def one(kind: str, changes: Mapping[str, Any], today: date = TODAY) -> DueItem:
    (item,) = [each for each in items(changes, today) if each.kind == kind]
    return item


def kinds(changes: Mapping[str, Any], today: date = TODAY) -> set[str]:
    return {each.kind for each in items(changes, today)}


# The sample as it stood before its contract was signed.
OPEN = {
    "contract.signed": None,
    "acceptance": None,
    "receivables": None,
    "aftersales": None,
    "delivery": None,
}
LEAD = {
    **dict.fromkeys(("needs", "proposal", "negotiation", "intent", "contract", "delivery"), None),
    **dict.fromkeys(("acceptance", "receivables", "aftersales"), None),
    "meta.stage": "1",
}
RATED = {"lead.evaluation.date": "2026-08-20", "lead.first_contact.date": "2026-08-20"}
BUILDING = {"meta.stage": "6", "acceptance": None, "aftersales": None, "receivables": None}


def test_the_sample_is_due_as_one_reads_it_in_the_file() -> None:
    told = [(each.day.isoformat(), each.what.zh, each.who.zh) for each in items({})]
    assert told == [
        ("2026-09-10", "新商机：二期方案交流", "周启明"),
        ("2026-09-14", "月度回访", "宋知夏"),
        ("2026-09-15", "改进措施：制作 6 段短视频", "宋知夏"),
        ("2026-09-30", "改进措施：提供大按钮模式", "贺子墨"),
        ("2026-11-17", "商谈续保（质保 2027-01-16 到期）", "宋知夏"),
        ("2026-12-31", "2026H2 满意度调研", "宋知夏"),
        ("2027-01-16", "质保期满", "宋知夏"),
        ("2027-02-01", "收款：质保金 56,400.00 元（节假日安排公布后可能顺延）", "周启明"),
        ("2027-06-30", "2027H1 满意度调研", "宋知夏"),
    ]


@pytest.mark.parametrize(
    ("kind", "changes", "day"),
    [
        pytest.param("next_action", LEAD | RATED | {"lead.evaluation.next_action": {"what": "上门", "due": "2026-08-24"}}, "2026-08-24", id="next action as written"),
        pytest.param("next_action", LEAD | RATED | {"lead.evaluation.next_action": None}, "2026-08-21", id="grade A: one working day"),
        pytest.param("first_contact", LEAD | {"lead.first_contact": None, "lead.evaluation": None, "lead.created": "2026-08-28"}, "2026-08-31", id="first contact, over a weekend"),
        pytest.param("rerating", LEAD | RATED, "2026-11-18", id="rating after 90 days"),
        pytest.param("pool", LEAD | RATED, "2026-11-18", id="back to the pool"),
        pytest.param("review_action", OPEN | {"meta.stage": "2", "needs.review.actions": [{"what": "补充测算", "owner": "p4", "due": "2026-09-03"}]}, "2026-09-03", id="review"),
        pytest.param("proposal", OPEN | {"meta.stage": "3", "negotiation": None, "intent": None, "proposal.valid_until": "2026-09-10"}, "2026-09-10", id="offer"),
        pytest.param("contract", OPEN | {"meta.stage": "5", "intent.contract_deadline": "2026-09-20"}, "2026-09-20", id="intent"),
        pytest.param("contract", OPEN | {"meta.stage": "5", "intent.award": {"date": "2026-08-20"}}, "2026-09-19", id="award: thirty days"),
        pytest.param("credit", OPEN | {"meta.stage": "5", "customer.credit.checked_on": "2026-07-01"}, "2026-09-29", id="credit check"),
        pytest.param("approval", OPEN | {"meta.stage": "5", "contract.draft": {"date": "2026-08-28"}, "contract.approvals": []}, "2026-08-31", id="approval by sales"),
        pytest.param("plan", BUILDING | {"contract.effective": {"date": "2026-08-25"}, "contract.signed": "2026-08-25"}, "2026-09-04", id="plan"),
        pytest.param("duty", BUILDING | {"delivery.customer_duties": [{"what": "机房", "due": "2026-09-05", "owner": "c3"}]}, "2026-09-05", id="duty"),
        pytest.param("followup", BUILDING | {"delivery.followups": [{"date": "2026-08-26", "by": "p1"}]}, "2026-09-02", id="follow-up"),
        pytest.param("acceptance", BUILDING | {"contract.delivery.prelim_due": "2026-09-08"}, "2026-09-08", id="preliminary acceptance"),
        pytest.param("issue", {"acceptance.open_issues": [{"id": "O-01", "desc": "报表慢", "due": "2026-09-02"}]}, "2026-09-02", id="issue"),
        pytest.param("bond", {"contract.performance_bond": {"share": "0.05", "valid_to": "2026-12-31"}}, "2026-12-31", id="bond"),
        pytest.param("term", {"contract.term": {"end": "2026-12-31", "renewal_notice_days": "30"}}, "2026-12-01", id="notice before the end"),
        pytest.param("survey", {"aftersales.surveys": []}, "2026-12-31", id="survey"),
    ],
)  # fmt: skip
def test_what_is_due_has_its_day(kind: str, changes: Mapping[str, Any], day: str) -> None:
    days = [each.day.isoformat() for each in items(changes) if each.kind == kind]
    assert day in days


@pytest.mark.parametrize(
    ("kind", "done"),
    [
        pytest.param("review_action", {"needs.review.actions": [{"what": "补充测算", "due": "2026-09-03", "done": "2026-08-30"}], **OPEN, "meta.stage": "2"}, id="review"),
        pytest.param("milestone", {}, id="all milestones reached"),
        pytest.param("followup", {}, id="accepted"),
        pytest.param("issue", {"acceptance.open_issues": [{"id": "O-01", "desc": "报表慢", "due": "2026-09-02", "closed": "2026-09-01"}]}, id="issue"),
        pytest.param("improvement", {"aftersales.surveys[0].improvements": [{"issue": "慢", "due": "2026-09-02", "status": "closed"}]}, id="improvement"),
        pytest.param("growth", {"aftersales.growth[0].status": "converted"}, id="growth"),
        pytest.param("duty", BUILDING | {"delivery.customer_duties": [{"what": "机房", "due": "2026-09-05", "done": "2026-09-01"}]}, id="duty"),
        pytest.param("contract", {}, id="signed"),
        pytest.param("proposal", {}, id="agreed"),
        pytest.param("pool", {"meta.stage": "3", **OPEN}, id="no lead any more"),
    ],
)  # fmt: skip
def test_what_is_done_is_not_due(kind: str, done: Mapping[str, Any]) -> None:
    assert kind not in kinds(done)


def test_a_visit_has_some_days_of_play_before_it_is_overdue() -> None:
    visit = one("visit", {})
    assert (visit.day, visit.latest) == (date(2026, 9, 14), date(2026, 9, 18))
    assert not visit.is_overdue(visit.latest)
    assert visit.is_overdue(visit.latest + timedelta(days=1))


def test_an_unhappy_customer_is_visited_again_in_a_week() -> None:
    visits = [each for each in items({"aftersales.visits[0].score": "5"}) if each.kind == "visit"]
    last = world.sample().case.aftersales.visits
    low = items({f"aftersales.visits[{len(last) - 1}].score": "2"})
    again = [each for each in low if each.kind == "visit" and each not in visits]
    assert [each.day for each in again] == [(last[-1].date or TODAY) + timedelta(days=7)]
    assert "低分（2 分）" in again[0].what.zh


def test_money_stays_due_when_the_deal_is_closed_and_nothing_else() -> None:
    assert kinds({"meta.status": "won_closed"}) == {"payment"}
    assert kinds(LEAD | RATED | {"meta.status": "lost"}) == set()


def test_the_payments_due_are_what_has_not_come_in() -> None:
    case = world.changed({"receivables": None}).loaded.case
    due = [each for each in agenda(case, world.library().policy, TODAY) if each.kind == "payment"]
    assert sum(each.amount or 0 for each in due) == case.contract.amount
    assert all(each.is_overdue(TODAY) for each in due[:3])
    assert {each.remind for each in due} == {7}


def test_the_half_year_that_was_left_out_is_overdue_and_the_coming_ones_are_told() -> None:
    surveys = [each for each in items({"aftersales.surveys": []}) if each.kind == "survey"]
    assert [(each.what.zh, each.is_overdue(TODAY)) for each in surveys] == [
        ("2026H1 满意度调研", True),
        ("2026H2 满意度调研", False),
        ("2027H1 满意度调研", False),
    ]


def test_personal_data_of_respondents_are_due_to_be_deleted() -> None:
    answers = [{"id": "A1", "overall": "5", "contact_name": "何文澜"}]
    sheets = one("sheets", {"aftersales.surveys[0].responses": answers, "meta.status": "lost"})
    sent = world.sample().case.aftersales.surveys[0].sent
    assert sent is not None
    assert sheets.day == sent.replace(year=sent.year + 2)


def test_the_next_step_of_the_approval_waits_for_the_one_before() -> None:
    given = {"step": "1", "dept": "sales", "by": "p2", "date": "2026-08-27", "result": "approved"}
    at = OPEN | {
        "meta.stage": "5",
        "contract.draft": {"date": "2026-08-25"},
        "contract.approvals": [given],
    }
    item = one("approval", at)
    assert (item.what.zh, item.who.zh, item.day) == (
        "合同审批：法务部",
        "方敬之",
        date(2026, 8, 31),
    )


def test_every_kind_of_thing_that_is_due_is_tried_here() -> None:
    seen = set()
    for changes in (LEAD | RATED, OPEN | {"meta.stage": "5"}, BUILDING, {}, {"receivables": None}):
        seen |= kinds(changes)
    assert (
        {"payment", "visit", "survey", "followup", "rerating", "contact"}
        <= seen
        <= set(get_args(Kind))
    )


@pytest.mark.parametrize("today", [date(2024, 1, 1), TODAY, date(2035, 5, 5)])
def test_items_come_in_order_with_a_name_a_path_and_words_in_both_languages(today: date) -> None:
    case = world.sample().case
    known = {path for path, _ in leaves(case)}
    found = agenda(case, world.library().policy, today)
    assert list(found) == sorted(found, key=lambda each: (each.day, each.path))
    for each in found:
        assert each.what.zh and each.what.en and each.who.zh and each.who.en
        assert each.latest >= each.day
        assert any(path.startswith(each.path) for path in known), each.path


@given(st.data())
def test_whatever_is_missing_in_a_case_its_agenda_can_be_read(data: st.DataObject) -> None:
    tree = deepcopy(dict(world.sample().tree))
    for _ in range(data.draw(st.integers(1, 12))):
        here: Any = tree
        while isinstance(here, dict | list) and here:
            keys = sorted(here) if isinstance(here, dict) else list(range(len(here)))
            key = data.draw(st.sampled_from(keys))
            if not isinstance(here[key], dict | list) or data.draw(st.booleans()):
                del here[key]
                break
            here = here[key]
    tree["meta"] = tree.get("meta") or {}
    tree["meta"]["stage"] = data.draw(st.sampled_from("1234567"))
    import json

    loaded = read_case(json.dumps(tree, ensure_ascii=False).encode(), "case.yaml")
    today = data.draw(st.dates(date(2024, 1, 1), date(2028, 1, 1)))
    found = agenda(loaded.case, world.library().policy, today)
    assert all(each.what.zh for each in found)
