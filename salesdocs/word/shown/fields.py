r"""Understands fields: what they count, where they lead, what they show without a result.

A field is its code, ` PAGEREF _Toc1 \h `, and the result that Word saved. Numbers of pages are
made anew by the layout; every other result shows as it was saved, as Word shows it until asked to
refresh.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from salesdocs.word.ooxml import w
from salesdocs.word.shown.measures import VAL, is_on, whole

COUNTERS: Final = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"))
_STALE: Final = frozenset(("STYLEREF",))
"""Fields whose result is different from page to page."""
_DRAWN: Final = frozenset(("EQ", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BARCODE",
                           "DISPLAYBARCODE", "MERGEBARCODE", "ADVANCE"))  # fmt: skip
"""Fields without a saved result, that Word works out when it lays out."""
_PART: Final = re.compile(r'"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<switch>\\[^\s"])|(?P<word>[^\s"]+)')
_FORMATS: Final = {
    "arabic": "decimal", "alphabetic": "lowerLetter", "roman": "lowerRoman",
    "arabicdash": "numberInDash", "ordinal": "ordinal", "hex": "hex",
    "chinesenum1": "chineseCounting", "chinesenum2": "chineseLegalSimplified",
    "chinesenum3": "chineseCountingThousand", "dbnum1": "ideographDigital",
    "dbnum2": "chineseCounting", "dbnum3": "chineseLegalSimplified", "dbchar": "decimalFullWidth",
    "gb1": "decimalEnclosedFullstop", "gb2": "decimalEnclosedParen",
    "gb3": "decimalEnclosedCircle", "gb4": "ideographEnclosedCircle",
    "zodiac1": "ideographTraditional", "zodiac2": "ideographZodiac",
    "zodiac3": "ideographZodiacTraditional", "circlenum": "decimalEnclosedCircle",
}  # fmt: skip
_KEEPS_LOOK: Final = frozenset(("mergeformat", "charformat", "mergeformatinet"))


@dataclass(frozen=True, slots=True)
class Code:
    """A field's code in parts: its name, its arguments, its switches with what follows each."""

    name: str = ""
    arguments: tuple[str, ...] = ()
    switches: tuple[tuple[str, str], ...] = ()

    def switch(self, name: str) -> str | None:
        """Return what follows a switch, `""` if nothing does, None where it is not given."""
        return next((value for each, value in self.switches if each == name), None)

    @property
    def format(self) -> str:
        r"""Return Word's name of the number format that `\*` asks for, `""` for none."""
        for name, value in self.switches:
            if name == "*" and value.lower() not in _KEEPS_LOOK:
                lower = value.lower()
                form = _FORMATS.get(lower, "")
                # `ROMAN` and `ALPHABETIC` are written large, `roman` and `alphabetic` small.
                if lower in {"roman", "alphabetic"} and value[:1].isupper():
                    return form.replace("lower", "upper")
                if form:
                    return form
        return ""

    @property
    def target(self) -> str:
        """Return the bookmark that PAGEREF, REF and HYPERLINK lead to, `""` for none."""
        if self.name == "HYPERLINK":
            return self.switch("l") or ""
        return self.arguments[0] if self.arguments else ""

    @property
    def link(self) -> str:
        """Return the address, or `#bookmark`, that the field's result is a link to."""
        if self.name == "HYPERLINK":
            address = self.arguments[0] if self.arguments else ""
            anchor = self.target
            return f"{address}#{anchor}" if anchor else address
        linked = self.name in {"PAGEREF", "REF", "NOTEREF"} and self.switch("h") is not None
        return f"#{self.target}" if linked and self.target else ""


# Switches of these fields that are followed by what they mean; others stand alone.
_WITH_VALUE: Final = {
    "HYPERLINK": "lot", "TOC": "bcdfloprstu", "SEQ": "rs", "INDEX": "bcdefghklopsyz",
    "REF": "ds", "INCLUDEPICTURE": "c",
}  # fmt: skip


def code_of(text: str) -> Code:
    r"""Return a field's code in parts; `\*`, `\@` and `\#` are followed by a format in every field.

    ISO/IEC 29500-1, 17.16.3.
    """
    parts = list(_PART.finditer(text))
    if not parts:
        return Code()
    name = parts[0][0].upper()
    valued = _WITH_VALUE.get(name, "") + "*@#"
    arguments: list[str] = []
    switches: list[tuple[str, str]] = []
    waiting = ""
    for part in parts[1:]:
        if part["switch"]:
            if waiting:
                switches.append((waiting, ""))
            waiting = part["switch"][1:].lower()
            if waiting not in valued:
                switches.append((waiting, ""))
                waiting = ""
            continue
        quoted = part["quoted"]
        value = part["word"] if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        if waiting:
            switches.append((waiting, value))
            waiting = ""
        else:
            arguments.append(value)
    if waiting:
        switches.append((waiting, ""))
    if name.startswith("=") and len(name) > 1:
        name = "="
    return Code(name, tuple(arguments), tuple(switches))


def is_stale(code: Code) -> bool:
    """Return whether the saved result may be another than the one on this page."""
    return code.name in _STALE


def is_drawn(code: Code) -> bool:
    """Return whether Word shows something that is not in the file."""
    return code.name in _DRAWN


def form_text(form: etree._Element | None) -> str:
    """Return what an old form field shows without a result: its box, its chosen entry."""
    if form is None:
        return ""
    box = form.find(w("checkBox"))
    if box is not None:
        ticked = box.find(w("checked"))
        if ticked is None:
            ticked = box.find(w("default"))
        return "☒" if ticked is not None and is_on(ticked) else "☐"
    entries = form.find(w("ddList"))
    if entries is None:
        return ""
    names = [each.get(VAL, "") for each in entries.iterfind(w("listEntry"))]
    chosen = entries.find(w("result"))
    if chosen is None:
        chosen = entries.find(w("default"))
    place = 0 if chosen is None else whole(chosen.get(VAL), 0, 0)
    return names[place] if place < len(names) else ""


def shown_without_result(code: Code) -> str:
    """Return what a field shows of its own code: the words of a button, a symbol's character."""
    if code.name in {"MACROBUTTON", "GOTOBUTTON"}:
        return " ".join(code.arguments[1:])
    if code.name == "QUOTE":
        return " ".join(code.arguments)
    return ""
