"""Returned questionnaires → the responses of a survey, and how many came back and count.

A sheet counts as returned when it came back, and as valid when it answers what every answer of the
survey needs: the role, the overall score, the recommendation and at least one dimension. One that
does not is returned, not valid, and not entered. Numbers of responses follow their content and not
the files, so that nobody can tell by them whose answers they are.

Rule: FIL-12 a sheet that cannot be entered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from salesdocs.case.choices import SurveyDimension
from salesdocs.case.fill import fill_in
from salesdocs.case.load import LoadedCase
from salesdocs.case.model.aftersales import Survey, SurveyResponse
from salesdocs.case.path import Loc
from salesdocs.case.paths import PathInfo, resolve_type
from salesdocs.case.source import Tree
from salesdocs.errors import CaseError, SalesdocsError
from salesdocs.findings import NOTHING, Finding, Phrase
from salesdocs.process.documents import Document
from salesdocs.produce.answers import UnreadableError, is_blank, plainly, read_answer, stated
from salesdocs.produce.dossier import Dossier
from salesdocs.produce.forms import Form
from salesdocs.produce.returned import new_errors, read_again

_NAME: Final = "response"
_SCORES: Final = "scores"
_UNKNOWN: Final = "unknown"
_REQUIRED: Final = ("role", "overall", "recommend")
_WORDS: Final = ("recommend_reason", "best", "worst", "wish", "comment")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A returned questionnaire: its answers by name, each as the case file states it."""

    file: str
    answers: Mapping[str, Tree]
    findings: tuple[Finding, ...]

    @property
    def is_valid(self) -> bool:
        """Return whether it answers what every answer needs."""
        scores = self.answers.get(_SCORES)
        answered = isinstance(scores, list) and any(score is not None for score in scores)
        return answered and all(name in self.answers for name in _REQUIRED)

    @property
    def is_doubtful(self) -> bool:
        """Return whether everything has one score and nothing is said: somebody should look."""
        scores = self.answers.get(_SCORES)
        known = {score for score in scores if score} if isinstance(scores, list) else set()
        return (
            len(known) == 1
            and self.answers.get("overall") in known
            and not any(name in self.answers for name in _WORDS)
        )


@dataclass(frozen=True, slots=True)
class Collected:
    """What the sheets make of a survey: the file as it would be, and what is said of it.

    `entered` are the new responses, `known` how many sheets were in the case already, `invalid` how
    many are returned but do not count. `counts` has (path, old, new) of the figures that change.
    """

    survey: str
    entered: tuple[tuple[str, str], ...]
    known: int
    invalid: int
    counts: tuple[tuple[str, str, str], ...]
    findings: tuple[Finding, ...]
    data: bytes
    loaded: LoadedCase


def is_questionnaire(document: Document) -> bool:
    """Return whether a paper is answered by its readers, a row of the case each."""
    return _NAME in document.answers


def chosen_survey(dossier: Dossier, wanted: str, forms: Sequence[Form]) -> int:
    """Return the position of the survey that the sheets answer.

    The one that is `wanted`, else the one they were printed for, else the only one there is. Raises
    SalesdocsError when that cannot be told, or the case has no such survey.
    """
    surveys = dossier.loaded.case.aftersales.surveys
    ids = [str(survey.id) for survey in surveys]
    printed = {form.row for form in forms if form.row}
    name = wanted or (printed.pop() if len(printed) == 1 else "")
    if not name and len(ids) == 1:
        return 0
    if name in ids:
        return ids.index(name)
    said = Phrase(f"案件里没有满意度调研 {name}", f"the case has no survey {name}")
    if not name:
        said = Phrase("没有说明是哪一次满意度调研", "it is not said which survey is meant")
    listed = "、".join(ids)
    hint = Phrase(
        f"用 --survey 指明，已有：{listed}" if ids else "先在 aftersales.surveys 里写上这次调研",
        f"name it with --survey: {', '.join(ids)}" if ids else "write it into aftersales.surveys",
    )
    raise SalesdocsError([Finding("error", said, "FIL-12", "aftersales.surveys", hint=hint)])


