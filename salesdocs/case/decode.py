"""Bytes of a case file → its text, or what kind of file it is instead.

A file in another Chinese encoding is reported and then read all the same, so that its other
problems come out in the same run.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from salesdocs.findings import Finding, Phrase

MOST_BYTES = 5_000_000
MOST_VALUES = 300_000

# What Word XML cannot hold (XML 1.0, production 2 `Char`), and what no one types on purpose: DEL,
# the C1 controls and line breaks that editors do not count as lines. Line ends are `\n` by now.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# Characters nobody sees: zero-width spaces break codes and names, direction marks reorder text.
UNSEEN = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")

_SAVE_AS_UTF8 = Phrase(
    "用记事本打开后选“另存为”，编码选“UTF-8”；VS Code 点右下角的编码，选“通过编码保存”→ UTF-8",
    "in Notepad choose Save As with encoding UTF-8; in VS Code click the encoding at the bottom "
    "right and choose Save with Encoding, UTF-8",
)
_WRITE_A_TEXT_FILE = Phrase(
    "案件写在扩展名为 .yaml 的纯文本文件里，用记事本或 VS Code 编辑",
    "a case is a plain text file ending in .yaml; edit it with a text editor",
)
_KINDS = (
    (b"%PDF", Phrase("PDF 文件", "a PDF file")),
    (b"{\\rtf", Phrase("RTF 文件", "an RTF file")),
    (b"\xd0\xcf\x11\xe0", Phrase("旧版 Word/Excel 文件", "an old Word or Excel file")),
    (b"\x89PNG", Phrase("图片", "a picture")),
    (b"\xff\xd8\xff", Phrase("图片", "a picture")),
    (b"GIF8", Phrase("图片", "a picture")),
    (b"\x1f\x8b", Phrase("压缩包", "an archive")),
    (b"Rar!", Phrase("压缩包", "an archive")),
    (b"7z\xbc\xaf", Phrase("压缩包", "an archive")),
)
_INSIDE_ZIP = (
    (b"word/", Phrase("Word 文件", "a Word file")),
    (b"xl/", Phrase("Excel 文件", "an Excel file")),
    (b"ppt/", Phrase("PowerPoint 文件", "a PowerPoint file")),
    (b"", Phrase("压缩包", "an archive")),
)
_CONTROLS = bytes([*range(9), *range(14, 32)])
_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Decoded(NamedTuple):
    """The text of a file (None when it is not a text) and what was wrong with its bytes."""

    text: str | None
    findings: list[Finding]


def decode(data: bytes, name: str) -> Decoded:
    """Return the text of `data`: no byte order mark, lines ended by LF, only fit characters.

    An unfit character (see `UNFIT`) is reported and replaced by a space.
    """
    whole = _whole(data, name)
    if whole.text is None:
        return whole
    text = whole.text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MOST_VALUES and sum(map(text.count, "\n,:-[{?")) > MOST_VALUES:
        return Decoded(None, [*whole.findings, _too_large(name)])
    if text.isascii() and text.isprintable():
        return Decoded(text, whole.findings)
    findings = [*whole.findings, *_unfit(text, name), *_unseen(text, name)]
    return Decoded(UNFIT.sub(" ", text), findings)


def place_at(text: str, index: int) -> tuple[int, int]:
    """Return line and column, from 1, of the character at `index`."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def unfit_character(character: str) -> tuple[Phrase, Phrase]:
    """Return message and hint for a character that a document cannot hold."""
    code = f"U+{ord(character):04X}"
    return (
        Phrase(f"文字里有不可用的控制字符 {code}", f"control character {code} in the text"),
        Phrase(
            "删掉它；多半是从别的软件复制时带进来的，Word 文件不能保存这种字符",
            "delete it; it usually comes with text copied from elsewhere, and Word cannot hold it",
        ),
    )


def _whole(data: bytes, name: str) -> Decoded:
    """Return the text of `data` before its characters are looked at."""
    if len(data) > MOST_BYTES:
        return Decoded(None, [_too_large(name)])
    kind = _kind(data)
    if kind is not None:
        return Decoded(None, [_not_text(name, kind)])
    try:
        return Decoded(data.decode("utf-8-sig"), [])
    except UnicodeDecodeError as error:
        return _elsewhere(data, name, error.start)


