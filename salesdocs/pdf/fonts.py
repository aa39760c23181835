"""Whether the fonts of this machine can show a document: asked before anything is laid out.

Without any font WeasyPrint crashes; with Latin ones only it draws boxes and says nothing. A box in
a contract is worse than no contract, so a character nobody can draw stops the printing.
"""

from __future__ import annotations

import importlib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from salesdocs.errors import PdfError
from salesdocs.findings import Finding, Phrase
from salesdocs.pdf.families import families, stack
from salesdocs.pdf.fontconfig import FOLDER_VARIABLE, Face, add_folder, faces, folder
from salesdocs.pdf.letters import Letters
from salesdocs.pdf.machine import Need, hint

__all__ = ["Letters", "check", "configuration", "missing", "stack"]

_QUOTED = 20
"""Missing characters that a message quotes; of the others it says how many."""

_PROBE = "中"
_STANDS_FOR = {"\u2011": "\u2010"}  # what HarfBuzz draws instead (hb-ot-shape-normalize)
_FOREIGN = (" JP", " KR", " TC", " HK", " TW", " MO", "Gothic", "Mincho", "Ming", "Batang", "Gulim")


def check(texts: Iterable[Letters], file: str = "") -> tuple[Finding, ...]:
    """Return what will look otherwise than meant; raise PdfError where something has no glyph."""
    wanted = tuple(texts)
    lost = missing(wanted)
    absent = _absent_folder()
    if lost:
        raise PdfError([_missing_finding(lost, file), *absent])
    return (*absent, *_without_bold(wanted, file), *_foreign_forms(wanted, file))


def missing(texts: Iterable[Letters]) -> dict[str, str]:
    """Return the characters no font of this machine has, each with the words it is first among.

    Pango looks through all fonts when those of the stack have no glyph, so any font will do.
    """
    lost: dict[str, str] = {}
    for text in texts:
        for character in sorted(text.characters):
            if needs_glyph(character) and not _drawn(character):
                lost.setdefault(character, text.place.get(character, ""))
    return lost


def configuration() -> Any:
    """Return WeasyPrint's list of fonts, with those of the folder the environment names."""
    made = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
    extra = folder()
    if extra:
        binding = importlib.import_module("weasyprint.text.ffi")
        add_folder(int(binding.ffi.cast("uintptr_t", made._config)), extra)
        binding.pangoft2.pango_fc_font_map_config_changed(
            binding.ffi.cast("PangoFcFontMap *", made.font_map)
        )
    return made


def needs_glyph(character: str) -> bool:
    """Return whether the character is drawn: controls, blanks, joiners and selectors are not.

    Those are the default ignorable code points of Unicode (UAX #44) besides the blanks.
    """
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}:
        return False
    code = ord(character)
    return not (
        0xFE00 <= code <= 0xFE0F
        or 0xE0000 <= code <= 0xE0FFF
        or code in {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x3164, 0xFFA0}
    )


@cache
def _drawn(character: str) -> bool:
    other = _STANDS_FOR.get(character, character)
    return any(face.has(character) or face.has(other) for face in faces())


def _absent_folder() -> list[Finding]:
    """Return a warning where the environment names a folder that is not there."""
    named = folder()
    if named is None or named.is_dir():
        return []
    return [
        Finding(
            "warning",
            Phrase(
                f"环境变量 {FOLDER_VARIABLE} 指明的文件夹不存在：{named}",
                f"the folder named in the variable {FOLDER_VARIABLE} does not exist: {named}",
            ),
            "PDF-08",
        )
    ]


def _missing_finding(lost: dict[str, str], file: str) -> Finding:
    """Return the error: no font at all, none for Chinese, or none for these characters."""
    named = "、".join(_named(each) for each in list(lost)[:_QUOTED])
    more = len(lost) - _QUOTED
    place = next((words for words in lost.values() if words), "")
    zh = f"画不出 {len(lost)} 个字符：{named}" + (f"，还有 {more} 个" if more > 0 else "")
    en = f"{len(lost)} characters cannot be drawn: {named.replace('、', ', ')}" + (
        f", and {more} more" if more > 0 else ""
    )
    if place:
        zh, en = f"{zh}；首先见于“{place}”", f"{en}; first at “{place}”"
    if not faces():
        return Finding(
            "error",
            Phrase(f"本机没有任何字体，{zh}", f"this machine has no fonts at all; {en}"),
            "PDF-01",
            file=file,
            hint=hint("chinese"),
        )
    if not _drawn(_PROBE) and any(_is_han(each) for each in lost):
        return Finding(
            "error",
            Phrase(f"本机没有中文字体，{zh}", f"this machine has no Chinese font; {en}"),
            "PDF-01",
            file=file,
            hint=hint("chinese"),
        )
    return Finding(
        "error",
        Phrase(f"本机的字体{zh}", f"no font of this machine has them: {en}"),
        "PDF-02",
        file=file,
        hint=_hint_for(lost),
    )


