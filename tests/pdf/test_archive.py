"""Archive copies: PDF/A-3a and PDF/UA-1 at once, with what the paper was made from inside."""

from __future__ import annotations

import re

import pikepdf
import pytest

from salesdocs.pdf.archive import archived
from salesdocs.pdf.attachment import Attachment
from salesdocs.pdf.own import is_untouched
from salesdocs.pdf.saving import saved
from tests.pdf.small import opened, paper, texts

CASE = Attachment("case.yaml", "title: 铄恒\n".encode(), "案件数据", date="2026-08-31")
WORD = Attachment("报价单.docx", b"PK\x03\x04", "Word 文件", "Alternative")


def archive() -> pikepdf.Pdf:
    return opened(archived(paper("报价单"), [WORD, CASE]))


def metadata(pdf: pikepdf.Pdf) -> str:
    return pdf.Root.Metadata.read_bytes().decode()


def test_it_says_that_it_is_both_and_how_the_second_is_to_be_read() -> None:
    said = metadata(archive())
    assert re.findall(r'pdfaid:(part|conformance)="(\w)"', said) == [
        ("part", "3"), ("conformance", "A"),
    ]  # fmt: skip
    assert re.search(r"pdfuaid:part=.1", said)
    # The prefix of the accessibility schema is unknown to PDF/A: an extension describes it.
    assert "http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>" in said


def test_attachments_read_back_and_say_what_they_are() -> None:
    pdf = archive()
    for attachment, relationship in ((CASE, "/Source"), (WORD, "/Alternative")):
        entry = pdf.attachments[attachment.name]
        assert entry.get_file().read_bytes() == attachment.data
        assert str(entry.obj.AFRelationship) == relationship
        assert str(entry.obj.Desc) == attachment.description
        assert str(entry.obj.UF) == attachment.name
    assert {each.objgen for each in pdf.Root.AF} == {
        pdf.attachments[each.name].obj.objgen for each in (CASE, WORD)
    }
    assert len(pdf.Root.AF) == 2


def test_kinds_and_days_of_attachments_are_told() -> None:
    pdf = archive()
    stream = pdf.attachments["case.yaml"].obj.EF.F
    assert str(stream.Subtype) == "/application/yaml"
    assert str(stream.Params.ModDate) == "D:20260831000000Z"
    assert int(stream.Params.Size) == len(CASE.data)
    word = pdf.attachments["报价单.docx"].obj.EF.F
    assert str(word.Subtype).endswith("wordprocessingml.document")


def test_what_a_standard_for_archives_asks_is_there() -> None:
    pdf = archive()
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == pikepdf.Name.GTS_PDFA1
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"  # an ICC profile
    assert int(intent.DestOutputProfile.N) == 3
    assert "/ID" in pdf.trailer
    assert "/JavaScript" not in pdf.Root.get("/Names", {})
    assert "/AA" not in pdf.Root
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            assert int(annotation.F) & 4  # printed
            assert not int(annotation.F) & 0b10011  # not hidden, invisible or without view
    embedded = [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == pikepdf.Name.FontDescriptor
    ]
    assert embedded
    assert all({"/FontFile2", "/FontFile3"} & set(each.keys()) for each in embedded)


def test_title_author_and_days_agree_in_both_places() -> None:
    pdf = archive()
    said = metadata(pdf)
    assert str(pdf.docinfo["/Title"]) == "报价单" and ">报价单<" in said
    assert str(pdf.docinfo["/Author"]) == "测试" and ">测试<" in said
    assert "2026-08-31T00:00:00" in said


def test_the_paper_itself_stays_what_it_was() -> None:
    done = archived(paper("报价单"), [CASE])
    assert texts(done) == texts(paper("报价单"))
    assert opened(done).Root.MarkInfo.Marked
    assert is_untouched(done)
    assert archived(paper("报价单"), [CASE]) == done


def test_made_an_archive_twice_it_says_so_once() -> None:
    twice = archived(archived(paper("报价单"), [CASE]), [WORD])
    said = metadata(opened(twice))
    assert said.count("pdfaid:part") == 1
    assert said.count("pdfaExtension:schemas") == 2  # its beginning and its end
    assert list(opened(twice).attachments) == ["报价单.docx"]


def test_a_file_without_metadata_gets_some() -> None:
    pdf = opened(paper("报价单"))
    del pdf.Root.Metadata
    with opened(archived(saved(pdf), [CASE])).open_metadata() as found:
        assert found.pdfa_status == "3A"


@pytest.mark.parametrize(
    "name", ["a b.yaml", "（一）(2).txt", "x" * 200 + ".csv", "无后缀", "CG-报价.docx"]
)
def test_names_of_attachments_are_free(name: str) -> None:
    pdf = opened(archived(paper("报价单"), [CASE, Attachment(name, b"x"), WORD]))
    assert pdf.check_pdf_syntax() == []
    assert set(pdf.attachments) == {name, "case.yaml", "报价单.docx"}
