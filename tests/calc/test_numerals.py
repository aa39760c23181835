"""Numerals and labels."""

import pytest

from salesdocs.calc.numerals import annex_label, article_label, chinese_numeral, heading_label


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (199, "一百九十九"),
        (205, "二百零五"),
    ],
)
def test_a_number_is_written_in_chinese(number: int, text: str) -> None:
    assert chinese_numeral(number) == text


def test_no_two_numbers_read_alike() -> None:
    assert len({chinese_numeral(number) for number in range(1, 1000)}) == 999


@pytest.mark.parametrize("number", [-1, 0, 1000])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        chinese_numeral(number)


def test_labels_are_made_of_numerals() -> None:
    assert article_label(11) == "第十一条"
    assert article_label(101) == "第一百零一条"
    assert annex_label(1) == "附件一"


def test_headings_follow_the_official_order() -> None:
    assert [heading_label(level, 2) for level in range(1, 5)] == ["二、", "（二）", "2.", "（2）"]
    with pytest.raises(ValueError, match="5"):
        heading_label(5, 1)
