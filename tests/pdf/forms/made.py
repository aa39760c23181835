"""The forms of the library, made once, and what other programs make of them."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
from PIL import Image
from pypdf.generic import NameObject

from salesdocs.pdf.forms.make import Made, empty_form
from tests import world

FORMS = tuple(document.id for document in world.library().documents if document.form)
COMPANY = "苏州澜砚智造软件有限公司"
WORDS = "宁波铄恒〇12"
LINES = "报工滞后，质量追溯困难，需要𬭎合金与ABC 123"
DPI = 144


@cache
def form(document_id: str) -> Made:
    """The form of a document for anybody to fill in."""
    template = world.template_file(document_id).read_bytes()
    document = world.library().document(document_id)
    return empty_form(document, template, world.library(), company=COMPANY)


def fields_of(pdf: bytes) -> dict[str, Any]:
    """Each field as pypdf sees it, by its whole name."""
    return {
        str(name): field
        for name, field in (pypdf.PdfReader(BytesIO(pdf)).get_fields() or {}).items()
    }


@cache
def values(document_id: str) -> Mapping[str, str]:
    """Something to write into some fields of each kind: words, lines, a code, a tick.

    A few on the first page, because pypdf reads the whole font for each.
    """
    found = fields_of(form(document_id).pdf)
    waiting = {"lines": 2, "/Tx": 3, "/Ch": 2, "/Btn": 4}
    said = {}
    for spot in form(document_id).spots:
        field = found[spot.name]
        kind = "lines" if spot.multiline else str(field["/FT"])
        if waiting[kind] and spot.name not in said and _is_path(spot.name):
            said[spot.name] = _value(field)
            waiting[kind] -= 1
    return said


def _is_path(name: str) -> bool:
    return "=" not in name and not name.startswith("_box")


def _value(field: Any) -> str:
    if field["/FT"] == "/Tx":
        return LINES if int(field.get("/Ff", 0)) & 1 << 12 else WORDS
    if field["/FT"] == "/Ch":
        return str(field["/Opt"][-1][0])
    return next(str(state) for state in field["/_States_"] if state != "/Off")


@cache
def filled_form(document_id: str) -> bytes:
    """The form with some fields of each kind filled in, as pypdf does it."""
    return fill(form(document_id).pdf, values(document_id))


def fill(pdf: bytes, said: Mapping[str, str]) -> bytes:
    """A form filled in by pypdf."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(BytesIO(pdf)))
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, dict(said), auto_regenerate=False)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def by_pdfium(pdf: bytes) -> list[Image.Image]:
    """The pages with their fields as Chrome and Edge show them, whose PDF viewer is PDFium."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    pages = [page.render(scale=DPI / 72, may_draw_forms=True).to_pil() for page in document]
    document.close()
    return [page.convert("L") for page in pages]


def by_poppler(pdf: bytes, folder: Path, pages: int = 1) -> list[Image.Image]:
    """The first pages with their fields as Poppler shows them: Evince, Okular, GNOME, KDE."""
    source = folder / "form.pdf"
    source.write_bytes(pdf)
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-png", "-l", str(pages), source.name, "page"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True)
    assert done.stderr == b""
    return [Image.open(each).convert("L") for each in sorted(folder.glob("page-*.png"))]


def widgets(pdf: bytes) -> list[list[Any]]:
    """The fields' places by page, as pypdf reads them."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    return [
        [
            each.get_object()
            for each in page.get("/Annots", ())
            if each.get_object().get("/Subtype") == NameObject("/Widget")
        ]
        for page in reader.pages
    ]


def inherited(widget: Any, key: str) -> Any:
    """An entry of a widget or of the fields around it."""
    while widget is not None and key not in widget:
        widget = widget["/Parent"].get_object() if "/Parent" in widget else None
    return None if widget is None else widget[key]


def ink(page: Image.Image, rectangle: Any) -> int:
    """How many dark points stand well inside of a rectangle of the page."""
    left, bottom, right, top = (float(each) * DPI / 72 for each in rectangle)
    inside = page.crop(
        (int(left) + 2, int(page.height - top) + 2, int(right) - 2, int(page.height - bottom) - 2)
    )
    return sum(inside.histogram()[:128])
