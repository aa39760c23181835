"""`house.yaml`: what it says, and what is said when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesdocs.errors import LibraryError
from salesdocs.findings import Finding, Phrase
from salesdocs.process.letterhead import PLAIN, OwnFace, house_digest, read_letterhead
from salesdocs.process.picture import picture_in
from tests.pictures import jpeg, png


def house(folder: Path, text: str, **files: bytes) -> Path:
    (folder / "house.yaml").write_text(text, encoding="utf-8")
    for name, data in files.items():
        (folder / f"{name}.png").write_bytes(data)
    return folder


def complaints(folder: Path) -> list[Finding]:
    with pytest.raises(LibraryError) as raised:
        read_letterhead(folder)
    return raised.value.findings


def test_without_the_file_papers_look_as_shipped(tmp_path: Path) -> None:
    assert read_letterhead(tmp_path) == (PLAIN, [])


def test_everything_a_letterhead_can_say(tmp_path: Path) -> None:
    text = """\
logo: logo.png
colour: 8b1a1a
fonts:
  body: {latin: Calibri, chinese: 等线}
  headings: {chinese: 微软雅黑}
header: {zh: 澜砚智造, en: Lanyan}
footer: "宁波市高新区创苑路 1 号\\n0574-00000000"
"""
    letterhead, findings = read_letterhead(house(tmp_path, text, logo=png(480, 160)))
    assert findings == []
    assert letterhead.logo is not None
    assert (letterhead.logo.width, letterhead.logo.height) == (480, 160)
    assert letterhead.colour == "8B1A1A"
    assert letterhead.body == OwnFace("Calibri", "等线")
    assert letterhead.headings == OwnFace("", "微软雅黑")
    assert letterhead.header == Phrase("澜砚智造", "Lanyan")
    assert letterhead.footer.zh == "宁波市高新区创苑路 1 号\n0574-00000000"


def test_an_empty_header_is_not_the_same_as_none(tmp_path: Path) -> None:
    assert read_letterhead(house(tmp_path, 'header: ""\n'))[0].header == Phrase("", "")
    assert read_letterhead(house(tmp_path, "colour: 1F4E79\n"))[0].header is None


@pytest.mark.parametrize(
    ("data", "size"),
    [
        pytest.param(png(30, 20), ("png", 30, 20), id="png"),
        pytest.param(jpeg(640, 213), ("jpeg", 640, 213), id="jpeg"),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_bytes(
    data: bytes, size: tuple[str, int, int]
) -> None:
    picture = picture_in(data)
    assert picture is not None
    assert (picture.kind, picture.width, picture.height) == size


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="svg"),
        pytest.param(b"RIFF\x10\0\0\0WEBPVP8 ", id="webp"),
        pytest.param(png(30, 20)[:-20], id="half a png"),
        pytest.param(png(0, 20), id="no width"),
        pytest.param(jpeg(64, 64)[:-2], id="half a jpeg"),
        pytest.param(b"\xff\xd8\xff", id="three bytes"),
        pytest.param(b"\xff\xd8\xff\xe0\xff\xff" + bytes(20), id="a segment without end"),
    ],
)
def test_what_is_no_whole_picture_is_none(data: bytes) -> None:
    assert picture_in(data) is None


@pytest.mark.parametrize(
    ("text", "path", "line", "said"),
    [
        pytest.param("logo: logo.svg\n", "logo", 1, "没有 logo.svg", id="no file"),
        pytest.param("logo: broken.png\n", "logo", 1, "不是完好的 PNG 或 JPEG", id="no picture"),
        pytest.param("logo: flat.png\n", "logo", 1, "超过高的 10 倍", id="too wide"),
        pytest.param("colour: blue\n", "colour", 1, "不是颜色", id="no colour"),
        pytest.param("colour: #1F4E79\n", "colour", 1, "一段文字", id="a comment"),
        pytest.param("colour: 1F4E79\ncolor: 1F4E79\n", "color", 2, "不认识", id="American"),
        pytest.param("fonts:\n  body: 宋体\n", "fonts.body", 2, "键", id="a font without script"),
        pytest.param("fonts: {body: {latin: a;b}}\n", "fonts.body.latin", 1, "字体", id="no font"),
        pytest.param("header: [a]\n", "header", 1, "一段文字", id="a list"),
        pytest.param('header: "a\\nb"\n', "header", 1, "最多 1 行", id="two lines"),
        pytest.param('footer: "a\\nb\\nc"\n', "footer", 1, "最多 2 行", id="three lines"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, text: str, path: str, line: int, said: str
) -> None:
    folder = house(tmp_path, text, broken=b"GIF89a", flat=png(1200, 110))
    (found,) = complaints(folder)
    assert (found.path, found.line, found.file) == (path, line, str(folder / "house.yaml"))
    assert said in found.message.zh


def test_a_coarse_logo_and_a_pale_colour_are_warned_of(tmp_path: Path) -> None:
    text = "logo: logo.png\ncolour: FFE08A\n"
    _, findings = read_letterhead(house(tmp_path, text, logo=png(90, 30)))
    assert [(each.rule, each.severity, each.line) for each in findings] == [
        ("library.logo", "warning", 1),
        ("library.colour", "warning", 2),
    ]


def test_the_digest_follows_logo_letterhead_and_wording_and_nothing_else(tmp_path: Path) -> None:
    folder = house(tmp_path, "logo: logo.png\n", logo=png(300, 110))

    def digest() -> str:
        return house_digest(folder, read_letterhead(folder)[0])

    seen = [digest()]
    (folder / "logo.png").write_bytes(png(310, 110))
    seen.append(digest())
    house(folder, "logo: logo.png\nheader: 澜砚\n")
    seen.append(digest())
    (folder / "documents").mkdir()
    (folder / "documents" / "proposal.yaml").write_text("notes: []\n", encoding="utf-8")
    seen.append(digest())
    assert len(set(seen)) == len(seen)
    (folder / "policy.yaml").write_text("{}\n", encoding="utf-8")
    assert digest() == seen[-1]
