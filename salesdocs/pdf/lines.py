"""How WeasyPrint sets the lines of a Word file: where they end, how high they are.

WeasyPrint breaks lines as Unicode says, spreads them at blanks only, and centres text of any font
in its line. Word breaks Chinese between any two characters but for kinsoku, lets one mark hang
out on the right, leaves a gap beside Latin letters, and puts the baseline of a line of exact
height where no font has a say. So the four functions of its layout that do this are replaced, for
text whose style says how Word sets it (`--set`, see `salesdocs.pdf.css`); all other text is left
to it. A text is shaped once, and its lines are cut from that.

These functions are not a public interface: `install` looks before it replaces, and leaves
WeasyPrint as it is where it finds something else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, pairwise
from math import ceil
from typing import Any

from weasyprint.layout import inline, preferred  # type: ignore[import-untyped]
from weasyprint.text import line_break  # type: ignore[import-untyped]
from weasyprint.text.ffi import (  # type: ignore[import-untyped]
    FROM_UNITS,
    TO_UNITS,
    ffi,
    pango,
    unicode_to_char_p,
)

from salesdocs.pdf.fonts import here
from salesdocs.pdf.scripts import HANGING, joined, parts, script, scripts

PIXELS = 96 / 72
"""Pixels of WeasyPrint's layout in a point."""
GAP = 0.2
"""Space between Chinese and Latin, in em; measured in LibreOffice."""
BASELINE = 0.8
"""Where the baseline of a line of exact height is; measured in LibreOffice and Word."""
INTS_PER_GLYPH = 5
"""Integers in a PangoGlyphInfo: glyph, width, x and y offset, attributes."""
NO_BREAK_TOLERANCE = 1e-3

ffi.cdef("PangoAttribute * pango_attr_family_new (const char *family);", override=True)


@dataclass(frozen=True, slots=True)
class Setting:
    """How lines are set: `value` is in pixels, or the factor of `multiple`.

    `gaps` are the kinds of Latin characters parted from Chinese ones; `family` are the families
    of Chinese, as Pango takes them; with `wide_signs` signs of both scripts are always Chinese;
    with `break_latin` a line may end inside a Latin word.
    """

    rule: str
    value: float
    kinsoku: bool
    hanging: bool
    gaps: frozenset[str]
    family: bytes
    wide_signs: bool
    break_latin: bool


@cache
def _parsed(text: str) -> Setting:
    rule, value, flags, east_asian = text.split("|", 3)
    gaps = {kind for letter, kind in (("l", "letter"), ("d", "digit")) if letter in flags}
    return Setting(
        rule,
        float(value) * (1 if rule == "multiple" else PIXELS),
        "k" in flags,
        "h" in flags,
        frozenset(gaps),
        ",".join(here("", east_asian)).encode(),
        "e" in flags,
        "b" in flags,
    )


def setting_of(style: Any) -> Setting | None:
    """Return how Word sets text of this style; None for text that is not Word's."""
    tokens = style["__set"]
    return _parsed(tokens[0].value) if tokens else None


class LineLayout(line_break.Layout):  # type: ignore[misc]
    """A text of one style as Pango shapes it, with space added after some of its characters.

    `extras` are pixels by place in the encoded text. Pango's own letter spacing puts half of a
    space before a character, so widths are changed where Pango has left them.
    """

    def __init__(self, style: Any, setting: Setting, text: str) -> None:
        self.justification_spacing = 0
        self.max_width = None
        self.setting = setting
        self.extras: dict[int, float] = {}
        self.families = ",".join(style["font_family"]).encode()
        self.font_size = style["font_size"]
        self.setup(style)
        self.fill(text)

    def cut(self, text: str, extras: dict[int, float]) -> LineLayout:
        """Return the layout of a part of this text, to be shaped when it is drawn."""
        part = object.__new__(LineLayout)
        part.__dict__.update(self.__dict__)
        part.deactivate()
        part.text, part.extras = text, extras
        return part

    def fill(self, text: str) -> None:
        """Set the text, signs among Chinese characters in the Chinese family."""
        self.text = text
        pointer, _ = unicode_to_char_p(text)
        pango.pango_layout_set_text(self.layout, pointer, -1)
        ranges = [(*place, self.setting.family) for place in _chinese_signs(text, self.setting)]
        ranges += [(*place, self.families) for place in _blanks_after_signs(text)]
        if not ranges:
            return
        attributes = pango.pango_layout_get_attributes(self.layout)
        if attributes == ffi.NULL:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        for start, end, family in ranges:
            attribute = pango.pango_attr_family_new(family)
            attribute.start_index, attribute.end_index = start, end
            pango.pango_attr_list_change(attributes, attribute)
        pango.pango_layout_set_attributes(self.layout, attributes)

    def deactivate(self) -> None:
        """Let go of what Pango holds."""
        for name in ("layout", "language", "style"):
            self.__dict__.pop(name, None)

    def reactivate(self, style: Any) -> None:
        """Shape the text again, to draw it."""
        self.setup(style)
        self.fill(self.text)

    def get_first_line(self) -> tuple[Any, int | None]:
        """Return Pango's line with the extra widths in it."""
        line, index = super().get_first_line()
        if not self.extras:
            return line, index
        # A PDF moves by whole thousandths of the font's size: what one lacks the next has more.
        unit, carried = self.font_size / 1000, 0.0
        for offset, numbers, clusters in _runs(line):
            for place, cluster in enumerate(clusters):
                if extra := self.extras.get(offset + cluster):
                    wanted = extra / unit + carried
                    count = round(wanted)
                    carried = wanted - count
                    numbers[place * INTS_PER_GLYPH + 1] += ceil(count * unit * TO_UNITS)
        return line, index


