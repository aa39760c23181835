"""Style sheets from remembered rules say what the same sheet parsed as a whole says."""

from __future__ import annotations

import weasyprint
from cssselect2 import ElementWrapper
from weasyprint.css.counters import CounterStyle

from salesdocs.pdf.counters import counter_name
from salesdocs.pdf.css import Classes, string
from salesdocs.pdf.document import BASE_SHEET, write_document
from salesdocs.pdf.sheets import style_sheet
from salesdocs.word.shown.model import Section, Shown
from tests.pdf.papers import paragraph, table

BASE = "salesdocs:"


def written():
    whole = Shown((Section((paragraph("甲方"), table(("乙", "方"), ("丙", "方")))),))
    return write_document(whole)


def said(sheet, element) -> list:
    """What a sheet declares of an element, and of its pseudo-elements, in order."""
    return [
        (specificity, pseudo, [(name, str(value)) for name, value, _ in declarations])
        for specificity, _, pseudo, (declarations, _) in sheet.matcher.match(element)
    ]


def test_every_element_is_told_the_same_as_by_one_sheet():
    paper = written()
    ours = style_sheet(paper.rules, BASE, CounterStyle())
    whole = weasyprint.CSS(string="".join(paper.rules), base_url=BASE)
    elements = list(ElementWrapper.from_html_root(paper.root).iter_subtree())
    assert len(elements) > 10
    told = [said(ours, each) for each in elements]
    assert told == [said(whole, each) for each in elements]
    assert any(told)
    assert str([each[1:] for each in ours.page_rules]) == str(
        [each[1:] for each in whole.page_rules]
    )


def test_a_class_of_the_same_name_says_something_else_in_the_next_paper():
    for text in ("color:#ff0000", "color:#00ff00", "margin-top:3pt"):
        classes = Classes()
        assert classes.name([text]) == "c0"
        sheet = style_sheet(classes.rules(), BASE, CounterStyle())
        whole = weasyprint.CSS(string=f".c0{{{text}}}")
        root = weasyprint.HTML(string="<p class=c0>").wrapper_element
        for element in root.iter_subtree():
            assert said(sheet, element) == said(whole, element)


def test_of_two_rules_for_an_element_the_later_one_holds_last():
    sheet = style_sheet([".c0{color:red}\n", ".c1{color:blue}\n"], BASE, CounterStyle())
    again = style_sheet([".c1{color:blue}\n", ".c0{color:red}\n"], BASE, CounterStyle())
    root = weasyprint.HTML(string="<p class='c1 c0'>").wrapper_element
    (element,) = (each for each in root.iter_subtree() if each.local_name == "p")
    assert said(sheet, element) == said(again, element)[::-1]


def test_a_brace_in_the_words_of_a_rule_ends_nothing():
    rules = [f".c0{{--set:{string('a}b{c')}}}\n", ".c1{color:blue}\n"]
    sheet = style_sheet([BASE_SHEET, *rules], BASE, CounterStyle())
    root = weasyprint.HTML(string="<p class='c0 c1'>").wrapper_element
    (element,) = (each for each in root.iter_subtree() if each.local_name == "p")
    names = [declared[0][0] for _, _, declared in said(sheet, element)[-2:]]
    assert names == ["__set", "color"]


def test_counter_styles_are_there_the_second_time_too():
    rules: list[str] = []
    counter_name("chineseCounting", rules.append)
    for _ in range(2):
        counters = CounterStyle()
        style_sheet(rules, BASE, counters)
        assert counters.render_value(21, "chineseCounting") == "二十一"
