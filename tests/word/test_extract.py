"""The law of bookmarks: what was printed can be read back, each text at the path of its value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from salesdocs.calc.capitals import parse_capitals
from salesdocs.case.choices import Choice
from salesdocs.word.anchors import anchor_code
from salesdocs.word.compile import compile_template
from salesdocs.word.extract import PrintedValue, printed_values
from salesdocs.word.filters import tick
from salesdocs.word.render import render
from tests import world
from tests.word.build import template


def value_at(name: str, path: str) -> Any:
    """The value that the paper's template sees at a path."""
    paper = next(paper for paper in world.papers() if paper.name == name)
    context, _ = world.dossier().context(paper)
    root, _, rest = path.replace("[", ".[").partition(".")
    value = context.get(root)
    for part in filter(None, rest.split(".")):
        if value is None:
            return None
        value = value[int(part[1:-1])] if part.startswith("[") else getattr(value, part)
    return value


def says(text: str, value: Any) -> bool:
    """Whether the text is a way to print the value."""
    if value is None:
        return text in {"/", ""}  # or room to write on the paper
    if isinstance(value, Choice):
        return value.zh in text
    if isinstance(value, str):
        return text == value
    if isinstance(value, date):
        return text in {value.isoformat(), f"{value.year}年{value.month}月{value.day}日"}
    if isinstance(value, Decimal):
        return _is_number(text, value)
    return True


def _is_number(text: str, value: Decimal) -> bool:
    if text.startswith("人民币"):
        return parse_capitals(text) == value
    if text[-1:] in "折价送":
        return True
    figures = Decimal(text.strip("¥%").replace(",", "").replace("−", "-"))
    return any(
        abs(figures - value * factor) < Decimal("0.005") * max(factor, 1)
        for factor in (1, 100, Decimal("0.0001"))
    )


@pytest.mark.parametrize("name", [paper.name for paper in world.papers()])
def test_what_is_printed_reads_back_as_the_case(name: str) -> None:
    found = printed_values(world.product(name).data, world.template(name.partition("/")[0]))
    assert len(found) > 10
    # The fingerprint is known only when all else is printed: no value of the case.
    values = [each for each in found if each.path != "document.fingerprint"]
    wrong = [each for each in values if not is_right(each, value_at(name, each.path))]
    assert wrong == []


def is_right(printed: PrintedValue, value: Any) -> bool:
    """Whether a printed value says what the case does; a box is ticked when it is the value."""
    if not printed.option:
        return says(printed.text, value)
    return printed.text == tick(value, printed.option)


def test_each_box_is_read_back_with_what_it_stands_for() -> None:
    compiled = compile_template(
        template("{{ visit.score | tick(5) }}", "{{ visit.score | tick(4) }}"), "t.docx"
    )
    package = render(compiled, {"visit": {"score": 4}})
    assert printed_values(package, compiled) == [
        PrintedValue("visit.score", "□", "5"),
        PrintedValue("visit.score", "☑", "4"),
    ]


def test_a_value_at_the_place_of_the_loop_has_that_place_in_its_path() -> None:
    compiled = compile_template(
        template(
            "{%p for part in survey.parts %}",
            "{{ answer.scores[loop.index0] | tick(1) }}",
            "{%p endfor %}",
        ),
        "t.docx",
    )
    package = render(compiled, {"survey": {"parts": ["a", "b"]}, "answer": {"scores": (0, 1)}})
    assert printed_values(package, compiled) == [
        PrintedValue("answer.scores[0]", "□", "1"),
        PrintedValue("answer.scores[1]", "☑", "1"),
    ]


def test_rows_breaks_and_tabs_are_read_back() -> None:
    compiled = compile_template(
        template("{%p for p in contract.payments %}", "{{ p.name }}", "{%p endfor %}"), "t.docx"
    )
    payments = [{"name": "甲\n乙"}, {"name": "丙\t丁"}]
    package = render(compiled, {"contract": {"payments": payments}})
    assert printed_values(package, compiled) == [
        PrintedValue("contract.payments[0].name", "甲\n乙"),
        PrintedValue("contract.payments[1].name", "丙\t丁"),
    ]


def test_a_row_named_by_its_number_is_read_back_as_that_row() -> None:
    tag = "{{ contract.payments[1].name }}"
    compiled = compile_template(
        template(tag, "{%p for p in contract.payments %}", tag, "{%p endfor %}"), "t.docx"
    )
    package = render(compiled, {"contract": {"payments": [{"name": "甲"}, {"name": "乙"}]}})
    assert (
        printed_values(package, compiled) == [PrintedValue("contract.payments[1].name", "乙")] * 3
    )


def test_no_two_paths_share_a_code() -> None:
    paths = {use.path for p in world.papers() for use in world.template(p.document.id).uses}
    paths |= set(world.library().catalogue)
    assert len({anchor_code(path) for path in paths}) == len(paths)
