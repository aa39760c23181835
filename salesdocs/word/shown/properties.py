"""Reads what `w:rPr` and `w:pPr` say, as small dictionaries that one level lays over another.

A dictionary holds only what was said: `{"size": 12.0, "bold": True}`. A value of None takes back
what a level before said. Names are those of the model where the model has them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from lxml import etree

from salesdocs.word.ooxml import W, w
from salesdocs.word.shown.measures import VAL, colour, is_on, length, mixed, number, whole
from salesdocs.word.shown.model import Border, Line, TabStop
from salesdocs.word.shown.names import W14, tags
from salesdocs.word.shown.theme import Theme

Properties = dict[str, Any]
"""What one level says, by name."""

TOGGLES: Final = ("bold", "italic", "caps", "small_caps", "strike", "double_strike", "hidden")
"""Switches that a table, paragraph and character style turn over (ISO/IEC 29500-1, 17.7.3)."""

HIGHLIGHTS: Final = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "000080",
    "darkCyan": "008080", "darkGray": "808080", "darkGreen": "008000", "darkMagenta": "800080",
    "darkRed": "800000", "darkYellow": "808000", "green": "00FF00", "lightGray": "C0C0C0",
    "magenta": "FF00FF", "red": "FF0000", "white": "FFFFFF", "yellow": "FFFF00",
}  # fmt: skip
_NO_BORDER: Final = frozenset(("", "nil", "none"))
_STRIPES: Final = frozenset(
    f"{prefix}{name}" for prefix in ("", "thin")
    for name in ("HorzStripe", "VertStripe", "ReverseDiagStripe", "DiagStripe", "HorzCross",
                 "DiagCross", "horzStripe", "vertStripe", "reverseDiagStripe", "diagStripe",
                 "horzCross", "diagCross")
)  # fmt: skip

RUN_SILENT: Final = tags(
    W,
    # Complex scripts (Arabic, Hebrew, Thai) have values of their own; nothing here is written so.
    "bCs iCs szCs cs rtl "
    # On a screen only, for the spelling checker, or for the next save.
    "noProof webHidden kern effect specVanish oMath snapToGrid rPrChange ins del moveFrom moveTo",
) | tags(W14, "cntxtAlts stylisticSets numSpacing numForm")
"""Children of `w:rPr` that change nothing on paper, or that are read where they matter."""

PARAGRAPH_SILENT: Final = tags(
    W,
    "rPr sectPr pPrChange cnfStyle divId suppressLineNumbers suppressAutoHyphens adjustRightInd "
    "topLinePunct textboxTightWrap suppressOverlap mirrorIndents",
)
"""Children of `w:pPr` that change nothing on paper, or that are read where they matter."""


_Read = Callable[["PropertyReader", etree._Element, Properties], None]


class PropertyReader:
    """Reads properties with the theme at hand.

    What is not read of a style is told to `missed` with the name of the style. What is not read of
    direct formatting is kept with it, under `missed`: the same formatting stands in many places.
    """

    def __init__(self, theme: Theme, missed: Callable[[str, str], None]) -> None:
        self._theme = theme
        self._missed = missed
        self._kept: list[str] | None = None

    def run(self, element: etree._Element | None, where: str = "") -> Properties:
        """Return what a `w:rPr` says."""
        return self._read(element, where, _RUN, RUN_SILENT)

    def paragraph(self, element: etree._Element | None, where: str = "") -> Properties:
        """Return what a `w:pPr` says, without the look of the mark and the section."""
        return self._read(element, where, _PARAGRAPH, PARAGRAPH_SILENT)

    def _read(
        self,
        element: etree._Element | None,
        where: str,
        known: Mapping[Any, _Read],
        silent: frozenset[str],
    ) -> Properties:
        said: Properties = {}
        self._kept = []
        for child in element if element is not None else ():
            read = known.get(child.tag)
            if read is not None:
                read(self, child, said)
            elif child.tag not in silent:
                self.miss(str(child.tag))
        kept, self._kept = self._kept, None
        if where:
            for tag in kept:
                self._missed(tag, where)
        elif kept:
            said["missed"] = tuple(kept)
        return said

    def miss(self, tag: str, where: str = "") -> None:
        """Note what is not read: with the properties being read, or at once."""
        if self._kept is None or where:
            self._missed(tag, where)
        else:
            self._kept.append(tag)

    def shade(self, element: etree._Element) -> str | None:
        """Return the colour of a `w:shd`, None for none; a pattern as the mean of its colours.

        ISO/IEC 29500-1, 17.18.78: a pattern draws `color` on `fill`; Word prints `pct20` as dots of
        a fifth, which the eye sees as the mean.
        """
        pattern = element.get(VAL, "clear")
        fill = self.colour(element, "fill", "themeFill")
        if pattern in {"clear", "nil"}:
            return fill or None
        front = self.colour(element, "color", "themeColor") or "000000"
        if pattern == "solid":
            return front
        if pattern.startswith("pct"):
            return mixed(front, fill or "FFFFFF", min(whole(pattern[3:], 50, 0, 100), 100) / 100)
        if pattern in _STRIPES:
            self.miss(f"{w('shd')} {pattern}")
            return mixed(front, fill or "FFFFFF", 0.25 if pattern.startswith("thin") else 0.5)
        return fill or None

    def colour(self, element: etree._Element, name: str = "val", theme: str = "themeColor") -> str:
        """Return a colour of an element's attributes: of the theme where it names one."""
        slot = element.get(w(theme))
        if slot is not None and slot != "none":
            prefix = "theme" if theme == "themeColor" else theme
            tint, shade = (element.get(w(f"{prefix}{change}")) for change in ("Tint", "Shade"))
            found = self._theme.colour(slot, tint, shade)
            if found:
                return found
        return colour(element.get(w(name)))

    def border(self, element: etree._Element) -> Border | None:
        """Return a line of a `w:top` or `w:bdr`, None where it says there is none."""
        kind = element.get(VAL, "")
        if kind in _NO_BORDER:
            return None
        eighths = number(element.get(w("sz"))) or 0
        # A line that says 0 is drawn as the thinnest; art borders count whole points to 31.
        width = min(max(eighths / 8, 0.25), 12.0)
        space = min(max(number(element.get(w("space"))) or 0, 0), 31)
        return Border(kind, width, self.colour(element, "color"), space)

    def borders(self, element: etree._Element) -> dict[str, Border | None]:
        """Return the lines of a `w:pBdr` or `w:tcBorders` by side; None takes a line away."""
        found: dict[str, Border | None] = {}
        for child in element:
            side = str(child.tag).rpartition("}")[2]
            found[_SIDES.get(side, side)] = self.border(child)
        return found

    def font(self, element: etree._Element, name: str, theme: str) -> str | None:
        """Return a font of `w:rFonts`: of the theme where it names one there."""
        return self._theme.font(element.get(w(theme))) or element.get(w(name)) or None


