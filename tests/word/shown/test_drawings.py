"""Pictures, text boxes, shapes, watermarks and charts, in both languages of Word's drawings."""

from __future__ import annotations

import pytest

from salesdocs.word.shown.model import (
    Border,
    Box,
    Chart,
    Inline,
    Paragraph,
    Picture,
    Place,
    Unknown,
    Watermark,
)
from tests.word.shown.build import NAMES, PNG, p, paragraph, shown, texts

LINKS = {"pic": ("image", "media/a.png"), "emf": ("image", "media/a.emf"), "chart": ("chart", "chart1.xml"),
         "out": ("image", "https://example.com/a.png")}  # fmt: skip
PARTS: dict[str, str | bytes] = {
    "word/media/a.png": PNG,
    "word/media/a.emf": b"\x01\0\0\0" + bytes(40),
}


def drawn(content: str, **parts: str) -> tuple[Inline, ...]:
    body = f"<w:p><w:r>{content}</w:r></w:p>"
    more = PARTS | {f"word/{name}.xml": data for name, data in parts.items()}
    return paragraph(body, parts=more, links=LINKS).inlines


def unknown(content: str) -> tuple[Unknown, ...]:
    return shown(f"<w:p><w:r>{content}</w:r></w:p>", parts=PARTS, links=LINKS).unknown


def graphic(inner: str, uri: str = "x") -> str:
    return f'<a:graphic><a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic>'


def pic(blip: str = 'r:embed="pic"', more: str = "", transform: str = "", in_blip: str = "") -> str:
    return (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="x"/></pic:nvPicPr><pic:blipFill><a:blip {blip}>{in_blip}</a:blip>'
        f"{more}</pic:blipFill><pic:spPr><a:xfrm {transform}/></pic:spPr></pic:pic>"
    )


def inline(inner: str, described: str = 'descr="徽标"') -> str:
    return (
        '<w:drawing><wp:inline><wp:extent cx="1270000" cy="635000"/>'
        f'<wp:docPr id="1" name="x" {described}/>{graphic(inner)}</wp:inline></w:drawing>'
    )


def anchor(inner: str, position: str = "", wrap: str = "<wp:wrapNone/>", given: str = "") -> str:
    return (
        f'<w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" {given}>{position}'
        f'<wp:extent cx="1270000" cy="635000"/>{wrap}<wp:docPr id="1" name="x"/>{graphic(inner)}</wp:anchor></w:drawing>'
    )


def test_a_picture_in_the_line_has_its_size_and_its_words() -> None:
    (found,) = drawn(inline(pic()))
    assert found == Picture(PNG, "image/png", 100, 50, "徽标")


def test_a_picture_is_cropped_and_turned() -> None:
    crop = '<a:srcRect l="10000" t="20000" r="0" b="5000"/>'
    (found,) = drawn(inline(pic(more=crop, transform='rot="5400000"')))
    assert isinstance(found, Picture)
    assert (found.crop, found.rotation) == ((0.1, 0.2, 0, 0.05), 90)


def test_a_floating_picture_says_from_where_it_is_placed() -> None:
    position = (
        '<wp:positionH relativeFrom="page"><wp:posOffset>1270000</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:align>top</wp:align></wp:positionV>'
    )
    (found,) = drawn(
        anchor(pic(), position, '<wp:wrapSquare wrapText="bothSides"/>', 'behindDoc="1"')
    )
    assert isinstance(found, Picture)
    assert found.place == Place(
        "page", "paragraph", 100, 0, "", "top", "square", True, (0, 9, 0, 9)
    )


LOST = {
    "a metafile": (inline(pic('r:embed="emf"')), Unknown("a:blip EMF", "", lost=True)),
    "a picture that is not there": (inline(pic('r:embed="no"')), Unknown("a:blip missing", "", lost=True)),
    "a picture elsewhere": (inline(pic('r:link="out"')), Unknown("a:blip external", "", lost=True)),
    "SmartArt": (inline("<dgm:relIds/>"), Unknown("dgm:relIds SmartArt", "", lost=True)),
    "a chart that is not there": (inline('<c:chart r:id="no"/>'), Unknown("c:chart", "", lost=True)),
    "a colour taken out": (inline(pic(in_blip="<a:grayscl/>")), Unknown("a:grayscl")),
    "a mirrored picture": (inline(pic(transform='flipH="1"')), Unknown("a:xfrm flip")),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), LOST.values(), ids=LOST)
