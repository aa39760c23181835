"""What is on the paper itself, below the text of every page: colour, border and watermark."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from salesdocs.pdf import lettering
from salesdocs.pdf.context import Context, inlines_of
from salesdocs.pdf.css import HIGHLIGHTED, colour, is_line
from salesdocs.word.shown.model import Border, Position, Section, Watermark

_INK = 0.92  # of the size: how high Chinese characters are, and how far below the base line
_BELOW = 0.08
_FINE = 1000.0  # the size at which words are drawn before they are stretched
_DOUBLE = 3  # a double line is as wide as three of its lines


def paper_declarations(section: Section, context: Context) -> Iterator[str]:
    """Yield what of the paper CSS says about the pages of a section."""
    if HIGHLIGHTED.fullmatch(context.shown.page_colour):
        yield f"background-color:{colour(context.shown.page_colour)}"
    # The whole page is what pictures are laid on, however far a header pushes its text down.
    yield "background-attachment:fixed"
    yield "background-size:100% 100%"
    yield "background-repeat:no-repeat"
    yield from _pictures(section, "default", context)


def special_pages(section: Section, context: Context) -> Iterator[tuple[Position, str]]:
    """Yield the kinds of pages that have another watermark than most, with what CSS says of it."""
    usual = list(_pictures(section, "default", context))
    for position in sorted(set(section.headers) - {"default"}):
        own = list(_pictures(section, position, context)) or ["background-image:none"]
        if own != usual:
            yield position, ";".join(own)


def _pictures(section: Section, position: Position, context: Context) -> Iterator[str]:
    """Yield what is drawn on pages with the header of `position`: border, then watermarks."""
    lines = {side: line for side, line in section.borders.items() if is_line(line)}
    drawings = [_frame(section, lines)] if lines else []
    story = section.headers.get(position)
    if story is not None:
        drawings += [
            drawn_watermark(each, section)
            for each in inlines_of(story.blocks)
            if isinstance(each, Watermark) and each.text.strip()
        ]
    if drawings:
        pictures = [tostring(each, encoding="utf-8") for each in drawings]
        urls = (f"url({context.address(each, 'image/svg+xml')})" for each in pictures)
        yield f"background-image:{','.join(urls)}"


def drawn_watermark(watermark: Watermark, section: Section) -> Element:
    """Return the words of a watermark as a drawing of the size of the page.

    Their shapes, no letters: what is copied and searched is the text of the page. They fill the
    box Word gives them, whatever their number (17.3.3.19, `fitshape` of VML), in its middle, and
    that in the middle of the text area.
    """
    root = _drawing(section)
    across = section.left + section.gutter + (
        section.width - section.left - section.gutter - section.right
    ) / 2  # fmt: skip
    down = abs(section.top) + (section.height - abs(section.top) - abs(section.bottom)) / 2
    unknown = lettering.missing(watermark.text)
    words = "".join(sign for sign in watermark.text if sign not in unknown) or "·"
    stretch = (watermark.width / lettering.width(words, 1), watermark.height / _INK)
    moves = (
        f"translate({across:g} {down:g}) rotate({watermark.rotation:g}) "
        f"translate({-watermark.width / 2:g} {watermark.height / 2:g}) "
        f"scale({stretch[0] / _FINE:g} {-stretch[1] / _FINE:g}) translate(0 {_BELOW * _FINE:g})"
    )
    path = lettering.shapes(words, _FINE).decode().split("\n")
    steps = {"m": "M", "l": "L", "c": "C", "h": "Z"}  # of PDF and of SVG
    drawn = " ".join(f"{steps[step[-1]]}{step[:-1]}" for step in path)
    SubElement(root, "path", {"d": drawn, "fill": _paled(watermark), "transform": moves})
    return root


def _paled(watermark: Watermark) -> str:
    """Return the colour that is seen where it shines through: on white, without transparency."""
    digits = watermark.colour if HIGHLIGHTED.fullmatch(watermark.colour) else "C0C0C0"
    parts = (int(digits[start : start + 2], 16) for start in (0, 2, 4))
    share = min(max(watermark.opacity, 0), 1)
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)


def _drawing(section: Section) -> Element:
    """Return an empty drawing of the size of the page."""
    return Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg",
        "width": f"{section.width:g}pt", "height": f"{section.height:g}pt",
        "viewBox": f"0 0 {section.width:g} {section.height:g}",
    })  # fmt: skip


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
    root = _drawing(section)
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
