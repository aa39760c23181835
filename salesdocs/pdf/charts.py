"""Charts drawn from their cached values as SVG, in the faces of the document.

Bars, lines, areas and pies are drawn as such; another kind is drawn as bars, which show the same
values. Words are text: they are found, copied and read like those around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, floor, log10, pi, sin
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from salesdocs.pdf.css import colour, number
from salesdocs.pdf.fonts import stack_here
from salesdocs.pdf.scripts import script
from salesdocs.word.shown.model import Chart, Series

# Word's own colours of series (theme "Office", accent1 to accent6).
_ACCENTS: Final = ("4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47")
_AXIS: Final = "#a6a6a6"
_GRID: Final = "#d9d9d9"
_TITLE_SIZE: Final = 1.2  # of the size of the other words
_PAD: Final = 6.0
_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_TICKS: Final = 6
_LINES: Final = frozenset({"line", "scatter", "area"})
_ROUND: Final = frozenset({"pie", "doughnut", "ofPie"})

_DIGITS: Final = re.compile(r"[#0][#0,]*(\.[#0]+)?")

Place = Callable[[float], float]
"""Where a value stands on the axis of values, in points."""


@dataclass(frozen=True, slots=True)
class _Area:
    """A rectangle, in points from the top left corner of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the width, never less than a point."""
        return max(self.right - self.left, 1)

    @property
    def height(self) -> float:
        """Return the height, never less than a point."""
        return max(self.bottom - self.top, 1)


def chart_svg(chart: Chart) -> bytes:
    """Return the chart as an SVG picture of its size."""
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": f"{number(chart.width)}pt",
            "height": f"{number(chart.height)}pt",
            "viewBox": f"0 0 {number(chart.width)} {number(chart.height)}",
            "font-family": stack_here(chart.look.latin, chart.look.east_asian),
            "fill": colour(chart.look.colour, "#404040"),
        },
    )
    _Drawing(root, chart).draw()
    return bytes(tostring(root, encoding="utf-8"))


class _Drawing:
    """Draws one chart into its picture."""

    def __init__(self, root: Element, chart: Chart) -> None:
        self.root, self.chart = root, chart
        self.size = chart.look.size or 9

    def draw(self) -> None:
        """Draw title, legend and values."""
        area = _Area(_PAD, _PAD, self.chart.width - _PAD, self.chart.height - _PAD)
        area = self._title(area)
        area = self._legend(area)
        if not any(series.values for series in self.chart.series):
            return
        if self.chart.kind in _ROUND:
            self._pie(area)
        else:
            self._axes(area)

    def text(self, words: str, x: float, y: float, anchor: str = "start", *,
             size: float = 0, bold: bool = False, fill: str = "") -> None:  # fmt: skip
        """Write words with their base line at `y`."""
        found = {"x": number(x), "y": number(y), "font-size": number(size or self.size)}
        found |= {"text-anchor": anchor} if anchor != "start" else {}
        found |= {"font-weight": "bold"} if bold else {}
        found |= {"fill": fill} if fill else {}
        SubElement(self.root, "text", found).text = words

    def box(self, x: float, y: float, wide: float, high: float, fill: str) -> None:
        """Draw a filled rectangle."""
        values = zip(("x", "y", "width", "height"), (x, y, wide, high), strict=True)
        SubElement(self.root, "rect", {name: number(value) for name, value in values} | {
            "fill": fill})  # fmt: skip

    def dot(self, x: float, y: float, radius: float, fill: str) -> None:
        """Draw a filled circle."""
        place = {"cx": number(x), "cy": number(y), "r": number(radius)}
        SubElement(self.root, "circle", {**place, "fill": fill})

    def line(self, points: Sequence[tuple[float, float]], stroke: str, wide: float = 0.5) -> None:
        """Draw a line through points."""
        path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
        SubElement(self.root, "path", {"d": path, "fill": "none", "stroke": stroke,
                                       "stroke-width": number(wide)})  # fmt: skip

    def _title(self, area: _Area) -> _Area:
        if not self.chart.title:
            return area
        size = self.size * _TITLE_SIZE
        self.text(self.chart.title, self.chart.width / 2, area.top + size, "middle",
                  size=size, bold=True)  # fmt: skip
        return _Area(area.left, area.top + size * 1.9, area.right, area.bottom)

    def _entries(self) -> list[tuple[str, str]]:
        """Return what the legend explains: names and colours."""
        if self.chart.kind in _ROUND:
            return [(name, _accent(index)) for index, name in enumerate(self.chart.categories)]
        return [(series.name, tint(series, index)) for index, series in
                enumerate(self.chart.series)]  # fmt: skip

    def _legend(self, area: _Area) -> _Area:
        entries, side = self._entries(), self.chart.legend
        if not side or not entries:
            return area
        widths = [self.size * 1.1 + text_width(name, self.size) + self.size for name, _ in entries]
        row = self.size * 1.6
        if side in ("left", "right"):
            wide = max(widths)
            x = area.left if side == "left" else area.right - wide
            y = (area.top + area.bottom - row * len(entries)) / 2
            for index, (name, fill) in enumerate(entries):
                self._entry(x, y + index * row, name, fill)
            return (
                _Area(area.left + wide, area.top, area.right, area.bottom)
                if side == "left"
                else _Area(area.left, area.top, area.right - wide, area.bottom)
            )
        rows = list(_rows(widths, area.width))
        y = area.top if side == "top" else area.bottom - row * len(rows)
        for index, (first, last) in enumerate(rows):
            x = (area.left + area.right - sum(widths[first:last]) + self.size) / 2
            for (name, fill), wide in zip(entries[first:last], widths[first:last], strict=True):
                self._entry(x, y + index * row, name, fill)
                x += wide
        used = row * len(rows) + self.size * 0.4
        if side == "top":
            return _Area(area.left, area.top + used, area.right, area.bottom)
        return _Area(area.left, area.top, area.right, area.bottom - used)

    def _entry(self, x: float, y: float, name: str, fill: str) -> None:
        side = self.size * 0.7
        self.box(x, y + self.size * 0.45, side, side, fill)
        self.text(name, x + self.size * 1.1, y + self.size * 1.1)

    def _pie(self, area: _Area) -> None:
        values = [max(value or 0, 0) for value in self.chart.series[0].values]
        total = sum(values)
        if not total:
            return
        radius = min(area.width, area.height) / 2
        x, y = (area.left + area.right) / 2, (area.top + area.bottom) / 2
        at = -pi / 2
        for index, value in enumerate(values):
            turn = 2 * pi * value / total
            if turn >= 2 * pi - 1e-6:
                self.dot(x, y, radius, _accent(index))
            elif turn:
                ends = [(x + radius * cos(a), y + radius * sin(a)) for a in (at, at + turn)]
                path = (f"M{number(x)} {number(y)}L{number(ends[0][0])} {number(ends[0][1])}"
                        f"A{number(radius)} {number(radius)} 0 {int(turn > pi)} 1 "
                        f"{number(ends[1][0])} {number(ends[1][1])}Z")  # fmt: skip
                look = {"fill": _accent(index), "stroke": "#fff", "stroke-width": ".75"}
                SubElement(self.root, "path", {"d": path, **look})
            if self.chart.series[0].labels and value:
                middle = at + turn / 2
                self.text(written(value, self.chart.series[0].format),
                          x + radius * 0.65 * cos(middle),
                          y + radius * 0.65 * sin(middle) + self.size * 0.35,
                          "middle", fill="#fff")  # fmt: skip
            at += turn
        if self.chart.kind == "doughnut":
            self.dot(x, y, radius / 2, "#fff")

    def _axes(self, area: _Area) -> None:
        chart = self.chart
        low, high, step = _scale(chart)
        shown = not all(series.labels for series in chart.series)
        names = [written(low + step * tick, _axis_format(chart)) for tick in
                 range(round((high - low) / step) + 1)] if shown else []  # fmt: skip
        widest = max((text_width(name, self.size) for name in chart.categories), default=0)
        values = max((text_width(name, self.size) for name in names), default=0)
        line = self.size * 1.6
        titles = {True: bool(chart.category_title), False: bool(chart.value_title)}
        beside = titles[chart.horizontal] * line
        below = titles[not chart.horizontal] * line
        room = (min(widest, area.width * 0.4) if chart.horizontal else values) + self.size * 0.7
        under = (line if names else 0) if chart.horizontal else line
        free = self.size * (1 if names else 2.5)
        plot = _Area(area.left + beside + room, area.top + self.size * 0.3, area.right - free,
                     area.bottom - below - under)  # fmt: skip
        span = plot.width if chart.horizontal else plot.height

        def place(value: float) -> float:
            share = (min(max(value, low), high) - low) / (high - low)
            return plot.left + share * span if chart.horizontal else plot.bottom - share * span

        for tick, name in enumerate(names):
            at = place(low + step * tick)
            self._tick(plot, at, name)
        self._titles(area, plot, line)
        if chart.kind in _LINES:
            self._lines(plot, place)
        else:
            self._bars(plot, place, max(low, 0))
        base = place(max(low, 0))
        ends = (
            [(base, plot.top), (base, plot.bottom)]
            if chart.horizontal
            else [(plot.left, base), (plot.right, base)]
        )
        self.line(ends, _AXIS, 0.75)
        self._categories(plot)

    def _tick(self, plot: _Area, at: float, name: str) -> None:
        if self.chart.horizontal:
            if self.chart.gridlines:
                self.line([(at, plot.top), (at, plot.bottom)], _GRID)
            self.text(name, at, plot.bottom + self.size * 1.3, "middle")
        else:
            if self.chart.gridlines:
                self.line([(plot.left, at), (plot.right, at)], _GRID)
            self.text(name, plot.left - self.size * 0.5, at + self.size * 0.35, "end")

    def _titles(self, area: _Area, plot: _Area, line: float) -> None:
        chart = self.chart
        below = chart.value_title if chart.horizontal else chart.category_title
        beside = chart.category_title if chart.horizontal else chart.value_title
        if below:
            self.text(below, (plot.left + plot.right) / 2, area.bottom - self.size * 0.3, "middle")
        if beside:
            x, y = area.left + self.size, (plot.top + plot.bottom) / 2
            self.text(beside, x, y, "middle")
            self.root[-1].set("transform", f"rotate(-90 {number(x)} {number(y)})")

    def _slots(self, plot: _Area) -> list[tuple[float, float]]:
        """Return where each category begins and how wide it is, the first on top or left."""
        count = max(
            len(self.chart.categories), *(len(each.values) for each in self.chart.series), 1
        )
        start, span = (plot.top, plot.height) if self.chart.horizontal else (plot.left, plot.width)
        return [(start + span * index / count, span / count) for index in range(count)]

    def _categories(self, plot: _Area) -> None:
        for (at, wide), name in zip(self._slots(plot), self.chart.categories, strict=False):
            if self.chart.horizontal:
                y = at + wide / 2 + self.size * 0.35
                self.text(name, plot.left - self.size * 0.6, y, "end")
            else:
                self.text(name, at + wide / 2, plot.bottom + self.size * 1.3, "middle")

    def _bars(self, plot: _Area, place: Place, base: float) -> None:
        chart = self.chart
        together = bool(chart.stacked)
        count = 1 if together else len(chart.series)
        for index, (at, wide) in enumerate(self._slots(plot)):
            thick = wide / (count + chart.gap / 100)
            start = at + (wide - thick * count) / 2
            bottom = base
            total = sum(abs(_value(each, index)) for each in chart.series) or 1
            for order, series in enumerate(chart.series):
                value = _value(series, index)
                share = value / total * 100 if chart.stacked == "percent" else value
                ends = (place(bottom), place(bottom + share)) if together else (
                    place(base), place(share))  # fmt: skip
                across = start + (0 if together else thick * order)
                self._bar(ends, across, thick, tint(series, order))
                label = written(value, series.format) if series.labels else ""
                if label and index < len(series.values) and series.values[index] is not None:
                    self._label(label, ends, across + thick / 2, inside=together)
                bottom += share if together else 0

    def _bar(self, ends: tuple[float, float], across: float, thick: float, fill: str) -> None:
        first, last = sorted(ends)
        if last - first <= 0:
            return
        if self.chart.horizontal:
            self.box(first, across, last - first, thick, fill)
        else:
            self.box(across, first, thick, last - first, fill)

    def _label(self, words: str, ends: tuple[float, float], middle: float, *, inside: bool) -> None:
        drop = self.size * 0.35
        if self.chart.horizontal:
            if inside:
                self.text(words, sum(ends) / 2, middle + drop, "middle", fill="#fff")
            else:
                self.text(words, max(ends) + self.size * 0.35, middle + drop)
        elif inside:
            self.text(words, middle, sum(ends) / 2 + drop, "middle", fill="#fff")
        else:
            self.text(words, middle, min(ends) - drop, "middle")

    def _lines(self, plot: _Area, place: Place) -> None:
        slots = self._slots(plot)
        for order, series in enumerate(self.chart.series):
            fill = tint(series, order)
            points = [
                (at + wide / 2, place(value))
                for (at, wide), value in zip(slots, series.values, strict=False)
                if value is not None
            ]
            if self.chart.kind == "area" and points:
                closed = [(points[0][0], plot.bottom), *points, (points[-1][0], plot.bottom)]
                self.line(closed, fill)
                self.root[-1].set("fill", fill)
            elif points:
                self.line(points, fill, 1.75)
            for (x, y), value in zip(points, [v for v in series.values if v is not None],
                                     strict=True):  # fmt: skip
                self.dot(x, y, 2, fill)
                if series.labels:
                    self.text(written(value, series.format), x, y - self.size * 0.6, "middle")


def tint(series: Series, index: int) -> str:
    """Return the colour of a series, its own or the one its order gives it."""
    return colour(series.colour, _accent(index))


def _accent(index: int) -> str:
    return f"#{_ACCENTS[index % len(_ACCENTS)].lower()}"


def _value(series: Series, index: int) -> float:
    return (series.values[index] or 0) if index < len(series.values) else 0


def text_width(words: str, size: float) -> float:
    """Return about how wide words are: a Chinese character is as wide as high, others half."""
    return sum(size if script(char) == "wide" else size * 0.52 for char in words)


def _rows(widths: Sequence[float], room: float) -> Iterator[tuple[int, int]]:
    """Yield first and last of what stands in each row of the room."""
    first, used = 0, 0.0
    for index, wide in enumerate(widths):
        if used + wide > room and index > first:
            yield first, index
            first, used = index, 0.0
        used += wide
    yield first, len(widths)


def _scale(chart: Chart) -> tuple[float, float, float]:
    """Return the least and the largest value of the axis, and the step between its marks."""
    if chart.stacked == "percent":
        return 0, 100, 20
    columns = range(max((len(each.values) for each in chart.series), default=0))
    if chart.stacked:
        found = [sum(_value(each, index) for each in chart.series) for index in columns]
    else:
        found = [value for each in chart.series for value in each.values if value is not None]
    low = min(0.0, *found) if found else 0.0
    high = max(found, default=1.0)
    low = chart.minimum if chart.minimum is not None else low
    given = chart.maximum
    high = given if given is not None else high
    if high <= low:
        high = low + 1
    step = _step((high - low) / _TICKS)
    if given is None:
        high = low + step * (floor((high - low) / step - 1e-9) + 1)
    return low, high, step


def _step(rough: float) -> float:
    """Return the round number next above."""
    size = 10 ** floor(log10(rough)) if rough > 0 else 1.0
    return next((size * each for each in _STEPS if size * each >= rough - 1e-12), size * 10)


def _axis_format(chart: Chart) -> str:
    return "0%%" if chart.stacked == "percent" else "General"


def written(value: float, form: str) -> str:
    """Return a value as its format code writes it (ISO/IEC 29500-1, 18.8.31).

    Only what charts of documents use: digits after the point, separators, percent, and sections
    for negative values and zero; an empty section writes nothing.
    """
    sections = form.split(";")
    if len(sections) >= 3 and not value:
        return _section(0, sections[2]) if sections[2] else ""
    if len(sections) >= 2 and value < 0:
        return _section(-value, sections[1]) if sections[1] else ""
    return _section(value, sections[0])


def _section(value: float, code: str) -> str:
    if code == "0%%":
        return f"{value:g}%"
    if code in ("General", ""):
        return f"{value:.10g}"
    found = _DIGITS.search(code)
    if found is None:
        return code.replace('"', "")
    digits = len((found[1] or ".")[1:])
    separator = "," if "," in found[0] else ""
    shown = f"{value * 100 if '%' in code else value:{separator}.{digits}f}"
    return (code[: found.start()] + shown + code[found.end() :]).replace('"', "")
