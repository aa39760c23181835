"""Whether every clause of a contract's template says which clause of the library it is.

A clause is a paragraph numbered at the second level of a list whose first level counts articles
(第一条, Article 1), or one that begins with a typed number such as `3.2`. It carries a bookmark
`cl_<id>`, hyphens as underscores, `cl_<id>_<n>` for a fallback: so programs find it, and legal sees
what differs from the library. What is typed without any number is no clause to us, nor are items
（1） below one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from lxml import etree

from salesdocs.findings import NOTHING, Finding, Phrase
from salesdocs.word.ooxml import DOCUMENT_PART, NUMBERING_PART, w
from salesdocs.word.package import Member

CONTRACT: Final = "contract"
_PREFIX: Final = "cl_"
_ARTICLE: Final = re.compile(r"第\s*%1\s*条|Article\s+%1|Art\.\s*%1", re.IGNORECASE)
_TYPED: Final = re.compile(r"\s*\d{1,2}\.\d{1,2}(?:[\s　．.]|(?=[^\d\s.%]))")
_LONGEST: Final = 20
_STYLES_PART: Final = "word/styles.xml"


def clause_findings(
    members: Collection[Member], file: str, known: Collection[str]
) -> Iterator[Finding]:
    """Yield a finding for each clause without its bookmark, and for each bookmark of no clause."""
    parts = {member.name: member.content for member in members}
    try:
        document = etree.fromstring(parts[DOCUMENT_PART], _PARSER)
        lists = _Lists(parts)
    except etree.XMLSyntaxError:
        return  # compiling says so
    names = {f"{_PREFIX}{name.replace('-', '_')}" for name in known}
    for number, paragraph in enumerate(document.iter(w("p")), 1):
        marks = [mark.get(w("name"), "") for mark in paragraph.iter(w("bookmarkStart"))]
        marks = [mark for mark in marks if mark.startswith(_PREFIX)]
        text = "".join(piece.text or "" for piece in paragraph.iter(w("t"))).strip()
        if not marks and lists.is_clause(paragraph, text):
            yield _unmarked(text, number, file)
        for mark in marks:
            if mark not in names and re.sub(r"_\d+$", "", mark) not in names:
                yield _unknown(mark, names, file)


_PARSER: Final = etree.XMLParser(resolve_entities=False)


class _Lists:
    """Which lists count articles, and which styles stand at which level of them."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.of_articles = _article_lists(parts.get(NUMBERING_PART, b""))
        self.styles: dict[str, tuple[str, str]] = {}
        if styles := parts.get(_STYLES_PART, b""):
            for style in etree.fromstring(styles, _PARSER).iter(w("style")):
                if numbered := _numbering(style):
                    self.styles[style.get(w("styleId"), "")] = numbered

    def is_clause(self, paragraph: etree._Element, text: str) -> bool:
        """Return whether the paragraph is a clause: numbered 1.1 by its list, or by hand."""
        if not text or text.startswith("{%p"):
            return False
        owner = paragraph.getparent()
        if owner is not None and owner.tag == w("body") and _TYPED.match(text):
            return True
        named = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        style = "" if named is None else named.get(w("val"), "")
        list_id, level = _numbering(paragraph) or self.styles.get(style, ("", ""))
        return level == "1" and list_id in self.of_articles


def _numbering(owner: etree._Element) -> tuple[str, str] | None:
    """Return list and level of a paragraph or style that says so itself."""
    found = owner.find(f"{w('pPr')}/{w('numPr')}")
    list_id = None if found is None else found.find(w("numId"))
    if found is None or list_id is None:
        return None
    level = found.find(w("ilvl"))
    return list_id.get(w("val"), ""), "0" if level is None else level.get(w("val"), "0")


def _article_lists(numbering: bytes) -> set[str]:
    if not numbering:
        return set()
    root = etree.fromstring(numbering, _PARSER)
    of_articles = {
        abstract.get(w("abstractNumId"))
        for abstract in root.iter(w("abstractNum"))
        if any(
            level.get(w("ilvl")) == "0" and _ARTICLE.search(text.get(w("val"), ""))
            for level in abstract.iter(w("lvl"))
            for text in level.iter(w("lvlText"))
        )
    }
    return {
        num.get(w("numId"), "")
        for num in root.iter(w("num"))
        for abstract in num.iter(w("abstractNumId"))
        if abstract.get(w("val")) in of_articles
    }


def _unmarked(text: str, number: int, file: str) -> Finding:
    start = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return Finding(
        "warning",
        Phrase(
            f"正文第 {number} 段“{start}”是条款，但没有条款标识",
            f"paragraph {number} “{start}” is a clause without an id",
        ),
        "TPL-37",
        file=file,
        hint=Phrase(
            "选中该段，插入书签 cl_条款标识（连字符写成下划线），如 cl_late_payment；"
            "条款库没有的先加入 clauses/",
            "select it and insert a bookmark cl_<id> (underscores for hyphens), such as "
            "cl_late_payment; add what the library lacks to clauses/",
        ),
    )


def _unknown(mark: str, names: Collection[str], file: str) -> Finding:
    near = get_close_matches(mark, sorted(names), n=1, cutoff=0.6)
    return Finding(
        "warning",
        Phrase(f"书签 {mark} 不是条款库中的条款", f"bookmark {mark} is no clause of the library"),
        "TPL-38",
        file=file,
        hint=Phrase(f"是否指 {near[0]}", f"did you mean {near[0]}?") if near else NOTHING,
    )
