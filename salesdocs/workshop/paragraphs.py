"""Blocks of running text: paragraphs, headings, lists, clauses, and what wraps blocks in tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from salesdocs.workshop.house import Align
from salesdocs.workshop.markup import Element, make, statement
from salesdocs.workshop.sheet import Block, Sheet
from salesdocs.workshop.words import Words, runs


def lay_all(blocks: tuple[Block, ...], sheet: Sheet) -> Iterator[Element]:
    """Yield the elements of all blocks in order."""
    for block in blocks:
        yield from block.lay(sheet)


def paragraph(
    style: str,
    *content: Element,
    keep_next: bool = False,
    align: Align | None = None,
    list_id: int | None = None,
    level: int = 0,
    tabs: tuple[tuple[str, int], ...] = (),
    page_break: bool = False,
) -> Element:
    """Return a paragraph of runs in `style`; the rest overrides the style where it must."""
    properties = (
        make("w:pStyle", val=style) if style != "Normal" else None,
        make("w:keepNext") if keep_next else None,
        make("w:pageBreakBefore") if page_break else None,
        None
        if list_id is None
        else make("w:numPr", make("w:ilvl", val=level), make("w:numId", val=list_id)),
        make("w:tabs", *(make("w:tab", val=val, pos=pos) for val, pos in tabs)) if tabs else None,
        make("w:jc", val=align) if align else None,
    )
    filled = any(part is not None for part in properties)
    return make("w:p", make("w:pPr", *properties) if filled else None, *content)


def tag(said: str) -> Element:
    """Return the paragraph that holds `{%p said %}` alone; it goes when the tag is read."""
    return make("w:p", make("w:r", make("w:t", statement(said, "p"))))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, first line indented by two characters unless `style` says else.

    Styles: `BodyIndent`, `BodyText` (no indent), `Addressee` (致：…), `Callout`, `Closing` (right),
    `TableNote`, and in cells `TableText`, `TableNumber`, `TableCentre`.
    """

    words: Words
    style: str = "BodyIndent"
    keep_next: bool = False
    align: Align | None = None
    new_page: bool = False

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the paragraph."""
        yield paragraph(
            self.style,
            *runs(self.words, sheet),
            keep_next=self.keep_next,
            align=self.align,
            page_break=self.new_page,
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading numbered by its style: 一、 （一） 1. in Chinese, 1. 1.1 1.1.1 in English."""

    words: Words
    level: int = 1
    numbered: bool = True
    new_page: bool = False

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the heading, bookmarked where the document has contents."""
        style = f"Heading{self.level}" if self.numbered else f"Plain{self.level}"
        content = bookmarked(runs(self.words, sheet), sheet)
        yield paragraph(style, *content, page_break=self.new_page)


@dataclass(frozen=True, slots=True)
class Annex:
    """The heading of an annex, numbered 附件一, 附件二 …; it stands in the contents."""

    words: Words
    new_page: bool = True
    level: int = 1
    bookmark: str = ""

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the heading, bookmarked where the document has contents."""
        content = named(bookmarked(runs(self.words, sheet), sheet), self.bookmark, sheet)
        yield paragraph("Annex", *content, page_break=self.new_page)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause numbered by its level: 第一条, 1.1, （1）; level 1 is the heading of an article.

    A `bookmark` lets others refer to its number (`Ref`) and programs find it in the finished file.
    """

    words: Words
    level: int = 2
    bookmark: str = ""
    keep_next: bool = False

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the clause; a heading is bookmarked where the document has contents."""
        content = runs(self.words, sheet)
        if self.level == 1:
            content = bookmarked(content, sheet)
        content = named(content, self.bookmark, sheet)
        yield paragraph(f"Clause{self.level}", *content, keep_next=self.keep_next)


def bookmarked(content: Iterator[Element], sheet: Sheet) -> Iterator[Element]:
    """Yield `content` inside the bookmark the contents point at, if the document has contents."""
    if not sheet.contents or sheet.repeated:  # a loop would give the same name to many
        yield from content
        return
    sheet.headings += 1
    yield from named(content, bookmark_name(sheet.headings), sheet)


def named(content: Iterator[Element], bookmark: str, sheet: Sheet) -> Iterator[Element]:
    """Yield `content` inside the bookmark of that name; as it is without a name."""
    if not bookmark:
        yield from content
        return
    number = sheet.bookmark()
    yield make("w:bookmarkStart", id=number, name=bookmark)
    yield from content
    yield make("w:bookmarkEnd", id=number)


def bookmark_name(number: int) -> str:
    """Return the name Word itself gives to the targets of contents."""
    return f"_Toc{number:08d}"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, bulleted or `numbered` from 1: fixed `items`, or `words` once for each row of `each`.

    `Bullets(each="topic in needs.review.agenda", words="{{ topic }}")`; an empty list prints
    `empty` as a plain paragraph, so that nothing can be written in later. The `level` of a numbered
    list is 0 for 1., 1 for （1）, 2 for 1. set in.
    """

    items: tuple[Words, ...] = ()
    each: str = ""
    words: Words = ""
    numbered: bool = False
    empty: Words = ""
    level: int = 0

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield a paragraph for each item, with the tags of the loop around."""
        list_id = sheet.new_list() if self.numbered else None
        style = "ListNumber" if self.numbered else "ListBullet"
        for item in self.items:
            yield paragraph(style, *runs(item, sheet), list_id=list_id, level=self.level)
        if self.each:
            yield tag(f"for {self.each}")
            yield paragraph(style, *runs(self.words, sheet), list_id=list_id, level=self.level)
            if self.empty:
                yield tag("else")
                yield paragraph("BodyIndent", *runs(self.empty, sheet))
            yield tag("endfor")


@dataclass(frozen=True, slots=True)
class When:
    """`blocks` only where `condition` holds, else `otherwise`."""

    condition: str
    blocks: tuple[Block, ...]
    otherwise: tuple[Block, ...] = ()

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the blocks between the paragraphs of the tags."""
        yield tag(f"if {self.condition}")
        yield from lay_all(self.blocks, sheet)
        if self.otherwise:
            yield tag("else")
            yield from lay_all(self.otherwise, sheet)
        yield tag("endif")


@dataclass(frozen=True, slots=True)
class Each:
    """`blocks` once for each row of a list: `Each("round in negotiation.rounds", (…))`."""

    each: str
    blocks: tuple[Block, ...]
    otherwise: tuple[Block, ...] = ()

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the blocks between the paragraphs of the tags."""
        yield tag(f"for {self.each}")
        outer, sheet.repeated = sheet.repeated, True
        yield from lay_all(self.blocks, sheet)
        sheet.repeated = outer
        if self.otherwise:
            yield tag("else")
            yield from lay_all(self.otherwise, sheet)
        yield tag("endfor")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the break."""
        yield make("w:p", make("w:r", make("w:br", type="page")))
