"""Numbers of cases and documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.calc.numbering import (
    TYPE_CODES,
    DocumentNumber,
    RecordNumber,
    change_number,
    document_number,
    next_number,
    official_number,
    read_document_number,
    read_record_number,
    supplement_number,
)

YEARS = st.integers(min_value=1, max_value=9999)
SERIALS = st.integers(min_value=0, max_value=9999)
PARTS = st.none() | st.integers(min_value=0, max_value=99)
CASE = RecordNumber("XM", 2025, 37)


@given(
    st.builds(
        DocumentNumber,
        st.from_regex(r"\A[A-Z][A-Z0-9]{0,7}\Z"),
        st.sampled_from(sorted(TYPE_CODES.values())),
        YEARS,
        SERIALS,
        PARTS,
        PARTS,
    )
)
def test_reading_a_document_number_gives_it_back(number: DocumentNumber) -> None:
    assert read_document_number(str(number)) == number
    assert number.document is not None
    assert TYPE_CODES[number.document] == number.code


@given(st.builds(RecordNumber, st.sampled_from(["XM", "KH"]), YEARS, SERIALS))
def test_reading_a_record_number_gives_it_back(number: RecordNumber) -> None:
    assert read_record_number(str(number)) == number


def test_a_document_is_numbered_after_its_case() -> None:
    assert str(document_number("LY", "contract", CASE)) == "LY-XS-2025-0037"
    assert str(document_number("LY", "visit_record", CASE, 2)) == "LY-HF-2025-0037-02"


def test_a_supplement_is_numbered_after_its_contract() -> None:
    contract = document_number("LY", "contract", CASE)
    assert str(supplement_number(contract, 1)) == "LY-XS-2025-0037-BC01"


def test_all_sixteen_documents_have_letters_of_their_own() -> None:
    assert len(set(TYPE_CODES.values())) == len(TYPE_CODES)


@pytest.mark.parametrize(
    "text", ["", "LY-XS-25-0037", "LY-XS-2025-37", "LY-XS-2025-0037-1", "ly-xs-2025-0037", "LY-XS"]
)
def test_what_is_no_number_reads_as_none(text: str) -> None:
    assert read_document_number(text) is None
    assert read_record_number(text) is None


def test_letters_of_no_document_still_read_as_a_number() -> None:
    number = read_document_number("LY-ZZ-2025-0001")
    assert number is not None
    assert number.document is None


def test_changes_and_letters_have_their_styles() -> None:
    assert change_number(2) == "CR-02"
    assert official_number("澜砚函", 2025, 37) == "澜砚函〔2025〕37号"


RECORDS = st.builds(
    RecordNumber, st.sampled_from(["XM", "KH"]), st.integers(2024, 2026), st.integers(1, 9998)
)


@given(st.lists(RECORDS), st.sampled_from(["XM", "KH"]), st.integers(2024, 2026))
def test_the_next_number_is_free_and_above_all_of_its_year(
    used: list[RecordNumber], series: str, year: int
) -> None:
    found = next_number([*map(str, used), "XM-1", "LY-XS-2025-0037", ""], series, year)
    assert found not in used
    same = [number.serial for number in used if number[:2] == (series, year)]
    assert found == RecordNumber(series, year, max(same, default=0) + 1)


def test_a_year_has_no_more_than_four_digits_of_numbers() -> None:
    with pytest.raises(ValueError, match="XM-2025"):
        next_number(["XM-2025-9999"], "XM", 2025)
    assert str(next_number(["XM-2025-9999"], "XM", 2026)) == "XM-2026-0001"
