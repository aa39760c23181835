"""Which elements of the format are shown, change nothing on paper, or are named as not shown.

The lists are those of the schema (ISO/IEC 29500-1, Annex A). An element that is neither in one of
them nor named would be lost without a word.
"""

from __future__ import annotations

import pytest

from salesdocs.word.ooxml import w
from salesdocs.word.shown.properties import (
    PARAGRAPH_READ,
    PARAGRAPH_SILENT,
    RUN_READ,
    RUN_SILENT,
)
from salesdocs.word.shown.runs import DELETED, INLINE_READ, INLINE_SILENT, WRAPPERS
from salesdocs.word.shown.sections import SECTION_READ, SECTION_SILENT
from salesdocs.word.shown.tables import CELL_SILENT, ROW_SILENT, TABLE_SILENT
from tests.word.shown.build import p, shown, style

RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath"
)
PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
INNER = (
    "br t contentPart delText instrText delInstrText noBreakHyphen softHyphen dayShort monthShort yearShort dayLong "
    "monthLong yearLong annotationRef footnoteRef endnoteRef separator continuationSeparator sym pgNum cr tab object "
    "pict fldChar ruby footnoteReference endnoteReference commentReference drawing ptab lastRenderedPageBreak"
)
CONTENT = (
    "customXml smartTag sdt dir bdo r proofErr permStart permEnd bookmarkStart bookmarkEnd moveFromRangeStart "
    "moveFromRangeEnd moveToRangeStart moveToRangeEnd commentRangeStart commentRangeEnd customXmlInsRangeStart "
    "customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart "
    "customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd ins del moveFrom moveTo fldSimple "
    "hyperlink subDoc"
)
SECTION = (
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
)
TABLE = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
)
ROW = "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden ins del trPrChange"
CELL = (
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers "
    "cellIns cellDel cellMerge tcPrChange"
)

# Where it stands; what is read or silent there; what is named. `{}` is the element.
PLACES = {
    "run properties": (RUN, RUN_READ | RUN_SILENT, "<w:p><w:r><w:rPr>{}</w:rPr><w:t>字</w:t></w:r></w:p>"),
    "paragraph properties": (PARAGRAPH, PARAGRAPH_READ | PARAGRAPH_SILENT, "<w:p><w:pPr>{}</w:pPr></w:p>"),
    "content of a run": (INNER, INLINE_READ | INLINE_SILENT | DELETED, "<w:p><w:r>{}</w:r></w:p>"),
    "content of a paragraph": (CONTENT, INLINE_READ | INLINE_SILENT | DELETED | WRAPPERS, "<w:p>{}</w:p>"),
    "section properties": (SECTION, SECTION_READ | SECTION_SILENT, "<w:p/><w:sectPr>{}</w:sectPr>"),
    "table properties": (TABLE, TABLE_SILENT, "<w:tbl><w:tblPr>{}</w:tblPr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
    "row properties": (ROW, ROW_SILENT, "<w:tbl><w:tr><w:trPr>{}</w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
    "cell properties": (CELL, CELL_SILENT, "<w:tbl><w:tr><w:tc><w:tcPr>{}</w:tcPr><w:p/></w:tc></w:tr></w:tbl>"),
}  # fmt: skip
ROWS = [(place, name) for place, (names, _, _) in PLACES.items() for name in names.split()]


@pytest.mark.parametrize(("place", "name"), ROWS, ids=[" ".join(row) for row in ROWS])
def test_an_element_is_shown_silent_or_named(place: str, name: str) -> None:
    _, known, body = PLACES[place]
    named = {each.what.split(" ")[0] for each in shown(body.format(f"<w:{name}/>")).unknown}
    assert f"w:{name}" in named or w(name) in known


NOT_SHOWN = {
    "run properties": {"outline", "shadow", "emboss", "imprint", "fitText", "eastAsianLayout"},
    "paragraph properties": {"framePr"},
    "content of a run": {
        "contentPart", "dayShort", "monthShort", "yearShort", "dayLong", "monthLong", "yearLong", "ruby", "sym",
        "footnoteReference", "endnoteReference",
    },
    "content of a paragraph": {"subDoc"},
    "section properties": {"headerReference", "footerReference", "lnNumType"},
    "table properties": {"bidiVisual"},
    "row properties": set(),
    "cell properties": {"tcFitText"},
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_exactly_these_elements_are_named(place: str) -> None:
    names, _, body = PLACES[place]
    named = {
        name
        for name in names.split()
        if any(
            each.what.split(" ")[0] == f"w:{name}"
            for each in shown(body.format(f"<w:{name}/>")).unknown
        )
    }
    assert named == NOT_SHOWN[place]


def test_a_loss_is_told_at_each_place_where_it_is() -> None:
    body = "".join(p(text, '<w:framePr w:w="1"/>', "<w:emboss/>") for text in ("一", "二", "一"))
    assert [(each.what, each.place) for each in shown(body).unknown] == [
        ("w:framePr", "一"), ("w:emboss", "一"), ("w:framePr", "二"), ("w:emboss", "二"),
    ]  # fmt: skip


def test_a_loss_of_a_style_is_told_with_its_name_where_the_style_is_used() -> None:
    styles = style("used", "<w:emboss/>") + style("unused", "<w:outline/>")
    body = p("字", '<w:pStyle w:val="used"/>') * 2
    found = shown(body, styles=styles).unknown
    assert [(each.what, each.place) for each in found] == [("w:emboss", "used")]
