from decimal import Decimal

import pytest

from salesdocs.case.choices import ApprovalDept, CarveOut, IncentiveForm, LineKind
from salesdocs.process.library import Library, house_folder
from salesdocs.process.policy import Policy, Threshold
from salesdocs.process.reading import read_library

LIBRARY = Library(read_library(house_folder()))
POLICY = LIBRARY.policy


def test_the_weights_of_a_lead_add_to_a_hundred() -> None:
    assert sum(POLICY.table("lead.weights").values()) == 100


@pytest.mark.parametrize("threshold", tuple(POLICY), ids=lambda threshold: threshold.name)
def test_every_threshold_has_a_reason_in_both_languages_and_an_owner(threshold: Threshold) -> None:
    assert threshold.reason.zh.endswith("。")
    assert threshold.reason.en.endswith(".")
    assert threshold.decided_by == "law" or threshold.decided_by in LIBRARY.roles


def test_a_fraction_is_exact() -> None:
    assert POLICY.number("liability.late_daily") == Decimal("0.0005")
    assert POLICY.numbers("tax.allowed_rates")[-1] == Decimal("0.13")


def test_words_keep_the_order_of_the_file() -> None:
    assert POLICY.words("wording.vague_time")[0] == "尽快"


def test_a_name_that_is_not_there_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        POLICY.number("lead.no_such_thing")


@pytest.mark.parametrize(
    ("discount", "role"),
    [
        ("0", "sales_rep"),
        ("0.05", "sales_rep"),
        ("0.0501", "sales_manager"),
        ("0.15", "sales_manager"),
        ("0.25", "sales_director"),
        ("0.45", "gm"),
    ],
)
def test_a_discount_needs_the_lowest_role_whose_limit_it_keeps(discount: str, role: str) -> None:
    assert POLICY.discount_authority(Decimal(discount)) == role


def test_more_than_everything_cannot_be_given_away() -> None:
    with pytest.raises(ValueError, match="nobody"):
        POLICY.discount_authority(Decimal("1.01"))


@pytest.mark.parametrize(
    ("amount", "route"),
    [
        ("199999.99", ["sales", "legal", "finance"]),
        ("200000.00", ["sales", "sales", "legal", "finance"]),
        ("999999.99", ["sales", "sales", "legal", "finance"]),
        ("1000000.00", ["sales", "legal", "finance", "gm"]),
        ("5000000.00", ["sales", "legal", "finance", "gm", "board"]),
    ],
)
def test_an_amount_is_approved_along_its_route(amount: str, route: list[str]) -> None:
    assert [step.dept for step in POLICY.approval_route(Decimal(amount))] == route


def test_routes_are_found_in_any_order_of_the_file() -> None:
    route = {"from": 0, "steps": []}
    high = {"from": 10, "steps": [{"dept": "gm", "roles": ["gm"]}]}
    entry = {"value": [high, route], "reason": {"zh": "", "en": ""}, "decided_by": "gm"}
    assert Policy({"approval": {"routes": entry}}).approval_route(Decimal(10))[0].dept == "gm"


def test_the_codes_in_the_policy_are_choices_of_the_case() -> None:
    routes = POLICY.threshold("approval.routes").value
    depts = {step["dept"] for route in routes for step in route["steps"]}
    assert depts <= {choice.value for choice in ApprovalDept}
    assert set(POLICY.table("tax.usual_rates")) == {choice.value for choice in LineKind}
    assert set(POLICY.words("liability.carve_outs")) <= {choice.value for choice in CarveOut}
    forms = set(POLICY.words("aftersales.incentive_forms"))
    assert forms <= {choice.value for choice in IncentiveForm}
