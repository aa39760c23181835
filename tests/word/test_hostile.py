"""A template can neither run code nor read what it should not, and its mistakes have their place."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import docx
import pytest

from salesdocs.errors import TemplateError
from salesdocs.rules.secrets import leaks
from salesdocs.word.check import texts_of
from salesdocs.word.compile import compile_template
from salesdocs.word.lint import template_findings
from salesdocs.word.render import evaluate, render
from tests import reference, world
from tests.word.build import saved, template

CONTEXT = {
    "name": "宁波 & 台州", "none": None, "amount": Decimal("1E+6"), "lines": "一\n二",
    "person": SimpleNamespace(name="张三", deal=SimpleNamespace(net=Decimal(5))),
    "rows": [{"n": "一", "price": Decimal(2)}, {"n": "二", "price": Decimal(3)}],
}  # fmt: skip


def printed(content: str) -> str:
    return reference.text(render(compile_template(template(content), "t.docx"), CONTEXT))


PRINTS = {
    "an attribute of rows that are mappings": ("{{ rows | join('、', 'n') }}", "一、二"),
    "a path of attributes": ("{{ [person, person] | sum('deal.net') }}", "10"),
    "a blank among joined values": ("{{ [name, none] | join('/') }}", "宁波 & 台州"),
    "large sums without an exponent": ("{{ [amount] | join }}", "1000000"),
    "our filter inside map": ("{{ rows | map(attribute='price') | map('money') | join(' ') }}", "2.00 3.00"),
    "the length of a selection": ("{{ rows | selectattr('n', 'eq', '一') | length }}", "1"),
    "a blank through a builtin": ("{{ none | upper }}", "/"),
    "an escape that is none of our business": ("{{ name | e }}", "宁波 & 台州"),
    "line breaks after an escape": ("{{ lines | escape }}", "一\n二"),
    "an ampersand in a tag": ("{% if name == '宁波 & 台州' %}是{% endif %}{{ 'A&B' }}", "是A&B"),
    "a named argument": ("{{ nobody | default(default_value='无') }}", "无"),
    "a comparison with a quote": ("{{ \"a\" if name else '' }}", "a"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), PRINTS.values(), ids=PRINTS.keys())
def test_filters_do_what_their_authors_expect(content: str, expected: str) -> None:
    assert printed(content) == expected


REFUSED = {
    "a private attribute by join": "{{ [person] | join('', '__dict__') }}",
    "a private attribute by sum": "{{ [person] | sum('__dict__') }}",
    "a private attribute by map": "{{ [name] | map(attribute='__class__') | join }}",
    "a private attribute by attr": "{{ name | attr('__class__') }}",
    "a private attribute by groupby": "{% for g in [person] | groupby('__class__') %}{{ g.grouper }}{% endfor %}",
    "a private item of a computed name": "{{ person['_' ~ '_class__'] }}",
    "the frame of a generator": "{{ (rows | map('upper')).gi_frame.f_builtins }}",
    "text that is not escaped": "{{ name | safe }}",
    "markup": "{{ name | urlize }}",
    "chance": "{{ rows | random }}",
    "a width that fills the memory": "{{ name | center(10000000000) }}",
    "a format that fills the memory": "{{ '%10000000000d' | format(1) }}",
    "a filter that does not exist": "{{ name | mony }}",
    "a filter of two names": "{{ name | a.b }}",
    "a test that does not exist": "{{ name is mony }}",
    "an argument named by a word of Python": "{{ name | default(class=1) }}",
    "an attribute that rows lack": "{{ rows | join('、', 'nam') }}",
    "an attribute that mapped rows lack": "{{ rows | map(attribute='nam') | join }}",
    "an attribute that selected rows lack": "{{ rows | map(attribute='nam') | map('upper') | join }}",
    "choices that do not exist": "{{ name | boxes('Nope') }}",
    "choices of the module itself": "{{ name | boxes('__builtins__') }}",
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_with_its_place(content: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render(compile_template(template("前", content), "t.docx"), CONTEXT)
    assert all(finding.message.zh.startswith("第2段") for finding in caught.value.findings)
    assert "object at 0x" not in str(caught.value)


def test_the_linter_knows_the_names_of_unpacked_rows_and_forgets_them() -> None:
    package = template(
        "{% for key, value in [(1, 2)] %}{{ key }}{{ value }}{% set own = 1 %}{{ own }}{% endfor %}",
        "{% for line in proposal.quote.lines %}{{ line.name }}{% endfor %}",
        "{{ line.name }}",
    )
    found = template_findings(package, "acceptance_report.zh.docx", world.library())
    assert {finding.message.zh[:3] for finding in found} == {"第3段"}
    assert "TPL-30" in {finding.rule for finding in found}


def test_the_linter_refuses_tags_for_laid_out_content() -> None:
    package = template("{{r contract.title }}")
    found = template_findings(package, "acceptance_report.zh.docx", world.library())
    assert "TPL-34" in {finding.rule for finding in found}


def test_the_linter_tells_what_an_author_leaves_behind() -> None:
    document = docx.Document()
    marked = document.add_paragraph("x")
    document.add_comment(marked.runs, "内部意见 {{ contract.title }}", author="李四")
    found = template_findings(saved(document), "acceptance_report.zh.docx", world.library())
    assert {"TPL-35", "TPL-36"} <= {finding.rule for finding in found}


def test_a_mistake_in_a_loop_is_told_once() -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(template("{% for r in rows %}{{ r.n.upper() }}{% endfor %}"), "t.docx")
    assert len(caught.value.findings) == 1


FOUND = {
    "a tab": ("底价\t壹佰万", "底价\t壹佰万", True),
    "a line break": ("甲\n底价壹佰万\n乙", "底价壹佰万\n乙", True),
    "a number": ("共12500元", "12500", True),
    "a number at the end": ("共12500", "12500", True),
    "digits of a telephone number": ("13812500888", "12500", False),
    "a number in a longer one and alone": ("125001、12500", "12500", True),
}


@pytest.mark.parametrize(("value", "secret", "is_found"), FOUND.values(), ids=FOUND.keys())
def test_a_secret_is_found_as_it_was_printed(value: str, secret: str, is_found: bool) -> None:
    parts = evaluate(compile_template(template("{{ v }}"), "t.docx"), {"v": value})
    assert bool(leaks(texts_of(parts), [("x", secret)])) == is_found


def test_texts_of_neighbouring_cells_are_no_secret_together() -> None:
    compiled = compile_template(template([["{{ a }}", "{{ b }}"]]), "t.docx")
    texts = texts_of(evaluate(compiled, {"a": "12", "b": "500"}))
    assert leaks(texts, [("x", "12500")]) == []
