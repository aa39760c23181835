"""`salesdocs check`: what is wrong with a case, and what its stage still needs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from salesdocs.cli.common import (
    case_argument,
    finish,
    format_option,
    lang_option,
    library_option,
    open_library,
    read_case,
    reports_findings,
)
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.case.load import LoadedCase
    from salesdocs.produce import Dossier


@click.command()
@case_argument
@library_option
@lang_option
@format_option
@reports_findings
def check(case: Path, own: Path | None, lang: Language, form: str) -> None:
    """检查 CASE：写错的、缺少的，逐条给出位置和改法。

    Check a case: what is written wrongly and what its stage still needs. Exit code 1 when there is
    an error.
    """
    from salesdocs.produce import Dossier

    library = open_library(own)
    loaded = read_case(case, library)
    dossier = Dossier(loaded, library)
    findings = case_findings(dossier)
    name = library.stage(dossier.stage).name.text(lang)
    finish(findings, lang, form, _verdict(findings, loaded, name))


def case_findings(dossier: Dossier) -> list[Finding]:
    """Return all that is wrong with a case, and what its stage still needs."""
    missing = [finding for _, finding in dossier.missing_at(dossier.stage)]
    return [*dossier.loaded.findings, *_truly_missing(missing, dossier.loaded)]


def _truly_missing(missing: list[Finding], loaded: LoadedCase) -> list[Finding]:
    """Return what nobody wrote, without what is missing only because it was written wrongly."""
    from salesdocs.case.problems import UNKNOWN_KEY

    if not loaded.source.tree:
        return []  # nothing is missing from a file that is no case at all
    misspelt = {_parent(each.path) for each in loaded.findings if each.rule == UNKNOWN_KEY}
    return [
        finding
        for finding in missing
        if not _is_written(loaded, finding.path) and _parent(finding.path) not in misspelt
    ]


def _is_written(loaded: LoadedCase, path: str) -> bool:
    from salesdocs.case.path import loc_of

    here: object = loaded.tree
    for part in loc_of(path):
        if isinstance(here, Mapping):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            return False
    return here is not None


def _parent(path: str) -> str:
    return path.rpartition(".")[0]


def _verdict(findings: list[Finding], loaded: LoadedCase, stage: str) -> Phrase:
    """Return one line on the whole: which case, which stage, how many problems."""
    meta = loaded.case.meta
    head = "  ".join(filter(None, (meta.case_no, meta.title, stage)))
    errors = sum(finding.severity == "error" for finding in findings)
    others = len(findings) - errors
    if not findings:
        return Phrase(f"{head}：没有问题", f"{head}: no findings")
    return Phrase(
        f"{head}：{errors} 个错误" + (f"，{others} 个提醒" if others else ""),
        f"{head}: {errors} error(s)" + (f", {others} other(s)" if others else ""),
    )
