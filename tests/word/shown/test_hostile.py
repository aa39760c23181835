"""Whatever a file holds, reading it ends in a `Shown` or in an error that says what is wrong."""

from __future__ import annotations

import random
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from salesdocs.errors import PdfError, SalesdocsError
from salesdocs.word.ooxml import W
from salesdocs.word.shown import read
from salesdocs.word.shown.model import Shown
from tests.word.build import template
from tests.word.shown.build import NAMES, cell, p, package, story, table

WORDS = template("合同", [["甲", "乙"], ["一", "二"]], "完")
EVERYTHING = package(
    p("字", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="1"/></w:numPr>')
    + table([[cell("一", '<w:gridSpan w:val="2"/>')], [cell("二", "<w:vMerge/>"), cell("三")]], grid=(100, 200))
    + '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText> PAGEREF x \\h </w:instrText><w:fldChar w:fldCharType="separate"/>'
    '<w:t>1</w:t><w:fldChar w:fldCharType="end"/></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:drawing><wp:anchor><wp:extent cx="1" cy="1"/>'
    '<a:graphic><a:graphicData><wps:wsp><wps:spPr/><wps:txbx><w:txbxContent><w:p/></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>'
    "</wp:anchor></w:drawing></w:r></w:p>"
    '<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:pgSz w:w="11906" w:h="16838"/><w:cols w:num="2"/></w:sectPr>',
    styles='<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/><w:rPr><w:sz w:val="24"/></w:rPr></w:style>',
    numbering='<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    footnotes='<w:footnote w:id="1"><w:p/></w:footnote>',
    parts={"word/header1.xml": story("hdr", p("页眉"))},
    links={"h": ("header", "header1.xml")},
)  # fmt: skip


def outcome(package_: bytes) -> Shown | SalesdocsError:
    try:
        return read(package_, "x.docx")
    except SalesdocsError as problem:
        assert all(each.rule and each.message.zh and each.hint.zh for each in problem.findings)
        return problem


@given(st.binary(max_size=400))
def test_any_bytes_are_refused(data: bytes) -> None:
    assert isinstance(outcome(data), SalesdocsError)


@given(st.integers(0, 2**32), st.sampled_from(["flip", "cut", "double", "zero"]))
def test_a_damaged_zip_is_read_or_refused(seed: int, how: str) -> None:
    chance = random.Random(seed)
    data = bytearray(chance.choice([WORDS, EVERYTHING]))
    place = chance.randrange(len(data))
    match how:
        case "flip":
            for _ in range(chance.randrange(1, 20)):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case "cut":
            del data[place:]
        case "double":
            data[place:place] = data[place : place + chance.randrange(200)]
        case "zero":
            data[place : place + 40] = bytes(len(data[place : place + 40]))
    outcome(bytes(data))


VALUES = ["", "-1", "0", "99999999999999999999", "1e400", "nan", "x", "真", "%1%2%9", "50%", "2.5cm", "FFFFFF", "restart",
          "auto", "-", "\u0000".strip("\u0000"), "_" * 300]  # fmt: skip


def changed(package_: bytes, seed: int) -> bytes:
    """The file with elements moved, doubled and taken out, and values that make no sense."""
    chance = random.Random(seed)
    target = BytesIO()
    with ZipFile(BytesIO(package_)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith(".xml") and name.startswith("word/") and chance.random() < 0.7:
                data = _mixed(data, chance)
            new.writestr(name, data)
    return target.getvalue()


def _mixed(data: bytes, chance: random.Random) -> bytes:
    root = etree.fromstring(data)
    for _ in range(chance.randrange(1, 12)):
        nodes = [each for each in root.iter() if each is not root]
        if not nodes:
            break
        node, other = chance.choice(nodes), chance.choice(nodes)
        match chance.randrange(5):
            case 0 if node.attrib:
                node.set(chance.choice(list(node.attrib)), chance.choice(VALUES))
            case 1:
                node.getparent().remove(node)
            case 2 if node not in other.iterancestors() and node is not other:
                other.append(node)
            case 3:
                node.tag = f"{{{W}}}{chance.choice(['p', 'tbl', 'tr', 'tc', 'sdt', 'ins', 'r', 'pPr', 'rPr', 'ind', 'fldChar', 'sectPr', 'vMerge'])}"
            case 4:
                node.set(
                    f"{{{W}}}{chance.choice(['val', 'w', 'type', 'id', 'start', 'fill', 'line'])}",
                    chance.choice(VALUES),
                )
    return etree.tostring(root)


@given(st.integers(0, 2**32), st.booleans())
def test_a_file_whose_elements_are_mixed_up_is_read_or_refused(seed: int, everything: bool) -> None:
    outcome(changed(EVERYTHING if everything else WORDS, seed))


REFUSED = {
    "a spreadsheet": ({"word/document.xml": "<workbook/>"}, "PDF-20"),
    "no body at all": ({"word/document.xml": None}, "PDF-20"),
    "XML that ends too early": ({"word/document.xml": f"<w:document {NAMES}><w:body>"}, "PDF-21"),
    "no XML": ({"word/document.xml": b"\xff\xfe\x00"}, "PDF-21"),
    "damaged styles": ({"word/styles.xml": "<w:styles"}, "PDF-21"),
    "an entity that grows": (
        {"word/document.xml": f'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document {NAMES}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'},
        "PDF-22",
    ),
    "an entity that is a file": (
        {"word/document.xml": f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document {NAMES}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'},
        "PDF-22",
    ),
    "a document type elsewhere": ({"word/styles.xml": f'<!DOCTYPE w SYSTEM "http://example.com/x.dtd"><w:styles {NAMES}/>'}, "PDF-22"),
    "tables in tables without end": (
        {"word/document.xml": f"<w:document {NAMES}><w:body>" + "<w:tbl><w:tr><w:tc>" * 200 + "</w:tc></w:tr></w:tbl>" * 200 + "</w:body></w:document>"},
        "PDF-21",
    ),
    "more elements than anybody prints": (
        {"word/document.xml": f"<w:document {NAMES}><w:body><w:p>" + "<w:r/>" * 1_000_001 + "</w:p></w:body></w:document>"},
        "PDF-22",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "rule"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_no_word_file_or_means_harm_is_refused_with_its_reason(
    parts: dict[str, str | bytes | None], rule: str
) -> None:
    target = BytesIO()
    with ZipFile(BytesIO(EVERYTHING)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            data = parts.get(name, old.read(name)) if name in parts else old.read(name)
            if data is not None:
                new.writestr(name, data)
    with pytest.raises(PdfError) as caught:
        read(target.getvalue(), "合同.docx")
    (finding,) = caught.value.findings
    assert (finding.rule, finding.file, finding.severity) == (rule, "合同.docx", "error")
    assert finding.hint.zh


def test_as_many_levels_as_are_allowed_can_be_read() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 80 + p("底") + "</w:tc></w:tr></w:tbl>" * 80
    assert isinstance(outcome(package(body)), Shown)
    wrapped = (
        "<w:p>"
        + "<w:smartTag>" * 240
        + "<w:r><w:t>底</w:t></w:r>"
        + "</w:smartTag>" * 240
        + "</w:p>"
    )
    assert isinstance(outcome(package(wrapped)), Shown)


def test_a_link_never_reaches_for_what_it_names() -> None:
    links = {"l": ("hyperlink", "file:///etc/passwd"), "i": ("image", "../../../../etc/passwd")}
    body = '<w:p><w:hyperlink r:id="l"><w:r><w:t>字</w:t></w:r></w:hyperlink><w:r><w:pict><v:shape><v:imagedata r:id="i"/></v:shape></w:pict></w:r></w:p>'
    found = read(package(body, links=links))
    assert ("v:imagedata missing", True) in [(each.what, each.lost) for each in found.unknown]


def test_the_strict_variant_is_read_as_the_usual_one() -> None:
    target = BytesIO()
    with ZipFile(BytesIO(EVERYTHING)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for ours, theirs in (
                (
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/",
                ),
                (
                    b"http://schemas.openxmlformats.org/officeDocument/2006/",
                    b"http://purl.oclc.org/ooxml/officeDocument/",
                ),
                (
                    b"http://schemas.openxmlformats.org/drawingml/2006/",
                    b"http://purl.oclc.org/ooxml/drawingml/",
                ),
            ):
                data = data.replace(ours, theirs)
            new.writestr(name, data)
    assert read(target.getvalue()) == read(EVERYTHING)
