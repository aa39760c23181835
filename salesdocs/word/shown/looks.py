"""Resolves how characters look and how paragraphs are set, each mixture of levels once.

A `Ground` is what lies below a paragraph: what the table style says for its cell, and the shade
behind it. Looks and shapes are shared: equal ones are the same object, in one reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any, Final

from lxml import etree

from salesdocs.word.ooxml import w
from salesdocs.word.shown.measures import is_dark
from salesdocs.word.shown.model import Border, Line, Look, Number, Shape
from salesdocs.word.shown.numbering import Level, Numbering
from salesdocs.word.shown.properties import Properties, PropertyReader, laid_over, line_of
from salesdocs.word.shown.styles import Styles, run_properties
from salesdocs.word.shown.symbols import is_symbol_font

_LINE: Final = 12.0  # points; the unit of beforeLines where the page has no grid
_AUTO_SPACE: Final = 14.0  # points; what Word puts for the space that HTML leaves to the browser
_UNNUMBERED: Final = "0"
# A line of 宋体 in Word, in sizes of its letters: 小四 just fits the usual grid of 15.6 points.
_NATURAL: Final = 1.3
_EDGES: Final = ("top", "left", "bottom", "right", "between", "bar")

Key = tuple[Any, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """What lies below a paragraph; compared by identity, so that it can be a key."""

    run: Mapping[str, Any] = field(default_factory=dict)
    paragraph: Mapping[str, Any] = field(default_factory=dict)
    shade: str = ""


PAPER: Final = Ground()
"""The ground of what stands in no table."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A look, and what the model leaves out of it: hidden text, Word's hint, a symbol font.

    `missed` are the properties of the run that nothing here reads.
    """

    look: Look
    hidden: bool = False
    hint: bool = False
    symbols: str = ""
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a paragraph before its text is known."""

    style: str
    said: Properties
    list_id: str = ""
    level: int = 0
    shade: str = ""


