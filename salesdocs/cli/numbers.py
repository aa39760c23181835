"""`salesdocs number`: the next free number of a case, a customer or a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from salesdocs.cli.common import (
    lang_option,
    library_option,
    open_library,
    print_findings,
    reports_findings,
)
from salesdocs.cli.following import open_store
from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.cli.store import Entry

_RECORDS: Final = {"case": "XM", "customer": "KH"}
_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2100


@click.command()
@click.argument("kind", metavar="KIND")
@click.argument(
    "folder", type=click.Path(path_type=Path, readable=False), default=Path(), metavar="[DIR]"
)
@click.option(
    "--year",
    type=click.IntRange(_FIRST_YEAR, _LAST_YEAR),
    default=lambda: date.today().year,
    show_default="今年 / this year",
    help="编号的年份 / year in the number",
)
@click.option("--prefix", help="文件编号的公司代号，默认取案件里的 / prefix of documents")
@library_option
@lang_option
@reports_findings
def number(
    kind: str, folder: Path, year: int, prefix: str | None, own: Path | None, lang: Language
) -> None:
    """给出 DIR 下全部案件里下一个没用过的编号。

    KIND: case 项目编号, customer 客户编号, 或文件种类（见 `salesdocs list`，如 contract）.

    Print the next number that nothing below DIR uses. With the file of one case as DIR: the number
    of that document in this case; when it is taken, that of its next part.
    """
    from salesdocs.calc.numbering import TYPE_CODES, next_document_number, next_number

    _is_a_kind(kind, own)
    is_one_case = folder.is_file() and kind in TYPE_CODES
    store, _ = open_store(_root_of(folder) if is_one_case else folder, own, date(year, 1, 1), lang)
    print_findings(store.findings, lang)
    used = set(_used(store.entries, _root_of(folder)))
    try:
        if kind in _RECORDS:
            found = str(next_number(used, _RECORDS[kind], year))
        elif is_one_case:
            found = _of_case(kind, folder, store.entries, prefix, used)
        else:
            mark = prefix or _prefix(store.entries, folder)
            found = str(next_document_number(used, mark, kind, year))
    except ValueError:
        message = Phrase(f"{year} 年的编号已用完", f"the numbers of {year} are used up")
        hint = Phrase("换一个年份", "choose another year")
        raise SalesdocsError([Finding("error", message, "CLI-12", "--year", hint=hint)]) from None
    click.echo(found)


def _is_a_kind(kind: str, own: Path | None) -> None:
    """Raise what is wrong when there is nothing of that name to number."""
    from difflib import get_close_matches

    from salesdocs.calc.numbering import TYPE_CODES

    if kind in _RECORDS or kind in TYPE_CODES:
        return
    known = [*_RECORDS, *TYPE_CODES]
    titles = {document.title.zh: document.id for document in open_library(own).documents}
    named = titles.get(kind)
    near = [named] if named else get_close_matches(kind, known, n=3, cutoff=0.5)
    message = Phrase(f"没有 {kind} 这种编号", f"there are no numbers of {kind}")
    hint = Phrase(
        f"是不是 {'、'.join(near)}？" if near else f"可写：{'、'.join(known)}",
        f"did you mean {', '.join(near)}?" if near else f"there are: {', '.join(known)}",
    )
    raise SalesdocsError([Finding("error", message, "CLI-19", "KIND", hint=hint)])


def _root_of(folder: Path) -> Path:
    """Return the folder with all cases that share a company's file; for a folder itself."""
    from salesdocs.case.company import company_file

    if not folder.is_file():
        return folder
    company = company_file(folder)
    return company.parent if company is not None else folder.absolute().parent.parent


def _used(entries: Iterable[Entry], root: Path) -> Iterator[str]:
    """Yield every number in use; a file with a mistake in it and an empty folder keep theirs."""
    from salesdocs.cli.growing import used_numbers

    yield from used_numbers(root)
    for entry in entries:
        yield entry.case_no
        yield entry.customer_no
        yield from (stated for stated, _ in entry.numbers)


def _prefix(entries: Iterable[Entry], folder: Path) -> str:
    """Return the prefix of the company; raises SalesdocsError when there is none, or several."""
    found = sorted({entry.prefix for entry in entries if entry.prefix}) or _company_prefix(folder)
    if len(found) == 1:
        return found[0]
    if found:
        message = Phrase(
            f"案件里有几个代号：{'、'.join(found)}",
            f"there are several prefixes: {', '.join(found)}",
        )
        hint = Phrase(f"写明 --prefix，如 --prefix {found[0]}", f"say which: --prefix {found[0]}")
    else:
        message = Phrase("还没有文件编号的公司代号", "there is no prefix for documents yet")
        hint = Phrase(
            "写进 company.yaml 的 supplier.doc_prefix，或加 --prefix LY",
            "state supplier.doc_prefix in company.yaml, or give --prefix LY",
        )
    raise SalesdocsError([Finding("error", message, "CLI-19", "--prefix", hint=hint)])


def _company_prefix(folder: Path) -> list[str]:
    from salesdocs.case.company import company_file
    from salesdocs.case.source import read_source

    company = company_file(folder / "case.yaml")
    if company is None:
        return []
    supplier = read_source(company.read_bytes(), str(company)).tree.get("supplier")
    stated = supplier.get("doc_prefix") if isinstance(supplier, dict) else None
    return [stated] if isinstance(stated, str) else []


def _of_case(
    kind: str, file: Path, entries: Iterable[Entry], prefix: str | None, used: set[str]
) -> str:
    """Return the number of a document of one case: with a part when it is taken."""
    from salesdocs.calc.numbering import document_number, read_record_number

    every = list(entries)
    entry = next((each for each in every if Path(each.file).absolute() == file.absolute()), None)
    record = read_record_number(entry.case_no) if entry is not None else None
    if record is None:
        message = Phrase("这个案件没有项目编号", "this case has no number")
        hint = Phrase(
            "先写 meta.case_no；`salesdocs number case` 给出下一个",
            "write meta.case_no first; `salesdocs number case` says the next one",
        )
        raise SalesdocsError([Finding("error", message, "CLI-19", file=str(file), hint=hint)])
    mark = prefix or (entry.prefix if entry is not None else "") or _prefix(every, file.parent)
    found, part = str(document_number(mark, kind, record)), 1
    while found in used:
        part += 1
        found = str(document_number(mark, kind, record, part))
    return found
