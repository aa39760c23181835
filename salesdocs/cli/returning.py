"""Forms that came back: what they change in a case, shown before it is written.

`salesdocs import FILE.docx CASE`, a PDF the same; a folder of questionnaires fills their survey.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from salesdocs.cli.common import (
    open_cache,
    open_case,
    open_dossier,
    open_library,
    print_findings,
    print_json,
    template_file,
)
from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.produce import Dossier
    from salesdocs.produce.forms import Form, FormReader

_MOST_BYTES: Final = 50_000_000
_MOST_FILES: Final = 2_000
_WORD: Final = b"PK\x03\x04"
_PDF: Final = b"%PDF"
_OLD: Final = b"\xd0\xcf\x11\xe0"
_ENDINGS: Final = (".docx", ".pdf", ".doc", ".wps")
_WIDEST: Final = 60


@dataclass(frozen=True)
class Line:
    """A change as it is shown: where, the path, what stood there and what will."""

    line: int
    path: str
    label: str
    old: str
    new: str


@dataclass
class Outcome:
    """What files would change in a case: the lines, the file after it, and what is said."""

    title: str
    dossier: Dossier
    before: bytes
    after: bytes
    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    worse: list[Finding] = field(default_factory=list)
    written: bool = False

    @property
    def file(self) -> str:
        """Return the case file's name."""
        return self.dossier.loaded.source.name


def import_forms(
    source: Path,
    case: Path,
    own: Path | None,
    lang: Language,
    form: str,
    *,
    survey: str,
    dry_run: bool,
    agreed: bool,
) -> None:
    """Take what returned files say into the case, after showing it; exit with 1 on errors."""
    from salesdocs.cli.files import disk_access

    cache = open_cache()
    library = open_library(own, cache)
    dossier = open_dossier(open_case(case, library), library, own, cache)
    path = Path(dossier.loaded.source.name)
    with disk_access(path):
        before = path.read_bytes()
    forms = list(_forms(source, dossier, own))
    outcome = _outcome(forms, dossier, before, survey, is_folder=source.is_dir())
    outcome.worse = list(_worse(outcome))
    if form != "json":
        _show(outcome, lang)
    if outcome.lines and not dry_run and _is_agreed(outcome, lang, form, agreed=agreed):
        _write(outcome, path)
    if form == "json":
        print_json(_as_json(outcome, lang, dry_run=dry_run))
    else:
        click.echo(_verdict(outcome, dry_run=dry_run).text(lang))
    if any(each.severity == "error" for each in outcome.findings):
        sys.exit(1)


# ---- the files ----


@dataclass(frozen=True)
class _File:
    name: str
    data: bytes
    form: Form


def _forms(source: Path, dossier: Dossier, own: Path | None) -> Iterator[_File]:
    """Yield the forms in a file or folder; raises SalesdocsError with all that are none."""
    from salesdocs.produce.forms import FormReader
    from salesdocs.produce.surveys import duplicates

    files = [(str(path), _bytes_of(path)) for path in _paths(source)]
    findings = list(duplicates(files))
    reader = FormReader(dossier, _word_templates(own))
    forms = []
    for name, data in files:
        try:
            forms.append(_File(name, data, _form(name, data, reader)))
        except SalesdocsError as error:
            findings += (each if each.file else _at(each, name) for each in error.findings)
    if findings:
        raise SalesdocsError([*findings, *_nothing_taken(files)])
    yield from forms


def _nothing_taken(files: Sequence[tuple[str, bytes]]) -> Iterator[Finding]:
    """Yield the note that one bad file keeps the others out, too."""
    if len(files) > 1:
        message = Phrase("有文件读不了，整批都没有导入", "none of the files was taken")
        hint = Phrase("改正或移走上列文件再导入", "mend or remove the files above and try again")
        yield Finding("note", message, "FIL-02", hint=hint)


def _at(finding: Finding, file: str) -> Finding:
    from dataclasses import replace

    return replace(finding, file=file)


def _paths(source: Path) -> list[Path]:
    """Return the files to read: the one, or those of a folder that can be forms, by name."""
    if not source.is_dir():
        return [source]
    found = sorted(
        path
        for path in source.iterdir()
        if path.is_file()
        and path.suffix.lower() in _ENDINGS
        and not path.name.startswith(("~$", ".~", "."))
    )
    if not found or len(found) > _MOST_FILES:
        message = Phrase(
            f"文件夹里有 {len(found)} 个 Word 或 PDF 文件",
            f"there are {len(found)} Word or PDF files in the folder",
        )
        hint = Phrase(
            f"放入收回的表，一次最多 {_MOST_FILES} 份", f"put the forms in, at most {_MOST_FILES}"
        )
        raise SalesdocsError([Finding("error", message, "FIL-02", file=str(source), hint=hint)])
    return found