def _hint_for(lost: Iterable[str]) -> Phrase:
    """Return which fonts to get for these characters, or to write them otherwise."""
    needs: dict[Need, None] = {}
    for character in lost:
        needs["rare" if _is_han(character) else "emoji" if _is_emoji(character) else "fonts"] = None
    hints = [hint(need) for need in needs]
    if any(unicodedata.category(each) == "Co" for each in lost):
        hints.insert(
            0,
            Phrase(
                "造字区的字符只有造字的电脑能显示，改用标准汉字",
                "private characters show only where they were made: write standard ones",
            ),
        )
    hints.append(Phrase("或在文件中改用其他字符", "or write other characters in the document"))
    return Phrase("；".join(each.zh for each in hints), "; ".join(each.en for each in hints))


def _named(character: str) -> str:
    """Return the character in quotes with its number; a private one by its number alone."""
    number = f"U+{ord(character):04X}"
    return (
        number if unicodedata.category(character) in {"Co", "Cn"} else f"“{character}”（{number}）"
    )


def _is_han(character: str) -> bool:
    """Return whether it is a Chinese character, or a mark that comes with them."""
    code = ord(character)
    return 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF


def _is_emoji(character: str) -> bool:
    code = ord(character)
    return 0x1F000 <= code <= 0x1FAFF or 0x2600 <= code <= 0x27BF or 0x2B00 <= code <= 0x2BFF


def _faces_of(name: str) -> Sequence[Face]:
    return _by_family().get(_key(name), ())


@cache
def _by_family() -> dict[str, list[Face]]:
    found: dict[str, list[Face]] = {}
    for face in faces():
        for name in face.families:
            found.setdefault(_key(name), []).append(face)
    return found


def _key(name: str) -> str:
    """Return the name as fontconfig compares it: without case and blanks."""
    return name.casefold().replace(" ", "")


@cache
def _family_for(latin: str, east_asian: str, character: str) -> str:
    """Return the first family of the stack that is here and has the character, `""` for none."""
    for name in families(latin, east_asian):
        if any(face.has(character) for face in _faces_of(name)):
            return name
    return ""


@cache
def _any_family(character: str) -> str:
    """Return a family that is here and has the character, `""` where it needs none."""
    return next((face.families[0] for face in faces() if face.has(character)), "")


def _without_bold(texts: Iterable[Letters], file: str) -> list[Finding]:
    """Return a note for each family that bold text is asked of and that has no bold face."""
    thin: dict[str, str] = {}  # with the character that first asks for it
    for text in texts:
        if not text.bold:
            continue
        for character in sorted(filter(str.isalnum, text.characters)):
            name = _family_for(text.latin, text.east_asian, character) or _any_family(character)
            if name and name not in thin and not _has_bold(name, character):
                thin[name] = character
    return [
        Finding(
            "note",
            Phrase(
                f"字体 {name} 没有粗体，粗体文字印成常规体",
                f"the font {name} has no bold face: bold text is drawn regular",
            ),
            "PDF-03",
            file=file,
            hint=hint("chinese" if _is_han(character) else "fonts"),
        )
        for name, character in sorted(thin.items())
    ]


def _has_bold(name: str, character: str) -> bool:
    return any((face.bold or face.varies) and face.has(character) for face in _faces_of(name))


def _foreign_forms(texts: Iterable[Letters], file: str) -> list[Finding]:
    """Return a warning where Chinese is drawn by a font that no stack names: forms may differ."""
    for text in texts:
        for character in sorted(filter(_is_han, text.characters)):
            if _family_for("", text.east_asian, character):
                continue
            drawing = sorted({face.families[0] for face in faces() if face.has(character)})
            if drawing and any(part in name for part in _FOREIGN for name in drawing):
                return [_foreign_finding(drawing[0], character, file)]
    return []


def _foreign_finding(name: str, character: str, file: str) -> Finding:
    return Finding(
        "warning",
        Phrase(
            f"“{character}”等汉字由字体 {name} 印出，字形可能与大陆规范不同",
            f"“{character}” and others are drawn by {name}, whose forms may not be the mainland's",
        ),
        "PDF-07",
        file=file,
        hint=hint("chinese"),
    )
