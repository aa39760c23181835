"""`salesdocs form`: forms to be filled in, as PDFs on a screen or as Word files on paper."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from salesdocs.cli.common import (
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
from salesdocs.cli.files import aside, disk_access, write_atomically
from salesdocs.cli.pdfs import WrittenPdf, kept_findings, write_pdf
from salesdocs.errors import LibraryError, SalesdocsError
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.process.documents import Document
    from salesdocs.process.library import Library
    from salesdocs.produce import Dossier

_FOLDER = Path("forms")


@dataclass(frozen=True, slots=True)
class Blank:
    """A form that was made: its document, its name and bytes, its pages and fields if a PDF."""

    document: Document
    name: str
    data: bytes
    pages: int = 0
    fields: int = 0


@dataclass(slots=True)
class Forming:
    """What was made, where it was written, what was found on the way."""

    made: list[Blank] = field(default_factory=list)
    written: list[WrittenPdf] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@click.command("form")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "every", is_flag=True, help="全部表格 / every form")
@click.option(
    "--case",
    "case",
    metavar="CASE",
    type=click.Path(path_type=Path, readable=False),
    help="填入这个案件已知的内容 / with what this case knows",
)
@click.option(
    "--row",
    "row_id",
    metavar="编号",
    default="",
    help="为这一行（如回访 V-03）而不是新的一行 / for this row of the case",
)
@click.option("--word", is_flag=True, help="空白 Word 表格，打印手填 / the blank Word form")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    help="写到这个文件或文件夹，默认 forms / file or folder",
)
@library_option
@lang_option
@format_option
@reports_findings
def make_forms(
    ids: tuple[str, ...],
    every: bool,
    case: Path | None,
    row_id: str,
    word: bool,
    output: Path | None,
    own: Path | None,
    lang: Language,
    form: str,
) -> None:
    """生成可填写的 PDF 表格，填好后用 `salesdocs import` 收回案件。

    Fillable PDF forms of the kinds ID (`salesdocs list` names them); with --case what the case
    knows stands in the fields. With --word the blank Word form, to be filled in by hand.
    """
    library = open_library(own, open_cache())
    documents = _documents(library, ids, every, word)
    _check_output(output, documents, word)
    forming = Forming()
    if word:
        forming.made = [_word_form(each, library, own, lang) for each in documents]
    elif case is None:
        forming.made = list(_empty_forms(documents, library, own, lang, forming))
    else:
        dossier = open_dossier(open_case(case, library), library, own)
        forming.made = list(_case_forms(documents, dossier, own, row_id, lang, forming))
    for made in forming.made:
        target = _target(output, made.name)
        forming.written.append((_write_word if word else write_pdf)(target, made.data))
    forming.findings += kept_findings(forming.written)
    if form == "json":
        print_json(_as_json(forming, lang))
    else:
        _report(forming, lang)
        print_findings(forming.findings, lang)
    finish_quietly(forming.findings)


# ---- what is asked for ----


def _documents(library: Library, ids: Sequence[str], every: bool, word: bool) -> list[Document]:
    """Return the documents whose forms are wanted; any document has a blank Word form.

    Raises LibraryError for one that does not exist, or is no form.
    """
    forms = [document for document in library.documents if document.form]
    if every:
        return forms
    known = "、".join(f"{each.id}（{each.title.zh}）" for each in forms)
    hint = Phrase(f"可填写的有：{known}；--all 全部", f"forms: {', '.join(e.id for e in forms)}")
    if not ids:
        message = Phrase("没有写要哪种表格", "no form is named")
        raise LibraryError([Finding("error", message, "PDF-36", hint=hint)])
    wanted = [library.document(name) for name in dict.fromkeys(ids)]
    wrong = [document for document in wanted if not document.form and not word]
    if wrong:
        raise LibraryError([_no_form(document, hint) for document in wrong])
    return wanted


def _no_form(document: Document, hint: Phrase) -> Finding:
    message = Phrase(
        f"《{document.title.zh}》不是供人填写的表格",
        f"“{document.title.en}” is no form that people fill in",
    )
    return Finding("error", message, "PDF-36", document.id, hint=hint)


def _check_output(output: Path | None, documents: Sequence[Document], word: bool) -> None:
    ending = ".docx" if word else ".pdf"
    if output is None or output.suffix.lower() not in (".docx", ".pdf") or output.is_dir():
        return
    if output.suffix.lower() != ending:
        message = Phrase(f"这里写出的是 {ending} 文件", f"what is written is a {ending} file")
        raise SalesdocsError([Finding("error", message, "PDF-37", file=str(output))])
    if len(documents) > 1:
        message = Phrase("几种表格不能写进一个文件", "several forms cannot go into one file")
        hint = Phrase("-o 后面写文件夹", "give a folder with -o")
        raise SalesdocsError([Finding("error", message, "PDF-37", file=str(output), hint=hint)])


# ---- making ----


def _word_form(document: Document, library: Library, own: Path | None, lang: Language) -> Blank:
    from salesdocs.process.naming import safe_name
    from salesdocs.produce.blank import blank_form

    template = _template(document, lang, own)
    data = blank_form(document, template, library.catalogue, lang=lang).data
    title = document.title.text(lang)
    return Blank(
        document, safe_name(f"{title}{Phrase('（空白）', ' (blank)').text(lang)}") + ".docx", data
    )


def _empty_forms(
    documents: Sequence[Document],
    library: Library,
    own: Path | None,
    lang: Language,
    forming: Forming,
) -> Iterator[Blank]:
    _require(forming)
    from salesdocs.pdf.forms.make import empty_form

    for document in documents:
        made = empty_form(document, _template(document, lang, own), library, lang=lang)
        forming.findings += made.findings
        yield Blank(document, made.name, made.pdf, made.pages, made.fields)


def _case_forms(
    documents: Sequence[Document],
    dossier: Dossier,
    own: Path | None,
    row_id: str,
    lang: Language,
    forming: Forming,
) -> Iterator[Blank]:
    """Yield the forms of a case: a questionnaire as it was sent, any other with what is known."""
    _require(forming)
    from salesdocs.pdf.forms.make import answer_form, case_form
    from salesdocs.produce import produce

    case_no = str(dossier.loaded.case.meta.case_no or "")
    for document in documents:
        position = _position(document, dossier, row_id)
        if document.answers:
            papers = [
                paper
                for paper in dossier.papers(ids=[document.id], lang=lang)
                if position is None or paper.position == position
            ]
            if not papers:
                raise SalesdocsError([_nothing_sent(document)])
            template = dossier.template(document.id, lang)
            assert template is not None, "a dossier of the program knows its templates"
            product = produce(dossier, papers[-1], template, lang=lang)
            made = answer_form(product, template, dossier.catalogue, case_no)
        else:
            template_bytes = _template(document, lang, own)
            made = case_form(dossier, document, template_bytes, position=position, lang=lang)
        forming.findings += made.findings
        yield Blank(document, made.name, made.pdf, made.pages, made.fields)


def _require(forming: Forming) -> None:
    """Say what the machine lacks before anything is imported that needs it."""
    from salesdocs.pdf.machine import require

    forming.findings += require()


def _position(document: Document, dossier: Dossier, row_id: str) -> int | None:
    """Return the place of the row that is asked for; raises SalesdocsError when there is none."""
    if not row_id or not document.rows:
        return None
    rows = document.rows_of(dossier.loaded.case)
    ids = [str(getattr(row, "id", "")) for row in rows]
    if row_id in ids:
        return ids.index(row_id)
    message = Phrase(f"案件中没有编号 {row_id}", f"there is no {row_id} in the case")
    hint = Phrase(f"有：{'、'.join(ids) or '还没有'}", f"there are: {', '.join(ids) or 'none'}")
    raise SalesdocsError([Finding("error", message, "PDF-38", document.rows, hint=hint)])


def _nothing_sent(document: Document) -> Finding:
    message = Phrase(
        f"案件中还没有可以发放的《{document.title.zh}》",
        f"the case has no “{document.title.en}” to send yet",
    )
    hint = Phrase(
        f"先在 {document.rows} 中加一次，或不写 --case 生成通用的",
        f"add one to {document.rows}, or leave out --case",
    )
    return Finding("error", message, "PDF-38", document.rows, hint=hint)


def _template(document: Document, lang: Language, own: Path | None) -> bytes:
    path = template_file(document.id, lang, own)
    if not path.is_file():
        message = Phrase(f"没有 {path.name} 这个模板", f"there is no template {path.name}")
        raise LibraryError([Finding("error", message, "PDF-36", document.id)])
    return path.read_bytes()


# ---- writing ----


def _target(output: Path | None, name: str) -> Path:
    if output is None:
        return _FOLDER / name
    is_file = output.suffix.lower() in (".pdf", ".docx") and not output.is_dir()
    return output if is_file else output / name


def _write_word(path: Path, data: bytes) -> WrittenPdf:
    """Write a blank Word form; a file there that says something else is moved aside first."""
    with disk_access(path):
        there = path.read_bytes() if path.exists() else None
        if there == data:
            return WrittenPdf(path, is_new=False)
        kept = None
        if there is not None:
            kept = aside(path)
            path.replace(kept)
        write_atomically(path, data)
    return WrittenPdf(path, is_new=True, kept=kept)


def _report(forming: Forming, lang: Language) -> None:
    """Print what was made: with its fields on a terminal, one path per line in a pipe."""
    for made, written in zip(forming.made, forming.written, strict=True):
        if not sys.stdout.isatty():
            click.echo(str(written.path))
            continue
        state = Phrase("已写", "new ") if written.is_new else Phrase("未变", "same")
        size = Phrase(
            f"{made.pages} 页，{made.fields} 个填写项" if made.pages else "",
            f"{made.pages} page(s), {made.fields} field(s)" if made.pages else "",
        )
        click.echo(f"{state.text(lang)}  {written.path}  {size.text(lang)}".rstrip())


def _as_json(forming: Forming, lang: Language) -> dict[str, object]:
    return {
        "forms": [
            {
                "document": made.document.id,
                "file": str(written.path),
                "pages": made.pages or None,
                "fields": made.fields or None,
                "written": written.is_new,
                "kept": str(written.kept) if written.kept else None,
            }
            for made, written in zip(forming.made, forming.written, strict=True)
        ],
        "findings": [finding.as_dict(lang) for finding in forming.findings],
    }
