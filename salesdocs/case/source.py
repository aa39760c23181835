"""YAML text of a case → a plain tree in which every value is the text as written, with its place.

Nothing is typed here: `0571`, `1.10`, `12:30`, `1e5` and `yes` stay text; an empty value, `~` and
`null` are None. A case is written by people for people, so anchors, aliases, merge keys, tags and
several documents in one file are refused: a value has one place and a place has one value.

Rules (all errors except SRC-22 and the cases marked *):

====== ==========================================================================================
SRC-01 file too large (5 MB, 300,000 values)
SRC-02 not a text file (Word, Excel, PDF, picture, archive)
SRC-03 not UTF-8 (the encoding is named when it can be told, and the file is read all the same)
SRC-04 control character, written as such or as an escape: Word cannot hold it
SRC-05 nothing in the file
SRC-06 the file is a list or a text, not `key: value`
SRC-07 several documents in one file
SRC-08 nested too deep (`DEEPEST` levels)
SRC-09 the same key twice in one block
SRC-10 a key that YAML 1.1 readers take for yes or no
SRC-11 a key that is a number, empty, a list or a block
SRC-12 anchor, alias or merge key
SRC-13 tag (`!!python/object` …)
SRC-14 full-width colon after a key, or no space after the colon
SRC-15 full-width comma or bracket in a list or in braces (* a list of one item: warning)
SRC-16 tab in the indentation
SRC-17 Chinese quotation marks around a key or value (* a value that is read all the same: warning)
SRC-18 quotation mark not closed
SRC-19 bracket not closed
SRC-20 indentation
SRC-21 other syntax
SRC-22 invisible characters (warning)
SRC-23 the file cannot be read from disk (given by `load`)
SRC-24 too many problems, the rest is not shown (note)
====== ==========================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from salesdocs.case.decode import UNFIT, decode, unfit_character
from salesdocs.case.path import Loc, loc_of, path_of
from salesdocs.case.repair import (
    FLOW_PUNCTUATION,
    QUOTES,
    Broken,
    colon_finding,
    key_with_wrong_colon,
    mend,
)
from salesdocs.findings import NOTHING, Finding, Phrase, Severity


class _PythonParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML without its C extension: the same events, fifteen times slower."""

    def __init__(self, stream: str) -> None:
        yaml.reader.Reader.__init__(self, stream)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


_Parser: Any = getattr(yaml.cyaml, "CParser", None) if yaml.__with_libyaml__ else _PythonParser

Tree = Any  # dict[str, Tree] | list[Tree] | str | None

DEEPEST: Final = 50
MOST_FINDINGS: Final = 200
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# YAML 1.1, https://yaml.org/type/bool.html
_BOOLEANS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false"})
_ODD_KEYS = frozenset(
    form for word in _BOOLEANS | {"null"} for form in (word, word.upper(), word.title())
)
_ODD_STARTS = frozenset("｛［“”‘’")
_QUOTED_WIDE = re.compile(r"[“”‘’]([^“”‘’]*)[“”‘’]")
_NUMBER = re.compile(r"[-+]?[\d.,]+")
_PROGRAM_KEY = re.compile(r"[a-z][a-z0-9_]*[ ]*：[ ]*(.*)", re.DOTALL)
_ALL_TOKENS = re.compile(r"[A-Za-z0-9_-]+(?:，\s*[A-Za-z0-9_-]+)+")
_QUOTE_THE_TEXT = Phrase(
    "若标点本来就是文字的一部分，给整个值加半角引号，此提示即消失",
    "if the marks belong to the text, put the whole value in ASCII quotes and this goes away",
)


class Place(NamedTuple):
    """Line and column of a character in a file, from 1."""

    line: int
    column: int


class Extent(NamedTuple):
    """Where a value that is written in one piece begins and ends (behind its last character).

    `style` is how it is written: `'`, `"`, `|` or `>` for a text, `{` or `[` for a block or list in
    brackets, nothing for a plain text.
    """

    begin: Place
    end: Place
    style: str


