"""Writes the lists of the house: 一、 for headings, 第一条 for clauses, 表 1 for captions.

Captions and headings are numbered by lists, not by fields: a field keeps the number it was saved
with until somebody refreshes it, which is wrong as soon as a table before it is left out.
"""

from __future__ import annotations

from salesdocs.findings import Language
from salesdocs.workshop.house import (
    ANNEX_ENTRIES,
    ANNEXES,
    BULLETS,
    CAPTIONS,
    CLAUSE_ENTRIES,
    CLAUSES,
    ENTRIES,
    FIRST_LIST,
    HEADINGS,
    HEI,
)
from salesdocs.workshop.markup import Element, make, make_root

_CHINESE_HEADINGS = (
    ("chineseCountingThousand", "%1、", "nothing"),
    ("chineseCountingThousand", "（%2）", "nothing"),
    ("decimal", "%3.", "space"),
)
_ENGLISH_HEADINGS = (
    ("decimal", "%1.", "space"),
    ("decimal", "%1.%2", "space"),
    ("decimal", "%1.%2.%3", "space"),
)
_CHINESE_CLAUSES = (
    ("chineseCountingThousand", "第%1条", "space"),
    ("decimal", "%1.%2", "space"),
    ("decimal", "（%3）", "nothing"),
)
_ENGLISH_CLAUSES = (
    ("decimal", "Article %1", "space"),
    ("decimal", "%1.%2", "space"),
    ("decimal", "(%3)", "space"),
)


def numbering_part(lang: Language, lists: int) -> Element:
    """Return numbering.xml: the lists of the house, and `lists` numbered ones that start at 1."""
    chinese = lang == "zh"
    headings = _CHINESE_HEADINGS if chinese else _ENGLISH_HEADINGS
    clauses = _CHINESE_CLAUSES if chinese else _ENGLISH_CLAUSES
    caption = (("decimal", "表 %1" if chinese else "Table %1", "space"),)
    annex = (
        ("chineseCountingThousand", "附件%1", "space")
        if chinese
        else ("decimal", "Annex %1", "space"),
    )
    inner = "（%2）" if chinese else "(%2)"
    number = (("decimal", "%1.", "tab"), ("decimal", inner, "tab"), ("decimal", "%3.", "tab"))
    fixed = (
        _list(HEADINGS, headings, ("Heading1", "Heading2", "Heading3")),
        _list(CLAUSES, clauses, ("Clause1", "Clause2", "Clause3")),
        _list(CAPTIONS, caption, ("Caption",)),
        _list(ENTRIES, headings, ()),
        _list(BULLETS, (("bullet", "•", "tab"),), ("ListBullet",)),
        _list(ANNEXES, annex, ("Annex",)),
        _list(CLAUSE_ENTRIES, clauses, ()),
        _list(ANNEX_ENTRIES, annex, ()),
        _list(FIRST_LIST, number, ()),
    )
    return make_root(
        "w:numbering",
        "w",
        *fixed,
        *(_instance(num, num) for num in range(HEADINGS, FIRST_LIST)),
        *(_instance(FIRST_LIST + count, FIRST_LIST, restart=True) for count in range(lists)),
    )


def _list(
    list_id: int, levels: tuple[tuple[str, str, str], ...], linked: tuple[str, ...]
) -> Element:
    return make(
        "w:abstractNum",
        make("w:multiLevelType", val="multilevel" if len(levels) > 1 else "singleLevel"),
        *(
            _level(index, level, linked[index] if index < len(linked) else "")
            for index, level in enumerate(levels)
        ),
        abstractNumId=list_id,
    )


def _level(index: int, level: tuple[str, str, str], style: str) -> Element:
    """Decimals below a Chinese number ask for legal form, or 1.1 would come out as 一.1."""
    form, text, suffix = level
    legal = make("w:isLgl") if form == "decimal" and index and "%1" in text else None
    tabbed = suffix == "tab"
    indent = make("w:ind", left=420 * (min(index, 1) + 1), hanging=420) if tabbed else None
    if not tabbed and not style:
        indent = make("w:ind", left=420 * index, firstLine=0)
    bullet = form == "bullet"
    return make(
        "w:lvl",
        make("w:start", val=1),
        make("w:numFmt", val=form),
        make("w:pStyle", val=style) if style else None,
        legal,
        None if tabbed else make("w:suff", val=suffix),
        make("w:lvlText", val=text),
        make("w:lvlJc", val="left"),
        make("w:pPr", indent) if indent is not None else None,
        make("w:rPr", make("w:rFonts", ascii=HEI.latin, hAnsi=HEI.latin)) if bullet else None,
        ilvl=index,
    )


def _instance(num: int, abstract: int, restart: bool = False) -> Element:
    levels = range(3) if restart else ()
    starts = (make("w:lvlOverride", make("w:startOverride", val=1), ilvl=n) for n in levels)
    return make("w:num", make("w:abstractNumId", val=abstract), *starts, numId=num)
