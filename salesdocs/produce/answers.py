"""What people write on forms → what stands in a case file: the inverse of how templates print.

A date may be written as printed, a sum with its separators and unit, a choice as its label or as a
ticked box, a person by name. What a stroke, an empty place or a row of underscores says is nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Final

from pydantic_core import PydanticCustomError

from salesdocs.case.choices import Choice
from salesdocs.case.model import Case
from salesdocs.case.model.base import Block, Row
from salesdocs.case.model.parties import Contact, Person
from salesdocs.case.model.scalars import read_day, read_flag, read_money, read_vat
from salesdocs.case.paths import PathInfo, resolve_type
from salesdocs.findings import NOTHING, Phrase
from salesdocs.word.filters import UNCHECKED

Stated = str | list[str]

NOBODY: Final[Mapping[str, str]] = MappingProxyType({})
_TICKS: Final = "☑☒√✓✔■●"
_BOXES: Final = _TICKS + UNCHECKED
_EMPTY: Final = frozenset({"", "/", "／", "-", "—", "——", "年月日"})
_PADDING: Final = "_＿ \u3000\u00a0\t\r\n"
_GAP: Final = re.compile(r"【待填：[^】]*】|\[to fill in: [^\]]*\]")
_BETWEEN: Final = re.compile(r"[、，,；;\n]+")
_NUMBER: Final = re.compile(r"[-−+]?[\d,]+(?:\.\d+)?(?:万|%|‰)?(?=(?P<unit>\D*)$)", re.ASCII)
_UNITS: Final = re.compile(
    r"(?:人|名|天|日|个?工作日|个?月|年|分|份|条|项|次|人天|套|台|元整?|圆整?|小时|days?|months?)?"
)
_ASIDE: Final = re.compile(r"[（(][^（()）]*[）)]$")
_NO: Final = re.compile(r"(?:未|不|否|没|无|尚未|not|no\b)", re.IGNORECASE)
_YES: Final = re.compile(r"(?:已|是|有|需|能|可|同意|通过|yes)", re.IGNORECASE)


class UnreadableError(Exception):
    """What is written cannot be what is asked for: what is wrong, and what is expected."""

    def __init__(self, message: Phrase, hint: Phrase = NOTHING) -> None:
        super().__init__(message.en)
        self.message, self.hint = message, hint


def is_blank(text: str) -> bool:
    """Return whether nothing is stated: an empty place, a stroke, a gap, boxes without a tick."""
    plain = "".join(_GAP.sub("", text).split()).strip("_＿")
    has_boxes = any(letter in plain for letter in UNCHECKED)
    return plain in _EMPTY or (has_boxes and not any(tick in plain for tick in _TICKS))


def plainly(text: str) -> str:
    """Return a text without the line it was written on, and the blanks around it."""
    lines = (line.strip(_PADDING) for line in text.replace("\r\n", "\n").split("\n"))
    return "\n".join(lines).strip(_PADDING)


def is_ticked(text: str) -> bool:
    """Return whether a box is ticked."""
    return any(tick in text for tick in _TICKS)


def read_answer(
    text: str,
    info: PathInfo,
    case: Case,
    *,
    filters: Sequence[str] = (),
    answers: tuple[str, str] | None = None,
    people: Mapping[str, str] = NOBODY,
) -> Stated:
    """Return what a written text says, as it stands in a case file.

    `filters` are those by which the template prints the value (`wan` in ten thousands, `percent`),
    `answers` its words for yes and no, `people` those whom the form itself adds, by name. Raises
    UnreadableError for what cannot be read at all; what the model still refuses, its own validation
    tells.
    """
    asked = _Asked(case, tuple(filters), answers, people)
    if info.kind == "list":
        return _listed(text, info, asked)
    return _single(plainly(text), info, asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is known where a text is read."""

    case: Case
    filters: tuple[str, ...] = ()
    answers: tuple[str, str] | None = None
    people: Mapping[str, str] = field(default_factory=dict)


