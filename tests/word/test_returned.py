"""Papers that came back from a word processor: what LibreOffice keeps, what people do to cells."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from salesdocs.word.extract import anchored
from salesdocs.word.ooxml import DOCUMENT_PART, w
from salesdocs.word.package import assemble, deflated, frame, read_members
from salesdocs.word.returned import ReturnedValue, read_returned
from tests.forms import filled_in
from tests.produce.test_returned import FORMS, blank, example, reader, said, taken
from tests.world import product, template

SOFFICE = shutil.which("soffice")


def body(package: bytes) -> etree._Element:
    content = next(m.content for m in read_members(package, "") if m.name == DOCUMENT_PART)
    return etree.fromstring(content)


def with_body(package: bytes, root: etree._Element) -> bytes:
    members = [
        deflated(m.name, etree.tostring(root)) if m.name == DOCUMENT_PART else m
        for m in read_members(package, "")
    ]
    return assemble(frame(members), [])


def cell_after(root: etree._Element, label: str) -> etree._Element:
    """The cell behind the one that says `label`."""
    for cell in root.iter(w("tc")):
        if "".join(cell.itertext()) == label:
            return next(cell.itersiblings(w("tc")))
    raise AssertionError(label)


def write_over(cell: etree._Element, text: str) -> None:
    """Select all in a cell and type: the bookmarks are gone."""
    paragraph = next(cell.iter(w("p")))
    for child in list(paragraph):
        if child.tag != w("pPr"):
            paragraph.remove(child)
    run = etree.SubElement(paragraph, w("r"))
    etree.SubElement(run, w("t")).text = text


def changed(today: bytes, returned: bytes, document_id: str) -> list[ReturnedValue]:
    read = read_returned(returned, today, anchored(template(document_id)))
    assert read.strays == ()
    return [value for value in read.values if value.text != value.was]


def test_a_cell_written_over_is_read_without_its_bookmark() -> None:
    today = product("customer_info").data
    root = body(today)
    write_over(cell_after(root, "公司电话"), "0574-1")
    assert [(v.path, v.text) for v in changed(today, with_body(today, root), "customer_info")] == [
        ("customer.phone", "0574-1")
    ]


def test_two_values_of_a_cell_are_told_apart_by_the_words_between_them() -> None:
    today = product("contract_approval").data
    root = body(today)
    write_over(cell_after(root, "合同对方"), "乙方公司\n统一社会信用代码：91X")
    found = {v.path: v.text for v in changed(today, with_body(today, root), "contract_approval")}
    assert found == {"customer.name": "乙方公司", "customer.uscc": "91X"}


def test_what_is_typed_behind_a_bookmark_belongs_to_it() -> None:
    today = product("customer_info").data
    root = body(today)
    paragraph = next(cell_after(root, "公司电话").iter(w("p")))
    run = etree.SubElement(paragraph, w("r"))
    etree.SubElement(run, w("t")).text = "-8001"
    (value,) = changed(today, with_body(today, root), "customer_info")
    assert value.path == "customer.phone"
    assert value.text.endswith("-8001")


def test_a_row_that_somebody_added_to_a_table_is_a_row_of_its_list() -> None:
    today = product("review_minutes").data
    root = body(today)
    rows = [
        row
        for row in root.iter(w("tr"))
        if any("needs.review.actions" in v for v in _paths(row, "review_minutes"))
    ]
    row = etree.fromstring(etree.tostring(rows[-1]))
    for mark in [*row.iter(w("bookmarkStart")), *row.iter(w("bookmarkEnd"))]:
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    texts = iter(["9", "补充一项行动", "陈立", "2025-04-30"])
    for cell in row.iter(w("tc")):
        write_over(cell, next(texts))
    rows[-1].addnext(row)
    found = {v.path: v.text for v in changed(today, with_body(today, root), "review_minutes")}
    number = len(example("mes")[0].case.needs.review.actions)
    assert found[f"needs.review.actions[{number}].what"] == "补充一项行动"
    assert found[f"needs.review.actions[{number}].due"] == "2025-04-30"


def _paths(row: etree._Element, document_id: str) -> list[str]:
    from salesdocs.word.extract import anchor_of

    anchors = anchored(template(document_id))
    found = [anchor_of(mark.get(w("name"), ""), anchors) for mark in row.iter(w("bookmarkStart"))]
    return [each[0] for each in found if each]


def test_words_in_the_wrong_place_are_told() -> None:
    today = product("customer_info").data
    root = body(today)
    write_over(cell_after(root, "最近联系日期"), "见附件")
    returned = with_body(today, root)
    read = read_returned(returned, today, anchored(template("customer_info")))
    assert [value.path for value in read.values if value.text != value.was] == ["last_contact"]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The forms as LibreOffice saves them after it opened them, filled in and blank."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("word")
    written = {("customer.phone", ""): "0574-86860001", ("lead.initial_need", ""): "一行\n又一行"}
    data = filled_in(product("customer_info").data, template("customer_info"), written, beside=True)
    (folder / "changed.docx").write_bytes(data)
    for name in FORMS:
        (folder / f"{name}.docx").write_bytes(blank(name).data)
    for name in ("customer_info", "lead_screening", "review_minutes", "contract_approval"):
        (folder / f"own_{name}.docx").write_bytes(product(name).data)
    profile = tmp_path_factory.mktemp("profile")
    files = sorted(map(str, folder.glob("*.docx")))
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", str(folder / "saved"), *files],
        check=True, capture_output=True, timeout=600, env={**os.environ, "HOME": str(profile)},
    )  # fmt: skip
    return folder / "saved"


def test_a_form_saved_by_libreoffice_gives_what_was_written(saved: Path) -> None:
    _, dossier, case = example("mes")
    proposal = taken((saved / "changed.docx").read_bytes(), dossier, case)
    assert {path: new for path, _, new in said(proposal)} == {
        "customer.phone": "0574-86860001",
        "lead.initial_need": "一行\n又一行",
    }


@pytest.mark.parametrize(
    "name", ["customer_info", "lead_screening", "review_minutes", "contract_approval"]
)
def test_a_paper_only_opened_and_saved_by_libreoffice_changes_nothing(
    saved: Path, name: str
) -> None:
    _, dossier, case = example("mes")
    proposal = taken((saved / f"own_{name}.docx").read_bytes(), dossier, case)
    assert said(proposal) == []
    assert [each.text() for each in proposal.findings] == []


@pytest.mark.parametrize("name", FORMS)
def test_a_blank_form_saved_by_libreoffice_says_nothing(saved: Path, name: str) -> None:
    _, dossier, case = example("mes")
    form = reader(dossier).word((saved / f"{name}.docx").read_bytes(), f"{name}.docx")
    assert form.blank
    assert form.findings == ()
    if name != "survey_form":
        proposal = taken((saved / f"{name}.docx").read_bytes(), dossier, case)
        assert said(proposal) == []
        assert proposal.data == case