def test_what_of_a_drawing_cannot_be_shown_is_named(content: str, expected: Unknown) -> None:
    assert unknown(content) == (expected,)


def test_a_hidden_drawing_is_not_shown() -> None:
    assert drawn(inline(pic(), 'hidden="1"')) == ()


def shape(inner: str = "", preset: str = "rect", body: str = "", words: str = "盖章处") -> str:
    text = f"<wps:txbx><w:txbxContent>{p(words)}</w:txbxContent></wps:txbx>" if words else ""
    return f'<wps:wsp><wps:spPr><a:prstGeom prst="{preset}"/>{inner}</wps:spPr>{text}<wps:bodyPr {body}/></wps:wsp>'


def test_a_text_box_has_words_fill_line_and_margins() -> None:
    look = '<a:solidFill><a:srgbClr val="FFEEDD"/></a:solidFill><a:ln w="12700"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill><a:prstDash val="dash"/></a:ln>'
    (found,) = drawn(anchor(shape(look, "roundRect", 'lIns="0" tIns="127000" anchor="ctr"')))
    assert isinstance(found, Box)
    assert (found.fill, found.border) == ("FFEEDD", Border("dashed", 1, "FF0000"))
    assert (found.margins, found.v_align, found.kind) == ((10, 7.2, 3.6, 0), "center", "rounded")
    assert isinstance(found.blocks[0], Paragraph)
    assert texts(found.blocks[0])[0].text == "盖章处"


def test_the_newer_of_two_spellings_of_a_box_is_shown_once() -> None:
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{anchor(shape())}</mc:Choice>'
        '<mc:Fallback><w:pict><v:rect style="width:10pt;height:10pt"/></w:pict></mc:Fallback></mc:AlternateContent>'
    )
    assert [type(each) for each in drawn(both)] == [Box]


def test_a_shape_we_cannot_draw_is_a_rectangle_and_named() -> None:
    content = anchor(shape("", "star5"))
    assert [each.what for each in unknown(content)] == ["a:prstGeom star5"]
    assert [each.kind for each in drawn(content) if isinstance(each, Box)] == ["rectangle"]


def test_what_is_in_a_group_stands_at_its_own_place() -> None:
    group = (
        '<wpg:wgp><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1270000" cy="635000"/><a:chOff x="0" y="0"/>'
        '<a:chExt cx="2540000" cy="1270000"/></a:xfrm></wpg:grpSpPr>'
        + shape('<a:xfrm><a:off x="1270000" y="0"/><a:ext cx="1270000" cy="635000"/></a:xfrm>')
        + "</wpg:wgp>"
    )
    position = (
        '<wp:positionH relativeFrom="page"><wp:posOffset>127000</wp:posOffset></wp:positionH>'
    )
    (found,) = drawn(anchor(group, position))
    assert isinstance(found, Box)
    assert found.place is not None
    assert (found.place.x, found.width, found.height) == (60, 50, 25)


def test_a_watermark_is_its_words_their_colour_and_slant() -> None:
    content = (
        '<w:pict><v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" fillcolor="silver" stroked="f" '
        'style="position:absolute;width:280pt;height:126pt;rotation:315;z-index:-251658752">'
        '<v:fill opacity=".5"/><v:textpath style="font-family:&quot;黑体&quot;" string="草稿"/></v:shape></w:pict>'
    )
    assert drawn(content) == (Watermark("草稿", 280, 126, "C0C0C0", 315, 0.5, "黑体"),)


def test_an_old_text_box_and_an_old_picture_are_read() -> None:
    box = (
        '<w:pict><v:shape type="#_x0000_t202" fillcolor="#eee" strokecolor="#f00" strokeweight="1.5pt" '
        'style="position:absolute;margin-left:10pt;margin-top:1in;width:100pt;height:50pt;mso-position-horizontal-relative:page">'
        f'<v:textbox inset="0,0,0,0"><w:txbxContent>{p("字")}</w:txbxContent></v:textbox></v:shape></w:pict>'
    )
    (found,) = drawn(box)
    assert isinstance(found, Box)
    assert (found.fill, found.border, found.margins) == (
        "EEEEEE",
        Border("single", 1.5, "FF0000"),
        (0, 0, 0, 0),
    )
    assert found.place is not None
    assert (found.place.h_from, found.place.x, found.place.y) == ("page", 10, 72)
    picture = '<w:pict><v:shape style="width:20pt;height:10pt" alt="章"><v:imagedata r:id="pic"/></v:shape></w:pict>'
    assert drawn(picture) == (Picture(PNG, "image/png", 20, 10, "章"),)


