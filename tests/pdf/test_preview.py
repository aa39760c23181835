"""Pictures of pages: small, legible, the same every time."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from salesdocs.errors import PdfError
from salesdocs.pdf.preview import MOST_BYTES, WIDTH, pictures
from salesdocs.pdf.stamp import stamped
from tests.pdf.small import paper


def test_each_page_has_its_picture_of_the_width_asked_for() -> None:
    made = pictures(paper("报价单", 3))
    assert [(each.page, each.pages) for each in made] == [(1, 3), (2, 3), (3, 3)]
    for each in made:
        image = Image.open(BytesIO(each.png))
        assert image.size == (each.width, each.height) == (WIDTH, round(WIDTH * 841.9 / 595.3))
        assert len(each.png) <= MOST_BYTES
    (small,) = pictures(paper("报价单", 3), 200, most=1)
    assert small.width == 200


def test_a_landscape_page_is_as_wide() -> None:
    (made,) = pictures(paper("报价单", 1, landscape=True))
    assert made.width == WIDTH > made.height


def test_a_picture_is_of_few_colours_and_shows_what_is_pale() -> None:
    plain, marked = (
        pictures(pdf)[0] for pdf in (paper("报价单", 1), stamped(paper("报价单", 1), "副本"))
    )
    image = Image.open(BytesIO(marked.png))
    assert image.mode == "P"
    grey = image.convert("L")
    pale = grey.point(lambda value: 255 if 200 < value < 240 else 0)
    assert pale.getbbox() is not None
    assert marked.png != plain.png


def test_the_same_pdf_gives_the_same_pictures() -> None:
    assert pictures(paper("报价单")) == pictures(paper("报价单"))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(PdfError) as caught:
        pictures(data, file="a.pdf")
    assert [(each.rule, each.file) for each in caught.value.findings] == [("PDF-41", "a.pdf")]
