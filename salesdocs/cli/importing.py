"""`salesdocs import`: leads from a CRM."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from salesdocs.cli.common import (
    FINDINGS,
    format_option,
    lang_option,
    library_option,
    print_json,
    reports_findings,
)
from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language, Phrase, has_errors


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, readable=False), metavar="FILE.csv")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    default=Path(),
    help="放案件的文件夹，默认当前文件夹 / folder of the cases",
)
@click.option(
    "--map", "mapped", multiple=True, metavar="列名=字段", help="指明某列是什么，可多次 / a column"
)
@click.option(
    "--set",
    "fixed",
    multiple=True,
    metavar="字段=值",
    help="表里没有的，各行都用这个值 / for all rows",
)
@click.option("--dry-run", is_flag=True, help="只检查，不写文件 / check only, write nothing")
@click.option(
    "--duplicates", is_flag=True, help="已有的客户也导入 / also customers that are there already"
)
@library_option
@lang_option
@format_option
@reports_findings
def import_file(
    file: Path,
    output: Path,
    mapped: tuple[str, ...],
    fixed: tuple[str, ...],
    dry_run: bool,
    duplicates: bool,
    own: Path | None,
    lang: Language,
    form: str,
) -> None:
    """由 CRM 导出的 CSV 建立案件：每行一个第 1 阶段的案件，列名中英文都认得。

    Begin a case for each row of a CSV file from a CRM. Rows that are right are written; what is
    wrong in the others is told by row and column, all at once. Nothing is written over, and a
    customer that has a case already is told and left out.
    """
    from salesdocs.cli import leads

    done, opening = leads.import_leads(
        _bytes_of(file), file, output, mapped, fixed, own, dry_run=dry_run, duplicates=duplicates
    )
    if form == "json":
        print_json(leads.as_json(done, lang, dry_run=dry_run))
    else:
        leads.report(done, opening, lang, dry_run=dry_run)
    if has_errors(done.findings):
        sys.exit(FINDINGS)


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            message = Phrase("没有这个文件", "there is no such file")
        else:
            message = Phrase(f"读不出：{error.strerror}", f"cannot read it: {error.strerror}")
        raise SalesdocsError([Finding("error", message, "IMP-01", file=str(file))]) from error
