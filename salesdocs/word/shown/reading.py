"""What one reading of a Word file carries along: its parts, styles and lists, and what it met.

The modules beside this one are functions over a `Reading`; only this state changes while they run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from salesdocs.word.ooxml import w
from salesdocs.word.shown.looks import PAPER, Ground, Looks
from salesdocs.word.shown.measures import VAL, is_on, length, whole
from salesdocs.word.shown.model import Block, Inline, Look, Unknown
from salesdocs.word.shown.names import name_of
from salesdocs.word.shown.numbering import Numbering
from salesdocs.word.shown.parts import Parts, Relation
from salesdocs.word.shown.properties import PropertyReader
from salesdocs.word.shown.styles import Styles
from salesdocs.word.shown.theme import Theme, read_theme

_QUOTED: Final = 20  # characters of a paragraph that say where something is
_MODERN: Final = 15  # the compatibility mode of Word 2013 and later
_OLD: Final = 12  # what a file without compatibility mode is taken for: Word 2007


@dataclass(frozen=True, slots=True)
class Settings:
    """What `settings.xml` says that is seen on paper; `mode` is Word's compatibility mode."""

    even_and_odd: bool = False
    tab_width: float = 36
    shows_background: bool = False
    mode: int = _MODERN
    mirrored: bool = False
    gutter_at_top: bool = False
    grid_in_tables: bool = False
    notes: dict[str, etree._Element] = field(default_factory=dict)


class Missed:
    """What of a file was not shown as Word shows it; `paragraph` is where one is."""

    def __init__(self) -> None:
        self.paragraph: etree._Element | None = None
        self.unknown: dict[Unknown, None] = {}

    def tell(self, tag: str, where: str = "", lost: bool = False) -> None:
        """Note an element or property, `{namespace}name` and what more there is to say."""
        tag, _, rest = tag.partition(" ")
        name = name_of(tag) if tag.startswith("{") else tag
        what = f"{name} {rest}" if rest else name
        self.unknown.setdefault(Unknown(what, where or self._first_words(), lost))

    def _first_words(self) -> str:
        said = ""
        for text in self.paragraph.iter(w("t")) if self.paragraph is not None else ():
            said += text.text or ""
            if len(said) >= _QUOTED:
                break
        return said.strip()[:_QUOTED]


@dataclass(slots=True)
class Field:
    """A field being read: its code, and since `in_result` its result.

    `kind` is the counter that it is, if it is one; then the result is kept in `cached` instead of
    being shown.
    """

    look: Look
    code: str = ""
    name: str = ""
    in_result: bool = False
    shown: bool = False
    kind: str = ""
    cached: str = ""
    format: str = ""
    target: str = ""
    link: str = ""
    form: etree._Element | None = None


@dataclass(slots=True)
class Notes:
    """How far footnotes and endnotes are counted, and how they are numbered here.

    `order` lists `(kind, id)` as they are referred to; `own` is the number of the note being read.
    """

    order: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    own: str = ""


@dataclass(slots=True)
class Reading:
    """The state of one reading. `part` is the name of the part whose elements are being read."""

    parts: Parts
    theme: Theme
    settings: Settings
    styles: Styles
    numbering: Numbering
    properties: PropertyReader
    looks: Looks
    missed: Missed
    part: str
    read_blocks: Callable[[Reading, Iterable[etree._Element]], tuple[Block, ...]]
    ground: Ground = PAPER
    width: float = 415.3
    grid: float = 0
    depth: int = 0
    fields: list[Field] = field(default_factory=list)
    bookmarks: dict[str, str] = field(default_factory=dict)
    table_styles: dict[str, object] = field(default_factory=dict)
    pending: list[Inline] = field(default_factory=list)
    aims: dict[etree._Element, str] = field(default_factory=dict)
    headings: dict[str, list[etree._Element]] | None = None
    notes: Notes = field(default_factory=Notes)

    def miss(self, tag: str, where: str = "", lost: bool = False) -> None:
        """Note an element or property that is not shown as Word shows it."""
        self.missed.tell(tag, where, lost)

    def relation(self, name: str | None) -> Relation | None:
        """Return what a relationship id of the part being read refers to."""
        return self.parts.relations(self.part).get(name or "")


def open_reading(
    parts: Parts,
    main: str,
    read_blocks: Callable[[Reading, Iterable[etree._Element]], tuple[Block, ...]],
) -> Reading:
    """Return the state at the beginning of a file."""
    missed = Missed()
    settings = parts.root(parts.related(main, "settings"))
    theme = read_theme(parts.root(parts.related(main, "theme")), settings)
    reader = PropertyReader(theme, missed.tell)
    styles = Styles(parts.root(parts.related(main, "styles")), reader)
    lists = parts.root(parts.related(main, "numbering"))
    numbering = Numbering(lists, reader, styles)
    looks = Looks(styles, numbering, reader)
    return Reading(
        parts, theme, _settings(settings), styles, numbering, reader, looks, missed, main,
        read_blocks,
    )  # fmt: skip


def _settings(root: etree._Element | None) -> Settings:
    if root is None:
        return Settings(mode=_OLD)
    found = {str(child.tag): child for child in root}

    def on(name: str) -> bool:
        element = found.get(w(name))
        return element is not None and is_on(element)

    stop = found.get(w("defaultTabStop"))
    width = length(stop.get(VAL)) if stop is not None else None
    compat = found.get(w("compat"))
    notes = {
        kind: found[w(f"{kind}Pr")] for kind in ("footnote", "endnote") if w(f"{kind}Pr") in found
    }
    return Settings(
        on("evenAndOddHeaders"),
        width if width else 36.0,
        on("displayBackgroundShape"),
        _mode(compat),
        on("mirrorMargins"),
        on("gutterAtTop"),
        compat is not None and compat.find(w("adjustLineHeightInTable")) is not None,
        notes,
    )


def _mode(compat: etree._Element | None) -> int:
    for each in compat if compat is not None else ():
        if each.get(w("name")) == "compatibilityMode":
            return whole(each.get(VAL), _OLD, 11, 99)
    return _OLD
