"""What a returned form would change in its case: each value read, compared, tried and checked.

Nothing is erased: an empty place says nothing. What the program computes is not written. A value
that cannot be read is told, with what is expected; the others are taken all the same.

Rules: FIL-01 no form of ours; FIL-03 of another case; FIL-04 the case went on since it was printed;
FIL-05 cannot be read, or not be written; FIL-06 is computed, or stands elsewhere; FIL-07 words that
belong to no field; FIL-08 one value written twice, differently; FIL-09 left blank; FIL-13 the
template has changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from salesdocs.case.edit import fill_in
from salesdocs.case.load import LoadedCase, read_case
from salesdocs.case.path import Loc, loc_of, path_of
from salesdocs.case.paths import value_in
from salesdocs.errors import CaseError, SalesdocsError
from salesdocs.findings import NOTHING, Finding, Language, Phrase
from salesdocs.process.documents import Document
from salesdocs.produce.answers import (
    Stated,
    UnreadableError,
    is_blank,
    is_ticked,
    plainly,
    read_answer,
    same,
    stated,
)
from salesdocs.produce.blank import blank_form, label_of
from salesdocs.produce.dossier import Dossier
from salesdocs.produce.filled import Filled
from salesdocs.produce.papers import Paper
from salesdocs.produce.placing import Place, Placer
from salesdocs.word.extract import anchored
from salesdocs.word.passages import passages
from salesdocs.word.render import evaluate, package
from salesdocs.word.returned import ReturnedValue, read_returned, values_of
from salesdocs.word.seal import seal_of
from salesdocs.word.template import Template

WordTemplates = Callable[[str, Language], bytes]
"""Gives the Word template of a document as bytes."""

_MOST_ROUNDS: Final = 12
_OTHER: Final = "other"
_UNKNOWN: Final = "unknown"
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


@dataclass(frozen=True, slots=True)
class Change:
    """A value of the case that the form changes; `old` and `new` as the case file states them."""

    loc: Loc
    old: Stated | None
    new: Stated
    label: str
    line: int = 0

    @property
    def path(self) -> str:
        """Return the case path."""
        return path_of(self.loc)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a form would change: the changes, what is said of it, and the file as it would be."""

    form: Form
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    data: bytes
    loaded: LoadedCase


# ---- the file as a form ----


def word_form(data: bytes, file: str, dossier: Dossier, templates: WordTemplates) -> Form:
    """Return a returned Word file as a form of this case.

    Raises SalesdocsError when it is no Word file, none of ours, or belongs to another case.
    """
    said = seal_of(data, file)
    document, row, lang = _identity(said.get("document", ""), file, dossier)
    is_made_of_none = not said.get("data")
    original = templates(document.id, lang)
    if is_made_of_none:
        made = blank_form(document, original, dossier.catalogue, lang=lang)
        template, today, implied = made.template, made.data, made.implied
    else:
        template = _template(dossier, document, lang)
        today, implied = _today(dossier, document, row, template, lang) or data, {}
    read = read_returned(data, today, anchored(template), file)
    entries = tuple(_entries(read.values))
    findings = [*_of_template(said.get("template", ""), template, file),
                *_of_data(said.get("data", ""), document, dossier, file),
                *(_stray(words, file) for words in read.strays)]  # fmt: skip
    form = Form(
        document, lang, row, is_made_of_none, entries, file, tuple(findings), implied,
        _filters(template), _answers(original, file),
    )  # fmt: skip
    _is_of_this_case(form, dossier)
    return form


def pdf_form(filled: Filled, file: str, dossier: Dossier, templates: WordTemplates) -> Form:
    """Return a returned PDF, already read, as a form of this case.

    Raises SalesdocsError when it is none of ours, or belongs to another case.
    """
    document, row, lang = _identity(filled.document, file, dossier)
    original = templates(document.id, lang)
    made = blank_form(document, original, dossier.catalogue, lang=lang)
    template: Template = made.template
    today = _today(dossier, document, row, _template(dossier, document, lang), lang)
    was = dict(_printed(today, _template(dossier, document, lang))) if today else {}
    known = {use.path for use in template.uses if not use.is_loop}
    findings = [*filled.findings, *_of_template(filled.template, template, file)]
    entries = []
    for path, text in filled.values.items():
        if re.sub(r"\[\d+\]", "[]", path) in known:
            entries.append(Entry(path, text, was.get(path)))
        else:
            findings.append(_unprinted(path, file))
    form = Form(
        document, lang, row, not filled.case_no, tuple(entries), file, tuple(findings),
        made.implied, _filters(template), _answers(original, file),
    )  # fmt: skip
    if filled.case_no and filled.case_no != dossier.loaded.case.meta.case_no:
        raise SalesdocsError([_foreign(filled.case_no, form, dossier)])
    _is_of_this_case(form, dossier)
    return form


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


def _template(dossier: Dossier, document: Document, lang: Language) -> Template:
    template = dossier.template(document.id, lang)
    assert template is not None, "the dossier of an import knows its templates"
    return template


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