def stated(value: Any) -> Stated | None:
    """Return how a typed value stands in a case file; None for none."""
    if value is None:
        return None
    if isinstance(value, (tuple, list)):
        return [str(stated(each)) for each in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Choice):
        return str(value.value)
    if isinstance(value, Row):
        return value.id or ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def same(one: Stated | None, other: Stated | None) -> bool:
    """Return whether two stated values are the same, however they are spaced."""
    if isinstance(one, list) or isinstance(other, list):
        mine, theirs = one or [], other or []
        return [*map(_bare, mine)] == [*map(_bare, theirs)]
    return _bare(one or "") == _bare(other or "")


def _bare(text: str) -> str:
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    try:
        return f"{Decimal(folded).normalize():f}" if folded[:1].isdigit() else folded
    except InvalidOperation:
        return folded


# ---- single values ----


def _single(text: str, info: PathInfo, asked: _Asked) -> str:
    kind = info.kind
    if kind in ("person", "reference"):
        return _row(text, info, asked)
    if kind == "choice":
        return _choice(text, info)
    if kind == "flag":
        return _flag(text, asked.answers)
    if kind == "day":
        return str(stated(_read(read_day, text)))
    if kind in ("money", "number", "count", "share", "rate"):
        return _figure(text, kind, asked.filters)
    return _without_boxes(text)


def _read(read: Any, text: str) -> Any:
    """Return what a reader of the model makes of a text; raises UnreadableError."""
    try:
        return read(text)
    except PydanticCustomError as error:
        said = error.context or {}
        raise UnreadableError(
            Phrase(said.get("zh", ""), said.get("en", "")),
            Phrase(said.get("hint_zh", ""), said.get("hint_en", "")),
        ) from error


