"""Directives in a page: `::: form contract` on a line of its own stands for what the data say.

They are no comments: a generator that does not know them shows them, so that nothing is missing
without anyone noticing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_DIRECTIVE: Final = re.compile(r"(?P<indent>[ ]*):::[ ]+(?P<name>[a-z]+)(?P<rest>(?:[ ]+\S+)*)[ ]*")
_BEGUN: Final = re.compile(r"\s*:::")
_FENCE: Final = re.compile(r"\s*(?P<mark>`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive as written: its name, its arguments, its line from 1."""

    name: str
    arguments: tuple[str, ...]
    line: int


def expand(
    text: str, said: Callable[[Directive], str], malformed: Callable[[int, str], None]
) -> str:
    """Return the text with each directive replaced by what `said` returns for it.

    What it returns is indented as the directive was. A line that begins like one and is none goes
    to `malformed` with its number, and stays. In code, nothing is a directive.
    """
    lines: list[str] = []
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        mark = _FENCE.match(line)
        if mark and (not fence or mark["mark"].startswith(fence)):
            fence = "" if fence else mark["mark"]
        found = None if fence else _DIRECTIVE.fullmatch(line)
        if found:
            directive = Directive(found["name"], tuple(found["rest"].split()), number)
            lines += [
                found["indent"] + each if each else "" for each in said(directive).split("\n")
            ]
        else:
            if not fence and _BEGUN.match(line):
                malformed(number, line.strip())
            lines.append(line)
    return "\n".join(lines)