class Looks:
    """Looks and shapes of one reading."""

    def __init__(self, styles: Styles, numbering: Numbering, reader: PropertyReader) -> None:
        self._styles = styles
        self._numbering = numbering
        self._reader = reader
        self._letters: dict[Key, Letters] = {}
        self._settings: dict[Key, Setting] = {}
        self._shapes: dict[Key, Shape] = {}
        self._gridded: dict[Key, Shape] = {}
        self._looks: dict[Look, Look] = {}
        self._direct: dict[Key, Properties] = {}

    def setting(self, ground: Ground, properties: etree._Element | None) -> Setting:
        """Return what styles, list and direct formatting say about a paragraph."""
        key = (ground, _key(properties))
        found = self._settings.get(key)
        if found is None:
            found = self._settings[key] = self._set(ground, properties)
        return found

    def _set(self, ground: Ground, properties: etree._Element | None) -> Setting:
        direct = self._reader.paragraph(properties)
        style = self._styles.paragraph_style(direct.get("style"))
        chain = self._styles.chain(style)
        said = laid_over(self._styles.paragraph_defaults, dict(ground.paragraph))
        list_id, level, own = "", 0, ""
        for each in chain:
            if "list" in each.paragraph:
                list_id, own = str(each.paragraph["list"]), each.id
            level = int(each.paragraph.get("level", level))
        if own and list_id != _UNNUMBERED:
            level = self._numbering.level_of_style(list_id, own, level)
        list_id = str(direct.get("list", list_id))
        level = int(direct.get("level", level))
        numbered = list_id not in {"", _UNNUMBERED}
        for each in chain:
            if numbered and each.id == own and "list" not in direct:
                said = laid_over(said, self._indents(list_id, level))
            said = laid_over(said, each.paragraph)
        if numbered and "list" in direct:
            said = laid_over(said, self._indents(list_id, level))
        said = laid_over(said, direct)
        shade = said.get("shade") or ground.shade
        return Setting(style, said, list_id if numbered else "", level, shade or "")

    def _indents(self, list_id: str, level: int) -> Properties:
        """Return what a list level says about its paragraphs.

        Its indents in twips take the place of those in characters that a style below it has.
        """
        definition = self._numbering.level(list_id, level)
        if definition is None:
            return {}
        said = dict(definition.paragraph)
        for name in ("left", "first"):
            if name in said:
                said.setdefault(f"{name}_characters", 0)
        return said

    def letters(
        self, ground: Ground, setting: Setting, properties: etree._Element | None
    ) -> Letters:
        """Return the look of a run with these direct properties in such a paragraph."""
        key = (ground, setting.style, setting.shade, _key(properties))
        found = self._letters.get(key)
        if found is None:
            merged = self._merged(ground, setting.style, self._read(properties))
            found = self._letters[key] = self._lettered(merged, setting.shade)
        return found

    def marked(
        self, ground: Ground, setting: Setting, properties: etree._Element | None, level: Level
    ) -> Look:
        """Return the look of a number: that of the paragraph's mark, the level's own over it."""
        key = (ground, setting.style, setting.shade, _key(properties), id(level))
        found = self._letters.get(key)
        if found is None:
            own = dict(level.run)
            for name in ("ascii", "latin", "east_asian"):
                if is_symbol_font(str(own.get(name, ""))):
                    del own[name]
            direct = {**self._read(properties), **own}
            # A number is never struck through, raised or hidden with the mark of its paragraph.
            merged = self._merged(ground, setting.style, direct)
            merged["hidden"] = False
            found = self._letters[key] = self._lettered(merged, setting.shade)
        return found.look

    def style_size(self, ground: Ground, setting: Setting) -> float:
        """Return the size of letters that the paragraph's style has, in points."""
        return float(self._merged(ground, setting.style, {}).get("size", 10.0))

    def _read(self, properties: etree._Element | None) -> Properties:
        if properties is None:
            return {}
        key = _key(properties)
        found = self._direct.get(key)
        if found is None:
            found = self._direct[key] = self._reader.run(properties)
        return found

    def _merged(self, ground: Ground, style: str, direct: Properties) -> Properties:
        levels: list[Mapping[str, Any]] = [ground.run, self._styles.run(style)]
        character = self._styles.character_style(direct.get("style"))
        if character:
            levels.append(self._styles.run(character))
        return run_properties(self._styles.run_defaults, levels, direct)

    def _lettered(self, said: Properties, shade: str) -> Letters:
        behind = said.get("highlight") or said.get("shade") or ""
        colour = said.get("colour") or ""
        if not colour and is_dark(behind or shade):
            colour = "FFFFFF"
        ascii_font = str(said.get("ascii") or said.get("latin") or "")
        symbols = ascii_font if is_symbol_font(ascii_font) else ""
        east_asian = str(said.get("east_asian") or "")
        border = said.get("border")
        defaults = self._styles.run_defaults
        hint = said.get("hint") == "eastAsia"
        # The language of the document's letters is the document's; only another one is told.
        languages = ("east_asian_language", "language") if hint else ("language",)
        other = next(
            (said[name] for name in languages if name in said and said[name] != defaults.get(name)),
            "",
        )
        look = Look(
            latin=("" if symbols else ascii_font) or "Times New Roman",
            east_asian=("" if is_symbol_font(east_asian) else east_asian) or "宋体",
            size=said.get("size", 10.0),
            bold=bool(said.get("bold")),
            italic=bool(said.get("italic")),
            colour=colour,
            shade=behind,
            underline=said.get("underline", ""),
            underline_colour=said.get("underline_colour", "") if said.get("underline") else "",
            strike=_strike(said),
            vertical=said["vertical"] if said.get("vertical") in _RAISED else "",
            capitals="all" if said.get("caps") else "small" if said.get("small_caps") else "",
            spacing=said.get("spacing", 0.0),
            raised=said.get("raised", 0.0),
            stretch=float(said.get("stretch", 100)),
            emphasis=said.get("emphasis", ""),
            border=border if isinstance(border, Border) else None,
            language=str(other),
        )
        return Letters(
            self._looks.setdefault(look, look),
            bool(said.get("hidden")),
            hint,
            symbols,
            said.get("missed", ()),
        )

    def shared(self, look: Look) -> Look:
        """Return the one object that stands for all looks equal to this one."""
        return self._looks.setdefault(look, look)

    def shape(self, ground: Ground, setting: Setting, size: float, grid: float) -> Shape:
        """Return how a paragraph is set whose first letters are of this size.

        `grid` is the height of a line of the page's grid, 0 for none.
        """
        key = (id(setting), size, grid)
        found = self._shapes.get(key)
        if found is None:
            found = self._shapes[key] = self._shaped(ground, setting, size, grid)
        return found

    def _shaped(self, ground: Ground, setting: Setting, size: float, grid: float) -> Shape:
        said = setting.said
        unit = self.style_size(ground, setting)
        first = _characters(said, "first", size)
        left = _characters(said, "left", unit)
        if said.get("left_characters") and first < 0:
            # Word counts the characters to where the first line begins, not to the text that hangs
            # (Word writes leftChars="200" left="840" beside hanging="420").
            left -= first
        outline = said.get("outline", 9)
        borders = said.get("borders", {})
        stops = said.get("tabs", {})
        return Shape(
            style=setting.style,
            align=said.get("align", "left"),
            left=left,
            right=_characters(said, "right", unit),
            first=first,
            before=_space(said, "before", grid),
            after=_space(said, "after", grid),
            line=line_of(said),
            contextual=bool(said.get("contextual")),
            keep_next=bool(said.get("keep_next")),
            keep_lines=bool(said.get("keep_lines")),
            page_break_before=bool(said.get("page_break_before")),
            widow_control=said.get("widow_control", True),
            borders={side: borders[side] for side in _EDGES if borders.get(side) is not None},
            shade=said.get("shade") or "",
            tabs=tuple(stops[at] for at in sorted(stops) if stops[at] is not None),
            outline=outline if outline < 9 else None,
            kinsoku=said.get("kinsoku", True),
            hanging_marks=said.get("hanging_marks", True),
            space_latin=said.get("space_latin", True),
            space_digits=said.get("space_digits", True),
            snap_to_grid=said.get("snap_to_grid", True),
            right_to_left=bool(said.get("right_to_left")),
            break_latin=bool(said.get("break_latin")),
            line_align=said["line_align"] if said.get("line_align") in _LINE_ALIGNS else "auto",
        )

    def on_grid(self, shape: Shape, size: float, grid: float) -> Shape:
        """Return the shape with lines that take whole lines of the page's grid.

        `size` is that of the highest letters. Lines of a multiple stand on the grid, as many of its
        lines as they need, times the multiple (ISO/IEC 29500-1, 17.6.5).
        """
        key = (id(shape), size, grid)
        found = self._gridded.get(key)
        if found is None:
            lines = max(ceil(round(size * _NATURAL / grid, 3)), 1)
            line = Line("exact", round(shape.line.value * lines * grid, 3))
            found = self._gridded[key] = replace(shape, line=line)
        return found

    def number(
        self, ground: Ground, setting: Setting, mark: etree._Element | None
    ) -> Number | None:
        """Count the paragraph in its list and return its number, None where it has none."""
        if not setting.list_id:
            return None
        level = self._numbering.level(setting.list_id, setting.level)
        if level is None:
            return None
        return Number(
            self._numbering.count(setting.list_id, setting.level),
            self.marked(ground, setting, mark, level),
            level.suffix,  # type: ignore[arg-type]
            level.align,  # type: ignore[arg-type]
            setting.level,
            setting.list_id,
        )


