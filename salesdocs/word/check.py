"""Looks at finished parts before they are written: sound XML and structure, nothing confidential.

Expat parses strictly at the speed of C and is always there; lxml would cost a cold start thirty
milliseconds. Structure is checked by counting: `<` in data is always escaped, so these bytes can
only be elements of the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final
from xml.parsers import expat

from salesdocs.findings import Phrase
from salesdocs.word.ooxml import DOCUMENT_PART

# Where a drawing stands is character data too; Word writes it anew on save.
_POSITION: Final = re.compile(rb"(<wp\w*:(?:posOffset|align|pct\w+)>)[^<]*(?=</)")
# Marks of Word's own that may stand after the last content of an element.
_MARKS: Final = rb"(?:\s|<w:(?:bookmark|comment|perm|proof|move)[^>]*/>)*"
# What each element must hold last, and what it looks like when nothing but marks is left of it.
_HOLDS: Final = (
    (
        b"tc",
        b"p",
        re.compile(
            rb"<w:tc(?: [^>]*)?/>|(?:<w:tc(?: [^>]*)?>|</w:tcPr>|<w:tcPr/>|</w:tbl>)%b</w:tc>"
            % _MARKS
        ),
        Phrase("有表格单元格不以段落结尾", "a table cell does not end with a paragraph"),
    ),
    (
        b"tr",
        b"tc",
        re.compile(
            rb"<w:tr(?: [^>]*)?/>"
            rb"|(?:<w:tr(?: [^>]*)?>|</w:trPr>|<w:trPr/>|</w:tblPrEx>)%b</w:tr>" % _MARKS
        ),
        Phrase("有表格行没有单元格", "a table row has no cell"),
    ),
    (
        b"tbl",
        b"tr",
        re.compile(
            rb"<w:tbl/>|(?:<w:tbl>|</w:tblPr>|</w:tblGrid>|<w:tblGrid/>)%b</w:tbl>" % _MARKS
        ),
        Phrase("有表格没有行", "a table has no row"),
    ),
)
_EMPTY_BOX: Final = b"<w:txbxContent></w:txbxContent>"
# Header, footer, footnote, endnote: begun and ended with nothing but marks between.
_EMPTY_STORY: Final = re.compile(
    rb"<w:(hdr|ftr|footnote|endnote)(?: [^>]*)?(?:/>|>%b</w:\1>)" % _MARKS
)


def text_of(xml: bytes) -> str:
    """Return the text of a part as its reader sees it, a line per run, hidden text included.

    Raises ValueError when the part is not well-formed XML: what Word would refuse to open.
    """
    if b"<wp:anchor" in xml:
        xml = _POSITION.sub(rb"\1", xml)
    # Otherwise the texts of neighbouring cells would read as one word; a handler of elements that
    # put lines between them would cost a call for each.
    xml = xml.replace(b"</w:t>", b"\n</w:t>")
    pieces: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.CharacterDataHandler = pieces.append
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as problem:
        raise ValueError(f"not well-formed: {problem}") from problem
    return "".join(pieces)


def texts_of(rendered: Mapping[str, bytes]) -> dict[str, str]:
    """Return the text of each part; raises ValueError naming the first part that is not sound."""
    texts = {}
    for name, xml in rendered.items():
        try:
            texts[name] = text_of(xml)
        except ValueError as problem:
            raise ValueError(f"{name}: {problem}") from problem
    return texts


def fingerprint(texts: Mapping[str, str]) -> str:
    """Return the SHA-256 of the document's body text, hexadecimal, blind to formatting.

    Line breaks and blanks are left out: Word moves them when it saves, the wording stays.
    """
    return sha256("".join(texts[DOCUMENT_PART].split()).encode()).hexdigest()


def structure_problems(rendered: Mapping[str, bytes]) -> list[Phrase]:
    """Return what Word would call unreadable content although the XML is well-formed."""
    return [problem for name, xml in rendered.items() for problem in _structure(name, xml)]


def _structure(name: str, xml: bytes) -> Iterator[Phrase]:
    for outer, inner, empty, problem in _HOLDS:
        if not _is_usual(xml, outer, inner) and empty.search(xml):
            yield Phrase(f"{name}：{problem.zh}", f"{name}: {problem.en}")
    if _EMPTY_BOX in xml:
        yield Phrase(f"{name}：有文本框是空的", f"{name}: a text box is empty")
    if name != DOCUMENT_PART and _EMPTY_STORY.search(xml):
        yield Phrase(
            f"{name}：页眉、页脚或脚注没有段落",
            f"{name}: a header, footer or note has no paragraph",
        )
    if xml.count(b"<w:bookmarkStart ") != xml.count(b"<w:bookmarkEnd "):
        yield Phrase(f"{name}：书签不成对", f"{name}: bookmarks do not come in pairs")


def _is_usual(xml: bytes, outer: bytes, inner: bytes) -> bool:
    """Return whether every `outer` element plainly ends with an `inner` one: quick to count."""
    # Only lxml, which counts columns anew, writes `<w:tr/>`, and this declaration.
    is_shortened = xml.startswith(b"<?xml version='1.0'")
    ends = xml.count(b"</w:%b>" % outer)
    return not is_shortened and ends == xml.count(b"</w:%b></w:%b>" % (inner, outer))
