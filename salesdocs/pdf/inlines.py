"""What stands in a paragraph, as elements: texts, tabs, numbers of pages, pictures, notes.

Text of the paragraph's own look stands in it bare; a `span` is written only where the look
changes, because every box costs layout time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from xml.etree.ElementTree import Element, SubElement

from salesdocs.pdf.charts import chart_svg
from salesdocs.pdf.context import Context
from salesdocs.pdf.counters import counter_name
from salesdocs.pdf.css import (
    border,
    colour,
    is_line,
    look_declarations,
    points,
    setting,
    string,
)
from salesdocs.pdf.lines import GAP
from salesdocs.pdf.pictures import unsound
from salesdocs.pdf.scripts import joined, scripts
from salesdocs.word.shown.model import (
    Block,
    Box,
    Break,
    Chart,
    Counter,
    Inline,
    Line,
    Look,
    Mark,
    NoteMark,
    Picture,
    Place,
    Shape,
    Tab,
    TabStop,
    Text,
    Unknown,
    Watermark,
)

ADDRESSES = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20]+", re.IGNORECASE)
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What XML cannot hold, and what has no glyph."""

_LEADERS = {
    "dot": '<circle cx="1.3" cy="1" r=".5"/>',
    "middleDot": '<circle cx="1.3" cy="1" r=".6"/>',
    "hyphen": '<path d="M.4 .7h1.6v.6H.4z"/>',
}


class WriteBlocks(Protocol):
    """Writes blocks into an element; handed in, because blocks hold inlines and these blocks."""

    def __call__(self, parent: Element, blocks: Sequence[Block], context: Context) -> None:
        """Append the blocks to the element."""


@dataclass(frozen=True, slots=True)
class Around:
    """The paragraph that inlines stand in: its shape, the look it gives them, its tab stops."""

    shape: Shape
    look: Look
    stops: str
    leaders: tuple[TabStop, ...]
    blocks: WriteBlocks


class Flow:
    """Appends to an element in reading order, text of one look in one piece."""

    def __init__(self, parent: Element, around: Around, context: Context) -> None:
        self.parent = parent
        self.around = around
        self.context = context
        self.key = ("", "")
        self.pieces: list[str] = []
        self.before = ""
        self.last: Element | None = None

    def text(self, text: str, look: Look, link: str = "") -> None:
        """Append text of a look."""
        if not text:
            return
        if look.east_asian_marks and scripts(text) == scripts(text, wide_signs=True):
            look = replace(look, east_asian_marks=False)  # its neighbours say the same
        key = (self.look_class(look), link)
        if key != self.key:
            self.flush()
            self.key = key
        self.pieces.append(text)

    def look_class(self, look: Look) -> str:
        """Return the class of a look within this paragraph; none for the paragraph's own."""
        if look == self.around.look:
            return ""
        own = self.around.look
        declarations = look_declarations(look)
        same_setting = (look.east_asian, look.east_asian_marks) == (
            own.east_asian,
            own.east_asian_marks,
        )
        if same_setting and declarations == look_declarations(own):
            return ""
        if look.vertical or look.raised:
            declarations.append(setting(Line("none"), self.around.shape, look))  # type: ignore[arg-type]
        elif not same_setting:
            declarations.append(setting(self.around.shape.line, self.around.shape, look))
        return self.context.classes.name(declarations)

    def flush(self) -> None:
        """Write the text collected so far."""
        text = UNPRINTABLE.sub("", "".join(self.pieces))
        self.pieces = []
        if not text:
            return
        name, link = self.key
        gap = self._gap(text)
        if name or link:
            element = self.element("a" if link else "span")
            self._dress(element, name, gap)
            if link:
                element.set("href", link)
            element.text = text
        elif gap and self.last is not None:
            self._dress(self.last, "", gap, side="right")
            self.last.tail = (self.last.tail or "") + text
        elif self.last is None:
            self.parent.text = (self.parent.text or "") + text
        else:
            self.last.tail = (self.last.tail or "") + text
        self.before = text[-1]

    def _gap(self, text: str) -> float:
        """Return the space between what is written and this text, where their scripts differ."""
        shape = self.around.shape
        if not self.before:
            return 0
        kind = joined(self.before, text[0])
        wanted = {"letter": shape.space_latin, "digit": shape.space_digits, "": False}[kind]
        return GAP * self.around.look.size if wanted else 0

    def _dress(self, element: Element, name: str, gap: float, side: str = "left") -> None:
        names = [each for each in (element.get("class", ""), name) if each]
        if gap:
            names.append(self.context.classes.name([f"margin-{side}:{points(gap)}"]))
        if names:
            element.set("class", " ".join(names))

    def element(self, tag: str) -> Element:
        """Return a new element after what is written."""
        self.last = SubElement(self.parent, tag)
        return self.last

    def other(self, tag: str, declarations: Sequence[str] = (), link: str = "") -> Element:
        """Return a new element that is no text, after the text collected so far."""
        self.flush()
        self.key = ("", "")
        self.before = ""
        parent = self.parent
        if link:
            parent = self.element("a")
            parent.set("href", link)
            element = SubElement(parent, tag)
        else:
            element = self.element(tag)
        if name := self.context.classes.name(declarations):
            element.set("class", name)
        return element


