"""Sections: paper and margins, columns, which header stands on which pages, properties."""

from __future__ import annotations

import pytest

from salesdocs.word.shown.model import Border, Line, Paragraph, Section, Story
from tests.word.shown.build import cell, p, paragraph, shown, story, table, texts, the_table

PAGE = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/>'


def section(content: str, **more: object) -> Section:
    return shown(f"{p('字')}<w:sectPr>{PAGE}{content}</w:sectPr>", **more).sections[-1]


def words(of: Story) -> str:
    return "".join(
        each.text for block in of.blocks if isinstance(block, Paragraph) for each in texts(block)
    )


def test_sections_end_with_their_paragraph_and_have_their_own_paper() -> None:
    wide = '<w:sectPr><w:type w:val="continuous"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    found = shown(p("一") + p("二", wide) + p("三") + f"<w:sectPr>{PAGE}</w:sectPr>").sections
    assert [(each.width, each.height, len(each.blocks), each.kind) for each in found] == [
        (841.9, 595.3, 2, "continuous"), (595.3, 841.9, 1, "next_page"),
    ]  # fmt: skip
    assert (found[1].top, found[1].left, found[1].header, found[1].footer) == (72, 90, 42.55, 49.6)


EDGES = {
    "parts": {f"word/header{n}.xml": story("hdr", p(f"页眉{n}")) for n in (1, 2, 3)},
    "links": {f"h{n}": ("header", f"header{n}.xml") for n in (1, 2, 3)},
}


def test_headers_hold_from_the_section_before_until_another_takes_their_place() -> None:
    first = '<w:sectPr><w:titlePg/><w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/></w:sectPr>'
    second = '<w:sectPr><w:headerReference w:type="default" r:id="h3"/></w:sectPr>'
    found = shown(
        p("一", first) + p("二", second) + p("三") + "<w:sectPr><w:titlePg/></w:sectPr>", **EDGES
    ).sections
    said = [{at: words(of) for at, of in each.headers.items()} for each in found]
    assert said == [
        {"default": "页眉1", "first": "页眉2"},
        {"default": "页眉3"},
        {"default": "页眉3", "first": "页眉2"},
    ]


def test_a_first_or_even_page_without_a_header_of_its_own_has_an_empty_one() -> None:
    content = '<w:headerReference w:type="default" r:id="h1"/><w:titlePg/>'
    found = section(content, settings="<w:evenAndOddHeaders/>", **EDGES)
    assert {at: words(of) for at, of in found.headers.items()} == {
        "default": "页眉1",
        "first": "",
        "even": "",
    }


def test_pages_are_numbered_from_where_they_start_in_their_format() -> None:
    found = section('<w:pgNumType w:start="5" w:fmt="lowerRoman"/>')
    assert (found.start, found.page_format) == (5, "lowerRoman")
    assert section("").start is None


def test_columns_share_the_width_or_have_their_own() -> None:
    even = section('<w:cols w:num="2" w:space="720"/>')
    assert even.columns == ((189.65, 36), (189.65, 0))
    own = section(
        '<w:cols w:num="2" w:equalWidth="0"><w:col w:w="2000" w:space="300"/><w:col w:w="6000"/></w:cols>'
    )
    assert own.columns == ((100, 15), (300, 0))
    assert section('<w:cols w:space="720"/>').columns == ()


def test_the_grid_is_that_of_lines_only_where_it_says_so() -> None:
    assert section('<w:docGrid w:type="lines" w:linePitch="312"/>').grid == 15.6
    assert section('<w:docGrid w:linePitch="312"/>').grid == 0


def test_pages_have_borders_and_stand_in_the_middle() -> None:
    found = section(
        '<w:pgBorders w:offsetFrom="page"><w:top w:val="single" w:sz="8" w:space="24" w:color="auto"/></w:pgBorders><w:vAlign w:val="center"/>'
    )
    assert (found.borders, found.borders_from, found.v_align) == (
        {"top": Border("single", 1, "", 24)},
        "page",
        "center",
    )


def test_a_header_that_is_not_there_is_named() -> None:
    found = shown(
        '<w:p/><w:sectPr><w:headerReference w:type="default" r:id="no"/></w:sectPr>'
    ).unknown
    assert [(each.what, each.lost) for each in found] == [("w:headerReference", True)]


def test_properties_are_those_of_the_package() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>合同</dc:title><dc:creator> 张三 </dc:creator>'
        "<cp:keywords/></cp:coreProperties>"
    )
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="salesdocs.document"><vt:lpwstr>nda</vt:lpwstr></property></Properties>'
    )
    found = shown(p("字"), parts={"docProps/core.xml": core, "docProps/custom.xml": custom})
    assert found.properties == {"title": "合同", "creator": "张三"}
    assert found.custom == {"salesdocs.document": "nda"}


def test_the_colour_of_the_page_shows_where_the_file_asks_for_it() -> None:
    from salesdocs.word.shown import read
    from tests.word.shown.build import package

    body = p("字")
    for settings, expected in (("<w:displayBackgroundShape/>", "FFF2CC"), ("", "")):
        made = package(body, settings=settings)
        assert read(_with_background(made)).page_colour == expected


def _with_background(package_: bytes) -> bytes:
    from io import BytesIO
    from zipfile import ZipFile

    target = BytesIO()
    with ZipFile(BytesIO(package_)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", b'<w:background w:color="FFF2CC"/><w:body>')
            new.writestr(name, data)
    return target.getvalue()


GRID = '<w:sectPr><w:docGrid w:type="lines" w:linePitch="312"/></w:sectPr>'


@pytest.mark.parametrize(
    ("size", "spacing", "expected"),
    [
        (21, "", Line("exact", 15.6)),
        (24, "", Line("exact", 15.6)),
        (28, "", Line("exact", 31.2)),
        (24, '<w:spacing w:line="360" w:lineRule="auto"/>', Line("exact", 23.4)),
        (24, '<w:spacing w:line="400" w:lineRule="exact"/>', Line("exact", 20)),
        (24, '<w:snapToGrid w:val="0"/>', Line()),
    ],
)
def test_lines_stand_on_the_grid_of_the_page(size: int, spacing: str, expected: Line) -> None:
    body = p("字", spacing, f'<w:sz w:val="{size}"/>') + GRID
    assert paragraph(body).shape.line == expected


def test_lines_in_tables_stand_on_the_grid_only_where_the_file_asks_for_it() -> None:
    body = table([[cell("字")]], grid=(2000,)) + GRID
    asked = "<w:compat><w:adjustLineHeightInTable/></w:compat>"
    for settings, expected in (("", Line()), (asked, Line("exact", 15.6))):
        inner = the_table(body, settings=settings).rows[0].cells[0].blocks[0]
        assert isinstance(inner, Paragraph)
        assert inner.shape.line == expected


def test_without_a_paper_of_its_own_a_section_has_the_one_that_word_takes() -> None:
    (found,) = shown(p("字")).sections
    assert (found.width, found.height, found.left, found.top) == (612, 792, 90, 72)


def test_a_margin_that_a_header_may_run_over_stays_negative() -> None:
    found = shown(
        p("字") + '<w:sectPr><w:pgMar w:top="-1440" w:bottom="1440"/></w:sectPr>'
    ).sections[0]
    assert (found.top, found.bottom) == (-72, 72)
