"""The files of the playbook: what they are called, what they depend on, how they are kept."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from salesdocs.case.load import LoadedCase
from salesdocs.case.model import Case
from salesdocs.case.model.base import Registry
from salesdocs.errors import CaseError
from salesdocs.findings import Finding, Phrase
from salesdocs.playbook.downloads import Downloads, Makings, needs_printing
from salesdocs.playbook.model import Download
from salesdocs.plugin.config import KINDS
from salesdocs.plugin.store import Store
from salesdocs.process.library import Library
from tests import world

ASK = tuple(kind for kind in KINDS if not needs_printing(kind))


def makings(**changes: Any) -> Makings:
    def template(document: str, lang: str) -> bytes:
        return world.template_file(document, lang).read_bytes()

    plain = Makings(world.library(), template, world.template, [world.sample()], "stamp")
    return replace(plain, **changes)


def keys(makings: Makings) -> dict[str, str]:
    """The keys of all files; what is printed is told by the bytes of the house's own samples."""
    made = Downloads(makings, KINDS)
    return {each.uri: each.key for each in (*made.drawn(), *made.printed(house()))}


@cache
def house() -> Mapping[str, bytes]:
    """The drawn files of the house."""
    return {each.uri: each.make() for each in Downloads(makings(), KINDS).drawn()}


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    assert before.keys() == after.keys()
    return {_kind(uri) for uri in before if before[uri] != after[uri]}


def _kind(uri: str) -> str:
    return "picture" if uri.endswith("png") else uri.split("/")[2].partition(".")[0]


def library(name: str, **changes: Any) -> Library:
    data = world.library().data
    return Library({**data, name: {**data[name], **changes}})


# -- what they depend on ---------------------------------------------------------------------------


def test_a_changed_rule_prints_nothing_anew_while_the_samples_stay_as_they_were() -> None:
    rules = world.library().data["rules"]["rules"]
    softer = {**rules, "AMT-01": {**rules["AMT-01"], "severity": "note"}}
    other = makings(library=library("rules", rules=softer))
    assert changed(keys(makings()), keys(other)) == {"sample", "starter"}
    drawn = {each.uri: each.make() for each in Downloads(other, KINDS).drawn()}
    assert [uri for uri, data in drawn.items() if data != house()[uri]] == []


def test_a_changed_sample_makes_its_own_files_anew_and_no_blank_one() -> None:
    other = makings(samples=[renamed(world.sample())])
    assert changed(keys(makings()), keys(other)) == {"sample"}
    drawn = {each.uri: each.make() for each in Downloads(other, ["sample"]).drawn()}
    printed = {each.uri: each.key for each in Downloads(other, KINDS).printed(drawn)}
    assert all(key != keys(makings())[uri] for uri, key in printed.items() if "form" not in uri)


def renamed(sample: LoadedCase) -> LoadedCase:
    """The sample of a supplier of another name, as a company file would give it."""
    tree = {**sample.tree, "supplier": {**sample.tree["supplier"], "name": "另一家有限公司"}}  # type: ignore[dict-item]
    case = Case.model_validate(tree, context=Registry())
    return LoadedCase(case, tree, sample.source, ())


def test_a_changed_field_makes_everything_anew() -> None:
    fields = world.library().data["fields"]
    other = makings(library=library("fields", **{**fields, "noted": "x"}))
    assert changed(keys(makings()), keys(other)) == {"blank", "form", "sample", "starter"}


def test_another_program_makes_everything_anew() -> None:
    assert changed(keys(makings()), keys(makings(stamp="new"))) == set(KINDS)


def test_names_and_places_are_each_there_once() -> None:
    made = Downloads(makings(), KINDS)
    files = [*made.drawn(), *made.printed(house())]
    assert len({each.uri for each in files}) == len(files) > 100
    named = [each.name for each in files if each.kind != "picture"]
    assert len(named) == len(set(named))
    assert all(each.uri.isascii() for each in files)


@pytest.mark.parametrize("kind", KINDS)
def test_asked_for_one_kind_nothing_else_is_offered_but_what_it_is_printed_from(kind: str) -> None:
    made = Downloads(makings(), [kind])
    needed = {each.kind for each in made.drawn()}
    assert needed <= {kind, "sample", "blank"}
    printed = {each.kind for each in made.printed(house())}
    assert printed == ({kind} if needs_printing(kind) else set())


# -- how they are kept -----------------------------------------------------------------------------


def counted(calls: list[str], uri: str, key: str, document: str = "contract") -> Download:
    def make() -> bytes:
        calls.append(uri)
        return uri.encode()

    return Download(uri, uri, "blank", document, key, make)


def test_what_is_there_is_not_made_again(tmp_path: Path) -> None:
    calls: list[str] = []
    files = [counted(calls, "a.docx", "1"), counted(calls, "b.docx", "2")]
    store = Store(tmp_path)
    assert store.fill(files, jobs=1) == []
    assert store.fill(files, jobs=1) == []
    assert calls == ["a.docx", "b.docx"]
    there = store.there(files)
    assert {uri: path.read_bytes() for uri, path in there.items()} == {
        "a.docx": b"a.docx", "b.docx": b"b.docx",
    }  # fmt: skip
    assert store.fill([counted(calls, "a.docx", "3")], jobs=1) == []
    assert calls[2:] == ["a.docx"]


def test_made_in_processes_they_are_the_same(tmp_path: Path) -> None:
    files = [counted([], f"{number}.docx", str(number), f"d{number}") for number in range(5)]
    assert Store(tmp_path / "one").fill(files, jobs=1) == []
    assert Store(tmp_path / "two").fill(files, jobs=2) == []
    one, two = (
        {path.name: path.read_bytes() for path in each.iterdir()} for each in folders(tmp_path)
    )
    assert one == two


def folders(place: Path) -> Iterator[Path]:
    return (folder for folder in sorted(place.iterdir()))


def test_what_cannot_be_made_is_told_and_the_rest_is_made(tmp_path: Path) -> None:
    def wrong() -> bytes:
        raise CaseError([Finding("error", Phrase("缺", "missing"), "X-01")])

    broken = Download("b.docx", "b", "blank", "contract", "2", wrong)
    files = [broken, counted([], "a.docx", "1")]
    store = Store(tmp_path)
    assert [each.message.zh for each in store.fill(files, jobs=1)] == ["缺"]
    assert list(store.there(files)) == ["a.docx"]


def test_what_nobody_asked_for_in_a_month_goes_and_what_is_asked_for_stays(tmp_path: Path) -> None:
    old, asked = tmp_path / "old.docx", tmp_path / "1.docx"
    for path in (old, asked):
        path.write_bytes(b"")
        os.utime(path, (0, 0))
    store = Store(tmp_path)
    assert store.fill([counted([], "a.docx", "1"), counted([], "b.docx", "2")], jobs=1) == []
    assert not old.exists()
    assert asked.exists()
