"""Paragraphs as elements: shape as a class, number and inlines within.

Of the space after a paragraph and the space before the next Word takes the larger; it stands in
the margin above the next one, and only the last paragraph has one below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, SubElement

from salesdocs.pdf.context import Context
from salesdocs.pdf.css import (
    HIGHLIGHTED,
    borders,
    colour,
    is_line,
    look_declarations,
    points,
    setting,
)
from salesdocs.pdf.inlines import Around, Flow, WriteBlocks, write_inlines
from salesdocs.pdf.justify import stops_text
from salesdocs.word.shown.model import (
    Block,
    Box,
    Break,
    Chart,
    Inline,
    Line,
    Look,
    Mark,
    Number,
    Paragraph,
    Picture,
    Shape,
    Tab,
    TabStop,
    Text,
)

_ALIGN = {
    "left": "left",
    "center": "center",
    "right": "right",
    "both": "justify",
    "distribute": "justify",
}
DEEPEST = 6
"""Levels of headings that HTML and PDF have tags for."""


@dataclass(frozen=True, slots=True)
class Between:
    """What a paragraph stands between: space above, and whether its borders go on there."""

    above: float = 0
    joined_above: bool = False
    joined_below: bool = False
    new_page: bool = False


def space_between(before: Block | None, after: Block) -> float:
    """Return the space between two blocks: the larger of what the two want there."""
    wanted = after.shape.before if isinstance(after, Paragraph) else 0.0
    if not isinstance(before, Paragraph):
        return wanted
    if not isinstance(after, Paragraph):
        return before.shape.after
    above = before.shape.after
    if before.shape.style == after.shape.style:
        above = 0 if before.shape.contextual else above
        wanted = 0 if after.shape.contextual else wanted
    return max(above, wanted)


def borders_joined(before: Block | None, after: Block | None) -> bool:
    """Return whether two paragraphs stand in one frame (ISO/IEC 29500-1, 17.3.1.24)."""
    if not isinstance(before, Paragraph) or not isinstance(after, Paragraph):
        return False
    first, second = before.shape, after.shape
    return (
        any(is_line(line) for line in first.borders.values())
        and first.borders == second.borders
        and (first.left, first.right) == (second.left, second.right)
    )


def write_paragraph(
    parent: Element, paragraph: Paragraph, between: Between, context: Context, blocks: WriteBlocks
) -> None:
    """Append a paragraph; one with a page break in it becomes two."""
    pieces = _pages(paragraph.inlines)
    for index, piece in enumerate(pieces):
        part = replace(paragraph, inlines=piece)
        if index:
            part = replace(part, number=None, shape=replace(part.shape, first=0))
            between = Between(joined_below=between.joined_below, new_page=True)
        _write_part(parent, part, between, context, blocks)


def _pages(inlines: Sequence[Inline]) -> list[tuple[Inline, ...]]:
    """Return the inlines page by page.

    After a break with nothing behind it no line is left to print: Word and LibreOffice let the
    next paragraph begin the page.
    """
    found: list[list[Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, Break) and inline.kind == "page":
            found.append([])
        else:
            found[-1].append(inline)
    return [tuple(each) for each in found]


def _write_part(
    parent: Element, paragraph: Paragraph, between: Between, context: Context, blocks: WriteBlocks
) -> None:
    shape = paragraph.shape
    look = dominant_look(paragraph)
    element = SubElement(parent, _tag(shape))
    declarations = _shape_declarations(paragraph, between)
    declarations += look_declarations(replace(look, shade="", border=None, vertical="", raised=0,
                                              underline="", strike=""))  # fmt: skip
    declarations.append(setting(_line(paragraph), shape, look))
    element.set("class", context.classes.name(declarations))
    plain = replace(look, shade="", border=None, vertical="", raised=0, underline="", strike="")
    around = Around(shape, plain, _stops(shape, context), _leaders(shape), blocks)
    flow = Flow(element, around, context)
    if paragraph.number is not None:
        _write_number(flow, paragraph.number)
    write_inlines(flow, paragraph.inlines)
    if flow.last is None and not element.text:
        element.text = "\n"


def _line(paragraph: Paragraph) -> Line:
    """Return the height of lines; a line of pictures only is as high as they are."""
    line = paragraph.shape.line
    pictures = [each for each in paragraph.inlines if not isinstance(each, Mark)]
    if line.rule == "exact" or not pictures or paragraph.number is not None:
        return line
    alone = all(isinstance(each, Picture | Chart | Box) for each in pictures)
    return Line("none") if alone else line  # type: ignore[arg-type]


def dominant_look(paragraph: Paragraph) -> Look:
    """Return the look of most of a paragraph's characters; of its end if it has none."""
    counts: dict[Look, int] = {}
    for inline in paragraph.inlines:
        if isinstance(inline, Text):
            counts[inline.look] = counts.get(inline.look, 0) + len(inline.text)
    if not counts:
        look = next((each.look for each in paragraph.inlines if hasattr(each, "look")), None)
        return look or paragraph.mark
    return max(counts, key=lambda look: counts[look])


