"""The house style in one place: paper, sizes, faces, and the named styles every document uses.

Figures follow the middle (contract, form) and right (report) columns of common Chinese business
practice beside GB/T 9704-2012; line spacing is exact, so that Word, WPS and the PDF break alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from salesdocs.findings import Language

Kind = Literal["report", "contract", "form"]

TWIPS_PER_POINT = 20
TWIPS_PER_MM = 1440 / 25.4

SIZES = {
    "初号": 42,
    "小初": 36,
    "一号": 26,
    "小一": 24,
    "二号": 22,
    "小二": 18,
    "三号": 16,
    "小三": 15,
    "四号": 14,
    "小四": 12,
    "五号": 10.5,
    "小五": 9,
    "六号": 7.5,
}
"""Points of the Chinese type sizes."""

(
    HEADINGS,
    CLAUSES,
    CAPTIONS,
    ENTRIES,
    BULLETS,
    ANNEXES,
    CLAUSE_ENTRIES,
    ANNEX_ENTRIES,
    FIRST_LIST,
) = range(1, 10)
"""Numbering ids of the house; every numbered list after them has its own."""

SMALL = "Small"
"""Ends the names of the cell styles for tables of many columns."""

GREY = "7F7F7F"
RULE = "BFBFBF"
SHADE = "F2F2F2"
YELLOW = "FFFF00"  # as shading: Word keeps no highlight in a style
BLACK = "000000"
BRAND = "1F4E79"


class Face(NamedTuple):
    """A Latin face and the East Asian one that goes with it."""

    latin: str
    east_asian: str


SONG = Face("Times New Roman", "宋体")
HEI = Face("Arial", "黑体")

Align = Literal["left", "center", "right", "both"]


@dataclass(frozen=True, slots=True)
class Style:
    """A named style; spacing in points, indents in characters, `line` the exact line height."""

    id: str
    name: str
    based: str = "Normal"
    following: str = ""
    type: Literal["paragraph", "character"] = "paragraph"
    face: Face | None = None
    size: str = ""
    bold: bool = False
    colour: str = ""
    underline: bool = False
    align: Align | None = None
    line: float = 0
    at_least: bool = False
    before: float = 0
    after: float = 0
    first: float = 0
    left: float = 0
    hanging: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    list_id: int = 0
    level: int = 0
    tabs: tuple[tuple[str, int], ...] = ()
    leader: str = ""
    rule: str = ""
    shade: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """What differs between the kinds of paper: margins in mm, the body, the colour of headings."""

    kind: Kind
    top: float
    bottom: float
    left: float
    right: float
    body: str
    line: float
    headings: tuple[str, str, str]
    colour: str
    gap: bool
    """Whether a thin space is set between Chinese and digits; contracts have none."""

    @property
    def width(self) -> int:
        """Return the width between the margins of an upright A4 page in twips."""
        return PAGE_WIDTH - twips(self.left) - twips(self.right)

    @property
    def wide(self) -> int:
        """Return the width between the margins of a landscape A4 page in twips."""
        return PAGE_HEIGHT - twips(self.left) - twips(self.right)


def twips(mm: float) -> int:
    """Return millimetres in twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838  # A4 as Word writes it

HOUSES: dict[Kind, House] = {
    "report": House(
        "report", 25, 25, 28, 25, "小四", 22, ("小三", "四号", "小四"), BRAND, gap=True
    ),
    "contract": House(
        "contract", 25.4, 25.4, 28, 28, "小四", 22, ("小四", "小四", "小四"), BLACK, gap=False
    ),
    "form": House(
        "form", 25.4, 25.4, 28, 28, "五号", 18, ("小四", "五号", "五号"), BLACK, gap=True
    ),
}


def styles(house: House, lang: Language) -> tuple[Style, ...]:
    """Return the named styles of a house in the order of the file."""
    return (
        *_body(house, lang),
        *_headings(house),
        *_clauses(house),
        *_front(house),
        *_tables(house, lang),
        *_edges(),
        *_characters(),
    )


def _body(house: House, lang: Language) -> tuple[Style, ...]:
    gap = 4 if lang == "en" else 0  # English paragraphs are parted by space, Chinese by indent
    return (
        Style("Normal", "Normal", "", face=SONG, size=house.body, line=house.line),
        Style("BodyText", "正文文字", align="both", after=gap),
        Style(
            "BodyIndent", "Normal Indent", align="both", after=gap, first=2 if lang == "zh" else 0
        ),
        Style("ListBullet", "项目符号", left=2, hanging=2, list_id=BULLETS),
        Style("ListNumber", "项目编号", left=2, hanging=2),
        Style("Callout", "提示", size="五号", line=17, before=4, after=6, left=1, rule="left"),
        Style("Addressee", "致", face=SONG, bold=True, before=6, after=6, keep_next=True),
        Style("Closing", "签署", align="right", keep_next=True, keep_lines=True),
        Style("ClosingFirst", "签署首行", "Closing", align="right", before=40),
        Style("Signing", "签署栏"),
        Style("Figure", "图", align="center", line=house.line, at_least=True, before=4, after=4),
    )


