"""The typed case: the sample deal to the cent, laws of its sums, and what it says to wrong values."""

import copy
import pickle
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from salesdocs.calc.capitals import capitals
from salesdocs.calc.period import is_published
from salesdocs.case import choices
from salesdocs.case.load import load_case
from salesdocs.case.model import Case, scalars, thresholds
from salesdocs.case.model.base import Registry
from salesdocs.case.model.contract import Contract
from salesdocs.case.model.negotiation import Negotiation
from salesdocs.case.model.parties import Scale
from salesdocs.case.model.proposal import Quote

ROOT = Path(__file__).parents[2]
SAMPLE = load_case(ROOT / "examples/mes/case.yaml")
CASE = SAMPLE.case
yuan = Decimal


def tree() -> dict[str, Any]:
    """Return the sample as plain text, free to be changed."""
    return copy.deepcopy(dict(SAMPLE.tree))


def problems(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (rule, place) of everything wrong with a case."""
    with pytest.raises(ValidationError) as caught:
        Case.model_validate(data)
    return [
        (error["type"], ".".join(map(str, error["loc"])))
        for error in caught.value.errors(include_url=False)
    ]


# ---- the sample, as its reference gives it ----


def test_the_sample_has_nothing_wrong_in_it() -> None:
    assert SAMPLE.findings == ()


def test_the_lead_of_the_sample_scores_85_and_is_an_a() -> None:
    evaluation = CASE.lead.evaluation
    assert (evaluation.score, evaluation.grade) == (85, "A")
    assert sum(row.points or 0 for row in evaluation.rows) == 85
    assert evaluation.bant.points == 7


def test_the_quote_of_the_sample_adds_up() -> None:
    quote = CASE.proposal.quote
    assert (quote.list_total, quote.saved) == (yuan("1278000.00"), yuan("150000.00"))
    assert quote.discount_rate is not None and quote.deal_rate is not None
    assert (round(quote.deal_rate, 4), round(quote.discount_rate, 4)) == (
        Decimal("0.8826"),
        Decimal("0.1174"),
    )
    assert quote.total == yuan("1128000.00") == CASE.contract.amount == CASE.intent.amount
    assert capitals(quote.total) == "人民币壹佰壹拾贰万捌仟元整"
    assert (quote.net, quote.tax) == (yuan("1017281.69"), yuan("110718.31"))
    assert [(group.rate, group.gross, group.net, group.tax) for group in quote.by_rate] == [
        (Decimal("0.13"), yuan("802000.00"), yuan("709734.52"), yuan("92265.48")),
        (Decimal("0.06"), yuan("326000.00"), yuan("307547.17"), yuan("18452.83")),
    ]
    assert quote.current_version is not None
    assert quote.current_version.total == quote.total


def test_a_line_of_the_sample_has_its_own_figures() -> None:
    line = CASE.proposal.quote.lines[0]
    assert (line.list_amount, line.gross, line.unit_deal) == (480000, 408000, 408000)
    assert (line.net, line.tax) == (yuan("361061.95"), yuan("46938.05"))
    assert line.price_basis == "tax_included"


def test_the_payments_of_the_sample_split_the_price() -> None:
    amounts = [payment.amount for payment in CASE.contract.payments]
    assert amounts == [338400, 338400, 394800, 56400]
    assert CASE.contract.share_total == 1
    assert (CASE.contract.prepay_share, CASE.contract.retention_share) == (
        Decimal("0.30"),
        Decimal("0.05"),
    )


def test_the_sample_stays_above_its_floor() -> None:
    negotiation = CASE.negotiation
    assert negotiation.floor_distance == yuan("48000.00")
    assert not negotiation.floor_crossed
    assert {row.term: row.distance for row in negotiation.floor_distances} == {
        "amount": 48000,
        "days": 20,
        "prepay": 0,
        "retention": Decimal("0.05"),
    }
    assert negotiation.conceded == yuan("52900.00")
    assert [trail.outcome for trail in negotiation.trails] == ["agreed"] * 4
    assert negotiation.open_trails == ()
    assert (negotiation.trails[0].first_gap, negotiation.trails[0].last_gap) == (130900, 0)


def test_the_two_sides_of_the_sample_came_closer_round_by_round() -> None:
    negotiation = CASE.negotiation
    assert [
        (step.topic, step.round, step.gap, step.unit, step.closed) for step in negotiation.steps
    ] == [
        ("price", "R-01", 130900, None, None),
        ("price", "R-02", 0, None, 1),
        ("payment", "R-01", None, None, None),
        ("payment", "R-02", None, None, None),
        ("delivery", "R-01", 20, "天", None),
        ("warranty", "R-02", None, None, None),
    ]
    assert round(negotiation.conceded_rate, 4) == Decimal("0.0448")
    assert negotiation.target_distance == yuan("-2000.00")


def test_the_delivery_of_the_sample_was_due_after_160_days() -> None:
    assert CASE.contract.counted_prelim_due == date(2025, 12, 15) == CASE.contract.prelim_due
    prelim = next(row for row in CASE.promise_and_fact if row.promise == "prelim_acceptance")
    assert (prelim.promised, prelim.actual, prelim.delay_days) == (
        date(2025, 12, 15),
        date(2025, 12, 12),
        -3,
    )


def test_the_payments_of_the_sample_fall_due_and_come_in() -> None:
    first, second, third, last = CASE.payment_schedule
    assert (first.due, first.received, first.overdue_days) == (
        date(2025, 7, 23),
        date(2025, 7, 21),
        0,
    )
    assert (second.raw_due, second.due, second.overdue_days) == (
        date(2025, 12, 27),
        date(2025, 12, 29),
        0,
    )
    assert (third.raw_due, third.due, third.overdue_days, third.damages) == (
        date(2026, 2, 15),
        date(2026, 2, 24),
        2,
        yuan("394.80"),
    )
    assert (last.event_date, last.raw_due, last.outstanding, last.provisional) == (
        date(2027, 1, 16),
        date(2027, 1, 31),
        yuan("56400.00"),
        not is_published(date(2027, 1, 31)),  # final once the notice for 2027 is known
    )
    assert CASE.next_payment == last
    assert (CASE.collected, CASE.collected_rate) == (yuan("1071600.00"), Decimal("0.95"))
    assert (CASE.outstanding, CASE.overdue) == (yuan("56400.00"), 0)


def test_the_warranty_of_the_sample_runs_a_year_from_the_day_after() -> None:
    period = CASE.warranty_period
    assert period is not None
    assert (period.first, period.last) == (date(2026, 1, 17), date(2027, 1, 16))
    assert CASE.dates.warranty_end == period.last


def test_the_followups_and_visits_of_the_sample_are_counted() -> None:
    assert (CASE.delivery.followup_count, CASE.delivery.longest_followup_gap) == (26, 9)
    assert CASE.aftersales.visit_count == 7
    assert CASE.aftersales.visit_gaps == (27, 32, 30, 29, 33, 29, 30)
    assert CASE.aftersales.longest_visit_gap == 33
    assert CASE.last_contact == date(2026, 8, 14)
    assert CASE.days_since_contact == 17


def test_visits_are_summed_up_by_calendar_year() -> None:
    (year,) = CASE.aftersales.visit_years
    assert year.visits == CASE.aftersales.visits
    found = (year.year, year.mean_score, year.longest_gap, year.problems, year.open)
    assert found == ("2026", Decimal("4.43"), 33, 2, 0)
    data = tree()
    data["aftersales"]["visits"][0]["date"] = "2025-12-30"
    years = Case.model_validate(data).aftersales.visit_years
    assert [(year.year, len(year.visits)) for year in years] == [("2025", 1), ("2026", 6)]


def test_a_low_score_brings_the_next_visit_within_a_week() -> None:
    visits = CASE.aftersales.visits
    assert (visits[6].low, visits[6].next_date) == (False, date(2026, 9, 14))
    data = tree()
    data["aftersales"]["visits"][6]["score"] = "2"
    last = Case.model_validate(data).aftersales.visits[6]
    assert (last.low, last.next_date) == (True, date(2026, 8, 21))


@pytest.mark.parametrize(("gap", "late"), [("2026-09-18", False), ("2026-09-19", True)])
def test_a_visit_more_than_35_days_after_the_one_before_is_late(gap: str, late: bool) -> None:
    data = tree()
    data["aftersales"]["visits"].append({"id": "V-08", "date": gap})
    assert Case.model_validate(data).aftersales.visits[7].late is late


@pytest.mark.parametrize(
    ("facts", "overdue"),
    [
        pytest.param({"due": "2026-08-30"}, True, id="the day before"),
        pytest.param({"due": "2026-08-31"}, False, id="on its day"),
        pytest.param({"due": "2026-08-20", "closed": "2026-08-25"}, False, id="closed late"),
        pytest.param({}, False, id="no day set"),
    ],
)
def test_a_problem_open_after_its_day_is_overdue(facts: dict[str, str], overdue: bool) -> None:
    data = tree()
    problem = {"desc": "导出慢", **facts}
    data["aftersales"]["visits"][6].update(problems=[problem], problem="看板卡顿", **facts)
    visit = Case.model_validate(data).aftersales.visits[6]
    assert [found.overdue for found in visit.all_problems] == [overdue, overdue]
    assert len(visit.open_problems) == (0 if "closed" in facts else 2)
    del data["meta"]["as_of"]
    visit = Case.model_validate(data).aftersales.visits[6]
    assert [found.overdue for found in visit.all_problems] == [False, False]


def test_a_lead_is_rated_again_after_90_days() -> None:
    assert CASE.lead.evaluation.rerate_by == date(2025, 6, 16)


def test_a_record_is_complete_when_company_main_contact_and_lead_are_known() -> None:
    record = CASE.customer_record
    assert (record.filled, record.total, record.share) == (30, 37, Decimal("0.811"))
    data = tree()
    data["customer"]["credit"]["dishonest_list"] = "true"  # an answer like any other
    assert Case.model_validate(data).customer_record == record
    data["customer"]["website"] = "www.shuoheng.example.com"
    assert Case.model_validate(data).customer_record.filled == 31
    data["lead"]["source"]["channel"] = "referral"
    assert Case.model_validate(data).customer_record.total == 38
    empty = Case().customer_record
    assert (empty.filled, empty.total, empty.share) == (0, 37, 0)


def test_the_survey_of_the_sample_is_evaluated() -> None:
    (survey,) = CASE.aftersales.surveys
    assert (survey.valid_rate, survey.response_rate) == (Decimal("0.889"), Decimal("0.889"))
    assert (survey.overall_mean, survey.csat) == (Decimal("4.13"), Decimal("0.875"))
    means = [str(result.mean) for result in survey.dimension_results]
    assert means == ["4.13", "4.25", "4.50", "4.63", "3.88", "4.00"]
    assert [result.dimension for result in survey.flagged] == ["training"]
    nps = survey.nps
    assert (nps.score, nps.promoters, nps.passives, nps.detractors, nps.n) == (38, 4, 3, 1, 8)
    assert (survey.counts_only, survey.this_customer_only) == (False, True)
    assert [(row.role, row.n) for row in survey.sample][:2] == [("management", 1), ("it", 2)]
    assert {row.response for row in survey.low_scores} == {"Q3", "Q4"}


def test_the_growth_of_the_sample_is_weighted() -> None:
    repurchase, referral = CASE.aftersales.growth
    assert (repurchase.weighted, referral.weighted) == (yuan("156000.00"), None)
    assert repurchase.source is CASE.delivery.changes[1]
    assert referral.incentive.form == "升级服务 3 人天"
    assert CASE.aftersales.growth_weighted == yuan("156000.00")
    assert CASE.aftersales.incentive_cost == yuan("6600.00")


def test_every_need_of_the_sample_is_traced_to_its_acceptance() -> None:
    assert [row.need.id for row in CASE.trace] == [f"N-0{n}" for n in range(1, 7)]
    assert all(row.accepted for row in CASE.trace)
    interface = CASE.trace[4]
    found = (interface.lines, interface.deliverables, interface.milestones, interface.items)
    assert [[row.id for row in rows] for rows in found] == [
        ["L-05"],
        ["D-05"],
        ["M-04", "M-06", "M-07"],
        ["A-05"],
    ]
    assert CASE.uncovered == ()


def test_the_needs_of_the_sample_are_counted() -> None:
    needs = CASE.needs
    counts = (needs.count, needs.must_count, needs.want_count, needs.value_add_count)
    assert counts == (7, 5, 1, 1)
    assert [need.id for need in needs.deferred] == ["N-07"]
    assert needs.metric_share == 1
    assert needs.review.total_effort_days == 160
    assert needs.review.open_actions == ()
    assert all(lamp.lit for lamp in CASE.meddic)


def test_the_acceptance_of_the_sample_rests_on_its_papers() -> None:
    kinds = [row.kind for row in CASE.acceptance_basis]
    assert kinds == ["contract", *["annex"] * 6, "change"]
    assert CASE.acceptance.conclusion == CASE.acceptance.best_possible == "pass"
    assert CASE.acceptance.items[0].agreed_criteria == CASE.contract.deliverables[0].criteria


def test_the_sample_has_numbers_for_its_documents() -> None:
    assert (CASE.meta.year, CASE.meta.seq) == ("2025", "0037")
    assert CASE.document_number("review_minutes") == "LY-XQPS-2025-0037"
    assert CASE.document_number("contract") == CASE.contract.doc_no


def test_the_parties_of_the_sample_are_customer_and_supplier() -> None:
    a, b = CASE.parties.a, CASE.parties.b
    assert (a.name, a.contact, a.size) == (CASE.customer.name, "俞可凡", "medium")
    assert (b.name, b.account, b.size) == (CASE.supplier.name, "0000000000000000018", "small")


# ---- what a deal has on the way ----

GROWTH = (
    ("meta", "team", "supplier", "customer", "contacts", "lead"),
    ("needs",),
    ("proposal",),
    ("negotiation", "intent"),
    ("contract",),
    ("delivery", "acceptance", "receivables"),
    ("aftersales",),
)


@pytest.mark.parametrize("stage", range(8))
def test_a_case_loads_at_every_stage(stage: int) -> None:
    blocks = ["schema", *(name for names in GROWTH[:stage] for name in names)]
    case = Case.model_validate({name: SAMPLE.tree[name] for name in blocks})
    assert list(computed(case))


def computed(value: Any) -> Iterator[tuple[str, Any]]:
    """Read every computed value below `value`, as a template could."""
    from salesdocs.case.paths import walk_paths

    for info in walk_paths(type(value)):
        if "[]" not in info.path:
            here = value
            for name in info.path.split("."):
                here = getattr(here, name) if here is not None else None
            yield info.path, here


def test_an_empty_case_has_empty_blocks_and_no_missing_names() -> None:
    case = Case.model_validate({})
    assert case.contract.warranty.months is None
    assert case.contract.payments == ()
    assert case == Case()
    empty = {path: value for path, value in computed(case) if isinstance(value, Decimal)}
    assert empty == {"collected": 0, "overdue": 0, "customer_record.share": 0}


def without_internal(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: without_internal(item) for key, item in data.items() if key != "internal"}
    return [without_internal(item) for item in data] if isinstance(data, list) else data


def test_a_case_without_internal_blocks_loads_and_knows_nothing_of_them() -> None:
    case = Case.model_validate(without_internal(tree()))
    assert case.negotiation.floor_distance is None
    assert case.negotiation.floor_distances == ()
    assert case.proposal.quote.margin_rate is None
    assert case.contacts["c1"].internal.influence is None
    assert not case.meddic[5].lit
    assert case.proposal.quote.total == CASE.proposal.quote.total


def every_place(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for key, item in pairs:
        yield (*place, key)
        if isinstance(item, (dict, list)):
            yield from every_place(item, (*place, key))


@given(st.sampled_from(list(every_place(SAMPLE.tree))))
def test_whatever_is_missing_only_references_to_it_are_wrong(place: tuple[Any, ...]) -> None:
    data = tree()
    parent: Any = data
    for key in place[:-1]:
        parent = parent[key]
    del parent[place[-1]]
    try:
        case = Case.model_validate(data)
    except ValidationError as error:
        kinds = {each["type"] for each in error.errors()}
        assert kinds <= {"CASE-06", "CUS-01"}
    else:
        assert list(computed(case))


# ---- a case as a value ----


def test_equality_and_hash_ignore_what_was_computed() -> None:
    fresh, used = Case.model_validate(tree()), Case.model_validate(tree())
    before = hash(used.needs)
    assert list(computed(used))
    assert used.needs.musts
    assert fresh == used
    assert hash(used.needs) == before == hash(fresh.needs)


def test_a_copy_equals_its_original_and_keeps_its_references() -> None:
    for twin in (copy.deepcopy(CASE), pickle.loads(pickle.dumps(CASE))):
        assert twin == CASE
        assert twin.meta.owner is twin.team["p1"]
        assert twin.contract.payments[0].amount == CASE.contract.payments[0].amount
    assert CASE.model_copy() == CASE


def test_a_case_is_changed_by_loading_it_anew() -> None:
    with pytest.raises(TypeError, match="loading"):
        CASE.contract.model_copy(update={"amount": yuan(1)})
    with pytest.raises(ValidationError, match="frozen"):
        CASE.contract.amount = yuan(1)  # type: ignore[misc]  # that it fails is the point


def test_a_dumped_case_reads_as_the_same_case() -> None:
    dumped = CASE.model_dump(by_alias=True, exclude_none=True)
    assert dumped["contract"]["deliverables"][0]["lines"] == ("L-01",)
    assert dumped["meta"]["owner"] == "p1"
    assert Case.model_validate(dumped) == CASE


def test_a_case_can_be_built_of_typed_values() -> None:
    case = Case.model_validate(
        {
            "team": {"p1": {"name": "周启明"}},
            "meta": {"owner": "p1", "as_of": date(2025, 7, 8)},
            "contract": {"amount": yuan("100.10"), "payments": [{"share": Decimal(1), "days": 5}]},
            "customer": {"credit": {"dishonest_list": False}},
        }
    )
    assert case.meta.owner is case.team.p1
    assert case.contract.payments[0].amount == yuan("100.10")


def test_people_are_found_by_id_and_looped_over_as_rows() -> None:
    assert [person.id for person in CASE.team][:2] == ["p1", "p2"]
    assert CASE.team["p2"].name == CASE.team.p2.name == CASE.team[1].name == "林若川"
    assert CASE.team.get("p99") is None
    with pytest.raises(KeyError):
        CASE.team["p99"]
    with pytest.raises(AttributeError):
        _ = CASE.team.p99


def test_words_of_python_are_read_by_their_name_in_the_file() -> None:
    assert getattr(CASE.needs.items[0], "class") == CASE.needs.items[0].class_ == "must"
    assert getattr(CASE.contract.warranty, "from") == "final_acceptance"
    assert getattr(CASE.aftersales.visits[0], "with") is CASE.contacts["c3"]
    assert getattr(CASE, "schema") == "salesdocs/case@1"  # noqa: B009 (pydantic has one too)


# ---- single values ----

SIGNATURES = [
    (scalars.read_money, "1128000", yuan("1128000.00")),
    (scalars.read_money, "￥1,128,000.00", yuan("1128000.00")),
    (scalars.read_money, "１１２８０００元", yuan("1128000.00")),
    (scalars.read_money, "人民币 1 128 000.5 元整", yuan("1128000.50")),
    (scalars.read_money, "112.8万元", yuan("1128000.00")),
    (scalars.read_money, "−1280.50", yuan("-1280.50")),
    (scalars.read_money, 260000, yuan("260000.00")),
    (scalars.read_share, "0.30", Decimal("0.30")),
    (scalars.read_share, "30%", Decimal("0.30")),
    (scalars.read_share, "３０％", Decimal("0.30")),
    (scalars.read_share, "5‰", Decimal("0.005")),
    (scalars.read_ratio, "150%", Decimal("1.5")),
    (scalars.read_vat, "0.13", Decimal("0.13")),
    (scalars.read_vat, "免税", "exempt"),
    (scalars.read_count, " 160 ", 160),
    (scalars.read_whole, "-5", -5),
    (scalars.read_number, "24.50", Decimal("24.50")),
    (scalars.read_day, "2025-07-08", date(2025, 7, 8)),
    (scalars.read_day, "2025-7-8", date(2025, 7, 8)),
    (scalars.read_day, "2025/7/8", date(2025, 7, 8)),
    (scalars.read_day, "2025.07.08", date(2025, 7, 8)),
    (scalars.read_day, "２０２５年７月８日", date(2025, 7, 8)),
    (scalars.read_day, "2025 年 7 月 8 日", date(2025, 7, 8)),
    (scalars.read_flag, "是", True),
    (scalars.read_flag, "True", True),
    (scalars.read_flag, "否", False),
    (scalars.read_clock, "14:00-16:00", "14:00-16:00"),
    (scalars.read_clock, "9：30", "9:30"),
    (scalars.read_code, "ＬＹ－XS－2025－0037", "LY-XS-2025-0037"),
    (scalars.read_code, "1.10", "1.10"),
    (scalars.read_text, "  报工延迟不超过 5 分钟 ", "报工延迟不超过 5 分钟"),
    (scalars.read_text, "一\n二", "一\n二"),
]


@pytest.mark.parametrize(("read", "written", "value"), SIGNATURES)
def test_values_are_read_as_people_write_them(
    read: Callable[[Any], Any], written: Any, value: Any
) -> None:
    found = read(written)
    assert found == value
    assert type(found) is type(value)
    assert read(found) == found, "a value typed already reads as itself"


WRONG = [
    (scalars.read_money, "约一百万", "TYP-01"),
    (scalars.read_money, "1,28,000", "TYP-01"),
    (scalars.read_money, "0.1e3", "TYP-01"),
    (scalars.read_money, "NaN", "TYP-01"),
    (scalars.read_money, 0.1, "TYP-01"),
    (scalars.read_money, True, "TYP-01"),
    (scalars.read_money, None, "TYP-01"),
    (scalars.read_money, "1000000000000", "TYP-06"),
    (scalars.read_money, "0.005", "TYP-07"),
    (scalars.read_share, "30", "TYP-06"),
    (scalars.read_share, "-0.1", "TYP-06"),
    (scalars.read_ratio, "1500", "TYP-06"),
    (scalars.read_count, "2.5", "TYP-01"),
    (scalars.read_count, "-1", "TYP-06"),
    (scalars.read_count, "12 个月", "TYP-01"),
    (scalars.read_rating, "6", "TYP-06"),
    (scalars.read_day, "25.7.8", "TYP-02"),
    (scalars.read_day, "2025-02-30", "TYP-02"),
    (scalars.read_day, "1989-12-31", "TYP-02"),
    (scalars.read_day, "2101-01-01", "TYP-02"),
    (scalars.read_day, "明年春天", "TYP-02"),
    (scalars.read_flag, "也许", "TYP-03"),
    (scalars.read_flag, 1, "TYP-03"),
    (scalars.read_clock, "下午", "TYP-08"),
    (scalars.read_text, "有\x01控制字符", "TYP-05"),
    (scalars.read_text, ["一"], "TYP-05"),
]


@pytest.mark.parametrize(("read", "written", "rule"), WRONG)
def test_a_wrong_value_is_named_with_an_example(
    read: Callable[[Any], Any], written: Any, rule: str
) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read(written)
    said = caught.value.context
    assert caught.value.type == rule
    assert said is not None
    assert all(said[part] for part in ("zh", "en", "hint_zh", "hint_en"))


@given(st.decimals(-(10**11), 10**11, places=2))
def test_money_reads_what_money_prints(amount: Decimal) -> None:
    assert scalars.read_money(f"¥{amount:,.2f}") == amount


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_day_is_read_in_every_way_of_writing_it(day: date) -> None:
    chinese = f"{day.year}年{day.month}月{day.day}日"
    assert scalars.read_day(chinese) == scalars.read_day(day.isoformat()) == day


@given(st.text())
def test_no_text_brings_the_reader_down(text: str) -> None:
    for read in {read for read, *_ in SIGNATURES}:
        try:
            read(text)
        except PydanticCustomError as problem:
            assert problem.message()


IN_PLACE = [
    ("contract", {"signed": "2025-13-01"}, "TYP-02", "contract.signed"),
    ("customer", {"uscc": "91990000MA9XL00248"}, "PTY-02", "customer.uscc"),
    ("customer", {"industry": {"code": "Z99"}}, "CUS-02", "customer.industry.code"),
    ("customer", {"scale": {"basis": "headcount"}}, "CUS-01", "customer.scale"),
    ("contacts", {"c1": {"mobile": "1380013800"}}, "CUS-03", "contacts.c1.mobile"),
    ("supplier", {"bank": {"account": "12"}}, "TYP-10", "supplier.bank.account"),
    ("supplier", {"email": "zhou@"}, "TYP-09", "supplier.email"),
    ("meta", {"procurement_mode": "tender"}, "CASE-04", "meta.procurement_mode"),
    ("meta", {"case_number": "1"}, "extra_forbidden", "meta.case_number"),
    ("needs", {"items": [{"id": "X-01"}]}, "TYP-12", "needs.items.0"),
    ("needs", {"items": [{"id": "N-1"}, {"id": "N-1"}]}, "CASE-07", "needs.items.1"),
    ("lead", {"recorded_by": "p9"}, "CASE-06", "lead.recorded_by"),
    ("contract", {"dispute": {"method": "either"}}, "CASE-04", "contract.dispute.method"),
]


@pytest.mark.parametrize(("block", "data", "rule", "place"), IN_PLACE)
def test_what_is_wrong_is_reported_at_its_place(
    block: str, data: dict[str, Any], rule: str, place: str
) -> None:
    assert problems({block: data}) == [(rule, place)]


def test_an_unknown_id_is_answered_with_the_likeliest_one() -> None:
    data = tree()
    data["proposal"]["quote"]["lines"][0]["needs"] = ["N-20"]
    with pytest.raises(ValidationError) as caught:
        Case.model_validate(data)
    (first, *_) = caught.value.errors()
    assert first["ctx"]["hint_zh"].startswith("是否想写 N-0")


def test_phones_and_codes_take_their_normal_form() -> None:
    case = Case.model_validate(
        {
            "contacts": {"c1": {"mobile": "+86 138 0013 8000", "phone": "（0574）００００００02"}},
            "customer": {"uscc": "９１９９００００ma9xl00244"},
        }
    )
    assert (case.contacts["c1"].mobile, case.contacts["c1"].phone) == (
        "13800138000",
        "0574-00000002",
    )
    assert case.customer.uscc == "91990000MA9XL00244"


# ---- options ----


@pytest.mark.parametrize("written", ["must", "MUST", "必备功能", " 必备 功能 "])
def test_an_option_is_known_by_code_and_by_label(written: str) -> None:
    assert choices.NeedClass.parse(written) is choices.NeedClass.MUST


def test_a_wrong_option_is_answered_with_the_options() -> None:
    with pytest.raises(PydanticCustomError) as caught:
        choices.Grade.parse("D")
    assert caught.value.context is not None
    assert "A（A 级（高意向））" in caught.value.context["hint_zh"]


def every_choice() -> list[type[choices.Choice]]:
    return choices.Choice.__subclasses__()


@pytest.mark.parametrize("kind", every_choice(), ids=lambda kind: kind.__name__)
def test_labels_of_options_are_there_and_differ(kind: type[choices.Choice]) -> None:
    assert all(member.zh and member.en for member in kind)
    assert len({member.zh for member in kind}) == len(kind)
    for member in kind:
        assert kind.parse(member.zh) is kind.parse(member.value) is member
        assert member == member.value


# ---- what may be written in more than one way ----


@pytest.mark.parametrize(
    ("written", "basis", "value"),
    [
        ({"basis": "headcount", "value": "620"}, "headcount", 620),
        ({"headcount": "620"}, "headcount", 620),
        ({"revenue": "300000000"}, "revenue", 300000000),
        ({"basis": "revenue", "band": "100-400m"}, "revenue", None),
    ],
)
def test_scale_has_one_basis(written: dict[str, str], basis: str, value: int | None) -> None:
    scale = Scale.model_validate(written)
    assert (scale.basis, scale.value) == (basis, value)


@pytest.mark.parametrize(
    "written",
    [
        {"headcount": "620", "revenue": "300000000"},
        {"basis": "headcount", "value": "620", "revenue": "300000000"},
        {"value": "620"},
        {"basis": "headcount"},
    ],
)
def test_scale_by_both_bases_or_none_is_refused(written: dict[str, str]) -> None:
    assert problems({"customer": {"scale": written}}) == [("CUS-01", "customer.scale")]


@pytest.mark.parametrize(
    ("basis", "value", "band"),
    [
        ("headcount", "19", "<20"),
        ("headcount", "500", "500-1000"),
        ("headcount", "1000", "500-1000"),
        ("headcount", "1001", ">1000"),
        ("revenue", "4999999", "<5m"),
        ("revenue", "400000000", "100-400m"),
        ("revenue", "400000001", ">400m"),
    ],
)
def test_a_value_lies_in_its_band(basis: str, value: str, band: str) -> None:
    assert Scale.model_validate({"basis": basis, "value": value}).stated_band == band


def test_short_forms_mean_what_they_say() -> None:
    assert CASE.contract.approval_form.counterparty_check.result == "pass"
    assert CASE.customer.existing_systems[0].name == "用友 U8（财务、供应链）"
    delivery = CASE.negotiation.rounds[0].topics[2]
    assert (delivery.outcome, delivery.agreed_value, delivery.settled) == ("agreed", "160", True)
    assert isinstance(CASE.delivery.followups[0].issue, choices.Nothing)
    assert CASE.aftersales.visits[0].all_problems == ()
    assert [p.desc for p in CASE.aftersales.visits[1].all_problems] == ["班组长不会改派工单"]


def talks(*rounds: list[dict[str, Any]], **agreed: Any) -> Negotiation:
    """A negotiation of rounds with these topics."""
    written = [{"id": f"R-0{n}", "topics": topics} for n, topics in enumerate(rounds, 1)]
    return Negotiation.model_validate({"rounds": written, "agreed": agreed})


def test_an_agreed_topic_without_a_value_has_that_of_the_agreed_terms() -> None:
    price = {"topic": "price", "ours": "110万", "theirs": "100万", "outcome": "agreed"}
    written = {**price, "agreed_value": "105万元"}
    for topic, result, number in ((price, "1128000.00", 1128000), (written, "105万元", 1050000)):
        (first,) = talks([topic], amount="1128000").rounds[0].topics
        assert (first.result, first.result_number) == (result, number)


def test_only_the_last_round_on_a_topic_takes_the_agreed_terms() -> None:
    agreed = {"topic": "delivery", "outcome": "agreed"}
    first, last = talks([agreed], [agreed], days="160").rounds
    assert (first.topics[0].result, last.topics[0].result) == (None, "160")
    (reopened,) = talks([{**agreed, "outcome": "open"}], days="160").rounds
    assert reopened.topics[0].result is None


def test_a_gap_needs_two_numbers_of_one_unit() -> None:
    said = [("160 天", "140天"), ("12 个月", "2 年"), ("30/30/40", "20/40/40"), ("30%", "20%")]
    topics = [
        {"topic": f"议题{n}", "ours": ours, "theirs": theirs}
        for n, (ours, theirs) in enumerate(said)
    ]
    steps = talks(topics).steps
    assert [(step.gap, step.unit) for step in steps] == [
        (20, "天"), (None, None), (None, None), (10, "%"),
    ]  # fmt: skip


def test_a_gap_can_widen() -> None:
    rounds = [[{"topic": "price", "ours": "100", "theirs": theirs}] for theirs in ("80", "70")]
    assert [step.closed for step in talks(*rounds).steps] == [None, Decimal("-0.5")]


def test_a_key_without_a_value_is_a_key_not_written() -> None:
    data = {
        "contract": None,
        "needs": {"items": None, "background": ""},
        "intent": {"deposit": None},
    }
    assert Case.model_validate(data) == Case()


# ---- laws of sums ----

prices = st.decimals(0, 10**6, places=2)
fractions = st.integers(0, 100).map(lambda percent: Decimal(percent) / 100)
rates = st.sampled_from(["0.13", "0.06", "0", "exempt"])
lines = st.fixed_dictionaries(
    {"price": prices, "qty": st.integers(1, 500), "discount": fractions, "vat": rates}
)
quotes = st.fixed_dictionaries(
    {
        "lines": st.lists(lines, min_size=1, max_size=6),
        "price_basis": st.sampled_from(["tax_included", "tax_excluded"]),
    }
)


@given(quotes)
def test_totals_are_the_sums_of_the_lines(data: dict[str, Any]) -> None:
    quote = Quote.model_validate(data, context=Registry())
    for name in ("gross", "net", "tax", "list_amount", "saved"):
        total = getattr(quote, {"gross": "total", "list_amount": "list_total"}.get(name, name))
        assert total == sum(getattr(line, name) for line in quote.lines)
        assert total == sum(getattr(group, name) for group in quote.by_rate)
    assert quote.net is not None and quote.tax is not None
    assert quote.net + quote.tax == quote.total
    assert {line.price_basis for line in quote.lines} == {quote.price_basis}


def test_prices_without_tax_get_the_tax_on_top() -> None:
    data = {"price_basis": "不含税", "lines": [{"price": "100", "qty": "3", "vat": "13%"}]}
    quote = Quote.model_validate(data, context=Registry())
    assert (quote.net, quote.tax, quote.total) == (300, 39, 339)


def test_a_quote_with_an_unfinished_line_has_no_total() -> None:
    quote = Quote.model_validate({"lines": [{"price": "1", "qty": "1", "vat": "0"}, {"qty": "2"}]})
    assert quote.lines[0].gross == 1
    assert (quote.total, quote.net, quote.discount_rate, quote.by_rate) == (None, None, None, ())


def test_a_line_belongs_to_one_quote() -> None:
    quote = Quote.model_validate({"price_basis": "tax_included", "lines": [{"qty": "1"}]})
    with pytest.raises(ValueError, match="settled by another"):
        Quote.model_validate({"price_basis": "tax_excluded", "lines": quote.lines})


@given(prices, st.lists(st.integers(1, 50), min_size=1, max_size=6))
def test_payments_add_up_to_the_price(amount: Decimal, weights: list[int]) -> None:
    *most, last = (Decimal(weight * 10000 // sum(weights)) / 10000 for weight in weights)
    shares = [*most, 1 - sum(most, Decimal(0))]
    assert last <= shares[-1]
    contract = Contract.model_validate(
        {"amount": amount, "payments": [{"share": share} for share in shares]}
    )
    assert sum(payment.amount or 0 for payment in contract.payments) == amount


def test_shares_that_do_not_add_up_stay_visible() -> None:
    contract = Contract.model_validate(
        {"amount": "100", "payments": [{"share": "0.3"}, {"share": "0.3"}]}
    )
    assert (contract.share_total, contract.payments[1].amount) == (Decimal("0.6"), 30)


# ---- approval ----


def policy() -> dict[str, Any]:
    text = (ROOT / "templates/policy.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, yaml.CSafeLoader))


def test_the_thresholds_of_the_model_are_those_of_the_policy() -> None:
    shipped = policy()
    routes = tuple(
        (
            route["from"],
            tuple((step["dept"], tuple(step["roles"])) for step in route["steps"]),
        )
        for route in shipped["approval"]["routes"]["value"]
    )
    assert routes == thresholds.APPROVAL_ROUTES
    lead, after = shipped["lead"], shipped["aftersales"]
    assert lead["weights"]["value"] == thresholds.RATING_WEIGHTS
    assert lead["rating_max"]["value"] == thresholds.RATING_MAX
    assert (lead["grade_a"]["value"], lead["grade_b"]["value"]) == (
        thresholds.GRADE_A,
        thresholds.GRADE_B,
    )
    assert lead["rerate_days"]["value"] == thresholds.RERATE_DAYS
    assert after["low_score"]["value"] == thresholds.LOW_SCORE
    assert after["escalate_days"]["value"]["visit"] == thresholds.LOW_SCORE_VISIT_DAYS
    assert after["visit_days"]["value"] == thresholds.VISIT_DAYS
    assert after["satisfied_from"]["value"] == thresholds.SATISFIED_FROM
    assert shipped["delivery"]["followup_days"]["value"] == {
        "usual": thresholds.FOLLOWUP_DAYS,
        "holiday": thresholds.FOLLOWUP_DAYS_ON_HOLIDAYS,
    }
    years = shipped["records"]["survey_retention_years"]["value"]
    assert years == thresholds.SURVEY_RETENTION_YEARS
    assert after["dimension_low"]["value"] == thresholds.DIMENSION_LOW
    assert after["sample_small"]["value"] == {
        "counts_only": thresholds.COUNTS_ONLY_BELOW,
        "this_customer_only": thresholds.THIS_CUSTOMER_ONLY_BELOW,
    }


@pytest.mark.parametrize(
    ("amount", "departments", "board"),
    [
        ("199999.99", "sales legal finance", False),
        ("200000", "sales sales legal finance", False),
        ("999999.99", "sales sales legal finance", False),
        ("1000000", "sales legal finance gm", False),
        ("5000000", "sales legal finance gm board", True),
    ],
)
def test_the_amount_decides_who_approves(amount: str, departments: str, board: bool) -> None:
    contract = Contract.model_validate({"amount": amount})
    assert [row.dept for row in contract.required_approvals] == departments.split()
    assert contract.board_needed is board
    assert all(row.approval is None for row in contract.required_approvals)


def test_opinions_find_their_step() -> None:
    rows = CASE.contract.required_approvals
    assert [row.approval.by.name for row in rows if row.approval and row.approval.by] == [
        "林若川",
        "方敬之",
        "陆清和",
        "沈砚秋",
    ]


def test_two_steps_of_sales_are_told_apart_by_role() -> None:
    data = {
        "team": {"p1": {"role": "sales_director"}, "p2": {"role": "sales_manager"}},
        "contract": {
            "amount": "300000",
            "approvals": [{"dept": "sales", "by": "p1"}, {"dept": "sales", "by": "p2"}],
        },
    }
    first, second, *_ = Case.model_validate(data).contract.required_approvals
    assert first.approval is not None and first.approval.by is not None
    assert second.approval is not None and second.approval.by is not None
    assert (first.approval.by.id, second.approval.by.id) == ("p2", "p1")


# ---- money that comes late ----


def paid(receipts: list[dict[str, str]], as_of: str = "2025-03-31", **liability: str) -> Case:
    """Return a case whose 100 000 yuan were due on Friday 2025-01-10."""
    return Case.model_validate(
        {
            "meta": {"as_of": as_of},
            "contract": {
                "amount": "100000",
                "effective": {"date": "2024-12-31"},
                "payments": [{"id": "P-01", "share": "1", "event": "effective", "days": "10"}],
                "liability": {"late_payment_daily": "0.0005", **liability},
            },
            "receivables": [{"payment": "P-01", **receipt} for receipt in receipts],
        }
    )


def test_a_payment_that_is_missing_is_overdue_until_today() -> None:
    (row,) = paid([]).payment_schedule
    assert (row.due, row.overdue_days, row.damages) == (date(2025, 1, 10), 80, 4000)
    assert row.overdue
    assert not row.settled


def test_each_part_is_late_for_its_own_days() -> None:
    case = paid(
        [
            {"received": "2025-01-10", "amount": "40000"},
            {"received": "2025-01-20", "amount": "50000"},
        ]
    )
    (row,) = case.payment_schedule
    assert (row.received_amount, row.outstanding, row.overdue_days) == (90000, 10000, 80)
    assert row.damages == 50000 * Decimal("0.0005") * 10 + 10000 * Decimal("0.0005") * 80
    assert (case.overdue, case.outstanding) == (10000, 10000)
    assert [band.amount for band in case.ageing] == [0, 0, 10000, 0]


def test_late_damages_stop_at_their_cap() -> None:
    (row,) = paid([], as_of="2030-01-01", late_payment_cap="10%").payment_schedule
    assert row.damages == 10000


def test_a_payment_tied_to_a_milestone_is_due_when_it_is_reached() -> None:
    case = Case.model_validate(
        {
            "contract": {
                "amount": "100",
                "payments": [{"id": "P-01", "share": "1", "event": "milestone", "days": "7"}],
            },
            "delivery": {"milestones": [{"id": "M-01", "payment": "P-01", "actual": "2025-03-03"}]},
        }
    )
    (row,) = case.payment_schedule
    assert (row.event_date, row.due, row.overdue_days) == (
        date(2025, 3, 3),
        date(2025, 3, 10),
        None,
    )
    assert case.delivery.milestones[0].payment is case.contract.payments[0]


@pytest.mark.parametrize(
    ("prelim", "due"),
    [
        ({"date": "2025-12-12", "result": "pass_with_issues"}, date(2026, 1, 12)),
        ({"date": "2025-12-12", "result": "fail"}, None),
        ({}, None),
    ],
    ids=["a Sunday moves to Monday", "failed", "not yet"],
)
def test_final_acceptance_is_due_days_after_the_preliminary(
    prelim: dict[str, str], due: date | None
) -> None:
    terms = {"acceptance": {"trial_days": 20, "final_after_days": 30}}
    case = Case.model_validate({"contract": terms, "acceptance": {"prelim": prelim}})
    promised = [row.promised for row in case.promise_and_fact if row.promise == "final_acceptance"]
    assert promised == ([due] if due else [])


def test_items_are_counted_by_result() -> None:
    items = [
        {"id": f"A-0{n}", "result": result} for n, result in enumerate(["fail", "pass", "fail"])
    ]
    case = Case.model_validate({"acceptance": {"items": items}})
    counts = [(row.result, row.n) for row in case.acceptance.result_counts]
    assert counts == [("pass", 1), ("fail", 2)]


def test_must_haves_without_a_finding_are_unreviewed() -> None:
    items = [
        {"id": "N-01", "class": "must"},
        {"id": "N-02", "class": "must"},
        {"id": "N-03", "class": "want"},
    ]
    needs = {"items": items, "review": {"findings": [{"need": "N-02"}]}}
    case = Case.model_validate({"needs": needs})
    assert [need.id for need in case.needs.unreviewed] == ["N-01"]


# ---- surveys, progress ----


def survey(scores: list[list[int | None]], **facts: Any) -> dict[str, Any]:
    responses = [{"scores": row, "overall": 4, "recommend": 9} for row in scores]
    return {"dimensions": ["product", "training"], "responses": responses, **facts}


def test_not_applicable_is_no_answer() -> None:
    case = Case.model_validate({"aftersales": {"surveys": [survey([[5, None], [4, None]])]}})
    product, training = case.aftersales.surveys[0].dimension_results
    assert (product.n, product.mean) == (2, Decimal("4.50"))
    assert (training.n, training.mean, training.flagged) == (0, None, False)
    assert case.aftersales.surveys[0].counts_only


def test_a_survey_says_its_half_year_its_end_and_how_many_are_satisfied() -> None:
    rows = [{"overall": score, "scores": [score]} for score in (5, 4, 3, None)]
    data = {"period": "2026H1", "sent": "2026-07-01", "dimensions": ["product"], "responses": rows}
    row = Case.model_validate({"aftersales": {"surveys": [data]}}).aftersales.surveys[0]
    assert (row.period_label, row.kept_until) == ("2026年上半年", date(2028, 7, 1))
    assert (row.answered, row.satisfied, row.dimension_results[0].satisfied) == (3, 2, 2)


@pytest.mark.parametrize(
    ("period", "label"),
    [("2026H2", "2026年下半年"), ("2026H3", None), ("2026年", None), (None, None)],
)
def test_only_a_half_year_has_a_label(period: str | None, label: str | None) -> None:
    case = Case.model_validate({"aftersales": {"surveys": [{"period": period}]}})
    assert case.aftersales.surveys[0].period_label == label


@pytest.mark.parametrize(
    ("weeks", "spans"),
    [
        ([4, 10], [(1, 4), (5, 14)]),
        ([4, None, 5], [(1, 4), (None, None), (None, None)]),
        ([4, 0, 5], [(1, 4), (None, None), (5, 9)]),
    ],
    ids=["all known", "one open", "one without time of its own"],
)
def test_phases_follow_each_other_by_weeks(
    weeks: list[int | None], spans: list[tuple[int | None, int | None]]
) -> None:
    plan = [{"phase": "x", "weeks": number} for number in weeks]
    case = Case.model_validate({"proposal": {"plan": plan}})
    assert [(phase.start_week, phase.end_week) for phase in case.proposal.plan] == spans


def test_a_survey_is_compared_with_the_one_before() -> None:
    surveys = [survey([[4, 3]]), survey([[5, 3]])]
    first, second = Case.model_validate({"aftersales": {"surveys": surveys}}).aftersales.surveys
    assert [result.change for result in first.dimension_results] == [None, None]
    assert [result.change for result in second.dimension_results] == [1, 0]


@pytest.mark.parametrize(
    ("milestones", "light"),
    [
        ([{"planned": "2025-06-01"}], "red"),
        ([{"planned": "2025-06-15"}], "yellow"),
        ([{"planned": "2025-09-01"}], "green"),
        ([{"planned": "2025-05-01", "actual": "2025-05-02"}, {"planned": "2025-09-01"}], "yellow"),
        ([{"planned": "2025-05-01", "actual": "2025-05-02"}], "green"),
        ([], None),
    ],
)
def test_the_light_shows_how_delivery_goes(
    milestones: list[dict[str, str]], light: str | None
) -> None:
    data = {"meta": {"as_of": "2025-06-10"}, "delivery": {"milestones": milestones}}
    assert Case.model_validate(data).progress.light == light


@pytest.mark.parametrize(
    ("probability", "impact", "level"),
    [("high", "high", "high"), ("high", "low", "medium"), ("low", "medium", "low")],
)
def test_a_risk_is_probability_times_impact(probability: str, impact: str, level: str) -> None:
    risk = {"probability": probability, "impact": impact, "level": "medium"}
    (row,) = Case.model_validate({"delivery": {"risks": [risk]}}).delivery.risks
    assert row.rated_level == level


def test_a_veto_makes_any_lead_a_c_and_a_hand_can_overrule() -> None:
    ratings = {"industry": "5", "scale": "5", "budget": "5", "urgency": "5"}
    evaluation = {"ratings": ratings, "veto": ["dishonest"]}
    lead = Case.model_validate({"lead": {"evaluation": evaluation}}).lead
    assert (lead.evaluation.score, lead.evaluation.grade) == (100, "C")
    evaluation["override"] = {"grade": "B"}
    lead = Case.model_validate({"lead": {"evaluation": evaluation}}).lead
    assert (lead.evaluation.rated_grade, lead.evaluation.grade) == ("C", "B")


@pytest.mark.parametrize(
    ("items", "issues", "best"),
    [
        (["pass", "pass"], [], "pass"),
        (["pass", "fail"], [], "fail"),
        (["pass"], [{"severity": "major"}], "pass_with_issues"),
        (["pass"], [{"severity": "major", "closed": "2025-01-01"}], "pass"),
        (["pass"], [{"severity": "minor"}], "pass"),
        ([], [], None),
    ],
)
def test_items_and_issues_limit_the_conclusion(
    items: list[str], issues: list[dict[str, str]], best: str | None
) -> None:
    data = {"items": [{"result": result} for result in items], "open_issues": issues}
    assert Case.model_validate({"acceptance": data}).acceptance.best_possible == best


# ---- the schema for editors ----


def test_the_schema_describes_what_authors_write() -> None:
    schema = Case.model_json_schema()
    definitions = schema["$defs"]
    need = definitions["Need"]["properties"]
    assert need["class"]["anyOf"][0]["enum"] == ["must", "want", "value_add"]
    assert need["source"]["anyOf"][0]["pattern"] == "^(I-.+)$"
    payment = definitions["Payment"]["properties"]
    assert payment["share"]["anyOf"][0]["type"] == ["number", "string"]
    assert "amount" not in payment
    assert "id" not in definitions["Person"]["properties"]
    assert definitions["CounterpartyCheck"]["anyOf"][0] == {"type": "string"}
    assert schema["properties"]["team"]["additionalProperties"] == {"$ref": "#/$defs/Person"}
    assert definitions["Meta"]["properties"]["stage"]["anyOf"][0]["enum"][-1] == 7


# ---- weekly follow-up and the picture of the plan ----


@pytest.mark.parametrize(
    ("before", "day", "late"),
    [
        pytest.param("2025-11-07", "2025-11-14", False, id="a week"),
        pytest.param("2025-11-07", "2025-11-15", True, id="a day more"),
        pytest.param("2025-09-30", "2025-10-10", False, id="ten days across National Day"),
        pytest.param("2025-09-30", "2025-10-11", True, id="eleven"),
        pytest.param(
            "2025-10-09", "2025-10-17", False, id="across a Saturday worked for the holiday"
        ),
    ],
)
def test_a_follow_up_comes_weekly_and_a_little_later_across_holidays(
    before: str, day: str, late: bool
) -> None:
    rows = [{"date": before, "issue": "none"}, {"date": day, "issue": "none"}]
    first, second = Case.model_validate({"delivery": {"followups": rows}}).delivery.followups
    assert (first.late, first.light) == (False, choices.Light.GREEN)
    assert (second.late, second.light) == (
        late,
        choices.Light.RED if late else choices.Light.GREEN,
    )


def test_a_follow_up_with_an_issue_is_yellow_and_a_late_one_red_whatever_it_found() -> None:
    rows = [
        {"date": "2025-11-07", "issue": "扫码枪不足 6 把"},
        {"date": "2025-11-10"},
        {"date": "2025-12-05", "issue": "报表口径待定"},
    ]
    delivery = Case.model_validate({"delivery": {"followups": rows}}).delivery
    light = choices.Light
    assert [row.light for row in delivery.followups] == [light.YELLOW, light.GREEN, light.RED]
    assert (delivery.followup_issues, delivery.late_followups) == (2, 1)


def test_the_sample_was_in_touch_every_week() -> None:
    assert CASE.delivery.late_followups == 0
    assert CASE.delivery.followup_issues == 7


def test_the_next_follow_up_is_a_week_after_the_last_until_all_is_delivered() -> None:
    data: Any = {"kickoff": "2025-07-21", "milestones": [{"id": "M-01", "planned": "2025-08-15"}]}
    assert Case.model_validate({"delivery": data}).delivery.next_followup == date(2025, 7, 28)
    data["followups"] = [{"date": "2025-07-25"}, {"date": "2025-08-01"}]
    assert Case.model_validate({"delivery": data}).delivery.next_followup == date(2025, 8, 8)
    data["milestones"][0]["actual"] = "2025-08-15"
    assert Case.model_validate({"delivery": data}).delivery.next_followup is None
    assert Case.model_validate({}).delivery.next_followup is None


def drawn(cells: tuple[Any, ...]) -> str:
    """The bar of a row as text, a sign for four columns."""
    line = "".join(("#" if cell.filled else ".") * cell.span for cell in cells)
    return line[::4]


def test_a_milestone_is_drawn_from_the_one_before_to_its_day() -> None:
    gantt = CASE.delivery.gantt
    assert gantt is not None
    assert [(year.year, year.span) for year in gantt.years] == [(2025, 102), (2026, 18)]
    assert [head.month for head in gantt.heads] == [7, 8, 9, 10, 11, 12, 1]
    first, second, *_, last = gantt.milestones
    assert drawn(first.planned) == "...####......................."
    assert drawn(second.planned).index("#") == drawn(first.planned).rindex("#") + 1
    assert drawn(last.actual).rindex("#") == drawn(last.planned).rindex("#")
    assert [row.late for row in gantt.milestones] == [False, True, False, True, False, False, False]
    assert gantt.reached


def test_a_fresh_plan_has_no_actual_bars_and_tasks_never_have() -> None:
    delivery: Any = {
        "kickoff": "2025-07-21",
        "milestones": [{"id": "M-01", "planned": "2025-08-15"}, {"id": "M-02"}],
        "tasks": [
            {"id": "T-01", "start": "2025-07-22", "end": "2025-08-01"},
            {"id": "T-02", "start": "2025-08-09", "end": "2025-08-02"},
            {"id": "T-03"},
        ],
    }
    gantt = Case.model_validate({"delivery": delivery}).delivery.gantt
    assert gantt is not None
    assert not gantt.reached
    rows = (*gantt.milestones, *gantt.tasks)
    assert [row.actual for row in rows] == [()] * 5
    assert ["#" in drawn(row.planned) for row in rows] == [True, False, True, True, False]


def test_milestones_out_of_order_are_drawn_all_the_same() -> None:
    milestones = [
        {"id": "M-01", "planned": "2025-09-01"},
        {"id": "M-02", "planned": "2025-08-01"},
        {"id": "M-03", "planned": "2025-07-01"},
    ]
    data = {"delivery": {"kickoff": "2025-07-21", "milestones": milestones}}
    gantt = Case.model_validate(data).delivery.gantt
    assert gantt is not None
    assert all(any(cell.filled for cell in row.planned) for row in gantt.milestones)


@pytest.mark.parametrize(
    "delivery",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"kickoff": "2025-07-21"}, id="only the kick-off"),
        pytest.param({"milestones": [{"id": "M-01", "name": "终验"}]}, id="no days"),
        pytest.param(
            {"kickoff": "2025-07-21", "milestones": [{"id": "M-01", "planned": "2095-08-15"}]},
            id="a slip of the pen",
        ),
    ],
)
def test_without_days_there_is_no_picture(delivery: Any) -> None:
    assert Case.model_validate({"delivery": delivery}).delivery.gantt is None
