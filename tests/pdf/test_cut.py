"""Fonts cut glyph by glyph: what comes out is what HarfBuzz and `slim` make, whatever came before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesdocs.pdf import cut
from salesdocs.pdf.saving import finished
from salesdocs.pdf.slim import Cff
from tests.pdf.small import opened, texts
from tests.pdf.test_slim import WORDS, raw


def cffs(pdf: bytes) -> dict[str, Cff]:
    found = {}
    whole = opened(pdf)
    for each in whole.objects:
        if isinstance(each, pikepdf.Dictionary) and "/FontFile3" in each:
            found[str(each.FontName)] = Cff(each.FontFile3.read_bytes())
    return found


def in_new_thread(text: str) -> bytes:
    """Return what is printed where nothing is known of any font yet."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: finished(raw(text))).result()


def test_fonts_are_cut_here() -> None:
    assert cut.install()
    pdf = opened(raw())
    streams = [
        each.FontFile3
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and "/FontFile3" in each
    ]
    assert [str(each.Subtype) for each in streams] == ["/CIDFontType0C"] * 4
    assert [str(each.Filter) for each in streams] == ["/FlateDecode"] * 4


def test_each_glyph_is_what_weasyprint_and_slim_make_of_it() -> None:
    ours, theirs = cffs(finished(raw())), cffs(finished(raw(is_cut=False)))
    assert len(ours) == 4
    assert ours.keys() == theirs.keys()
    for name, font in ours.items():
        glyphs, others = font.by_cid(), theirs[name].by_cid()
        assert len(glyphs) > 20
        for cid, glyph in glyphs.items():
            assert glyph.drawn == others[cid].drawn
            assert glyph.part[-2:] == others[cid].part[-2:]
        assert set(others) >= set(glyphs)


def test_the_same_text_gives_the_same_bytes_whatever_was_printed_before() -> None:
    first = in_new_thread(WORDS)
    finished(raw("甲乙丙丁戊己庚辛壬癸 ABC（）①…"))
    assert finished(raw(WORDS)) == first


@settings(max_examples=8, deadline=None)
@given(st.text("第条款合同价格甲乙双方ABCxyz0189，。（）①—…", min_size=1, max_size=12))
def test_any_text_reads_as_it_was_set(text: str) -> None:
    assert "".join(texts(finished(raw(text)))[0].split()) == text * 4


def test_without_the_calls_it_needs_weasyprint_cuts_the_fonts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cut, "_weasyprint", cut._Originals())
    monkeypatch.setattr(cut, "_NEEDED", ("hb_no_such_call",))
    assert not cut.install()


def test_a_face_that_is_no_such_font_is_left_to_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cut, "_face_of", lambda *_: None)
    before = raw()
    monkeypatch.undo()
    with pikepdf.open(BytesIO(before)) as whole:
        kinds = [each.get("/Subtype") for each in whole.objects if isinstance(each, pikepdf.Stream)]
    assert kinds.count(pikepdf.Name.OpenType) == 4
    assert texts(finished(before)) == texts(finished(raw()))
