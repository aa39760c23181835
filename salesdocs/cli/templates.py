"""`salesdocs templates`: lays out the shipped Word templates and checks any template."""

from __future__ import annotations

from pathlib import Path

import click

from salesdocs.cli.common import (
    finish,
    format_option,
    lang_option,
    open_cache,
    reports_findings,
)
from salesdocs.findings import Finding, Language


@click.group()
def templates() -> None:
    """Word 模板：生成与检查。

    Word templates: build and check.
    """


@templates.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="输出文件夹，默认写入模板库 / default: the library",
)
@reports_findings
def build(output: Path | None) -> None:
    """按版式代码重新生成随附的 Word 模板。

    Lay out the shipped templates anew; the bytes depend on the layout code and the library alone.
    """
    from salesdocs.cli.files import write_atomically
    from salesdocs.process.library import house_folder
    from salesdocs.workshop import build_all, wording_of

    folder = output or house_folder() / "docx"
    for name, data in build_all(("zh",), wording_of(open_cache().library())).items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            write_atomically(path, data)
            click.echo(str(path))


@templates.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@lang_option
@format_option
@reports_findings
def check(files: tuple[Path, ...], lang: Language, form: str) -> None:
    """检查模板 FILES（默认检查随附的全部模板），一次给出全部问题。

    Check templates: tags, paths, filters and audience, all problems at once with Word places. A
    file named `<id>.<lang>.docx` is checked as the document of that id.
    """
    from salesdocs.process.library import house_folder
    from salesdocs.word.lint import template_findings

    library = open_cache().library()
    found: list[Finding] = []
    for file in files or sorted((house_folder() / "docx").glob("*.docx")):
        found += template_findings(file.read_bytes(), str(file), library)
    finish(found, lang, form)
