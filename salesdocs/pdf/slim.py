"""Embedded fonts without the glyphs nobody draws: a page of Chinese takes 70 KB, not 490 KB.

HarfBuzz cuts a font for WeasyPrint so that glyphs keep their numbers: each of the 65,535 of a CJK
font that is not used is left as an empty one, and the table of where each begins hardly compresses
(110 KB of 114 KB for 27 glyphs, measured). In a font with CIDs the numbers may have gaps: glyphs in
use keep their CID in the `charset`, the others go. Adobe Technical Notes 5176 (CFF) and 5177.
"""

from __future__ import annotations

import re
import struct
import sys
import zlib
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pikepdf
from pikepdf import Name

# Operators of a CFF dictionary (Technical Note 5176, tables 9, 10 and 23).
_CHARSET: Final = 15
_CHAR_STRINGS: Final = 17
_PRIVATE: Final = 18
_SUBRS: Final = 19
_ROS: Final = 0x0C1E
_CID_COUNT: Final = 0x0C22
_FD_ARRAY: Final = 0x0C24
_FD_SELECT: Final = 0x0C25
_EMPTY: Final = 1  # byte: a character string that only ends
_BLOCKS: Final = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CODES: Final = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>")
_LISTS: Final = re.compile(rb"\[[^\]]*\]")


class UnknownFontError(ValueError):
    """The font is not what we know how to cut."""


def slim_fonts(pdf: pikepdf.Pdf) -> None:
    """Take the unused glyphs out of all embedded OpenType fonts that have CIDs; others stay."""
    fonts = list(_fonts(pdf, Name.OpenType))
    used = _used(pdf) if fonts else {}
    for descriptor, stream in fonts:
        try:
            font = slim(stream.read_bytes(), used.get(descriptor.objgen, frozenset()))
        except (UnknownFontError, struct.error, IndexError):
            continue
        _replace(stream, font)


def _used(pdf: pikepdf.Pdf) -> dict[tuple[int, int], frozenset[int]]:
    """Return by font descriptor the glyphs that text names: a blank is used and draws nothing.

    Read off the table that says which characters they are.
    """
    found: dict[tuple[int, int], frozenset[int]] = {}
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == Name.Type0:
            table, descendants = each.get("/ToUnicode"), each.get("/DescendantFonts")
            if isinstance(table, pikepdf.Stream) and descendants is not None:
                descriptor = descendants[0].get("/FontDescriptor")
                if descriptor is not None:
                    numbers = frozenset(_numbers(table.read_bytes()))
                    known = found.get(descriptor.objgen, frozenset())
                    found[descriptor.objgen] = known | numbers
    return found


def _numbers(table: bytes) -> Iterator[int]:
    """Yield the codes a ToUnicode table has characters for (ISO 32000-1, 9.10.3)."""
    for kind, entries in _BLOCKS.findall(table):
        if kind == b"char":
            yield from (int(code, 16) for code in _CODES.findall(entries)[::2])
        else:
            codes = [int(code, 16) for code in _CODES.findall(_LISTS.sub(b"<0>", entries))]
            for first, last in zip(codes[::3], codes[1::3], strict=False):
                yield from range(first, min(last, 0xFFFF) + 1)


def share_fonts(pdf: pikepdf.Pdf) -> None:
    """Let fonts cut from the same one, as several papers in one file have them, share one file.

    For fonts that `slim_fonts` has been through; those with glyphs that differ stay apart.
    """
    families: dict[bytes, list[tuple[pikepdf.Dictionary, Cff]]] = {}
    for descriptor, stream in _fonts(pdf, Name.CIDFontType0C):
        try:
            cff = Cff(stream.read_bytes())
        except (UnknownFontError, struct.error, IndexError):
            continue
        families.setdefault(cff.origin, []).append((descriptor, cff))
    for members in families.values():
        glyphs: dict[int, Glyph] = {}
        parts: list[Part] = []
        sharing = []
        for descriptor, cff in members:
            own = cff.by_cid()
            if all(glyphs.get(cid, glyph) == glyph for cid, glyph in own.items()):
                glyphs |= own
                parts += cff.parts
                sharing.append(descriptor)
        if len(sharing) > 1:
            shared = pdf.make_indirect(pikepdf.Stream(pdf, b""))
            _replace(shared, written(members[0][1], glyphs, parts))
            for descriptor in sharing:
                descriptor["/FontFile3"] = shared


