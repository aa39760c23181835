"""Changes written back into the text of a case file: every byte that is not changed stays.

The program writes two things into what a person wrote: a value at its path, lines at the end. Both
are spliced into the text, so that comments, order, spacing, quotes, line ends and a byte order mark
are what they were. Each result is read anew and must say what the file said before plus exactly the
change; where that cannot be had (a file with errors, braces around the whole) `CaseError` says so.

Rule: CASE-08 the file cannot be changed at this place.
"""

from __future__ import annotations

import codecs
import json
import re
from bisect import bisect_right
from copy import deepcopy
from typing import Any, Final, NoReturn

from salesdocs.case.decode import UNSEEN
from salesdocs.case.path import Loc, loc_of, path_of
from salesdocs.case.source import Extent, Place, Source, Tree, read_source
from salesdocs.errors import CaseError
from salesdocs.findings import NOTHING, Finding, Phrase, has_errors

CANNOT_EDIT: Final = "CASE-08"

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*([ \t]+#[^\r\n]*)?")
# What begins with one of these, or holds one of those, is no plain text, or may not look like one
# to every reader of YAML and to people: quotes cost nothing.
_NO_START = frozenset("-?:,[]{}#&*!|>'\"%@`=<~｛［“”‘’")
_NO_PART = re.compile(r": |:$| #|[\r\n\t：，,\[\]{}]")
_NULLS = frozenset({"", "~", "null"})


def set_value(data: bytes, path: str, value: str | None, name: str = "case.yaml") -> bytes:
    """Return the file `data` with the text `value` at `path`, None for a value that is not known.

    The value takes the place of the one that is there, in quotes if that one has quotes; a key that
    its block does not have yet comes to stand at the end of the block. Raises CaseError when the
    file has errors, or there is a block or list at the path, or no block around it.
    """
    text = Text(data, name)
    loc = loc_of(path)
    wanted = text.with_value(loc, value)
    extent = text.source.extents.get(loc)
    edited = text.replaced(loc, extent, value) if extent else text.added(loc, value)
    return text.checked(edited, wanted, path)


def append_block(data: bytes, block: str, name: str = "case.yaml") -> bytes:
    r"""Return the file `data` with the lines of `block`, ended by `\n`, at its end.

    They may be keys with their values and comments, as they would stand in a file of their own.
    Raises CaseError when the file has errors, or cannot go on after its last line.
    """
    text = Text(data, name)
    added = read_source(block.encode(), name)
    is_remark = all(not line.strip() or line.lstrip()[0] == "#" for line in block.splitlines())
    if not is_remark and has_errors(list(added.findings)):
        raise CaseError(added.findings)
    edited = text.ended() + text.lines_of(block)
    return text.checked(edited, {**added.tree, **text.source.tree}, "")


class Text:
    """The text of a sound case file, with the indexes of its places."""

    def __init__(self, data: bytes, name: str) -> None:
        self.source: Source = read_source(data, name)
        if has_errors(list(self.source.findings)):
            raise CaseError(self.source.findings)
        self.mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        self.text = data[len(self.mark) :].decode()
        self.lines = _LINE.findall(self.text)
        self.newline = next((end_of(line) for line in self.lines if end_of(line)), "\n")
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line))

    def index(self, place: Place) -> int:
        """Return the index of the character at a place of the source."""
        if place.line > len(self.lines):
            return len(self.text)
        return self._starts[place.line - 1] + place.column - 1

    def checked(self, edited: str, wanted: Tree, path: str) -> bytes:
        """Return the edited text as a file; raises CaseError when it does not say `wanted`."""
        data = self.mark + edited.encode()
        again = read_source(data, self.source.name)
        errors = [each for each in again.findings if each.severity == "error"]
        if errors and any(each.rule == "SRC-04" for each in errors):
            raise CaseError(errors)
        if errors or again.tree != wanted:
            self.refuse(path, _CANNOT, BY_HAND)
        return data

    def refuse(self, path: str, message: Phrase, hint: Phrase = NOTHING) -> NoReturn:
        """Raise the error about a place of the file."""
        place = self.source.place(path)
        finding = Finding("error", message, CANNOT_EDIT, path, self.source.name, *place, hint=hint)
        raise CaseError([finding])

    # -- a value

    def with_value(self, loc: Loc, value: str | None) -> Tree:
        """Return the tree with the value at the place; raises CaseError where none can be."""
        tree = deepcopy(self.source.tree)
        here: Any = tree
        for part in loc[:-1]:
            here = below(here, part)
        last = loc[-1] if loc else ""
        if isinstance(here, dict) and isinstance(last, str) and last:
            is_value = not isinstance(here.get(last), (dict, list))
            is_there = last in here or bool(here)
        else:
            is_there = isinstance(here, list) and isinstance(last, int) and last < len(here)
            is_value = is_there and not isinstance(here[last], (dict, list))
        if not is_there:
            self.refuse(path_of(loc), _NO_BLOCK, BY_HAND)
        if not is_value:
            self.refuse(path_of(loc), _NO_VALUE)
        here[last] = value
        return tree

    def replaced(self, loc: Loc, extent: Extent, value: str | None) -> str:
        """Return the text with the value in the place of another."""
        begin, end, new = self.replacement(loc, extent, value)
        return self.text[:begin] + new + self.text[end:]

    def replacement(self, loc: Loc, extent: Extent, value: str | None) -> tuple[int, int, str]:
        """Return from where to where which text takes the place of a value."""
        begin, end = self.index(extent.begin), self.index(extent.end)
        old = self.text[begin:end]
        new = written(value, extent.style)
        if extent.style in ("|", ">"):
            header = _BLOCK_HEADER.match(old)
            rest = old[len(old.rstrip()) :]
            new += (header[1] if header and header[1] else "") + rest
        elif not old:
            before = self.text[:begin]
            is_bare_key = isinstance(loc[-1], str) and before.rstrip(" ")[-1:] != ":"
            new = f": {new}" if is_bare_key else new if before.endswith(" ") else f" {new}"
        return begin, end, new

    def added(self, loc: Loc, value: str | None) -> str:
        """Return the text with the value under a new key at the end of its block."""
        block = self.source.extents.get(loc[:-1])
        entry = f"{written(str(loc[-1]), '')}: {written(value, '')}"
        last = self.last_in(loc[:-1])
        end = self.index(last.end)
        if block is not None:
            return f"{self.text[:end]}, {entry}{self.text[end:]}"
        if last.style in ("|", ">"):
            begin = self.index(last.begin)
            end = begin + len(self.text[begin:end].rstrip())
        indent = " " * (min(self.columns(loc[:-1])) - 1)
        stop = self.line_end(end)
        if stop == len(self.text) and not end_of(self.text[-2:]):
            return f"{self.text}{self.newline}{indent}{entry}"
        return f"{self.text[:stop]}{indent}{entry}{self.newline}{self.text[stop:]}"

    def line_end(self, index: int) -> int:
        """Return the index at which the line after that of the character at `index` begins."""
        return self._starts[bisect_right(self._starts, index, hi=len(self.lines))]

    def columns(self, loc: Loc) -> list[int]:
        """Return the columns in which the keys of a block begin."""
        here: Any = self.source.tree
        for part in loc:
            here = here[part]
        return [self.source.key_place((*loc, key)).column for key in here]

    def last_in(self, loc: Loc) -> Extent:
        """Return what is written last in a block."""
        depth = len(loc)
        inside = (
            extent
            for place, extent in self.source.extents.items()
            if len(place) > depth and place[:depth] == loc
        )
        return max(inside, key=lambda extent: extent.end)

    # -- lines at the end

    def ended(self) -> str:
        """Return the text with its last line ended."""
        return self.text if end_of(self.text[-2:]) else self.text + self.newline

    def lines_of(self, block: str) -> str:
        """Return the lines in the form of this file: its line ends, its indentation."""
        indent = " " * (min(self.columns(())) - 1)
        lines = (f"{indent}{line}" if line else "" for line in block.splitlines())
        return "".join(f"{line}{self.newline}" for line in lines)