_SIDES: Final = {"start": "left", "end": "right"}


def _toggle(name: str) -> _Read:
    def read(_: PropertyReader, element: etree._Element, said: Properties) -> None:
        said[name] = is_on(element)

    return read


def _value(name: str, change: Callable[[str], Any]) -> _Read:
    def read(_: PropertyReader, element: etree._Element, said: Properties) -> None:
        value = change(element.get(VAL, ""))
        if value is not None:
            said[name] = value

    return read


def _fonts(reader: PropertyReader, element: etree._Element, said: Properties) -> None:
    for name, attribute, theme in (
        ("ascii", "ascii", "asciiTheme"),
        ("latin", "hAnsi", "hAnsiTheme"),
        ("east_asian", "eastAsia", "eastAsiaTheme"),
    ):
        font = reader.font(element, attribute, theme)
        if font:
            said[name] = font
    hint = element.get(w("hint"))
    if hint:
        said["hint"] = hint


def _colour(reader: PropertyReader, element: etree._Element, said: Properties) -> None:
    said["colour"] = reader.colour(element)


def _shade(reader: PropertyReader, element: etree._Element, said: Properties) -> None:
    said["shade"] = reader.shade(element)


def _underline(reader: PropertyReader, element: etree._Element, said: Properties) -> None:
    kind = element.get(VAL, "")
    if kind:
        said["underline"] = "" if kind == "none" else kind
    said["underline_colour"] = reader.colour(element, "color")


