"""What a file of the library must look like, and its text tree typed accordingly.

A shape is `TEXT`, `COUNT`, `FLAG` or `VALUE`, a set of allowed words, `[shape]` for a list, a dict
of keys for a block (`"key?"` may be absent), or `{EACH: shape}` for a block with its own keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from salesdocs.case.path import Loc, path_of
from salesdocs.case.source import Source
from salesdocs.findings import NOTHING, Finding, Phrase

Shape = Any

TEXT: Final = "text"
COUNT: Final = "count"
FLAG: Final = "flag"
VALUE: Final = "value"
EACH: Final = "*"
PHRASE: Final = {"zh": TEXT, "en": TEXT}

_KINDS = {
    TEXT: Phrase("一段文字", "a text"),
    COUNT: Phrase("一个整数", "a whole number"),
    FLAG: Phrase("true 或 false", "true or false"),
}


def wrong(
    source: Source,
    loc: Loc,
    rule: str,
    message: Phrase,
    hint: Phrase = NOTHING,
    *,
    key: bool = False,
) -> Finding:
    """Return the error at a place of a library file."""
    place = source.key_place(loc) if key else source.place(loc)
    return Finding(
        "error", message, rule, path_of(loc), source.name, place.line, place.column, hint
    )


@dataclass
class Fitting:
    """Types one file's tree by a shape and collects what does not fit."""

    source: Source
    findings: list[Finding] = field(default_factory=list)

    def fit(self, tree: Any, shape: Shape, loc: Loc = ()) -> Any:
        """Return the typed tree; what does not fit is reported and left out."""
        if isinstance(shape, list):
            return self._list(tree, shape[0], loc)
        if isinstance(shape, dict):
            return self._block(tree, shape, loc)
        if isinstance(shape, (set, frozenset)):
            return self._choice(tree, shape, loc)
        return _lenient(tree) if shape == VALUE else self._scalar(tree, shape, loc)

    def _list(self, tree: Any, shape: Shape, loc: Loc) -> list[Any]:
        if not isinstance(tree, list):
            self._kind(loc, Phrase("一个列表", "a list"))
            return []
        return [self.fit(item, shape, (*loc, index)) for index, item in enumerate(tree)]

    def _block(self, tree: Any, shape: dict[str, Shape], loc: Loc) -> dict[str, Any]:
        if not isinstance(tree, dict):
            self._kind(loc, Phrase("若干“键: 值”", "keys with values"))
            return {}
        if EACH in shape:
            return {key: self.fit(value, shape[EACH], (*loc, key)) for key, value in tree.items()}
        shapes = {key.removesuffix("?"): below for key, below in shape.items()}
        self.findings += self._unknown_keys(tree, shapes, loc)
        self.findings += self._missing_keys(tree, shape, loc)
        return {
            key: self.fit(value, shapes[key], (*loc, key))
            for key, value in tree.items()
            if key in shapes
        }

    def _unknown_keys(
        self, tree: dict[str, Any], shapes: dict[str, Shape], loc: Loc
    ) -> Iterator[Finding]:
        for key in tree:
            if key not in shapes:
                near = get_close_matches(key, shapes, n=1) or list(shapes)
                yield wrong(
                    self.source,
                    (*loc, key),
                    "library.unknown-key",
                    Phrase(f"不认识的键“{key}”", f"unknown key “{key}”"),
                    Phrase(f"可用：{'、'.join(near)}", f"use {', '.join(near)}"),
                    key=True,
                )

    def _missing_keys(
        self, tree: dict[str, Any], shape: dict[str, Shape], loc: Loc
    ) -> Iterator[Finding]:
        for key in shape:
            if not key.endswith("?") and key not in tree:
                message = Phrase(f"缺少“{key}”", f"“{key}” is missing")
                yield wrong(self.source, loc, "library.missing", message, key=True)

    def _choice(self, tree: Any, words: set[str] | frozenset[str], loc: Loc) -> str:
        if tree not in words:
            known = sorted(words)
            self._kind(loc, Phrase(f"{'、'.join(known)} 之一", f"one of {', '.join(known)}"))
        return str(tree)

    def _scalar(self, tree: Any, shape: str, loc: Loc) -> Any:
        if isinstance(tree, str) and tree:
            if shape == TEXT:
                return tree
            if shape == COUNT and re.fullmatch(r"\d{1,9}", tree, re.ASCII):
                return int(tree)
            if shape == FLAG and tree in {"true", "false"}:
                return tree == "true"
        self._kind(loc, _KINDS[shape])
        return ""

    def _kind(self, loc: Loc, wanted: Phrase) -> None:
        message = Phrase(f"此处应为{wanted.zh}", f"{wanted.en} is needed here")
        self.findings.append(wrong(self.source, loc, "library.kind", message))


def _lenient(tree: Any) -> Any:
    """Return a value of the policy: whole numbers as such; fractions stay text, for exactness."""
    if isinstance(tree, dict):
        return {key: _lenient(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_lenient(value) for value in tree]
    if isinstance(tree, str) and re.fullmatch(r"-?\d{1,15}", tree, re.ASCII):
        return int(tree)
    return tree
