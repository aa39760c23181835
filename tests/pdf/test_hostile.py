"""A Word file that means harm costs little, touches nothing, and is told what is wrong with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pdf.hostile import FILES, MEGABYTES, SECONDS, Happened


@pytest.fixture(scope="module")
def happened(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Happened]]:
    """What became of each file, printed in a process of its own, in a folder that is empty."""
    folder = tmp_path_factory.mktemp("empty")
    environment = os.environ | {"PYTHONPATH": str(root), "TMPDIR": str(folder), "HOME": str(folder)}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.pdf.hostile"],
        cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    yield {
        one.name: one for one in (Happened(**json.loads(line)) for line in ran.stdout.splitlines())
    }
    assert [
        path for path in folder.rglob("*") if path.is_file() and "fontconfig" not in path.parts
    ] == []


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_or_printed_within_bounds(name: str, happened: dict[str, Happened]) -> None:
    one, expected = happened[name], FILES[name]
    assert one.outcome in (
        {"refused", "printed"} if expected.outcome == "either" else {expected.outcome}
    )
    assert one.cpu <= SECONDS
    assert one.megabytes <= MEGABYTES
    assert one.touched == []


@pytest.mark.parametrize(
    "name", [name for name, file in FILES.items() if file.outcome != "printed"]
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(
    name: str, happened: dict[str, Happened]
) -> None:
    one = happened[name]
    if one.outcome == "printed":
        assert one.pages
        return
    assert one.findings
    for severity, rule, message, hint in one.findings:
        assert severity == "error"
        assert rule
        assert message
        assert hint


@pytest.mark.parametrize("name", [name for name, file in FILES.items() if file.words])
def test_what_can_be_read_of_it_is_there(name: str, happened: dict[str, Happened]) -> None:
    assert FILES[name].words in happened[name].text
