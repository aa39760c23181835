"""Identifiers people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.calc import codes

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
GOOD_CODES = [
    "91350100M000100Y43",
    "91990000MA9XL00169",
    "91990000MA9XL00244",
    "91990000MA9XL0032Y",
    "91990000MA9XL0040R",
    "91990000MA9XL0059N",
    "12990000MB9XL001XP",
]


@pytest.mark.parametrize("code", GOOD_CODES)
def test_a_credit_code_passes_both_check_digits(code: str) -> None:
    assert codes.credit_code_flaw(code) is None


def test_the_standards_own_example_gets_its_check_digit() -> None:
    assert codes.credit_code_check("91350100M000100Y4") == "3"


def test_a_credit_code_is_read_whatever_its_spacing_and_width() -> None:
    assert codes.normal_credit_code(" 9199 0000-ｍａ9XL00169 ") == "91990000MA9XL00169"
    assert codes.credit_code_flaw("９１990000ma9xl00169") is None


@given(
    st.sampled_from(GOOD_CODES),
    st.integers(min_value=0, max_value=17),
    st.sampled_from(SIGNS),
)
def test_one_wrong_character_is_always_noticed(code: str, place: int, sign: str) -> None:
    wrong = code[:place] + sign + code[place + 1 :]
    assert (codes.credit_code_flaw(wrong) is None) == (wrong == code)


@given(st.sampled_from(GOOD_CODES), st.integers(min_value=0, max_value=16))
def test_two_swapped_characters_are_always_noticed(code: str, place: int) -> None:
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (codes.credit_code_flaw(wrong) is None) == (wrong == code)


def with_check(body: str) -> str:
    return body + codes.credit_code_check(body)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        pytest.param("91990000MA9XL00168", "末位校验码不符", id="last-check-digit"),
        pytest.param(with_check("91990000MA9XL0017"), "第 17 位", id="organisation-check-digit"),
        pytest.param("91990000MA9XL0016", "应为 18 位，现为 17 位", id="short"),
        pytest.param("", "现为 0 位", id="empty"),
        pytest.param("310115123456789", "15 位的旧税务登记号", id="old-tax-number"),
        pytest.param("91990000MA9XLO0169", "“O”，是否为“0”", id="letter-o"),
        pytest.param("91990000MA9XL0016*", "“*”", id="sign"),
        pytest.param(with_check("01990000MA9XL0016"), "第 1 位", id="department"),
        pytest.param(with_check("9199000AMA9XL0016"), "行政区划码", id="division"),
    ],
)
def test_a_bad_credit_code_is_told_why(code: str, reason: str) -> None:
    flaw = codes.credit_code_flaw(code)
    assert flaw is not None
    assert reason in flaw.zh
    assert flaw.en


def test_departments_with_a_letter_have_codes_too() -> None:
    assert codes.credit_code_flaw(with_check("N2990000MA9XL0016")) is None


@pytest.mark.parametrize(
    ("text", "normal", "kind", "masked"),
    [
        ("13800138000", "13800138000", "mobile", "138****8000"),
        ("+86 138 0013 8000", "13800138000", "mobile", "138****8000"),
        ("86-138-0013-8000", "13800138000", "mobile", "138****8000"),
        ("１３８００１３８０００", "13800138000", "mobile", "138****8000"),
        ("0512-00000001", "0512-00000001", "landline", "0512-****0001"),
        ("051200000001", "0512-00000001", "landline", "0512-****0001"),
        ("（0574）0000002", "0574-0000002", "landline", "0574-****0002"),
        ("010-01234567转801", "010-01234567-801", "landline", "010-****4567"),
        ("+86 512 65000000", "0512-65000000", "landline", "0512-****0000"),
        ("021—01234567", "021-01234567", "landline", "021-****4567"),
        ("400 000 1234", "400-000-1234", "service", "400-000-1234"),
        ("8000001234", "800-000-1234", "service", "800-000-1234"),
        ("+49 30 0123456", "+49300123456", "foreign", "+49****3456"),
    ],
)
def test_a_phone_number_is_normalised_and_masked(
    text: str, normal: str, kind: str, masked: str
) -> None:
    assert codes.normal_phone(text) == normal
    assert codes.phone_kind(text) == kind
    assert codes.phone_flaw(text) is None
    assert codes.masked_phone(text) == masked
    assert codes.normal_phone(normal) == normal


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1380013800", "手机号应为 11 位，现为 10 位"),
        ("138001380000", "现为 12 位"),
        ("12800138000", "不是有效的电话号码"),
        ("65000000", "缺少区号"),
        ("暂无", "不是有效的电话号码"),
        ("", "不是有效的电话号码"),
    ],
)
def test_a_bad_phone_number_is_told_why_and_never_shown(text: str, reason: str) -> None:
    flaw = codes.phone_flaw(text)
    assert flaw is not None
    assert reason in flaw.zh
    assert codes.phone_kind(text) is None
    assert codes.masked_phone(text) == "****"


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"))
def test_a_masked_mobile_number_shows_seven_digits(phone: str) -> None:
    assert codes.masked_phone(phone) == f"{phone[:3]}****{phone[-4:]}"


@given(st.text(max_size=30))
def test_any_text_can_be_asked_about(text: str) -> None:
    normal = codes.normal_phone(text)
    assert (codes.phone_kind(text) is None) == (codes.phone_flaw(text) is not None)
    assert codes.phone_kind(text) is None or codes.normal_phone(normal) == normal
    codes.credit_code_flaw(text)
    codes.account_flaw(text)
    codes.email_flaw(text)


def test_a_company_account_has_8_to_32_digits() -> None:
    assert codes.normal_account(" 0000 0000 0000 0000 018 ") == "0000000000000000018"
    assert codes.account_flaw("0000000000000000018") is None
    for bad, reason in (("1234567", "8 至 32 位"), ("1" * 33, "33 位"), ("12345678X", "数字")):
        flaw = codes.account_flaw(bad)
        assert flaw is not None
        assert reason in flaw.zh


def test_a_bank_number_has_12_digits() -> None:
    assert codes.bank_number_flaw("102305000019") is None
    assert codes.bank_number_flaw("10230500001") is not None


@pytest.mark.parametrize("address", ["zhou@lanyan.example.com", "a.b+c@x-y.cn"])
def test_an_address_is_accepted(address: str) -> None:
    assert codes.email_flaw(address) is None


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("zhou＠lanyan.example.com", "全角"),
        ("zhou @lanyan.example.com", "空格"),
        ("zhou.lanyan.example.com", "@"),
        ("a@b@example.com", "@"),
        ("zhou@localhost", "不是有效的邮箱地址"),
        ("zhou..a@example.com", "不是有效的邮箱地址"),
    ],
)
def test_a_bad_address_is_told_why(address: str, reason: str) -> None:
    flaw = codes.email_flaw(address)
    assert flaw is not None
    assert reason in flaw.zh
