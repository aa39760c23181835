"""Many values at once into the text of a case file, with the blocks and rows it does not have yet.

As in `salesdocs.case.edit`, every byte that is not changed stays, and the result must read as what
the file said before plus exactly the values. All of it is worked out on the text as it was, so that
a hundred values cost little more than one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from salesdocs.case.decode import UNSEEN
from salesdocs.case.edit import BY_HAND, Text, below, end_of, written
from salesdocs.case.path import Loc, path_of
from salesdocs.case.source import Extent, Tree
from salesdocs.findings import Phrase

_MEET = Phrase("这些值写不进同一处", "these values meet at one place")
_SHORTER = Phrase("列表变短了", "the list became shorter")


class _Splice(NamedTuple):
    """What comes in the place of a piece of the text; deeper blocks go first at one place."""

    begin: int
    end: int
    new: str
    depth: int = 0


def fill_in(data: bytes, values: Mapping[Loc, Tree], name: str = "case.yaml") -> bytes:
    """Return the file `data` with each of `values` at its place, all of them or none.

    A value is a text, a list of texts, or a block; it may stand in a block or row that the file
    does not have yet: blocks are begun, and rows that follow the last one of a list are added to
    it. Raises CaseError when the file has errors, or one of them cannot be written.
    """
    text = Text(data, name)
    filler = _Filler(text)
    wanted: Any = deepcopy(text.source.tree)
    splices: list[_Splice] = []
    added: dict[Loc, Tree] = {}
    for loc, value in values.items():
        known = _below_all(text.source.tree, loc)
        if isinstance(known, list) and known and isinstance(value, list):
            splices += filler.listed(loc, known, value, added)
        elif isinstance(known, str) or (isinstance(value, str) and loc in text.source.extents):
            splices.append(filler.instead_of(loc, value))
        else:
            _gather(added, text.source.tree, loc, value)
            continue
        _put(wanted, loc, value)
    for loc, value in added.items():
        splices += filler.grown(loc, value)
        _put(wanted, loc, value)
    path = path_of(next(iter(values))) if len(values) == 1 else ""
    return text.checked(_spliced(text, splices, path), wanted, path)


def _spliced(text: Text, splices: Sequence[_Splice], path: str) -> str:
    """Return the text with all splices; what is added at one place keeps its order."""
    pieces: list[str] = []
    position = 0
    for begin, end, new, _ in sorted(splices, key=lambda each: (each.begin, each.end, -each.depth)):
        if begin < position:
            text.refuse(
                path, Phrase("这些值写不进同一处", "these values meet at one place"), BY_HAND
            )
        pieces += (text.text[position:begin], new)
        position = end
    return "".join((*pieces, text.text[position:]))


def _gather(added: dict[Loc, Tree], tree: Tree, loc: Loc, value: Tree) -> None:
    """Put a new value into what is to be added, at the first place that is not there yet."""
    depth = next(
        (n for n in range(1, len(loc) + 1) if _is_absent(_below_all(tree, loc[:n]))), len(loc)
    )
    here, rest = loc[:depth], loc[depth:]
    added[here] = _grafted(added.get(here), rest, value) if rest else value


def _grafted(tree: Tree, loc: Loc, value: Tree) -> Tree:
    """Return a new tree with the value at a place; rows come to stand in the order given."""
    part, rest = loc[0], loc[1:]
    if isinstance(part, int):
        rows: list[Tree] = list(tree) if isinstance(tree, list) else []
        rows += [None] * (part + 1 - len(rows))
        rows[part] = _grafted(rows[part], rest, value) if rest else value
        return rows
    block: dict[str, Tree] = dict(tree) if isinstance(tree, dict) else {}
    block[part] = _grafted(block.get(part), rest, value) if rest else value
    return block


def _put(tree: Any, loc: Loc, value: Tree) -> None:
    """Put a value where its block or list is there, or has just come to be."""
    here = _below_all(tree, loc[:-1])
    if isinstance(here, list) and loc[-1] == len(here):
        here.append(value)
    else:
        here[loc[-1]] = value


def _is_absent(tree: Tree) -> bool:
    return tree is None or tree in ({}, [])


def _below_all(tree: Any, loc: Loc) -> Any:
    for part in loc:
        tree = below(tree, part)
    return tree


class _Filler:
    """Works out where in a text values go."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.extents = text.source.extents

    def instead_of(self, loc: Loc, value: Tree) -> _Splice:
        """Return what takes the place of a value; a block comes in brackets."""
        extent = self.extents[loc]
        if isinstance(value, str) or value is None:
            return _Splice(*self.text.replacement(loc, extent, value))
        return self._spaced(extent, flow(value))

    def listed(
        self, loc: Loc, known: Sequence[Tree], values: list[Tree], added: dict[Loc, Tree]
    ) -> Iterator[_Splice]:
        """Yield what makes other texts of those of a list; further ones are put into `added`."""
        extent = self.extents.get(loc)
        if extent is not None and extent.style == "[":
            yield _Splice(self.text.index(extent.begin), self.text.index(extent.end), flow(values))
            return
        if len(values) < len(known):
            self.text.refuse(path_of(loc), _SHORTER, BY_HAND)
        for place, value in enumerate(values):
            if place >= len(known):
                added[*loc, place] = value
            elif known[place] != value:
                yield self.instead_of((*loc, place), value)

    def grown(self, loc: Loc, value: Tree) -> Iterator[_Splice]:
        """Yield what puts a value at a place of its block or list that is still empty."""
        around, last = loc[:-1], loc[-1]
        extent = self.extents.get(loc)
        if extent is not None:  # `key:`, `null`, `{}`
            yield from self._instead(loc, extent, value)
            return
        bracket = self.extents.get(around)
        if bracket is not None and bracket.style in ("{", "["):
            entry = flow(value) if isinstance(last, int) else f"{written(last)}: {flow(value)}"
            end = self.text.index(self.text.last_in(around).end)
            yield _Splice(end, end, f", {entry}", len(loc))
            return
        lines = row_lines(value) if isinstance(last, int) else block_lines(last, value)
        column = self._dash(around) if isinstance(last, int) else min(self.text.columns(around))
        yield self._after(self.text.last_in(around), column, lines, len(loc))

    def _instead(self, loc: Loc, extent: Extent, value: Tree) -> Iterator[_Splice]:
        """Yield what puts a value where a key has none; a note behind the key stays there."""
        around, last = self.extents.get(loc[:-1]), loc[-1]
        in_brackets = around is not None and around.style in ("{", "[")
        if in_brackets or isinstance(last, int) or not isinstance(value, (dict, list)):
            yield self._spaced(extent, flow(value))
            return
        head, *lines = block_lines(last, value)
        if not lines:
            yield self._spaced(extent, head.partition(": ")[2])
            return
        begin, end = self.text.index(extent.begin), self.text.index(extent.end)
        if begin < end:
            yield _Splice(len(self.text.text[:begin].rstrip(" ")), end, "")
        yield self._after(extent, self.text.source.key_place(loc).column, lines, len(loc) + 1)

    def _spaced(self, extent: Extent, new: str) -> _Splice:
        begin, end = self.text.index(extent.begin), self.text.index(extent.end)
        gap = "" if self.text.text[:begin].endswith(" ") else " "
        return _Splice(begin, end, f"{gap}{new}")

    def _dash(self, loc: Loc) -> int:
        """Return the column in which the dashes of a list stand."""
        place = self.text.source.place((*loc, 0))
        line = self.text.lines[place.line - 1]
        return line.rindex("-", 0, max(place.column - 1, 1)) + 1 if "-" in line else place.column

    def _after(self, last: Extent, column: int, lines: Sequence[str], depth: int) -> _Splice:
        """Return lines, indented to a column, behind the line of a value."""
        end = self.text.index(last.end)
        if last.style in ("|", ">"):
            begin = self.text.index(last.begin)
            end = begin + len(self.text.text[begin:end].rstrip())
        indent, newline = " " * (column - 1), self.text.newline
        new = "".join(f"{indent}{line}{newline}" if line else newline for line in lines)
        stop = self.text.line_end(end)
        if stop == len(self.text.text) and not end_of(self.text.text[-2:]):
            new = newline + new.removesuffix(newline)
        return _Splice(stop, stop, new, depth)


