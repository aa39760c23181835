"""What templates print is read back as what was printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.calc import format as display
from salesdocs.case import choices
from salesdocs.case.model import Case
from salesdocs.case.paths import PathInfo, resolve_type
from salesdocs.produce.answers import (
    UnreadableError,
    is_blank,
    is_ticked,
    plainly,
    read_answer,
    same,
    stated,
)
from salesdocs.word.filters import filters_for

NOBODY = Case.model_validate({})
CHOICES = [
    kind
    for kind in vars(choices).values()
    if isinstance(kind, type) and issubclass(kind, choices.Choice) and kind is not choices.Choice
]
MONEY = st.decimals(0, 10**9, places=2)


def info(path: str) -> PathInfo:
    found = resolve_type(path)
    assert found is not None
    return found


def read(text: str, path: str, *filters: str, **more: Any) -> Any:
    return read_answer(text, info(path), NOBODY, filters=filters, **more)


@given(day=st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_printed_day_is_read_back(day: date) -> None:
    for show in (display.day, display.iso):
        assert read(str(show(day)), "lead.created") == day.isoformat()


@given(amount=MONEY)
def test_a_printed_amount_is_read_back(amount: Decimal) -> None:
    for show in (display.money, display.yuan):
        assert same(read(show(amount), "lead.budget_hint.max"), stated(amount))
    assert same(read(f"{amount}元", "lead.budget_hint.max"), stated(amount))


@given(amount=st.integers(0, 10**6))
def test_an_amount_in_ten_thousands_is_read_back(amount: int) -> None:
    printed = str(display.wan(Decimal(amount * 100)))
    assert same(read(printed, "lead.budget_hint.max", "wan"), str(amount * 100))
    assert same(read(f"{printed}万元", "lead.budget_hint.max"), str(amount * 100))


@given(share=st.decimals(0, 1, places=4))
def test_a_printed_share_is_read_back(share: Decimal) -> None:
    printed = str(display.percent(share))
    assert same(read(printed, "contract.payments[].share", "percent"), stated(share))


@pytest.mark.parametrize("kind", CHOICES, ids=lambda kind: kind.__name__)
def test_a_choice_is_read_by_code_by_label_and_by_box(kind: type[choices.Choice]) -> None:
    asked = PathInfo("x", "choice", choice=kind)
    for option in kind:
        boxes = filters_for("zh")["boxes"](option, kind.__name__)
        for text in (option.value, option.zh, f"√ {option.zh}", boxes):
            assert read_answer(text, asked, NOBODY) == option.value, text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("是", "true"),
        ("否", "false"),
        ("☑ 是　□ 否", "true"),
        ("□ 是　☑ 否", "false"),
        ("列入名单", "true"),
        ("未列入", "false"),
        ("□ 列入名单　☑ 未列入", "false"),
        ("尚未入账，不得兑现。", "false"),
        ("已如实入账", "true"),
    ],
)
def test_yes_and_no_are_read_in_the_words_of_the_form(text: str, value: str) -> None:
    answers = ("列入名单", "未列入")
    assert read(text, "customer.credit.dishonest_list", answers=answers) == value


@pytest.mark.parametrize(
    "text",
    ["", " ", "/", "／", "—", "________", "□ 是　□ 否", "【待填：客户名称】", "　年　月　日"],
)
def test_an_empty_place_says_nothing(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "无", "☑", "a", "/a", "是"])
def test_a_word_says_something(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("很多", "lead.budget_hint.max"),
        ("2025-13-01", "lead.created"),
        ("35 元", "contract.payments[].share"),
        ("也许", "customer.credit.dishonest_list"),
        ("☑ 新客户 ☑ 老客户", "customer.kind"),
    ],
)
def test_what_cannot_be_read_says_what_is_expected(text: str, path: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(text, path)
    assert caught.value.message.zh
    assert caught.value.hint.zh


@given(text=st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    for path in ("lead.created", "customer.kind", "lead.budget_hint.max", "customer.tags",
                 "customer.scale.value", "customer.credit.dishonest_list", "customer.name"):  # fmt: skip
        try:
            read(text, path)
        except UnreadableError as problem:
            assert problem.message.zh


@given(text=st.text(max_size=30))
def test_the_line_that_is_written_on_is_no_part_of_the_text(text: str) -> None:
    assert plainly(f"__{text}____") == plainly(text)
    assert is_ticked(f"☑{text}")
