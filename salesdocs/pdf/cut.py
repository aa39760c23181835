"""Fonts cut for a PDF glyph by glyph: each glyph of a font file once in the life of the program.

WeasyPrint has HarfBuzz cut each font of each document so that glyphs keep their numbers, and then
once more: all 65,535 of a CJK font are gone through, 40 ms for 130 glyphs, and `slim_fonts` takes
out the empty ones again. Here HarfBuzz cuts only the glyphs not yet known and numbers them anew,
5 ms, and the font is put together from those known. What comes out is what `slim` made of the
longer way, but for the variants of characters that HarfBuzz adds and nobody draws.

Only for fonts with CIDs; all others are cut as WeasyPrint cuts them.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from weasyprint.pdf import fonts, stream  # type: ignore[import-untyped]
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset  # type: ignore[import-untyped]

from salesdocs.pdf.slim import Cff, Entry, Glyph, Part, UnknownFontError, written

_NEEDED = (
    "hb_subset_plan_create_or_fail",
    "hb_subset_plan_destroy",
    "hb_subset_plan_execute_or_fail",
    "hb_subset_plan_old_to_new_glyph_mapping",
)
"""Functions of HarfBuzz 4.0 on, which WeasyPrint does not call."""

_FONT_NAME = 0x0C26  # an operator of a font dictionary (Technical Note 5176, table 10)

ffi.cdef(
    """
    typedef ... hb_subset_plan_t;
    typedef ... hb_map_t;
    hb_subset_plan_t * hb_subset_plan_create_or_fail (
        hb_face_t *face, const hb_subset_input_t *input);
    void hb_subset_plan_destroy (hb_subset_plan_t *plan);
    hb_face_t * hb_subset_plan_execute_or_fail (hb_subset_plan_t *plan);
    hb_map_t * hb_subset_plan_old_to_new_glyph_mapping (const hb_subset_plan_t *plan);
    hb_codepoint_t hb_map_get (const hb_map_t *map, hb_codepoint_t key);
    """,
    override=True,
)


class _Face:
    """A font file's face, and its glyphs as far as they have been cut out of it."""

    def __init__(self, face: Any, tables: Iterable[str]) -> None:
        self.face = face  # held, so that no other face comes to its address
        self.dropped = sorted(_tag(name) for name in tables if name not in {"CFF ", "head", "maxp"})
        self.glyphs: dict[int, Glyph] = {}
        self.parts: list[Part] = []
        self.name: tuple[Entry, ...] = ()
        # Whatever is asked for first, the frame is that of the one glyph every font has.
        self.frame = self._learn([0])

    def cut(self, numbers: Iterable[int]) -> bytes:
        """Return a font of these glyphs and the one for what is missing, their numbers as CIDs."""
        wanted = sorted({0, *numbers})
        new = [number for number in wanted if number not in self.glyphs]
        if new:
            self._learn(new)
        return written(self.frame, {number: self.glyphs[number] for number in wanted}, self.parts)

    def _learn(self, numbers: list[int]) -> Cff:
        """Let HarfBuzz cut these glyphs, keep them, and return the font they came in."""
        given = ffi.gc(
            harfbuzz_subset.hb_subset_input_create_or_fail(),
            harfbuzz_subset.hb_subset_input_destroy,
        )
        _fill(harfbuzz_subset.hb_subset_input_glyph_set(given), numbers)
        kind = harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG
        _fill(harfbuzz_subset.hb_subset_input_set(given, kind), self.dropped)
        flags = (
            harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
            | harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
        )
        harfbuzz_subset.hb_subset_input_set_flags(given, flags)
        plan = harfbuzz_subset.hb_subset_plan_create_or_fail(self.face, given)
        if plan == ffi.NULL:
            raise UnknownFontError
        plan = ffi.gc(plan, harfbuzz_subset.hb_subset_plan_destroy)
        made = harfbuzz_subset.hb_subset_plan_execute_or_fail(plan)
        if made == ffi.NULL:
            raise UnknownFontError
        cff = Cff(_table(ffi.gc(made, harfbuzz.hb_face_destroy), "CFF "))
        places = harfbuzz_subset.hb_subset_plan_old_to_new_glyph_mapping(plan)
        found = {number: harfbuzz.hb_map_get(places, number) for number in numbers}
        if max(found.values()) >= cff.glyphs.count:
            raise UnknownFontError
        parts = self._renamed(cff.parts)
        for number, place in found.items():
            drawn = cff.glyphs.item(place)
            self.glyphs[number] = Glyph(drawn, parts[cff.part_of[place]].said)
        known = {part.said for part in self.parts}
        self.parts += [part for part in parts if part.said not in known]
        return cff

    def _renamed(self, parts: list[Part]) -> list[Part]:
        """Return font dictionaries by the name of the first one known.

        Names are numbers of words, of which each cut has its own, and the frame the first one's.
        """
        if not self.parts:
            self.name = tuple(each for each in parts[0].entries if each[0] == _FONT_NAME)
        return [
            part._replace(
                entries=(*self.name, *(each for each in part.entries if each[0] != _FONT_NAME))
            )
            for part in parts
        ]


