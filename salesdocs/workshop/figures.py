"""Figures: a strip of key numbers, and native charts whose points are written by tags.

Unfilled, a chart is empty and sound, so that a template can be opened and changed in Word; but Word
drops the hidden tags when it saves, and the chart then stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from salesdocs.workshop.house import BRAND, GREY, HEI, RULE, SHADE
from salesdocs.workshop.markup import Element, make, make_root, unveiled
from salesdocs.workshop.paragraphs import paragraph
from salesdocs.workshop.sheet import Sheet
from salesdocs.workshop.tables import cell, row, shares, table
from salesdocs.workshop.words import Words, runs

_EMU_PER_MM = 36000
_TWIPS_TO_EMU = 635
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SHADES = (BRAND, "5B9BD5", "9DC3E6", RULE, GREY)


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A shaded strip of large numbers with what they mean below: `(value, meaning)` each."""

    figures: tuple[tuple[Words, Words], ...]

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the strip and the gap after it."""
        widths = shares([1.0] * len(self.figures), sheet.width)
        cells = (
            cell(
                width,
                [
                    paragraph("KeyFigure", *runs(value, sheet)),
                    paragraph("KeyLabel", *runs(meaning, sheet)),
                ],
                shade=SHADE,
            )
            for (value, meaning), width in zip(self.figures, widths, strict=True)
        )
        yield table(widths, [row(*cells)], "HousePlain")
        yield paragraph("TableGap")


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars: its name, and the tag of its number in a row of the chart's list."""

    name: Words
    value: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """A native bar chart of a list: `each` as in a loop, `category` the tag of a bar's name.

    `BarChart("s in survey.dimension_scores", "{{ s.name }}", (Series(…, "{{ s.mean }}"),))`.
    Values print as bare numbers, so no filter that adds signs; `each` has no `if`, because the
    chart counts the rows of its list. A chart stands once in a document: not inside a loop.
    Bars `stacked` in `percent` fill the width, whatever they add up to; the labels stay the values.
    """

    each: str
    category: Words
    series: tuple[Series, ...]
    title: Words = ""
    stacked: bool = False
    percent: bool = False
    horizontal: bool = True
    low: float | None = 0
    high: float | None = None
    height: float = 70
    number_format: str = "General;;"
    gap: int = 60

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the paragraph that holds the chart; its part goes into the package."""
        number, relation = sheet.chart(self._part(sheet))
        width, height = sheet.width * _TWIPS_TO_EMU, round(self.height * _EMU_PER_MM)
        words = self.title or self.series[0].name
        described = "".join("".join(run.itertext()) for run in runs(words, sheet))
        properties = make("wp:docPr", id=number, name=f"Chart {number}", descr=described)
        frame = make("c:chart", **{"r:id": relation})
        inline = make(
            "wp:inline",
            make("wp:extent", cx=width, cy=height),
            make("wp:effectExtent", l=0, t=0, r=0, b=0),
            properties,
            make("wp:cNvGraphicFramePr"),
            make("a:graphic", make("a:graphicData", frame, uri=_CHART)),
            distT=0,
            distB=0,
            distL=0,
            distR=0,
        )
        yield paragraph("Figure", make("w:r", make("w:drawing", inline)))

    @property
    def _rows(self) -> str:
        return self.each.partition(" in ")[2]

    def _part(self, sheet: Sheet) -> Element:
        title = (
            make(
                "c:title",
                _rich(_plain(self.title, sheet), 1100, bold=True),
                make("c:overlay", val=0),
            )
            if self.title
            else None
        )
        several = len(self.series) > 1
        legend = make(
            "c:legend", make("c:legendPos", val="b"), make("c:overlay", val=0), _text_look(900)
        )
        return make_root(
            "c:chartSpace",
            "c a r",
            make("c:roundedCorners", val=0),
            make(
                "c:chart",
                title,
                make("c:autoTitleDeleted", val=0 if self.title else 1),
                make("c:plotArea", make("c:layout"), self._bars(sheet), *self._axes()),
                legend if several else None,
                make("c:plotVisOnly", val=1),
                make("c:dispBlanksAs", val="gap"),
            ),
            make("c:spPr", make("a:noFill"), make("a:ln", make("a:noFill"))),
            _text_look(900),
        )

    @property
    def _grouping(self) -> str:
        if not self.stacked:
            return "clustered"
        return "percentStacked" if self.percent else "stacked"

    def _bars(self, sheet: Sheet) -> Element:
        return make(
            "c:barChart",
            make("c:barDir", val="bar" if self.horizontal else "col"),
            make("c:grouping", val=self._grouping),
            make("c:varyColors", val=0),
            *(self._series(index, sheet) for index in range(len(self.series))),
            make("c:gapWidth", val=self.gap),
            make("c:overlap", val=100) if self.stacked else None,
            make("c:axId", val=111111111),
            make("c:axId", val=222222222),
        )

    def _series(self, index: int, sheet: Sheet) -> Element:
        series = self.series[index]
        column = chr(ord("B") + index)
        name = make("c:strCache", make("c:ptCount", val=1), _point("0", _plain(series.name, sheet)))
        colour = series.colour or SHADES[index % len(SHADES)]
        light = self.stacked and index not in (0, 4) and not series.colour
        return make(
            "c:ser",
            make("c:idx", val=index),
            make("c:order", val=index),
            make("c:tx", make("c:strRef", make("c:f", f"Sheet1!${column}$1"), name)),
            make("c:spPr", make("a:solidFill", make("a:srgbClr", val=colour))),
            make("c:invertIfNegative", val=0),
            self._labels(light),
            make(
                "c:cat",
                make(
                    "c:strRef", self._range("A"), self._cache("str", _plain(self.category, sheet))
                ),
            ),
            make("c:val", make("c:numRef", self._range(column), self._cache("num", series.value))),
        )

    @staticmethod
    def _range(column: str) -> Element:
        """Return the cells the points are said to come from; no workbook is behind them."""
        return make("c:f", f"Sheet1!${column}$2:${column}$100")

    def _cache(self, kind: str, value: str) -> Element:
        """Return the points of a list: none in the template, all in the finished document."""
        form = make("c:formatCode", self.number_format) if kind == "num" else None
        points = (
            f'<c:ptCount val="{{{{ {self._rows} | length }}}}"/>{{% for {self.each} %}}'
            f'<c:pt idx="{{{{ loop.index0 }}}}"><c:v>{value}</c:v></c:pt>{{% endfor %}}'
        )
        return make(f"c:{kind}Cache", form, unveiled(points))

    def _labels(self, dark_text: bool) -> Element:
        shown = {"showLegendKey": 0, "showVal": 1, "showCatName": 0, "showSerName": 0}
        white = self.stacked and not dark_text
        return make(
            "c:dLbls",
            make("c:numFmt", formatCode=self.number_format, sourceLinked=0),
            make("c:spPr", make("a:noFill"), make("a:ln", make("a:noFill"))),
            _text_look(900, "FFFFFF" if white else "404040"),
            make("c:dLblPos", val="ctr" if self.stacked else "outEnd"),
            *(make(f"c:{name}", val=val) for name, val in shown.items()),
            make("c:showPercent", val=0),
            make("c:showBubbleSize", val=0),
        )

    def _axes(self) -> tuple[Element, Element]:
        """Return the axes: the first bar on top, and no value axis, as values stand at the bars."""
        order = "maxMin" if self.horizontal else "minMax"
        line = make("a:ln", make("a:solidFill", make("a:srgbClr", val=RULE)), w=6350)
        categories = make(
            "c:catAx",
            make("c:axId", val=111111111),
            make("c:scaling", make("c:orientation", val=order)),
            make("c:delete", val=0),
            make("c:axPos", val="l" if self.horizontal else "b"),
            make("c:numFmt", formatCode="General", sourceLinked=0),
            make("c:majorTickMark", val="none"),
            make("c:minorTickMark", val="none"),
            make("c:tickLblPos", val="low"),
            make("c:spPr", line),
            _text_look(900),
            make("c:crossAx", val=222222222),
            make("c:crosses", val="autoZero"),
            make("c:auto", val=1),
            make("c:lblAlgn", val="ctr"),
            make("c:lblOffset", val=100),
            make("c:noMultiLvlLbl", val=0),
        )
        values = make(
            "c:valAx",
            make("c:axId", val=222222222),
            make(
                "c:scaling",
                make("c:orientation", val="minMax"),
                make("c:max", val=self.high) if self.high is not None else None,
                make("c:min", val=self.low) if self.low is not None else None,
            ),
            make("c:delete", val=1),
            make("c:axPos", val="b" if self.horizontal else "l"),
            make("c:numFmt", formatCode=self.number_format, sourceLinked=0),
            make("c:majorTickMark", val="none"),
            make("c:minorTickMark", val="none"),
            make("c:tickLblPos", val="nextTo"),
            make("c:crossAx", val=111111111),
            make("c:crosses", val="autoZero"),
            make("c:crossBetween", val="between"),
        )
        return categories, values


def _point(index: str, value: str) -> Element:
    return make("c:pt", make("c:v", value), idx=index)


def _plain(words: Words, sheet: Sheet) -> str:
    return "".join("".join(run.itertext()) for run in runs(words, sheet))


def _look(size: int, colour: str = "404040", bold: bool = False, tag: str = "a:defRPr") -> Element:
    return make(
        tag,
        make("a:solidFill", make("a:srgbClr", val=colour)),
        make("a:latin", typeface=HEI.latin),
        make("a:ea", typeface=HEI.east_asian),
        sz=size,
        b=int(bold),
    )


def _text_look(size: int, colour: str = "404040") -> Element:
    return make(
        "c:txPr",
        make("a:bodyPr"),
        make("a:lstStyle"),
        make("a:p", make("a:pPr", _look(size, colour)), make("a:endParaRPr", lang="zh-CN")),
    )


def _rich(text: str, size: int, bold: bool) -> Element:
    return make(
        "c:tx",
        make(
            "c:rich",
            make("a:bodyPr"),
            make("a:lstStyle"),
            make(
                "a:p",
                make("a:pPr", _look(size, bold=bold)),
                make("a:r", _look(size, bold=bold, tag="a:rPr"), make("a:t", text)),
            ),
        ),
    )
