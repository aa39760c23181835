"""Words drawn as shapes, so that they are seen and printed but never copied, searched or read out.

Every reader of PDF text we know (Poppler, PDFium, pypdf) gives the letters of a stamp among those
of the page, whatever they are marked as; shapes are no text. They need no font in the file either.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from fontTools.pens.basePen import BasePen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from salesdocs.pdf.forms.font import form_font

if TYPE_CHECKING:
    from collections.abc import Mapping


def missing(words: str) -> str:
    """Return the characters, each once, that cannot be drawn."""
    known = _characters()
    return "".join(dict.fromkeys(sign for sign in words if ord(sign) not in known))


def width(words: str, size: float) -> float:
    """Return how wide the words are in points, set at `size`."""
    glyphs, scale = _font().getGlyphSet(), size / _units()
    return float(sum(glyphs[_characters()[ord(sign)]].width for sign in words) * scale)


def shapes(words: str, size: float) -> bytes:
    """Return the operators of a path of the words, neither filled nor drawn yet.

    The first letter begins at the origin, on the base line.
    """
    glyphs, scale = _font().getGlyphSet(), size / _units()
    pen, at = _PathPen(glyphs), 0.0
    for sign in words:
        glyph = glyphs[_characters()[ord(sign)]]
        glyph.draw(TransformPen(pen, (scale, 0, 0, scale, at, 0)))
        at += glyph.width * scale
    return "\n".join(pen.operators).encode()


@cache
def _font() -> Any:
    return TTFont(BytesIO(form_font()), lazy=True)


@cache
def _characters() -> Mapping[int, str]:
    known: Mapping[int, str] = _font().getBestCmap()
    return known


def _units() -> float:
    return float(_font()["head"].unitsPerEm)


class _PathPen(BasePen):  # type: ignore[misc]
    """Writes what it draws in the operators of a PDF (ISO 32000-1, 8.5.2)."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []

    def _moveTo(self, point: Any) -> None:  # noqa: N802
        self._write("m", point)

    def _lineTo(self, point: Any) -> None:  # noqa: N802
        self._write("l", point)

    def _curveToOne(self, first: Any, second: Any, point: Any) -> None:  # noqa: N802
        self._write("c", first, second, point)

    def _closePath(self) -> None:  # noqa: N802
        self.operators.append("h")

    def _write(self, operator: str, *points: Any) -> None:
        numbers = " ".join(
            f"{part:.2f}".rstrip("0").rstrip(".") for each in points for part in each
        )
        self.operators.append(f"{numbers} {operator}")
