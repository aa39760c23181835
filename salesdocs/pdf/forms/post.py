"""What WeasyPrint's form fields have to become before people can fill them in.

WeasyPrint knows where each field stands and tags it; it writes only check boxes here, because for
any other field it embeds a whole font of the machine. Each is written anew: text with the font of
the forms, choices with their labels, boxes that show they are boxes, names as ISO 32000-1, 12.7.3.2
has them (`customer.name` is `name` in `customer`), appearances for viewers that draw none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any, Final

import deflate
import pikepdf
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary, Name, Stream, String

from salesdocs.pdf.forms.font import FAMILY, form_font
from salesdocs.pdf.forms.place import Spot
from salesdocs.pdf.saving import saved
from salesdocs.pdf.slim import slim_fonts

# Field flags (ISO 32000-1, tables 221, 226, 228, 230).
REQUIRED: Final = 1 << 1
MULTILINE: Final = 1 << 12
RADIO: Final = 1 << 15
COMBO: Final = 1 << 17
EDIT: Final = 1 << 18

FONT: Final = "/SalesdocsForm"
MARK: Final = "/Salesdocs"
"""The entry of the catalogue that says which form this is."""
OFF: Final = "/Off"
ON: Final = "Yes"
"""What a box of its own is called when it is ticked."""

_PRINT: Final = 4
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]+").fullmatch
_QUADDING: Final = {"center": 1, "right": 2}
_PADDING: Final = 2.0
_LEADING: Final = 1.25
_MIDDLE: Final = 0.38
"""Where the middle of a Chinese letter is above the baseline, in em."""
_LEVEL: Final = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """Which form a PDF is: its document, the template's hash, the program's version, its case.

    `implied` are (field, path, code): what writing into the field says of another path.
    """

    document: str
    template: str
    version: str
    case_no: str = ""
    implied: tuple[tuple[str, str, str], ...] = ()


def finish(pdf: bytes, spots: Mapping[str, Spot], identity: Identity) -> bytes:
    """Return the PDF with its fields as they are to be filled in; same input, same bytes."""
    with pikepdf.open(BytesIO(pdf)) as document:
        slim_fonts(document)
        _Fields(document, spots).write()
        said = Dictionary(
            Document=String(identity.document),
            Template=String(identity.template),
            Version=String(identity.version),
            CaseNo=String(identity.case_no),
        )
        if identity.implied:
            said["/Implied"] = Array(
                [Array([String(each) for each in row]) for row in identity.implied]
            )
        document.Root[MARK] = document.make_indirect(said)
        return saved(document)


class _Fields:
    """Writes the fields of one document."""

    def __init__(self, document: pikepdf.Pdf, spots: Mapping[str, Spot]) -> None:
        self.document = document
        self.spots = spots
        self.font = _font(document)
        self.roots: list[Any] = []
        self.nodes: dict[str, Any] = {}
        self.fields: dict[str, Any] = {}

    def write(self) -> None:
        widgets: dict[str, list[tuple[Spot, Any]]] = {}
        for page in self.document.pages:
            for annotation in page.get("/Annots", []):
                spot = self.spots.get(str(annotation.get("/T", "")))
                if annotation.get("/Subtype") == "/Widget" and spot is not None:
                    widgets.setdefault(spot.name, []).append((spot, annotation))
        for name, places in widgets.items():
            self._write_field(name, places)
        self.document.Root["/AcroForm"] = self.document.make_indirect(
            Dictionary(
                Fields=Array(self.roots),
                DR=Dictionary(
                    Font=Dictionary({FONT: self.font, "/ZaDb": _dingbats(self.document)})
                ),
                DA=String(f"{FONT} 10 Tf 0 g"),
            )
        )

    def _write_field(self, name: str, places: list[tuple[Spot, Any]]) -> None:
        """Write a field and its widgets, which are one where there is only one."""
        first = places[0][0]
        for _, widget in places:
            _strip(widget)
        alone = len(places) == 1 and first.kind != "group"
        target = places[0][1] if alone else self.document.make_indirect(Dictionary())
        head, dot, last = _parted(name)
        target["/T"] = String(last)
        if dot:
            parent = self._node(head)
            target["/Parent"] = parent
            parent.Kids.append(target)
        else:
            self.roots.append(target)
        target["/TU"] = String(
            first.field.tooltip + (f"：{first.said}" if first.kind == "box" else "")
        )
        self._describe(target, first, places)
        for spot, widget in places:
            self._draw(widget, spot, target)
        if not alone:
            target["/Kids"] = Array([widget for _, widget in places])
            for _, widget in places:
                widget["/Parent"] = target

    def _node(self, path: str) -> Any:
        """Return the field around fields: `customer` of `customer.name`."""
        known = self.nodes.get(path)
        if known is None:
            head, dot, last = _parted(path)
            known = self.document.make_indirect(Dictionary(T=String(last), Kids=Array()))
            self.nodes[path] = known
            if dot:
                parent = self._node(head)
                known["/Parent"] = parent
                parent.Kids.append(known)
            else:
                self.roots.append(known)
        return known

    def _describe(self, target: Any, spot: Spot, places: list[tuple[Spot, Any]]) -> None:
        item = spot.field
        flags = REQUIRED if item.required and spot.kind != "box" else 0
        if spot.kind in ("box", "group"):
            target["/FT"] = Name("/Btn")
            flags |= RADIO if spot.kind == "group" else 0
            chosen = next((each for each, _ in places if _is_on(each)), None)
            target["/V"] = Name(_state(chosen)) if chosen else Name(OFF)
        else:
            target["/DA"] = String(f"{FONT} {_figure(spot.size)} Tf 0 g")
            if spot.align in _QUADDING:
                target["/Q"] = _QUADDING[spot.align]
            target["/V"] = String(item.value)
            if spot.kind == "choice":
                target["/FT"] = Name("/Ch")
                flags |= COMBO | (EDIT if item.free else 0)
                options = [("", " "), *item.choices]
                target["/Opt"] = Array([Array([String(c), String(s)]) for c, s in options])
            else:
                target["/FT"] = Name("/Tx")
                flags |= MULTILINE if spot.multiline else 0
                if item.maximum:
                    target["/MaxLen"] = item.maximum
        if flags:
            target["/Ff"] = flags

    # ---- how fields look ----

    def _draw(self, widget: Any, spot: Spot, field: Any) -> None:
        widget["/F"] = _PRINT
        left, bottom, right, top = sorted_rectangle([float(each) for each in widget.Rect])
        widget["/Rect"] = Array([_rounded(each) for each in (left, bottom, right, top)])
        width, height = right - left, top - bottom
        if spot.kind in ("box", "group"):
            on = _state(spot)
            states = {
                on: self._appearance(_ticked(width, height), width, height),
                OFF: self._appearance(_square(width, height), width, height),
            }
            widget["/AP"] = Dictionary(N=Dictionary(states))
            widget["/AS"] = Name(on if _is_on(spot) else OFF)
            # What a viewer is told that draws boxes and ticks itself.
            widget["/MK"] = Dictionary(CA=String("4"), BC=Array([0]))
            widget["/BS"] = Dictionary(W=0.7)
            return
        shown = dict(spot.field.choices).get(spot.field.value, spot.field.value)
        drawn = _text(shown, spot, width, height)
        widget["/AP"] = Dictionary(N=self._appearance(drawn, width, height, with_font=bool(shown)))
        widget["/MK"] = Dictionary()

    def _appearance(
        self, content: bytes, width: float, height: float, *, with_font: bool = False
    ) -> Any:
        resources = Dictionary(Font=Dictionary({FONT: self.font})) if with_font else Dictionary()
        stream = Stream(self.document, content)
        stream["/Type"], stream["/Subtype"] = Name("/XObject"), Name("/Form")
        stream["/BBox"] = Array([0, 0, _rounded(width), _rounded(height)])
        stream["/Resources"] = resources
        return self.document.make_indirect(stream)


def sorted_rectangle(corners: Iterable[float]) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of a rectangle given by any two opposite corners."""
    x1, y1, x2, y2 = corners
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _strip(widget: Any) -> None:
    for key in ("/T", "/TU", "/FT", "/V", "/Ff", "/Border", "/AS", "/AP", "/MK", "/DA"):
        if key in widget:
            del widget[key]


