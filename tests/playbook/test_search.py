"""Chinese search: whoever looks for a word finds every page on which it stands."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jieba  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page, expect

from salesdocs.playbook.searchwords import search_words
from salesdocs.plugin.building import built, configuration
from tests import world
from tests.playbook.browser import browser

# jieba leaves its dictionary open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
ASSETS = world.ROOT / "salesdocs" / "playbook" / "assets"
SENTENCES = Path(__file__).with_name("sentences.txt")
QUERIES = (
    "验收", "发票", "合同审批", "专用发票", "增值税", "报价", "付款", "违约金", "定金", "质保期",
    "授权委托书", "保密", "折扣", "审批", "投标", "招标", "盖章", "回款", "客户", "需求",
    "意向书", "税率", "评审", "谈判", "底线", "里程碑", "变更", "仲裁", "满意度", "金额",
)  # fmt: skip
CONFIGURATION = """\
site_name: 搜索
theme: {{name: material, language: zh, font: false}}
extra_javascript: [playbook.js]
plugins:
  search: {{jieba_dict_user: {words}}}
"""


def sentences() -> dict[str, str]:
    """The pages by their numbers: a title and sentences, written for this test."""
    pages = SENTENCES.read_text(encoding="utf-8").strip().split("\n\n")
    return {f"p{number:02}": text for number, text in enumerate(pages, 1)}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site of the sentences, whose search engine knows our words."""
    jieba.dt.initialized = False  # what other sites of this process have taught it
    folder = tmp_path_factory.mktemp("search")
    (folder / "docs").mkdir()
    for name, text in sentences().items():
        title, _, body = text.partition("\n")
        (folder / "docs" / f"{name}.md").write_text(f"# {title}\n\n{body}\n", encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Index\n", encoding="utf-8")
    shutil.copy(ASSETS / "playbook.js", folder / "docs")
    words = folder / "words.txt"
    words.write_text(search_words(world.library()), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIGURATION.format(words=words), encoding="utf-8")
    assert [finding.text() for finding in built(configuration(folder / "mkdocs.yml"))] == []
    handler = partial(_Quiet, directory=str(folder / "site"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: requests are no result."""


@pytest.fixture(scope="module")
def page(site: str) -> Iterator[Page]:
    with browser() as chromium:
        opened = chromium.new_page()
        opened.goto(site)
        yield opened


def found(page: Page, query: str) -> list[str]:
    """The pages that the search box of the site finds, in its order."""
    box = page.locator("input.md-search__input")
    said = page.locator(".md-search-result__meta")
    for text, answer in (("", "键入以开始搜索"), (query, re.compile("符合条件的结果"))):
        # The theme listens to keys; a text that was put in is not looked for.
        box.fill(text)
        box.press("End")
        expect(said).to_have_text(answer, timeout=15_000)
    many = int((re.search(r"\d+", said.inner_text()) or ["0"])[0])
    links = page.locator(".md-search-result__link")
    for _ in range(200):
        if links.count() >= many:
            break
        # Results are drawn as they come into view.
        page.locator(".md-search__scrollwrap").evaluate("each => each.scrollTo(0, 1e6)")
        page.wait_for_timeout(20)
    places = links.evaluate_all("all => all.map(each => new URL(each.href).pathname)")
    return list(dict.fromkeys(place.strip("/").partition("/")[0] for place in places))


def truth(query: str) -> set[str]:
    """The pages on which a word stands."""
    return {name for name, text in sentences().items() if query in text}


def test_thirty_words_are_found_on_every_page_that_has_them(page: Page) -> None:
    assert len(sentences()) == len(QUERIES) == len(set(QUERIES)) == 30
    shown = {query: found(page, query) for query in QUERIES}
    missed = {query: sorted(truth(query) - set(shown[query])) for query in QUERIES}
    assert {query: pages for query, pages in missed.items() if pages} == {}
    # What holds the word comes first; behind it come pages with parts of it.
    late = {query for query in QUERIES if set(shown[query][: len(truth(query))]) != truth(query)}
    assert late == set()
    hits = sum(map(len, shown.values()))
    assert sum(len(truth(query)) for query in QUERIES) / hits >= 0.85


def test_every_word_of_the_glossary_is_found_where_it_stands(page: Page) -> None:
    library = world.library()
    terms = (word for term in library.glossary for word in (term.name.zh, *term.also))
    words = [word for word in dict.fromkeys((*library.search_words, *terms)) if truth(word)]
    assert len(words) > 100
    missed = {word: sorted(truth(word) - set(found(page, word))) for word in words}
    assert {word: pages for word, pages in missed.items() if pages} == {}


# -- the words -------------------------------------------------------------------------------------


def test_a_long_word_is_cut_and_the_words_in_it_are_kept() -> None:
    lines = search_words(world.library()).splitlines()
    words = dict(line.split(" ") for line in lines)
    assert len(words) == len(lines)
    assert words["专用发票"] == words["合同签署审批表"] == "0"
    assert words["发票"] == words["审批表"] == "100000"
    # A word that is nothing has words in it that are something: else its letters stand alone.
    kept = {word for word, often in words.items() if often != "0"}
    for word in words.keys() - kept:
        assert any(part in word for part in kept), word
