"""Finished documents from a case, each of them checked and sealed before anybody sees it.

A document for a reader is rendered from a case from which everything that reader may not see has
been *removed*; the finished text is searched all the same for each removed value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from salesdocs import __version__
from salesdocs.case.model import Case
from salesdocs.errors import DocumentError, TemplateError
from salesdocs.findings import Finding, Language, Phrase, has_errors
from salesdocs.process.documents import Document
from salesdocs.process.fields import Audience, Catalogue, Field
from salesdocs.process.naming import file_name, unique_names
from salesdocs.produce.dossier import Dossier, case_pattern
from salesdocs.produce.fallbacks import fallback_findings
from salesdocs.produce.fingerprint import (
    CONTRACT,
    TOKEN,
    UNFINISHED,
    approval_finding,
    contract_digest,
    contract_findings,
    own_digest,
    prints_fingerprint,
    shown,
    stamped,
)
from salesdocs.produce.papers import Facts, Paper
from salesdocs.produce.reading import read_paper
from salesdocs.rules.run import looked_at
from salesdocs.rules.secrets import leaks
from salesdocs.word.check import fingerprint, structure_problems, texts_of
from salesdocs.word.ooxml import DOCUMENT_PART
from salesdocs.word.render import evaluate, package, slash
from salesdocs.word.runtime import BLANK
from salesdocs.word.template import Template

_DAMAGED: Final = Phrase(
    "在表格中留一行表头，在单元格、文本框和页眉中留一个不带条件的段落",
    "keep a header row in the table, a paragraph without condition in the cell, box or header",
)

__all__ = [
    "Dossier",
    "Facts",
    "Paper",
    "Product",
    "contract_findings",
    "fallback_findings",
    "produce",
    "with_unique_names",
]


@dataclass(frozen=True, slots=True)
class Product:
    """A finished Word file: its bytes, where it goes, what sealed it, and the gaps of a draft."""

    paper: Paper
    facts: Facts
    folder: str
    name: str
    data: bytes
    seal: Mapping[str, str]
    gaps: tuple[Finding, ...] = ()


def produce(
    dossier: Dossier,
    paper: Paper,
    template: Template,
    *,
    lang: Language = "zh",
    draft: bool = False,
) -> Product:
    """Return the finished document.

    Raises DocumentError when a required value is missing or a rule objects to what the paper says
    (but for a `draft`, which marks each gap), when the contract chooses clauses that do not exist
    or, no draft any more, is not the text that was approved, or when the finished file would hold
    something its reader may not see; TemplateError when the template cannot be filled.
    """
    unknown = fallback_findings(dossier) if paper.document.id == CONTRACT else []
    if unknown:
        raise DocumentError(unknown)
    missing = dossier.missing_for(paper, template)
    wrong = dossier.objections_to(paper, template)
    if (missing or wrong) and not draft:
        raise DocumentError([*missing, *wrong])
    audience = paper.document.audience
    context, facts = dossier.context(paper, lang=lang, draft=draft)
    blank = _Gaps(dossier.catalogue, paper.document, lang) if draft else slash
    rendered = evaluate(template, context, lang=lang, blank=blank)
    texts = _sound_texts(rendered, template, facts)
    _refuse_leaks(dossier, audience, texts, template, facts)
    if prints_fingerprint(rendered):
        # Only now: what was approved is written down in the case, and is no leak.
        printed = _fingerprint(dossier, paper, rendered, lang, draft)
        rendered = stamped(rendered, printed)
        texts = {name: text.replace(TOKEN, printed) for name, text in texts.items()}
    said = _said_of_words(dossier, paper, rendered)
    if has_errors(said) and not draft:
        raise DocumentError(said)
    seal = {
        "document": f"{paper.name}.{lang}",
        "template": template.digest,
        "data": dossier.data_digest(audience),
        "text": fingerprint(texts),
        "version": __version__,
    }
    folder = dossier.library.stage(paper.document.stage).folder(lang)
    name = file_name(
        facts.doc_no or paper.document.code,
        _file_title(facts, lang),
        _customer_name(paper.document, dossier.case_for(audience)),
        facts.version,
        facts.date,
    )
    data = package(template, rendered, seal)
    gaps = tuple(replace(finding, severity="warning") for finding in (*missing, *wrong, *said))
    return Product(paper, facts, folder, name, data, seal, gaps)


def _said_of_words(dossier: Dossier, paper: Paper, rendered: Mapping[str, bytes]) -> list[Finding]:
    """Return what the rules find in the words of the finished paper, if any rule looks at it."""
    if paper.document.id not in looked_at():
        return []
    words = read_paper(paper.document.id, rendered[DOCUMENT_PART])
    return dossier.objections_to_words(words)


def _fingerprint(
    dossier: Dossier, paper: Paper, rendered: Mapping[str, bytes], lang: Language, draft: bool
) -> str:
    """Return the fingerprint that the paper prints: of its own text, or else of the contract's.

    Raises DocumentError for a contract that is not the text that was approved.
    """
    digest = own_digest(rendered)
    if paper.document.id == CONTRACT and digest and not draft:
        changed = approval_finding(dossier, digest)
        if changed:
            raise DocumentError([changed])
    digest = digest or contract_digest(dossier, lang)
    return shown(digest) if digest else UNFINISHED.text(lang)


def with_unique_names(products: Sequence[Product]) -> list[Product]:
    """Return the products with no two of a folder sharing a name."""
    names = unique_names(f"{product.folder}/{product.name}" for product in products)
    return [
        replace(product, name=name.partition("/")[2])
        for product, name in zip(products, names, strict=True)
    ]


class _Gaps:
    """Prints a required value that is missing as 【待填：合同编号】 on yellow, for drafts."""

    def __init__(self, catalogue: Catalogue, document: Document, lang: Language) -> None:
        self._catalogue = catalogue
        self._document = document
        self._lang = lang

    def __call__(self, path: str) -> bytes:
        field = self._field(case_pattern(path, self._document))
        if field is None or field.stage > self._document.stage or not field.required:
            return BLANK
        label = escape(field.label(self._lang), quote=False)
        gap = f"【待填：{label}】" if self._lang == "zh" else f"[to fill in: {label}]"
        return (
            '</w:t></w:r><w:r><w:rPr><w:rStyle w:val="ToFill"/></w:rPr><w:t>'
            f'{gap}</w:t></w:r><w:r><w:t xml:space="preserve">'
        ).encode()

    def _field(self, pattern: str) -> Field | None:
        """Return the field; where a person is missing that person, not the name of anybody."""
        person = self._catalogue.get(pattern.removesuffix(".name"))
        return person if person and person.refers else self._catalogue.get(pattern)


def _file_title(facts: Facts, lang: Language) -> str:
    if not facts.draft:
        return facts.title
    return facts.title + Phrase("（草稿）", " (draft)").text(lang)


def _customer_name(document: Document, case: Case) -> str:
    """Return what the file name calls the customer; short names stay inside the house."""
    short = case.customer.short_name if document.audience != "customer" else None
    return short or case.customer.name or ""


def _sound_texts(rendered: Mapping[str, bytes], template: Template, facts: Facts) -> dict[str, str]:
    """Return the text of each part; raises TemplateError for a file that Word would not open.

    Such as a table whose only rows are those of a list that this case leaves empty.
    """
    texts = texts_of(rendered)
    problems = structure_problems(rendered)
    if problems:
        raise TemplateError(
            [
                Finding("error", problem, "TPL-21", file=template.name, hint=_DAMAGED)
                for problem in problems
            ]
        )
    return texts


def _refuse_leaks(
    dossier: Dossier, audience: Audience, texts: Mapping[str, str], template: Template, facts: Facts
) -> None:
    # The template's own words are no secret, whatever the case holds.
    secrets = [
        (path, text) for path, text in dossier.secrets(audience) if text not in template.text
    ]
    found = dict.fromkeys(path for path, _ in leaks(texts, secrets))
    if found:
        raise DocumentError([_leak(dossier, path, facts) for path in found])


def _leak(dossier: Dossier, path: str, facts: Facts) -> Finding:
    file, place = dossier.loaded.place(path)
    return Finding(
        "error",
        Phrase(
            f"内部信息出现在《{facts.title}》中，该文件未生成",
            f"an internal value stands in “{facts.title}”, which was not written",
        ),
        "NEG-03",
        path,
        file,
        *place,
        hint=Phrase(
            "检查对外字段是否抄入了内部内容，或模板是否引用了内部字段",
            "look for the value in fields they see, or for an internal path in the template",
        ),
    )
