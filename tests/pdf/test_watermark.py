"""A document's own watermark: where Word shows it, on the pages it is for, and no text."""

from __future__ import annotations

import pypdfium2
import pytest
from PIL import Image, ImageChops

from salesdocs.pdf.document import write_document
from salesdocs.pdf.engine import body_heights, engrave
from salesdocs.pdf.printing import print_document
from salesdocs.word.shown.model import (
    Look,
    Paragraph,
    Position,
    Section,
    Shape,
    Shown,
    Story,
    Text,
    Watermark,
)
from tests import world
from tests.pdf.small import texts

LOOK = Look()
MARK = Watermark("内部", 280, 126, "FF0000", 315, 1.0)


def pages(headers: dict[Position, tuple[Watermark, ...]], count: int = 3) -> bytes:
    stories = {
        position: Story((Paragraph(Shape(), (*marks, Text("页眉", LOOK)), LOOK),))
        for position, marks in headers.items()
    }
    body = tuple(
        Paragraph(Shape(page_break_before=page > 0), (Text(f"第{page}页", LOOK),), LOOK)
        for page in range(count)
    )
    whole = Shown((Section(body, headers=stories),), even_and_odd="even" in headers)
    return engrave(write_document(whole, None, body_heights)).pdf


def boxes(pdf: bytes) -> list[tuple[int, int, int, int] | None]:
    """Where on each page there is red, in points from its upper left corner."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        image: Image.Image = page.render(scale=1).to_pil().convert("RGB")
        red, green, _ = image.split()
        found.append(
            ImageChops.subtract(red, green).point(lambda value: 255 * (value > 200)).getbbox()
        )
    document.close()
    return found


def test_it_is_turned_in_the_middle_of_the_text_on_every_page() -> None:
    for box in boxes(pages({"default": (MARK,)})):
        assert box is not None
        left, top, right, bottom = box
        assert abs((left + right) / 2 - 595.3 / 2) < 12
        assert abs((top + bottom) / 2 - 841.9 / 2) < 12
        turned = (280 + 126) / 2**0.5
        assert 0.8 * turned < right - left <= turned
        assert 0.8 * turned < bottom - top <= turned


@pytest.mark.parametrize(
    ("headers", "seen"),
    [
        ({"default": (MARK,)}, [True, True, True]),
        ({"default": (MARK,), "first": ()}, [False, True, True]),
        ({"default": (), "first": (MARK,)}, [True, False, False]),
        ({"default": (), "even": (MARK,)}, [False, True, False]),
        ({"default": ()}, [False, False, False]),
    ],
    ids=["all", "not first", "first only", "even only", "none"],
)
def test_it_is_on_the_pages_of_its_header(
    headers: dict[Position, tuple[Watermark, ...]], seen: list[bool]
) -> None:
    assert [box is not None for box in boxes(pages(headers))] == seen


def test_it_is_no_text() -> None:
    assert not any("内部" in page for page in texts(pages({"default": (MARK,)})))


def test_an_internal_paper_is_marked_on_every_page() -> None:
    printed = print_document(world.product("lead_screening").data)
    document = pypdfium2.PdfDocument(printed.pdf)
    for page in document:
        image = page.render(scale=1).to_pil().convert("L")
        pale = image.point(lambda value: 255 if 238 <= value <= 246 else 0)
        left, top, right, bottom = pale.getbbox()
        assert right - left > 200 and bottom - top > 200
    document.close()


def test_a_character_no_font_of_ours_has_leaves_the_others() -> None:
    odd = Watermark("内\U0001f600部", 280, 126, "FF0000", 0, 1.0)
    assert boxes(pages({"default": (odd,)}, 1))[0] is not None
    nothing = Watermark("\U0001f600", 280, 126, "FF0000", 0, 1.0)
    assert len(texts(pages({"default": (nothing,)}, 1))) == 1
