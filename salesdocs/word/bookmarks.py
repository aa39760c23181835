"""Keeps the author's own bookmarks sound where tags take paragraphs away or repeat them.

Word puts bookmarks everywhere (`_GoBack`, one per heading for the contents); half of one, or two of
the same name, make references wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from salesdocs.word.ooxml import w

_STATEMENT: Final = re.compile(r"\{%[-+]?(?:(?:p|tr|tc|r)\s)?\s*(\w+)")
_TAKEN: Final = re.compile(r"\{[{%#](p|tr|tc)\s")
_ENDS: Final = frozenset({"endfor", "endif", "else", "elif"})
_BEGINS: Final = frozenset({"for", "if", "else", "elif"})
# The open branches around a bookmark's end; None where the end itself goes away with a tag.
_Place = tuple[tuple[str, int], ...] | None
_START, _END = w("bookmarkStart"), w("bookmarkEnd")


@dataclass(slots=True)
class _Walk:
    """Where the reader of a part stands: the open `for` and `if` branches, each with its number."""

    branches: list[tuple[str, int]] = field(default_factory=list)
    count: int = 0

    def read(self, text: str) -> None:
        for word in _STATEMENT.findall(text):
            if word in _ENDS and self.branches:
                self.branches.pop()
            # What stands in the `else` of a loop is printed once, as in an `if`.
            if word in _BEGINS:
                self.count += 1
                self.branches.append(("for" if word == "for" else "if", self.count))


def keep_sound(root: etree._Element) -> None:
    """Remove bookmarks that tags would tear apart; let those in a loop be printed once."""
    begun: dict[str | None, tuple[etree._Element, _Place]] = {}
    walk = _Walk()
    for node in list(root.iter(w("t"), _START, _END)):
        if node.tag == w("t"):
            walk.read(node.text or "")
            continue
        place = None if _is_taken(node) else tuple(walk.branches)
        number = node.get(w("id"))
        if node.tag == _START and number not in begun:
            begun[number] = node, place
        elif node.tag == _END and number in begun:
            start, begun_at = begun.pop(number)
            _keep(start, node, place if place == begun_at else None)
        else:
            _remove(node)
    for start, _ in begun.values():
        _remove(start)


def _keep(start: etree._Element, end: etree._Element, place: _Place) -> None:
    """Keep a bookmark whose ends have the same `place`; None where they have not."""
    loops = sum(kind == "for" for kind, _ in place or ())
    for node in (start, end):
        if place is None or loops > 1:
            _remove(node)
        elif loops:
            _print_once(node)


def _is_taken(node: etree._Element) -> bool:
    """Return whether the paragraph, row or cell around `node` goes away with a tag in it."""
    for around in node.iterancestors(w("p"), w("tr"), w("tc")):
        name = etree.QName(around).localname
        texts = "".join(text.text or "" for text in around.iter(w("t")))
        if name in _TAKEN.findall(texts):
            return True
    return False


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        _write_before(node, node.tail or "")
        node.tail = None
        parent.remove(node)


def _print_once(node: etree._Element) -> None:
    _write_before(node, "{% if loop.first %}")
    node.tail = "{% endif %}" + (node.tail or "")


def _write_before(node: etree._Element, text: str) -> None:
    before, parent = node.getprevious(), node.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text
