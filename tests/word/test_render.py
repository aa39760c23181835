"""The law of the engine: what we render equals what docxtpl renders, and data is never evaluated."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.errors import TemplateError
from salesdocs.word.compile import compile_template
from salesdocs.word.render import render
from salesdocs.word.template import dump, restore
from tests import reference
from tests.word.build import saved, template

CONTEXT = {
    "customer": SimpleNamespace(name="宁波铄恒", note=None, tags=("重点", "制造")),
    "rows": [
        {"n": "一 & 二", "price": Decimal("1280.5"), "free": False},
        {"n": "三", "price": Decimal("0"), "free": True},
        {"n": "", "price": None, "free": False},
    ],
    "groups": [{"title": "甲", "items": ["a", "b"]}, {"title": "乙", "items": ["c"]}],
    "count": 3,
}

CASES = {
    "a value": ["您好 {{ customer.name }}。"],
    "two values in a run": ["{{ customer.name }}—{{ customer.name }}"],
    "a blank": ["备注：{{ customer.note }}"],
    "a filter": ["{{ rows[0].price | money }} {{ rows[0]['n'] }}"],
    "a builtin filter": ["{{ customer.name | replace('宁波', '台州') }} {{ customer.tags | join('、') }}"],
    "inline if": ["{% if count > 2 %}多{% elif count %}少{% else %}无{% endif %}。"],
    "conditional paragraph": ["{%p if count == 3 %}", "三", "{%p else %}", "非三", "{%p endif %}"],
    "paragraph loop": ["{%p for r in rows %}", "{{ loop.index }}. {{ r.n }}", "{%p endfor %}"],
    "loop helpers": [
        "{%p for r in rows %}",
        "{{ loop.index0 }} {{ loop.first }} {{ loop.last }} {{ loop.length }} {{ loop.revindex }} "
        "{{ loop.cycle('单', '双') }} {% if loop.previtem is defined %}{{ loop.previtem.n }}{% endif %}",
        "{%p endfor %}",
    ],
    "filtered loop": [
        "{%p for r in rows if not r.free %}",
        "{{ loop.index }}/{{ loop.length }} {{ r.n }}{% if loop.nextitem is defined %}{{ loop.nextitem.n }}{% endif %}",
        "{%p endfor %}",
    ],
    "table loop": [
        [["名称", "金额"], ["{%tr for r in rows %}", ""], ["{{ r.n }}", "{{ r.price | money }}"],
         ["{%tr endfor %}", ""]],
    ],
    "empty loop": ["{%p for r in customer.tags if r == '无' %}", "x", "{%p else %}", "无", "{%p endfor %}"],
    "nested loops": [
        "{%p for g in groups %}", "{{ g.title }}", "{%p for i in g['items'] %}",
        "{{ g.title }}{{ i }}{{ loop.index }}", "{%p endfor %}", "{%p endfor %}",
    ],
    "unpacked pairs": ["{%p for k, v in groups[0].items() if k == 'title' %}", "{{ k }}={{ v }}", "{%p endfor %}"],
    "set": ["{%p set x = count + 1 %}", "{{ x }} {{ x * 2 - 1 }} {{ -x }} {{ x ~ '个' }}"],
    "set in a loop does not leak": [
        "{%p set x = 'a' %}", "{%p for r in rows %}", "{%p set x = r.n %}", "{{ x }}", "{%p endfor %}", "{{ x }}",
    ],
    "tests": ["{{ count is odd }} {{ nothing is defined }} {{ customer.note is none }} {{ 'x' in customer.tags }}"],
    "conditional expression": ["{{ '是' if count and not rows[1].free or false else '否' }}"],
    "default": ["{{ nothing | default('未定') }} {{ customer.note | default('空', true) }}"],
    "escapes in the template": ["A & B < C {_{ not a tag }_}"],
    "comparison written in Word": ["{% if count < 5 and count >= 1 %}“少”{% endif %}"],
    "comment": ["前{# 不打印 #}后"],
    "range": ["{%p for i in range(3) %}", "{{ i }}", "{%p endfor %}"],
    "columns": [[["{%tc for r in rows %}", "{{ r.n }}", "{%tc endfor %}"]]],
    "slices": ["{% for r in rows[1:] %}{{ r.n }},{% endfor %}"],
}  # fmt: skip


@pytest.mark.parametrize("content", CASES.values(), ids=CASES.keys())
def test_we_render_what_docxtpl_renders(content: list[str | list[list[str]]]) -> None:
    package = template(*content)
    ours = render(compile_template(package, "t.docx"), CONTEXT)
    assert reference.merged(ours) == reference.merged(
        reference.render_with_docxtpl(package, CONTEXT)
    )


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("&<>\"'{}%\n\t#"),
    max_size=30,
)


@given(TEXTS.filter(str.strip))
def test_any_text_prints_as_docxtpl_prints_it(value: str) -> None:
    package = template("前{{ value }}后", [["{{ value }}", "x"]])
    ours = render(compile_template(package, "t.docx"), {"value": value})
    assert f"前{value}后" in reference.text(ours)
    if not any(braces in value for braces in ("{_", "_}", "%_")):
        theirs = reference.render_with_docxtpl(package, {"value": value})
        assert reference.merged(ours) == reference.merged(theirs)


@given(st.lists(st.tuples(TEXTS, st.none() | st.decimals(-(10**9), 10**9, places=2)), max_size=6))
def test_any_rows_print_as_docxtpl_prints_them(rows: list[tuple[str, Decimal | None]]) -> None:
    context = {"rows": [{"n": n.replace("_", ""), "price": price} for n, price in rows]}
    package = template(*CASES["table loop"], *CASES["paragraph loop"])
    ours = render(compile_template(package, "t.docx"), context)
    theirs = reference.render_with_docxtpl(package, context)
    assert reference.merged(ours) == reference.merged(theirs)


def test_a_template_kept_as_bytes_renders_the_same_bytes() -> None:
    compiled = compile_template(template(*CASES["nested loops"]), "t.docx")
    assert render(restore(dump(compiled)), CONTEXT) == render(compiled, CONTEXT)


def test_threads_share_one_compiled_template() -> None:
    compiled = compile_template(template("{{ name }}", *CASES["table loop"]), "t.docx")

    def one(number: int) -> bool:
        name = f"客户{number}"
        rows = [{"n": f"{name}-{row}", "price": Decimal(row)} for row in range(50)]
        text = reference.text(render(compiled, {"name": name, "rows": rows}))
        return text.count(name) == 51 and text.count("客户") == 51

    with ThreadPoolExecutor(32) as pool:
        assert all(pool.map(one, range(32 * 8)))


def test_headers_footnotes_and_properties_are_rendered_once() -> None:
    document = docx.Document()
    document.add_paragraph("{{ name }}")
    document.sections[0].header.paragraphs[0].text = "{{ name }}"
    document.add_section()
    document.sections[1].header.is_linked_to_previous = False
    document.sections[1].header.paragraphs[0].text = "二 {{ name }}"
    document.core_properties.title = "{{ name }} 的方案"
    ours = render(compile_template(saved(document), "t.docx"), {"name": "{{ 7*7 }} & <b>"})
    with ZipFile(BytesIO(ours)) as archive:
        headers = [n for n in archive.namelist() if "header" in n]
        texts = [archive.read(name).decode() for name in [*headers, "docProps/core.xml"]]
    assert len(texts) == 3
    assert all("{{ 7*7 }} &amp; &lt;b&gt;" in text for text in texts)


def test_a_list_inside_a_repeated_section_begins_at_one_again() -> None:
    document = docx.Document()
    for content, style in [
        ("{%p for g in groups %}", None), ("{{ g.title }}", None),
        ("{%p for i in g['items'] %}", None), ("{{ i }}", "List Number"), ("{%p endfor %}", None),
        ("{%p endfor %}", None),
    ]:  # fmt: skip
        paragraph = document.add_paragraph(content, style)
        if style:
            _number_directly(paragraph, document)
    ours = docx.Document(BytesIO(render(compile_template(saved(document), "t.docx"), CONTEXT)))
    numbers = [
        p._p.pPr.numPr.numId.val
        for p in ours.paragraphs
        if p._p.pPr is not None and p._p.pPr.numPr is not None
    ]
    assert [numbers.count(n) for n in dict.fromkeys(numbers)] == [2, 1]
    overrides = ours.part.numbering_part.element.xpath("//w:lvlOverride/w:startOverride/@w:val")
    assert overrides[-2:] == ["1", "1"]


def _number_directly(
    paragraph: docx.text.paragraph.Paragraph, document: docx.document.Document
) -> None:
    number = document.part.numbering_part.element.num_lst[0].numId
    paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number


def test_bookmarks_are_unique_and_hold_the_printed_value() -> None:
    found = reference.bookmarks(
        render(
            compile_template(
                template("{{ customer.name }}", "{{ customer.name }}", *CASES["table loop"]),
                "t.docx",
            ),
            CONTEXT,
        )
    )
    assert len({name for name, _ in found}) == len(found) == 2 + 6
    assert [text for _, text in found][:3] == ["宁波铄恒", "宁波铄恒", "一 &amp; 二"]


def test_long_tables_carry_bookmarks_in_their_first_row() -> None:
    rows = [{"n": str(row), "price": Decimal(row)} for row in range(201)]
    package = render(compile_template(template(*CASES["table loop"]), "t.docx"), {"rows": rows})
    assert [text for _, text in reference.bookmarks(package)] == ["0", "0.00"]
    assert reference.text(package).count(".00") == 201


REFUSED = {
    "an unknown name": ("{{ nobody.name }}", "nobody"),
    "an unknown attribute": ("{{ customer.nam }}", "nam"),
    "a filter on the wrong kind": ("{{ customer.name | money }}", "customer.name"),
    "a loop over text": ("{% for x in count %}{% endfor %}", "count"),
}


@pytest.mark.parametrize(("content", "quoted"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_printed_is_named_with_its_place(content: str, quoted: str) -> None:
    compiled = compile_template(template("第一段", [["x", f"这里 {content}"]]), "t.docx")
    with pytest.raises(TemplateError) as caught:
        render(compiled, CONTEXT)
    assert "第1个表格第1行第2格" in str(caught.value)
    assert quoted in str(caught.value)


FORBIDDEN = {
    "code through a private name": "{{ customer.__class__ }}",
    "code through an item": "{{ customer['__class__'] }}",
    "a call": "{{ customer.name.upper() }}",
    "a macro": "{% macro m() %}{% endmacro %}",
    "an include": "{% include 'x' %}",
}


@pytest.mark.parametrize("content", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_templates_cannot_run_code(content: str) -> None:
    with pytest.raises(TemplateError):
        compile_template(template(content), "t.docx")


def test_a_control_character_is_refused() -> None:
    compiled = compile_template(template("{{ value }}"), "t.docx")
    with pytest.raises(TemplateError, match="U\\+0007"):
        render(compiled, {"value": "a\x07b"})


@pytest.mark.parametrize("package", [b"", b"PK\3\4", b"\xd0\xcf\x11\xe0 old Word", b"x" * 100])
def test_what_is_no_word_file_is_refused(package: bytes) -> None:
    with pytest.raises(TemplateError, match="TPL-01"):
        compile_template(package, "t.docx")
