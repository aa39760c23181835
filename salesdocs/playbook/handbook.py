"""The whole playbook as one book: cover, contents with page numbers, running titles, outline."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import Element

from salesdocs.findings import Finding
from salesdocs.playbook.book import Book
from salesdocs.playbook.components import expanded
from salesdocs.playbook.model import Entry, Page
from salesdocs.playbook.stage import footer
from salesdocs.playbook.ticks import with_ticks

if TYPE_CHECKING:
    from markdown import Markdown

_SHEET: Final = Path(__file__).with_name("handbook.css")
_EXTENSIONS: Final = (
    "admonition", "attr_list", "def_list", "md_in_html", "tables",
    "pymdownx.details", "pymdownx.superfences",
)  # fmt: skip
_ID: Final = re.compile(r'(?P<name>\b(?:id|for)=")(?P<value>[^"]+)"')
_ON_SCREEN: Final = "sd-screen"
_SECTIONS_ON_SCREEN: Final = ("downloads", "fill")
"""Sections of a document's page that are of no use in a book, and how their headings are told."""
_DETAILS: Final = re.compile(r"<details(?P<rest>[^>]*)>")


def handbook(
    book: Book, pages: Mapping[str, Page], entries: Sequence[Entry], title: str
) -> tuple[bytes, list[Finding]]:
    """Return the book as a PDF, and what is wrong with its pages.

    Pages stand in the order of the navigation, those that it does not name are left out. Links
    between pages lead to places of the book; files to take along are of the site.
    Raises PdfError where the machine cannot print.
    """
    from salesdocs.pdf.booklet import printed_book  # noqa: PLC0415 - only who prints needs it

    findings: list[Finding] = []
    body = "".join(_parts(book, pages, entries, findings))
    html = (
        f'<!doctype html><html lang="{book.word("zh-CN", "en")}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body>{_cover(book, title)}"
        f"{_contents(book, entries)}{body}</body></html>"
    )
    return printed_book(html, _SHEET.read_text(encoding="utf-8")), findings


def _cover(book: Book, title: str) -> str:
    about = book.library.data["process"]["about"]
    said = (
        book.word(f"版本 {about['version']}", f"Version {about['version']}"),
        book.word(f"复核日期 {about['reviewed']}", f"Reviewed {about['reviewed']}"),
        book.word(f"负责 {book.role(about['owner'])}", f"Owner: {book.role(about['owner'])}"),
    )
    lines = "".join(f"<p>{escape(line)}</p>" for line in said)
    return f'<div class="cover"><h1>{escape(title)}</h1>{lines}</div>'


def _contents(book: Book, entries: Sequence[Entry]) -> str:
    title = book.word("目录", "Contents")
    lines = "".join(_contents_line(entry) for entry in entries)
    return f'<div class="contents"><h1>{title}</h1><ol>{lines}</ol></div>'


def _contents_line(entry: Entry) -> str:
    if entry.uri:
        return f'<li><a href="#{_slug(entry.uri)}">{escape(entry.title)}</a></li>'
    below = "".join(_contents_line(each) for each in entry.entries)
    return f'<li class="group">{escape(entry.title)}<ol>{below}</ol></li>'


def _parts(
    book: Book, pages: Mapping[str, Page], entries: Sequence[Entry], findings: list[Finding]
) -> Iterator[str]:
    for entry in entries:
        if entry.entries:
            yield f'<div class="part">{escape(entry.title)}</div>'
        for uri in _uris(entry):
            said, wrong = expanded(book, pages[uri])
            findings += wrong
            text = with_ticks(said, uri) + footer(book, pages[uri])
            alone = "" if entry.entries else ' class="alone"'
            yield f'<section id="{_slug(uri)}"{alone}>{_html(text, uri, pages)}</section>'


def _uris(entry: Entry) -> Iterator[str]:
    if entry.uri:
        yield entry.uri
    for each in entry.entries:
        yield from _uris(each)


def _slug(uri: str) -> str:
    return uri.removesuffix(".md").replace("/", "-")


def _html(text: str, uri: str, pages: Mapping[str, Page]) -> str:
    """Return a page in HTML: what it names and links to is unique in the book."""
    from markdown import Markdown  # noqa: PLC0415 - of the extra `site`
    from markdown.treeprocessors import Treeprocessor  # noqa: PLC0415

    class _Relinked(Treeprocessor):
        def run(self, root: Element) -> None:
            for heading in [each for each in root if _ON_SCREEN in each.get("class", "")]:
                root.remove(heading)
            for element in root.iter():
                _relink(element, uri, pages)

    converter: Markdown = Markdown(extensions=list(_EXTENSIONS))
    converter.treeprocessors.register(_Relinked(converter), "salesdocs-book", 0)
    slug = _slug(uri)
    html: Any = converter.convert(text)
    html = _ID.sub(lambda found: f'{found["name"]}{slug}--{found["value"]}"', html)
    return _DETAILS.sub(lambda found: f"<details{found['rest']} open>", html)


def _relink(element: Element, uri: str, pages: Mapping[str, Page]) -> None:
    address = element.get("href", "")
    if element.tag == "img":
        element.tag, element.text = "span", ""
        element.attrib.clear()
    if element.tag != "a" or "://" in address or address.startswith("mailto:"):
        return
    path, _, anchor = address.partition("#")
    folder = posixpath.dirname(uri)
    target = posixpath.normpath(posixpath.join(folder, path)) if path else uri
    if anchor in _SECTIONS_ON_SCREEN:
        anchor = ""
    if target in pages:
        element.set("href", f"#{_slug(target)}{f'--{anchor}' if anchor else ''}")
    else:
        del element.attrib["href"]
