"""Reads what is drawn: pictures, charts, text boxes and shapes, the watermark.

Word writes drawings in two languages: DrawingML (`w:drawing`), and VML (`w:pict`), which is older
and still that of watermarks and of embedded objects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, Literal

from lxml import etree

from salesdocs.word.ooxml import WP, w
from salesdocs.word.shown.charts import read_chart
from salesdocs.word.shown.looks import PAPER
from salesdocs.word.shown.measures import colour, length, number, points_of_emu
from salesdocs.word.shown.model import Block, Border, Box, Inline, Look, Picture, Place, Watermark
from salesdocs.word.shown.names import DGM, OFFICE, PIC, W10, WPG, WPS, A, C, M, R, V, tags
from salesdocs.word.shown.reading import Reading

_SIXTIETH: Final = 60000  # of a degree
_PICTURE_KINDS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
_LOST_KINDS: Final = (
    (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"\x01\0\0\0", "EMF"),
    (b"\x01\0\x09\0", "WMF"),
)
_SHAPES: Final[Mapping[str, Literal["rectangle", "rounded", "ellipse", "line"]]] = {
    "rect": "rectangle", "roundRect": "rounded", "round2SameRect": "rounded", "ellipse": "ellipse",
    "line": "line", "straightConnector1": "line", "flowChartProcess": "rectangle",
    "flowChartAlternateProcess": "rounded", "textBox": "rectangle", "frame": "rectangle",
}  # fmt: skip
_DASHES: Final = {"dot": "dotted", "sysDot": "dotted", "dash": "dashed", "lgDash": "dashed",
                  "sysDash": "dashed", "dashDot": "dotDash", "lgDashDot": "dotDash"}  # fmt: skip
_WRAPS: Final[Mapping[str, Literal["none", "square", "top_bottom"]]] = {
    "wrapNone": "none", "wrapSquare": "square", "wrapTight": "square", "wrapThrough": "square",
    "wrapTopAndBottom": "top_bottom",
}  # fmt: skip
_EFFECTS: Final = frozenset(("effectLst", "effectDag", "scene3d", "sp3d"))
_RECOLOURED: Final = tags(
    A,
    "alphaModFix biLevel blur clrChange clrRepl duotone fillOverlay grayscl hsl lum tint "
    "alphaBiLevel alphaCeiling alphaFloor alphaInv alphaMod alphaRepl",
)


def read_drawing(
    reading: Reading, element: etree._Element, look: Look, link: str
) -> Iterator[Inline]:
    """Yield what a `w:drawing` shows."""
    for frame in element:
        if frame.tag == f"{{{WP}}}inline":
            yield from _framed(reading, frame, None, look, link)
        elif frame.tag == f"{{{WP}}}anchor":
            yield from _framed(reading, frame, _anchor(reading, frame), look, link)
        else:
            reading.miss(str(frame.tag), lost=True)


def _framed(
    reading: Reading, frame: etree._Element, place: Place | None, look: Look, link: str
) -> Iterator[Inline]:
    extent = frame.find(f"{{{WP}}}extent")
    described = frame.find(f"{{{WP}}}docPr")
    data = frame.find(f"{{{A}}}graphic/{{{A}}}graphicData")
    if described is not None and described.get("hidden") in {"1", "true"}:
        return
    alt = "" if described is None else described.get("descr") or described.get("title") or ""
    width, height = (0.0, 0.0)
    if extent is not None:
        width, height = points_of_emu(extent.get("cx")), points_of_emu(extent.get("cy"))
    click = None if described is None else described.find(f"{{{A}}}hlinkClick")
    link = _click(reading, click) or link
    for child in data if data is not None else ():
        yield from _graphic(reading, child, (width, height), place, alt, look, link)
    if data is None or not len(data):
        reading.miss(f"{{{A}}}graphicData", lost=True)


def _graphic(
    reading: Reading,
    element: etree._Element,
    size: tuple[float, float],
    place: Place | None,
    alt: str,
    look: Look,
    link: str,
) -> Iterator[Inline]:
    tag = element.tag
    if tag == f"{{{PIC}}}pic":
        picture = _picture(reading, element, size, place, alt, link)
        if picture is not None:
            yield picture
    elif tag == f"{{{C}}}chart":
        relation = reading.relation(element.get(f"{{{R}}}id"))
        chart = None
        if relation is not None:
            chart = read_chart(reading, relation.target, size, place, alt, look)
        if chart is None:
            reading.miss(f"{{{C}}}chart", lost=True)
        else:
            yield chart
    elif tag == f"{{{WPS}}}wsp":
        yield _shape(reading, element, size, place, alt)
    elif tag == f"{{{WPG}}}wgp":
        yield from _group(reading, element, size, place, alt, look, link)
    elif tag == f"{{{DGM}}}relIds":
        reading.miss(f"{{{DGM}}}relIds SmartArt", lost=True)
    else:
        reading.miss(str(tag), lost=True)


def _click(reading: Reading, element: etree._Element | None) -> str:
    relation = None if element is None else reading.relation(element.get(f"{{{R}}}id"))
    if relation is None:
        return ""
    return relation.target if relation.external or relation.target.startswith("#") else ""


def _anchor(reading: Reading, anchor: etree._Element) -> Place:
    """Return where an anchored drawing floats (ISO/IEC 29500-1, 20.4.2.3)."""
    wrap: Literal["none", "square", "top_bottom"] = "none"
    sides = {"h": ("column", 0.0, ""), "v": ("paragraph", 0.0, "")}
    for child in anchor:
        name = str(child.tag).rpartition("}")[2]
        if name in _WRAPS:
            wrap = _WRAPS[name]
        elif name in {"positionH", "positionV"}:
            axis = name[-1].lower()
            sides[axis] = _position(reading, child, sides[axis][0])
        elif name in {"sizeRelH", "sizeRelV"}:
            part = next((each.text for each in child if each.text), "0")
            if number(part):
                reading.miss(str(child.tag))
    simple = anchor.find(f"{{{WP}}}simplePos")
    if anchor.get("simplePos") in {"1", "true"} and simple is not None:
        sides = {
            "h": ("page", points_of_emu(simple.get("x")), ""),
            "v": ("page", points_of_emu(simple.get("y")), ""),
        }
    gaps = [points_of_emu(anchor.get(f"dist{side}")) for side in "TRBL"]
    return Place(
        sides["h"][0],
        sides["v"][0],
        sides["h"][1],
        sides["v"][1],
        sides["h"][2],
        sides["v"][2],
        wrap,
        anchor.get("behindDoc") in {"1", "true"},
        (gaps[0], gaps[1], gaps[2], gaps[3]),
    )


def _position(reading: Reading, element: etree._Element, default: str) -> tuple[str, float, str]:
    offset, align = 0.0, ""
    for child in element:
        name = str(child.tag).rpartition("}")[2]
        if name == "posOffset":
            offset = points_of_emu(child.text)
        elif name == "align":
            align = (child.text or "").strip()
        elif name in {"pctPosHOffset", "pctPosVOffset"}:
            reading.miss(str(child.tag))
    return element.get("relativeFrom", default), offset, align


def _picture(
    reading: Reading,
    element: etree._Element,
    size: tuple[float, float],
    place: Place | None,
    alt: str,
    link: str,
) -> Picture | None:
    blip = element.find(f".//{{{A}}}blip")
    if blip is None:
        reading.miss(f"{{{PIC}}}pic", lost=True)
        return None
    found = _image(reading, blip.get(f"{{{R}}}embed") or blip.get(f"{{{R}}}link"), f"{{{A}}}blip")
    if found is None:
        return None
    for child in blip:
        if child.tag in _RECOLOURED:
            reading.miss(str(child.tag))
    own = element.find(f"{{{PIC}}}nvPicPr/{{{PIC}}}cNvPr")
    if not alt and own is not None:
        alt = own.get("descr", "")
    properties = element.find(f"{{{PIC}}}spPr")
    transform = None if properties is None else properties.find(f"{{{A}}}xfrm")
    source = element.find(f"{{{PIC}}}blipFill/{{{A}}}srcRect")
    crop = [0.0] * 4
    if source is not None:
        crop = [(number(source.get(side)) or 0) / 100000 for side in "ltrb"]
        if min(crop) < 0 or crop[0] + crop[2] >= 1 or crop[1] + crop[3] >= 1:
            reading.miss(f"{{{A}}}srcRect")
            crop = [0.0] * 4
    rotation = _rotation(transform)
    if transform is not None and {transform.get("flipH"), transform.get("flipV")} & {"1", "true"}:
        reading.miss(f"{{{A}}}xfrm flip")
    if properties is not None:
        _miss_effects(reading, properties)
    border = None if properties is None else _outline(reading, properties.find(f"{{{A}}}ln"))
    data, kind = found
    return Picture(
        data, kind, size[0], size[1], alt, place, rotation,
        (crop[0], crop[1], crop[2], crop[3]), link, border,
    )  # fmt: skip


def _rotation(transform: etree._Element | None) -> float:
    turned = 0.0 if transform is None else (number(transform.get("rot")) or 0) / _SIXTIETH
    return round(turned % 360, 3)


def _image(reading: Reading, name: str | None, tag: str) -> tuple[bytes, str] | None:
    """Return bytes and kind of a picture, None where it is missing or nobody can draw it."""
    relation = reading.relation(name)
    if relation is None or relation.external:
        reading.miss(f"{tag} {'external' if relation else 'missing'}", lost=True)
        return None
    data = reading.parts.data(relation.target)
    if not data:
        reading.miss(f"{tag} missing", lost=True)
        return None
    kind = picture_kind(data)
    if not kind:
        said = next((name for start, name in _LOST_KINDS if data.startswith(start)), "unknown kind")
        reading.miss(f"{tag} {said}", lost=True)
        return None
    return data, kind


def picture_kind(data: bytes) -> str:
    """Return the MIME type of a picture that can be drawn, by its first bytes; `""` for others."""
    for start, kind in _PICTURE_KINDS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    drawn = head.startswith((b"<svg", b"<?xml")) and b"<svg" in data[:2048]
    return "image/svg+xml" if drawn else ""


def _miss_effects(reading: Reading, properties: etree._Element) -> None:
    for child in properties:
        name = str(child.tag).rpartition("}")[2]
        if name in _EFFECTS and len(child):
            reading.miss(str(child.tag))


def _outline(reading: Reading, line: etree._Element | None) -> Border | None:
    """Return the line around a shape, None where there is none."""
    if line is None or line.find(f"{{{A}}}noFill") is not None:
        return None
    fill = line.find(f"{{{A}}}solidFill")
    if fill is None:
        return None
    value, _ = reading.theme.drawn(fill)
    dash = line.find(f"{{{A}}}prstDash")
    kind = "single" if dash is None else _DASHES.get(dash.get("val", ""), "single")
    return Border(kind, points_of_emu(line.get("w", "9525")) or 0.75, value)


def _fill(reading: Reading, properties: etree._Element) -> str | None:
    """Return the fill of a shape, `""` for none, None where it is not said."""
    for child in properties:
        name = str(child.tag).rpartition("}")[2]
        if name == "noFill":
            return ""
        if name == "solidFill":
            value, opacity = reading.theme.drawn(child)
            if opacity < 1:
                reading.miss(f"{{{A}}}alpha")
            return value
        if name in {"gradFill", "blipFill", "pattFill"}:
            reading.miss(str(child.tag))
            stop = child.find(f".//{{{A}}}gs")
            return reading.theme.drawn(stop)[0] if stop is not None else ""
    return None


def _shape(
    reading: Reading,
    element: etree._Element,
    size: tuple[float, float],
    place: Place | None,
    alt: str,
) -> Box:
    """Return a shape of DrawingML with the words in it."""
    properties = element.find(f"{{{WPS}}}spPr")
    style = element.find(f"{{{WPS}}}style")
    body = element.find(f"{{{WPS}}}bodyPr")
    words = element.find(f"{{{WPS}}}txbx/{w('txbxContent')}")
    fill, border, rotation, flipped = None, None, 0.0, False
    kind: Literal["rectangle", "rounded", "ellipse", "line"] = "rectangle"
    line = None
    if properties is not None:
        geometry = properties.find(f"{{{A}}}prstGeom")
        name = "rect" if geometry is None else geometry.get("prst", "rect")
        if name not in _SHAPES or properties.find(f"{{{A}}}custGeom") is not None:
            reading.miss(f"{{{A}}}prstGeom {name}")
        kind = _SHAPES.get(name, "rectangle")
        fill = _fill(reading, properties)
        line = properties.find(f"{{{A}}}ln")
        border = _outline(reading, line)
        transform = properties.find(f"{{{A}}}xfrm")
        rotation = _rotation(transform)
        if transform is not None:
            flips = [transform.get(name) in {"1", "true"} for name in ("flipH", "flipV")]
            flipped = flips[0] != flips[1]
        _miss_effects(reading, properties)
    if style is not None:
        fill, border = _styled(reading, style, fill, border, line)
    inner = _inside(body)
    return Box(
        _words(reading, words, size[0] - inner[1] - inner[3]),
        size[0],
        size[1],
        place,
        fill or "",
        border,
        inner,
        alt,
        body is not None and body.find(f"{{{A}}}spAutoFit") is not None,
        kind,
        _V_ALIGNS.get("" if body is None else body.get("anchor", ""), "top"),
        rotation,
        flipped,
    )


_V_ALIGNS: Final[Mapping[str, Literal["top", "center", "bottom"]]] = {
    "t": "top", "ctr": "center", "b": "bottom", "middle": "center", "bottom": "bottom",
}  # fmt: skip


def _styled(
    reading: Reading,
    style: etree._Element,
    fill: str | None,
    border: Border | None,
    line: etree._Element | None,
) -> tuple[str | None, Border | None]:
    """Return fill and line, from the shape's style where it does not say them itself."""
    for child in style:
        name = str(child.tag).rpartition("}")[2]
        if child.get("idx", "0") == "0":
            continue
        value, _ = reading.theme.drawn(child)
        if name == "fillRef" and fill is None:
            fill = value
        elif name == "lnRef" and border is None:
            silent = line is None or (line.find(f"{{{A}}}noFill") is None)
            if silent and value:
                width = points_of_emu(line.get("w")) if line is not None else 0
                border = Border("single", width or 0.75, value)
    return fill, border