_SIGN_AND_BLANKS = re.compile(r"(?<=[\u2000-\u2fff])[ \u00a0]+")


def _blanks_after_signs(text: str) -> list[tuple[int, int]]:
    """Return where blanks follow a sign: Pango would draw them in the font that has the sign."""
    return [
        (len(text[: found.start()].encode()), len(text[: found.end()].encode()))
        for found in _SIGN_AND_BLANKS.finditer(text)
    ]


def _chinese_signs(text: str, setting: Setting) -> list[tuple[int, int]]:
    """Return where signs stand that are drawn as Chinese ones, in encoded text."""
    if text.isascii():
        return []
    found, start = [], 0
    for char, kind in zip(text, scripts(text, wide_signs=setting.wide_signs), strict=True):
        end = start + len(char.encode())
        if kind == "wide" and ord(char) < 0x2E80:
            found.append((start, end))
        start = end
    return found


def _runs(line: Any) -> list[tuple[int, Any, list[int]]]:
    """Return the runs of a line: where they start, their glyphs' integers, glyphs' clusters."""
    found = []
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        count = glyphs.num_glyphs
        numbers = ffi.cast("int *", glyphs.glyphs)
        found.append((item.offset, numbers, ffi.unpack(glyphs.log_clusters, count)))
        run = run.next
    return found


@dataclass(slots=True)
class Run:
    """A whole text as measured once.

    `places` are the characters' starts in the encoded text and its end; `starts` and `ends` the
    pixels from the beginning to where a character starts, and to where the one before it ends:
    a gap may lie between. `breaks` says before which characters a line may begin.
    """

    text: str
    layout: LineLayout
    places: list[int]
    starts: list[float]
    ends: list[float]
    breaks: list[bool]
    spacing: float = 0
    by_place: dict[int, int] = field(default_factory=dict)

    def extras(self, first: int, end: int) -> dict[int, float]:
        """Return the space after characters of a part, by place in the encoded part."""
        base = self.places[first]
        found = {}
        for index in range(first, end):
            gap = self.starts[index + 1] - self.ends[index + 1] if index + 1 < end else 0
            if gap + self.spacing:
                found[self.places[index] - base] = gap + self.spacing
        return found


def measured(box: Any, setting: Setting) -> Run:
    """Return the text of a box as measured; it is measured when first asked for."""
    run = getattr(box, "word_run", None)
    if run is None or run.text is not box.text:
        run = box.word_run = _measure(box.text, box.style, setting)
    assert isinstance(run, Run)
    return run


def _measure(text: str, style: Any, setting: Setting) -> Run:
    layout = LineLayout(style, setting, text.replace("\n", " ").replace("\t", " "))
    line, _ = layout.get_first_line()
    advances: dict[int, int] = {}
    for offset, numbers, clusters in _runs(line):
        widths = ffi.unpack(numbers, len(clusters) * INTS_PER_GLYPH)[1::INTS_PER_GLYPH]
        for width, cluster in zip(widths, clusters, strict=True):
            advances[offset + cluster] = advances.get(offset + cluster, 0) + width
    places = list(accumulate((len(char.encode()) for char in text), initial=0))
    spacing = style["letter_spacing"]
    spacing = 0.0 if spacing == "normal" else float(spacing)
    gap = GAP * style["font_size"]
    starts, ends, at = [], [], 0.0
    for index in range(len(text) + 1):
        if index:
            at += advances.get(places[index - 1], 0) * FROM_UNITS + spacing
        ends.append(at)
        if (
            setting.gaps
            and 0 < index < len(text)
            and joined(text[index - 1], text[index]) in setting.gaps
        ):
            at += gap
        starts.append(at)
    run = Run(text, layout, places, starts, ends, _breaks(text, layout, setting), spacing)
    run.by_place = {place: index for index, place in enumerate(places)}
    layout.deactivate()
    return run