def test_an_embedded_object_shows_its_picture_and_is_named() -> None:
    content = (
        '<w:object><v:shape style="width:20pt;height:10pt"><v:imagedata r:id="pic"/></v:shape>'
        '<o:OLEObject ProgID="Excel.Sheet.12"/></w:object>'
    )
    assert [type(each) for each in drawn(content)] == [Picture]
    assert [each.what for each in unknown(content)] == ["o:OLEObject Excel.Sheet.12"]


def chart(plot: str, more: str = "") -> str:
    return (
        f"<c:chartSpace {NAMES}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>标题</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        f"<c:plotArea>{plot}<c:valAx><c:scaling><c:max val='5'/><c:min val='0'/></c:scaling><c:majorGridlines/></c:valAx></c:plotArea>"
        f"<c:legend><c:legendPos val='b'/></c:legend></c:chart>{more}</c:chartSpace>"
    )


SERIES = (
    '<c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>均分</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    '<c:spPr><a:solidFill><a:srgbClr val="1F4E79"/></a:solidFill></c:spPr>'
    '<c:dLbls><c:numFmt formatCode="0.0"/><c:showVal val="1"/></c:dLbls>'
    '<c:cat><c:strRef><c:strCache><c:ptCount val="3"/><c:pt idx="0"><c:v>甲</c:v></c:pt><c:pt idx="2"><c:v>丙</c:v></c:pt></c:strCache></c:strRef></c:cat>'
    '<c:val><c:numRef><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="3"/><c:pt idx="0"><c:v>4.5</c:v></c:pt>'
    '<c:pt idx="1"><c:v>3</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>'
)


def test_a_chart_is_its_saved_values_and_how_they_are_labelled() -> None:
    bars = f'<c:barChart><c:barDir val="bar"/><c:grouping val="percentStacked"/>{SERIES}<c:gapWidth val="60"/></c:barChart>'
    letters = '<c:txPr><a:p><a:pPr><a:defRPr sz="900"><a:latin typeface="Arial"/><a:ea typeface="黑体"/></a:defRPr></a:pPr></a:p></c:txPr>'
    (found,) = drawn(inline('<c:chart r:id="chart"/>'), chart1=chart(bars, letters))
    assert isinstance(found, Chart)
    assert (found.kind, found.horizontal, found.stacked, found.legend, found.gap) == (
        "bar",
        True,
        "percent",
        "bottom",
        60,
    )
    assert (found.title, found.minimum, found.maximum, found.gridlines) == ("标题", 0, 5, True)
    assert found.categories == ("甲", "", "丙")
    (series,) = found.series
    assert (series.name, series.values, series.colour) == ("均分", (4.5, 3, None), "1F4E79")
    assert (series.labels, series.format) == (True, "0.0")
    assert (found.look.latin, found.look.east_asian, found.look.size) == ("Arial", "黑体", 9)
    assert (found.width, found.height, found.alt) == (100, 50, "徽标")


@pytest.mark.parametrize("name", ["line", "pie", "doughnut", "area", "radar"])
def test_other_kinds_of_charts_are_known(name: str) -> None:
    plot = f"<c:{name}Chart>{SERIES}</c:{name}Chart>"
    (found,) = drawn(inline('<c:chart r:id="chart"/>'), chart1=chart(plot))
    assert isinstance(found, Chart)
    assert (found.kind, found.horizontal) == (name, False)


def test_a_chart_of_two_kinds_shows_both_series_and_is_named() -> None:
    plot = f"<c:barChart>{SERIES}</c:barChart><c:lineChart>{SERIES}</c:lineChart>"
    content = inline('<c:chart r:id="chart"/>')
    found = shown(
        f"<w:p><w:r>{content}</w:r></w:p>", parts={"word/chart1.xml": chart(plot)}, links=LINKS
    )
    assert [each.what for each in found.unknown] == ["c:plotArea barChart + lineChart"]
