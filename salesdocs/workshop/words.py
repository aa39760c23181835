"""Words inside a paragraph: plain text and tags in, runs out, and every tag alone in its run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, Union

from salesdocs.findings import Phrase
from salesdocs.workshop.markup import Element, make, statement
from salesdocs.workshop.sheet import Sheet

_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
_STATEMENT = re.compile(r"^\{%-?\s*(?!r\s)")
NONE = Phrase("无", "None")
COMMA = Phrase("、", ", ")
SEMICOLON = Phrase("；", "; ")
STOP = Phrase("。", ".")
YES = Phrase("是", "Yes")
NO = Phrase("否", "No")
_BOX = re.compile(r"([□☑])")
_CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")


@dataclass(frozen=True, slots=True)
class Strong:
    """Words in bold: liability limits and whatever the law wants to catch the eye."""

    words: Words


@dataclass(frozen=True, slots=True)
class Faint:
    """Words in grey: 盖章 hints, remarks to the reader of a form."""

    words: Words


@dataclass(frozen=True, slots=True)
class Label:
    """The catalogue's label of a case path pattern such as `contract.payments[].share`."""

    path: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that open `url`, a fixed address."""

    words: Words
    url: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new line in the same paragraph."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A jump to the next tab stop of the style."""


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A live field: `PAGE`, `NUMPAGES` or `SECTIONPAGES`."""

    code: str = "PAGE"


@dataclass(frozen=True, slots=True)
class Ref:
    """The number of the paragraph that carries `bookmark`, kept right by Word; `shown` until then.

    Refer to what is always there: a number is as good as the numbers before it.
    """

    bookmark: str
    shown: Words


@dataclass(frozen=True, slots=True)
class Lines:
    """`words` once for each row of a list, inside one paragraph, `between` them; `empty` if none.

    `each` is the head of a loop, `topic in needs.review.agenda`. Use it in cells and running text;
    for real lists there is `Bullets`.
    """

    each: str
    words: Words
    between: Words = Break()
    empty: Words = NONE


@dataclass(frozen=True, slots=True)
class Given:
    """`words` only where `condition` holds, else `otherwise`, inside one paragraph."""

    condition: str
    words: Words
    otherwise: Words = ""


@dataclass(frozen=True, slots=True)
class Worded:
    """Words that what the sheet knows decides: the titles of the library's clauses, say."""

    make: Callable[[Sheet], Words]


Words: TypeAlias = Union[
    str,
    Phrase,
    Strong,
    Faint,
    Label,
    Link,
    Break,
    Tab,
    PageNumber,
    Ref,
    Lines,
    Given,
    Worded,
    "tuple[Words, ...]",
]
"""What can stand in a paragraph; a plain `str` is the same in both languages: tags, digits."""


def sentence(path: str) -> Words:
    """Return the words of a text, ended with a full stop where its author left it out."""
    unfinished = f"{path} and {path}[-1] not in '。！？；….!?;'"
    return f"{{{{ {path} }}}}", Given(unfinished, STOP)


def answer(path: str, yes: Phrase = YES, no: Phrase = NO, *, alarm: bool = False) -> Words:
    """Return the answer that a flag gives; as an `alarm` a no stands in bold."""
    said = Phrase(
        f"{{{{ {path} | answer('{yes.zh}', '{no.zh}') }}}}",
        f"{{{{ {path} | answer('{yes.en}', '{no.en}') }}}}",
    )
    return Given(f"{path} == false", Strong(said), said) if alarm else said


def ids(each: str, tag: str, per_line: int, empty: Words = NONE) -> Lines:
    """Return the ids of a list, so many on a line: one broken at its hyphen is hard to read."""
    ends = f"loop.index // {per_line} * {per_line} == loop.index"  # a tag may hold no per cent sign
    return Lines(each, tag, Given(ends, Break(), " "), empty)