def _border(reader: PropertyReader, element: etree._Element, said: Properties) -> None:
    said["border"] = reader.border(element)


def _language(_: PropertyReader, element: etree._Element, said: Properties) -> None:
    for name, attribute in (("language", VAL), ("east_asian_language", w("eastAsia"))):
        value = element.get(attribute)
        if value and value != "x-none":
            said[name] = value


def _size(text: str) -> float | None:
    value = length(text, 0.5)
    return None if value is None else min(max(value, 1.0), 1638.0)


def _fit(reader: PropertyReader, element: etree._Element, said: Properties) -> None:
    said["fit"] = length(element.get(VAL))
    reader.miss(str(element.tag))


def _layout(reader: PropertyReader, element: etree._Element, said: Properties) -> None:
    # Two lines in one, or characters lying in vertical text: shown as they would stand in a line.
    reader.miss(str(element.tag))


def _shaped(reader: PropertyReader, element: etree._Element, said: Properties) -> None:
    if is_on(element):
        reader.miss(str(element.tag))


_RUN: Final[Mapping[Any, _Read]] = {
    w("rFonts"): _fonts,
    w("b"): _toggle("bold"),
    w("i"): _toggle("italic"),
    w("caps"): _toggle("caps"),
    w("smallCaps"): _toggle("small_caps"),
    w("strike"): _toggle("strike"),
    w("dstrike"): _toggle("double_strike"),
    w("vanish"): _toggle("hidden"),
    w("outline"): _shaped,
    w("shadow"): _shaped,
    w("emboss"): _shaped,
    w("imprint"): _shaped,
    w("color"): _colour,
    w("spacing"): _value("spacing", length),
    w("w"): _value("stretch", lambda text: whole(text.rstrip("%"), 100, 1, 600)),
    w("position"): _value("raised", lambda text: length(text, 0.5)),
    w("sz"): _value("size", _size),
    w("highlight"): _value("highlight", lambda text: HIGHLIGHTS.get(text, "")),
    w("u"): _underline,
    w("bdr"): _border,
    w("shd"): _shade,
    w("vertAlign"): _value("vertical", lambda text: "" if text == "baseline" else text),
    w("em"): _value("emphasis", lambda text: "" if text == "none" else text),
    w("lang"): _language,
    w("rStyle"): _value("style", str),
    w("fitText"): _fit,
    w("eastAsianLayout"): _layout,
}


def _spacing(_: PropertyReader, element: etree._Element, said: Properties) -> None:
    for name in ("before", "after"):
        value = length(element.get(w(name)))
        if value is not None:
            said[name] = max(value, 0.0)
        lines = element.get(w(f"{name}Lines"))
        if lines is not None:
            said[f"{name}_lines"] = whole(lines, 0, -10000, 10000) / 100
        automatic = element.get(w(f"{name}Autospacing"))
        if automatic is not None:
            said[f"{name}_auto"] = automatic not in {"0", "false", "off"}
    line = element.get(w("line"))
    rule = element.get(w("lineRule"))
    if line is not None:
        said["line"] = line
        said["line_rule"] = rule or "auto"
    elif rule is not None:
        said["line_rule"] = rule


def _indent(_: PropertyReader, element: etree._Element, said: Properties) -> None:
    """Read an indent; hanging is a negative first line, and wins over one (17.3.1.12)."""
    for name, attributes in (("left", ("start", "left")), ("right", ("end", "right"))):
        for attribute in attributes:
            value = length(element.get(w(attribute)))
            if value is not None:
                said[name] = value
            characters = element.get(w(f"{attribute}Chars"))
            if characters is not None:
                said[f"{name}_characters"] = whole(characters) / 100
    for attribute, sign in (("firstLine", 1), ("hanging", -1)):
        value = length(element.get(w(attribute)))
        if value is not None:
            said["first"] = sign * value
        characters = element.get(w(f"{attribute}Chars"))
        if characters is not None and not (sign < 0 and "first_characters" in said
                                           and not whole(characters)):  # fmt: skip
            said["first_characters"] = sign * whole(characters) / 100


