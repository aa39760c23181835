"""Fonts without unused glyphs: the pages look the same, letter by letter, in both viewers."""

from __future__ import annotations

import re
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.cffLib import CFFFontSet
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops
from weasyprint.pdf import fonts as weasyprint_fonts
from weasyprint.pdf import stream

from salesdocs.pdf import cut
from salesdocs.pdf.document import write_document
from salesdocs.pdf.engine import body_heights, engrave
from salesdocs.pdf.saving import finished
from salesdocs.pdf.slim import share_fonts, slim
from salesdocs.word.shown.model import Look, Paragraph, Section, Shape, Shown, Text
from tests.pdf.small import opened, texts

WORDS = "第3．2条　①㈠〇—……·“引”《合同》ＡＢ１，。、；：？！（）【】￥％"


@contextmanager
def long_way() -> Iterator[None]:
    """Let WeasyPrint cut the fonts itself, as it does where `cut` cannot be installed."""
    with pytest.MonkeyPatch.context() as patch:
        original = cut._weasyprint.get_hb_object_data or weasyprint_fonts.get_hb_object_data
        patch.setattr(weasyprint_fonts, "get_hb_object_data", original)
        patch.setattr(stream, "Font", weasyprint_fonts.Font)
        patch.setattr(cut, "install", lambda: False)
        yield


def raw(text: str = WORDS, *, is_cut: bool = True) -> bytes:
    """Return a page as it comes from WeasyPrint, its fonts cut by it or by us."""
    with nullcontext() if is_cut else long_way():
        return _raw(text)


def _raw(text: str) -> bytes:
    looks = [Look(), Look(bold=True), Look("Arial", "黑体"), Look("Arial", "黑体", bold=True)]
    blocks = tuple(Paragraph(Shape(), (Text(text, look),), look) for look in looks)
    return engrave(write_document(Shown((Section(blocks),)), None, body_heights)).pdf


def fonts(pdf: bytes) -> dict[str, CFFFontSet]:
    found = {}
    whole = opened(pdf)
    for each in whole.objects:
        if isinstance(each, pikepdf.Dictionary) and "/FontFile3" in each:
            font = CFFFontSet()
            font.decompile(BytesIO(each.FontFile3.read_bytes()), None)
            found[str(each.FontName)] = font
    return found


def test_a_page_of_chinese_is_a_fifth_of_what_it_was() -> None:
    before = raw(is_cut=False)
    assert len(finished(before)) < len(before) / 5


@pytest.mark.parametrize("is_cut", [False, True])
def test_pages_look_and_read_the_same(is_cut: bool, tmp_path: Path) -> None:
    before = raw(is_cut=False)
    after = finished(raw(is_cut=is_cut))
    assert texts(after) == texts(before)
    for name, pdf in (("before", before), ("after", after)):
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
        command = ["pdftoppm", "-r", "72", "-png", "-singlefile", f"{name}.pdf", name]
        subprocess.run(command, cwd=tmp_path, check=True)
    assert (tmp_path / "before.png").read_bytes() == (tmp_path / "after.png").read_bytes()
    first, second = (
        pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("L")
        for pdf in (before, after)
    )
    # PDFium smooths bare CFF a little otherwise than CFF in OpenType.
    assert ImageChops.difference(first, second).getextrema()[1] < 48


def test_cut_by_us_a_page_is_no_larger() -> None:
    assert len(finished(raw())) <= 1.05 * len(finished(raw(is_cut=False)))


@pytest.mark.parametrize("is_cut", [False, True])
def test_each_font_reads_as_a_font_and_holds_what_is_drawn(is_cut: bool) -> None:
    found = fonts(finished(raw(is_cut=is_cut)))
    assert len(found) == 4
    for font in found.values():
        top = font[0]
        assert top.ROS[:2] == ("Adobe", "Identity")
        drawn = [name for name in top.charset if name != ".notdef"]
        assert 20 <= len(drawn) <= 2 * len(WORDS)
        for name in drawn:
            strings, _ = top.CharStrings.getItemAndSelector(name)
            strings.decompile()


def test_the_characters_of_the_page_are_cids_of_the_font() -> None:
    """What a viewer looks up, which WeasyPrint's own fonts do not have for all of Noto CJK."""
    pdf = opened(finished(raw()))
    seen = 0
    for font in (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)):
        if font.get("/Subtype") == pikepdf.Name.Type0:
            descriptor = font.DescendantFonts[0].FontDescriptor
            if "/FontFile3" in descriptor:
                read = CFFFontSet()
                read.decompile(BytesIO(descriptor.FontFile3.read_bytes()), None)
                cids = {int(name[3:]) for name in read[0].charset if name != ".notdef"}
                table = font.ToUnicode.read_bytes().partition(b"beginbfchar")[2]
                codes = re.findall(rb"<([0-9a-f]{4})> <", table, re.IGNORECASE)
                assert codes
                assert {int(code, 16) for code in codes} <= cids
                seen += 1
    assert seen == 4


def test_papers_bound_together_share_what_they_draw_with() -> None:
    with pikepdf.open(BytesIO(finished(raw("甲乙丙")))) as pdf:
        with pikepdf.open(BytesIO(finished(raw("丙丁戊")))) as other:
            pdf.add_pages_from(other)
        share_fonts(pdf)
        file = BytesIO()
        pdf.save(file)
    shared = opened(file.getvalue())
    files = {
        each.FontFile3.objgen
        for each in shared.objects
        if isinstance(each, pikepdf.Dictionary) and "/FontFile3" in each
    }
    assert len(files) == 4
    assert [text.split() for text in texts(file.getvalue())] == [["甲乙丙"] * 4, ["丙丁戊"] * 4]


@pytest.mark.parametrize("font", [b"", b"OTTO", b"\0\1\0\0", b"OTTO\0\1" + bytes(40)])
def test_what_is_no_such_font_is_refused(font: bytes) -> None:
    with pytest.raises((ValueError, IndexError, struct.error)):
        slim(font)


@given(st.data())
def test_a_damaged_font_never_hangs_or_is_taken_for_sound(data: st.DataObject) -> None:
    whole = next(iter(_streams(finished(raw("字")))))
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = bytearray(whole)
    damaged[place] ^= data.draw(st.integers(1, 255))
    with suppress(ValueError, IndexError, struct.error):
        assert isinstance(slim(bytes(damaged)), bytes)


def _streams(pdf: bytes) -> list[bytes]:
    whole = opened(pdf)
    return [
        each.FontFile3.read_bytes()
        for each in whole.objects
        if isinstance(each, pikepdf.Dictionary) and "/FontFile3" in each
    ]
