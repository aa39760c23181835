"""Numbers of lists: counted, restarted, written in every format, looking as their level says."""

from __future__ import annotations

import pytest

from salesdocs.word.shown.model import Paragraph
from salesdocs.word.shown.numerals import numeral
from tests.word.shown.build import blocks, p, paragraph, shown, style


def level(number: int, form: str = "decimal", text: str = "", more: str = "") -> str:
    said = text or f"%{number + 1}."
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{said}"/></w:lvl>'
    )


def abstract(*levels: str, name: int = 1, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{more}{"".join(levels)}</w:abstractNum>'


def num(name: int, of: int = 1, more: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def item(list_id: int = 1, level_: int = 0) -> str:
    return p("字", f'<w:numPr><w:ilvl w:val="{level_}"/><w:numId w:val="{list_id}"/></w:numPr>')


def numbers(body: str, numbering: str, **more: object) -> list[str]:
    found = blocks(body, numbering=numbering, **more)
    return [
        each.number.text if each.number else "" for each in found if isinstance(each, Paragraph)
    ]


HEADINGS = abstract(
    level(0, "chineseCountingThousand", "第%1条"),
    level(1, "decimal", "%1.%2", "<w:isLgl/>"),
    level(2, "lowerLetter", "（%3）"),
) + num(1)


def test_levels_count_and_a_higher_one_lets_the_lower_begin_anew() -> None:
    body = "".join(item(1, at) for at in (0, 1, 1, 2, 2, 0, 1, 2))
    assert numbers(body, HEADINGS) == [
        "第一条",
        "1.1",
        "1.2",
        "（a）",
        "（b）",
        "第二条",
        "2.1",
        "（a）",
    ]


def test_without_legal_form_a_level_shows_the_numbers_of_those_above_as_they_are() -> None:
    plain = HEADINGS.replace("<w:isLgl/>", "")
    assert numbers(item(1, 0) + item(1, 1), plain) == ["第一条", "一.1"]


def test_a_level_can_count_on_whatever_is_above_it() -> None:
    on = abstract(level(0), level(1, more='<w:lvlRestart w:val="0"/>')) + num(1)
    body = "".join(item(1, at) for at in (0, 1, 0, 1))
    assert numbers(body, on) == ["1.", "1.", "2.", "2."]


def test_lists_of_one_definition_count_together_until_one_starts_anew() -> None:
    starts = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = abstract(level(0)) + num(1) + num(2) + num(3, more=starts)
    body = item(1) + item(2) + item(3) + item(3) + item(1)
    assert numbers(body, lists) == ["1.", "2.", "1.", "2.", "3."]


def test_a_list_can_have_a_level_of_its_own() -> None:
    own = '<w:lvlOverride w:ilvl="0">' + level(0, "upperRoman", "%1)") + "</w:lvlOverride>"
    assert numbers(item(1) + item(2), abstract(level(0)) + num(1) + num(2, more=own)) == [
        "1.",
        "II)",
    ]


def test_a_style_brings_its_list_and_is_linked_to_its_level() -> None:
    styles = style("h1", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>') + style(
        "h2", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>'
    )
    lists = abstract(
        level(0, more='<w:pStyle w:val="h1"/>'),
        level(1, text="%1.%2", more='<w:pStyle w:val="h2"/>'),
    ) + num(1)
    body = p("字", '<w:pStyle w:val="h1"/>') + p("字", '<w:pStyle w:val="h2"/>')
    assert numbers(body, lists, styles=styles) == ["1.", "1.1"]
    off = p("字", '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert numbers(off, lists, styles=styles) == [""]


def test_a_list_style_stands_between_a_list_and_its_levels() -> None:
    styles = style("s", paragraph='<w:numPr><w:numId w:val="2"/></w:numPr>', kind="numbering")
    lists = (
        abstract(name=1, more='<w:numStyleLink w:val="s"/>')
        + abstract(level(0, "upperLetter"), name=2, more='<w:styleLink w:val="s"/>')
        + num(1, 1)
        + num(2, 2)
    )
    assert numbers(item(1) + item(1), lists, styles=styles) == ["A.", "B."]


def test_a_skipped_level_shows_the_number_it_would_begin_with() -> None:
    lists = abstract(level(0), level(1, text="%1.%2")) + num(1)
    assert numbers(item(1, 1) + item(1, 0), lists) == ["1.1", "1."]


def test_deleted_paragraphs_do_not_count() -> None:
    gone = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del w:id="2"><w:r><w:delText>字</w:delText></w:r></w:del></w:p>'
    assert numbers(item(1) + gone + item(1), abstract(level(0)) + num(1)) == ["1.", "2."]


def test_indents_of_the_level_hold_over_a_style_and_below_direct_ones() -> None:
    indented = '<w:pPr><w:ind w:left="840" w:hanging="420"/></w:pPr>'
    lists = abstract(level(0).replace("</w:lvl>", indented + "</w:lvl>")) + num(1)
    styles = style("s", paragraph='<w:ind w:leftChars="200" w:left="420"/>')
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    found = paragraph(p("字", f'<w:pStyle w:val="s"/>{numbered}'), numbering=lists, styles=styles)
    assert (found.shape.left, found.shape.first) == (42, -21)
    direct = paragraph(p("字", f'{numbered}<w:ind w:left="100"/>'), numbering=lists)
    assert (direct.shape.left, direct.shape.first) == (5, -21)
    owned = style("s", paragraph=f'{numbered}<w:ind w:left="200"/>')
    found = paragraph(p("字", '<w:pStyle w:val="s"/>'), numbering=lists, styles=owned)
    assert (found.shape.left, found.shape.first) == (10, -21)


def test_a_number_looks_like_the_mark_of_its_paragraph_with_what_its_level_says_over_it() -> None:
    bold = '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>'
    lists = abstract(
        level(0, more='<w:suff w:val="space"/>').replace("</w:lvl>", bold + "</w:lvl>")
    ) + num(1)
    properties = '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:sz w:val="36"/><w:color w:val="00FF00"/></w:rPr>'
    number = paragraph(p("字", properties), numbering=lists).number
    assert number is not None
    assert (number.look.bold, number.look.size, number.look.colour) == (True, 18, "FF0000")
    assert number.suffix == "space"


@pytest.mark.parametrize(
    ("font", "code", "expected"),
    [("Symbol", "\uf0b7", "•"), ("Wingdings", "\uf0d8", "➢"), ("Wingdings", "\uf0a8", "□"), ("Arial", "–", "–")],
)  # fmt: skip
def test_a_bullet_of_a_symbol_font_is_a_character_of_unicode(
    font: str, code: str, expected: str
) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:hint="default"/></w:rPr>'
    lists = abstract(level(0, "bullet", code).replace("</w:lvl>", fonts + "</w:lvl>")) + num(1)
    number = paragraph(item(1), numbering=lists).number
    assert number is not None
    assert (number.text, number.look.latin) == (
        expected,
        "Arial" if font == "Arial" else "Times New Roman",
    )


def test_a_list_that_is_not_there_numbers_nothing() -> None:
    assert numbers(item(9), abstract(level(0)) + num(1)) == [""]


def test_a_format_nobody_knows_is_named_and_counts_in_digits() -> None:
    lists = abstract(level(0, "klingonCounting")) + num(1)
    found = shown(item(1), numbering=lists)
    assert [each.what for each in found.unknown] == ["w:numFmt klingonCounting"]
    assert numbers(item(1), lists) == ["1."]


FORMATS = {
    "decimal": {1: "1", 12: "12"},
    "decimalZero": {7: "07", 12: "12"},
    "upperRoman": {4: "IV", 1999: "MCMXCIX"},
    "lowerRoman": {9: "ix"},
    "upperLetter": {1: "A", 26: "Z", 27: "AA", 53: "AAA"},
    "lowerLetter": {28: "bb"},
    "ordinal": {1: "1st", 12: "12th", 23: "23rd"},
    "chineseCounting": {1: "一", 10: "十", 21: "二十一", 105: "一〇五"},
    "chineseCountingThousand": {11: "十一", 20: "二十", 105: "一百零五", 110: "一百一十", 1010: "一千零一十", 12000: "一万二千"},
    "chineseLegalSimplified": {10: "壹拾", 105: "壹佰零伍"},
    "ideographDigital": {10: "一〇", 25: "二五"},
    "japaneseCounting": {11: "十一"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "㉑", 50: "㊿", 51: "51"},
    "decimalEnclosedCircleChinese": {3: "③"},
    "decimalEnclosedParen": {2: "⑵"},
    "decimalEnclosedFullstop": {2: "⒉"},
    "ideographTraditional": {1: "甲", 11: "甲"},
    "ideographZodiac": {12: "亥"},
    "ideographEnclosedCircle": {3: "㊂"},
    "decimalFullWidth": {12: "１２"},
    "numberInDash": {3: "- 3 -"},
    "none": {3: ""},
}  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_writes_numbers_as_word_does(form: str) -> None:
    assert {number: numeral(number, form) for number in FORMATS[form]} == FORMATS[form]
