"""A loaded case with the library, seen by each audience; what of it is missing, what is secret."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from salesdocs.calc import format as display
from salesdocs.case.load import LoadedCase
from salesdocs.case.model import Case
from salesdocs.case.model.base import Registry
from salesdocs.case.path import Loc, path_of
from salesdocs.case.paths import value_in
from salesdocs.findings import NOTHING, Finding, Language, Phrase
from salesdocs.process.documents import Document
from salesdocs.process.fields import (
    AUDIENCES,
    FILLED_BY,
    Audience,
    Catalogue,
    Field,
    missing_values,
    strip,
)
from salesdocs.process.library import Library
from salesdocs.produce.papers import Context, Facts, Paper, as_seen, facts_of
from salesdocs.produce.release import Released, release
from salesdocs.word.template import Template

# Shorter texts and smaller numbers are found by chance in any document. What is merely internal (a
# weekly note) may share a few words with what the customer reads; a whole sentence may not.
_SHORTEST: Final[Mapping[Audience, int]] = {
    "confidential": 4,
    "internal": 12,
    "customer": 10**6,  # no secret
}
_SMALLEST: Final = Decimal(1000)
_PHONE: Final = re.compile(r"\+?[\d -]{7,}")


class Dossier:
    """A loaded case with the library, seen by each audience."""

    def __init__(self, loaded: LoadedCase, library: Library) -> None:
        self.loaded = loaded
        self.library = library
        self._cases: dict[Audience, Case] = {AUDIENCES[-1]: loaded.case}
        self._released: dict[Audience, list[Released]] = {AUDIENCES[-1]: []}
        self._trees: dict[Audience, Mapping[str, Any]] = {}
        self._digests: dict[Audience, str] = {}
        self._secrets: dict[Audience, list[tuple[str, str]]] = {}
        self._levels: dict[Loc, Audience] = {}
        self._missing: dict[int, list[tuple[Field, Finding]]] = {}

    @property
    def catalogue(self) -> Catalogue:
        """Return the field catalogue of the library."""
        return self.library.catalogue

    @property
    def stage(self) -> int:
        """Return the stage the case has reached, 1 to 7; a case that names none is at the first."""
        return int(self.loaded.case.meta.stage or 1)

    def case_for(self, audience: Audience) -> Case:
        """Return the case as `audience` may see it, built anew from what is left.

        Only the values that the catalogue releases are those of the whole case.
        """
        known = self._cases.get(audience)
        if known is None:
            tree = self.tree_for(audience)
            known = Case.model_validate(tree, context=Registry())
            released = release(self.loaded.case, known, audience, self.catalogue)
            self._cases[audience], self._released[audience] = known, released
        return known

    def tree_for(self, audience: Audience) -> Mapping[str, Any]:
        """Return what the files state, without what `audience` may not see."""
        known = self._trees.get(audience)
        if known is None:
            known = self._trees[audience] = strip(self.loaded.tree, audience, self.catalogue)
        return known

    def data_digest(self, audience: Audience) -> str:
        """Return the SHA-256 of the data that documents for `audience` are made of, hexadecimal."""
        known = self._digests.get(audience)
        if known is None:
            self.case_for(audience)
            stated = json.dumps(self.tree_for(audience), ensure_ascii=False, sort_keys=True)
            released = "".join(f"\n{each.name}={each.value!r}" for each in self._released[audience])
            known = self._digests[audience] = sha256(f"{stated}{released}".encode()).hexdigest()
        return known

    def secrets(self, audience: Audience) -> list[tuple[str, str]]:
        """Return (path, text) of what would give away something that `audience` may not read.

        As it was written and as a document would print it; without values the audience sees anyway.
        """
        known = self._secrets.get(audience)
        if known is None:
            kept = self.tree_for(audience)
            seen = _scalars(kept)
            known = self._secrets[audience] = [
                (path_of(loc), text)
                for loc, stated in _removed(self.loaded.tree, kept)
                if stated not in seen
                for text in self._telling(loc, stated)
            ]
        return known

    def _telling(self, loc: Loc, stated: str) -> tuple[str, ...]:
        """Return how a removed value would read, if that is enough to be recognised."""
        level = self._level(tuple(0 if isinstance(part, int) else part for part in loc))
        if len(stated) < _SHORTEST[level] and not stated[:1].isdigit():
            return ()
        value = value_in(self.loaded.case, loc)
        if isinstance(value, Decimal):
            is_telling = level == "confidential" and abs(value) >= _SMALLEST
            return _written_amounts(value) if is_telling else ()
        # A choice, a reference or a day is no text of its own.
        if type(value) is str and (len(value) >= _SHORTEST[level] or _PHONE.fullmatch(value)):
            return (value,)
        return ()

    def _level(self, loc: Loc) -> Audience:
        """Return the audience of a place; the same for all rows of a list."""
        known = self._levels.get(loc)
        if known is None:
            known = self._levels[loc] = self.catalogue.audience_of(self._pattern(loc))
        return known

    def _pattern(self, loc: Loc) -> str:
        """Return the pattern of a place in a raw tree, where people stand under their codes."""
        pattern = ""
        for part in loc:
            if isinstance(part, int) or (pattern and self.catalogue.has_rows(pattern)):
                pattern += "[]"
            else:
                pattern = f"{pattern}.{part}" if pattern else part
        return pattern

    def papers(
        self, *, stage: int | None = None, ids: Sequence[str] = (), lang: Language = "zh"
    ) -> list[Paper]:
        """Return the papers that the case has reached and that have a template in `lang`.

        `stage` keeps the documents of that stage, `ids` those kinds; raises LibraryError for an id
        that the library does not know.
        """
        wanted = {self.library.document(name).id for name in ids}
        meta = self.loaded.case.meta
        mode = str(meta.procurement_mode or "direct")
        return [
            Paper(document, row, position)
            for document in self.library.documents_reached(self.stage, mode)
            if (not wanted or document.id in wanted)
            and (stage is None or document.stage == stage)
            and lang in self.library.languages(document.id)
            for position, row in enumerate(document.rows_of(self.loaded.case))
            if document.called_for(self.loaded.case, row)
        ]

    def context(
        self, paper: Paper, *, lang: Language = "zh", draft: bool = False
    ) -> tuple[Context, Facts]:
        """Return what the template of the paper can name, and the facts among it."""
        case = self.case_for(paper.document.audience)
        seen = as_seen(paper, case)
        facts = facts_of(seen, case, lang, draft)
        return Context(seen, case, facts), facts

    def missing_at(self, stage: int) -> list[tuple[Field, Finding]]:
        """Return each required value that a case at `stage` lacks: its field and a finding."""
        known = self._missing.get(stage)
        if known is None:
            known = self._missing[stage] = [
                (field, self._missing_finding(path, field))
                for path, field in missing_values(self.loaded.case, stage, self.catalogue)
            ]
        return known

    def missing_for(self, paper: Paper, template: Template) -> list[Finding]:
        """Return a finding for each value that the paper needs and the case does not have.

        Without a day and a number of its own nothing is a document: then the block that it is made
        of has not been written yet.
        """
        return list(dict.fromkeys([*self._nameless(paper), *self._missing_in(paper, template)]))

    def _nameless(self, paper: Paper) -> Iterator[Finding]:
        document, case = paper.document, self.loaded.case
        if document.date(case, paper.row) is None:
            # The last of the days it could carry is the first that a deal comes to know.
            yield self._missing_at_path(document.date_paths[-1], paper)
        if document.doc_no(case, paper.row) is None:
            yield self._missing_at_path("supplier.doc_prefix", paper)

    def _missing_at_path(self, path: str, paper: Paper) -> Finding:
        document = paper.document
        field = self.catalogue[case_pattern(path.replace("[-1]", "[]"), document)]
        first, dot, rest = path.replace("[-1]", "").partition(".")
        if document.row and first == document.row:
            first = f"{document.rows}[{paper.position}]"
        return self._missing_finding(f"{first}{dot}{rest}", field)

    def _missing_in(self, paper: Paper, template: Template) -> list[Finding]:
        """Return what is due at the paper's stage, printed by its template, and missing."""
        # What is due at one stage is due at every later one, and no paper is of a later stage than
        # the case: mostly one look answers for all papers.
        if not self.missing_at(self.stage):
            return []
        missing = self.missing_at(paper.document.stage)
        needed = needed_paths(template, paper.document)
        return [
            finding
            for field, finding in missing
            if field.path in needed and _concerns(finding.path, paper)
        ]

    def _missing_finding(self, path: str, field: Field) -> Finding:
        file, place = self.loaded.place(path)
        who = FILLED_BY[field.by]
        example = Phrase(f"，例如 {field.example}", f", such as {field.example}")
        if not field.example:
            example = NOTHING
        return Finding(
            "error",
            Phrase(f"缺少“{field.zh}”", f"“{field.en}” is missing"),
            "FRM-02",
            path,
            file,
            *place,
            hint=Phrase(
                f"由{who.zh}填写{example.zh}；{field.note}",
                f"filled in by {who.en}{example.en}",
            ),
        )


