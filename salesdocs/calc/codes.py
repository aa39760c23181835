"""Identifiers people type: credit codes, phones, bank accounts, e-mail; normal form and flaw.

A `…_flaw` function returns what is wrong with a text, or None; it expects what a person wrote and
normalises it itself. Patterns are given as text, since compiling them waits for their first use.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

from salesdocs.findings import Phrase

PhoneKind = Literal["mobile", "landline", "service", "foreign"]

_CODE_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_BODY_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_DEPARTMENTS: Final = "123456789ANY"
_LOOKS_LIKE: Final = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}

_PHONES: Final[dict[PhoneKind, str]] = {
    "mobile": r"1[3-9]\d{9}",
    "landline": r"0\d{2,3}-?\d{7,8}(-\d{1,6})?",
    "service": r"(400|800)-?\d{3}-?\d{4}",
    "foreign": r"\+(?!86)[1-9]\d{6,14}",  # ITU-T E.164: fifteen digits at most
}
_LANDLINE_PARTS: Final = r"(010|02\d|0\d{3})-?(\d{7,8})(?:-(\d{1,6}))?"
_EMAIL: Final = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}"


def _half_width(text: str) -> str:
    """Return `text` with full-width signs made half-width, dashes made one, spaces gone."""
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s", "", re.sub(r"[‐‑‒–—―−－]", "-", folded))


def normal_credit_code(text: str) -> str:
    """Return `text` as a unified social credit code is written: half-width, capitals, no gaps."""
    return _half_width(text).upper().replace("-", "")


def credit_code_flaw(text: str) -> Phrase | None:
    """Return what makes `text` no unified social credit code (GB 32100-2015), None if it is one.

    Looks at both check digits, that of the code and that of the organisation code (GB 11714) in it.
    """
    code = normal_credit_code(text)
    return _credit_code_shape_flaw(code) or _credit_code_digit_flaw(code)


def _credit_code_shape_flaw(code: str) -> Phrase | None:
    if re.fullmatch(r"\d{15}|\d{14}[0-9X]", code):
        return Phrase(
            "是 15 位的旧税务登记号，请改用营业执照上 18 位的统一社会信用代码",
            "this is an old 15-digit tax number; use the 18-character code on the business licence",
        )
    if len(code) != 18:
        return Phrase(f"应为 18 位，现为 {len(code)} 位", f"has {len(code)} characters, not 18")
    illegal = next((sign for sign in code if sign not in _CODE_SIGNS), "")
    if illegal:
        guess = _LOOKS_LIKE.get(illegal, "")
        return Phrase(
            f"含有代码中不使用的字符“{illegal}”" + (f"，是否为“{guess}”" if guess else ""),
            f"has {illegal!r}, which no code has" + (f"; is it {guess!r}?" if guess else ""),
        )
    if code[0] not in _DEPARTMENTS:
        return Phrase(
            f"第 1 位“{code[0]}”不是登记管理部门代码",
            f"character 1, {code[0]!r}, is no registering department",
        )
    if not code[2:8].isdigit():
        return Phrase(
            "第 3 至 8 位应为数字（行政区划码）", "characters 3 to 8, the division, must be digits"
        )
    return None


def _credit_code_digit_flaw(code: str) -> Phrase | None:
    if code[17] != credit_code_check(code[:17]):
        return Phrase("末位校验码不符，请逐位核对", "the last check digit does not match")
    if code[16] != _body_check(code[8:16]):
        return Phrase(
            "第 17 位（主体标识码校验位）不符，请逐位核对",
            "character 17, the check digit of the organisation code, does not match",
        )
    return None


def credit_code_check(body: str) -> str:
    """Return the check character for the first 17 characters of a code (GB 32100-2015, annex A)."""
    pairs = zip(body, _CODE_WEIGHTS, strict=True)
    return _CODE_SIGNS[-sum(_CODE_SIGNS.index(sign) * weight for sign, weight in pairs) % 31]


def _body_check(body: str) -> str:
    """Return the check character for the first 8 characters of an organisation code (GB 11714)."""
    pairs = zip(body, _BODY_WEIGHTS, strict=True)
    return "0123456789X"[-sum(int(sign, 36) * weight for sign, weight in pairs) % 11]


def normal_phone(text: str) -> str:
    """Return `text` in the house form: 13800138000, 0512-65000000-801, 400-800-1234, +4930123456.

    What is no phone number comes back half-width and without gaps.
    """
    phone = re.sub(r"(转|分机|ext\.?|x)", "-", _half_width(text), flags=re.IGNORECASE)
    phone = re.sub(r"[()]", "-", phone).strip("-").replace("--", "-")
    phone = re.sub(r"^(\+86|0086)-?(?=\d)", "", phone)
    digits = phone.replace("-", "")
    if re.fullmatch(r"(86)?1[3-9]\d{9}", digits):
        return digits[-11:]
    if re.fullmatch(_PHONES["service"], digits):
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    if digits.startswith("+"):
        return digits
    # +86 512… drops the 0 that a number within the country has
    if not phone.startswith("0") and re.match(r"\W*(\+86|0086)", _half_width(text)):
        phone = f"0{phone}"
    landline = re.fullmatch(_LANDLINE_PARTS, phone)
    return "-".join(part for part in landline.groups() if part) if landline else phone


def phone_kind(text: str) -> PhoneKind | None:
    """Return which kind of phone number `text` is, None if none."""
    phone = normal_phone(text)
    return next((kind for kind, form in _PHONES.items() if re.fullmatch(form, phone)), None)


def phone_flaw(text: str) -> Phrase | None:
    """Return what makes `text` no phone number, None if it is one."""
    if phone_kind(text):
        return None
    phone = normal_phone(text)
    if re.fullmatch(r"1\d{6,}", phone) and len(phone) != 11:
        return Phrase(
            f"手机号应为 11 位，现为 {len(phone)} 位",
            f"a mobile number has 11 digits, this has {len(phone)}",
        )
    if re.fullmatch(r"\d{7,8}", phone):
        return Phrase("固定电话缺少区号", "the area code is missing")
    return Phrase("不是有效的电话号码", "not a phone number")


def masked_phone(text: str) -> str:
    """Return a phone number with the middle hidden, 138****8000; service numbers are public."""
    phone = normal_phone(text)
    match phone_kind(text):
        case "service":
            return phone
        case "landline":
            area, number = phone.split("-")[:2]
            return f"{area}-****{number[-4:]}"
        case "mobile" | "foreign":
            return f"{phone[:3]}****{phone[-4:]}"
    return "****"


def normal_account(text: str) -> str:
    """Return a bank account number without spaces and dashes, half-width."""
    return _half_width(text).replace("-", "")


def account_flaw(text: str) -> Phrase | None:
    """Return what makes `text` no company account, None if it can be one.

    Company accounts have no common check digit; that of Luhn belongs to cards.
    """
    account = normal_account(text)
    if not re.fullmatch(r"\d+", account):
        return Phrase("银行账号只能由数字组成", "an account number has digits only")
    if not 8 <= len(account) <= 32:
        return Phrase(
            f"银行账号应为 8 至 32 位，现为 {len(account)} 位",
            f"an account number has 8 to 32 digits, this has {len(account)}",
        )
    return None


def bank_number_flaw(text: str) -> Phrase | None:
    """Return what makes `text` no bank number of the payment system (CNAPS 行号), None if it is."""
    if re.fullmatch(r"\d{12}", normal_account(text)):
        return None
    return Phrase("联行号应为 12 位数字", "a CNAPS bank number has 12 digits")


def email_flaw(text: str) -> Phrase | None:
    """Return what makes `text` no e-mail address, None if it can be one."""
    if re.fullmatch(_EMAIL, text) and ".." not in text:
        return None
    if text != unicodedata.normalize("NFKC", text) or re.search(r"\s", text):
        return Phrase(
            "邮箱含有全角字符或空格", "the address has full-width characters or spaces in it"
        )
    if text.count("@") != 1:
        return Phrase("邮箱应有且只有一个 @", "an address has exactly one @")
    return Phrase("不是有效的邮箱地址", "not an e-mail address")
