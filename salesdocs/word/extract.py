"""Reads the printed values of a finished document back from its bookmarks.

Bookmarks survive a save in Word, WPS and LibreOffice, so a document that comes back from a customer
still says which text is which value of the case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from salesdocs.word.anchors import anchor_code, anchor_key
from salesdocs.word.ooxml import DOCUMENT_PART, w
from salesdocs.word.package import read_members
from salesdocs.word.template import Template

_NAME: Final = re.compile(r"_(?P<code>[0-9a-z]{5})_[0-9a-z]+(?P<rows>(?:_\d+)*)")
_MARKS: Final = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """A value as it stands in a document: its case path and its text.

    In a document that is issued for a row the path begins with the row's name: `survey.period`.
    Of boxes that answer one path there is a value each, whose `option` is what the box stands for.
    """

    path: str
    text: str
    option: str = ""


def printed_values(package: bytes, template: Template, file: str = "") -> list[PrintedValue]:
    """Return the values in the body of a document that was rendered from `template`, in order.

    A bookmark that is not ours, or whose path the template does not print, is passed over. Raises
    TemplateError when `package` is no Word file.
    """
    known = anchored(template)
    members = {member.name: member for member in read_members(package, file)}
    root = etree.fromstring(members[DOCUMENT_PART].content)
    found = []
    for start in root.iter(w("bookmarkStart")):
        anchor = anchor_of(start.get(w("name"), ""), known)
        if anchor is not None:
            path, option = anchor
            found.append(PrintedValue(path, _text_up_to_end(start), option))
    return found


def anchored(template: Template) -> dict[str, tuple[str, str]]:
    """Return the path pattern and the option that each code in the template's bookmarks means."""
    return {
        anchor_code(anchor_key(use.path, use.option)): (use.path, use.option)
        for use in template.uses
        if not use.is_loop
    }


def anchor_of(name: str, known: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """Return the case path, rows in it, and the option of a bookmark; None if it is not ours."""
    found = _NAME.fullmatch(name)
    pattern = known.get(found["code"]) if found else None
    if found is None or pattern is None:
        return None
    return _with_rows(pattern[0], found["rows"].split("_")[1:]), pattern[1]


def _with_rows(pattern: str, rows: list[str]) -> str:
    """Return `contract.payments[].name` with the row numbers in it: `contract.payments[2].name`."""
    for row in rows:
        pattern = pattern.replace("[]", f"[{row}]", 1)
    return pattern


def _text_up_to_end(start: etree._Element) -> str:
    number = start.get(w("id"))
    pieces: list[str] = []
    for sibling in start.itersiblings():
        if sibling.tag == w("bookmarkEnd") and sibling.get(w("id")) == number:
            break
        for node in sibling.iter():
            pieces.append(
                (node.text or "") if node.tag == w("t") else _MARKS.get(str(node.tag), "")
            )
    return "".join(pieces)
