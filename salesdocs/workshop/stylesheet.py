"""Writes the house style as Word's parts: styles, settings, fonts and theme."""

from __future__ import annotations

from collections.abc import Iterator

from salesdocs.findings import Language
from salesdocs.workshop.house import (
    BLACK,
    BRAND,
    GREY,
    HEI,
    RULE,
    SIZES,
    SONG,
    Face,
    House,
    Style,
    styles,
)
from salesdocs.workshop.markup import Element, make, make_root

_CELL_SIDE = 100
_CELL_TOP = 40
_ALIGN = {"left": "left", "center": "center", "right": "right", "both": "both"}


def styles_part(house: House, lang: Language) -> Element:
    """Return styles.xml: defaults with both faces, then the named styles of the house."""
    chinese = lang == "zh"
    return make_root(
        "w:styles",
        "w",
        make(
            "w:docDefaults",
            make(
                "w:rPrDefault",
                make(
                    "w:rPr",
                    _faces(SONG),
                    make("w:kern", val=2) if chinese else None,
                    *_size(house.body),
                    make("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
                ),
            ),
            make("w:pPrDefault", make("w:pPr", *_paragraph_defaults(house))),
        ),
        *(_style(style, house) for style in styles(house, lang)),
        *_fixed_styles(),
    )


def _paragraph_defaults(house: House) -> Iterator[Element]:
    """Yield what holds for every paragraph; LibreOffice 7.4 does not heed the last three."""
    yield make("w:widowControl")
    yield make("w:kinsoku")
    yield make("w:overflowPunct", val=0)  # else a mark hangs into the margin, but not in a PDF
    yield make("w:autoSpaceDE", val=int(house.gap))
    yield make("w:autoSpaceDN", val=int(house.gap))


def _style(style: Style, house: House) -> Element:
    default = {"default": 1} if style.id == "Normal" else {}
    paragraph = style.type == "paragraph"
    custom = {} if style.name.isascii() else {"customStyle": 1}
    return make(
        "w:style",
        make("w:name", val=style.name),
        make("w:basedOn", val=style.based) if style.based else None,
        make("w:next", val=style.following) if style.following else None,
        make("w:qFormat"),
        _filled("w:pPr", _paragraph_properties(style, house)) if paragraph else None,
        _filled("w:rPr", _run_properties(style)),
        type=style.type,
        **default,
        **custom,
        styleId=style.id,
    )


def _paragraph_properties(style: Style, house: House) -> Iterator[Element]:
    if style.keep_next:
        yield make("w:keepNext")
    if style.keep_lines:
        yield make("w:keepLines")
    if style.list_id:
        level = make("w:ilvl", val=style.level) if style.level else None
        yield make("w:numPr", level, make("w:numId", val=style.list_id))
    if style.rule:
        yield make("w:pBdr", _rule(style.rule, house))
    if style.shade:
        yield make("w:shd", val="clear", color="auto", fill=style.shade)
    if style.tabs:
        leader = {"leader": style.leader} if style.leader else {}
        yield make(
            "w:tabs", *(make("w:tab", val=val, **leader, pos=pos) for val, pos in style.tabs)
        )
    yield from _spacing(style)
    yield from _indent(style)
    if style.align:
        yield make("w:jc", val=_ALIGN[style.align])
    if style.outline is not None:
        yield make("w:outlineLvl", val=style.outline)


def _rule(side: str, house: House) -> Element:
    if side == "left":
        return make("w:left", val="single", sz=18, space=6, color=house.colour)
    return make(f"w:{side}", val="single", sz=4, space=4, color=RULE)


def _spacing(style: Style) -> Iterator[Element]:
    before, after, line = (round(20 * points) for points in (style.before, style.after, style.line))
    spacing = {name: value for name, value in (("before", before), ("after", after)) if value}
    if line:
        spacing["line"] = line
        rule = "atLeast" if style.at_least else "exact"
        yield make("w:spacing", **spacing, lineRule=rule)
    elif spacing:
        yield make("w:spacing", **spacing)


def _indent(style: Style) -> Iterator[Element]:
    """Yield the indent in characters, and in twips for readers that know no characters."""
    em = round(20 * SIZES[style.size or "五号"])
    indent: dict[str, int] = {}
    for name, attribute in (("left", "left"), ("hanging", "hanging"), ("first", "firstLine")):
        characters = getattr(style, name)
        if characters:
            indent[f"{attribute}Chars"] = round(100 * characters)
            indent[attribute] = round(em * characters)
    if indent:
        yield make("w:ind", **indent)


def _run_properties(style: Style) -> Iterator[Element]:
    if style.face:
        yield _faces(style.face)
    if style.bold:
        yield from (make("w:b"), make("w:bCs"))
    if style.colour and style.colour != BLACK:
        yield make("w:color", val=style.colour)
    if style.size:
        yield from _size(style.size)
    if style.underline:
        yield make("w:u", val="single")
    if style.shade and style.type == "character":
        yield make("w:shd", val="clear", color="auto", fill=style.shade)


def _faces(face: Face) -> Element:
    latin, east_asian = face
    return make("w:rFonts", ascii=latin, hAnsi=latin, eastAsia=east_asian, cs=latin)


def _size(size: str) -> tuple[Element, Element]:
    half_points = round(2 * SIZES[size])
    return make("w:sz", val=half_points), make("w:szCs", val=half_points)


def _filled(tag: str, children: Iterator[Element]) -> Element | None:
    element = make(tag, *children)
    return element if len(element) else None


def _fixed_styles() -> Iterator[Element]:
    """Yield the styles Word expects by default, and the two tables of the house."""
    yield make(
        "w:style",
        make("w:name", val="Default Paragraph Font"),
        make("w:uiPriority", val=1),
        make("w:semiHidden"),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )
    yield _table_style("TableNormal", "Normal Table", 0, default=True)
    yield _table_style("HouseTable", "表格", 4)
    yield _table_style("HousePlain", "无框表格", 0)
    yield make(
        "w:style",
        make("w:name", val="No List"),
        make("w:semiHidden"),
        type="numbering",
        default=1,
        styleId="NoList",
    )


def _table_style(style_id: str, name: str, border: int, default: bool = False) -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = [make(f"w:{side}", val="single", sz=border, space=0, color="auto") for side in sides]
    based = None if default else make("w:basedOn", val="TableNormal")
    top = 0 if default else _CELL_TOP
    margins = (("top", top), ("left", _CELL_SIDE), ("bottom", top), ("right", _CELL_SIDE))
    kind = {"default": 1} if default else {"customStyle": 1}
    return make(
        "w:style",
        make("w:name", val=name),
        based,
        make(
            "w:tblPr",
            make("w:tblInd", w=0, type="dxa"),
            make("w:tblBorders", *borders) if border else None,
            make("w:tblCellMar", *(make(f"w:{side}", w=w, type="dxa") for side, w in margins)),
        ),
        type="table",
        **kind,
        styleId=style_id,
    )


_NOT_AT_END = "$(£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥□☑"  # a box stays with its option
_NOT_AT_START = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞"
    "！＂％＇），．：；？］｀｜｝～￠"
)