def _printed(data: bytes, template: Template) -> Iterator[tuple[str, str]]:
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


# ---- what it would change ----


def proposed(form: Form, dossier: Dossier, data: bytes) -> Proposal:
    """Return what a form would change in the case whose file holds `data`.

    Of what cannot be taken there is a finding each; the changes are those that can be written, and
    with them the case reads without an error at any of them.
    """
    return _Proposing(form, dossier, data).result()


class _Proposing:
    def __init__(self, form: Form, dossier: Dossier, data: bytes) -> None:
        self.form = form
        self.dossier = dossier
        self.data = data
        self.case = dossier.loaded.case
        self.findings: list[Finding] = list(form.findings)
        self.placer = Placer(
            self.case,
            form.document,
            row_position(dossier, form.document, form.row),
            blank=form.blank,
        )

    def result(self) -> Proposal:
        wanted = list(self._wanted())
        changes, data, loaded = self._tried(wanted)
        self.findings += self._blanked()
        placed = tuple(
            Change(each.loc, each.old, each.new, each.label, loaded.place(each.path)[1].line)
            for each in changes
        )
        return Proposal(self.form, placed, tuple(self.findings), data, loaded)

    # -- reading

    def _stated_entries(self) -> list[Entry]:
        """Return the entries that say something other than what is printed there today."""
        return [
            entry
            for entry in self.form.entries
            if not entry.path.startswith("document.")
            and not is_blank(entry.text)
            and (entry.was is None or plainly(entry.text) != plainly(entry.was))
        ]

    def _blanked(self) -> Iterator[Finding]:
        """Yield a note about places that say nothing where the case says something."""
        cleared = [
            entry.path
            for entry in self.form.entries
            if is_blank(entry.text) and entry.was and not is_blank(entry.was)
            and not self.form.blank
        ]  # fmt: skip
        if cleared:
            labels = list(dict.fromkeys(self._label(path) for path in cleared))
            some = "、".join(labels[:5]) + ("…" if len(labels) > 5 else "")
            message = Phrase(
                f"表上空着、案件里有值的 {len(labels)} 项保持不变：{some}",
                f"left blank on the form and kept as the case has them: {some}",
            )
            hint = Phrase("确要删除的，直接改案件", "to delete a value change the case itself")
            yield Finding("note", message, "FIL-09", file=self.form.file, hint=hint)

    def _label(self, path: str) -> str:
        pattern = re.sub(r"\[\d+\]", "[]", path)
        return label_of(self.form.document.pattern(pattern), self.dossier.catalogue, self.form.lang)

    def _wanted(self) -> Iterator[Change]:
        """Yield the changes that the form asks for, one for each value of the case."""
        entries = self._stated_entries()
        places = self.placer.placed([(entry.path, plainly(entry.text)) for entry in entries])
        asked: dict[Loc, list[Change]] = {}
        for entry, place in zip(entries, places, strict=True):
            for change in self._changes(entry, place):
                asked.setdefault(change.loc, []).append(change)
        for loc, value in self.placer.ids():
            if any(other[: len(loc) - 1] == loc[:-1] for other in asked):
                asked.setdefault(loc, [Change(loc, None, value, self._label(path_of(loc)))])
        for _, changes in sorted(asked.items(), key=lambda item: _order(item[0])):
            different = [c for n, c in enumerate(changes)
                         if not any(same(c.new, d.new) for d in changes[:n])]  # fmt: skip
            if len(different) > 1:
                self.findings.append(self._twice(different))
            elif not same(changes[0].new, changes[0].old):
                yield changes[0]

    def _changes(self, entry: Entry, place: Place) -> Iterator[Change]:
        if place.info is None:
            self.findings += self._not_taken(entry, place)
            return
        pattern = re.sub(r"\[\d+\]", "[]", entry.path)
        if place.loc[:2] in self.dossier.loaded.from_company:
            self.findings.append(self._of_company(entry, place))
            return
        text = plainly(entry.text)
        if text == _UNKNOWN:
            return  # not knowing is no score
        try:
            new = read_answer(
                text,
                place.info,
                self.case,
                filters=self.form.filters.get(pattern, ()),
                answers=self.form.answers.get(entry.path.rpartition(".")[2]),
            )
        except UnreadableError as problem:
            self.findings.append(self._unread(entry, problem.message, problem.hint))
            return
        if new in ("", []):
            return
        yield Change(place.loc, self._current(place.loc), new, self._label(entry.path))
        implied = self._implied(entry)
        if implied is not None:
            loc = loc_of(implied[0])
            yield Change(loc, self._current(loc), implied[1], self._label(implied[0]))

    def _implied(self, entry: Entry) -> tuple[str, str] | None:
        """Return the choice that is made by writing in this place of several."""
        pattern = self.form.document.pattern(re.sub(r"\[\d+\]", "[]", entry.path))
        places = self.form.implied.get(pattern, ())
        return places[entry.order] if self.form.blank and entry.order < len(places) else None

    def _current(self, loc: Loc) -> Stated | None:
        try:
            return stated(value_in(self.case, loc)) or None
        except (KeyError, IndexError):
            return None

    # -- trying

    def _tried(self, wanted: Sequence[Change]) -> tuple[list[Change], bytes, LoadedCase]:
        """Return the changes that can be written, with the file and the case they give."""
        kept = list(wanted)
        loaded = self.dossier.loaded
        for _ in range(_MOST_ROUNDS):
            if not kept:
                break
            try:
                data = fill_in(self.data, {each.loc: each.new for each in kept}, loaded.source.name)
                after = read_again(data, loaded)
            except CaseError as error:
                kept = self._without(kept, error.findings, "FIL-05")
                continue
            wrong = new_errors(loaded.findings, after.findings)
            if not wrong:
                return kept, data, after
            kept = self._without(kept, wrong, "FIL-05")
        return [], self.data, loaded

    def _without(
        self, changes: Sequence[Change], wrong: Sequence[Finding], rule: str
    ) -> list[Change]:
        """Return the changes without those that errors are about, each of which is told."""
        bad: dict[Loc, Finding] = {}
        for finding in wrong:
            for change in changes:
                if _is_near(change.path, finding.path):
                    bad.setdefault(change.loc, finding)
        if not bad:  # what broke stands elsewhere: all of it is doubtful
            bad = {change.loc: wrong[0] for change in changes}
        for change in changes:
            if change.loc in bad:
                said = bad[change.loc]
                self.findings.append(self._refused(change, said.message, said.hint, rule))
        return [change for change in changes if change.loc not in bad]

    # -- saying

    def _unread(self, entry: Entry, message: Phrase, hint: Phrase) -> Finding:
        label = self._label(entry.path)
        text = _short(plainly(entry.text))
        said = _about(label, text, message)
        return Finding("error", said, "FIL-05", entry.path, self.form.file, hint=hint)

    def _refused(self, change: Change, message: Phrase, hint: Phrase, rule: str) -> Finding:
        text = _short(shown(change.new))
        said = _about(change.label, text, message)
        return Finding("error", said, rule, change.path, self.form.file, hint=hint)

    def _not_taken(self, entry: Entry, place: Place) -> Iterator[Finding]:
        """Yield a note about a value that the program computes, or that stands elsewhere."""
        if entry.was is None and not self.form.blank:
            return
        label, text = self._label(entry.path), _short(plainly(entry.text))
        if place.why is NOTHING:
            return
        message = Phrase(f"{label}：表上是“{text}”，{place.why.zh}",
                         f"{label}: “{text}” on the form; {place.why.en}")  # fmt: skip
        yield Finding("note", message, "FIL-06", entry.path, self.form.file)

    def _of_company(self, entry: Entry, place: Place) -> Finding:
        file, spot = self.dossier.loaded.place(path_of(place.loc))
        message = Phrase(
            f"{self._label(entry.path)}：这一项写在 {file} 里，没有改动",
            f"{self._label(entry.path)}: this value stands in {file} and was not changed",
        )
        return Finding("note", message, "FIL-06", path_of(place.loc), file, *spot)

    def _twice(self, changes: Sequence[Change]) -> Finding:
        said = [_short(shown(change.new)) for change in changes]
        message = Phrase(
            f"{changes[0].label}：表上有两处写得不同：{'、'.join(said)}",
            f"{changes[0].label}: the form says it differently in two places: {', '.join(said)}",
        )
        hint = Phrase("改成一样再导入", "make them the same")
        return Finding("error", message, "FIL-08", changes[0].path, self.form.file, hint=hint)


