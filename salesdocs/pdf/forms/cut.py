"""Cuts the font of fillable forms out of a larger one.

Left are outlines, widths and the map from characters: hints, kerning and vertical metrics are of no
use in a field. The boxes of a choice, which Chinese fonts lack, are put together from its own
glyphs.
"""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO

from fontTools.pens.boundsPen import BoundsPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from salesdocs.pdf.forms.font import FAMILY

_DROPPED = ["vhea", "vmtx", "BASE", "GPOS", "GSUB", "GDEF", "STAT", "gasp", "prep", "fpgm", "cvt "]
_KEPT_NAMES = (0, 5, 13, 14)  # copyright, version, licence, where to read it

_BOX, _MARKED_BOXES = 0x25A1, {0x2611: 0x2713, 0x2612: 0x00D7}
_EMPTY_BOX = 0x2610
_MARK_SIZE = 0.7  # of the box


def gb2312() -> frozenset[int]:
    """Return the code points of GB/T 2312: 6763 characters in two levels, and 682 signs."""
    found: set[int] = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            found.update(map(ord, bytes([row, cell]).decode("gb2312", "ignore")))
    return frozenset(found)


def signs() -> frozenset[int]:
    """Return the code points of Latin letters and of signs of trade papers GB2312 lacks."""
    ranges = [(0x20, 0x7E), (0xA0, 0xFF), (0x2160, 0x216B), (0x2170, 0x217B), (0x2460, 0x249B)]
    more = "‐–—―‖‘’‚“”„†‡•…‰′″‹›※〇−√×÷≈≤≥€™℃㎡㎏㎜㎝㎞㎥✓□■○●△▲◇◆☆★☐☑☒"
    spread = (point for first, last in ranges for point in range(first, last + 1))
    return frozenset([*spread, *map(ord, more)])


def cut(source: bytes, characters: Collection[int]) -> bytes:
    """Return the TrueType font `source` with `characters` only, as the family of our forms.

    Same source and same characters give the same bytes.
    """
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    _add_boxes(font)
    options = Options(
        hinting=False,
        layout_features=[],
        notdef_outline=True,
        glyph_names=False,
        name_IDs=list(_KEPT_NAMES),
        recalc_timestamp=False,
    )
    options.drop_tables += _DROPPED
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    _rename(font)
    saved = BytesIO()
    font.save(saved, reorderTables=False)
    return saved.getvalue()


def _add_boxes(font: TTFont) -> None:
    """Give the font ☐ ☑ ☒, made of its □, ✓ and ×, where it has none."""
    mapped = font.getBestCmap()
    if _BOX not in mapped:
        return
    made = {_EMPTY_BOX: mapped[_BOX]} if _EMPTY_BOX not in mapped else {}
    for point, mark in _MARKED_BOXES.items():
        if point not in mapped and mark in mapped:
            made[point] = _boxed(font, mapped[_BOX], mapped[mark], f"uni{point:04X}")
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(made)


def _boxed(font: TTFont, box: str, mark: str, name: str) -> str:
    """Add a glyph of `mark` in the middle of `box`; return its name."""
    glyphs = font.getGlyphSet()
    left, bottom, right, top = _bounds(glyphs, box)
    inner = _bounds(glyphs, mark)
    scale = _MARK_SIZE * (right - left) / max(inner[2] - inner[0], inner[3] - inner[1])
    across = (left + right) / 2 - scale * (inner[0] + inner[2]) / 2
    up = (bottom + top) / 2 - scale * (inner[1] + inner[3]) / 2
    pen = TTGlyphPen(glyphs)
    pen.addComponent(box, (1, 0, 0, 1, 0, 0))
    pen.addComponent(mark, (scale, 0, 0, scale, round(across), round(up)))
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = font["hmtx"][box]
    return name


def _bounds(glyphs: object, name: str) -> tuple[float, float, float, float]:
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)  # type: ignore[index]
    return pen.bounds  # type: ignore[no-any-return]


def _rename(font: TTFont) -> None:
    """Name the font as ours; the licence and whose work it is stay as they are."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in _KEPT_NAMES]
    postscript = f"{FAMILY.replace(' ', '')}-Regular"
    for identifier, text in {
        1: FAMILY,
        2: "Regular",
        3: f"{postscript} of Noto Sans SC",
        4: f"{FAMILY} Regular",
        6: postscript,
    }.items():
        names.setName(text, identifier, 3, 1, 0x409)