def _figure(text: str, kind: str, filters: Sequence[str]) -> str:
    """Return a number; a share may be written in percent, a sum in ten thousands of yuan."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace("−", "-")
    plain = re.sub(r"^(?:人民币|RMB|CNY|[¥$])", "", plain, flags=re.IGNORECASE)
    if kind == "rate":
        return str(stated(_read(read_vat, plain)))
    found = _NUMBER.match(plain)
    if found is None or not _UNITS.fullmatch(found["unit"]) or (kind == "share" and found["unit"]):
        if kind == "money":
            return str(stated(_read(read_money, text)))
        raise UnreadableError(
            Phrase(f"“{text}”不是数字", f"“{text}” is not a number"),
            Phrase("例如：30%" if kind == "share" else "例如：24", "such as 24"),
        )
    figures = found[0]
    number = Decimal(figures.rstrip("万%‰").replace(",", "")) if figures.strip("+-,万%‰") else None
    if number is None:
        raise UnreadableError(Phrase(f"“{text}”不是数字", f"“{text}” is not a number"))
    if figures.endswith("万") or "wan" in filters:
        number *= 10_000
    elif figures.endswith("%") or ("percent" in filters and number > 1):
        number = number.scaleb(-2)
    elif figures.endswith("‰"):
        number = number.scaleb(-3)
    return str(stated(number))


def _flag(text: str, answers: tuple[str, str] | None) -> str:
    ticked = _ticked(text)
    said = ticked[0] if len(ticked) == 1 else text
    if len(ticked) > 1:
        raise _too_many(ticked)
    plain = said.strip(_PADDING + _BOXES + "。；，")
    for value, words in zip(("true", "false"), answers or (), strict=False):
        if plain and plain == words.strip("。；，"):
            return value
    if _is_flag(plain):
        return str(stated(_read(read_flag, plain)))
    if _NO.match(plain):
        return "false"
    if _YES.match(plain):
        return "true"
    return str(stated(_read(read_flag, plain)))


def _is_flag(text: str) -> bool:
    try:
        _read(read_flag, text)
    except UnreadableError:
        return False
    return True


# ---- choices ----


def _ticked(text: str) -> list[str]:
    """Return what stands behind the ticked boxes of a text; a tick may stand beside its box."""
    found: list[str] = []
    for match in re.finditer(rf"([{_BOXES}]+)([^{_BOXES}]*)", text):
        if any(tick in match[1] for tick in _TICKS):
            label = match[2].strip(_PADDING)
            found.append(label)
    return [label for label in found if label]


def _without_boxes(text: str) -> str:
    ticked = _ticked(text)
    return "、".join(ticked) if ticked else text


def _choice(text: str, info: PathInfo) -> str:
    ticked = _ticked(text)
    if len(ticked) > 1:
        raise _too_many(ticked)
    return _option(ticked[0] if ticked else text, info)


def _option(text: str, info: PathInfo) -> str:
    """Return the code of the option that a text names, in either language; raises when none."""
    assert info.choice is not None
    wanted = _label(text)
    for option in info.choice:
        if wanted in (_label(option.value), _label(option.zh), _label(option.en)):
            return str(option.value)
    if info.free:
        return text
    options = "、".join(option.zh for option in info.choice)
    english = ", ".join(option.en for option in info.choice)
    raise UnreadableError(
        Phrase(f"没有“{text}”这一选项", f"there is no option “{text}”"),
        Phrase(f"可选：{options}", f"choose one of: {english}"),
    )


def _label(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(folded.replace("–", "-").replace("—", "-").split())


def _too_many(ticked: Sequence[str]) -> UnreadableError:
    zh, en = "、".join(ticked), ", ".join(ticked)
    return UnreadableError(
        Phrase(f"只能选一项，勾了 {len(ticked)} 项：{zh}", f"only one can be ticked, not: {en}"),
        Phrase("只留一个勾", "leave one tick"),
    )


# ---- rows and lists ----


def _row(text: str, info: PathInfo, asked: _Asked) -> str:
    """Return the id of the person or row that a text names."""
    case = asked.case
    plain = _ASIDE.sub("", text).strip(_PADDING)
    people: list[Person | Contact] = [
        person
        for group in (case.team, case.contacts)
        for person in group
        if isinstance(person, tuple(info.owners))
    ]
    if info.kind != "person":
        return _known_row(plain, info, case) or plain
    named = [each for each in people if each.id == plain]
    named = named or [each for each in people if each.name and _bare(each.name) == _bare(plain)]
    if len(named) == 1:
        return str(named[0].id)
    if not named and plain in asked.people:
        return asked.people[plain]
    known = "、".join(str(each.name) for each in people if each.name)
    if named:
        ids = "、".join(str(each.id) for each in named)
        raise UnreadableError(
            Phrase(f"有几个人叫“{plain}”", f"several people are called “{plain}”"),
            Phrase(f"写代号：{ids}", f"write one of the ids: {ids}"),
        )
    where = Phrase("team", "team") if info.owners == (Person,) else Phrase("contacts", "contacts")
    raise UnreadableError(
        Phrase(f"案件里没有“{plain}”这个人", f"nobody of the case is called “{plain}”"),
        Phrase(
            f"先把此人写进 {where.zh}；已有：{known or '无'}",
            f"write them into {where.en} first; there are: {known or 'none'}",
        ),
    )


def _known_row(text: str, info: PathInfo, case: Case) -> str:
    """Return the id of the row of the case that has this id or name, empty without one."""
    rows = {id(row): row for row in _rows_in(case, tuple(info.owners))}.values()
    by_id = [row for row in rows if row.id == text]
    named = [row for row in rows if _bare(str(getattr(row, "name", None) or "")) == _bare(text)]
    found = by_id or named
    return str(found[0].id) if len(found) == 1 and found[0].id else ""


def _rows_in(value: Any, kinds: tuple[type, ...]) -> Iterator[Row]:
    """Yield the rows of these kinds in a part of a case, those that others name among them."""
    if isinstance(value, Row) and isinstance(value, kinds):
        yield value
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _rows_in(each, kinds)
    elif isinstance(value, Block):
        for name in type(value).model_fields:
            yield from _rows_in(getattr(value, name), kinds)


def _listed(text: str, info: PathInfo, asked: _Asked) -> list[str]:
    inner = resolve_type(f"{info.path}[]") or info
    ticked = _ticked(text)
    parts: Iterable[str] = ticked or (part.strip(_PADDING) for part in _BETWEEN.split(text))
    # 、 also stands within a label that is an option of its own.
    return [
        _single(part, inner, replace(asked, filters=(), answers=None))
        for part in parts
        if not is_blank(part)
    ]
