"""What MkDocs asks a plugin for, answered by the playbook."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
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
from salesdocs.playbook.markup import relative
from salesdocs.playbook.model import Page
from salesdocs.playbook.searchwords import search_words
from salesdocs.playbook.tooltips import Tooltips
from salesdocs.playbook.written import written_page
from salesdocs.plugin.config import SalesdocsConfig
from salesdocs.plugin.edition import Edition, Shelf, content_of
from salesdocs.plugin.rebuilding import Memory, Rebuilder, Told, can_rebuild
from salesdocs.process.library import Library, house_folder

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.pages import Page as SitePage

    from salesdocs.playbook.book import Book
    from salesdocs.plugin.assembling import Assembled

log = get_plugin_logger("salesdocs")

ASSETS: Final = Path(__file__).parents[1] / "playbook" / "assets"
_PLACE: Final = "assets/salesdocs"
_NEEDED: Final = ("attr_list", "def_list", "md_in_html", "tables")
_EVERYWHERE: Final = ("playbook.css", "playbook.js")
_WORKER: Final = "iframe-worker.js"


class SalesdocsPlugin(BasePlugin[SalesdocsConfig]):  # type: ignore[no-untyped-call]
    """Forms, directives and generated pages of a salesdocs library in any MkDocs site."""

    def __init__(self) -> None:
        self._edition: Edition | None = None
        self._is_served = False
        self._memory: Memory | None = None
        self._book: Book | None = None
        self._library: Library | None = None
        self._tooltips: Tooltips | None = None
        self._files: Files | None = None
        self._taught = ""

    @property
    def _lang(self) -> Language:
        return "en" if self.config.lang == "en" else "zh"

    # With it MkDocs keeps the plugin between the builds of a served site.
    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember what was built where a site is served."""
        self._is_served = command == "serve" and not dirty
        self._memory = None

    # Before the search engine, which reads its dictionary on the same occasion.
    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Let MkDocs watch the library, and know what the pages need."""
        if not self.config.enabled:
            return config
        if not (self._is_served and can_rebuild(config)):
            self._memory = None
        elif self._memory is None:
            self._memory = Memory()
        own = (self.config.library, self.config.samples, str(house_folder()))
        config.watch += [folder for folder in own if folder]
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
        written = {file.src_uri: _written(file) for file in files.documentation_pages()}
        edition = self._edition = self._found(written, config)
        self._report(edition.findings)
        for uri, page in edition.pages.items():
            if uri not in written:
                files.append(File.generated(config, uri, content=page.text))
        for uri, path in edition.files.items():
            files.append(File.generated(config, uri, abs_src_path=path))
        for asset in sorted(ASSETS.iterdir()):
            place = f"{_PLACE}/{asset.name}"
            files.append(File.generated(config, place, abs_src_path=str(asset)))
        if self.config.navigation and config.nav is None:
            config.nav = edition.navigation
        if self._memory is not None:
            self._memory.begin(self._told(edition, files), files, config)
        return files

    def on_page_markdown(
        self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files
    ) -> str:
        """Replace the directives of a page, and say what is wrong with them."""
        edition = self._edition
        if edition is None:
            return markdown
        uri = page.file.src_uri
        if self._tooltips is not None:
            there = places.GLOSSARY in edition.pages
            self._tooltips.glossary = relative(uri, places.GLOSSARY) if there else None
        known = edition.pages.get(uri, Page(uri, "", ""))
        for name in ("title", "description"):
            if value := getattr(known, name):
                page.meta.setdefault(name, value)
        if known.text == markdown and uri in edition.said:
            return edition.said[uri]
        text, findings = self._said(replace(known, text=markdown), config)
        self._report(findings)
        return text

    def on_env(
        self, env: Environment, *, config: MkDocsConfig, files: Files
    ) -> Environment:  # all pages are read, none is laid out
        """Give pages that stay as they were what others need of them."""
        if self._edition is not None and self._memory is not None:
            self._memory.restore(env, files, config)
        self._files = files
        return env

    # After the search engine, which writes its index on the same occasion.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what there is to take along, and the index as a script where no server is."""
        edition = self._edition
        if edition is None:
            return
        site = Path(config.site_dir)
        for name, data in edition.lists.items():
            (site / name).write_bytes(data)
        if self._memory is not None and self._files is not None:
            self._memory.finish(self._files, config)
        index = site / "search" / "search_index.json"
        if self.config.offline and index.is_file():
            # Pages of a folder may not read files, but they may load scripts.
            text = f"var __index = {index.read_text(encoding='utf-8')}"
            index.with_suffix(".js").write_text(text, encoding="utf-8")

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Let a served site be built anew where it has changed, if the other plugins bear it."""
        if self._memory is not None:
            server.builder = Rebuilder(self._memory, config, builder)
        return server

    def _read(self) -> Library:
        folders = [self._own] if self._own else []
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
        # It tells how long its dictionary took, on every run.
        logging.getLogger("jieba").setLevel(logging.WARNING)
        if self._library is not None and not engine.config["jieba_dict_user"]:
            words = search_words(self._library)
            if words == self._taught:
                return
            _forget_words()
            self._taught = words
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

    def _found(self, written: Mapping[str, Page], config: MkDocsConfig) -> Edition:
        """Return the edition of the last build where nothing has changed, else a new one."""
        self._book = None
        options = (
            self._lang, *self.config.downloads, self.config.generate, self._ticks(config),
            os.environ.get("SALESDOCS_FONTS"), find_spec("weasyprint") is not None,
        )  # fmt: skip
        content = content_of(self._own, self._cases, written, options)
        shelf = Shelf(Cache(default_folder()), f"{config.config_file_path} {config.docs_dir}")
        if (known := shelf.edition(content)) is not None:
            return known
        from salesdocs.plugin.assembling import edition_of  # noqa: PLC0415 - see below

        made = edition_of(self._assembled(written, config), ticks=self._ticks(config))
        if not made.findings:
            shelf.keep(content, made)
        return made

    def _told(self, edition: Edition, files: Files) -> Told:
        """Return what the pages say, and what all of them share."""
        assert self._library is not None
        pages = {
            file.src_uri: (file.content_string, edition.said.get(file.src_uri, ""))
            for file in files.documentation_pages()
        }
        others = [file.src_uri for file in files if not file.is_documentation_page()]
        words = search_words(self._library)
        return Told(pages, (words, self._library.glossary, others), edition.navigation)

    def _assembled(self, written: Mapping[str, Page], config: MkDocsConfig) -> Assembled:
        # Not before it is needed: it loads the model of a case and all rules.
        from salesdocs.plugin.assembling import assembled  # noqa: PLC0415

        folder = Path(config.config_file_path or ".").parent
        with self._stopping():
            made = assembled(
                written,
                own=self._own,
                cases=self._cases,
                lang=self._lang,
                kinds=self.config.downloads,
                jobs=self.config.jobs,
                store=folder / self.config.cache_dir if self.config.cache_dir else None,
                is_generated=self.config.generate,
            )
        self._book = made.book
        return made

    def _said(self, page: Page, config: MkDocsConfig) -> tuple[str, list[Finding]]:
        from salesdocs.playbook.stage import said  # noqa: PLC0415 - the same

        if self._book is None:  # another plugin has changed the page since it was read
            assert self._edition is not None
            written = {uri: each for uri, each in self._edition.pages.items() if each.file}
            self._assembled(written, config)
        assert self._book is not None
        return said(self._book, page, ticks=self._ticks(config))

    def _ticks(self, config: MkDocsConfig) -> bool:
        return self.config.ticks and "pymdownx.tasklist" not in config.markdown_extensions

    @property
    def _cases(self) -> Path | None:
        return Path(self.config.samples) if self.config.samples else None

    @property
    def _own(self) -> Path | None:
        return Path(self.config.library) if self.config.library else None

    def _report(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            log.warning(finding.text(self._lang), extra={"finding": finding})


def _forget_words() -> None:
    """Let jieba begin with its own dictionary again.

    It has one for the whole process, and a word that is loaded twice counts twice: after some
    builds of a served site long words would win over the short ones they are made of.
    """
    import jieba  # type: ignore[import-untyped]  # noqa: PLC0415 - of the extra `site`

    jieba.dt.initialized = False


def _written(file: File) -> Page:
    return written_page(file.src_uri, file.content_string, file.abs_src_path or file.src_uri)