def _headings(house: House) -> tuple[Style, ...]:
    first, second, third = house.headings
    large = house.kind == "report"
    head = Style(
        "Heading1",
        "heading 1",
        following="BodyIndent",
        face=HEI,
        size=first,
        bold=True,
        colour=house.colour,
        line=SIZES[first] + 8,
        before=16 if large else 12,
        after=8 if large else 6,
        keep_next=True,
        keep_lines=True,
        outline=0,
        list_id=HEADINGS,
    )
    second_head = replace(
        head,
        id="Heading2",
        name="heading 2",
        size=second,
        line=SIZES[second] + 8,
        before=10 if large else 8,
        after=6 if large else 4,
        outline=1,
        level=1,
    )
    third_head = replace(
        head,
        id="Heading3",
        name="heading 3",
        size=third,
        line=SIZES[third] + 8,
        before=8 if large else 6,
        after=4,
        outline=2,
        level=2,
    )
    heads = (head, second_head, third_head)
    return (
        *heads,
        replace(head, id="Annex", name="附件标题", list_id=ANNEXES),
        *(
            replace(each, id=f"Plain{level}", name=f"无编号标题{level}", list_id=0, level=0)
            for level, each in enumerate(heads, 1)
        ),
    )


def _clauses(house: House) -> tuple[Style, ...]:
    return (
        Style(
            "Clause1",
            "条款1",
            following="Clause2",
            face=HEI,
            size="小四",
            bold=True,
            line=house.line,
            before=10,
            after=4,
            keep_next=True,
            keep_lines=True,
            outline=0,
            list_id=CLAUSES,
        ),
        Style("Clause2", "条款2", align="both", list_id=CLAUSES, level=1),
        Style("Clause3", "条款3", align="both", left=4, hanging=2, list_id=CLAUSES, level=2),
        Style("ClauseText", "条款正文", align="both", left=2),
    )


def _front(house: House) -> tuple[Style, ...]:
    title = Style("DocTitle", "文档标题", face=HEI, size="小二", bold=True, align="center", line=28)
    return (
        Style("Mark", "密级", face=HEI, size="小五", align="right", line=14),
        Style("Company", "单位名称", face=SONG, size="四号", align="center", line=24, after=2),
        replace(title, colour=house.colour, after=8, keep_next=True, following="BodyIndent"),
        Style(
            "Facts",
            "文件信息",
            size="五号",
            line=16,
            after=6,
            keep_next=True,
            tabs=(("right", house.width),),
        ),
        replace(
            title,
            id="CoverTitle",
            name="封面标题",
            size="小初",
            line=50,
            colour=house.colour,
            before=150,
            after=14,
        ),
        Style(
            "CoverName",
            "封面副题",
            face=HEI,
            size="三号",
            align="center",
            line=28,
            after=170,
        ),
        Style("CoverLabel", "封面标签", face=HEI, size="四号", align="right", line=26),
        Style("CoverText", "封面文字", face=SONG, size="四号", line=26),
        replace(
            title,
            id="ContentsTitle",
            name="目录标题",
            size="小三",
            after=10,
            colour=house.colour,
            following="Normal",
        ),
        Style(
            "TOC1",
            "toc 1",
            following="Normal",
            face=HEI,
            size="五号",
            line=18,
            before=2,
            tabs=(("right", house.width),),
            leader="dot",
        ),
        Style(
            "TOC2",
            "toc 2",
            following="Normal",
            size="五号",
            line=16,
            left=2,
            tabs=(("right", house.width),),
            leader="dot",
        ),
    )


def _tables(house: House, lang: Language) -> tuple[Style, ...]:
    text = Style("TableText", "表格文字", size="五号", line=16)
    head = Style(
        "TableHead",
        "表头",
        face=HEI,
        size="五号" if lang == "zh" else "小五",  # English heads are longer
        bold=True,
        align="center",
        line=16,
        keep_next=True,
    )
    cells = (
        head,
        text,
        replace(text, id="TableNumber", name="表格数字", align="right"),
        replace(text, id="TableCentre", name="表格居中", align="center"),
    )
    return (
        Style(
            "Caption",
            "表题",
            following="TableText",
            face=HEI,
            size="小五",
            align="center",
            line=16,
            before=6,
            after=4,
            keep_next=True,
            list_id=CAPTIONS,
        ),
        Style("UnitLine", "单位行", size="小五", align="right", line=12, keep_next=True),
        *cells,
        *(
            replace(style, id=f"{style.id}{SMALL}", name=f"{style.name}小", size="小五", line=13)
            for style in cells
        ),
        Style("FormLabel", "表格标签", face=HEI, size="五号", align="left", line=16),
        Style("FormBand", "表格分栏", face=HEI, size="五号", bold=True, line=16, keep_next=True),
        Style("TableNote", "表注", size="小五", line=14, before=3, after=6),
        Style("TableGap", "表后", size="六号", line=8),
        Style("Seal", "盖章处", size="小五", colour=GREY, align="center", line=14),
        Style("KeyFigure", "关键数字", face=HEI, size="小三", bold=True, colour=house.colour,
              align="center", line=26, before=4, keep_next=True),
        Style("KeyLabel", "关键数字说明", size="小五", colour=GREY, align="center", line=14,
              after=4),
        Style("NotesTitle", "填写说明标题", face=HEI, size="小五", line=14, before=8, after=2,
              keep_next=True),
        Style("FillingNotes", "填写说明", size="小五", line=13.5, left=1.5, hanging=1.5),
    )  # fmt: skip


def _edges() -> tuple[Style, ...]:
    edge = Style("Header", "header", size="小五", colour=GREY, line=12)
    return (
        replace(edge, rule="bottom", after=6),
        replace(edge, id="Footer", name="footer", rule="top"),
    )


def _characters() -> tuple[Style, ...]:
    character = Style("Strong", "Strong", "", type="character", bold=True)
    return (
        character,
        Style("Faint", "灰字", "", type="character", colour=GREY),
        Style("Box", "方框", "", type="character", face=Face(SONG.east_asian, SONG.east_asian)),
        Style("ToFill", "待填", "", type="character", shade=YELLOW),
        Style("Hyperlink", "Hyperlink", "", type="character", colour=BRAND, underline=True),
    )
