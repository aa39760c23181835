"""A served site: built anew in part, it is what a whole build makes of the same files."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.pages import Page as SitePage
from PIL import Image

from salesdocs.plugin.building import configuration

pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

PAGES = {
    "index.md": "# 首页\n\n::: map 2\n\n[第一](one.md#a) ![图](a.png)\n",
    "one.md": "---\ntitle: 第一页\n---\n# 第一页\n\n## 验收 { #a }\n\n回到[首页](index.md)。\n",
    "two.md": "# 第二页\n\n::: rule AMT-01\n\n- [ ] 开好发票\n",
}
BUILT_AT = re.compile(rb"Build Date UTC : .*")
SERVED = "http://127.0.0.1:8000/"


class Served:
    """A site as `mkdocs serve` holds it, without its server."""

    def __init__(
        self, folder: Path, theme: str = "material", more: str = "", options: str = ""
    ) -> None:
        self.folder = folder
        self.site = folder / "out"
        for name, text in PAGES.items():
            self.write(f"docs/{name}", text)
        (folder / "own").mkdir()
        self.draw("white")
        self.write(
            "mkdocs.yml",
            f"site_name: 手册\ntheme: {{name: {theme}}}\n{more}plugins:\n  search: {{}}\n"
            f"  salesdocs: {{library: own, generate: false, downloads: []{options}}}\n",
        )
        configuration(folder / "mkdocs.yml")  # and nothing announces itself
        self.server: Any = SimpleNamespace(builder=self.whole)
        self.wholes = 0
        config = self._config()
        config.plugins.on_startup(command="serve", dirty=False)
        self.whole(config)
        config.plugins.on_serve(self.server, config=config, builder=self.whole)

    def _config(self) -> Any:
        config = load_config(str(self.folder / "mkdocs.yml"), site_dir=str(self.site))
        config.site_url = SERVED
        return config

    def whole(self, config: Any = None) -> None:
        self.wholes += 1
        build(config or self._config(), serve_url=SERVED)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def draw(self, colour: str) -> None:
        Image.new("RGB", (4, 4), colour).save(self.folder / "docs" / "a.png")

    def contents(self) -> dict[str, Any]:
        """What stands in the site; of the index the entries, whose order does not matter."""
        found: dict[str, Any] = {
            path.relative_to(self.site).as_posix(): BUILT_AT.sub(b"", path.read_bytes())
            for path in self.site.rglob("*")
            if path.is_file() and path.suffix != ".gz"  # with the second in which it was made
        }
        index = json.loads(found.pop("search/search_index.json"))
        return found | {"index": sorted(index["docs"], key=str), "config": index["config"]}

    def has_layout_of(self, name: str) -> float:
        return (self.site / name).stat().st_mtime_ns


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(tmp_path)
    yield made
    load_config(str(tmp_path / "mkdocs.yml")).plugins.on_startup(command="build", dirty=False)


Change = Callable[[Served], object]
CHANGES: dict[str, Change] = {
    "nothing": lambda site: None,
    "words": lambda site: site.write("docs/two.md", PAGES["two.md"] + "\n验收之后。\n"),
    "a heading": lambda site: site.write("docs/two.md", PAGES["two.md"] + "\n## 付款\n\n尾款。\n"),
    "the home page": lambda site: site.write("docs/index.md", "# 首页\n\n::: map 5\n"),
    "a title": lambda site: site.write("docs/one.md", PAGES["one.md"].replace("第一页", "头页")),
    "what stands before": lambda site: site.write(
        "docs/one.md", PAGES["one.md"].replace("---\n#", "description: 短\n---\n#")
    ),
    "all pages": lambda site: [
        site.write(f"docs/{name}", text + "\n好。\n") for name, text in PAGES.items()
    ],
    "one more page": lambda site: site.write("docs/three.md", "# 第三页\n"),
    "one page less": lambda site: (site.folder / "docs" / "two.md").unlink(),
    "a picture": lambda site: site.draw("black"),
    "a ruling": lambda site: site.write("own/rules.yaml", "rules:\n  AMT-01: {severity: note}\n"),
    "the glossary": lambda site: site.write(
        "own/glossary.yaml",
        "search: [发票]\nterms:\n  last: {zh: 发票, en: Invoice, "
        "meaning: {zh: 收款凭证, en: A receipt}}\n",
    ),
    "the configuration": lambda site: site.write(
        "mkdocs.yml",
        (site.folder / "mkdocs.yml").read_text(encoding="utf-8").replace("手册", "新手册"),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_built_anew_in_part_it_is_what_a_whole_build_makes(change: str, served: Served) -> None:
    CHANGES[change](served)
    served.server.builder()
    in_part = served.contents()
    served.whole()
    whole = served.contents()
    assert in_part.keys() == whole.keys()
    assert [name for name in whole if in_part[name] != whole[name]] == []


def test_one_change_after_another(served: Served) -> None:
    for change in ("words", "a title", "a picture", "one page less", "one more page", "a ruling"):
        CHANGES[change](served)
        served.server.builder()
    in_part = served.contents()
    served.whole()
    assert in_part == served.contents()


@pytest.mark.parametrize("change", ["words", "a title", "its place", "one page less"])
def test_in_a_navigation_of_ours_it_is_the_same(change: str, tmp_path: Path) -> None:
    served = Served(tmp_path, options=", navigation: true")
    if change == "its place":
        served.write("docs/two.md", f"---\norder: 1\n---\n{PAGES['two.md']}")
    else:
        CHANGES[change](served)
    served.server.builder()
    in_part = served.contents()
    served.whole()
    assert in_part == served.contents()


def test_a_new_title_is_laid_out_everywhere_and_nothing_else_is_read_again(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    render = SitePage.render

    def heard(page: SitePage, *arguments: Any) -> None:
        read.append(page.file.src_uri)
        render(page, *arguments)

    monkeypatch.setattr(SitePage, "render", heard)
    CHANGES["a title"](served)
    served.server.builder()
    assert read == ["one.md"]
    assert "头页" in (served.site / "two" / "index.html").read_text(encoding="utf-8")


def test_in_the_theme_of_mkdocs_it_is_the_same(tmp_path: Path) -> None:
    served = Served(tmp_path, "mkdocs")
    CHANGES["words"](served)
    served.server.builder()
    in_part = served.contents()
    served.whole()
    assert in_part == served.contents()


def test_only_pages_that_say_something_else_are_built(served: Served) -> None:
    before = {name: served.has_layout_of(name) for name in ("index.html", "two/index.html")}
    CHANGES["words"](served)
    served.server.builder()
    assert served.wholes == 1
    assert served.has_layout_of("index.html") == before["index.html"]
    assert served.has_layout_of("two/index.html") > before["two/index.html"]
    CHANGES["a ruling"](served)  # which page two quotes
    last = served.has_layout_of("two/index.html")
    served.server.builder()
    assert served.has_layout_of("index.html") == before["index.html"]
    assert served.has_layout_of("two/index.html") > last


def test_chinese_words_are_cut_alike_however_often_a_site_was_built(served: Served) -> None:
    text = "\n公开招标的项目，增值税专用发票。\n"
    for number in range(12):
        served.write("docs/two.md", PAGES["two.md"] + text * (number % 2 + 1))
        served.whole()
    entries = {each["location"]: each["text"] for each in served.contents()["index"]}
    words = entries["two/"].replace("\u200b", "/")
    assert "公开/招标/" in words
    assert "专用/发票" in words


def test_a_mistake_is_told_at_its_line_and_the_next_build_is_right(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("mkdocs").propagate = True
    served.write("own/rules.yaml", "rules:\n  AMT-01: {severity: eror}\n")
    with pytest.raises(Abort), caplog.at_level(logging.WARNING, "mkdocs"):
        served.server.builder()
    assert "rules.yaml:2" in caplog.text
    assert "Traceback" not in caplog.text
    CHANGES["a ruling"](served)
    served.server.builder()
    in_part = served.contents()
    served.whole()
    assert in_part == served.contents()


def test_after_a_build_that_did_not_end_everything_is_built(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("mkdocs.commands.build._build_page", not_today)
        with pytest.raises(RuntimeError):
            served.server.builder()
    CHANGES["words"](served)
    served.server.builder()
    assert served.wholes == 2
    assert "验收之后" in (served.site / "two" / "index.html").read_text(encoding="utf-8")


def not_today(*_: object, **__: object) -> None:
    raise RuntimeError


def test_a_link_that_a_change_breaks_is_warned_of_though_its_page_stays(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("mkdocs").propagate = True
    config = (served.folder / "mkdocs.yml").read_text(encoding="utf-8")
    served.write("mkdocs.yml", config + "validation: {links: {anchors: warn}}\n")
    served.server.builder()
    served.write("docs/one.md", PAGES["one.md"].replace(" { #a }", " { #b }"))
    with caplog.at_level(logging.WARNING, "mkdocs"):
        served.server.builder()
    assert "does not contain an anchor '#a'" in caplog.text
    assert "dirty" not in caplog.text


def test_with_a_plugin_that_it_does_not_know_everything_is_built(tmp_path: Path) -> None:
    (tmp_path / "hook.py").write_text("def on_page_content(html, **_): return html\n")
    served = Served(tmp_path, more="hooks: [hook.py]\n")
    served.server.builder()
    assert served.wholes == 2