def safe_link(link: str, context: Context) -> str:
    """Return the link if it may stand in a PDF: web, mail, or a bookmark of this document."""
    if link.startswith("#"):
        return "#" + anchor(link[1:]) if link[1:] in context.targets else ""
    return link if ADDRESSES.fullmatch(link) else ""


def anchor(name: str) -> str:
    """Return the name of a bookmark as a destination of the PDF: without blanks and controls."""
    return re.sub(r"[\s\x00-\x20]", "_", UNPRINTABLE.sub("", name))


def write_inlines(flow: Flow, inlines: Sequence[Inline]) -> None:
    """Append the inlines to the flow and finish it."""
    index = 0
    while index < len(inlines):
        inline = inlines[index]
        if isinstance(inline, Mark):
            index = _write_mark(flow, inlines, index)
            continue
        write_inline(flow, inline)
        index += 1
    flow.flush()


def write_inline(flow: Flow, inline: Inline) -> None:
    """Append one inline to the flow."""
    context = flow.context
    match inline:
        case Text(text, look, link):
            shown = text.upper() if look.capitals == "all" else text
            flow.text(shown.replace("\t", " "), look, safe_link(link, context))
        case Tab(look, _):
            _write_tab(flow, look)
        case Break("line", look):
            flow.text("\n", look)
        case Break():
            pass
        case Counter():
            _write_counter(flow, inline)
        case NoteMark():
            _write_note(flow, inline)
        case Picture():
            _write_picture(flow, inline)
        case Chart():
            svg = chart_svg(inline)
            picture = Picture(svg, "image/svg+xml", inline.width, inline.height,
                              inline.alt or inline.title or "图表", inline.place)  # fmt: skip
            _write_picture(flow, picture)
        case Box():
            _write_box(flow, inline)
        case Watermark():
            pass  # it lies on the paper, not in the text
        case Mark():
            pass


def _write_mark(flow: Flow, inlines: Sequence[Inline], index: int) -> int:
    """Write a bookmark where something points to it; return where to go on.

    Where a form field stands for its value, what it holds is left out.
    """
    mark = inlines[index]
    assert isinstance(mark, Mark)
    context = flow.context
    if mark.end:
        return index + 1
    if context.fields is not None and (field := context.fields(mark.name)) is not None:
        end = next(
            (place for place in range(index + 1, len(inlines))
             if inlines[place] == Mark(mark.name, end=True)),
            None,
        )  # fmt: skip
        if end is not None:
            flow.flush()
            flow.key, flow.before = ("", ""), ""
            flow.parent.append(field)
            flow.last = field
            return end + 1
    wanted = mark.name in context.targets or not mark.name.startswith("_")
    if wanted and mark.name not in context.placed:
        context.placed.add(mark.name)
        if flow.last is None and not flow.pieces and "id" not in flow.parent.attrib:
            flow.parent.set("id", anchor(mark.name))
        else:
            flow.other("span").set("id", anchor(mark.name))
    return index + 1


def _write_tab(flow: Flow, look: Look) -> None:
    element = flow.other("tab")
    element.set("data-stops", flow.around.stops)
    leader = _leader(flow)
    if look.underline or leader in ("underscore", "heavy"):
        line = f"border-bottom:.5pt solid {colour(look.underline_colour or look.colour)}"
        name = flow.context.classes.name([line, "vertical-align:-1.5pt"])
        element.set("class", name)
    elif leader in _LEADERS:
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="2.6pt" height="2pt" '
            f'viewBox="0 0 2.6 2">{_LEADERS[leader]}</svg>'
        )
        address = flow.context.address(svg.encode(), "image/svg+xml")
        rise = "2.5pt" if leader == "middleDot" else "0"
        name = flow.context.classes.name(
            [f"background:url({address}) repeat-x right bottom", "height:2pt",
             f"vertical-align:{rise}"]
        )  # fmt: skip
        element.set("class", name)


def _leader(flow: Flow) -> str:
    """Return the leader of the tab about to be written: of the stop of its place in order."""
    count = sum(1 for each in flow.parent.iter("tab")) - 1
    leaders = flow.around.leaders
    if not leaders:
        return ""
    return leaders[min(count, len(leaders) - 1)].leader


