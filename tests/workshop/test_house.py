"""The house style: both faces named, styles that exist, sizes of the Chinese scale."""

from typing import get_args

import pytest

from salesdocs.workshop.house import FIRST_LIST, HOUSES, SIZES, Kind, styles
from salesdocs.workshop.markup import qualified, serialise
from salesdocs.workshop.numbering import numbering_part
from salesdocs.workshop.stylesheet import settings_part, styles_part, theme_part
from tests.workshop.gallery import find

VAL = qualified("w:val")
EVERY = [
    pytest.param(HOUSES[kind], lang, id=f"{kind}-{lang}")
    for kind in get_args(Kind)
    for lang in ("zh", "en")
]


@pytest.mark.parametrize(("house", "lang"), EVERY)
def test_every_style_that_names_a_face_names_all_four(house, lang):
    for fonts in find(styles_part(house, lang), "w:rFonts"):
        names = {fonts.get(qualified(f"w:{kind}")) for kind in ("ascii", "hAnsi", "cs")}
        assert len(names) == 1
        assert names <= {"Times New Roman", "Arial", "宋体"}  # boxes are Chinese in every slot
        assert fonts.get(qualified("w:eastAsia")) in {"宋体", "黑体"}


@pytest.mark.parametrize(("house", "lang"), EVERY)
def test_the_style_sheet_is_lean_and_each_style_refers_to_one_that_exists(house, lang):
    root = styles_part(house, lang)
    ids = [style.get(qualified("w:styleId")) for style in find(root, "w:style")]
    assert len(ids) == len(set(ids))
    for tag in ("w:basedOn", "w:next"):
        assert {element.get(VAL) for element in find(root, tag)} <= set(ids)
    assert len(serialise(root)) < 40_000


@pytest.mark.parametrize(("house", "lang"), EVERY)
def test_sizes_are_those_of_the_chinese_scale(house, lang):
    allowed = {str(round(points * 2)) for points in SIZES.values()}
    assert {size.get(VAL) for size in find(styles_part(house, lang), "w:sz")} <= allowed


@pytest.mark.parametrize(("house", "lang"), EVERY)
def test_numbered_styles_point_at_levels_that_point_back(house, lang):
    linked = {
        (level.get(qualified("w:ilvl")), style.get(VAL))
        for level in find(numbering_part(lang, 2), "w:lvl")
        for style in find(level, "w:pStyle")
    }
    numbered = {
        (str(style.level), style.id)
        for style in styles(house, lang)
        if 0 < style.list_id < FIRST_LIST
    }
    assert numbered == linked


def test_each_numbered_list_starts_again():
    starts = [num for num in find(numbering_part("zh", 3), "w:num") if find(num, "w:startOverride")]
    assert len(starts) == 3


def test_contracts_leave_no_gap_between_chinese_and_digits():
    gaps = {
        kind: find(styles_part(HOUSES[kind], "zh"), "w:autoSpaceDN")[0].get(VAL)
        for kind in get_args(Kind)
    }
    assert gaps == {"report": "1", "contract": "0", "form": "1"}


def test_the_text_is_as_wide_as_the_margins_leave():
    widths = {kind: round(house.width / 1440 * 25.4) for kind, house in HOUSES.items()}
    assert widths == {"report": 157, "contract": 154, "form": 154}


def test_fields_are_refreshed_on_opening_only_where_there_are_contents():
    assert [len(find(settings_part(contents), "w:updateFields")) for contents in (True, False)] == [
        1,
        0,
    ]


def test_the_theme_has_the_three_formats_of_each_kind_that_word_asks_for():
    formats = find(theme_part(), "a:fmtScheme")[0]
    assert [len(kind) for kind in formats] == [3, 3, 3, 3]
