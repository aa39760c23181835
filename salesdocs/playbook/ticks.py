"""Lists to tick off: `- [ ] text` becomes a box with a label, remembered by its place and words."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

_ITEM: Final = re.compile(r"(?P<head>\s*[-*+] )\[[ ]\] (?P<words>.+)")
_FENCE: Final = re.compile(r"\s*(?P<mark>`{3,}|~{3,})")


def with_ticks(text: str, page: str) -> str:
    """Return the Markdown with every task of a list as a box that scripts can remember.

    The name of a box comes from the page and its words: it survives when lines before it change.
    """
    lines, fence = [], ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or mark["mark"].startswith(fence)):
            fence = "" if fence else mark["mark"]
        found = None if fence else _ITEM.fullmatch(line)
        lines.append(_box(found, page) if found else line)
    return "\n".join(lines)


def _box(found: re.Match[str], page: str) -> str:
    words = found["words"]
    digest = sha256("\0".join((page, words)).encode()).hexdigest()
    name = f"tick-{digest[:10]}"
    box = f'<input type="checkbox" id="{name}" data-tick="{name}">'
    return f'{found["head"]}{box}<label for="{name}">{words}</label>'