def sheet_of(form: Form, survey: Survey, dossier: Dossier) -> Sheet:
    """Return the answers of a returned questionnaire; what cannot be read is told and left out."""
    answers: dict[str, Tree] = {}
    findings = list(form.findings)
    scores: dict[int, str] = {}
    for entry in form.entries:
        name = entry.path.removeprefix(f"{_NAME}.")
        text = plainly(entry.text)
        if name == entry.path or is_blank(text) or text == _UNKNOWN:
            continue
        if entry.was is not None and text == plainly(entry.was):
            continue
        info = _info(form.document, name)
        if info is None:
            continue
        try:
            value = read_answer(text, info, dossier.loaded.case)
        except UnreadableError as problem:
            label = dossier.catalogue.label(info.path, form.lang)
            findings.append(_unread(form.file, entry.path, label, text, problem))
            continue
        if name.startswith(f"{_SCORES}["):
            scores[int(name[len(_SCORES) + 1 : -1])] = str(value)
        else:
            answers[name] = list(value) if isinstance(value, list) else value
    if scores:
        answers[_SCORES] = _in_order(scores, survey, blank=form.blank)
    return Sheet(form.file, _sorted(answers), tuple(findings))


def collected(sheets: Sequence[Sheet], position: int, dossier: Dossier, data: bytes) -> Collected:
    """Return what the sheets make of the survey at that position of the case.

    A sheet whose answers the case has already is the same sheet: to import twice is to import once.
    """
    survey = dossier.loaded.case.aftersales.surveys[position]
    findings = [finding for sheet in sheets for finding in sheet.findings]
    usable = [sheet for sheet in sheets if not _has_errors(sheet)]
    valid = [sheet for sheet in usable if sheet.is_valid]
    invalid = [sheet for sheet in usable if not sheet.is_valid]
    findings += [_incomplete(sheet) for sheet in invalid]
    findings += [_doubtful(sheet) for sheet in valid if sheet.is_doubtful]
    fresh = _fresh(valid, survey)
    known = len(valid) - len(fresh)
    if known:
        findings.append(_known(known, str(survey.id)))
    where: Loc = ("aftersales", "surveys", position)
    values = _values(fresh, len(fresh) + len(invalid) if fresh else 0, survey, where)
    new, loaded = _written(values, dossier, data, findings)
    if new is None:
        return Collected(
            str(survey.id), (), known, len(invalid), (), tuple(findings), data, dossier.loaded
        )
    entered = tuple(
        (str(_mapping(value).get("id")), _said(_mapping(value)))
        for loc, value in values.items()
        if len(loc) > len(where) + 1
    )
    counts = tuple(
        (f"aftersales.surveys[{position}].{name}", _text(getattr(survey, str(name))), str(value))
        for loc, value in values.items()
        if len(loc) == len(where) + 1 and isinstance(value, str)
        for name in (loc[-1],)
    )
    return Collected(
        str(survey.id), entered, known, len(invalid), counts, tuple(findings), new, loaded
    )


def _values(
    fresh: Sequence[Mapping[str, Tree]], came: int, survey: Survey, where: Loc
) -> dict[Loc, Tree]:
    """Return what is written: a response for each new sheet, and the counts."""
    if not fresh:
        return {}
    values: dict[Loc, Tree] = {}
    if not survey.dimensions:
        values[*where, "dimensions"] = [str(each) for each in SurveyDimension]
    ids = [str(response.id) for response in survey.responses if response.id]
    for number, answers in enumerate(fresh, len(survey.responses)):
        ids.append(_next(ids))
        values[*where, "responses", number] = {"id": ids[-1], **answers}
    before = survey.returned or 0
    returned = before + came if survey.responses else max(before, came)
    if returned != survey.returned:
        values[*where, "returned"] = str(returned)
    valid = len(survey.responses) + len(fresh)
    if valid != survey.valid:
        values[*where, "valid"] = str(valid)
    return values


def _written(
    values: Mapping[Loc, Tree], dossier: Dossier, data: bytes, findings: list[Finding]
) -> tuple[bytes | None, LoadedCase]:
    """Return the file with the values and the case it gives; None where nothing can be written."""
    loaded = dossier.loaded
    if not values:
        return None, loaded
    try:
        new = fill_in(data, values, loaded.source.name)
        after = read_again(new, loaded)
    except CaseError as error:
        findings += error.findings
        return None, loaded
    wrong = new_errors(loaded.findings, after.findings)
    if wrong:
        findings += wrong
        return None, loaded
    return new, after


def _fresh(sheets: Sequence[Sheet], survey: Survey) -> list[Mapping[str, Tree]]:
    """Return the answers that are not in the case yet, in an order that tells nothing of people."""
    there = Counter(_key(_answers_of(response)) for response in survey.responses)
    fresh = []
    for sheet in sorted(sheets, key=lambda each: sha256(_key(each.answers).encode()).digest()):
        key = _key(sheet.answers)
        if there[key]:
            there[key] -= 1
        else:
            fresh.append(sheet.answers)
    return fresh