_CANNOT = Phrase("这里不能自动修改", "this place cannot be changed by the program")
BY_HAND = Phrase(
    "在编辑器里手工改；文件宜以换行结尾，最外层不用花括号",
    "change it in an editor; a file best ends with a line break and has no braces around it",
)
_NO_BLOCK = Phrase("没有可以写入这个值的块", "there is no block to write this value into")
_NO_VALUE = Phrase(
    "这里是一组值，不能改成一个值", "a block or a list stands here, not a single value"
)


def below(here: Any, part: str | int) -> Any:
    """Return what stands at a key or index, None if nothing does."""
    if isinstance(here, dict):
        return here.get(part)
    if isinstance(here, list) and isinstance(part, int) and part < len(here):
        return here[part]
    return None


def end_of(line: str) -> str:
    r"""Return the line end of a line: `\r\n`, `\n`, `\r` or nothing."""
    return line[len(line.rstrip("\r\n")) :][-2:] if line else ""


def written(value: str | None, style: str = "") -> str:
    """Return a text as it is written in YAML, None as `null`.

    In quotes if `style` is a quotation mark, or where the text could be taken for something else.
    """
    if value is None:
        return "null"
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if style == '"' or not _is_plain(value):
        return json.dumps(value, ensure_ascii=False)
    return value


def _is_plain(value: str) -> bool:
    return (
        value.lower() not in _NULLS
        and value == value.strip()
        and value.isprintable()
        and value[0] not in _NO_START
        and not _NO_PART.search(value)
        and not UNSEEN.search(value)
    )
