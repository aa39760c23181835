"""Stamps and running numbers: seen on every page, and no part of what the page says."""

from __future__ import annotations

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from salesdocs.errors import PdfError
from salesdocs.pdf.lettering import missing, shapes, width
from salesdocs.pdf.saving import saved
from salesdocs.pdf.stamp import LONGEST, check_words, number_pages, stamped
from tests.pdf.small import opened, paper, texts


def pixels(pdf: bytes, page: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[page].render(scale=0.5).to_pil().convert("L")
    document.close()
    return image


def marked(before: bytes, after: bytes, page: int = 0) -> tuple[int, int, int, int] | None:
    """The box around all that looks otherwise."""
    return ImageChops.difference(pixels(before, page), pixels(after, page)).getbbox()


@pytest.mark.parametrize("words", ["草稿", "内部", "副本", "COPY", "仅供内部审阅使用"])
@pytest.mark.parametrize("landscape", [False, True], ids=["upright", "landscape"])
def test_a_stamp_is_large_on_every_page_and_inside_it(words: str, landscape: bool) -> None:
    plain = paper("报价单", 2, landscape=landscape)
    done = stamped(plain, words)
    for page in range(2):
        box = marked(plain, done, page)
        across, high = pixels(plain, page).size
        assert box is not None
        assert box[0] > 0 and box[1] > 0 and box[2] < across and box[3] < high
        assert max(box[3] - box[1], box[2] - box[0]) > max(across, high) / 2
        assert abs((box[0] + box[2]) / 2 - across / 2) < across / 20


def test_what_is_read_copied_and_searched_stays_the_same() -> None:
    assert texts(stamped(paper("报价单"), "副本")) == texts(paper("报价单"))


def test_a_stamp_is_an_artifact_and_the_tags_stay() -> None:
    pdf = opened(stamped(paper("报价单"), "副本"))
    content = pdf.pages[0].Contents
    first = content[0] if isinstance(content, pikepdf.Array) else content
    assert first.read_bytes().startswith(b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC")
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.StructTreeRoot.K


def test_a_stamped_paper_can_be_stamped_again() -> None:
    once = stamped(paper("报价单"), "副本")
    twice = stamped(once, "作废")
    assert marked(once, twice) is not None
    pdf = opened(twice)
    assert len(pdf.pages[0].Resources.XObject) == 2


def test_the_same_stamp_gives_the_same_bytes() -> None:
    assert stamped(paper("报价单"), "草稿") == stamped(paper("报价单"), "草稿")


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_stamped_as_it_is_seen(turn: int) -> None:
    pdf = opened(paper("报价单", 1))
    pdf.pages[0].obj["/Rotate"] = turn
    turned = saved(pdf)
    upright = saved(opened(paper("报价单", 1, landscape=turn % 180 != 0)))
    expected = ImageChops.difference(pixels(upright), pixels(stamped(upright, "副本")))
    seen = ImageChops.difference(pixels(turned), pixels(stamped(turned, "副本")))
    box, wanted = seen.getbbox(), expected.getbbox()
    assert box is not None and wanted is not None
    assert all(abs(one - other) <= 4 for one, other in zip(box, wanted, strict=True))


@pytest.mark.parametrize("words", ["", "  ", "字" * (LONGEST + 1), "印\U0001f600", "\u0b95"])
def test_words_that_cannot_be_a_stamp_are_named(words: str) -> None:
    with pytest.raises(PdfError) as caught:
        check_words(words)
    assert [each.rule for each in caught.value.findings] == ["PDF-40"]


@given(st.text(max_size=20))
def test_any_words_are_drawn_or_refused(words: str) -> None:
    try:
        check_words(words)
    except PdfError:
        return
    assert width(words, 10) >= 0
    assert isinstance(shapes(words, 10), bytes)
    assert missing(words) == ""


def test_numbers_stand_in_the_upper_right_corner() -> None:
    pdf = opened(paper("报价单", 2))
    number_pages(pdf, ["", "2 / 2"])
    done = saved(pdf)
    plain = paper("报价单", 2)
    assert marked(plain, done, 0) is None
    box = marked(plain, done, 1)
    across, high = pixels(plain).size
    assert box is not None
    assert box[0] > across * 0.9 and box[3] < high * 0.06
    assert texts(done) == texts(plain)


def test_a_stamp_is_no_heavier_than_a_few_kilobytes() -> None:
    plain = paper("报价单", 2)
    assert len(stamped(plain, "副本")) - len(plain) < 4000