def slim(font: bytes, used: Collection[int] = ()) -> bytes:
    """Return the CFF font, bare or in an OpenType file, with the glyphs that draw something.

    Those in `used` stay though they draw nothing.

    The text says glyphs by their numbers, so these become their CIDs: in Noto CJK some differ (that
    of ．is another), and viewers that look for a CID, as they should, would find nothing.

    Raises ValueError for a font without CIDs, or one that is damaged.
    """
    cff = Cff(_table(font, b"CFF ") if font[:4] == b"OTTO" else font)
    sizes = enumerate(pairwise(cff.glyphs.offsets))
    kept = [
        glyph for glyph, (start, end) in sizes if not glyph or end - start > _EMPTY or glyph in used
    ]
    return written(cff, {glyph: cff.glyph(glyph) for glyph in kept}, cff.parts)


def _fonts(
    pdf: pikepdf.Pdf, kind: pikepdf.Name
) -> Iterator[tuple[pikepdf.Dictionary, pikepdf.Stream]]:
    """Yield the descriptors of embedded fonts of a kind, with their files."""
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == Name.FontDescriptor:
            stream = each.get("/FontFile3")
            if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") == kind:
                yield each, stream


def _replace(stream: Any, font: bytes) -> None:
    stream.write(zlib.compress(font, 9), filter=Name.FlateDecode)
    stream.Subtype = Name.CIDFontType0C


def _table(font: bytes, tag: bytes) -> bytes:
    """Return a table of an OpenType font."""
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        name, _, offset, length = struct.unpack_from(">4s3I", font, 12 + 16 * number)
        if name == tag:
            return font[offset : offset + length]
    raise UnknownFontError


@dataclass(frozen=True, slots=True)
class _Index:
    """An INDEX: where its data begin, the offsets of its items, and where it ends."""

    data: bytes
    base: int
    offsets: Sequence[int]
    end: int

    @property
    def count(self) -> int:
        """Return the number of items."""
        return max(len(self.offsets) - 1, 0)

    def size(self, number: int) -> int:
        """Return the length of an item."""
        return self.offsets[number + 1] - self.offsets[number]

    def item(self, number: int) -> bytes:
        """Return an item."""
        return self.data[self.base + self.offsets[number] : self.base + self.offsets[number + 1]]


def _index(data: bytes, at: int) -> _Index:
    (count,) = struct.unpack_from(">H", data, at)
    if not count:
        return _Index(data, at + 2, (), at + 2)
    size = data[at + 2]
    start, stop = at + 3, at + 3 + (count + 1) * size
    raw = data[start:stop]
    if len(raw) != (count + 1) * size or size not in {1, 2, 3, 4}:
        raise UnknownFontError
    wide = bytearray(4 * (count + 1))  # a CJK font has 65,535 glyphs: no loop over them
    for place in range(size):
        wide[4 - size + place :: 4] = raw[place::size]
    offsets = array("I", bytes(wide))
    if sys.byteorder == "little":
        offsets.byteswap()
    base = stop - 1
    return _Index(data, base, offsets, base + offsets[-1])


def _index_of(items: Sequence[bytes]) -> bytes:
    """Return an INDEX of the items."""
    if not items:
        return b"\0\0"
    offsets = [1]
    for item in items:
        offsets.append(offsets[-1] + len(item))
    size = (offsets[-1].bit_length() + 7) // 8
    table = b"".join(offset.to_bytes(size, "big") for offset in offsets)
    return struct.pack(">HB", len(items), size) + table + b"".join(items)


Entry = tuple[int, bytes, tuple[float, ...]]
"""An operator of a dictionary, its operands as they are written, and their values."""


