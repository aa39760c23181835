"""Clauses of a company's contract template say which clause of the library they are."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document as DocxDocument

from salesdocs.findings import Finding
from salesdocs.word.lint import template_findings
from tests import world

HOUSE = world.template_file("contract")


def findings(document: DocxDocument, name: str = "contract.zh.docx") -> list[Finding]:
    """What the check says about clauses of this template."""
    target = BytesIO()
    document.save(target)
    found = template_findings(target.getvalue(), name, world.library())
    return [finding for finding in found if finding.rule in {"TPL-37", "TPL-38"}]


def house() -> DocxDocument:
    return docx.Document(str(HOUSE))


def test_every_clause_of_the_house_is_one_of_its_library() -> None:
    assert findings(house()) == []


def test_a_clause_added_in_word_without_a_bookmark_is_reported_with_its_text() -> None:
    document = house()
    document.add_paragraph("甲方应当另行支付差旅费。", style="条款2")
    (found,) = findings(document)
    assert (found.rule, found.severity) == ("TPL-37", "warning")
    assert "甲方应当另行支付差旅费。" in found.message.zh
    assert "cl_" in found.hint.zh


def test_a_clause_numbered_by_hand_is_a_clause_too() -> None:
    document = house()
    document.add_paragraph("3.2 甲方应当另行支付差旅费。")
    document.add_paragraph("3.2% 的利率和 1.5 倍均为数字，不是条款。")
    (found,) = findings(document)
    assert "3.2 甲方" in found.message.zh


def test_items_plain_text_and_other_documents_are_none() -> None:
    document = house()
    document.add_paragraph("第一项", style="条款3")
    document.add_paragraph("说明文字")
    assert findings(document) == []
    document.add_paragraph("另一款", style="条款2")
    assert findings(document, "supplement.zh.docx") == []


def test_a_bookmark_that_is_no_clause_of_the_library_is_reported() -> None:
    document = house()
    for mark in document.element.iter("{*}bookmarkStart"):
        key = next(key for key in mark.attrib if key.endswith("}name"))
        if mark.get(key) == "cl_late_payment":
            mark.set(key, "cl_late_paiment")
    (found,) = findings(document)
    assert found.rule == "TPL-38"
    assert "cl_late_payment" in found.hint.zh
