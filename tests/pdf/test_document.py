"""Pages, headers, numbers of pages, notes, links and bookmarks of a document."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from salesdocs.pdf.context import Context
from salesdocs.pdf.counters import chinese
from salesdocs.pdf.inlines import safe_link
from salesdocs.word.shown.model import (
    Break,
    Counter,
    Look,
    Mark,
    NoteMark,
    Section,
    Shown,
    Text,
    Watermark,
)

from .papers import LOOK, paragraph, place, printed, signs, story, words

TOP = 72
PAGE, PAGES = Counter("PAGE", LOOK), Counter("NUMPAGES", LOOK)
OF_SECTION = Counter("SECTIONPAGES", LOOK)
NEXT = Break("page", LOOK)


def pages_of(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


def test_space_above_is_the_larger_of_two_and_none_at_the_top_of_a_page() -> None:
    first = paragraph("甲", after=6)
    pdf = printed(first, paragraph("乙", before=12))
    assert place(pdf, "乙").y - place(pdf, "甲").y == pytest.approx(20 + 12, abs=0.02)
    turned = printed(*[paragraph("行")] * 34, paragraph("乙", before=12))
    assert place(turned, "乙").page == 2
    assert place(turned, "乙").y == pytest.approx(TOP + 16, abs=0.02)
    asked = printed(paragraph("甲"), paragraph("乙", before=12, page_break_before=True))
    assert place(asked, "乙").y == pytest.approx(TOP + 12 + 16, abs=0.02)


def test_paragraphs_of_a_style_that_wants_no_space_between_have_none() -> None:
    same = {"style": "ListBullet", "contextual": True, "before": 9, "after": 9}
    pdf = printed(paragraph("甲", **same), paragraph("乙", **same), paragraph("丙"))
    assert place(pdf, "乙").y - place(pdf, "甲").y == pytest.approx(20, abs=0.02)
    assert place(pdf, "丙").y - place(pdf, "乙").y == pytest.approx(29, abs=0.02)


def test_a_paragraph_of_a_page_break_only_adds_no_line() -> None:
    pdf = printed(paragraph("甲"), paragraph(NEXT), paragraph("乙"))
    assert place(pdf, "乙").page == 2
    assert place(pdf, "乙").y == pytest.approx(TOP + 16, abs=0.02)


def test_what_keeps_with_the_next_moves_with_it() -> None:
    lines = [paragraph("行") for _ in range(33)]
    pdf = printed(*lines, paragraph("题", keep_next=True), paragraph("文" * 60, keep_lines=True))
    assert place(pdf, "题").page == 2


def test_no_line_of_a_paragraph_is_left_alone() -> None:
    for count in range(30, 35):
        pdf = printed(*[paragraph("行")] * count, paragraph("文" * 39 * 4))
        for page in (1, 2):
            rows = {sign.y for sign in signs(pdf) if sign.page == page and sign.char == "文"}
            assert len(rows) != 1


def test_headers_of_first_even_and_other_pages_stand_on_theirs() -> None:
    section = Section(
        (), headers={"default": story("普"), "first": story("首"), "even": story("偶")}
    )
    pdf = printed(*[paragraph("行")] * 100, section=section)
    # Margin boxes are drawn after the body, so the header is what a page ends with.
    assert [words(pdf, page)[-1] for page in (1, 2, 3)] == ["首", "偶", "普"]


def test_a_header_higher_than_its_margin_pushes_the_text_down() -> None:
    tall = Section((), top=50, header=40, headers={"default": story("头")})
    pdf = printed(paragraph("甲"), section=tall)
    assert place(pdf, "头").y == pytest.approx(40 + 16, abs=0.05)
    assert place(pdf, "甲").y == pytest.approx(60 + 16, abs=0.05)


def test_pages_are_numbered_from_where_a_section_says_and_counted_in_it() -> None:
    footer = {"default": story("第", PAGE, "共", OF_SECTION, "总", PAGES)}
    body = tuple(paragraph("行") for _ in range(50))
    shown = Shown((Section(body, footers=footer), Section(body, footers=footer, start=1)))
    pdf = printed(shown=shown)
    feet = [words(pdf, page).replace("行", "") for page in range(1, 5)]
    assert feet == ["第1共2总4", "第2共2总4", "第1共2总4", "第2共2总4"]


def test_pages_are_numbered_in_chinese() -> None:
    footer = {"default": story("第", Counter("PAGE", LOOK, format="chineseCounting"), "页")}
    pdf = printed(*[paragraph("行"), paragraph(NEXT)] * 12, section=Section((), footers=footer))
    assert words(pdf, 12).endswith("第十二页")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (999, "九百九十九"),
    ],
)
def test_numbers_in_chinese_are_said_so(value: int, words: str) -> None:
    assert chinese(value) == words


def test_sections_have_their_own_size_and_direction() -> None:
    shown = Shown(
        (Section((paragraph("甲"),)), Section((paragraph("乙"),), width=841.9, height=595.3))
    )
    pages = pypdfium2.PdfDocument(printed(shown=shown))
    assert [tuple(round(side) for side in page.get_size()) for page in pages] == [
        (595, 842),
        (842, 595),
    ]


def test_a_footnote_stands_at_the_foot_of_the_page_of_its_mark() -> None:
    note = NoteMark("1", "①", LOOK)
    shown = Shown(
        (Section((paragraph("甲", note), paragraph("乙"))),),
        notes={"footnote 1": (paragraph("注"),)},
    )
    pdf = printed(shown=shown)
    assert place(pdf, "注").y > 700
    assert place(pdf, "①").y < place(pdf, "甲").y


def test_a_link_to_a_bookmark_and_its_page_lead_there() -> None:
    pdf = printed(
        paragraph(
            Text("见", LOOK, link="#_Toc1"), Counter("PAGEREF", LOOK, target="_Toc1", link="#_Toc1")
        ),
        paragraph(NEXT),
        paragraph(Mark("_Toc1"), "标题", Mark("_Toc1", end=True), outline=0),
    )
    assert words(pdf, 1) == "见2"
    with pikepdf.open(BytesIO(pdf)) as opened:
        links = list(opened.pages[0]["/Annots"])
        # WeasyPrint says a link once for each box in it, at the same place.
        places = {tuple(map(float, each["/Rect"])) for each in links}
        assert {str(each["/Dest"]) for each in links} == {"_Toc1"} and len(places) == 2
        outline = opened.Root["/Outlines"]["/First"]
        assert str(outline["/Title"]) == "标题"


@pytest.mark.parametrize(
    "link",
    ["file:///etc/passwd", "javascript:alert(1)", "#none", "data:text/html,x", "\\\\host\\share"],
)
def test_a_link_to_anything_but_web_mail_and_bookmarks_is_none(link: str) -> None:
    assert safe_link(link, Context(Shown(()), frozenset())) == ""


def test_text_is_text_and_no_markup() -> None:
    text = "<b>&amp;</b>{{x}}\"'</p><script>"
    assert words(printed(paragraph(text))) == text


def test_a_watermark_is_seen_and_is_no_text() -> None:
    header = {"default": story(Watermark("内部", 280, 126))}
    plain, marked = (
        printed(paragraph("甲"), section=Section((), headers=each)) for each in ({}, header)
    )
    assert words(marked) == words(plain) == "甲"
    images = [pypdfium2.PdfDocument(pdf)[0].render().to_pil() for pdf in (plain, marked)]
    assert images[0].tobytes() != images[1].tobytes()


def test_raised_and_lowered_characters_are_smaller_and_stand_off_the_line() -> None:
    pdf = printed(
        paragraph(
            "甲",
            Text("上", Look(size=10.5, vertical="superscript")),
            Text("下", Look(size=10.5, vertical="subscript")),
        )
    )
    assert place(pdf, "上").y < place(pdf, "甲").y < place(pdf, "下").y
    assert place(pdf, "下").x - place(pdf, "上").x == pytest.approx(10.5 * 0.58, abs=0.1)


def test_the_same_document_is_the_same_bytes_whatever_seeds_its_hashes() -> None:
    code = (
        "import hashlib\n"
        "from tests.pdf.papers import *\n"
        "pdf = printed(paragraph('甲乙', bookmark) if False else paragraph('甲“乙”A1'), table('甲乙', '丙丁'))\n"
        "print(hashlib.sha256(pdf).hexdigest())\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("0", "1")
    }
    assert len(found) == 1
