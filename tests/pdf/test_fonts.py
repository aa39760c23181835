"""What a machine's fonts cannot draw is said before anything is laid out, on any machine."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.errors import PdfError
from salesdocs.pdf import fonts
from salesdocs.pdf.fontconfig import FOLDER_VARIABLE, faces, is_real
from salesdocs.pdf.fonts import Letters, check, missing, needs_glyph
from salesdocs.pdf.letters import letters
from salesdocs.word.shown.model import (
    Box,
    Cell,
    Chart,
    Counter,
    Look,
    Number,
    Paragraph,
    Row,
    Section,
    Series,
    Shape,
    Shown,
    Story,
    Table,
    Text,
    Watermark,
)

_HOUSE = Path(__file__).parents[2]
_FORM_FONT = _HOUSE / "salesdocs/pdf/forms/SalesdocsForm.ttf"
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>"""
_ASK = """
import sys
from salesdocs.errors import PdfError
from salesdocs.pdf.fonts import Letters, check
text, bold = sys.argv[1], sys.argv[2] == "bold"
try:
    found = check([Letters("Arial", "黑体", bold, frozenset(text), {text[0]: "甲方盖章"})], "a.docx")
except PdfError as error:
    found = error.findings
print("\\n".join(each.text("zh") + "\\n" + each.text("en") for each in found))
"""


def _written(text: str, *, bold: bool = False, east_asian: str = "宋体") -> list[Letters]:
    return [Letters("Times New Roman", east_asian, bold, frozenset(text))]


