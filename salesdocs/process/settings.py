"""What a company settles once for the program: `salesdocs.yaml` beside its cases or above them.

It says where the own library and the output folder are, relative to itself, and in which language
the program speaks; nothing in it is run. The nearest file upward wins as a whole.

Rules: SET-01 schema; SET-02 unknown key; SET-03 other kind of value; SET-04 no such folder; SRC-…
see `salesdocs.case.source`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from salesdocs.case.decode import MOST_BYTES
from salesdocs.case.source import Source, read_source
from salesdocs.case.suggest import key_meant
from salesdocs.errors import SalesdocsError
from salesdocs.findings import NOTHING, Finding, Language, Phrase, has_errors

SCHEMA: Final = "salesdocs/settings@1"
_KEYS: Final = ("library", "output", "lang")
_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
# What people write for the name of a setting that has another.
_ALIASES: Final = {
    "template": "library", "templates": "library", "模板": "library", "模板库": "library",
    "out": "output", "输出": "output", "输出文件夹": "output", "language": "lang", "语言": "lang",
}  # fmt: skip


class SettingsError(SalesdocsError):
    """The settings cannot be used; the findings say where and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `salesdocs.yaml` states; None for what it leaves open."""

    library: Path | None = None
    output: Path | None = None
    lang: Language | None = None


def load_settings(file: Path) -> Settings:
    """Return what the settings in `file` state; raises SettingsError with all that is wrong."""
    shown = _shown(file)
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        message = Phrase(f"读不出这个文件：{reason}", f"cannot read it: {reason}")
        raise SettingsError([Finding("error", message, "SRC-23", file=shown)]) from error
    source = read_source(data, shown)
    findings = [*_writing(source), *_wrong(source, file.parent)]
    if has_errors(findings):
        raise SettingsError(sorted(findings, key=lambda each: (each.line, each.column)))
    tree = source.tree
    return Settings(
        _folder(tree.get("library"), file.parent),
        _folder(tree.get("output"), file.parent),
        next((lang for lang in _LANGUAGES if lang == tree.get("lang")), None),
    )


def _shown(file: Path) -> str:
    """Return the file as people name it: relative where it lies below the current folder."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _folder(said: object, base: Path) -> Path | None:
    """Return the folder meant, as short as the current folder allows."""
    if not isinstance(said, str):
        return None
    return Path(_shown(Path(os.path.normpath(base / said))))


def _writing(source: Source) -> Iterator[Finding]:
    """Yield what is wrong with the writing, where it speaks of a case said of settings."""
    hint = Phrase(
        f"从 `schema: {SCHEMA}` 开始写，或删掉这个文件",
        f"begin with `schema: {SCHEMA}`, or delete the file",
    )
    lines = Phrase("整个文件应由“键: 值”组成", "the file is made of `key: value` lines")
    for each in source.findings:
        if each.rule == "SRC-05":
            yield replace(each, hint=hint)
        else:
            yield replace(each, message=lines, hint=hint) if each.rule == "SRC-06" else each


def _wrong(source: Source, base: Path) -> Iterator[Finding]:
    """Yield what is wrong with the keys and values, each at its place."""
    tree = source.tree
    if tree and source.whole and tree.get("schema") != SCHEMA:
        missing = "schema" not in tree
        message = (
            Phrase("缺少 schema 版本", "the schema version is missing")
            if missing
            else Phrase("这个文件的 schema 不对", "this schema is not that of the settings")
        )
        hint = Phrase(f"写成 `schema: {SCHEMA}`", f"write `schema: {SCHEMA}`")
        yield _at(source, "schema", "SET-01", message, hint)
    for key, value in tree.items():
        if key in _KEYS:
            yield from _wrong_value(source, key, value, base)
        elif key != "schema":
            yield _unknown(source, key)


def _wrong_value(source: Source, key: str, value: object, base: Path) -> Iterator[Finding]:
    if key == "lang":
        if value not in _LANGUAGES:
            message = Phrase("lang 可填 zh 或 en", "lang is zh or en")
            yield _at(source, key, "SET-03", message)
        return
    if not isinstance(value, str) or not value.strip():
        message = Phrase(f"{key} 应是一个文件夹的路径", f"{key} is the path of a folder")
        yield _at(source, key, "SET-03", message)
        return
    folder, name = base / value, Path(source.name).name
    if key == "library" and not folder.is_dir():
        if folder.exists():
            message = Phrase(f"{value} 是文件，不是文件夹", f"{value} is a file, not a folder")
        else:
            message = Phrase(f"没有 {value} 这个文件夹", f"there is no folder {value}")
        hint = Phrase(
            f"路径从 {name} 所在的文件夹算起；"
            f"`salesdocs templates eject DOC -o 文件夹` 建立自己的模板文件夹",
            f"it is meant from the folder of {name}; "
            f"`salesdocs templates eject DOC -o DIR` begins a library of your own",
        )
        yield _at(source, key, "SET-04", message, hint)
    elif key == "output" and folder.exists() and not folder.is_dir():
        message = Phrase(f"{value} 是文件，不是文件夹", f"{value} is a file, not a folder")
        yield _at(source, key, "SET-04", message)


def _unknown(source: Source, key: str) -> Finding:
    meant = _ALIASES.get(key.lower()) or key_meant(key, (*_KEYS, "schema"))
    listed = "、".join(_KEYS), ", ".join(_KEYS)
    message = Phrase(f"不认识的键 {key}", f"unknown key {key}")
    hint = (
        Phrase(f"是不是 {meant}？", f"did you mean {meant}?")
        if meant
        else Phrase(f"这个文件里只写 {listed[0]}", f"these settings have {listed[1]}")
    )
    line, column = source.key_place([key])
    return Finding("error", message, "SET-02", key, source.name, line, column, hint)


def _at(source: Source, key: str, rule: str, message: Phrase, hint: Phrase = NOTHING) -> Finding:
    line, column = source.place([key])
    return Finding("error", message, rule, key, source.name, line, column, hint)