def _inside(body: etree._Element | None) -> tuple[float, float, float, float]:
    """Return the margins inside a text box: top, right, bottom, left."""
    given = {} if body is None else dict(body.attrib)
    top, right, bottom, left = (
        points_of_emu(str(given[name])) if name in given else default
        for name, default in (("tIns", 3.6), ("rIns", 7.2), ("bIns", 3.6), ("lIns", 7.2))
    )
    return top, right, bottom, left


def _words(reading: Reading, content: etree._Element | None, width: float) -> tuple[Block, ...]:
    """Return the blocks in a text box, which knows nothing of the fields and cells around it."""
    if content is None:
        return ()
    kept = (reading.width, reading.ground, reading.fields, reading.pending)
    paragraph = reading.missed.paragraph
    reading.width, reading.ground = max(width, 1.0), PAPER
    reading.fields, reading.pending = [], []
    blocks = reading.read_blocks(reading, content)
    reading.width, reading.ground, reading.fields, reading.pending = kept
    reading.missed.paragraph = paragraph
    return blocks


def _group(
    reading: Reading,
    element: etree._Element,
    size: tuple[float, float],
    place: Place | None,
    alt: str,
    look: Look,
    link: str,
) -> Iterator[Inline]:
    """Yield what is in a group, each at its own place; in a line of text only one can stand."""
    outer = _transform(element.find(f"{{{WPG}}}grpSpPr/{{{A}}}xfrm"))
    if place is None:
        reading.miss(f"{{{WPG}}}wgp")
        place = Place("column", "paragraph", wrap="top_bottom")
    if place.h_align or place.v_align:
        reading.miss(f"{{{WPG}}}wgp")
    across = size[0] / outer[4] if outer[4] else 1.0
    down = size[1] / outer[5] if outer[5] else 1.0
    for child in element:
        name = str(child.tag).rpartition("}")[2]
        if name in {"cNvGrpSpPr", "grpSpPr", "cNvPr"}:
            continue
        own = child.find(f".//{{{A}}}xfrm")
        x, y, width, height, _, _ = _transform(own)
        inner = (width * across, height * down)
        there = replace(
            place,
            x=round(place.x + (x - outer[2]) * across, 3),
            y=round(place.y + (y - outer[3]) * down, 3),
        )
        if name == "grpSp":
            reading.miss(f"{{{WPG}}}grpSp")
            yield from _group(reading, child, inner, there, alt, look, link)
        else:
            yield from _graphic(reading, child, inner, there, alt, look, link)


