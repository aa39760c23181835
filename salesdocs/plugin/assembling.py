"""A playbook put together: library, samples, files made or found, pages."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from salesdocs.cache import Cache, default_folder
from salesdocs.case.load import LoadedCase, load_case
from salesdocs.errors import CaseError, TemplateError
from salesdocs.findings import Finding, Language, Phrase, has_errors
from salesdocs.playbook.book import Book
from salesdocs.playbook.downloads import Downloads, Makings, needs_printing
from salesdocs.playbook.manifest import CHECKSUMS, MANIFEST, checksums, manifest
from salesdocs.playbook.model import Download, Entry, Page
from salesdocs.playbook.navigation import navigation
from salesdocs.playbook.pages import generated
from salesdocs.playbook.stage import said
from salesdocs.plugin.edition import Edition, samples_folder
from salesdocs.plugin.store import Store
from salesdocs.process.library import Library, house_folder
from salesdocs.produce.copies import CASE_FILE
from salesdocs.word.template import Template

_PACKAGE: Final = Path(__file__).parents[1]
_SAMPLES: Final = ("mes", "his", "saas")
_OF_PAGES: Final = ("cli", "playbook", "plugin")
"""Rooms of the package that make pages, and no files to take along."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Assembled:
    """The book, all its pages, and the made files by their places in the site."""

    book: Book
    pages: Mapping[str, Page]
    files: Mapping[str, Path]
    findings: Sequence[Finding]


def assembled(
    written: Mapping[str, Page],
    *,
    own: Path | None = None,
    cases: Path | None = None,
    lang: Language = "zh",
    kinds: Collection[str] = (),
    jobs: int | None = None,
    store: Path | None = None,
    is_generated: bool = True,
) -> Assembled:
    """Return the playbook of a library with the pages written by hand.

    `own` is a company's folder, `cases` that of its sample cases, each in a folder of its own.
    `kinds` are the files that are offered, `store` is where made ones are kept. Raises
    LibraryError for a library with mistakes, TemplateError for such templates of a company, and
    CaseError for such samples.
    """
    cache = Cache(default_folder())
    folders = [own] if own else []
    library = cache.library(*folders)
    findings = _checked(own, library, lang, cache) if own else []
    samples, doubts = _samples(cases)
    findings += doubts
    can_print = find_spec("weasyprint") is not None
    if not can_print:
        findings.append(_cannot_print())
    offered = [kind for kind in kinds if can_print or not needs_printing(kind)]
    kept = Store(store or (default_folder() or Path(".cache")) / "playbook")
    made = Downloads(_makings(library, cache, folders, samples, lang), offered)
    drawn = made.drawn()
    findings += kept.fill(drawn, jobs)
    printed = made.printed({uri: path.read_bytes() for uri, path in kept.there(drawn).items()})
    findings += kept.fill(printed, jobs)
    files = tuple(each for each in (*drawn, *printed) if each.kind in offered)
    there = kept.there(files)
    book = Book(
        library,
        lang,
        tuple(_with_size(each, there) for each in files),
        {uri: path.stat().st_size for uri, path in there.items()},
        samples[0].case,
        written,
    )
    pages = {**written, **(generated(book) if is_generated else {})}
    return Assembled(book, pages, there, findings)


def edition_of(made: Assembled, *, ticks: bool) -> Edition:
    """Return the edition of a playbook that was put together, with what is wrong in its pages."""
    contents = {uri: path.read_bytes() for uri, path in made.files.items()}
    listed = [each for each in made.book.downloads if each.uri in contents]
    lists = {
        MANIFEST: manifest(made.book.library, listed, contents),
        CHECKSUMS: checksums(contents),
    }
    texts: dict[str, str] = {}
    findings = [*made.findings]
    for uri, page in made.pages.items():
        texts[uri], wrong = said(made.book, page, ticks=ticks)
        findings += wrong
    files = {uri: str(path) for uri, path in made.files.items()}
    lines = _lines(navigation(made.book, made.pages))
    return Edition(made.pages, texts, files, lists, lines, findings)


def _checked(own: Path, library: Library, lang: Language, cache: Cache) -> list[Finding]:
    """Return what is doubtful in a company's templates; raises TemplateError for what is wrong.

    One without a finding is looked at again when it or the library has changed.
    """
    from salesdocs.word.lint import template_findings  # noqa: PLC0415 - the house's need none

    state = repr([library.data[name] for name in sorted(library.data)]).encode()
    findings: list[Finding] = []
    for document in library.documents:
        path = own / "docx" / f"{document.id}.{lang}.docx"
        if not path.is_file():
            continue
        content = (path.read_bytes(), state)
        if cache.remembered("checked", str(path.absolute()), content):
            continue
        found = template_findings(content[0], str(path), library)
        if not found:
            cache.remember("checked", str(path.absolute()), content, True)
        findings += found
    if has_errors(findings):
        raise TemplateError(findings)
    return findings


def _samples(cases: Path | None) -> tuple[list[LoadedCase], list[Finding]]:
    """Return the sample cases and what is doubtful in them; raises CaseError for what is wrong."""
    if cases is None:
        files = [samples_folder() / name / CASE_FILE for name in _SAMPLES]
    else:
        files = sorted(cases.glob(f"*/{CASE_FILE}"))
    samples: list[LoadedCase] = []
    findings: list[Finding] = [] if files else [_no_sample(cases)]
    for file in files:
        try:
            samples.append(load_case(file))
        except CaseError as error:
            findings += error.findings
    findings += (finding for sample in samples for finding in sample.findings)
    if has_errors(findings):
        raise CaseError(findings)
    return samples, findings


def _no_sample(cases: Path | None) -> Finding:
    message = Phrase("没有样例案件", "there is no sample case")
    hint = Phrase(f"放一个 样例名/{CASE_FILE}", f"put a NAME/{CASE_FILE} there")
    return Finding("error", message, "SITE-32", file=str(cases or samples_folder()), hint=hint)


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
    digest = sha256(os.environ.get("SALESDOCS_FONTS", "").encode())
    for path in sorted(_PACKAGE.rglob("*.py")):
        place = path.relative_to(_PACKAGE)
        if place.parts[0] not in _OF_PAGES or place.name == "downloads.py":
            digest.update(f"{place.as_posix()} {path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
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


def _lines(entries: Iterable[Entry]) -> list[Any]:
    return [{entry.title: entry.uri or _lines(entry.entries)} for entry in entries]
