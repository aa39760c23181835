"""Our papers as PDFs: what LibreOffice shows of the same file, what the Word file says, for all readers.

One paper of each kind, from the example case that has it. `python -m tests.pdf.compare FOLDER` does
the same for whole folders, and lays the pages side by side.
"""

from __future__ import annotations

import re
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any
from zipfile import ZipFile

import pdfua
import pytest
from lxml import etree

from salesdocs.case.load import load_case
from salesdocs.pdf.attachment import Attachment
from salesdocs.pdf.printing import Printed, print_document
from salesdocs.produce import Dossier, produce
from tests import world
from tests.pdf import compare, letters, structure, witness
from tests.workshop.test_supplement import FIRST

EXAMPLES = [world.ROOT / "examples" / name / "case.yaml" for name in ("mes", "his", "saas")]
KINDS = sorted(document.id for document in world.library().documents)
by_kind = pytest.mark.parametrize("kind", KINDS)

LATER: dict[str, Any] = {
    "meta.as_of": "2026-03-20",  # the final payment is late: its reminder
    "meta.stage": "6",
    "aftersales": None,
    "receivables[2]": None,
    "contract.supplements": [FIRST],
}
"""What no example comes to."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
V, T = (
    f"{{http://schemas.openxmlformats.org/drawingml/2006/{name}" for name in ("chart}v", "main}t")
)
LABEL = re.compile(r"[0-9]*(?:表|附件)?[0-9A-Za-z第条章（）()一二三四五六七八九十百.、．•]*")
"""What stands before a paragraph by itself: the page of a line of contents, its number or bullet."""


@cache
def word_files() -> dict[str, bytes]:
    """Return by kind the Word file of its first paper."""
    examples = (Dossier(load_case(path), world.library(), world.template) for path in EXAMPLES)
    found: dict[str, bytes] = {}
    for dossier in (*examples, world.changed(LATER)):
        for paper in dossier.papers():
            if paper.document.id not in found:
                template = world.template(paper.document.id)
                found[paper.document.id] = produce(dossier, paper, template).data
    return found


@cache
def printed(kind: str) -> Printed:
    return print_document(word_files()[kind], kind)


@cache
def pairs() -> dict[str, compare.Pair]:
    """Return by kind how its paper differs from LibreOffice's: it prints them in one call."""
    theirs = witness.pdfs(word_files())
    return {
        kind: compare.compare(
            kind, package, print_document(witness.common(package)).pdf, theirs[kind]
        )
        for kind, package in word_files().items()
    }


def test_every_kind_has_a_paper() -> None:
    assert sorted(word_files()) == KINDS


@by_kind
def test_pages_are_those_of_libreoffice_letter_by_letter(kind: str) -> None:
    pair = pairs()[kind]
    assert pair.ours == pair.theirs
    assert [compare.line(pair) for page in pair.pages if page.equal < 1] == []
    assert all(abs(page.dy) <= 1 for page in pair.pages), compare.line(pair)
    assert not any(page.outside for page in pair.pages), compare.line(pair)


def test_half_of_all_pages_stand_within_a_tenth_of_a_point() -> None:
    assert median(abs(page.dy) for pair in pairs().values() for page in pair.pages) <= 0.1


@by_kind
def test_nothing_of_a_paper_is_unknown(kind: str) -> None:
    assert [str(each) for each in printed(kind).findings] == []


@by_kind
def test_the_text_of_the_pdf_is_that_of_the_word_file_in_order(kind: str) -> None:
    pages = letters.pages(printed(kind).pdf)
    text = "".join(one.text for page in pages for one in page.letters if not one.artifact)
    paragraphs, elsewhere = said(word_files()[kind])
    place = 0
    for paragraph in paragraphs:
        found = text.find(paragraph, place)
        assert found >= 0, f"{paragraph} is not behind …{text[place - 40 : place]}"
        between = text[place:found]
        for words in elsewhere:
            between = between.replace(words, "")
        assert LABEL.fullmatch(between), f"{text[place:found]!r} stands before {paragraph}"
        place = found + len(paragraph)


def said(package: bytes) -> tuple[list[str], list[str]]:
    """Return each paragraph of the body, and what charts and repeated heads say; without blanks."""
    with ZipFile(BytesIO(package)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        charts = [
            etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith("word/charts/chart")
        ]
    for box in list(body.iter(f"{W}txbxContent")):
        box.clear()  # watermarks and seals stand where they stand
    rows = [row for row in body.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
    words = {"".join((each.text or "").split()) for chart in charts for each in chart.iter(V, T)}
    return [plain for paragraph in body.iter(f"{W}p") if (plain := plain_text(paragraph))], [
        *map(plain_text, rows),
        *sorted(words - {""}, key=len, reverse=True),
    ]


def plain_text(element: etree._Element) -> str:
    return "".join("".join(each.text or "" for each in element.iter(f"{W}t")).split())


@by_kind
def test_a_paper_can_be_read_aloud(kind: str) -> None:
    assert structure.universal(printed(kind).pdf) == []
    report = pdfua.validate(BytesIO(printed(kind).pdf))
    errors = [each for each in report.findings if each.severity == pdfua.Severity.ERROR]
    assert [f"{each.rule_id}: {each.message}" for each in errors] == []


@by_kind
def test_other_programs_draw_a_paper_at_once(kind: str, tmp_path: Path) -> None:
    """Poppler took minutes for a leader of dots that were circles of colour."""
    file = tmp_path / "paper.pdf"
    file.write_bytes(printed(kind).pdf)
    command = ["pdftoppm", "-r", "40", "-gray", str(file), str(tmp_path / "page")]
    subprocess.run(command, check=True, timeout=5 + 2 * printed(kind).pages)


@pytest.mark.parametrize("kind", ["contract", "proposal", "survey_report"])
def test_an_archive_copy_is_one_and_gives_its_data_back(kind: str) -> None:
    case = world.SAMPLE.read_bytes()
    attached = Attachment("case.yaml", case, "案件数据", date="2026-08-31")
    pdf = print_document(word_files()[kind], kind, archive=[attached]).pdf
    assert structure.archival(pdf, {"case.yaml": case}) == []