@dataclass(frozen=True)
class Source:
    """What one file says: `tree` with text, lists and blocks, and what was wrong with the writing.

    `whole` is False when a part of the file could not be read and is missing from `tree`.
    """

    name: str
    tree: dict[str, Tree]
    findings: tuple[Finding, ...] = ()
    whole: bool = True
    written: str = ""
    mended: str = ""

    def place(self, path: str | Sequence[str | int]) -> Place:
        """Return where the value at `path` begins, or its nearest existing parent."""
        loc = self._nearest(path)
        return self._places[loc][1] if loc in self._places else Place(1, 1)

    def key_place(self, path: str | Sequence[str | int]) -> Place:
        """Return where the key of `path` begins; for an item of a list, where the item begins."""
        loc = self._nearest(path)
        return self._places[loc][0] if loc in self._places else Place(1, 1)

    @cached_property
    def extents(self) -> dict[Loc, Extent]:
        """Return by path where each text and each list or block in brackets stands.

        Lists and blocks without brackets have no end of their own. Only of a text that needed no
        mending; another has none.
        """
        if self.mended != self.written:
            return {}
        return _Grower(self.mended, self.name, places={}).grow().extents

    def _nearest(self, path: str | Sequence[str | int]) -> Loc:
        loc: Loc = loc_of(path) if isinstance(path, str) else tuple(path)
        while loc and loc not in self._places:
            loc = loc[:-1]
        return loc

    @cached_property
    def _places(self) -> dict[Loc, tuple[Place, Place]]:
        """Place of the key and of the value by path, from reading the text a second time."""
        grower = _Grower(self.mended, self.name, places={})
        grower.grow()
        rows = _Rows(self.written, self.mended)
        return {
            loc: (Place(*rows.place(*key)), Place(*rows.place(*value)))
            for loc, (key, value) in (grower.places or {}).items()
        }


def read_source(data: bytes, name: str) -> Source:
    """Return what the YAML text `data` of the file `name` says; never raises for what is in it.

    Where the syntax breaks, the break is mended or its top-level block left out (`whole` is then
    False) and reading goes on, so that one run reports what it can.
    """
    decoded = decode(data, name)
    findings = list(decoded.findings)
    if decoded.text is None:
        return Source(name, {}, tuple(findings), whole=False)
    grower, mends, whole = _grow_mending(decoded.text, name)
    findings += mends
    if grower.broken is None:
        rows = _Rows(decoded.text, grower.text)
        findings += (_moved(finding, rows) for finding in grower.findings)
    source = Source(name, {}, (), whole and grower.whole, decoded.text, grower.text)
    if grower.broken is None and whole:
        findings += _not_a_case(grower, decoded.text)
    findings += (_duplicate(source, *twice) for twice in grower.twice)
    tree = grower.root if type(grower.root) is dict else {}
    return replace(source, tree=tree, findings=_settled(findings, name))


