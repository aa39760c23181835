"""A plain tree and a model → the value, and what does not fit, told to the one who wrote it.

What does not fit is taken out and the rest is read again, so that one wrong word neither hides the
next problem nor makes rows that refer to its row look wrong.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Generic, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from salesdocs.case.path import Loc
from salesdocs.case.problems import (
    DUPLICATE_ID,
    UNKNOWN_CHOICE,
    UNKNOWN_KEY,
    UNKNOWN_REFERENCE,
    WRONG_KIND,
    WRONG_VALUE,
)
from salesdocs.case.repair import key_with_wrong_colon
from salesdocs.case.source import Tree
from salesdocs.case.suggest import (
    blocks_at,
    did_you_mean,
    homes_of_keys,
    key_meant,
    keys_at,
    kinds_at,
)
from salesdocs.findings import NOTHING, Phrase

M = TypeVar("M", bound=BaseModel)
_MOST_ROUNDS = 12
_MANY = (BaseModel, dict, list, tuple, set)


class Misfit(NamedTuple):
    """What is wrong with the value at `loc`, or with its key."""

    loc: Loc
    rule: str
    message: Phrase
    hint: Phrase = NOTHING
    at_key: bool = False


class Fitted(NamedTuple, Generic[M]):
    """The value without what did not fit (None when nothing can be made of it), and the misfits."""

    value: M | None
    misfits: list[Misfit]


def fit(
    root: type[M],
    tree: dict[str, Tree],
    context: Callable[[], object],
    labels: Mapping[str, str] | None = None,
    whole: bool = True,
) -> Fitted[M]:
    """Return `tree` as a `root`, and everything that is wrong with it.

    `context` makes the context of one validation; `labels` gives Chinese labels by path pattern
    (`contract.payments[].share`). References that lead nowhere are not reported when the tree is
    not `whole`, nor when the row they name was taken out.
    """
    misfits: list[Misfit] = []
    lost: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        try:
            return Fitted(root.model_validate(tree, context=context()), misfits)
        except ValidationError as error:
            problems = error.errors(include_url=False)
        # Rows that are wrong themselves were not entered: look at references when these are out.
        first = [each for each in problems if each["type"] != UNKNOWN_REFERENCE] or problems
        if not misfits:
            tree = copy.deepcopy(tree)
        located = [(_in_tree(tree, each["loc"]), each) for each in first]
        spoilt = {misfit.loc[:-1] for misfit in misfits if not misfit.at_key}
        for loc, each in located:
            if loc in spoilt:
                continue  # a block of which a value was taken out is no longer what was written
            if each["type"] != UNKNOWN_REFERENCE or (whole and str(each["input"]) not in lost):
                misfits.append(_misfit(root, tree, loc, each, labels or {}))
        if not _take_out(root, tree, [loc for loc, _ in located], lost):
            break
    return Fitted(None, misfits)


def _in_tree(tree: Tree, loc: Sequence[str | int]) -> Loc:
    """Return the part of a validation's place that exists in the file.

    A validation also names what is not in the file: `[key]`, members of a union.
    """
    here, found = tree, []
    for part in loc:
        if not _holds(here, part):
            continue
        here = here[part]
        found.append(part)
    return tuple(found)


def _holds(tree: Tree, part: str | int) -> bool:
    """Return whether the key or index is there."""
    if isinstance(tree, list):
        return isinstance(part, int) and part < len(tree)
    return isinstance(tree, dict) and part in tree


def _take_out(
    root: type[BaseModel], tree: dict[str, Tree], locs: list[Loc], lost: set[str]
) -> bool:
    """Remove the values at `locs` from `tree`, note the ids that go with them; False if none went.

    A block in a list becomes an empty block first, so that the items after it keep their index.
    """
    gone = False
    doomed: list[tuple[list[Tree], int]] = []
    for loc in dict.fromkeys(locs):
        if not loc:
            continue
        parent = _value_at(tree, loc[:-1])
        key = loc[-1]
        if isinstance(parent, dict) and key in parent:
            _note_ids(parent.pop(key), lost)
            lost.add(str(key))
        elif isinstance(parent, list) and isinstance(key, int) and key < len(parent):
            item = parent[key]
            _note_ids(item, lost)
            if isinstance(item, dict) and item and blocks_at(root, loc):
                parent[key] = {}
            else:
                doomed.append((parent, key))
        else:
            continue
        gone = True
    for parent, index in sorted(doomed, key=lambda each: -each[1]):
        del parent[index]
    return gone


def _value_at(tree: Tree, loc: Loc) -> Tree:
    for part in loc:
        if not _holds(tree, part):
            return None
        tree = tree[part]
    return tree


def _note_ids(tree: Tree, lost: set[str]) -> None:
    """Add the ids in a subtree, and the keys under which rows stand in it, to `lost`."""
    if isinstance(tree, dict):
        row_id = tree.get("id")
        if isinstance(row_id, str):
            lost.add(row_id)
        for key, below in tree.items():
            if isinstance(below, dict):
                lost.add(key)
            _note_ids(below, lost)
    elif isinstance(tree, list):
        for below in tree:
            _note_ids(below, lost)


def _misfit(
    root: type[BaseModel], tree: Tree, loc: Loc, error: Any, labels: Mapping[str, str]
) -> Misfit:
    """Return what pydantic says in our words."""
    kind, context = error["type"], error.get("ctx", {})
    if isinstance(error["input"], dict | list) and _is_one_value(root, loc):
        return _wrong_kind(loc, error["input"], _VALUE)
    if "zh" in context and "en" in context:
        hint = Phrase(context.get("hint_zh", ""), context.get("hint_en", ""))
        if kind == DUPLICATE_ID and _holds(_value_at(tree, loc), "id"):
            loc = (*loc, "id")
        return Misfit(loc, kind, Phrase(context["zh"], context["en"]), hint)
    if kind == "extra_forbidden":
        return _unknown_key(root, loc, labels)
    if kind == "missing":
        key = error["loc"][-1]
        message = Phrase(f"缺少 {key}", f"{key} is missing")
        return Misfit(loc, WRONG_VALUE, message, Phrase(f"补上 `{key}: `", f"add `{key}: `"))
    if kind in ("enum", "literal_error"):
        return _unknown_choice(root, loc, error)
    if kind in _WANTED:
        return _wrong_kind(loc, error["input"], _WANTED[kind])
    return _wrong_value(loc, error)


def _is_one_value(root: type[BaseModel], loc: Loc) -> bool:
    """Return whether the model wants a single text, number or day at `loc`."""
    kinds = kinds_at(root, loc)
    plain = (isinstance(kind, type) and not get_args(kind) for kind in kinds)
    return bool(kinds) and all(plain) and not any(issubclass(kind, _MANY) for kind in kinds)


def _unknown_key(root: type[BaseModel], loc: Loc, labels: Mapping[str, str]) -> Misfit:
    key, parent = str(loc[-1]), loc[:-1]
    known = keys_at(root, parent)
    pattern = _pattern(parent)
    below = {
        each: labels[path]
        for each in known
        if (path := f"{pattern}.{each}" if pattern else each) in labels
    }
    message = Phrase(f"不认识的键 {key}", f"unknown key {key}")
    return Misfit(loc, UNKNOWN_KEY, message, _key_hint(root, key, known, below), at_key=True)


def _key_hint(
    root: type[BaseModel], key: str, known: list[str], labels: Mapping[str, str]
) -> Phrase:
    meant = key_meant(key, known, labels)
    if meant:
        return Phrase(f"是不是 {meant}？", f"did you mean {meant}?")
    homes = homes_of_keys(root).get(key, ())
    if 0 < len(homes) <= 3:
        places = [home or "case" for home in homes]
        return Phrase(
            f"这个键属于 {'、'.join(home or '最外层' for home in homes)}，检查缩进",
            f"the key belongs to {', '.join(places)}; check the indentation",
        )
    if not known:
        return NOTHING
    shown = known if len(known) <= 12 else [*known[:12], "…"]
    return Phrase(f"这里可写：{'、'.join(shown)}", f"possible here: {', '.join(shown)}")


def _pattern(loc: Loc) -> str:
    path = ""
    for part in loc:
        path += "[]" if isinstance(part, int) else f".{part}" if path else part
    return path


def _unknown_choice(root: type[BaseModel], loc: Loc, error: Any) -> Misfit:
    expected = re.findall(r"'([^']*)'", str(error["ctx"].get("expected", "")))
    options = _options(root, loc) or dict.fromkeys(expected, "")
    value = error["input"]
    by_label = {label: code for code, label in options.items() if label}
    near = by_label.get(str(value)) or did_you_mean(str(value), [*options, *by_label])
    near = by_label.get(near, near)
    listed = [f"{code}（{label}）" if label else code for code, label in options.items()]
    zh = (f"是不是 {near}？" if near else "") + f"可写：{'、'.join(listed)}"
    en = (f"did you mean {near}? " if near else "") + f"one of: {', '.join(options)}"
    message = Phrase(f"没有“{_short(value)}”这个选项", f"{_short(value)} is not an option")
    return Misfit(loc, UNKNOWN_CHOICE, message, Phrase(zh, en))


def _options(root: type[BaseModel], loc: Loc) -> dict[str, str]:
    """Return code → Chinese label of the choice at `loc`."""
    return {
        str(member.value): str(getattr(member, "zh", ""))
        for kind in kinds_at(root, loc)
        if isinstance(kind, type) and issubclass(kind, Enum)
        for member in kind
    }


_BLOCK = Phrase("一组“键: 值”", "a block of `key: value`")
_LIST = Phrase("列表", "a list")
_VALUE = Phrase("一个值", "one value")
_TEXT = Phrase("文字", "text")
_WANTED = {
    **dict.fromkeys(
        ("model_type", "model_attributes_type", "dict_type", "mapping_type", "dataclass_type"),
        _BLOCK,
    ),
    **dict.fromkeys(
        ("list_type", "tuple_type", "iterable_type", "set_type", "frozen_set_type"), _LIST
    ),
    "string_type": _TEXT,
}


def _wrong_kind(loc: Loc, value: object, wanted: Phrase) -> Misfit:
    got = _kind_of(value)
    message = Phrase(f"这里应是{wanted.zh}，写的是{got.zh}", f"expected {wanted.en}, got {got.en}")
    return Misfit(loc, WRONG_KIND, message, _kind_hint(value, wanted))


def _kind_of(value: object) -> Phrase:
    if isinstance(value, dict):
        return _BLOCK
    if isinstance(value, list | tuple):
        return _LIST
    if value is None:
        return Phrase("空", "nothing")
    return Phrase(f"文字“{_short(value)}”", f"the text {_short(value)}")


def _kind_hint(value: object, wanted: Phrase) -> Phrase:
    if isinstance(value, str) and wanted is _BLOCK:
        found = key_with_wrong_colon(value)
        if found:
            return Phrase(
                f"冒号要写成半角加空格：`{found[0]}: `",
                f"write an ASCII colon and a space: `{found[0]}: `",
            )
        return Phrase("另起一行、缩进两格写 `键: 值`", "write `key: value` lines below, indented")
    if isinstance(value, str | dict) and wanted is _LIST:
        if isinstance(value, dict):
            return Phrase("每一项前面写 `- `", "begin each item with `- `")
        items = [item.strip() for item in re.split("[,，、;；]", value.strip("[]［］【】"))]
        written = f"[{', '.join(filter(None, items))}]"
        return Phrase(f"写成 `{_short(written)}`", f"write `{_short(written)}`")
    if isinstance(value, list) and wanted is _BLOCK:
        return Phrase("去掉各行前面的 `- `", "remove the `- ` before the lines")
    return NOTHING


_VALUES = (
    ("int", Phrase("整数", "a whole number")),
    ("decimal", Phrase("数字", "a number")),
    ("float", Phrase("数字", "a number")),
    ("bool", Phrase("true 或 false", "true or false")),
    ("datetime", Phrase("日期和时间", "a date and a time")),
    ("date", Phrase("日期，例如 2025-07-08", "a date such as 2025-07-08")),
    ("time", Phrase("时间，例如 14:00", "a time such as 14:00")),
)


def _wrong_value(loc: Loc, error: Any) -> Misfit:
    kind, value = error["type"], error["input"]
    for prefix, wanted in _VALUES:
        if kind.startswith(f"{prefix}_"):
            got = _kind_of(value)
            message = Phrase(
                f"这里应是{wanted.zh}，写的是{got.zh}", f"expected {wanted.en}, got {got.en}"
            )
            return Misfit(loc, WRONG_VALUE, message)
    said = error["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    shown = f"“{_short(value)}”" if isinstance(value, str) else "值"
    return Misfit(loc, WRONG_VALUE, Phrase(f"{shown}不符合要求：{said}", said))


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
