"""Terms explained in running text: nothing but terms changes, and only where it may."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from salesdocs.findings import Phrase
from salesdocs.playbook.components import expanded
from salesdocs.playbook.pages import generated
from salesdocs.playbook.tooltips import Tooltips
from salesdocs.process.glossary import Term
from tests import world
from tests.playbook.gallery import book


def term(name: str, zh: str, *also: str, unless: tuple[str, ...] = (), en: str = "") -> Term:
    meaning = Phrase(f"{zh}的意思", f"what {name} is")
    return Term(name, Phrase(zh, en or name), also, meaning, (), unless)


TERMS = (
    term("acceptance", "验收", en="Acceptance"),
    term("report", "验收报告"),
    term("invoice", "发票"),
    term("special", "增值税专用发票", "专用发票"),
    term("vat", "增值税"),
    term("deposit", "定金", unless=("定金额",)),
    term("included", "含税", unless=("不含税",)),
    term("nps", "NPS"),
)
EXTENSIONS = ["attr_list", "def_list", "md_in_html", "tables", "toc"]


def html(text: str, glossary: str | None = "glossary.md", lang: str = "zh") -> str:
    tooltips = Tooltips(TERMS, "en" if lang == "en" else "zh", glossary)
    return Markdown(extensions=[*EXTENSIONS, tooltips]).convert(text)


def marked(text: str, lang: str = "zh") -> list[str]:
    """The words of a page that are explained."""
    return re.findall(r'<a class="sd-term"[^>]*>([^<]*)</a>', html(text, lang=lang))


# -- what is explained -----------------------------------------------------------------------------


def test_a_term_in_running_chinese_is_a_link_to_the_glossary_with_its_meaning() -> None:
    assert html("初步验收后付清。") == (
        '<p>初步<a class="sd-term" data-term="acceptance" href="glossary.md#term-acceptance" '
        'title="验收的意思">验收</a>后付清。</p>'
    )


def test_without_a_glossary_page_it_can_be_reached_by_keyboard_all_the_same() -> None:
    assert html("验收", glossary=None) == (
        '<p><abbr class="sd-term" data-term="acceptance" tabindex="0" '
        'title="验收的意思">验收</abbr></p>'
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("验收报告和验收", ["验收报告", "验收"], id="the longest word wins"),
        pytest.param("验收、验收", ["验收"], id="once in a section"),
        pytest.param("专用发票，增值税专用发票", ["专用发票"], id="once, however it is spelt"),
        pytest.param("验收\n\n## 二\n\n验收", ["验收", "验收"], id="again in the next section"),
        pytest.param("约定金额另议", [], id="not inside another word"),
        pytest.param("约定金额，定金另付", ["定金"], id="but behind it"),
        pytest.param("不含税价，含税价", ["含税"], id="not with 不"),
        pytest.param("NPS为40，ENPS、NPSX", ["NPS"], id="latin words are whole words"),
        pytest.param("**验收**和*发票*", ["验收", "发票"], id="in emphasis"),
        pytest.param("- 验收\n\n    发票", ["验收", "发票"], id="in lists"),
        pytest.param("| 验收 |\n|---|\n| 发票 |", ["发票"], id="in cells, not in heads of tables"),
        pytest.param("词\n:   验收", ["验收"], id="in definitions"),
        pytest.param("<div markdown='1'>\n\n验收\n\n</div>", ["验收"], id="in blocks of HTML"),
        pytest.param("<span>验收</span>", ["验收"], id="between tags of text"),
        pytest.param("## 验收", [], id="not in headings"),
        pytest.param("[验收](https://example.com)", [], id="not in links"),
        pytest.param("[见**验收**](https://example.com)", [], id="not inside links"),
        pytest.param("`验收`", [], id="not in code"),
        pytest.param("    验收", [], id="not in blocks of code"),
        pytest.param("<code>验收</code>，发票", ["发票"], id="not in code of HTML"),
        pytest.param("<label>验收**发票**</label>", [], id="not in labels of HTML"),
        pytest.param("<input>验收", ["验收"], id="behind a tag that holds nothing"),
        pytest.param("<button>验收", [], id="not behind a button left open"),
        pytest.param("<button>验收\n\n发票", ["发票"], id="but in the next paragraph"),
        pytest.param("![验收](a.png)", [], id="not in what a picture says"),
    ],
)
def test_which_words_are_explained(text: str, words: list[str]) -> None:
    assert marked(text) == words


def test_english_terms_are_found_however_they_begin() -> None:
    assert marked("Before acceptance, no Acceptance; unacceptances.", lang="en") == ["acceptance"]


# -- laws ------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "验收", "验收报告", "增值税专用发票", "专用发票", "发票", "约定金额", "不含税", "NPS", "，", "乙", "x",
        "**", "*", "`", "[", "](b.md)", "\n\n", "\n", "## ", "- ", "1. ", "    ", "> ", "| a |\n|---|\n| ",
        "<b>", "</b>", "<code>", "</code>", "<label for='a'>", "</label>", "<br>", "&amp;", "\\*", "<",
        "<div markdown='1'>\n\n", "\n\n</div>", ":   ", "{ #a }", "{ .b }",
    ]
)  # fmt: skip
_PAGES = st.lists(_PIECES, max_size=30).map("".join)


class _Seen(Treeprocessor):
    """Keeps the tree as it is at this point."""

    def __init__(self, md: Markdown, seen: list[str]) -> None:
        super().__init__(md)
        self.seen = seen

    def run(self, root: Element) -> None:
        self.seen.append(tostring(root, encoding="unicode"))


def seen(text: str) -> list[str]:
    """The tree before the terms are marked, after, and after they are marked once more."""
    found: list[str] = []
    tooltips = Tooltips(TERMS, "zh", "glossary.md")
    md = Markdown(extensions=[*EXTENSIONS, tooltips])
    md.treeprocessors.register(_Seen(md, found), "before", 2.5)
    md.treeprocessors.register(_Seen(md, found), "after", 1.9)
    md.treeprocessors.register(md.treeprocessors["salesdocs-terms"], "again", 1.8)
    md.treeprocessors.register(_Seen(md, found), "after again", 1.7)
    md.convert(text)
    return [each.replace("\x02", "«").replace("\x03", "»") for each in found]


@given(_PAGES)
def test_no_letter_changes(text: str) -> None:
    if not text.strip():
        return
    before, after, _ = map(fromstring, seen(text))
    assert "".join(before.itertext()) == "".join(after.itertext())


@given(_PAGES)
def test_taking_the_terms_out_again_gives_the_page_as_it_was(text: str) -> None:
    if not text.strip():
        return
    before, after, _ = seen(text)
    assert re.sub(r'<a class="sd-term"[^>]*>([^<]*)</a>', r"\1", after) == before


@given(_PAGES)
def test_what_is_marked_is_not_marked_again(text: str) -> None:
    if not text.strip():
        return
    _, after, again = seen(text)
    assert after == again


@given(_PAGES)
def test_no_term_stands_in_a_link_a_heading_or_a_term(text: str) -> None:
    if not text.strip():
        return
    _, after, _ = map(fromstring, seen(text))
    for closed in ("a", "h1", "h2", "code", "th", "dt"):
        for element in after.iter(closed):
            assert not element.findall(".//a[@class='sd-term']")


# -- the shipped glossary --------------------------------------------------------------------------

# A term may begin in the middle of a word that jieba knows, where it means the same in it.
SAME_MEANING = {
    "开发票",
    "公开招标",
    "邀请招标",
    "普通发票",
    "可用",
    "合同文本",
    "电子发票",
    "质量保证期",
}


@cache
def texts() -> tuple[str, ...]:
    """What is written in the playbook: pages from the data, pages by hand, the data themselves."""
    pages = [expanded(book(), page)[0] for page in generated(book()).values()]
    by_hand = (world.ROOT / "site").rglob("*.md")
    data = (world.ROOT / "templates").rglob("*.yaml")
    return (*pages, *(file.read_text(encoding="utf-8") for file in (*by_hand, *data)))


def cut_words() -> Iterator[tuple[str, str]]:
    """Words, as jieba knows them, in whose middle a term begins; with the line."""
    jieba = pytest.importorskip("jieba")
    jieba.setLogLevel(logging.ERROR)
    cutter = jieba.Tokenizer()
    tooltips = Tooltips(book().library.glossary, "zh", "glossary.md")
    for line in {each for text in texts() for each in re.findall(r"[\u4e00-\u9fff]{2,}", text)}:
        starts = [found for found in tooltips.pattern.finditer(line) if tooltips.term(found[0])]
        if not starts:
            continue
        words = list(cutter.tokenize(line, HMM=False))
        for found in starts:
            for word, first, last in words:
                if first < found.start() < last and word not in found[0]:
                    yield word, line


def test_no_term_of_the_shipped_glossary_is_explained_inside_another_word() -> None:
    assert [(word, line) for word, line in cut_words() if word not in SAME_MEANING] == []


def test_every_term_of_the_shipped_glossary_is_used_somewhere() -> None:
    tooltips = Tooltips(book().library.glossary, "zh", "glossary.md")
    data = [text for text in texts() if not text.startswith("# Terms of the trade")]
    glossary = next(text for text in data if "term-vat" in text and "sd-glossary" in text)
    data.remove(glossary)
    found = {
        each.id
        for text in data
        for word in tooltips.pattern.findall(text)
        if (each := tooltips.words.get(word[1]))
    }
    assert {each.id for each in book().library.glossary} - found == set()


def test_no_two_terms_share_a_word() -> None:
    words = [word for each in book().library.glossary for word in (each.name.zh, *each.also)]
    assert len(words) == len(set(words))
