"""Jinja's own filters and tests for templates that use them, bound to a sandboxed environment.

Apart from the rest, because importing Jinja costs as much as rendering two hundred documents.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, cast

from jinja2 import StrictUndefined
from jinja2.nodes import EvalContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

_ENVIRONMENT: Final = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def builtin_filter(name: str) -> Callable[..., Any]:
    """Return Jinja's filter `name` as a plain function; raises KeyError when there is none."""
    return _bound(_ENVIRONMENT.filters[name])


def builtin_test(name: str) -> Callable[..., Any]:
    """Return Jinja's test `name` as a plain function; raises KeyError when there is none."""
    return _bound(cast("Callable[..., Any]", _ENVIRONMENT.tests[name]))


def names() -> frozenset[str]:
    """Return the names of all filters that Jinja brings."""
    return frozenset(_ENVIRONMENT.filters)


def _bound(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function` with the first argument that Jinja would pass already given."""
    wanted = getattr(function, "jinja_pass_arg", None)
    if wanted is None:
        return function
    kind = wanted.name
    if kind == "environment":
        return partial(function, _ENVIRONMENT)
    if kind == "eval_context":
        return partial(function, EvalContext(_ENVIRONMENT))
    context = _ENVIRONMENT.from_string("").new_context()
    return partial(function, context)
