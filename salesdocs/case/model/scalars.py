"""How single values are read: text as people write it becomes money, days, shares, codes, phones.

Each type is `Annotated[…, Scalar(kind, read)]`: the Python type for mypy, the kind for templates
and paths, and one function that takes what stands in the file, or a value typed in Python, and
returns the value in its normal form. What cannot be read raises a problem with an example.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from salesdocs.calc import codes, industry, tax
from salesdocs.calc.rounding import to_cent
from salesdocs.case.problems import problem
from salesdocs.findings import Phrase

Kind = Literal[
    "text",
    "long",
    "code",
    "money",
    "number",
    "share",
    "rate",
    "count",
    "flag",
    "day",
    "clock",
    "phone",
    "email",
    "account",
    "choice",
    "block",
    "list",
    "map",
    "person",
    "reference",
]
"""What a path leads to, as far as a template or a form needs to know."""


class Scalar:
    """Marks a type as one value in the file: its `kind`, and `read`, which returns it typed."""

    __slots__ = ("json", "kind", "read")

    def __init__(self, kind: Kind, read: Callable[[Any], Any], **json: Any) -> None:
        self.kind = kind
        self.read = read
        self.json = json

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return a schema that is one call of `read`."""
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return what an author may write, as text or number."""
        return dict(self.json)


_LEAST_DAY: Final = date(1990, 1, 1)
_LAST_DAY: Final = date(2100, 12, 31)
_LIMIT: Final = Decimal(10) ** 12

_number = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII).fullmatch
_currency = re.compile(r"^(?:人民币|RMB|CNY|[¥$])|(?:元整?|圆整?|RMB|CNY)$", re.IGNORECASE).sub
_day = re.compile(r"(\d{4})([-/.年])(\d{1,2})(?:\2|月)(\d{1,2})日?", re.ASCII).fullmatch
_control = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]").search
_industry_form: Final = "^[A-T]([0-9]{2,4})?$"

_FLAGS: Final = {
    **dict.fromkeys(("true", "yes", "y", "是", "有", "对", "√", "☑"), True),
    **dict.fromkeys(("false", "no", "n", "否", "无", "错", "×", "□"), False),
}


def _half_width(value: str) -> str:
    """Return `value` with full-width signs made half-width and all gaps gone."""
    folded = value if value.isascii() else unicodedata.normalize("NFKC", value)
    return "".join(folded.replace("−", "-").split())


def _wrong(rule: str, value: object, zh: str, en: str, example: str) -> Exception:
    shown_zh, shown_en = ("空值", "nothing") if value is None else (f"“{value}”", f"“{value}”")
    return problem(
        rule,
        f"{shown_zh}{zh}",
        f"{shown_en} {en}",
        f"例如：{example}",
        f"write it as: {example}",
    )


# ---- text ----


def read_text(value: Any) -> str:
    """Return text without the spaces around it; numbers and days typed in Python as text.

    Raises TYP-05 for a list or block, and for control characters, which no Word file can hold.
    """
    if isinstance(value, str):
        text = value.strip()
        if text.isprintable() or not _control(text):
            return str(text)
        raise problem(
            "TYP-05",
            "含有不可见的控制字符，Word 无法保存",
            "there is a control character in it, which Word cannot store",
            "删除该处不可见字符后重新输入",
            "delete the invisible character and type the text again",
        )
    if isinstance(value, (int, Decimal, date)) and not isinstance(value, bool):
        return str(value)
    raise _wrong("TYP-05", value, "不是文字", "is not text", "一行文字")


def read_code(value: Any) -> str:
    """Return a number or code: half-width, without gaps, otherwise as written."""
    return _half_width(read_text(value))


def read_clock(value: Any) -> str:
    """Return a time or span of time as written, `14:00-16:00`; raises TYP-08 if there is none."""
    text = read_text(value)
    plain = _half_width(text).replace("–", "-").replace("—", "-").replace("~", "-")
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d(-([01]?\d|2[0-4]):[0-5]\d)?", plain):
        raise _wrong("TYP-08", value, "不是时间", "is not a time", '"14:00-16:00"')
    return plain


def _read_by_codes(
    rule: str,
    normal: Callable[[str], str],
    flaw: Callable[[str], Phrase | None],
    example: str,
) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = read_text(value)
        wrong = flaw(text)
        if wrong:
            raise _wrong(rule, text, f"{wrong.zh}", wrong.en, example)
        return normal(text)

    return read


# ---- numbers ----


def _decimal(value: Any, example: str) -> Decimal:
    if isinstance(value, str):
        text = _half_width(value)
        text = text if _number(text) else _currency("", _currency("", text))
        if _number(text):
            value = Decimal(text.replace(",", ""))
    elif isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise _wrong("TYP-01", value, "不是数字", "is not a number", example)
    if abs(value) >= _LIMIT:
        raise _wrong("TYP-06", value, "超出一万亿的上限", "is beyond 10¹²", example)
    return value


def read_money(value: Any) -> Decimal:
    """Return yuan with two decimals from `1128000`, `￥1,128,000.00`, `１１２.８万元`.

    Raises TYP-01 for what is no number and TYP-07 for fractions of a cent.
    """
    if isinstance(value, str) and "万" in value:
        plain = _half_width(value).replace("万", "")
        amount = _decimal(_currency("", _currency("", plain)), "112.8万") * 10000
    else:
        amount = _decimal(value, "1128000.00")
    cents = to_cent(amount)
    if cents != amount:
        raise _wrong(
            "TYP-07", value, "超过两位小数", "has more than two decimals", str(to_cent(amount))
        )
    return cents


def read_number(value: Any) -> Decimal:
    """Return any quantity or measure as a decimal, digits kept as written."""
    return _decimal(value, "24")


def _fraction(value: Any, example: str) -> Decimal:
    if not isinstance(value, str):
        return _decimal(value, example)
    text = _half_width(value)
    for sign, exponent in (("%", -2), ("‰", -3)):
        if text.endswith(sign):
            return _decimal(text[:-1], example).scaleb(exponent)
    return _decimal(text, example)


def read_share(value: Any) -> Decimal:
    """Return a fraction from 0 to 1, from `0.30`, `30%` or `5‰`; raises TYP-06 outside of it."""
    share = _fraction(value, "0.30（即 30%）")
    if not 0 <= share <= 1:
        raise _wrong(
            "TYP-06", value, "不在 0 到 1 之间", "is not between 0 and 1", "0.30（即 30%）"
        )
    return share


def read_ratio(value: Any) -> Decimal:
    """Return a fraction of 0 or more that may exceed 1, such as a cap of 150 %."""
    ratio = _fraction(value, "1.00（即 100%）")
    if not 0 <= ratio <= 10:
        raise _wrong(
            "TYP-06", value, "不在 0 到 10 之间", "is not between 0 and 10", "1.00（即 100%）"
        )
    return ratio


def read_vat(value: Any) -> tax.Rate:
    """Return a VAT rate as a fraction, or `exempt` for 免税."""
    if value in (tax.EXEMPT, "免税"):
        return tax.EXEMPT
    return read_share(value)


def read_whole(value: Any) -> int:
    """Return a whole number, which may be negative; raises TYP-01 for anything else."""
    number = _decimal(value, "30")
    if number != number.to_integral_value():
        raise _wrong("TYP-01", value, "不是整数", "is not a whole number", "30")
    return int(number)


def read_count(value: Any) -> int:
    """Return a whole number of 0 or more."""
    count = read_whole(value)
    if count < 0:
        raise _wrong("TYP-06", value, "不能为负数", "must not be negative", "30")
    return count


def read_rating(value: Any) -> int:
    """Return a rating from 1 to 5."""
    rating = read_whole(value)
    if not 1 <= rating <= 5:
        raise _wrong("TYP-06", value, "不在 1 到 5 分之间", "is not between 1 and 5", "4")
    return rating


# ---- days, flags ----


def read_day(value: Any) -> date:
    """Return a day from `2025-07-08`, `2025/7/8`, `2025年7月8日`.

    Raises TYP-02 for what is no day of the calendar or lies outside 1990 to 2100.
    """
    day = value if isinstance(value, date) and not isinstance(value, datetime) else None
    if isinstance(value, str):
        parts = _day(_half_width(value))
        try:
            day = parts and date(int(parts[1]), int(parts[3]), int(parts[4]))
        except ValueError:
            raise _wrong(
                "TYP-02", value, "不是日历上的日期", "is no day of the calendar", "2025-07-08"
            ) from None
    if not day:
        raise _wrong("TYP-02", value, "不是日期", "is not a date", "2025-07-08")
    if not _LEAST_DAY <= day <= _LAST_DAY:
        raise _wrong(
            "TYP-02",
            value,
            "不在 1990 年至 2100 年之间",
            "is not between 1990 and 2100",
            "2025-07-08",
        )
    return day


def read_flag(value: Any) -> bool:
    """Return true or false from `true`, `是`, `√` and their opposites; raises TYP-03 otherwise."""
    if isinstance(value, bool):
        return value
    flag = _FLAGS.get(_half_width(value).lower()) if isinstance(value, str) else None
    if flag is None:
        raise _wrong("TYP-03", value, "不是“是”或“否”", "is not true or false", "true / false")
    return flag


# Editors read an unquoted 0512 or 1.10 as a number; here it stays text as written.
_TEXT_JSON: Final = {"type": ["string", "number"]}
_NUMBER_JSON: Final = {"type": ["number", "string"]}

# ---- the types ----

Text = Annotated[str, Scalar("text", read_text, **_TEXT_JSON)]
Long = Annotated[str, Scalar("long", read_text, **_TEXT_JSON)]
Code = Annotated[str, Scalar("code", read_code, **_TEXT_JSON)]
Clock = Annotated[str, Scalar("clock", read_clock, type="string", examples=["14:00-16:00"])]
Money = Annotated[Decimal, Scalar("money", read_money, **_NUMBER_JSON, examples=["1128000.00"])]
Number = Annotated[Decimal, Scalar("number", read_number, **_NUMBER_JSON)]
Share = Annotated[Decimal, Scalar("share", read_share, **_NUMBER_JSON, examples=["0.30", "30%"])]
Ratio = Annotated[Decimal, Scalar("share", read_ratio, **_NUMBER_JSON, examples=["1.00"])]
Vat = Annotated[tax.Rate, Scalar("rate", read_vat, **_NUMBER_JSON, examples=["0.13", "exempt"])]
Count = Annotated[int, Scalar("count", read_count, type=["integer", "string"])]
Whole = Annotated[int, Scalar("count", read_whole, type=["integer", "string"])]
Rating = Annotated[
    int, Scalar("count", read_rating, type=["integer", "string"], minimum=1, maximum=5)
]
Flag = Annotated[bool, Scalar("flag", read_flag, type=["boolean", "string"])]
Day = Annotated[
    date, Scalar("day", read_day, type="string", examples=["2025-07-08", "2025年7月8日"])
]
Phone = Annotated[
    str,
    Scalar(
        "phone",
        _read_by_codes(
            "CUS-03", codes.normal_phone, codes.phone_flaw, '"13800138000"、0574-00000002'
        ),
        type="string",
        examples=["0574-00000002"],
    ),
]
Email = Annotated[
    str,
    Scalar(
        "email",
        _read_by_codes("TYP-09", str, codes.email_flaw, "he@shuoheng.example.com"),
        type="string",
        format="email",
    ),
]
CreditCode = Annotated[
    str,
    Scalar(
        "code",
        _read_by_codes(
            "PTY-02", codes.normal_credit_code, codes.credit_code_flaw, '"91350100M000100Y43"'
        ),
        type="string",
        examples=["91350100M000100Y43"],
    ),
]
IndustryCode = Annotated[
    str,
    Scalar(
        "code",
        _read_by_codes(
            "CUS-02", lambda text: text, industry.industry_flaw, "C34（通用设备制造业）"
        ),
        type="string",
        pattern=_industry_form,
    ),
]
Account = Annotated[
    str,
    Scalar(
        "account",
        _read_by_codes("TYP-10", codes.normal_account, codes.account_flaw, '"0000000000000000018"'),
        type="string",
        pattern="^[0-9 ]{8,40}$",
    ),
]
BankNumber = Annotated[
    str,
    Scalar(
        "code",
        _read_by_codes("TYP-11", codes.normal_account, codes.bank_number_flaw, '"102290000018"'),
        type="string",
    ),
]
