"""Looks at finished parts before they are written: sound XML and structure, nothing confidential.

Expat parses strictly at the speed of C and is always there; lxml would cost a cold start thirty
milliseconds. Structure is checked by counting: `<` in data is always escaped, so these bytes can
only be elements of the template.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from xml.parsers import expat

from salesdocs.findings import Phrase
from salesdocs.word.ooxml import DOCUMENT_PART


def text_of(xml: bytes) -> str:
    """Return the text of a part as its reader sees it, a line per paragraph, hidden text included.

    Raises ValueError when the part is not well-formed XML: what Word would refuse to open.
    """
    pieces: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = max(len(xml), 1)  # so that a long value is one piece
    parser.CharacterDataHandler = pieces.append
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as problem:
        raise ValueError(f"not well-formed: {problem}") from problem
    return "\n".join(pieces)


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
    if xml.count(b"</w:tc>") != xml.count(b"</w:p></w:tc>"):
        yield Phrase(
            f"{name}：有表格单元格不以段落结尾",
            f"{name}: a table cell does not end with a paragraph",
        )
    if b"</w:tblGrid></w:tbl>" in xml:
        yield Phrase(f"{name}：有表格没有行", f"{name}: a table has no row")
    if b"</w:trPr></w:tr>" in xml or b"<w:tr></w:tr>" in xml:
        yield Phrase(f"{name}：有表格行没有单元格", f"{name}: a table row has no cell")
    if xml.count(b"<w:bookmarkStart ") != xml.count(b"<w:bookmarkEnd "):
        yield Phrase(f"{name}：书签不成对", f"{name}: bookmarks do not come in pairs")
    if name == DOCUMENT_PART and not xml.rstrip().endswith(b"</w:sectPr></w:body></w:document>"):
        yield Phrase(f"{name}：缺少页面设置", f"{name}: no page set-up at the end")


def leaks(texts: Mapping[str, str], forbidden: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return (path, part) for each forbidden (path, text) that occurs in a part's text."""
    return [
        (path, name) for path, value in forbidden for name, text in texts.items() if value in text
    ]
