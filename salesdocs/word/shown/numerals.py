"""Writes numbers as Word's number formats do: 一、第十二条、③、iv、AA.

ISO/IEC 29500-1, 17.18.59 names the formats; what they print beyond its examples was looked at in
Word's own documents and in LibreOffice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_ZERO_LING: Final = "零一二三四五六七八九"
_UNITS: Final = ("", "十", "百", "千")
_MYRIADS: Final = ("", "万", "亿")
_LEGAL_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_UNITS: Final = ("", "拾", "佰", "仟")
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_AIUEO: Final = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_AIUEO_FULL: Final = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA: Final = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽ"
_IROHA_FULL: Final = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_SYMBOLS: Final = "*†‡§"


def numeral(number: int, form: str) -> str:
    """Return `number` in the format that Word calls `form`; unknown formats print digits."""
    write = _FORMATS.get(form)
    return str(number) if write is None else write(number)


def is_known(form: str) -> bool:
    """Return whether `form` is a format that `numeral` writes."""
    return form in _FORMATS


def _counting(number: int, digits: str, units: tuple[str, ...], short_ten: bool) -> str:
    """Return a Chinese number as one says it, 一百零五; `short_ten` says 十二 for 一十二."""
    if number <= 0:
        return digits[0] if number == 0 else str(number)
    groups: list[str] = []
    rest, place = number, 0
    while rest and place < len(_MYRIADS):
        rest, group = divmod(rest, 10000)
        said = _group(group, digits, units)
        if said:
            gap = digits[0] if rest and group < 1000 else ""
            groups.append(gap + said + _MYRIADS[place])
        elif groups and not groups[-1].startswith(digits[0]):
            groups.append(digits[0])
        place += 1
    said = "".join(reversed(groups))
    head = f"{digits[1]}{units[1]}"
    return said[1:] if short_ten and said.startswith(head) else said


def _group(group: int, digits: str, units: tuple[str, ...]) -> str:
    """Return a number below ten thousand, without a zero at its head or end."""
    said = ""
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            said += digits[digit] + units[place]
        elif said and group % 10**place and not said.endswith(digits[0]):
            said += digits[0]
    return said


def _chinese(number: int) -> str:
    """Return 一, 十, 一百零五: chineseCounting and chineseCountingThousand agree below 100.

    Word's chineseCounting goes on as digits from 100 (一〇五), the thousand one does not.
    """
    return _counting(number, _ZERO_LING, _UNITS, short_ten=True)


def _chinese_counting(number: int) -> str:
    return _chinese(number) if number < 100 else _digits(number)


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] if digit.isdigit() else digit for digit in str(number))


def _legal(number: int) -> str:
    return _counting(number, _LEGAL_DIGITS, _LEGAL_UNITS, short_ten=False)


def _roman(number: int) -> str:
    if not 0 < number < 32768:
        return str(number)
    said = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        said += letters * times
    return said


def _letters(number: int, first: str = "a", count: int = 26) -> str:
    """Return a … z, aa, bb …: after z Word repeats the letter."""
    if number < 1:
        return str(number)
    times, place = divmod(min(number, 780) - 1, count)
    return chr(ord(first) + place) * (times + 1)


def _from_row(row: str) -> Callable[[int], str]:
    """Return the writer of a row of characters that begins anew after its last."""

    def write(number: int) -> str:
        return row[(number - 1) % len(row)] if number > 0 else str(number)

    return write


def _within(blocks: tuple[tuple[int, int, int], ...]) -> Callable[[int], str]:
    """Return the writer of `(first, last, character of the first)`; digits beyond them."""

    def write(number: int) -> str:
        for first, last, start in blocks:
            if first <= number <= last:
                return chr(start + number - first)
        return str(number)

    return write


def _ordinal(number: int) -> str:
    ending = (
        "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) if digit.isdigit() else digit for digit in str(number))


def _symbols(number: int) -> str:
    if number < 1:
        return str(number)
    times, place = divmod(min(number, 400) - 1, len(_SYMBOLS))
    return _SYMBOLS[place] * (times + 1)


def _sexagenary(number: int) -> str:
    return _from_row(_STEMS)(number) + _from_row(_BRANCHES)(number) if number > 0 else str(number)


_CIRCLED: Final = _within(((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)))
_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalHalfWidth": str,
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number, "A"),
    "lowerLetter": _letters,
    "ordinal": _ordinal,
    "chicago": _symbols,
    "chineseCounting": _chinese_counting,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese_counting,
    "taiwaneseCountingThousand": _chinese,
    "koreanCounting": _chinese,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "koreanDigital2": _digits,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": lambda number: _counting(
        number, "零壹貳參肆伍陸柒捌玖", _LEGAL_UNITS, short_ten=False
    ),
    "japaneseLegal": lambda number: _counting(
        number, "零壱弐参四伍六七八九", ("", "拾", "百", "阡"), short_ten=False
    ),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": _within(((1, 20, 0x2488),)),
    "decimalEnclosedParen": _within(((1, 20, 0x2474),)),
    "ideographEnclosedCircle": _within(((1, 10, 0x3280),)),
    "ideographTraditional": _from_row(_STEMS),
    "ideographZodiac": _from_row(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "aiueo": _from_row(_AIUEO),
    "aiueoFullWidth": _from_row(_AIUEO_FULL),
    "iroha": _from_row(_IROHA),
    "irohaFullWidth": _from_row(_IROHA_FULL),
    "ganada": _from_row("가나다라마바사아자차카타파하"),
    "chosung": _from_row("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    "russianUpper": _from_row("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"),
    "russianLower": _from_row("абвгдежзиклмнопрстуфхцчшщыэюя"),
    "hebrew1": _from_row("אבגדהוזחטיכלמנסעפצקרשת"),
    "hex": lambda number: f"{number:X}",
}