def runs(words: Words, sheet: Sheet, style: str = "") -> Iterator[Element]:
    """Yield the runs of `words` in the sheet's language, in the character style `style`."""
    match words:
        case Phrase():
            yield from _text_runs(words.text(sheet.lang), sheet, style)
        case str():
            if _CHINESE.search(_TAG.sub("", words)):
                raise ValueError(f"say it in both languages, Phrase(zh, en): {words}")
            yield from _text_runs(words, sheet, style)
        case Label(path):
            yield from _text_runs(sheet.label(path), sheet, style)
        case Strong(inner):
            yield from runs(inner, sheet, "Strong")
        case Faint(inner):
            yield from runs(inner, sheet, "Faint")
        case Break():
            yield make("w:r", make("w:br"))
        case Tab():
            yield make("w:r", make("w:tab"))
        case Worded(make_words):
            yield from runs(make_words(sheet), sheet, style)
        case tuple():
            for part in words:
                yield from runs(part, sheet, style)
        case _:
            yield from _composed_runs(words, sheet, style)


def _composed_runs(
    words: Link | PageNumber | Ref | Lines | Given, sheet: Sheet, style: str
) -> Iterator[Element]:
    match words:
        case Link(inner, url):
            link = make("w:hyperlink", *runs(inner, sheet, "Hyperlink"))
            link.set(*sheet.link(url))
            yield link
        case PageNumber(code):
            yield make("w:fldSimple", _run("1", style), instr=f" {code} ")
        case Ref(bookmark, inner):
            yield _styled(make("w:fldChar", fldCharType="begin"), style)
            yield _styled(instruction(f" REF {bookmark} \\r \\h "), style)
            yield _styled(make("w:fldChar", fldCharType="separate"), style)
            yield from runs(inner, sheet, style)
            yield _styled(make("w:fldChar", fldCharType="end"), style)
        case Lines(each, inner, between, empty):
            yield _run(statement(f"for {each}", "r"))
            yield from runs(inner, sheet, style)
            yield _run("{%r if not loop.last %}")
            yield from runs(between, sheet, style)
            yield _run("{%r endif %}")
            yield _run("{%r else %}")
            yield from runs(empty, sheet, style)
            yield _run("{%r endfor %}")
        case Given(condition, inner, otherwise):
            yield _run(statement(f"if {condition}", "r"))
            yield from runs(inner, sheet, style)
            if otherwise:
                yield _run("{%r else %}")
                yield from runs(otherwise, sheet, style)
            yield _run("{%r endif %}")


def _styled(content: Element, style: str) -> Element:
    """Return a run of the field in the style of its result: a refresh takes it from there."""
    properties = make("w:rPr", make("w:rStyle", val=style)) if style else None
    return make("w:r", properties, content)


def instruction(code: str) -> Element:
    """Return the code of a field that is spelled out in runs."""
    text = make("w:instrText", code)
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return text


def _text_runs(text: str, sheet: Sheet, style: str) -> Iterator[Element]:
    """Yield runs; statements become `{%r … %}`, whose run goes and leaves no empty one behind."""
    for part in filter(None, _TAG.split(text)):
        if part.startswith("{%"):
            yield _run(_STATEMENT.sub("{%r ", part))
        elif "\n" in part and not part.startswith("{{"):
            for index, line in enumerate(part.split("\n")):
                yield from runs(Break(), sheet) if index else ()
                yield from [_run(line, style)] if line else ()
        elif part.startswith("{{"):
            boxes = "| tick(" in part or ("| boxes(" in part and sheet.lang == "zh")
            yield _run(part, "Box" if boxes else style)
        else:
            for piece in filter(None, _BOX.split(part)):
                yield _run(piece, "Box" if _BOX.match(piece) else style)


def _run(text: str, style: str = "") -> Element:
    """Return a run; its hint sends quotation marks beside Chinese to the Chinese face.

    Boxes need more: LibreOffice heeds no hint and would draw □, which Latin faces have, smaller
    than ☑, which they lack; the style `Box` names the Chinese face for all scripts.
    """
    chinese = not text.startswith("{%") and (
        text.startswith("{{") or style == "Box" or _CHINESE.search(text)
    )
    properties = [
        make("w:rStyle", val=style) if style else None,
        make("w:rFonts", hint="eastAsia") if chinese else None,
    ]
    said = make("w:t", text)
    if text != text.strip() or "{{" in text:
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    filled = any(part is not None for part in properties)
    return make("w:r", make("w:rPr", *properties) if filled else None, said)
