"""How WeasyPrint places what stands in a line: tab stops, and lines as wide as the paragraph.

WeasyPrint knows no tab stops, and fills a line by widening its blanks: Chinese has none. Here a
tab is an empty inline block that is widened once its line is known, and a justified line is
spread between Chinese characters too, from the last tab on, as Word does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout import inline  # type: ignore[import-untyped]

from salesdocs.pdf.lines import PIXELS, setting_of
from salesdocs.pdf.scripts import scripts

TAB = "tab"
"""The name of the element that stands for a tab."""
STOPS = "data-stops"
"""Its attribute: the paragraph's stops as `stops_text` writes them."""
NEAR = 0.05
"""Pixels by which a stop must lie ahead to be the next one."""

Stop = tuple[float, str]


def stops_text(stops: list[Stop], default: float, left: float) -> str:
    """Return tab stops in the form of the attribute, all in points.

    `stops` are places from where lines begin and kinds; `default` is the distance of the stops
    that follow the last one, `left` how far the lines begin from where these are counted.
    """
    own = ",".join(f"{kind[0]}{place:.3f}" for place, kind in stops)
    return f"{default:.3f};{left:.3f};{own}"


@cache
def _parsed(text: str) -> tuple[float, float, tuple[Stop, ...]]:
    default, left, own = text.split(";")
    stops = tuple(sorted((float(each[1:]) * PIXELS, each[0]) for each in own.split(",") if each))
    return float(default) * PIXELS, float(left) * PIXELS, stops


