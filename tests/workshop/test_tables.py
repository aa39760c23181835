"""Tables and forms: grids add up, tags stand alone in their rows, no cell is ever empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.findings import Phrase
from salesdocs.workshop.blocks import (
    Band,
    Bullets,
    Column,
    Field,
    Form,
    FormRows,
    Given,
    Paragraph,
    Rows,
    SpanRow,
    Stack,
    Table,
    Tinted,
    Together,
    When,
)
from salesdocs.workshop.house import HOUSES
from salesdocs.workshop.markup import qualified
from salesdocs.workshop.sheet import Sheet
from salesdocs.workshop.tables import shares
from tests.workshop.gallery import find, text

W_VAL = qualified("w:val")


def rows(block, lang="zh"):
    """The rows of a laid block as lists of cell texts."""
    laid = list(block.lay(Sheet(lang, HOUSES["form"], {})))
    table = next(element for element in laid if element.tag == qualified("w:tbl"))
    return [[text(cell) for cell in find(row, "w:tc")] for row in find(table, "w:tr")]


def spans(block):
    laid = list(block.lay(Sheet("zh", HOUSES["form"], {})))
    table = next(element for element in laid if element.tag == qualified("w:tbl"))
    width = len(find(table, "w:gridCol"))
    for row in find(table, "w:tr"):
        found = [cell.find(f".//{qualified('w:gridSpan')}") for cell in find(row, "w:tc")]
        yield width, sum(1 if span is None else int(span.get(W_VAL)) for span in found)


@given(st.lists(st.floats(0.5, 100), min_size=1, max_size=14), st.integers(2000, 14000))
def test_columns_share_the_width_to_the_last_twip(weights, width):
    split = shares(weights, width)
    assert sum(split) == width
    assert all(part >= 0 for part in split)


def test_rows_of_a_list_stand_between_tag_rows_with_a_line_for_the_empty_list():
    table = Table((Column("A", "{{ x }}"), Column("B", "{{ x }}")), each="x in xs")
    assert rows(table) == [
        ["A", "B"],
        ["{%tr for x in xs %}"],
        ["{{ x }}", "{{ x }}"],
        ["{%tr else %}"],
        ["无"],
        ["{%tr endfor %}"],
    ]


def test_the_total_row_begins_with_its_label_over_the_columns_before():
    table = Table((Column("A"), Column("B"), Column("C", total="{{ sum }}")), rows=())
    assert rows(table)[-1] == ["合计", "{{ sum }}"]


def test_what_has_no_total_is_struck_out_below():
    table = Table((Column("A"), Column("B", total="{{ sum }}"), Column("C")), rows=())
    assert rows(table)[-1] == ["合计", "{{ sum }}", "/"]


def test_several_groups_of_rows_stand_in_one_table():
    given = Rows(("{{ x }}", "1"), each="x in xs")
    still_open = Rows(("{{ y }}", ""), each="y in ys", condition="ys", height=20)
    table = Table((Column("A"), Column("B")), rows=(given, ("fixed", "2"), still_open))
    assert [row[0] for row in rows(table)] == [
        "A", "{%tr for x in xs %}", "{{ x }}", "{%tr endfor %}", "fixed",
        "{%tr if ys %}", "{%tr for y in ys %}", "{{ y }}", "{%tr endfor %}", "{%tr endif %}",
    ]  # fmt: skip


def test_small_tables_take_the_small_styles_throughout():
    below = (SpanRow("1", "2"),)
    table = Table((Column("A"), Column("B", total="1")), each="x in xs", below=below, small=True)
    laid = list(table.lay(_sheet()))
    styles = {style.get(W_VAL) for style in find(laid[0], "w:pStyle")}
    assert styles == {f"{name}Small" for name in ("TableHead", "TableText", "TableCentre")}


@pytest.mark.parametrize("said", ["loop.index % 2 == 0", "x == {}"])
@pytest.mark.parametrize(
    "lay",
    [
        lambda said: list(When(said, (Paragraph("1"),)).lay(_sheet())),
        lambda said: list(Paragraph(Given(said, "1")).lay(_sheet())),
        lambda said: rows(Table((Column("A"),), each=f"x in xs if {said}")),
    ],
    ids=["block", "words", "rows"],
)
def test_conditions_that_the_reader_of_templates_would_misread_are_refused(lay, said):
    with pytest.raises(ValueError, match="neither % nor }"):
        lay(said)


def test_what_stays_together_is_tied_up_to_its_last_gap():
    laid = list(Together((Paragraph("1"), Table((Column("A"),), rows=(("1",),)))).lay(_sheet()))
    kept = [bool(find(element, "w:keepNext")) for element in laid]
    assert kept == [True, True, True, False]


def test_a_table_signed_below_keeps_its_end_to_the_seal():
    columns = (Column("A", "{{ x }}"), Column("B", total="1"))
    signed = Table(columns, each="x in xs", below=(SpanRow("2", "3"),), notes=("4",), signed=True)
    laid, note = signed.lay(_sheet())
    kept = [bool(find(row, "w:keepNext")) for row in find(laid, "w:tr")]
    assert kept == [False, False, False, False, False, False, True, True]
    assert find(note, "w:keepNext")


def test_the_first_row_repeats_on_each_page():
    laid = list(Table((Column("A"),), rows=(("1",),), unit="CNY").lay(sheet := _sheet()))
    headers = [bool(find(row, "w:tblHeader")) for row in find(laid[0], "w:tr")]
    assert headers == [True, True, False]
    assert sheet.lists == 0


def _sheet():
    return Sheet("zh", HOUSES["form"], {})


@pytest.mark.parametrize(
    "block",
    [
        Table((Column("A"), Column("B"), Column("C", total="1")), each="x in xs", unit="CNY"),
        Table(
            (Column("A"), Column("B"), Column("C")), below=(SpanRow("1", "2", 2, each="x in y"),)
        ),
        Form((Field("1", "a"), Field("2", "b"), Field("3", "c"), Band("4"), Field("5", "d"))),
        Form((Field("1", "a", whole=True), Field("2", "b")), columns=2),
        Form((FormRows((Field("1", "a"),), each="x in xs", condition="a"),)),
    ],
    ids=["totals", "rows below", "form", "two columns", "repeated rows"],
)
def test_the_cells_of_every_row_fill_the_grid(block):
    assert all(width == filled for width, filled in spans(block))


def test_fields_share_rows_in_pairs_and_long_ones_stand_alone():
    form = Form((Field("1", "a"), Field("2", "b", tall=20), Field("3", "c"), Field("4", "d")))
    assert rows(form) == [["1", "a"], ["2", "b"], ["3", "c", "4", "d"]]


def test_a_cell_whose_paragraphs_can_go_keeps_one_that_stays():
    content = Stack((Bullets(each="x in xs", words="{{ x }}"),))
    laid = list(Table((Column("A"),), rows=((content,),)).lay(_sheet()))
    last = find(laid[0], "w:tc")[-1][-1]
    assert last.tag == qualified("w:p")
    assert text(last) == ""


def test_no_row_breaks_across_pages():
    laid = list(Table((Column("A"),), each="x in xs", unit="CNY").lay(_sheet()))
    assert all(find(row, "w:cantSplit") for row in find(laid[0], "w:tr"))


def test_an_empty_list_is_none_in_english():
    table = Table((Column(Phrase("甲", "A"), "{{ x }}"),), each="x in xs")
    assert ["None"] in rows(table, "en")


def test_a_tinted_cell_takes_the_shade_of_the_condition_that_holds():
    lit = Tinted("{{ row.light }}", (("row.late", "F8CBAD"), ("row.issue", "FFE699")))
    table = Table((Column("A", "{{ row.a }}"), Column("B", lit)), each="row in rows")
    said = next(row for row in rows(table) if "{{ row.a }}" in row)
    assert said == [
        "{{ row.a }}",
        "{%tc if row.late %}", "{{ row.light }}",
        "{%tc elif row.issue %}", "{{ row.light }}",
        "{%tc else %}", "{{ row.light }}",
        "{%tc endif %}",
    ]  # fmt: skip
    laid = list(table.lay(Sheet("zh", HOUSES["form"], {})))
    shades = [
        cell.find(f".//{qualified('w:shd')}") for cell in find(find(laid[0], "w:tr")[2], "w:tc")
    ]
    fills = [shade.get(qualified("w:fill")) for shade in shades if shade is not None]
    assert fills == ["F8CBAD", "FFE699"]