@pytest.fixture
def machine(tmp_path: Path):
    """Return a function that asks a machine having only the fonts linked into a folder."""

    def ask(code: str, *arguments: str, files: tuple[str, ...] = (), **environment: str) -> str:
        folder = tmp_path / "fonts"
        folder.mkdir(exist_ok=True)
        for file in files:
            (folder / Path(file).name).symlink_to(file)
        configuration = tmp_path / "fonts.conf"
        configuration.write_text(
            _CONFIGURATION.format(folders=f"<dir>{folder}</dir>", cache=tmp_path / "cache")
        )
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code, *arguments],
            cwd=_HOUSE,
            env={**os.environ, "FONTCONFIG_FILE": str(configuration), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return ask


def _file_of(family: str, *, bold: bool = False) -> str:
    """Return the file of a face; the tests need fonts-noto-cjk and fonts-liberation installed."""
    found = [face.file for face in faces() if family in face.families and face.bold == bold]
    assert found, f"{family} is not installed"
    return found[0]


def test_without_any_font_the_error_says_what_is_lost_and_how_to_get_one(machine):
    said = machine(_ASK, "甲方", "")
    assert (
        "a.docx: error: 本机没有任何字体，画不出 2 个字符：“方”（U+65B9）、“甲”（U+7532）" in said
    )
    assert "首先见于“甲方盖章” [PDF-01]" in said
    assert "this machine has no fonts at all; 2 characters cannot be drawn" in said
    assert "apt install fonts-noto-cjk" in said
    assert FOLDER_VARIABLE in said


def test_with_latin_fonts_only_chinese_is_an_error_and_latin_is_not(machine):
    latin = (_file_of("Liberation Sans"), _file_of("Liberation Sans", bold=True))
    said = machine(_ASK, "ABC 甲方（盖章）", "", files=latin)
    assert "本机没有中文字体，画不出 6 个字符" in said
    assert "“A”" not in said
    assert "[PDF-01]" in said
    assert machine(_ASK, "ABC 1,280.00", "bold") == "\n"


def test_a_folder_of_font_files_is_enough(machine, tmp_path: Path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.ttf").write_bytes(_FORM_FONT.read_bytes())
    assert machine(_ASK, "甲方（盖章）ABC", "", **{FOLDER_VARIABLE: str(own)}) == "\n"


def test_a_folder_that_is_not_there_is_a_warning(machine, tmp_path: Path):
    absent = str(tmp_path / "nowhere")
    said = machine(_ASK, "甲方", "", files=(str(_FORM_FONT),), **{FOLDER_VARIABLE: absent})
    assert said.startswith(
        f"warning: 环境变量 SALESDOCS_FONTS 指明的文件夹不存在：{absent} [PDF-08]"
    )


def test_what_is_drawn_comes_from_the_folder_too(machine, tmp_path: Path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.ttf").write_bytes(_FORM_FONT.read_bytes())
    code = """
from io import BytesIO
import pypdf
from salesdocs.pdf.machine import require
require()
import weasyprint
from salesdocs.pdf.fonts import configuration, stack
html = f"<p lang=zh-CN style='font-family:{stack('', '宋体')}'>甲方盖章</p>".replace('"', "&quot;")
pdf = weasyprint.HTML(string=html).write_pdf(font_config=configuration())
page = pypdf.PdfReader(BytesIO(pdf)).pages[0]
print(page.extract_text(), [f.get_object()["/BaseFont"] for f in page["/Resources"]["/Font"].values()])
"""
    said = machine(code, files=(), **{FOLDER_VARIABLE: str(own)})
    assert said.startswith("甲方盖章")
    assert "Salesdocs-Form" in said


def test_bold_without_a_bold_face_is_a_note_and_no_error(machine):
    said = machine(_ASK, "甲方", "bold", files=(str(_FORM_FONT),))
    assert said.splitlines()[0].startswith("a.docx: note: 字体 Salesdocs Form 没有粗体")
    assert "[PDF-03]" in said
    assert machine(_ASK, "甲方", "") == "\n"


def test_chinese_in_the_forms_of_another_region_is_a_warning(machine, tmp_path: Path):
    from io import BytesIO

    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(_FORM_FONT.read_bytes()))
    for record in font["name"].names:
        if record.nameID in {1, 4}:
            record.string = "Noto Serif JP"
    saved = tmp_path / "jp.ttf"
    font.save(saved)
    said = machine(_ASK, "甲方", "", files=(str(saved),))
    assert "a.docx: warning: “方”等汉字由字体 Noto Serif JP 印出" in said
    assert "[PDF-07]" in said


def test_characters_beyond_the_fonts_are_quoted_with_numbers_and_the_rest_counted():
    private = "".join(chr(0xF0000 + index) for index in range(23))
    with pytest.raises(PdfError) as raised:
        check(_written("甲方" + private), "a.docx")
    (finding,) = raised.value.findings
    assert finding.rule == "PDF-02"
    assert finding.file == "a.docx"
    assert "画不出 23 个字符：U+F0000、U+F0001" in finding.message.zh
    assert finding.message.zh.count("U+") == 20
    assert "还有 3 个" in finding.message.zh
    assert "and 3 more" in finding.message.en
    assert "造字区" in finding.hint.zh


def test_an_emoji_no_font_has_is_an_error_that_names_a_font_of_emoji(machine):
    said = machine(_ASK, "好🎉", "", files=(str(_FORM_FONT),))
    assert "画不出 1 个字符：“🎉”（U+1F389）" in said
    assert "apt install fonts-noto-color-emoji" in said
    assert "PDF-02" in said


def test_a_rare_name_beside_a_chinese_font_asks_for_a_larger_one(machine):
    said = machine(_ASK, "张𰻝", "", files=(str(_FORM_FONT),))
    assert "“𰻝”（U+30EDD）" in said
    assert "本机没有中文字体" not in said
    assert "apt install fonts-hanazono" in said


@pytest.mark.parametrize("character", "㛃𬭎〇喆堃①㎡√×☐☑—“”·¥")
def test_rare_but_real_characters_are_found_in_the_fonts_of_this_machine(character: str):
    _file_of("Noto Serif CJK SC")
    assert check(_written(character)) == ()


@pytest.mark.parametrize(
    "character", ["\n", "\t", " ", "\u00a0", "\u3000", "\u200b", "\u200d", "\ufeff", "\ufe0f", "\u00ad", "\U000e0100"]
)  # fmt: skip
def test_what_has_no_shape_needs_no_glyph(character: str):
    assert not needs_glyph(character)
    assert missing(_written(character)) == {}


@pytest.mark.parametrize("character", "a甲。—🎉￥\ufffd\uf0a7")
def test_what_has_a_shape_needs_a_glyph(character: str):
    assert needs_glyph(character)


@given(st.text())
def test_any_text_is_answered_by_characters_of_it(text: str):
    lost = missing(_written(text))
    assert set(lost) <= set(text)
    if not lost:
        assert all(finding.severity != "error" for finding in check(_written(text)))


def test_the_faces_are_those_the_machine_lists():
    assert faces()
    assert all(face.families and Path(face.file).is_file() for face in faces())
    assert any(face.has("A") for face in faces())
    assert faces() == tuple(sorted(faces(), key=lambda f: (f.file, f.families, f.bold)))


def test_a_font_of_boxes_counts_for_nothing():
    one = faces()[0]
    assert is_real(one)
    assert not is_real(replace(one, families=("LastResort",)))


_PLAIN, _BOLD = Look("Arial", "黑体"), Look("Arial", "黑体", bold=True)


def _paragraph(*inlines, number: Number | None = None) -> Paragraph:
    return Paragraph(Shape(), inlines, _PLAIN, number)


def _everything() -> Shown:
    chart = Chart("bar", ("一月",), (Series("收入", (1.0,)),), 9, 9, title="图", value_title="元")
    cell = Cell(0, 1, (_paragraph(Text("格", _BOLD)),))
    return Shown(
        (
            Section(
                (
                    _paragraph(Text("文ab", _PLAIN), number=Number("第", _PLAIN)),
                    _paragraph(Text("大", replace(_PLAIN, capitals="all")), Text("ß", replace(_PLAIN, capitals="all"))),
                    Table((9.0,), (Row((cell,)),)),
                    _paragraph(chart, Box((_paragraph(Text("框", _PLAIN)),), 9, 9)),
                    _paragraph(Watermark("密", 9, 9)),
                ),
                headers={"first": Story((_paragraph(Text("眉", _PLAIN)),))},
                footers={"default": Story((_paragraph(Counter("PAGE", _PLAIN, "1", format="chineseCounting")),))},
            ),
        ),
        notes={"footnote 1": (_paragraph(Text("注", _PLAIN)),)},
    )  # fmt: skip


def test_every_kind_of_text_in_a_document_is_asked_about():
    found = letters(_everything(), stamp="稿")
    all_of = frozenset().union(*(each.characters for each in found))
    assert set("文第大格一月收入图元框密眉注稿三十") <= all_of
    assert set("0123456789SS") <= all_of
    assert {each.characters for each in found if each.bold} == {frozenset("格")}


def test_a_character_is_told_by_the_words_it_is_first_among():
    first = Text("甲方：张𰻝", _PLAIN)
    found = letters(Shown((Section((_paragraph(first), _paragraph(Text("𰻝", _PLAIN)))),)))
    assert found[0].place["𰻝"] == "甲方：张𰻝"


def test_the_stack_is_offered_here_too():
    assert fonts.stack("Arial", "黑体").startswith('"Arial"')


@pytest.mark.parametrize("language", ["zh-CN", "en", "ja"])
@pytest.mark.parametrize(
    ("latin", "east_asian", "drawn"),
    [
        ("Times New Roman", "宋体", "Noto-Serif-CJK-SC"),
        ("宋体", "宋体", "Noto-Serif-CJK-SC"),
        ("Arial", "黑体", "Noto-Sans-CJK-SC"),
        ("Arial", "微软雅黑", "Noto-Sans-CJK-SC"),
        ("Calibri", "Calibri", "Noto-Serif-CJK-SC"),
    ],
)
def test_chinese_is_drawn_in_the_forms_of_the_mainland_whatever_the_language(
    latin: str, east_asian: str, drawn: str, language: str
):
    from io import BytesIO

    import pypdf
    import weasyprint

    _file_of("Noto Serif CJK SC")
    family = fonts.stack(latin, east_asian).replace('"', "&quot;")
    html = f'<p lang={language} style="font-family:{family}">骨直角</p>'
    pdf = weasyprint.HTML(string=html).write_pdf(font_config=fonts.configuration())
    used = pypdf.PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/Font"]
    assert [str(font.get_object()["/BaseFont"]).partition("+")[2] for font in used.values()] == [
        drawn
    ]
