"""Amounts in words and back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.calc.capitals import CapitalsError, capitals, english_amount, parse_capitals

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)

VECTORS = [
    ("0.00", "人民币零元整"),
    ("0.05", "人民币伍分"),
    ("0.50", "人民币伍角"),
    ("10", "人民币壹拾元整"),
    ("16.06", "人民币壹拾陆元零陆分"),
    ("110", "人民币壹佰壹拾元整"),
    ("325.04", "人民币叁佰贰拾伍元零肆分"),
    ("1010", "人民币壹仟零壹拾元整"),
    ("1409.50", "人民币壹仟肆佰零玖元伍角"),
    ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
    ("6007.14", "人民币陆仟零柒元壹角肆分"),
    ("10001", "人民币壹万零壹元整"),
    ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
    ("100100", "人民币壹拾万零壹佰元整"),
    ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
    ("1010101.01", "人民币壹佰零壹万零壹佰零壹元零壹分"),
    ("1128000", "人民币壹佰壹拾贰万捌仟元整"),
    ("1180900", "人民币壹佰壹拾捌万零玖佰元整"),
    ("10000000", "人民币壹仟万元整"),
    ("10001000", "人民币壹仟万壹仟元整"),
    ("100000001", "人民币壹亿零壹元整"),
    ("100001000", "人民币壹亿零壹仟元整"),
    ("100010000", "人民币壹亿零壹万元整"),
    ("1000100000", "人民币壹拾亿零壹拾万元整"),
    ("102030405.06", "人民币壹亿零贰佰零叁万零肆佰零伍元零陆分"),
    ("999999999.99", "人民币玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ("1000000000000", "人民币壹万亿元整"),
    ("1000100000000", "人民币壹万零壹亿元整"),
    ("-1280.50", "人民币负壹仟贰佰捌拾元伍角"),
    ("-0.05", "人民币负伍分"),
    ("3860000", "人民币叁佰捌拾陆万元整"),
    ("372000", "人民币叁拾柒万贰仟元整"),
]


@pytest.mark.parametrize(("figure", "words"), VECTORS, ids=[row[0] for row in VECTORS])
def test_an_amount_is_written_in_capitals_and_read_back(figure: str, words: str) -> None:
    assert capitals(Decimal(figure)) == words
    assert parse_capitals(words) == Decimal(figure)


@given(AMOUNTS)
def test_reading_the_capitals_of_an_amount_gives_the_amount(amount: Decimal) -> None:
    assert parse_capitals(capitals(amount)) == amount


@given(AMOUNTS)
def test_what_may_be_left_out_does_not_change_the_amount(amount: Decimal) -> None:
    words = capitals(amount).removeprefix("人民币").replace("元", "圆").replace("整", "正")
    assert parse_capitals(words) == amount


@given(AMOUNTS)
def test_capitals_have_no_doubled_zero_and_no_zero_before_a_unit(amount: Decimal) -> None:
    words = capitals(amount)
    assert "零零" not in words
    assert words == "人民币零元整" or not any(f"零{unit}" in words for unit in "拾佰仟万亿元角分整")


@given(AMOUNTS, AMOUNTS)
def test_different_amounts_read_differently(one: Decimal, other: Decimal) -> None:
    assert (capitals(one) == capitals(other)) == (one == other)
    assert (english_amount(one) == english_amount(other)) == (one == other)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("1680.32", "人民币壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "人民币壹拾万零柒仟元伍角叁分"),
        ("10001000", "人民币壹仟万零壹仟元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("100", "壹佰元"),
        ("100", "人民币 壹佰 圓 正"),
        ("33660", "叄萬參仟陸佰陸拾圓整"),
        ("0.50", "零元伍角"),
        ("0.05", "零元零伍分"),
        ("0.05", "零伍分"),
        ("0", "零元"),
        ("-20", "負貳拾元整"),
    ],
    ids=lambda value: value,
)
def test_what_the_rules_leave_to_the_writer_is_read(figure: str, words: str) -> None:
    assert parse_capitals(words) == Decimal(figure)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "为空"),
        ("人民币", "为空"),
        ("一百元整", "“一”不是大写数字"),
        ("100元", "“1”不是大写数字"),
        ("拾元整", "应写作“人民币壹拾元整”"),
        ("贰佰拾元整", "应写作“人民币贰佰壹拾元整”"),
        ("壹拾贰佰元整", "不合大写规范"),
        ("万元整", "应写作“人民币壹万元整”"),
        ("壹贰叁元整", "不是大写金额"),
        ("零壹佰元整", "不是大写金额"),
        ("伍角零伍分", "不是大写金额"),
        ("壹元零零伍分", "不是大写金额"),
        ("壹零佰元整", "不是大写金额"),
        ("壹佰贰拾叁", "不是大写金额"),
        ("整", "不是大写金额"),
        ("壹元伍分整", "不写“整”"),
        ("伍分壹元", "不是大写金额"),
        ("壹佰美元", "不是大写金额"),
    ],
    ids=lambda value: value,
)
def test_what_is_no_proper_amount_is_refused_with_a_reason(words: str, reason: str) -> None:
    with pytest.raises(CapitalsError) as refused:
        parse_capitals(words)
    assert reason in refused.value.reason.zh
    assert str(refused.value) == refused.value.reason.en


def test_capitals_round_half_up_to_the_cent() -> None:
    assert capitals(Decimal("1.005")) == "人民币壹元零壹分"
    assert capitals(Decimal("-0.001")) == "人民币零元整"


def test_amounts_beyond_the_units_are_refused() -> None:
    assert capitals(Decimal(10**16) - 1).startswith("人民币玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿")
    with pytest.raises(ValueError, match=r"10\^16"):
        capitals(Decimal(10**16))
    with pytest.raises(ValueError, match=r"10\^15"):
        english_amount(Decimal(10**15))


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("0", "RMB Zero Yuan Only"),
        ("0.05", "RMB Cents Five Only"),
        ("16.06", "RMB Sixteen Yuan and Cents Six Only"),
        ("110", "RMB One Hundred and Ten Yuan Only"),
        ("1001", "RMB One Thousand and One Yuan Only"),
        (
            "1409.5",
            "RMB One Thousand Four Hundred and Nine Yuan and Cents Fifty Only",
        ),
        (
            "1128000",
            "RMB One Million One Hundred and Twenty-Eight Thousand Yuan Only",
        ),
        ("1000000000", "RMB One Billion Yuan Only"),
        ("-20", "RMB Minus Twenty Yuan Only"),
    ],
    ids=lambda value: value,
)
def test_an_amount_is_written_in_english(figure: str, words: str) -> None:
    assert english_amount(Decimal(figure)) == words
