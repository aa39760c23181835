"""What the tests of single documents share: papers made from a changed case, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.table import _Cell
from openxml_audit import OpenXmlValidator

from salesdocs.produce import Product, produce
from salesdocs.word.render import render
from tests import reference, world


def made(
    document: str, changes: Mapping[str, Any], row: int = 0, *, draft: bool = False
) -> Product:
    """The finished paper, the one of that row, of the sample case with other values."""
    dossier = world.changed(changes)
    papers = {paper.position: paper for paper in dossier.papers(ids=[document])}
    return produce(dossier, papers[row], world.template(document), draft=draft)


def rows(package: bytes) -> list[list[str]]:
    """The texts of all table rows in order, spanned cells once, hard spaces as spaces."""
    return [
        [_Cell(cell, table).text.replace("\u00a0", " ") for cell in row._tr.tc_lst]
        for table in docx.Document(BytesIO(package)).tables
        for row in table.rows
    ]


def errors(package: bytes, folder: Path) -> list[str]:
    """What Word would object to in the file."""
    path = folder / "document.docx"
    path.write_bytes(package)
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


def bodies(document: str, changes: Mapping[str, Any], row: int = 0) -> tuple[str, str]:
    """The body as our engine and as docxtpl makes it, for papers that the sample has none of."""
    dossier = world.changed(changes)
    papers = {paper.position: paper for paper in dossier.papers(ids=[document])}
    context, _ = dossier.context(papers[row])
    names = context.spelled_out()
    ours = render(world.template(document), names)
    file = world.template_file(document).read_bytes()
    return reference.body(ours), reference.body(reference.render_with_docxtpl(file, names))
