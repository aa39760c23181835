"""The font fields of a form are filled in with: one face, the same on every machine.

A viewer draws what somebody types with the font the form brings along, so that font holds all
letters a filled-in form may need: GB2312 with its signs, and the 8105 characters of the Table of
General Standard Chinese Characters (通用规范汉字表, 2013), which names have to keep to.
`SalesdocsForm.ttf` is cut from Noto Sans SC; its licence, the SIL Open Font License, lies beside.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FAMILY = "Salesdocs Form"
"""The family's name: its own, so that no Noto Sans SC of the machine takes its place."""

_FILE = "SalesdocsForm.ttf"


@cache
def form_font() -> bytes:
    """Return the TrueType file that is embedded whole in a fillable form."""
    return files(__package__).joinpath(_FILE).read_bytes()


@cache
def form_characters() -> frozenset[int]:
    """Return the code points the form font draws; others are the viewer's to find a font for."""
    return frozenset(TTFont(BytesIO(form_font()), lazy=True).getBestCmap())