def _tag(shape: Shape) -> str:
    if shape.outline is None or shape.outline >= DEEPEST:
        return "p"
    return f"h{shape.outline + 1}"


def _shape_declarations(paragraph: Paragraph, between: Between) -> list[str]:
    shape = paragraph.shape
    spaces = {
        side: line.space + line.width for side, line in shape.borders.items() if is_line(line)
    }
    left, right = (shape.left - spaces.get("left", 0), shape.right - spaces.get("right", 0))
    found = [
        f"margin:{points(between.above)} {points(right)} 0 {points(left)}",
        f"text-align:{_ALIGN[shape.align]}",
    ]
    if shape.align == "distribute":
        found.append("text-align-last:justify")
    if shape.first:
        found.append(f"text-indent:{points(shape.first)}")
    if shape.keep_next:
        found.append("break-after:avoid")
    if shape.keep_lines or shape.keep_next:  # what stays with the next moves there as a whole
        found.append("break-inside:avoid")
    if shape.page_break_before or between.new_page:
        found += ["break-before:page", "margin-break:keep"]
    if not shape.widow_control:
        found.append("orphans:1;widows:1")
    if HIGHLIGHTED.fullmatch(shape.shade):
        found.append(f"background:{colour(shape.shade)}")
    return found + _frame(shape, between)


def _frame(shape: Shape, between: Between) -> list[str]:
    """Return borders and the space inside them; between joined paragraphs stands one or none."""
    lines = {side: line for side, line in shape.borders.items() if is_line(line)}
    if between.joined_above:
        lines.pop("top", None)
    if between.joined_below:
        lines.pop("bottom", None)
        if "between" in lines:
            lines["bottom"] = lines["between"]
    found = borders(lines)
    for side in ("top", "right", "bottom", "left"):
        if side in lines and lines[side].space:
            found.append(f"padding-{side}:{points(lines[side].space)}")
    return found


def _stops(shape: Shape, context: Context) -> str:
    """Return the tab stops a paragraph's tabs use, from where its lines begin."""
    stops = [(stop.at - shape.left, stop.kind) for stop in shape.tabs if stop.kind != "bar"]
    if shape.first < 0:
        stops.append((0.0, "left"))  # the hanging indent is a stop (ISO/IEC 29500-1, 17.3.1.12)
    return stops_text([(at, kind) for at, kind in stops], context.shown.tab_width or 36, shape.left)


def _leaders(shape: Shape) -> tuple[TabStop, ...]:
    return tuple(sorted((stop for stop in shape.tabs if stop.kind != "bar"),
                        key=lambda stop: stop.at))  # fmt: skip


def _write_number(flow: Flow, number: Number) -> None:
    """Write what a list prints; it is text like any other, so it is read and copied."""
    flow.text(number.text, number.look)
    if number.suffix == "space":
        flow.text(" ", number.look)
    elif number.suffix == "tab":
        write_inlines(flow, [Tab(replace(number.look, underline=""))])


def is_empty(paragraph: Paragraph) -> bool:
    """Return whether nothing of a paragraph is seen."""
    return paragraph.number is None and all(isinstance(each, Mark) for each in paragraph.inlines)
