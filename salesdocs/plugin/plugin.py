"""What MkDocs asks a plugin for, answered by the playbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files

from salesdocs.cache import Cache, default_folder
from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language, Phrase
from salesdocs.playbook.book import Book
from salesdocs.playbook.components import expanded
from salesdocs.playbook.model import Entry, Page
from salesdocs.playbook.navigation import navigation
from salesdocs.playbook.pages import generated
from salesdocs.playbook.stage import footer
from salesdocs.playbook.ticks import with_ticks
from salesdocs.playbook.written import written_page
from salesdocs.plugin.config import SalesdocsConfig
from salesdocs.process.library import Library, house_folder

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page as SitePage

log = get_plugin_logger("salesdocs")

ASSETS: Final = Path(__file__).parents[1] / "playbook" / "assets"
_PLACE: Final = "assets/salesdocs"
_NEEDED: Final = ("attr_list", "def_list", "md_in_html", "tables")


class SalesdocsPlugin(BasePlugin[SalesdocsConfig]):  # type: ignore[no-untyped-call]
    """Forms, directives and generated pages of a salesdocs library in any MkDocs site."""

    def __init__(self) -> None:
        self._library: Library | None = None
        self._book: Book | None = None
        self._pages: dict[str, Page] = {}

    @property
    def _lang(self) -> Language:
        return "en" if self.config.lang == "en" else "zh"

    # Before the search engine, which reads its dictionary on the same occasion.
    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the library; let MkDocs watch it and know what the pages need."""
        if not self.config.enabled:
            return config
        folders = [Path(self.config.library)] if self.config.library else []
        self._library = self._read(folders)
        config.watch += [str(folder) for folder in (*folders, house_folder())]
        config.markdown_extensions += [
            name for name in _NEEDED if name not in config.markdown_extensions
        ]
        styles, scripts = _assets()
        config.extra_css[:0] = [f"{_PLACE}/{name}" for name in styles]
        config.extra_javascript += [f"{_PLACE}/{name}" for name in scripts]
        if self.config.offline:
            config.use_directory_urls = False
        return config

    @event_priority(50)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages and files that are made, under those written by hand."""
        if self._library is None:
            return files
        written = {file.src_uri: _written(file) for file in files.documentation_pages()}
        book = self._book = Book(self._library, self._lang, written=written)
        self._pages = dict(written)
        if self.config.generate:
            made = generated(book)
            self._pages |= made
            for page in made.values():
                files.append(File.generated(config, page.uri, content=page.text))
        for name in _all_assets():
            place = f"{_PLACE}/{name}"
            files.append(File.generated(config, place, abs_src_path=str(ASSETS / name)))
        if self.config.navigation and config.nav is None:
            config.nav = _lines(navigation(book, self._pages))
        return files

    def on_page_markdown(
        self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files
    ) -> str:
        """Replace the directives of a page, and say what is wrong with them."""
        if self._book is None:
            return markdown
        uri = page.file.src_uri
        known = self._pages.get(uri, Page(uri, "", ""))
        said, findings = expanded(self._book, replace(known, text=markdown))
        self._report(findings)
        for name in ("title", "description"):
            if value := getattr(known, name):
                page.meta.setdefault(name, value)
        if self.config.ticks and "pymdownx.tasklist" not in config.markdown_extensions:
            said = with_ticks(said, uri)
        return said + footer(self._book, known)

    # After the search engine, which writes its index on the same occasion.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Give a site without a server its index as a script: pages may not read files."""
        index = Path(config.site_dir) / "search" / "search_index.json"
        if self.config.offline and index.is_file():
            text = f"var __index = {index.read_text(encoding='utf-8')}"
            index.with_suffix(".js").write_text(text, encoding="utf-8")

    def _read(self, folders: Sequence[Path]) -> Library:
        try:
            return Cache(default_folder()).library(*folders)
        except SalesdocsError as error:
            for finding in error.findings:
                log.error(finding.text(self._lang), extra={"finding": finding})
            said = Phrase("模板库有错，见上", "the library has errors, see above")
            raise PluginError(said.text(self._lang)) from None

    def _report(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            log.warning(finding.text(self._lang), extra={"finding": finding})


def _written(file: File) -> Page:
    return written_page(file.src_uri, file.content_string, file.abs_src_path or file.src_uri)


def _lines(entries: Iterable[Entry]) -> list[Any]:
    """Return the navigation as MkDocs writes it."""
    return [{entry.title: entry.uri or _lines(entry.entries)} for entry in entries]


def _all_assets() -> list[str]:
    return sorted(
        path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*") if path.is_file()
    )


def _assets() -> tuple[list[str], list[str]]:
    """Return the styles and scripts that every page loads."""
    names = [name for name in _all_assets() if name in ("playbook.css", "playbook.js")]
    styles = [name for name in names if name.endswith(".css")]
    return styles, [name for name in names if name.endswith(".js")]
