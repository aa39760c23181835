"""Pictures that cannot be drawn, told before they are tried."""

from __future__ import annotations

import warnings
from functools import lru_cache
from io import BytesIO
from typing import Final
from xml.etree import ElementTree

from PIL import Image, UnidentifiedImageError

POINTS: Final = 60_000_000
"""How many points a picture may have: A4 at 600 to the inch has 35 million."""


@lru_cache(maxsize=256)
def unsound(data: bytes, kind: str) -> str:
    """Return what is wrong with a picture, `""` when it can be drawn."""
    if kind == "image/svg+xml":
        return _unsound_drawing(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as image:
                if image.width * image.height > POINTS:
                    return f"{image.width:,} × {image.height:,}"
                image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return f"> {POINTS:,}"
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as problem:
        return str(problem).partition(" <")[0][:60] or kind
    return ""


def _unsound_drawing(data: bytes) -> str:
    try:
        ElementTree.fromstring(data)  # noqa: S314 - expat bounds what entities may grow to
    except (ElementTree.ParseError, ValueError) as problem:
        return str(problem)[:60]
    return ""
