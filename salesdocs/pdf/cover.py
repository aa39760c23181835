"""The first pages of a pack: what it is of, and its contents, laid out as papers of the house are.

The lines of the contents lead to `merge.CONTENTS_LINK`, which binding turns into places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from salesdocs.findings import Language, Phrase
from salesdocs.pdf.merge import CONTENTS_LINK
from salesdocs.word.shown.model import (
    Align,
    Block,
    Border,
    Borders,
    Cell,
    Inline,
    Line,
    Look,
    Paragraph,
    Picture,
    Row,
    Section,
    Shape,
    Shown,
    Story,
    Tab,
    Table,
    TabStop,
    Text,
)

BRAND: Final = "1F4E79"
"""The colour of headings, unless the company has one of its own."""

_GREY: Final = "7F7F7F"
_SHADE: Final = "F2F2F2"
_ALARM: Final = "C00000"
_WIDTH, _HEIGHT = 595.3, 841.9  # A4
_SIDE: Final = 70.9  # 25 mm
_TEXT: Final = _WIDTH - 2 * _SIDE
_ALL: Final = ("top", "left", "bottom", "right")
_LOGO: Final = 25.5  # 9 mm, as in the header of a paper
_WORDS: Final = {
    "contents": Phrase("目　录", "Contents"),
    "project": Phrase("项目名称", "Project"),
    "customer": Phrase("客户名称", "Customer"),
    "supplier": Phrase("供方", "Supplier"),
    "case_no": Phrase("案件编号", "Case no."),
    "stage": Phrase("所处阶段", "Stage"),
    "date": Phrase("数据截至", "As of"),
    "count": Phrase("文件数量", "Documents"),
    "mark": Phrase("密级：", "Classification: "),
    "number": Phrase("序号", "No."),
    "doc_no": Phrase("文件编号", "Document no."),
    "title": Phrase("文件名称", "Title"),
    "version": Phrase("版本", "Version"),
    "day": Phrase("日期", "Date"),
    "page": Phrase("页码", "Page"),
}  # fmt: skip
# Widths in points of: number, document number, title, version, date, page.
_COLUMNS: Final = (31.0, 128.0, 168.5, 38.0, 58.0, 30.0)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: what the paper is, and the page of the pack it begins on."""

    title: str
    doc_no: str = ""
    version: str = ""
    date: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the first page; an empty text has no line.

    `marked` is whether the classification is one that must not leave the house; `remark` stands
    below the title. `date` is a day in ISO 8601; `logo_size` is in pixels.
    """

    title: str
    project: str
    customer: str = ""
    supplier: str = ""
    case_no: str = ""
    stage: str = ""
    date: str = ""
    classification: str = ""
    marked: bool = False
    remark: str = ""
    logo: bytes = b""
    logo_kind: str = ""
    logo_size: tuple[int, int] = (0, 0)
    colour: str = BRAND
    lang: Language = "zh"
    entries: tuple[Entry, ...] = ()
    pages: int = 0


def lay_cover(cover: Cover) -> Shown:
    """Return the first pages as a document is shown, without page numbers of its own."""
    laid = _Layout(cover)
    section = Section(
        blocks=tuple(laid.blocks()),
        width=_WIDTH,
        height=_HEIGHT,
        top=79.4,
        right=_SIDE,
        bottom=70.9,
        left=_SIDE,
        headers={"default": Story(tuple(laid.header()))},
        footers={"default": Story(tuple(laid.footer()))},
    )
    properties = {"title": laid.name, "creator": cover.supplier, "subject": cover.title}
    if cover.date:
        properties |= {"created": f"{cover.date}T00:00:00Z", "modified": f"{cover.date}T00:00:00Z"}
    return Shown((section,), properties=properties)


@dataclass(slots=True)
class _Layout:
    """Lays the blocks of one cover."""

    cover: Cover
    colour: str = field(init=False)

    def __post_init__(self) -> None:
        self.colour = self.cover.colour or BRAND

    @property
    def name(self) -> str:
        """Return what a viewer calls the whole."""
        return "　".join(part for part in (self.cover.project, self.cover.title) if part)

    def word(self, key: str) -> str:
        """Return a word of the cover in its language."""
        return _WORDS[key].text(self.cover.lang)

    def header(self) -> list[Block]:
        """Return the header: the logo or the company, and what the pack is; a rule below."""
        cover, look = self.cover, _sans(9, _GREY)
        if cover.logo and cover.logo_size[1]:
            across = _LOGO * cover.logo_size[0] / cover.logo_size[1]
            first: Inline = Picture(cover.logo, cover.logo_kind, across, _LOGO, cover.supplier)
        else:
            first = Text(cover.supplier, look)
        shape = Shape(
            tabs=(TabStop(_TEXT, "right"),),
            borders={"bottom": Border("single", 0.5, "BFBFBF", 4)},
            line=Line("at_least", 14),
        )
        return [Paragraph(shape, (first, Tab(look), Text(cover.title, look)), look)]

    def footer(self) -> list[Block]:
        """Return the footer: the case, and how confidential the whole is."""
        look = _sans(9, _GREY)
        shape = Shape(
            tabs=(TabStop(_TEXT, "right"),),
            borders={"top": Border("single", 0.5, "BFBFBF", 4)},
            line=Line("exact", 14),
        )
        mark = Text(self.cover.classification, look)
        return [Paragraph(shape, (Text(self.cover.case_no, look), Tab(look), mark), look)]

    def blocks(self) -> list[Block]:
        """Return what stands on the pages."""
        cover = self.cover
        blocks: list[Block] = []
        if cover.classification:
            look = _sans(10.5, _ALARM if cover.marked else "", bold=cover.marked)
            blocks.append(
                _line(self.word("mark") + cover.classification, look, 16, "right", after=26)
            )
        blocks.append(_line(cover.supplier, _sans(15), 22, "center", after=8))
        blocks.append(
            _line(cover.project, _sans(22, self.colour, bold=True), 32, "center", after=4)
        )
        heading = _sans(16, self.colour, bold=True)
        blocks.append(_line(cover.title, heading, 26, "center", after=6, outline=0))
        if cover.remark:
            blocks.append(_line(cover.remark, _sans(10.5, _ALARM, bold=True), 18, "center"))
        blocks += [_space(18), self._facts(), _space(22)]
        title = _sans(14, self.colour, bold=True)
        blocks.append(_line(self.word("contents"), title, 24, "center", after=6, outline=1))
        blocks.append(self._contents())
        return blocks

    def _facts(self) -> Table:
        cover = self.cover
        papers, pages = len(cover.entries), cover.pages
        count = Phrase(f"{papers} 份，共 {pages} 页", f"{papers}, {pages} pages").text(cover.lang)
        pairs = [
            ("project", cover.project),
            ("case_no", cover.case_no),
            ("customer", cover.customer),
            ("supplier", cover.supplier),
            ("stage", cover.stage),
            ("date", cover.date),
            ("count", count),
        ]
        rows = [
            Row((self._cell(0, self.word(key), label=True), self._cell(1, value)), 22)
            for key, value in pairs
            if value
        ]
        return Table((96.0, _TEXT - 96.0), tuple(rows))

    def _contents(self) -> Table:
        keys = ("number", "doc_no", "title", "version", "day", "page")
        head = Row(
            tuple(
                self._cell(index, self.word(key), label=True, align="center", size=9)
                for index, key in enumerate(keys)
            ),
            20,
            header=True,
            cant_split=True,
        )
        rows = [self._entry(number, entry) for number, entry in enumerate(self.cover.entries, 1)]
        return Table(_COLUMNS, (head, *rows))

    def _entry(self, number: int, entry: Entry) -> Row:
        link = f"{CONTENTS_LINK}{number}"
        texts: Sequence[tuple[str, Align]] = (
            (str(number), "center"),
            (entry.doc_no, "left"),
            (entry.title, "left"),
            (entry.version, "center"),
            (entry.date, "center"),
            (str(entry.page), "center"),
        )
        cells = tuple(
            self._cell(index, text, align=align, size=9, link=link if index in (2, 5) else "")
            for index, (text, align) in enumerate(texts)
        )
        return Row(cells, 20, cant_split=True)

    def _cell(
        self,
        column: int,
        text: str,
        *,
        label: bool = False,
        align: Align = "left",
        size: float = 10.5,
        link: str = "",
    ) -> Cell:
        look = _sans(size, bold=align == "center") if label else _song(size)
        shape = Shape(align=align, line=Line("exact", size + 4.5))
        words = (Text(text or "/", look, link),)
        return Cell(
            start=column,
            span=1,
            blocks=(Paragraph(shape, words, look),),
            borders=_frame(),
            margins=(2, 5, 2, 5),
            shade=_SHADE if label else "",
            v_align="center",
        )


def _line(
    text: str,
    look: Look,
    height: float,
    align: Align,
    *,
    after: float = 0,
    outline: int | None = None,
) -> Paragraph:
    shape = Shape(
        align=align,
        after=after,
        line=Line("exact", height) if len(text) < 20 else Line("at_least", height),
        keep_next=True,
        outline=outline,
    )
    return Paragraph(shape, (Text(text, look),), look)


def _space(height: float) -> Paragraph:
    return Paragraph(Shape(line=Line("exact", height)), (), _song(9))


def _frame() -> Borders:
    return {side: Border("single", 0.5, "000000") for side in _ALL}


def _sans(size: float, colour: str = "", *, bold: bool = False) -> Look:
    return Look("Arial", "黑体", size, bold=bold, colour=colour, language="zh-CN")


def _song(size: float) -> Look:
    return Look("Times New Roman", "宋体", size, language="zh-CN")
