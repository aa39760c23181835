"""The one entry: a Word file in, its PDF out, and what could not be shown as Word shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from salesdocs.errors import PdfError
from salesdocs.findings import Finding
from salesdocs.pdf.attachment import Attachment
from salesdocs.pdf.bounds import check_size
from salesdocs.pdf.fonts import check
from salesdocs.pdf.letters import letters
from salesdocs.pdf.machine import require
from salesdocs.pdf.unknown import unknown_finding
from salesdocs.word.shown import read


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, how many pages it has, and what of the Word file it does not show."""

    pdf: bytes
    pages: int
    findings: tuple[Finding, ...]


def print_document(
    package: bytes,
    file: str = "",
    *,
    strict: bool = False,
    stamp: str = "",
    archive: Sequence[Attachment] = (),
    fields: Callable[[str], Element | None] | None = None,
) -> Printed:
    """Return the Word file as a PDF: PDF/UA-1, or PDF/A-3a with the attachments of an archive copy.

    `stamp` is set large and pale across each page. `fields` names the form field that stands in
    place of what a bookmark holds. `strict` prints nothing that would not be complete.
    """
    slow = require()
    # What these import may be absent from the machine: `require` has said so by now.
    from salesdocs.pdf.document import write_document  # noqa: PLC0415
    from salesdocs.pdf.engine import body_heights, engrave  # noqa: PLC0415
    from salesdocs.pdf.saving import finished  # noqa: PLC0415
    from salesdocs.pdf.stamp import check_words, stamped  # noqa: PLC0415

    if stamp:
        check_words(stamp)
    shown = read(package, file)
    check_size(shown, file)
    drawn = check(letters(shown), file)
    written = write_document(shown, fields, body_heights)
    missed = dict.fromkeys((*shown.unknown, *written.context.missed))
    findings = tuple(unknown_finding(each, file, strict=strict) for each in missed)
    if strict and findings:
        raise PdfError(findings)
    engraved = engrave(written)
    pdf = finished(engraved.pdf)
    pdf = stamped(pdf, stamp) if stamp else pdf
    if archive:
        from salesdocs.pdf.archive import archived  # noqa: PLC0415

        pdf = archived(pdf, archive)
    return Printed(pdf, engraved.pages, (*slow, *drawn, *findings))
