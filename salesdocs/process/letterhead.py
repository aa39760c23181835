"""A company's letterhead: `house.yaml` of its own library, with the logo beside it.

    logo: logo.png
    colour: 8B1A1A
    fonts:
      body: {latin: Calibri, chinese: 等线}
      headings: {latin: Calibri, chinese: 微软雅黑}
    header: 某某科技股份有限公司
    footer: 宁波市高新区创苑路 1 号　0574-0000000　www.example.com

All of it may be left out. `header` takes the place of the company's name in the header, `footer`
is a line below number and page; both may be `{zh: …, en: …}` and may hold tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from salesdocs.case.decode import MOST_BYTES
from salesdocs.case.path import Loc
from salesdocs.case.source import Source, read_source
from salesdocs.errors import LibraryError
from salesdocs.findings import NOTHING, Finding, Phrase, has_errors
from salesdocs.process.library import library_files
from salesdocs.process.picture import Picture, picture_in
from salesdocs.process.shapes import TEXT, VALUE, Fitting, wrong

LETTERHEAD_FILE: Final = "house.yaml"
_FACE: Final = {"latin?": TEXT, "chinese?": TEXT}
_SHAPE: Final = {
    "logo?": TEXT,
    "colour?": TEXT,
    "fonts?": {"body?": _FACE, "headings?": _FACE},
    "header?": VALUE,
    "footer?": VALUE,
}
_WORDING: Final = ("documents/", "fields/", "clauses/")
_COLOUR: Final = re.compile(r"#?([0-9A-Fa-f]{6})")
_LONGEST_NAME: Final = 31  # of a font, in Windows (LF_FACESIZE)
_NO_NAME: Final = re.compile(r"[\"';<>&{}]")
_MOST_LOGO_BYTES: Final = 1024 * 1024
_SHARP: Final = 106  # pixels: 9 mm at 300 dpi
_WIDEST: Final = 10
_MOST_LINES: Final = 2
_PALEST: Final = 3.0


@dataclass(frozen=True, slots=True)
class OwnFace:
    """The fonts of a company for one use; empty where the shipped one stays."""

    latin: str = ""
    chinese: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a company's papers wear; empty where the shipped look stays.

    A `header` of None is the company's name; an empty one leaves its place to the logo.
    """

    logo: Picture | None = None
    colour: str = ""
    body: OwnFace = OwnFace()
    headings: OwnFace = OwnFace()
    header: Phrase | None = None
    footer: Phrase = NOTHING


PLAIN: Final = Letterhead()


def read_letterhead(folder: Path) -> tuple[Letterhead, list[Finding]]:
    """Return the letterhead of a library and what had better be changed; plain without the file.

    Raises LibraryError with all that is wrong when there is an error.
    """
    file = folder / LETTERHEAD_FILE
    if not file.is_file():
        return PLAIN, []
    with file.open("rb") as stream:
        source = read_source(stream.read(MOST_BYTES + 1), str(file))
    fitting = Fitting(source)
    stated = fitting.fit(source.tree, _SHAPE)
    findings = [*source.findings, *fitting.findings] if source.whole else [*source.findings]
    reading = _Reading(source, folder, findings)
    fonts = stated.get("fonts", {})
    letterhead = Letterhead(
        reading.logo(stated.get("logo", "")),
        reading.colour(stated.get("colour", "")),
        reading.face(fonts.get("body", {}), "body"),
        reading.face(fonts.get("headings", {}), "headings"),
        reading.words(stated["header"], "header") if "header" in stated else None,
        reading.words(stated.get("footer", ""), "footer"),
    )
    if has_errors(findings):
        raise LibraryError(findings)
    return letterhead, findings


def house_digest(folder: Path, letterhead: Letterhead) -> str:
    """Return the SHA-256 of all that a company's library adds to the templates built from it."""
    digest = sha256(letterhead.logo.data if letterhead.logo else b"")
    for name, paths in library_files(folder).items():
        if name == LETTERHEAD_FILE or name.startswith(_WORDING):
            data = paths[0].read_bytes() if paths[0].suffix == ".yaml" else b""
            digest.update(f"{name} {len(data)} ".encode())
            digest.update(data)
    return digest.hexdigest()


