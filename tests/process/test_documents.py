from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.case.choices import Classification
from salesdocs.findings import Phrase
from salesdocs.process.documents import Document, value_at
from salesdocs.process.library import Library, house_folder
from salesdocs.process.reading import read_library

LIBRARY = Library(read_library(house_folder()))


def space(value: Any) -> Any:
    """Nested dicts as objects, lists as tuples: what a case looks like."""
    if isinstance(value, dict):
        return SimpleNamespace(**{key: space(below) for key, below in value.items()})
    return tuple(space(item) for item in value) if isinstance(value, list) else value


def deal(**blocks: Any) -> Any:
    known = {"meta": {"case_no": "XM-2025-0037"}, "supplier": {"doc_prefix": "LY"}}
    return space(known | blocks)


def document(name: str) -> Document:
    return LIBRARY.document(name)


def test_a_document_without_a_number_in_the_case_gets_one_of_the_case_number() -> None:
    assert document("customer_info").doc_no(deal()) == "LY-KHXX-2025-0037"


def test_the_number_kept_in_the_case_goes_first() -> None:
    case = deal(contract={"doc_no": "ABC-1"})
    assert document("contract").doc_no(case) == "ABC-1"
    assert document("contract").doc_no(deal(contract={"doc_no": None})) == "LY-XS-2025-0037"


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param({"meta": {"case_no": None}}, id="no case number"),
        pytest.param({"meta": {"case_no": "37"}}, id="not a case number"),
        pytest.param({"supplier": {"doc_prefix": None}}, id="no prefix"),
    ],
)
def test_a_number_that_cannot_be_built_is_none(blocks: dict[str, Any]) -> None:
    assert document("customer_info").doc_no(deal(**blocks)) is None


@pytest.mark.parametrize(
    ("name", "row", "number"),
    [
        ("visit_record", {"id": "V-03"}, "LY-HF-2025-0037-03"),
        ("survey_report", {"id": "S-2026H1"}, "LY-MYBG-2025-0037-2026H1"),
        ("visit_record", {"id": None}, "LY-HF-2025-0037"),
    ],
)
def test_a_document_of_a_row_ends_with_the_number_of_the_row(
    name: str, row: dict[str, Any], number: str
) -> None:
    assert document(name).doc_no(deal(), space(row)) == number


def test_one_document_is_issued_for_each_visit() -> None:
    case = deal(aftersales={"visits": [{"id": "V-01"}, {"id": "V-02"}]})
    assert [row.id for row in document("visit_record").rows_of(case)] == ["V-01", "V-02"]
    assert document("visit_record").rows_of(deal()) == ()
    assert document("contract").rows_of(case) == (None,)


def test_the_first_known_day_is_the_date() -> None:
    drafted, signed = date(2025, 6, 25), date(2025, 7, 8)
    contract = document("contract")
    assert contract.date(deal(contract={"signed": None, "draft": {"date": drafted}})) == drafted
    assert contract.date(deal(contract={"signed": signed, "draft": {"date": drafted}})) == signed
    assert contract.date(deal()) is None


def test_the_last_round_dates_the_negotiation_record() -> None:
    rounds = [{"date": date(2025, 6, 6)}, {"date": date(2025, 6, 13)}]
    case = deal(negotiation={"rounds": rounds})
    assert document("negotiation_record").date(case) == date(2025, 6, 13)


def test_a_row_dates_its_own_document() -> None:
    visit = space({"id": "V-01", "date": date(2026, 2, 12)})
    assert document("visit_record").date(deal(), visit) == date(2026, 2, 12)


@pytest.mark.parametrize(
    ("name", "case", "version"),
    [
        pytest.param(
            "proposal",
            deal(proposal={"quote": {"current_version": {"v": 3}}}),
            "V3.0",
            id="follows",
        ),
        pytest.param("proposal", deal(), "V0.1", id="no version yet"),
        pytest.param("contract", deal(contract={"settled": None}), "V0.1", id="not approved"),
        pytest.param(
            "contract", deal(contract={"settled": date(2025, 7, 2)}), "V1.0", id="approved"
        ),
        pytest.param("customer_info", deal(), "V1.0", id="a form"),
    ],
)
def test_the_version_says_whether_a_paper_is_settled(name: str, case: Any, version: str) -> None:
    assert document(name).version(case) == version


def test_a_paper_changes_its_title_with_what_it_is_about() -> None:
    letter = document("payment_letter")
    assert letter.title_of(deal(), space({"overdue": False})).zh == "请款函"
    assert letter.title_of(deal(), space({"overdue": True})).zh == "催款函"
    assert document("contract").title_of(deal()) == document("contract").title


@pytest.mark.parametrize("kind", LIBRARY.documents, ids=lambda kind: kind.id)
def test_the_register_says_everything_about_a_document(kind: Document) -> None:
    assert kind.classification in {choice.value for choice in Classification}
    assert kind.signatures
    assert len(kind.notes) >= 3
    assert len(kind.fields) == len(set(kind.fields))
    for phrase in (kind.title, kind.purpose, kind.issued, *kind.notes):
        assert any("一" <= sign <= "鿿" for sign in phrase.zh)
        assert not any("一" <= sign <= "鿿" for sign in phrase.en)


@pytest.mark.parametrize("kind", LIBRARY.documents, ids=lambda kind: kind.id)
def test_no_internal_paper_is_signed_away_with_a_seal(kind: Document) -> None:
    if kind.audience != "customer":
        assert (kind.seals.ours, kind.seals.customer) == ("none", "none")


def test_the_contract_is_sealed_by_both_across_its_pages() -> None:
    seals = document("contract").seals
    assert (seals.ours, seals.customer, seals.cross_page) == (
        "company_or_contract",
        "company_or_contract",
        True,
    )
    assert document("contract").title == Phrase("正式合同", "Contract")


def test_a_path_reads_attributes_keys_and_rows() -> None:
    case = SimpleNamespace(team={"p1": SimpleNamespace(name="周")}, rows=(1, 2, 3))
    assert value_at(case, "team.p1.name") == "周"
    assert value_at(case, "rows[0]") == 1
    assert value_at(case, "rows[-1]") == 3


@given(st.text("abc.[]01-", max_size=12))
def test_a_path_that_leads_nowhere_is_none(path: str) -> None:
    assert value_at(SimpleNamespace(), path) is None or path.strip(".[]-") == ""
