"""The playbook as one book: it holds every page, and its numbers, links and outline are right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from salesdocs.cli import main
from salesdocs.pdf.printing import print_document
from salesdocs.playbook.book import Book
from salesdocs.playbook.handbook import handbook
from salesdocs.playbook.model import Entry, Page
from tests import world

PAGES = {
    "index.md": Page(
        "index.md", "首页", "# 首页\n\n[合同](a/one.md#pay) [下载](a/one.md#downloads)\n"
    ),
    "a/one.md": Page(
        "a/one.md",
        "合同",
        "# 合同 { #top }\n\n## 付款 { #pay }\n\n![图](x.png)\n\n"
        "## 下载 { #downloads .sd-screen }\n\n- [ ] 看[首页](../index.md)、[表](../files/t.docx)\n",
        owner="legal",
        reviewed="2025-07-01",
    ),
    "a/two.md": Page("a/two.md", "验收", "# 验收 { #top }\n\n" + "要有签字。\n\n" * 120),
    "lost.md": Page("lost.md", "不在目录里", "# 不在目录里\n"),
}
ENTRIES = (
    Entry("首页", "index.md"),
    Entry("两章", entries=(Entry("合同", "a/one.md"), Entry("验收", "a/two.md"))),
)


@dataclass(frozen=True)
class Read:
    """A book as a reader sees it: the text of its pages, its outline, where its links lead."""

    texts: list[str]
    outline: list[tuple[int, str, int]]
    links: list[tuple[int, int]]
    opened: pikepdf.Pdf

    def page_of(self, heading: str) -> int:
        """The page, from 1, on which a chapter with this heading begins."""
        return next(
            number
            for number, text in enumerate(self.texts, 1)
            if re.search(rf"(?m)^{re.escape(heading)}\r?$", text) and "目录" not in text
        )


def read(pdf: bytes) -> Read:
    opened = pikepdf.open(BytesIO(pdf))
    numbers = {page.objgen: index for index, page in enumerate(opened.pages, 1)}
    named = dict(pikepdf.NameTree(opened.Root.Names.Dests).items())
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
        outline = [
            (each.level, each.get_title(), each.get_dest().get_index() + 1)
            for each in document.get_toc()
        ]
    links = [
        (number, numbers[named[str(note.Dest)][0].objgen])
        for number, page in enumerate(opened.pages, 1)
        for note in page.get("/Annots", ())
        if "/Dest" in note
    ]
    return Read(texts, outline, links, opened)


@pytest.fixture(scope="module")
def small() -> Read:
    pdf, findings = handbook(Book(world.library()), PAGES, ENTRIES, "小手册")
    assert findings == []
    return read(pdf)


def test_the_contents_give_the_pages_on_which_chapters_begin(small: Read) -> None:
    contents = next(text for text in small.texts if "目录" in text)
    listed = dict(re.findall(r"(?m)^(\S+?)\.{3,}\s*(\d+)\r?$", contents))
    assert set(listed) == {"首页", "合同", "验收"}
    for title, page in listed.items():
        assert small.page_of(title) == int(page), title


def test_the_outline_is_of_the_headings_and_leads_to_them(small: Read) -> None:
    titles = [(level, title) for level, title, _ in small.outline]
    assert (0, "两章") in titles
    assert (1, "合同") in titles
    assert (2, "付款") in titles
    assert "下载" not in {title for _, title in titles}
    for _, title, page in small.outline:
        assert title.replace(" ", "") in small.texts[page - 1].replace(" ", ""), title


def test_a_running_title_says_part_and_chapter_on_every_page(small: Read) -> None:
    first = small.page_of("验收")
    assert len(small.texts) > first
    for text in small.texts[first - 1 :]:
        assert "两章" in text
        assert "验收" in text
    assert "两章" not in small.texts[small.page_of("首页") - 1]


def test_links_between_pages_lead_to_places_of_the_book(small: Read) -> None:
    home, contract = small.page_of("首页"), small.page_of("合同")
    assert (home, contract) in small.links
    assert (contract, home) in small.links
    assert "表" in small.texts[contract - 1]  # whose file is not in the book


def test_it_says_who_answers_for_a_page_and_leaves_out_what_no_contents_name(small: Read) -> None:
    text = "".join(small.texts)
    assert "负责：法务" in text
    assert "2025-07-01" in text
    assert "不在目录里" not in text


def test_it_is_tagged_in_its_language_and_the_same_for_the_same_pages(small: Read) -> None:
    assert str(small.opened.Root.Lang) == "zh-CN"
    assert bool(small.opened.Root.MarkInfo.Marked)
    assert str(small.opened.docinfo.Title) == "小手册"
    one, _ = handbook(Book(world.library()), PAGES, ENTRIES, "小手册")
    print_document(world.product("customer_info").data)  # papers mend how fonts are cut
    two, _ = handbook(Book(world.library()), PAGES, ENTRIES, "小手册")
    assert one == two


# -- the whole one ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Read:
    place = tmp_path_factory.mktemp("book") / "playbook.pdf"
    said = CliRunner().invoke(main, ["site", "pdf", "-o", str(place)])
    assert (said.exit_code, said.output) == (0, f"{place}\n")
    return read(Path(place).read_bytes())


def test_every_chapter_of_the_playbook_is_in_the_outline_where_it_begins(whole: Read) -> None:
    library = world.library()
    headings = {title: page for level, title, page in whole.outline if level == 1}
    wanted = [
        *(document.title.zh for document in library.documents),
        *(article.title.zh for article in library.articles),
        *(f"{stage.number} {stage.name.zh}" for stage in library.stages),
    ]
    assert [title for title in wanted if title not in headings] == []
    for title, page in headings.items():
        assert "".join(title.split()) in "".join(whole.texts[page - 1].split()), title


def test_no_page_is_empty_and_nothing_of_the_screen_or_of_templates_is_left(whole: Read) -> None:
    for number, text in enumerate(whole.texts, 1):
        assert len("".join(text.split())) > 12, number
    text = "".join(whole.texts)
    wrong = [sign for sign in ("{{", "{%", "[[", ":::", "在浏览器里填写\r") if sign in text]
    assert wrong == []
