"""Names in the library that stand for nothing: stages, documents, roles, gates, case paths."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from salesdocs.case.path import Loc
from salesdocs.case.source import Source
from salesdocs.findings import Finding, Phrase
from salesdocs.process.shapes import wrong

Data = Mapping[str, Any]


def broken_references(data: Data, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Yield every name in the library that stands for nothing, with its place.

    `sources` holds the files by key: `process`, `policy`, `documents/<id>.yaml`.
    """
    for file, loc, kind, name, known in _names(data):
        if name not in known:
            near = get_close_matches(name, [str(item) for item in known], n=3, cutoff=0.5)
            hint = Phrase(f"是否指：{'、'.join(near)}", f"did you mean {', '.join(near)}?")
            message = Phrase(f"没有这个{kind.zh}：{name}", f"there is no such {kind.en}: {name}")
            rule = "library.reference"
            source = sources[file]
            yield (
                wrong(source, loc, rule, message, hint)
                if near
                else wrong(source, loc, rule, message)
            )
    yield from _twins(data, sources)


_ROLE = Phrase("角色", "role")
_DOCUMENT = Phrase("文件", "document")
_STAGE = Phrase("阶段", "stage")
_GATE = Phrase("关口", "gate")
_PATH = Phrase("字段", "field")
_RULE = Phrase("规则", "rule")
_THRESHOLD = Phrase("规定", "threshold")
_KIND = Phrase("去处", "kind of place")

_Name = tuple[str, Loc, Phrase, str, Collection[str]]


def _names(data: Data) -> Iterator[_Name]:
    yield from _names_in_process(data)
    roles = {*data["process"]["roles"], "law"}
    for group, thresholds in data["policy"].items():
        for name, entry in thresholds.items():
            loc = (group, name, "decided_by")
            yield "policy", loc, _ROLE, entry["decided_by"], roles
    yield from _names_in_glossary(data)
    for prefix, group in data["rules"].get("groups", {}).items():
        for place, name in enumerate(group["documents"]):
            yield (
                "rules",
                ("groups", prefix, "documents", place),
                _DOCUMENT,
                name,
                data["documents"],
            )
    for name, document in data["documents"].items():
        yield from _names_in_document(f"documents/{name}.yaml", document, data)


def _names_in_glossary(data: Data) -> Iterator[_Name]:
    known: Mapping[str, Collection[str]] = {
        "stage": [str(stage["number"]) for stage in data["process"]["stages"]],
        "document": data["documents"],
        "rule": data["rules"].get("rules", {}),
        "policy": [
            name
            for group, thresholds in data["policy"].items()
            for name in (group, *(f"{group}.{each}" for each in thresholds))
        ],
    }
    kinds = {"stage": _STAGE, "document": _DOCUMENT, "rule": _RULE, "policy": _THRESHOLD}
    for term, entry in data["glossary"]["terms"].items():
        for place, said in enumerate(entry.get("see", ())):
            kind, _, name = said.partition(" ")
            loc: Loc = ("terms", term, "see", place)
            if kind in known:
                yield "glossary", loc, kinds[kind], name, known[kind]
            else:
                yield "glossary", loc, _KIND, kind, known


def _names_in_process(data: Data) -> Iterator[_Name]:
    process = data["process"]
    roles, documents = process["roles"], data["documents"]
    for index, stage in enumerate(process["stages"]):
        for place, role in enumerate(stage["roles"]):
            yield "process", ("stages", index, "roles", place), _ROLE, role, roles
        for number, step in enumerate(stage["steps"]):
            loc: Loc = ("stages", index, "steps", number)
            for place, role in enumerate(step["by"]):
                yield "process", (*loc, "by", place), _ROLE, role, roles
            if "document" in step:
                yield "process", (*loc, "document"), _DOCUMENT, step["document"], documents
    gates = {gate["id"] for stage in process["stages"] for gate in stage["exit"]}
    for code, mode in process.get("modes", {}).items():
        for place, name in enumerate(mode.get("skips", ())):
            yield "process", ("modes", code, "skips", place), _DOCUMENT, name, documents
        for place, name in enumerate(mode.get("waives", ())):
            yield "process", ("modes", code, "waives", place), _GATE, name, gates


def _names_in_document(file: str, document: Data, data: Data) -> Iterator[_Name]:
    catalogued = {path for block in data["fields"].values() for path in block}
    stages = [str(stage["number"]) for stage in data["process"]["stages"]]
    yield file, ("stage",), _STAGE, str(document["stage"]), stages
    yield file, ("owner",), _ROLE, document["owner"], data["process"]["roles"]
    if "accompanies" in document:
        yield file, ("accompanies",), _DOCUMENT, document["accompanies"], data["documents"]
    rows: dict[str, str] = document.get("each", {})
    for loc, path in _paths(document):
        first, _, rest = path.partition(".")
        full = f"{rows[first]}[].{rest}" if first in rows else path
        yield file, loc, _PATH, re.sub(r"\[-?\d+\]", "[]", full), catalogued


def _paths(document: Data) -> Iterator[tuple[Loc, str]]:
    for row, path in document.get("each", {}).items():
        yield ("each", row), path
    if "path" in document["doc_no"]:
        yield ("doc_no", "path"), document["doc_no"]["path"]
    if "when" in document:
        yield ("when",), document["when"]
    for path in document.get("titles", {}):
        yield ("titles", path), path
    for index, path in enumerate(document["date"]):
        yield ("date", index), path
    for key, path in document.get("version", {}).items():
        yield ("version", key), path
    for index, signature in enumerate(document["signatures"]):
        for key in ("person", "name", "each"):
            if key in signature:
                yield ("signatures", index, key), signature[key]
    for index, group in enumerate(document["groups"]):
        for place, path in enumerate(group["fields"]):
            yield ("groups", index, "fields", place), path


def _twins(data: Data, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Yield what must be unique and is not: document numbers and codes, gates."""
    taken: dict[tuple[str, str], str] = {}
    for name, document in data["documents"].items():
        marks: tuple[tuple[Loc, str], ...] = (
            (("number",), str(document["number"])),
            (("doc_no", "code"), document["doc_no"]["code"]),
        )
        for loc, value in marks:
            other = taken.setdefault((str(loc[-1]), value), name)
            if other != name:
                source = sources[f"documents/{name}.yaml"]
                message = Phrase(f"{value} 已由 {other} 使用", f"{value} belongs to {other}")
                yield wrong(source, loc, "library.twice", message)
    gates: set[str] = set()
    for index, stage in enumerate(data["process"]["stages"]):
        for place, gate in enumerate(stage["exit"]):
            if gate["id"] in gates:
                message = Phrase(f"关口“{gate['id']}”重复", f"gate “{gate['id']}” stands twice")
                where = ("stages", index, "exit", place, "id")
                yield wrong(sources["process"], where, "library.twice", message)
            gates.add(gate["id"])
