"""A loaded case with the library, seen by each audience; what of it is missing, what is secret."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from salesdocs.case.load import LoadedCase
from salesdocs.case.model import Case
from salesdocs.case.model.base import Registry
from salesdocs.case.paths import pattern_of
from salesdocs.findings import Finding, Language
from salesdocs.process.documents import Document
from salesdocs.process.fields import (
    AUDIENCES,
    Audience,
    Catalogue,
    Field,
    strip,
)
from salesdocs.process.library import Library
from salesdocs.produce.papers import Context, Facts, Paper, as_seen, facts_of
from salesdocs.produce.release import Released, release
from salesdocs.rules.registry import Deal, Hit, OtherCase, PaperText, missing_hit
from salesdocs.rules.run import Verdict, judge, judge_paper
from salesdocs.word.template import Template

Templates = Callable[[str, Language], Template]


class Dossier:
    """A loaded case with the library, seen by each audience.

    `templates` gives the compiled template of another document than the one being printed: the
    approval form speaks of the contract's text. `others` are the other cases, where they are known.
    """

    def __init__(
        self,
        loaded: LoadedCase,
        library: Library,
        templates: Templates | None = None,
        others: tuple[OtherCase, ...] = (),
    ) -> None:
        self.loaded = loaded
        self.library = library
        self.deal = Deal(loaded.case, library, others, loaded.tree)
        self._templates = templates
        self._deals: dict[int, Deal] = {}
        self._verdicts: dict[int, Verdict] = {}
        self._cases: dict[Audience, Case] = {AUDIENCES[-1]: loaded.case}
        self._released: dict[Audience, list[Released]] = {AUDIENCES[-1]: []}
        self._trees: dict[Audience, Mapping[str, Any]] = {}
        self._digests: dict[Audience, str] = {}
        self._secrets: dict[Audience, list[tuple[str, str]]] = {}
        self._missing: dict[int, list[tuple[Field, Finding]]] = {}

    @property
    def catalogue(self) -> Catalogue:
        """Return the field catalogue of the library."""
        return self.library.catalogue

    def template(self, document_id: str, lang: Language) -> Template | None:
        """Return the template of a document; None where there is none or nobody says where."""
        if self._templates is None or lang not in self.library.languages(document_id):
            return None
        return self._templates(document_id, lang)

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
            known = self._secrets[audience] = self.deal.secrets(audience)
        return known

    def _deal_at(self, stage: int) -> Deal:
        """Return the deal as it is judged at a stage; what it finds out is found out once."""
        known = self._deals.get(stage)
        if known is None:
            known = self._deals[stage] = replace(self.deal, at_stage=stage)
        return known

    def verdict(self, stage: int | None = None) -> Verdict:
        """Return what the rules say of the case at `stage`, by default the one it has reached.

        What reading already objected to is not objected to again: where a value could not be read,
        rules see none.
        """
        number = self.stage if stage is None else stage
        known = self._verdicts.get(number)
        if known is None:
            said = judge(self._deal_at(number), number, self.loaded.place)
            misread = [each.path for each in self.loaded.findings if each.severity == "error"]
            kept = tuple(
                each
                for each in said.findings
                if not any(_is_around(path, each.path) for path in misread)
            )
            known = self._verdicts[number] = Verdict(kept, said.settled)
        return known

    def objections_to(self, paper: Paper, template: Template) -> list[Finding]:
        """Return the errors of the rules for which the paper may not be issued.

        A paper that binds both parties has to be without any error of its stage; every other one
        without an error at a value that it prints.
        """
        document = paper.document
        errors = [
            each
            for each in self.verdict().findings
            if each.severity == "error" and each.rule != "FRM-02"  # `missing_for` tells of those
        ]
        if not errors:
            return []
        if document.seals.ours == document.seals.customer == "company_or_contract":
            rulings = self.library.rulings
            return [
                each
                for each in errors
                if rulings[each.rule].stage <= document.stage
                and self._stage_of(each.path) <= document.stage
            ]
        needed = needed_paths(template, document)
        return [
            each
            for each in errors
            if pattern_of(each.path) in needed and _concerns(each.path, paper)
        ]

    def _stage_of(self, path: str) -> int:
        """Return the stage in which the value at a path comes to be."""
        field = self.catalogue.get(pattern_of(path))
        return field.stage if field else 1

    def is_begun(self, paper: Paper) -> bool:
        """Return whether the paper has a day of its own: before that there is nothing to print."""
        return paper.document.date(self.loaded.case, paper.row) is not None

    def objections_to_words(self, paper: PaperText) -> list[Finding]:
        """Return what the rules find in the words of a finished paper."""
        return judge_paper(self.deal, paper, self.stage, self.loaded.place)

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
        version = paper.document.version(self.loaded.case, paper.row)
        facts = facts_of(seen, case, version, lang, draft)
        return Context(seen, case, facts), facts

    def missing_at(self, stage: int) -> list[tuple[Field, Finding]]:
        """Return each required value that a case at `stage` lacks: its field and a finding."""
        known = self._missing.get(stage)
        if known is None:
            missing = self._deal_at(stage).missing
            known = self._missing[stage] = [(field, self._placed(hit)) for field, hit in missing]
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
        return self._placed(missing_hit(path, field))

    def _placed(self, hit: Hit) -> Finding:
        file, place = self.loaded.place(hit.path)
        return Finding("error", hit.message, "FRM-02", hit.path, file, *place, hint=hit.hint)


def _is_around(path: str, other: str) -> bool:
    """Return whether one of the paths is the other, or a block around it."""
    outer, inner = sorted((path, other), key=len)
    return inner == outer or inner.startswith((f"{outer}.", f"{outer}["))


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
    return document.pattern(path)


def _concerns(path: str, paper: Paper) -> bool:
    """Return whether a missing value belongs to the paper's own row, not to a sister of it."""
    rows = paper.document.rows
    if not rows or not path.startswith(f"{rows}["):
        return True
    return path.startswith(f"{rows}[{paper.position}]")
