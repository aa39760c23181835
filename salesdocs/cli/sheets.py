"""Tables as spreadsheets and CRMs export them: bytes of a CSV file → rows of text.

What Excel does to a value on the way is undone where nothing was lost, and told where it was.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Phrase

_MARKED: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_CSV: Final = (
    (b"PK\x03\x04", Phrase("这是 Excel 工作簿", "this is an Excel workbook")),
    (b"\xd0\xcf\x11\xe0", Phrase("这是旧版 Excel 文件", "this is an old Excel file")),
    (b"%PDF", Phrase("这是 PDF 文件", "this is a PDF file")),
)
_DELIMITERS: Final = ",;\t"
_MOST_BYTES: Final = 50_000_000
_SEP: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_AS_TEXT: Final = re.compile(r'="(.*)"', re.DOTALL)
_SCIENTIFIC: Final = re.compile(r"(\d(?:\.\d+)?)[eE]\+?(\d{1,2})", re.ASCII)
_WHOLE: Final = re.compile(r"(\d+)\.0+", re.ASCII)
_CLOCK: Final = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$")
_SERIAL: Final = re.compile(r"[3-6]\d{4}(?:\.\d+)?", re.ASCII)
_EXCEL_DAY_0: Final = date(1899, 12, 30)
_NOTHING: Final = frozenset({"-", "--", "—", "/", "n/a", "na", "null", "none", "nan", "未填写"})
_FAILED: Final = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|#+)")


class Sheet(NamedTuple):
    """A table: the heads of its columns, and its rows with their numbers as a spreadsheet has."""

    heads: list[str]
    rows: list[tuple[int, list[str]]]


class Flaw(NamedTuple):
    """What is wrong with a cell, and what to do."""

    message: Phrase
    hint: Phrase


def read_sheet(data: bytes, name: str) -> Sheet:
    """Return the table in the bytes of a CSV file; raises SalesdocsError when there is none."""
    text = _text(data, name)
    marked = _SEP.match(text)
    text = text[marked.end() :] if marked else text
    delimiter = marked[1] if marked else _delimiter(text)
    offset = 1 if marked else 0
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _refused(
            name, Phrase(f"读不出表格：{error}", f"cannot read the table: {error}"), _EXPORT
        ) from error
    numbered = [(n + offset, row) for n, row in enumerate(records, 1) if any(map(str.strip, row))]
    if not numbered:
        raise _refused(name, Phrase("文件里没有表格", "there is no table in it"), _EXPORT)
    (_, heads), *rows = numbered
    return Sheet([head.strip() for head in heads], rows)


_EXPORT: Final = Phrase(
    "在 Excel 里选“另存为”，类型选“CSV UTF-8（逗号分隔）”",
    "in Excel choose Save As, type CSV UTF-8",
)


def _text(data: bytes, name: str) -> str:
    for head, said in _NO_CSV:
        if data.startswith(head):
            raise _refused(name, Phrase(f"{said.zh}，不是 CSV", f"{said.en}, not CSV"), _EXPORT)
    if len(data) > _MOST_BYTES:
        raise _refused(name, Phrase("文件超过 50 MB", "it has more than 50 MB"),
                       Phrase("分成几个文件", "split it"))  # fmt: skip
    coding = next((coding for mark, coding in _MARKED if data.startswith(mark)), None)
    # GB18030 reads almost anything, so it comes last.
    for each in (coding,) if coding else ("utf-8", "gb18030"):
        try:
            return data.decode(each)
        except UnicodeDecodeError:
            continue
    raise _refused(name, Phrase("不认识这个文件的编码", "its encoding is not known"), _EXPORT)


def _refused(name: str, message: Phrase, hint: Phrase) -> SalesdocsError:
    return SalesdocsError([Finding("error", message, "IMP-01", file=name, hint=hint)])


def _delimiter(text: str) -> str:
    """Return the sign that parts the cells of the first line that has any, outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=bare.count)


# ---- cells ----


def plain(cell: str) -> str:
    """Return what a cell says: `="138…"` without its shell, one line, nothing for `-` and `N/A`."""
    text = cell.strip().lstrip("\ufeff")
    shell = _AS_TEXT.fullmatch(text)
    text = shell[1].replace('""', '"') if shell else text
    if len(text) > 1 and text[0] == "'":  # how Excel marks a number as text
        text = text[1:]
    text = " ".join(text.split())
    return "" if text.casefold() in _NOTHING else text


def failed(text: str) -> Flaw | None:
    """Return what is wrong with a cell in which a formula failed."""
    if not _FAILED.fullmatch(text):
        return None
    return Flaw(
        Phrase(f"单元格里是出错的公式 {text}", f"a formula failed here: {text}"),
        Phrase("在表里改好再导出", "mend it in the sheet and export again"),
    )


def digits(text: str) -> str | Flaw:
    """Return a number of which every digit counts, such as a phone, as it was before Excel."""
    whole = _WHOLE.fullmatch(text)
    match = _SCIENTIFIC.fullmatch(text)
    if match is None:
        return whole[1] if whole else text
    known, exponent = match[1].replace(".", ""), int(match[2])
    if len(known) == exponent + 1:
        return known  # every digit is there
    return Flaw(
        Phrase(
            f"Excel 把号码变成了科学计数法 {text}，后面的位数已经丢失",
            f"Excel made {text} of the number; its last digits are lost",
        ),
        Phrase(
            "从 CRM 重新导出；或把这一列设为“文本”，重填号码",
            "export again from the CRM, or format the column as text and fill it in again",
        ),
    )


def day(text: str) -> str | Flaw:
    """Return a day without the time of day; a serial number of Excel is told, not guessed."""
    if _SERIAL.fullmatch(text):
        meant = _EXCEL_DAY_0 + timedelta(days=int(float(text)))
        return Flaw(
            Phrase(f"{text} 是 Excel 的日期序号", f"{text} is a serial day of Excel"),
            Phrase(
                f"它表示 {meant}；把这一列的格式改为“日期”再导出",
                f"it stands for {meant}; format the column as a date and export again",
            ),
        )
    return _CLOCK.sub("", text)
