"""Finds the places to write on a blank form, and makes them seen where text stands around them.

A cell that holds one value is its own place. Where several stand in a cell, or text around one, the
place is a line to write on; a value that no words introduce is introduced by its label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from jinja2 import nodes

GAP: Final = "________"
SHORT_GAP: Final = "____"
"""What stands in an empty place within a line: something to write on, no part of the value."""

_NARROW: Final = 2000

_TOKENS: Final = re.compile(
    r'<w:tcW [^>]*w:w="(?P<width>\d+)"|<w:tc[ >]|</w:tc>|<w:p[ >]|</w:p>|<w:br/>'
    r"|<w:t(?: [^>]*)?>(?P<text>[^<]*)"
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
_WORD: Final = re.compile(r"\w")
_SIGNED: Final = re.compile(r"(?:签字|签名|Signature|signed?)[）)]?[：:]\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Place:
    """A printed value: its node in `children`, its path, the words before it on its line."""

    children: list[nodes.Expr]
    node: nodes.Expr
    path: str | None
    before: str

    @property
    def introduced(self) -> bool:
        """Whether words say what is to be written here."""
        return bool(_WORD.search(self.before)) or self.before.endswith(("：", "（", ": ", "("))


@dataclass(slots=True)
class Holder:
    """A cell, or a paragraph outside of tables: its own words, and the values in it.

    `width` is that of a cell in twips.
    """

    words: str = ""
    places: list[Place] = field(default_factory=list)
    is_cell: bool = False
    width: int = 0


def holders(
    body: Sequence[nodes.Node], path_of: Callable[[nodes.Expr], str | None]
) -> list[Holder]:
    """Return the cells and paragraphs of a shaped template in order.

    What still stands on a condition is passed over: it may not be printed at all.
    """
    return list(_Walk(path_of).walk(body))


class _Walk:
    def __init__(self, path_of: Callable[[nodes.Expr], str | None]) -> None:
        self.path_of = path_of
        self.holder = Holder()
        self.line = ""

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
                    else:
                        place = Place(node.nodes, child, self.path_of(child), self.line)
                        self.holder.places.append(place)
                        self.line = ""

    def _conditional(self, node: nodes.If) -> Iterator[Holder]:
        """Yield the holders that stand wholly on a condition; words within a line do not count."""
        words, line, places = self.holder.words, self.line, list(self.holder.places)
        before = self.holder
        for part in (node.body, node.else_):
            yield from self._inside(part)
        if self.holder is before:
            self.holder.words, self.line, self.holder.places = words, line, places

    def _data(self, data: str) -> Iterator[Holder]:
        leading = _LEADING.match(data)
        if leading:
            self._say(leading[0])
        for token in _TOKENS.finditer(data):
            said = token["text"]
            if said is not None:
                self._say(said)
            elif token["width"]:
                self.holder.width = int(token["width"])
            elif token[0].startswith("<w:tc") or token[0] == "</w:tc>":
                yield self.holder
                self.holder = Holder(is_cell=token[0] != "</w:tc>")
                self.line = ""
            elif token[0] == "<w:br/>" or self.holder.is_cell:
                self._say("\n")
                self.line = ""
            else:
                yield self.holder
                self.holder = Holder()
                self.line = ""

    def _say(self, words: str) -> None:
        self.holder.words += words
        self.line += words


def make_seen(holder: Holder, label: Callable[[str], str], is_entry: Callable[[str], bool]) -> None:
    """Mark the places of a holder, and introduce those that nothing introduces, in its nodes."""
    known = [place for place in holder.places if place.path]
    entries = {place.path for place in known if is_entry(place.path or "")}
    has_words = bool(_WORD.search(holder.words))
    is_single = len(entries) == 1 and not has_words
    for place in known:
        path = place.path or ""
        if _SIGNED.search(place.before):
            continue
        if not is_entry(path):
            _unbracket(place)
            continue
        if holder.is_cell and is_single:
            continue
        _set_gap(place, SHORT_GAP if 0 < holder.width < _NARROW else GAP)
        if len(entries) > 1 and not place.introduced:
            _introduce(place, label(path))


def _set_gap(place: Place, gap: str) -> None:
    node = place.node
    assert isinstance(node, nodes.Filter)
    node.args = [nodes.Const(gap)]


def _introduce(place: Place, label: str) -> None:
    """Write the label before a place, in the look of what is printed there."""
    data = _data_at(place, -1)
    found = _ANCHOR.search(data.data) if data is not None else None
    if data is None or found is None:
        return
    look = found["look"] or ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{label}：</w:t></w:r>'
    data.data = data.data[: found.start()] + run + data.data[found.start() :]


def _unbracket(place: Place) -> None:
    """Take away brackets around nothing but a value that nobody writes."""
    before, after = _data_at(place, -1), _data_at(place, 1)
    if before is None or after is None:
        return
    opened, closed = _OPENED.search(before.data), _CLOSED.match(after.data)
    if opened and closed:
        before.data = before.data[: opened.start()] + before.data[opened.end() :]
        after.data = closed[1] + after.data[closed.end() :]


def _data_at(place: Place, offset: int) -> nodes.TemplateData | None:
    position = next(n for n, each in enumerate(place.children) if each is place.node) + offset
    found = place.children[position] if 0 <= position < len(place.children) else None
    return found if isinstance(found, nodes.TemplateData) else None
