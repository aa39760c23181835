"""`salesdocs.yaml`: what it settles, what wins over it, and what is said when it is wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from salesdocs.cli import main
from tests import world

SETTINGS = "schema: salesdocs/settings@1\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.delenv("SALESDOCS_LIBRARY", raising=False)


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """A folder with a library of its own, and a case two folders below."""
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "policy.yaml").write_text("{}\n", encoding="utf-8")
    deal = tmp_path / "案件" / "铄恒"
    deal.mkdir(parents=True)
    shutil.copy(world.SAMPLE, deal / "case.yaml")
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def settle(folder: Path, text: str) -> Path:
    file = folder / "salesdocs.yaml"
    file.write_text(SETTINGS + text, encoding="utf-8")
    return file


def relabelled(folder: Path, title: str) -> Path:
    """A library in which the review minutes have another title."""
    file = folder / "documents" / "review_minutes.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    shipped = (world.house_folder() / "documents" / "review_minutes.yaml").read_text("utf-8")
    file.write_text(shipped.replace("需求评审会议纪要", title), encoding="utf-8")
    return folder


def test_a_case_is_rendered_into_the_folder_that_the_settings_above_it_name(company: Path) -> None:
    settle(company, "output: 文件\n")
    result = run("render", company / "案件" / "铄恒", "--doc", "review_minutes")
    assert result.exit_code == 0, result.output
    (made,) = company.rglob("*.docx")
    assert made.is_relative_to(company / "文件")


def test_the_nearest_settings_win_as_a_whole(company: Path) -> None:
    settle(company, "output: 上层\nlang: en\n")
    settle(company / "案件", "output: 下层\n")
    result = run("render", company / "案件" / "铄恒" / "case.yaml", "--doc", "review_minutes")
    assert result.exit_code == 0, result.output
    (made,) = company.rglob("*.docx")
    assert made.is_relative_to(company / "案件" / "下层")
    assert "需求评审会议纪要" in made.name


def test_the_language_of_the_settings_is_that_of_every_message(company: Path) -> None:
    settle(company, "lang: en\n")
    assert "no findings" in run("check", company / "案件" / "铄恒").stdout
    assert "没有问题" in run("check", company / "案件" / "铄恒", "--lang", "zh").stdout


def test_the_library_of_the_settings_is_used_by_commands_without_a_case(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    relabelled(company / "模板", "评审纪要（本公司）")
    settle(company, "library: 模板\n")
    monkeypatch.chdir(company / "案件")
    assert "评审纪要（本公司）" in run("list").stdout
    assert "评审纪要（本公司）" in run("show", "review_minutes").stdout


def test_an_option_wins_over_the_environment_and_that_over_the_file(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, title in (("模板", "出自文件"), ("env", "出自环境"), ("flag", "出自选项")):
        relabelled(company / name, title)
    settle(company, "library: 模板\n")
    monkeypatch.chdir(company)
    assert "出自文件" in run("list").stdout
    monkeypatch.setenv("SALESDOCS_LIBRARY", str(company / "env"))
    assert "出自环境" in run("list").stdout
    assert "出自选项" in run("list", "--library", company / "flag").stdout


@pytest.mark.parametrize(
    ("text", "rule", "line", "hint"),
    [
        pytest.param("libary: 模板\n", "SET-02", 2, "library", id="a slip"),
        pytest.param("模板库: 模板\n", "SET-02", 2, "library", id="in Chinese"),
        pytest.param("command: rm\n", "SET-02", 2, "library、output、lang", id="nothing else"),
        pytest.param("lang: zh\nlibrary: 没有\n", "SET-04", 3, "eject", id="no such folder"),
        pytest.param("library: 案件/铄恒/case.yaml\n", "SET-04", 2, "", id="a file"),
        pytest.param("output: [a, b]\n", "SET-03", 2, "", id="a list"),
        pytest.param("library: {dir: 模板}\n", "SET-03", 2, "", id="a block"),
        pytest.param("output:\n", "SET-03", 2, "", id="nothing"),
        pytest.param("lang: fr\n", "SET-03", 2, "", id="another language"),
        pytest.param("lang: zh\nlang: en\n", "SRC-09", 3, "", id="twice"),
    ],
)
def test_what_is_wrong_in_the_settings_is_said_with_its_place(
    company: Path, text: str, rule: str, line: int, hint: str
) -> None:
    file = settle(company, text)
    result = run("check", company / "案件" / "铄恒", "--format", "json")
    assert result.exit_code == 1
    (found,) = json.loads(result.stdout)["findings"]
    assert (found["rule"], found["file"], found["line"]) == (rule, str(file), line)
    assert hint in found["hint"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("library: 模板\n", "SET-01", id="no schema"),
        pytest.param("schema: salesdocs/case@1\n", "SET-01", id="a case"),
        pytest.param("", "SRC-05", id="empty"),
        pytest.param("- a\n", "SRC-06", id="a list"),
    ],
)
def test_a_file_that_is_no_settings_is_told_how_to_begin(
    company: Path, text: str, rule: str
) -> None:
    (company / "salesdocs.yaml").write_text(text, encoding="utf-8")
    result = run("check", company / "案件" / "铄恒", "--format", "json")
    (found,) = json.loads(result.stdout)["findings"]
    assert found["rule"] == rule
    assert "schema: salesdocs/settings@1" in found["hint"]


def test_all_that_is_wrong_is_told_at_once(company: Path) -> None:
    settle(company, "lang: fr\nlibary: x\nlibrary: y\n")
    result = run("check", company / "案件" / "铄恒")
    assert result.exit_code == 1
    assert [rule for rule in ("SET-02", "SET-03", "SET-04") if rule not in result.stderr] == []


def test_settings_are_not_read_where_every_option_is_given(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(company, "library: 没有\n")
    monkeypatch.chdir(company)
    assert run("list").exit_code == 1
    assert run("list", "--library", company / "模板", "--lang", "zh").exit_code == 0
