"""`salesdocs templates`: lists, compares, lays out, takes out and checks Word templates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from salesdocs.cli.common import (
    finish,
    finish_quietly,
    format_option,
    lang_option,
    library_option,
    open_library,
    print_findings,
    reports_findings,
    shipped_digest,
    template_file,
)
from salesdocs.cli.comparing import diff, list_templates
from salesdocs.errors import LibraryError, SalesdocsError
from salesdocs.findings import NOTHING, Finding, Language, Phrase, Severity

if TYPE_CHECKING:
    from salesdocs.process.documents import Document
    from salesdocs.process.library import Library

_FINE: Final = Phrase("没有问题", "no findings")


@click.group()
def templates() -> None:
    """Word 模板：一览、对照、生成、取出与检查。

    Word templates: list, compare, build, take out and check.
    """


templates.add_command(list_templates)
templates.add_command(diff)


@templates.command()
@click.argument("documents", metavar="[DOC]...", nargs=-1)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    help="输出文件夹，默认为模板库的 docx / default: docx of the library",
)
@library_option
@lang_option
@reports_findings
def build(
    documents: tuple[str, ...], output: Path | None, own: Path | None, lang: Language
) -> None:
    """按版式生成 Word 模板，不写 DOC 就是全部；有 --library 就用公司自己的信头、用语和条款。

    Lay out templates anew, those of DOC or all. With --library they wear the letterhead of its
    house.yaml, say what its documents, fields and clauses say, and are written into its docx
    folder, but not over a template that was changed in Word. Without it: the shipped ones.
    """
    from salesdocs.cli.files import disk_access, write_atomically
    from salesdocs.process.letterhead import PLAIN, house_digest, read_letterhead
    from salesdocs.process.library import house_folder
    from salesdocs.word.origin import was_edited, with_origin

    try:
        from salesdocs.workshop import build_all, document_ids, wording_of
    except ModuleNotFoundError as error:
        raise SalesdocsError([_not_installed(str(error.name).partition(".")[0])]) from error

    library = open_library(own)
    chosen = [library.document(each) for each in dict.fromkeys(documents)]
    bare = [_no_layout(each) for each in chosen if each.id not in document_ids()]
    if bare:
        raise SalesdocsError(bare)
    ids = [each.id for each in chosen]
    letterhead, findings = read_letterhead(own) if own else (PLAIN, [])
    house = house_digest(own, letterhead) if own else ""
    folder = output or (own or house_folder()) / "docx"
    kept: list[Path] = []
    for name, data in build_all(("zh",), wording_of(library), letterhead, ids):
        path = folder / name
        made = with_origin(data, shipped_digest(name), house) if own else data
        with disk_access(path):
            there = path.read_bytes() if path.is_file() else None
            if there == made:
                continue
            if own and there is not None and was_edited(there):
                kept.append(path)
                continue
            write_atomically(path, made)
        click.echo(str(path))
    print_findings([*findings, *_were_edited(kept)], lang)
    if own:
        said = Phrase(
            f"检查：salesdocs templates check --library {own}",
            f"check them: salesdocs templates check --library {own}",
        )
        click.echo(said.text(lang), err=True)
    finish_quietly(findings)


def _no_layout(document: Document) -> Finding:
    message = Phrase(
        f"程序里没有《{document.title.zh}》（{document.id}）的版式，不能生成",
        f"the program has no layout of “{document.title.en}” ({document.id})",
    )
    hint = Phrase(
        f"在 Word 里做好模板，存为 docx/{document.id}.zh.docx",
        f"make the template in Word and save it as docx/{document.id}.zh.docx",
    )
    return Finding("error", message, "CLI-01", hint=hint)


def _were_edited(kept: Sequence[Path]) -> list[Finding]:
    """Return a warning for each template that was kept, the last one with what to do."""
    message = Phrase(
        "这个模板在 Word 里改过，保留原样，没有重新生成",
        "this template was changed in Word; it is kept and was not built",
    )
    hint = Phrase(
        "要用新版式：先移走它，生成后用 `salesdocs templates diff` 对照，把改动补上",
        "for the new layout move it away and build; `salesdocs templates diff` shows the changes",
    )
    return [
        Finding(
            "warning", message, "CLI-05", file=str(path), hint=hint if path == kept[-1] else NOTHING
        )
        for path in kept
    ]


def _not_installed(module: str) -> Finding:
    message = Phrase(f"没有安装 {module}，排版要用它", f"{module} is not installed")
    hint = Phrase(
        "运行 `pip install 'salesdocs[workshop]'`", "run `pip install 'salesdocs[workshop]'`"
    )
    return Finding("error", message, "CLI-07", hint=hint)


@templates.command()
@click.argument("documents", metavar="DOC...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="取出全部 / every one there is")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    help="公司自己的模板文件夹，默认 --library，再默认 library / your own folder",
)
@library_option
@lang_option
@reports_findings
def eject(
    documents: tuple[str, ...],
    every: bool,
    output: Path | None,
    own: Path | None,
    lang: Language,
) -> None:
    """取出若干种文件 DOC 的随附模板（--all 取出全部），供在 Word 里修改。

    Copy shipped templates into a folder of your own, to be changed in Word and used with
    --library. What is there already is never written over.
    """
    from salesdocs.cli.files import disk_access, write_atomically
    from salesdocs.word.origin import with_origin

    if not documents and not every:
        raise click.MissingParameter(ctx=click.get_current_context(), param=_documents_argument())
    folder = output or own or Path("library")
    library = open_library(own if own is not None and own.is_dir() else None)
    chosen = [library.document(each) for each in dict.fromkeys(documents)]
    if every:
        chosen = [
            each for each in library.documents if template_file(each.id, lang, None).is_file()
        ]
    findings: list[Finding] = []
    for document in chosen:
        source = template_file(document.id, lang, None)
        target = folder / "docx" / source.name
        if not source.is_file():
            findings.append(_no_template(document.title, lang))
            continue
        with disk_access(target):
            if target.exists():
                findings.append(_is_there(target, "note" if every else "error"))
                continue
            write_atomically(target, with_origin(source.read_bytes(), shipped_digest(source.name)))
        click.echo(str(target))
    print_findings(findings, lang)
    said = Phrase(
        f"改好后：salesdocs templates check --library {folder}，"
        f"salesdocs render CASE --library {folder}",
        f"then: salesdocs templates check --library {folder}, "
        f"salesdocs render CASE --library {folder}",
    )
    click.echo(said.text(lang), err=True)
    finish_quietly(findings)


def _documents_argument() -> click.Parameter:
    return next(each for each in eject.params if each.name == "documents")


def _no_template(title: Phrase, lang: Language) -> Finding:
    message = Phrase(
        f"《{title.zh}》还没有{'中文' if lang == 'zh' else '英文'} Word 模板",
        f"“{title.en}” has no {'Chinese' if lang == 'zh' else 'English'} Word template yet",
    )
    hint = Phrase("`salesdocs list` 列出现有模板", "`salesdocs list` shows which there are")
    return Finding("error", message, "CLI-01", hint=hint)


def _is_there(target: Path, severity: Severity) -> Finding:
    message = Phrase("已经有这个模板，不覆盖它", "the template is there and is not written over")
    hint = Phrase("移走它，或用 -o 换一个文件夹", "move it away, or choose another folder with -o")
    return Finding(severity, message, "CLI-05", file=str(target), hint=hint)


@templates.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, readable=False))
@library_option
@lang_option
@format_option
@reports_findings
def check(files: tuple[Path, ...], own: Path | None, lang: Language, form: str) -> None:
    """检查模板 FILES（默认检查正在使用的全部模板），一次给出全部问题。

    Check templates: tags, paths, filters and audience, all problems at once with Word places. A
    file named `<id>.<lang>.docx` is checked as the document of that id. Without FILES: all
    templates in use, and of --library its letterhead and the files that nothing reads.
    """
    from salesdocs.word.lint import template_findings

    library = open_library(own)
    found = [] if own is None or files else _of_library(own, library)
    chosen = files or [
        template_file(document.id, language, own)
        for document in library.documents
        for language in library.languages(document.id)
    ]
    for file in chosen:
        try:
            found += template_findings(file.read_bytes(), str(file), library)
        except OSError as error:
            found.append(_unreadable(file, error))
    count = Phrase(f"{len(found)} 处问题", f"{len(found)} finding(s)") if found else _FINE
    head = Phrase(f"{len(chosen)} 个模板", f"{len(chosen)} template(s)")
    verdict = Phrase(f"{head.zh}：{count.zh}", f"{head.en}: {count.en}")
    finish(found, lang, form, verdict)


def _of_library(own: Path, library: Library) -> list[Finding]:
    """Return what is wrong with a company's folder besides its templates."""
    from salesdocs.process.letterhead import read_letterhead
    from salesdocs.process.library import stray_files

    try:
        _, findings = read_letterhead(own)
    except LibraryError as error:
        findings = error.findings
    return [*findings, *stray_files(own, library)]


def _unreadable(file: Path, error: OSError) -> Finding:
    if isinstance(error, FileNotFoundError):
        message = Phrase("没有这个文件", "there is no such file")
    else:
        reason = error.strerror or str(error)
        message = Phrase(f"读不出这个文件：{reason}", f"cannot read it: {reason}")
    return Finding("error", message, "TPL-01", file=str(file))
