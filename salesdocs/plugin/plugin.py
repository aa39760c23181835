"""What MkDocs asks a plugin for, answered by the playbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files

from salesdocs.cache import Cache, default_folder
from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language, Phrase
from salesdocs.playbook import places
from salesdocs.playbook.book import Book
from salesdocs.playbook.components import expanded
from salesdocs.playbook.manifest import CHECKSUMS, MANIFEST, checksums, manifest
from salesdocs.playbook.markup import relative
from salesdocs.playbook.model import Entry, Page
from salesdocs.playbook.navigation import navigation
from salesdocs.playbook.searchwords import search_words
from salesdocs.playbook.stage import footer
from salesdocs.playbook.ticks import with_ticks
from salesdocs.playbook.tooltips import Tooltips
from salesdocs.playbook.written import written_page
from salesdocs.plugin.assembling import Assembled, assembled
from salesdocs.plugin.config import SalesdocsConfig
from salesdocs.process.library import Library, house_folder

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page as SitePage

log = get_plugin_logger("salesdocs")

ASSETS: Final = Path(__file__).parents[1] / "playbook" / "assets"
_PLACE: Final = "assets/salesdocs"
_NEEDED: Final = ("attr_list", "def_list", "md_in_html", "tables")
_EVERYWHERE: Final = ("playbook.css", "playbook.js")
_WORKER: Final = "iframe-worker.js"


class SalesdocsPlugin(BasePlugin[SalesdocsConfig]):  # type: ignore[no-untyped-call]
    """Forms, directives and generated pages of a salesdocs library in any MkDocs site."""

    def __init__(self) -> None:
        self._made: Assembled | None = None
        self._library: Library | None = None
        self._tooltips: Tooltips | None = None

    @property
    def _lang(self) -> Language:
        return "en" if self.config.lang == "en" else "zh"

    # Before the search engine, which reads its dictionary on the same occasion.
    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Let MkDocs watch the library, and know what the pages need."""
        if not self.config.enabled:
            return config
        config.watch += [
            *([self.config.library] if self.config.library else []),
            str(house_folder()),
        ]
        config.markdown_extensions += [
            name for name in _NEEDED if name not in config.markdown_extensions
        ]
        config.extra_css[:0] = [f"{_PLACE}/{name}" for name in _EVERYWHERE if name.endswith("css")]
        config.extra_javascript += [
            f"{_PLACE}/{name}" for name in _EVERYWHERE if name.endswith("js")
        ]
        self._library = self._read()
        if self.config.tooltips:
            extensions: list[Any] = config.markdown_extensions  # names, or instances as here
            self._tooltips = Tooltips(self._library.glossary, self._lang)
            extensions.append(self._tooltips)
        if self.config.search_words and self._lang == "zh":
            self._teach(config)
        if self.config.offline:
            config.use_directory_urls = False
            config.extra["polyfills"] = [f"{_PLACE}/{_WORKER}"]
        return config

    @event_priority(50)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages and files that are made, under those written by hand."""
        if not self.config.enabled:
            return files
        made = self._made = self._assembled(files, config)
        for uri, page in made.pages.items():
            if uri not in made.book.written:
                files.append(File.generated(config, uri, content=page.text))
        for uri, path in made.files.items():
            files.append(File.generated(config, uri, abs_src_path=str(path)))
        for asset in sorted(ASSETS.iterdir()):
            place = f"{_PLACE}/{asset.name}"
            files.append(File.generated(config, place, abs_src_path=str(asset)))
        if self.config.navigation and config.nav is None:
            config.nav = _lines(navigation(made.book, made.pages))
        return files

    def on_page_markdown(
        self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files
    ) -> str:
        """Replace the directives of a page, and say what is wrong with them."""
        if self._made is None:
            return markdown
        uri = page.file.src_uri
        if self._tooltips is not None:
            there = places.GLOSSARY in self._made.pages
            self._tooltips.glossary = relative(uri, places.GLOSSARY) if there else None
        known = self._made.pages.get(uri, Page(uri, "", ""))
        said, findings = expanded(self._made.book, replace(known, text=markdown))
        self._report(findings)
        for name in ("title", "description"):
            if value := getattr(known, name):
                page.meta.setdefault(name, value)
        if self.config.ticks and "pymdownx.tasklist" not in config.markdown_extensions:
            said = with_ticks(said, uri)
        return said + footer(self._made.book, known)

    # After the search engine, which writes its index on the same occasion.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what there is to take along, and the index as a script where no server is."""
        if self._made is None:
            return
        site = Path(config.site_dir)
        contents = {uri: path.read_bytes() for uri, path in self._made.files.items()}
        book = self._made.book
        listed = [each for each in book.downloads if each.uri in contents]
        (site / MANIFEST).write_bytes(manifest(book.library, listed, contents))
        (site / CHECKSUMS).write_bytes(checksums(contents))
        index = site / "search" / "search_index.json"
        if self.config.offline and index.is_file():
            # Pages of a folder may not read files, but they may load scripts.
            text = f"var __index = {index.read_text(encoding='utf-8')}"
            index.with_suffix(".js").write_text(text, encoding="utf-8")

    def _read(self) -> Library:
        folders = [Path(self.config.library)] if self.config.library else []
        library = None
        with self._stopping():
            library = Cache(default_folder()).library(*folders)
        assert library is not None  # else it has stopped
        return library

    def _teach(self, config: MkDocsConfig) -> None:
        """Give the search engine of Material its Chinese words, or say that it takes none."""
        engine = next(
            (each for name, each in config.plugins.items() if name.endswith("search")), None
        )
        if engine is None or "jieba_dict_user" not in engine.config:
            return
        if find_spec("jieba") is None:
            said = Finding(
                "warning",
                Phrase(
                    "没有安装 jieba，中文搜索只找得到一半",
                    "without jieba Chinese search finds half",
                ),
                "SITE-31",
                hint=Phrase("pip install jieba", "pip install jieba"),
            )
            self._report([said])
            return
        if self._library is not None and not engine.config["jieba_dict_user"]:
            words = search_words(Book(self._library, self._lang))
            place = (default_folder() or Path(config.site_dir).parent) / "search-words.txt"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(words, encoding="utf-8")
            engine.config["jieba_dict_user"] = str(place)

    @contextmanager
    def _stopping(self) -> Iterator[None]:
        """Let a mistake in a definition stop the build with its place, not with a trace."""
        try:
            yield
        except SalesdocsError as error:
            for finding in error.findings:
                log.error(finding.text(self._lang), extra={"finding": finding})
            said = Phrase("模板库有错，见上", "the library has errors, see above")
            raise PluginError(said.text(self._lang)) from None

    def _assembled(self, files: Files, config: MkDocsConfig) -> Assembled:
        written = {file.src_uri: _written(file) for file in files.documentation_pages()}
        folder = Path(config.config_file_path or ".").parent
        with self._stopping():
            made = assembled(
                written,
                own=Path(self.config.library) if self.config.library else None,
                lang=self._lang,
                kinds=self.config.downloads,
                jobs=self.config.jobs,
                store=folder / self.config.cache_dir if self.config.cache_dir else None,
                is_generated=self.config.generate,
            )
        self._report(made.findings)
        return made

    def _report(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            log.warning(finding.text(self._lang), extra={"finding": finding})


def _written(file: File) -> Page:
    return written_page(file.src_uri, file.content_string, file.abs_src_path or file.src_uri)


def _lines(entries: Iterable[Entry]) -> list[Any]:
    """Return the navigation as MkDocs writes it."""
    return [{entry.title: entry.uri or _lines(entry.entries)} for entry in entries]
