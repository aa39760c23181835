"""Packs parts into a Word file whose bytes depend on nothing but the parts."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache

from zopfli.zlib import compress

_STORED_DATE = (0 << 9 | 1 << 5 | 1) << 16  # 1980-01-01, the first day a zip can tell
_DEFLATED = 8
_UTF8_VERSION = 20


def pack(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip of `members` in the order given, dated 1980, as small as deflate allows."""
    body, directory, count = bytearray(), bytearray(), 0
    for name, data in members:
        packed = _deflate(data)
        facts = struct.pack(
            "<HHHLLLLHH",
            _UTF8_VERSION,
            0,
            _DEFLATED,
            _STORED_DATE,
            zlib.crc32(data),
            len(packed),
            len(data),
            len(name),
            0,
        )
        directory += b"PK\x01\x02" + struct.pack("<H", _UTF8_VERSION) + facts
        directory += struct.pack("<HHHLL", 0, 0, 0, 0, len(body)) + name.encode("ascii")
        body += b"PK\x03\x04" + facts + name.encode("ascii") + packed
        count += 1
    ending = struct.pack("<HHHHLLH", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + b"PK\x05\x06" + ending)


@lru_cache(maxsize=64)
def _deflate(data: bytes) -> bytes:
    """Return the bare stream of zopfli's zlib container: no two bytes before, no checksum after."""
    container: bytes = compress(data, numiterations=5)
    return container[2:-4]