_COLOUR_MAP = {
    "bg1": "light1",
    "t1": "dark1",
    "bg2": "light2",
    "t2": "dark2",
    **{f"accent{index}": f"accent{index}" for index in range(1, 7)},
    "hyperlink": "hyperlink",
    "followedHyperlink": "followedHyperlink",
}


def settings_part(contents: bool) -> Element:
    """Return settings.xml; fields are refreshed on opening only where there are contents."""
    compat = (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    )
    return make_root(
        "w:settings",
        "w",
        make("w:zoom", percent=100),
        make("w:defaultTabStop", val=420),
        make("w:characterSpacingControl", val="compressPunctuation"),
        make("w:noLineBreaksAfter", lang="zh-CN", val=_NOT_AT_END),
        make("w:noLineBreaksBefore", lang="zh-CN", val=_NOT_AT_START),
        make("w:updateFields", val="true") if contents else None,
        make(
            "w:compat",
            # Or Word stretches the line before a break of the author's over the full width.
            make("w:doNotExpandShiftReturn"),
            make("w:useFELayout"),
            *(
                make(
                    "w:compatSetting",
                    name=name,
                    uri="http://schemas.microsoft.com/office/word",
                    val=val,
                )
                for name, val in compat
            ),
        ),
        make("w:themeFontLang", val="en-US", eastAsia="zh-CN"),
        make("w:clrSchemeMapping", **_COLOUR_MAP),
        make("w:decimalSymbol", val="."),
        make("w:listSeparator", val=","),
    )


def fonts_part() -> Element:
    """Return fontTable.xml: the four faces, the Chinese ones with the names other systems use."""
    return make_root(
        "w:fonts",
        "w",
        _font(SONG.latin, "", "02020603050405020304", "00", "roman"),
        _font(SONG.east_asian, "SimSun", "02010600030101010101", "86", "auto"),
        _font(HEI.latin, "", "020B0604020202020204", "00", "swiss"),
        _font(HEI.east_asian, "SimHei", "02010609060101010101", "86", "modern"),
    )


def _font(name: str, other: str, panose: str, charset: str, family: str) -> Element:
    return make(
        "w:font",
        make("w:altName", val=other) if other else None,
        make("w:panose1", val=panose),
        make("w:charset", val=charset),
        make("w:family", val=family),
        make("w:pitch", val="variable"),
        name=name,
    )


def theme_part() -> Element:
    """Return a small valid theme in the colours and faces of the house."""
    accents = (BRAND, GREY, "2E75B6", "9DC3E6", RULE, "595959")
    colours = (
        ("dk1", BLACK),
        ("lt1", "FFFFFF"),
        ("dk2", BRAND),
        ("lt2", "F2F2F2"),
        *((f"accent{index}", value) for index, value in enumerate(accents, start=1)),
        ("hlink", BRAND),
        ("folHlink", GREY),
    )
    parts = (
        make(
            "a:clrScheme",
            *(make(f"a:{n}", make("a:srgbClr", val=v)) for n, v in colours),
            name="House",
        ),
        make("a:fontScheme", _theme_fonts("major", HEI), _theme_fonts("minor", SONG), name="House"),
        _theme_format(),
    )
    root = make_root("a:theme", "a", make("a:themeElements", *parts))
    root.set("name", "House")
    return root


def _theme_fonts(role: str, face: Face) -> Element:
    return make(
        f"a:{role}Font",
        make("a:latin", typeface=face.latin),
        make("a:ea", typeface=face.east_asian),
        make("a:cs", typeface=""),
        make("a:font", script="Hans", typeface=face.east_asian),
    )


def _theme_format() -> Element:
    """Return the formats: the schema wants three of each kind, however plain."""

    def fill() -> Element:
        return make("a:solidFill", make("a:schemeClr", val="phClr"))

    return make(
        "a:fmtScheme",
        make("a:fillStyleLst", fill(), fill(), fill()),
        make("a:lnStyleLst", *(make("a:ln", fill(), w=width) for width in (6350, 12700, 19050))),
        make(
            "a:effectStyleLst",
            *(make("a:effectStyle", make("a:effectLst")) for _ in range(3)),
        ),
        make("a:bgFillStyleLst", fill(), fill(), fill()),
        name="House",
    )
