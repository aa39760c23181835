"""What is wrong where the YAML syntax breaks, and a text in which that one thing is mended.

A mend is a guess at what was meant (a colon for `：`, spaces for a tab). It counts only when the
parser gets further with it; so ordinary text with Chinese punctuation is not accused. What cannot
be mended is explained, and the top-level block it stands in is blanked. Lines keep their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import NamedTuple

from salesdocs.findings import Finding, Phrase


class Broken(NamedTuple):
    """Where the parser stopped and why, in its own words; lines and columns from 0."""

    problem: str
    context: str
    line: int
    column: int
    start_line: int
    start_column: int
    quote: tuple[int, int] | None  # where the text in quotes began that ended on this line


class Attempt(NamedTuple):
    """The lines with a guess at what was meant, and what is wrong if the guess is right."""

    lines: list[str]
    findings: list[Finding]


class Explained(NamedTuple):
    """A parser's sentence in ours."""

    rule: str
    message: Phrase
    hint: Phrase


@dataclass(frozen=True)
class Mended:
    """The text to go on with, what was wrong, and whether a block had to be left out."""

    text: str
    findings: tuple[Finding, ...]
    blanked: bool = False


COLON = Phrase(
    "键后面是全角冒号“：”，YAML 只认半角冒号加空格",
    "a full-width colon follows the key; YAML wants an ASCII colon and a space",
)
NARROW_COLON = Phrase("冒号后面缺一个空格", "a space is missing after the colon")
FLOW_PUNCTUATION = Phrase(
    "列表或花括号里用了全角标点，YAML 只认半角的 , [ ] { }",
    "full-width punctuation in a list or braces; YAML wants ASCII , [ ] { }",
)
QUOTES = Phrase(
    "用中文引号括住了键或值，YAML 只认半角的 \" 或 '",
    "Chinese quotation marks around a key or value; YAML wants ASCII \" or '",
)
TAB = Phrase("行首用了制表符 Tab 缩进", "the line is indented with a tab")
TAB_HINT = Phrase(
    "每一层用两个空格缩进；编辑器里可设“插入空格”",
    "indent each level with two spaces; editors can insert spaces for the Tab key",
)

# A line (after its dashes) that begins like a key with the wrong colon.
_KEY_COLON = re.compile(
    r"(?P<lead>[ ]*(?:- +)*)"
    r"(?P<key>[^\s\"'#:：{}\[\],，。；|>&*!%@`-][^\"'#:：{}\[\],，。；]{0,39}?)"
    r"(?P<colon>[ ]*：[ ]*|:(?=[^\s:/\\\d])|(?<=[a-z_]):(?=\d))"  # created:2025, but not 12:30
)
# The same for keys of the program, which no sentence begins with.
_PLAIN_KEY_COLON = re.compile(
    r"(?P<lead>[ ]*(?:- +)*)(?P<key>[a-z][a-z0-9_]*)(?P<colon>[ ]*：[ ]*)"
)
_FLOW_COMMA = re.compile(r"，(?=\s*[A-Za-z_]\w*\s*[:：])")
_FLOW_COLON = re.compile(r"(?<=[{,，])(\s*[A-Za-z_]\w*)\s*：\s*")
_WIDE_QUOTED = re.compile(
    r"(?:(?<=: )|(?<=[\[{,] )|(?<=[\[{,])|(?<=- )|^(?=[ ]*[“”‘’]))([ ]*)[“”‘’]([^\"“”‘’]*)[“”‘’]"
)
_BLOCK_TEXT = re.compile(r"(?:.*[:\-] |)[|>][-+0-9]*\s*(?:#.*)?$")
_IN_BLOCK = re.compile("block (mapping|collection|sequence)")
_BRACKETS = str.maketrans("｛｝［］【】", "{}[][]")

_MOST_ATTEMPTS = 8  # each costs one reading of the file

Retry = Callable[[str], "Broken | None"]


def mend(text: str, broken: Broken, name: str, retry: Retry) -> Mended:
    """Return `text` with what broke it mended, or the block it stands in blanked.

    `retry` says where a text breaks.
    """
    lines = text.split("\n")
    attempts = chain.from_iterable(kind(lines, broken) for kind in (_tabs, _colons, _quotes, _flow))
    for attempt in islice(attempts, _MOST_ATTEMPTS):
        longer = sum(map(len, attempt.lines)) - sum(map(len, lines))
        again = retry("\n".join(attempt.lines))
        if again is None or (again.line, again.column) > (broken.line, broken.column + longer):
            findings = tuple(replace(finding, file=name) for finding in attempt.findings)
            return Mended("\n".join(attempt.lines), findings)
    return _blanked(lines, broken, name)


