"""What all commands share: how findings are printed, how they end, where the library is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import click

from salesdocs.cli.settings import SettledOption, settled
from salesdocs.errors import LibraryError, SalesdocsError
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.cache import Cache
    from salesdocs.case.load import LoadedCase
    from salesdocs.process.library import Library
    from salesdocs.produce import Dossier

FINDINGS: Final = 1

Command = TypeVar("Command", bound=Callable[..., Any])

case_argument = click.argument(
    "case", type=click.Path(path_type=Path, readable=False), metavar="CASE"
)
lang_option = click.option(
    "--lang",
    cls=SettledOption,
    setting="lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    help="文件与提示的语言，默认 zh / language",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="输出格式 / output format",
)
library_option = click.option(
    "--library",
    "own",
    cls=SettledOption,
    setting="library",
    type=click.Path(path_type=Path, readable=False),
    envvar="SALESDOCS_LIBRARY",
    help="公司自己的模板文件夹 / folder of your own templates",
)
output_option = click.option(
    "-o",
    "--output",
    cls=SettledOption,
    setting="output",
    type=click.Path(path_type=Path, readable=False),
    default=Path("out"),
    show_default=True,
    help="输出文件夹 / output folder",
)


def reports_findings(command: Command) -> Command:
    """Print the findings of an error that ends the command, and exit with 1.

    Options that nobody gave are taken from `salesdocs.yaml`.
    """

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **settled(options))
        except SalesdocsError as error:
            finish(error.findings, options.get("lang", "zh"), options.get("form", "text"))

    return run  # type: ignore[return-value]


def finish(
    findings: Sequence[Finding], lang: Language, form: str, verdict: Phrase | None = None
) -> NoReturn:
    """Print the findings, as text on standard error or as one JSON object, and exit.

    The verdict is the last line for people.
    """
    if form == "json":
        print_json({"findings": [finding.as_dict(lang) for finding in findings]})
    else:
        print_findings(findings, lang)
        if verdict is not None:
            click.echo(verdict.text(lang))
    finish_quietly(findings)


def finish_quietly(findings: Sequence[Finding]) -> NoReturn:
    """Exit with 1 when any finding is an error, else with 0; everything was printed before."""
    sys.exit(FINDINGS if any(finding.severity == "error" for finding in findings) else 0)


def print_findings(findings: Iterable[Finding], lang: Language) -> None:
    """Print each finding on standard error, the severity in its colour on a terminal."""
    colours = {"error": "red", "warning": "yellow", "note": "blue"}
    for finding in findings:
        severity = f"{finding.severity}:"
        shown = click.style(severity, fg=colours[finding.severity], bold=True)
        click.echo(finding.text(lang).replace(severity, shown, 1), err=True)


def print_json(value: object) -> None:
    """Print `value` as JSON, Chinese as it is where the reader's encoding can be counted on."""
    is_utf8 = (getattr(sys.stdout, "encoding", "") or "").lower().startswith("utf")
    click.echo(json.dumps(value, ensure_ascii=not is_utf8, indent=2))


def open_cache() -> Cache:
    """Return this user's cache."""
    from salesdocs.cache import Cache, default_folder

    return Cache(default_folder())


def open_library(own: Path | None, cache: Cache | None = None) -> Library:
    """Return the library of the house, behind a company's `own` folder; raises LibraryError."""
    if own is None:
        return (cache or open_cache()).library()
    if not own.is_dir():
        message = Phrase("没有这个文件夹", "there is no such folder")
        hint = Phrase(
            "`salesdocs templates eject` 建立自己的模板文件夹",
            "`salesdocs templates eject` begins a folder of your own",
        )
        raise LibraryError([Finding("error", message, "CLI-08", file=str(own), hint=hint)])
    return (cache or open_cache()).library(own)


def template_file(document_id: str, lang: Language, own: Path | None) -> Path:
    """Return the Word template of a document: the company's own, else that of the house."""
    from salesdocs.process.library import house_folder

    name = Path("docx") / f"{document_id}.{lang}.docx"
    if own is not None and (own / name).is_file():
        return own / name
    return house_folder() / name


def shipped_digest(name: str) -> str:
    """Return the SHA-256 of the shipped template of that file name, empty where there is none."""
    from hashlib import sha256

    from salesdocs.process.library import house_folder

    file = house_folder() / "docx" / name
    return sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def open_dossier(
    loaded: LoadedCase, library: Library, own: Path | None, cache: Cache | None = None
) -> Dossier:
    """Return the case with the library and its templates, as documents and checks need them."""
    from salesdocs.produce import Dossier

    kept = cache or open_cache()
    return Dossier(
        loaded,
        library,
        lambda document_id, language: kept.template(template_file(document_id, language, own)),
    )


def open_case(path: Path, library: Library) -> LoadedCase:
    """Return the case at `path`; raises CaseError with all that is wrong when it has errors."""
    loaded = read_case(path, library)
    loaded.sound()
    return loaded


def read_case(path: Path, library: Library) -> LoadedCase:
    """Return the case at `path`, with what is wrong; raises CaseError when it is no case at all."""
    from salesdocs.case.load import load_case

    try:
        loaded = load_case(path)
        loaded.sound()
    except SalesdocsError:
        # Once more with the labels of the catalogue, which make better suggestions.
        loaded = load_case(path, _labels(library))
    return loaded


def _labels(library: Library) -> dict[str, str]:
    return {path: library.catalogue.label(path) for path in library.catalogue}