@dataclass
class _Reading:
    """Takes the values of one `house.yaml` and notes what is wrong with them."""

    source: Source
    folder: Path
    findings: list[Finding]

    def logo(self, name: str) -> Picture | None:
        """Return the picture in the file beside `house.yaml`."""
        if not name:
            return None
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            message = Phrase(f"没有 {name} 这个文件", f"there is no file {name}")
            hint = Phrase(
                f"把标志存为 {self.folder / 'logo.png'}", f"save it as {self.folder / 'logo.png'}"
            )
            self._wrong(("logo",), message, hint, rule="library.missing-file")
            return None
        picture = picture_in(data)
        if picture is None:
            message = Phrase(
                f"{name} 不是完好的 PNG 或 JPEG 图片", f"{name} is no sound PNG or JPEG picture"
            )
            hint = Phrase(
                "在看图软件里另存为 PNG；SVG、WebP、BMP 放不进 Word 页眉",
                "save it as PNG in a picture viewer; no SVG, WebP or BMP",
            )
            self._wrong(("logo",), message, hint)
            return None
        self.findings += self._unfit(picture, name)
        return picture

    def _unfit(self, picture: Picture, name: str) -> Iterator[Finding]:
        if len(picture.data) > _MOST_LOGO_BYTES:
            message = Phrase(
                f"{name} 超过 1 MB，每份文件都要带上它", f"{name} exceeds 1 MB; all papers carry it"
            )
            hint = Phrase("缩小到高约 300 像素再存", "make it about 300 pixels high")
            yield wrong(self.source, ("logo",), "library.kind", message, hint)
        if picture.width > _WIDEST * picture.height:
            message = Phrase(
                f"{name} 宽 {picture.width}、高 {picture.height} 像素，"
                f"宽超过高的 {_WIDEST} 倍，放不进页眉",
                f"{name} is more than {_WIDEST} times as wide as high",
            )
            yield wrong(self.source, ("logo",), "library.kind", message)
        if picture.height < _SHARP:
            message = Phrase(
                f"{name} 只有 {picture.height} 像素高，打印出来会模糊",
                f"{name} is only {picture.height} pixels high and will look blurred in print",
            )
            hint = Phrase(f"用高 {_SHARP} 像素以上的图", f"use one of {_SHARP} pixels or more")
            place = self.source.place(["logo"])
            yield Finding(
                "warning", message, "library.logo", "logo", self.source.name, *place, hint
            )

    def colour(self, said: str) -> str:
        """Return the colour as six hexadecimal digits."""
        found = _COLOUR.fullmatch(said)
        if said and found is None:
            message = Phrase(f"“{said}”不是颜色", f"“{said}” is no colour")
            hint = Phrase(
                "写六位十六进制数，如 1F4E79", "write six hexadecimal digits, such as 1F4E79"
            )
            self._wrong(("colour",), message, hint)
        if found is None:
            return ""
        if _contrast_with_white(found[1]) < _PALEST:
            place = self.source.place(["colour"])
            message = Phrase("颜色太浅，标题印在白纸上看不清", "too pale to be read on white")
            self.findings.append(
                Finding("warning", message, "library.colour", "colour", self.source.name, *place)
            )
        return found[1].upper()

    def face(self, said: dict[str, str], use: str) -> OwnFace:
        """Return the fonts for one use."""
        for script, name in said.items():
            if len(name) > _LONGEST_NAME or _NO_NAME.search(name):
                message = Phrase(f"“{name}”不是字体的名称", f"“{name}” is no name of a font")
                self._wrong(("fonts", use, script), message)
        return OwnFace(**{script: name for script, name in said.items() if name})

    def words(self, said: Any, key: str) -> Phrase:
        """Return a text in both languages, given as one text or as `{zh: …, en: …}`."""
        if isinstance(said, dict) and set(said) == {"zh", "en"}:
            phrase = Phrase(str(said["zh"] or ""), str(said["en"] or ""))
        elif said is None or isinstance(said, dict | list):
            message = Phrase("此处应为一段文字或 {zh: …, en: …}", "a text or {zh: …, en: …} is due")
            self._wrong((key,), message)
            return NOTHING
        else:
            phrase = Phrase(str(said), str(said))
        most = _MOST_LINES if key == "footer" else 1
        lines = [text.strip().split("\n") for text in phrase]
        if any(len(each) > most for each in lines):
            message = Phrase(f"最多 {most} 行", f"at most {most} line(s)")
            self._wrong((key,), message)
        return Phrase(*("\n".join(line.strip() for line in each) for each in lines))

    def _wrong(
        self, loc: Loc, message: Phrase, hint: Phrase = NOTHING, rule: str = "library.kind"
    ) -> None:
        self.findings.append(wrong(self.source, loc, rule, message, hint))


def _contrast_with_white(colour: str) -> float:
    """Return the contrast ratio of WCAG 2.1: 1 for white on white, 21 for black."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    red, green, blue = linear
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
