"""`salesdocs form`: what it makes, what it calls it, and the way back into the case."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from pikepdf import Name, String

from salesdocs.case.load import load_case
from salesdocs.pdf.forms.read import filled
from tests.cli.test_commands import run
from tests.pdf.forms.made import FORMS, values

EXAMPLES = Path(__file__).parents[2] / "examples"


def case(folder: Path, name: str = "mes") -> Path:
    shutil.copytree(EXAMPLES / name, folder / name)
    return folder / name / "case.yaml"


def write(path: Path, said: dict[str, Any]) -> None:
    """Fill in fields of the form at `path`, as a program does that draws nothing."""
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        for whole, value in said.items():
            found, kids = document.Root.AcroForm, document.Root.AcroForm.Fields
            for name in whole.split("."):
                found = next(each for each in kids if str(each.get("/T", "")) == name)
                kids = found.get("/Kids", [])
            found["/V"] = value
        document.save(path)


def test_a_form_is_named_in_chinese_and_written_into_a_folder(tmp_path: Path) -> None:
    result = run("form", "visit_record", "-o", tmp_path)
    assert result.exit_code == 0
    path = tmp_path / "客户回访记录（可填写）.pdf"
    assert result.stdout == f"{path}\n"
    assert filled(path.read_bytes()).document == "visit_record.zh"


def test_a_form_that_is_there_already_is_not_written_again(tmp_path: Path) -> None:
    target = tmp_path / "表.pdf"
    first = json.loads(run("form", "meeting_minutes", "-o", target, "--format", "json").stdout)
    again = json.loads(run("form", "meeting_minutes", "-o", target, "--format", "json").stdout)
    assert [each["forms"][0]["written"] for each in (first, again)] == [True, False]
    assert first["forms"][0]["fields"] > 20


def test_a_form_that_somebody_filled_in_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "表.pdf"
    run("form", "meeting_minutes", "-o", target)
    write(target, {"round.place": String("二楼")})
    result = run("form", "meeting_minutes", "-o", target)
    assert "[CLI-06]" in result.output
    (kept,) = (each for each in tmp_path.glob("*.pdf") if each != target)
    assert filled(kept.read_bytes()).values["round.place"] == "二楼"


def test_every_registered_form_is_among_all_blank_word_forms(tmp_path: Path) -> None:
    result = run("form", "--all", "--word", "-o", tmp_path)
    assert result.exit_code == 0
    assert len(list(tmp_path.glob("*.docx"))) == len(FORMS)
    assert docx.Document(str(tmp_path / "客户信息表（空白）.docx")).tables


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        ([], "PDF-36"),
        (["contract"], "PDF-36"),
        (["visit_record", "meeting_minutes", "-o", "一.pdf"], "PDF-37"),
        (["visit_record", "--word", "-o", "一.pdf"], "PDF-37"),
        (["visit_record", "--case", EXAMPLES / "mes", "--row", "V-99"], "PDF-38"),
    ],
)
def test_what_cannot_be_made_is_told(arguments: list[Any], rule: str) -> None:
    result = run("form", *arguments)
    assert result.exit_code == 1
    assert f"[{rule}]" in result.output


@pytest.mark.parametrize(
    ("example", "document_id", "row"),
    [
        ("mes", "customer_info", ""),
        ("mes", "lead_screening", ""),
        ("mes", "acceptance_report", ""),
        ("mes", "visit_record", "V-02"),
        ("mes", "meeting_minutes", "R-01"),
        ("his", "contract_approval", ""),
        ("saas", "growth_leads", ""),
    ],
)
def test_a_form_with_what_the_case_knows_changes_nothing(
    tmp_path: Path, example: str, document_id: str, row: str
) -> None:
    path, target = case(tmp_path, example), tmp_path / "表.pdf"
    made = run("form", document_id, "--case", path, "-o", target, *(["--row", row] if row else []))
    assert made.exit_code == 0, made.output
    said = filled(target.read_bytes())
    assert sum(bool(value) for value in said.values.values()) > 8
    before = path.read_bytes()
    result = run("import", target, path, "--yes")
    assert result.exit_code == 0, result.output
    assert path.read_bytes() == before


def test_a_new_visit_goes_from_the_form_into_the_case(tmp_path: Path) -> None:
    path, target = case(tmp_path), tmp_path / "回访.pdf"
    run("form", "visit_record", "--case", path, "-o", target)
    assert filled(target.read_bytes()).values["customer.name"] == "宁波铄恒精密机械有限公司"
    write(
        target,
        {
            "visit.id": String("V-08"),
            "visit.date": String("2026年8月12日"),
            "visit.by.name": String("宋知夏"),
            "visit.with.name": String("俞可凡"),
            "visit.mode": Name("/onsite"),
            "visit.score": Name("/4"),
            "visit.usage": String("报工及时率 97%\r班组长全部在用"),
        },
    )
    result = run("import", target, path, "--yes")
    assert result.exit_code == 0, result.output
    visit = load_case(path).case.aftersales.visits[-1]
    assert (visit.id, str(visit.date), visit.mode, visit.score) == (
        "V-08", "2026-08-12", "onsite", 4,
    )  # fmt: skip
    assert visit.by is not None
    assert visit.by.name == "宋知夏"
    assert visit.usage == "报工及时率 97%\n班组长全部在用"


def test_a_customer_is_asked_only_for_answers_and_sees_nothing_internal(tmp_path: Path) -> None:
    target = tmp_path / "问卷.pdf"
    run("form", "survey_form", "--case", EXAMPLES / "mes", "-o", target)
    said = filled(target.read_bytes())
    assert {path.partition(".")[0] for path in said.values} == {"response"}
    assert not any(said.values.values())
    with pikepdf.open(BytesIO(target.read_bytes())) as document:
        text = b"".join(
            item.read_bytes() for item in document.objects if isinstance(item, pikepdf.Stream)
        )
    assert b"13800138000" not in text


def test_the_fields_of_a_form_are_those_that_others_fill_in() -> None:
    assert len(values("visit_record")) >= 8
