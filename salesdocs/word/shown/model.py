"""What a Word file shows: sections of paragraphs and tables, every look resolved.

Lengths are points, colours six hex digits (`""` where Word chooses). Nothing here refers to a
style, a theme or a default: whoever lays this out need not know how Word came to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right", "both", "distribute"]
Side = Literal["top", "left", "bottom", "right"]
Position = Literal["default", "first", "even"]


@dataclass(frozen=True, slots=True)
class Border:
    """A line: its kind in Word's words (`single`, `double`, `dashed` …), width and distance."""

    kind: str = "single"
    width: float = 0.5
    colour: str = ""
    space: float = 0


Borders = Mapping[str, Border]
"""By side: top, left, bottom, right; for paragraphs also between, for runs the single `all`."""


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look. The East Asian face holds for Chinese letters and marks beside them.

    `language` is a BCP 47 tag, `""` for that of the document; `raised` moves the baseline up,
    `stretch` is in percent. With `east_asian_marks` quotes, dashes and dots that both scripts have
    are those of the East Asian face (Word's `w:hint`; set only where the text has such a mark).
    """

    latin: str = "Times New Roman"
    east_asian: str = "宋体"
    size: float = 10
    bold: bool = False
    italic: bool = False
    colour: str = ""
    shade: str = ""
    underline: str = ""
    underline_colour: str = ""
    strike: Literal["", "single", "double"] = ""
    vertical: Literal["", "superscript", "subscript"] = ""
    capitals: Literal["", "all", "small"] = ""
    spacing: float = 0
    raised: float = 0
    stretch: float = 100
    emphasis: str = ""
    border: Border | None = None
    language: str = ""
    east_asian_marks: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of one look; `link` is an address, or `#name` for a bookmark of this file."""

    text: str
    look: Look
    link: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A step to the next tab stop; or, with `align`, to that place of the line (`w:ptab`)."""

    look: Look
    link: str = ""
    align: Literal["", "left", "center", "right"] = ""
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line, a column or a page inside a paragraph."""

    kind: Literal["line", "page", "column"]
    look: Look


@dataclass(frozen=True, slots=True)
class Counter:
    """A number only the layout knows. `cached` is what Word printed when it last saved.

    `format` is Word's name of the numbering (`decimal`, `chineseCounting` …), `""` for that of the
    section's pages; `target` is the bookmark whose page is meant.
    """

    kind: Literal["PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"]
    look: Look
    cached: str = ""
    target: str = ""
    format: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a bookmark starts, or ends."""

    name: str
    end: bool = False


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The raised number of a footnote or endnote, printed as `text`; `id` finds its words."""

    id: str
    text: str
    look: Look
    kind: Literal["footnote", "endnote"] = "footnote"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something floats: offsets of its top left corner from what `h_from`, `v_from` name.

    An alignment (`h_align`, `v_align`: left, center, right, top, bottom) stands in place of an
    offset. `wrap` says what text does about it, `distance` how far it stays away (top, right,
    bottom, left); `behind` puts it below the text.
    """

    h_from: str = "column"
    v_from: str = "paragraph"
    x: float = 0
    y: float = 0
    h_align: str = ""
    v_align: str = ""
    wrap: Literal["none", "square", "top_bottom"] = "none"
    behind: bool = False
    distance: tuple[float, float, float, float] = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of this size in the line, or floating at `place`; `kind` is its MIME type.

    `crop` is what is cut off left, top, right, bottom, as shares of the whole.
    """

    data: bytes
    kind: str
    width: float
    height: float
    alt: str = ""
    place: Place | None = None
    rotation: float = 0
    crop: tuple[float, float, float, float] = (0, 0, 0, 0)
    link: str = ""
    border: Border | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values of a chart; an absent value is None."""

    name: str
    values: tuple[float | None, ...]
    colour: str = ""
    format: str = "General"
    labels: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as its cached values: kind in Word's words (`bar`, `line`, `pie` …)."""

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    width: float
    height: float
    title: str = ""
    alt: str = ""
    horizontal: bool = False
    stacked: Literal["", "stacked", "percent"] = ""
    legend: Literal["", "top", "bottom", "left", "right"] = ""
    category_title: str = ""
    value_title: str = ""
    minimum: float | None = None
    maximum: float | None = None
    gridlines: bool = True
    gap: float = 150
    look: Look = field(default_factory=Look)
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A text box or drawn shape with what stands in it; `rotation` is clockwise, in degrees.

    A `line` goes from its top left to its bottom right corner, with `flipped` from bottom left to
    top right. `grows` fits the height to the words.
    """

    blocks: tuple[Block, ...]
    width: float
    height: float
    place: Place | None = None
    fill: str = ""
    border: Border | None = None
    margins: tuple[float, float, float, float] = (3.6, 7.2, 3.6, 7.2)
    alt: str = ""
    grows: bool = False
    kind: Literal["rectangle", "rounded", "ellipse", "line"] = "rectangle"
    v_align: Literal["top", "center", "bottom"] = "top"
    rotation: float = 0
    flipped: bool = False


@dataclass(frozen=True, slots=True)
class Watermark:
    """Words set large across the page behind the text; `rotation` turns clockwise, in degrees."""

    text: str
    width: float
    height: float
    colour: str = "C0C0C0"
    rotation: float = 315
    opacity: float = 0.5
    font: str = "宋体"


Inline = Text | Tab | Break | Counter | Mark | NoteMark | Picture | Chart | Box | Watermark


@dataclass(frozen=True, slots=True)
class TabStop:
    """A tab stop, measured from the left edge of the text (not of the indent)."""

    at: float
    kind: Literal["left", "center", "right", "decimal", "bar"] = "left"
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Height of lines: `multiple` of the font's own, or `exact` or `at_least` so many points."""

    rule: Literal["multiple", "exact", "at_least"] = "multiple"
    value: float = 1


@dataclass(frozen=True, slots=True)
class Number:
    """What a list prints before a paragraph; `suffix` is what parts it from the text."""

    text: str
    look: Look
    suffix: Literal["tab", "space", "nothing"] = "tab"
    align: Literal["left", "center", "right"] = "left"
    level: int = 0
    list_id: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph is set.

    Indents are from the edges of the text; `first` is relative to `left` and negative when it
    hangs. `contextual` drops the space between paragraphs of the same style. `outline` is 0 for a
    heading of the first level. `line_align` is how letters of different height stand on a line,
    `break_latin` lets a line end inside a Latin word, `hanging_marks` a mark stand in the margin.
    """

    style: str = ""
    align: Align = "left"
    left: float = 0
    right: float = 0
    first: float = 0
    before: float = 0
    after: float = 0
    line: Line = field(default_factory=Line)
    contextual: bool = False
    keep_next: bool = False
    keep_lines: bool = False
    page_break_before: bool = False
    widow_control: bool = True
    borders: Borders = field(default_factory=dict)
    shade: str = ""
    tabs: tuple[TabStop, ...] = ()
    outline: int | None = None
    kinsoku: bool = True
    hanging_marks: bool = True
    space_latin: bool = True
    space_digits: bool = True
    snap_to_grid: bool = True
    right_to_left: bool = False
    break_latin: bool = False
    line_align: Literal["auto", "top", "center", "baseline", "bottom"] = "auto"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `mark` is the look of its end, which gives an empty one its height."""

    shape: Shape
    inlines: tuple[Inline, ...]
    mark: Look
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell from grid column `start`, `span` columns wide and `rows` rows high.

    Of a vertical merge only the first cell is listed. `borders` and `margins` (top, right, bottom,
    left) are what holds for this cell, the table's own taken in; a side without a line is absent.
    `direction` is `tbRl` where letters stand one below the other, lines from right to left.
    """

    start: int
    span: int
    blocks: tuple[Block, ...]
    rows: int = 1
    width: float = 0
    borders: Borders = field(default_factory=dict)
    margins: tuple[float, float, float, float] = (0, 5.4, 0, 5.4)
    shade: str = ""
    v_align: Literal["top", "center", "bottom"] = "top"
    direction: Literal["", "tbRl"] = ""
    no_wrap: bool = False
    diagonal: Literal["", "down", "up", "both"] = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; `height` 0 means as high as its cells."""

    cells: tuple[Cell, ...]
    height: float = 0
    exact: bool = False
    cant_split: bool = False
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a grid of column widths; `indent` moves its left edge, `place` makes it float.

    `fixed` is false where Word fits the columns to their content; the grid is what it last showed.
    """

    grid: tuple[float, ...]
    rows: tuple[Row, ...]
    indent: float = 0
    align: Literal["left", "center", "right"] = "left"
    fixed: bool = True
    spacing: float = 0
    place: Place | None = None
    caption: str = ""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Story:
    """What a header or footer holds."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one size and their blocks, headers and footers.

    `start` restarts the page number; `kind` is how the section begins. `grid` is the height of a
    line of the page's grid, 0 for none. `columns` are the widths of columns and the gaps after.
    A first page of its own has a header and a footer of position `first`, if only empty ones; so
    have even pages. `borders` are drawn from the text or from the edge of the page. A header does
    not push the text down below a negative `top`, nor a footer above a negative `bottom`.
    """

    blocks: tuple[Block, ...]
    width: float = 595.3
    height: float = 841.9
    top: float = 72
    right: float = 90
    bottom: float = 72
    left: float = 90
    gutter: float = 0
    header: float = 42.55
    footer: float = 49.6
    kind: Literal["next_page", "continuous", "even_page", "odd_page"] = "next_page"
    headers: Mapping[Position, Story] = field(default_factory=dict)
    footers: Mapping[Position, Story] = field(default_factory=dict)
    start: int | None = None
    page_format: str = "decimal"
    columns: tuple[tuple[float, float], ...] = ()
    grid: float = 0
    v_align: Literal["top", "center", "bottom", "both"] = "top"
    borders: Borders = field(default_factory=dict)
    borders_from: Literal["text", "page"] = "text"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something the file has and we do not show as Word does: `what` in a word, where it stands.

    `what` is the name of the element or property (`w:txbxContent`); `place` the paragraph's first
    words; `lost` says whether words or pictures are missing, not only their look.
    """

    what: str
    place: str = ""
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A whole Word file as it is shown, and what of it we could not read.

    `properties` are the core ones (title, creator, subject, keywords, description, created,
    modified, language); `custom` are the user-defined ones. `notes` holds the words of footnotes
    and endnotes by `kind` and id (`footnote 2`).
    """

    sections: tuple[Section, ...]
    notes: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    custom: Mapping[str, str] = field(default_factory=dict)
    even_and_odd: bool = False
    tab_width: float = 36
    page_colour: str = ""
    unknown: Sequence[Unknown] = ()
