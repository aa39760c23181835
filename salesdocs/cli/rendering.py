"""`salesdocs render`: the Word files of a case."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from salesdocs.cli.common import (
    FINDINGS,
    case_argument,
    format_option,
    lang_option,
    open_cache,
    open_case,
    print_findings,
    print_json,
    reports_findings,
)
from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language

if TYPE_CHECKING:
    from salesdocs.cache import Cache
    from salesdocs.cli.files import Written
    from salesdocs.produce import Dossier, Paper, Product

# Fewer papers than these are done before a progress bar could be read.
_LONG_WORK = 20


@click.command()
@case_argument
@click.option("--stage", type=click.IntRange(1, 7), help="只生成这一阶段的文件 / one stage only")
@click.option(
    "--doc", "docs", multiple=True, metavar="ID", help="只生成这种文件，可多次 / one kind"
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out"),
    show_default=True,
    help="输出文件夹 / output folder",
)
@click.option("--draft", is_flag=True, help="草稿：缺项以高亮标出 / draft with marked gaps")
@lang_option
@format_option
@reports_findings
def render(
    case: Path,
    stage: int | None,
    docs: tuple[str, ...],
    output: Path,
    draft: bool,
    lang: Language,
    form: str,
) -> None:
    """由 CASE（case.yaml 或其文件夹）生成 Word 文件。

    Without --stage or --doc: every document that the case's stage has reached. Files that did not
    change are not written again; a file changed by hand is kept under another name.
    """
    from salesdocs.cli.files import write_products
    from salesdocs.produce import Dossier, with_unique_names

    cache = open_cache()
    library = cache.library()
    loaded = open_case(case, library)
    dossier = Dossier(loaded, library)
    papers = dossier.papers(stage=stage, ids=docs, lang=lang)
    products, findings = _products(dossier, papers, cache, lang, draft)
    if not papers:
        findings.append(_nothing_to_print(stage, docs, dossier))
    case_no = loaded.case.meta.case_no or ""
    written = write_products(with_unique_names(products), output, case_no) if products else []
    if form == "json":
        print_json(_as_json(written, findings, lang))
    else:
        _report(written, output, lang)
        print_findings(findings, lang)
    if any(finding.severity == "error" for finding in findings):
        sys.exit(FINDINGS)


def _products(
    dossier: Dossier, papers: Sequence[Paper], cache: Cache, lang: Language, draft: bool
) -> tuple[list[Product], list[Finding]]:
    """Return the finished papers, and why the others are not; one bad paper stops no other."""
    from salesdocs.process.library import house_folder
    from salesdocs.produce import produce

    products: list[Product] = []
    findings = list(dossier.loaded.findings)
    with _progress(papers) as steps:
        for paper in steps:
            template_file = house_folder() / "docx" / f"{paper.document.id}.{lang}.docx"
            try:
                template = cache.template(template_file)
                products.append(produce(dossier, paper, template, lang=lang, draft=draft))
            except SalesdocsError as error:
                findings += _unless_told(error.findings, findings)
    return products, findings


def _unless_told(fresh: Sequence[Finding], told: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in fresh if finding not in told]


@contextmanager
def _progress(papers: Sequence[Paper]) -> Iterator[Sequence[Paper]]:
    """Show a progress bar over long work on a terminal; stay quiet in a pipe."""
    if len(papers) < _LONG_WORK or not sys.stderr.isatty():
        yield papers
        return
    with click.progressbar(papers, file=sys.stderr, label="生成") as steps:
        yield steps  # type: ignore[misc]


def _nothing_to_print(stage: int | None, docs: Sequence[str], dossier: Dossier) -> Finding:
    from salesdocs.findings import Phrase

    reached = dossier.loaded.case.meta.stage
    wanted = "、".join(docs) or (f"第 {stage} 阶段" if stage else "该案件")
    return Finding(
        "error",
        Phrase(f"没有可生成的文件：{wanted}", "there is nothing to print"),
        "CLI-01",
        hint=Phrase(
            f"案件现在在第 {reached} 阶段；`salesdocs list` 列出每种文件的阶段和模板",
            f"the case is at stage {reached}; `salesdocs list` shows stages and templates",
        ),
    )


def _report(written: Sequence[Written], output: Path, lang: Language) -> None:
    """Print what was made: a readable tree on a terminal, one path per line in a pipe."""
    if not sys.stdout.isatty():
        for each in written:
            click.echo(str(each.path))
        return
    folder = ""
    for each in written:
        if each.product.folder != folder:
            folder = each.product.folder
            click.secho(f"{output}/{folder}", bold=True)
        state = (
            ("已写" if each.is_new else "未变")
            if lang == "zh"
            else ("new" if each.is_new else "same")
        )
        click.echo(f"  {state}  {each.product.name}")
        if each.kept is not None:
            kept = "原文件被改动过，已另存为" if lang == "zh" else "changed by hand, kept as"
            click.secho(f"        {kept} {each.kept.name}", fg="yellow")
    new = sum(each.is_new for each in written)
    summary = (
        f"共 {len(written)} 份，新写 {new} 份；清单见 {output / 'manifest.json'}"
        if lang == "zh"
        else f"{len(written)} documents, {new} written; listed in {output / 'manifest.json'}"
    )
    if written:
        click.echo(summary)


def _as_json(
    written: Sequence[Written], findings: Sequence[Finding], lang: Language
) -> dict[str, object]:
    return {
        "documents": [
            {
                "name": each.product.paper.name,
                "title": each.product.facts.title,
                "doc_no": each.product.facts.doc_no,
                "file": str(each.path),
                "written": each.is_new,
                "kept": str(each.kept) if each.kept else None,
            }
            for each in written
        ],
        "findings": [finding.as_dict(lang) for finding in findings],
    }
