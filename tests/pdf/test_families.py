"""Every family a Word file names has open ones to stand in, Chinese in the mainland's forms."""

import re

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.pdf.families import KINDS, NAME_LIMIT, SANS_SC, SERIF_SC, families, kind_of, stack

_NAMES = [name for kind in KINDS for name in kind.names]
_OTHER_REGIONS = re.compile(r"\b(JP|KR|TC|HK|TW)\b")


def _parsed(value: str) -> tuple[list[str], str]:
    """Return the quoted families of a CSS value, and the generic one it ends with."""
    tokens = [t for t in tinycss2.parse_component_value_list(value) if t.type != "whitespace"]
    assert [t.type for t in tokens[1::2]] == ["literal"] * (len(tokens) // 2)
    assert all(t.value == "," for t in tokens[1::2])
    *names, generic = tokens[::2]
    assert {t.type for t in names} == {"string"}
    assert generic.type == "ident"
    return [t.value for t in names], generic.value


@pytest.mark.parametrize("name", _NAMES)
def test_a_family_that_is_here_is_drawn_itself(name: str):
    for value in (stack(name, "宋体"), stack("", name)):
        assert _parsed(value)[0][0] == name


@pytest.mark.parametrize("name", _NAMES)
def test_chinese_has_a_family_of_the_mainland_and_none_of_another_region(name: str):
    found = families("Arial", name)
    assert {"Noto Serif CJK SC", "Noto Sans CJK SC"} <= set(found)
    assert not [each for each in found if _OTHER_REGIONS.search(each)]


@pytest.mark.parametrize("name", [name for name in _NAMES if kind_of(name).generic == "serif"])
def test_a_face_with_serifs_is_stood_in_for_by_one_with_serifs(name: str):
    found = families("Arial", name)
    assert found.index("Noto Serif CJK SC") < found.index("Noto Sans CJK SC")


@pytest.mark.parametrize("name", [n for k in KINDS if k.wide for n in k.names])
def test_a_chinese_face_without_serifs_is_stood_in_for_by_one_without(name: str):
    found = families("", name)
    sans = found.index("Noto Sans CJK SC") < found.index("Noto Serif CJK SC")
    assert sans == (kind_of(name).generic == "sans-serif")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("宋体", "Noto Serif CJK SC"),
        ("SimSun", "Noto Serif CJK SC"),
        ("@宋体", "Noto Serif CJK SC"),
        ("ＳｉｍＳｕｎ", "Noto Serif CJK SC"),
        ("simsun", "Noto Serif CJK SC"),
        ("黑体", "Noto Sans CJK SC"),
        ("微软雅黑", "Noto Sans CJK SC"),
        ("等线", "Noto Sans CJK SC"),
        ("楷体_GB2312", "LXGW WenKai"),
        ("仿宋_GB2312", "Noto Serif CJK SC"),
        ("方正小标宋简体", "Noto Serif CJK SC"),
        ("某某粗黑体", "Noto Sans CJK SC"),
        ("某某行楷", "AR PL UKai CN"),
        ("Times New Roman", "Liberation Serif"),
        ("Arial", "Liberation Sans"),
        ("Calibri", "Carlito"),
        ("Cambria", "Caladea"),
        ("Courier New", "Liberation Mono"),
        ("Consolas", "Liberation Mono"),
        ("Wingdings", "OpenSymbol"),
        ("Nobody's Sans", "Liberation Sans"),
        ("Nobody's", "Liberation Serif"),
    ],
)
def test_what_stands_in_is_of_the_same_manner(name: str, first: str):
    assert first in families(name, "")
    assert families(name, "").index(first) < families(name, "").index("DejaVu Sans")
    assert first in kind_of(name).open


def test_the_chinese_and_english_names_of_a_family_are_one():
    for value in (families("", "宋体"), families("", "SimSun")):
        assert set(value[:2]) == {"宋体", "SimSun"}
    assert set(families("", "微软雅黑")[:2]) == {"微软雅黑", "Microsoft YaHei"}


def test_letters_are_drawn_by_the_latin_family_and_chinese_by_the_one_after():
    found = families("Arial", "黑体")
    assert found.index("Liberation Sans") < found.index("黑体") < found.index("Noto Sans CJK SC")


def test_without_a_latin_family_the_chinese_one_draws_all():
    assert families("", "宋体")[0] == "宋体"
    assert not set(families("", "宋体")) & {"Liberation Serif", "Times"}


def test_a_latin_family_named_for_chinese_leaves_chinese_to_song():
    found = families("Calibri", "Calibri")
    chinese = [each for each in found if each in {*SERIF_SC, *SANS_SC}]
    assert found[0] == "Calibri"
    assert chinese[0] == "Noto Serif CJK SC"


@given(st.text(), st.text())
def test_any_name_gives_one_css_value_and_no_more(latin: str, east_asian: str):
    names, generic = _parsed(stack(latin, east_asian))
    assert generic in {"serif", "sans-serif", "monospace"}
    assert all(0 < len(name) <= NAME_LIMIT and "," not in name for name in names)
    assert len(set(names)) == len(names)
    sheet = tinycss2.parse_stylesheet(f"p{{font-family:{stack(latin, east_asian)}}} q{{}}")
    assert [rule.type for rule in sheet if rule.type != "whitespace"] == ["qualified-rule"] * 2
