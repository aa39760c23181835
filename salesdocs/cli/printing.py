"""`salesdocs print`: any Word file as PDF."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from salesdocs.cli.common import (
    finish_quietly,
    format_option,
    lang_option,
    open_cache,
    print_findings,
    print_json,
    reports_findings,
)
from salesdocs.cli.files import DiskError, read_file
from salesdocs.cli.pdfs import (
    WrittenPdf,
    check_stamp,
    dressed,
    engine_option,
    jobs_option,
    kept_findings,
    print_jobs,
    stamp_option,
    strict_option,
    write_pdf,
)
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.pdf.attachment import Attachment
    from salesdocs.pdf.batch import Done, Engine

_LOCK: Final = "~$"


@dataclass(slots=True)
class Printing:
    """What is printed from where to where, and what was found on the way."""

    sources: list[Path] = field(default_factory=list)
    packages: list[bytes] = field(default_factory=list)
    targets: list[Path] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    written: dict[int, WrittenPdf] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@click.command("print")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE.docx...",
    type=click.Path(path_type=Path, readable=False),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    help="写到这个 .pdf 或文件夹，默认在 Word 文件旁 / file or folder",
)
@engine_option
@strict_option
@stamp_option
@click.option(
    "--archive",
    "attached",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, readable=False),
    help="存档副本（PDF/A-3），并把这个文件放进去，可多次 / archive copy with a file inside",
)
@jobs_option
@lang_option
@format_option
@reports_findings
def print_files(
    files: tuple[Path, ...],
    output: Path | None,
    engine: Engine,
    strict: bool,
    stamp: str,
    attached: tuple[Path, ...],
    jobs: int | None,
    lang: Language,
    form: str,
) -> None:
    """把 Word 文件印成 PDF：任何 .docx，版面同 Word。

    Print any Word file as PDF, as Word shows it, with the fonts of this machine. A PDF that is
    there and is not ours, or was changed by hand, is kept under another name.
    """
    from salesdocs.pdf.batch import Job

    check_stamp(stamp)
    archive = _attachments(attached)
    printing = _opened(files, output)
    jobs_to_do = [
        Job(package, str(source), strict)
        for source, package in zip(printing.sources, printing.packages, strict=True)
    ]
    names = [str(source.absolute()) for source in printing.sources]
    printing.done = print_jobs(
        jobs_to_do, names, open_cache(), engine=engine, workers=jobs, lang=lang
    )
    _write(printing, stamp, archive)
    printing.findings += kept_findings(printing.written.values())
    if form == "json":
        print_json(_as_json(printing, lang))
    else:
        _report(printing, lang)
        print_findings(printing.findings, lang)
    finish_quietly(printing.findings)


def _opened(files: Sequence[Path], output: Path | None) -> Printing:
    """Return what can be printed, and a finding for each file that cannot."""
    from salesdocs.process.naming import unique_names

    printing = Printing()
    for file in dict.fromkeys(files):
        try:
            package = read_file(file)
        except DiskError as error:
            printing.findings += error.findings
            continue
        if file.name.startswith(_LOCK):
            printing.findings.append(_lock(file))
            continue
        printing.sources.append(file)
        printing.packages.append(package)
    is_file = output is not None and output.suffix.lower() == ".pdf" and not output.is_dir()
    if output is None:
        printing.targets = [source.with_suffix(".pdf") for source in printing.sources]
    elif is_file:
        if len(files) > 1:
            raise click.BadParameter(
                "几个文件印不进一个 PDF，写一个文件夹", param_hint="--output"
            )  # fmt: skip
        printing.targets = [output for _ in printing.sources]
    else:
        wanted = unique_names(f"{source.stem}.pdf" for source in printing.sources)
        printing.targets = [output / name for name in wanted]
    return printing


def _lock(path: Path) -> Finding:
    message = Phrase(
        "这是 Word 打开文件时留下的锁文件，没有印", "a lock file that Word left, not printed"
    )
    return Finding("note", message, "CLI-21", file=str(path))


def _attachments(files: Iterable[Path]) -> list[Attachment]:
    """Return the files to be put in; raises DiskError with all that cannot be."""
    from salesdocs.pdf.attachment import Attachment

    findings: list[Finding] = []
    found: dict[str, Attachment] = {}
    for file in files:
        try:
            data = read_file(file)
        except DiskError as error:
            findings += error.findings
            continue
        if file.name in found:
            message = Phrase("两个附件同名", "two attachments have the same name")
            findings.append(Finding("error", message, "CLI-21", file=str(file)))
        found[file.name] = Attachment(file.name, data)
    if findings:
        raise DiskError(findings)
    return list(found.values())


def _write(printing: Printing, stamp: str, archive: Sequence[Attachment]) -> None:
    for index, (done, target) in enumerate(zip(printing.done, printing.targets, strict=True)):
        printing.findings += done.findings
        if done.pdf:
            try:
                pdf = dressed(done.pdf, stamp, archive)
                printing.written[index] = write_pdf(target, pdf)
            except DiskError as error:
                printing.findings += error.findings


def _report(printing: Printing, lang: Language) -> None:
    """Print what was made: with its pages on a terminal, one path per line in a pipe."""
    for index, written in printing.written.items():
        if not sys.stdout.isatty():
            click.echo(str(written.path))
            continue
        state = Phrase("已写", "new ") if written.is_new else Phrase("未变", "same")
        pages = printing.done[index].pages
        count = Phrase(f"{pages} 页", f"{pages} page(s)")
        click.echo(f"{state.text(lang)}  {written.path}  {count.text(lang)}")


def _as_json(printing: Printing, lang: Language) -> dict[str, object]:
    return {
        "documents": [
            {
                "file": str(printing.sources[index]),
                "pdf": str(written.path),
                "pages": printing.done[index].pages,
                "written": written.is_new,
                "kept": str(written.kept) if written.kept else None,
            }
            for index, written in printing.written.items()
        ],
        "findings": [finding.as_dict(lang) for finding in printing.findings],
    }
