"""Small pictures for tests, written byte by byte."""

from __future__ import annotations

import struct
import zlib


def png(width: int, height: int) -> bytes:
    """A striped picture."""
    colours = ((139, 26, 26), (240, 200, 60))
    line = bytes(value for x in range(width) for value in colours[x // 20 % 2])
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress((b"\0" + line) * height)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg(width: int, height: int) -> bytes:
    """The frame of a picture, behind the segments that cameras and programs write."""
    segments = (
        b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0",
        b"\xff\xe1" + struct.pack(">H", 12) + b"Exif\0\0\xff\xc0\0\0",  # looks like a frame inside
        b"\xff\xff\xc2" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0",
        b"\xff\xda" + struct.pack(">H", 8) + b"\1\1\0\0\x3f\0\x7f",
    )
    return b"\xff\xd8" + b"".join(segments) + b"\xff\xd9"