def _entries(data: bytes) -> Iterator[Entry]:
    """Yield the entries of a dictionary."""
    at = start = 0
    values: list[float] = []
    while at < len(data):
        byte = data[at]
        if byte <= 21:
            operator, length = (0x0C00 | data[at + 1], 2) if byte == 12 else (byte, 1)
            yield operator, data[start:at], tuple(values)
            at += length
            start, values = at, []
            continue
        value, length = _number(data, at)
        values.append(value)
        at += length


def _number(data: bytes, at: int) -> tuple[float, int]:
    """Return an operand and its length; of a real number only the length counts."""
    byte = data[at]
    if 32 <= byte <= 246:
        return byte - 139, 1
    if 247 <= byte <= 250:
        return (byte - 247) * 256 + data[at + 1] + 108, 2
    if 251 <= byte <= 254:
        return -(byte - 251) * 256 - data[at + 1] - 108, 2
    if byte == 28:
        return struct.unpack_from(">h", data, at + 1)[0], 3
    if byte == 29:
        return struct.unpack_from(">i", data, at + 1)[0], 5
    if byte == 30:
        length = 1
        while data[at + length] & 0x0F != 0x0F and data[at + length] >> 4 != 0x0F:
            length += 1
        return 0.0, length + 1
    raise UnknownFontError


def _dict_of(entries: Sequence[Entry], changed: Mapping[int, Sequence[int]]) -> bytes:
    """Return a dictionary, some entries with other operands, always of the same length."""
    written = []
    for operator, operands, _ in entries:
        values = changed.get(operator)
        if values is None:
            written.append(operands)
        else:
            written += [struct.pack(">Bi", 29, value) for value in values]
        written.append(struct.pack(">H", operator) if operator > 0xFF else bytes([operator]))
    return b"".join(written)


class Part(NamedTuple):
    """A font dictionary: its entries, its private dictionary, the subroutines of that."""

    entries: tuple[Entry, ...]
    private: bytes
    subrs: bytes

    @property
    def said(self) -> tuple[bytes, ...]:
        """Return what it says, whatever place its private dictionary is in."""
        own = tuple(operands for operator, operands, _ in self.entries if operator != _PRIVATE)
        return (*own, self.private, self.subrs)


class Glyph(NamedTuple):
    """What draws a glyph: its character string and what its font dictionary says."""

    drawn: bytes
    part: tuple[bytes, ...]


