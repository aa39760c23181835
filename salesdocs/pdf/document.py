"""The whole document as an HTML tree and its style sheet: sections, pages, headers, footers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from salesdocs.pdf.blocks import add_class, write_blocks
from salesdocs.pdf.context import Context, FieldHook, targets_of
from salesdocs.pdf.css import points
from salesdocs.pdf.inlines import UNPRINTABLE, section_end
from salesdocs.pdf.paper import paper_declarations, special_pages
from salesdocs.word.shown.model import Block, Paragraph, Position, Section, Shown, Story

LANGUAGE = "zh-CN"
"""Without it the glyph forms of Japan are drawn."""

BASE_SHEET = """
html, body, section, div, p, h1, h2, h3, h4, h5, h6, header, footer { display: block; margin: 0 }
head, title, meta, style { display: none }
html { font-size: 10pt; --set: "multiple|1|khld|宋体" }
p, h1, h2, h3, h4, h5, h6, td, th { orphans: 2; widows: 2; white-space: pre-wrap }
a { text-decoration: none; color: inherit }
table { display: table; border-collapse: collapse; table-layout: fixed; border-spacing: 0 }
colgroup { display: table-column-group }
col { display: table-column }
thead { display: table-header-group }
tbody { display: table-row-group }
tr { display: table-row }
td, th { display: table-cell; vertical-align: top; text-align: left }
p, h1, h2, h3, h4, h5, h6, table { margin-break: discard }
tab { display: inline-block; width: 0; height: 0 }
img { overflow: hidden; vertical-align: baseline }
note { float: footnote; display: block }
note::footnote-call, note::footnote-marker { content: none }
@page { @footnote { border-top: .5pt solid black; padding-top: 3pt; margin-top: 6pt } }
h1 { bookmark-level: 1; bookmark-label: content(text) }
h2 { bookmark-level: 2; bookmark-label: content(text) }
h3 { bookmark-level: 3; bookmark-label: content(text) }
h4 { bookmark-level: 4; bookmark-label: content(text) }
h5 { bookmark-level: 5; bookmark-label: content(text) }
h6 { bookmark-level: 6; bookmark-label: content(text) }
"""
_SELECTORS: Mapping[Position, str] = {"default": "", "first": ":nth(1 of {name})", "even": ":left"}


@dataclass(frozen=True, slots=True)
class Written:
    """A document as WeasyPrint takes it: the tree, its style rules, and what the tree refers to."""

    root: Element
    rules: tuple[str, ...]
    context: Context


Measure = Callable[[Written], Sequence[float]]
"""Returns the heights, in points, of what stands in the body of a document."""


@dataclass(frozen=True, slots=True)
class _Running:
    """A header or footer as written: its place, and how high it is at least."""

    side: str
    position: Position
    section: int
    element: Element
    estimate: float


def write_document(
    shown: Shown, fields: FieldHook | None = None, measure: Measure | None = None
) -> Written:
    """Return the document as HTML with print CSS.

    `measure` is asked for the heights of headers and footers that may need more room than the
    margin leaves them.
    """
    context = Context(shown, targets_of(shown), fields)
    root = Element("html", {"lang": LANGUAGE})
    _write_head(SubElement(root, "head"), shown)
    body = SubElement(root, "body")
    running: list[_Running] = []
    leads = _leads(shown.sections)
    for index, section in enumerate(shown.sections):
        context.section = index
        context.text_width = _text_width(section)
        running += _write_section(body, section, index, leads[index], context)
    _write_endnotes(body[-1], context)
    heights = _heights(running, context, measure)
    pages = [
        rule
        for index, section in enumerate(shown.sections)
        if leads[index] == index
        for rule in _page_rules(section, index, [
            (each, height) for each, height in zip(running, heights, strict=True)
            if each.section == index
        ], context)
    ]  # fmt: skip
    return Written(root, (*_rules(context), *pages), context)


def _rules(context: Context) -> tuple[str, ...]:
    return (BASE_SHEET, *context.rules, *context.classes.rules())


def _text_width(section: Section) -> float:
    return section.width - section.left - section.right - section.gutter


def _heights(running: Sequence[_Running], context: Context, measure: Measure | None) -> list[float]:
    """Return how high headers and footers are, laid out where the estimate exceeds the margin."""
    estimates = [each.estimate for each in running]
    if measure is None or all(
        each.estimate <= _room(context.shown.sections[each.section], each.side) for each in running
    ):
        return estimates
    root = Element("html", {"lang": LANGUAGE})
    body = SubElement(root, "body")
    for each in running:
        width = _text_width(context.shown.sections[each.section])
        frame = SubElement(body, "div")
        name = context.classes.name([f"width:{points(width)}", "overflow:hidden"])
        frame.set("class", name)
        frame.extend(each.element)
    page = "@page{size:3000pt 14000pt;margin:0}"
    return list(measure(Written(root, (*_rules(context), page), context)))


def _room(section: Section, side: str) -> float:
    return section.top - section.header if side == "header" else section.bottom - section.footer


def _estimate(blocks: Sequence[Block], width: float) -> float:
    """Return how high blocks are, rather more than less."""
    total = 0.0
    for block in blocks:
        if isinstance(block, Paragraph):
            shape = block.shape
            size = max([each.look.size for each in block.inlines if hasattr(each, "look")],
                       default=block.mark.size)  # fmt: skip
            length = sum(len(getattr(each, "text", "")) for each in block.inlines) * size
            pictures = [each.height for each in block.inlines if hasattr(each, "height")]
            own = (
                shape.line.value
                if shape.line.rule == "exact"
                else max(
                    1.5 * size * (shape.line.value if shape.line.rule == "multiple" else 1),
                    shape.line.value if shape.line.rule == "at_least" else 0,
                )
            )
            frame = sum(line.space + line.width for line in shape.borders.values())
            total += max([own * (1 + length // width), *pictures]) + frame
            total += shape.before + shape.after
        else:
            total += sum(
                max(row.height, *(
                    _estimate(cell.blocks, cell.width or width) for cell in row.cells
                ), 0) for row in block.rows
            )  # fmt: skip
    return total


def _write_head(head: Element, shown: Shown) -> None:
    properties = shown.properties
    SubElement(head, "title").text = UNPRINTABLE.sub("", properties.get("title", "")) or "文档"
    for name, key in (
        ("author", "creator"),
        ("description", "subject"),
        ("keywords", "keywords"),
        ("dcterms.created", "created"),
        ("dcterms.modified", "modified"),
    ):
        if value := UNPRINTABLE.sub("", properties.get(key, "")):
            SubElement(head, "meta", {"name": name, "content": value})


def _leads(sections: Sequence[Section]) -> list[int]:
    """Return for each section which one's pages it begins on: its own, or those of one before.

    A continuous section goes on below the one before if both have the same paper; the header and
    footer of a page are those of its first section (ISO/IEC 29500-1, 17.6.22).
    """
    found: list[int] = []
    for index, section in enumerate(sections):
        goes_on = index and section.kind == "continuous" and section.start is None
        same = goes_on and _paper(section) == _paper(sections[index - 1])
        found.append(found[-1] if same else index)
    return found


def _paper(section: Section) -> tuple[float, ...]:
    return (section.width, section.height, section.left, section.right, section.gutter)


def _write_section(
    body: Element, section: Section, index: int, lead: int, context: Context
) -> list[_Running]:
    """Append a section, on the pages of section `lead`; return its headers and footers."""
    name = _page_name(lead)
    element = SubElement(body, "section")
    breaks = {"odd_page": "right", "even_page": "left"}.get(section.kind, "page")
    starts = index > 0 and lead == index
    declarations = [f"page:{name}", f"break-before:{breaks}" if starts else ""]
    if section.columns:
        gap = section.columns[0][1]
        declarations += [f"column-count:{len(section.columns)}", f"column-gap:{points(gap)}"]
    element.set("class", context.classes.name(declarations))
    running = [
        _write_story(element, side, position, story, index, context)
        for side, stories in (("header", section.headers), ("footer", section.footers))
        for position, story in (stories.items() if lead == index else ())
    ]
    before = len(element)
    write_blocks(element, section.blocks, context)
    if len(element) > before and lead == index:
        add_class(element[before], context.classes.name(["margin-break:keep"]))
    _mark_end(element, index)
    return running


def _write_endnotes(last: Element, context: Context) -> None:
    """Append the words of the endnotes below a short line, as Word ends a document."""
    notes = [blocks for name, blocks in context.shown.notes.items() if name.startswith("endnote ")]
    if notes:
        line = SubElement(last, "div")
        line.set("class", context.classes.name(
            ["width:144pt", "border-top:.5pt solid black", "margin-top:6pt", "padding-top:3pt",
             "break-after:avoid"]
        ))  # fmt: skip
    for blocks in notes:
        write_blocks(last, blocks, context)


def _mark_end(element: Element, index: int) -> None:
    """Name the place where a section ends, for the number of its last page."""
    last = element[-1] if len(element) else element
    inside = last is not element and last.tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6")
    SubElement(last if inside else element, "span" if inside else "div").set(
        "id", section_end(index)
    )


def _page_name(index: int) -> str:
    return f"s{index}"


def _write_story(
    parent: Element, side: str, position: Position, story: Story, index: int, context: Context
) -> _Running:
    """Append a header or footer as an element that runs on each page."""
    element = SubElement(parent, side)
    running = f"{_page_name(index)}-{side}-{position}"
    element.set("class", context.classes.name([f"position:running({running})"]))
    write_blocks(element, story.blocks, context)
    estimate = _estimate(story.blocks, context.text_width)
    return _Running(side, position, index, element, estimate)


def _page_rules(
    section: Section, index: int, running: Sequence[tuple[_Running, float]], context: Context
) -> list[str]:
    name = _page_name(index)
    restart = (
        f"counter-reset:page {section.start - 1} part 0"
        if section.start is not None
        else ("counter-reset:part 0")
    )
    sides = " ".join(points(each) for each in (section.right, section.left + section.gutter))
    right, left = sides.split()
    rules = [
        f"@page {name}{{size:{points(section.width)} {points(section.height)};"
        f"margin:{points(section.top)} {right} {points(section.bottom)} {left};"
        f"counter-increment:page part;{';'.join(paper_declarations(section, context))}}}",
        f"@page {name}:nth(1 of {name}){{{restart}}}",
        *(
            f"@page {name}{_SELECTORS[position].format(name=name)}{{{declarations}}}"
            for position, declarations in special_pages(section, context)
        ),
    ]
    return rules + [_running_rule(each, height, section) for each, height in running]


def _running_rule(running: _Running, height: float, section: Section) -> str:
    """Return the rule that puts a header or footer on its pages, with the room it needs.

    What stands above the text pushes it down where the margin is too small for it; a negative
    margin is one that text may run under (ISO/IEC 29500-1, 17.6.11).
    """
    name = _page_name(running.section)
    selector = _SELECTORS[running.position].format(name=name)
    place, edge, distance, margin = (
        ("top-left", "top", section.header, section.top)
        if running.side == "header"
        else ("bottom-left", "bottom", section.footer, section.bottom)
    )
    needed = max(margin, distance + height) if margin >= 0 else -margin
    content = f"{name}-{running.side}-{running.position}"
    return (
        f"@page {name}{selector}{{margin-{edge}:{points(needed)};"
        f"@{place}{{content:element({content});width:100%;"
        f"vertical-align:{edge};padding-{edge}:{points(distance)}}}}}"
    )
