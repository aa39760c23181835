"""The faces fontconfig finds on this machine: the very list WeasyPrint draws with.

WeasyPrint asks fontconfig on every system, Windows and macOS too, so what this answers is what
a PDF gets. Its own binding cannot say which characters a face has; hence these few calls more.
"""

from __future__ import annotations

import ctypes
import os
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_uint32, c_void_p
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER_VARIABLE = "SALESDOCS_FONTS"
"""Names a folder of font files that are used besides those of the system."""

_LIBRARIES = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll", "fontconfig")
_FORMATS = frozenset({b"TrueType", b"CFF"})  # all that Pango draws since 1.44
_BOXES = frozenset({"lastresort", ".lastresort", "last resort", "adobe blank", "and-regular"})
_SYSTEM, _APPLICATION = 0, 1  # FcSetName
_MATCH = 0  # FcResultMatch
_DEMIBOLD = 180  # FC_WEIGHT_DEMIBOLD


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file: its families' names, its weight, and (`has`) its characters."""

    families: tuple[str, ...]
    file: str
    bold: bool
    varies: bool
    _characters: int = field(repr=False, compare=False)

    def has(self, character: str) -> bool:
        """Return whether the face has a glyph for the character."""
        return bool(_library().FcCharSetHasChar(self._characters, ord(character)))


class _FontSet(Structure):
    _fields_ = (("count", c_int), ("room", c_int), ("fonts", POINTER(c_void_p)))


def folder() -> Path | None:
    """Return the folder of fonts that the environment names, if it does."""
    named = os.environ.get(FOLDER_VARIABLE, "")
    return Path(named) if named else None


@cache
def faces() -> tuple[Face, ...]:
    """Return the faces this machine can draw with, in a stable order."""
    library = _library()
    configuration = library.FcInitLoadConfigAndFonts()  # kept: the faces refer to it
    extra = folder()
    if extra:
        add_folder(configuration, extra)
    found = []
    for which in (_SYSTEM, _APPLICATION):
        listed = library.FcConfigGetFonts(configuration, which)
        if listed:
            found += [_face(listed.contents.fonts[i]) for i in range(listed.contents.count)]
    usable = (face for face in found if face and is_real(face))
    return tuple(sorted(usable, key=lambda face: (face.file, face.families, face.bold)))


def is_real(face: Face) -> bool:
    """Return whether the face draws letters; some map every character to a box or to nothing."""
    return not _BOXES.intersection(name.lower() for name in face.families)


def add_folder(configuration: int, extra: Path) -> None:
    """Add the fonts of a folder to the configuration at that address."""
    _library().FcConfigAppFontAddDir(configuration, os.fsencode(extra))


def _face(pattern: int) -> Face | None:
    """Return what fontconfig knows of a face, if Pango can draw with it."""
    library = _library()
    characters = c_void_p()
    if library.FcPatternGetCharSet(pattern, b"charset", 0, byref(characters)) != _MATCH:
        return None
    if not _FORMATS.intersection(_texts(pattern, b"fontformat")):
        return None
    weight, varies = c_int(0), c_int(0)
    library.FcPatternGetInteger(pattern, b"weight", 0, byref(weight))
    library.FcPatternGetBool(pattern, b"variable", 0, byref(varies))
    return Face(
        tuple(text.decode("utf-8", "replace") for text in _texts(pattern, b"family")),
        os.fsdecode((_texts(pattern, b"file") or [b""])[0]),
        weight.value >= _DEMIBOLD,
        bool(varies.value),
        characters.value or 0,
    )


def _texts(pattern: int, name: bytes) -> list[bytes]:
    """Return the values a pattern has under that name."""
    library, value = _library(), c_char_p()
    found: list[bytes] = []
    while library.FcPatternGetString(pattern, name, len(found), byref(value)) == _MATCH:
        found.append(value.value or b"")
    return found


@cache
def _library() -> ctypes.CDLL:
    """Return fontconfig; raises OSError where it is not installed."""
    for name in _LIBRARIES:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        return _declared(library)
    raise OSError("fontconfig is not installed")


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    """Tell ctypes the types of the functions used (fontconfig.h, unchanged since 2.0)."""
    text, pattern = c_char_p, c_void_p
    for name, result, arguments in (
        ("FcInitLoadConfigAndFonts", c_void_p, ()),
        ("FcConfigAppFontAddDir", c_int, (c_void_p, text)),
        ("FcConfigGetFonts", POINTER(_FontSet), (c_void_p, c_int)),
        ("FcPatternGetString", c_int, (pattern, text, c_int, POINTER(c_char_p))),
        ("FcPatternGetInteger", c_int, (pattern, text, c_int, POINTER(c_int))),
        ("FcPatternGetBool", c_int, (pattern, text, c_int, POINTER(c_int))),
        ("FcPatternGetCharSet", c_int, (pattern, text, c_int, POINTER(c_void_p))),
        ("FcCharSetHasChar", c_int, (c_void_p, c_uint32)),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