def _write_counter(flow: Flow, counter: Counter) -> None:
    context = flow.context
    pages = context.shown.sections[context.section].page_format
    form = counter.format or (pages if counter.kind in {"PAGE", "PAGEREF"} else "")
    style = counter_name(form, context.rule)
    targets = {
        "PAGE": f"counter(page,{style})",
        "NUMPAGES": f"counter(pages,{style})",
        "SECTIONPAGES": f'target-counter("#{section_end(context.section)}",part,{style})',
        "PAGEREF": f"target-counter({string('#' + anchor(counter.target))},page,{style})",
    }
    known = counter.kind != "PAGEREF" or counter.target in context.targets
    link = safe_link(counter.link, context)
    element = flow.other("span", link=link)
    names = [flow.look_class(counter.look)]
    if known:
        name = context.classes.name([f"--count:{string(targets[counter.kind])}"])
        context.rule(f".{name}::before{{content:{targets[counter.kind]}}}")
        names.append(name)
    else:
        element.text = counter.cached
    element.set("class", " ".join(name for name in names if name))


def section_end(index: int) -> str:
    """Return the name of the place where a section ends."""
    return f"salesdocs-end-{index}"


def _write_note(flow: Flow, note: NoteMark) -> None:
    raised = note.look if note.look.vertical else replace(note.look, vertical="superscript")
    flow.text(note.text, raised)
    blocks = flow.context.shown.notes.get(f"{note.kind} {note.id}")
    if note.kind != "footnote" or not blocks or flow.context.in_note:
        return
    flow.context.in_note = True
    element = flow.other("note")
    flow.around.blocks(element, blocks, flow.context)
    flow.context.in_note = False


def _write_picture(flow: Flow, picture: Picture) -> None:
    if picture.width <= 0 or picture.height <= 0:
        return
    if problem := unsound(picture.data, picture.kind):
        lost = Unknown(f"{picture.kind} ({problem})", picture.alt, lost=True)
        flow.context.missed.append(lost)
        return
    address = flow.context.address(picture.data, picture.kind)
    outer = _placement(picture.place, picture.width, picture.height, flow)
    if picture.rotation:
        outer = [*outer, f"transform:rotate({picture.rotation:g}deg)"]
    left, top, right, bottom = picture.crop
    link = safe_link(picture.link, flow.context)
    if any(picture.crop):
        inner_width = picture.width / max(1 - left - right, 0.01)
        inner_height = picture.height / max(1 - top - bottom, 0.01)
        frame = flow.other(
            "span",
            [*outer, *([] if picture.place else ["display:inline-block"]), "overflow:hidden",
             f"width:{points(picture.width)}", f"height:{points(picture.height)}"],
            link,
        )  # fmt: skip
        image = SubElement(frame, "img")
        sizes = [f"width:{points(inner_width)}", f"height:{points(inner_height)}",
                 f"margin:{points(-top * inner_height)} 0 0 {points(-left * inner_width)}",
                 "display:block"]  # fmt: skip
        image.set("class", flow.context.classes.name(sizes))
    else:
        sizes = [f"width:{points(picture.width)}", f"height:{points(picture.height)}"]
        image = flow.other("img", [*outer, *sizes], link)
    image.set("src", address)
    image.set("alt", UNPRINTABLE.sub("", picture.alt) or "图片")


def _placement(place: Place | None, width: float, height: float, flow: Flow) -> list[str]:
    """Return the declarations that put something where it floats; none for what is in the line."""
    if place is None:
        return []
    section = flow.context.shown.sections[flow.context.section]
    if place.wrap == "square" and place.h_align in ("left", "right"):
        return [f"float:{place.h_align}", "display:block"]
    if place.wrap == "top_bottom":
        return ["display:block", f"margin-left:{points(max(place.x, 0))}"]
    found = ["position:absolute", f"z-index:{-1 if place.behind else 1}", "display:block"]
    on_page = place.h_from == "page"
    span = section.width if on_page else flow.context.text_width
    offset = -section.left if on_page else 0.0
    aligned = {"center": (span - width) / 2, "right": span - width, "left": 0.0}
    left = offset + aligned.get(place.h_align, place.x)
    found.append(f"left:{points(left)}")
    if place.v_from in ("page", "margin"):
        page = place.v_from == "page"
        room = section.height if page else section.height - section.top - section.bottom
        drop = {"center": (room - height) / 2, "bottom": room - height, "top": 0.0}
        top = (-section.top if page else 0) + drop.get(place.v_align, place.y)
        found.append(f"top:{points(top)}")
    else:
        found.append(f"margin-top:{points(place.y)}")
    return found


def _write_box(flow: Flow, box: Box) -> None:
    top, right, bottom, left = box.margins
    declarations = _placement(box.place, box.width, box.height, flow) or ["display:inline-block"]
    width, height = max(box.width - left - right, 0), max(box.height - top - bottom, 0)
    declarations += [
        f"width:{points(width)}",
        f"{'min-' if box.grows else ''}height:{points(height)}",
        f"padding:{points(top)} {points(right)} {points(bottom)} {points(left)}",
    ]
    declarations += [f"background:{colour(box.fill)}"] if box.fill else []
    if is_line(box.border) and box.border is not None:
        declarations.append(f"border:{border(box.border)}")
    element = flow.other("div", declarations)
    flow.around.blocks(element, box.blocks, flow.context)