def _transform(element: etree._Element | None) -> tuple[float, float, float, float, float, float]:
    """Return x, y, width and height of a transform, or of a group its children's space."""
    children = element if element is not None else ()
    found = {str(each.tag).rpartition("}")[2]: each for each in children}

    def pair(name: str, one: str, two: str) -> tuple[float, float] | None:
        child = found.get(name)
        if child is None:
            return None
        return points_of_emu(child.get(one)), points_of_emu(child.get(two))

    if "chExt" in found:
        start = pair("chOff", "x", "y") or (0.0, 0.0)
        extent = pair("chExt", "cx", "cy") or (0.0, 0.0)
        own = pair("ext", "cx", "cy") or extent
        return (own[0], own[1], start[0], start[1], extent[0], extent[1])
    at = pair("off", "x", "y") or (0.0, 0.0)
    own = pair("ext", "cx", "cy") or (0.0, 0.0)
    return (at[0], at[1], own[0], own[1], 0.0, 0.0)


_VML_SHAPES: Final = tags(V, "shape rect roundrect oval line polyline arc curve image")
_VML_SILENT: Final = tags(V, "shapetype") | tags(OFFICE, "OLEObject FieldCodes LockedField")


def read_picture(reading: Reading, element: etree._Element, link: str) -> Iterator[Inline]:
    """Yield what a `w:pict` or `w:object` shows."""
    embedded = element.find(f"{{{OFFICE}}}OLEObject")
    if embedded is not None:
        reading.miss(f"{{{OFFICE}}}OLEObject {embedded.get('ProgID', '')}".rstrip())
    for child in element:
        yield from _vml(reading, child, link, (0.0, 0.0), (1.0, 1.0), None)


