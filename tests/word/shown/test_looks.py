"""How characters look: defaults, styles and direct formatting laid over one another."""

from __future__ import annotations

import pytest

from salesdocs.word.shown.model import Border, Look
from tests.word.shown.build import cell, defaults, p, paragraph, shown, style, table, texts

FONTS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="黑体"/>'


def look(run: str, **more: object) -> Look:
    return texts(paragraph(p("字", run=run), **more))[0].look


def test_direct_formatting_wins_over_styles_and_those_over_defaults() -> None:
    styles = (
        defaults('<w:sz w:val="20"/><w:color w:val="111111"/><w:spacing w:val="10"/>')
        + style("a", '<w:sz w:val="24"/><w:color w:val="222222"/>', more='w:default="1"')
        + style("c", '<w:color w:val="333333"/>', kind="character")
    )
    found = look('<w:rStyle w:val="c"/><w:spacing w:val="40"/>', styles=styles)
    assert (found.size, found.colour, found.spacing) == (12, "333333", 2)


def test_a_style_says_what_it_is_based_on_where_it_is_silent_itself() -> None:
    styles = style("base", f'{FONTS}<w:sz w:val="28"/>') + style(
        "own", '<w:sz w:val="32"/>', based="base"
    )
    found = texts(paragraph(p("字", '<w:pStyle w:val="own"/>'), styles=styles))[0].look
    assert (found.latin, found.east_asian, found.size) == ("Arial", "黑体", 16)


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    styles = style("a", '<w:sz w:val="30"/>', based="b") + style("b", "", based="a")
    assert texts(paragraph(p("字", '<w:pStyle w:val="a"/>'), styles=styles))[0].look.size == 15


@pytest.mark.parametrize(
    ("paragraph_bold", "character_bold", "default_bold", "direct", "expected"),
    [
        ("", "", "", "", False),
        ("<w:b/>", "", "", "", True),
        ("<w:b/>", "<w:b/>", "", "", False),
        ("<w:b/>", '<w:b w:val="0"/>', "", "", True),
        ("<w:b/>", "<w:b/>", "<w:b/>", "", True),
        ("<w:b/>", "<w:b/>", "", "<w:b/>", True),
        ("<w:b/>", "", "", '<w:b w:val="0"/>', False),
    ],
)
def test_switches_of_two_styles_turn_each_other_over(
    paragraph_bold: str, character_bold: str, default_bold: str, direct: str, expected: bool
) -> None:
    styles = (
        defaults(default_bold)
        + style("p", paragraph_bold)
        + style("c", character_bold, kind="character")
    )
    body = p("字", '<w:pStyle w:val="p"/>', f'<w:rStyle w:val="c"/>{direct}')
    assert texts(paragraph(body, styles=styles))[0].look.bold is expected


def test_a_switch_within_one_chain_of_styles_is_simply_set() -> None:
    styles = style("a", "<w:b/>") + style("b", "<w:b/>", based="a")
    assert texts(paragraph(p("字", '<w:pStyle w:val="b"/>'), styles=styles))[0].look.bold


THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements>'
    '<a:clrScheme name="x"><a:accent1><a:srgbClr val="4472C4"/></a:accent1></a:clrScheme>'
    '<a:fontScheme name="x"><a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/>'
    '<a:font script="Hans" typeface="等线"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
)


def test_fonts_and_colours_of_the_theme_are_named_by_their_place() -> None:
    found = look(
        '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:ascii="Other"/>'
        '<w:color w:val="000000" w:themeColor="accent1" w:themeTint="99"/>',
        parts={"word/theme1.xml": THEME},
        links={"t": ("theme", "theme1.xml")},
        settings='<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>',
    )
    # 8EAADB is what Word itself writes beside accent1 of Office 2013 with tint 99.
    assert (found.latin, found.east_asian, found.colour) == ("Calibri", "等线", "8EAADB")


