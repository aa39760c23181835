"""`salesdocs number`: the next number that nobody uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesdocs.calc.numbering import TYPE_CODES, next_document_number
from tests.cli.stores import put, run, small, whole


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path / ".cache"))


def next_(*arguments: object) -> str:
    done = run("number", *arguments)
    assert done.exit_code == 0, done.output
    return done.stdout.strip()


def test_the_first_numbers_of_an_empty_folder(tmp_path: Path) -> None:
    assert next_("case", tmp_path, "--year", 2026) == "XM-2026-0001"
    assert next_("customer", tmp_path, "--year", 2026) == "KH-2026-0001"
    assert next_("contract", tmp_path, "--year", 2026, "--prefix", "LY") == "LY-XS-2026-0001"


def test_the_next_number_comes_after_the_highest_of_its_year(tmp_path: Path) -> None:
    whole(tmp_path, "a")
    small(tmp_path, "b", ("0037", "0005"))
    assert next_("case", tmp_path, "--year", 2025) == "XM-2025-0038"
    assert next_("case", tmp_path, "--year", 2026) == "XM-2026-0001"
    assert next_("customer", tmp_path, "--year", 2025) == "KH-2025-0113"


def test_a_case_that_cannot_be_read_keeps_its_number(tmp_path: Path) -> None:
    put(tmp_path, "a", "schema: salesdocs/case@1\nmeta: {case_no: XM-2026-0009, [\n")
    assert next_("case", tmp_path, "--year", 2026) == "XM-2026-0010"


@pytest.mark.parametrize("kind", TYPE_CODES)
def test_every_kind_of_document_has_a_next_number(tmp_path: Path, kind: str) -> None:
    whole(tmp_path, "a")
    assert next_(kind, tmp_path, "--year", 2025) == f"LY-{TYPE_CODES[kind]}-2025-0038"


def test_a_document_takes_no_serial_of_a_case_or_another_document() -> None:
    used = ["XM-2026-0004", "LY-XS-2026-0007", "LY-FA-2026-0030", "AB-XS-2026-0040", "x", ""]
    assert str(next_document_number(used, "LY", "contract", 2026)) == "LY-XS-2026-0008"
    assert str(next_document_number(used, "LY", "delivery_plan", 2026)) == "LY-JF-2026-0005"
    with pytest.raises(ValueError, match="no number is left"):
        next_document_number(["XM-2026-9999"], "LY", "contract", 2026)


def test_in_one_case_a_document_has_the_number_of_the_case_and_then_parts(tmp_path: Path) -> None:
    file = whole(tmp_path / "s", "a")
    (tmp_path / "s" / "company.yaml").write_text("schema: salesdocs/company@1\n", encoding="utf-8")
    assert next_("weekly_followup", file) == "LY-ZGJ-2025-0037"
    assert next_("contract", file) == "LY-XS-2025-0037-02"


def test_the_prefix_comes_from_the_company_where_no_case_has_one(tmp_path: Path) -> None:
    small(tmp_path, "a")
    done = run("number", "contract", tmp_path)
    assert done.exit_code == 1
    assert "doc_prefix" in done.stderr
    (tmp_path / "company.yaml").write_text(
        "schema: salesdocs/company@1\nsupplier: {doc_prefix: AB}\n", encoding="utf-8"
    )
    assert next_("contract", tmp_path, "--year", 2025) == "AB-XS-2025-0038"


@pytest.mark.parametrize(
    ("kind", "meant"),
    [("contarct", "contract"), ("销售合同", "contract"), ("xyzzy", "case、customer")],
)
def test_an_unknown_kind_is_told_what_was_meant(tmp_path: Path, kind: str, meant: str) -> None:
    done = run("number", kind, tmp_path)
    assert done.exit_code == 1
    assert meant in done.stderr


def test_several_prefixes_are_not_guessed(tmp_path: Path) -> None:
    whole(tmp_path, "a")
    whole(tmp_path, "b", ("0037", "0038"), ("doc_prefix: LY", "doc_prefix: ZZ"))
    done = run("number", "contract", tmp_path)
    assert "LY、ZZ" in done.stderr
    assert next_("contract", tmp_path, "--prefix", "ZZ", "--year", 2025) == "ZZ-XS-2025-0039"


def test_the_last_number_of_a_year_is_told(tmp_path: Path) -> None:
    small(tmp_path, "a", ("0037", "9999"))
    done = run("number", "case", tmp_path, "--year", 2025)
    assert done.exit_code == 1
    assert "已用完" in done.stderr
