from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.process.naming import file_name, safe_name, unique_names

TEXTS = st.text(max_size=200) | st.text('合同/:\\*?"<>|. 方案é\u0301\t\u202e😀', max_size=300)


def acceptable(name: str) -> bool:
    """What Windows, macOS and Linux ask of a name."""
    return (
        0 < len(name.encode()) <= 255
        and not set(name) & set('\\/:*?"<>|')
        and min(name) >= " "
        and name == name.strip(" ")
        and not name.endswith(".")
        and name.partition(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
    )


@given(TEXTS)
def test_any_text_becomes_a_name_that_every_system_accepts(text: str) -> None:
    name = safe_name(text)
    assert acceptable(name)
    assert safe_name(name) == name


@given(TEXTS, TEXTS, TEXTS)
def test_a_file_keeps_its_number_version_and_ending(title: str, customer: str, doc_no: str) -> None:
    name = file_name("LY-FA-2025-0037", title + doc_no, customer, "V3.0", date(2025, 6, 13))
    assert acceptable(name)
    assert name.startswith("LY-FA-2025-0037_")
    assert name.endswith("V3.0_2025-06-13.docx")


@given(st.lists(st.sampled_from(["a.docx", "A.docx", "a_2.docx", "é.docx", "e\u0301.docx", "x"])))
def test_no_two_names_are_equal_not_even_in_another_case(names: list[str]) -> None:
    unique = unique_names(names)
    assert len({name.casefold() for name in unique}) == len(names)
    assert [u for u, n in zip(unique, names, strict=True) if u == n][:1] == names[:1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("方案/报价", "方案／报价", id="slash"),
        pytest.param('a\\b:c*d?e"f<g>h|i', "a＼b：c＊d？e＂f＜g＞h｜i", id="reserved"),
        pytest.param("合同. . ", "合同", id="dots and spaces at the end"),
        pytest.param("合同\r\n附件", "合同 附件", id="line break"),
        pytest.param("con", "_con", id="a device of Windows"),
        pytest.param("nul.txt", "_nul.txt", id="a device with an ending"),
        pytest.param("...", "_", id="nothing left"),
    ],
)
def test_what_cannot_stand_in_a_name_is_replaced(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_file_is_named_by_number_title_customer_version_and_date() -> None:
    name = file_name("LY-YS-2025-0037", "项目验收报告", "宁波铄恒", "V1.0", date(2026, 1, 16))
    assert name == "LY-YS-2025-0037_项目验收报告_宁波铄恒_V1.0_2026-01-16.docx"


def test_what_is_not_known_leaves_no_gap() -> None:
    assert file_name("", "客户信息表", "", "V1.0", None) == "客户信息表_V1.0.docx"


def test_two_hundred_characters_are_shortened_at_the_customer_first() -> None:
    name = file_name("LY-XS-2025-0037", "正式合同", "长" * 200, "V1.0", date(2025, 7, 8))
    assert len(name.encode()) <= 255
    assert name.startswith("LY-XS-2025-0037_正式合同_长长")
    assert name.endswith("长_V1.0_2025-07-08.docx")


def test_later_twins_are_marked() -> None:
    assert unique_names(["a.docx", "A.docx", "b.docx", "a.docx"]) == [
        "a.docx",
        "A_2.docx",
        "b.docx",
        "a_3.docx",
    ]


def test_a_twin_of_the_longest_name_still_fits() -> None:
    longest = "长" * 83 + ".docx"
    assert all(len(name.encode()) <= 255 for name in unique_names([longest, longest]))
