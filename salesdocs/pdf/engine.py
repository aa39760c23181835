"""The only call of WeasyPrint: what it is given, what it may fetch, what it said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cssselect2  # type: ignore[import-untyped]
import weasyprint  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from salesdocs.pdf import justify, lines
from salesdocs.pdf.document import Written


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


def engrave(written: Written) -> Engraved:
    """Return the document as a PDF."""
    lines.install()
    justify.install()
    fonts = FontConfiguration()
    tree = _Tree(written)
    sheet = weasyprint.CSS(
        string=written.sheet, font_config=fonts, url_fetcher=tree.url_fetcher, base_url="salesdocs:"
    )
    document = tree.render(font_config=fonts, stylesheets=[sheet], pdf_variant="pdf/ua-1")
    pdf = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"salesdocs")
    return Engraved(pdf, len(document.pages))
