"""`salesdocs check`: what is wrong with a case, and what its stage still needs."""

from __future__ import annotations

from pathlib import Path

import click

from salesdocs.cli.common import (
    case_argument,
    finish,
    format_option,
    lang_option,
    open_cache,
    reports_findings,
)
from salesdocs.findings import Language


@click.command()
@case_argument
@lang_option
@format_option
@reports_findings
def check(case: Path, lang: Language, form: str) -> None:
    """检查 CASE：写错的、缺少的，逐条给出位置和改法。

    Check a case: what is written wrongly and what its stage still needs. Exit code 1 when there is
    an error.
    """
    from salesdocs.cli.common import open_case
    from salesdocs.produce import Dossier

    library = open_cache().library()
    loaded = open_case(case, library)
    dossier = Dossier(loaded, library)
    stage = int(loaded.case.meta.stage or 1)
    findings = [*loaded.findings, *(finding for _, finding in dossier.missing_at(stage))]
    if not findings and form == "text":
        meta = loaded.case.meta
        name = library.stage(stage).name.text(lang)
        fine = "没有问题" if lang == "zh" else "no findings"
        click.echo(f"{meta.case_no}  {meta.title or ''}  {name}：{fine}")
    finish(findings, lang, form)
