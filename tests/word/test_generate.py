"""What the generator must not get wrong: names of bookmarks, clause numbers, blanks, dangerous sums."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import docx
import pytest

from salesdocs.errors import TemplateError
from salesdocs.word.compile import compile_template
from salesdocs.word.render import render
from tests import reference
from tests.word.build import saved, template
from tests.word.test_structure import BODY, by_hand, paragraph, run

CONTEXT = {
    "a": "甲", "none": None, "lines": "一\n二", "tabbed": "一\t二", "nothing": [],
    "rows": [{"n": "一", "items": ["a", "b"]}, {"n": "二", "items": ["c", "d"]}],
    "person": SimpleNamespace(name="张三"), "price": Decimal(2),
}  # fmt: skip


def made(package: bytes) -> bytes:
    return render(compile_template(package, "t.docx"), CONTEXT)


NESTED = {
    "a value of the outer row in the inner loop": ["{{ r.n }}{{ i }}"],
    "a value of no row": ["{{ a }}"],
    "both, twice": ["{{ r.n }}{{ a }}", "{{ a }}{{ r.n }}{{ i }}"],
    "under conditions": ["{% if i == 'a' %}{{ r.n }}{% else %}{{ r.n }}{{ a }}{% endif %}"],
}


@pytest.mark.parametrize("content", NESTED.values(), ids=NESTED.keys())
@pytest.mark.parametrize("condition", ["", " if i != 'b'"], ids=["all", "some"])
def test_bookmarks_in_nested_loops_have_names_of_their_own(
    content: list[str], condition: str
) -> None:
    package = template(
        "{{ a }}", "{%p for r in rows %}", f"{{%p for i in r['items']{condition} %}}", *content,
        "{%p endfor %}", "{%p endfor %}",
    )  # fmt: skip
    names = [name for name, _ in reference.bookmarks(made(package))]
    assert len(set(names)) == len(names) >= 4
    assert max(map(len, names)) <= 40


def test_bookmarks_of_header_and_body_have_names_of_their_own() -> None:
    document = docx.Document()
    document.add_paragraph("{{ a }}")
    document.sections[0].header.paragraphs[0].text = "{{ a }}"
    with ZipFile(BytesIO(made(saved(document)))) as archive:
        parts = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml")]
    names = [name for part in parts for name in re.findall(r'w:name="(_\w+)"', part)]
    assert len(set(names)) == len(names) == 2


def item(text: str, level: int, number: int = 1) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def numbers(body: str) -> list[str]:
    wrapped = paragraph(run("{%p for r in rows %}")) + body + paragraph(run("{%p endfor %}"))
    return re.findall(
        r'<w:numId w:val="(\d+)"', reference.part(made(by_hand(wrapped)), BODY).decode()
    )


INNER = paragraph(run("{%p for i in r['items'] %}")), paragraph(run("{%p endfor %}"))


def test_lower_levels_of_a_clause_stay_in_the_list_of_their_clause() -> None:
    """第1条、1.1、1.2、第2条、2.1: Word counts the lower level anew by itself."""
    assert set(numbers(item("{{ r.n }}", 0) + INNER[0] + item("{{ i }}", 1) + INNER[1])) == {"1"}


def test_lower_levels_go_with_a_list_that_begins_anew() -> None:
    found = numbers(INNER[0] + item("{{ i }}", 0) + item("{{ i }}", 1) + INNER[1])
    assert found[0] == found[1] == found[2] == found[3] != found[4]


def test_a_list_that_the_template_does_not_define_does_no_harm() -> None:
    assert numbers(INNER[0] + item("{{ i }}", 0, 99) + INNER[1])


BROKEN = {
    "after a trimming tag": ["x {%- if a -%}{{ lines }}{%- endif %} y"],
    "between trimming tags": ["x {%- if a -%}", "{{ lines }}{{- lines -}}", "{%- endif -%}", "y"],
    "in a merged cell": [[["{%tr for r in rows %}", ""], ["{{ lines }}{% vm %}", "{{ r.n }}"], ["{%tr endfor %}", ""]]],
}  # fmt: skip


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_lines_break_wherever_a_value_stands_in_text(content: list[str]) -> None:
    package = template(*content)
    assert b"\n" not in re.sub(
        rb">\s+<", b"><", reference.part(made(package), BODY).split(b"?>")[1]
    )


SAME = {
    "a slice of a text": "{{ a[:1] }}{{ person.name[1:] }}",
    "set in the else of a loop": "{% for r in nothing %}{% else %}{% set x = 1 %}{{ x }}{% endfor %}",
    "a product": "{{ price * 3 % 4 }}",
}


@pytest.mark.parametrize("content", SAME.values(), ids=SAME.keys())
def test_it_prints_what_docxtpl_prints(content: str) -> None:
    package = template(content)
    theirs = reference.render_with_docxtpl(package, CONTEXT)
    assert reference.merged(made(package)) == reference.merged(theirs)


REFUSED = {
    "a power": "{{ 9 ** (9 ** 9) }}",
    "a text many times": "{{ 'a' * 10000000000 }}",
    "a list many times": "{{ [1] * 10000000000 }}",
    "a width that fills the memory": "{{ '%10000000000d' % 1 }}",
    "a number without end": "{{ 1e999 }}",
    "arguments in one": "{{ a | replace(*rows) }}",
    "the round in a loop's condition": "{% for r in rows if loop.index > 1 %}x{% endfor %}",
    "names in brackets": "{% for (x, y), z in rows %}x{% endfor %}",
    "a whole list": "{{ rows }}",
    "a whole row": "{{ rows[0] }}",
    "a list of letters": "{{ a | list }}",
    "a day of a text": "{{ a | day }}",
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_with_its_place(content: str) -> None:
    with pytest.raises(TemplateError, match="第2段"):
        made(template("前", content))
