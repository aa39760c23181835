"""How paragraphs are set: spacing, indents in lengths and characters, tabs, borders."""

from __future__ import annotations

import pytest

from salesdocs.word.shown.model import Border, Line, Shape, TabStop
from tests.word.shown.build import defaults, p, paragraph, style


def shape(properties: str, run: str = "", **more: object) -> Shape:
    return paragraph(p("字", properties, run), **more).shape


SAID = {
    "an exact line": ('<w:spacing w:line="440" w:lineRule="exact"/>', {"line": Line("exact", 22)}),
    "a line of at least": ('<w:spacing w:line="440" w:lineRule="atLeast"/>', {"line": Line("at_least", 22)}),
    "a line and a half": ('<w:spacing w:line="360" w:lineRule="auto"/>', {"line": Line("multiple", 1.5)}),
    "a line without a rule": ('<w:spacing w:line="480"/>', {"line": Line("multiple", 2)}),
    "space": ('<w:spacing w:before="120" w:after="240"/>', {"before": 6, "after": 12}),
    "space in lines": ('<w:spacing w:before="120" w:beforeLines="50"/>', {"before": 6}),
    "automatic space": ('<w:spacing w:before="1" w:beforeAutospacing="1"/>', {"before": 14}),
    "a first line": ('<w:ind w:left="420" w:firstLine="420"/>', {"left": 21, "first": 21}),
    "a hanging line": ('<w:ind w:left="840" w:hanging="420"/>', {"left": 42, "first": -21}),
    "the new names of left and right": ('<w:ind w:start="420" w:end="210"/>', {"left": 21, "right": 10.5}),
    "centimetres": ('<w:ind w:left="1in"/>', {"left": 72}),
    "characters before lengths": ('<w:ind w:firstLineChars="200" w:firstLine="420"/>', {"first": 24}),
    "no characters": ('<w:ind w:firstLineChars="0" w:firstLine="420"/>', {"first": 21}),
    "characters beside a hanging line": (
        '<w:ind w:leftChars="200" w:left="840" w:hangingChars="200" w:hanging="420"/>',
        {"left": 48, "first": -24},
    ),
    "distributed": ('<w:jc w:val="distribute"/>', {"align": "distribute"}),
    "kept": ("<w:keepNext/><w:keepLines/><w:pageBreakBefore/>", {"keep_next": True, "keep_lines": True, "page_break_before": True}),
    "no widow control": ('<w:widowControl w:val="0"/>', {"widow_control": False}),
    "a heading": ('<w:outlineLvl w:val="1"/>', {"outline": 1}),
    "body text": ('<w:outlineLvl w:val="9"/>', {"outline": None}),
    "Latin words that break": ('<w:wordWrap w:val="0"/>', {"break_latin": True}),
    "a shade": ('<w:shd w:val="clear" w:fill="EEEEEE"/>', {"shade": "EEEEEE"}),
    "a border": ('<w:pBdr><w:bottom w:val="double" w:sz="6" w:space="4" w:color="FF0000"/><w:top w:val="nil"/></w:pBdr>', {"borders": {"bottom": Border("double", 0.75, "FF0000", 4)}}),
    "what stands in the middle of a line": ('<w:textAlignment w:val="center"/>', {"line_align": "center"}),
}  # fmt: skip


@pytest.mark.parametrize(("properties", "expected"), SAID.values(), ids=SAID)
def test_a_property_of_a_paragraph_is_read(properties: str, expected: dict[str, object]) -> None:
    styles = defaults('<w:sz w:val="24"/>')
    found = shape(properties, styles=styles)
    assert {name: getattr(found, name) for name in expected} == expected


def test_characters_of_the_first_line_have_its_size_and_others_that_of_the_style() -> None:
    styles = defaults('<w:sz w:val="21"/>')
    found = shape(
        '<w:ind w:leftChars="200" w:firstLineChars="200"/>', '<w:sz w:val="32"/>', styles=styles
    )
    assert (found.left, found.first) == (21, 32)


def test_lines_of_space_are_those_of_the_page_grid_where_there_is_one() -> None:
    body = p("字", '<w:spacing w:beforeLines="50"/>')
    grid = '<w:sectPr><w:docGrid w:type="lines" w:linePitch="312"/></w:sectPr>'
    assert paragraph(body + grid).shape.before == 7.8
    assert paragraph(body + grid.replace('w:type="lines" ', "")).shape.before == 6


def test_tabs_of_a_style_and_of_a_paragraph_add_up_and_can_be_cleared() -> None:
    styles = style(
        "t",
        paragraph='<w:tabs><w:tab w:val="left" w:pos="420"/><w:tab w:val="right" w:leader="dot" w:pos="8000"/></w:tabs>',
    )
    own = '<w:pStyle w:val="t"/><w:tabs><w:tab w:val="clear" w:pos="420"/><w:tab w:val="center" w:pos="4000"/></w:tabs>'
    assert shape(own, styles=styles).tabs == (TabStop(200, "center"), TabStop(400, "right", "dot"))


def test_what_a_level_does_not_say_holds_from_the_level_below() -> None:
    styles = defaults("", '<w:spacing w:after="200" w:line="276" w:lineRule="auto"/>') + style(
        "s", paragraph='<w:spacing w:before="100"/>'
    )
    found = shape('<w:pStyle w:val="s"/><w:spacing w:after="0"/>', styles=styles)
    assert (found.before, found.after, found.line) == (5, 0, Line("multiple", 1.15))


def test_values_that_make_no_sense_are_cut_or_left_out() -> None:
    found = shape('<w:ind w:left="9999999" w:right="x"/><w:spacing w:before="-50"/>')
    assert (found.left, found.right, found.before) == (1584, 0, 0)
