"""A returned file → a form of one case: which paper it is, and what stands at each of its places.

A Word file is laid beside the paper as it is printed today, or beside the blank form it was made
from; a PDF says itself which value is which.

Rules: FIL-01 no form of ours; FIL-03 of another case; FIL-04 the case went on since it was printed;
FIL-06 a field that the form does not have; FIL-07 words that belong to no field; FIL-13 the
template has changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language, Phrase
from salesdocs.process.documents import Document
from salesdocs.produce.answers import is_blank, is_ticked, plainly, same
from salesdocs.produce.blank import BlankForm, blank_form
from salesdocs.produce.dossier import Dossier
from salesdocs.produce.filled import Filled
from salesdocs.produce.papers import Paper
from salesdocs.word.blank import is_writable
from salesdocs.word.extract import anchored
from salesdocs.word.passages import passages
from salesdocs.word.render import evaluate, package
from salesdocs.word.returned import ReturnedValue, read_returned, values_of
from salesdocs.word.seal import seal_of
from salesdocs.word.template import Template

WordTemplates = Callable[[str, Language], bytes]
"""Gives the Word template of a document as bytes."""

_OTHER: Final = "other"
_ANSWER: Final = re.compile(r"(\w+)\s*\|\s*answer\(\s*'([^']*)'\s*,\s*'([^']*)'")
# What tells whose form it is, and whether it was printed for this case.
_OWN_NUMBERS: Final = ("meta.case_no", "document.doc_no")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands at one place of a form, and what stands there today; `order` among its likes."""

    path: str
    text: str
    was: str | None
    order: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A returned form, whatever file it came as.

    `row` is the id of the row that the paper was issued for; a `blank` form was made of no case.
    `implied` has for each place of a path, in order, the choice that is made by writing there.
    """

    document: Document
    lang: Language
    row: str
    blank: bool
    entries: tuple[Entry, ...]
    file: str
    findings: tuple[Finding, ...] = ()
    implied: Mapping[str, Sequence[tuple[str, str] | None]] = field(default_factory=dict)
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, str]] = field(default_factory=dict)


# ---- the file as a form ----


class FormReader:
    """Reads the files that came back for one case; what it lays them beside is made once.

    Blank forms are the same for all cases: readers that are given the same `blanks` share them.
    """

    def __init__(
        self,
        dossier: Dossier,
        templates: WordTemplates,
        blanks: dict[tuple[str, Language], BlankForm] | None = None,
    ) -> None:
        self.dossier = dossier
        self._templates = templates
        self._made = {} if blanks is None else blanks
        self._printed: dict[tuple[str, str, Language], bytes | None] = {}

    def word(self, data: bytes, file: str) -> Form:
        """Return a returned Word file as a form of this case.

        Raises SalesdocsError when it is no Word file, none of ours, or belongs to another case.
        """
        said = seal_of(data, file)
        document, row, lang = _identity(said.get("document", ""), file, self.dossier)
        is_blank_form = not said.get("data")
        if is_blank_form:
            made = self._blank(document, lang)
            template, today, implied = made.template, made.data, made.implied
        else:
            template = self._template(document, lang, file)
            today, implied = self._today(document, row, lang, file) or data, {}
        read = read_returned(data, today, anchored(template), file, partial(_is_written, document))
        findings = (
            *_of_template(said.get("template", ""), template, file),
            *_of_data(said.get("data", ""), document, self.dossier, file),
            *(_stray(words, file) for words in read.strays),
        )
        form = Form(
            document=document,
            lang=lang,
            row=row,
            blank=is_blank_form,
            entries=tuple(_entries(read.values)),
            file=file,
            findings=findings,
            implied=implied,
            filters=_filters(template),
            answers=_answers(self._templates(document.id, lang), file),
        )
        _is_of_this_case(form, self.dossier)
        return form

    def pdf(self, filled: Filled, file: str) -> Form:
        """Return a returned PDF, already read, as a form of this case.

        Raises SalesdocsError when it is none of ours, or belongs to another case.
        """
        document, row, lang = _identity(filled.document, file, self.dossier)
        made = self._blank(document, lang)
        template = self._template(document, lang, file)
        today = self._today(document, row, lang, file)
        was = dict(_told(today, template)) if today else {}
        known = {use.path for use in made.template.uses if not use.is_loop}
        known |= {choice[0] for each in made.implied.values() for choice in each if choice}
        entries, unknown = [], []
        for path, text in filled.values.items():
            if re.sub(r"\[\d+\]", "[]", path) in known:
                entries.append(Entry(path, text, was.get(path)))
            else:
                unknown.append(_unprinted(path, file))
        findings = (*filled.findings, *_of_template(filled.template, template, file), *unknown)
        form = Form(
            document=document,
            lang=lang,
            row=row,
            blank=not filled.case_no,
            entries=tuple(entries),
            file=file,
            findings=findings,
            implied=made.implied,
            filters=_filters(made.template),
            answers=_answers(self._templates(document.id, lang), file),
        )
        if filled.case_no and filled.case_no != self.dossier.loaded.case.meta.case_no:
            raise SalesdocsError([_foreign(filled.case_no, form, self.dossier)])
        _is_of_this_case(form, self.dossier)
        return form

    def _blank(self, document: Document, lang: Language) -> BlankForm:
        key = document.id, lang
        if key not in self._made:
            original = self._templates(document.id, lang)
            self._made[key] = blank_form(document, original, self.dossier.catalogue, lang=lang)
        return self._made[key]

    def _template(self, document: Document, lang: Language, file: str) -> Template:
        template = self.dossier.template(document.id, lang)
        if template is None:
            name = f"{document.id}.{lang}"
            message = Phrase(f"没有 {name} 这个模板", f"there is no template {name}")
            raise SalesdocsError([Finding("error", message, "FIL-01", file=file)])
        return template

    def _today(self, document: Document, row: str, lang: Language, file: str) -> bytes | None:
        """Return the paper as it is printed today; None where the case has no such row."""
        key = document.id, row, lang
        if key not in self._printed:
            template = self._template(document, lang, file)
            self._printed[key] = _today(self.dossier, document, row, template, lang)
        return self._printed[key]


def _is_written(document: Document, path: str) -> bool:
    """Return whether people write the value at a path of a paper."""
    return is_writable(document.meant(re.sub(r"\[\d+\]", "[]", path)))


def _identity(sealed: str, file: str, dossier: Dossier) -> tuple[Document, str, Language]:
    """Return the kind of paper, its row and its language, as `visit_record/V-03.zh` says."""
    name, dot, ending = sealed.rpartition(".")
    lang: Language = "en" if ending == "en" else "zh"
    name = name if dot and ending in ("zh", "en") else sealed
    document_id, _, row = name.partition("/")
    known = {document.id for document in dossier.library.documents}
    if document_id not in known:
        message = Phrase(
            f"没有这种表格：{document_id}" if document_id else "不是本程序生成的表格或文件",
            f"there is no form “{document_id}”" if document_id else "no form of this program",
        )
        hint = Phrase(
            "只能导入 `salesdocs render` 或 `salesdocs form` 生成、填好后保存的文件",
            "only filled-in files of `salesdocs render` or `salesdocs form` can be imported",
        )
        raise SalesdocsError([Finding("error", message, "FIL-01", file=file, hint=hint)])
    return dossier.library.document(document_id), row, lang


def _today(
    dossier: Dossier, document: Document, row: str, template: Template, lang: Language
) -> bytes | None:
    """Return the paper as the program prints it today; None where the case has no such row."""
    position = row_position(dossier, document, row)
    if position is None:
        return None
    paper = Paper(document, document.rows_of(dossier.loaded.case)[position], position)
    context, _ = dossier.context(paper, lang=lang)
    return package(template, evaluate(template, context, lang=lang))


def row_position(dossier: Dossier, document: Document, row: str) -> int | None:
    """Return the place of a row by its id or number; 0 for a paper without rows, None if absent."""
    if not document.rows:
        return 0
    rows = document.rows_of(dossier.loaded.case)
    for place, each in enumerate(rows):
        if each is not None and getattr(each, "id", None) == row:
            return place
    if row.isdecimal() and 0 < int(row) <= len(rows):
        place = int(row) - 1
        return place if getattr(rows[place], "id", None) is None else None
    return None


def _told(data: bytes, template: Template) -> Iterator[tuple[str, str]]:
    ticked: dict[str, list[str]] = {}
    told: dict[str, str] = {}
    for path, option, text in values_of(data, anchored(template)):
        if not option:
            told.setdefault(path, text)
        elif is_ticked(text):
            ticked.setdefault(path, []).append(option)
    yield from ({**{path: "、".join(each) for path, each in ticked.items()}, **told}).items()


def _entries(values: Iterable[ReturnedValue]) -> Iterator[Entry]:
    """Yield the entries of a Word file; boxes that answer one path are one entry."""
    orders: dict[str, int] = {}
    boxes: dict[str, list[ReturnedValue]] = {}
    for value in values:
        if value.option:
            boxes.setdefault(value.path, []).append(value)
            continue
        order = orders[value.path] = orders.get(value.path, -1) + 1
        yield Entry(value.path, value.text, value.was, order)
    for path, options in boxes.items():
        known = all(each.was is not None for each in options)
        was = _chosen(options, lambda each: each.was or "") if known else None
        yield Entry(path, _chosen(options, lambda each: each.text), was)


def _chosen(options: Sequence[ReturnedValue], text_of: Callable[[ReturnedValue], str]) -> str:
    """Return the codes of the ticked boxes, 、 between; words written beside 其他 stand for it."""
    found = []
    for each in options:
        text = text_of(each)
        if is_ticked(text):
            words = re.sub(r"[☑☒√✓✔■●□]", "", plainly(text)).strip()
            found.append(words if each.option == _OTHER and words else each.option)
    return "、".join(found)


def _filters(template: Template) -> dict[str, Sequence[str]]:
    return {use.path: use.filters for use in template.uses if not use.is_loop}


def _answers(template: bytes, file: str) -> dict[str, tuple[str, str]]:
    """Return the words that a template prints for yes and no, by the last name of the path."""
    return {
        found[1]: (found[2], found[3])
        for passage in passages(template, file)
        for found in _ANSWER.finditer(passage.text)
    }


# ---- whose form it is ----


def _is_of_this_case(form: Form, dossier: Dossier) -> None:
    """Raise what is wrong when the form carries the number of another case."""
    case_no = dossier.loaded.case.meta.case_no
    for entry in form.entries:
        text = plainly(entry.text)
        if entry.path not in _OWN_NUMBERS or is_blank(text) or text == plainly(entry.was or ""):
            continue
        is_ours = entry.path == "meta.case_no" and (case_no is None or same(text, case_no))
        if is_ours or (entry.path == "document.doc_no" and (form.blank or entry.was is None)):
            continue
        raise SalesdocsError([_foreign(text, form, dossier)])


def _foreign(number: str, form: Form, dossier: Dossier) -> Finding:
    ours = dossier.loaded.case.meta.case_no or ""
    message = Phrase(
        f"这份表属于另一个案件：表上是 {number}，案件是 {ours}，没有导入",
        f"the form belongs to another case: {number}, this one is {ours}; nothing was taken",
    )
    hint = Phrase("检查导入到了哪个案件", "look whether this is the right case")
    return Finding("error", message, "FIL-03", "meta.case_no", form.file, hint=hint)


def _of_template(sealed: str, template: Template, file: str) -> Iterator[Finding]:
    if sealed and sealed != template.digest:
        message = Phrase(
            "这份表是用另一版模板生成的，能对上的项照常读取",
            "the form was made with another version of its template; what still fits is read",
        )
        yield Finding("note", message, "FIL-13", file=file)


def _of_data(sealed: str, document: Document, dossier: Dossier, file: str) -> Iterator[Finding]:
    if sealed and sealed != dossier.data_digest(document.audience):
        message = Phrase(
            "这份表生成以后案件改过：下列改动里可能有案件的新值被表上的旧值换回",
            "the case was changed since the form was made: old values of the form may replace new",
        )
        hint = Phrase("逐项核对再写入", "look at each change before it is written")
        yield Finding("warning", message, "FIL-04", file=file, hint=hint)


def _stray(words: str, file: str) -> Finding:
    short = words if len(words) <= 30 else f"{words[:29]}…"
    message = Phrase(
        f"有文字不在任何一项的位置上，没有读取：{short}",
        f"words that belong to no field were not read: {short}",
    )
    hint = Phrase("写回对应的格内，或直接改案件", "write it in its cell, or change the case itself")
    return Finding("warning", message, "FIL-07", file=file, hint=hint)


def _unprinted(path: str, file: str) -> Finding:
    message = Phrase("这份表没有这一项，没有读取", "the form has no such field; it was not read")
    return Finding("warning", message, "FIL-06", path, file)
