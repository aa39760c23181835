"""What writing one document needs to know and collects: classes, pictures, links, what was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from salesdocs.pdf.css import Classes
from salesdocs.word.shown import model

SCHEME = "salesdocs:"
"""Addresses of what we hand to WeasyPrint ourselves; it is given nothing else."""

FieldHook = Callable[[str], Element | None]
"""Returns the form field that stands in place of the value a bookmark holds, if there is one."""


@dataclass(slots=True)
class Context:
    """The state of writing one document."""

    shown: model.Shown
    targets: frozenset[str]
    fields: FieldHook | None = None
    classes: Classes = field(default_factory=Classes)
    media: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)
    missed: list[model.Unknown] = field(default_factory=list)
    placed: set[str] = field(default_factory=set)
    section: int = 0
    text_width: float = 0
    in_note: bool = False

    def address(self, data: bytes, kind: str) -> str:
        """Keep the data for WeasyPrint to fetch, and return its address; equal data once."""
        for known, kept in self.media.items():
            if kept == (data, kind):
                return known
        found = f"{SCHEME}{len(self.media)}"
        self.media[found] = (data, kind)
        return found

    def rule(self, text: str) -> None:
        """Add a style rule of this document, once."""
        if text not in self.rules:
            self.rules.append(text)


def every_inline(shown: model.Shown) -> Iterator[model.Inline]:
    """Yield each inline of the document: text, headers, footers, notes, boxes."""
    for section in shown.sections:
        yield from inlines_of(section.blocks)
        for story in (*section.headers.values(), *section.footers.values()):
            yield from inlines_of(story.blocks)
    for blocks in shown.notes.values():
        yield from inlines_of(blocks)


def inlines_of(blocks: tuple[model.Block, ...]) -> Iterator[model.Inline]:
    """Yield each inline of these blocks, also those in tables and boxes."""
    for block in blocks:
        if isinstance(block, model.Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from inlines_of(cell.blocks)
            continue
        for inline in block.inlines:
            yield inline
            if isinstance(inline, model.Box):
                yield from inlines_of(inline.blocks)


def targets_of(shown: model.Shown) -> frozenset[str]:
    """Return the bookmarks that a link or a page reference of the document points to."""
    found = set()
    for inline in every_inline(shown):
        link = getattr(inline, "link", "")
        if link.startswith("#"):
            found.add(link[1:])
        if isinstance(inline, model.Counter) and inline.target:
            found.add(inline.target)
    return frozenset(found)
