"""What kind of picture a file holds and how large it is, from its first bytes: PNG and JPEG."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final, Literal

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
# Frame headers of JPEG (ITU-T T.81, table B.1); C4, C8 and CC mark other things.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE: Final = frozenset({0x01, *range(0xD0, 0xD9)})


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it lies in its file; sizes in pixels."""

    kind: Literal["png", "jpeg"]
    width: int
    height: int
    data: bytes


def picture_in(data: bytes) -> Picture | None:
    """Return the picture in `data`; None when it is no whole PNG or JPEG."""
    if data.startswith(_PNG):
        return _png(data)
    return _jpeg(data) if data.startswith(_JPEG) else None


def _png(data: bytes) -> Picture | None:
    if data[12:16] != b"IHDR" or len(data) < 33 or b"IEND" not in data[-16:]:
        return None
    width, height = struct.unpack_from(">II", data, 16)
    return Picture("png", width, height, data) if width and height else None


def _jpeg(data: bytes) -> Picture | None:
    position = 2
    while position + 9 < len(data) and data[position] == 0xFF:
        mark = data[position + 1]
        if mark == 0xFF:  # filled up
            position += 1
        elif mark in _BARE:
            position += 2
        elif mark in _FRAMES:
            height, width = struct.unpack_from(">HH", data, position + 5)
            is_whole = b"\xff\xd9" in data[position:]
            return Picture("jpeg", width, height, data) if width and height and is_whole else None
        else:
            position += 2 + int.from_bytes(data[position + 2 : position + 4])
    return None
