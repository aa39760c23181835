"""Tables: the grid, merges, the line on each edge, conditional formats, what rows do."""

from __future__ import annotations

import pytest

from salesdocs.word.shown.model import Border, Paragraph, Table
from tests.word.shown.build import cell, p, style, table, texts, the_table

LINE = 'w:val="single" w:sz="4" w:color="000000"'
THICK = 'w:val="single" w:sz="12" w:color="000000"'
THIN, WIDE = Border("single", 0.5, "000000"), Border("single", 1.5, "000000")
GRIDDED = (
    "<w:tblBorders>" + "".join(f"<w:{side} {LINE}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")) + "</w:tblBorders>"
)  # fmt: skip


def sides(of: Table) -> list[list[str]]:
    """The letters of the sides that each cell has a line on."""
    return [
        [
            "".join(side[0] for side in ("top", "left", "bottom", "right") if side in each.borders)
            for each in row.cells
        ]
        for row in of.rows
    ]


def test_a_cell_spans_columns_and_rows_and_a_merge_is_listed_once() -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = the_table(
        table(
            [
                [cell("甲", start), cell("乙", '<w:gridSpan w:val="2"/>')],
                [cell("", on), cell("丙"), cell("丁")],
                [cell("", on), cell("戊"), cell("己")],
            ],
            grid=(1000, 2000, 3000),
        )
    )
    assert found.grid == (50, 100, 150)
    assert [[(each.start, each.span, each.rows, each.width) for each in row.cells] for row in found.rows] == [
        [(0, 1, 3, 50), (1, 2, 1, 250)], [(1, 1, 1, 100), (2, 1, 1, 150)], [(1, 1, 1, 100), (2, 1, 1, 150)],
    ]  # fmt: skip


def test_cells_merged_the_old_way_and_rows_that_begin_later_are_read() -> None:
    row = (
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>'
        + cell("甲", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>") + "</w:tr>"
    )  # fmt: skip
    body = table([[cell("一"), cell("二"), cell("三")]], grid=(100, 100, 100)).replace(
        "</w:tbl>", row + "</w:tbl>"
    )
    assert [(each.start, each.span) for each in the_table(body).rows[1].cells] == [(1, 2)]


def test_inner_lines_are_drawn_between_cells_and_outer_ones_around() -> None:
    borders = f"<w:tblBorders><w:top {THICK}/><w:insideH {LINE}/></w:tblBorders>"
    found = the_table(
        table([[cell("一"), cell("二")], [cell("三"), cell("四")]], borders, (100, 100))
    )
    assert sides(found) == [["tb", "tb"], ["t", "t"]]
    assert found.rows[0].cells[0].borders == {"top": WIDE, "bottom": THIN}


def test_what_a_cell_says_wins_over_the_table_on_both_sides_of_the_edge() -> None:
    none = '<w:tcBorders><w:right w:val="nil"/></w:tcBorders>'
    found = the_table(table([[cell("一", none), cell("二")]], GRIDDED, (100, 100)))
    assert sides(found) == [["tlb", "tbr"]]
    heavy = f"<w:tcBorders><w:left {THICK}/></w:tcBorders>"
    found = the_table(table([[cell("一"), cell("二", heavy)]], GRIDDED, (100, 100)))
    assert found.rows[0].cells[0].borders["right"] == found.rows[0].cells[1].borders["left"] == WIDE


def test_of_two_cells_that_speak_a_line_wins_over_none_and_the_heavier_over_the_lighter() -> None:
    def edge(one: str, two: str) -> Border | None:
        body = table(
            [[cell("一", f"<w:tcBorders><w:right {one}/></w:tcBorders>"), cell("二", f"<w:tcBorders><w:left {two}/></w:tcBorders>")]],
            grid=(100, 100),
        )  # fmt: skip
        return the_table(body).rows[0].cells[0].borders.get("right")

    assert edge('w:val="nil"', LINE) == THIN
    assert edge(THICK, LINE) == WIDE
    assert edge(LINE, THICK) == WIDE
    assert edge('w:val="nil"', 'w:val="nil"') is None


def test_a_wide_cell_leaves_its_lower_edge_to_the_cells_below_where_they_differ() -> None:
    line = f"<w:tcBorders><w:top {THICK}/></w:tcBorders>"
    body = table(
        [
            [cell("一", '<w:gridSpan w:val="2"/>')],
            [cell("二", line), cell("三", '<w:tcBorders><w:top w:val="nil"/></w:tcBorders>')],
        ],
        grid=(100, 100),
    )
    assert sides(the_table(body)) == [[""], ["t", ""]]


def test_a_merged_cell_ends_with_the_lower_line_of_its_last_row() -> None:
    body = table(
        [[cell("一", '<w:vMerge w:val="restart"/>')], [cell("", f"<w:vMerge/><w:tcBorders><w:bottom {THICK}/></w:tcBorders>")]],
        grid=(100,),
    )  # fmt: skip
    assert the_table(body).rows[0].cells[0].borders == {"bottom": WIDE}


CONDITIONAL = style(
    "t",
    kind="table",
    more='w:default="0"',
).replace(
    "</w:style>",
    '<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblCellMar><w:left w:w="200" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
    f'<w:bottom {THICK}/></w:tcBorders><w:shd w:val="clear" w:fill="000000"/></w:tcPr></w:tblStylePr>'
    '<w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:val="clear" w:fill="EEEEEE"/></w:tcPr></w:tblStylePr>'
    '<w:tblStylePr w:type="firstCol"><w:rPr><w:i/></w:rPr></w:tblStylePr></w:style>',
)  # fmt: skip


@pytest.mark.parametrize(
    ("look", "shades", "styles_of_first"),
    [
        ('w:val="04A0"', ["000000", "EEEEEE", "", "EEEEEE"], (True, True)),
        ('w:val="0000" w:firstRow="1" w:noHBand="1"', ["000000", "", "", ""], (True, False)),
        ('w:val="0600"', ["", "", "", ""], (False, False)),
        ('w:val="0400"', ["EEEEEE", "", "EEEEEE", ""], (False, False)),
    ],
)
def test_parts_of_the_table_style_hold_where_the_table_asks_for_them(
    look: str, shades: list[str], styles_of_first: tuple[bool, bool]
) -> None:
    properties = f'<w:tblStyle w:val="t"/><w:tblLook {look}/>'
    found = the_table(
        table([[cell("字")] for _ in range(4)], properties, (100,)), styles=CONDITIONAL
    )
    assert [row.cells[0].shade for row in found.rows] == shades
    first = found.rows[0].cells[0]
    assert isinstance(first.blocks[0], Paragraph)
    letters = texts(first.blocks[0])[0].look
    assert (letters.bold, letters.italic) == styles_of_first
    assert first.margins == (0, 5.4, 0, 10)
    if shades[0] == "000000":
        assert first.borders == {"bottom": WIDE}
        assert letters.colour == "FFFFFF"


def test_rows_have_heights_heads_and_stay_whole() -> None:
    def row(properties: str) -> str:
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cell('字')}</w:tr>"

    body = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='100'/></w:tblGrid>" + "".join(
        (
            row('<w:tblHeader/><w:trHeight w:val="400"/>'),
            row('<w:cantSplit/><w:trHeight w:val="300" w:hRule="exact"/>'),
            row("<w:tblHeader/>"),
        )
    ) + "</w:tbl>"  # fmt: skip
    found = [
        (each.height, each.exact, each.cant_split, each.header) for each in the_table(body).rows
    ]
    # Word repeats only rows at the head of a table.
    assert found == [(20, False, False, True), (15, True, True, False), (0, False, False, False)]


