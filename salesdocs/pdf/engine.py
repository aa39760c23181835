"""The only call of WeasyPrint: what it is given, what it may fetch, what it said."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import cssselect2  # type: ignore[import-untyped]
import weasyprint  # type: ignore[import-untyped]
from weasyprint.css.counters import CounterStyle  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from salesdocs.pdf import cut, justify, lines
from salesdocs.pdf.artifacts import set_aside
from salesdocs.pdf.document import Written
from salesdocs.pdf.fonts import configuration
from salesdocs.pdf.sheets import style_sheet


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Hands out what the document refers to, and nothing else: no file, no network."""

    def __init__(self, media: dict[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._media = media

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return data of ours by its address."""
        if url not in self._media:
            raise ValueError(f"not part of the document: {url[:80]}")
        data, kind = self._media[url]
        return URLFetcherResponse(url, data, {"Content-Type": kind})


nothing_else = _Fetcher({})
"""Refuses whatever a document refers to."""


class _Tree(weasyprint.HTML):  # type: ignore[misc]
    """A tree that need not be parsed: no text of ours becomes markup, and no time is lost."""

    def __init__(self, written: Written) -> None:
        self.base_url = "salesdocs:"
        self.url_fetcher = _Fetcher(written.context.media)
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(
            written.root, content_language=None
        )
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return []

    def _ph_stylesheets(self) -> list[Any]:
        return []


@dataclass(frozen=True, slots=True)
class Engraved:
    """A PDF and how many pages it has."""

    pdf: bytes
    pages: int


_kept = threading.local()


def _fonts() -> Any:
    """Return the list of fonts, one for each thread: what Pango has loaded stays loaded."""
    if not hasattr(_kept, "fonts"):
        _kept.fonts = configuration()
    return _kept.fonts


def install() -> None:
    """Mend WeasyPrint for the life of the program; who lays out with it calls this before."""
    lines.install()
    justify.install()
    cut.install()


def _render(written: Written, **options: Any) -> Any:
    install()
    fonts = _fonts()
    tree = _Tree(written)
    counters = CounterStyle()
    sheet = style_sheet(written.rules, tree.base_url, counters)
    return tree.render(font_config=fonts, counter_style=counters, stylesheets=[sheet], **options)


def body_heights(written: Written) -> list[float]:
    """Return the heights, in points, of what stands in the body of a document of one page."""
    page = _render(written).pages[0]._page_box
    html = next(box for box in page.children if box.element_tag == "html")
    body = next(box for box in html.children if box.element_tag == "body")
    return [box.height / lines.PIXELS for box in body.children]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let no rubbish be collected meanwhile.

    A layout makes boxes by the ten thousand and keeps them: looking through them again and again
    took a sixth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_uncollected()
def engrave(written: Written) -> Engraved:
    """Return the document as a PDF."""
    document = _render(written, pdf_variant="pdf/ua-1")
    # No identifier: for it all would be written twice, and `saved` gives the PDF one of ours.
    pdf = document.write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True, finisher=finish)
    return Engraved(pdf, len(document.pages))


def finish(document: Any, pdf: Any) -> None:
    """Mend what WeasyPrint says of fonts and tags: the finisher of `write_pdf`."""
    cut.said_as_cut(pdf)
    _scope(document)
    set_aside(pdf)


def _scope(document: Any) -> None:
    """Say of each heading cell whether it names its column or its row (ISO 14289-1, 7.5)."""
    waiting = [page._page_box for page in document.pages]
    while waiting:
        box = waiting.pop()
        waiting += getattr(box, "children", ())
        mark = getattr(box, "mark", None)
        if mark is not None and box.element_tag == "th":
            scope = box.element.get("scope", "col")
            mark["A"]["Scope"] = "/Row" if scope == "row" else "/Column"