def _vml(
    reading: Reading,
    element: etree._Element,
    link: str,
    origin: tuple[float, float],
    scale: tuple[float, float],
    group: Place | None,
) -> Iterator[Inline]:
    tag = element.tag
    if tag in _VML_SILENT:
        return
    if tag == f"{{{V}}}group":
        yield from _vml_group(reading, element, link)
        return
    if tag not in _VML_SHAPES:
        reading.miss(str(tag), lost=True)
        return
    style = _css(element.get("style"))
    if style.get("visibility") == "hidden":
        return
    width, height = (_css_length(style.get(name)) for name in ("width", "height"))
    place = _vml_place(style, element)
    if group is not None:
        left, top = (number(style.get(name, "")) or 0.0 for name in ("left", "top"))
        sizes = [number(style.get(name, "")) or 0.0 for name in ("width", "height")]
        width, height = sizes[0] * scale[0], sizes[1] * scale[1]
        place = replace(
            group,
            x=round(group.x + (left - origin[0]) * scale[0], 3),
            y=round(group.y + (top - origin[1]) * scale[1], 3),
        )
    path = element.find(f"{{{V}}}textpath")
    if path is not None and path.get("string"):
        yield _text_path(element, path, style, width, height)
        return
    image = element.find(f"{{{V}}}imagedata")
    words = element.find(f"{{{V}}}textbox/{w('txbxContent')}")
    if image is not None:
        picture = _vml_image(reading, element, image, (width, height), place, link)
        if picture is not None:
            yield picture
        return
    if element.get(f"{{{OFFICE}}}hr") in {"t", "true"}:
        thick = height or 1.5
        fill = _vml_colour(element.get("fillcolor")) or "A0A0A0"
        yield Box((), width or reading.width, thick, None, fill, margins=(0, 0, 0, 0))
        return
    yield _vml_box(reading, element, words, style, (width, height), place)


