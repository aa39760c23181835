"""Tables stand on their grid, keep their rows, repeat their heads: measured in the PDF."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from salesdocs.word.shown.model import Border, Cell, Row, Table

from .papers import WIDTH, paragraph, place, printed, signs, table, words

LEFT, TOP = 90, 72


def test_text_of_a_cell_stands_its_margin_from_the_grid() -> None:
    pdf = printed(table("甲乙", "丙丁", widths=(100, 200)))
    assert place(pdf, "甲").x == pytest.approx(LEFT + 5.4, abs=0.3)
    assert place(pdf, "乙").x == pytest.approx(LEFT + 100 + 5.4, abs=0.3)


@pytest.mark.parametrize("height", [22.7, 40])
def test_rows_are_as_high_as_they_are_to_be(height: float) -> None:
    pdf = printed(table("甲", "乙", "丙", height=height))
    assert place(pdf, "乙").y - place(pdf, "甲").y == pytest.approx(height, abs=0.3)
    assert place(pdf, "丙").y - place(pdf, "乙").y == pytest.approx(height, abs=0.3)


def test_a_row_grows_with_its_text_but_one_of_exact_height_does_not() -> None:
    rows = table("甲", "乙", height=10).rows
    grown = printed(Table((WIDTH,), rows))
    held = printed(Table((WIDTH,), tuple(replace(row, exact=True) for row in rows)))
    assert place(grown, "乙").y - place(grown, "甲").y == pytest.approx(20.5, abs=0.1)
    assert place(held, "乙").y - place(held, "甲").y == pytest.approx(10, abs=0.1)


def test_a_merged_cell_takes_its_columns_and_rows_and_no_other_height() -> None:
    def cell(words: str, start: int, span: int = 1, rows: int = 1) -> Cell:
        return Cell(start, span, (paragraph(words),), rows)

    rows = (
        Row((cell("甲", 0, rows=2), cell("乙", 1), cell("丙", 2)), height=30),
        Row((cell("丁", 1, span=2),), height=30),
        Row((cell("戊", 0), cell("己", 1), cell("庚", 2)), height=30),
    )
    pdf = printed(Table((100, 100, 100), rows))
    assert place(pdf, "丁").x == pytest.approx(place(pdf, "乙").x, abs=0.05)
    assert place(pdf, "戊").x == pytest.approx(place(pdf, "甲").x, abs=0.05)
    assert place(pdf, "戊").y - place(pdf, "甲").y == pytest.approx(60, abs=0.3)


def test_the_head_is_repeated_on_each_page_and_rows_are_not_parted() -> None:
    body = [("文字" * 40,)] * 30
    pdf = printed(table(("头",), *body, header=1, split=False))
    pages = {sign.page for sign in signs(pdf)}
    assert len(pages) > 2
    for page in pages:
        assert words(pdf, page).startswith("头")
        assert words(pdf, page).count("文") % 40 == 0


def test_rows_whose_first_paragraph_keeps_with_the_next_stay_together() -> None:
    filler = [paragraph("行") for _ in range(32)]
    loose = printed(*filler, table("甲", "乙", "丙", "丁"))
    kept = printed(*filler, table("甲", "乙", "丙", "丁", keep_next=True), paragraph("后"))
    assert {place(loose, char).page for char in "甲丁"} == {1, 2}
    assert {place(kept, char).page for char in "甲乙丙丁后"} == {2}


def test_a_table_in_the_middle_or_at_the_right_stands_there() -> None:
    for align, x in (("center", (WIDTH - 100) / 2), ("right", WIDTH - 100), ("left", 30)):
        made = replace(table("甲", widths=(100,)), align=align, indent=30 if align == "left" else 0)
        assert place(printed(made), "甲").x == pytest.approx(LEFT + x + 5.4, abs=0.3)


def test_only_tables_of_data_are_tables_to_who_hears_the_page() -> None:
    def tags(pdf: bytes) -> list[str]:
        with pikepdf.open(BytesIO(pdf)) as opened:
            return [
                str(each["/S"])
                for each in opened.objects
                if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"
            ]

    data, places = printed(table("甲乙", "丙丁")), printed(table("甲乙", "丙丁", lines=False))
    assert tags(data).count("/Table") == 1 and tags(data).count("/TH") == 2
    assert "/Table" not in tags(places) and "/TD" not in tags(places)


def test_a_line_is_drawn_where_a_cell_has_one() -> None:
    import pypdfium2

    none = printed(table("甲", lines=False))
    some = printed(table("甲"))
    thick = Cell(0, 1, (paragraph("甲"),), borders={"top": Border(width=3, colour="FF0000")})
    red = printed(Table((WIDTH,), (Row((thick,)),)))

    def ink(pdf: bytes) -> set[tuple[int, ...]]:
        page = pypdfium2.PdfDocument(pdf)[0]
        image = page.render(scale=2).to_pil().convert("RGB")
        return {image.getpixel((x, y)) for x in (400, 900) for y in range(2 * TOP - 8, 2 * TOP + 8)}

    assert ink(none) == {(255, 255, 255)}
    assert len(ink(some)) > 1
    assert (255, 0, 0) in ink(red)
