"""Lines are broken, filled and placed as Word does it: measured in the PDF."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint.layout import inline

from salesdocs.pdf import justify, lines
from salesdocs.pdf.lines import GAP
from salesdocs.pdf.scripts import NEVER_FIRST, NEVER_LAST, parts
from salesdocs.word.shown.model import Break, Line, Look, Tab, TabStop, Text

from .papers import EXACT, LOOK, WIDTH, paragraph, place, printed, signs, words
from .papers import lines as lines_of

LEFT, TOP = 90, 72
LONG = (
    "甲乙双方在平等自愿公平和诚实信用的基础上就甲方向乙方采购软件一事协商一致订立本合同以资共同遵守"
    * 3
)


def test_weasyprint_has_the_functions_we_replace() -> None:
    assert lines.install()
    assert justify.install()
    assert inline.split_text_box is lines.split_text_box
    assert inline.text_align is justify.text_align


@pytest.mark.parametrize("height", [8, 13.5, 20, 36])
@pytest.mark.parametrize("size", [7.5, 10.5, 22])
def test_an_exact_line_is_that_high_and_its_base_line_at_four_fifths(
    height: float, size: float
) -> None:
    look = Look(size=size)
    pdf = printed(
        *(paragraph(each, look=look, shape=EXACT, line=Line("exact", height)) for each in "甲A乙")
    )
    for number, char in enumerate("甲A乙"):
        assert place(pdf, char).y == pytest.approx(TOP + height * (number + 0.8), abs=0.02)


def test_looks_of_different_sizes_do_not_move_an_exact_line() -> None:
    big = Text("大", Look(size=26, bold=True))
    raised = Text("上", Look(size=10.5, vertical="superscript"))
    pdf = printed(paragraph("甲", big, raised), paragraph("乙"))
    assert place(pdf, "大").y == place(pdf, "甲").y
    assert place(pdf, "乙").y - place(pdf, "甲").y == pytest.approx(20, abs=0.02)


def test_at_least_adds_above_the_line() -> None:
    pdf = printed(
        paragraph("甲", line=Line("at_least", 40)), paragraph("乙", line=Line("at_least", 40))
    )
    assert place(pdf, "乙").y - place(pdf, "甲").y == pytest.approx(40, abs=0.02)
    assert place(pdf, "甲").y > TOP + 32


def test_a_factor_adds_below_the_line() -> None:
    single = printed(
        paragraph("甲", line=Line("multiple", 1)), paragraph("乙", line=Line("multiple", 1))
    )
    double = printed(
        paragraph("甲", line=Line("multiple", 2)), paragraph("乙", line=Line("multiple", 2))
    )
    pitch = place(single, "乙").y - place(single, "甲").y
    assert place(double, "甲").y == pytest.approx(place(single, "甲").y, abs=0.02)
    assert place(double, "乙").y - place(double, "甲").y == pytest.approx(2 * pitch, abs=0.02)


def test_an_empty_paragraph_takes_its_line() -> None:
    pdf = printed(paragraph("甲"), paragraph(), paragraph("乙"))
    assert place(pdf, "乙").y - place(pdf, "甲").y == pytest.approx(40, abs=0.02)


def test_a_justified_chinese_line_ends_at_the_right_edge() -> None:
    pdf = printed(paragraph(LONG, align="both", right=7))
    rows = {sign.y: [each for each in signs(pdf) if each.y == sign.y] for sign in signs(pdf)}
    *full, last = (rows[y] for y in sorted(rows))
    assert len(full) >= 2
    for row in full:
        assert row[-1].x + 10.5 == pytest.approx(LEFT + WIDTH - 7, abs=0.3)
    assert last[1].x - last[0].x == pytest.approx(10.5, abs=0.02)


def test_a_justified_line_of_both_scripts_ends_at_the_right_edge() -> None:
    text = "采购MES系统V3.0共24台设备，合计1,128,000.00元，" * 6
    pdf = printed(paragraph(text, align="both", hanging_marks=False))
    first = [sign for sign in signs(pdf) if sign.y == signs(pdf)[0].y]
    width = 10.5 if ord(first[-1].char) > 0x2E80 else 5.25
    assert first[-1].x + width == pytest.approx(LEFT + WIDTH, abs=5.3)
    assert words(pdf) == text


def test_latin_stands_apart_from_chinese_only_where_the_paragraph_says_so() -> None:
    for wanted in (True, False):
        pdf = printed(paragraph("甲A乙", space_latin=wanted))
        gap = place(pdf, "A").x - place(pdf, "甲").x - 10.5
        assert gap == pytest.approx(GAP * 10.5 if wanted else 0, abs=0.05)
        pdf = printed(paragraph("甲1乙", space_digits=wanted))
        gap = place(pdf, "1").x - place(pdf, "甲").x - 10.5
        assert gap == pytest.approx(GAP * 10.5 if wanted else 0, abs=0.05)


def test_the_gap_is_there_where_the_look_changes_too() -> None:
    pdf = printed(paragraph("甲", Text("A", Look(size=10.5, bold=True)), "乙"))
    assert place(pdf, "A").x - place(pdf, "甲").x - 10.5 == pytest.approx(GAP * 10.5, abs=0.05)


@settings(max_examples=15, deadline=None)
@given(st.text("中文字（）《》“”、，。；：！？A1%$ ", min_size=30, max_size=120))
def test_no_line_begins_or_ends_with_a_mark_that_may_not(text: str) -> None:
    made = [line for line in lines_of(printed(paragraph("始" + text + "终"))) if line]
    for before, after in itertools.pairwise(made):
        assert parts(before[-1], after[0]) is not False or (
            before[-1] in NEVER_LAST and len(before) < 3
        )


def test_kinsoku_lists_have_no_letter() -> None:
    assert not [
        char
        for char in NEVER_FIRST | NEVER_LAST
        if unicodedata.category(char) in {"Ll", "Lu", "Lo"}
    ]


def test_one_mark_hangs_out_where_word_lets_it_and_may_be_squeezed_where_not() -> None:
    count = int(WIDTH // 10.5)
    room = WIDTH - count * 10.5
    text = "字" * count + "。后"
    assert lines_of(printed(paragraph(text, hanging_marks=True))) == ["字" * count + "。", "后"]
    squeezed = printed(paragraph(text, hanging_marks=False, right=room - 6))
    assert lines_of(squeezed) == ["字" * count + "。", "后"]
    assert lines_of(printed(paragraph(text, hanging_marks=False, right=room))) == [
        "字" * (count - 1),
        "字。后",
    ]


def test_a_word_longer_than_the_line_is_cut_at_the_edge() -> None:
    pdf = printed(paragraph("W" * 200))
    assert max(sign.x for sign in signs(pdf)) < LEFT + WIDTH
    assert words(pdf) == "W" * 200


def test_a_box_to_tick_is_not_parted_from_what_it_stands_for() -> None:
    for count in range(34, 42):
        for before, after in zip(
            made := lines_of(printed(paragraph("字" * count + "□同意"))), made[1:], strict=False
        ):
            assert not before.endswith("□"), after


@pytest.mark.parametrize(("kind", "end"), [("right", 400), ("center", 400), ("left", 400)])
def test_what_follows_a_tab_stands_at_its_stop(kind: str, end: float) -> None:
    stop = TabStop(end, kind)  # type: ignore[arg-type]
    pdf = printed(paragraph("甲", Tab(LOOK), "十字", tabs=(stop,)))
    wanted = {"right": end - 21, "center": end - 10.5, "left": end}[kind]
    assert place(pdf, "十").x == pytest.approx(LEFT + wanted, abs=0.1)


def test_a_right_tab_ends_at_the_right_edge_after_an_indent_and_leaders_are_no_text() -> None:
    stop = TabStop(WIDTH, "right", "dot")
    pdf = printed(paragraph("目录", Tab(LOOK), "1", tabs=(stop,), left=42, first=-21))
    assert place(pdf, "1").x + 5.25 == pytest.approx(LEFT + WIDTH, abs=0.1)
    assert words(pdf) == "目录1"


def test_decimal_points_stand_below_each_other() -> None:
    stop = TabStop(200, "decimal")
    pdf = printed(*(paragraph(Tab(LOOK), each, tabs=(stop,)) for each in ("1.5", "1,234.25")))
    points = [sign.x for sign in signs(pdf) if sign.char == "."]
    assert points[0] == pytest.approx(points[1], abs=0.4)


def test_a_hanging_number_is_followed_by_its_text_at_the_indent_in_each_line() -> None:
    pdf = printed(paragraph("1.", Tab(LOOK), "始" + LONG, left=42, first=-21))
    rows = sorted({sign.y for sign in signs(pdf)})
    assert place(pdf, "始").x == pytest.approx(LEFT + 42, abs=0.05)
    second = [sign for sign in signs(pdf) if sign.y == rows[1]]
    assert second[0].x == pytest.approx(LEFT + 42, abs=0.05)
    assert max(sign.x for sign in signs(pdf)) + 10.5 <= LEFT + WIDTH + 0.05


def test_a_line_break_ends_the_line_and_a_justified_line_before_it_is_not_spread() -> None:
    pdf = printed(paragraph("甲乙", Break("line", LOOK), "丙", align="both"))
    assert place(pdf, "乙").x - place(pdf, "甲").x == pytest.approx(10.5, abs=0.02)
    assert place(pdf, "丙").y - place(pdf, "甲").y == pytest.approx(20, abs=0.02)


@pytest.mark.parametrize("text", ["a  b", " a", "甲  乙", "1　2"])
def test_blanks_stay_as_many_as_there_are(text: str) -> None:
    wide = printed(paragraph("始" + text + "终", space_latin=False, space_digits=False))
    narrow = printed(
        paragraph("始" + "".join(text.split()) + "终", space_latin=False, space_digits=False)
    )
    assert place(wide, "终").x > place(narrow, "终").x + 2
