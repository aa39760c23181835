"""What all commands that make PDFs share: options, printing with memory, writing, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from salesdocs.cli.files import aside, disk_access, write_atomically
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.cache import Cache
    from salesdocs.pdf.attachment import Attachment
    from salesdocs.pdf.batch import Done, Engine, Job

STAMPS: Final = Phrase("草稿、内部、副本或任意短词", "any short text")
_ENGINE_PACKAGES: Final = ("weasyprint", "pydyf", "pikepdf", "fonttools", "tinycss2")
_FONT_FOLDERS: Final = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
_LONG_WORK: Final = 3

engine_option = click.option(
    "--engine",
    type=click.Choice(["weasyprint", "soffice"]),
    default="weasyprint",
    help="排版引擎，默认 weasyprint / soffice: LibreOffice",
)
strict_option = click.option(
    "--strict", is_flag=True, help="凡与 Word 显示不同就不印 / refuse what would look otherwise"
)
stamp_option = click.option(
    "--stamp",
    default="",
    metavar="TEXT",
    help="每页斜印的戳记：草稿、内部、副本…… / words across each page",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=None,
    help="同时印几份，默认按核数 / processes, default: cores",
)


@dataclass(frozen=True, slots=True)
class WrittenPdf:
    """What became of a PDF: its path, whether it was written, where another's file was kept."""

    path: Path
    is_new: bool
    kept: Path | None = None


def print_jobs(
    jobs: Sequence[Job],
    names: Sequence[str],
    cache: Cache,
    *,
    engine: Engine = "weasyprint",
    workers: int | None = None,
    lang: Language = "zh",
) -> list[Done]:
    """Return what became of each job; what was printed before from the same bytes is remembered.

    `names` are what each is remembered under, one PDF for each.
    """
    from salesdocs.pdf.batch import print_all, usual_workers

    state = engine_state(engine)
    contents = [[job.package, repr((job.strict, state)).encode()] for job in jobs]
    done: dict[int, Done] = {}
    for index, (name, content) in enumerate(zip(names, contents, strict=True)):
        known = cache.remembered("pdf", f"{engine} {name}", content)
        if known is not None:
            done[index] = _restored(known)
    waiting = [index for index in range(len(jobs)) if index not in done]
    todo = [jobs[index] for index in waiting]
    printing = print_all(todo, engine=engine, workers=workers or usual_workers())
    with progress(len(todo), Phrase("印 PDF", "printing"), lang) as step:
        for index, result in zip(waiting, printing, strict=True):
            done[index] = result
            if result.pdf:
                plain = _plain(result)
                cache.remember("pdf", f"{engine} {names[index]}", contents[index], plain)
            step()
    return [done[index] for index in range(len(jobs))]


def dressed(pdf: bytes, stamp: str, archive: Sequence[Attachment] = ()) -> bytes:
    """Return the PDF with the stamp, and as an archive copy where there is something to attach."""
    if stamp:
        from salesdocs.pdf.stamp import stamped

        pdf = stamped(pdf, stamp)
    if archive:
        from salesdocs.pdf.archive import archived

        pdf = archived(pdf, archive)
    return pdf


def check_stamp(stamp: str) -> None:
    """Do nothing for a stamp that can be drawn; raises PdfError for another before any work."""
    if stamp:
        try:
            from salesdocs.pdf.stamp import check_words
        except ImportError:
            from salesdocs.pdf.machine import require

            require()
            raise
        check_words(stamp)


def write_pdf(path: Path, pdf: bytes) -> WrittenPdf:
    """Write the PDF, atomically and only where it changed; return what became of it.

    A file there that is not ours, or that somebody changed since, is moved aside first. Raises
    DiskError.
    """
    from salesdocs.pdf.own import is_untouched

    with disk_access(path):
        try:
            there = path.read_bytes()
        except FileNotFoundError:
            there = None
        if there == pdf:
            return WrittenPdf(path, is_new=False)
        kept = None
        if there is not None and not is_untouched(there):
            kept = aside(path)
            path.replace(kept)
        write_atomically(path, pdf)
    return WrittenPdf(path, is_new=True, kept=kept)


def kept_findings(written: Iterable[WrittenPdf]) -> list[Finding]:
    """Return a note for each file of somebody else's that was moved aside."""
    said = Phrase(
        "这里原有的 PDF 不是本程序写的，或被改动过，已另存为",
        "the PDF that was here is not ours or was changed; it is now",
    )
    return [
        Finding("note", Phrase(*(f"{text} {each.kept.name}" for text in said)), "CLI-06",
                file=str(each.path))
        for each in written
        if each.kept is not None
    ]  # fmt: skip


@contextmanager
def progress(total: int, label: Phrase, lang: Language) -> Iterator[Any]:
    """Give what is to be called after each step; a line on a terminal shows how far it is."""
    if total < _LONG_WORK or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label.text(lang), total=total)
        yield lambda: bar.advance(task)


def engine_state(engine: Engine) -> str:
    """Return what tells two states of an engine and of the machine's fonts apart."""
    if engine == "soffice":
        from salesdocs.pdf.soffice import find_soffice

        program = Path(find_soffice()).resolve()
        tools = f"{program} {program.stat().st_mtime_ns}"
    else:
        tools = " ".join(f"{name} {_version(name)}" for name in _ENGINE_PACKAGES)
    return f"{tools} {_font_state()}"


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _font_state() -> str:
    """Return when the folders of fonts were changed last; installing a font changes its folder."""
    chosen = [os.environ.get(name, "") for name in ("SALESDOCS_FONTS", "FONTCONFIG_FILE")]
    folders = [Path(each).expanduser() for each in (*_FONT_FOLDERS, *filter(None, chosen))]
    places = [Path(place) for folder in folders for place, _, _ in os.walk(folder)]
    places += [folder for folder in folders if folder.is_file()]
    stamps = [place.stat().st_mtime_ns for place in places]
    return repr((chosen, len(stamps), max(stamps, default=0)))


def _plain(done: Done) -> tuple[Any, ...]:
    findings = [
        (each.severity, tuple(each.message), each.rule, each.path, each.file, each.line,
         each.column, tuple(each.hint))
        for each in done.findings
    ]  # fmt: skip
    return done.pdf, done.pages, findings


def _restored(plain: Any) -> Done:
    from salesdocs.pdf.batch import Done

    pdf, pages, findings = plain
    return Done(
        pdf,
        pages,
        tuple(
            Finding(severity, Phrase(*message), rule, path, file, line, column, Phrase(*hint))
            for severity, message, rule, path, file, line, column, hint in findings
        ),
    )
