"""Charts show their values: the words and numbers stand in the PDF, bars are as long as they say."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from salesdocs.pdf.charts import chart_svg, written
from salesdocs.word.shown.model import Chart, Series

from .papers import paragraph, printed, words

KINDS = ("bar", "line", "area", "pie", "doughnut", "scatter", "radar")


def chart(kind: str = "bar", **changes: object) -> Chart:
    series = changes.pop(
        "series", (Series("得分", (4.0, 2.0, None), "1F4E79", "0.0", labels=True),)
    )
    return Chart(kind, ("甲", "乙", "丙"), series, 400, 200, **changes)  # type: ignore[arg-type]


def shapes(made: Chart, tag: str) -> list[dict[str, str]]:
    root = ElementTree.fromstring(chart_svg(made))
    return [each.attrib for each in root.iter("{http://www.w3.org/2000/svg}" + tag)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("legend", ["", "top", "bottom", "left", "right"])
def test_every_kind_is_drawn_with_title_names_and_values(kind: str, legend: str) -> None:
    made = chart(kind, title="评分", legend=legend)
    pdf = printed(paragraph(made))
    found = words(pdf)
    assert "评分" in found and "4.0" in found
    if kind not in ("pie", "doughnut") or legend:
        assert all(name in found for name in "甲乙丙")


def test_bars_are_as_long_as_their_values() -> None:
    for horizontal, side in ((True, "width"), (False, "height")):
        long, short = (float(each[side]) for each in shapes(chart(horizontal=horizontal), "rect"))
        assert long == pytest.approx(2 * short, rel=0.01)


def test_stacked_bars_stand_end_to_end_and_percent_fills_the_axis() -> None:
    series = tuple(
        Series(name, (value, 1, 1), format="0", labels=True)
        for name, value in (("甲", 3), ("乙", 1))
    )
    first, second, *_ = shapes(chart(series=series, horizontal=True, stacked="percent"), "rect")
    assert float(first["x"]) + float(first["width"]) == pytest.approx(float(second["x"]), abs=0.01)
    assert float(first["width"]) == pytest.approx(3 * float(second["width"]), rel=0.01)


def test_an_axis_has_round_numbers_where_values_are_not_written() -> None:
    made = chart(series=(Series("得分", (37.0, 12.0, 5.0)),))
    found = re.findall(r">(\d+)<", chart_svg(made).decode())
    assert found == ["0", "10", "20", "30", "40"]


def test_words_of_a_chart_are_no_markup() -> None:
    made = Chart("bar", ("<b>&",), (Series("<i>", (1.0,)),), 200, 100, title="</svg>", legend="top")
    assert ElementTree.fromstring(chart_svg(made)) is not None


@pytest.mark.parametrize("values", [(), (None,), (0.0,), (-5.0, 3.0), (1e12,), (1e-9,)])
def test_odd_values_are_drawn(values: tuple[float | None, ...]) -> None:
    for kind in KINDS:
        chart_svg(chart(kind, series=(Series("得分", values, labels=True),)))
    chart_svg(chart(series=()))


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [(4.5, "0.00", "4.50"), (0, "0.00;;", ""), (3, "General;;", "3"), (-2, "0.0;(0.0);零", "(2.0)"),
     (0.125, "0.0%", "12.5%"), (1128000, "#,##0", "1,128,000"), (1128000.5, "#,##0.00", "1,128,000.50")],
)  # fmt: skip
def test_values_are_written_as_their_format_says(value: float, code: str, text: str) -> None:
    assert written(value, code) == text
