"""The text of a finished document that counts for its fingerprint: between bookmarks `text_1` ….

Found by pattern, not by parser: in the parts we look at `<` in data is escaped, and so it is in
what Word saves. Blanks are left out, which Word moves when it saves; the wording stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

_START: Final = re.compile(rb"<w:bookmarkStart (?=[^>]*w:name=\"text_\d+\")[^>]*w:id=\"(\d+)\"")
_PIECES: Final = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>|</w:p>")


def counted_text(document: bytes) -> str:
    """Return the text between the bookmarks, a line per paragraph; empty where there are none."""
    return "\n".join(line for region in _regions(document) for line in _lines(region))


def _regions(document: bytes) -> Iterator[bytes]:
    for start in _START.finditer(document):
        end = re.compile(rb"<w:bookmarkEnd [^>]*w:id=\"%b\"" % start[1]).search(
            document, start.end()
        )
        yield document[start.end() : end.start() if end else len(document)]


def _lines(region: bytes) -> Iterator[str]:
    line: list[str] = []
    for piece in _PIECES.finditer(region):
        if piece[1] is not None:
            line.append(unescape(piece[1].decode()))
            continue
        if text := "".join("".join(line).split()):
            yield text
        line = []
    if text := "".join("".join(line).split()):
        yield text