class Cff:
    """A CFF font with CIDs, taken apart."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        names = _index(data, data[2])
        tops = _index(data, names.end)
        strings = _index(data, tops.end)
        subrs = _index(data, strings.end)
        self.head = data[: data[2]]
        self.names = data[data[2] : names.end]
        self.strings = data[tops.end : strings.end]
        self.subrs = data[strings.end : subrs.end]
        self.top = list(_entries(tops.item(0)))
        found = {operator: values for operator, _, values in self.top}
        if tops.count != 1 or _ROS not in found or not {_FD_ARRAY, _FD_SELECT} <= set(found):
            raise UnknownFontError
        self.glyphs = _index(data, int(found[_CHAR_STRINGS][0]))
        self.cids = self._charset(int(found.get(_CHARSET, [0])[0]))
        self.parts = self._font_dicts(int(found[_FD_ARRAY][0]))
        self.part_of = self._select(int(found[_FD_SELECT][0]))

    @property
    def origin(self) -> bytes:
        """Return what fonts share that were cut from the same one."""
        places = {_CHARSET, _CHAR_STRINGS, _FD_ARRAY, _FD_SELECT}
        said = [operands for operator, operands, _ in self.top if operator not in places]
        return b"|".join([*said, self.strings, self.subrs])

    def glyph(self, number: int) -> Glyph:
        """Return a glyph."""
        return Glyph(self.glyphs.item(number), self.parts[self.part_of[number]].said)

    def by_cid(self) -> dict[int, Glyph]:
        """Return all glyphs by their CIDs."""
        return {cid: self.glyph(number) for number, cid in enumerate(self.cids)}

    def _charset(self, at: int) -> list[int]:
        """Return the CID of each glyph."""
        count = self.glyphs.count
        if at <= 2:
            raise UnknownFontError  # a predefined one, which a font with CIDs does not have
        cids = [0]
        kind = self.data[at]
        at += 1
        if kind == 0:
            return cids + list(struct.unpack_from(f">{count - 1}H", self.data, at))
        if kind not in {1, 2}:
            raise UnknownFontError
        form = struct.Struct(">HB" if kind == 1 else ">HH")
        while len(cids) < count:
            first, left = form.unpack_from(self.data, at)
            cids.extend(range(first, first + left + 1))
            at += form.size
        return cids[:count]

    def _font_dicts(self, at: int) -> list[Part]:
        """Return each font dictionary with its private dictionary and the subroutines of that."""
        found = []
        array = _index(self.data, at)
        for number in range(array.count):
            entries = tuple(_entries(array.item(number)))
            size, start = next(
                (values for operator, _, values in entries if operator == _PRIVATE), (0, 0)
            )
            private = self.data[int(start) : int(start) + int(size)]
            offset = next(
                (values[0] for operator, _, values in _entries(private) if operator == _SUBRS), 0
            )
            subrs = b""
            if offset:
                place = int(start) + int(offset)
                subrs = self.data[place : _index(self.data, place).end]
            found.append(Part(entries, private, subrs))
        return found

    def _select(self, at: int) -> list[int]:
        """Return the font dictionary of each glyph."""
        count, kind = self.glyphs.count, self.data[at]
        if kind == 0:
            return list(self.data[at + 1 : at + 1 + count])
        if kind != 3:
            raise UnknownFontError
        (ranges,) = struct.unpack_from(">H", self.data, at + 1)
        chosen: list[int] = []
        for number in range(ranges):
            first, which, after = struct.unpack_from(">HBH", self.data, at + 3 + 3 * number)
            chosen.extend([which] * (after - first))
        return chosen


def written(cff: Cff, glyphs: Mapping[int, Glyph], parts: Sequence[Part]) -> bytes:
    """Return a font like `cff` with these glyphs by their CIDs; `parts` are those they may use."""
    ordered = sorted(glyphs.items())
    said = {part.said: part for part in parts}
    used = list(dict.fromkeys(glyph.part for _, glyph in ordered))
    charset = b"\0" + b"".join(struct.pack(">H", cid) for cid, _ in ordered[1:])
    select = b"\0" + bytes(used.index(glyph.part) for _, glyph in ordered)
    strings = _index_of([glyph.drawn for _, glyph in ordered])

    def top(*places: int) -> bytes:
        operators = (_CHARSET, _FD_SELECT, _CHAR_STRINGS, _FD_ARRAY)
        changed = {operator: [place] for operator, place in zip(operators, places, strict=True)}
        return _index_of([_dict_of(cff.top, changed)])

    start = cff.head + cff.names
    at_charset = len(start) + len(top(0, 0, 0, 0)) + len(cff.strings) + len(cff.subrs)
    at_select = at_charset + len(charset)
    at_strings = at_select + len(select)
    at_privates = at_strings + len(strings)
    privates, array = _privates([said[part] for part in used], at_privates)
    places = (at_charset, at_select, at_strings, at_privates + len(privates))
    rest = (cff.strings, cff.subrs, charset, select, strings, privates, array)
    return start + top(*places) + b"".join(rest)


def _privates(parts: Sequence[Part], at: int) -> tuple[bytes, bytes]:
    """Return the private dictionaries, which begin at `at`, and the INDEX of those that use them.

    Subroutines follow their private dictionary at once.
    """
    written, dicts = b"", []
    for part in parts:
        own = list(_entries(part.private))
        # The place of the subroutines is written longer than it was: twice, for the length first.
        blank = _dict_of(own, {_SUBRS: [0]})
        body = _dict_of(own, {_SUBRS: [len(blank)]})
        dicts.append(_dict_of(part.entries, {_PRIVATE: [len(body), at + len(written)]}))
        written += body + part.subrs
    return written, _index_of(dicts)
