"""What tests of papers share: a finished paper of a changed case, and its table rows as texts."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.table import _Cell
from openxml_audit import OpenXmlValidator

from salesdocs.produce import Dossier, Paper, Product, produce
from salesdocs.word.render import render
from tests import reference, world


def made(name: str, changes: Mapping[str, Any], *, draft: bool = False) -> bytes:
    """The finished paper `name` (`survey_report/S-2026H1`) of the sample case with other values."""
    return product(name, changes, draft=draft).data


def product(name: str, changes: Mapping[str, Any], *, draft: bool = False) -> Product:
    """The same with its file name and facts."""
    dossier = world.changed(changes, ruled=False)
    paper = _paper(name, dossier)
    return produce(dossier, paper, world.template(paper.document.id), draft=draft)


def _paper(name: str, dossier: Dossier) -> Paper:
    found = dossier.papers(ids=[name.partition("/")[0]])
    (paper,) = (each for each in found if each.name == name)
    return paper


def bodies(name: str, changes: Mapping[str, Any]) -> tuple[str, str]:
    """The body as our engine and as docxtpl makes it, for papers that the sample has none of."""
    dossier = world.changed(changes, ruled=False)
    paper = _paper(name, dossier)
    context, _ = dossier.context(paper)
    names = context.spelled_out()
    ours = render(world.template(paper.document.id), names)
    file = world.template_file(paper.document.id).read_bytes()
    return reference.body(ours), reference.body(reference.render_with_docxtpl(file, names))


def errors(package: bytes, folder: Path) -> list[str]:
    """What Word would object to in the file."""
    path = folder / "document.docx"
    path.write_bytes(package)
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


def paragraphs(package: bytes, style: str = "") -> list[str]:
    """The texts of the paragraphs outside tables, those of one style if it is named."""
    found = docx.Document(BytesIO(package)).paragraphs
    return [p.text for p in found if not style or (p.style and p.style.name == style)]


def rows(package: bytes) -> list[list[str]]:
    """The texts of all table rows in order, spanned cells once, hard spaces as spaces."""
    return [
        [_Cell(cell, table).text.replace("\u00a0", " ") for cell in row._tr.tc_lst]
        for table in docx.Document(BytesIO(package)).tables
        for row in table.rows
    ]


def headings(package: bytes) -> list[str]:
    """The headings of the first level in order."""
    paragraphs = docx.Document(BytesIO(package)).paragraphs
    return [each.text for each in paragraphs if each.style.style_id == "Heading1"]
