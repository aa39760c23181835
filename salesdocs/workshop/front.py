"""What stands first: title block, cover and contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Literal

from salesdocs.findings import Phrase
from salesdocs.workshop.clauses import AnnexClauses, Articles, CountedText
from salesdocs.workshop.house import ANNEX_ENTRIES, CLAUSE_ENTRIES, ENTRIES
from salesdocs.workshop.markup import Element, make
from salesdocs.workshop.page import Landscape, section_break
from salesdocs.workshop.paragraphs import (
    Annex,
    Clause,
    Each,
    Heading,
    When,
    bookmark_name,
    paragraph,
    tag,
)
from salesdocs.workshop.sheet import Block, Sheet
from salesdocs.workshop.tables import cell, fill, row, shares, table
from salesdocs.workshop.words import Tab, Words, instruction, runs

CONTENTS = Phrase("目　录", "Contents")
_MARK: Words = (Phrase("密级：", "Classification: "), "{{ document.classification | label }}")


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """Classification top right, company and title centred, then number left and date right.

    `facts` replaces the line of number and date by other words (parted by `Tab()`).
    """

    title: Words = "{{ document.title }}"
    company: bool = True
    mark: bool = True
    facts: Words = (
        Phrase("编号：", "No.: "),
        "{{ document.doc_no }}",
        Tab(),
        Phrase("日期：", "Date: "),
        "{{ document.date | day }}",
    )

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the lines of the block."""
        if self.mark:
            yield paragraph("Mark", *runs(_MARK, sheet))
        if self.company:
            yield paragraph("Company", *runs("{{ document.company }}", sheet))
        yield paragraph("DocTitle", *runs(self.title, sheet))
        if self.facts:
            # On a page of another width the right stop of the style is not at the margin.
            moved = sheet.width != sheet.house.width
            tabs = (("clear", sheet.house.width), ("right", sheet.width)) if moved else ()
            yield paragraph("Facts", *runs(self.facts, sheet), tabs=tabs)


@dataclass(frozen=True, slots=True)
class Cover:
    """A page of its own without header: mark and number, title, name, and `facts` of two columns.

    `name` is the line below the title, usually `{{ meta.title }}`.
    """

    facts: tuple[tuple[Words, Words], ...]
    name: Words = "{{ meta.title }}"
    title: Words = "{{ document.title }}"

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the cover and the end of its section."""
        yield paragraph("Mark", *runs(_MARK, sheet))
        number = (Phrase("编号：", "No.: "), "{{ document.doc_no }}")
        yield paragraph("Mark", *runs(number, sheet))
        yield paragraph("CoverTitle", *runs(self.title, sheet))
        yield paragraph("CoverName", *runs(self.name, sheet))
        widths = shares((38, 62), sheet.width)
        rows = (
            row(
                cell(widths[0], fill(label, "CoverLabel", sheet), top=True),
                cell(widths[1], fill(value, "CoverText", sheet), top=True),
            )
            for label, value in self.facts
        )
        yield table(widths, rows, "HousePlain")
        yield section_break(sheet, "cover")


@dataclass(frozen=True, slots=True)
class Contents:
    """A live table of contents, then a new page.

    Until a reader refreshes it, it shows the headings known here, numbered by Word and left out
    with their chapters; page numbers come with the refresh Word offers on opening.
    """

    levels: Literal[1, 2] = 2
    title: Words = CONTENTS

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield title, the field with its entries, and the page break."""
        yield paragraph("ContentsTitle", *runs(self.title, sheet))
        code = f' TOC \\o "1-{self.levels}" \\h \\z \\u '
        opening = (
            make("w:r", make("w:fldChar", fldCharType="begin", dirty="true")),
            make("w:r", instruction(code)),
            make("w:r", make("w:fldChar", fldCharType="separate")),
        )
        entries = list(_entries(sheet.blocks, self.levels, sheet, count(1)))
        if entries and not _is_tag(entries[0]):
            entries[0][1:1] = list(opening)
        else:
            yield paragraph("TOC1", *opening)
        yield from entries
        yield make(
            "w:p",
            make("w:r", make("w:fldChar", fldCharType="end")),
            make("w:r", make("w:br", type="page")),
        )


def _entries(
    blocks: tuple[Block, ...], levels: int, sheet: Sheet, numbers: Iterator[int] | None
) -> Iterator[Element]:
    """Yield the entries of `blocks`; without `numbers`, in a loop, they point nowhere."""
    for block in blocks:
        match block:
            case Heading() | Annex() | Clause(level=1):
                number = next(numbers) if numbers else 0
                if isinstance(block, Clause) or block.level <= levels:
                    yield _entry(block, number, sheet)
            case When():
                inner = list(_entries(block.blocks, levels, sheet, numbers))
                other = list(_entries(block.otherwise, levels, sheet, numbers))
                yield from _wrapped(f"if {block.condition}", inner, other, "endif")
            case Each():
                inner = list(_entries(block.blocks, levels, sheet, None))
                other = list(_entries(block.otherwise, levels, sheet, numbers))
                yield from _wrapped(f"for {block.each}", inner, other, "endfor")
            case Articles() | AnnexClauses():
                yield from _entries(block.blocks(sheet), levels, sheet, numbers)
            case Landscape() | CountedText():
                yield from _entries(block.blocks, levels, sheet, numbers)


def _wrapped(head: str, inner: list[Element], other: list[Element], foot: str) -> Iterator[Element]:
    if not inner and not other:
        return
    yield tag(head)
    yield from inner
    if other:
        yield tag("else")
        yield from other
    yield tag(foot)


def _entry(block: Heading | Annex | Clause, number: int, sheet: Sheet) -> Element:
    """Return an entry, numbered like its heading, so that a dropped chapter renumbers both."""
    lists = {Heading: ENTRIES, Annex: ANNEX_ENTRIES, Clause: CLAUSE_ENTRIES}
    numbered = not isinstance(block, Heading) or block.numbered
    words = runs(block.words, sheet)
    return paragraph(
        f"TOC{block.level}",
        *((_link(bookmark_name(number), words),) if number else words),
        list_id=lists[type(block)] if numbered else None,
        level=block.level - 1,
    )


def _link(anchor: str, words: Iterator[Element]) -> Element:
    """Return the words and the page number, empty until refreshed, as a link to the heading."""
    return make(
        "w:hyperlink",
        *words,
        make("w:r", make("w:tab")),
        make("w:r", make("w:fldChar", fldCharType="begin")),
        make("w:r", instruction(f" PAGEREF {anchor} \\h ")),
        make("w:r", make("w:fldChar", fldCharType="separate")),
        make("w:r", make("w:fldChar", fldCharType="end")),
        anchor=anchor,
        history=1,
    )


def _is_tag(element: Element) -> bool:
    return "{%p" in "".join(element.itertext())
