"""`salesdocs render`: the Word files of a case."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from salesdocs.cli.beside import Beside, Besides, outdated, write_beside
from salesdocs.cli.common import (
    FINDINGS,
    case_argument,
    format_option,
    lang_option,
    library_option,
    open_cache,
    open_case,
    open_dossier,
    open_library,
    output_option,
    print_findings,
    print_json,
    reports_findings,
    template_file,
)
from salesdocs.cli.pdfs import jobs_option
from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.cache import Cache
    from salesdocs.cli.files import Written
    from salesdocs.produce import Dossier, Paper, Product

# Fewer papers than these are done before a progress bar could be read.
_LONG_WORK = 20
_MOST_PATHS = 4


@dataclass(frozen=True, slots=True)
class Refused:
    """A paper that was not made, what is wrong with it, and the file of an earlier run."""

    paper: Paper
    findings: Sequence[Finding]
    before: Path | None = None

    def title(self, lang: Language) -> str:
        """Return the title, with the id of the row where there is one for each row."""
        row_id = self.paper.name.partition("/")[2]
        return f"{self.paper.document.title.text(lang)}{f' {row_id}' if row_id else ''}"


@dataclass(slots=True)
class Outcome:
    """What became of all that was asked for."""

    products: list[Product] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    waiting: list[Paper] = field(default_factory=list)
    pdfs: Besides = field(default_factory=Besides)
    findings: list[Finding] = field(default_factory=list)


@click.command()
@case_argument
@click.option("--stage", type=click.IntRange(1, 7), help="只生成这一阶段的文件 / one stage only")
@click.option(
    "--doc", "docs", multiple=True, metavar="ID", help="只生成这种文件，可多次 / one kind"
)
@output_option
@click.option("--draft", is_flag=True, help="草稿：缺项以高亮标出 / draft with marked gaps")
@click.option("--pdf", "to_pdf", is_flag=True, help="同时印成 PDF，放在旁边 / PDFs beside them")
@click.option(
    "--archive", is_flag=True, help="PDF 为存档副本（PDF/A-3），内附案件数据 / with the case inside"
)
@jobs_option
@library_option
@lang_option
@format_option
@reports_findings
def render(
    case: Path,
    stage: int | None,
    docs: tuple[str, ...],
    output: Path,
    draft: bool,
    to_pdf: bool,
    archive: bool,
    jobs: int | None,
    own: Path | None,
    lang: Language,
    form: str,
) -> None:
    """由 CASE（case.yaml 或其文件夹）生成 Word 文件，加 --pdf 同时印成 PDF。

    Without --stage or --doc: every document that the case's stage has reached. Files that did not
    change are not written again; a file changed by hand is kept under another name.
    """
    from salesdocs.cli.absent import absent
    from salesdocs.cli.files import files_of_before, write_products
    from salesdocs.produce import with_unique_names

    cache = open_cache()
    library = open_library(own, cache)
    dossier = open_dossier(open_case(case, library), library, own, cache)
    papers = dossier.papers(stage=stage, ids=docs, lang=lang)
    templates = {paper.document.id: template_file(paper.document.id, lang, own) for paper in papers}
    early = [] if docs or draft else early_papers(dossier, papers)
    due = [paper for paper in papers if paper not in early]
    outcome = make_papers(dossier, due, templates, cache, lang, draft)
    outcome.waiting = early
    outcome.findings += absent(dossier, papers, stage, docs, lang)
    case_no = dossier.loaded.case.meta.case_no or ""
    if outcome.refused:
        before = files_of_before(output, case_no)
        outcome.refused = [
            replace(each, before=before.get(each.paper.name)) for each in outcome.refused
        ]
    if outcome.products:
        products = with_unique_names(outcome.products)
        outcome.written, unwritten = write_products(products, output, case_no)
        outcome.findings += unwritten
    if to_pdf or archive:
        outcome.pdfs = write_beside(
            outcome.written, dossier, output, cache, archive=archive, workers=jobs, lang=lang
        )
        outcome.findings += outcome.pdfs.findings
    else:
        outcome.findings += outdated(outcome.written)
    if form == "json":
        print_json(_as_json(outcome, lang))
    else:
        _report(outcome, output, lang)
        print_findings(outcome.findings, lang)
        print_findings(summaries(outcome.refused, lang, draft), lang)
        print_findings(waiting_note(outcome.waiting), lang)
    if any(finding.severity == "error" for finding in outcome.findings):
        sys.exit(FINDINGS)


def early_papers(dossier: Dossier, papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers of the stage under way that nobody has come to yet."""
    return [
        paper
        for paper in papers
        if paper.document.stage == dossier.stage and not dossier.is_begun(paper)
    ]


