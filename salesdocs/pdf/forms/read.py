"""Reads a form that somebody filled in, whatever program saved it, and trusts nothing in it.

Nothing of the file is run: actions and scripts are told of and passed over. Only names and values
of fields are read, each bounded, so that a file made to do harm ends as a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

import pikepdf

from salesdocs.errors import PdfError
from salesdocs.findings import NOTHING, Finding, Phrase
from salesdocs.pdf.forms.place import LOOSE
from salesdocs.pdf.forms.post import MARK, OFF, ON
from salesdocs.produce.filled import Filled

_MOST_BYTES: Final = 50 * 1024 * 1024
_MOST_FIELDS: Final = 20_000
_MOST_DEPTH: Final = 32
_MOST_LETTERS: Final = 20_000
_MOST_OPTIONS: Final = 500
_NAME: Final = re.compile(r"[a-z_]\w*(?:\[\d{1,4}\])?(?:\.[a-z_]\w*(?:\[\d{1,4}\])?)*", re.ASCII)
_ACTIONS: Final = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition"})
_AGAIN: Final = re.compile(r"=\d+$")
"""What tells a field from another of the same name: words beside the box they belong to."""
_EDITED: Final = re.compile(r"\r\n?|\u2028|\u2029")

_SAVE_AGAIN: Final = Phrase(
    "请填表人重新下载空白表格，填好后另存为 PDF 发回（不要用“打印为 PDF”）",
    "have the form downloaded anew, filled in and saved as PDF, not printed to PDF",
)


def filled(pdf: bytes, file: str = "") -> Filled:
    """Return what a filled-in form says.

    Raises PdfError for a file that cannot be read or is no form of ours.
    """
    if len(pdf) > _MOST_BYTES:
        raise _refusal("PDF-30", "文件超过 50 MB，不是填好的表格", "is larger than 50 MB", file)
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            return _Reader(document, file).read()
    except pikepdf.PasswordError as problem:
        raise _refusal(
            "PDF-31",
            "文件有打开密码，无法读取",
            "is protected by a password",
            file,
            Phrase("请填表人去掉密码后发回", "have it returned without the password"),
        ) from problem
    except PdfError:
        raise
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError,
            RuntimeError, RecursionError, OverflowError) as problem:  # fmt: skip
        raise _refusal(
            "PDF-30", "不是完好的 PDF 文件", "is no sound PDF file", file, _SAVE_AGAIN
        ) from problem


def _refusal(rule: str, zh: str, en: str, file: str, hint: Phrase = NOTHING) -> PdfError:
    return PdfError([Finding("error", Phrase(zh, en), rule, file=file, hint=hint)])


@dataclass(slots=True)
class _Answer:
    """What the fields of one path say: text, options ticked, words behind a box for others."""

    text: str = ""
    ticked: list[str] = field(default_factory=list)
    is_single: bool = False
    others: dict[str, str] = field(default_factory=dict)

    def said(self) -> str:
        """Return the answer as one text."""
        if self.text:
            return self.text
        if self.is_single and self.ticked:
            return self.others.get(self.ticked[0]) or self.ticked[0]
        words = []
        for option in self.ticked:
            other = self.others.pop(option, "")
            words.append(other or option)
        return "、".join([*words, *(each for each in self.others.values() if each)])


class _Reader:
    def __init__(self, document: pikepdf.Pdf, file: str) -> None:
        self.document = document
        self.file = file
        self.findings: list[Finding] = []
        self.answers: dict[str, _Answer] = {}

    def read(self) -> Filled:
        root = self.document.Root
        form = root.get("/AcroForm")
        said = root.get(MARK)
        if not isinstance(form, pikepdf.Dictionary) or not isinstance(said, pikepdf.Dictionary):
            raise _refusal(
                "PDF-32",
                "不是本程序生成的可填写表格",
                "is no fillable form of this program",
                self.file,
                _SAVE_AGAIN,
            )
        self._look_for_actions()
        if "/XFA" in form:
            self._warn(
                "PDF-34",
                "文件带有 XFA 表单，其中的内容未读取",
                "has an XFA form, whose content was not read",
            )
        for name, item in _fields(form):
            self._take(name, item)
        for path, answer in self.answers.items():
            self._look_at(path, answer)
        values = {path: answer.said() for path, answer in self.answers.items()}
        self._imply(said, values)
        return Filled(
            _text(said.get("/Document")),
            _text(said.get("/Template")),
            _text(said.get("/Version")),
            _text(said.get("/CaseNo")),
            values,
            tuple(self.findings),
        )

    def _take(self, name: str, item: Any) -> None:
        if name.startswith(LOOSE):
            return
        path, equals, option = name.partition("=")
        option = _AGAIN.sub("", option)
        if len(name) > 200 or not _NAME.fullmatch(path):
            self._warn(
                "PDF-35",
                f"多出的字段“{name[:40]}”未读取",
                f"the field “{name[:40]}” is not ours and was not read",
            )
            return
        answer = self.answers.setdefault(path, _Answer())
        kind = str(_inherited(item, "/FT") or "")
        if kind == "/Btn":
            chosen = _chosen(item)
            if chosen:
                # A box of its own is on or off; one of several says which it is.
                is_own = bool(equals) and chosen == ON
                answer.ticked.append(option if is_own else chosen)
                answer.is_single |= not is_own
            return
        text = _value(item, kind)
        if not equals:
            answer.text = text
        elif option.isdecimal():
            answer.text = answer.text or text
        else:
            answer.others[option] = text

    def _look_at(self, path: str, answer: _Answer) -> None:
        """Tell of words for another answer beside a box that was ticked in spite of them."""
        if answer.is_single and answer.ticked and not answer.others.get(answer.ticked[0]):
            lost = "；".join(each for each in answer.others.values() if each)
            if lost:
                self._warn(
                    "PDF-39",
                    f"{path}：勾了一项，又在“其他”处写了“{lost[:40]}”，按勾的那一项读取",
                    f"{path}: a box is ticked and “{lost[:40]}” written; the box was taken",
                )

    def _imply(self, said: Any, values: dict[str, str]) -> None:
        """Add what writing in one of several places says about how the value is stated."""
        implied = _items(said.get("/Implied"))
        written = dict(_fields(self.document.Root["/AcroForm"])) if implied else {}
        for row in implied:
            name, path, code = (_text(each) for each in row)
            if path in values and not values[path] and name in written:
                values[path] = code if _value(written[name], "/Tx") else ""

    # ---- what does not belong in a form ----

    def _look_for_actions(self) -> None:
        root = self.document.Root
        names = root.get("/Names")
        found = {_action(root.get("/OpenAction"))}
        if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
            found.add("/JavaScript")
        for count, item in enumerate(self.document.objects):
            if count > 10 * _MOST_FIELDS:
                break
            if isinstance(item, pikepdf.Dictionary):
                found |= {_action(item), _action(item.get("/A"))}
                more = item.get("/AA")
                if isinstance(more, pikepdf.Dictionary):
                    found |= {_action(each) for each in more.values()}
        named = sorted(found & _ACTIONS)
        if named:
            kinds = "、".join(each[1:] for each in named)
            self._warn(
                "PDF-33",
                f"文件带有会自动执行的内容（{kinds}），未执行",
                f"holds actions ({kinds}), none of which was run",
                Phrase(
                    "本程序的表格不带脚本；请确认文件来源",
                    "our forms hold no scripts: make sure where the file comes from",
                ),
            )

    def _warn(self, rule: str, zh: str, en: str, hint: Phrase = NOTHING) -> None:
        found = Finding("warning", Phrase(zh, en), rule, file=self.file, hint=hint)
        if found not in self.findings:
            self.findings.append(found)


def _action(item: Any) -> str:
    kind = item.get("/S") if isinstance(item, pikepdf.Dictionary) else None
    return str(kind) if isinstance(kind, pikepdf.Name) else ""


def _fields(form: Any) -> Iterator[tuple[str, Any]]:
    """Yield the name and the dictionary of each field that holds a value, in the form's order.

    A field without names below it is one, its widgets are not (ISO 32000-1, 12.7.3.1).
    """
    top = form.get("/Fields")
    waiting = [(item, "", 0) for item in reversed(_items(top))]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        item, around, depth = waiting.pop()
        count += 1
        if count > _MOST_FIELDS or depth > _MOST_DEPTH:
            raise ValueError("too many fields")
        if not isinstance(item, pikepdf.Dictionary):
            continue
        if item.objgen != (0, 0):
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        own = _text(item.get("/T"))
        name = f"{around}.{own}" if around and own else own or around
        kids = [kid for kid in _items(item.get("/Kids")) if isinstance(kid, pikepdf.Dictionary)]
        if kids and any("/T" in kid for kid in kids):
            waiting += [(kid, name, depth + 1) for kid in reversed(kids)]
        elif name:
            yield name, item


def _items(array: Any) -> list[Any]:
    if not isinstance(array, pikepdf.Array):
        return []
    if len(array) > _MOST_FIELDS:
        raise ValueError("too many fields")
    return list(array)


def _inherited(item: Any, key: str) -> Any:
    """Return an entry of the field, or of the fields around it."""
    for _ in range(_MOST_DEPTH):
        if not isinstance(item, pikepdf.Dictionary):
            return None
        if key in item:
            return item[key]
        item = item.get("/Parent")
    return None


def _value(item: Any, kind: str) -> str:
    """Return what stands in a field of text, or the code of what was chosen from a list."""
    value = _inherited(item, "/V")
    if isinstance(value, pikepdf.Array):
        value = value[0] if len(value) else None
    text = _EDITED.sub("\n", _text(value)).strip()
    return _code_of(item, text) if kind == "/Ch" else text


def _code_of(item: Any, text: str) -> str:
    """Return the code whose label was written into the list, else the text."""
    options = _inherited(item, "/Opt")
    if not isinstance(options, pikepdf.Array):
        return text
    for number, option in enumerate(options):
        if number > _MOST_OPTIONS:
            break
        if isinstance(option, pikepdf.Array) and len(option) == 2:
            code, label = _text(option[0]), _text(option[1])
            if text in (code, label.strip()):
                return code
    return text


def _chosen(item: Any) -> str:
    """Return the state that is on in a check box or a group of boxes; "" where none is."""
    value = _inherited(item, "/V")
    if isinstance(value, (pikepdf.Name, pikepdf.String)) and str(value).lstrip("/"):
        state = str(value)
        return "" if state == OFF else state.lstrip("/")
    for widget in [item, *_items(item.get("/Kids"))]:
        shown = widget.get("/AS") if isinstance(widget, pikepdf.Dictionary) else None
        if isinstance(shown, pikepdf.Name) and str(shown) != OFF:
            return str(shown).lstrip("/")
    return ""


def _text(value: Any) -> str:
    """Return a text string, or the text of a stream, cut where nobody would have written on."""
    if isinstance(value, pikepdf.Stream):
        raw = bytes(value.read_bytes()[: 4 * _MOST_LETTERS])
        value = pikepdf.String(raw)
    if isinstance(value, (pikepdf.String, pikepdf.Name)):
        return str(value)[:_MOST_LETTERS].replace("\x00", "")
    return ""
