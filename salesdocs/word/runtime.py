"""What compiled templates call while they render: look-ups, text with escapes, missing values.

Kept free of Jinja, docxtpl and lxml, so that a document can be rendered from the compile cache
without importing them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, Final

from salesdocs.word.ooxml import ILLEGAL_CHARACTERS

BLANK: Final = b"/"
_MANY: Final = (list, tuple, dict, set, frozenset, bytes)
_MAX_RANGE: Final = 10_000

needs_care = re.compile(f"[&<>\"'\t\n\r{ILLEGAL_CHARACTERS}]").search
_illegal = re.compile(f"[{ILLEGAL_CHARACTERS}]").search
_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
)
_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'


class RenderProblemError(Exception):
    """A tag cannot be printed with this data; `zh` and `en` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class _Missing:
    """A name that the context does not hold; unlike None, which is a value left blank."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


MISSING: Final = _Missing()


@dataclass(slots=True)
class State:
    """What one rendering of one part keeps while it runs.

    `blank` turns the number of a printed tag into the XML that stands where its value is missing.
    """

    blank: Callable[[int], bytes]
    run_properties: Sequence[str]
    next_number: int = 0
    restarts: list[tuple[int, int]] = field(default_factory=list)


def attribute(owner: Any, name: str) -> Any:
    """Return `owner.name`, or `owner["name"]` of a mapping; None of None, for blank blocks.

    Raises RenderProblemError when there is no such name: a wrong path must never print as nothing.
    """
    if type(owner) is dict:
        if name in owner:
            return owner[name]
    else:
        try:
            return getattr(owner, name)
        except AttributeError:
            if owner is None:
                return None
            if isinstance(owner, Mapping) and name in owner:
                return owner[name]
    raise RenderProblemError(f"数据中没有“{name}”", f"the data has no “{name}”")


def item(owner: Any, key: Any) -> Any:
    """Return `owner[key]`, or the attribute of that name; None of None."""
    if owner is None:
        return None
    if isinstance(key, str):
        if key.startswith("_"):
            raise RenderProblemError(f"不允许访问“{key}”", f"“{key}” may not be read")
        return attribute(owner, key)
    try:
        return owner[key]
    except (LookupError, TypeError) as problem:
        raise RenderProblemError(
            f"数据中没有第“{key}”项", f"the data has no item “{key}”"
        ) from problem


def known(value: Any, name: str) -> Any:
    """Return `value`; raises RenderProblemError when the name is not in the context."""
    if value is MISSING:
        raise RenderProblemError(f"数据中没有“{name}”", f"the data has no “{name}”")
    return value


def rows(value: Any) -> Sequence[Any]:
    """Return what a loop runs over as a sequence; a blank list has no rows."""
    if value is None:
        return ()
    if isinstance(value, (tuple, list)):
        return value
    if isinstance(value, Iterable) and not isinstance(value, str):
        return tuple(value)
    raise RenderProblemError(f"“{value}”不是列表，不能循环", f"“{value}” is no list to loop over")


def sliced(value: Any) -> Any:
    """Return what `value[a:b]` is taken of: a text as it is, a list as a sequence."""
    return value if isinstance(value, str) else rows(value)


def times(left: Any, right: Any) -> Any:
    """Return `left * right` of two numbers; raises RenderProblemError for anything else."""
    return _number(left) * _number(right)


def rest(left: Any, right: Any) -> Any:
    """Return `left % right` of two numbers; raises RenderProblemError for anything else."""
    return _number(left) % _number(right)


def _number(value: Any) -> Any:
    if isinstance(value, (int, float, Decimal)):
        return value
    raise RenderProblemError(f"“{value}”不是数字，不能计算", f"“{value}” is no number")


def counted(*bounds: int) -> range:
    """Return `range(*bounds)` as templates may use it, refusing more than ten thousand rows."""
    numbers = range(*bounds)
    if len(numbers) > _MAX_RANGE:
        raise RenderProblemError("range 超过一万行", "range of more than ten thousand rows")
    return numbers


def pairs(owner: Any, view: str) -> Any:
    """Return `owner.items()`, `.keys()` or `.values()`, the only calls templates may make."""
    if not isinstance(owner, Mapping):
        raise RenderProblemError(f".{view}() 只能用于键值表", f".{view}() needs a mapping")
    return tuple(getattr(owner, view)())


def text(value: Any, number: int, state: State) -> bytes:
    """Return `value` as the content of a `w:t` element, escaped, UTF-8; breaks and tabs kept.

    Line breaks and tabs become the elements that docxtpl writes for them. A value that carries
    `__html__` (docxtpl's RichText, Markup) is XML already and passes as it is.
    """
    string = value if type(value) is str else _string(value)
    if string is None:
        return state.blank(number)
    if needs_care(string) is None:
        return string.encode()
    if type(value) is not str and hasattr(value, "__html__"):
        return str(value.__html__()).encode()
    string = _escaped(string)
    if "\n" in string:
        string = string.replace("\n", _BREAK)
    if "\t" in string:
        properties = state.run_properties[number]
        string = string.replace(
            "\t",
            f"</w:t></w:r><w:r>{properties}<w:tab/></w:r>"
            f'<w:r>{properties}<w:t xml:space="preserve">',
        )
    return string.encode()


def plain(value: Any, number: int, state: State) -> bytes:
    """Return `value` as XML text outside `w:t`: in an attribute, a chart, a property."""
    string = value if type(value) is str else _string(value)
    if string is None:
        return BLANK  # never a marked gap: its elements cannot stand here
    if needs_care(string) is None:
        return string.encode()
    if type(value) is not str and hasattr(value, "__html__"):
        return str(value.__html__()).encode()
    return _escaped(string).encode()


def _string(value: Any) -> str | None:
    if value is None:
        return None
    if value is MISSING or isinstance(value, (FunctionType, MethodType, BuiltinFunctionType, type)):
        raise RenderProblemError("此处不是可打印的值", "this is no value that can be printed")
    if isinstance(value, _MANY) or hasattr(type(value), "model_fields"):
        raise RenderProblemError(
            "此处是整块数据或列表，不能直接打印", "this is a block or a list, not a value to print"
        )
    if isinstance(value, Decimal):
        # Without this a Decimal such as 1E+6 would print in scientific notation.
        return f"{value:f}"
    return str(value)


def _escaped(string: str) -> str:
    illegal = _illegal(string)
    if illegal:
        raise RenderProblemError(
            f"值中含有 Word 无法保存的控制字符 U+{ord(illegal.group()):04X}",
            f"the value holds the control character U+{ord(illegal.group()):04X}",
        )
    return string.translate(_ESCAPES).replace("\r\n", "\n").replace("\r", "\n")


def maybe(value: Callable[[], Any]) -> Any:
    """Return what `value()` gives, MISSING where its path does not exist: for `is defined`."""
    try:
        return value()
    except RenderProblemError:
        return MISSING


def restart(numbers: dict[int, int], number: int, state: State) -> bytes:
    """Return the `w:numId` of list `number` in the current round of the loop around it.

    `numbers` is fresh in each round, so that a list inside a repeated section begins at one again.
    """
    if not state.next_number:
        return b'<w:numId w:val="%d"/>' % number  # a template without lists of its own
    fresh = numbers.get(number)
    if fresh is None:
        fresh = state.next_number
        state.next_number += 1
        state.restarts.append((number, fresh))
        numbers[number] = fresh
    return b'<w:numId w:val="%d"/>' % fresh


def followed(numbers: dict[int, int], number: int, state: State) -> bytes:
    """Return the `w:numId` of a lower level: that of the list its upper level stands in."""
    return b'<w:numId w:val="%d"/>' % numbers.get(number, number)


def joined(parts: Iterable[Any]) -> str:
    """Return what Jinja's `~` gives: the parts as texts, one after the other."""
    return "".join(_string(part) or "" for part in parts)
