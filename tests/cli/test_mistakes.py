"""What people do wrong: each mistake says what is wrong, where, and what to do; none ends badly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from salesdocs.cli import files, main
from tests import world

START = world.SMALLEST


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(START, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("was", "now", "place", "rule"),
    [
        pytest.param("source: {", "source： {", "10:9", "SRC-14", id="full-width colon"),
        pytest.param("created: 2025", "created:2025", "11:10", "SRC-14", id="no space"),
        pytest.param("  created", "\tcreated", "11:1", "SRC-16", id="tab"),
        pytest.param("  created", "   created", "11:4", "SRC-20", id="too far right"),
        pytest.param("  created", "created", "11:1", "SRC-20", id="too far left"),
        pytest.param('8000"', "8000", "8:49", "SRC-18", id="quote"),
        pytest.param("initial_need", "inital_need", "13:3", "CASE-02", id="key"),
        pytest.param("exhibition", "exhibtion", "10:21", "CASE-04", id="option"),
        pytest.param("2025-03-12", "2025-02-30", "11:12", "TYP-02", id="day"),
        pytest.param("620", "112.8万", "7:36", "TYP-01", id="amount"),
        pytest.param("contact: c1", "contact: c2", "12:20", "CASE-06", id="person"),
        pytest.param("  initial_need: 需要一套生产管理系统\n", "", "10:3", "FRM-02", id="missing"),
    ],
)
def test_one_mistake_is_one_finding_at_its_place(
    case: Path, was: str, now: str, place: str, rule: str
) -> None:
    case.write_text(START.replace(was, now, 1), encoding="utf-8")
    result = run("check", case)
    assert result.exit_code == 1
    (head,) = [line for line in result.stderr.splitlines() if "error:" in line]
    assert head.startswith(f"{case}:{place}: ")
    assert head.endswith(f"[{rule}]")
    assert "hint: " in result.stderr


def test_wrong_values_do_not_hide_missing_ones(case: Path) -> None:
    text = START.replace("2025-03-12", "2025-02-30").replace("title: 铄恒精密 MES 一期项目, ", "")
    case.write_text(text, encoding="utf-8")
    found = json.loads(run("check", case, "--format", "json").stdout)["findings"]
    assert [finding["path"] for finding in found] == ["meta.title", "lead.created"]


@pytest.mark.parametrize("text", ["", "- a\n", "随便写点什么\n"], ids=["empty", "list", "text"])
def test_what_is_no_case_at_all_is_one_finding(case: Path, text: str) -> None:
    case.write_text(text, encoding="utf-8")
    result = run("check", case)
    assert result.exit_code == 1
    assert result.stderr.count("error:") == 1


def test_an_empty_company_file_is_told_how_to_begin(case: Path) -> None:
    (case.parent / "company.yaml").write_text("", encoding="utf-8")
    result = run("check", case)
    assert "salesdocs/company@1" in result.stderr


def test_a_misspelt_file_is_guessed(case: Path) -> None:
    assert "是不是 case.yaml？" in run("check", case.parent / "cas.yaml").stderr
    other = case.parent / "other"
    other.mkdir()
    assert "case.yaml" in run("check", other).stderr


# -- what cannot be printed ----------------------------------------------------------------------


def test_a_case_whose_documents_have_no_template_says_which(case: Path, tmp_path: Path) -> None:
    bare = [d for d in world.library().documents_reached(1) if "en" not in _languages(d.id)]
    result = run("render", case, "-o", tmp_path / "out", "--lang", "en")
    assert result.exit_code == (1 if bare else 0)
    assert all(document.title.en in result.stderr for document in bare)
    assert not (tmp_path / "out").exists() or not bare


def test_kinds_without_a_template_are_a_note_beside_the_others(tmp_path: Path) -> None:
    result = run("render", world.SAMPLE, "-o", tmp_path / "out", "--format", "json")
    assert result.exit_code == 0
    notes = [f["message"] for f in json.loads(result.stdout)["findings"] if f["rule"] == "CLI-02"]
    bare = [d.title.zh for d in world.library().documents if "zh" not in _languages(d.id)]
    assert all(title in "".join(notes) for title in bare)
    assert len(notes) == (1 if bare else 0)


def test_each_document_asked_for_by_id_is_answered(case: Path, tmp_path: Path) -> None:
    result = run("render", case, "-o", tmp_path, "--doc", "proposal", "--doc", "survey_report")
    assert result.exit_code == 1
    assert "《解决方案建议书》是第 3 阶段的文件，案件现在在第 1 阶段" in result.stderr
    assert "《满意度调研报告》是第 7 阶段的文件" in result.stderr
    assert f"{case}:2:60: " in result.stderr


def test_a_stage_not_reached_is_told(case: Path, tmp_path: Path) -> None:
    result = run("render", case, "-o", tmp_path, "--stage", "3")
    assert result.exit_code == 1
    assert "把 meta.stage 改为 3" in result.stderr


def test_a_document_of_another_stage_is_told(tmp_path: Path) -> None:
    result = run("render", world.SAMPLE, "-o", tmp_path, "--doc", "proposal", "--stage", "2")
    assert "去掉 --stage" in result.stderr


def test_each_refused_document_says_what_it_lacks(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    text = world.SAMPLE.read_text(encoding="utf-8").replace("place: 澜砚 3 号会议室", "place:")
    case.write_text(text, encoding="utf-8")
    result = run("render", case, "-o", tmp_path / "out", "--doc", "review_minutes")
    assert "《需求评审会议纪要》未生成：缺 1 项（needs.review.place）" in result.stderr
    assert "--draft" in result.stderr
    told = json.loads(
        run("render", case, "-o", tmp_path / "out", "--format", "json", "--lang", "zh").stdout
    )
    (refused,) = told["refused"]
    assert (refused["name"], refused["paths"]) == ("review_minutes", ["needs.review.place"])


def test_the_older_file_of_a_refused_document_is_pointed_out(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    text = world.SAMPLE.read_text(encoding="utf-8")
    case.write_text(text, encoding="utf-8")
    run("render", case, "-o", tmp_path / "out", "--doc", "review_minutes")
    (older,) = (tmp_path / "out").rglob("*.docx")
    case.write_text(text.replace("place: 澜砚 3 号会议室", "place:"), encoding="utf-8")
    result = run("render", case, "-o", tmp_path / "out", "--doc", "review_minutes")
    assert f"{older.name} 还在" in result.stderr
    assert older.is_file()


def _languages(document_id: str) -> tuple[str, ...]:
    return world.library().languages(document_id)


# -- the disk ------------------------------------------------------------------------------------


def test_an_output_folder_that_is_a_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    for output in (tmp_path / "out", tmp_path / "out" / "below"):
        result = run("render", world.SAMPLE, "-o", output)
        assert result.exit_code == 1
        assert "写不进去" in result.stderr
        assert "-o" in result.stderr


def test_one_file_that_cannot_be_written_stops_no_other(tmp_path: Path) -> None:
    run("render", world.SAMPLE, "-o", tmp_path)
    (path,) = tmp_path.glob("3_*/*解决方案建议书*.docx")
    path.unlink()
    path.mkdir()
    result = run("render", world.SAMPLE, "-o", tmp_path)
    assert result.exit_code == 1
    assert f"{path}: error: 写不进去" in result.stderr
    assert len(result.stdout.splitlines()) == len(world.papers()) - 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk at hand")
def test_a_full_disk_is_a_finding_for_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with pytest.raises(files.DiskError) as caught, files.disk_access(path):
        Path("/dev/full").write_bytes(b"x")
    assert "磁盘已满" in caught.value.findings[0].message.zh


def test_what_was_written_before_a_stop_is_in_the_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files._write_product
    turns = iter(range(2))

    def stopped(*arguments: object) -> files.Written:
        if next(turns, None) is None:
            raise KeyboardInterrupt
        return write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "_write_product", stopped)
    result = run("render", world.SAMPLE, "-o", tmp_path)
    assert result.exit_code == 130
    assert "已中断" in result.stderr
    made = {
        entry["file"]
        for entry in json.loads((tmp_path / "manifest.json").read_bytes())["documents"]
    }
    assert made == {path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("*/*.docx")}
    assert len(made) == 2


def test_a_manifest_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text('{"name": "an extension"}')
    result = run("render", world.SAMPLE, "-o", tmp_path)
    assert result.exit_code == 1
    assert manifest.read_text() == '{"name": "an extension"}'
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


# -- usage, terminals, pipes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["chek", "x"], "是不是 check？", id="command"),
        pytest.param(["render"], "缺少 CASE", id="argument"),
        pytest.param(["render", "x", "--stage", "9"], "应是 1 到 7 的整数", id="range"),
        pytest.param(["list", "--format", "xml"], "可填 text、json", id="choice"),
        pytest.param(["render", "x", "--drat"], "--draft", id="option"),
        pytest.param(["list", "x"], "多出了参数 x", id="extra"),
        pytest.param(["list", "x", "--lang", "en"], "unexpected x", id="english"),
    ],
)
def test_wrong_usage_is_a_finding_too(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "hint: " in result.stderr


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252", "utf-8"])
def test_no_encoding_stops_the_output(encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "NO_COLOR": "1"}
    for arguments in (["list", "--format", "json"], ["show", "survey_form"]):
        done = subprocess.run(
            [sys.executable, "-m", "salesdocs", *arguments],
            env=environment, cwd=world.ROOT, capture_output=True, check=True,
        )  # fmt: skip
        if "json" in arguments:
            assert len(json.loads(done.stdout)) == len(world.library().documents)


def test_a_system_whose_file_names_know_no_chinese_is_told(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environment = {**os.environ, **plain}
    done = subprocess.run(
        [sys.executable, "-m", "salesdocs", "render", str(world.SAMPLE), "-o", str(tmp_path)],
        env=environment, cwd=world.ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"PYTHONUTF8=1" in done.stderr


def test_answers_in_english_hold_no_chinese_but_data() -> None:
    for arguments in (["list"], ["templates", "check"], ["check", world.SAMPLE]):
        shown = run(*arguments, "--lang", "en").output.replace("铄恒精密 MES 一期项目", "")
        assert not [sign for sign in shown if "\u4e00" <= sign <= "\u9fff"]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from salesdocs.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(*{'pydantic', 'pydantic_core', 'lxml', 'jinja2', 'yaml', 'rich', 'docxtpl'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=world.ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == ""
