"""Reads a paper that somebody filled in or changed: what now stands at each value it printed.

Bookmarks say which text is which value, but people do not see them: who types at the end of one in
Word types behind it, and who selects a value and types another deletes it. So the returned file is
laid beside the same paper as the program prints it today: where a cell has lost its bookmarks, or
has other words around them, its whole text is read against the words that paper has there.

Rows that somebody added to a table of rows are read like the row above them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from lxml import etree

from salesdocs.errors import TemplateError
from salesdocs.findings import Finding, Phrase
from salesdocs.word.extract import anchor_of
from salesdocs.word.ooxml import DOCUMENT_PART, w
from salesdocs.word.package import read_members

Anchors = Mapping[str, tuple[str, str]]
"""What the codes in bookmark names mean, as `anchored` gives it."""

_MOST_BYTES: Final = 20 * 1024 * 1024
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)
_MARKS: Final = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_START, _END, _TEXT = w("bookmarkStart"), w("bookmarkEnd"), w("t")
_CELL, _ROW, _TABLE, _PARAGRAPH = w("tc"), w("tr"), w("tbl"), w("p")
# Text that a reader does not see: deleted in a tracked change, or moved away.
_UNSEEN: Final = frozenset({w("del"), w("moveFrom"), w("instrText"), w("delText")}) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_LINE: Final = re.compile(r"_{4,}")
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ReturnedValue:
    """What stands at a printed value: its case path, and what the paper prints there today.

    Of boxes that answer one path there is a value each, whose `option` is what the box stands for.
    `was` is None where today's paper has no such place.
    """

    path: str
    text: str
    was: str | None
    option: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """The values of a returned paper in order; `strays` are words that belong to no value."""

    values: tuple[ReturnedValue, ...]
    strays: tuple[str, ...] = ()


@dataclass(slots=True)
class _Piece:
    """Words of the paper, or of a value; `name` is the bookmark's."""

    text: str = ""
    name: str = ""
    path: str = ""
    option: str = ""


@dataclass(slots=True)
class _Holder:
    """A cell, or a paragraph outside of tables."""

    pieces: list[_Piece] = field(default_factory=list)

    @property
    def values(self) -> list[_Piece]:
        return [piece for piece in self.pieces if piece.name]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def words(self) -> list[str]:
        """The paper's own words: before the first value, between the values, behind the last."""
        found = [""]
        for piece in self.pieces:
            if piece.name:
                found.append("")
            else:
                found[-1] += piece.text
        return found


@dataclass(slots=True)
class _Row:
    holders: list[_Holder]

    @property
    def names(self) -> set[str]:
        return {piece.name for holder in self.holders for piece in holder.values}


_Part = _Holder | list[_Row]


def read_returned(
    package: bytes,
    today: bytes,
    anchors: Anchors,
    file: str = "",
    is_written: Callable[[str], bool] = lambda path: True,
) -> Returned:
    """Return what stands at each value of a returned paper.

    `today` is the same paper as the program prints it now; `is_written` tells of a path whether
    people write there: of two values with nothing between them the other is then empty. Raises
    TemplateError when `package` is no Word file.
    """
    theirs, ours = _parts(package, anchors, file), _parts(today, anchors, file)
    reader = _Reader(is_written)
    reader.read(theirs, ours)
    return Returned(tuple(reader.values), tuple(reader.strays))


# ---- a file as its holders ----


def body_of(package: bytes, file: str) -> etree._Element:
    """Return the body of a Word file; raises TemplateError when it is none, or a hostile one."""
    member = next((m for m in read_members(package, file) if m.name == DOCUMENT_PART), None)
    if member is None:
        raise TemplateError([_damaged(file)])
    content = member.content if member.size <= _MOST_BYTES else b""
    if not content or b"<!DOCTYPE" in content[:4096]:
        raise TemplateError([_damaged(file)])
    try:
        return etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as problem:
        raise TemplateError([_damaged(file)]) from problem


def _damaged(file: str) -> Finding:
    return Finding(
        "error",
        Phrase("不是完好的 Word 文件（.docx）", "not a sound Word file"),
        "TPL-01",
        file=file,
        hint=Phrase(
            "请在 Word 或 WPS 中打开后另存为 .docx，不要加密",
            "open it in Word or WPS and save it as .docx, without a password",
        ),
    )


