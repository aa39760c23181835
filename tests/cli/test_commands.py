"""Every command explains itself, answers in both languages, and prints JSON where it prints tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click import Command, Group
from click.testing import CliRunner, Result

from salesdocs.cli import main
from salesdocs.word.origin import content_digest
from tests import world


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def commands(group: Group, prefix: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        found.append((*prefix, name))
        if isinstance(command, Group):
            found += commands(command, (*prefix, name))
    return found


@pytest.mark.parametrize("command", commands(main), ids=" ".join)
def test_every_command_has_help(command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output
    assert len(_command(command).help or "") > 20


def _command(path: tuple[str, ...]) -> Command:
    found: Command = main
    for name in path:
        assert isinstance(found, Group)
        found = found.commands[name]
    return found


def test_check_finds_nothing_in_the_sample() -> None:
    result = run("check", world.SAMPLE)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "没有问题" in result.stdout


def test_check_points_at_line_and_column(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    text = world.SAMPLE.read_text(encoding="utf-8")
    case.write_text(text.replace('  uscc: "91990000MA9XL00244"\n', ""), encoding="utf-8")
    result = run("check", case)
    assert result.exit_code == 1
    assert f"{case}:" in result.stderr and "customer.uscc" in result.stderr
    as_json = json.loads(run("check", case, "--format", "json", "--lang", "en").stdout)
    assert [finding["path"] for finding in as_json["findings"]] == ["customer.uscc"]
    assert as_json["findings"][0]["line"] > 0


def test_list_names_every_kind() -> None:
    listed = json.loads(run("list", "--format", "json").stdout)
    kinds = [(each["number"], each["id"]) for each in listed]
    assert kinds == [(document.number, document.id) for document in world.library().documents]
    assert "解决方案建议书" in run("list").stdout
    assert "Solution proposal" in run("list", "--lang", "en").stdout


@pytest.mark.parametrize("document", [d.id for d in world.library().documents])
def test_every_document_can_be_shown(document: str) -> None:
    shown = json.loads(run("show", document, "--format", "json").stdout)
    assert shown["id"] == document
    assert all(field["label"] for group in shown["groups"] for field in group["fields"])
    assert run("show", document).exit_code == 0


def test_a_document_is_shown_with_the_name_of_its_owner() -> None:
    assert "责任人：销售经理\n" in run("show", "review_minutes").stdout
    assert json.loads(run("show", "contract", "--format", "json", "--lang", "en").stdout)["owner"]


def test_the_schema_accepts_the_sample_and_explains_fields() -> None:
    schema = json.loads(run("schema").stdout)
    amount = schema["$defs"]["Contract"]["properties"]["amount"]
    assert amount["title"] == "合同总价（含税）"
    assert "description" in amount
    english = json.loads(run("schema", "--lang", "en").stdout)
    assert english["$defs"]["Contract"]["properties"]["amount"]["title"] != amount["title"]


def test_templates_are_built_as_they_are_checked_in(tmp_path: Path) -> None:
    result = run("templates", "build", "-o", tmp_path)
    assert result.exit_code == 0, result.output
    for path in tmp_path.glob("*.docx"):
        assert path.read_bytes() == world.template_file(path.name.partition(".")[0]).read_bytes()


def test_a_template_of_ones_own_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert run("templates", "eject", "review_minutes", "-o", own).exit_code == 0
    template = own / "docx" / "review_minutes.zh.docx"
    shipped = world.template_file("review_minutes").read_bytes()
    assert content_digest(template.read_bytes()) == content_digest(shipped)
    renders = ("render", world.SAMPLE, "--doc", "review_minutes", "-o", tmp_path / "out")
    assert run(*renders).exit_code == 0
    (usual,) = [path.read_bytes() for path in (tmp_path / "out").rglob("*.docx")]
    assert run(*renders, "--library", own).exit_code == 0
    (same,) = [path.read_bytes() for path in (tmp_path / "out").rglob("*.docx")]
    assert content_digest(same) == content_digest(usual)
    template.write_bytes(b"no Word file")
    broken = run(*renders, "--library", own)
    assert broken.exit_code == 1
    assert str(template) in broken.stderr


def test_a_template_that_was_changed_is_not_written_over(tmp_path: Path) -> None:
    run("templates", "eject", "proposal", "-o", tmp_path)
    again = run("templates", "eject", "proposal", "-o", tmp_path)
    assert again.exit_code == 1
    assert "不覆盖" in again.stderr


def test_a_library_that_does_not_exist_is_a_finding(tmp_path: Path) -> None:
    result = run("list", "--library", tmp_path / "nothing")
    assert result.exit_code == 1
    assert "没有这个文件夹" in result.stderr
