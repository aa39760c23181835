"""Small Word templates for tests, made with python-docx as an author would make them in Word."""

from __future__ import annotations

from io import BytesIO

import docx


def template(*paragraphs: str | list[list[str]]) -> bytes:
    """A Word file with a paragraph per text and a table per list of rows."""
    document = docx.Document()
    for content in paragraphs:
        if isinstance(content, str):
            document.add_paragraph(content)
            continue
        table = document.add_table(len(content), len(content[0]))
        for row, texts in zip(table.rows, content, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a python-docx document."""
    target = BytesIO()
    document.save(target)
    return target.getvalue()
