"""Reads charts: the values that Word saved with them, and how they are labelled.

No workbook is opened: what shows is what the chart's own caches hold (ISO/IEC 29500-1, 21.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Final, Literal

from lxml import etree

from salesdocs.word.shown.measures import number, whole
from salesdocs.word.shown.model import Chart, Look, Place, Series
from salesdocs.word.shown.names import A, C
from salesdocs.word.shown.reading import Reading

_KINDS: Final = {
    "barChart": "bar", "bar3DChart": "bar", "lineChart": "line", "line3DChart": "line",
    "pieChart": "pie", "pie3DChart": "pie", "ofPieChart": "pie", "doughnutChart": "doughnut",
    "areaChart": "area", "area3DChart": "area", "scatterChart": "scatter", "radarChart": "radar",
    "bubbleChart": "bubble", "stockChart": "stock", "surfaceChart": "surface",
    "surface3DChart": "surface",
}  # fmt: skip
_FLAT: Final = frozenset(("bar3DChart", "line3DChart", "pie3DChart", "ofPieChart", "area3DChart"))
_SIDES: Final[Mapping[str, Literal["top", "bottom", "left", "right"]]] = {
    "t": "top", "b": "bottom", "l": "left", "r": "right", "tr": "right",
}  # fmt: skip
_STACKS: Final[Mapping[str, Literal["", "stacked", "percent"]]] = {
    "stacked": "stacked", "percentStacked": "percent",
}  # fmt: skip
_MOST: Final = 4096  # points of a series; a chart of more cannot be read on paper
_ACCENTS: Final = 6


def read_chart(
    reading: Reading,
    part: str,
    size: tuple[float, float],
    place: Place | None,
    alt: str,
    look: Look,
) -> Chart | None:
    """Return the chart of a part, None where there is none or it draws nothing we know."""
    root = reading.parts.root(part)
    area = None if root is None else root.find(f".//{{{C}}}plotArea")
    if root is None or area is None:
        return None
    plots = [child for child in area if _local(child) in _KINDS]
    if not plots:
        return None
    first = plots[0]
    if len(plots) > 1:
        reading.miss(f"{{{C}}}plotArea {' + '.join(_local(each) for each in plots)}")
    if _local(first) in _FLAT:
        reading.miss(str(first.tag))
    holders = [(plot, each) for plot in plots for each in plot.iterfind(f"{{{C}}}ser")]
    series = tuple(
        _series(reading, each, plot, place_) for place_, (plot, each) in enumerate(holders)
    )
    categories = _categories(holders[0][1]) if holders else ()
    axes = _axes(area)
    values = axes.get("valAx")
    legend = root.find(f".//{{{C}}}legend")
    side = _value(legend, "legendPos", "r") if legend is not None else ""
    return Chart(
        _KINDS[_local(first)],
        categories,
        series,
        size[0],
        size[1],
        _title(root.find(f"{{{C}}}chart/{{{C}}}title"), series, root),
        alt,
        _value(first, "barDir", "col") == "bar",
        _STACKS.get(_value(first, "grouping", ""), ""),
        _SIDES.get(side, ""),
        _words(axes.get("catAx", axes.get("dateAx"))),
        _words(values),
        _bound(values, "min"),
        _bound(values, "max"),
        values is not None and values.find(f"{{{C}}}majorGridlines") is not None,
        float(whole(_value(first, "gapWidth", "150"), 150, 0, 500)),
        _look(reading, root, look),
        place,
    )


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: etree._Element | None, name: str, default: str) -> str:
    child = None if element is None else element.find(f"{{{C}}}{name}")
    return default if child is None else child.get("val", default)


def _axes(area: etree._Element) -> dict[str, etree._Element]:
    found: dict[str, etree._Element] = {}
    for child in area:
        name = _local(child)
        if name in {"catAx", "valAx", "dateAx", "serAx"}:
            found.setdefault(name, child)
    return found


def _bound(axis: etree._Element | None, name: str) -> float | None:
    scaling = None if axis is None else axis.find(f"{{{C}}}scaling/{{{C}}}{name}")
    return None if scaling is None else number(scaling.get("val"))


def _words(axis: etree._Element | None) -> str:
    title = None if axis is None else axis.find(f"{{{C}}}title")
    return "" if title is None else _text(title)


def _text(element: etree._Element) -> str:
    """Return the text of a title: rich text by paragraphs, else the cached cell."""
    paragraphs = [
        "".join(each.text or "" for each in paragraph.iter(f"{{{A}}}t"))
        for paragraph in element.iter(f"{{{A}}}p")
    ]
    said = "\n".join(each for each in paragraphs if each)
    return said or "".join(each.text or "" for each in element.iter(f"{{{C}}}v"))


def _title(title: etree._Element | None, series: tuple[Series, ...], root: etree._Element) -> str:
    """Return the title; of a single series, unless taken away, its name stands in for one."""
    said = "" if title is None else _text(title)
    if said or title is None:
        return said
    deleted = _value(root.find(f"{{{C}}}chart"), "autoTitleDeleted", "0") in {"1", "true"}
    return series[0].name if len(series) == 1 and not deleted else ""


def _points(holder: etree._Element | None) -> dict[int, str]:
    """Return the cached points by their place."""
    found: dict[int, str] = {}
    points = holder.iter(f"{{{C}}}pt") if holder is not None else iter(())
    for point in islice(points, _MOST):
        place = whole(point.get("idx"), -1, -1, _MOST)
        value = point.find(f"{{{C}}}v")
        if 0 <= place < _MOST and value is not None:
            found[place] = value.text or ""
    return found


def _count(holder: etree._Element | None, points: dict[int, str]) -> int:
    sizes = [] if holder is None else list(holder.iter(f"{{{C}}}ptCount"))
    said = whole(sizes[0].get("val"), 0, 0, _MOST) if sizes else 0
    return max(said, max(points, default=-1) + 1)


def _categories(series: etree._Element) -> tuple[str, ...]:
    holder = series.find(f"{{{C}}}cat")
    if holder is None:
        holder = series.find(f"{{{C}}}xVal")
    level = None if holder is None else holder.find(f".//{{{C}}}lvl")
    points = _points(level if level is not None else holder)
    return tuple(points.get(place, "") for place in range(_count(holder, points)))


def _series(reading: Reading, element: etree._Element, plot: etree._Element, place: int) -> Series:
    values = element.find(f"{{{C}}}val")
    if values is None:
        values = element.find(f"{{{C}}}yVal")
    points = _points(values)
    form = None if values is None else values.find(f".//{{{C}}}formatCode")
    labels = element.find(f"{{{C}}}dLbls")
    if labels is None:
        labels = plot.find(f"{{{C}}}dLbls")
    own = None if labels is None else labels.find(f"{{{C}}}numFmt")
    shows = (
        labels is not None
        and _value(labels, "delete", "0") not in {"1", "true"}
        and any(_value(labels, name, "0") in {"1", "true"} for name in ("showVal", "showPercent"))
    )
    name = element.find(f"{{{C}}}tx")
    written = (form.text or "General") if form is not None else "General"
    return Series(
        "" if name is None else _text(name),
        tuple(number(points.get(at)) for at in range(_count(values, points))),
        _colour(reading, element, place),
        written if own is None else own.get("formatCode", written),
        shows,
    )


def _colour(reading: Reading, element: etree._Element, place: int) -> str:
    """Return the colour of a series: its own, else the accent of the theme at its place."""
    properties = element.find(f"{{{C}}}spPr")
    for child in properties if properties is not None else ():
        fill = child.find(f"{{{A}}}solidFill") if _local(child) == "ln" else child
        if _local(child) in {"solidFill", "ln"} and fill is not None:
            found, _ = reading.theme.drawn(fill)
            if found:
                return found
    return reading.theme.colour(f"accent{place % _ACCENTS + 1}")


def _look(reading: Reading, root: etree._Element, look: Look) -> Look:
    """Return the look of a chart's letters: its own text properties over the theme's fonts."""
    fonts = reading.theme
    found = replace(
        look,
        latin=fonts.font("minorHAnsi") or look.latin,
        east_asian=fonts.font("minorEastAsia") or look.east_asian,
        size=10.0,
        bold=False,
        italic=False,
        colour="",
        shade="",
    )
    holder = root.find(f"{{{C}}}txPr")
    said = None if holder is None else holder.find(f".//{{{A}}}defRPr")
    if said is None:
        return found
    size = number(said.get("sz"))
    faces = {_local(each): each.get("typeface", "") for each in said}
    latin, east = (_named(reading, faces.get(name, "")) for name in ("latin", "ea"))
    return replace(
        found,
        size=size / 100 if size and 100 <= size <= 40000 else found.size,
        bold=said.get("b") in {"1", "true"},
        colour=reading.theme.drawn(said.find(f"{{{A}}}solidFill"))[0],
        latin=latin or found.latin,
        east_asian=east or found.east_asian,
    )


_THEME_FACES: Final = {
    "+mn-lt": "minorHAnsi", "+mj-lt": "majorHAnsi", "+mn-ea": "minorEastAsia",
    "+mj-ea": "majorEastAsia",
}  # fmt: skip


def _named(reading: Reading, face: str) -> str:
    """Return a font by its name, or by its place in the theme (`+mn-ea`)."""
    return reading.theme.font(_THEME_FACES[face]) if face in _THEME_FACES else face
