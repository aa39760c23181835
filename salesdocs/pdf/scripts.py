"""What kind of character stands where: Chinese, Latin, or a sign that goes with its neighbour."""

from __future__ import annotations

from functools import cache
from typing import Literal

Script = Literal["wide", "latin", "weak"]

# Kinsoku of mainland Chinese: what may not begin, and not end, a line (GB/T 15834-2011, 5.1;
# the same characters as Word's standard level for Simplified Chinese).
NEVER_FIRST = frozenset(
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
)
# A box to tick stays with what it stands for.
NEVER_LAST = frozenset("$([{£¥‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥□☐☑☒■")
HANGING = frozenset("!,.:;?、。！，．：；？")
"""What may stand outside the right edge, one at a time; the list LibreOffice has for Chinese."""


@cache
def script(char: str) -> Script:
    """Return the script a character is drawn in; a weak one takes that of its neighbours."""
    code = ord(char)
    if (
        0x2E80 <= code <= 0xA4CF
        or 0xAC00 <= code <= 0xD7FF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or 0xFF00 <= code <= 0xFFEF
        or 0x20000 <= code <= 0x3FFFF
    ):
        return "wide"
    return "latin" if code < 0x80 or char.isalnum() else "weak"


def scripts(text: str, *, wide_signs: bool = False) -> list[Script]:
    """Return the script of each character, the weak ones resolved.

    A weak one is Chinese where the nearest letter before it is, or else the one after it; as with
    Word's hint for East Asian text; with `wide_signs` all are. Signs of ASCII are always Latin.
    """
    found: list[Script] = [script(char) for char in text]
    if "weak" not in found:
        return found
    if wide_signs:
        return ["wide" if each == "weak" else each for each in found]
    strong: Script = "weak"
    for index, each in enumerate(found):
        if each == "weak":
            found[index] = strong
        elif each == "wide" or text[index].isalnum():
            strong = each
    for index in range(len(found) - 1, -1, -1):
        if found[index] == "weak":
            found[index] = found[index + 1] if index + 1 < len(found) else "latin"
    return found


@cache
def joined(before: str, after: str) -> Literal["", "letter", "digit"]:
    """Return what meets a Chinese character between these two, where Word leaves a gap."""
    kinds = (script(before), script(after))
    if "wide" not in kinds or "latin" not in kinds:
        return ""
    if not (before.isalnum() and after.isalnum()):
        return ""
    other = after if kinds[0] == "wide" else before
    return "digit" if other.isdecimal() else "letter"


@cache
def parts(before: str, after: str) -> bool | None:
    """Return whether a line may end between two characters; None where Unicode's rules decide."""
    if before == "\u200b":
        return True
    if " " in (before, after) or not (_chinese(before) or _chinese(after)):
        return None
    return after not in NEVER_FIRST and before not in NEVER_LAST


def _chinese(char: str) -> bool:
    return script(char) == "wide" or char in "“”‘’"
