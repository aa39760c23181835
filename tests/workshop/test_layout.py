"""A whole document: sound for Word, the same on every build, complete in both languages."""

from datetime import date

import pytest
from openxml_audit import OpenXmlValidator

from salesdocs.findings import Phrase
from salesdocs.word.compile import compile_template
from salesdocs.word.render import render
from salesdocs.workshop.blocks import (
    BarChart,
    Column,
    Contents,
    Each,
    Heading,
    Landscape,
    Paragraph,
    Series,
    Table,
    When,
)
from salesdocs.workshop.markup import qualified
from tests.workshop.gallery import BLOCKS, CONTEXT, TAG, body, find, gallery, parts, text

W_P, W_TBL, W_VAL = qualified("w:p"), qualified("w:tbl"), qualified("w:val")


@pytest.fixture(scope="module")
def finished():
    return render(compile_template(gallery(), "gallery.docx"), CONTEXT)


@pytest.mark.parametrize(("kind", "lang"), [("report", "en"), ("contract", "zh")])
def test_word_has_nothing_to_object_to(kind, lang, tmp_path):
    file = tmp_path / "gallery.docx"
    file.write_bytes(render(compile_template(gallery(kind, lang), "gallery.docx"), CONTEXT))
    assert OpenXmlValidator().validate(file).errors == []


def test_the_template_itself_opens_in_word(tmp_path):
    file = tmp_path / "gallery.docx"
    file.write_bytes(gallery())
    assert OpenXmlValidator().validate(file).errors == []


def test_the_properties_tell_the_day_of_the_document_not_of_its_making():
    template = compile_template(gallery(), "gallery.docx")
    dated = {**CONTEXT, "document": {**CONTEXT["document"], "date": date(2025, 7, 8)}}
    for context, expected in ((dated, ["2025-07-08T00:00:00Z"] * 2), (CONTEXT, [])):
        core = parts(render(template, context))["docProps/core.xml"]
        days = [*find(core, "dcterms:created"), *find(core, "dcterms:modified")]
        assert [day.text for day in days] == expected


def test_the_same_layout_gives_the_same_bytes():
    assert gallery() == gallery()


def test_every_tag_has_a_run_of_its_own_and_block_tags_a_paragraph_or_row():
    for name, root in parts(gallery()).items():
        for run in find(root, "w:r"):
            assert not TAG.search(text(run)) or TAG.fullmatch(text(run)), name
        for paragraph in find(root, "w:p"):
            assert "{%p" not in text(paragraph) or TAG.fullmatch(text(paragraph))
        for row in find(root, "w:tr"):
            assert "{%tr" not in text(row) or TAG.fullmatch(text(row))


def test_no_text_is_formatted_by_hand():
    allowed = {qualified("w:rStyle"), qualified("w:rFonts")}
    for properties in find(body(gallery()), "w:rPr"):
        assert {child.tag for child in properties} <= allowed


def test_every_style_in_use_is_in_the_style_sheet():
    found = parts(gallery())
    known = {
        style.get(qualified("w:styleId")) for style in find(found["word/styles.xml"], "w:style")
    }
    used = {
        style.get(W_VAL)
        for root in found.values()
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle")
        for style in find(root, tag)
    }
    assert used <= known


def test_every_list_in_use_is_in_the_numbering():
    found = parts(gallery())
    known = {num.get(qualified("w:numId")) for num in find(found["word/numbering.xml"], "w:num")}
    used = {num.get(W_VAL) for root in found.values() for num in find(root, "w:numId")}
    assert used - {"0"} <= known


def test_drawings_are_numbered_in_the_order_of_the_document():
    ids = [drawing.get("id") for drawing in find(body(gallery()), "wp:docPr")]
    assert ids == ["1", "2"]


def test_two_tables_never_touch_and_a_cell_ends_with_a_paragraph():
    root = body(gallery())
    for table in find(root, "w:tbl"):
        following = table.getnext()
        assert following.tag == W_P
        assert "{%p" not in text(following)
    for cell in find(root, "w:tc"):
        assert cell[-1].tag == W_P
        assert "{%p" not in text(cell[-1])


