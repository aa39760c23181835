"""Numbers of pages in the forms Word has for them, as CSS counter styles."""

from __future__ import annotations

from collections.abc import Callable

_KNOWN = {
    "decimal": "decimal",
    "decimalZero": "decimal-leading-zero",
    "upperRoman": "upper-roman",
    "lowerRoman": "lower-roman",
    "upperLetter": "upper-alpha",
    "lowerLetter": "lower-alpha",
}
_CHINESE = ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "japaneseCounting",
            "taiwaneseCountingThousand", "koreanCounting")  # fmt: skip
_DIGITS = "零一二三四五六七八九"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
LAST = 999
"""The highest page number printed in Chinese; beyond it stand figures, as CSS says."""


def counter_name(word: str, rule: Callable[[str], None]) -> str:
    """Return the counter style of Word's numbering; `rule` gets its definition if it needs one."""
    if word in _KNOWN:
        return _KNOWN[word]
    numbers = _numbers(word)
    if numbers is None:
        return "decimal"
    symbols = " ".join(f'"{each}"' for each in numbers)
    rule(f"@counter-style {word}{{system:fixed;symbols:{symbols};suffix:''}}")
    return word


def _numbers(word: str) -> list[str] | None:
    if word in _CHINESE:
        return [chinese(value) for value in range(1, LAST + 1)]
    if word == "chineseLegalSimplified":
        return [chinese(value, capital=True) for value in range(1, LAST + 1)]
    if word == "numberInDash":
        return [f"- {value} -" for value in range(1, LAST + 1)]
    if word == "decimalFullWidth":
        wide = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
        return [str(value).translate(wide) for value in range(1, LAST + 1)]
    if word == "decimalEnclosedCircle":
        return [chr(0x2460 + value) for value in range(20)]
    return None


def chinese(value: int, *, capital: bool = False) -> str:
    """Return a number below 1000 in Chinese: 十二, 一百零五; with `capital` 壹拾贰, 壹佰零伍."""
    digits, ten, hundred = (_CAPITALS, "拾", "佰") if capital else (_DIGITS, "十", "百")
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    found = digits[hundreds] + hundred if hundreds else ""
    if tens:
        leading = tens == 1 and not hundreds and not capital
        found += ("" if leading else digits[tens]) + ten
    elif hundreds and ones:
        found += digits[0]
    return found + (digits[ones] if ones or not value else "")
