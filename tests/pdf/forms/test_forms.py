"""Laws of fillable forms, each for every document that is registered as one."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pypdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from salesdocs.pdf.forms.field import fields_of as fields_of_groups
from salesdocs.pdf.forms.field import is_filled_in, person_pattern, written_pattern
from salesdocs.pdf.forms.font import form_font
from salesdocs.pdf.forms.make import empty_form
from salesdocs.pdf.forms.read import filled
from salesdocs.produce.blank import blank_form
from salesdocs.word.extract import printed_values
from salesdocs.word.shown import read
from salesdocs.word.shown.model import Paragraph, Table, Text
from tests import world
from tests.pdf.forms.made import (
    COMPANY,
    DPI,
    FORMS,
    WORDS,
    by_pdfium,
    by_poppler,
    fields_of,
    filled_form,
    form,
    inherited,
    ink,
    values,
    widgets,
)

every_form = pytest.mark.parametrize("document_id", FORMS)


def test_the_forms_that_people_fill_in_are_registered() -> None:
    assert set(FORMS) == {
        "customer_info", "lead_screening", "meeting_minutes", "review_minutes",
        "clarification_minutes", "contract_approval", "acceptance_report", "visit_record",
        "survey_form", "growth_leads",
    }  # fmt: skip


@every_form
def test_a_form_is_no_larger_than_two_megabytes(document_id: str) -> None:
    assert len(form(document_id).pdf) <= 2_000_000


@every_form
def test_every_place_to_write_of_the_blank_word_form_is_a_field(document_id: str) -> None:
    document, library = world.library().document(document_id), world.library()
    template = world.template_file(document_id).read_bytes()
    blank = blank_form(document, template, library.catalogue)
    paths = {value.path for value in printed_values(blank.data, blank.template)}
    asked = {
        path
        for path in paths
        if not document.answers or path.partition(".")[0] in document.answers
        if is_filled_in(written_pattern(_pattern(path), document), library.catalogue)
    }
    # Facts of a later stage that a line mentions are the program's to say.
    late = {path for path in asked if _stage(path, document_id) > document.stage}
    assert asked - late <= {spot.field.path for spot in form(document_id).spots}


def _pattern(path: str) -> str:
    return re.sub(r"\[\d+\]", "[]", path)


def _stage(path: str, document_id: str) -> int:
    document, catalogue = world.library().document(document_id), world.library().catalogue
    field = catalogue.get(person_pattern(written_pattern(_pattern(path), document)))
    return field.stage if field else 1


@every_form
def test_every_field_of_the_groups_that_the_word_form_prints_is_a_field(document_id: str) -> None:
    document, library = world.library().document(document_id), world.library()
    template = world.template_file(document_id).read_bytes()
    blank = blank_form(document, template, library.catalogue)
    printed = {
        written_pattern(_pattern(value.path), document)
        for value in printed_values(blank.data, blank.template)
    }
    printed |= {person_pattern(path) for path in printed}
    if document.answers:
        printed = {path for path in printed if path.startswith(tuple(document.answers.values()))}
    have = {_bare(spot.field.pattern) for spot in form(document_id).spots}
    have |= {_bare(person_pattern(spot.field.pattern)) for spot in form(document_id).spots}
    wanted = {field.pattern for field in fields_of_groups(document, library)} & printed
    assert len(wanted) >= 4
    assert {_bare(path) for path in wanted} <= have


def _bare(path: str) -> str:
    return path.removesuffix("[]")


@every_form
def test_what_is_filled_in_is_read_back(document_id: str) -> None:
    said = filled(filled_form(document_id), "表.pdf")
    assert said.document == f"{document_id}.zh"
    assert said.findings == ()
    wrong = {
        name: (value, said.values.get(name))
        for name, value in values(document_id).items()
        if said.values.get(name) != value.lstrip("/")
    }
    assert wrong == {}


@every_form
def test_a_form_nobody_filled_in_says_nothing(document_id: str) -> None:
    said = filled(form(document_id).pdf)
    assert said.values
    assert set(said.values.values()) == {""}
    assert len(said.template) == 64
    assert said.findings == ()


@every_form
def test_chinese_words_appear_in_pdfium(document_id: str) -> None:
    assert (
        _unseen(by_pdfium(form(document_id).pdf), by_pdfium(filled_form(document_id)), document_id)
        == []
    )


@every_form
def test_chinese_words_appear_in_poppler(document_id: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "filled").mkdir()
    empty = by_poppler(form(document_id).pdf, tmp_path / "empty")
    drawn = by_poppler(filled_form(document_id), tmp_path / "filled")
    assert _unseen(empty, drawn, document_id) == []


def _unseen(empty: list[Image.Image], drawn: list[Image.Image], document_id: str) -> list[str]:
    """The fields in which filling in left no more ink than a stroke."""
    return [
        str(inherited(widget, "/T"))
        for page, (before, after) in enumerate(zip(empty, drawn, strict=True))
        for widget in widgets(form(document_id).pdf)[page]
        if _name(widget) in values(document_id) and inherited(widget, "/FT") == "/Tx"
        if ink(after, widget["/Rect"]) < ink(before, widget["/Rect"]) + 120
    ]


def _name(widget: Any) -> str:
    """The whole name of the field a widget belongs to."""
    parts: list[str] = []
    while widget is not None:
        parts += [str(widget["/T"])] if "/T" in widget else []
        widget = widget["/Parent"].get_object() if "/Parent" in widget else None
    return ".".join(reversed(parts))


@pytest.mark.parametrize("viewer", ["pdfium", "poppler"])
def test_the_letters_drawn_are_those_of_the_font(viewer: str, tmp_path: Path) -> None:
    pdf = filled_form("customer_info")
    page = (by_pdfium(pdf) if viewer == "pdfium" else by_poppler(pdf, tmp_path))[0]
    widget = next(each for each in widgets(pdf)[0] if each.get("/T") == "name")
    drawn = ink(page, widget["/Rect"])
    size = float(str(widget["/DA"]).split()[1]) * DPI / 72
    sheet = Image.new("L", (600, 60), 255)
    ImageDraw.Draw(sheet).text(
        (5, 5), WORDS, fill=0, font=ImageFont.truetype(BytesIO(form_font()), round(size))
    )
    expected = sum(sheet.histogram()[:128])
    assert 0.7 * expected < drawn < 1.4 * expected


@every_form
def test_the_order_of_tabs_is_the_order_of_reading(document_id: str) -> None:
    with pikepdf.open(BytesIO(form(document_id).pdf)) as document:
        tagged = _tagged_widgets(document)
        for page in document.pages:
            assert page.get("/Tabs") == "/S"
            there = [each.objgen for each in page.get("/Annots", [])]
            assert [each for each in tagged if each in set(there)] == there
            tops = [float(each.Rect[3]) for each in page.get("/Annots", [])]
            # Down the page, but for cells beside each other whose fields differ in height.
            assert all(later < earlier + 75 for earlier, later in pairwise(tops))


def _tagged_widgets(document: pikepdf.Pdf) -> list[tuple[int, int]]:
    """The widgets in the order of the structure, which is that of reading."""
    found: list[tuple[int, int]] = []
    waiting = [document.Root.StructTreeRoot.K]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting += reversed(list(item))
        elif isinstance(item, pikepdf.Dictionary):
            if item.get("/Type") == "/OBJR":
                if item.Obj.get("/Subtype") == "/Widget":
                    found.append(item.Obj.objgen)
            elif "/K" in item:
                waiting.append(item.K)
    return found


@every_form
def test_each_field_says_what_it_is_and_how_to_fill_it_in(document_id: str) -> None:
    for name, field in fields_of(form(document_id).pdf).items():
        if field.get("/FT") is not None:
            assert re.search(r"[\u4e00-\u9fff]", str(field["/TU"])), name


@every_form
def test_what_is_due_is_marked_for_viewer_and_reader(document_id: str) -> None:
    due = [spot for spot in form(document_id).spots if spot.field.required]
    assert due
    found = fields_of(form(document_id).pdf)
    for spot in due:
        if spot.kind != "box":
            assert int(found[spot.name]["/Ff"]) & 1 << 1, spot.name
            assert "（必填）" in spot.field.tooltip


@every_form
def test_a_name_is_one_field_of_one_kind(document_id: str) -> None:
    kinds: dict[str, str] = {}
    for spot in form(document_id).spots:
        assert kinds.setdefault(spot.name, spot.kind) == spot.kind
    assert set(kinds) == {
        name for name, field in fields_of(form(document_id).pdf).items() if field.get("/FT")
    }


@every_form
def test_signatures_stay_paper(document_id: str) -> None:
    names = {str(field.get("/FT")) for field in fields_of(form(document_id).pdf).values()}
    assert "/Sig" not in names


@every_form
def test_it_can_be_read_aloud(document_id: str) -> None:
    with pikepdf.open(BytesIO(form(document_id).pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "zh-CN"
    report = pdfua.validate(BytesIO(form(document_id).pdf))
    errors = [each for each in report.findings if each.severity == pdfua.Severity.ERROR]
    # A form table names its cells by labels beside them, not by a heading row: so does Word's.
    assert {each.rule_id for each in errors} <= {"UA-15-003"}


def test_the_same_form_has_the_same_bytes() -> None:
    template = world.template_file("meeting_minutes").read_bytes()
    document = world.library().document("meeting_minutes")
    again = empty_form(document, template, world.library(), company=COMPANY)
    assert again.pdf == form("meeting_minutes").pdf


def test_the_form_looks_like_the_word_form() -> None:
    document = world.library().document("visit_record")
    template = world.template_file("visit_record").read_bytes()
    blank = blank_form(document, template, world.library().catalogue, company=COMPANY)
    shown = read(blank.data)
    blocks = [block for section in shown.sections for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    words = [
        inline.text
        for table in tables
        for row in table.rows
        for cell in row.cells
        for block in cell.blocks
        if isinstance(block, Paragraph)
        for inline in block.inlines
        if isinstance(inline, Text) and re.search(r"[\u4e00-\u9fff]", inline.text)
    ]
    pages = pypdf.PdfReader(BytesIO(form("visit_record").pdf)).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    assert len(words) > 15
    # Boxes are fields of their own: their words stand between them.
    pieces = [piece for word in words for piece in word.split("□")]
    lost = [piece for piece in pieces if "".join(piece.split()) not in text]
    assert lost == []