def waiting_note(papers: Sequence[Paper]) -> list[Finding]:
    """Return a note that names the papers for which it is too early."""
    if not papers:
        return []
    zh = "".join(f"《{paper.document.title.zh}》" for paper in papers)
    en = ", ".join(paper.document.title.en for paper in papers)
    message = Phrase(
        f"还没到出的时候，没有生成：{zh}", f"too early for these, they were not written: {en}"
    )
    hint = Phrase(
        "`salesdocs show 标识` 说明它要填什么；要空白草稿可加 --draft",
        "`salesdocs show ID` says what it needs; --draft prints it with gaps",
    )
    return [Finding("note", message, "CLI-20", hint=hint)]


def make_papers(
    dossier: Dossier,
    papers: Sequence[Paper],
    templates: Mapping[str, Path],
    cache: Cache,
    lang: Language,
    draft: bool,
) -> Outcome:
    """Return the finished papers, and why the others are not; one bad paper stops no other."""
    from salesdocs.produce import produce

    outcome = Outcome(findings=list(dossier.loaded.findings))
    with _progress(papers, lang) as steps:
        for paper in steps:
            try:
                template = cache.template(templates[paper.document.id])
                product = produce(dossier, paper, template, lang=lang, draft=draft)
                outcome.products.append(product)
                outcome.findings += [gap for gap in product.gaps if gap not in outcome.findings]
            except SalesdocsError as error:
                found = _with_folder(error.findings, templates[paper.document.id])
                outcome.refused.append(Refused(paper, found))
    told = {finding: None for refused in outcome.refused for finding in refused.findings}
    fresh = [finding for finding in told if finding not in outcome.findings]
    outcome.findings += sorted(fresh, key=lambda each: (each.file, each.line, each.column))
    return outcome


def _with_folder(findings: Sequence[Finding], template: Path) -> list[Finding]:
    """Return the findings, those in the template with its folder: it may be the company's own."""
    return [
        replace(finding, file=str(template)) if finding.file == template.name else finding
        for finding in findings
    ]


@contextmanager
def _progress(papers: Sequence[Paper], lang: Language) -> Iterator[Iterable[Paper]]:
    """Show a progress bar over long work on a terminal; stay quiet in a pipe."""
    if len(papers) < _LONG_WORK or not sys.stderr.isatty():
        yield papers
        return
    from rich.console import Console
    from rich.progress import track

    label = Phrase("生成", "rendering").text(lang)
    yield track(papers, label, console=Console(stderr=True), transient=True)


def summaries(refused: Sequence[Refused], lang: Language, draft: bool) -> list[Finding]:
    """Return a note for each paper that was not made, the last one with what to do."""
    notes = [_summary(each, lang) for each in refused]
    is_missing = any(finding.rule == "FRM-02" for each in refused for finding in each.findings)
    if notes and is_missing and not draft:
        hint = Phrase(
            "补全后再生成；急用可加 --draft 先出草稿，缺项以黄色标出",
            "fill them in and render again; --draft prints a draft with the gaps marked",
        )
        notes[-1] = Finding("note", notes[-1].message, notes[-1].rule, hint=hint)
    return notes