def _answers_of(response: SurveyResponse) -> dict[str, Tree]:
    """Return a response as the case file states it, without its number."""
    found: dict[str, Tree] = {}
    for name in SurveyResponse.model_fields:
        value: Any = getattr(response, name)
        if name == "id" or value in (None, ()):
            continue
        if name == _SCORES:
            found[name] = [None if score is None else str(score) for score in value]
        else:
            found[name] = _tree(stated(value))
    return _sorted(found)


def _tree(value: str | list[str] | None) -> Tree:
    return list(value) if isinstance(value, list) else value


def _sorted(answers: Mapping[str, Tree]) -> dict[str, Tree]:
    return {name: answers[name] for name in SurveyResponse.model_fields if name in answers}


def _key(answers: Mapping[str, Tree]) -> str:
    return repr([(name, answers[name]) for name in sorted(answers)])


def _in_order(scores: Mapping[int, str], survey: Survey, *, blank: bool) -> list[Tree]:
    """Return the scores in the order of the survey's dimensions, null for what was not scored.

    A blank form asks for all dimensions there are, one printed for a survey for those of it.
    """
    every = list(SurveyDimension)
    asked = every if blank or not survey.dimensions else list(survey.dimensions)
    by_dimension = {asked[n]: score for n, score in scores.items() if n < len(asked)}
    return [by_dimension.get(dimension) for dimension in survey.dimensions or every]


def _info(document: Document, name: str) -> PathInfo | None:
    bare = name.partition("[")[0]
    pattern = document.pattern(f"{_NAME}.{bare}")
    return resolve_type(f"{pattern}[]" if "[" in name else pattern)


def _next(ids: Sequence[str]) -> str:
    numbers = [int(each[1:]) for each in ids if each[:1] == "Q" and each[1:].isdecimal()]
    return f"Q{max(numbers, default=0) + 1}"


def _has_errors(sheet: Sheet) -> bool:
    return any(finding.severity == "error" for finding in sheet.findings)


def _mapping(value: Tree) -> Mapping[str, Tree]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return "—" if value is None else str(value)


def _said(answers: Mapping[str, Tree]) -> str:
    scores = answers.get(_SCORES)
    listed = " ".join("–" if each is None else str(each) for each in scores or ()) if isinstance(
        scores, list) else ""  # fmt: skip
    return f"{answers.get('role')} [{listed}] {answers.get('overall')}/{answers.get('recommend')}"


# ---- what is said ----


def _unread(file: str, path: str, label: str, text: str, problem: UnreadableError) -> Finding:
    short = text if len(text) <= 40 else f"{text[:39]}…"
    message = Phrase(
        f"{label}：读到“{short}”，{problem.message.zh}；这份问卷没有录入",
        f"{label}: “{short}”: {problem.message.en}; the sheet was not entered",
    )
    return Finding("error", message, "FIL-12", path, file, hint=problem.hint)


def _incomplete(sheet: Sheet) -> Finding:
    message = Phrase(
        "没有答全（岗位、总体满意度、推荐意愿、分项评分），计入回收，不计有效，没有录入",
        "not answered in full (role, overall, recommendation, scores): returned, not valid",
    )
    return Finding("warning", message, "FIL-12", file=sheet.file)


def _doubtful(sheet: Sheet) -> Finding:
    message = Phrase(
        "各项都是同一个分，也没有意见，请复核是否有效",
        "one score throughout and nothing said: look whether it counts",
    )
    return Finding("warning", message, "FIL-12", file=sheet.file)


def _known(count: int, survey: str) -> Finding:
    message = Phrase(
        f"有 {count} 份与 {survey} 已录入的答卷完全相同，没有重复录入",
        f"{count} of the sheets are in {survey} already and were not entered again",
    )
    return Finding("note", message, "FIL-12", hint=NOTHING)


def duplicates(files: Sequence[tuple[str, bytes]]) -> Iterator[Finding]:
    """Yield an error for each file that is another one of the same folder, byte for byte."""
    first: dict[bytes, str] = {}
    for name, data in files:
        key = sha256(data).digest()
        if key in first:
            message = Phrase(
                f"和 {first[key]} 是同一个文件，只能算一份", f"the same file as {first[key]}"
            )
            hint = Phrase("删掉一份再导入", "remove one of them")
            yield Finding("error", message, "FIL-12", file=name, hint=hint)
        else:
            first[key] = name
