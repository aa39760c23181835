"""`salesdocs pack`: papers of a case bound into one PDF."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from salesdocs.cli.binding import Packing, bind_papers, target_of
from salesdocs.cli.common import (
    case_argument,
    finish_quietly,
    format_option,
    lang_option,
    library_option,
    open_cache,
    open_case,
    open_dossier,
    open_library,
    print_findings,
    print_json,
    reports_findings,
    template_file,
)
from salesdocs.cli.pdfs import (
    WrittenPdf,
    check_stamp,
    jobs_option,
    kept_findings,
    stamp_option,
    write_pdf,
)
from salesdocs.cli.rendering import early_papers, make_papers, summaries, waiting_note
from salesdocs.cli.settings import SettledOption
from salesdocs.cli.tables import print_table
from salesdocs.findings import Finding, Language, Phrase, has_errors

if TYPE_CHECKING:
    from salesdocs.pdf.pack import Pack
    from salesdocs.produce import Paper

Reader = Literal["customer", "signing"]

_TITLES: Final = {
    "customer": Phrase("项目文件", "Project documents"),
    "signing": Phrase("签约文件", "Documents to be signed"),
    "archive": Phrase("项目档案", "Project archive"),
    "": Phrase("项目文件汇编", "Collected project documents"),
}
_SIGNED: Final = "contract"
_HEAD: Final = {
    "page": Phrase("页码", "Page"),
    "doc_no": Phrase("文件编号", "Document no."),
    "title": Phrase("文件名称", "Title"),
    "version": Phrase("版本", "Version"),
    "date": Phrase("日期", "Date"),
}


@click.command()
@case_argument
@click.option("--stage", type=click.IntRange(1, 7), help="只装这一阶段的文件 / one stage only")
@click.option("--doc", "docs", multiple=True, metavar="ID", help="只装这种文件，可多次 / one kind")
@click.option(
    "--for",
    "reader",
    type=click.Choice(["customer", "signing"]),
    help="customer 只装给客户的文件；signing 只装签约会上要签的 / whom it is for",
)
@click.option(
    "-o",
    "--output",
    cls=SettledOption,
    setting="output",
    type=click.Path(path_type=Path, readable=False),
    default=Path("out"),
    show_default=True,
    help="写到这个 .pdf，或这个文件夹 / file or folder",
)
@stamp_option
@click.option(
    "--archive",
    is_flag=True,
    help="存档副本（PDF/A-3），内附案件数据和 Word 文件 / with case and Word files inside",
)
@click.option("--draft", is_flag=True, help="草稿：缺项以高亮标出 / draft with marked gaps")
@jobs_option
@library_option
@lang_option
@format_option
@reports_findings
def pack(
    case: Path,
    stage: int | None,
    docs: tuple[str, ...],
    reader: Reader | None,
    output: Path,
    stamp: str,
    archive: bool,
    draft: bool,
    jobs: int | None,
    own: Path | None,
    lang: Language,
    form: str,
) -> None:
    """把 CASE 的文件装订成一个 PDF：封面、目录、书签、连续页码。

    Bind the papers of a case into one PDF. -o takes a .pdf or a folder. Nothing is written while
    one of the papers may not be issued.
    """
    from salesdocs.cli.absent import absent
    from salesdocs.produce import with_unique_names

    check_stamp(stamp)
    cache = open_cache()
    library = open_library(own, cache)
    dossier = open_dossier(open_case(case, library), library, own, cache)
    if reader == "signing" and stage is None and not docs:
        stage = library.document(_SIGNED).stage
    asked = dossier.papers(stage=stage, ids=docs, lang=lang)
    packing = Packing(
        dossier, _TITLES[reader or ("archive" if archive else "")], stage, draft, lang
    )
    packing.findings += absent(dossier, asked, stage, docs, lang)
    papers = [paper for paper in asked if _is_for(paper, reader)]
    if docs:
        packing.findings += [_not_for(paper) for paper in asked if paper not in papers]
    packing.waiting = [] if docs or draft else early_papers(dossier, papers)
    due = [paper for paper in papers if paper not in packing.waiting]
    due.sort(key=lambda paper: paper.document.stage)  # as the deal went
    templates = {paper.document.id: template_file(paper.document.id, lang, own) for paper in due}
    made = make_papers(dossier, due, templates, cache, lang, draft)
    packing.products, packing.refused = with_unique_names(made.products), made.refused
    packing.findings += [each for each in made.findings if each not in packing.findings]
    if not due and not has_errors(packing.findings):
        packing.findings.append(_nothing(packing))
    bound = written = None
    if not has_errors(packing.findings):
        bound = bind_papers(packing, cache, own, stamp=stamp, archive=archive, workers=jobs)
    if bound is not None:
        written = write_pdf(target_of(packing, output), bound.pdf)
        packing.findings += kept_findings([written])
    if form == "json":
        print_json(_as_json(packing, bound, written))
    else:
        _report(packing, bound, written)
    finish_quietly(packing.findings)


def _is_for(paper: Paper, reader: Reader | None) -> bool:
    """Return whether a paper belongs to what the reader gets."""
    document = paper.document
    is_signed = bool(document.signatures) or {document.seals.ours, document.seals.customer} != {
        "none"
    }
    if reader == "signing":
        return document.audience == "customer" and is_signed
    return reader is None or document.audience == "customer"


def _not_for(paper: Paper) -> Finding:
    """Return that a paper somebody named may not go into a pack for the customer."""
    title = paper.document.title
    message = Phrase(
        f"《{title.zh}》不是给客户的文件，不能装进这一册",
        f"“{title.en}” is no document for customers and cannot be in this pack",
    )
    return Finding("error", message, "PDF-42", hint=Phrase("去掉 --for", "leave --for out"))


def _nothing(packing: Packing) -> Finding:
    message = Phrase("没有可装订的文件", "there is nothing to bind")
    if packing.waiting:
        hint = Phrase("加 --draft 可先出草稿", "--draft binds drafts")
        return Finding("error", message, "PDF-42", hint=hint)
    hint = Phrase("`salesdocs list` 列出每种文件的阶段", "`salesdocs list` shows the stage of each")
    return Finding("error", message, "PDF-42", hint=hint)


def _report(packing: Packing, bound: Pack | None, written: WrittenPdf | None) -> None:
    """Print where the pack is, with its contents on a terminal, and all that was found."""
    lang = packing.lang
    if bound is not None and written is not None and sys.stdout.isatty():
        head = [_HEAD[key].text(lang) for key in ("page", "doc_no", "title", "version", "date")]
        rows = [
            [str(each.page), each.doc_no, each.title, each.version, each.date]
            for each in bound.entries
        ]
        print_table(head, rows)
        state = Phrase("已写", "written:") if written.is_new else Phrase("未变", "same:")
        count = Phrase(
            f"{len(rows)} 份，共 {bound.pages} 页", f"{len(rows)} papers, {bound.pages} pages"
        )
        click.echo(f"{state.text(lang)}  {written.path}  {count.text(lang)}")
    elif written is not None:
        click.echo(str(written.path))
    print_findings(packing.findings, lang)
    print_findings(summaries(packing.refused, lang, packing.draft), lang)
    print_findings(waiting_note(packing.waiting), lang)
    if packing.refused:
        message = Phrase(
            f"{len(packing.refused)} 份文件不能出，没有装订",
            f"{len(packing.refused)} paper(s) may not be issued, nothing was bound",
        )
        print_findings([Finding("note", message, "PDF-42")], lang)


def _as_json(packing: Packing, bound: Pack | None, written: WrittenPdf | None) -> dict[str, object]:
    lang = packing.lang
    return {
        "pdf": str(written.path) if written else None,
        "pages": bound.pages if bound else 0,
        "written": bool(written and written.is_new),
        "kept": str(written.kept) if written and written.kept else None,
        "documents": [
            {
                "name": product.paper.name,
                "title": entry.title,
                "doc_no": entry.doc_no,
                "page": entry.page,
            }
            for product, entry in zip(packing.products, bound.entries, strict=True)
        ]
        if bound
        else [],
        "refused": [each.paper.name for each in packing.refused],
        "waiting": [paper.name for paper in packing.waiting],
        "findings": [finding.as_dict(lang) for finding in packing.findings],
    }
