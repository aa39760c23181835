"""What is on the paper itself, below the text of every page: its colour and its border."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from salesdocs.pdf.context import Context
from salesdocs.pdf.css import HIGHLIGHTED, colour, is_line, points
from salesdocs.word.shown.model import Border, Section

_DOUBLE = 3  # a double line is as wide as three of its lines


def paper_declarations(section: Section, context: Context) -> Iterator[str]:
    """Yield what of the paper CSS says about the pages of a section."""
    if HIGHLIGHTED.fullmatch(context.shown.page_colour):
        yield f"background-color:{colour(context.shown.page_colour)}"
    lines = {side: line for side, line in section.borders.items() if is_line(line)}
    if lines:
        picture = tostring(_frame(section, lines), encoding="utf-8")
        yield f"background-image:url({context.address(picture, 'image/svg+xml')})"
        yield f"background-size:{points(section.width)} {points(section.height)}"
        yield "background-repeat:no-repeat"
        yield "background-origin:border-box"
        left, top = section.left + section.gutter, abs(section.top)
        yield f"background-position:-{points(left)} -{points(top)}"


def _frame(section: Section, lines: dict[str, Border]) -> Element:
    """Return the lines as a drawing of the size of the page.

    They stand as far as they say from the edge of the page, or outside of the text (17.6.10).
    """
    edges = {
        "top": abs(section.top), "bottom": section.height - abs(section.bottom),
        "left": section.left + section.gutter, "right": section.width - section.right,
    }  # fmt: skip
    outside = {"top": 0.0, "bottom": section.height, "left": 0.0, "right": section.width}
    outward = {"top": -1, "left": -1, "bottom": 1, "right": 1}
    places = {}
    for side, line in lines.items():
        gap = line.space + line.width / 2
        places[side] = (
            outside[side] - outward[side] * gap
            if section.borders_from == "page"
            else edges[side] + outward[side] * gap
        )
    left, right = places.get("left", edges["left"]), places.get("right", edges["right"])
    top, bottom = places.get("top", edges["top"]), places.get("bottom", edges["bottom"])
    ends = {
        "top": (left, top, right, top), "bottom": (left, bottom, right, bottom),
        "left": (left, top, left, bottom), "right": (right, top, right, bottom),
    }  # fmt: skip
    root = Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg",
        "width": f"{section.width:g}pt", "height": f"{section.height:g}pt",
        "viewBox": f"0 0 {section.width:g} {section.height:g}",
    })  # fmt: skip
    for side, line in sorted(lines.items()):
        for shift, width in _strokes(line):
            x1, y1, x2, y2 = ends[side]
            across = (0.0, shift) if side in {"top", "bottom"} else (shift, 0.0)
            SubElement(root, "line", {
                "x1": f"{x1 + across[0]:g}", "y1": f"{y1 + across[1]:g}",
                "x2": f"{x2 + across[0]:g}", "y2": f"{y2 + across[1]:g}",
                "stroke": f"#{line.colour or '000000'}", "stroke-width": f"{width:g}",
                **_dashes(line),
            })  # fmt: skip
    return root


def _strokes(line: Border) -> Iterator[tuple[float, float]]:
    """Yield shift and width of each stroke of a line."""
    if line.kind != "double":
        yield 0.0, line.width
        return
    stroke = line.width
    yield -stroke * (_DOUBLE - 1) / 2, stroke
    yield stroke * (_DOUBLE - 1) / 2, stroke


def _dashes(line: Border) -> dict[str, str]:
    if line.kind == "dotted":
        return {"stroke-dasharray": f"{line.width:g} {line.width:g}"}
    if line.kind.startswith("dash") or line.kind.startswith("dot"):
        return {"stroke-dasharray": f"{3 * line.width:g} {2 * line.width:g}"}
    return {}
