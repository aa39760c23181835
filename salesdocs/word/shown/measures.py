"""Reads the small values of the format: lengths, switches, shares, colours.

A value that cannot be read, or that is beyond what Word takes, never raises: it is absent, or cut
to the longest length that Word knows. Files from elsewhere hold both.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from salesdocs.word.ooxml import w

VAL: Final = w("val")
_LONGEST: Final = 1584.0  # points; 22 inches, Word's largest page (ISO/IEC 29500-1, 17.18.81)
_UNITS: Final = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0,
                 "px": 0.75}  # fmt: skip
_MEASURE: Final = re.compile(r"\s*(-?\d{0,12}(?:\.\d{0,12})?)\s*([a-z]{2})?\s*")
_COLOUR: Final = re.compile(r"[0-9A-Fa-f]{6}")
_EMU_PER_POINT: Final = 12700
_OFF: Final = frozenset(("0", "false", "off", "none"))
_LUMA: Final = (0.299, 0.587, 0.114)


def number(text: str | None) -> float | None:
    """Return a plain number, None where there is none to read."""
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None


def whole(text: str | None, default: int = 0, low: int = -32768, high: int = 32767) -> int:
    """Return a whole number between `low` and `high`."""
    value = number(text)
    return default if value is None else int(min(max(value, low), high))


def length(text: str | None, unit: float = 0.05) -> float | None:
    """Return a length in points: a bare number counts `unit` (twips), others name theirs.

    ISO/IEC 29500-1, 22.9.2.15: `2.5cm`, `12pt`.
    """
    match = _MEASURE.fullmatch(text) if text else None
    if match is None or match[1] in ("", "-", ".", "-."):
        return None
    scale = _UNITS.get(match[2], 1.0) if match[2] else unit
    return round(min(max(float(match[1]) * scale, -_LONGEST), _LONGEST), 3)


def points_of_emu(text: str | None) -> float:
    """Return points of English Metric Units (12 700 to a point)."""
    value = number(text) or 0.0
    return round(min(max(value / _EMU_PER_POINT, -_LONGEST), _LONGEST), 3)


def is_on(element: etree._Element) -> bool:
    """Return what a switch says: on where it has no value."""
    return element.get(VAL, "1") not in _OFF


def share(text: str | None) -> float | None:
    """Return a share of 1: `50%` or fiftieths of a percent (`2500`) of a width."""
    if text and text.strip().endswith("%"):
        value = number(text.strip()[:-1])
        return None if value is None else value / 100
    value = number(text)
    return None if value is None else value / 5000


def colour(text: str | None) -> str:
    """Return six hex digits in capitals, or `""` for auto and for what is no colour."""
    return text.upper() if text and _COLOUR.fullmatch(text) else ""


def mixed(front: str, back: str, part: float) -> str:
    """Return `part` of the colour `front` on `back`."""
    pairs = zip(_channels(front), _channels(back), strict=True)
    return "".join(f"{round(one * part + other * (1 - part)):02X}" for one, other in pairs)


def is_dark(shade: str) -> bool:
    """Return whether Word sets automatic text on this shade in white.

    Word does below a quarter of full brightness.
    """
    if not shade:
        return False
    weighed = zip(_LUMA, _channels(shade), strict=True)
    return sum(weight * channel for weight, channel in weighed) < 64


def _channels(colour_: str) -> tuple[int, int, int]:
    return int(colour_[:2], 16), int(colour_[2:4], 16), int(colour_[4:], 16)
