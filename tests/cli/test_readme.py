"""README is true: its commands and options exist, its cases pass, its transcripts are what is printed.

`--golden` writes the transcripts and generated tables into README anew.
"""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click import Command, Group
from click.testing import CliRunner

from salesdocs.case.choices import TechnicalResult
from salesdocs.cli import main
from salesdocs.word.filters import FORMATS, filters_for
from tests import world

README = world.ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
PROGRAM = f'{sys.executable} -m salesdocs "$@"'

Golden = Callable[[str, str], None]


def blocks(kind: str) -> list[str]:
    return [text for language, text in BLOCK.findall(TEXT) if language == kind]


def smallest_case() -> str:
    return next(text for text in blocks("yaml") if text.startswith("schema: salesdocs/case@1"))


@pytest.fixture
def readme(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a part of README with what it should be; `--golden` writes it."""

    def compare(written: str, wanted: str) -> None:
        if request.config.getoption("--golden"):
            text = README.read_text(encoding="utf-8")
            README.write_text(text.replace(written, wanted, 1), encoding="utf-8")
        else:
            assert wanted == written

    return compare


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a reader who does what README says."""
    (tmp_path / "case.yaml").write_text(smallest_case(), encoding="utf-8")
    shutil.copytree(world.SAMPLE.parent, tmp_path / "deal")
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path.parent / "readme-cache"))
    return tmp_path


# -- what is run ---------------------------------------------------------------------------------


def test_the_transcripts_are_what_a_terminal_shows(folder: Path, readme: Golden) -> None:
    for block in blocks("console"):
        shown = ""
        for line in block.splitlines():
            if line.startswith("$ "):
                shown += f"{line}\n{on_a_terminal(line[2:], folder)}"
        readme(f"```console\n{block}```", f"```console\n{shown}```")


