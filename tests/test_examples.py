"""Every case under examples/ is one to learn from: complete, sound, with the figures it was made for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from salesdocs.calc.capitals import capitals
from salesdocs.calc.period import is_working_day
from salesdocs.case.load import LoadedCase, load_case
from salesdocs.process.fields import missing_values
from salesdocs.produce import Dossier, produce
from tests import reference, world

ROOT = Path(__file__).parents[1]
EXAMPLES = {path.parent.name: path for path in sorted(ROOT.glob("examples/*/case.yaml"))}


class Figures(NamedTuple):
    """What an example must come to; money as the contract prints it."""

    lead: tuple[str, str]  # score and grade
    total: str
    words: str
    net: str
    tax: str
    payments: tuple[str, ...]
    prelim_due: date
    warranty: tuple[date, date]
    longest_followup_gap: int
    answers: int


FIGURES = {
    "mes": Figures(
        lead=("85", "A"),
        total="1128000.00",
        words="人民币壹佰壹拾贰万捌仟元整",
        net="1017281.69",
        tax="110718.31",
        payments=("338400.00", "338400.00", "394800.00", "56400.00"),
        prelim_due=date(2025, 12, 15),
        warranty=(date(2026, 1, 17), date(2027, 1, 16)),
        longest_followup_gap=9,
        answers=8,
    ),
    "his": Figures(
        lead=("91", "A"),
        total="3860000.00",
        words="人民币叁佰捌拾陆万元整",
        net="3486057.77",
        tax="373942.23",
        payments=("1158000.00", "1544000.00", "772000.00", "386000.00"),
        prelim_due=date(2026, 11, 6),
        warranty=(date(2026, 12, 12), date(2028, 12, 11)),
        longest_followup_gap=9,
        answers=21,
    ),
    "saas": Figures(
        lead=("82", "A"),
        total="372000.00",
        words="人民币叁拾柒万贰仟元整",
        net="350943.40",
        tax="21056.60",
        payments=("186000.00", "186000.00"),
        prelim_due=date(2025, 7, 4),
        warranty=(date(2025, 5, 10), date(2028, 5, 9)),
        longest_followup_gap=7,
        answers=17,
    ),
}

by_name = pytest.mark.parametrize("name", EXAMPLES)
finished = pytest.mark.parametrize("name", FIGURES)
by_figures = pytest.mark.parametrize(("name", "expected"), FIGURES.items())


@cache
def loaded(name: str) -> LoadedCase:
    return load_case(EXAMPLES[name])


@cache
def dossier(name: str) -> Dossier:
    return Dossier(loaded(name), world.library())


@by_name
def test_an_example_is_read_without_a_finding(name: str) -> None:
    assert list(loaded(name).findings) == []


@by_name
def test_no_rule_objects_to_an_example(name: str) -> None:
    found = dossier(name).verdict().findings
    assert [each for each in found if each.severity != "note"] == []


@by_name
def test_an_example_misses_nothing_at_its_stage(name: str) -> None:
    case = loaded(name).case
    assert case.meta.stage is not None
    missing = missing_values(case, int(case.meta.stage), dossier(name).catalogue)
    assert [path for path, _ in missing] == []


def test_every_example_of_the_last_stage_has_its_row_of_figures() -> None:
    last = {name for name in EXAMPLES if loaded(name).case.meta.stage == "7"}
    assert FIGURES.keys() == last


@by_figures
def test_an_example_comes_to_its_figures(name: str, expected: Figures) -> None:
    case = loaded(name).case
    quote, contract, warranty = case.proposal.quote, case.contract, case.warranty_period
    assert warranty is not None
    amount = Decimal(expected.total)
    found = Figures(
        lead=(f"{case.lead.evaluation.score:.0f}", str(case.lead.evaluation.grade)),
        total=str(quote.total),
        words=capitals(amount),
        net=str(quote.net),
        tax=str(quote.tax),
        payments=tuple(str(payment.amount) for payment in contract.payments),
        prelim_due=contract.prelim_due or date.min,
        warranty=(warranty.first, warranty.last),
        longest_followup_gap=case.delivery.longest_followup_gap or 0,
        answers=len(case.aftersales.surveys[0].responses),
    )
    assert found == expected
    assert contract.amount == amount == sum(p.amount or 0 for p in contract.payments)


@by_figures
def test_an_example_says_its_price_in_words_on_the_approval_form(
    name: str, expected: Figures
) -> None:
    (paper,) = dossier(name).papers(ids=["contract_approval"])
    made = produce(dossier(name), paper, world.template("contract_approval"))
    assert expected.words in reference.text(made.data)


@finished
def test_an_example_is_visited_monthly(name: str) -> None:
    assert 0 < (loaded(name).case.aftersales.longest_visit_gap or 0) <= 35


def test_the_hospital_is_followed_up_weekly_longer_only_across_holidays() -> None:
    for row in loaded("his").case.delivery.followups:
        assert row.gap_days is not None
        assert row.date is not None
        days = [date.fromordinal(row.date.toordinal() - n) for n in range(row.gap_days)]
        holiday = any(day.weekday() < 5 and not is_working_day(day) for day in days)
        assert row.gap_days <= (10 if holiday else 7), row.date


@finished
def test_an_example_traces_every_deliverable_from_line_to_acceptance(name: str) -> None:
    case = loaded(name).case
    deliverables = set(case.contract.deliverables)
    assert {item.deliverable for item in case.acceptance.items} == deliverables
    assert {line for row in deliverables for line in row.lines} == set(case.proposal.quote.lines)
    assert {row for step in case.delivery.milestones for row in step.deliverables} == deliverables
    assert not case.uncovered


@by_name
def test_every_paper_of_an_example_that_has_a_template_is_made(name: str) -> None:
    papers = [paper for paper in dossier(name).papers() if dossier(name).is_begun(paper)]
    for paper in papers:
        assert produce(dossier(name), paper, world.template(paper.document.id)).data
    # A lead has its stage's forms only; a deal of the last stage has had papers of every stage.
    assert len(papers) > 5 or name not in FIGURES


def _ordered(case: Any) -> list[date]:
    """The days of a tender deal in the order in which they must come."""
    days = [
        case.lead.created,
        case.lead.first_contact.date,
        case.lead.evaluation.date,
        *(talk.date for talk in case.needs.interviews),
        case.needs.confirmed.date,
        case.needs.review.date,
        case.proposal.submitted,
        case.tender.opened,
        *(row.date for row in case.tender.clarifications),
        case.intent.award.date,
        case.proposal.confirmation.date,
        case.contract.draft.date,
        *(row.date for row in case.contract.approvals),
        case.contract.signed,
        case.delivery.kickoff,
        case.acceptance.prelim.date,
        case.acceptance.final.date,
    ]
    assert None not in days
    return days


def test_the_hospitals_contract_is_the_bid_and_comes_within_thirty_days_of_the_award() -> None:
    case = loaded("his").case
    days = _ordered(case)
    assert days == sorted(days)
    bid, contract, award = case.tender.bid, case.contract, case.intent.award
    assert bid.amount == contract.amount == award.amount
    assert bid.days == contract.delivery.prelim_days == 210
    assert bid.warranty_months == contract.warranty.months
    assert contract.signed is not None
    assert award.date is not None
    assert (contract.signed - award.date).days <= 30
    assert not case.negotiation.rounds
    assert case.intent.signed is None


def test_the_hospital_pays_within_thirty_days_and_nobody_is_given_an_incentive() -> None:
    case = loaded("his").case
    assert [payment.share for payment in case.contract.payments] == [
        Decimal(share) for share in ("0.30", "0.40", "0.20", "0.10")
    ]
    assert all((payment.days or 0) <= 30 for payment in case.contract.payments)
    assert all(row.overdue_days == 0 for row in case.payment_schedule)
    assert case.contract.performance_bond.form == "bank_guarantee"
    assert case.contract.bond_amount == Decimal("193000.00")
    assert [row.incentive.form for row in case.aftersales.referrals] == [None]