# ---- how a tree is written ----


def flow(tree: Tree) -> str:
    """Return a text, list or block as it is written in one line, in brackets."""
    if isinstance(tree, dict):
        inside = ", ".join(f"{written(key)}: {flow(below)}" for key, below in tree.items())
        return f"{{{inside}}}"
    if isinstance(tree, list):
        return f"[{', '.join(map(flow, tree))}]"
    return written(tree)


def block_lines(key: str, tree: Tree) -> list[str]:
    """Return the lines of a key with what stands under it, not indented."""
    return _headed(f"{written(key)}:", tree)


def row_lines(tree: Tree) -> list[str]:
    """Return the lines of a row of a list, not indented."""
    if isinstance(tree, dict) and tree:
        lines = [line for key, inner in tree.items() for line in block_lines(key, inner)]
        return [f"- {lines[0]}", *(f"  {line}" if line else "" for line in lines[1:])]
    return _headed("-", tree)


def _headed(head: str, tree: Tree) -> list[str]:
    """Return the lines of what stands behind a key's colon or a row's dash."""
    if isinstance(tree, dict) and tree:
        inner = (line for key, each in tree.items() for line in block_lines(key, each))
        return [head, *(f"  {line}" for line in inner)]
    if isinstance(tree, list) and any(isinstance(each, (dict, list)) for each in tree):
        return [head, *(f"  {line}" for each in tree for line in row_lines(each))]
    if isinstance(tree, str) and _is_literal(tree):
        return [f"{head} |-", *(f"  {line}" for line in tree.split("\n"))]
    return [f"{head} {flow(tree)}"]


def _is_literal(text: str) -> bool:
    """Return whether a text of several lines reads back the same when it is written line by line.

    A line must not begin with a blank, or its indentation would be taken for the block's.
    """
    lines = text.split("\n")
    return len(lines) > 1 and all(
        line and line == line.strip() and line.isprintable() and not UNSEEN.search(line)
        for line in lines
    )