def colon_finding(name: str, line: int, column: int, key: str, wide: bool) -> Finding:
    """Return the finding for a key with a full-width colon, or one without its space."""
    hint = Phrase(f"改成 `{key}: ` 再写值", f"write `{key}: ` and then the value")
    return Finding("error", COLON if wide else NARROW_COLON, "SRC-14", "", name, line, column, hint)


def key_with_wrong_colon(line: str) -> tuple[str, int, int, bool] | None:
    """Return key, start and end of the colon, and if it is full-width, of a line like `a：b`."""
    match = _KEY_COLON.match(line)
    if match is None:
        return None
    return match["key"].strip(), *match.span("colon"), "：" in match["colon"]


def _suspects(lines: list[str], broken: Broken) -> list[int]:
    """Return the lines that may have caused the break, the likeliest first.

    An unfinished key or text is noticed only where the next one begins, often some lines below.
    """
    first = max(broken.start_line, broken.line - 30) if _context_counts(broken) else broken.line - 3
    last = min(broken.line, len(lines) - 1)
    return list(range(last, max(first, 0) - 1, -1))


def _context_counts(broken: Broken) -> bool:
    """Return whether the place where the broken thing began tells more than its end."""
    return broken.context.startswith("while") and not _IN_BLOCK.search(broken.context)


def _tabs(lines: list[str], broken: Broken) -> Iterator[Attempt]:
    """Yield the lines with tabs at their beginning made into two spaces each."""
    at = [i for i, line in enumerate(lines) if "\t" in line[: len(line) - len(line.lstrip())]]
    if not any(i in at for i in _suspects(lines, broken)):
        return
    changed = list(lines)
    for i in at:
        body = lines[i].lstrip()
        changed[i] = lines[i][: len(lines[i]) - len(body)].replace("\t", "  ") + body
    more = len(at) - 1
    message = (
        TAB if not more else Phrase(f"{TAB.zh}（另有 {more} 行）", f"{TAB.en} ({more} more lines)")
    )
    column = lines[at[0]].index("\t") + 1
    finding = Finding("error", message, "SRC-16", "", "", at[0] + 1, column, TAB_HINT)
    yield Attempt(changed, [finding])


def _colons(lines: list[str], broken: Broken) -> Iterator[Attempt]:
    """Yield the lines with the colon of one suspect key made into `: `, then with all of them.

    Every `key：` of the program is mended with it: someone who types one types many.
    """
    suspects = [i for i in _suspects(lines, broken) if key_with_wrong_colon(lines[i])]
    sure = _program_keys(lines)
    for i in suspects:
        yield _with_colons(lines, sorted({i, *(sure if "：" in lines[i] else ())}))
    if len(suspects) > 1:
        yield _with_colons(lines, sorted({*suspects, *sure}))


def _with_colons(lines: list[str], at: list[int]) -> Attempt:
    changed, findings = list(lines), []
    for i in at:
        found = key_with_wrong_colon(lines[i])
        if found:
            key, start, end, wide = found
            changed[i] = f"{lines[i][:start]}: {lines[i][end:]}".rstrip()
            findings.append(colon_finding("", i + 1, start + 1, key, wide))
    return Attempt(changed, findings)


def _program_keys(lines: list[str]) -> list[int]:
    """Return the lines that begin with a key such as `name：`, outside texts that follow a `|`."""
    found = []
    text_indent = -1
    for i, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if text_indent >= 0 and (indent > text_indent or not line.strip()):
            continue
        text_indent = indent if _BLOCK_TEXT.match(line) else -1
        if _PLAIN_KEY_COLON.match(line):
            found.append(i)
    return found


def _quotes(lines: list[str], broken: Broken) -> Iterator[Attempt]:
    """Yield the lines with Chinese quotes around keys and values of one line made into `"`."""
    for i in _suspects(lines, broken):
        match = _WIDE_QUOTED.search(lines[i])
        if match:
            changed = [*lines[:i], _WIDE_QUOTED.sub(r'\1"\2"', lines[i]), *lines[i + 1 :]]
            hint = Phrase(f'写成 "{match[2]}"', f'write "{match[2]}"')
            column = match.end(1) + 1
            finding = Finding("error", QUOTES, "SRC-17", "", "", i + 1, column, hint)
            yield Attempt(changed, [finding])