def next_stop(text: str, at: float) -> Stop:
    """Return the place and kind of the first stop beyond `at`, in pixels."""
    default, left, stops = _parsed(text)
    for place, kind in stops:
        if place > at + NEAR:
            return place, kind
    count = int((at + left + NEAR) // default) + 1
    return count * default - left, "l"


def atomic_box(
    context: Any, box: Any, position_x: float, skip_stack: Any, containing_block: Any,
    absolute_boxes: Any, fixed_boxes: Any,
) -> Any:  # fmt: skip
    """Return the box laid out; a tab to a left stop has its width before the line is broken."""
    found = _weasyprint.atomic_box(
        context, box, position_x, skip_stack, containing_block, absolute_boxes, fixed_boxes
    )
    if _is_tab(found):
        at = position_x - containing_block.content_box_x()
        place, kind = next_stop(found.element.get(STOPS), at)
        found.width = place - at if kind == "l" else 0
    return found


def _leaves(box: Any) -> Iterator[Any]:
    """Yield what stands in a line and has a width of its own, from left to right."""
    for child in box.children:
        if isinstance(child, boxes.InlineBox):
            yield from _leaves(child)
        elif child.is_in_normal_flow():
            yield child


def _is_tab(box: Any) -> bool:
    return box.element_tag == TAB and not isinstance(box, boxes.TextBox | boxes.InlineBox)


@dataclass(slots=True)
class _Line:
    """What is added to the leaves of a line: pixels to their widths, by their identity."""

    wider: dict[int, float]
    spread: dict[int, float]


def text_align(context: Any, line: Any, available_width: float, last: bool) -> float:
    """Return by how much a line is moved to the right, after its tabs and gaps are widened."""
    if setting_of(line.style) is None:
        return float(_weasyprint.text_align(context, line, available_width, last))
    leaves = list(_leaves(line))
    tabs = [index for index, leaf in enumerate(leaves) if _is_tab(leaf)]
    changes = _Line({}, {})
    if tabs:
        _widen_tabs(line, leaves, tabs, changes)
    width = line.width + sum(changes.wider.values())
    style = line.style
    align = style["text_align_all"]
    if last and style["text_align_last"] != "auto":
        align = style["text_align_last"]
    spare = available_width - width
    if align == "justify" and spare > 0 and (not last or style["text_align_last"] == "justify"):
        _spread(leaves[tabs[-1] + 1 if tabs else 0 :], spare, changes)
    if changes.wider or changes.spread:
        _apply(line, changes, 0)
    if spare <= 0 or align in ("justify", "left", "start"):
        return 0
    return float(spare / 2 if align == "center" else spare)


def _widen_tabs(line: Any, leaves: list[Any], tabs: list[int], changes: _Line) -> None:
    """Give each tab the width that takes what follows it to its stop."""
    at = leaves[0].position_x - line.position_x
    for index, leaf in enumerate(leaves):
        if not _is_tab(leaf):
            at += leaf.margin_width()
            continue
        place, kind = next_stop(leaf.element.get(STOPS), at)
        until = next((other for other in tabs if other > index), len(leaves))
        width = max(place - at - _ahead(leaves[index + 1 : until], kind), 0)
        changes.wider[id(leaf)] = width - leaf.width
        at += width


def _ahead(leaves: list[Any], kind: str) -> float:
    """Return how much of what follows a tab stands before its stop."""
    if kind in ("l", "b"):
        return 0
    total = float(sum(leaf.margin_width() for leaf in leaves))
    if kind == "c":
        return total / 2
    if kind == "d":
        before = 0.0
        for leaf in leaves:
            text = getattr(leaf, "text", "")
            place = text.find(".")
            if place >= 0:
                return before + float(leaf.width) * place / len(text)
            before += leaf.margin_width()
    return total


def _spread(leaves: list[Any], spare: float, changes: _Line) -> None:
    """Share what a line lacks among its gaps: after Chinese characters and at blanks."""
    texts = [leaf for leaf in leaves if isinstance(leaf, boxes.TextBox)]
    places = {id(leaf): _gaps(leaf.text) for leaf in texts}
    if texts and leaves and leaves[-1] is texts[-1]:
        places[id(texts[-1])] = [
            place for place in places[id(texts[-1])] if place < _last(texts[-1])
        ]
    count = sum(len(each) for each in places.values())
    if not count:
        return
    share = spare / count
    for leaf in texts:
        if not places[id(leaf)] or not hasattr(leaf.pango_layout, "extras"):
            continue
        extras = leaf.pango_layout.extras
        leaf.pango_layout.extras = extras | {
            place: extras.get(place, 0) + share for place in places[id(leaf)]
        }
        changes.spread[id(leaf)] = share * len(places[id(leaf)])


def _last(leaf: Any) -> int:
    """Return where the last character inside the edge starts; one that hangs out is not it."""
    hanging = getattr(leaf, "word_hangs", False)
    shown = leaf.text[:-1] if hanging else leaf.text
    return len(shown[:-1].encode())


def _gaps(text: str) -> list[int]:
    """Return after which characters a line may be widened, by place in the encoded text."""
    found, start = [], 0
    for char, kind in zip(text, scripts(text), strict=True):
        if kind == "wide" or char in " \u00a0":
            found.append(start)
        start += len(char.encode())
    return found


def _apply(box: Any, changes: _Line, moved: float) -> float:
    """Move and widen what stands in a box; return how far what follows it moves."""
    for child in box.children:
        if isinstance(child, boxes.InlineBox):
            child.position_x += moved
            further = _apply(child, changes, moved)
            moved = further
        elif child.is_in_normal_flow():
            child.translate(moved, 0)
            more = changes.wider.get(id(child), 0) + changes.spread.get(id(child), 0)
            child.width += more
            moved += more
    box.width += sum(
        changes.wider.get(id(leaf), 0) + changes.spread.get(id(leaf), 0) for leaf in _leaves(box)
    )
    return moved


class _Originals:
    """What WeasyPrint does itself."""

    text_align: Any = None
    atomic_box: Any = None


_weasyprint = _Originals()


def install() -> bool:
    """Put these functions in place of WeasyPrint's; return whether it has what they replace."""
    if _weasyprint.text_align is not None:
        return True
    if not all(callable(getattr(inline, name, None)) for name in ("text_align", "atomic_box")):
        return False
    _weasyprint.text_align, _weasyprint.atomic_box = inline.text_align, inline.atomic_box
    inline.text_align, inline.atomic_box = text_align, atomic_box
    return True
