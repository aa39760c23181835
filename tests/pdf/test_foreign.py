"""Word files of other programs: each becomes a PDF, and what is not as in Word is named."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from salesdocs.errors import PdfError
from salesdocs.pdf.printing import Printed, print_document
from tests.pdf import letters, structure, witness

FILES = {file.stem: file for file in sorted((Path(__file__).parent / "foreign").glob("*.docx"))}
each_file = pytest.mark.parametrize("name", FILES)


@cache
def printed(name: str) -> Printed:
    return print_document(FILES[name].read_bytes(), FILES[name].name)


# What of each is named; no other file of the ten has anything we do not show.
NAMED = {
    "contract_docx_js": {"公式（m:oMath）"},
    "layout_docx_js": {"图文框的位置（w:framePr）", "分栏的分隔线（w:cols sep）"},
    "list_officegen": {"随内容变化的列宽（w:tblLayout）"},
    "manual_pandoc": {"公式（m:oMath）", "公式（m:oMathPara）"},
    "report_libreoffice": {"注释编号的起算（w:numRestart）"},
    "shapes_docxmlater": {"图形的形状（a:prstGeom rightArrow）"},
}


@each_file
def test_it_is_printed_and_what_is_not_as_in_word_is_named(name: str) -> None:
    said = [finding.message.zh for finding in printed(name).findings]
    assert len(said) == len(NAMED.get(name, ()))
    assert all(any(words in each for each in said) for words in NAMED.get(name, ()))


@each_file
def test_strictly_it_is_refused_only_for_what_is_named(name: str) -> None:
    if name not in NAMED:
        print_document(FILES[name].read_bytes(), strict=True)
        return
    with pytest.raises(PdfError) as refused:
        print_document(FILES[name].read_bytes(), strict=True)
    assert {each.severity for each in refused.value.findings} == {"error"}
    assert len(refused.value.findings) == len(NAMED[name])


@each_file
def test_nothing_is_lost_that_libreoffice_shows(name: str) -> None:
    """Leaders of dots aside. It prints tracked deletions, and headers on more pages where it needs more."""
    missing = letter_counts(theirs()[name]) - letter_counts(printed(name).pdf)
    del missing["."]
    assert missing.total() <= 10, missing


@cache
def theirs() -> dict[str, bytes]:
    return witness.pdfs({name: file.read_bytes() for name, file in FILES.items()})


def letter_counts(pdf: bytes) -> Counter[str]:
    return Counter("".join(page.text.upper() for page in letters.pages(pdf)))


@each_file
def test_it_can_be_read_aloud_but_for_headings_that_its_writer_left_out(name: str) -> None:
    wrong = structure.universal(printed(name).pdf)
    assert [each for each in wrong if not each.startswith("7.4.2")] == []
