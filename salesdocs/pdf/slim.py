"""Makes the fonts in a PDF as small as what they draw.

HarfBuzz keeps the numbers of glyphs when it cuts a font, so a cut of Noto CJK still has an entry
for each of its 65 535 glyphs: 150 KB to draw a hundred. A CFF font whose glyphs are numbered by
character identifiers need not: its table of identifiers (Adobe Technical Note 5176, section 13)
says which glyph is meant. So empty glyphs go, and with them the tables around the CFF font that
a PDF has no use for (ISO 32000-1, table 126: `CIDFontType0C`).
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from fontTools.cffLib import CFFFontSet  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

_NO_GLYPH = 1
"""Bytes of a glyph that draws nothing: the operator that ends it."""


def slim(document: pikepdf.Pdf) -> None:
    """Write each OpenType font with CFF outlines of the document as a CFF font of its glyphs."""
    for item in document.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/OpenType":
            small = _bare(item.read_bytes())
            if small is not None:
                item.write(small)
                item["/Subtype"] = pikepdf.Name("/CIDFontType0C")


def _bare(data: bytes) -> bytes | None:
    """Return the CFF font of an OpenType font with the glyphs that draw something; None if none.

    The first glyph stays in any case: it is what stands for a glyph that is not there.
    """
    font = TTFont(BytesIO(data), lazy=True)
    if "CFF " not in font:
        return None
    fonts: Any = CFFFontSet()
    fonts.decompile(BytesIO(font.reader["CFF "]), font)
    top = fonts.topDictIndex[0]
    if not hasattr(top, "ROS"):
        return None  # no character identifiers: glyphs are found by their numbers
    index = top.CharStrings.charStringsIndex
    sizes = [end - start for start, end in zip(index.offsets, index.offsets[1:], strict=False)]
    kept = [number for number, size in enumerate(sizes) if size > _NO_GLYPH or not number]
    names = [top.charset[number] for number in kept]
    index.items = [index[number] for number in kept]
    top.CharStrings.charStrings = {name: number for number, name in enumerate(names)}
    top.FDSelect.gidArray = [top.FDSelect.gidArray[number] for number in kept]
    top.FDSelect.format = None
    top.charset = names
    top.numGlyphs = len(names)
    target = BytesIO()
    fonts.compile(target, font, isCFF2=False)
    return target.getvalue()