def _grow_mending(text: str, name: str) -> tuple[_Grower, list[Finding], bool]:
    """Return the tree of `text` mended as needed, what was wrong, and whether all is there."""
    findings: list[Finding] = []
    whole = True
    read = text
    rounds = max(2, min(40, 1_500_000 // (len(text) + 1)))
    for _ in range(rounds):
        grower = _Grower(read, name).grow()
        if grower.broken is None:
            break
        mended = mend(read, grower.broken, name, _break_of)
        rows = _Rows(text, read)
        findings += (_moved(finding, rows) for finding in mended.findings)
        whole = whole and not mended.blanked
        read = mended.text
    return grower, findings, whole and grower.broken is None


def _break_of(text: str) -> Broken | None:
    return _Grower(text, "").grow().broken


def _settled(findings: list[Finding], name: str) -> tuple[Finding, ...]:
    """Return the findings in the order of the file, once each, and not more than one can read."""
    ordered = sorted(dict.fromkeys(findings), key=lambda finding: (finding.line, finding.column))
    if len(ordered) <= MOST_FINDINGS:
        return tuple(ordered)
    rest = len(ordered) - MOST_FINDINGS
    message = Phrase(f"另有 {rest} 处问题没有列出", f"{rest} more problems are not shown")
    return (*ordered[:MOST_FINDINGS], Finding("note", message, "SRC-24", file=name))


def _moved(finding: Finding, rows: _Rows) -> Finding:
    line, column = rows.place(finding.line, finding.column)
    return replace(finding, line=line, column=column)


class _Rows:
    """Columns of a mended text → columns of the text as written; the lines are the same."""

    def __init__(self, written: str, mended: str) -> None:
        self.same = written is mended or written == mended
        self.written = [] if self.same else written.split("\n")
        self.mended = [] if self.same else mended.split("\n")

    def place(self, line: int, column: int) -> tuple[int, int]:
        """Return line and column in the text as written."""
        if self.same or not 0 < line <= len(self.mended):
            return line, column
        was, now = self.written[line - 1], self.mended[line - 1]
        if was[: column - 1] != now[: column - 1]:  # the mend stands before: count from the end
            column = max(1, len(was) - (len(now) - column))
        return line, column


def _not_a_case(grower: _Grower, text: str) -> list[Finding]:
    """Return what is wrong when the whole file is empty, a list or one text."""
    if type(grower.root) is dict:
        return []
    name = grower.name
    if grower.root is None:
        message = Phrase("文件里没有内容", "there is nothing in the file")
        hint = Phrase(
            "从 `schema: salesdocs/case@1` 开始写", "begin with `schema: salesdocs/case@1`"
        )
        return [Finding("error", message, "SRC-05", file=name, line=1, column=1, hint=hint)]
    begin = len(text) - len(text.lstrip())
    row = text.count("\n", 0, begin)
    found = key_with_wrong_colon(text.split("\n")[row])
    if isinstance(grower.root, str) and found:
        key, start, _, wide = found
        return [colon_finding(name, row + 1, start + 1, key, wide)]
    kind = (
        Phrase("列表", "a list") if isinstance(grower.root, list) else Phrase("一段文字", "a text")
    )
    message = Phrase(
        f"整个文件是{kind.zh}，案件应由“键: 值”组成",
        f"the file is {kind.en}; a case is made of `key: value` lines",
    )
    return [Finding("error", message, "SRC-06", file=name, line=row + 1, column=1)]


def _duplicate(source: Source, loc: Loc, line: int, column: int) -> Finding:
    """Return the finding for a key that was there before."""
    first = source.key_place(loc)
    line, column = _Rows(source.written, source.mended).place(line, column)
    message = Phrase(
        f"键 {loc[-1]} 写了两次，第一次在第 {first.line} 行第 {first.column} 列",
        f"the key {loc[-1]} is there twice, first in line {first.line}, column {first.column}",
    )
    hint = Phrase("合并成一个；读取时用的是第一个", "make them one; the first one was read")
    return Finding("error", message, "SRC-09", path_of(loc), source.name, line, column, hint)


class _Dropped(str):
    """Stands for a key whose value is read but not kept; `shown` is how it was written."""

    shown: str

    def __new__(cls, shown: str) -> _Dropped:
        """Return a key no text can be, for `shown`."""
        key = super().__new__(cls, "\0dropped")
        key.shown = shown
        return key


class _TooMuchError(Exception):
    """The rest of the file is not worth reading."""


class _Grower:
    """Grows the tree of a text from the parser's events.

    `here` is the block or list being filled; `key` the key waiting for its value, None when a key
    comes next. Refused values leave None (or their text), so that the rest can be looked at.
    """

    def __init__(
        self, text: str, name: str, places: dict[Loc, tuple[Place, Place]] | None = None
    ) -> None:
        self.text = text
        self.name = name
        self.places = places
        self.extents: dict[Loc, Extent] = {}
        self.root: Tree = None
        self.findings: list[Finding] = []
        self.twice: list[tuple[Loc, int, int]] = []
        self.broken: Broken | None = None
        self.whole = True
        self._documents = 0
        self._here: Any = _Root()
        self._key: str | None = ""
        self._stack: list[tuple[Any, str | None]] = []
        self._flow_list: list[Tree] | None = None
        self._key_event: Any | None = None
        self._event: Any = None

    def grow(self) -> _Grower:
        """Read all events; `root`, `findings` and `broken` say what came out. Return itself."""
        handlers: dict[type, Callable[[Any], None]] = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._start_block,
            SequenceStartEvent: self._start_list,
            MappingEndEvent: self._end,
            SequenceEndEvent: self._end,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        handler_of = handlers.get
        try:
            next_event = _Parser(self.text).get_event
            while (event := next_event()) is not None:
                handler = handler_of(type(event))
                if handler is not None:
                    self._event = event
                    handler(event)
        except yaml.YAMLError as error:
            self._break(error)
        except _TooMuchError:
            self.whole = False
        self.root = self._here.value if type(self._here) is _Root else {}
        return self

    # -- events, the hot path: one call for each value of the file

    def _scalar(self, event: Any) -> None:
        value: str | None = event.value
        style = event.style
        if event.tag is not None or event.anchor is not None:
            self._tag_or_anchor(event)
        if self._key is None:
            self._take_key(event)
            return
        if not style:
            if value in _NULLS:
                value = None
            elif "：" in event.value or "，" in event.value or event.value[0] in _ODD_STARTS:
                self._put(self._odd_plain(event), event)
                return
        elif style == '"' and UNFIT.search(event.value):
            value = self._unfit(event)
        self._put(value, event)

    def _put(self, value: Tree, event: Any) -> None:
        here = self._here
        if self.places is not None:
            self._note_place(event)
        if type(here) is dict:
            here[self._key] = value
            self._key = None
        else:
            here.append(value)

    def _start_block(self, event: Any) -> None:
        self._start({}, event)
        self._key = None

    def _start_list(self, event: Any) -> None:
        items: list[Tree] = []
        self._start(items, event)
        self._key = ""
        if event.flow_style:
            self._flow_list = items

    def _start(self, container: Tree, event: Any) -> None:
        if len(self._stack) >= DEEPEST:
            message = Phrase(f"嵌套超过 {DEEPEST} 层", f"nested deeper than {DEEPEST} levels")
            mark = event.start_mark
            place = (self.name, mark.line + 1, mark.column + 1)
            self.findings.append(Finding("error", message, "SRC-08", "", *place))
            raise _TooMuchError
        if event.tag is not None or event.anchor is not None:
            self._tag_or_anchor(event)
        if self._key is None:
            self._no_text_key(event)
        key = self._key
        self._put(container, event)
        self._stack.append((self._here, key))
        self._here = container

    def _end(self, event: Any) -> None:
        if self.places is not None:
            self._note_end(event)
        here, key = self._stack.pop()
        if type(self._here) is dict:
            self._here.pop(_DROPPED, None)
        self._here = here
        if type(here) is not dict:
            self._key = ""
        elif key is _COMPLEX:
            self._key = _DROPPED
        else:
            self._key = None

    def _alias(self, event: Any) -> None:
        if self._key is not _MERGE:  # `<<: *x` was reported at its key
            self._say("SRC-12", event, *_ANCHORS)
        if self._key is None:
            self._key = _DROPPED
        else:
            self._put(None, event)

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            message = Phrase(
                "文件里有第二段文档（---），一个案件只能有一段",
                "a second document (---) begins here; a case is one document",
            )
            hint = Phrase("拆成两个文件，或删掉这一行", "make two files of it or delete this line")
            self._say("SRC-07", event, message, hint)
            raise _TooMuchError

    # -- what is unusual

    def _take_key(self, event: Any) -> None:
        """Make the text the key of the value that comes next."""
        key = event.value
        self._key_event = event
        if not key.isidentifier() or key in _ODD_KEYS:
            key = self._odd_key(event)
        if key in self._here and type(key) is str:
            mark = event.start_mark
            self.twice.append(((*self._loc(), key), mark.line + 1, mark.column + 1))
            key = _Dropped(key)
        self._key = key

    def _odd_key(self, event: Any) -> str:
        """Return the key to go on with, for one that is no plain word."""
        key: str = event.value
        if UNFIT.search(key):
            return self._unfit(event)
        if event.style:
            return key
        if key == "<<":
            self._say("SRC-12", event, *_ANCHORS)
            return _MERGE
        if key.lower() in _BOOLEANS:
            message = Phrase(
                f"键 {key} 会被 YAML 当作“是/否”", f"YAML readers take the key {key} for yes or no"
            )
            hint = Phrase(
                "换一个键名，例如编号用 doc_no", "use another key, such as doc_no for a number"
            )
            self._say("SRC-10", event, message, hint)
        elif key in _NULLS or _NUMBER.fullmatch(key):
            self._say("SRC-11", event, *_WORDS_AS_KEYS)
        elif key[0] in _ODD_STARTS:
            return self._wide_key(event)
        else:
            return self._key_with_colon(event)
        return key

    def _wide_key(self, event: Any) -> str:
        quoted = _QUOTED_WIDE.fullmatch(event.value)
        if quoted:
            hint = Phrase(f"写成 {quoted[1]}", f"write {quoted[1]}")
            self._say("SRC-17", event, QUOTES, hint)
            return quoted[1]
        self._say("SRC-15", event, FLOW_PUNCTUATION)
        return str(event.value)

    def _key_with_colon(self, event: Any) -> str:
        """Return the key of `{name：x}` or `{name:x}`, whose value is read from the key's text."""
        found = key_with_wrong_colon(event.value)
        if found is None:
            return str(event.value)
        key, start, end, wide = found
        mark = event.start_mark
        self.findings.append(
            colon_finding(self.name, mark.line + 1, mark.column + start + 1, key, wide)
        )
        rest = event.value[end:]
        if rest[:1] in _STARTS_A_VALUE:  # `key:{a: b}`, whose inside was read as part of the key
            self.whole = False
            rest = ""
        if key not in self._here:
            self._here[key] = rest or None
        return _Dropped(key)

    def _no_text_key(self, event: Any) -> None:
        if not any(key is _COMPLEX for _, key in self._stack):
            self._say("SRC-11", event, *_WORDS_AS_KEYS)
        self._key = _COMPLEX

    def _odd_plain(self, event: Any) -> Tree:
        """Return the value of an unquoted text with full-width punctuation."""
        text: str = event.value
        if text[0] in "｛［":
            self._say("SRC-15", event, FLOW_PUNCTUATION, _QUOTE_THE_TEXT)
            return None
        quoted = _QUOTED_WIDE.fullmatch(text)
        if quoted:
            self._say("SRC-17", event, QUOTES, _QUOTE_THE_TEXT, "warning")
        if self._here is self._flow_list and "，" in text and self._unsplit(event):
            self._say("SRC-15", event, _UNSPLIT, _QUOTE_THE_TEXT, "warning")
        if "：" in text:
            return self._with_wide_colon(event)
        return text

    def _unsplit(self, event: Any) -> bool:
        """Return whether the commas of a list's item were meant to separate items."""
        after = self.text[event.end_mark.index :].lstrip()
        alone = not self._here and after.startswith("]")
        return alone or bool(_ALL_TOKENS.fullmatch(event.value))

    def _with_wide_colon(self, event: Any) -> Tree:
        """Return the block that `name：x` was meant to be, or the text when it is a text."""
        start, end = event.start_mark, event.end_mark
        lines = self.text[start.index : end.index].split("\n")
        for offset, line in enumerate(lines[1:], 1):
            indent = len(line) - len(line.lstrip())
            if _PROGRAM_KEY.match(line[indent:]):
                self._say_colon(start.line + offset, indent, line[indent:])
        before = self.text[self.text.rfind("\n", 0, start.index) + 1 : start.index]
        first = _PROGRAM_KEY.match(event.value)
        if first is None or before.strip(" -") or type(self._here) is _Root:
            return event.value
        self._say_colon(start.line, start.column, event.value)
        key = event.value[: event.value.index("：")].strip()
        return {key: first[1] or None}

    def _say_colon(self, line: int, column: int, text: str) -> None:
        at = text.index("：")
        key = text[:at].strip()
        self.findings.append(colon_finding(self.name, line + 1, column + at + 1, key, wide=True))

    def _unfit(self, event: Any) -> str:
        """Return the text without its control characters."""
        match = UNFIT.search(event.value)
        if match:
            self._say("SRC-04", event, *unfit_character(match[0]))
        return UNFIT.sub("", event.value)

    def _tag_or_anchor(self, event: Any) -> None:
        if event.anchor is not None:
            self._say("SRC-12", event, *_ANCHORS)
        if event.tag is not None:
            message = Phrase(
                f"类型标记 {event.tag} 不可用", f"the tag {event.tag} cannot be used here"
            )
            hint = Phrase(
                "删掉标记；若 ! 是文字，给值加引号", "delete it; quote the value when the ! is text"
            )
            self._say("SRC-13", event, message, hint)

    # -- places and findings

    def _loc(self) -> Loc:
        """Return the path of the block or list being filled."""
        loc: list[str | int] = []
        for container, key in self._stack[1:]:
            if type(container) is list:
                loc.append(len(container) - 1)
            else:
                loc.append(key.shown if isinstance(key, _Dropped) else key or "")
        return tuple(loc)

    def _here_loc(self) -> Loc:
        """Return the path of the value that comes next, as far as it has one."""
        if type(self._here) is dict:
            key = self._key
            if isinstance(key, _Dropped):
                key = key.shown
            return (*self._loc(), key) if key else self._loc()
        return (*self._loc(), len(self._here)) if type(self._here) is list else ()

    def _note_place(self, event: Any) -> None:
        value = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        key = value
        if type(self._here) is dict and self._key_event is not None:
            mark = self._key_event.start_mark
            key = Place(mark.line + 1, mark.column + 1)
        assert self.places is not None
        loc = self._here_loc()
        self.places.setdefault(loc, (key, value))
        style = (event.style or "") if type(event) is ScalarEvent else _brackets(event)
        if style is not None:
            end = Place(event.end_mark.line + 1, event.end_mark.column + 1)
            self.extents.setdefault(loc, Extent(value, end, style))

    def _note_end(self, event: Any) -> None:
        """Give the list or block that ends here its end, if it has brackets."""
        loc = self._loc()
        known = self.extents.get(loc)
        if known is not None:
            end = Place(event.end_mark.line + 1, event.end_mark.column + 1)
            self.extents[loc] = known._replace(end=end)

    def _say(
        self,
        rule: str,
        event: Any,
        message: Phrase,
        hint: Phrase = NOTHING,
        severity: Severity = "error",
    ) -> None:
        mark = event.start_mark
        self.findings.append(
            Finding(
                severity,
                message,
                rule,
                path_of(self._here_loc()),
                self.name,
                mark.line + 1,
                mark.column + 1,
                hint,
            )
        )

    def _break(self, error: yaml.YAMLError) -> None:
        """Note where and why the parser stopped."""
        problem = getattr(error, "problem_mark", None)
        context = getattr(error, "context_mark", None)
        line = problem.line if problem else self.text.count("\n", 0, getattr(error, "position", 0))
        column = problem.column if problem else 0
        quote = None
        last = self._event
        if type(last) is ScalarEvent and last.style in ("'", '"'):
            quote = _begin_of(last, line)
        self.broken = Broken(
            getattr(error, "problem", None) or "",
            getattr(error, "context", None) or "",
            line,
            column,
            context.line if context else line,
            context.column if context else column,
            quote,
        )


def _brackets(event: Any) -> str | None:
    """Return the bracket with which a list or block begins, None if it has none."""
    if not event.flow_style:
        return None
    return "{" if type(event) is MappingStartEvent else "["


def _begin_of(text: Any, end: int) -> tuple[int, int] | None:
    """Return line and column where a text in quotes begins, when it ends in the line `end`."""
    start = text.start_mark
    return (start.line, start.column) if text.end_mark.line == end else None


class _Root:
    """Takes the one value of the document."""

    def __init__(self) -> None:
        self.value: Tree = None

    def append(self, value: Tree) -> None:
        """Keep the value."""
        self.value = value


_DROPPED = _Dropped("")
_COMPLEX = _Dropped("")  # a key that is itself a list or a block
_MERGE = _Dropped("<<")
_STARTS_A_VALUE = ("{", "[", '"', "'")
_ANCHORS = (
    Phrase(
        "案件里不用 YAML 的锚点 &、引用 * 和合并键 <<",
        "anchors &, aliases * and merge keys << are not used in a case",
    ),
    Phrase(
        "把值原样再写一遍；若 & 或 * 是文字，给值加引号",
        "write the value itself again; quote it when the & or * is text",
    ),
)
_WORDS_AS_KEYS = (
    Phrase("键必须是一个词，不能是数字、空值、列表或花括号", "a key must be a word"),
    Phrase("以字母开头，例如 p1、doc_no", "begin it with a letter, such as p1 or doc_no"),
)
_UNSPLIT = Phrase(
    "全角逗号不能把列表分成几项，这里读成了一项",
    "a full-width comma does not separate the items of a list; this was read as one item",
)