def _summary(refused: Refused, lang: Language) -> Finding:
    title, count = refused.title(lang), len(refused.findings)
    if all(finding.rule == "FRM-02" for finding in refused.findings):
        paths = [finding.path for finding in refused.findings]
        more_zh, more_en = (" 等", ", …") if len(paths) > _MOST_PATHS else ("", "")
        zh, en = "、".join(paths[:_MOST_PATHS]), ", ".join(paths[:_MOST_PATHS])
        said = Phrase(
            f"《{title}》未生成：缺 {count} 项（{zh}{more_zh}）",
            f"“{title}” was not written: {count} missing ({en}{more_en})",
        )
    else:
        said = Phrase(
            f"《{title}》未生成：{count} 处问题，见上",
            f"“{title}” was not written: {count} problem(s), see above",
        )
    if refused.before is not None:
        old = refused.before.name
        said = Phrase(
            f"{said.zh}；上次生成的 {old} 还在，内容可能已经过时",
            f"{said.en}; {old} of an earlier run is still there and may be out of date",
        )
    return Finding("note", said, "CLI-03")


def _report(outcome: Outcome, output: Path, lang: Language) -> None:
    """Print what was made: a readable tree on a terminal, one path per line in a pipe."""
    written, pdfs = outcome.written, outcome.pdfs.made
    if not sys.stdout.isatty():
        for each in written:
            click.echo(str(each.path))
            if each.path in pdfs:
                click.echo(str(pdfs[each.path].written.path))
        _print_kept(written, lang)
        return
    folder = ""
    for each in written:
        if each.product.folder != folder:
            folder = each.product.folder
            click.secho(str(output / folder), bold=True)
        state = Phrase("已写", "new ") if each.is_new else Phrase("未变", "same")
        click.echo(f"  {state.text(lang)}  {each.product.name}")
        if each.path in pdfs:
            click.echo(f"        {_pdf_line(pdfs[each.path]).text(lang)}")
    new = sum(each.is_new for each in written)
    manifest = output / "manifest.json"
    summary = Phrase(
        f"共 {len(written)} 份，新写 {new} 份；清单见 {manifest}",
        f"{len(written)} documents, {new} written; listed in {manifest}",
    )
    if written:
        click.echo(summary.text(lang))
    _print_kept(written, lang)


def _pdf_line(beside: Beside) -> Phrase:
    """Return what is said of a PDF below the line of its Word file."""
    pages, is_new = beside.pages, beside.written.is_new
    return Phrase(
        f"PDF {pages} 页{'' if is_new else '，未变'}",
        f"PDF, {pages} page(s){'' if is_new else ', same'}",
    )


def _print_kept(written: Sequence[Written], lang: Language) -> None:
    """Say where handwork went; nobody looks for it otherwise."""
    said = Phrase("原文件被改动过，已另存为", "it was changed by hand; that file is now")
    kept = [
        Finding("note", Phrase(*(f"{text} {each.kept.name}" for text in said)), "CLI-06",
                file=str(each.path))
        for each in written
        if each.kept is not None
    ]  # fmt: skip
    print_findings(kept, lang)


def _as_json(outcome: Outcome, lang: Language) -> dict[str, object]:
    return {
        "documents": [
            {
                "name": each.product.paper.name,
                "title": each.product.facts.title,
                "doc_no": each.product.facts.doc_no,
                "file": str(each.path),
                "written": each.is_new,
                "kept": str(each.kept) if each.kept else None,
                **_pdf_as_json(outcome.pdfs.made.get(each.path)),
            }
            for each in outcome.written
        ],
        "refused": [
            {
                "name": each.paper.name,
                "title": each.paper.document.title.text(lang),
                "reason": _summary(each, lang).message.text(lang),
                "paths": [finding.path for finding in each.findings],
                "before": str(each.before) if each.before else None,
            }
            for each in outcome.refused
        ],
        "waiting": [paper.name for paper in outcome.waiting],
        "findings": [finding.as_dict(lang) for finding in outcome.findings],
    }


def _pdf_as_json(beside: Beside | None) -> dict[str, object]:
    if beside is None:
        return {}
    written = beside.written
    return {
        "pdf": str(written.path),
        "pdf_pages": beside.pages,
        "pdf_written": written.is_new,
        "pdf_kept": str(written.kept) if written.kept else None,
    }
