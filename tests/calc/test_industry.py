"""Industries of GB/T 4754-2017."""

import pytest

from salesdocs.calc.industry import (
    Industry,
    divisions_of,
    industries,
    industries_meant,
    industry,
    industry_flaw,
)

RANGES = {
    "A": (1, 5),
    "B": (6, 12),
    "C": (13, 43),
    "D": (44, 46),
    "E": (47, 50),
    "F": (51, 52),
    "G": (53, 60),
    "H": (61, 62),
    "I": (63, 65),
    "J": (66, 69),
    "K": (70, 70),
    "L": (71, 72),
    "M": (73, 75),
    "N": (76, 79),
    "O": (80, 82),
    "P": (83, 83),
    "Q": (84, 85),
    "R": (86, 90),
    "S": (91, 96),
    "T": (97, 97),
}


def test_the_table_has_20_sections_and_97_divisions_with_both_names() -> None:
    table = industries()
    assert [code for code in table if len(code) == 1] == list(RANGES)
    assert len(table) == 117
    assert all(entry.name.zh and entry.name.en for entry in table.values())
    assert len({entry.code[1:] for entry in table.values() if len(entry.code) == 3}) == 97


@pytest.mark.parametrize("section", RANGES)
def test_a_section_has_the_divisions_of_the_standard(section: str) -> None:
    first, last = RANGES[section]
    codes = [entry.code for entry in divisions_of(section)]
    assert codes == [f"{section}{number:02}" for number in range(first, last + 1)]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("C", "制造业"),
        ("C34", "通用设备制造业"),
        ("C341", "通用设备制造业"),
        ("C3411", "通用设备制造业"),
        ("H62", "餐饮业"),
        ("Q84", "卫生"),
        ("I65", "软件和信息技术服务业"),
    ],
)
def test_a_code_of_any_depth_names_its_industry(code: str, name: str) -> None:
    found = industry(code)
    assert found is not None
    assert found.name.zh == name
    assert found.section == code[0]
    assert industry_flaw(code) is None


@pytest.mark.parametrize(
    ("code", "hint"),
    [("34", "C34"), ("D34", "C34"), ("c3411", "C34"), ("U", "GB/T"), ("C99", "GB/T"), ("", "GB/T")],
)
def test_a_wrong_code_is_told_the_right_one_where_it_can_be(code: str, hint: str) -> None:
    assert industry(code) is None
    flaw = industry_flaw(code)
    assert flaw is not None
    assert hint in flaw.zh
    assert hint in flaw.en


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("C34", "C34"), ("c3411", "C34"), ("制造业", "C"), ("教育", "P83"), ("通用设备", "C34"),
        ("机械", "C34"), ("医疗器械", "C35"), ("精密机械制造", "C34"), ("医院", "Q84"),
        ("软件公司", "I65"), ("连锁餐饮", "H62"), ("it", "I65"), ("新能源汽车零部件", "C36"),
    ],
)  # fmt: skip
def test_what_people_say_leads_to_an_industry(words: str, first: str) -> None:
    assert industries_meant(words)[0].code == first


@pytest.mark.parametrize("entry", industries().values(), ids=lambda entry: entry.code)
def test_a_code_or_the_name_of_the_standard_gives_one_industry(entry: Industry) -> None:
    assert industries_meant(entry.code) == (entry,)
    (named,) = industries_meant(entry.name.zh)
    assert named.name.zh == entry.name.zh


def test_words_that_mean_nothing_give_no_industry() -> None:
    assert industries_meant("魔法") == ()
    assert industries_meant("") == ()
