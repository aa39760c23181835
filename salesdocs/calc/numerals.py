"""Chinese numerals for numbering: articles, annexes and heading levels.

Not for money: see `capitals`.
"""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """Return `number` (1 to 999) in Chinese, 11 as 十一 and 111 as 一百一十一.

    Raises ValueError outside that range.
    """
    if not 1 <= number <= 999:
        raise ValueError(f"a numbering runs from 1 to 999, not {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        # 十一 at the head of a number, 一百一十一 inside one
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def article_label(number: int) -> str:
    """Return the label of a contract article, 第十一条."""
    return f"第{chinese_numeral(number)}条"


def annex_label(number: int) -> str:
    """Return the label of an annex, 附件一."""
    return f"附件{chinese_numeral(number)}"


def heading_label(level: int, number: int) -> str:
    """Return the label of a heading, 一、 or （一） or 1. or （1） by its `level`, 1 to 4.

    The order is that of GB/T 9704-2012, 7.3.3. Raises ValueError for other levels.
    """
    match level:
        case 1:
            return f"{chinese_numeral(number)}、"
        case 2:
            return f"（{chinese_numeral(number)}）"
        case 3:
            return f"{number}."
        case 4:
            return f"（{number}）"
    raise ValueError(f"headings have the levels 1 to 4, not {level}")
