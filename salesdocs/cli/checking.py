"""`salesdocs check`: what is wrong with a case, what it still needs, what the rules object to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from salesdocs.cli.common import (
    case_argument,
    finish_quietly,
    format_option,
    lang_option,
    library_option,
    open_dossier,
    open_library,
    print_findings,
    print_json,
    read_case,
    reports_findings,
)
from salesdocs.cli.summary import summary
from salesdocs.findings import Finding, Language

if TYPE_CHECKING:
    from salesdocs.case.load import LoadedCase
    from salesdocs.produce import Dossier
    from salesdocs.rules.run import Verdict


@click.command()
@case_argument
@click.option(
    "--stage", type=click.IntRange(1, 7), help="按这一阶段的要求检查 / as if at this stage"
)
@library_option
@lang_option
@format_option
@reports_findings
def check(case: Path, stage: int | None, own: Path | None, lang: Language, form: str) -> None:
    """检查 CASE：写错的、缺少的、不合规的，逐条给出位置和改法。

    Check a case: what is written wrongly, what its stage still needs, and the rules that legal and
    finance would apply. Exit code 1 when there is an error.
    """
    library = open_library(own)
    loaded = read_case(case, library)
    dossier = open_dossier(loaded, library, own)
    at = stage or dossier.stage
    verdict = dossier.verdict(at)
    findings = case_findings(dossier, at)
    if form == "json":
        print_json(_as_json(findings, verdict, dossier, at, lang))
        finish_quietly(findings)
    print_findings(findings, lang)
    for line in summary(dossier, at, findings, verdict, lang):
        click.echo(line)
    finish_quietly(findings)


def case_findings(dossier: Dossier, stage: int | None = None) -> list[Finding]:
    """Return all that is wrong with a case, what its stage still needs, what the rules object to.

    What a disposition settles is not among it.
    """
    from salesdocs.produce import contract_findings, fallback_findings

    loaded = dossier.loaded
    ruled = [*dossier.verdict(stage).findings, *fallback_findings(dossier)]
    if loaded.case.contract.approval_form.final_hash:
        ruled += contract_findings(dossier)
    return _in_order([*loaded.findings, *_truly_missing(ruled, loaded)], loaded.source.name)


def _in_order(findings: list[Finding], case: str) -> list[Finding]:
    """Return the findings in the order of the file, those of the case first.

    A blank that a rule speaks of is told once.
    """
    ruled = {each.path for each in findings if each.rule != "FRM-02"}
    kept = [each for each in findings if each.rule != "FRM-02" or each.path not in ruled]
    return sorted(kept, key=lambda each: (each.file != case, each.file, each.line, each.column))


def _as_json(
    findings: Sequence[Finding], verdict: Verdict, dossier: Dossier, stage: int, lang: Language
) -> dict[str, object]:
    meta = dossier.loaded.case.meta
    return {
        "case_no": meta.case_no,
        "title": meta.title,
        "stage": stage,
        "errors": sum(each.severity == "error" for each in findings),
        "warnings": sum(each.severity == "warning" for each in findings),
        "findings": [each.as_dict(lang) for each in findings],
        "settled": [
            {
                **each.finding.as_dict(lang),
                "by": each.disposition.by.name if each.disposition.by else None,
                "date": each.disposition.date.isoformat() if each.disposition.date else None,
                "text": each.disposition.text,
            }
            for each in verdict.settled
        ],
    }


def _truly_missing(findings: Sequence[Finding], loaded: LoadedCase) -> list[Finding]:
    """Return the findings, of the missing values only those that nobody wrote, even wrongly."""
    from salesdocs.case.problems import UNKNOWN_KEY

    if not loaded.source.tree:
        return []  # nothing is missing from a file that is no case at all
    misspelt = {_parent(each.path) for each in loaded.findings if each.rule == UNKNOWN_KEY}
    return [
        finding
        for finding in findings
        if finding.rule != "FRM-02"
        or (not _is_written(loaded, finding.path) and _parent(finding.path) not in misspelt)
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