def test_a_deleted_row_is_not_shown_and_an_inserted_one_is() -> None:
    body = table([[cell("一")], [cell("二")], [cell("三")]], grid=(100,))
    body = body.replace("<w:tr>", "<w:tr><w:trPr><w:ins w:id='1'/></w:trPr>", 1)
    head, mark, rest = body.rpartition("<w:tr>")
    found = the_table(head + "<w:tr><w:trPr><w:del w:id='2'/></w:trPr>" + rest)
    assert mark and len(found.rows) == 2


SETTINGS = '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="x" w:val="{}"/></w:compat>'


@pytest.mark.parametrize(("mode", "expected"), [("15", 10.0), ("14", 4.6), ("", 4.6)])
def test_the_indent_is_that_of_the_edge_and_up_to_word_2010_that_of_the_text(
    mode: str, expected: float
) -> None:
    body = table([[cell("字")]], '<w:tblInd w:w="200" w:type="dxa"/>', (100,))
    settings = SETTINGS.format(mode) if mode else ""
    assert the_table(body, settings=settings).indent == expected


def test_fixed_columns_obey_their_cells_and_open_ones_share_what_is_left() -> None:
    width = '<w:tcW w:w="{}" w:type="dxa"/>'
    fixed = '<w:tblLayout w:type="fixed"/>'
    body = table(
        [[cell("一", width.format(500)), cell("二", width.format(700))]], fixed, (100, 100)
    )
    assert the_table(body).grid == (25, 35)
    page = '<w:sectPr><w:pgSz w:w="10000" w:h="10000"/><w:pgMar w:left="1000" w:right="1000"/></w:sectPr>'
    assert the_table(table([[cell("一"), cell("二")]], fixed) + page).grid == (200, 200)
    half = '<w:tblW w:w="2500" w:type="pct"/>'
    assert the_table(table([[cell("一"), cell("二")]], half, (100, 300)) + page).grid == (50, 150)


def test_a_table_stands_in_a_cell_and_a_cell_can_lie_on_its_side() -> None:
    inner = table([[cell("内")]], grid=(50,))
    body = table(
        [
            [
                f'<w:tc><w:tcPr><w:textDirection w:val="tbRlV"/><w:vAlign w:val="center"/><w:noWrap/></w:tcPr>{inner}{p("外")}</w:tc>'
            ]
        ],
        grid=(100,),
    )
    found = the_table(body).rows[0].cells[0]
    assert [type(each) for each in found.blocks] == [Table, Paragraph]
    assert (found.direction, found.v_align, found.no_wrap) == ("tbRl", "center", True)


def test_a_table_floats_and_has_a_caption() -> None:
    properties = '<w:tblpPr w:vertAnchor="page" w:horzAnchor="margin" w:tblpX="100" w:tblpY="200" w:leftFromText="180"/><w:jc w:val="center"/><w:tblCaption w:val="报价"/>'
    found = the_table(table([[cell("字")]], properties, (100,)))
    assert found.place is not None
    assert (found.place.h_from, found.place.v_from, found.place.x, found.place.y) == (
        "margin",
        "page",
        5,
        10,
    )
    assert (found.place.distance, found.align, found.caption) == ((0, 0, 0, 9), "center", "报价")


def test_a_span_without_end_costs_nothing() -> None:
    body = table([[cell("一", '<w:gridSpan w:val="999999999"/>'), cell("二")]], grid=(100,))
    found = the_table(body)
    assert len(found.grid) == 1024
    assert [len(row.cells) for row in found.rows] == [1]