def _tabs(_: PropertyReader, element: etree._Element, said: Properties) -> None:
    stops: dict[float, TabStop | None] = {}
    for child in element:
        at = length(child.get(w("pos")))
        kind = child.get(VAL, "left")
        if at is not None:
            leader = child.get(w("leader"), "none")
            stops[at] = (
                None
                if kind == "clear"
                else TabStop(at, _TAB_KINDS.get(kind, "left"), "" if leader == "none" else leader)  # type: ignore[arg-type]
            )
    said["tabs"] = stops


_TAB_KINDS: Final = {"center": "center", "right": "right", "end": "right", "decimal": "decimal",
                     "bar": "bar"}  # fmt: skip
_ALIGNS: Final = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right",
    "both": "both", "distribute": "distribute", "thaiDistribute": "distribute",
    "lowKashida": "both", "mediumKashida": "both", "highKashida": "both", "numTab": "left",
}  # fmt: skip


def _numbering(_: PropertyReader, element: etree._Element, said: Properties) -> None:
    for child in element:
        if child.tag == w("numId"):
            said["list"] = child.get(VAL, "0")
        elif child.tag == w("ilvl"):
            said["level"] = whole(child.get(VAL), 0, 0, 8)


def _borders(reader: PropertyReader, element: etree._Element, said: Properties) -> None:
    said["borders"] = {**said.get("borders", {}), **reader.borders(element)}


def _frame(reader: PropertyReader, element: etree._Element, said: Properties) -> None:
    said["frame"] = dict(element.attrib)
    reader.miss(str(element.tag))


def _word_wrap(_: PropertyReader, element: etree._Element, said: Properties) -> None:
    said["break_latin"] = not is_on(element)


def _direction(reader: PropertyReader, element: etree._Element, said: Properties) -> None:
    if element.get(VAL) not in {"lrTb", "lr", None}:
        reader.miss(str(element.tag))


_PARAGRAPH: Final[Mapping[Any, _Read]] = {
    w("pStyle"): _value("style", str),
    w("keepNext"): _toggle("keep_next"),
    w("keepLines"): _toggle("keep_lines"),
    w("pageBreakBefore"): _toggle("page_break_before"),
    w("framePr"): _frame,
    w("widowControl"): _toggle("widow_control"),
    w("numPr"): _numbering,
    w("pBdr"): _borders,
    w("shd"): _shade,
    w("tabs"): _tabs,
    w("kinsoku"): _toggle("kinsoku"),
    w("wordWrap"): _word_wrap,
    w("overflowPunct"): _toggle("hanging_marks"),
    w("autoSpaceDE"): _toggle("space_latin"),
    w("autoSpaceDN"): _toggle("space_digits"),
    w("bidi"): _toggle("right_to_left"),
    w("snapToGrid"): _toggle("snap_to_grid"),
    w("spacing"): _spacing,
    w("ind"): _indent,
    w("contextualSpacing"): _toggle("contextual"),
    w("jc"): _value("align", _ALIGNS.get),
    w("textDirection"): _direction,
    w("textAlignment"): _value("line_align", str),
    w("outlineLvl"): _value("outline", lambda text: whole(text, 9, 0, 9)),
}

RUN_READ: Final = frozenset(_RUN)
PARAGRAPH_READ: Final = frozenset(_PARAGRAPH)


def laid_over(base: Properties, top: Properties) -> Properties:
    """Return paragraph properties with those of `top` over them: borders by side, tabs by place."""
    if not top:
        return base
    merged = {**base, **top}
    for name in ("borders", "tabs"):
        if name in base and name in top:
            merged[name] = {**base[name], **top[name]}
    return merged


def line_of(said: Properties) -> Line:
    """Return the height of lines; a negative one is exact (measured in Word)."""
    text = said.get("line")
    if text is None:
        return Line()
    rule = said.get("line_rule", "auto")
    if rule in {"exact", "atLeast"}:
        value = length(text) or 0
        if value == 0:
            return Line()
        return (
            Line("exact", abs(value)) if rule == "exact" or value < 0 else Line("at_least", value)
        )
    value = length(text, 1 / 240) or 0
    return Line("exact", -value * 12) if value < 0 else Line("multiple", value or 1)
