"""Which characters a document shows, in which families: what the fonts of a machine must have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from salesdocs.word.shown.model import (
    Block,
    Box,
    Chart,
    Counter,
    Look,
    NoteMark,
    Paragraph,
    Shown,
    Table,
    Text,
    Watermark,
)

_DIGITS = "0123456789"
_NUMERALS = {  # by what Word's name of the numbering contains (ISO/IEC 29500-1, 17.18.59)
    "Roman": "IVXLCDMivxlcdm",
    "Letter": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "chinese": "〇零一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟",
    "ideograph": "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥",
    "FullWidth": "０１２３４５６７８９",
    "Circle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
}
_CHART_SIGNS = _DIGITS + ".,%-"
_QUOTED = 12  # characters of a paragraph that tell where it stands


@dataclass(frozen=True, slots=True)
class Letters:
    """Characters set in one pair of families, bold or not; `place` quotes where each is first."""

    latin: str
    east_asian: str
    bold: bool
    characters: frozenset[str]
    place: dict[str, str] = field(default_factory=dict, compare=False)


def letters(shown: Shown, stamp: str = "") -> tuple[Letters, ...]:
    """Return what the document shows, one entry for each pair of families and weight.

    `stamp` is set across the pages as a watermark is.
    """
    found: dict[tuple[str, str, bool], dict[str, str]] = {}
    for look, text, words in _written(shown):
        known = found.setdefault((look.latin, look.east_asian, look.bold), {})
        cased = text + text.upper() if look.capitals else text
        for character in cased:
            if character not in known:
                known[character] = words
    for character in stamp:
        found.setdefault(("", "黑体", False), {}).setdefault(character, stamp[:_QUOTED])
    return tuple(
        Letters(latin, east_asian, bold, frozenset(places), places)
        for (latin, east_asian, bold), places in found.items()
    )


def _written(shown: Shown) -> Iterator[tuple[Look, str, str]]:
    """Yield each text of the document with its look and the first words of its paragraph."""
    for section in shown.sections:
        yield from _of_blocks(section.blocks)
        for story in (*section.headers.values(), *section.footers.values()):
            yield from _of_blocks(story.blocks)
    for blocks in shown.notes.values():
        yield from _of_blocks(blocks)


def _of_blocks(blocks: Iterable[Block]) -> Iterator[tuple[Look, str, str]]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _of_blocks(cell.blocks)
        else:
            yield from _of_paragraph(block)


def _of_paragraph(paragraph: Paragraph) -> Iterator[tuple[Look, str, str]]:
    words = "".join(each.text for each in paragraph.inlines if isinstance(each, Text))
    words = words.strip()[:_QUOTED]
    if paragraph.number:
        yield paragraph.number.look, paragraph.number.text, words
    for inline in paragraph.inlines:
        match inline:
            case Text() | NoteMark():
                yield inline.look, inline.text, words
            case Counter():
                yield inline.look, inline.cached + _numerals(inline.format), words
            case Chart():
                yield inline.look, _of_chart(inline), inline.title[:_QUOTED]
            case Box():
                yield from _of_blocks(inline.blocks)
            case Watermark():
                look = Look(latin=inline.font, east_asian=inline.font)
                yield look, inline.text, inline.text[:_QUOTED]
            case _:
                pass


def _of_chart(chart: Chart) -> str:
    names = [each.name for each in chart.series]
    titles = (chart.title, chart.category_title, chart.value_title)
    return "".join([*chart.categories, *names, *titles, _CHART_SIGNS])


def _numerals(kind: str) -> str:
    """Return the characters numbers of that kind are made of."""
    return _DIGITS + "".join(signs for part, signs in _NUMERALS.items() if part in kind)
