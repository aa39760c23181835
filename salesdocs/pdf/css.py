"""Looks as style sheet classes: one class for each distinct set of declarations.

A class costs once what a style attribute costs at every element, and elements of equal classes
share their computed style.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from salesdocs.pdf.fonts import stack_here
from salesdocs.word.shown.model import Border, Line, Look, Shape

HIGHLIGHTED = re.compile(r"[0-9A-Fa-f]{6}")
_BORDER_STYLES = {
    "dashed": "dashed", "dashSmallGap": "dashed", "dotDash": "dashed", "dotDotDash": "dashed",
    "dashDotStroked": "dashed", "dotted": "dotted", "double": "double", "triple": "double",
    "wave": "solid", "doubleWave": "double", "inset": "solid", "outset": "solid",
}  # fmt: skip
_UNDERLINES = {
    "double": "double", "dotted": "dotted", "dottedHeavy": "dotted", "dash": "dashed",
    "dashedHeavy": "dashed", "dashLong": "dashed", "dashLongHeavy": "dashed",
    "dotDash": "dashed", "dashDotHeavy": "dashed", "dotDotDash": "dashed",
    "dashDotDotHeavy": "dashed", "wave": "wavy", "wavyHeavy": "wavy", "wavyDouble": "wavy",
}  # fmt: skip
SCRIPT_SIZE = 0.58
"""Size of raised and lowered characters to their neighbours'; measured in LibreOffice."""
SCRIPT_SHIFT = 0.33


def number(value: float) -> str:
    """Return a length as CSS writes it: no exponent, no more digits than a printer can show."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def points(value: float) -> str:
    """Return a length in points."""
    text = number(value)
    return text if text == "0" else text + "pt"


def string(text: str) -> str:
    """Return the text as a CSS string; what could end it is escaped (CSS Syntax 3, §4.3.7)."""
    return '"' + re.sub(r'["\\<>&\x00-\x1f\x7f]', lambda one: f"\\{ord(one[0]):x} ", text) + '"'


def colour(value: str, default: str = "#000") -> str:
    """Return six hex digits as a colour; anything else is the default one."""
    return f"#{value.lower()}" if HIGHLIGHTED.fullmatch(value) else default


class Classes:
    """Hands out class names, one for each distinct text of declarations, in order of use."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, declarations: Iterable[str]) -> str:
        """Return the class of these declarations; no declarations, no class."""
        text = ";".join(each for each in declarations if each)
        return self._names.setdefault(text, f"c{len(self._names)}") if text else ""

    def rules(self) -> list[str]:
        """Return the rules of all classes handed out so far."""
        return [f".{name}{{{text}}}\n" for text, name in self._names.items()]


def setting(line: Line, shape: Shape, look: Look) -> str:
    """Return how lines are broken and how high they are, for `salesdocs.pdf.lines` to read."""
    flags = "".join(
        letter
        for letter, holds in (
            ("k", shape.kinsoku),
            ("h", shape.hanging_marks),
            ("l", shape.space_latin),
            ("d", shape.space_digits),
            ("e", look.east_asian_marks),
            ("b", shape.break_latin),
        )
        if holds
    )
    value = f"{line.rule}|{number(line.value)}|{flags}|{look.east_asian}"
    return f"--set:{string(value)}"


def look_declarations(look: Look) -> list[str]:
    """Return the declarations of a look of characters, but for the height of its line."""
    found = [
        f"font-family:{stack_here(look.latin, look.east_asian)}",
        f"font-size:{points(look.size * (SCRIPT_SIZE if look.vertical else 1))}",
        f"color:{colour(look.colour)}",
    ]
    found += ["font-weight:bold"] if look.bold else []
    found += ["font-style:italic"] if look.italic else []
    found += [f"background:{colour(look.shade)}"] if HIGHLIGHTED.fullmatch(look.shade) else []
    found += _decoration(look)
    found += ["font-variant-caps:small-caps"] if look.capitals == "small" else []
    found += [f"letter-spacing:{points(look.spacing)}"] if look.spacing else []
    if shift := _shift(look):
        found.append(f"vertical-align:{points(shift)}")
    if look.border is not None:
        found.append(f"border:{border(look.border)}")
    return found


def _shift(look: Look) -> float:
    """Return by how many points the characters stand above the baseline."""
    scripts = {"superscript": SCRIPT_SHIFT, "subscript": -SCRIPT_SHIFT / 2, "": 0}
    return look.raised + look.size * scripts[look.vertical]


def _decoration(look: Look) -> list[str]:
    lines = []
    if look.underline and look.underline != "none":
        lines.append("underline")
    if look.strike:
        lines.append("line-through")
    if not lines:
        return []
    style = _UNDERLINES.get(look.underline, "solid")
    if look.strike == "double":
        style = "double"
    tint = f" {colour(look.underline_colour)}" if look.underline_colour else ""
    return [f"text-decoration:{' '.join(lines)} {style}{tint}"]


def border(line: Border) -> str:
    """Return a border as CSS: a double line is as wide as its two lines and the gap together."""
    style = _BORDER_STYLES.get(line.kind, "solid")
    width = line.width * (3 if style == "double" else 1)
    return f"{points(max(width, 0.25))} {style} {colour(line.colour)}"


def borders(lines: Mapping[str, Border]) -> list[str]:
    """Return the borders of the sides that have one."""
    sides = ("top", "right", "bottom", "left")
    return [f"border-{side}:{border(lines[side])}" for side in sides if is_line(lines.get(side))]


def is_line(line: Border | None) -> bool:
    """Return whether a border is drawn at all."""
    return line is not None and line.kind not in ("none", "nil", "") and line.width > 0
