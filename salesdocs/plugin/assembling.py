"""A playbook put together: library, samples, files made or found, pages."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from salesdocs.cache import Cache, default_folder
from salesdocs.case.load import LoadedCase, load_case
from salesdocs.findings import Finding, Language, Phrase
from salesdocs.playbook.book import Book
from salesdocs.playbook.downloads import Makings, downloads, needs_printing
from salesdocs.playbook.model import Download, Page
from salesdocs.playbook.pages import generated
from salesdocs.plugin.store import Store
from salesdocs.process.library import Library, house_folder
from salesdocs.word.template import Template

_PACKAGE: Final = Path(__file__).parents[1]
_SAMPLES: Final = ("mes", "his", "saas")
_PNG: Final = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Assembled:
    """The book, all its pages, and the made files by their places in the site."""

    book: Book
    pages: Mapping[str, Page]
    files: Mapping[str, Path]
    findings: Sequence[Finding]


def samples_folder() -> Path:
    """Return where the sample cases are: `examples` in a wheel, else that of the checkout."""
    shipped = _PACKAGE / "examples"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "examples"


def assembled(
    written: Mapping[str, Page],
    *,
    own: Path | None = None,
    lang: Language = "zh",
    kinds: Collection[str] = (),
    jobs: int | None = None,
    store: Path | None = None,
    is_generated: bool = True,
) -> Assembled:
    """Return the playbook of a library with the pages written by hand.

    `own` is a company's folder, `kinds` the files that are offered, `store` where made ones are
    kept. Raises LibraryError for a library with mistakes, CaseError for such a sample.
    """
    cache = Cache(default_folder())
    folders = [own] if own else []
    library = cache.library(*folders)
    samples = [load_case(samples_folder() / name / "case.yaml") for name in _SAMPLES]
    findings = [] if find_spec("weasyprint") else [_cannot_print()]
    offered = [kind for kind in kinds if not findings or not needs_printing(kind)]
    made = downloads(_makings(library, cache, folders, samples, lang), offered)
    kept = Store(store or (default_folder() or Path(".cache")) / "playbook")
    findings += kept.fill(made, jobs)
    there = {each.uri: kept.path(each) for each in made if kept.path(each).is_file()}
    book = Book(
        library,
        lang,
        tuple(_with_size(each, there) for each in made),
        {uri: path.stat().st_size for uri, path in there.items()},
        samples[0].case,
        written,
    )
    pages = {**written, **(generated(book) if is_generated else {})}
    return Assembled(book, pages, there, findings)


def _makings(
    library: Library,
    cache: Cache,
    folders: Sequence[Path],
    samples: Sequence[LoadedCase],
    lang: Language,
) -> Makings:
    def file(document: str, lang: Language) -> Path:
        name = f"docx/{document}.{lang}.docx"
        places = (folder / name for folder in (*folders, house_folder()))
        return next(place for place in places if place.is_file())

    def template(document: str, lang: Language) -> bytes:
        return file(document, lang).read_bytes()

    def compiled(document: str, lang: Language) -> Template:
        return cache.template(file(document, lang))

    return Makings(library, template, compiled, samples, _stamp(), lang)


def _stamp() -> str:
    """Return what tells two states of the program apart, and of the fonts it prints with."""
    sources = sorted(_PACKAGE.rglob("*.py"))
    digest = sha256()
    for path in sources:
        facts = path.stat()
        digest.update(f"{path.name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    digest.update(os.environ.get("SALESDOCS_FONTS", "").encode())
    return digest.hexdigest()


def _with_size(download: Download, there: Mapping[str, Path]) -> Download:
    """Return a picture with its size in pixels, which its file says."""
    path = there.get(download.uri)
    if download.kind != "picture" or path is None:
        return download
    with path.open("rb") as file:
        head = file.read(24)
    if not head.startswith(_PNG):
        return download
    size = (int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big"))
    return replace(download, size=size)


def _cannot_print() -> Finding:
    message = Phrase(
        "没有安装 PDF 部分，网站上没有可填写的 PDF 和预览图",
        "without the PDF part the site has no fillable PDFs and no pictures",
    )
    hint = Phrase("pip install 'salesdocs[pdf]'", "pip install 'salesdocs[pdf]'")
    return Finding("warning", message, "SITE-30", hint=hint)
