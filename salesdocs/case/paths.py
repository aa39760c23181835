"""Case paths: every path the model has, what a path leads to, and the value at it in a case.

A *path* names one value of a case, `contract.payments[0].share` or `contacts.c1.mobile`; its
*pattern* names the same value in every case, `contract.payments[].share` and `contacts[].mobile`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property, lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from salesdocs.case.choices import Choice
from salesdocs.case.model import Case
from salesdocs.case.model.base import Block, OpenChoice, Reference, Roster, Row
from salesdocs.case.model.parties import Contact, Person
from salesdocs.case.model.record import Record
from salesdocs.case.model.scalars import Kind, Scalar
from salesdocs.case.path import Loc, loc_of, path_of

_PLAIN: Final[Mapping[type, Kind]] = {
    bool: "flag",
    int: "count",
    Decimal: "number",
    date: "day",
    str: "text",
}
_LABELS: Final = ("zh", "en")
_index = re.compile(r"\[[^\]]*\]")
_from_end = re.compile(r"-[1-9]\d*", re.ASCII).fullmatch


@dataclass(frozen=True, slots=True)
class PathInfo:
    """What a path pattern leads to.

    `item` is the kind of what a list or map holds. `choice` are the options, which free text may
    replace where `free` is true. `owners` are the classes whose attributes come next in the path;
    a reference to someone of either side has two. What is not `computed` is stated by the file.
    """

    path: str
    kind: Kind
    computed: bool = False
    item: Kind | None = None
    choice: type[Choice] | None = None
    free: bool = False
    owners: tuple[type, ...] = ()

    @property
    def many(self) -> bool:
        """Whether a template can loop over it."""
        return self.kind == "list"


@dataclass(frozen=True, slots=True)
class _Type:
    """An annotation, taken apart; `bare` marks a row that is named without a `Reference`."""

    kind: Kind
    item: _Type | None = None
    choice: type[Choice] | None = None
    free: bool = False
    owners: tuple[type, ...] = ()
    bare: bool = False

    def info(self, path: str, computed: bool) -> PathInfo:
        inner = self.item or self
        return PathInfo(
            path,
            self.kind,
            computed,
            self.item.kind if self.item else None,
            inner.choice,
            inner.free,
            self.owners,
        )


@dataclass(frozen=True, slots=True)
class _Attribute:
    """An attribute of a class: its type, and whether it is computed."""

    type: _Type
    computed: bool


# ---- what the model has ----


def walk_paths(model: type = Case) -> Iterator[PathInfo]:
    """Yield every path pattern below `model`, blocks and lists before what they hold.

    References are not followed, nor are rows that a computed value takes from elsewhere.
    """
    yield from _walk(model, "", False)


def _walk(owner: type, path: str, computed: bool) -> Iterator[PathInfo]:
    for name, attribute in attributes(owner).items():
        below = f"{path}.{name}" if path else name
        made = computed or attribute.computed
        yield attribute.type.info(below, made)
        inner = attribute.type.item or attribute.type
        if inner.kind == "block":
            (block,) = inner.owners
            yield from _walk(block, f"{below}[]" if attribute.type.item else below, made)


def resolve_type(pattern: str) -> PathInfo | None:
    """Return what `pattern` leads to, through references too; None when there is no such path.

    `contract.payments[]` is a row of the list. The labels of a choice are `.zh` and `.en`.
    """
    step = _step(pattern)
    return None if step is None else step[0].info(pattern, step[1])


@lru_cache(maxsize=4096)
def _step(pattern: str) -> tuple[_Type, bool] | None:
    """Return the type of `pattern` and whether a part of it is computed, one step at a time."""
    if pattern.endswith("]"):
        before = _step(pattern[: pattern.rindex("[")])
        item = before[0].item if before else None
        return (item, before[1]) if before and item else None
    head, _, name = pattern.rpartition(".")
    if not head:
        found = _attribute(Case, name)
        return (found.type, found.computed) if found else None
    before = _step(head)
    if before is None:
        return None
    here, computed = before
    if (here.kind == "choice" and name in _LABELS) or here.kind == "map":
        return _Type("text"), computed
    each = [_attribute(owner, name) for owner in here.owners]
    known = [attribute for attribute in each if attribute is not None]
    if not known or len(known) < len(each):
        return None
    return known[0].type, computed or known[0].computed


def _attribute(owner: type, name: str) -> _Attribute | None:
    """Return one attribute of a class; the types of computed ones are read only when asked for."""
    if issubclass(owner, Block):
        stored = _stored_types(owner).get(name)
        if stored is not None:
            return _Attribute(stored, False)
    return attributes(owner).get(name)


def nearest(pattern: str) -> str | None:
    """Return the pattern that was probably meant by one that leads nowhere, None without a guess.

    Only the first name that does not exist is replaced; what follows it is kept if it then exists.
    """
    parts = pattern.split(".")
    for length in range(1, len(parts) + 1):
        if resolve_type(".".join(parts[:length])) is None:
            break
    else:
        return None
    head = ".".join(parts[: length - 1])
    name, index = _index.sub("", parts[length - 1]), "[]" if "[" in parts[length - 1] else ""
    near = get_close_matches(name, names_at(head), n=1, cutoff=0.6)
    if not near:
        return None
    guess = ".".join([*parts[: length - 1], near[0] + index])
    whole = ".".join([guess, *parts[length:]])
    return whole if resolve_type(whole) else guess


def names_at(pattern: str) -> tuple[str, ...]:
    """Return the names that may follow `pattern`; `""` is the case itself."""
    if not pattern:
        return tuple(attributes(Case))
    info = resolve_type(pattern)
    if info is None:
        return ()
    shared = [set(attributes(owner)) for owner in info.owners]
    first = attributes(info.owners[0]) if info.owners else {}
    return tuple(name for name in first if all(name in names for names in shared))


def pattern_of(path: str) -> str:
    """Return the pattern of a path: indexes and the keys of maps become `[]`."""
    pattern = ""
    for part in loc_of(path):
        before = _step(pattern) if pattern else None
        keyed = before is not None and _is_keyed(before[0])
        if _place(part) is not None or keyed:
            pattern += "[]"
        else:
            pattern += f".{part}" if pattern else str(part)
    return pattern


def _is_keyed(found: _Type) -> bool:
    return found.kind == "map" or (found.item is not None and found.item.owners in _PEOPLE)


# ---- what a class has ----


@lru_cache(maxsize=512)
def attributes(owner: type) -> Mapping[str, _Attribute]:
    """Return the attributes of a class by the name they have in paths, stored ones first."""
    if issubclass(owner, Block):
        stored = {name: _Attribute(kind, False) for name, kind in _stored_types(owner).items()}
        return stored | _computed(owner, cached_property)
    assert issubclass(owner, Record)
    hints = get_type_hints(owner, include_extras=True)
    own = {name: _Attribute(_of(hints[name]), True) for name in owner.field_names()}
    return own | _computed(owner, property)


@lru_cache(maxsize=512)
def _stored_types(owner: type[Block]) -> Mapping[str, _Type]:
    return {
        field.alias or name: _of_field(field.annotation, field.metadata)
        for name, field in owner.model_fields.items()
    }


def _computed(owner: type, kind: type[cached_property[Any] | property]) -> dict[str, _Attribute]:
    found: dict[str, _Attribute] = {}
    for base in reversed(owner.__mro__):
        for name, member in vars(base).items():
            if not name.startswith("_") and isinstance(member, kind) and base is not Block:
                function = member.func if isinstance(member, cached_property) else member.fget
                hints = get_type_hints(function, include_extras=True)
                found[name] = _Attribute(_of(hints["return"]), True)
    return found


def _of_field(annotation: Any, metadata: list[Any]) -> _Type:
    """Return the type of a stored field, where bare rows are at home, so they are blocks."""
    return _at_home(_of(Annotated[(annotation, *metadata)] if metadata else annotation))


def _at_home(found: _Type) -> _Type:
    if found.item is not None:
        return _Type(found.kind, _at_home(found.item))
    return _Type("block", owners=found.owners) if found.bare else found


def _of(annotation: Any) -> _Type:
    if get_origin(annotation) is Annotated:
        return _marked(annotation)
    alternatives = [arg for arg in _alternatives(annotation) if arg is not NoneType]
    if len(alternatives) > 1:
        raise TypeError(f"a path cannot lead to {annotation}")
    (kind,) = alternatives
    if kind is not annotation:
        return _of(kind)
    return _many(kind) or _single(kind)


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _marked(annotation: Any) -> _Type:
    inner, *marks = get_args(annotation)
    for mark in marks:
        if isinstance(mark, Scalar):
            return _Type(mark.kind)
        if isinstance(mark, Reference):
            return _Type(_reference_kind(*mark.kinds), owners=mark.kinds)
        if isinstance(mark, OpenChoice):
            return _Type("choice", choice=mark.options, free=True)
    return _of(inner)


def _reference_kind(*kinds: type[Row]) -> Kind:
    return "person" if all(issubclass(kind, (Person, Contact)) for kind in kinds) else "reference"


def _many(kind: Any) -> _Type | None:
    origin = get_origin(kind)
    if origin in (tuple, Roster):
        return _Type("list", _of(get_args(kind)[0]))
    if origin is dict:
        return _Type("map", _of(get_args(kind)[1]))
    return None


def _single(kind: type) -> _Type:
    if issubclass(kind, Choice):
        return _Type("choice", choice=kind)
    if issubclass(kind, Row):
        return _Type(_reference_kind(kind), owners=(kind,), bare=True)
    if issubclass(kind, (Block, Record)):
        return _Type("block", owners=(kind,))
    return _Type(_PLAIN[kind])


_PEOPLE: Final = ((Person,), (Contact,))

# ---- what a case holds ----


def value_at(case: Case, path: str) -> Any:
    """Return the value at `path`, stored or computed; None behind a reference that is open.

    Raises KeyError when the case has no such path.
    """
    try:
        return value_in(case, loc_of(path))
    except KeyError:
        raise KeyError(path) from None


def value_in(case: Case, loc: Loc) -> Any:
    """Return the value at a place, as `value_at` does for its path."""
    value: Any = case
    for part in loc:
        if value is None:
            return None
        value = _inside(value, part)
    return value


def _inside(value: Any, part: str | int) -> Any:
    place = _place(part)
    try:
        if place is not None and isinstance(value, tuple):
            return value[place]
        if isinstance(value, (dict, Roster)):
            return value[part]
    except LookupError:
        raise KeyError(part) from None
    if isinstance(part, str) and part in _names(value):
        return getattr(value, part)
    raise KeyError(part)


def _place(part: str | int) -> int | None:
    """Return the index a part of a path is, `[-1]` for the last row; None for a name."""
    if isinstance(part, int):
        return part
    return int(part) if _from_end(part) else None


def _names(value: Any) -> Collection[str]:
    if isinstance(value, Choice):
        return _LABELS
    kind: Any = type(value)
    return attributes(kind) if issubclass(kind, (Block, Record)) else ()


def leaves(case: Case) -> Iterator[tuple[str, Any]]:
    """Yield (path, value) of every value the case states, in the order of the model.

    A reference gives the row it names. Blocks, lists and what is computed are not leaves.
    """
    for loc, value in _leaves(case, ()):
        yield path_of(loc), value


def _leaves(value: Any, loc: Loc) -> Iterator[tuple[Loc, Any]]:
    if isinstance(value, Roster):
        for person in value:
            here = (*loc, str(person.id))
            yield from (leaf for leaf in _fields(person, here) if leaf[0] != (*here, "id"))
    elif isinstance(value, Block):
        yield from _fields(value, loc)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _leaves(item, (*loc, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*loc, key), item
    elif value is not None:
        yield loc, value


def _fields(owner: Block, loc: Loc) -> Iterator[tuple[Loc, Any]]:
    for name, key, refers in _stored(type(owner)):
        value = owner.__dict__[name]
        here = (*loc, key)
        if not refers:
            yield from _leaves(value, here)
        elif isinstance(value, tuple):
            yield from (((*here, index), row) for index, row in enumerate(value))
        elif value is not None:
            yield here, value


@lru_cache(maxsize=512)
def _stored(owner: type[Block]) -> tuple[tuple[str, str, bool], ...]:
    """Return (attribute, key, whether it refers to rows) of each stored field."""
    # Not `attributes`: reading the types of computed values costs a cold start 20 ms.
    known = _stored_types(owner)
    return tuple(
        (name, key, (known[key].item or known[key]).kind in ("person", "reference"))
        for name, key in ((n, field.alias or n) for n, field in owner.model_fields.items())
    )
