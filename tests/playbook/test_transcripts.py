"""The handbook shows what a terminal shows: its transcripts are run again, its commands exist.

`--golden` writes the transcripts into the pages anew.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from salesdocs.cli import main
from tests import world
from tests.cli.test_readme import commands, on_a_terminal, options_of

PAGES: Final = {
    path.relative_to(world.ROOT / "site" / "zh").as_posix(): path
    for path in sorted((world.ROOT / "site" / "zh").rglob("*.md"))
}
BLOCK: Final = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
OLD, NEW = "二车间夜班已全员使用", "两个车间的夜班都已使用"
PRACTICE: Final = {
    "改错了.yaml": {
        "share: 0.35": "share: 0.34",
        "late_delivery_daily: 0.0005": "late_delivery_daily: 0.002",
    },
    "批后改了.yaml": {
        "approval_form: {": "approval_form: {final_hash: 381B-FFF4-F1A6-8D4B, ",
        "onsite_hours: 24, after": "onsite_hours: 8, after",
    },
}
"""Deals of the reader's own that the pages check, by what differs from the sample."""


def blocks(page: str, kind: str) -> list[str]:
    text = PAGES[page].read_text(encoding="utf-8")
    return [said for language, said in BLOCK.findall(text) if language == kind]


def shown_in(page: str) -> bool:
    return bool(blocks(page, "console"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a reader: the company, the sample deal, deals with mistakes, a form come back."""
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path.parent / "transcripts-cache"))
    work, practice = tmp_path / "工作", tmp_path / "练习"
    work.mkdir()
    practice.mkdir()
    (work / "company.yaml").write_text(company(), encoding="utf-8")
    shutil.copytree(world.SAMPLE.parent, work / "deal")
    for name, changes in PRACTICE.items():
        write_changed(world.SAMPLE, practice / name, changes)
    fill_in(work / "deal", work / "客户回访记录.docx")
    return work


def company() -> str:
    return next(text for text in blocks("guide/cli.md", "yaml") if "salesdocs/company@1" in text)


def write_changed(case: Path, other: Path, changes: dict[str, str]) -> None:
    text = case.read_text(encoding="utf-8")
    for before, after in changes.items():
        assert text.count(before) == 1
        text = text.replace(before, after)
    other.write_text(text, encoding="utf-8")


def fill_in(deal: Path, returned: Path) -> None:
    """Write the last visit's record as a colleague sends it back: one sentence changed in Word."""
    made = deal.parent / "made"
    arguments = ["render", str(deal), "--doc", "visit_record", "-o", str(made)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    record = max(made.rglob("*.docx"), key=lambda path: path.name.rpartition("_")[2])
    with zipfile.ZipFile(record) as old, zipfile.ZipFile(returned, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "word/document.xml":
                assert content.count(OLD.encode()) == 1
                content = content.replace(OLD.encode(), NEW.encode())
            new.writestr(part, content)
    shutil.rmtree(made)


@pytest.mark.parametrize("page", [page for page in PAGES if shown_in(page)])
def test_the_transcripts_of_a_page_are_what_a_terminal_shows(
    page: str, folder: Path, request: pytest.FixtureRequest
) -> None:
    text = PAGES[page].read_text(encoding="utf-8")
    wanted = BLOCK.sub(lambda block: rerun(block, folder), text)
    if request.config.getoption("--golden"):
        PAGES[page].write_text(wanted, encoding="utf-8")
    else:
        assert wanted == text


def rerun(block: re.Match[str], folder: Path) -> str:
    if block[1] != "console":
        return block[0]
    typed = [line for line in block[2].splitlines() if line.startswith("$ ")]
    shown = "".join(f"{line}\n{on_a_terminal(line[2:], folder)}" for line in typed)
    return f"```console\n{shown}```"


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_option_on_a_page_exists(page: str) -> None:
    known = commands(main)
    options = {option for command in known.values() for option in options_of(command)}
    text = PAGES[page].read_text(encoding="utf-8")
    code = "\n".join([*blocks(page, "sh"), *blocks(page, "console")])
    inline = re.findall(r"`([^`\n]+)`", BLOCK.sub("", text))
    for line in re.findall(
        r"^(?:\$ )?(salesdocs [a-z].*)$", "\n".join([code, *inline]), re.MULTILINE
    ):
        name = next((name for name in known if f"{line} ".startswith(f"{name} ")), None)
        assert name is not None, line
        used = set(re.findall(r"(?<=\s)(--?[a-z][-a-z]*)", line)) - {"--help"}
        assert used <= options_of(known[name]), line
    named = set(re.findall(r"`(--[a-z]+(?:-[a-z]+)*)", text)) - {"--help"}
    assert named <= options
