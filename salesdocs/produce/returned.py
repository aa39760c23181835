"""What a returned form would change in its case: each value read, compared, tried and checked.

Nothing is erased: an empty place says nothing. What the program computes is not written. A value
that cannot be read is told, with what is expected; the others are taken all the same.

Rules: FIL-05 cannot be read, or not be written; FIL-06 is computed, or stands elsewhere; FIL-08 one
value written twice, differently; FIL-09 left blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from salesdocs.case.fill import fill_in
from salesdocs.case.load import LoadedCase, read_case
from salesdocs.case.model.base import Block
from salesdocs.case.path import Loc, loc_of, path_of
from salesdocs.case.paths import attributes, pattern_of, resolve_type, value_in
from salesdocs.case.source import Tree
from salesdocs.errors import CaseError
from salesdocs.findings import NOTHING, Finding, Phrase
from salesdocs.produce.answers import (
    Stated,
    UnreadableError,
    is_blank,
    plainly,
    read_answer,
    same,
    stated,
)
from salesdocs.produce.blank import label_of
from salesdocs.produce.dossier import Dossier
from salesdocs.produce.forms import Entry, Form, row_position
from salesdocs.produce.placing import Place, Placer

_MOST_ROUNDS: Final = 12
_UNKNOWN: Final = "unknown"
_NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Change:
    """A value of the case that the form changes; `old` and `new` as the case file states them.

    A row that is named is named surely where it was named `by_id`.
    """

    loc: Loc
    old: Stated | None
    new: Stated
    label: str
    line: int = 0
    by_id: bool = False

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
        self.people: Mapping[str, str] = {}
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
            if is_blank(entry.text)
            and entry.was not in (None, _NONE, _UNKNOWN)
            and not is_blank(entry.was or "")
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
        self.people = self.placer.people()
        asked: dict[Loc, list[Change]] = {}
        for entry, place in zip(entries, places, strict=True):
            for change in self._changes(entry, place):
                asked.setdefault(change.loc, []).append(change)
        for loc, value in self.placer.ids():
            if any(other[: len(loc) - 1] == loc[:-1] for other in asked):
                asked.setdefault(loc, [Change(loc, None, value, self._label(path_of(loc)))])
        for _, changes in sorted(asked.items(), key=lambda item: _order(item[0])):
            # Rows may share a name, never an id.
            changes = [each for each in changes if each.by_id] or changes  # noqa: PLW2901
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
        if text == _UNKNOWN or (text == _NONE and place.info.kind == "list"):
            return  # not knowing is no score; an empty list erases nothing
        try:
            new = read_answer(
                text,
                place.info,
                self.case,
                filters=self.form.filters.get(pattern, ()),
                answers=self.form.answers.get(entry.path.rpartition(".")[2]),
                people=self.people,
            )
        except UnreadableError as problem:
            self.findings.append(self._unread(entry, problem.message, problem.hint))
            return
        is_shown = place.value is not None and same(new, stated(place.value))
        if new in ("", []) or (is_shown and self._current(place.loc) is None):
            return  # what the program computes anyway need not be stated
        is_id = place.info.kind == "reference" and entry.path.endswith(".id")
        label = self._label(entry.path)
        yield Change(place.loc, self._current(place.loc), new, label, by_id=is_id)
        for loc, value in self._implied(entry, place.loc):
            yield Change(loc, self._current(loc), value, self._label(path_of(loc)))

    def _implied(self, entry: Entry, loc: Loc) -> Iterator[tuple[Loc, str]]:
        """Yield what is said beside by writing here: in this place of several, in this table."""
        pattern = self.form.document.pattern(re.sub(r"\[\d+\]", "[]", entry.path))
        places = self.form.implied.get(pattern, ())
        choice = places[entry.order] if self.form.blank and entry.order < len(places) else None
        if choice is not None:
            yield loc_of(choice[0]), choice[1]
        for name, value in self.form.document.implies.get(pattern_of(path_of(loc)), {}).items():
            if self._current((*loc[:-1], name)) is None:
                yield (*loc[:-1], name), value

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
                data = fill_in(self.data, self._as_written(kept), loaded.source.name)
                after = read_again(data, loaded)
            except CaseError as error:
                kept = self._without(kept, error.findings, "FIL-05")
                continue
            wrong = new_errors(loaded.findings, after.findings)
            if not wrong:
                return kept, data, after
            kept = self._without(kept, wrong, "FIL-05")
        return [], self.data, loaded

    def _as_written(self, changes: Sequence[Change]) -> dict[Loc, Tree]:
        """Return what is written where: as the file has it, in a short form or spelled out.

        `scale: {headcount: 620}` keeps its key; `industry: C34` becomes a block when a name comes.
        """
        tree = self.dossier.loaded.source.tree
        values: dict[Loc, Tree] = {}
        for change in changes:
            loc = change.loc
            around = _tree_at(tree, loc[:-1])
            info = resolve_type(pattern_of(path_of(loc[:-1]))) if len(loc) > 1 else None
            kind = info.owners[0] if info is not None and len(info.owners) == 1 else None
            if isinstance(around, str) and issubclass(kind or object, Block):
                assert kind is not None
                block = values.setdefault(loc[:-1], {kind.shorthand: around})  # type: ignore[attr-defined]
                block[loc[-1]] = change.new
                continue
            if isinstance(around, dict) and loc[-1] not in around and change.old is not None:
                short = [key for key in around if kind and key not in attributes(kind)]
                loc = (*loc[:-1], short[0]) if len(short) == 1 else loc
            values[loc] = change.new
        return values

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
        if (entry.was is None and not self.form.blank) or place.why is NOTHING:
            return
        if self._says_the_same(entry, place):
            return
        label, text = self._label(entry.path), _short(plainly(entry.text))
        message = Phrase(f"{label}：表上是“{text}”，{place.why.zh}",
                         f"{label}: “{text}” on the form; {place.why.en}")  # fmt: skip
        yield Finding("note", message, "FIL-06", entry.path, self.form.file)

    def _says_the_same(self, entry: Entry, place: Place) -> bool:
        """Return whether the form says what the case has there anyway."""
        pattern = re.sub(r"\[\d+\]", "[]", entry.path)
        info = resolve_type(self.form.document.pattern(pattern))
        current = stated(place.value)
        text = plainly(entry.text)
        if info is None or same(text, current):
            return True
        try:
            said = read_answer(text, info, self.case, filters=self.form.filters.get(pattern, ()))
        except UnreadableError:
            return False
        return same(said, current)

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


def _tree_at(tree: Tree, loc: Loc) -> Tree:
    for part in loc:
        try:
            tree = tree[part]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


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
