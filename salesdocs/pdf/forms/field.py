"""What a field of a form is: the path it stands for, and how a person is to fill it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from salesdocs.case.model.scalars import Kind
from salesdocs.case.paths import PathInfo, resolve_type
from salesdocs.process.documents import Document
from salesdocs.process.fields import Catalogue
from salesdocs.process.library import Library
from salesdocs.produce.blank import label_of
from salesdocs.word.blank import is_entry

_YES_NO: Final = (("true", "是"), ("false", "否"))
_LOOKS: Final[dict[str, str]] = {
    "day": "日期写作2025-07-08",
    "clock": "时间写作14:00-16:00",
    "money": "金额以元计，写作1,128,000.00",
    "share": "写作30%",
    "rate": "写作13%，免税写免税",
    "count": "只写整数",
    "number": "只写数字",
    "phone": "写作13800138000或0574-00000002",
    "email": "写作name@example.com",
    "person": "写姓名或代号",
    "reference": "写编号",
}
# The longest that reading a case accepts: forty digits and blanks.
_LONGEST: Final[dict[str, int]] = {"account": 40}
_LONG: Final = frozenset({"long"})


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form.

    `path` is the case path as the paper prints it, with row numbers (`contacts[0].mobile`,
    `visit.date`), `pattern` the same from the case on (`aftersales.visits[].date`). `kind` is what
    the model reads there, of a list what it holds (`many`). `choices` are codes with the labels
    people see; `free` lets other words stand for one. `maximum` is a number of characters, 0 for no
    limit. `value` is what stands in the field already: text, or a code.
    """

    path: str
    pattern: str
    kind: Kind
    label: str
    hint: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    free: bool = False
    many: bool = False
    multiline: bool = False
    maximum: int = 0
    value: str = ""

    @property
    def tooltip(self) -> str:
        """Return what a viewer shows beside the field and reads to who cannot see it."""
        label = f"{self.label}（必填）" if self.required else self.label
        return f"{label}：{self.hint}" if self.hint else label


def fields_of(document: Document, library: Library) -> tuple[FormField, ...]:
    """Return the fields of the document's groups that a person fills in, a list's once (`[]`)."""
    catalogue = library.catalogue
    return tuple(
        field_at(path, path, document, catalogue)
        for path in dict.fromkeys(document.fields)
        if is_filled_in(path, catalogue)
    )


def is_filled_in(pattern: str, catalogue: Catalogue) -> bool:
    """Return whether a person writes the value at a case pattern, and not the program."""
    info = resolve_type(pattern)
    if info is None or not is_entry(pattern):
        return False
    if info.kind in ("block", "map") or info.item in ("block", "map"):
        return False
    known = catalogue.get(pattern)
    return known is None or known.by != "SYS"


def written_pattern(pattern: str, document: Document) -> str:
    """Return the case pattern that is meant by what a person writes where `pattern` is printed."""
    found = document.pattern(pattern)
    for _ in document.written_as:
        for printed, written in document.written_as.items():
            if found == printed or found.startswith((f"{printed}.", f"{printed}[")):
                found = written + found[len(printed) :]
    return found


def field_at(path: str, pattern: str, document: Document, catalogue: Catalogue) -> FormField:
    """Return the field for a printed path; `pattern` is the path without its row numbers."""
    case_pattern = written_pattern(pattern, document)
    info = resolve_type(case_pattern)
    assert info is not None, f"no such path: {case_pattern}"
    kind = info.item or info.kind
    many = info.kind == "list"
    home = person_pattern(case_pattern)
    known = catalogue.get(home)
    label = label_of(case_pattern, catalogue)
    rows = _row_numbers(path)
    hints = [known.note if known else "", _look(home, kind, many=many)]
    if known and known.example and not info.choice and kind not in ("flag", "day", "person"):
        hints.append(f"例：{known.example}")
    return FormField(
        path=path,
        pattern=case_pattern,
        kind=kind,
        label=f"{label}（第{'、'.join(rows)}行）" if rows else label,
        hint="；".join(hint.rstrip("。；") for hint in hints if hint),
        required=_is_required(home, path, document, catalogue),
        choices=_choices(info),
        free=info.free,
        many=many,
        multiline=kind in _LONG,
        maximum=0 if many else _LONGEST.get(kind, 0),
    )


def person_pattern(pattern: str) -> str:
    """Return the pattern of the person or row that is named, where `pattern` is its name or id."""
    head, _, name = pattern.rpartition(".")
    info = resolve_type(head) if head and name in ("name", "id") else None
    return head if info is not None and info.kind in ("person", "reference") else pattern


def _look(pattern: str, kind: Kind, *, many: bool) -> str:
    """Return how the value is to be written, for kinds that are read in one way only."""
    info = resolve_type(pattern)
    said = _LOOKS.get(info.kind if info and info.kind in ("person", "reference") else kind, "")
    return "；".join(each for each in (said, "多项用“、”分开" if many else "") if each)


def _choices(info: PathInfo) -> tuple[tuple[str, str], ...]:
    if info.choice is not None:
        return tuple((str(option), option.zh) for option in info.choice)
    return _YES_NO if info.kind == "flag" else ()


def _row_numbers(path: str) -> list[str]:
    """Return the numbers of the rows in a path as people count them."""
    return [str(int(part.partition("]")[0]) + 1) for part in path.split("[")[1:] if part[0] != "]"]


def _is_required(pattern: str, path: str, document: Document, catalogue: Catalogue) -> bool:
    """Return whether the paper needs the value: it is due at its stage, and so is what it is in.

    Of a list that is due the first row is; the paper's own row always is.
    """
    known = catalogue.get(pattern)
    if known is None or not known.required or known.stage > document.stage:
        return False
    if any(int(number) > 1 for number in _row_numbers(path)):
        return False
    there = _subject(document)
    return all(around in there or _due(around, document, catalogue) for around in _around(pattern))


def _due(pattern: str, document: Document, catalogue: Catalogue) -> bool:
    entry = catalogue.get(pattern) if pattern in catalogue else None
    return entry is None or (entry.required and entry.stage <= document.stage)


def _subject(document: Document) -> frozenset[str]:
    """Return the blocks that are there because the paper is issued about them.

    Those its day stands in, its own row, the answers it asks for, and all that these stand in.
    """
    about = [document.pattern(path.replace("[-1]", "[]")) for path in document.date_paths]
    about += [f"{rows}." for rows in document.answers.values()]
    return frozenset(around for path in about for around in _around(path))


def _around(pattern: str) -> Iterable[str]:
    """Yield the blocks and lists around a value, its rows as `list[]` and `list`."""
    while "." in pattern:
        pattern = pattern.rpartition(".")[0]
        yield pattern
        if pattern.endswith("[]"):
            yield pattern[:-2]
