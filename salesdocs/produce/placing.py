"""Where in the case a place of a form belongs: through rows, people named, and regrouped lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from salesdocs.case.model import Case
from salesdocs.case.model.base import Keyed, Roster, Row
from salesdocs.case.path import Loc, loc_of, path_of
from salesdocs.case.paths import PathInfo, pattern_of, resolve_type, value_in
from salesdocs.findings import NOTHING, Phrase
from salesdocs.process.documents import Document
from salesdocs.produce.answers import UnreadableError, read_answer, same, stated
from salesdocs.word.blank import is_writable

# By which of its values a row of a form is known to be a row of the case, the first that is filled.
_IDENTITY: Final = (
    "", "id", "need.id", "need.name", "deliverable.id", "name", "topic", "what", "desc", "question",
    "function", "item", "criterion", "issue", "step", "role", "title", "text", "date",
)  # fmt: skip
_COMPUTED: Final = Phrase("这一项由程序计算，没有写入", "the program computes this value")
_ELSEWHERE: Final = Phrase(
    "这一项是此人或此行自己的资料，请在那里改", "it belongs to that person or row: change it there"
)
_ROOT: Final = "\0"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in the case file and what it is.

    `value` is what the form shows of the case there now, which may be computed. One that is not
    taken has `why` instead of `info`.
    """

    loc: Loc = ()
    info: PathInfo | None = None
    why: Phrase = NOTHING
    value: Any = None