def _breaks(text: str, layout: LineLayout, setting: Setting) -> list[bool]:
    """Return before which characters a line may begin."""
    attributes = pango.pango_layout_get_log_attrs_readonly(layout.layout, ffi.NULL)
    flags = ffi.unpack(ffi.cast("unsigned int *", attributes), len(text) + 1)
    found = [bool(flag & 1) for flag in flags]
    found[0] = False
    for index in range(1, len(text)):
        said = parts(text[index - 1], text[index])
        if setting.break_latin and said is None and text[index].isalnum():
            found[index] = True
        if said is not None:
            found[index] = said or not setting.kinsoku
    return found


def split_text_box(
    context: Any, box: Any, available_width: float | None, skip: int | None,
    is_line_start: bool = True,
) -> tuple[Any, int | None, bool]:  # fmt: skip
    """Return the part of a text that fits, where to go on (None at its end), and if it must end."""
    setting = setting_of(box.style)
    if setting is None or box.style["font_size"] == 0:
        return _weasyprint.split_text_box(  # type: ignore[no-any-return]
            context, box, available_width, skip, is_line_start=is_line_start
        )
    run = measured(box, setting)
    first = run.by_place[skip or 0]
    if first >= len(run.text):
        return None, None, False
    newline = run.text.find("\n", first)
    stop = len(run.text) if newline < 0 else newline
    limit = None if available_width is None else available_width + NO_BREAK_TOLERANCE
    end, shown, width = _fit(run, setting, first, stop, limit, is_line_start=is_line_start)
    if first == stop:  # an empty line, as high as a blank makes it
        blank = Run(" ", run.layout, [0, 1], [0, 0], [0, 0], [False, False])
        part = _part(box, blank, setting, (0, 1), 0)
    else:
        part = _part(box, run, setting, (first, shown), width)
    if end == stop and newline >= 0:
        return part, run.places[stop + 1], True
    return part, (None if end == len(run.text) else run.places[end]), False


def _fit(
    run: Run, setting: Setting, first: int, stop: int, limit: float | None, *, is_line_start: bool
) -> tuple[int, int, float]:
    """Return where the line ends, where what it shows ends, and how wide that is in the edges."""
    start = run.starts[first]
    whole = (stop, stop, run.ends[stop] - start)
    if limit is None or run.ends[stop] <= start + limit:
        return whole
    edge = start + limit
    if run.ends[first + len(run.text[first:stop].rstrip(" "))] <= edge:
        return stop, stop, limit
    over = bisect_right(run.ends, edge, first + 1, stop + 1) - 1
    end, squeezed = over, _squeezed(run, setting, over, edge) if over > first else None
    if squeezed is not None:
        end = over + 1
    while end < stop and run.text[end] == " ":
        end += 1
    if end == stop:
        return stop, stop, limit if squeezed is None else squeezed - start
    while end > first and not run.breaks[end]:
        end -= 1
    if end <= first:
        end = _forced(run, first, over, stop, is_line_start=is_line_start)
    shown = first + len(run.text[first:end].rstrip(" "))
    if shown == over + 1 and squeezed is not None:
        return end, shown, squeezed - start
    return end, shown, run.ends[shown] - start


def _squeezed(run: Run, setting: Setting, over: int, edge: float) -> float | None:
    """Return where a mark ends, as far as the edge is asked, that does not fit the line whole.

    A mark may hang out where Word lets it; else it may lose the blank half of its square.
    """
    mark = run.text[over]
    if mark not in HANGING:
        return None
    if setting.hanging:
        return run.ends[over]
    half = run.ends[over] + (run.ends[over + 1] - run.starts[over]) / 2
    return half if script(mark) == "wide" and half <= edge else None


