"""Pages written by hand: their front matter, their title, where their text begins."""

from __future__ import annotations

import re
from typing import Final

from salesdocs.playbook.model import Page

_FRONT: Final = re.compile(r"---[ ]*\n(?P<said>.*?)\n---[ ]*\n+", re.DOTALL)
_LINE: Final = re.compile(r"(?P<name>[a-z_]+):[ ]*(?P<value>.*?)[ ]*")
_HEADING: Final = re.compile(r"^# +(?P<title>.+?)(?: +\{.*\})?$", re.MULTILINE)


def written_page(uri: str, text: str, file: str) -> Page:
    """Return the page in a Markdown file.

    Its front matter is lines of `name: value`; without a title there, its heading is one.
    """
    front = _FRONT.match(text)
    body = text[front.end() :] if front else text
    said = _said(front["said"]) if front else {}
    heading = _HEADING.search(body)
    title = said.get("title") or (heading["title"] if heading else uri)
    return Page(
        uri,
        title,
        body,
        said.get("description", ""),
        said.get("owner", ""),
        said.get("reviewed", ""),
        file,
        text[: len(text) - len(body)].count("\n") + 1,
        int(said["order"]) if said.get("order", "").isdecimal() else 0,
    )


def _said(front: str) -> dict[str, str]:
    found = (_LINE.fullmatch(line) for line in front.split("\n"))
    return {each["name"]: each["value"].strip("\"'") for each in found if each}
