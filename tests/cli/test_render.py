"""`salesdocs render` as a user meets it: files, manifest, messages, exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from salesdocs.cli import main
from tests import world


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "deal"
    folder.mkdir()
    shutil.copy(world.SAMPLE, folder / "case.yaml")
    return folder / "case.yaml"


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_it_writes_every_document_the_case_has_reached(case: Path, tmp_path: Path) -> None:
    result = run("render", case, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    made = files(tmp_path / "out")
    assert len(made) == len(world.papers()) + 1
    assert "manifest.json" in made
    assert (
        "2_需求分析/LY-XQPS-2025-0037_需求评审会议纪要_宁波铄恒精密机械有限公司_V1.0_2025-04-22.docx"
        in made
    )
    assert sorted(result.stdout.splitlines()) == [
        str(tmp_path / "out" / entry["file"])
        for entry in json.loads((tmp_path / "out" / "manifest.json").read_bytes())["documents"]
    ]


def test_the_manifest_tells_what_each_file_is_made_of(case: Path, tmp_path: Path) -> None:
    run("render", case, "-o", tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    for entry in manifest["documents"]:
        assert (tmp_path / "out" / entry["file"]).is_file()
        assert len(entry["sha256"]) == len(entry["template_sha256"]) == 64
        assert entry["case_no"] == "XM-2025-0037"


def test_unchanged_documents_are_not_written_again(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("render", case, "-o", out)
    before = {name: (out / name).stat().st_mtime_ns for name in files(out)}
    result = run("render", case, "-o", out, "--format", "json")
    assert {name: (out / name).stat().st_mtime_ns for name in files(out)} == before
    assert {each["written"] for each in json.loads(result.stdout)["documents"]} == {False}


def test_a_file_changed_by_hand_is_kept(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("render", case, "-o", out, "--doc", "review_minutes")
    (path,) = out.rglob("*.docx")
    path.write_bytes(path.read_bytes() + b"by hand")
    result = run("render", case, "-o", out, "--doc", "review_minutes", "--format", "json")
    kept = Path(json.loads(result.stdout)["documents"][0]["kept"])
    assert kept.read_bytes().endswith(b"by hand")
    assert not path.read_bytes().endswith(b"by hand")


def test_one_stage_and_one_document_can_be_chosen(case: Path, tmp_path: Path) -> None:
    run("render", case, "-o", tmp_path / "a", "--stage", "2")
    assert {name.partition("/")[0] for name in files(tmp_path / "a")} == {
        "2_需求分析",
        "manifest.json",
    }
    run(
        "render",
        case,
        "-o",
        tmp_path / "b",
        "--doc",
        "acceptance_report",
        "--doc",
        "review_minutes",
    )
    assert len(files(tmp_path / "b")) == 3


def test_an_unknown_document_is_named_with_a_guess(case: Path, tmp_path: Path) -> None:
    result = run("render", case, "-o", tmp_path / "out", "--doc", "propsal")
    assert result.exit_code == 1
    assert "是否指：proposal" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_wrong_case_writes_nothing_and_lists_all_problems(case: Path, tmp_path: Path) -> None:
    text = case.read_text(encoding="utf-8")
    text = text.replace("amount: 1128000.00\n  currency", "amuont: 1128000.00\n  currency")
    case.write_text(text.replace("kickoff: 2025-07-21", "kickoff: 明天"), encoding="utf-8")
    result = run("render", case, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "contract.amuont" in result.stderr and "delivery.kickoff" in result.stderr
    assert "amount" in result.stderr.partition("contract.amuont")[2]
    assert not (tmp_path / "out").exists()


def test_a_missing_value_stops_its_document_only(case: Path, tmp_path: Path) -> None:
    text = case.read_text(encoding="utf-8").replace("place: 澜砚 3 号会议室", "place:")
    case.write_text(text, encoding="utf-8")
    result = run("render", case, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "needs.review.place" in result.stderr
    assert not any("需求评审会议纪要" in path.name for path in (tmp_path / "out").rglob("*"))
    assert len(files(tmp_path / "out")) == len(world.papers())
    draft = run("render", case, "-o", tmp_path / "draft", "--draft", "--doc", "review_minutes")
    assert draft.exit_code == 0, draft.stderr


def test_company_facts_can_live_above_the_case(case: Path, tmp_path: Path) -> None:
    text = case.read_text(encoding="utf-8")
    start, end = text.index("\nsupplier:") + 1, text.index("customer:\n  customer_no")
    (tmp_path / "company.yaml").write_text(text[start:end], encoding="utf-8")
    whole = run("render", case, "-o", tmp_path / "a", "--doc", "review_minutes")
    case.write_text(text[:start] + text[end:], encoding="utf-8")
    apart = run("render", case, "-o", tmp_path / "b", "--doc", "review_minutes")
    assert (whole.exit_code, apart.exit_code) == (0, 0), apart.stderr
    assert _bodies(tmp_path / "a") == _bodies(tmp_path / "b")


def _bodies(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*.docx")]


def test_bytes_do_not_depend_on_folder_time_zone_or_hash_seed(case: Path, tmp_path: Path) -> None:
    made = []
    for number, zone in enumerate(["Asia/Shanghai", "America/Los_Angeles"]):
        folder = tmp_path / f"work{number}"
        folder.mkdir()
        shutil.copy(case, folder / "case.yaml")
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(number), "LC_ALL": "C.UTF-8"}
        environment["SALESDOCS_CACHE"] = str(tmp_path / f"cache{number}")
        subprocess.run(
            [sys.executable, "-m", "salesdocs", "render", "case.yaml"],
            cwd=folder, env=environment, check=True, capture_output=True,
        )  # fmt: skip
        out = folder / "out"
        made.append({name: (out / name).read_bytes() for name in files(out)})
    assert made[0] == made[1]


def test_a_wrong_option_is_a_usage_error(case: Path) -> None:
    assert run("render", case, "--stage", "8").exit_code == 2
    assert run("render").exit_code == 2


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    result = run("render", tmp_path / "nothing.yaml")
    assert result.exit_code == 1
    assert "没有这个文件" in result.stderr
