"""The text of a Word file paragraph by paragraph, tags as they are written: what one compares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from salesdocs.errors import TemplateError
from salesdocs.findings import Finding, Phrase
from salesdocs.word.anchors import spot_of
from salesdocs.word.ooxml import w
from salesdocs.word.package import read_members

_PARTS: Final = (
    ("document", Phrase("", "")),
    ("header", Phrase("页眉", "header ")),
    ("footer", Phrase("页脚", "footer ")),
    ("footnotes", Phrase("脚注", "footnote ")),
    ("endnotes", Phrase("尾注", "endnote ")),
)
_NAME: Final = re.compile(r"word/([a-z]+)\d*\.xml")
_MARKS: Final = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_PARSER: Final = etree.XMLParser(resolve_entities=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that says something: the kind of part it stands in, its place, its text."""

    part: str
    place: Phrase
    text: str


def passages(package: bytes, file: str) -> list[Passage]:
    """Return the paragraphs of body, headers, footers and notes, in this order.

    What several headers say alike is given once. Raises TemplateError when it is no Word file.
    """
    found: list[Passage] = []
    members = {member.name: member for member in read_members(package, file)}
    for part, prefix in _PARTS:
        told: set[str] = set()
        for name in sorted(members):
            match = _NAME.fullmatch(name)
            if match and match[1] == part:
                fresh = _passages_of(members[name].content, file, name, part, prefix)
                found += [each for each in fresh if part == "document" or each.text not in told]
                told |= {each.text for each in fresh}
    return found


def _passages_of(content: bytes, file: str, name: str, part: str, prefix: Phrase) -> list[Passage]:
    try:
        root = etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as problem:
        message = Phrase(f"{name} 已损坏", f"{name} is damaged")
        raise TemplateError([Finding("error", message, "TPL-01", file=file)]) from problem
    tables = {table: number for number, table in enumerate(root.iter(w("tbl")), 1)}
    found = []
    for number, paragraph in enumerate(root.iter(w("p")), 1):
        text = _text(paragraph).strip()
        if text:
            spot = spot_of(paragraph, number, text, tables)
            place = Phrase(prefix.zh + spot.place_zh(), prefix.en + spot.place_en())
            found.append(Passage(part, place, text))
    return found


def _text(paragraph: etree._Element) -> str:
    """Return what the paragraph itself says, without the text boxes anchored in it."""
    pieces = []
    for node in paragraph.iter(w("t"), *_MARKS):
        if next(node.iterancestors(w("p"))) is paragraph and node.getparent().tag == w("r"):  # type: ignore[union-attr]
            pieces.append((node.text or "") if node.tag == w("t") else _MARKS[str(node.tag)])
    return "".join(pieces)
