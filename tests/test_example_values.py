"""What the program computes for three of the examples: score and grade, totals, days, surveys.

The figures of the subscription are those of the domain reference for the restaurant chain, but for
its net and tax: it says 350,943.39 and 21,056.61, which is the total divided once. Line by line, as
quotes are computed and invoices issued, they are 350,943.40 and 21,056.60; the cent is a slip.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

import pytest

from salesdocs.calc import scores
from salesdocs.calc.capitals import capitals
from salesdocs.calc.rounding import to_cent
from salesdocs.case.load import load_case
from salesdocs.case.model import Case
from salesdocs.case.model.thresholds import GRADE_A, GRADE_B, RATING_WEIGHTS
from salesdocs.produce import Dossier
from tests import world

EXAMPLES = ("saas", "stage1", "stage4")

VALUES: dict[str, dict[str, Any]] = {
    "saas": {
        "lead.evaluation.score": Decimal(82),
        "lead.evaluation.grade": "A",
        "lead.evaluation.bant.points": 7,
        "lead.response_days": 1,
        "customer.scale.stated_band": "100-400m",
        "needs.metric_share": Decimal(1),
        "needs.review.total_effort_days": 79,
        "proposal.plan_days": 56,
        "proposal.quote.total": Decimal("372000.00"),
        "proposal.quote.net": Decimal("350943.40"),
        "proposal.quote.tax": Decimal("21056.60"),
        "proposal.quote.list_total": Decimal("372000.00"),
        "proposal.quote.saved": Decimal("0.00"),
        "negotiation.floor_distance": Decimal("42000.00"),
        "negotiation.floor_crossed": False,
        "negotiation.open_trails": (),
        "contract.share_total": Decimal(1),
        "contract.prepay_share": Decimal("0.50"),
        "contract.retention_share": None,
        "contract.prelim_due": date(2025, 7, 4),
        "contract.counted_prelim_due": date(2025, 7, 4),
        "warranty_period.first": date(2025, 5, 10),
        "warranty_period.last": date(2028, 5, 9),
        "delivery.planned_days": 53,
        "delivery.actual_days": 53,
        "delivery.followup_count": 8,
        "delivery.longest_followup_gap": 7,
        "acceptance.passed_count": 7,
        "acceptance.best_possible": "pass",
        "acceptance.issues_left": (),
        "collected": Decimal("372000.00"),
        "outstanding": Decimal("0.00"),
        "overdue": Decimal("0.00"),
        "next_payment": None,
        "aftersales.visit_count": 9,
        "aftersales.visit_gaps": (32, 31, 34, 29, 31, 31, 33, 30, 33),
        "aftersales.last_survey.response_rate": Decimal("0.900"),
        "aftersales.last_survey.valid_rate": Decimal("0.850"),
        "aftersales.last_survey.overall_mean": Decimal("4.18"),
        "aftersales.last_survey.csat": Decimal("0.882"),
        "aftersales.last_survey.index": Decimal("80.8"),
        "aftersales.last_survey.nps.score": 35,
        "aftersales.last_survey.this_customer_only": True,
        "aftersales.referral_conversion": Decimal(0),
        "aftersales.growth_estimate": Decimal("372871.23"),
        "aftersales.growth_weighted": Decimal("352684.11"),
        "aftersales.incentive_cost": Decimal("28500.00"),
    },
    "stage1": {
        "lead.evaluation.score": Decimal(63),
        "lead.evaluation.grade": "B",
        "lead.evaluation.bant.points": None,
        "lead.response_days": 1,
        "customer.scale.stated_band": "300-499",
        "last_contact": date(2026, 11, 3),
        "days_since_contact": 2,
        "proposal.quote.total": None,
        "contract.prelim_due": None,
        "payment_schedule": (),
    },
    "stage4": {
        "lead.evaluation.score": Decimal(90),
        "lead.evaluation.grade": "A",
        "lead.evaluation.bant.points": 6,
        "needs.review.total_effort_days": 60,
        "proposal.plan_days": 70,
        "proposal.quote.list_total": Decimal("909000.00"),
        "proposal.quote.saved": Decimal("38720.00"),
        "proposal.quote.total": Decimal("870280.00"),
        "proposal.quote.net": Decimal("773543.09"),
        "proposal.quote.tax": Decimal("96736.91"),
        "proposal.quote.deepest_discount": Decimal("0.08"),
        "proposal.quote.current_version.total": Decimal("870280.00"),
        "negotiation.floor_distance": None,
        "negotiation.floor_distances": (),
        "negotiation.last_round.date": date(2026, 10, 20),
        "days_since_contact": 8,
        "payment_schedule": (),
    },
}


@cache
def dossier(example: str) -> Dossier:
    """The example with the library."""
    return Dossier(load_case(world.ROOT / "examples" / example / "case.yaml"), world.library())


def case(example: str) -> Case:
    return dossier(example).loaded.case


@pytest.mark.parametrize(
    ("example", "path", "value"),
    [(name, path, value) for name, paths in VALUES.items() for path, value in paths.items()],
    ids=[f"{name}-{path}" for name, paths in VALUES.items() for path in paths],
)
def test_computed_values_are_those_worked_out_by_hand(example: str, path: str, value: Any) -> None:
    assert attrgetter(path)(case(example)) == value


@pytest.mark.parametrize(
    ("example", "words"),
    [("saas", "人民币叁拾柒万贰仟元整"), ("stage4", "人民币捌拾柒万零贰佰捌拾元整")],
)
def test_the_totals_read_in_capitals(example: str, words: str) -> None:
    total = case(example).proposal.quote.total
    assert total is not None
    assert capitals(total) == words


def test_the_subscription_s_lines_are_taxed_one_by_one() -> None:
    lines = case("saas").proposal.quote.lines
    assert [(line.id, str(line.gross), str(line.net), str(line.tax)) for line in lines] == [
        ("L-01", "206400.00", "194716.98", "11683.02"),
        ("L-02", "36000.00", "33962.26", "2037.74"),
        ("L-03", "48000.00", "45283.02", "2716.98"),
        ("L-04", "51600.00", "48679.25", "2920.75"),
        ("L-05", "30000.00", "28301.89", "1698.11"),
        ("L-06", "0.00", "0.00", "0.00"),
    ]
    assert [line.id for line in lines if line.free] == ["L-06"]


def test_a_year_of_the_subscription_is_what_it_costs_without_the_set_up() -> None:
    stated = case("saas")
    yearly = sum(
        line.gross
        for line in stated.proposal.quote.lines
        if line.billing == "yearly" and line.gross is not None
    )
    assert yearly == Decimal("342000.00")
    assert stated.contract.liability.overall_cap == 1
    upsell, referral, renewal = stated.aftersales.growth
    assert renewal.estimate == yearly
    assert referral.incentive.value == yearly / 12
    # Twelve stores at 3,000 a year from 1 July to the end of the second year of service.
    days = (date(2027, 5, 9) - date(2026, 6, 30)).days
    assert upsell.estimate == to_cent(Decimal(12 * 3000) * days / 365)


def test_the_lead_was_graded_b_and_became_a_after_the_pilot() -> None:
    (first,) = case("saas").lead.evaluation.history
    rated = scores.lead_score(
        {"industry": 4, "scale": 3, "budget": 3, "urgency": 4}, RATING_WEIGHTS
    )
    assert first.score == rated == 70
    assert first.grade == scores.lead_grade(rated, vetoed=False, a=GRADE_A, b=GRADE_B) == "B"


def test_both_halves_fall_due_after_the_weekend_and_came_in_before() -> None:
    rows = case("saas").payment_schedule
    assert [(row.id, row.amount, row.raw_due, row.due, row.received) for row in rows] == [
        (
            "P-01",
            Decimal("186000.00"),
            date(2025, 5, 24),
            date(2025, 5, 26),
            date(2025, 5, 23),
        ),
        (
            "P-02",
            Decimal("186000.00"),
            date(2025, 6, 21),
            date(2025, 6, 23),
            date(2025, 6, 20),
        ),
    ]
    assert [row.damages for row in rows] == [Decimal("0.00")] * 2


def test_the_second_half_is_counted_from_the_first_thirty_stores() -> None:
    stated = case("saas")
    wave, *_ = stated.acceptance.batches
    (milestone,) = (row for row in stated.delivery.milestones if row.payment is not None)
    assert (wave.count, wave.date) == (30, milestone.actual)
    assert stated.payment_schedule[1].event_date == wave.date


def test_the_waves_are_all_stores_that_were_sold() -> None:
    stated = case("saas")
    waves = [batch.count for batch in stated.acceptance.batches]
    assert waves == [30, 30, 26]
    assert {line.qty for line in stated.proposal.quote.lines if line.unit == "店·年"} == {86}
    assert sum(count for count in waves if count is not None) == 86


def test_the_term_is_the_time_in_which_we_answer_for_faults() -> None:
    stated = case("saas")
    term, warranty = stated.contract.term, stated.warranty_period
    assert warranty is not None
    assert (term.start, term.end, term.months) == (warranty.first, warranty.last, warranty.months)


def test_dimensions_count_only_what_was_answered() -> None:
    survey = case("saas").aftersales.last_survey
    assert survey is not None
    assert [(row.dimension, row.n, str(row.mean)) for row in survey.dimension_results] == [
        ("product", 17, "4.24"),
        ("stability", 17, "4.53"),
        ("response", 17, "4.24"),
        ("expertise", 17, "4.47"),
        ("training", 17, "3.76"),
        ("value", 13, "4.15"),
    ]
    assert [row.dimension for row in survey.flagged] == ["training"]
    assert (survey.nps.promoters, survey.nps.passives, survey.nps.detractors) == (8, 7, 2)


def test_goods_installation_and_service_add_up_by_rate() -> None:
    quote = case("stage4").proposal.quote
    found = [(str(row.rate), str(row.gross), str(row.net), str(row.tax)) for row in quote.by_rate]
    assert found == [
        ("0.13", "773280.00", "684318.58", "88961.42"),
        ("0.09", "88000.00", "80733.94", "7266.06"),
        ("0.06", "9000.00", "8490.57", "509.43"),
    ]


def test_price_payment_and_warranty_are_still_open_after_the_first_round() -> None:
    negotiation = case("stage4").negotiation
    assert [trail.topic for trail in negotiation.open_trails] == ["price", "payment", "warranty"]
    assert [trail.agreed_value for trail in negotiation.agreed_trails] == ["70 天"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_internal_value_was_copied_into_what_the_customer_reads(example: str) -> None:
    file = dossier(example)
    shown = json.dumps(file.tree_for("customer"), ensure_ascii=False)
    internal = [text for _, text in file.secrets("customer") if not text.isdecimal()]
    assert internal
    assert [text for text in internal if text in shown] == []


def texts(tree: Any) -> Iterator[str]:
    """Every text of a tree."""
    if isinstance(tree, dict):
        for value in tree.values():
            yield from texts(value)
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from texts(value)
    elif isinstance(tree, str):
        yield tree


@pytest.mark.parametrize("example", EXAMPLES)
def test_codes_phones_and_addresses_belong_to_nobody(example: str) -> None:
    stated = case(example)
    codes = [code for code in (stated.supplier.uscc, stated.customer.uscc) if code]
    assert all(code.startswith("91990000") for code in codes)
    people = (*stated.team, *stated.contacts)
    phones = [phone for person in people for phone in (person.phone, person.mobile) if phone]
    assert phones
    assert all(phone.partition("-")[2].startswith("0") for phone in phones)
    mails = [text for text in texts(dossier(example).loaded.tree) if "@" in text]
    assert all(".example.com" in text for text in mails if text != "salesdocs/case@1")
