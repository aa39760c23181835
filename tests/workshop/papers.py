"""What tests of papers share: a finished paper of a changed case, and its table rows as texts."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import docx
from docx.table import _Cell

from salesdocs.produce import produce
from tests import world


def made(name: str, changes: Mapping[str, Any], *, draft: bool = False) -> bytes:
    """The finished paper `name` (`survey_report/S-2026H1`) of the sample case with other values."""
    dossier = world.changed(changes, ruled=False)
    document_id = name.partition("/")[0]
    (paper,) = (each for each in dossier.papers(ids=[document_id]) if each.name == name)
    return produce(dossier, paper, world.template(document_id), draft=draft).data


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
