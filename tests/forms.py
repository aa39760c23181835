"""Fills in forms as people do: in a copy of the Word file, value by value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from salesdocs.case.choices import Choice
from salesdocs.case.model import Case
from salesdocs.case.model.base import Row
from salesdocs.case.path import loc_of
from salesdocs.case.paths import value_in
from salesdocs.process.documents import Document
from salesdocs.produce.blank import BlankForm
from salesdocs.word.blank import is_writable
from salesdocs.word.extract import anchor_of, anchored
from salesdocs.word.ooxml import DOCUMENT_PART, w
from salesdocs.word.package import assemble, deflated, frame, read_members
from salesdocs.word.returned import values_of
from salesdocs.word.template import Template

Texts = Mapping[tuple[str, str], str]
"""What is written at (path, option); the option of a value that is no box is empty."""


def filled_in(
    package: bytes,
    template: Template,
    texts: Texts,
    *,
    beside: bool = False,
    orders: Mapping[str, int] | None = None,
) -> bytes:
    """The Word file with texts at its values: in their bookmarks, or behind them where `beside`.

    Of several places of a path the one of `orders` is written into, or else the first.
    """
    anchors = anchored(template)
    seen: Counter[tuple[str, str]] = Counter()
    written = []
    for member in read_members(package, ""):
        if member.name == DOCUMENT_PART:
            root = etree.fromstring(member.content)
            for start in list(root.iter(w("bookmarkStart"))):
                place = anchor_of(start.get(w("name"), ""), anchors)
                if place is None or place not in texts:
                    continue
                if seen[place] == (orders or {}).get(place[0], 0):
                    _write(start, texts[place], beside=beside)
                seen[place] += 1
            content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            member = deflated(member.name, content)  # noqa: PLW2901
        written.append(member)
    return assemble(frame(written), [])


def _write(start: etree._Element, text: str, *, beside: bool) -> None:
    number = start.get(w("id"))
    end = next(e for e in start.itersiblings(w("bookmarkEnd")) if e.get(w("id")) == number)
    while (old := start.getnext()) is not end:
        old.getparent().remove(old)
    run = etree.Element(w("r"))
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, w("br"))
        etree.SubElement(run, w("t")).text = line
    (end.addnext if beside else end.addprevious)(run)


def orders_for(form: BlankForm, case: Case) -> dict[str, int]:
    """Which of several places of a path somebody who knows the case writes into."""
    return {
        path: number
        for path, implied in form.implied.items()
        for number, choice in enumerate(implied)
        if choice and value_in(case, loc_of(choice[0])) == choice[1]
    }


def answers_for(
    package: bytes, template: Template, case: Case, document: Document, row: int = 0
) -> dict[tuple[str, str], str]:
    """What somebody who knows the case writes into each place of a blank form.

    Nothing into places for what is computed, which people leave to the program.
    """
    found: dict[tuple[str, str], str] = {}
    for path, option, printed in values_of(package, anchored(template)):
        if not is_writable(document.meant(re.sub(r"\[\d+\]", "[]", path))):
            continue
        whole = path
        if document.row and path.split(".")[0] == document.row:
            whole = f"{document.rows}[{row}].{path.partition('.')[2]}"
        try:
            value = value_in(case, loc_of(whole))
        except KeyError:
            continue
        text = _box(value, option) if option else _text(value, printed)
        if text:
            found[path, option] = text
    return found


def _box(value: Any, option: str) -> str:
    chosen = value if isinstance(value, tuple) else () if value is None else (value,)
    codes = {str(each).lower() if isinstance(each, bool) else str(each) for each in chosen}
    is_none = option == "none" and value == ()
    return "☑" if option in codes or is_none else ""


def _text(value: Any, printed: str) -> str:
    if value is None or value == ():
        return ""
    if "□" in printed:
        return _ticked(value, printed)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(_text(each, "") for each in value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, Decimal):
        return f"{value:,}"
    if isinstance(value, Choice):
        return value.zh
    if isinstance(value, Row):
        return str(getattr(value, "name", None) or value.id)
    return str(value)


def _ticked(value: Any, printed: str) -> str:
    if isinstance(value, bool):
        before, box, rest = printed.partition("□")
        return f"{before}☑{rest}" if value else f"{before}{box}{rest.replace('□', '☑', 1)}"
    for option in value if isinstance(value, tuple) else (value,):
        printed = printed.replace(f"□\u00a0{option.zh}", f"☑\u00a0{option.zh}")
    return printed
