"""What callers may catch: each error carries its findings and neither prints nor exits."""

from __future__ import annotations

from collections.abc import Sequence

from salesdocs.findings import Finding


class SalesdocsError(Exception):
    """We cannot go on; `findings` says why, all reasons at once."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("\n".join(finding.text() for finding in self.findings))


class CaseError(SalesdocsError):
    """The case file cannot be read, or is not a case."""


class TemplateError(SalesdocsError):
    """A Word template is wrong, or cannot be filled with this case."""


class LibraryError(SalesdocsError):
    """The library cannot be used: a file of it is wrong, or what was asked for is not in it."""


class PdfError(SalesdocsError):
    """A PDF cannot be made or read: what is missing on the machine, or wrong with the file."""


class SiteError(SalesdocsError):
    """The playbook site cannot be built: its configuration, a page or a definition is wrong."""


class DocumentError(SalesdocsError):
    """A document may not be issued: values missing, or something confidential in it."""
