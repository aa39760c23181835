"""A served site, built anew where it has changed: the other pages stay as they are.

MkDocs can leave alone what was not modified, by the times of files, and warns that titles, links
and the search index suffer. Here it is told by what the pages say; titles, anchors and entries of
the index are those of the build before.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2.bccache import Bucket, BytecodeCache
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.utils import clean_directory

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page as SitePage

_SEARCH: Final = ("search", "material/search")
_KNOWN: Final = frozenset({"salesdocs", *_SEARCH})
"""Plugins of which we know that they can do without the pages that stay."""
_INDEX: Final = "search/search_index.json"

_Entries = list[dict[str, Any]]


@dataclass(frozen=True)
class Told:
    """What a site is told to be: the source and the Markdown of each page, and what all share.

    `frame` goes into what pages say, `navigation` stands around it.
    """

    pages: Mapping[str, tuple[str, str]]
    frame: tuple[object, ...]
    navigation: Sequence[object]


@dataclass(frozen=True)
class _Built:
    told: Told
    pages: Mapping[str, SitePage]
    entries: _Entries


class Memory:
    """What the last build of a served site was, and which of its pages stay in this one."""

    def __init__(self) -> None:
        self._last: _Built | None = None
        self._before: _Built | None = None
        self._told = Told({}, (), ())
        self._kept: set[str] = set()
        self._templates = _Templates()

    @property
    def is_whole(self) -> bool:
        """Whether there was a build, and it came to its end."""
        return self._last is not None

    def forget(self) -> None:
        """Let no page stay in the next build."""
        self._last = None

    def begin(self, told: Told, files: Files, config: MkDocsConfig) -> None:
        """Tell MkDocs which pages stay."""
        self._before, self._last = self._last, None
        self._told = told
        self._kept = set()
        before = self._before
        if before is None:
            return
        if before.told.frame == told.frame and set(before.pages) == set(told.pages):
            known = before.told.pages
            self._kept = {uri for uri, page in told.pages.items() if page == known[uri]}
        if not self._kept:
            clean_directory(config.site_dir)
        self._set_modified(files, set(told.pages) - self._kept)

    def restore(self, env: Environment, files: Files, config: MkDocsConfig) -> None:
        """Give the pages that stay what other pages need of them.

        Where a page has got another title or the navigation has changed, every page is laid out
        anew, because all show it; what those that stay say is neither converted nor indexed again.
        """
        env.bytecode_cache = self._templates
        if self._before is None or not self._kept:
            return
        for uri in self._kept:
            _restore(_page(files, uri), self._before.pages[uri], files)
        before = self._before
        changed = (uri for uri in self._told.pages if uri not in self._kept)
        if before.told.navigation != self._told.navigation or any(
            _heads_differ(_page(files, uri), before.pages[uri]) for uri in changed
        ):
            self._set_modified(files, set(self._told.pages))
            _index_all_but(self._kept, config)

    def finish(self, files: Files, config: MkDocsConfig) -> None:
        """Complete the search index, and remember this build."""
        pages = {uri: _page(files, uri) for uri in self._told.pages}
        path = Path(config.site_dir) / _INDEX
        entries: _Entries = []
        if path.is_file():
            index = json.loads(path.read_bytes())
            entries = index["docs"]
            if self._kept and self._before is not None:
                kept = {pages[uri].url for uri in self._kept}
                entries = [
                    *(each for each in self._before.entries if _url(each) in kept),
                    *(each for each in entries if _url(each) not in kept),
                ]
                index["docs"] = entries
                path.write_text(json.dumps(index, separators=(",", ":")), encoding="utf-8")
        self._last, self._before = _Built(self._told, pages, entries), None

    def _set_modified(self, files: Files, modified: Collection[str]) -> None:
        for uri in self._told.pages:
            # MkDocs asks each file before it reads, and again before it lays out its page.
            answer = partial(bool, uri in modified)
            setattr(_file(files, uri), "is_modified", answer)  # noqa: B010 - a method to mypy


class Rebuilder:
    """Called in place of MkDocs' own builder whenever a watched file has changed."""

    def __init__(self, memory: Memory, config: MkDocsConfig, builder: Callable[[], None]) -> None:
        self._memory = memory
        self._config = config
        self._builder = builder
        self._around = self._state()

    def __call__(self) -> None:
        """Build what has changed; everything after a change of the configuration or theme."""
        around = self._state()
        if around != self._around or not self._memory.is_whole:
            self._around = around
            self._memory.forget()
            self._builder()
            return
        with _unwarned():
            build(self._read_again(), serve_url=self._config.site_url, dirty=True)

    def _read_again(self) -> MkDocsConfig:
        """Return the configuration as it was before the first build, which has changed it."""
        before = self._config
        config = load_config(
            before.config_file_path,
            site_dir=before.site_dir,
            strict=before.strict,
            use_directory_urls=before.use_directory_urls,
        )
        config.site_url = before.site_url
        return config

    def _state(self) -> dict[str, float]:
        """Return the times of the configuration and of the files of the site's own theme."""
        theme = self._config.theme.custom_dir
        own = Path(theme).rglob("*") if theme else ()
        file = self._config.config_file_path
        paths = [*own, *([Path(file)] if file else [])]
        return {str(path): path.stat().st_mtime for path in paths if path.is_file()}


def can_rebuild(config: MkDocsConfig) -> bool:
    """Return whether all that takes part in a build can do without the pages that stay."""
    search = config.plugins.get("search")
    is_prebuilt = search is not None and search.config.get("prebuild_index")
    return _KNOWN.issuperset(config.plugins) and not config.hooks and not is_prebuilt


class _Templates(BytecodeCache):
    """The templates of the theme, compiled once: every build reads them into an engine of its own.

    A third of the time in which one page is built anew.
    """

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, Any]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template that was compiled from the same source."""
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template."""
        self._code[bucket.key] = (bucket.checksum, bucket.code)


def _index_all_but(kept: Collection[str], config: MkDocsConfig) -> None:
    """Keep the search engine from reading pages whose entries are known."""
    engine: Any = next((config.plugins[name] for name in _SEARCH if name in config.plugins), None)
    if engine is None:
        return
    index = engine.search_index
    add = index.add_entry_from_context

    def add_if_new(page: SitePage) -> None:
        if page.file.src_uri not in kept:
            add(page)

    index.add_entry_from_context = add_if_new


def _restore(page: SitePage, before: SitePage, files: Files) -> None:
    page.title = before.title
    page.meta = before.meta
    page.toc = before.toc
    page.content = before.content
    page.present_anchor_ids = before.present_anchor_ids
    links = (before.links_to_anchors or {}).items()
    page.links_to_anchors = {_file(files, to.src_uri): anchors for to, anchors in links}


def _heads_differ(page: SitePage, before: SitePage) -> bool:
    return (page.title, page.meta) != (before.title, before.meta)


def _file(files: Files, uri: str) -> File:
    found = files.get_file_from_path(uri)
    assert found is not None
    return found


def _page(files: Files, uri: str) -> SitePage:
    page = _file(files, uri).page
    assert page is not None
    return page


def _url(entry: Mapping[str, Any]) -> str:
    return str(entry["location"]).partition("#")[0]


@contextmanager
def _unwarned() -> Iterator[None]:
    """Keep MkDocs from warning that titles, links and the index suffer: they do not here."""
    logger = logging.getLogger("mkdocs.commands.build")

    def is_else(record: logging.LogRecord) -> bool:
        return "'dirty' build" not in record.getMessage()

    logger.addFilter(is_else)
    try:
        yield
    finally:
        logger.removeFilter(is_else)