def _parted(name: str) -> tuple[str, str, str]:
    """Return what is before the last dot of a path, the dot, and what is behind it."""
    path, equals, option = name.partition("=")
    head, dot, last = path.rpartition(".")
    return head, dot, f"{last}{equals}{option}"


def _state(spot: Spot) -> str:
    """Return what a box is called when it is ticked."""
    return f"/{spot.option}" if spot.kind == "group" and _PLAIN(spot.option) else f"/{ON}"


def _is_on(spot: Spot) -> bool:
    value = spot.field.value
    return (
        spot.option in value.split("、")
        if spot.field.many
        else bool(value) and spot.option == value
    )


def _rounded(value: float) -> float:
    return round(value, 2)


def _figure(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _square(width: float, height: float) -> bytes:
    """Return the drawing of a box: a thin black square."""
    return (f"q 0.7 w 0 G 0.5 0.5 {_figure(width - 1)} {_figure(height - 1)} re S Q").encode()


def _ticked(width: float, height: float) -> bytes:
    """Return the drawing of a box with a tick in it."""
    x, y = width / 10, height / 10
    points = ((2, 5.2), (4.2, 2.6), (8.2, 7.8))
    (a, b), (c, d), (e, f) = ((_figure(px * x), _figure(py * y)) for px, py in points)
    tick = f"q 1.3 w 1 J 1 j 0 G {a} {b} m {c} {d} l {e} {f} l S Q"
    return _square(width, height) + b"\n" + tick.encode()


def _text(text: str, spot: Spot, width: float, height: float) -> bytes:
    """Return the drawing of what stands in a field: lines of text, clipped to the field."""
    if not text:
        return b"/Tx BMC EMC"
    metrics = _metrics()
    size = spot.size
    room = width - 2 * _PADDING
    lines = metrics.wrapped(text, size, room) if spot.multiline else [text.replace("\n", " ")]
    top, middle = height - _PADDING - size * 0.88, height / 2 - _MIDDLE * size
    baseline = top if spot.multiline else middle
    clip = f"1 1 {_figure(width - 2)} {_figure(height - 2)} re W n"
    pieces = ["/Tx BMC", "q", clip, "BT", f"{FONT} {_figure(size)} Tf", "0 g"]
    x, y = 0.0, 0.0
    for number, line in enumerate(lines):
        wide = metrics.width(line, size)
        start = {"center": (width - wide) / 2, "right": width - _PADDING - wide}.get(
            spot.align, _PADDING
        )
        start, down = max(start, _PADDING), baseline - number * size * _LEADING
        pieces.append(f"{_figure(start - x)} {_figure(down - y)} Td <{metrics.codes(line)}> Tj")
        x, y = start, down
    return "\n".join([*pieces, "ET", "Q", "EMC"]).encode()


# ---- the font ----


@dataclass(frozen=True, slots=True)
class _Metrics:
    """The form font: glyphs by character, widths of glyphs in thousandths of an em."""

    glyphs: Mapping[int, int]
    widths: tuple[int, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int

    def codes(self, text: str) -> str:
        """Return the codes of a text, hexadecimal; 0 for what the font does not draw."""
        return "".join(f"{self.glyphs.get(ord(each), 0):04X}" for each in text)

    def width(self, text: str, size: float) -> float:
        """Return how wide a text is."""
        return sum(self.widths[self.glyphs.get(ord(each), 0)] for each in text) * size / 1000

    def wrapped(self, text: str, size: float, room: float) -> list[str]:
        """Return the lines of a text that is to be no wider than `room`."""
        lines: list[str] = []
        for part in text.split("\n"):
            line = ""
            for each in part:
                if line and self.width(line + each, size) > room:
                    lines.append(line)
                    line = ""
                line += each
            lines.append(line)
        return lines


@cache
def _metrics() -> _Metrics:
    font = TTFont(BytesIO(form_font()), lazy=True)
    order = font.getReverseGlyphMap()
    glyphs = {code: order[name] for code, name in font.getBestCmap().items()}
    scale = 1000 / font["head"].unitsPerEm
    advances = font["hmtx"].metrics
    widths = tuple(round(advances[name][0] * scale) for name in font.getGlyphOrder())
    head, hhea = font["head"], font["hhea"]
    corners = (head.xMin, head.yMin, head.xMax, head.yMax)
    left, bottom, right, top = (round(each * scale) for each in corners)
    box = (left, bottom, right, top)
    return _Metrics(
        glyphs,
        widths,
        box,
        round(hhea.ascent * scale),
        round(hhea.descent * scale),
    )


@cache
def _packed() -> bytes:
    """Return the font file deflated, by the deflate that makes the same bytes everywhere."""
    return bytes(deflate.zlib_compress(form_font(), _LEVEL))


def _font(document: pikepdf.Pdf) -> Any:
    """Return the font of the fields, embedded whole: a viewer draws with it what people type."""
    metrics = _metrics()
    name = Name(f"/{FAMILY.replace(' ', '')}")
    file = Stream(document, b"")
    file.write(_packed(), filter=Name("/FlateDecode"))
    file["/Length1"] = len(form_font())
    descriptor = Dictionary(
        Type=Name("/FontDescriptor"),
        FontName=name,
        Flags=4,
        FontBBox=Array(list(metrics.box)),
        ItalicAngle=0,
        Ascent=metrics.ascent,
        Descent=metrics.descent,
        CapHeight=733,
        StemV=80,
        FontFile2=document.make_indirect(file),
    )
    descendant = Dictionary(
        Type=Name("/Font"),
        Subtype=Name("/CIDFontType2"),
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=document.make_indirect(descriptor),
        CIDToGIDMap=Name("/Identity"),
        DW=1000,
        W=_width_array(metrics.widths),
    )
    whole = Dictionary(
        Type=Name("/Font"),
        Subtype=Name("/Type0"),
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([document.make_indirect(descendant)]),
        ToUnicode=document.make_indirect(Stream(document, _unicode_map(metrics.glyphs))),
    )
    return document.make_indirect(whole)


def _dingbats(document: pikepdf.Pdf) -> Any:
    """Return the font that viewers draw ticks with which they make anew; every viewer has it."""
    font = Dictionary(Type=Name("/Font"), Subtype=Name("/Type1"), BaseFont=Name("/ZapfDingbats"))
    return document.make_indirect(font)


def _width_array(widths: Iterable[int]) -> Array:
    """Return the widths that are not 1000, neighbours in one array."""
    found: list[Any] = []
    last = -2
    for glyph, width in enumerate(widths):
        if width == 1000:
            continue
        if glyph != last + 1:
            found += [glyph, []]
        found[-1].append(width)
        last = glyph
    return Array([Array(each) if isinstance(each, list) else each for each in found])


def _unicode_map(glyphs: Mapping[int, int]) -> bytes:
    """Return the CMap from glyphs to characters; a glyph of several characters is the first."""
    characters: dict[int, int] = {}
    for code, glyph in sorted(glyphs.items()):
        characters.setdefault(glyph, code)
    rows = [
        f"<{glyph:04X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for glyph, code in sorted(characters.items())
    ]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    said = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{said}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()
