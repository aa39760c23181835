"""`salesdocs import`: what comes from outside, leads of a CRM or forms that were filled in.

Which of the two it is, is told by what is given: a table alone, or a form with the case it is for.
"""

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
@click.argument("file", type=click.Path(path_type=Path, readable=False), metavar="FILE")
@click.argument(
    "case", type=click.Path(path_type=Path, readable=False), metavar="[CASE]", required=False
)
@click.option("--yes", "agreed", is_flag=True, help="不再询问，直接写入 / write without asking")
@click.option("--dry-run", is_flag=True, help="只检查，不写文件 / check only, write nothing")
@click.option("--survey", default="", metavar="ID", help="问卷属于哪次调研 / survey of the sheets")
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
@click.option(
    "--duplicates", is_flag=True, help="已有的客户也导入 / also customers that are there already"
)
@library_option
@lang_option
@format_option
@click.pass_context
@reports_findings
def import_file(
    context: click.Context,
    file: Path,
    case: Path | None,
    agreed: bool,
    dry_run: bool,
    survey: str,
    output: Path,
    mapped: tuple[str, ...],
    fixed: tuple[str, ...],
    duplicates: bool,
    own: Path | None,
    lang: Language,
    form: str,
) -> None:
    """导入线索表（CSV），或把填好收回的表（Word、PDF）读回案件。

    \b
    salesdocs import 线索.csv -o 案件            每行一个第 1 阶段的案件
    salesdocs import 客户信息表.docx case.yaml   先列出要改的，同意后写入
    salesdocs import 回收问卷/ case.yaml --survey S-2026H1

    Leads: a case for each row of a CSV file from a CRM; nothing is written over, and a customer
    that has a case already is left out. Forms: what a filled-in form says, taken into its case;
    each change is shown before it is written, comments and order stay, nothing is erased. A folder
    of questionnaires fills their survey.
    """  # noqa: D301 - click's own mark for lines that it must not fill
    _refuse_mixture(context, case)
    if case is not None:
        from salesdocs.cli.returning import import_forms

        import_forms(file, case, own, lang, form, survey=survey, dry_run=dry_run, agreed=agreed)
        return
    from salesdocs.cli import leads

    data = _bytes_of(file)
    done, opening = leads.import_leads(
        data, file, output, mapped, fixed, own, dry_run=dry_run, duplicates=duplicates
    )
    if form == "json":
        print_json(leads.as_json(done, lang, dry_run=dry_run))
    else:
        leads.report(done, opening, lang, dry_run=dry_run)
    if has_errors(done.findings):
        sys.exit(FINDINGS)


def _refuse_mixture(context: click.Context, case: Path | None) -> None:
    """Raise a usage error for options of the other kind of import."""
    ours = ("output", "mapped", "fixed", "duplicates")
    theirs = ("agreed", "survey")
    for parameter in context.command.params:
        given = context.get_parameter_source(parameter.name or "") in (
            click.core.ParameterSource.COMMANDLINE,
        )
        if given and parameter.name in (ours if case is not None else theirs):
            said = Phrase(
                "只用于线索表" if case is not None else "用于收回的表，要写上案件",
                "is for leads" if case is not None else "is for forms, which need their case",
            )
            lang: Language = context.params.get("lang", "zh")
            raise click.UsageError(f"{parameter.opts[-1]} {said.text(lang)}", context)


def _bytes_of(file: Path) -> bytes:
    if file.is_dir():
        raise SalesdocsError([_needs_case(file, Phrase("这是文件夹", "this is a folder"))])
    try:
        data = file.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            message = Phrase("没有这个文件", "there is no such file")
        else:
            message = Phrase(f"读不出：{error.strerror}", f"cannot read it: {error.strerror}")
        raise SalesdocsError([Finding("error", message, "IMP-01", file=str(file))]) from error
    if data.startswith(b"%PDF"):
        raise SalesdocsError([_needs_case(file, Phrase("这是 PDF 文件", "this is a PDF"))])
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        raise SalesdocsError([_needs_case(file, Phrase("这是 Word 文件", "this is a Word file"))])
    return data


def _needs_case(file: Path, what: Phrase) -> Finding:
    message = Phrase(
        f"{what.zh}，没有写导入到哪个案件", f"{what.en}; it is not said into which case it goes"
    )
    hint = Phrase(
        f"写上案件：salesdocs import {file} case.yaml；线索表请另存为 CSV",
        f"name the case: salesdocs import {file} case.yaml; leads are imported from CSV",
    )
    return Finding("error", message, "FIL-01", file=str(file), hint=hint)