class Placer:
    """Places the values of one form.

    `row` is the position of the row that the paper is issued for, None for one the case does not
    have. The rows of a blank form are no rows of the case: they are known by what they say.
    """

    def __init__(self, case: Case, document: Document, row: int | None, *, blank: bool) -> None:
        self.case = case
        self.document = document
        self.row = row
        self.blank = blank
        self._fields: dict[Loc, dict[str, str]] = {}
        self._rows: dict[Loc, int | str] = {}
        self._fresh: dict[Loc, list[tuple[Loc, type | None]]] = {}

    def placed(self, said: Sequence[tuple[str, str]]) -> list[Place]:
        """Return the place of each (path, text) of the form, in order."""
        paths = [loc_of(path) for path, _ in said]
        for loc, (_, text) in zip(paths, said, strict=True):
            self._note(self._rooted(loc), text)
        return [self._place(self._rooted(loc)) for loc in paths]

    def ids(self) -> Iterator[tuple[Loc, str]]:
        """Yield the ids that rows which the case does not have yet are given."""
        for loc, rows in self._fresh.items():
            taken = [str(row.id) for row in self._values(loc) if getattr(row, "id", None)]
            for row, kind in rows:
                needs_one = kind is not None and issubclass(kind, Row) and kind.prefix
                if needs_one and "id" not in self._fields_of_fresh(row):
                    assert kind is not None
                    taken.append(_next_id(taken, kind.prefix))  # type: ignore[attr-defined]
                    yield (*row, "id"), taken[-1]

    def people(self) -> dict[str, str]:
        """Return the keys of the people whom the form itself lists, by name."""
        return {
            self._fields[said]["name"]: str(key)
            for said, key in self._rows.items()
            if isinstance(key, str) and "name" in self._fields.get(said, {})
        }

    # -- rows

    def _rooted(self, loc: Loc) -> Loc:
        """Return the place with the paper's own row spelled out: `visit` → `aftersales.visits[0]`.

        A row that is not in the case has no number yet.
        """
        if self.document.row and loc and loc[0] == self.document.row:
            number: int | str = self.row if self.row is not None and not self.blank else _ROOT
            return (*loc_of(self.document.rows), number, *loc[1:])
        return loc

    def _note(self, loc: Loc, text: str) -> None:
        """Keep what a row of the form says, by which it can be known."""
        for depth, part in enumerate(loc):
            if isinstance(part, int) or part == _ROOT:
                rest = ".".join(str(each) for each in loc[depth + 1 :])
                self._fields.setdefault(loc[: depth + 1], {}).setdefault(rest, text)

    def _fields_of_fresh(self, row: Loc) -> Mapping[str, str]:
        return next(
            (self._fields[said] for said, here in self._placed_rows.items() if here == row), {}
        )

    @property
    def _placed_rows(self) -> dict[Loc, Loc]:
        return {said: (*said[:-1], here) for said, here in self._rows.items()}

    def _number(self, said: Loc, around: Loc, listed: Any, written: Loc) -> int | str:
        """Return under which number or key a row of the form stands in the case.

        `said` is the row as the form has it, `around` the list it is read from, `written` the list
        it is written to.
        """
        known = self._rows.get(said)
        if known is not None:
            return known
        rows = self._values(written)
        found = self._of_case(said[-1], listed, rows)
        if found is None:
            found = self._alike(said, rows, written)
        if found is None:
            found = self._new(said, written)
        self._rows[said] = found
        return found

    def _of_case(self, number: int | str, listed: Any, rows: Sequence[Any]) -> int | str | None:
        """Return where the row stands that today's paper prints under that number."""
        if self.blank or not isinstance(number, int) or number >= len(listed or ()):
            return None
        row = tuple(listed)[number]
        if isinstance(rows, Roster):
            return str(row.id)
        if rows is listed:
            return number
        return next((place for place, each in enumerate(rows) if each is row), None)

    def _alike(self, said: Loc, rows: Sequence[Any], written: Loc) -> int | str | None:
        """Return the row of the case that says the same of itself, or most of it."""
        fields = self._fields.get(said, {})
        pattern = f"{pattern_of(path_of(written))}[]"
        agreeing = [
            (
                sum(self._agrees(row, name, text, pattern) for name, text in fields.items()),
                -place,
                row,
            )
            for place, row in enumerate(rows)
        ]
        telling = next((name for name in _IDENTITY if name in fields), None)
        if telling is not None:
            agreeing = [
                each
                for each in agreeing
                if self._agrees(each[2], telling, fields[telling], pattern)
            ]
        most = max(agreeing, key=lambda each: each[:2], default=None)
        if most is None or (most[0] * 2 < len(fields) and telling is None):
            return None
        return str(most[2].id) if isinstance(rows, Roster) else -most[1]

    def _agrees(self, row: Any, name: str, text: str, pattern: str) -> bool:
        """Return whether a row of the case has what the form says at one of its values."""
        value = row
        for part in filter(None, name.split(".")):
            value = getattr(value, part, None)
        if value is None:
            return False
        here = f"{pattern}.{name}" if name else pattern
        info = resolve_type(self.document.written_as.get(here, here))
        if info is None or info.kind in ("block", "map"):
            return False
        try:
            return same(read_answer(text, info, self.case), stated(value))
        except UnreadableError:
            return False

    def _new(self, said: Loc, written: Loc) -> int | str:
        """Return the number or key of a row that the case does not have yet."""
        rows = self._values(written)
        fresh = self._fresh.setdefault(written, [])
        kind = _kind_of(written)
        if _is_roster(written):
            keys = [str(row.id) for row in rows] + [str(loc[-1]) for loc, _ in fresh]
            said_id = self._fields.get(said, {}).get("id", "")
            is_free = re.fullmatch(r"[A-Za-z]\w*", said_id, re.ASCII) and said_id not in keys
            key: int | str = said_id if is_free else _next_key(keys, str(written[-1]))
        else:
            key = len(rows) + len(fresh)
        fresh.append(((*written, key), kind))
        return key

    def _values(self, loc: Loc) -> Sequence[Any]:
        try:
            return value_in(self.case, loc) or ()
        except (KeyError, IndexError):
            return ()

    # -- the walk

    def _place(self, loc: Loc) -> Place:
        pattern = ""  # of where the value is written
        written: Loc = ()
        read: Loc = ()  # as the form reads it
        value: Any = self.case
        for depth, part in enumerate(loc):
            info = resolve_type(pattern) if pattern else None
            if info is not None and info.kind in ("person", "reference"):
                is_named = loc[depth:] in (("name",), ("id",))
                if is_named and is_writable(pattern):
                    return Place(written, info, value=value)
                return Place(why=_ELSEWHERE, value=self._below(value, loc[depth:]))
            if isinstance(part, int) or part == _ROOT:
                number = self._number(loc[: depth + 1], read, value, written)
                pattern, written = f"{pattern}[]", (*written, number)
                value = self._row_in(value, number if value is self._values(written[:-1]) else part)
            else:
                pattern, written = self._named(pattern, written, part)
                value = getattr(value, part, None)
            read = (*read, part)
        info = resolve_type(pattern)
        if info is None:
            return Place()
        if not is_writable(pattern) or info.kind in ("block", "map"):
            return Place(why=_COMPUTED, value=value)
        return Place(written, info, value=value)

    @staticmethod
    def _below(value: Any, loc: Loc) -> Any:
        for part in loc:
            value = None if isinstance(part, int) else getattr(value, part, None)
        return value

    @staticmethod
    def _row_in(rows: Any, number: int | str) -> Any:
        try:
            if isinstance(rows, Roster) and isinstance(number, str):
                return rows.get(number)
            return tuple(rows)[number] if isinstance(number, int) else None
        except (IndexError, TypeError):
            return None

    def _named(self, pattern: str, written: Loc, name: str) -> tuple[str, Loc]:
        """Return pattern and place of an attribute, or of the one that is written instead."""
        here = f"{pattern}.{name}" if pattern else name
        meant = self.document.written_as.get(here)
        if meant is None:
            return here, (*written, name)
        head, _, last = meant.rpartition(".")
        return (meant, (*written, last)) if head == pattern else (meant, loc_of(meant))


def _kind_of(written: Loc) -> type | None:
    """Return the class of the rows of a list, None for one of values or of rows elsewhere."""
    info = resolve_type(f"{pattern_of(path_of(written))}[]")
    is_row = info is not None and info.kind == "block" and bool(info.owners)
    return info.owners[0] if is_row and info is not None else None


def _is_roster(written: Loc) -> bool:
    kind = _kind_of(written)
    return kind is not None and issubclass(kind, Keyed)


def _next_key(keys: Sequence[str], name: str) -> str:
    """Return a key like those there are: after c1, c2 comes c3."""
    found = [re.fullmatch(r"([A-Za-z_]+)(\d+)", key) for key in keys]
    letters = next((each[1] for each in found if each), name[:1])
    number = max((int(each[2]) for each in found if each and each[1] == letters), default=0)
    return f"{letters}{number + 1}"


def _next_id(ids: Sequence[str], prefix: str) -> str:
    """Return an id like those there are: after V-09 comes V-10."""
    found = [re.fullmatch(rf"{re.escape(prefix)}-(\d+)", each) for each in ids]
    numbers = [each[1] for each in found if each]
    width = max(map(len, numbers), default=2)
    return f"{prefix}-{max(map(int, numbers), default=0) + 1:0{width}}"
