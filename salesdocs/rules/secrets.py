"""What of a case would give something away, however it is written, and where it stands.

Two searches use it: the rule NEG-03 looks for secrets in what customers are shown of the case, and
every finished file is searched for them before it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from salesdocs.calc import format as display
from salesdocs.case.model import Case
from salesdocs.case.path import Loc, path_of
from salesdocs.case.paths import value_in
from salesdocs.process.fields import Audience, Catalogue, strip

# Shorter texts and smaller numbers are found by chance in any document. What is merely internal (a
# weekly note) may share a few words with what the customer reads; a whole sentence may not.
_SHORTEST: Final[Mapping[Audience, int]] = {
    "confidential": 4,
    "internal": 12,
    "customer": 10**6,  # no secret
}
_SMALLEST: Final = Decimal(1000)
_NUMBER: Final = re.compile(r"\d{1,12}(?:\.\d{1,6})?", re.ASCII).fullmatch
_PHONE: Final = re.compile(r"\+?[\d -]{7,}")


def secrets_of(
    case: Case, tree: Mapping[str, Any], audience: Audience, catalogue: Catalogue
) -> list[tuple[str, str]]:
    """Return (path, text) of what would give away something that `audience` may not read.

    As it was written and as a document would print it; without values the audience sees anyway.
    """
    kept = strip(tree, audience, catalogue)
    seen = _scalars(kept)
    numbers = {each for each in map(_number, seen) if each is not None}
    levels = _Levels(catalogue)
    return [
        (path_of(loc), text)
        for loc, stated in _removed(tree, kept)
        if stated not in seen and _number(stated) not in numbers
        for text in _telling(case, loc, stated, levels)
    ]


def _number(text: str) -> Decimal | None:
    """Return the number that a text is, however it is written, None if it is none."""
    plain = text.replace(",", "")
    return Decimal(plain) if _NUMBER(plain) else None


def _telling(case: Case, loc: Loc, stated: str, levels: _Levels) -> tuple[str, ...]:
    """Return how a removed value would read, if that is enough to be recognised."""
    level = levels.of(loc)
    if len(stated) < _SHORTEST[level] and not stated[:1].isdigit():
        return ()
    value = value_in(case, loc)
    if isinstance(value, Decimal):
        is_telling = level == "confidential" and abs(value) >= _SMALLEST
        return _written_amounts(value) if is_telling else ()
    # A choice, a reference or a day is no text of its own.
    if type(value) is str and (len(value) >= _SHORTEST[level] or _PHONE.fullmatch(value)):
        return (value,)
    return ()


def visible_texts(tree: Mapping[str, Any], audience: Audience, catalogue: Catalogue) -> set[str]:
    """Return every text in the raw tree that `audience` may read, each once."""
    return _scalars(strip(tree, audience, catalogue))


class _Levels:
    """The audience of places in a raw tree, the same for all rows of a list."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: dict[Loc, Audience] = {}

    def of(self, loc: Loc) -> Audience:
        """Return who may see the value at a place."""
        place = tuple(0 if isinstance(part, int) else part for part in loc)
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = self._catalogue.audience_of(self._pattern(place))
        return known

    def _pattern(self, loc: Loc) -> str:
        """Return the pattern of a place in a raw tree, where people stand under their codes."""
        pattern = ""
        for part in loc:
            if isinstance(part, int) or (pattern and self._catalogue.has_rows(pattern)):
                pattern += "[]"
            else:
                pattern = f"{pattern}.{part}" if pattern else part
        return pattern


def _written_amounts(amount: Decimal) -> tuple[str, ...]:
    """Return the ways people write an amount: 1,080,000.00, 1080000, 1,080,000, 108万, capitals."""
    forms = [display.money(amount), f"{amount:f}", display.capitals(amount)]
    if amount == amount.to_integral_value():
        forms += [f"{amount:,.0f}", f"{amount:.0f}"]
    short = display.wan(amount)
    forms += [f"{short}万", f"{short} 万"]
    return tuple(dict.fromkeys(forms))


def leaks(texts: Mapping[str, str], forbidden: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return (path, part) for each forbidden (path, text) that occurs in a part's text.

    A number within a longer one (5000 in a telephone number) is another number.
    """
    return [
        (path, name)
        for path, value in forbidden
        for name, text in texts.items()
        if _stands_in(text, value.replace("\t", "\n"))
    ]


def _stands_in(text: str, value: str) -> bool:
    place = text.find(value)
    while place >= 0:
        before, after = text[place - 1 : place], text[place + len(value) : place + len(value) + 1]
        is_part = (value[:1].isdecimal() and before.isdecimal()) or (
            value[-1:].isdecimal() and after.isdecimal()
        )
        if not is_part:
            return True
        place = text.find(value, place + 1)
    return False


def _removed(full: Any, kept: Any) -> list[tuple[Loc, str]]:
    """Return place and text of each value in the tree `full` that is not in the tree `kept`."""
    found: list[tuple[Loc, str]] = []
    _collect_removed(full, kept, (), found)
    return found


def _collect_removed(full: Any, kept: Any, loc: Loc, found: list[tuple[Loc, str]]) -> None:
    if full is kept:
        return
    if isinstance(full, dict):
        there = kept if isinstance(kept, dict) else {}
        for key, value in full.items():
            _collect_removed(value, there.get(key), (*loc, key), found)
    elif isinstance(full, list):
        rows = kept if isinstance(kept, list) and len(kept) == len(full) else [None] * len(full)
        for index, (value, below) in enumerate(zip(full, rows, strict=True)):
            _collect_removed(value, below, (*loc, index), found)
    elif isinstance(full, str) and kept is None:
        found.append((loc, full))


def _scalars(tree: Any) -> set[str]:
    """Return the text of each value in a raw tree."""
    found: set[str] = set()
    waiting = [tree]
    for each in waiting:  # grows while it is gone through
        if isinstance(each, str):
            found.add(each)
        elif isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return found
