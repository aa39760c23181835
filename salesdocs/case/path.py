"""The name of a value: `contract.payments[0].share`, and the keys and indexes it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

Loc = tuple[str | int, ...]

_SPECIAL = re.compile(r'[.\[\]"\\]')
_STEP = re.compile(r'\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\.?([^.\[\]"\\]+)', re.DOTALL)


def path_of(loc: Sequence[str | int]) -> str:
    """Return the case path of a place in the tree: `contract.payments[0].share`."""
    path = ""
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part and not _SPECIAL.search(part):
            path += f".{part}" if path else part
        else:
            escaped = part.replace("\\", "\\\\").replace('"', '\\"')
            path += f'["{escaped}"]'
    return path


def loc_of(path: str) -> Loc:
    """Return the keys and indexes of a case path; the inverse of `path_of`."""
    parts: list[str | int] = []
    for match in _STEP.finditer(path):
        if match[1] is not None:
            parts.append(int(match[1]))
        elif match[2] is not None:
            parts.append(re.sub(r"\\(.)", r"\1", match[2], flags=re.DOTALL))
        else:
            parts.append(match[3])
    return tuple(parts)
