"""The edition of the last build is taken as long as nothing has changed, and no longer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from salesdocs.cache import Cache
from salesdocs.playbook.model import Page
from salesdocs.plugin.building import built, configuration
from salesdocs.plugin.edition import Edition, Shelf, content_of
from salesdocs.plugin.plugin import SalesdocsPlugin
from tests import world

WRITTEN = {"index.md": Page("index.md", "首页", "# 首页\n", owner="sales_rep", order=2)}


class World:
    """A library, samples and pages of a company, with a shelf for the edition made of them."""

    def __init__(self, folder: Path) -> None:
        self.own, self.cases = folder / "own", folder / "cases"
        self.made = folder / "made.docx"
        self.options: tuple[object, ...] = ("zh", True)
        self.written: Mapping[str, Page] = WRITTEN
        for path, text in (
            (self.own / "rules.yaml", "rules:\n  AMT-01: {severity: note}\n"),
            (self.cases / "one" / "case.yaml", world.SMALLEST),
            (self.made, "x"),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.shelf = Shelf(Cache(folder / "cache"), "site")
        self.edition = Edition(
            WRITTEN,
            {"index.md": "# 首页\n"},
            {"files/made.docx": str(self.made)},
            {"manifest.json": b"{}"},
            [{"首页": "index.md"}, {"阶段": [{"签约": "stages/5-contract.md"}]}],
        )
        self.shelf.keep(self.content(), self.edition)

    def content(self) -> list[bytes]:
        return content_of(self.own, self.cases, self.written, self.options)

    def found(self) -> Edition | None:
        return self.shelf.edition(self.content())


@pytest.fixture
def shelved(tmp_path: Path) -> World:
    return World(tmp_path)


def test_while_nothing_changes_it_is_what_was_kept(shelved: World) -> None:
    assert shelved.found() == shelved.edition


def more(path: Path, text: str = "\n# x\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text("utf-8") if path.exists() else "") + text, encoding="utf-8")


def rewritten(site: World) -> None:
    site.written = {"index.md": replace(WRITTEN["index.md"], text="# 新\n")}


def reviewed(site: World) -> None:
    site.written = {"index.md": replace(WRITTEN["index.md"], reviewed="2025-07-01")}


def asked_otherwise(site: World) -> None:
    site.options = ("en", True)


CHANGES: dict[str, Callable[[World], object]] = {
    "a page by hand": rewritten,
    "the day it was reviewed": reviewed,
    "an option": asked_otherwise,
    "a rule": lambda site: more(site.own / "rules.yaml"),
    "a template": lambda site: more(site.own / "docx" / "contract.zh.docx"),
    "the glossary": lambda site: more(site.own / "glossary.yaml"),
    "a sample": lambda site: more(site.cases / "one" / "case.yaml"),
    "one sample more": lambda site: more(site.cases / "two" / "case.yaml", world.SMALLEST),
    "what samples share": lambda site: more(site.cases / "company.yaml"),
    "what the company above them says": lambda site: more(site.cases.parent / "company.yaml"),
    "a file that is gone": lambda site: site.made.unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_it_is_made_anew(change: str, shelved: World) -> None:
    CHANGES[change](shelved)
    assert shelved.found() is None


def test_what_is_asked_for_is_not_swept_away(shelved: World) -> None:
    os.utime(shelved.made, (0, 0))
    assert shelved.found() is not None
    assert shelved.made.stat().st_mtime > 0


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# 首页\n\n::: map 2\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: 手册\ntheme: mkdocs\nplugins:\n  - salesdocs: {downloads: [blank]}\n",
        encoding="utf-8",
    )
    return tmp_path / "mkdocs.yml"


def test_every_page_is_said_by_the_edition(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_said(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(SalesdocsPlugin, "_said", not_said)
    config = configuration(site, site_dir=str(site.parent / "out"), strict=True)
    assert built(config) == []


def test_a_site_built_again_loads_neither_cases_nor_rules(site: Path) -> None:
    environment = {**os.environ, "SALESDOCS_CACHE": str(site.parent / "cache")}
    program = (
        "import sys; from pathlib import Path;"
        "from salesdocs.plugin.building import built, configuration;"
        f"built(configuration(Path({str(site)!r}), site_dir={str(site.parent / 'out')!r}));"
        "print(*(name for name in ('salesdocs.case.model', 'salesdocs.rules', 'docx', 'pydantic')"
        " if name in sys.modules))"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program], env=environment, cwd=world.ROOT, check=True,
            capture_output=True, text=True,
        ).stdout.split()
        for _ in range(2)
    ]  # fmt: skip
    assert "salesdocs.case.model" in said[0]
    assert said[1] == []
