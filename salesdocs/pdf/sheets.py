"""Style sheets put together from rules that are parsed once in the life of the program.

Papers of one house say the same of paper, paragraphs and tables. To parse all of it anew for each
took a sixth of the time of a form of one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import cssselect2  # type: ignore[import-untyped]
import weasyprint  # type: ignore[import-untyped]
from weasyprint.css.counters import CounterStyle  # type: ignore[import-untyped]

_KEPT: Final = 4096
_CLASS: Final = re.compile(r"\.(c\d+)(\{[^{}]*\}\n)")
"""The rule of a class: its name, which is another in each document, and what it says."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What WeasyPrint makes of some rules: selectors with declarations, pages, counter styles."""

    selectors: tuple[tuple[Any, Any], ...]
    pages: tuple[Any, ...]
    counters: Mapping[str, Any]


class _Recorder(cssselect2.Matcher):  # type: ignore[misc]
    """Remembers selectors in the order they are added."""

    def __init__(self) -> None:
        super().__init__()
        self.added: list[tuple[Any, Any]] = []

    def add_selector(self, selector: Any, payload: Any) -> None:
        """Remember a selector and its declarations."""
        self.added.append((selector, payload))


def style_sheet(pieces: Iterable[str], base_url: str, counters: CounterStyle) -> Any:
    """Return the sheet of these rules in their order; `counters` gets the styles they define."""
    sheet = weasyprint.CSS(string="", base_url=base_url)
    for piece in pieces:
        named = _CLASS.fullmatch(piece)
        rules = _parsed("x" + named[2] if named else piece, base_url)
        for selector, payload in rules.selectors:
            sheet.matcher.add_selector(_class(named[1]) if named else selector, payload)
        sheet.page_rules.extend(rules.pages)
        counters.update(rules.counters)
    return sheet


@lru_cache(_KEPT)
def _parsed(rules: str, base_url: str) -> _Rules:
    recorder, counters = _Recorder(), CounterStyle()
    pages: list[Any] = []
    weasyprint.CSS(
        string=rules, base_url=base_url, matcher=recorder, page_rules=pages, counter_style=counters
    )
    return _Rules(tuple(recorder.added), tuple(pages), dict(counters))


@lru_cache(_KEPT)
def _class(name: str) -> Any:
    (selector,) = cssselect2.compile_selector_list(f".{name}")
    return selector
