"""Many Word files to PDFs, each in its turn or several at once; one bad file stops no other.

WeasyPrint runs in processes of their own where there are several files: a crash of its libraries
takes one of those along, not the program, and the file at fault is found out and named.

Rule: PDF-29 the engine crashed.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from io import BytesIO
from typing import Final, Literal

from salesdocs.errors import PdfError, SalesdocsError
from salesdocs.findings import Finding, Phrase
from salesdocs.pdf.printing import print_document
from salesdocs.pdf.soffice import WordFile, print_with_soffice
from salesdocs.word.shown.parts import open_parts

Engine = Literal["weasyprint", "soffice"]

_FEWEST: Final = 3  # files for which starting processes pays: each loads WeasyPrint anew


@dataclass(frozen=True, slots=True)
class Job:
    """A Word file to be printed; `strict` prints nothing that would not look as in Word."""

    package: bytes
    file: str
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a job: its PDF, empty where there is none, and what was found."""

    pdf: bytes
    pages: int
    findings: tuple[Finding, ...]


def print_all(
    jobs: Sequence[Job], *, engine: Engine = "weasyprint", workers: int = 1
) -> Iterator[Done]:
    """Yield what became of each job, in their order.

    Raises PdfError when the engine is not there at all.
    """
    # A short command does without collecting garbage; a layout leaves too much of it in rings.
    gc.enable()
    if engine == "soffice":
        yield from _with_soffice(jobs)
    elif workers < 2 or len(jobs) < _FEWEST:
        yield from map(print_one, jobs)
    else:
        yield from _in_processes(jobs, min(workers, len(jobs)))


def usual_workers() -> int:
    """Return how many processes this machine has room for: one for each core we may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def print_one(job: Job) -> Done:
    """Return what becomes of a job by our own engine."""
    try:
        printed = print_document(job.package, job.file, strict=job.strict)
    except SalesdocsError as error:
        return Done(b"", 0, tuple(error.findings))
    return Done(printed.pdf, printed.pages, printed.findings)


# -- several processes ---------------------------------------------------------------------------


def _in_processes(jobs: Sequence[Job], workers: int) -> Iterator[Done]:
    """Yield what became of the jobs; after a crash each of the rest has a process for itself."""
    done = 0
    with _pool(workers) as pool:
        running: list[Future[Done]] = [pool.submit(print_one, job) for job in jobs]
        try:
            for future in running:
                yield future.result()
                done += 1
        except BrokenProcessPool:
            pass
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    for job in jobs[done:]:
        yield _alone(job)


def _alone(job: Job) -> Done:
    with _pool(1) as pool:
        try:
            return pool.submit(print_one, job).result()
        except BrokenProcessPool:
            return Done(b"", 0, (_crashed(job.file),))


def _pool(workers: int) -> ProcessPoolExecutor:
    # Only Linux may fork a program safely; there it saves each process the start of Python.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(workers, context, initializer=_end_on_interrupt)


def _end_on_interrupt() -> None:
    """Let Ctrl-C end a process of ours without a word: the program says what there is to say."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _crashed(file: str) -> Finding:
    message = Phrase(
        "排版引擎在这份文件上崩溃，没有印成", "the engine crashed on this file, it was not printed"
    )
    hint = Phrase(
        "在 Word 或 WPS 里打开另存一次再试，或用 --engine soffice",
        "save it anew in Word or WPS and try again, or use --engine soffice",
    )
    return Finding("error", message, "PDF-29", file=file, hint=hint)


# -- LibreOffice ---------------------------------------------------------------------------------


def _with_soffice(jobs: Sequence[Job]) -> Iterator[Done]:
    """Yield what LibreOffice makes of the jobs; what is no Word file never comes to it."""
    refused: dict[int, Done] = {}
    for index, job in enumerate(jobs):
        try:
            open_parts(job.package, job.file)
        except SalesdocsError as error:
            refused[index] = Done(b"", 0, tuple(error.findings))
    sound = [index for index in range(len(jobs)) if index not in refused]
    files = [WordFile(jobs[index].package, jobs[index].file) for index in sound]
    printed = dict(zip(sound, print_with_soffice(files) if files else [], strict=True))
    for index in range(len(jobs)):
        result = printed.get(index)
        if result is None:
            yield refused[index]
        elif isinstance(result, PdfError):
            yield Done(b"", 0, tuple(result.findings))
        else:
            yield _without_clock(result)


# What LibreOffice notes of the hour at which it printed: the same file is to give the same bytes.
_CLOCKS: Final = re.compile(rb"<(xmp:(?:Create|Modify|Metadata)Date)>[^<]*</\1>")


def _without_clock(pdf: bytes) -> Done:
    # Like WeasyPrint it may be absent: `salesdocs.pdf.machine` says how to get it.
    import pikepdf  # noqa: PLC0415

    from salesdocs.pdf.saving import saved  # noqa: PLC0415

    with pikepdf.open(BytesIO(pdf)) as opened:
        for key in ("/CreationDate", "/ModDate"):
            if key in opened.docinfo:
                del opened.docinfo[key]
        if "/DocChecksum" in opened.trailer:
            del opened.trailer["/DocChecksum"]
        metadata = opened.Root.get("/Metadata")
        if metadata is not None:
            metadata.write(_CLOCKS.sub(b"", metadata.read_bytes()))
        return Done(saved(opened), len(opened.pages), ())
