"""Finished papers of the sample case with other values, and what stands in their tables."""

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


def made(
    name: str,
    changes: Mapping[str, Any] | None = None,
    position: int = 0,
    draft: bool = False,
) -> bytes:
    """The finished paper by its id, that of the row at `position`, or by name: `visit_record/V-03`.

    No rule stops it: these tests ask how papers print what they get.
    """
    dossier = world.changed(changes or {}, ruled=False)
    document_id = name.partition("/")[0]
    names = [paper.name for paper in dossier.papers(ids=[document_id])]
    place = names.index(name) if name in names else position
    return printed(dossier, document_id, place, draft)


def printed(dossier: Dossier, document_id: str, position: int = 0, draft: bool = False) -> bytes:
    """The finished paper of a case."""
    paper = dossier.papers(ids=[document_id])[position]
    return produce(dossier, paper, world.template(document_id), draft=draft).data


def product(name: str, changes: Mapping[str, Any]) -> Product:
    """The finished paper `name` with its file name and facts."""
    dossier = world.changed(changes, ruled=False)
    paper = _paper(name, dossier)
    return produce(dossier, paper, world.template(paper.document.id))


def bodies(name: str, changes: Mapping[str, Any]) -> tuple[str, str]:
    """The body as our engine and as docxtpl makes it, for papers that the sample has none of."""
    dossier = world.changed(changes, ruled=False)
    paper = _paper(name, dossier)
    context, _ = dossier.context(paper)
    names = context.spelled_out()
    ours = render(world.template(paper.document.id), names)
    file = world.template_file(paper.document.id).read_bytes()
    return reference.body(ours), reference.body(reference.render_with_docxtpl(file, names))


def _paper(name: str, dossier: Dossier) -> Paper:
    found = dossier.papers(ids=[name.partition("/")[0]])
    return next(paper for paper in found if paper.name == name)


def errors(package: bytes, folder: Path) -> list[str]:
    """What Word would object to in the file."""
    path = folder / "document.docx"
    path.write_bytes(package)
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


def smallest() -> Dossier:
    """The case of twenty lines, with what the company file says."""
    company = "supplier: {name: 苏州澜砚智造软件有限公司, doc_prefix: LY}\n"
    return Dossier(world.written(world.SMALLEST + company), world.library())


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


def fields(package: bytes) -> dict[str, str]:
    """Label and value of the form rows; of two with the same label the first."""
    found: dict[str, str] = {}
    for row in rows(package):
        if len(row) in (2, 4):
            for label, value in zip(row[::2], row[1::2], strict=True):
                found.setdefault(label, value)
    return found


def bold(package: bytes) -> set[str]:
    """The texts set in bold inside tables, run by run."""
    return {
        run.text
        for table in docx.Document(BytesIO(package)).tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
        if run.style is not None and run.style.name == "Strong" and run.text
    }


def empty_cells(package: bytes) -> int:
    """How many cells hold nothing: only those in which people sign may."""
    return sum(not cell.strip() for row in rows(package) for cell in row)


def flaws(package: bytes, folder: Path) -> list[str]:
    """What the validator of Office files objects to."""
    path = folder / "paper.docx"
    path.write_bytes(package)
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


def headings(package: bytes) -> list[str]:
    """The headings of the first level in order."""
    paragraphs = docx.Document(BytesIO(package)).paragraphs
    return [each.text for each in paragraphs if each.style.style_id == "Heading1"]