def _flow(lines: list[str], broken: Broken) -> Iterator[Attempt]:
    """Yield the lines with full-width commas, colons and brackets of a flow value made narrow."""
    for i in _suspects(lines, broken):
        line = lines[i]
        for better in (
            _FLOW_COLON.sub(r"\1: ", _FLOW_COMMA.sub(", ", line)),
            _FLOW_COLON.sub(r"\1: ", _FLOW_COMMA.sub(", ", line)).translate(_BRACKETS),
            line.replace("，", ", ").translate(_BRACKETS),
        ):
            if better != line:
                at = next(k for k, (a, b) in enumerate(zip(line, better, strict=False)) if a != b)
                hint = Phrase(f"把“{line[at]}”改成半角", f"type {line[at]} as an ASCII character")
                finding = Finding("error", FLOW_PUNCTUATION, "SRC-15", "", "", i + 1, at + 1, hint)
                yield Attempt([*lines[:i], better, *lines[i + 1 :]], [finding])


def _blanked(lines: list[str], broken: Broken, name: str) -> Mended:
    """Return the text without the top-level block that broke, and what is wrong in it."""
    explained, line, column = _cause(lines, broken)
    line = min(line, len(lines) - 1)
    while line and not lines[line].strip():
        line, column = line - 1, -1
    if column < 0:
        column = len(lines[line]) - len(lines[line].lstrip())
    quoted = _quoted(lines[line])
    message = Phrase(f"{explained.message.zh}：{quoted}", f"{explained.message.en}: {quoted}")
    place = (name, line + 1, column + 1)
    finding = Finding("error", message, explained.rule, "", *place, explained.hint)
    start = line
    while start and not _begins_block(lines[start]):
        start -= 1
    end = line + 1
    while end < len(lines) and not _begins_block(lines[end]):
        end += 1
    kept = [*lines[:start], *[""] * (end - start), *lines[end:]]
    return Mended("\n".join(kept), (finding,), blanked=True)


def _cause(lines: list[str], broken: Broken) -> tuple[Explained, int, int]:
    """Return what went wrong, and where; column -1 is the first word of the line."""
    if broken.quote is not None and "block mapping" in broken.context:
        unclosed = broken.quote[0] < broken.line
        return (_UNCLOSED_QUOTE if unclosed else _AFTER_QUOTE), *broken.quote
    above = _line_without_colon(lines, broken)
    if above >= 0:
        return _NO_COLON, above, -1
    outdented = _line_too_far_left(lines, broken)
    if outdented >= 0:
        return _INDENTATION, outdented, -1
    if _context_counts(broken):
        return explain(broken), broken.start_line, broken.start_column
    return explain(broken), broken.line, broken.column


def _line_without_colon(lines: list[str], broken: Broken) -> int:
    """Return the line above that lacks a colon and so swallowed the line that broke, or -1."""
    at = min(broken.line, len(lines) - 1)
    above = at - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    if above < 0 or "mapping values" not in broken.problem:
        return -1
    line, here = lines[above], lines[at]
    same_level = len(line) - len(line.lstrip()) == len(here) - len(here.lstrip())
    return above if same_level and ": " not in line and not line.rstrip().endswith(":") else -1


def _line_too_far_left(lines: list[str], broken: Broken) -> int:
    """Return the line above that stands left of its sisters around it, or -1.

    The parser stops at the sister below it, which looks as if it belonged to its value.
    """
    at = min(broken.line, len(lines) - 1)
    written = [i for i in range(at - 1, -1, -1) if lines[i].strip()][:2]
    if len(written) < 2 or "mapping values" not in broken.problem:
        return -1
    above, before = written
    indent = _indent(lines[at])
    is_left = _indent(lines[above]) < indent == _indent(lines[before])
    return above if is_left and re.search(r": +[^\s|>]", lines[above]) else -1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _begins_block(line: str) -> bool:
    return bool(line) and line[0] not in " \t#-}]"


def _quoted(line: str) -> str:
    text = line.strip()
    return f"`{text[:40]}…`" if len(text) > 40 else f"`{text}`"