def _parts(package: bytes, anchors: Anchors, file: str) -> list[_Part]:
    """Return the paragraphs and tables of a body in order; a table as its rows of cells."""
    walk = _Walk(anchors)
    walk.enter(body_of(package, file))
    return walk.parts


class _Walk:
    """Goes through a body once, without recursion into what it does not know."""

    def __init__(self, anchors: Anchors) -> None:
        self.anchors = anchors
        self.parts: list[_Part] = []
        self.holder = _Holder()
        self.rows: list[_Row] | None = None
        self.open: dict[str, _Piece] = {}

    def enter(self, element: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag in _UNSEEN or not isinstance(tag, str):
                continue
            if tag == _TABLE and self.rows is None:
                self._table(child)
            elif tag == _PARAGRAPH:
                self._paragraph(child)
            elif tag == _START:
                self._start(child)
            elif tag == _END:
                self.open.pop(child.get(w("id"), ""), None)
            elif tag == _TEXT or tag in _MARKS:
                self._say((child.text or "") if tag == _TEXT else _MARKS[tag])
            else:
                self.enter(child)

    def _table(self, table: etree._Element) -> None:
        self.rows = rows = []
        for row in _own(table, _ROW, _TABLE):
            rows.append(_Row([self._cell(cell) for cell in _own(row, _CELL, _ROW)]))
        self.rows = None
        self.parts.append(rows)

    def _cell(self, cell: etree._Element) -> _Holder:
        self.holder = holder = _Holder()
        self.enter(cell)
        return holder

    def _paragraph(self, paragraph: etree._Element) -> None:
        outer = self.holder
        if self.rows is None:
            self.holder = _Holder()
            self.parts.append(self.holder)
        elif self.holder.pieces:
            self._say("\n")
        self.enter(paragraph)
        self.holder = outer if self.rows is None else self.holder

    def _start(self, start: etree._Element) -> None:
        anchor = anchor_of(start.get(w("name"), ""), self.anchors)
        if anchor is not None:
            piece = _Piece("", start.get(w("name"), ""), *anchor)
            self.holder.pieces.append(piece)
            self.open = {start.get(w("id"), ""): piece}

    def _say(self, text: str) -> None:
        inside = next(iter(self.open.values()), None)
        pieces = self.holder.pieces
        if inside is not None and any(piece is inside for piece in pieces):
            inside.text += text
        elif pieces and not pieces[-1].name:
            pieces[-1].text += text
        else:
            pieces.append(_Piece(text))


def _own(around: etree._Element, tag: str, kind: str) -> Iterator[etree._Element]:
    """Yield the rows of a table, or the cells of a row, without those of a table inside it."""
    for found in around.iter(tag):
        if next(found.iterancestors(kind)) is around:
            yield found


# ---- one file beside the other ----


class _Reader:
    def __init__(self, is_written: Callable[[str], bool]) -> None:
        self.is_written = is_written
        self.values: list[ReturnedValue] = []
        self.strays: list[str] = []

    def read(self, theirs: Sequence[_Part], ours: Sequence[_Part]) -> None:
        """Read all parts; tables are matched by their values, else by their place."""
        their_tables = [part for part in theirs if isinstance(part, list)]
        our_tables = [part for part in ours if isinstance(part, list)]
        matched = _matched(their_tables, our_tables)
        for mine, yours in zip(our_tables, matched, strict=True):
            self._table(yours, mine)
        taken = {id(table) for table in matched}
        for table in their_tables:
            if id(table) not in taken:
                for row in table:
                    self._unknown(row.holders)
        self._paragraphs(theirs, ours)

    def _unknown(self, holders: Sequence[_Holder]) -> None:
        """Read what today's paper does not have by its bookmarks."""
        for holder in holders:
            for piece in holder.values:
                self._found(piece, piece.text, None)

    def _found(self, piece: _Piece, text: str, was: str | None) -> None:
        self.values.append(ReturnedValue(piece.path, text, was, piece.option))

    def _paragraphs(self, theirs: Sequence[_Part], ours: Sequence[_Part]) -> None:
        mine = [part for part in ours if isinstance(part, _Holder)]
        yours = [part for part in theirs if isinstance(part, _Holder)]
        by_name = {piece.name: holder for holder in yours for piece in holder.values}
        read: set[int] = set()
        for place, holder in enumerate(mine):
            if not holder.values:
                continue
            found = next((by_name[p.name] for p in holder.values if p.name in by_name), None)
            if found is None:
                found = _same_place(yours, mine, place)
            if found is not None:
                read.add(id(found))
                self._holder(found, holder)
        self._unknown([each for each in yours if id(each) not in read])

    # -- tables

    def _table(self, theirs: Sequence[_Row], ours: Sequence[_Row]) -> None:
        by_name = {name: row for row in theirs for name in row.names}
        pairs: list[tuple[_Row, _Row]] = []
        for place, row in enumerate(ours):
            found = next((by_name[name] for name in row.names if name in by_name), None)
            if found is None and len(theirs) == len(ours):
                found = theirs[place]
            if found is None and not row.names:
                continue
            if found is None:
                found = _row_like(theirs, row)
            if found is not None:
                pairs.append((found, row))
        taken = {id(found) for found, _ in pairs}
        for found, row in pairs:
            if row.names:
                self._row(found, row)
        self._added(theirs, ours, pairs, taken)
        for row in theirs:
            if id(row) not in taken and row.names:
                self._unknown(row.holders)

    def _row(self, theirs: _Row, ours: _Row) -> None:
        if len(theirs.holders) != len(ours.holders):
            self._unknown(theirs.holders)
            return
        for their_cell, our_cell in zip(theirs.holders, ours.holders, strict=True):
            if our_cell.values:
                self._holder(their_cell, our_cell)

    def _added(
        self,
        theirs: Sequence[_Row],
        ours: Sequence[_Row],
        pairs: Sequence[tuple[_Row, _Row]],
        taken: set[int],
    ) -> None:
        """Read rows that somebody added behind a row of a list, as further rows of that list."""
        partner = {id(found): row for found, row in pairs}
        words = {_plain(" ".join(h.text for h in row.holders)) for row in ours if not row.names}
        above: _Row | None = None
        count = 0
        for row in theirs:
            if id(row) in taken or row.names:
                own = partner.get(id(row))
                is_listed = own is not None and any("[" in p.path for h in own.holders
                                                    for p in h.values)  # fmt: skip
                above, count = (own, 0) if is_listed else (None, 0)
                continue
            text = _plain(" ".join(holder.text for holder in row.holders))
            if above is None or not text or text in words:
                continue
            if len(row.holders) != len(above.holders):
                self.strays.append(text)
                continue
            count += 1
            self._row(row, _further(above, self._last(ours, above) + count))

    @staticmethod
    def _last(ours: Sequence[_Row], above: _Row) -> int:
        """Return the highest number among the rows of the list that `above` is a row of."""
        wanted = _list_of(above)
        numbers = [_number(p.path) for row in ours for h in row.holders for p in h.values
                   if wanted is not None and p.path.startswith(f"{wanted}[")]  # fmt: skip
        return max(numbers, default=-1)

    # -- a cell or paragraph

    def _holder(self, theirs: _Holder, ours: _Holder) -> None:
        if self._is_intact(theirs, ours):
            texts = {piece.name: piece.text for piece in theirs.values}
            for piece in ours.values:
                self._found(piece, texts[piece.name], piece.text)
            return
        read = self._against_words(theirs.text, ours)
        if read is not None:
            for piece, text in zip(ours.values, read, strict=True):
                self._found(piece, text, piece.text)
            return
        known = {piece.name: piece for piece in ours.values}
        for piece in theirs.values:
            was = known.get(piece.name)
            self._found(piece, piece.text, was.text if was else None)
        stray = _plain("".join(theirs.words))
        if stray != _plain("".join(ours.words)):
            self.strays.append(_plain(theirs.text))

    @staticmethod
    def _is_intact(theirs: _Holder, ours: _Holder) -> bool:
        same = [p.name for p in theirs.values] == [p.name for p in ours.values]
        return same and [*map(_plain, theirs.words)] == [*map(_plain, ours.words)]

    def _against_words(self, text: str, ours: _Holder) -> list[str] | None:
        """Return the values in the text of a whole cell, told by the paper's words around them."""
        words = [_plain(each) for each in ours.words]
        written = [self.is_written(piece.path) for piece in ours.values]
        # Two values with nothing between them cannot be told apart, but where one is not written.
        touching = [not between for between in words[1:-1]]
        beside = [
            any(touching[max(n - 1, 0) : n + 1]) if touching else False for n in range(len(written))
        ]
        if any(
            touch and one and other
            for touch, (one, other) in zip(touching, pairwise(written), strict=True)
        ):
            return None
        pattern = _loose(words[0])
        for number, between in enumerate(words[1:]):
            # What is written on a line of the paper itself (其他：____) belongs to what is before.
            before, *lines = _LINE.split(between)
            is_left = beside[number] and not written[number] and not ours.values[number].text
            anything = "" if is_left else ".*?"
            pattern += rf"(?P<v{number}>{anything}){_loose(before)}"
            for place, after in enumerate(lines):
                pattern += rf"(?P<l{number}_{place}>[^□☑]*?){_loose(after)}"
        found = re.fullmatch(rf"\s*{pattern}\s*", _bounded(text), re.DOTALL)
        if found is None:
            return None
        groups = found.groupdict()
        return [
            "".join(
                text.strip().strip("_")
                for name, text in groups.items()
                if name == f"v{number}" or name.startswith(f"l{number}_")
            )
            for number in range(len(words) - 1)
        ]


def _bounded(text: str) -> str:
    """Return a text short enough to be matched: nobody writes more into a cell."""
    return text[:20_000]


def _loose(words: str) -> str:
    """Return a pattern for words of the paper, whatever the blanks in and around them."""
    return r"\s*".join(re.escape(letter) for letter in words if not letter.isspace()).join(
        (r"\s*", r"\s*")
    )


def _plain(text: str) -> str:
    return _SPACE.sub("", text)


def _matched(theirs: Sequence[list[_Row]], ours: Sequence[list[_Row]]) -> list[list[_Row]]:
    """Return for each of our tables the one of theirs with its values, else at its place."""
    by_name: dict[str, list[_Row]] = {}
    for table in theirs:
        for row in table:
            by_name.update(dict.fromkeys(row.names, table))
    found: list[list[_Row]] = []
    for place, table in enumerate(ours):
        names = [name for row in table for name in row.names]
        match = next((by_name[name] for name in names if name in by_name), None)
        if match is None and len(theirs) == len(ours):
            match = theirs[place]
        found.append(match if match is not None else [])
    return found


def _row_like(theirs: Sequence[_Row], ours: _Row) -> _Row | None:
    """Return the row of theirs with the same words in the cells that hold no value."""
    labels = [(n, _plain(h.text)) for n, h in enumerate(ours.holders) if not h.values]
    labels = [(n, text) for n, text in labels if text]
    if not labels:
        return None
    alike = [
        row
        for row in theirs
        if len(row.holders) == len(ours.holders)
        and all(_plain(row.holders[n].text) == text for n, text in labels)
    ]
    return alike[0] if len(alike) == 1 else None


def _same_place(yours: Sequence[_Holder], mine: Sequence[_Holder], place: int) -> _Holder | None:
    """Return their paragraph at the same place, where both files have as many."""
    if len(yours) != len(mine) or yours[place].values:
        return None
    return yours[place]


def _list_of(row: _Row) -> str | None:
    """Return the path of the list that a row is a row of."""
    paths = [piece.path for holder in row.holders for piece in holder.values if "[" in piece.path]
    return paths[0][: paths[0].rindex("[")] if paths else None


def _number(path: str) -> int:
    found = re.search(r"\[(\d+)\][^\[]*$", path)
    return int(found[1]) if found else -1


def _further(row: _Row, number: int) -> _Row:
    """Return a row of the same list with another number and nothing in it yet."""
    wanted = _list_of(row)

    def moved(piece: _Piece) -> _Piece:
        if not piece.name or wanted is None or not piece.path.startswith(f"{wanted}["):
            return replace(piece)
        rest = piece.path[len(wanted) :].partition("]")[2]
        return replace(piece, path=f"{wanted}[{number}]{rest}", text="")

    return _Row([_Holder([moved(piece) for piece in holder.pieces]) for holder in row.holders])


def values_of(package: bytes, anchors: Anchors, file: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield (path, option, text) of each value that a paper of ours prints, in order."""
    for part in _parts(package, anchors, file):
        holders = [part] if isinstance(part, _Holder) else [h for row in part for h in row.holders]
        for holder in holders:
            for piece in holder.values:
                yield piece.path, piece.option, piece.text
