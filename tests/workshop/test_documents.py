"""The templates people download: rebuilt byte for byte, every label and name known."""

import dataclasses
import re

import pytest
from openxml_audit import OpenXmlValidator

from salesdocs.process.library import Library, house_folder
from salesdocs.process.reading import read_library
from salesdocs.word.compile import compile_template
from salesdocs.workshop import build_template, document_ids, layout_of, wording_of
from salesdocs.workshop.blocks import Table
from salesdocs.workshop.markup import qualified
from tests.workshop.gallery import TAG, body, find, parts, text


@pytest.fixture(scope="module")
def wording():
    return wording_of(Library(read_library(house_folder())))


def downloaded(doc_id):
    """The file in the library; the first test says that it is what is built."""
    return (house_folder() / "docx" / f"{doc_id}.zh.docx").read_bytes()


@pytest.mark.parametrize("doc_id", document_ids())
def test_the_file_people_download_is_what_the_workshop_builds(doc_id, wording):
    assert build_template(doc_id, "zh", wording) == downloaded(doc_id), "templates build is due"


@pytest.mark.parametrize("doc_id", document_ids())
def test_the_template_itself_opens_in_word(doc_id, tmp_path):
    file = house_folder() / "docx" / f"{doc_id}.zh.docx"
    assert OpenXmlValidator().validate(file).errors == []


@pytest.mark.parametrize("doc_id", document_ids())
def test_every_tag_has_a_run_of_its_own(doc_id):
    for root in parts(downloaded(doc_id)).values():
        for run in find(root, "w:r"):
            assert not TAG.search(text(run)) or TAG.fullmatch(text(run))


@pytest.mark.parametrize("doc_id", document_ids())
def test_the_engine_understands_it_in_english_too(doc_id, wording):
    assert compile_template(build_template(doc_id, "en", wording), f"{doc_id}.en.docx").uses


@pytest.mark.parametrize("doc_id", document_ids())
def test_chinese_text_has_chinese_punctuation(doc_id):
    for root in parts(downloaded(doc_id)).values():
        for paragraph in find(root, "w:p"):
            words = TAG.sub("", text(paragraph))
            assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", words), words


def tables_in(part):
    """Every data table among blocks, however deep it stands."""
    if isinstance(part, Table):
        yield part
    elif isinstance(part, tuple):
        for inner in part:
            yield from tables_in(inner)
    elif dataclasses.is_dataclass(part):
        for field in dataclasses.fields(part):
            yield from tables_in(getattr(part, field.name))


@pytest.mark.parametrize("doc_id", document_ids())
def test_reports_number_every_table_and_forms_none(doc_id):
    layout = layout_of(doc_id)
    captions = [table.caption is not None for table in tables_in(layout.blocks)]
    assert set(captions) <= {layout.kind == "report"}


@pytest.mark.parametrize("doc_id", document_ids())
def test_dates_in_tables_are_written_in_one_way(doc_id):
    for table in find(body(downloaded(doc_id)), "w:tbl"):
        framed = find(table, "w:tblStyle")[0].get(qualified("w:val")) == "HouseTable"
        assert not framed or not re.search(r"\| day\b", text(table))


@pytest.mark.parametrize("doc_id", document_ids())
def test_boxes_have_one_face(doc_id):
    for run in find(body(downloaded(doc_id)), "w:r"):
        if re.search(r"[□☑]|\| boxes\(", text(run)):
            assert find(run, "w:rStyle")[0].get(qualified("w:val")) == "Box"