def _forced(run: Run, first: int, over: int, stop: int, *, is_line_start: bool) -> int:
    """Return where a text is cut that has no place to cut: at the edge, if nothing precedes it."""
    if is_line_start:
        return max(over, first + 1)
    return next((index for index in range(first + 1, stop) if run.breaks[index]), stop)


def _part(box: Any, run: Run, setting: Setting, ends: tuple[int, int], width: float) -> Any:
    first, shown = ends
    if shown <= first:
        return None
    part = box.copy_with_text(run.text[first:shown])
    part.width = width
    part.word_hangs = width < run.ends[shown] - run.starts[first] and part.text[-1] in HANGING
    part.pango_layout = run.layout.cut(part.text, run.extras(first, shown))
    ascent, descent = _own_extents(box.style, part.text)
    above, below = _extents(setting, ascent, descent)
    part.height = ascent + descent
    part.margin_top, part.margin_bottom = above - ascent, below - descent
    part.baseline = above
    return part


def _extents(setting: Setting, ascent: float, descent: float) -> tuple[float, float]:
    """Return how far a line reaches above and below its baseline.

    What a factor adds stands below the line and what it takes is taken above, what a least height
    adds stands above (measured in LibreOffice).
    """
    own, value = ascent + descent, setting.value
    if setting.rule == "exact":
        return BASELINE * value, (1 - BASELINE) * value
    if setting.rule == "none":
        return 0, 0
    if setting.rule == "at_least":
        return ascent + max(value - own, 0), descent
    more = own * (value - 1)
    return (ascent, descent + more) if more >= 0 else (ascent + more, descent)


def _own_extents(style: Any, text: str) -> tuple[float, float]:
    """Return how far the fonts of a text reach above and below the baseline."""
    kinds = set(scripts(text)) if not text.isascii() else {"latin"}
    found = [_font_extents(style, kind) for kind in kinds]
    return max(above for above, _ in found), max(below for _, below in found)


def _font_extents(style: Any, kind: str) -> tuple[float, float]:
    key = (line_break._font_style_cache_key(style, include_size=True), kind)
    known = style.cache.setdefault("word_extents", {})
    if key not in known:
        layout = line_break.Layout(style)
        layout.set_text("国" if kind == "wide" else "A")
        line, _ = layout.get_first_line()
        _, height = line_break.line_size(line, style)
        baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
        layout.deactivate()
        known[key] = (baseline, height - baseline)
    return known[key]  # type: ignore[no-any-return]


def strut(style: Any) -> tuple[float, float]:
    """Return the least height of a line of this style, and where its baseline is in it."""
    setting = setting_of(style)
    if setting is None or style["font_size"] == 0:
        return _weasyprint.strut(style)  # type: ignore[no-any-return]
    if setting.rule != "exact":
        return 0, 0  # the line is as high as what stands in it
    above, below = _extents(setting, 0, 0)
    return above + below, above


def adjust_line_height(box: Any) -> None:
    """Give a line, or a span of it, the height of its strut."""
    setting = setting_of(box.style)
    if setting is None or box.style["font_size"] == 0:
        _weasyprint.adjust_line_height(box)
        return
    height, box.baseline = strut(box.style)
    ascent, descent = _font_extents(box.style, "wide")
    box.height = ascent + descent
    box.margin_top = box.baseline - ascent - box.border_top_width - box.padding_top
    box.margin_bottom = (
        height - box.baseline - descent - box.border_bottom_width - box.padding_bottom
    )


def can_break_text(text: str, lang: str | None) -> bool:
    """Return whether a line may end somewhere in the text."""
    said = [parts(before, after) for before, after in pairwise(text)]
    if any(said):
        return True
    if None not in said:
        return False
    return bool(_weasyprint.can_break_text(text, lang))


@dataclass(slots=True)
class _Originals:
    """What WeasyPrint does itself."""

    split_text_box: Any = None
    strut: Any = None
    adjust_line_height: Any = None
    can_break_text: Any = None


_weasyprint = _Originals()


def install() -> bool:
    """Put these functions in place of WeasyPrint's; return whether it has what they replace."""
    if _weasyprint.strut is not None:
        return True
    names = ("split_text_box", "strut", "_adjust_line_height", "can_break_text")
    if not all(callable(getattr(inline, name, None)) for name in names):
        return False
    for name in names:
        setattr(_weasyprint, name.lstrip("_"), getattr(inline, name))
    inline.split_text_box = split_text_box
    inline.strut = strut
    inline._adjust_line_height = adjust_line_height
    inline.can_break_text = can_break_text
    preferred.can_break_text = can_break_text
    return True