def needed_paths(template: Template, document: Document) -> set[str]:
    """Return the path patterns that the template prints, with all blocks around them."""
    needed: set[str] = set()
    for use in template.uses:
        path = case_pattern(use.path, document)
        while path and path not in needed:
            needed.add(path)
            path = path.rpartition(".")[0]
    return needed


def case_pattern(path: str, document: Document) -> str:
    """Return the path from the case on: `survey.period` → `aftersales.surveys[].period`."""
    first, dot, rest = path.partition(".")
    return f"{document.rows}[]{dot}{rest}" if document.row and first == document.row else path


def _concerns(path: str, paper: Paper) -> bool:
    """Return whether a missing value belongs to the paper's own row, not to a sister of it."""
    rows = paper.document.rows
    if not rows or not path.startswith(f"{rows}["):
        return True
    return path.startswith(f"{rows}[{paper.position}]")


def _written_amounts(amount: Decimal) -> tuple[str, ...]:
    """Return the ways people write an amount: 1,080,000.00, 1080000, 1,080,000, 108万, capitals."""
    forms = [display.money(amount), f"{amount:f}", display.capitals(amount)]
    if amount == amount.to_integral_value():
        forms += [f"{amount:,.0f}", f"{amount:.0f}"]
    short = display.wan(amount)
    forms += [f"{short}万", f"{short} 万"]
    return tuple(dict.fromkeys(forms))


def _removed(full: Any, kept: Any) -> list[tuple[Loc, str]]:
    """Return place and text of each value in the tree `full` that is not in the tree `kept`."""
    found: list[tuple[Loc, str]] = []
    _collect_removed(full, kept, (), found)
    return found


def _collect_removed(full: Any, kept: Any, loc: Loc, found: list[tuple[Loc, str]]) -> None:
    if full is kept:
        return
    if isinstance(full, dict):
        there = kept if isinstance(kept, dict) else {}
        for key, value in full.items():
            _collect_removed(value, there.get(key), (*loc, key), found)
    elif isinstance(full, list):
        rows = kept if isinstance(kept, list) and len(kept) == len(full) else [None] * len(full)
        for index, (value, below) in enumerate(zip(full, rows, strict=True)):
            _collect_removed(value, below, (*loc, index), found)
    elif isinstance(full, str) and kept is None:
        found.append((loc, full))


def _scalars(tree: Any) -> set[str]:
    """Return the text of each value in a raw tree."""
    found: set[str] = set()
    waiting = [tree]
    for each in waiting:  # grows while it is gone through
        if isinstance(each, str):
            found.add(each)
        elif isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return found