def shown(value: Stated | None) -> str:
    """Return a stated value in one line for people; a dash for none."""
    if value is None:
        return "—"
    text = "、".join(value) if isinstance(value, list) else value
    return " ⏎ ".join(text.split("\n"))


def _about(label: str, text: str, message: Phrase) -> Phrase:
    """Return a message with what it is about, and what was read where it does not say so."""
    if text in message.zh:
        return Phrase(f"{label}：{message.zh}", f"{label}: {message.en}")
    return Phrase(f"{label}：读到“{text}”，{message.zh}", f"{label}: “{text}”: {message.en}")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _order(loc: Loc) -> list[tuple[int, str]]:
    """Return a key that puts rows in the order of their numbers."""
    return [(part, "") if isinstance(part, int) else (-1, "") for part in loc]


def _is_near(path: str, other: str) -> bool:
    """Return whether one path is the other, or a block around it."""
    outer, inner = sorted((path, other), key=len)
    return inner == outer or inner.startswith((f"{outer}.", f"{outer}["))


def read_again(data: bytes, loaded: LoadedCase) -> LoadedCase:
    """Return the case that its file gives with other bytes, the company's file as it was."""
    company = loaded.company
    return read_case(
        data,
        loaded.source.name,
        company.written.encode() if company is not None else None,
        company.name if company is not None else "",
    )


def new_errors(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """Return the errors of `after` that were not there before."""
    known = {(each.rule, each.path, each.message) for each in before}
    return [
        each
        for each in after
        if each.severity == "error" and (each.rule, each.path, each.message) not in known
    ]
