"""Lays what styles, numbering and direct formatting say over one another, once for each mixture.

The order is that of ISO/IEC 29500-1, 17.7.2: document defaults, table style, numbering level,
paragraph style, character style, direct. Switches turn one another over between styles (17.7.3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from salesdocs.word.ooxml import w
from salesdocs.word.shown.measures import VAL
from salesdocs.word.shown.properties import TOGGLES, Properties, PropertyReader

_TOGGLES: Final = frozenset(TOGGLES)
_DEPTH: Final = 32  # styles based on one another; Word itself allows eleven


@dataclass(slots=True)
class Style:
    """One style as the file has it, with what its own properties say."""

    id: str
    kind: str
    name: str = ""
    based: str = ""
    run: Properties = field(default_factory=dict)
    paragraph: Properties = field(default_factory=dict)
    element: etree._Element | None = None


class Styles:
    """The styles of a file; `indent_of` returns what a list level says about its paragraphs."""

    def __init__(self, root: etree._Element | None, reader: PropertyReader) -> None:
        self._reader = reader
        self.all: dict[str, Style] = {}
        self.defaults: dict[str, str] = {}
        self.run_defaults: Properties = {}
        self.paragraph_defaults: Properties = {}
        self._chains: dict[str, tuple[Style, ...]] = {}
        self._runs: dict[str, Properties] = {}
        for child in root if root is not None else ():
            if child.tag == w("docDefaults"):
                self._read_defaults(child)
            elif child.tag == w("style"):
                self._read_style(child)

    def _read_defaults(self, element: etree._Element) -> None:
        self.run_defaults = self._reader.run(element.find(f"{w('rPrDefault')}/{w('rPr')}"))
        self.paragraph_defaults = self._reader.paragraph(
            element.find(f"{w('pPrDefault')}/{w('pPr')}")
        )

    def _read_style(self, element: etree._Element) -> None:
        style = Style(element.get(w("styleId"), ""), element.get(w("type"), "paragraph"))
        for child in element:
            if child.tag == w("name"):
                style.name = child.get(VAL, "")
            elif child.tag == w("basedOn"):
                style.based = child.get(VAL, "")
        style.element = element
        if element.get(w("default")) in {"1", "true", "on"}:
            self.defaults.setdefault(style.kind, style.id)
        self.all[style.id] = style

    def chain(self, style_id: str) -> tuple[Style, ...]:
        """Return the style and those it is based on, the root first; nothing for an unknown one."""
        found = self._chains.get(style_id)
        if found is None:
            links: list[Style] = []
            seen: set[str] = set()
            name = style_id
            while name in self.all and name not in seen and len(links) < _DEPTH:
                seen.add(name)
                links.append(self._opened(self.all[name]))
                name = links[-1].based
            found = self._chains[style_id] = tuple(reversed(links))
        return found

    def _opened(self, style: Style) -> Style:
        """Return the style with its properties read: most styles of a file are never used."""
        if style.element is not None and style.kind != "table":
            where = style.name or style.id
            style.run = self._reader.run(style.element.find(w("rPr")), where)
            style.paragraph = self._reader.paragraph(style.element.find(w("pPr")), where)
            style.element = None
        return style

    def run(self, style_id: str) -> Properties:
        """Return what a style and those it is based on say about characters."""
        found = self._runs.get(style_id)
        if found is None:
            found = {}
            for style in self.chain(style_id):
                found = {**found, **style.run}
            self._runs[style_id] = found
        return found

    def paragraph_style(self, style_id: str | None) -> str:
        """Return the id of the style that holds: the default one where none or no such is named."""
        if style_id in self.all and self.all[style_id].kind == "paragraph":
            return style_id
        return self.defaults.get("paragraph", "")

    def character_style(self, style_id: str | None) -> str:
        """Return the id of a character style, `""` where there is no such."""
        known = style_id in self.all and self.all[style_id].kind == "character"
        return style_id if known and style_id else ""


def run_properties(
    defaults: Properties, levels: Sequence[Mapping[str, Any]], direct: Mapping[str, Any]
) -> Properties:
    """Return what holds for characters.

    `levels` are those of styles: a switch that two of them turn on is off again, unless the
    defaults have it on; direct formatting says what it says (17.7.3).
    """
    merged: Properties = dict(defaults)
    turned: dict[str, bool] = {}
    for level in levels:
        for name, value in level.items():
            if name in _TOGGLES:
                turned[name] = turned.get(name, False) != value
            else:
                merged[name] = value
    for name, value in turned.items():
        merged[name] = bool(defaults.get(name)) or value
    merged.update(direct)
    return merged
