"""`salesdocs import FORM CASE`: what people see, what is written, what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesdocs.cli import main
from salesdocs.produce.blank import BlankForm
from tests.forms import Texts, filled_in
from tests.produce.test_returned import _paper, blank, example
from tests.world import SAMPLE, template


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_bytes(SAMPLE.read_bytes())
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, arguments)], catch_exceptions=False)


def paper(folder: Path, name: str, texts: Texts) -> Path:
    """A finished paper of the sample in which somebody changed something."""
    document = name.partition("/")[0]
    path = folder / f"{document}.docx"
    path.write_bytes(filled_in(_paper(example("mes")[1], name), template(document), texts))
    return path


CHANGES: Texts = {("customer.phone", ""): "0574-86860001", ("customer.group", ""): "铄恒集团"}


def test_changes_are_shown_and_written_when_somebody_agrees(tmp_path: Path, case: Path) -> None:
    before = case.read_text().splitlines()
    done = run(paper(tmp_path, "customer_info", CHANGES), case, "--yes")
    assert done.exit_code == 0, done.output
    assert "customer.phone" in done.stdout
    assert "— → 0574-86860001" in done.stdout
    after = case.read_text().splitlines()
    assert [line for line in before if line not in after] == []
    added = [line.strip() for line in after if line not in before]
    assert added == ["phone: 0574-86860001", "group: 铄恒集团"]


def test_importing_twice_equals_importing_once(tmp_path: Path, case: Path) -> None:
    form = paper(tmp_path, "customer_info", CHANGES)
    run(form, case, "--yes")
    once = case.read_bytes()
    again = run(form, case, "--yes")
    assert again.exit_code == 0
    assert "没有要改的" in again.stdout
    assert case.read_bytes() == once


@pytest.mark.parametrize("options", [("--dry-run",), ()], ids=["dry run", "nobody to ask"])
def test_nothing_is_written_that_nobody_agreed_to(
    tmp_path: Path, case: Path, options: tuple[str, ...]
) -> None:
    before = case.read_bytes()
    done = run(paper(tmp_path, "customer_info", CHANGES), case, *options)
    assert done.exit_code == (0 if options else 1)
    assert ("FIL-10" in done.stderr) is not bool(options)
    assert case.read_bytes() == before


def test_json_has_every_change_with_its_line(tmp_path: Path, case: Path) -> None:
    form = paper(tmp_path, "customer_info", {**CHANGES, ("customer.kind", ""): "半新"})
    done = run(form, case, "--dry-run", "--format", "json")
    said = json.loads(done.stdout)
    assert [each["path"] for each in said["changes"]] == ["customer.phone", "customer.group"]
    assert all(each["line"] > 0 for each in said["changes"])
    assert [each["rule"] for each in said["findings"]] == ["FIL-05"]
    assert said["written"] is False


def test_what_can_be_read_is_taken_though_something_else_cannot(tmp_path: Path, case: Path) -> None:
    form = paper(tmp_path, "customer_info", {**CHANGES, ("customer.kind", ""): "半新"})
    done = run(form, case, "--yes")
    assert done.exit_code == 1
    assert "客户类型" in done.stderr
    assert "铄恒集团" in case.read_text()


def test_what_the_rules_would_object_to_is_told_before_it_is_written(
    tmp_path: Path, case: Path
) -> None:
    texts = {("customer.credit.checked_on", ""): "2024年1月2日"}
    done = run(paper(tmp_path, "customer_info", texts), case, "--dry-run")
    assert "PTY-08" in done.stderr


def test_the_form_of_another_case_changes_nothing(tmp_path: Path, case: Path) -> None:
    path = tmp_path / "表.docx"
    path.write_bytes(_paper(example("his")[1], "customer_info"))
    before = case.read_bytes()
    done = run(path, case, "--yes")
    assert done.exit_code == 1
    assert "FIL-03" in done.stderr
    assert case.read_bytes() == before


def test_a_form_without_its_case_is_told_how(tmp_path: Path) -> None:
    done = run(paper(tmp_path, "customer_info", CHANGES))
    assert done.exit_code == 1
    assert "case.yaml" in done.stderr


@pytest.mark.parametrize(
    "options",
    [("case.yaml", "--duplicates"), ("case.yaml", "--set", "channel=展会"), ("--yes",)],
    ids=" ".join,
)
def test_options_of_the_other_kind_of_import_are_wrong_usage(options: tuple[str, ...]) -> None:
    done = run("表.docx", *options)
    assert done.exit_code == 2


# ---- files that do harm, or are none ----


def hostile() -> dict[str, bytes]:
    form = blank("customer_info").data
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 300_000_000)
    return {
        "empty.docx": b"",
        "truncated.docx": form[: len(form) // 2],
        "encrypted.docx": b"\xd0\xcf\x11\xe0" + bytes(600),
        "bomb.docx": bomb.getvalue(),
        "doctype.docx": _with(form, b'<!DOCTYPE x [<!ENTITY a "b">]><w:document/>'),
        "no xml.docx": _with(form, b"<w:document"),
        "deep.docx": _with(form, b"<a>" * 5_000 + b"</a>" * 5_000),
        "no form.docx": _with(form, b"", "docProps/custom.xml"),
        "picture.docx": b"\x89PNG" + bytes(100),
        "broken.pdf": b"%PDF-1.7\n" + bytes(100),
        "table.csv": "客户名称\n甲\n".encode(),
    }


def _with(package: bytes, content: bytes, part: str = "word/document.xml") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name != part or content:
                new.writestr(name, content if name == part else old.read(name))
    return stream.getvalue()


@pytest.mark.parametrize("name", hostile())
def test_a_hostile_file_is_a_finding_and_nothing_is_written(
    tmp_path: Path, case: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(hostile()[name])
    before = case.read_bytes()
    done = run(path, case, "--yes")
    assert done.exit_code == 1, done.output
    assert f"{path}" in done.stderr
    assert ": error: " in done.stderr
    assert case.read_bytes() == before


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damaged_bytes_never_write_and_never_crash(
    tmp_path: Path, case: Path, data: st.DataObject
) -> None:
    whole = bytearray(blank("visit_record").data)
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "表.docx"
    path.write_bytes(bytes(whole))
    before = case.read_bytes()
    done = run(path, case, "--dry-run")
    assert done.exit_code in (0, 1)
    assert case.read_bytes() == before


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=60))
def test_whatever_is_written_stands_in_the_case_as_it_was_written(
    tmp_path: Path, text: str
) -> None:
    from salesdocs.case.load import load_case
    from salesdocs.produce.answers import is_blank, plainly

    case = tmp_path / "case.yaml"
    case.write_bytes(SAMPLE.read_bytes())
    form: BlankForm = blank("customer_info")
    path = tmp_path / "表.docx"
    path.write_bytes(filled_in(form.data, form.template, {("customer.remarks", ""): text}))
    done = run(path, case, "--yes")
    remarks = load_case(case).case.customer.remarks
    if is_blank(text) or done.exit_code:
        assert remarks == example("mes")[0].case.customer.remarks
    else:
        assert "".join((remarks or "").split()) == "".join(plainly(text).split())


# ---- questionnaires ----


def sheet(role: str, score: int, recommend: int, **words: str) -> bytes:
    form = blank("survey_form")
    texts: dict[tuple[str, str], str] = {
        ("response.role", role): "☑",
        ("response.overall", str(score)): "☑",
        ("response.recommend", str(recommend)): "☑",
        **{(f"response.scores[{place}]", str(score)): "☑" for place in range(6)},
        **{(f"response.{name}", ""): text for name, text in words.items()},
    }
    return filled_in(form.data, form.template, texts)


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    folder = tmp_path / "回收问卷"
    folder.mkdir()
    (folder / "1.docx").write_bytes(sheet("it", 4, 8, best="追溯快"))
    (folder / "2.docx").write_bytes(sheet("management", 5, 9, worst="报表慢"))
    (folder / "~$2.docx").write_bytes(b"lock")
    return folder


def survey(case: Path) -> object:
    from salesdocs.case.load import load_case

    return load_case(case).case.aftersales.surveys[0]


def test_a_folder_of_questionnaires_fills_its_survey(sheets: Path, case: Path) -> None:
    before = survey(case)
    done = run(sheets, case, "--survey", "S-2026H1", "--yes")
    assert done.exit_code == 0, done.output
    after = survey(case)
    assert len(after.responses) == len(before.responses) + 2  # type: ignore[attr-defined]
    assert after.returned == before.returned + 2  # type: ignore[attr-defined]
    assert after.valid == before.valid + 2  # type: ignore[attr-defined]
    new = after.responses[-2:]  # type: ignore[attr-defined]
    assert {row.id for row in new} == {"Q9", "Q10"}
    assert {(str(row.role), row.overall, row.recommend, row.best, row.worst) for row in new} == {
        ("it", 4, 8, "追溯快", None),
        ("management", 5, 9, None, "报表慢"),
    }


def test_questionnaires_imported_twice_count_once(sheets: Path, case: Path) -> None:
    run(sheets, case, "--yes")
    once = case.read_bytes()
    again = run(sheets, case, "--yes")
    assert again.exit_code == 0
    assert case.read_bytes() == once


def test_the_same_file_twice_is_refused(sheets: Path, case: Path) -> None:
    (sheets / "3.docx").write_bytes((sheets / "1.docx").read_bytes())
    before = case.read_bytes()
    done = run(sheets, case, "--yes")
    assert done.exit_code == 1
    assert "同一个文件" in done.stderr
    assert case.read_bytes() == before


def test_an_unfinished_sheet_is_returned_but_not_valid(sheets: Path, case: Path) -> None:
    form = blank("survey_form")
    half = filled_in(form.data, form.template, {("response.role", "it"): "☑"})
    (sheets / "3.docx").write_bytes(half)
    before = survey(case)
    done = run(sheets, case, "--yes")
    after = survey(case)
    assert after.returned == before.returned + 3  # type: ignore[attr-defined]
    assert after.valid == before.valid + 2  # type: ignore[attr-defined]
    assert "没有答全" in done.stderr


def test_two_ticks_keep_a_sheet_out_and_all_problems_are_told(sheets: Path, case: Path) -> None:
    form = blank("survey_form")
    twice = {("response.overall", "4"): "☑", ("response.overall", "5"): "☑"}
    (sheets / "3.docx").write_bytes(filled_in(form.data, form.template, twice))
    (sheets / "4.docx").write_bytes(
        filled_in(form.data, form.template, {**twice, ("response.role", "it"): "☑"})
    )
    done = run(sheets, case, "--yes")
    assert done.exit_code == 1
    assert "3.docx" in done.stderr
    assert "4.docx" in done.stderr


def test_one_bad_file_keeps_the_whole_folder_out(sheets: Path, case: Path) -> None:
    (sheets / "3.docx").write_bytes(b"PK\x03\x04 no")
    before = case.read_bytes()
    done = run(sheets, case, "--yes")
    assert done.exit_code == 1
    assert "整批都没有导入" in done.stderr
    assert case.read_bytes() == before


def test_a_survey_that_the_case_does_not_have_is_told(sheets: Path, case: Path) -> None:
    done = run(sheets, case, "--survey", "S-2030H1", "--yes")
    assert done.exit_code == 1
    assert "S-2026H1" in done.stderr
