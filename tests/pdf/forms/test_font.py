"""The font of fields draws what people here write, and stays what it was cut from."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from lxml import etree

from salesdocs.pdf.forms.cut import cut, gb2312, signs
from salesdocs.pdf.forms.font import FAMILY, form_characters, form_font

_HOUSE = Path(__file__).parents[3]
_STANDARD = _HOUSE / "tools" / "standard_characters.txt"
_TEXTS = sorted([*_HOUSE.glob("templates/**/*.yaml"), *_HOUSE.glob("examples/**/*.yaml")])
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def font() -> TTFont:
    return TTFont(BytesIO(form_font()))


def _undrawn(text: str) -> str:
    return "".join(sorted({c for c in text if ord(c) not in form_characters() and c >= " "}))


def test_it_draws_all_of_gb2312_and_the_signs_of_trade_papers():
    assert len(gb2312()) == 6763 + 682
    assert gb2312() | signs() <= form_characters()


def test_it_draws_the_table_of_general_standard_characters():
    standard = "".join(_STANDARD.read_text("utf-8").split())
    assert len(set(standard)) == len(standard) == 8105
    assert not _undrawn(standard)


@pytest.mark.parametrize(
    "text", ["喆堃玥昇珺赟旻镕祎", "㛃𬭎", "〇", "☐☑☒√×", "甲方（盖章）：¥1,280.00"]
)
def test_it_draws_what_names_and_forms_hold(text: str):
    assert not _undrawn(text)


@pytest.mark.parametrize("file", _TEXTS, ids=lambda path: str(path.relative_to(_HOUSE)))
def test_it_draws_every_text_of_the_library_and_the_examples(file: Path):
    assert not _undrawn(file.read_text("utf-8"))


def test_it_draws_every_letter_of_the_word_templates():
    for file in sorted(_HOUSE.glob("templates/docx/*.docx")):
        with zipfile.ZipFile(file) as package:
            body = etree.fromstring(package.read("word/document.xml"))
        assert not _undrawn("".join(run.text or "" for run in body.iter(f"{_W}t"))), file.name


def test_every_letter_it_maps_has_an_outline(font: TTFont):
    starts = font["loca"]
    at = {name: font.getGlyphID(name) for name in font.getGlyphOrder()}
    blank = {
        chr(point)
        for point, name in font.getBestCmap().items()
        if starts[at[name]] == starts[at[name] + 1] and not chr(point).isspace()
    }
    assert not blank


def test_a_ticked_box_is_a_box_with_a_tick_inside(font: TTFont):
    glyphs, mapped = font["glyf"], font.getBestCmap()
    box = glyphs[mapped[ord("☐")]]
    for sign in "☑☒":
        ticked = glyphs[mapped[ord(sign)]]
        ticked.recalcBounds(glyphs)
        assert ticked.numberOfContours == -1
        assert ticked.getComponentNames(glyphs)[0] == mapped[ord("☐")]
        assert (ticked.xMin, ticked.yMin, ticked.xMax, ticked.yMax) == (
            box.xMin,
            box.yMin,
            box.xMax,
            box.yMax,
        )


def test_it_may_be_embedded_and_does_not_bear_the_reserved_name(font: TTFont):
    names = font["name"]
    assert font["OS/2"].fsType == 0
    assert names.getDebugName(1) == FAMILY
    assert "Reserved Font Name 'Source'" in names.getDebugName(0)
    for identifier in (1, 3, 4, 6):
        assert "source" not in names.getDebugName(identifier).lower()
    licence = (_HOUSE / "salesdocs/pdf/forms/OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Open Font License" in names.getDebugName(13)


def test_it_is_small_enough_to_be_embedded_whole():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("font", form_font())
    assert len(packed.getvalue()) < 1.8e6


def test_cutting_it_again_gives_the_same_letters_and_the_same_bytes_each_time(font: TTFont):
    some = set(sorted(form_characters())[::20]) | {ord("☑")}
    first, second = (cut(form_font(), some) for _ in range(2))
    assert first == second
    again = TTFont(BytesIO(first))
    before, after = font.getBestCmap(), again.getBestCmap()
    assert set(after) >= some
    for point in some:
        assert again["hmtx"][after[point]] == font["hmtx"][before[point]]
        assert _outline(again, after[point]) == _outline(font, before[point])


def _outline(font: TTFont, name: str) -> list[tuple[str, tuple[object, ...]]]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return pen.value


def test_a_cut_holds_what_was_asked_for_and_no_more():
    small = TTFont(BytesIO(cut(form_font(), {ord("合"), ord("同")})))
    assert set(small.getBestCmap()) == {ord("合"), ord("同")}
    assert small["name"].getDebugName(1) == FAMILY
