"""Where the facts of the company stand that all its cases share."""

from __future__ import annotations

from pathlib import Path

COMPANY_FILE = "company.yaml"


def company_file(case_file: Path) -> Path | None:
    """Return the nearest `company.yaml` beside the case or above it."""
    for folder in case_file.absolute().parents:
        if (folder / COMPANY_FILE).is_file():
            return folder / COMPANY_FILE
    return None
