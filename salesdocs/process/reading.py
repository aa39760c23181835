"""A library folder read into the plain data that `Library` looks at; the slow way in.

Everything that is wrong in any file is collected with its place, because a company's own files are
written by hand. Word templates are only counted here, never opened.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any, Final

from salesdocs.case.path import Loc
from salesdocs.case.source import Source, read_source
from salesdocs.errors import LibraryError
from salesdocs.findings import NOTHING, Finding, Phrase
from salesdocs.process.clause_checks import broken_clauses
from salesdocs.process.clauses import TABLES
from salesdocs.process.fields import _KEYS, _NEEDED, read_fields
from salesdocs.process.library import Data, library_files
from salesdocs.process.policy import UNITS
from salesdocs.process.references import broken_references
from salesdocs.process.shapes import (
    COUNT,
    EACH,
    FLAG,
    PHRASE,
    TEXT,
    VALUE,
    Fitting,
    Shape,
    wrong,
)

_AUDIENCES: Final = frozenset({"customer", "internal", "confidential"})
_STEP: Final = {"do": PHRASE, "by": [TEXT], "output?": PHRASE, "document?": TEXT}
_GATE: Final = {"id": TEXT, "check": frozenset({"program", "person"}), **PHRASE}
_STAGE: Final = {
    "number": COUNT,
    "id": TEXT,
    "name": PHRASE,
    "goal": PHRASE,
    "entry": PHRASE,
    "days": {"from": COUNT, "to": COUNT},
    "roles": [TEXT],
    "steps": [_STEP],
    "exit": [_GATE],
    "cautions": [PHRASE],
    "measures?": [PHRASE],
}
_MODE: Final = {"skips?": [TEXT], "waives?": [TEXT], "notes?": [PHRASE]}
_MODES: Final = {EACH: _MODE}
_PROCESS: Final[Shape] = {
    "about": {
        "version": TEXT,
        "owner": TEXT,
        "reviewed": TEXT,
        "review_months": COUNT,
        "scope": [PHRASE],
        "cautions": [PHRASE],
    },
    "roles": {EACH: PHRASE},
    "stages": [_STAGE],
    "modes?": _MODES,
}
_POLICY: Final = {
    EACH: {
        EACH: {
            "value": VALUE,
            "unit?": frozenset(UNITS),
            "reason": PHRASE,
            "decided_by": TEXT,
        }
    }
}
_RULES: Final = {
    "groups": {EACH: {**PHRASE, "documents": [TEXT]}},
    "rules": {
        EACH: {"severity": frozenset({"error", "warning", "note"}), "stage": COUNT},
    },
}
_TERM: Final = {**PHRASE, "also?": [TEXT], "unless?": [TEXT], "meaning": PHRASE, "see?": [TEXT]}
_GLOSSARY: Final = {"search?": [TEXT], "terms": {EACH: _TERM}}
_OWN_RULES: Final = {
    "rules": {
        EACH: {"severity?": frozenset({"error", "warning", "note"}), "stage?": COUNT},
    },
}
_SEAL: Final = frozenset({"none", "optional", "company_or_contract"})
_SIGNATURE: Final = {
    "party": frozenset({"ours", "customer"}),
    **PHRASE,
    "role?": TEXT,
    "person?": TEXT,
    "name?": TEXT,
    "each?": TEXT,
}
_DOCUMENT: Final = {
    "number": COUNT,
    "stage": COUNT,
    "title": PHRASE,
    "audience": _AUDIENCES,
    "classification": frozenset({"public", "internal", "confidential"}),
    "owner": TEXT,
    "purpose": PHRASE,
    "issued": PHRASE,
    "accompanies?": TEXT,
    "when?": TEXT,
    "titles?": {EACH: PHRASE},
    "blank_rows?": {EACH: COUNT},
    "written_as?": {EACH: TEXT},
    "implies?": {EACH: {EACH: TEXT}},
    "answers?": {EACH: TEXT},
    "form?": FLAG,
    "each?": {EACH: TEXT},
    "doc_no": {"code": TEXT, "path?": TEXT},
    "date": [TEXT],
    "version?": {"follows?": TEXT, "settled_by?": TEXT},
    "seals?": {"ours?": _SEAL, "customer?": _SEAL, "cross_page?": FLAG, "place?": PHRASE},
    "signatures": [_SIGNATURE],
    "groups": [{"title": PHRASE, "fields": [TEXT]}],
    "notes": [PHRASE],
}
_FALLBACK: Final = {**PHRASE, "concedes": PHRASE, "approver": TEXT}
_CLAUSE: Final = {
    "id": TEXT,
    "version": TEXT,
    "title": PHRASE,
    **PHRASE,
    "when?": TEXT,
    "bold?": FLAG,
    "table?": TABLES,
    "approver": TEXT,
    "basis?": PHRASE,
    "fallbacks?": [_FALLBACK],
    "red_lines?": [PHRASE],
}
_ARTICLE: Final = {
    "article?": COUNT,
    "annex?": COUNT,
    "title": PHRASE,
    "when?": TEXT,
    "clauses": [_CLAUSE],
}
# A company's file names what differs from the article it changes.
_CHANGED_ARTICLE: Final = {**_ARTICLE, "title?": PHRASE}
del _CHANGED_ARTICLE["title"]
_TYPES: Final[dict[type, str]] = {str: TEXT, int: COUNT, bool: FLAG}
_FIELDS: Final = {
    EACH: {key if key in _NEEDED else f"{key}?": _TYPES[kind] for key, kind in _KEYS.items()}
}


def read_library(*folders: Path) -> Data:
    """Return the data of the library in `folders`, of which the first has the last word.

    A company states only what differs: `policy.yaml` value by value, `clauses/*.yaml` clause by
    clause, `rules.yaml` and the files in `fields` entry by entry and key by key, a document key by
    key, `glossary.yaml` term by term and key by key, `process.yaml` role by role, mode by mode, and
    its stages by their numbers. A Word template takes the place of its namesake.

    Raises `LibraryError` with all that is wrong.
    """
    return _Reading(library_files(*folders)).data()


class _Reading:
    def __init__(self, files: Mapping[str, tuple[Path, ...]]) -> None:
        self.files = files
        self.sources: dict[str, Source] = {}
        self.findings: list[Finding] = []
        self.clause_places: dict[tuple[str, str], tuple[Source, int]] = {}

    def data(self) -> Data:
        """Return everything the files say, or raise with what is wrong in them."""
        documents = {
            PurePosixPath(name).stem: self._layered(name, name, _DOCUMENT, operator.or_)
            for name in self._in("documents/", ".yaml")
        }
        data = {
            "process": self._layered("process.yaml", "process", _PROCESS, _own_process),
            "policy": self._policy(),
            "rules": self._rules(),
            "glossary": self._layered("glossary.yaml", "glossary", _GLOSSARY, _own_glossary),
            "documents": documents,
            "fields": self._fields(),
            "clauses": {
                PurePosixPath(name).stem: self._article(name)
                for name in self._in("clauses/", ".yaml")
            },
            "templates": [PurePosixPath(name).stem for name in self._in("docx/", ".docx")],
        }
        if not self.findings:
            read_fields(data["fields"])
            self.findings += broken_references(data, self.sources)
            self.findings += broken_clauses(data, self.clause_places, self.sources)
        if self.findings:
            raise LibraryError(self.findings)
        return data

    def _in(self, folder: str, suffix: str) -> list[str]:
        return [name for name in self.files if name.startswith(folder) and name.endswith(suffix)]

    def _read(self, name: str, key: str, shape: Shape) -> Any:
        """Return the winning file of that name, typed; `key` is where its source is kept."""
        paths = self.files.get(name)
        if not paths:
            message = Phrase(f"文件库缺少 {name}", f"the library has no {name}")
            self.findings.append(Finding("error", message, "library.missing-file", file=name))
            return {}
        return self._typed(paths[0], key, shape)

    def _layered(
        self, name: str, key: str, shape: Shape, laid: Callable[[Data, Data], Data]
    ) -> Any:
        """Return the house's file with what a company's namesake states `laid` over it."""
        paths = self.files.get(name, ())
        if len(paths) < 2:
            return self._read(name, key, shape)
        value: Data = self._typed(paths[-1], key, shape)
        for path in reversed(paths[:-1]):
            own = self._typed(path, key, _partly(shape))
            if shape is _FIELDS:
                self.findings += _unknown_fields(own, value, self.sources[key])
            if shape is _GLOSSARY:
                self.findings += _incomplete_terms(own, value, self.sources[key])
            # What cannot be laid over is reported; the rest is read on, so that all is reported.
            value = value if self.findings else laid(value, own)
        return value

    def _typed(self, path: Path, key: str, shape: Shape) -> Any:
        source = read_source(path.read_bytes(), str(path))
        self.sources[key] = source
        self.findings += source.findings
        fitting = Fitting(source)
        typed = fitting.fit(source.tree, shape)
        if source.whole:
            self.findings += fitting.findings
        return typed

    def _fields(self) -> Data:
        """Return the entries of each file of the catalogue; none stands in two of them."""
        blocks: Data = {}
        home: dict[str, str] = {}
        for name in self._in("fields/", ".yaml"):
            entries = self._layered(name, name, _FIELDS, _own_fields)
            blocks[PurePosixPath(name).stem] = entries
            for path in entries:
                if home.setdefault(path, name) != name:
                    message = Phrase(f"{home[path]} 已有此字段", f"{home[path]} has this field too")
                    loc: Loc = (path,)
                    twin = wrong(self.sources[name], loc, "library.twice", message, key=True)
                    self.findings.append(twin)
        return blocks

    def _article(self, name: str) -> Data:
        """Return an article of the contract, changed clause by clause by the files over it.

        A clause with an id of its own comes last. Each clause's place is noted for references.
        """
        *changes, base = self.files[name]
        article: Data = self._typed(base, name, _ARTICLE)
        self._clause_places(article, name)
        for path in reversed(changes):
            own = self._typed(path, name, _CHANGED_ARTICLE)
            self._clause_places(own, name)
            clauses = {clause.get("id"): clause for clause in article.get("clauses", ())}
            clauses |= {clause.get("id"): clause for clause in own.get("clauses", ())}
            article = article | own | {"clauses": list(clauses.values())}
        return article

    def _clause_places(self, article: Data, name: str) -> None:
        for index, clause in enumerate(article.get("clauses", ())):
            self.clause_places[name, clause.get("id", "")] = (self.sources[name], index)

    def _policy(self) -> Data:
        paths = self.files.get("policy.yaml", ())
        if not paths:
            self._read("policy.yaml", "policy", _POLICY)
            return {}
        policy: Data = self._typed(paths[-1], "policy", _POLICY)
        for path in reversed(paths[:-1]):
            own = self._typed(path, "policy", _POLICY)
            self.findings += _unknown_thresholds(own, policy, self.sources["policy"])
            policy = {group: policy.get(group, {}) | own.get(group, {}) for group in policy | own}
        return policy

    def _rules(self) -> Data:
        """Return the rulings, a company's own severities and stages key by key over the house's."""
        paths = self.files.get("rules.yaml", ())
        if not paths:
            self._read("rules.yaml", "rules", _RULES)
            return {"groups": {}, "rules": {}}
        house: Data = self._typed(paths[-1], "rules", _RULES)
        rules = house.get("rules", {})
        for path in reversed(paths[:-1]):
            own = self._typed(path, "rules", _OWN_RULES).get("rules", {})
            self.findings += _unknown_rules(own, rules, self.sources["rules"])
            rules = {rule_id: entry | own.get(rule_id, {}) for rule_id, entry in rules.items()}
        return {"groups": house.get("groups", {}), "rules": rules}


def _partly(shape: Shape) -> Shape:
    """Return the shape of a company's file, which states only what differs.

    A stage of the process is known by its number.
    """
    if EACH in shape:
        return {EACH: _partly(shape[EACH])}
    if shape is _PROCESS:
        stage = _partly(_STAGE) | {"number": COUNT}
        del stage["number?"]
        about = _partly(_PROCESS["about"])
        return {"about?": about, "roles?": {EACH: PHRASE}, "stages?": [stage], "modes?": _MODES}
    if shape is _GLOSSARY:
        return {"search?": [TEXT], "terms?": {EACH: _partly(_TERM)}}
    return {f"{key.removesuffix('?')}?": below for key, below in shape.items()}


def _own_fields(house: Data, own: Data) -> Data:
    """Return the entries of the house, each with what the company says of it."""
    return {path: entry | own.get(path, {}) for path, entry in house.items()}


def _own_glossary(house: Data, own: Data) -> Data:
    """Return the terms of the house with what the company says of them, then its own terms."""
    mine = own.get("terms", {})
    known = {name: entry | mine.get(name, {}) for name, entry in house["terms"].items()}
    words = dict.fromkeys((*house.get("search", ()), *own.get("search", ())))
    return {"search": list(words), "terms": known | mine | known}


def _own_process(house: Data, own: Data) -> Data:
    """Return the process of the house with the company's part of it, stages by their numbers."""
    blocks = {key: house.get(key, {}) | own.get(key, {}) for key in ("about", "roles", "modes")}
    stated = {stage["number"]: stage for stage in own.get("stages", ())}
    known = [stage | stated.pop(stage["number"], {}) for stage in house["stages"]]
    return {**blocks, "stages": [*known, *stated.values()]}