_QUOTE_IT = Phrase(
    "给整个值加上半角双引号；值里有双引号时改用单引号",
    "put the whole value in double quotes, or in single quotes when it contains double ones",
)
_UNCLOSED_QUOTE = Explained(
    "SRC-18",
    Phrase("这一行的引号没有闭合", "the quotation mark opened on this line is never closed"),
    Phrase("在值的末尾补上同样的引号", "add the same mark at the end of the value"),
)
_AFTER_QUOTE = Explained(
    "SRC-21",
    Phrase("引号闭合以后还有文字", "there is text after the closing quotation mark"),
    Phrase(
        "用单引号括住整个值，里面就可以有双引号", "put the whole value in single quotes instead"
    ),
)
_UNCLOSED_BRACKET = Explained(
    "SRC-19",
    Phrase("括号没有闭合，或项目之间缺半角逗号", "a bracket is not closed, or a comma is missing"),
    Phrase(
        "检查 [ ] { } 是否成对、各项之间是否用半角逗号隔开；值里有这些符号时给值加引号",
        "check that [ ] { } come in pairs and that commas separate the items; quote such values",
    ),
)
_INDENTATION = Explained(
    "SRC-20",
    Phrase("缩进与上下文对不上", "the indentation does not fit the lines around it"),
    Phrase(
        "同一层的键左边对齐，下一层多缩进两个空格",
        "align the keys of one level; indent the next level by two more spaces",
    ),
)
_NO_COLON = Explained(
    "SRC-21",
    Phrase("这一行没有“键: 值”的冒号", "this line has no `key: value` colon"),
    Phrase(
        "在键后面写半角冒号和空格；若是上一行文字的续行，请多缩进两个空格",
        "write an ASCII colon and a space after the key; indent a continued text more",
    ),
)
_SECOND_COLON = Explained(
    "SRC-21",
    Phrase(
        "值里有“: ”，或这一行的缩进不对", "the value contains `: `, or the indentation is wrong"
    ),
    Phrase(
        "值里有冒号加空格时给值加引号；否则与同层的键左对齐",
        "quote a value that contains a colon and a space; otherwise align the line with its level",
    ),
)
_EXPLANATIONS: tuple[tuple[str, Explained], ...] = (
    (r"unexpected end of stream|unexpected document (indicator|separator).*quoted|"
     r"quoted scalar.*unexpected document", _UNCLOSED_QUOTE),
    (r"expected ',' or|flow (node|sequence|mapping)", _UNCLOSED_BRACKET),
    (r"tab character", Explained("SRC-16", TAB, TAB_HINT)),
    (r"expected ':'", _NO_COLON),
    (r"mapping values are not allowed|mapping keys are not allowed", _SECOND_COLON),
    (r"expected key|expected '-' indicator|<block end>|block sequence entries", _INDENTATION),
    (r"unknown escape|hexdecimal|hexadecimal|Unicode character escape|escape sequence", Explained(
        "SRC-21",
        Phrase("双引号里的反斜杠不是合法的转义", "no valid escape after a backslash"),
        Phrase("改用单引号，单引号里的反斜杠就是普通字符", "use single quotes"),
    )),
    (r"an? (alias|anchor)", Explained(
        "SRC-12",
        Phrase("值以 * 或 & 开头，YAML 把它当作引用", "a value with * or & in front is no text"),
        _QUOTE_IT,
    )),
    (r"tag", Explained(
        "SRC-13",
        Phrase("值以 ! 开头，YAML 把它当作类型标记", "a value that begins with ! is a type tag"),
        _QUOTE_IT,
    )),
    (r"cannot start any token|directive", Explained(
        "SRC-21",
        Phrase("值不能以 @ ` % 这样的符号开头", "a value cannot begin with a sign such as @ ` %"),
        _QUOTE_IT,
    )),
    (r"block scalar", Explained(
        "SRC-21",
        Phrase("值以 | 或 > 开头，后面只能换行", "a new line must follow | or >"),
        _QUOTE_IT,
    )),
    (r"document start", Explained(
        "SRC-21",
        Phrase("文件到上一行已经完整，这里多出了内容", "the file ended before this"),
        Phrase("检查是否多了一个 ] 或 }", "look for a ] or } too many"),
    )),
)  # fmt: skip
_OTHERWISE = Explained(
    "SRC-21", Phrase("这里不符合 YAML 的写法", "this is not valid YAML"), _QUOTE_IT
)


def explain(broken: Broken) -> Explained:
    """Return rule, message and hint for what the parser said."""
    said = f"{broken.context} {broken.problem}"
    for pattern, explained in _EXPLANATIONS:
        if re.search(pattern, said):
            return explained
    return _OTHERWISE
