"""`salesdocs preview`: pictures of pages, with a list of them, for a site or a message."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from salesdocs.cli.common import (
    finish_quietly,
    format_option,
    lang_option,
    open_cache,
    print_findings,
    print_json,
    reports_findings,
)
from salesdocs.cli.files import disk_access, read_file, write_atomically
from salesdocs.cli.pdfs import engine_option, jobs_option, print_jobs
from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.cache import Cache
    from salesdocs.pdf.batch import Engine
    from salesdocs.pdf.preview import PagePicture

LIST: Final = "pictures.json"
_SCHEMA: Final = "salesdocs/pictures@1"


@click.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path, readable=False),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    default=Path("preview"),
    show_default=True,
    help="图片写到这个文件夹 / folder",
)
@click.option(
    "--width",
    type=click.IntRange(100, 3000),
    default=700,
    show_default=True,
    help="图片宽度，像素 / pixels",
)
@click.option("--pages", type=click.IntRange(1), help="只要前几页 / first pages only")
@engine_option
@jobs_option
@lang_option
@format_option
@reports_findings
def preview(
    files: tuple[Path, ...],
    output: Path,
    width: int,
    pages: int | None,
    engine: Engine,
    jobs: int | None,
    lang: Language,
    form: str,
) -> None:
    """把 Word 文件或 PDF 的每一页存成小图（PNG），附清单 pictures.json。

    Write a small picture of each page of Word files and PDFs, and a list of them.
    """
    cache = open_cache()
    findings: list[Finding] = []
    pdfs = _pdfs(files, cache, engine, jobs, lang, findings)
    documents: list[dict[str, Any]] = []
    for name, (file, document, pdf) in zip(_names(list(pdfs)), pdfs.values(), strict=True):
        try:
            made = remembered_pictures(pdf, cache, width, pages, str(file))
            documents.append(_write(output, name, document or file.stem, made))
        except SalesdocsError as error:
            findings += error.findings
    if documents:
        listed = {"schema": _SCHEMA, "documents": documents}
        text = json.dumps(listed, ensure_ascii=False, indent=2)
        with disk_access(output / LIST):
            write_atomically(output / LIST, f"{text}\n".encode())
    if form == "json":
        print_json(
            {"documents": documents, "findings": [finding.as_dict(lang) for finding in findings]}
        )
    else:
        for each in documents:
            for picture in each["pictures"]:
                click.echo(str(output / picture["file"]))
        print_findings(findings, lang)
    finish_quietly(findings)


def remembered_pictures(
    pdf: bytes, cache: Cache, width: int, most: int | None = None, file: str = ""
) -> list[PagePicture]:
    """Return pictures of the pages, drawn anew only when the PDF has changed."""
    from salesdocs.pdf.preview import PagePicture, pictures

    content = [pdf, f"{width} {most}".encode()]
    known = cache.remembered("pictures", file, content)
    if known is not None:
        return [PagePicture(*each) for each in known]
    made = pictures(pdf, width, most=most, file=file)
    plain = [(each.png, each.width, each.height, each.page, each.pages) for each in made]
    cache.remember("pictures", file, content, plain)
    return made


def _pdfs(
    files: Sequence[Path],
    cache: Cache,
    engine: Engine,
    workers: int | None,
    lang: Language,
    findings: list[Finding],
) -> dict[Path, tuple[Path, str, bytes]]:
    """Return each file with the id of its document, where it has one, and its PDF."""
    from salesdocs.pdf.batch import Job
    from salesdocs.word.seal import seal_of

    found: dict[Path, tuple[Path, str, bytes]] = {}
    jobs: dict[Path, Job] = {}
    for file in dict.fromkeys(files):
        try:
            data = read_file(file)
            if file.suffix.lower() == ".pdf" or data.startswith(b"%PDF-"):
                found[file] = (file, "", data)
            else:
                document = seal_of(data, str(file)).get("document", "")
                found[file] = (file, document.rpartition(".")[0], b"")
                jobs[file] = Job(data, str(file))
        except SalesdocsError as error:
            findings += error.findings
    names = [str(file.absolute()) for file in jobs]
    printed = print_jobs(
        list(jobs.values()), names, cache, engine=engine, workers=workers, lang=lang
    )
    for file, done in zip(jobs, printed, strict=True):
        findings += done.findings
        found[file] = (*found[file][:2], done.pdf)
    return {file: each for file, each in found.items() if each[2]}


def _names(files: Sequence[Path]) -> list[str]:
    """Return what the pictures of each file are called, no two alike."""
    from salesdocs.process.naming import unique_names

    return [
        name.removesuffix(".png") for name in unique_names(f"{file.stem}.png" for file in files)
    ]


def _write(
    folder: Path, name: str, document: str, pictures: Sequence[PagePicture]
) -> dict[str, Any]:
    """Write the pictures of a document; return its entry of the list."""
    entries = []
    for each in pictures:
        path = folder / f"{name}-{each.page}.png"
        with disk_access(path):
            if not path.is_file() or path.read_bytes() != each.png:
                write_atomically(path, each.png)
        alt = Phrase(
            f"{name}，第 {each.page} 页，共 {each.pages} 页",
            f"{name}, page {each.page} of {each.pages}",
        )
        entries.append(
            {
                "file": path.name,
                "page": each.page,
                "width": each.width,
                "height": each.height,
                "alt": {"zh": alt.zh, "en": alt.en},
                "sha256": sha256(each.png).hexdigest(),
            }
        )
    pages = pictures[0].pages if pictures else 0
    return {"document": document, "name": name, "pages": pages, "pictures": entries}