def _bytes_of(path: Path) -> bytes:
    """Return the content of a file of a size that a form can have; raises SalesdocsError."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise SalesdocsError([_unreadable(path, error)]) from error
    if len(data) > _MOST_BYTES:
        message = Phrase("文件超过 50 MB，不像一份表", "more than 50 MB: no form is that large")
        raise SalesdocsError([Finding("error", message, "FIL-02", file=str(path))])
    return data


def _unreadable(path: Path, error: OSError) -> Finding:
    if isinstance(error, FileNotFoundError):
        message = Phrase("没有这个文件", "there is no such file")
    else:
        message = Phrase(f"读不出：{error.strerror}", f"cannot read it: {error.strerror}")
    return Finding("error", message, "FIL-02", file=str(path))


def _form(name: str, data: bytes, reader: FormReader) -> Form:
    """Return the form in a file, told by what the file is and not by its name."""
    if data.startswith(_WORD):
        return reader.word(data, name)
    if data[:1024].find(_PDF) >= 0:
        return _pdf_form(name, data, reader)
    if data.startswith(_OLD):
        message = Phrase("是加密的文件，或旧版 .doc", "it is encrypted, or an old .doc")
        hint = Phrase(
            "在 Word 或 WPS 里去掉密码，另存为 .docx", "remove the password and save it as .docx"
        )
    else:
        message = Phrase("不是 Word（.docx）或 PDF 文件", "neither a Word file (.docx) nor a PDF")
        hint = Phrase(
            "线索表另存为 CSV，不写案件：salesdocs import 线索.csv",
            "a table of leads is saved as CSV and imported without a case",
        )
    raise SalesdocsError([Finding("error", message, "FIL-02", file=name, hint=hint)])


def _pdf_form(name: str, data: bytes, reader: FormReader) -> Form:
    from salesdocs.pdf.forms.read import filled

    return reader.pdf(filled(data, name), name)


def _word_templates(own: Path | None) -> Callable[[str, Language], bytes]:
    def template(document_id: str, lang: Language) -> bytes:
        path = template_file(document_id, lang, own)
        if not path.is_file():
            message = Phrase(f"没有 {path.name} 这个模板", f"there is no template {path.name}")
            raise SalesdocsError([Finding("error", message, "FIL-01")])
        return path.read_bytes()

    return template


# ---- what they change ----


def _outcome(
    files: Sequence[_File], dossier: Dossier, before: bytes, survey: str, *, is_folder: bool
) -> Outcome:
    from salesdocs.produce.surveys import is_questionnaire

    asked = [is_questionnaire(each.form.document) for each in files]
    if all(asked):
        return _survey(files, dossier, before, survey)
    if any(asked) or is_folder or survey:
        message = Phrase(
            "文件夹和 --survey 只用于满意度调查问卷；别的表一次导入一份",
            "a folder, and --survey, are for questionnaires; other forms come one by one",
        )
        others = [each for each, is_one in zip(files, asked, strict=True) if not is_one]
        raise SalesdocsError(
            [Finding("error", message, "FIL-02", file=each.name) for each in others]
        )
    (one,) = files
    return _single(one.form, dossier, before)


def _single(form: Form, dossier: Dossier, before: bytes) -> Outcome:
    from salesdocs.produce.returned import proposed, shown

    proposal = proposed(form, dossier, before)
    lines = [
        Line(each.line, each.path, each.label, shown(each.old), shown(each.new))
        for each in sorted(proposal.changes, key=lambda each: each.line)
    ]
    title = form.document.title.zh
    return Outcome(title, dossier, before, proposal.data, lines, list(proposal.findings))


def _survey(files: Sequence[_File], dossier: Dossier, before: bytes, wanted: str) -> Outcome:
    from salesdocs.produce.surveys import chosen_survey, collected, sheet_of

    forms = [each.form for each in files]
    position = chosen_survey(dossier, wanted, forms)
    survey = dossier.loaded.case.aftersales.surveys[position]
    foreign = [_of_another(form, str(survey.id)) for form in forms
               if form.row and form.row != survey.id]  # fmt: skip
    if foreign:
        raise SalesdocsError(foreign)
    sheets = [sheet_of(form, survey, dossier) for form in forms]
    done = collected(sheets, position, dossier, before)
    path = f"aftersales.surveys[{position}]"
    where = done.loaded.source.place
    lines = [Line(where(path_).line, path_, "", old, new) for path_, old, new in done.counts]
    first = len(survey.responses)
    lines += [
        Line(where(f"{path}.responses[{first + n}]").line, f"{path}.responses[{first + n}]", "",
             "—", f"{name} {said}")
        for n, (name, said) in enumerate(done.entered)
    ]  # fmt: skip
    title = f"{forms[0].document.title.zh} {survey.id}"
    return Outcome(title, dossier, before, done.data, lines, list(done.findings))


def _of_another(form: Form, survey: str) -> Finding:
    message = Phrase(
        f"这份问卷属于 {form.row}，不是 {survey}", f"the sheet is of {form.row}, not of {survey}"
    )
    return Finding("error", message, "FIL-12", file=form.file)


def _worse(outcome: Outcome) -> Iterator[Finding]:
    """Yield what the rules would object to that they do not object to now."""
    from salesdocs.cli.checking import case_findings
    from salesdocs.produce.returned import read_again

    if not outcome.lines:
        return
    dossier = outcome.dossier
    loaded = read_again(outcome.after, dossier.loaded)
    after = dossier.with_case(loaded)
    known = {(each.rule, each.path, each.message) for each in case_findings(dossier)}
    for each in case_findings(after):
        if each.severity != "note" and (each.rule, each.path, each.message) not in known:
            yield each


# ---- showing, asking, writing ----


def _show(outcome: Outcome, lang: Language) -> None:
    print_findings(outcome.findings, lang)
    if outcome.lines:
        click.echo(f"{outcome.title} → {outcome.file}")
    for each in outcome.lines:
        place = click.style(f"{each.line:>5}", dim=True)
        label = f"  {each.label}" if each.label else ""
        click.echo(f"{place}  {each.path}{click.style(label, dim=True)}")
        click.echo(f"       {_cut(each.old)} → {click.style(_cut(each.new), bold=True)}")
    if outcome.worse:
        count = len(outcome.worse)
        said = Phrase(
            f"写入后检查会新报 {count} 处：", f"written, the case would have {count} more findings:"
        )
        click.echo(said.text(lang), err=True)
        print_findings(outcome.worse, lang)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _is_agreed(outcome: Outcome, lang: Language, form: str, *, agreed: bool) -> bool:
    """Return whether the changes shall be written; asks on a terminal."""
    if agreed:
        return True
    if form == "text" and sys.stdin.isatty():
        count = len(outcome.lines)
        question = Phrase(f"写入这 {count} 处改动？", f"Write these {count} changes?")
        return click.confirm(question.text(lang), default=False)
    message = Phrase("没有写入：改动要经人同意", "not written: somebody has to agree")
    hint = Phrase("看过以后加 --yes 写入；只看不写用 --dry-run", "--yes writes, --dry-run shows")
    finding = Finding("error", message, "FIL-10", file=outcome.file, hint=hint)
    outcome.findings.append(finding)
    if form == "text":
        print_findings([finding], lang)
    return False


def _write(outcome: Outcome, path: Path) -> None:
    from salesdocs.cli.files import disk_access, write_atomically

    with disk_access(path):
        if path.read_bytes() != outcome.before:
            message = Phrase(
                "文件刚被别的程序改过，没有写入", "the file was changed meanwhile and not written"
            )
            hint = Phrase("再运行一次", "run again")
            raise SalesdocsError(
                [Finding("error", message, "CLI-04", file=outcome.file, hint=hint)]
            )
        write_atomically(path.resolve(), outcome.after)
    outcome.written = True


def _verdict(outcome: Outcome, *, dry_run: bool) -> Phrase:
    count = len(outcome.lines)
    if not count:
        return Phrase("没有要改的", "nothing to change")
    if outcome.written:
        return Phrase(f"已写 {outcome.file}，{count} 处", f"wrote {outcome.file}, {count} changes")
    if dry_run:
        return Phrase(f"共 {count} 处改动，没有写入", f"{count} changes, not written")
    return Phrase("没有写入", "nothing was written")


def _as_json(outcome: Outcome, lang: Language, *, dry_run: bool) -> dict[str, object]:
    return {
        "file": outcome.file,
        "dry_run": dry_run,
        "written": outcome.written,
        "changes": [
            {
                "path": each.path,
                "label": each.label,
                "line": each.line,
                "old": None if each.old == "—" else each.old,
                "new": each.new,
            }
            for each in outcome.lines
        ],
        "findings": [finding.as_dict(lang) for finding in outcome.findings],
        "after": [finding.as_dict(lang) for finding in outcome.worse],
    }
