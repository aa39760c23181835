"""Files → a `Case` with everything that is wrong in them, each problem at its line.

`company.yaml` beside the case, or in the nearest folder above, states once what is the same for all
deals: `supplier` and `team`. A key of the case wins over the same key of the company, key by key of
the block (`supplier.bank` as a whole: half of one account and half of another would be worse than
none).

Rules: CASE-01 version of the schema; CASE-02 unknown key; CASE-03 list, block or text expected;
CASE-04 no such option; CASE-05 other values; CASE-06 unknown reference; CASE-07 id used twice;
SRC-… see `salesdocs.case.source`; validators of the model add rules of their own.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from salesdocs.case.company import COMPANY_FILE, company_file
from salesdocs.case.decode import MOST_BYTES
from salesdocs.case.fit import Misfit, fit
from salesdocs.case.model import Case
from salesdocs.case.model.base import Registry
from salesdocs.case.path import Loc, loc_of, path_of
from salesdocs.case.problems import SCHEMA_VERSION, UNKNOWN_KEY, WRONG_KIND
from salesdocs.case.source import Place, Source, Tree, read_source
from salesdocs.case.suggest import key_meant
from salesdocs.errors import CaseError
from salesdocs.findings import NOTHING, Finding, Phrase, has_errors

SCHEMA = "salesdocs/case@1"
_COMPANY_BLOCKS = ("supplier", "team")
_COMPANY_SCHEMA = "salesdocs/company@1"
_MOST_NAMES = 6


@dataclass(frozen=True)
class LoadedCase:
    """A case, the files it was read from, and everything that is wrong in them.

    Where a value is wrong, `case` is without it; `sound` refuses such a case. `tree` is what the
    files state, as text, the company's facts among it: a case for another reader is built from it.
    """

    case: Case
    tree: Mapping[str, Tree]
    source: Source
    findings: tuple[Finding, ...]
    company: Source | None = None
    from_company: frozenset[Loc] = frozenset()

    def sound(self) -> Case:
        """Return the case; raises `CaseError` when a finding is an error."""
        if has_errors(list(self.findings)):
            raise CaseError(self.findings)
        return self.case

    def place(self, path: str) -> tuple[str, Place]:
        """Return the file and the place in it where the value at `path` stands."""
        source = _source_of(path, self.source, self.company, self.from_company)
        return source.name, source.place(path)


def load_case(path: str | Path, labels: Mapping[str, str] | None = None) -> LoadedCase:
    """Return the case in the file at `path`, or in `case.yaml` of that folder.

    `labels` gives Chinese labels by path pattern, for suggestions. Raises `CaseError` when no case
    can be made of the file, with all that is wrong.
    """
    file = Path(path)
    if file.is_dir():
        file /= "case.yaml"
    data = _bytes_of(file)
    found = company_file(file)
    if found is None:
        return read_case(data, str(file), labels=labels)
    name = str(found) if file.is_absolute() else os.path.relpath(found)
    return read_case(data, str(file), _bytes_of(found), name, labels)


def read_case(
    data: bytes,
    name: str,
    company: bytes | None = None,
    company_name: str = COMPANY_FILE,
    labels: Mapping[str, str] | None = None,
) -> LoadedCase:
    """Return the case that the bytes of the file `name` and of a company file state.

    Raises `CaseError` when no case can be made of them, with all that is wrong.
    """
    source = read_source(data, name)
    shared = _company_source(company, company_name) if company is not None else None
    findings = [*source.findings, *_schema(source)]
    tree = {**source.tree, "schema": SCHEMA}
    taken: frozenset[Loc] = frozenset()
    if shared is not None:
        findings += [*shared.findings, *_company_keys(shared)]
        tree, taken = _merged(tree, shared.tree)
    whole = source.whole and (shared is None or _is_whole(shared))
    value, misfits = fit(Case, tree, Registry, labels, whole)
    findings += (
        _finding(misfit, _source_of(misfit.loc, source, shared, taken)) for misfit in misfits
    )
    ordered = _ordered(findings, name)
    if value is None or not source.whole:
        raise CaseError(ordered)
    return LoadedCase(value, tree, source, tuple(ordered), shared, taken)


@lru_cache(maxsize=4)  # the same for all cases of a store
def _company_source(data: bytes, name: str) -> Source:
    """Return what a company file says; an empty one begins with another line than a case."""
    source = read_source(data, name)
    hint = Phrase(
        f"从 `schema: {_COMPANY_SCHEMA}` 开始写，或删掉这个文件",
        f"begin with `schema: {_COMPANY_SCHEMA}`, or delete the file",
    )
    findings = tuple(
        replace(each, hint=hint) if each.rule == "SRC-05" else each for each in source.findings
    )
    return replace(source, findings=findings)


def _is_whole(company: Source) -> bool:
    """Return whether all that a company file may state could be read."""
    tree = company.tree
    return (
        company.whole
        and bool(tree)
        and all(isinstance(tree.get(key, {}), dict) for key in _COMPANY_BLOCKS)
    )


def _bytes_of(file: Path) -> bytes:
    """Return the content of a file, no more than a case may have; raises `CaseError`."""
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise CaseError([_unreadable(file, error)]) from error


def _unreadable(file: Path, error: OSError) -> Finding:
    hint = NOTHING
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        message = Phrase("没有这个文件", "there is no such file")
        hint = _files_beside(file)
    elif isinstance(error, PermissionError):
        message = Phrase("没有读取这个文件的权限", "the file may not be read by you")
    else:
        message = Phrase(f"读不出这个文件：{error.strerror}", f"cannot read it: {error.strerror}")
    return Finding("error", message, "SRC-23", file=str(file), hint=hint)


def _files_beside(file: Path) -> Phrase:
    """Return which case may have been meant by a file that does not exist."""
    try:
        names = sorted(path.name for path in file.parent.glob("*.y*ml") if path.is_file())
    except OSError:
        names = []
    cases = [name for name in names if name != COMPANY_FILE]
    near = get_close_matches(file.name, cases, n=1, cutoff=0.5)
    if near:
        return Phrase(f"是不是 {near[0]}？", f"did you mean {near[0]}?")
    if cases:
        listed = cases[:_MOST_NAMES] + ["…"] * (len(cases) > _MOST_NAMES)
        return Phrase(f"这个文件夹里有：{'、'.join(listed)}", f"there are: {', '.join(listed)}")
    return Phrase(
        "检查文件名和所在的文件夹；案件通常叫 case.yaml",
        "check the name and the folder; a case is usually called case.yaml",
    )


def _schema(source: Source) -> list[Finding]:
    """Return what is wrong with the first line, `schema: salesdocs/case@1`."""
    if not source.tree or source.tree.get("schema") == SCHEMA:
        return []
    version = source.tree.get("schema")
    line, column = source.place("schema")
    hint = Phrase(f"写成 `schema: {SCHEMA}`", f"write `schema: {SCHEMA}`")
    if version is None:
        if not source.whole:
            return []
        message = Phrase("缺少 schema 版本", "the schema version is missing")
    elif isinstance(version, str) and version.startswith("salesdocs/case@"):
        message = Phrase(
            f"不支持的版本 {version}，本程序读 {SCHEMA}",
            f"{version} is not supported; this program reads {SCHEMA}",
        )
        hint = Phrase(
            "升级 salesdocs，或改用旧版写法", "upgrade salesdocs, or write the older form"
        )
    else:
        message = Phrase("schema 的值不对，这不像一个案件", "this schema is not that of a case")
    return [Finding("error", message, SCHEMA_VERSION, "schema", source.name, line, column, hint)]


def _company_keys(company: Source) -> list[Finding]:
    """Return what stands in a company file and does not belong there."""
    findings = []
    for key, value in company.tree.items():
        if key in _COMPANY_BLOCKS:
            if value is not None and not isinstance(value, dict):
                line, column = company.place([key])
                message = Phrase("这里应是一组“键: 值”", "expected a block of `key: value`")
                findings.append(
                    Finding("error", message, WRONG_KIND, key, company.name, line, column)
                )
        elif key != "schema" or value != _COMPANY_SCHEMA:
            findings.append(_foreign_key(company, key))
    return findings


def _foreign_key(company: Source, key: str) -> Finding:
    line, column = company.key_place([key])
    if key == "schema":
        message = Phrase("这个文件的 schema 不对", "this schema is not that of a company file")
        hint = Phrase(f"写成 `schema: {_COMPANY_SCHEMA}`，或删掉", f"write {_COMPANY_SCHEMA}")
        return Finding("error", message, SCHEMA_VERSION, key, company.name, line, column, hint)
    meant = key_meant(key, _COMPANY_BLOCKS)
    message = Phrase(
        f"公司文件里只写 supplier 和 team，不认识 {key}",
        f"a company file has supplier and team; unknown key {key}",
    )
    hint = Phrase(f"是不是 {meant}？", f"did you mean {meant}?") if meant else Phrase("", "")
    return Finding("error", message, UNKNOWN_KEY, path_of([key]), company.name, line, column, hint)


def _merged(
    case: dict[str, Tree], company: dict[str, Tree]
) -> tuple[dict[str, Tree], frozenset[Loc]]:
    """Return the case filled with what the company states, and the paths that came from there."""
    merged = dict(case)
    taken: set[Loc] = set()
    for name in _COMPANY_BLOCKS:
        theirs, ours = company.get(name), case.get(name)
        if isinstance(theirs, dict) and (ours is None or isinstance(ours, dict)):
            stated = {key: value for key, value in (ours or {}).items() if value is not None}
            merged[name] = {**theirs, **stated}
            taken |= {(name, key) for key in theirs if key not in stated}
    return merged, frozenset(taken)


def _source_of(
    path: str | Loc, case: Source, company: Source | None, taken: frozenset[Loc]
) -> Source:
    loc = loc_of(path) if isinstance(path, str) else path
    return company if company is not None and loc[:2] in taken else case


def _finding(misfit: Misfit, source: Source) -> Finding:
    place = source.key_place(misfit.loc) if misfit.at_key else source.place(misfit.loc)
    path = path_of(misfit.loc)
    return Finding("error", misfit.message, misfit.rule, path, source.name, *place, misfit.hint)


def _ordered(findings: list[Finding], case_name: str) -> list[Finding]:
    """Return the findings in the order of the file, the case first, one for each place.

    Where the writing is wrong, what the model says of the same place follows from it.
    """
    broken = {
        (each.file, each.line, each.column)
        for each in findings
        if each.severity == "error" and each.rule.startswith("SRC-") and each.line
    }
    kept = [
        each
        for each in dict.fromkeys(findings)
        if each.rule.startswith("SRC-") or (each.file, each.line, each.column) not in broken
    ]
    return sorted(kept, key=lambda each: (each.file != case_name, each.line, each.column))