RUNS = {
    "highlight": ('<w:highlight w:val="yellow"/>', {"shade": "FFFF00"}),
    "shade": ('<w:shd w:val="clear" w:fill="D9D9D9"/>', {"shade": "D9D9D9"}),
    "a pattern as its mean": ('<w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/>', {"shade": "808080"}),
    "highlight before shade": ('<w:highlight w:val="red"/><w:shd w:val="clear" w:fill="D9D9D9"/>', {"shade": "FF0000"}),
    "white on black": ('<w:shd w:val="clear" w:fill="000000"/>', {"shade": "000000", "colour": "FFFFFF"}),
    "underline": ('<w:u w:val="wave" w:color="FF0000"/>', {"underline": "wave", "underline_colour": "FF0000"}),
    "no underline": ('<w:u w:val="none"/>', {"underline": ""}),
    "struck twice": ("<w:dstrike/>", {"strike": "double"}),
    "raised": ('<w:position w:val="6"/>', {"raised": 3}),
    "superscript": ('<w:vertAlign w:val="superscript"/>', {"vertical": "superscript"}),
    "capitals": ("<w:smallCaps/>", {"capitals": "small"}),
    "stretched": ('<w:w w:val="150"/>', {"stretch": 150}),
    "dots of emphasis": ('<w:em w:val="dot"/>', {"emphasis": "dot"}),
    "a box": ('<w:bdr w:val="single" w:sz="4" w:color="auto"/>', {"border": Border("single", 0.5)}),
}  # fmt: skip


@pytest.mark.parametrize(("run", "expected"), RUNS.values(), ids=RUNS)
def test_a_property_of_a_run_is_read(run: str, expected: dict[str, object]) -> None:
    found = look(run)
    assert {name: getattr(found, name) for name in expected} == expected


def test_hidden_text_is_not_shown() -> None:
    body = (
        f"<w:p>{'<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>'}<w:r><w:t>明</w:t></w:r></w:p>"
    )
    assert [each.text for each in texts(paragraph(body))] == ["明"]


def test_the_hint_is_told_only_where_a_mark_of_both_scripts_stands() -> None:
    hint = '<w:rFonts w:hint="eastAsia"/>'
    assert not look(hint).east_asian_marks
    assert texts(paragraph(p("“字”", run=hint)))[0].look.east_asian_marks
    assert not texts(paragraph(p("“字”")))[0].look.east_asian_marks


def test_equal_looks_are_one_object_and_neighbouring_text_is_one() -> None:
    found = paragraph(
        p("一").replace(
            "</w:p>", "<w:r><w:t>二</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>三</w:t></w:r></w:p>"
        )
    )
    assert [each.text for each in texts(found)] == ["一二", "三"]
    assert paragraph(p("一")).mark is not None


def test_letters_of_a_symbol_font_become_unicode() -> None:
    run = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    assert [each.text for each in texts(paragraph(p("\uf0fe字", run=run)))] == ["☑字"]
    missing = shown(p("\uf000", run=run)).unknown
    assert [(each.what, each.lost) for each in missing] == [("w:rFonts Wingdings", True)]


def test_text_on_a_dark_cell_is_white_where_its_colour_is_automatic() -> None:
    body = table([[cell("字", '<w:shd w:val="clear" w:fill="1F3864"/>')]], grid=(2000,))
    from tests.word.shown.build import the_table

    inner = the_table(body).rows[0].cells[0].blocks[0]
    assert texts(inner)[0].look.colour == "FFFFFF"  # type: ignore[arg-type]


def test_another_language_is_told_and_that_of_the_document_is_not() -> None:
    styles = defaults('<w:lang w:val="en-US" w:eastAsia="zh-CN"/>')
    found = shown(p("字") + p("mot", run='<w:lang w:val="fr-FR"/>'), styles=styles)
    looks = [texts(each)[0].look.language for each in found.sections[0].blocks]  # type: ignore[arg-type]
    assert looks == ["", "fr-FR"]
    assert found.properties["language"] == "zh-CN"
