"""A walk over a built site: each link, anchor, download, image leads somewhere, none outside."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import unquote, urlsplit

from salesdocs.findings import Finding, Phrase

# What a browser fetches by itself, by tag and attribute; a link is fetched only when clicked.
_FETCHED: Final = {
    ("img", "src"), ("script", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"),
    ("audio", "src"), ("embed", "src"), ("object", "data"),
}  # fmt: skip
_LINK_RELATIONS: Final = {"stylesheet", "icon", "preload", "prefetch", "manifest", "preconnect"}


@dataclass
class _Page(HTMLParser):
    """The links, the fetched things and the anchors of a page, each with its line."""

    links: list[tuple[int, str]] = field(default_factory=list)
    fetched: list[tuple[int, str]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    silent: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        self.anchors.update(said[name] for name in ("id", "name") if said.get(name))
        if tag == "a" and said.get("href"):
            self.links.append((line, said["href"]))
        if tag == "img" and "alt" not in said:
            self.silent.append(line)
        for name, value in said.items():
            if (tag, name) in _FETCHED and value:
                self.fetched.append((line, value))
        relations = set(said.get("rel", "").split())
        if tag == "link" and relations & _LINK_RELATIONS and said.get("href"):
            self.fetched.append((line, said["href"]))


def walk(files: Mapping[str, bytes]) -> list[Finding]:
    """Return what is wrong in a built site, given by the places of its files."""
    pages = {place: _read(content) for place, content in files.items() if place.endswith(".html")}
    return [
        finding
        for place, page in sorted(pages.items())
        for finding in _of_page(place, page, pages, files)
    ]


def _read(content: bytes) -> _Page:
    page = _Page()
    page.feed(content.decode())
    return page


def _of_page(
    place: str, page: _Page, pages: Mapping[str, _Page], files: Mapping[str, bytes]
) -> Iterator[Finding]:
    for line, address in page.fetched:
        if _is_outside(address):
            message = Phrase(f"页面会向外部请求：{address}", f"fetched from outside: {address}")
            yield _finding(place, line, message, "SITE-13")
        elif not address.startswith("data:"):
            yield from _checked(place, line, address, pages, files)
    for line, address in page.links:
        if not _is_outside(address) and not urlsplit(address).scheme:
            yield from _checked(place, line, address, pages, files)
    for line in page.silent:
        message = Phrase("图片没有替代文字", "an image without alternative text")
        yield _finding(place, line, message, "SITE-12")


def _is_outside(address: str) -> bool:
    return address.startswith(("http://", "https://", "//"))


def _checked(
    place: str, line: int, address: str, pages: Mapping[str, _Page], files: Mapping[str, bytes]
) -> Iterator[Finding]:
    parts = urlsplit(address)
    target = _target(place, unquote(parts.path), files)
    if target is None:
        message = Phrase(f"链接没有去处：{address}", f"a link leads nowhere: {address}")
        yield _finding(place, line, message, "SITE-10")
        return
    anchor = unquote(parts.fragment)
    if anchor and target in pages and anchor not in pages[target].anchors:
        message = Phrase(f"{target} 里没有 #{anchor}", f"{target} has no #{anchor}")
        yield _finding(place, line, message, "SITE-11")


def _target(place: str, path: str, files: Mapping[str, bytes]) -> str | None:
    """Return the file that an address means as seen from a page; None if there is none."""
    if not path:
        return place
    folder = "" if path.startswith("/") else posixpath.dirname(place)
    joined = posixpath.join(folder, path.lstrip("/"))
    plain = posixpath.normpath(joined)
    plain = "" if plain == "." else plain
    candidates = (plain, posixpath.join(plain, "index.html"))
    return next((each for each in candidates if each in files), None)


def _finding(place: str, line: int, message: Phrase, rule: str) -> Finding:
    return Finding("error", message, rule, file=place, line=line)