def _unknown_fields(own: Data, house: Data, source: Source) -> Iterator[Finding]:
    for path in own:
        if path not in house:
            message = Phrase(f"这个文件里没有字段 {path}", f"there is no field {path} here")
            near = get_close_matches(path, house, n=3, cutoff=0.5)
            hint = Phrase(f"是否指：{'、'.join(near)}", f"did you mean {', '.join(near)}?")
            loc: Loc = (path,)
            rule = "library.unknown-key"
            yield wrong(source, loc, rule, message, hint if near else NOTHING, key=True)


def _incomplete_terms(own: Data, house: Data, source: Source) -> Iterator[Finding]:
    """Yield what a term of the company's own lacks; of one of the house it says what differs."""
    for name, entry in own.get("terms", {}).items():
        if name not in house["terms"]:
            for key in _TERM:
                if not key.endswith("?") and key not in entry:
                    message = Phrase(f"缺少“{key}”", f"“{key}” is missing")
                    yield wrong(source, ("terms", name), "library.missing", message, key=True)


def _unknown_rules(own: Data, house: Data, source: Source) -> Iterator[Finding]:
    for rule_id in own:
        if rule_id not in house:
            message = Phrase(f"没有 {rule_id} 这条规则", f"there is no rule {rule_id}")
            near = get_close_matches(rule_id, house, n=3, cutoff=0.5)
            hint = Phrase(f"是否指：{'、'.join(near)}", f"did you mean {', '.join(near)}?")
            loc: Loc = ("rules", rule_id)
            rule = "library.unknown-key"
            yield wrong(source, loc, rule, message, hint if near else NOTHING, key=True)


def _unknown_thresholds(own: Data, house: Data, source: Source) -> Iterator[Finding]:
    for group, thresholds in own.items():
        for name in thresholds:
            if name not in house.get(group, {}):
                message = Phrase(
                    f"没有名为“{group}.{name}”的规定", f"there is no threshold “{group}.{name}”"
                )
                hint = Phrase(
                    f"可用：{'、'.join(house.get(group, house))}",
                    f"use {', '.join(house.get(group, house))}",
                )
                yield wrong(source, (group, name), "library.unknown-key", message, hint, key=True)
