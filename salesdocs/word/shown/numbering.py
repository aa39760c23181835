"""Counts lists: what number a paragraph bears, how it looks, how its level is indented.

ISO/IEC 29500-1, 17.9. All lists that share an abstract definition share its count; a list that
overrides the start of a level begins that level anew when it is first used, as Word does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from salesdocs.word.ooxml import w
from salesdocs.word.shown.measures import VAL, is_on, whole
from salesdocs.word.shown.names import MC
from salesdocs.word.shown.numerals import is_known, numeral
from salesdocs.word.shown.properties import Properties, PropertyReader
from salesdocs.word.shown.styles import Styles
from salesdocs.word.shown.symbols import plain

_LEVELS: Final = 9
_PLACE: Final = re.compile(r"%([1-9])")
_SUFFIXES: Final = {"space": "space", "nothing": "nothing"}


@dataclass(slots=True)
class Level:
    """One level of a list as its definition has it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    align: str = "left"
    legal: bool = False
    restart: int | None = None
    style: str = ""
    run: Properties = field(default_factory=dict)
    paragraph: Properties = field(default_factory=dict)


@dataclass(slots=True)
class _List:
    """A `w:num`: whose levels it has, which of them are its own, which begin anew."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a file, and how far each has counted."""

    def __init__(self, root: etree._Element | None, reader: PropertyReader, styles: Styles) -> None:
        self._reader = reader
        self._abstracts: dict[str, etree._Element] = {}
        self._nums: dict[str, etree._Element] = {}
        self._by_style: dict[str, str] = {}
        for child in root if root is not None else ():
            if child.tag == w("abstractNum"):
                name = child.get(w("abstractNumId"), "")
                self._abstracts.setdefault(name, child)
                link = child.find(w("styleLink"))
                if link is not None:
                    self._by_style[link.get(VAL, "")] = name
            elif child.tag == w("num"):
                self._nums.setdefault(child.get(w("numId"), ""), child)
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level(self, list_id: str, level: int) -> Level | None:
        """Return the definition of a level of a list, None where the file has none."""
        found = self._list(list_id)
        if found is None:
            return None
        own = found.levels.get(level)
        return own if own is not None else self._abstract(found.abstract).get(level)

    def level_of_style(self, list_id: str, style_id: str, default: int) -> int:
        """Return the level that a paragraph style is linked to in a list."""
        found = self._list(list_id)
        if found is not None:
            for number, level in self._abstract(found.abstract).items():
                if level.style == style_id:
                    return number
        return default

    def count(self, list_id: str, level: int) -> str:
        """Count one paragraph on and return the text of its number."""
        found = self._list(list_id)
        definition = self.level(list_id, level)
        if found is None or definition is None:
            return ""
        counts = self._counts.setdefault(found.abstract, [None] * _LEVELS)
        if level in found.starts and (list_id, level) not in self._begun:
            counts[level] = None
        before = counts[level]
        if before is None:
            counts[level] = found.starts.get(level, definition.start)
        else:
            counts[level] = before + 1
        self._begun.add((list_id, level))
        self._restart_below(found, list_id, level, counts)
        return self._text(list_id, found, definition, counts)

    def _restart_below(
        self, found: _List, list_id: str, level: int, counts: list[int | None]
    ) -> None:
        """Let the levels below begin anew, but those that say which level does it (17.9.10)."""
        for below in range(level + 1, _LEVELS):
            definition = self.level(list_id, below)
            restart = None if definition is None else definition.restart
            if restart is None or (restart and level < restart):
                counts[below] = None

    def _text(self, list_id: str, found: _List, definition: Level, counts: list[int | None]) -> str:
        if definition.form == "bullet":
            font = definition.run.get("ascii") or definition.run.get("latin") or ""
            return plain(definition.text, str(font))[0]

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            level = self.level(list_id, place)
            if level is None:
                return ""
            # A level that was skipped shows the number it would begin with, and begins with it.
            count = counts[place]
            if count is None:
                count = found.starts.get(place, level.start)
            form = level.form
            if definition.legal and form not in {"bullet", "none"}:
                form = "decimal"
            return numeral(count, form)

        return _PLACE.sub(number, definition.text)

    def _list(self, list_id: str) -> _List | None:
        if list_id not in self._lists:
            self._lists[list_id] = self._read_list(list_id)
        return self._lists[list_id]

    def _read_list(self, list_id: str) -> _List | None:
        element = self._nums.get(list_id)
        if element is None:
            return None
        reference = element.find(w("abstractNumId"))
        abstract = self._resolved("" if reference is None else reference.get(VAL, ""))
        found = _List(abstract)
        for override in element.iterfind(w("lvlOverride")):
            level = whole(override.get(w("ilvl")), 0, 0, _LEVELS - 1)
            start = override.find(w("startOverride"))
            own = override.find(w("lvl"))
            if own is not None:
                found.levels[level] = self._read_level(own)
            if start is not None:
                found.starts[level] = whole(start.get(VAL), 1, 0)
        return found

    def _resolved(self, abstract: str) -> str:
        """Return the definition that holds: a list style may stand between (17.9.21)."""
        element = self._abstracts.get(abstract)
        link = None if element is None else element.find(w("numStyleLink"))
        if link is None:
            return abstract
        style = link.get(VAL, "")
        if style in self._by_style:
            return self._by_style[style]
        # The list style's own numbering says which list it is.
        for each in self._styles.chain(style):
            number = self._nums.get(str(each.paragraph.get("list", "")))
            reference = None if number is None else number.find(w("abstractNumId"))
            if reference is not None and reference.get(VAL, "") != abstract:
                return reference.get(VAL, "")
        return abstract

    def _abstract(self, name: str) -> dict[int, Level]:
        if name not in self._levels:
            element = self._abstracts.get(name)
            self._levels[name] = {
                whole(each.get(w("ilvl")), 0, 0, _LEVELS - 1): self._read_level(each)
                for each in (element.iterfind(w("lvl")) if element is not None else ())
            }
        return self._levels[name]

    def _read_level(self, element: etree._Element) -> Level:
        level = Level()
        for child in element:
            read = _VALUES.get(child.tag)
            if read is not None:
                read(level, child)
            elif child.tag == w("numFmt"):
                self._read_form(level, child)
            elif child.tag == f"{{{MC}}}AlternateContent":
                form = child.find(f"{{{MC}}}Fallback/{w('numFmt')}")
                if form is not None:
                    self._read_form(level, form)
            elif child.tag == w("pPr"):
                level.paragraph = self._reader.paragraph(child, "numbering")
            elif child.tag == w("rPr"):
                level.run = self._reader.run(child, "numbering")
            elif child.tag != w("legacy"):
                # A picture for a bullet too: Word writes a character for who cannot show it.
                self._reader.miss(str(child.tag), "numbering")
        return level

    def _read_form(self, level: Level, element: etree._Element) -> None:
        level.form = element.get(VAL, "decimal")
        if not is_known(level.form):
            self._reader.miss(f"{w('numFmt')} {level.form}", "numbering")