def _vml_group(reading: Reading, element: etree._Element, link: str) -> Iterator[Inline]:
    style = _css(element.get("style"))
    width, height = (_css_length(style.get(name)) for name in ("width", "height"))
    place = _vml_place(style, element) or Place(wrap="top_bottom")
    reading.miss(str(element.tag))
    origin = _pair(element.get("coordorigin"), (0.0, 0.0))
    space = _pair(element.get("coordsize"), (1000.0, 1000.0))
    scale = (width / space[0] if space[0] else 1.0, height / space[1] if space[1] else 1.0)
    for child in element:
        if child.tag in _VML_SHAPES:
            yield from _vml(reading, child, link, origin, scale, place)
        elif child.tag == f"{{{V}}}group":
            reading.miss(f"{{{V}}}group", lost=True)


def _pair(text: str | None, default: tuple[float, float]) -> tuple[float, float]:
    parts = [number(part) for part in (text or "").split(",")]
    if len(parts) == 2 and parts[0] is not None and parts[1] is not None:
        return parts[0], parts[1]
    return default


def _text_path(
    element: etree._Element,
    path: etree._Element,
    style: Mapping[str, str],
    width: float,
    height: float,
) -> Watermark:
    fill = element.find(f"{{{V}}}fill")
    opacity = 1.0 if fill is None else _fraction(fill.get("opacity"), 1.0)
    words = _css(path.get("style"))
    rotation = number(style.get("rotation", "0")) or 0.0
    return Watermark(
        path.get("string", ""),
        width,
        height,
        _vml_colour(element.get("fillcolor")) or "C0C0C0",
        rotation % 360,
        opacity,
        words.get("font-family", "").strip("\"'") or "宋体",
    )


