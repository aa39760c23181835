"""Pages: sections with their margins, headers, footers and the watermark behind the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from salesdocs.findings import NOTHING, Phrase
from salesdocs.workshop.dress import LOGO_HEIGHT, SLIM_LOGO_HEIGHT, logo_run
from salesdocs.workshop.house import PAGE_HEIGHT, PAGE_WIDTH, House, twips
from salesdocs.workshop.markup import Element, make, make_root
from salesdocs.workshop.paragraphs import lay_all, paragraph
from salesdocs.workshop.sheet import Block, Orientation, Sheet
from salesdocs.workshop.words import PageNumber, Tab, Words, runs

_EDGE = twips(15)  # paper edge to header and footer
_LOGO_EDGE = twips(10)  # paper edge to a header with a logo: its text begins where it always did
_SLIM_LOGO_EDGE, _SLIM_EDGE, _SLIM_MARGIN = (
    7,
    8,
    15,
)  # what printers still print, and one line of header below it
_COMPANY = "{{ document.company }}"
_HEADER: tuple[Words, ...] = (_COMPANY, Tab(), "{{ document.title }}")
PAGE_OF: Words = (
    Phrase("第 ", "Page "),
    PageNumber("PAGE"),
    Phrase(" 页　共 ", " of "),
    PageNumber("NUMPAGES"),
    Phrase(" 页", ""),
)


@dataclass(frozen=True, slots=True)
class Landscape:
    """`blocks` on landscape pages of their own, for tables too wide for upright paper.

    `slim` pages give header, footer and margins less room, for what had better stay on one page.
    """

    blocks: tuple[Block, ...]
    slim: bool = False

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the end of the section before, the blocks, and the end of their own section."""
        if sheet.blocks[0] is not self:
            yield section_break(sheet, "portrait")
        upright, sheet.width = sheet.width, sheet.house.wide
        yield from lay_all(self.blocks, sheet)
        sheet.width, sheet.slim = upright, self.slim
        if sheet.last is not self:  # else the section of the document's end is its own
            yield section_break(sheet, "landscape")
            sheet.slim = False


def section_break(sheet: Sheet, orientation: Orientation) -> Element:
    """Return the small paragraph that ends a section of this orientation."""
    ending = paragraph("TableGap")
    ending[0].append(section(sheet, orientation))
    return ending


def section(sheet: Sheet, orientation: Orientation) -> Element:
    """Return the properties of a section: its header and footer, paper and margins."""
    sheet.sections.add(orientation)
    house = sheet.house
    wide = orientation == "landscape"
    upright: dict[str, str | int] = {"w": PAGE_WIDTH, "h": PAGE_HEIGHT}
    turned: dict[str, str | int] = {"w": PAGE_HEIGHT, "h": PAGE_WIDTH, "orient": "landscape"}
    return make(
        "w:sectPr",
        _reference("header", orientation),
        None if orientation == "cover" else _reference("footer", orientation),
        make("w:pgSz", **(turned if wide else upright)),
        make(
            "w:pgMar",
            top=twips(_SLIM_MARGIN) if sheet.slim else twips(house.top),
            right=twips(house.right),
            bottom=twips(_SLIM_MARGIN) if sheet.slim else twips(house.bottom),
            left=twips(house.left),
            header=_header_edge(sheet),
            footer=twips(_SLIM_EDGE) if sheet.slim else _EDGE,
            gutter=0,
        ),
    )


def _header_edge(sheet: Sheet) -> int:
    """Return how far the header is from the paper's edge: a logo takes room above, not below."""
    logo = sheet.letterhead.logo is not None
    if sheet.slim:
        return twips(_SLIM_LOGO_EDGE if logo else _SLIM_EDGE)
    return _LOGO_EDGE if logo else _EDGE


def _reference(edge: str, orientation: Orientation) -> Element:
    target = {"r:id": relation(edge, orientation)}
    return make(f"w:{edge}Reference", type="default", **target)


def relation(edge: str, orientation: Orientation) -> str:
    """Return the relationship id of a header or footer."""
    return f"rId{edge.capitalize()}{orientation.capitalize()}"