_JUSTIFIED = {"center": "center", "right": "right", "end": "right"}


def _set_start(level: Level, element: etree._Element) -> None:
    level.start = whole(element.get(VAL), 0, 0)


def _set_restart(level: Level, element: etree._Element) -> None:
    level.restart = whole(element.get(VAL), 0, 0, _LEVELS)


def _set_style(level: Level, element: etree._Element) -> None:
    level.style = element.get(VAL, "")


def _set_legal(level: Level, element: etree._Element) -> None:
    level.legal = is_on(element)


def _set_suffix(level: Level, element: etree._Element) -> None:
    level.suffix = _SUFFIXES.get(element.get(VAL, ""), "tab")


def _set_text(level: Level, element: etree._Element) -> None:
    is_null = element.get(w("null")) in {"1", "true", "on"}
    level.text = "" if is_null else element.get(VAL, "")


def _set_align(level: Level, element: etree._Element) -> None:
    level.align = _JUSTIFIED.get(element.get(VAL, ""), "left")


_VALUES: Final[dict[Any, Callable[[Level, etree._Element], None]]] = {
    w("start"): _set_start,
    w("lvlRestart"): _set_restart,
    w("pStyle"): _set_style,
    w("isLgl"): _set_legal,
    w("suff"): _set_suffix,
    w("lvlText"): _set_text,
    w("lvlJc"): _set_align,
}
