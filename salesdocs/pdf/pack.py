"""Several papers bound into one PDF: cover, contents, outline, running page numbers.

A pack holds the pages of each paper as they are printed by themselves, so that what is bound is
what was sent, and what has been printed before is not set again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import accumulate
from math import ceil
from typing import Final

import pikepdf

from salesdocs.findings import Phrase
from salesdocs.pdf.archive import make_archive
from salesdocs.pdf.attachment import Attachment
from salesdocs.pdf.cover import Cover, Entry, lay_cover
from salesdocs.pdf.document import write_document
from salesdocs.pdf.engine import engrave
from salesdocs.pdf.merge import Part, bind, pages_of
from salesdocs.pdf.saving import saved
from salesdocs.pdf.slim import share_fonts, slim_fonts
from salesdocs.pdf.stamp import check_words, number_pages, stamp_pages

FRONT: Final = Phrase("封面与目录", "Cover and contents")
_TRIES: Final = 4
# Lines of the contents on the first page and on each other one, when none is longer than a line.
_ON_FIRST: Final = 14
_ON_OTHERS: Final = 30


@dataclass(frozen=True, slots=True)
class Sheets:
    """A printed paper: what the contents say of it, and its PDF."""

    entry: Entry
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Pack:
    """The bound PDF, its pages, and the contents with the page each paper begins on."""

    pdf: bytes
    pages: int
    entries: tuple[Entry, ...]


def make_pack(
    cover: Cover,
    papers: Sequence[Sheets],
    *,
    stamp: str = "",
    archive: Sequence[Attachment] = (),
) -> Pack:
    """Return the papers bound behind the cover; with an `archive` as PDF/A-3a that holds it.

    Pages are counted from the cover on. Raises PdfError for a stamp that cannot be drawn.
    """
    if stamp:
        check_words(stamp)
    front, entries = _front(cover, [pages_of(each.pdf) for each in papers], papers)
    titles = _told_apart([each.entry for each in papers])
    parts = [Part(title, each.pdf) for title, each in zip(titles, papers, strict=True)]
    with pikepdf.open(BytesIO(front)) as pdf:
        own = len(pdf.pages)
        bind(pdf, FRONT.text(cover.lang), parts)
        pages = len(pdf.pages)
        number_pages(pdf, ["", *(f"{page} / {pages}" for page in range(2, pages + 1))])
        if stamp:
            stamp_pages(pdf, stamp)
        if archive:
            make_archive(pdf, archive)
        slim_fonts(pdf)
        share_fonts(pdf)
        assert not entries or entries[0].page == own + 1
        return Pack(saved(pdf), pages, entries)


def _front(
    cover: Cover, counts: Sequence[int], papers: Sequence[Sheets]
) -> tuple[bytes, tuple[Entry, ...]]:
    """Return cover and contents, set again until they have as many pages as their numbers say."""
    own = 1 + ceil(max(len(papers) - _ON_FIRST, 0) / _ON_OTHERS)
    for _ in range(_TRIES):
        firsts = accumulate(counts, initial=own + 1)
        entries = tuple(
            replace(each.entry, page=page) for each, page in zip(papers, firsts, strict=False)
        )
        whole = replace(cover, entries=entries, pages=own + sum(counts))
        engraved = engrave(write_document(lay_cover(whole)))
        if engraved.pages == own:
            break
        own = engraved.pages
    return engraved.pdf, entries


def _told_apart(entries: Sequence[Entry]) -> list[str]:
    """Return the titles for the outline, with the number where several papers share one."""
    titles = [entry.title for entry in entries]
    return [
        f"{entry.title} {entry.doc_no}".strip() if titles.count(entry.title) > 1 else entry.title
        for entry in entries
    ]
