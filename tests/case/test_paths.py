"""Case paths: every value has one name, and every name says what it leads to."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from salesdocs.case import choices
from salesdocs.case.load import load_case
from salesdocs.case.model import Case
from salesdocs.case.model.parties import Contact, Person
from salesdocs.case.paths import (
    leaves,
    names_at,
    nearest,
    pattern_of,
    resolve_type,
    value_at,
    walk_paths,
)

SAMPLE = load_case(Path(__file__).parents[2] / "examples/mes/case.yaml")
CASE = SAMPLE.case
PATHS = {info.path: info for info in walk_paths()}


def stated(data, path=""):
    """Yield the path of every value in a tree, as the file has it."""
    if isinstance(data, dict):
        for key, item in data.items():
            yield from stated(item, f"{path}.{key}" if path else key)
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from stated(item, f"{path}[{index}]")
    elif data is not None:
        yield path


def test_each_path_is_walked_once() -> None:
    walked = [info.path for info in walk_paths()]
    assert len(walked) == len(set(walked)) > 1000


@pytest.mark.parametrize("info", PATHS.values(), ids=PATHS)
def test_a_walked_path_leads_where_it_says(info) -> None:
    found = resolve_type(info.path)
    assert found is not None
    assert (found.kind, found.item, found.choice) == (info.kind, info.item, info.choice)


def test_what_the_file_states_and_nothing_else_are_leaves() -> None:
    in_file = set(stated(SAMPLE.tree))
    found = dict(leaves(CASE))
    systems = {f"customer.existing_systems[{n}]" for n in (0, 1)}
    short = {"contract.approval_form.counterparty_check", *systems}
    long = {
        "contract.approval_form.counterparty_check.result",
        *(f"{system}.name" for system in systems),
        "negotiation.rounds[0].topics[2].agreed_value",
    }
    assert set(found) - long == in_file - short
    assert long < set(found)


def test_every_leaf_is_found_again_and_has_a_pattern() -> None:
    for path, value in leaves(CASE):
        assert value_at(CASE, path) is value
        info = resolve_type(pattern_of(path))
        assert info is not None, path
        assert not info.computed


def test_a_reference_is_a_leaf_that_gives_its_row() -> None:
    found = dict(leaves(CASE))
    assert found["meta.owner"] is CASE.team["p1"]
    assert found["contract.deliverables[0].lines[0]"] is CASE.proposal.quote.lines[0]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("contract.payments[2].amount", Decimal("394800.00")),
        ("contract.payments[-1].name", "质保金"),
        ("contacts.c1.mobile", "13800138000"),
        ('contacts["c1"].mobile', "13800138000"),
        ("contacts[0].mobile", "13800138000"),
        ("contract.approvals[1].by.name", "方敬之"),
        ("delivery.followups[3].with.title", "生产副总经理"),
        ("needs.items[0].class", "must"),
        ("needs.items[0].class.zh", "必备功能"),
        ("contract.warranty.from", "final_acceptance"),
        ("payment_schedule[2].due", date(2026, 2, 24)),
        ("aftersales.surveys[0].nps.score", 38),
        ("parties.a.uscc", "91990000MA9XL00244"),
        ("intent.deposit.amount", None),
        ("aftersales.growth[0].referrer.name", None),
    ],
)
def test_a_path_gives_its_value(path, value) -> None:
    assert value_at(CASE, path) == value


@pytest.mark.parametrize(
    "path",
    [
        "contract.amonut",
        "contract.payments[9].name",
        "contacts.c9",
        "contract._blanks",
        "contract.model_dump",
        "a.b",
    ],
)
def test_a_path_the_case_does_not_have_is_refused(path) -> None:
    with pytest.raises(KeyError, match=path.replace("[", r"\[")):
        value_at(CASE, path)


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("contract.payments[0].share", "contract.payments[].share"),
        ("contacts.c1.mobile", "contacts[].mobile"),
        ("contacts[0].mobile", "contacts[].mobile"),
        ("contacts", "contacts"),
        ("team.p1", "team[]"),
        ("custom.合作园区", "custom[]"),
        (
            "aftersales.surveys[0].responses[2].scores[1]",
            "aftersales.surveys[].responses[].scores[]",
        ),
        ("contract.payments[-1].amount", "contract.payments[].amount"),
        ("meta.title", "meta.title"),
        ("nowhere.at[3].all", "nowhere.at[].all"),
    ],
)
def test_a_path_has_a_pattern(path, pattern) -> None:
    assert pattern_of(path) == pattern


@pytest.mark.parametrize(
    ("pattern", "kind", "computed"),
    [
        ("contract.amount", "money", False),
        ("contract.payments", "list", False),
        ("contract.payments[]", "block", False),
        ("contract.payments[].share", "share", False),
        ("contract.payments[].amount", "money", True),
        ("contract.payments[0].days", "count", False),
        ("contract.liability.overall_cap", "share", False),
        ("contract.sme_declaration", "flag", False),
        ("contract.precedence[]", "choice", False),
        ("proposal.quote.lines[].vat", "rate", False),
        ("proposal.quote.by_rate[].rate", "rate", True),
        ("proposal.quote.lines[].needs[].name", "text", False),
        ("meta.as_of", "day", False),
        ("meta.owner", "person", False),
        ("meta.owner.name", "text", False),
        ("needs.items[].source", "reference", False),
        ("needs.items[].source.date", "day", False),
        ("needs.accepted[].metric", "text", True),
        ("needs.review.time", "clock", False),
        ("delivery.milestones[].owner.title", "text", False),
        ("aftersales.growth[].source.id", "code", False),
        ("custom", "map", False),
        ("custom.anything", "text", False),
        ("progress.light.en", "text", True),
        ("aftersales.surveys[].before.nps.score", "count", True),
    ],
)
def test_a_pattern_has_a_kind(pattern, kind, computed) -> None:
    info = resolve_type(pattern)
    assert info is not None
    assert (info.kind, info.computed) == (kind, computed)


def test_a_choice_knows_its_options_and_a_reference_its_rows() -> None:
    result = resolve_type("acceptance.items[].result")
    form = resolve_type("aftersales.growth[].incentive.form")
    owner = resolve_type("delivery.milestones[].owner")
    materials = resolve_type("proposal.materials")
    assert result is not None and form is not None
    assert owner is not None and materials is not None
    assert (result.choice, result.free) == (choices.ItemResult, False)
    assert (form.choice, form.free) == (choices.IncentiveForm, True)
    assert owner.owners == (Person, Contact)
    assert (materials.many, materials.item, materials.choice) == (True, "choice", choices.Material)


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("contract.amonut", "contract.amount"),
        ("contract.payment[].share", "contract.payments[].share"),
        ("contract.payments[].shares", "contract.payments[].share"),
        ("contarct.signed", "contract.signed"),
        ("contract.approvals[].by.nam", "contract.approvals[].by.name"),
        ("contract.payments[].zzz", None),
        ("contract.amount", None),
        ("delivery.milestones[].owner.mobil", "delivery.milestones[].owner.mobile"),
    ],
)
def test_a_wrong_pattern_is_answered_with_the_nearest(pattern, meant) -> None:
    assert nearest(pattern) == meant


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "contract.payments.share",
        "contract.amount.zh",
        "contract.amount[]",
        "meta.owner.wechat",
        "delivery.milestones[].owner.wechat",
        "contract.model_fields",
        "contract.model_dump",
        "needs._of_class",
        "team.p1",
    ],
)
def test_what_is_no_path_is_not_found(pattern) -> None:
    assert resolve_type(pattern) is None


def test_names_that_may_follow_are_those_of_all_rows_a_reference_can_name() -> None:
    assert "contract" in names_at("")
    assert "wechat" in names_at("contacts[]")
    both = names_at("delivery.milestones[].owner")
    assert {"name", "title", "phone"} <= set(both)
    assert "wechat" not in both
    assert names_at("contract.amount") == names_at("nowhere") == ()


def test_computed_values_can_be_read_in_an_empty_case() -> None:
    case = Case()
    for info in PATHS.values():
        if info.computed and "[]" not in info.path:
            value_at(case, info.path)
