"""Amounts in words: 人民币大写 as vouchers write it, its reading back, and English.

The rules are those for filling in bills and settlement vouchers (正确填写票据和结算凭证的基本规定).
They leave some 零 to the writer, so two texts are compared by reading both, not as strings.
"""

from __future__ import annotations

import re
from decimal import Decimal

from salesdocs.calc.rounding import to_cent
from salesdocs.findings import Phrase

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_LIMIT = Decimal(10) ** 16  # 万亿 is the largest unit that is in use

_ACCEPTED = str.maketrans("圆圓正貳貮參叄陸萬億負", "元元整贰贰叁叁陆万亿负", " \t\n\u3000，,。")
_INFORMAL = frozenset("〇○一二两三四五六七八九十百千0123456789")
# A digit needs a unit before the next one. A 零 stands only where figures have been passed over,
# after a unit and before a digit, or before 角 or 分 alone.
_MISPLACED = rf"[{_DIGITS[1:]}]{{2}}|[{_DIGITS}角分]零|零(?![{_DIGITS[1:]}])|^零(?!.[角分])"
_PARTS = (
    rf"(?:([{_DIGITS}拾佰仟万亿]+)元)?(?:零?([{_DIGITS}])角)?"
    rf"(?:零?([{_DIGITS}])分)?(整?)"
)


class CapitalsError(ValueError):
    """A text that is not a properly written amount; `reason` says why."""

    def __init__(self, reason: Phrase) -> None:
        self.reason = reason
        super().__init__(reason.en)


def capitals(amount: Decimal) -> str:
    """Return `amount` in Chinese capitals, prefix 人民币 included, in the form without optional 零.

    Rounds half up to the cent first. Raises ValueError from 10¹⁶ yuan on.
    """
    amount = to_cent(amount)
    if abs(amount) >= _LIMIT:
        raise ValueError(f"no capitals for amounts of 10^16 yuan and more: {amount}")
    yuan, cents = divmod(int(abs(amount) * 100), 100)
    sign = "负" if amount < 0 else ""
    return f"人民币{sign}{_yuan(yuan, cents)}{_jiao_fen(yuan, cents)}"


def _yuan(yuan: int, cents: int) -> str:
    if not yuan:
        return "" if cents else "零元整"
    return _integer(yuan) + ("元" if cents else "元整")


def _jiao_fen(yuan: int, cents: int) -> str:
    jiao, fen = divmod(cents, 10)
    if jiao:
        return f"{_DIGITS[jiao]}角" + (f"{_DIGITS[fen]}分" if fen else "")
    if fen:
        return ("零" if yuan else "") + f"{_DIGITS[fen]}分"
    return ""


def _integer(number: int) -> str:
    """Return the digits of a positive `number`, read in steps of 亿, 万 and single figures."""
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if low and low < size // 10 else ""
            return _integer(high) + unit + gap + (_integer(low) if low else "")
    return _below_ten_thousand(number)


def _below_ten_thousand(number: int) -> str:
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + _UNITS[place]
        zero = not digit
    return text


def parse_capitals(text: str) -> Decimal:
    """Return the amount that `text` states, to the cent.

    The prefix 人民币 may be missing, 圆 and 正 and traditional characters are read too, optional 零
    may stand or not. Raises CapitalsError (a ValueError) when the text is not a proper amount.
    """
    bare = text.translate(_ACCEPTED).removeprefix("人民币")
    sign = -1 if bare.startswith("负") else 1
    bare = bare.removeprefix("负")
    value = sign * _read(bare, text)
    proper = capitals(value)
    if _without_options(bare) != _without_options(proper.removeprefix("人民币").removeprefix("负")):
        raise _error(f"“{text}”不合大写规范，应写作“{proper}”", f"{text!r} should read {proper!r}")
    return value


def _read(bare: str, text: str) -> Decimal:
    if not bare:
        raise _error("大写金额为空", "the amount is empty")
    informal = next((sign for sign in bare if sign in _INFORMAL), "")
    if informal:
        raise _error(f"“{informal}”不是大写数字", f"{informal!r} is not a capital numeral")
    if bare in ("零元", "零元整"):
        return Decimal("0.00")
    match = re.fullmatch(_PARTS, bare)
    if not match or not any(match.groups()[:3]) or re.search(_MISPLACED, bare.removeprefix("零元")):
        raise _error(f"“{text}”不是大写金额", f"{text!r} is not an amount in capitals")
    yuan, jiao, fen, whole = match.groups()
    if fen and whole:
        raise _error("写到分的，后面不写“整”", "整 may not follow 分")
    cents = _DIGITS.index(jiao or "零") * 10 + _DIGITS.index(fen or "零")
    return Decimal(_number(yuan or "") * 100 + cents).scaleb(-2)


def _number(text: str) -> int:
    """Return what `text` adds up to; whether it is well formed shows when it is written again."""
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        high, found, low = text.rpartition(unit)
        if found:
            return _number(high or "壹") * size + _number(low)
    total, digit = 0, 0
    for sign in text:
        if sign in _UNITS:
            total += (digit or 1) * 10 ** _UNITS.index(sign)
            digit = 0
        else:
            digit = _DIGITS.index(sign)
    return total + digit


def _without_options(bare: str) -> str:
    """Return `bare` without what a writer may leave out: 零, and 整 after 角."""
    return bare.removesuffix("整").removeprefix("零元").replace("零", "")


def _error(zh: str, en: str) -> CapitalsError:
    return CapitalsError(Phrase(zh, en))


# fmt: off
_ONES = (
    "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
    "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen",
    "Nineteen",
)
_TENS = (
    "", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety",
)
# fmt: on
_GROUPS = ((10**12, "Trillion"), (10**9, "Billion"), (10**6, "Million"), (10**3, "Thousand"))


def english_amount(amount: Decimal) -> str:
    """Return `amount` in English words, as `RMB Ten Yuan and Cents Five Only`.

    Rounds half up to the cent first. Raises ValueError from 10¹⁵ yuan on.
    """
    amount = to_cent(amount)
    yuan, cents = divmod(int(abs(amount) * 100), 100)
    if yuan >= 10**15:
        raise ValueError(f"no English words for amounts of 10^15 yuan and more: {amount}")
    parts = ([f"{_english(yuan)} Yuan"] if yuan or not cents else []) + (
        [f"Cents {_english(cents)}"] if cents else []
    )
    return f"RMB {'Minus ' if amount < 0 else ''}{' and '.join(parts)} Only"


def _english(number: int) -> str:
    for size, name in _GROUPS:
        if number >= size:
            high, low = divmod(number, size)
            return f"{_english(high)} {name}{_english_rest(low)}"
    if number >= 100:
        high, low = divmod(number, 100)
        return f"{_ONES[high]} Hundred{_english_rest(low)}"
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def _english_rest(number: int) -> str:
    if not number:
        return ""
    return (" and " if number < 100 else " ") + _english(number)