def test_a_chart_shows_the_rows_of_its_list(finished):
    chart = parts(finished)["word/charts/chart1.xml"]
    values = [value.text for value in find(chart, "c:v")]
    assert values == ["单价", "许可", "培训", "48", "2"]
    assert [count.get("val") for count in find(chart, "c:ptCount")] == ["1", "2", "2"]


def test_the_watermark_comes_only_where_it_is_asked_for():
    template = compile_template(gallery(), "gallery.docx")
    dry = {**CONTEXT, "document": {**CONTEXT["document"], "watermark": None}}
    for context, expected in ((CONTEXT, ["草稿"]), (dry, [])):
        header = parts(render(template, context))["word/header1.xml"]
        marks = [path.get("string") for path in find(header, "v:textpath") if path.get("string")]
        assert marks == expected


def test_a_cover_has_no_header_but_the_watermark():
    found = parts(gallery())
    assert text(found["word/header3.xml"]) == "{%r if document.watermark %}{%r endif %}"


def test_the_contents_list_headings_with_the_conditions_and_loops_around_them():
    blocks = (
        Contents(),
        Heading(Phrase("一", "1")),
        When("a", (Heading(Phrase("二", "2"), 2),), (Paragraph("1"),)),
        When("b", (Paragraph("1"),)),
        Each("x in xs", (Heading("{{ x }}"),)),
    )
    texts = [text(paragraph) for paragraph in find(body(gallery(blocks=blocks)), "w:p")]
    assert texts[1:8] == [
        "一", "{%p if a %}", "二", "{%p endif %}", "{%p for x in xs %}", "{{ x }}", "{%p endfor %}",
    ]  # fmt: skip


def test_the_entries_of_the_contents_point_at_the_headings(finished):
    root = body(finished)
    anchors = {link.get(qualified("w:anchor")) for link in find(root, "w:hyperlink")} - {None}
    names = {mark.get(qualified("w:name")) for mark in find(root, "w:bookmarkStart")}
    assert anchors
    assert anchors <= names


def test_a_landscape_at_the_end_leaves_no_empty_page_behind():
    root = body(gallery(blocks=(Paragraph("1"), Landscape((Paragraph("2"),)))))
    turned = [size.get(qualified("w:orient")) for size in find(root, "w:pgSz")]
    assert turned == [None, "landscape"]


def test_a_table_on_a_landscape_page_takes_its_width():
    blocks = (Landscape((Table((Column("A", "{{ x }}"),), each="x in xs"),)), Paragraph("1"))
    width = find(body(gallery(blocks=blocks)), "w:tblW")[0].get(qualified("w:w"))
    assert int(width) > 13_000


def test_both_languages_print_the_same_values():
    tags = [TAG.findall("".join(body(gallery(lang=lang)).itertext())) for lang in ("zh", "en")]
    assert tags[0] == tags[1]
    assert len(BLOCKS) > 30


@pytest.mark.parametrize("kept", [True, False])
def test_the_gap_above_a_table_keeps_to_it_where_the_text_does(kept):
    blocks = (Paragraph("1", keep_next=kept), Table((Column("A", "{{ x }}"),), each="x in xs"))
    tables = find(body(gallery(blocks=blocks)), "w:tbl")
    gap = tables[0].getprevious()
    assert bool(find(gap, "w:keepNext")) == kept


def test_stacked_bars_in_per_cent_fill_the_width():
    parts_of = (Series("A", "{{ x }}"), Series("B", "{{ x }}"))
    chart = BarChart("x in xs", Phrase("{{ x }}", "{{ x }}"), parts_of, stacked=True, percent=True)
    root = parts(gallery(blocks=(chart,)))["word/charts/chart1.xml"]
    assert [group.get("val") for group in find(root, "c:grouping")] == ["percentStacked"]
