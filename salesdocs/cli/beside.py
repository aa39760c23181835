"""The PDFs that `render --pdf` writes beside the Word files, archive copies among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from salesdocs.cli.files import DiskError, note_pdfs
from salesdocs.cli.pdfs import WrittenPdf, dressed, kept_findings, print_jobs, write_pdf
from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.cache import Cache
    from salesdocs.cli.files import Written
    from salesdocs.pdf.attachment import Attachment
    from salesdocs.process.fields import Audience
    from salesdocs.produce import Dossier


@dataclass(frozen=True, slots=True)
class Beside:
    """A PDF beside a Word file, and how many pages it has."""

    written: WrittenPdf
    pages: int


@dataclass(slots=True)
class Besides:
    """What became of the PDFs, by the path of their Word file."""

    made: dict[Path, Beside] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def write_beside(
    written: Sequence[Written],
    dossier: Dossier,
    folder: Path,
    cache: Cache,
    *,
    archive: bool = False,
    workers: int | None = None,
    lang: Language = "zh",
) -> Besides:
    """Print the Word files below `folder` and write each PDF beside its file.

    With `archive` each is an archive copy that holds the case as its reader may see it.
    """
    from salesdocs.pdf.batch import Job

    besides = Besides()
    jobs = [Job(each.product.data, str(each.path)) for each in written]
    case_no = dossier.loaded.case.meta.case_no or ""
    names = [f"{case_no} {each.product.paper.name} {lang}" for each in written]
    printed = print_jobs(jobs, names, cache, workers=workers, lang=lang)
    copies = Copies(dossier)
    for each, done in zip(written, printed, strict=True):
        besides.findings += done.findings
        if not done.pdf:
            continue
        try:
            attached = copies.of(each.product.paper.document.audience) if archive else []
            pdf = write_pdf(each.path.with_suffix(".pdf"), dressed(done.pdf, "", attached))
            besides.made[each.path] = Beside(pdf, done.pages)
        except SalesdocsError as error:
            besides.findings += [new for new in error.findings if new not in besides.findings]
    try:
        files = {path.relative_to(folder).as_posix(): path for path in besides.made}
        note_pdfs(folder, {name: besides.made[path].written.path for name, path in files.items()})
    except DiskError as error:
        besides.findings += error.findings
    besides.findings += kept_findings(each.written for each in besides.made.values())
    return besides


class Copies:
    """The files of a case for the archive, made once for each audience."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._known: dict[Audience, list[Attachment]] = {}

    def of(self, audience: Audience) -> list[Attachment]:
        """Return the case as `audience` may see it; raises DocumentError for a leak."""
        known = self._known.get(audience)
        if known is None:
            from salesdocs.pdf.attachment import Attachment
            from salesdocs.produce.copies import case_copies

            day = self._dossier.loaded.case.meta.as_of
            date = day.isoformat() if day else ""
            known = self._known[audience] = [
                Attachment(name, data, "案件数据 / case data", "Source", date)
                for name, data in case_copies(self._dossier, audience).items()
            ]
        return known


def outdated(written: Sequence[Written]) -> list[Finding]:
    """Return a note for each PDF beside a Word file that has just become another."""
    said = Phrase(
        "Word 文件已更新，这份 PDF 还是以前印的",
        "the Word file has changed, this PDF is of the one before",
    )
    hint = Phrase("加 --pdf 重新印", "add --pdf to print it again")
    return [
        Finding("warning", said, "CLI-22", file=str(pdf), hint=hint)
        for each in written
        if each.is_new and (pdf := each.path.with_suffix(".pdf")).is_file()
    ]
