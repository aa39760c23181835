"""Sections that go on, endnotes, numbers of pages, what is on the paper, cells that stand."""

from __future__ import annotations

import pypdfium2
import pytest

from salesdocs.pdf.printing import print_document
from tests.pdf import letters
from tests.word.shown.build import cell, defaults, p, package, story, table

PAPER = '<w:pgSz w:w="6000" w:h="6000"/><w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000" w:header="300" w:footer="300"/>'
HEAD = {
    "parts": {"word/header1.xml": story("hdr", '<w:p><w:r><w:t>第</w:t></w:r><w:fldSimple w:instr=" PAGE "/><w:r><w:t>页</w:t></w:r></w:p>')},
    "links": {"h": ("header", "header1.xml")},
}  # fmt: skip


def printed(body: str, **more: object) -> list[letters.Page]:
    made = package(body, styles=defaults('<w:sz w:val="21"/>'), **more)  # type: ignore[arg-type]
    return list(letters.pages(print_document(made).pdf))


def words(page: letters.Page) -> str:
    return "".join(one.text for one in page.letters)


def ended(content: str = "", paper: str = PAPER) -> str:
    return f"<w:p><w:pPr><w:sectPr>{content}{paper}</w:sectPr></w:pPr></w:p>"


def test_a_continuous_section_goes_on_below_the_one_before() -> None:
    body = p("一") + ended() + p("二") + f'<w:sectPr><w:type w:val="continuous"/>{PAPER}</w:sectPr>'
    assert [words(page) for page in printed(body)] == ["一二"]
    assert [words(page) for page in printed(body.replace("continuous", "nextPage"))] == ["一", "二"]


def test_a_continuous_section_of_another_paper_begins_a_page() -> None:
    wide = PAPER.replace('w:w="6000"', 'w:w="9000"')
    body = p("一") + ended() + p("二") + f'<w:sectPr><w:type w:val="continuous"/>{wide}</w:sectPr>'
    assert [(words(page), page.width) for page in printed(body)] == [("一", 300), ("二", 450)]


def test_columns_stand_beside_each_other_on_the_page_that_goes_on() -> None:
    columns = '<w:type w:val="continuous"/><w:cols w:num="2" w:space="200"/>'
    body = (
        p("上")
        + ended()
        + p("左" * 40)
        + ended(columns)
        + p("下")
        + f'<w:sectPr><w:type w:val="continuous"/>{PAPER}</w:sectPr>'
    )
    (page,) = printed(body)
    places = {one.text: (one.x, one.y) for one in page.letters}
    assert places["上"][1] < places["左"][1] < places["下"][1]
    assert max(one.x for one in page.letters if one.text == "左") > 150


def test_pages_are_numbered_in_the_format_of_their_section() -> None:
    head = '<w:headerReference w:type="default" r:id="h"/>'
    roman, chinese = (
        f'<w:pgNumType w:start="{start}" w:fmt="{form}"/>'
        for start, form in ((4, "upperRoman"), (1, "chineseCounting"))
    )
    body = p("一") + ended(head, PAPER + roman) + p("二") + f"<w:sectPr>{PAPER}{chinese}</w:sectPr>"
    assert [words(page) for page in printed(body, **HEAD)] == ["一第IV页", "二第一页"]


def test_the_words_of_an_endnote_stand_at_the_end() -> None:
    body = (
        '<w:p><w:r><w:t>字</w:t></w:r><w:r><w:endnoteReference w:id="1"/></w:r></w:p>'
        + p("后文")
        + f"<w:sectPr>{PAPER}</w:sectPr>"
    )
    notes = f'<w:endnote w:id="1">{p("尾注")}</w:endnote>'
    assert [words(page) for page in printed(body, endnotes=notes)] == ["字i后文尾注"]


@pytest.mark.parametrize(("origin", "expected"), [("page", 20), ("text", 50 - 20)])
def test_a_border_of_the_page_stands_off_the_edge_or_off_the_text(
    origin: str, expected: float
) -> None:
    lines = f'<w:pgBorders w:offsetFrom="{origin}"><w:left w:val="single" w:sz="16" w:space="20" w:color="FF0000"/></w:pgBorders>'
    made = package(p("字") + f"<w:sectPr>{PAPER}{lines}</w:sectPr>")
    picture = (
        pypdfium2.PdfDocument(print_document(made).pdf)[0].render(scale=4).to_pil().convert("RGB")
    )
    row = [x / 4 for x in range(picture.width) if picture.getpixel((x, 600)) == (255, 0, 0)]
    # A line of two points, its inner or outer side as far off as it says.
    assert row
    assert (min(row) if origin == "page" else max(row) + 0.25) == pytest.approx(expected, abs=0.3)


def test_letters_of_a_standing_cell_stand_below_one_another_in_its_middle() -> None:
    standing = '<w:textDirection w:val="tbRlV"/>'
    body = table(
        [[cell("部门意见", standing), cell("同意")]], '<w:tblLayout w:type="fixed"/>', (1200, 2000)
    )
    (page,) = printed(body + f"<w:sectPr>{PAPER}</w:sectPr>")
    found = [one for one in page.letters if one.text in "部门意见"]
    assert len({round(one.x) for one in found[:4]}) == 1
    assert [one.text for one in sorted(found[:4], key=lambda one: one.y)] == list("部门意见")
    assert found[0].x == pytest.approx(50 - 5.4 + 30 - 5.25, abs=1)


def test_a_line_goes_from_corner_to_corner_of_a_cell() -> None:
    slanted = '<w:tcBorders><w:tl2br w:val="single" w:sz="4"/></w:tcBorders>'
    row = f'<w:tr><w:trPr><w:trHeight w:val="1200" w:hRule="exact"/></w:trPr>{cell("", slanted)}</w:tr>'
    body = f'<w:tbl><w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="1200"/></w:tblGrid>{row}</w:tbl>'
    made = package(body + f"<w:sectPr>{PAPER}</w:sectPr>")
    picture = (
        pypdfium2.PdfDocument(print_document(made).pdf)[0].render(scale=4).to_pil().convert("L")
    )
    left, top = 50 - 5.4, 50
    for share in (0.25, 0.5, 0.75):
        x, y = round((left + 60 * share) * 4), round((top + 60 * share) * 4)
        near = [picture.getpixel((x + dx, y)) for dx in range(-4, 5)]
        assert min(near) < 128
