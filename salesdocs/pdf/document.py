"""The whole document as an HTML tree and its style sheet: sections, pages, headers, footers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from salesdocs.pdf.blocks import write_blocks
from salesdocs.pdf.context import Context, FieldHook, targets_of
from salesdocs.pdf.css import points
from salesdocs.pdf.inlines import UNPRINTABLE, section_end
from salesdocs.word.shown.model import Position, Section, Shown, Story

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
    """A document as WeasyPrint takes it: the tree, the sheet, and what the tree refers to."""

    root: Element
    sheet: str
    context: Context


def write_document(shown: Shown, fields: FieldHook | None = None) -> Written:
    """Return the document as HTML with print CSS."""
    context = Context(shown, targets_of(shown), fields)
    root = Element("html", {"lang": LANGUAGE})
    _write_head(SubElement(root, "head"), shown)
    body = SubElement(root, "body")
    pages: list[str] = []
    for index, section in enumerate(shown.sections):
        context.section = index
        context.text_width = section.width - section.left - section.right - section.gutter
        pages += _write_section(body, section, index, context)
    sheet = BASE_SHEET + "".join(context.rules) + context.classes.sheet() + "\n".join(pages)
    return Written(root, sheet, context)


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


def _write_section(body: Element, section: Section, index: int, context: Context) -> list[str]:
    """Append a section; return the rules of its pages."""
    name = f"s{index}"
    element = SubElement(body, "section")
    breaks = {"odd_page": "right", "even_page": "left"}.get(section.kind, "page")
    declarations = [f"page:{name}", f"break-before:{breaks}" if index else ""]
    if section.columns:
        gap = section.columns[0][1]
        declarations += [f"column-count:{len(section.columns)}", f"column-gap:{points(gap)}"]
    element.set("class", context.classes.name(declarations))
    rules = _page_rules(section, name, context)
    for side, stories in (("header", section.headers), ("footer", section.footers)):
        for position, story in stories.items():
            rules.append(_write_story(element, side, position, story, section, name, context))
    write_blocks(element, section.blocks, context)
    if len(element):
        end = SubElement(element[-1], "span") if element[-1].tag != "table" else element
        if end is element:
            end = SubElement(element, "div")
        end.set("id", section_end(index))
    return rules


def _page_rules(section: Section, name: str, context: Context) -> list[str]:
    start = f"counter-reset:page {section.start} part 0;" if section.start is not None else (
        "counter-reset:part 0;"
    )
    margins = " ".join(
        points(each)
        for each in (section.top, section.right, section.bottom, section.left + section.gutter)
    )
    return [
        f"@page {name}{{size:{points(section.width)} {points(section.height)};margin:{margins};"
        "counter-increment:page part}",
        f"@page {name}:nth(1 of {name}){{{start}}}",
    ]


def _write_story(
    parent: Element, side: str, position: Position, story: Story, section: Section, name: str,
    context: Context,
) -> str:  # fmt: skip
    """Append a header or footer as an element that runs on each page; return its page rule."""
    running = f"{name}-{side}-{position}"
    element = SubElement(parent, side)
    element.set("class", context.classes.name([f"position:running({running})"]))
    write_blocks(element, story.blocks, context)
    place, edge, distance = (
        ("top-left", "top", section.header)
        if side == "header"
        else ("bottom-left", "bottom", section.footer)
    )
    selector = _SELECTORS[position].format(name=name)
    return (
        f"@page {name}{selector}{{@{place}{{content:element({running});width:100%;"
        f"vertical-align:{edge};padding-{edge}:{points(distance)}}}}}"
    )