def _too_large(name: str) -> Finding:
    message = Phrase(
        "文件太大，不像一个案件（上限 5 MB、30 万个值）",
        "the file is too large for a case (at most 5 MB and 300,000 values)",
    )
    return Finding("error", message, "SRC-01", file=name)


def _not_text(name: str, kind: Phrase) -> Finding:
    message = Phrase(f"这是{_spaced(kind.zh)}，不是案件", f"this is {kind.en}, not a case")
    return Finding("error", message, "SRC-02", file=name, hint=_WRITE_A_TEXT_FILE)


def _spaced(kind: str) -> str:
    """Return the words with the gap that Latin letters have before them in Chinese text."""
    return f" {kind}" if kind[0].isascii() else kind


def _kind(data: bytes) -> Phrase | None:
    """Return what `data` is when it is no text."""
    if data.startswith(b"PK\x03\x04"):
        return next(kind for mark, kind in _INSIDE_ZIP if mark in data)
    for magic, kind in _KINDS:
        if data.startswith(magic):
            return kind
    head = data[:4096]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > 8 and controls * 20 > len(head) and _wide(head) is None:
        return Phrase("二进制文件", "a binary file")
    return None


def _wide(data: bytes) -> str | None:
    """Return the name of the UTF-16 or UTF-32 encoding that `data` seems to be in."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    head = data[:2048]
    low, high = head[0::2].count(0), head[1::2].count(0)  # ASCII has one zero byte of two
    if high * 5 > len(head) and low * 20 < high:
        return "utf-16-le"
    if low * 5 > len(head) and high * 20 < low:
        return "utf-16-be"
    return None


def _elsewhere(data: bytes, name: str, first_bad: int) -> Decoded:
    """Return the text of bytes that are not UTF-8."""
    encoding = _wide(data) or ("gb18030" if _mostly_not_utf8(data) else "")
    if encoding:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            pass
        else:
            return Decoded(text, [_encoded(name, encoding)])
    line = data.count(b"\n", 0, first_bad) + 1
    before = data[data.rfind(b"\n", 0, first_bad) + 1 : first_bad].decode("utf-8", "replace")
    message = Phrase("这里的字节不是 UTF-8 文字", "the bytes here are not UTF-8 text")
    column = len(before.removeprefix("\ufeff")) + 1
    finding = Finding("error", message, "SRC-03", "", name, line, column, _SAVE_AS_UTF8)
    return Decoded(None, [finding])


def _encoded(name: str, encoding: str) -> Finding:
    known = "GBK（ANSI）" if encoding == "gb18030" else encoding.upper()
    message = Phrase(
        f"文件的编码是 {known}，应为 UTF-8",
        f"the file is encoded in {known.replace('（', ' (').replace('）', ')')}, it must be UTF-8",
    )
    return Finding("error", message, "SRC-03", file=name, line=1, column=1, hint=_SAVE_AS_UTF8)


def _mostly_not_utf8(data: bytes) -> bool:
    """Return whether most lines with non-ASCII bytes are not UTF-8: an encoding, not damage."""
    good = bad = 0
    for line in data.splitlines():
        if not line.isascii():
            try:
                line.decode("utf-8")
                good += 1
            except UnicodeDecodeError:
                bad += 1
    return bad > good


def _unfit(text: str, name: str) -> list[Finding]:
    """Return a finding for each character that a document cannot hold."""
    findings = []
    for match in UNFIT.finditer(text):
        message, hint = unfit_character(match[0])
        line, column = place_at(text, match.start())
        findings.append(Finding("error", message, "SRC-04", "", name, line, column, hint))
        if len(findings) >= 100:
            break
    return findings


def _unseen(text: str, name: str) -> list[Finding]:
    """Return a warning for each line that holds a character nobody sees."""
    findings: dict[int, Finding] = {}
    for match in UNSEEN.finditer(text):
        line, column = place_at(text, match.start())
        code = f"U+{ord(match[0]):04X}"
        message = Phrase(f"有看不见的字符 {code}", f"invisible character {code}")
        hint = Phrase("删掉这几个字重新输入", "delete the words around it and type them again")
        finding = Finding("warning", message, "SRC-22", "", name, line, column, hint)
        findings.setdefault(line, finding)
        if len(findings) >= 100:
            break
    return list(findings.values())