def header_part(sheet: Sheet, orientation: Orientation) -> Element:
    """Return a header: logo and company left, document title right; a cover has no words.

    A layout may say other words there and in the footer.
    """
    content: list[Element] = []
    style = "Normal"
    logo = sheet.letterhead.logo
    if logo is not None:
        tall = SLIM_LOGO_HEIGHT if sheet.slim else LOGO_HEIGHT
        content.append(logo_run(logo, _COMPANY, tall))
    if orientation != "cover":
        style = "Header"
        words = tuple(_own(each, sheet) for each in sheet.header or _HEADER)
        content += runs((_beside_logo(sheet), words), sheet)
    stops = (("right", _width(sheet.house, orientation)),)
    line = paragraph(style, *content, *_watermark(), tabs=stops)
    if logo is not None:
        # An exact line would cut the logo off; the words stand beside its middle.
        after = {"after": 60} if sheet.slim else {}
        line[0].append(make("w:spacing", **after, line=240, lineRule="atLeast"))
        line[0].append(make("w:textAlignment", val="center"))
    return make_root("w:hdr", "w r v o wp a pic" if logo else "w r v o", line)


def _beside_logo(sheet: Sheet) -> Words:
    """Return the gap between the logo and the words beside it."""
    silent = sheet.header is None and sheet.letterhead.header == NOTHING
    return "" if sheet.letterhead.logo is None or silent else Phrase("　", "  ")


def _own(words: Words, sheet: Sheet) -> Words:
    """Return words of a header, in place of the company's name those of its letterhead."""
    own = sheet.letterhead.header
    return own if own is not None and words == _COMPANY else words


def footer_part(sheet: Sheet, orientation: Orientation) -> Element:
    """Return a footer: number and version left, page of pages centred, classification right.

    The company's own lines stand below, but on slim pages, which have no room for them.
    """
    width = _width(sheet.house, orientation)
    words: Words = sheet.footer or (
        "{{ document.doc_no }}",
        Phrase("　", "  "),
        "{{ document.version }}",
        Tab(),
        PAGE_OF,
        Tab(),
        "{{ document.classification | label }}",
    )
    stops = (("center", width // 2), ("right", width))
    said = "" if sheet.slim else sheet.text(sheet.letterhead.footer)
    own = [line for line in said.split("\n") if line]
    return make_root(
        "w:ftr",
        "w r",
        paragraph("Footer", *runs(words, sheet), tabs=stops),
        *(paragraph("Footer", *runs(Phrase(line, line), sheet), align="center") for line in own),
    )


def _width(house: House, orientation: Orientation) -> int:
    return house.wide if orientation == "landscape" else house.width


def _watermark() -> tuple[Element, ...]:
    """Return the runs of the watermark; Word and LibreOffice know it by the name of its shape."""
    shape = make(
        "v:shape",
        make("v:fill", opacity=".5"),
        make(
            "v:textpath",
            style="font-family:'黑体';font-size:1pt",
            string="{{ document.watermark }}",
        ),
        id="PowerPlusWaterMarkObject1",
        type="#_x0000_t136",
        style="position:absolute;margin-left:0;margin-top:0;width:280pt;height:126pt;rotation:315;"
        "z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin",
        fillcolor="#e6e6e6",
        stroked="f",
        **{"o:spid": "_x0000_s2049", "o:allowincell": "f"},
    )
    return (
        make("w:r", make("w:t", "{%r if document.watermark %}")),
        make("w:r", make("w:pict", _text_path_type(), shape)),
        make("w:r", make("w:t", "{%r endif %}")),
    )


def _text_path_type() -> Element:
    """Return the shape type of a text path, as every writer of watermarks spells it."""
    return make(
        "v:shapetype",
        make("v:path", textpathok="t"),
        make("v:textpath", on="t", fitshape="t"),
        id="_x0000_t136",
        coordsize="21600,21600",
        adj="10800",
        path="m@7,l@8,m@5,21600l@6,21600e",
        **{"o:spt": "136"},
    )
