"""What Word itself writes is accepted, what Word would refuse to open is not; bookmarks stay whole."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from salesdocs.errors import TemplateError
from salesdocs.word.check import fingerprint, structure_problems, text_of
from salesdocs.word.compile import compile_template
from salesdocs.word.render import evaluate, render
from tests import reference
from tests.word.build import saved, template

BODY = "word/document.xml"
CONTEXT = {
    "a": "甲", "none": None, "nothing": [], "lines": "一\n二", "tabbed": "一\t二",
    "rows": [{"n": "一", "items": ["a", "b"]}, {"n": "二", "items": ["c"]}],
}  # fmt: skip


def changed(package: bytes, name: str, old: str, new: str) -> bytes:
    """The package with one member edited; `old` is a regular expression."""
    target = BytesIO()
    with ZipFile(BytesIO(package)) as archive, ZipFile(target, "w") as result:
        for member in archive.namelist():
            content = archive.read(member)
            if member == name:
                content = re.sub(old, lambda _: new, content.decode(), flags=re.S).encode()
            result.writestr(member, content)
    return target.getvalue()


def by_hand(body: str) -> bytes:
    """A Word file whose body is written by hand."""
    return changed(template("x"), BODY, "(?<=<w:body>).*(?=<w:sectPr)", body)


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


def cell(*content: str, properties: str = '<w:tcPr><w:tcW w:w="1" w:type="dxa"/></w:tcPr>') -> str:
    return f"<w:tc>{properties}{''.join(content)}</w:tc>"


def table(*rows: str) -> str:
    grid = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1"/></w:tblGrid>'
    return f"{grid}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def filled(package: bytes) -> dict[str, bytes]:
    return evaluate(compile_template(package, "t.docx"), CONTEXT)


START, END = '<w:bookmarkStart w:id="7" w:name="own"/>', '<w:bookmarkEnd w:id="7"/>'

SOUND = {
    "an empty paragraph in a cell": table(cell("<w:p/>")),
    "an empty paragraph with attributes": table(cell('<w:p w:rsidR="00AA"/>')),
    "a cell with attributes": table("<w:tc><w:p/></w:tc>").replace("<w:tc>", '<w:tc w:id="x">'),
    "a bookmark that ends after the paragraph": table(cell(paragraph(START), END)),
    "a content control at the end of a cell": table(
        cell("<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>")
    ),
    "a table in a cell": table(cell(table(cell("<w:p/>")), "<w:p/>")),
    "a row with attributes": table(cell("<w:p/>")).replace("<w:tr>", '<w:tr w:rsidR="00AA">'),
    "blanks between elements": table(f"\n{cell('<w:p/>')}\n"),
}


@pytest.mark.parametrize("body", SOUND.values(), ids=SOUND.keys())
def test_what_word_writes_is_sound(body: str) -> None:
    assert structure_problems(filled(by_hand(body + paragraph(run("{{ a }}"))))) == []


@pytest.mark.parametrize("section", ["", "<w:sectPr/>"], ids=["no section", "an empty section"])
def test_a_body_may_end_without_page_setup(section: str) -> None:
    package = changed(by_hand(paragraph(run("{{ a }}"))), BODY, "<w:sectPr.*</w:sectPr>", section)
    assert structure_problems(filled(package)) == []


GONE = [run("{%p if none %}"), run("x"), run("{%p endif %}")]
BOX = (
    '<w:p><w:r><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>'
    f"{''.join(map(paragraph, GONE))}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
)
DAMAGED = {
    "a cell without paragraphs": (table(cell(*map(paragraph, GONE))), "单元格"),
    "a table after which a cell ends": (
        table(cell(table(cell("<w:p/>")), *map(paragraph, GONE))), "单元格",
    ),
    "a table without rows": (
        table(*(cell(paragraph(run(f"{{%tr {tag} %}}"))) for tag in ("for r in nothing", "endfor"))),
        "没有行",
    ),
    "a row without cells": (
        table("".join(cell(paragraph(run(f"{{%tc {tag} %}}"))) for tag in ("if none", "endif"))),
        "没有单元格",
    ),
    "a row without cells whose columns are counted anew": (
        table("".join(cell(paragraph(run(t))) for t in ("{%tc for r in nothing %}", "x", "{%tc endfor %}"))),
        "没有单元格",
    ),
    "an empty text box": (BOX, "文本框"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "told"), DAMAGED.values(), ids=DAMAGED.keys())
def test_what_word_would_not_open_is_named(body: str, told: str) -> None:
    problems = structure_problems(filled(by_hand(body + paragraph(run("{{ a }}")))))
    assert any(told in problem.zh for problem in problems)


def test_a_header_without_paragraphs_is_named() -> None:
    document = docx.Document()
    header = document.sections[0].header
    header.paragraphs[0].text = "{%p if none %}"
    header.add_paragraph("x")
    header.add_paragraph("{%p endif %}")
    problems = structure_problems(filled(saved(document)))
    assert ["页眉" in problem.zh for problem in problems] == [True]


# -- the author's own bookmarks --------------------------------------------------------------------

OWN = {
    "one that stays": (paragraph(START, run("x"), END), 1),
    "one in a paragraph that goes away": (
        paragraph(START, run("{%p if a %}")) + paragraph(END, run("x")) + paragraph(run("{%p endif %}")), 0,
    ),
    "one that leaves a condition": (
        paragraph(run("{%p if none %}")) + paragraph(START) + paragraph(run("{%p endif %}")) + paragraph(END), 0,
    ),
    "one inside a condition": (
        paragraph(run("{%p if a %}")) + paragraph(START, END) + paragraph(run("{%p endif %}")), 1,
    ),
    "one from a branch to the other": (
        paragraph(run("{% if a %}"), START, run("{% else %}"), END, run("{% endif %}")), 0,
    ),
    "one inside a loop": (
        paragraph(run("{%p for r in rows %}")) + paragraph(START, run("{{ r.n }}"), END) + paragraph(run("{%p endfor %}")), 1,
    ),
    "half of one": (paragraph(START), 0),
}  # fmt: skip


@pytest.mark.parametrize(("body", "count"), OWN.values(), ids=OWN.keys())
def test_a_bookmark_of_the_author_stays_whole_and_single(body: str, count: int) -> None:
    xml = filled(by_hand(body + paragraph(run("{{ a }}"))))[BODY].decode()
    names = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]*)"', xml)
    ids = re.findall(r'<w:bookmarkStart w:id="(\d+)"', xml)
    assert names.count("own") == count
    assert sorted(ids) == sorted(re.findall(r'<w:bookmarkEnd w:id="(\d+)"', xml))
    assert len(set(ids)) == len(ids)


# -- tags as Word leaves them ----------------------------------------------------------------------

SPLIT = [
    paragraph(run("{{ a"), run(" }} and")),
    paragraph(run("{"), '<w:proofErr w:type="spellStart"/>', run("{ a }"), run("} and")),
    paragraph(run("x {{ a"), run("}}"), run(" {{"), run("a }} ")),
]


@pytest.mark.parametrize("body", SPLIT)
def test_blanks_after_a_split_tag_survive(body: str) -> None:
    root = etree.fromstring(filled(by_hand(body))[BODY])
    for text in root.iter(f"{reference.W}t"):
        if text.text and text.text != text.text.strip():
            assert text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_a_paragraph_may_hold_thousands_of_split_tags() -> None:
    package = by_hand(paragraph(*[run("{{ a"), run(" }}")] * 2000))
    assert "甲" * 2000 in reference.text(render(compile_template(package, "t.docx"), CONTEXT))


def test_a_tag_split_inside_a_field_code_is_joined() -> None:
    code = "<w:r><w:instrText>%s</w:instrText></w:r>"
    package = by_hand(paragraph(code % 'HYPERLINK "{{ a', code % ' }}"'))
    assert 'HYPERLINK "甲"' in text_of(filled(package)[BODY])


MERGED = {
    "before the value": "{% vm %}{{ r.n }}",
    "after the value": "{{ r.n }}{% vm %}",
    "with text": "甲 {{ r.n }} 乙{% vm %}",
}


@pytest.mark.parametrize("content", MERGED.values(), ids=MERGED.keys())
def test_merged_cells_print_once_as_with_docxtpl(content: str) -> None:
    rows = [cell(paragraph(run("{%tr for r in rows %}"))), cell(paragraph(run(content))),
            cell(paragraph(run("{%tr endfor %}")))]  # fmt: skip
    package = by_hand(table(*rows) + "<w:p/>")
    ours = render(compile_template(package, "t.docx"), CONTEXT)
    assert "二" not in reference.text(ours)
    assert reference.merged(ours) == reference.merged(
        reference.render_with_docxtpl(package, CONTEXT)
    )


def test_trimming_tags_trim_as_with_docxtpl() -> None:
    package = template("x {{- a -}} y", "x {%- if a -%} {{ a }} {%- endif -%} y")
    ours = render(compile_template(package, "t.docx"), CONTEXT)
    assert reference.text(ours).startswith("x甲y")


# -- the package -----------------------------------------------------------------------------------


def test_a_template_without_tags_is_a_document_too() -> None:
    parts = filled(template("照录"))
    assert "照录" in text_of(parts[BODY])
    assert len(fingerprint({BODY: text_of(parts[BODY])})) == 64


def test_a_finished_document_made_a_template_again_has_one_seal() -> None:
    once = render(compile_template(template("{{ a }}"), "t.docx"), CONTEXT)
    twice = render(compile_template(once, "t.docx"), CONTEXT)
    names = re.findall(r'name="([^"]+)"', reference.part(twice, "docProps/custom.xml").decode())
    assert len(set(names)) == len(names) == 5


def _zip(**members: str) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("package", [_zip(), _zip(a="b")], ids=["nothing", "something else"])
def test_a_zip_that_is_no_word_file_is_refused(package: bytes) -> None:
    with pytest.raises(TemplateError, match="TPL-01"):
        compile_template(package, "t.docx")


def test_a_tag_in_a_custom_property_is_refused() -> None:
    once = render(compile_template(template("x"), "t.docx"), CONTEXT)
    package = changed(once, "docProps/custom.xml", "(?<=<vt:lpwstr>)", "{{ a }}")
    with pytest.raises(TemplateError, match="TPL-13"):
        compile_template(package, "t.docx")


def test_the_fingerprint_does_not_see_where_drawings_stand() -> None:
    name = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    anchor = '<wp:anchor xmlns:wp="%s"><wp:posOffset>%d</wp:posOffset></wp:anchor>'
    first, second = (text_of((anchor % (name, place)).encode()) for place in (1, 2))
    assert first == second


def test_places_outside_the_body_name_their_part() -> None:
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = "{{ nobody }}"
    with pytest.raises(TemplateError, match=r"word/footer1\.xml 第1段"):
        filled(saved(document))


def test_the_validator_has_nothing_against_filled_templates(tmp_path: Path) -> None:
    body = "".join(
        (
            table(cell(paragraph(run("{%tr for r in rows %}"))), cell(paragraph(run("{{ r.n }}"))),
                  cell(paragraph(run("{%tr endfor %}")))),
            paragraph('<w:hyperlink w:anchor="own">', run("{{ lines }}{{ tabbed }}"), "</w:hyperlink>"),
            paragraph('<w:fldSimple w:instr=" REF own ">', run("{{ lines }}"), "</w:fldSimple>"),
            paragraph('<w:ins w:id="90" w:author="x">', run("{{ tabbed }}"), "</w:ins>"),
            paragraph("<w:sdt><w:sdtContent>", run("{{ a }}"), "</w:sdtContent></w:sdt>"),
            *(
                body.replace('w:id="7"', f'w:id="{number}"').replace('"own"', f'"own{number}"')
                for number, (body, _) in enumerate(OWN.values(), 10)
            ),
        )
    )  # fmt: skip
    given, made = tmp_path / "given.docx", tmp_path / "made.docx"
    given.write_bytes(template("x"))
    made.write_bytes(render(compile_template(by_hand(body), "t.docx"), CONTEXT))
    assert _errors(made) - _errors(given) == set()


def _errors(path: Path) -> set[str]:
    return {str(error) for error in OpenXmlValidator().validate(str(path)).errors}
