"""`salesdocs templates`: lays out the shipped Word templates and checks any template."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from salesdocs.cli.common import (
    finish,
    format_option,
    lang_option,
    library_option,
    open_cache,
    open_library,
    reports_findings,
    template_file,
)
from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language, Phrase

_FINE: Final = Phrase("没有问题", "no findings")


@click.group()
def templates() -> None:
    """Word 模板：生成与检查。

    Word templates: build and check.
    """


@templates.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    help="输出文件夹，默认写入模板库 / default: the library",
)
@reports_findings
def build(output: Path | None) -> None:
    """按版式代码重新生成随附的 Word 模板。

    Lay out the shipped templates anew; the bytes depend on the layout code and the library alone.
    """
    from salesdocs.cli.files import disk_access, write_atomically
    from salesdocs.process.library import house_folder

    try:
        from salesdocs.workshop import build_all, wording_of
    except ModuleNotFoundError as error:
        raise SalesdocsError([_not_installed(str(error.name).partition(".")[0])]) from error

    folder = output or house_folder() / "docx"
    for name, data in build_all(("zh",), wording_of(open_cache().library())).items():
        path = folder / name
        with disk_access(path):
            if not path.is_file() or path.read_bytes() != data:
                write_atomically(path, data)
                click.echo(str(path))


def _not_installed(module: str) -> Finding:
    message = Phrase(f"没有安装 {module}，排版要用它", f"{module} is not installed")
    hint = Phrase(
        "运行 `pip install 'salesdocs[workshop]'`", "run `pip install 'salesdocs[workshop]'`"
    )
    return Finding("error", message, "CLI-07", hint=hint)


@templates.command()
@click.argument("document", metavar="DOC")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    default=Path("library"),
    show_default=True,
    help="公司自己的模板文件夹 / your own folder",
)
@lang_option
@reports_findings
def eject(document: str, output: Path, lang: Language) -> None:
    """取出一种文件 DOC 的模板，供在 Word 里修改。

    Copy a shipped template into a folder of your own, to be changed in Word and used with
    `render --library`.
    """
    from salesdocs.cli.files import disk_access, write_atomically

    library = open_library(None)
    found = library.document(document)
    if lang not in library.languages(found.id):
        raise SalesdocsError([_no_template(found.title, lang)])
    source = template_file(found.id, lang, None)
    target = output / "docx" / source.name
    with disk_access(target):
        if target.exists():
            raise SalesdocsError([_is_there(target)])
        write_atomically(target, source.read_bytes())
    click.echo(str(target))
    said = Phrase(
        f"改好后：salesdocs templates check {target}，salesdocs render CASE --library {output}",
        f"then: salesdocs templates check {target}, salesdocs render CASE --library {output}",
    )
    click.echo(said.text(lang), err=True)


def _no_template(title: Phrase, lang: Language) -> Finding:
    message = Phrase(
        f"《{title.zh}》还没有{'中文' if lang == 'zh' else '英文'} Word 模板",
        f"“{title.en}” has no {'Chinese' if lang == 'zh' else 'English'} Word template yet",
    )
    hint = Phrase("`salesdocs list` 列出现有模板", "`salesdocs list` shows which there are")
    return Finding("error", message, "CLI-01", hint=hint)


def _is_there(target: Path) -> Finding:
    message = Phrase("已经有这个模板，不覆盖它", "the template is there and is not written over")
    hint = Phrase("移走它，或用 -o 换一个文件夹", "move it away, or choose another folder with -o")
    return Finding("error", message, "CLI-05", file=str(target), hint=hint)


@templates.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, readable=False))
@library_option
@lang_option
@format_option
@reports_findings
def check(files: tuple[Path, ...], own: Path | None, lang: Language, form: str) -> None:
    """检查模板 FILES（默认检查随附的全部模板），一次给出全部问题。

    Check templates: tags, paths, filters and audience, all problems at once with Word places. A
    file named `<id>.<lang>.docx` is checked as the document of that id.
    """
    from salesdocs.word.lint import template_findings

    library = open_library(own)
    found: list[Finding] = []
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


def _unreadable(file: Path, error: OSError) -> Finding:
    if isinstance(error, FileNotFoundError):
        message = Phrase("没有这个文件", "there is no such file")
    else:
        reason = error.strerror or str(error)
        message = Phrase(f"读不出这个文件：{reason}", f"cannot read it: {reason}")
    return Finding("error", message, "TPL-01", file=str(file))
