"""Finds the places to write on a blank form, and makes them seen where text stands around them.

A cell that holds one value is its own place. Where several stand in a cell, or text around one, the
place is a line to write on; a value that no words introduce is introduced by its label. A value
that the program computes leaves a line too where it stands within words: no sentence has a hole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from jinja2 import nodes

from salesdocs.case.paths import resolve_type

GAP: Final = "________"
SHORT_GAP: Final = "____"
"""What stands in an empty place within a line: something to write on, no part of the value."""

_NARROW: Final = 2000
_BRIEF: Final = frozenset({"count", "number", "share", "rate"})
_FIGURES: Final = frozenset({"length", "count", "number", "percent"})
"""Kinds of values that a short line has room for, and the filters that print such."""

_TOKENS: Final = re.compile(
    r'<w:tcW [^>]*w:w="(?P<width>\d+)"|<(?P<part>/?)w:(?:hdr|ftr)[ >]'
    r"|<w:tc[ >]|</w:tc>|<w:p[ >]|</w:p>|<w:br/>|<w:t(?: [^>]*)?>(?P<text>[^<]*)"
)
_LEADING: Final = re.compile(r"[^<]+")
_ANCHOR: Final = re.compile(
    r"<!--anchor \d+--><w:r(?: [^>]*)?>(?P<look><w:rPr>.*?</w:rPr>)?<w:t(?: [^>]*)?>$", re.DOTALL
)
_OPENED: Final = re.compile(
    r"（(?=</w:t></w:r><!--anchor \d+--><w:r[ >](?:(?!</w:r>).)*<w:t(?: [^>]*)?>$)", re.DOTALL
)
_CLOSED: Final = re.compile(
    r"^(</w:t></w:r><!--/anchor \d+--><w:r[ >](?:(?!</w:r>)[^（）])*?)）", re.DOTALL
)
_IN_TEXT: Final = re.compile(r"<w:t(?: [^>]*)?>[^<]*$")
_WORD: Final = re.compile(r"\w")
_SIGNED: Final = re.compile(r"(?:签字|签名|Signature|signed?)[）)]?[：:]\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Place:
    """A printed value: its node in `children`, its path, the words before it on its line.

    `before` begins at the place before it, `line` is the number of the line within the holder. One
    that stands on a condition has the words of its `branch` beside those of the line.
    """

    children: list[nodes.Expr]
    node: nodes.Expr
    path: str | None
    before: str
    line: int = 0
    branch: list[str] = field(default_factory=list)

    @property
    def introduced(self) -> bool:
        """Whether words say what is to be written here."""
        return bool(_WORD.search(self.before)) or self.before.endswith(("：", "（", ": ", "("))


@dataclass(slots=True)
class Holder:
    """A cell, or a paragraph outside of tables: its own words, and the values in it.

    `lines` are its words by line. What stands on a condition may not be printed at all: its words
    are left out, its values are `uncertain`. `width` is that of a cell in twips.
    """

    lines: list[str] = field(default_factory=lambda: [""])
    places: list[Place] = field(default_factory=list)
    uncertain: list[Place] = field(default_factory=list)
    is_cell: bool = False
    width: int = 0

    @property
    def words(self) -> str:
        """Return its own words, those on a condition left out."""
        return "\n".join(self.lines)


def holders(
    body: Sequence[nodes.Node], path_of: Callable[[nodes.Expr], str | None]
) -> list[Holder]:
    """Return the cells and paragraphs of a shaped template in order."""
    return list(_Walk(path_of).walk(body))


class _Walk:
    def __init__(self, path_of: Callable[[nodes.Expr], str | None]) -> None:
        self.path_of = path_of
        self.holder = Holder()
        self.line = ""
        self.branch: list[str] | None = None
        self.is_text = False
        self.is_body = True

    def walk(self, body: Sequence[nodes.Node]) -> Iterator[Holder]:
        yield from self._inside(body)
        yield self.holder

    def _inside(self, body: Sequence[nodes.Node]) -> Iterator[Holder]:
        for node in body:
            if isinstance(node, nodes.For):
                yield from self._inside(node.body)
            elif isinstance(node, nodes.If):
                yield from self._conditional(node)
            elif isinstance(node, nodes.Output):
                for child in node.nodes:
                    if isinstance(child, nodes.TemplateData):
                        yield from self._data(child.data)
                    elif self.is_text and self.is_body:
                        self._place(node, child)

    def _place(self, node: nodes.Output, child: nodes.Expr) -> None:
        line = len(self.holder.lines) - 1
        branch = [] if self.branch is None else self.branch
        place = Place(node.nodes, child, self.path_of(child), self.line, line, branch)
        known = self.holder.places if self.branch is None else self.holder.uncertain
        known.append(place)
        self.line = ""

    def _conditional(self, node: nodes.If) -> Iterator[Holder]:
        """Yield the holders that stand wholly on a condition, of which nothing is uncertain.

        Within a line, one of two branches with words says something in any case.
        """
        holder, outer, line = self.holder, self.branch, self.line
        said: list[str] = []
        for part in (node.body, node.else_):
            own = [*(outer or [])]
            self.branch = own if self.holder is holder else None
            yield from self._inside(part)
            if self.holder is not holder:
                continue
            said.append("".join(own[len(outer or []) :]))
            self.line, self.branch = line, outer
        if self.holder is holder and all(_WORD.search(words) for words in said):
            self._say(said[-1])

    def _data(self, data: str) -> Iterator[Holder]:
        leading = _LEADING.match(data)
        if leading and self.is_text:
            self._say(leading[0])
        for token in _TOKENS.finditer(data):
            said = token["text"]
            if said is not None:
                self._say(said)
            elif token["width"]:
                self.holder.width = int(token["width"])
            elif token["part"] is not None:
                self.is_body = bool(token["part"])  # nobody writes in a header or footer
            elif token[0].startswith("<w:tc") or token[0] == "</w:tc>":
                yield self.holder
                self._open(Holder(is_cell=token[0] != "</w:tc>"))
            elif token[0] == "<w:br/>" or self.holder.is_cell:
                self.holder.lines.append("")
                self.line = ""
            else:
                yield self.holder
                self._open(Holder())
        if "<" in data:
            self.is_text = bool(_IN_TEXT.search(data))

    def _open(self, holder: Holder) -> None:
        self.holder, self.line, self.branch = holder, "", None

    def _say(self, words: str) -> None:
        if self.branch is None:
            self.holder.lines[-1] += words
        else:
            self.branch.append(words)
        self.line += words


def make_seen(holder: Holder, label: Callable[[str], str], is_entry: Callable[[str], bool]) -> None:
    """Mark the places of a holder, and introduce those that nothing introduces, in its nodes."""
    entries = {each.path for each in holder.places if each.path and is_entry(each.path)}
    is_single = holder.is_cell and len(entries) == 1 and not _WORD.search(holder.words)
    seen: Place | None = None
    for place in holder.places:
        path = place.path or ""
        if _SIGNED.search(place.before):
            continue
        if not path or not is_entry(path):
            if not _unbracket(place) and _is_within(place, holder, seen):
                _set_gap(place, holder)
                seen = place
            continue
        if is_single:
            continue
        _set_gap(place, holder)
        seen = place
        if len(entries) > 1 and not place.introduced:
            _introduce(place, label(path))
    seen = None
    for place in holder.uncertain:
        if _is_within(place, holder, seen) and not _SIGNED.search(place.before):
            _set_gap(place, holder)
            seen = place


def _is_within(place: Place, holder: Holder, seen: Place | None) -> bool:
    """Return whether a place has words on its line; not where it only goes on with another."""
    goes_on = seen is not None and seen.line == place.line and not place.before.strip()
    return bool(_WORD.search(holder.lines[place.line] + "".join(place.branch))) and not goes_on


def _set_gap(place: Place, holder: Holder) -> None:
    node = place.node
    assert isinstance(node, nodes.Filter)
    info = resolve_type(place.path) if place.path else None
    is_figure = any(each.name in _FIGURES for each in node.find_all(nodes.Filter))
    is_brief = is_figure or (info is not None and info.kind in _BRIEF)
    if 0 < holder.width < _NARROW or is_brief:
        node.args = [nodes.Const(SHORT_GAP)]
    else:
        node.args = [nodes.Const(GAP)]


def _introduce(place: Place, label: str) -> None:
    """Write the label before a place, in the look of what is printed there."""
    data = _data_at(place, -1)
    found = _ANCHOR.search(data.data) if data is not None else None
    if data is None or found is None:
        return
    look = found["look"] or ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{label}：</w:t></w:r>'
    data.data = data.data[: found.start()] + run + data.data[found.start() :]


def _unbracket(place: Place) -> bool:
    """Take away brackets around nothing but a value that nobody writes; return whether."""
    before, after = _data_at(place, -1), _data_at(place, 1)
    if before is None or after is None:
        return False
    opened, closed = _OPENED.search(before.data), _CLOSED.match(after.data)
    if opened and closed:
        before.data = before.data[: opened.start()] + before.data[opened.end() :]
        after.data = closed[1] + after.data[closed.end() :]
    return bool(opened and closed)


def _data_at(place: Place, offset: int) -> nodes.TemplateData | None:
    position = next(n for n, each in enumerate(place.children) if each is place.node) + offset
    found = place.children[position] if 0 <= position < len(place.children) else None
    return found if isinstance(found, nodes.TemplateData) else None