def _fraction(text: str | None, default: float) -> float:
    """Return a share as VML writes it: `.5`, or `32768f` in 65536ths."""
    if text and text.endswith("f"):
        value = number(text[:-1])
        value = None if value is None else value / 65536
    else:
        value = number(text)
    return default if value is None else max(0.0, min(value, 1.0))


def _vml_image(
    reading: Reading,
    element: etree._Element,
    image: etree._Element,
    size: tuple[float, float],
    place: Place | None,
    link: str,
) -> Picture | None:
    found = _image(reading, image.get(f"{{{R}}}id"), f"{{{V}}}imagedata")
    if found is None:
        return None
    if image.get("gain") or image.get("blacklevel") or image.get("grayscale"):
        reading.miss(f"{{{V}}}imagedata gain")
    crop = [_fraction(image.get(f"crop{side}"), 0.0) for side in ("left", "top", "right", "bottom")]
    alt = element.get("alt") or image.get(f"{{{OFFICE}}}title") or ""
    return Picture(
        found[0], found[1], size[0], size[1], alt, place,
        crop=(crop[0], crop[1], crop[2], crop[3]), link=link or element.get("href", ""),
    )  # fmt: skip


def _vml_box(
    reading: Reading,
    element: etree._Element,
    words: etree._Element | None,
    style: Mapping[str, str],
    size: tuple[float, float],
    place: Place | None,
) -> Box:
    name = str(element.tag).rpartition("}")[2]
    kinds: dict[str, Literal["rectangle", "rounded", "ellipse", "line"]] = {
        "rect": "rectangle", "roundrect": "rounded", "oval": "ellipse", "line": "line",
    }  # fmt: skip
    known = name in kinds or element.get("type", "") in {"#_x0000_t202", "#_x0000_t1"}
    if not known and (words is None or name != "shape"):
        reading.miss(str(element.tag))
    if name == "line":
        start = [_css_length(part) for part in element.get("from", "0,0").split(",")]
        end = [_css_length(part) for part in element.get("to", "0,0").split(",")]
        if len(start) == len(end) == 2:
            size = (abs(end[0] - start[0]), abs(end[1] - start[1]))
            if place is not None:
                left, top = min(start[0], end[0]), min(start[1], end[1])
                place = replace(place, x=place.x + left, y=place.y + top)
    filled = element.get("filled") not in {"f", "false", "0"} and name != "line"
    stroked = element.get("stroked") not in {"f", "false", "0"}
    box = element.find(f"{{{V}}}textbox")
    inset = [_css_length(part) if part.strip() else None
             for part in (box.get("inset", "") if box is not None else "").split(",")]  # fmt: skip
    inset += [None] * (4 - len(inset))
    left, top, right, bottom = (
        default if value is None else value
        for value, default in zip(inset[:4], (7.2, 3.6, 7.2, 3.6), strict=True)
    )
    weight = _css_length(element.get("strokeweight")) or 0.75
    border = Border("single", weight, _vml_colour(element.get("strokecolor"))) if stroked else None
    fits = box is not None and "mso-fit-shape-to-text:t" in (box.get("style") or "")
    return Box(
        _words(reading, words, size[0] - left - right),
        size[0],
        size[1],
        place,
        (_vml_colour(element.get("fillcolor")) or "FFFFFF") if filled else "",
        border,
        (top, right, bottom, left),
        element.get("alt", ""),
        fits,
        kinds.get(name, "rectangle"),
        _V_ALIGNS.get(style.get("v-text-anchor", ""), "top"),
        (number(style.get("rotation", "0")) or 0.0) % 360,
    )


