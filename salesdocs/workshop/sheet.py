"""The sheet a document is laid out on: language, house style, and what the parts around it need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from salesdocs.findings import Language, Phrase
from salesdocs.process.clauses import Article
from salesdocs.process.letterhead import PLAIN, Letterhead
from salesdocs.workshop.house import FIRST_LIST, House
from salesdocs.workshop.markup import Element, qualified

Orientation: TypeAlias = Literal["portrait", "landscape", "cover"]
Edge: TypeAlias = Any
"""What a header or footer says: `Words`, which know the sheet."""


class Block(Protocol):
    """A piece of a document that can lay itself out as elements of the body."""

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the elements of the block in order."""
        ...


@dataclass
class Sheet:
    """Collects, while blocks are laid, the lists, links, charts and headings they asked for."""

    lang: Language
    house: House
    labels: Mapping[str, Phrase]
    notes: tuple[Phrase, ...] = ()
    blocks: tuple[Block, ...] = ()
    articles: tuple[Article, ...] = ()
    header: Edge | None = None
    footer: Edge | None = None
    contents: bool = False
    repeated: bool = False
    slim: bool = False
    letterhead: Letterhead = PLAIN
    width: int = 0
    links: list[str] = field(default_factory=list)
    charts: list[Element] = field(default_factory=list)
    lists: int = 0
    headings: int = 0
    bookmarks: int = 0
    texts: int = 0
    sections: set[Orientation] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.width = self.width or self.house.width

    @property
    def last(self) -> Block | None:
        """Return the block that ends the document."""
        return self.blocks[-1] if self.blocks else None

    def text(self, phrase: Phrase) -> str:
        """Return `phrase` in the language of the sheet."""
        return phrase.text(self.lang)

    def label(self, path: str) -> str:
        """Return the catalogue's label of a case path pattern; an unknown one is a bug here.

        A person's name takes the label of the person: `needs.review.chair.name` of its chair.
        """
        known = path if path in self.labels else path.removesuffix(".name")
        return self.text(self.labels[known])

    def link(self, url: str) -> tuple[str, str]:
        """Return the attribute that points at `url`, noting the relationship."""
        if url not in self.links:
            self.links.append(url)
        return qualified("r:id"), f"rIdLink{self.links.index(url) + 1}"

    def chart(self, part: Element) -> tuple[int, str]:
        """Return the number of a new drawing and its relationship, keeping the chart part."""
        self.charts.append(part)
        return len(self.charts), f"rIdChart{len(self.charts)}"

    def bookmark(self) -> int:
        """Return the id of a new bookmark."""
        self.bookmarks += 1
        return self.bookmarks

    def new_list(self) -> int:
        """Return the numbering id of a list that starts again at 1."""
        self.lists += 1
        return FIRST_LIST + self.lists - 1
