"""A small world of cases in a folder, and the program run on it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from salesdocs.cli import main
from tests import world


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def small(folder: Path, name: str, *edits: tuple[str, str]) -> Path:
    """Write the smallest case, changed, into a folder of its own."""
    return put(folder, name, world.SMALLEST, *edits)


def whole(folder: Path, name: str, *edits: tuple[str, str]) -> Path:
    """Write the sample case, changed."""
    return put(folder, name, world.SAMPLE.read_text(encoding="utf-8"), *edits)


def put(folder: Path, name: str, text: str, *edits: tuple[str, str]) -> Path:
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    file = folder / name / "case.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
