"""Tables keep to the terminal's width, and break Chinese where print would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.cli.tables import table_lines, width, wrapped

WORDS = st.text("合同金额，。；abc 12./_[]（）①…", max_size=60)


@given(WORDS, st.integers(2, 40))
def test_no_line_is_wider_than_its_room(text: str, room: int) -> None:
    assert all(width(line) <= room for line in wrapped(text, room))


@given(WORDS, st.integers(2, 40))
def test_nothing_but_gaps_is_lost(text: str, room: int) -> None:
    assert "".join("".join(wrapped(text, room)).split()) == "".join(text.split())


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=5), st.integers(40, 120))
def test_all_columns_of_a_table_begin_at_the_same_place(
    rows: list[tuple[str, str, str]], room: int
) -> None:
    head, rule, *body = table_lines(["一", "二", "三"], rows, room)
    assert all(width(line) <= room for line in [head, rule, *body])
    assert width(rule) >= width(head)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        pytest.param("报价有效期，从今天起", 10, ["报价有效", "期，从今天", "起"], id="comma"),
        pytest.param("至少晚 15 日；过期", 10, ["至少晚 15", "日；过期"], id="number"),
        pytest.param("a.bcd[].efgh", 8, ["a.bcd[]", ".efgh"], id="path"),
        pytest.param("", 8, [""], id="empty"),
    ],
)
def test_lines_break_as_in_print(text: str, room: int, lines: list[str]) -> None:
    assert wrapped(text, room) == lines


def test_without_a_terminal_each_row_is_one_line() -> None:
    long = "很长的说明" * 50
    assert len(table_lines(["字段"], [[long]])) == 3


def test_a_number_is_not_cut_as_long_as_the_words_can_give_way() -> None:
    rows = [["XM-2025-0037", "铄恒精密机械有限公司一期项目", "1,128,000.00", "联系客户并安排回访"]]
    lines = table_lines(["编号", "项目", "金额", "下一步"], rows, 50)
    assert max(map(width, lines)) <= 50
    assert any("XM-2025-0037" in line and "1,128,000.00" in line for line in lines)
