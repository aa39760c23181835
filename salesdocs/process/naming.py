"""Names of files and folders that Windows, macOS and Linux all accept, and that never collide.

A reserved character becomes its full-width form: the reader sees the same sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

# Windows forbids these in names and everyone forbids the slash:
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_FULL_WIDTH = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")
_DEVICES = {"CON", "PRN", "AUX", "NUL"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³"
}
# Linux counts bytes and Chinese takes three for a character; Windows and macOS count UTF-16 units,
# of which there are never more than bytes.
_MOST_BYTES = 255


def safe_name(text: str, most_bytes: int = _MOST_BYTES) -> str:
    """Return `text` as a name of at most `most_bytes` bytes, what cannot stand there replaced."""
    composed = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH)
    shown = "".join(sign if _visible(sign) else " " for sign in composed)
    name = _cut(re.sub(r"\s+", " ", shown).strip(" "), most_bytes).rstrip(" .")
    if name.partition(".")[0].strip().upper() in _DEVICES:
        name = _cut(f"_{name}", most_bytes).rstrip(" .")
    return name or "_"


def file_name(
    doc_no: str, title: str, customer: str, version: str, day: date | None, suffix: str = ".docx"
) -> str:
    """Return `{doc_no}_{title}_{customer}_{version}_{date}.docx`; absent parts leave no gap.

    When the whole is too long the customer is shortened first and then the title, because number,
    version and date tell papers apart.
    """
    written = day.isoformat() if day else ""
    for most_customer, most_title in ((255, 255), (60, 255), (60, 60), (30, 30)):
        parts = (
            doc_no,
            _cut(title, most_title).strip(),
            _cut(customer, most_customer).strip(),
            version,
            written,
        )
        stem = "_".join(part for part in parts if part)
        if _size(stem.translate(_FULL_WIDTH)) + _size(suffix) <= _MOST_BYTES:
            break
    return safe_name(stem, _MOST_BYTES - _size(suffix)) + suffix


def unique_names(names: Iterable[str]) -> list[str]:
    """Return the names in their order, each later twin marked `_2`, `_3`, ….

    Names that differ only in case are twins: Windows and macOS would put one over the other.
    """
    wanted = list(names)
    taken: set[str] = set()
    unique: list[str] = []
    for name in wanted:
        chosen, turn = name, 2
        while _twin(chosen) in taken:
            chosen, turn = _marked(name, f"_{turn}"), turn + 1
        taken.add(_twin(chosen))
        unique.append(chosen)
    return unique


def _twin(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _marked(name: str, mark: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem:
        stem, suffix = name, ""
    ending = f"{mark}{dot}{suffix}" if stem != name else mark
    return _cut(stem, _MOST_BYTES - _size(ending)).rstrip(" .") + ending


def _visible(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _cut(text: str, most_bytes: int) -> str:
    """Return the longest beginning of `text` that fits, never half a character."""
    data = text.encode("utf-8", "replace")
    return data[:most_bytes].decode("utf-8", "ignore") if len(data) > most_bytes else text