_RAISED: Final = frozenset(("superscript", "subscript"))
_LINE_ALIGNS: Final = frozenset(("top", "center", "baseline", "bottom"))
_NESTED: Final = frozenset(w(name) for name in ("pBdr", "tabs", "numPr"))
_APART: Final = frozenset(w(name) for name in ("rPr", "sectPr", "pPrChange", "rPrChange"))


def _key(properties: etree._Element | None) -> Key:
    """Return a key of what direct properties say: equal for equal formatting."""
    if properties is None:
        return ()
    return tuple(
        (
            child.tag,
            *child.attrib.items(),
            *((_key(child),) if child.tag in _NESTED else ()),
        )
        for child in properties
        if child.tag not in _APART
    )


def _strike(said: Properties) -> Any:
    return "double" if said.get("double_strike") else "single" if said.get("strike") else ""


def _characters(said: Properties, name: str, unit: float) -> float:
    """Return an indent: in characters of `unit` points where it says so, else as it is.

    A count that is not 0 wins over the length beside it (measured in Word).
    """
    characters = said.get(f"{name}_characters")
    return round(float(characters) * unit, 3) if characters else float(said.get(name, 0.0))


def _space(said: Properties, name: str, grid: float) -> float:
    """Return the space above or below: automatic, in lines, or in points, in this order."""
    if said.get(f"{name}_auto"):
        return _AUTO_SPACE
    lines = said.get(f"{name}_lines")
    if lines:
        return round(float(lines) * (grid or _LINE), 3)
    return float(said.get(name, 0.0))
