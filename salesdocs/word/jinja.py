"""Jinja's own filters and tests for templates that use them, bound to a sandboxed environment.

Apart from the rest, because importing Jinja costs as much as rendering two hundred documents. What
would let text through unescaped, differ from run to run or fill the memory is not to be had.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial, wraps
from typing import Any, Final, cast

from jinja2 import StrictUndefined, Undefined
from jinja2.exceptions import TemplateError, UndefinedError
from jinja2.nodes import EvalContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from salesdocs.findings import Language
from salesdocs.word.filters import filters_for
from salesdocs.word.runtime import MISSING, RenderProblemError

_REFUSED: Final = frozenset({"safe", "urlize", "xmlattr", "tojson", "pprint", "random"})
# All text is escaped when it is printed: to escape it before would do so twice.
_AS_IS: Final = frozenset({"e", "escape", "forceescape"})
_MOST: Final = 10_000
_WIDE: Final = re.compile(r"\d{4}|\*")  # in a format such as %.2f


class _WrongError(UndefinedError, RenderProblemError):
    """A value inside a filter's list does not exist, or may not be read."""

    def __init__(self, message: str | None = None) -> None:
        RenderProblemError.__init__(self, f"数据中没有此值：{message}", f"no such value: {message}")


class _Absent(StrictUndefined):
    """What a filter finds where there is nothing: whatever is done with it tells the template."""

    def __init__(self, *facts: Any, **named: Any) -> None:
        super().__init__(*facts[:3], **{**named, "exc": _WrongError})


@cache
def _environment(lang: Language) -> ImmutableSandboxedEnvironment:
    found = ImmutableSandboxedEnvironment(autoescape=True, undefined=_Absent)
    for name in _REFUSED:
        del found.filters[name]
    found.filters.update(dict.fromkeys(_AS_IS, _as_is))
    found.filters.update(filters_for(lang))
    return found


def builtin_filter(name: str, lang: Language) -> Callable[..., Any]:
    """Return Jinja's filter `name` as a plain function; raises KeyError when there is none.

    A blank passes through it, a list comes out as a list; raises RenderProblemError.
    """
    environment = _environment(lang)
    return _told(name, _bound(environment.filters[name], environment))


def builtin_test(name: str) -> Callable[..., Any]:
    """Return Jinja's test `name` as a plain function; raises KeyError when there is none."""
    environment = _environment("zh")
    found = cast("Callable[..., Any]", environment.tests[name])
    return _told("", _bound(found, environment))


def names() -> frozenset[str]:
    """Return the names of all filters that a template can use."""
    return frozenset(_environment("zh").filters)


def test_names() -> frozenset[str]:
    """Return the names of all tests that a template can use (`is even`)."""
    return frozenset(_environment("zh").tests)


def _as_is(value: Any) -> Any:
    return value


def _bound(
    function: Callable[..., Any], environment: ImmutableSandboxedEnvironment
) -> Callable[..., Any]:
    """Return `function` with the first argument that Jinja would pass already given."""
    wanted = getattr(function, "jinja_pass_arg", None)
    if wanted is None:
        return function
    kind = wanted.name
    if kind == "environment":
        return partial(function, environment)
    if kind == "eval_context":
        return partial(function, EvalContext(environment))
    return partial(function, environment.from_string("").new_context())


def _told(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function` of which a template learns what went wrong; "" is the name of a test."""

    @wraps(function)
    def told(value: Any, *arguments: Any, **named: Any) -> Any:
        if name and value is None:
            return None
        _refuse_the_huge(name, value, (*arguments, *named.values()))
        try:
            found = function(value, *arguments, **named)
            # A generator would fail later, where nobody expects it, and show its own frame.
            found = list(found) if isinstance(found, Iterator) else found
        except TemplateError as problem:
            if isinstance(problem, RenderProblemError):
                raise
            raise RenderProblemError(str(problem), str(problem)) from problem
        return MISSING if isinstance(found, Undefined) else found

    return told


def _refuse_the_huge(name: str, value: Any, arguments: tuple[Any, ...]) -> None:
    is_huge = any(isinstance(each, int) and abs(each) > _MOST for each in arguments)
    if (is_huge and name in {"center", "indent", "batch", "slice", "wordwrap", "round"}) or (
        name == "format" and _WIDE.search(str(value))
    ):
        raise RenderProblemError(
            f"过滤器 {name} 的数字太大", f"too large a number for the filter {name}"
        )