def _vml_place(style: Mapping[str, str], element: etree._Element) -> Place | None:
    """Return where a VML shape floats, None where it stands in the line."""
    if style.get("position") != "absolute":
        return None
    wrap: Literal["none", "square", "top_bottom"] = "none"
    sign = element.find(f"{{{W10}}}wrap")
    if sign is not None:
        wrap = {"square": "square", "tight": "square", "through": "square",
                "topAndBottom": "top_bottom"}.get(sign.get("type", ""), "none")  # type: ignore[assignment]  # fmt: skip
    h_from = style.get("mso-position-horizontal-relative", "column").replace("text", "column")
    v_from = style.get("mso-position-vertical-relative", "paragraph").replace("text", "paragraph")
    names = (("mso-position-horizontal", "margin-left", "left"),
             ("mso-position-vertical", "margin-top", "top"))  # fmt: skip
    aligned = [style.get(name, "absolute") for name, _, _ in names]
    offsets = [_css_length(style.get(margin)) or _css_length(style.get(edge))
               for _, margin, edge in names]  # fmt: skip
    order = number(style.get("z-index", "0")) or 0
    return Place(
        "margin" if h_from == "margin" else h_from,
        v_from,
        offsets[0],
        offsets[1],
        "" if aligned[0] == "absolute" else aligned[0],
        "" if aligned[1] == "absolute" else aligned[1],
        wrap,
        order < 0,
    )


def _css(text: str | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in (text or "").split(";"):
        name, _, value = part.partition(":")
        if value:
            found[name.strip().lower()] = value.strip()
    return found


def _css_length(text: str | None) -> float:
    """Return a length of VML in points: `280pt`, `2in`; a bare number counts pixels."""
    return length(text.strip().lower(), 0.75) or 0.0 if text else 0.0


_VML_NAMES: Final = {
    "black": "000000", "white": "FFFFFF", "silver": "C0C0C0", "gray": "808080", "red": "FF0000",
    "green": "008000", "blue": "0000FF", "yellow": "FFFF00", "navy": "000080", "maroon": "800000",
    "purple": "800080", "teal": "008080", "olive": "808000", "lime": "00FF00", "aqua": "00FFFF",
    "fuchsia": "FF00FF",
}  # fmt: skip


def _vml_colour(text: str | None) -> str:
    """Return a colour as VML writes it: `#e6e6e6`, `#ccc`, `silver`, `#4f81bd [3204]`."""
    word = (text or "").split(" ")[0]
    if word.startswith("#"):
        digits = word[1:]
        return colour("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)
    return _VML_NAMES.get(word.lower(), "")


def read_formula(element: etree._Element) -> str:
    """Return the text of a formula in one line: `(a)/(b)`, `x^(2)`."""
    return "".join(_linear(child) for child in element)


def _linear(element: etree._Element) -> str:
    name = str(element.tag).rpartition("}")[2]
    if element.tag == f"{{{M}}}t":
        return element.text or ""

    def part(of: str) -> str:
        child = element.find(f"{{{M}}}{of}")
        return "" if child is None else read_formula(child)

    match name:
        case "f":
            return f"({part('num')})/({part('den')})"
        case "sSup":
            return f"{part('e')}^({part('sup')})"
        case "sSub":
            return f"{part('e')}_({part('sub')})"
        case "sSubSup":
            return f"{part('e')}_({part('sub')})^({part('sup')})"
        case "rad":
            degree = part("deg")
            return f"{degree}√({part('e')})"
        case "nary":
            sign = element.find(f"{{{M}}}naryPr/{{{M}}}chr")
            said = "∫" if sign is None else sign.get(f"{{{M}}}val", "")
            return f"{said}_({part('sub')})^({part('sup')}) {part('e')}"
        case "d":
            return f"({'，'.join(read_formula(each) for each in element.iterfind(f'{{{M}}}e'))})"
        case _ if name.endswith("Pr"):
            return ""
    return read_formula(element)
