"""Words across the page that a Word file carries in its headers, as a picture behind the text.

They are drawn as shapes, as Word and LibreOffice draw them: seen and printed, but never copied or
searched among the words of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from salesdocs.pdf.css import colour, number
from salesdocs.pdf.lettering import missing, shapes, width
from salesdocs.word.shown.model import Section, Watermark

_SET_AT: Final = 100.0
_RISE: Final = 0.88  # of the size: from the lower to the upper edge of a Chinese character
_DROP: Final = 0.12


def page_picture(section: Section, marks: Sequence[Watermark]) -> bytes:
    """Return a picture of the whole page with its watermarks in the middle of the text."""
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": f"{number(section.width)}pt",
            "height": f"{number(section.height)}pt",
            "viewBox": f"0 0 {number(section.width)} {number(section.height)}",
        },
    )
    x = (section.left + section.gutter + section.width - section.right) / 2
    y = (abs(section.top) + section.height - abs(section.bottom)) / 2
    for mark in marks:
        words = "".join(each for each in mark.text if each not in missing(mark.text))
        long = width(words, _SET_AT)
        if not long or mark.width <= 0 or mark.height <= 0:
            continue
        wide, high = mark.width / long, mark.height / _SET_AT
        turn = f"translate({number(x)} {number(y)}) rotate({number(mark.rotation)})"
        scale = f"scale({wide:.6f} {-high:.6f})"
        middle = f"translate({number(-long / 2)} {number(-_SET_AT * (_RISE - _DROP) / 2)})"
        SubElement(
            root,
            "path",
            {
                "d": _svg_path(shapes(words, _SET_AT).decode()),
                "transform": f"{turn} {scale} {middle}",
                "fill": colour(mark.colour, "#c0c0c0"),
                "fill-opacity": number(mark.opacity),
            },
        )
    return bytes(tostring(root, encoding="utf-8"))


def _svg_path(operators: str) -> str:
    """Return the operators of a PDF path (ISO 32000-1, 8.5.2) as an SVG path."""
    letters = {"m": "M", "l": "L", "c": "C", "h": "Z"}
    found = []
    for line in operators.splitlines():
        *places, operator = line.split()
        found.append(letters[operator] + " ".join(places))
    return "".join(found)