def on_a_terminal(command: str, folder: Path) -> str:
    """Return what a terminal of 100 columns shows of a command."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "PYTHONPATH": str(world.ROOT)}
    shell = f"salesdocs() {{ {PROGRAM}; }}\n{command}"
    process = subprocess.Popen(
        ["bash", "-c", shell], cwd=folder, env=environment, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    while select.select([ours], [], [], 30)[0]:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    process.wait()
    return shown.decode().replace("\r\n", "\n")


def test_the_smallest_case_passes(folder: Path) -> None:
    assert run("check", folder / "case.yaml") == 0


def test_the_company_file_passes(folder: Path) -> None:
    company = next(text for text in blocks("yaml") if "company@1" in text)
    (folder / "company.yaml").write_text(company, encoding="utf-8")
    case = re.sub(r"(?m)^team:.*\n", "", smallest_case())
    (folder / "case.yaml").write_text(case, encoding="utf-8")
    assert run("check", folder / "case.yaml") == 0


def test_the_editor_line_is_read_as_a_comment(folder: Path) -> None:
    line = next(text for text in blocks("yaml") if "yaml-language-server" in text)
    (folder / "case.yaml").write_text(line + smallest_case(), encoding="utf-8")
    assert run("schema", "-o", folder / "case.schema.json") == 0
    assert (folder / "case.schema.json").is_file()
    assert run("check", folder / "case.yaml") == 0


def test_the_finding_that_is_explained_is_one(folder: Path) -> None:
    case = smallest_case().replace("2025-03-12", "2025-02-30")
    (folder / "case.yaml").write_text(case, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(folder / "case.yaml")])
    shown = result.stderr.replace(f"{folder}/", "")
    assert shown in blocks("text")


def run(*arguments: str | Path) -> int:
    return CliRunner().invoke(main, [str(argument) for argument in arguments]).exit_code


@pytest.mark.parametrize("floor", ["1,080,000.00", "1080000.00"])
def test_the_floor_price_is_found_where_it_was_typed_for_customers(
    folder: Path, floor: str
) -> None:
    case = folder / "deal" / "case.yaml"
    text = case.read_text(encoding="utf-8")
    assert "floor: {amount: 1080000.00" in text
    case.write_text(
        text.replace("  summary: 以 MES", f"  summary: {floor} 起，以 MES"), encoding="utf-8"
    )
    arguments = ["render", str(case), "--doc", "proposal", "-o", str(folder / "out")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "[NEG-03]" in result.stderr
    assert not (folder / "out").exists()


# -- what is named -------------------------------------------------------------------------------


def commands(group: Group, prefix: str = "salesdocs") -> dict[str, Command]:
    found: dict[str, Command] = {}
    for name, command in group.commands.items():
        if isinstance(command, Group):
            found |= commands(command, f"{prefix} {name}")
        else:
            found[f"{prefix} {name}"] = command
    return found


def options_of(command: Command) -> set[str]:
    return {name for param in command.params for name in param.opts if name.startswith("-")}


def test_the_table_of_commands_is_complete() -> None:
    rows = re.findall(
        r"^\| `(salesdocs [a-z ]+?)(?: [A-Z\[].*?)?` \|.*\|(.*)\|$", TEXT, re.MULTILINE
    )
    told = {name: set(re.findall(r"`(-[-\w]+)`", options)) | set() for name, options in rows}
    told = {
        name: {part for option in options for part in option.split("/")}
        for name, options in told.items()
    }
    assert told == {name: options_of(command) for name, command in commands(main).items()}


def test_every_command_and_option_that_is_named_exists() -> None:
    known = commands(main)
    options = {option for command in known.values() for option in options_of(command)}
    options |= {"--help", "--golden"}
    code = "\n".join([*blocks("sh"), *blocks("console"), *re.findall(r"`([^`\n]+)`", TEXT)])
    for line in re.findall(r"^(?:\$ )?(salesdocs [a-z].*)$", code, re.MULTILINE):
        name = next((name for name in known if f"{line} ".startswith(f"{name} ")), None)
        assert name is not None, line
        used = set(re.findall(r"(?<=\s)(--?[a-z][-a-z]*)", line))
        assert used <= options_of(known[name]), line
    assert set(re.findall(r"`(--[a-z]+(?:-[a-z]+)*)", TEXT)) <= options


def test_every_target_of_make_that_is_named_exists() -> None:
    makefile = (world.ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake ([a-z]+)", TEXT):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_file_that_is_named_exists() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (world.ROOT / target).exists(), target
    for path in ("examples/mes/case.yaml", "templates/docx"):
        assert path in TEXT
        assert (world.ROOT / path).exists()


# -- what is generated ---------------------------------------------------------------------------

SAMPLES: dict[str, tuple[Any, ...]] = {
    "money": ("金额", Decimal("1128000")),
    "yuan": ("金额，带符号", Decimal("1128000")),
    "capitals": ("金额大写", Decimal("1128000")),
    "wan": ("金额，单位万元", Decimal("1128000")),
    "number": ("数量，不带多余的零", Decimal("1.50")),
    "percent": ("比例", Decimal("0.13")),
    "zhe": ("折扣，写的是减掉的比例 0.15", Decimal("0.15")),
    "vat": ("税率，或“免税”", Decimal("0.13")),
    "day": ("日期", date(2025, 7, 8)),
    "iso": ("日期，用于表格", date(2025, 7, 8)),
    "label": ("选项的名称", TechnicalResult.PASS),
    "names": (
        "几个人的姓名",
        [type("Person", (), {"name": name}) for name in ("周启明", "林若川")],
    ),
    "listed": ("几段文字或几个编号", ["设备联网采集", "车间看板"]),
    "boxes": ("全部选项，选中的打钩", TechnicalResult.PASS, "TechnicalResult"),
    "score": ("评分，两位小数", Decimal("4.125")),
    "masked": ("电话，隐去中间四位", "13800138000"),
    "answer": ("是或否，可以另写两种说法", True),
    "tick": ("一个选项的框，选中的打钩", "pass", "pass"),
    "written": ("由人手写的内容，没有值时留空", "现场确认"),
}


def test_the_table_of_filters_is_what_they_print(readme: Golden) -> None:
    assert set(SAMPLES) == FORMATS
    rows = ["| 过滤器 | 用于 | 印成 | English |", "|---|---|---|---|"]
    for name, (meaning, value, *more) in SAMPLES.items():
        zh, en = (str(filters_for(lang)[name](value, *more)) for lang in ("zh", "en"))
        shown = f"{name}('{more[0]}')" if more else name
        rows.append(f"| `{shown}` | {meaning} | {zh} | {en} |")
    generated("filters", rows, readme)


def test_the_table_of_stages_is_that_of_the_library(readme: Golden) -> None:
    library = world.library()
    rows = ["| 阶段 | 写在 case.yaml 的 | 文件（给谁） |", "|---|---|---|"]
    audiences = {"customer": "客户", "internal": "内部", "confidential": "机密"}
    for stage in library.stages:
        written = " ".join(f"`{name}`" for name in library.blocks_of(stage.number))
        papers = "、".join(
            f"{document.title.zh}（{audiences[document.audience]}）"
            for document in library.documents_of(stage.number)
        )
        rows.append(f"| {stage.number} {stage.name.zh} | {written} | {papers} |")
    generated("stages", rows, readme)


def generated(name: str, rows: list[str], readme: Golden) -> None:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", TEXT, re.DOTALL)
    assert found is not None
    table = "".join(f"{row}\n" for row in rows)
    readme(found[0], f"<!-- {name} -->\n{table}<!-- /{name} -->")
