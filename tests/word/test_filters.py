"""The filters of templates: how a list of choices and a flag read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.case import choices
from salesdocs.word.filters import filters_for

ZH, EN = filters_for("zh"), filters_for("en")


def test_boxes_in_columns_stand_below_each_other() -> None:
    assert ZH["boxes"](choices.Veto.CEASED, "Veto", 4).split("\n") == [
        "□\u00a0失信　　　　☑\u00a0吊销/注销　□\u00a0受限　　　　□\u00a0竞争对手",
        "□\u00a0超出能力　　□\u00a0利益冲突",
    ]


@given(st.integers(1, 12), st.sampled_from(["LeadChannel", "Nature", "CustomerKind"]))
def test_columns_change_nothing_but_the_gaps(per_line: int, kind: str) -> None:
    for boxes in (ZH["boxes"], EN["boxes"]):
        plain = boxes(None, kind).split("　")
        lines = boxes(None, kind, per_line).split("\n")
        assert [part for line in lines for part in line.split("　") if part] == plain
        assert all(line.count("□") == per_line for line in lines[:-1])
        assert not any(line.endswith("　") for line in lines)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [(True, "是", "Yes"), (False, "否", "No"), (None, None, None)],
)
def test_a_flag_reads_as_yes_no_or_is_missing(value: Any, zh: Any, en: Any) -> None:
    assert (ZH["answer"](value), EN["answer"](value)) == (zh, en)
    said = {True: "已入账", False: "未入账", None: None}[value]
    assert ZH["answer"](value, "已入账", "未入账") == said


@pytest.mark.parametrize(
    ("value", "option", "box"),
    [
        (4, 4, "☑"),
        (4, "4", "☑"),
        (4, 5, "□"),
        (None, 5, "□"),
        (choices.Veto.CEASED, "ceased", "☑"),
        ((choices.Veto.CEASED, choices.Veto.CONFLICT), "conflict", "☑"),
        (True, "true", "☑"),
        (False, "true", "□"),
        (False, "false", "☑"),
        ((), "none", "☑"),
        ((choices.Veto.CEASED,), "none", "□"),
    ],
)
def test_a_box_is_ticked_where_the_value_is_its_option(value: Any, option: Any, box: str) -> None:
    assert ZH["tick"](value, option) == EN["tick"](value, option) == box


def test_a_box_for_none_is_not_ticked_before_anybody_looked() -> None:
    assert ZH["tick"]((), "none", False) == "□"


def test_what_people_write_on_the_paper_leaves_room_in_place_of_a_stroke() -> None:
    assert ZH["written"](None) == ""
    assert ZH["written"]("快") == "快"
