"""Every paper of the examples is read whole: its words in order, its values between marks."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from salesdocs.case.load import load_case
from salesdocs.produce import Dossier, produce
from salesdocs.word.shown import read
from salesdocs.word.shown.model import Mark, Shown, Table
from tests import world
from tests.word.shown.words import counters, paragraphs, shown_words, written_words

CASES = ("mes", "his", "saas")


@cache
def dossier(case: str) -> Dossier:
    return Dossier(
        load_case(world.ROOT / "examples" / case / "case.yaml"), world.library(), world.template
    )


NAMES = [(case, paper.name) for case in CASES for paper in dossier(case).papers()]


@cache
def package(case: str, name: str) -> bytes:
    paper = next(paper for paper in dossier(case).papers() if paper.name == name)
    return produce(dossier(case), paper, world.template(paper.document.id)).data


@cache
def shown(case: str, name: str) -> Shown:
    return read(package(case, name), name)


@pytest.mark.parametrize(("case", "name"), NAMES)
def test_it_shows_the_words_of_the_file_in_order_and_nothing_is_unknown(
    case: str, name: str
) -> None:
    found = shown(case, name)
    assert shown_words(found) == written_words(package(case, name))
    assert found.unknown == ()


@pytest.mark.parametrize(("case", "name"), NAMES)
def test_every_bookmark_has_a_start_and_an_end(case: str, name: str) -> None:
    found = [
        item
        for section in shown(case, name).sections
        for each in paragraphs(section.blocks)
        for item in each.inlines
        if isinstance(item, Mark)
    ]
    body = docx.Document(BytesIO(package(case, name))).element.body
    written = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    assert [each.name for each in found if not each.end] == written
    assert sorted(each.name for each in found if each.end) == sorted(written)


@pytest.mark.parametrize(("case", "name"), NAMES)
def test_every_entry_of_its_contents_leads_to_a_mark(case: str, name: str) -> None:
    found = shown(case, name)
    marks = {
        item.name
        for section in found.sections
        for each in paragraphs(section.blocks)
        for item in each.inlines
        if isinstance(item, Mark)
    }
    assert {each.target for each in counters(found) if each.kind == "PAGEREF"} <= marks
    entries = [
        each
        for section in found.sections
        for each in paragraphs(section.blocks)
        if each.shape.style.startswith("TOC")
    ]
    for entry in entries:
        assert any(item in counters(found) for item in entry.inlines), entry


@pytest.mark.parametrize(("case", "name"), NAMES)
def test_cells_fill_their_grid_and_no_two_stand_in_one_place(case: str, name: str) -> None:
    for section in shown(case, name).sections:
        for table in section.blocks:
            if isinstance(table, Table):
                taken: set[tuple[int, int]] = set()
                for place, row in enumerate(table.rows):
                    for cell in row.cells:
                        own = {
                            (place + down, cell.start + across)
                            for down in range(cell.rows)
                            for across in range(cell.span)
                        }
                        assert not own & taken
                        taken |= own
                assert taken == {
                    (row, column)
                    for row in range(len(table.rows))
                    for column in range(len(table.grid))
                }
                assert sum(table.grid) <= section.width - section.left - section.right + 0.5


def test_reading_twice_gives_the_same() -> None:
    case, name = NAMES[0]
    assert read(package(case, name)) == read(package(case, name))
