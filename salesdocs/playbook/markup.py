"""Markdown from data: what people wrote never becomes markup, links are relative and checked."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from html import escape
from typing import Final

_SPECIAL: Final = str.maketrans({char: f"&#{ord(char)};" for char in "\\`*_[]{}#|!~^=+$"})


def plain(text: str) -> str:
    """Return Markdown that shows the text as it is, on one line."""
    return escape(" ".join(text.split()), quote=False).translate(_SPECIAL)


def code(text: str) -> str:
    """Return the text as it is typed: a command, a path."""
    return f"<code>{escape(text, quote=False).translate(_SPECIAL)}</code>"


def link(source: str, target: str, words: str, anchor: str = "") -> str:
    """Return a Markdown link from one page to another; `words` are plain text.

    A site generator sees Markdown links and checks them; it does not look into HTML.
    """
    return f"[{plain(words)}]({relative(source, target)}{f'#{anchor}' if anchor else ''})"


def relative(source: str, target: str) -> str:
    """Return the address of a page or file as seen from the page `source`."""
    if source == target:
        return posixpath.basename(target)
    return posixpath.relpath(target, posixpath.dirname(source) or ".")


def block(tag: str, classes: str, lines: Iterable[str], **attributes: str) -> str:
    """Return an HTML element whose content is Markdown."""
    said = "".join(
        f' {name.replace("_", "-")}="{escape(value)}"' for name, value in attributes.items()
    )
    content = "\n".join(lines)
    return f'<{tag} class="{classes}"{said} markdown="1">\n\n{content}\n\n</{tag}>'


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table; the cells are Markdown of one line."""
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *map(list, rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def ticks(scope: str, items: Iterable[tuple[str, str]]) -> list[str]:
    """Return a list whose items are ticked off; each comes with a name that is its own in `scope`.

    The box stands before its label, not around it: a label may hold links.
    """
    return [
        f'- <input type="checkbox" id="{scope}-{name}" data-tick="{scope}-{name}">'
        f'<label for="{scope}-{name}">{words}</label>'
        for name, words in items
    ]


def size(count: int, lang: str = "zh") -> str:
    """Return a size as people say it: 37 KB, 1.9 MB."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"