def _tag(name: str) -> int:
    return int(harfbuzz.hb_tag_from_string(name.encode(), -1))


def _fill(target: Any, numbers: list[int]) -> None:
    array = ffi.new(f"hb_codepoint_t[{len(numbers)}]", numbers)
    harfbuzz.hb_set_add_sorted_array(target, array, len(numbers))


def _table(face: Any, name: str) -> bytes:
    blob = harfbuzz.hb_face_reference_table(face, _tag(name))
    length = ffi.new("unsigned int *")
    data = harfbuzz.hb_blob_get_data(blob, length)
    found = b"" if data == ffi.NULL else bytes(ffi.buffer(data, length[0]))
    harfbuzz.hb_blob_destroy(blob)
    return found


_kept = threading.local()


def _face_of(face: Any, tables: Iterable[str]) -> _Face | None:
    """Return what is known of a face; None for one that is not to be cut here.

    Pango keeps the faces of a thread's list of fonts as long as that list.
    """
    known: dict[int, _Face | None] = _kept.__dict__.setdefault("faces", {})
    address = int(ffi.cast("uintptr_t", face))
    if address not in known:
        try:
            known[address] = _Face(face, tables)
        except (UnknownFontError, IndexError, ValueError):
            known[address] = None
            _kept.__dict__.setdefault("held", []).append(face)
    return known[address]


class CutFont(fonts.Font):  # type: ignore[misc]
    """A font of a document, cut by way of what is known of its face."""

    is_cut = False

    @property
    def type(self) -> str:
        """Return `otf` for a font with the outlines of CFF, bare ones too."""
        return "otf" if self.is_cut else str(super().type)

    def subset(self, to_unicode: Mapping[int, str], hinting: bool) -> None:
        """Leave the glyphs of `to_unicode`."""
        if to_unicode and not hinting and not self._is_special():
            face = _face_of(self.hb_face, self.tables)
            if face is not None:
                self.file_content = face.cut(to_unicode)
                self.is_cut = True
                return
        super().subset(to_unicode, hinting)

    def clean(self, to_unicode: Mapping[int, str], hinting: bool) -> None:
        """Make the file of what is to be embedded."""
        super().clean(to_unicode, hinting)
        self.file_content = bytes(self.file_content)

    def _is_special(self) -> bool:
        """Return whether there is more to do than to leave out glyphs."""
        return bool(
            "CFF " not in self.tables or "fvar" in self.tables
            or self.missing or self.png or self.svg or self.colr
        )  # fmt: skip


def said_as_cut(pdf: Any) -> None:
    """Say of the bare fonts in a PDF of WeasyPrint's that they are such, and compress them."""
    for each in pdf.objects:
        extra = getattr(each, "extra", None)
        if extra and extra.get("Subtype") == "/OpenType" and each.stream[0][:4] != b"OTTO":
            extra |= {"Subtype": "/CIDFontType0C", "Filter": "/FlateDecode"}
            each.stream = [zlib.compress(each.stream[0], 9)]


def _data(hb_object: Any, ot_color: str | None = None, glyph: int | None = None) -> Any:
    """Return what HarfBuzz has of an object, a whole font file without copying its 20 MB."""
    if ot_color is not None:
        return _weasyprint.get_hb_object_data(hb_object, ot_color, glyph)
    blob = harfbuzz.hb_face_reference_blob(hb_object)
    length = ffi.new("unsigned int *")
    data = harfbuzz.hb_blob_get_data(blob, length)
    if data == ffi.NULL:
        harfbuzz.hb_blob_destroy(blob)
        return None
    return ffi.buffer(ffi.gc(data, lambda _: harfbuzz.hb_blob_destroy(blob)), length[0])


class _Originals:
    """What WeasyPrint does itself."""

    get_hb_object_data: Any = None


_weasyprint = _Originals()


def install() -> bool:
    """Put our font in place of WeasyPrint's; return whether it has what that replaces."""
    if _weasyprint.get_hb_object_data is not None:
        return True
    if harfbuzz_subset is None or not all(_has(name) for name in _NEEDED):
        return False
    if stream.__dict__.get("Font") is not fonts.Font or not callable(
        getattr(fonts, "get_hb_object_data", None)
    ):
        return False
    _weasyprint.get_hb_object_data = fonts.get_hb_object_data
    fonts.get_hb_object_data = _data
    stream.Font = CutFont
    return True


def _has(name: str) -> bool:
    try:
        return bool(getattr(harfbuzz_subset, name))
    except AttributeError:
        return False
