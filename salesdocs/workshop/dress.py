"""Dresses finished parts in a company's letterhead: its colour, its fonts, its logo.

The parts are laid out in the shipped look first, so that no layout needs to know of a company.
"""

from __future__ import annotations

from typing import Final

from salesdocs.process.letterhead import Letterhead
from salesdocs.process.picture import Picture
from salesdocs.workshop.house import BRAND, HEI, SONG
from salesdocs.workshop.markup import NAMESPACES, Element, make, qualified

LOGO_HEIGHT: Final = 9.5
"""Millimetres."""
SLIM_LOGO_HEIGHT: Final = 5
"""Where a page has little room for its header."""
LOGO_RELATION: Final = "rIdLogo"
_EMU_PER_MM: Final = 36000
# The tints of the brand in the shipped look, with the part of white in each.
_TINTS: Final = {BRAND: 0.0, "2E75B6": 0.2, "5B9BD5": 0.45, "9DC3E6": 0.65}


def dress(root: Element, letterhead: Letterhead) -> None:
    """Give the part below `root` the colour and the fonts of the letterhead, where it has any."""
    colours = _colours(letterhead.colour)
    faces = _faces(letterhead)
    if not colours and not faces:
        return
    for element in root.iter("*"):  # no comments: they hold what is unveiled later
        for name, value in element.attrib.items():
            element.set(name, colours.get(str(value), str(value)))
        if faces:
            _refont(element, faces)


def own_fonts(letterhead: Letterhead) -> list[Element]:
    """Return an entry of the font table for each font that the shipped look does not have."""
    names = sorted(set(_faces(letterhead).values()) - {*SONG, *HEI})
    return [make("w:font", make("w:pitch", val="variable"), name=name) for name in names]


def logo_run(picture: Picture, name: str, tall: float = LOGO_HEIGHT) -> Element:
    """Return the run that shows the logo, `tall` millimetres; `name` is what a reader hears."""
    height = round(tall * _EMU_PER_MM)
    width = round(height * picture.width / picture.height)
    picture_part = make(
        "pic:pic",
        make(
            "pic:nvPicPr",
            make("pic:cNvPr", id=0, name="logo"),
            make("pic:cNvPicPr", make("a:picLocks", noChangeAspect=1)),
        ),
        make(
            "pic:blipFill",
            make("a:blip", **{"r:embed": LOGO_RELATION}),
            make("a:stretch", make("a:fillRect")),
        ),
        make(
            "pic:spPr",
            make("a:xfrm", make("a:off", x=0, y=0), make("a:ext", cx=width, cy=height)),
            make("a:prstGeom", make("a:avLst"), prst="rect"),
        ),
    )
    inline = make(
        "wp:inline",
        make("wp:extent", cx=width, cy=height),
        make("wp:docPr", id=1, name="logo", descr=name),
        make("wp:cNvGraphicFramePr", make("a:graphicFrameLocks", noChangeAspect=1)),
        make("a:graphic", make("a:graphicData", picture_part, uri=NAMESPACES["pic"])),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return make("w:r", make("w:drawing", inline))


def _colours(brand: str) -> dict[str, str]:
    return {shipped: _mixed(brand, white) for shipped, white in _TINTS.items()} if brand else {}


def _mixed(colour: str, white: float) -> str:
    """Return the colour with a part of white."""
    parts = (int(colour[start : start + 2], 16) for start in (0, 2, 4))
    return "".join(f"{round(part + (255 - part) * white):02X}" for part in parts)


def _refont(element: Element, faces: dict[str, str]) -> None:
    """Give the element its own fonts; boxes to tick keep the face that has them."""
    if element.tag == qualified("w:rFonts"):
        if element.get(qualified("w:ascii")) in (SONG.latin, HEI.latin):
            for name, value in element.attrib.items():
                element.set(name, faces.get(str(value), str(value)))
    elif element.get("typeface") in faces:
        element.set("typeface", faces[element.get("typeface", "")])


def _faces(letterhead: Letterhead) -> dict[str, str]:
    """Return the company's font for each shipped one it replaces."""
    pairs = (
        (SONG.latin, letterhead.body.latin),
        (SONG.east_asian, letterhead.body.chinese),
        (HEI.latin, letterhead.headings.latin),
        (HEI.east_asian, letterhead.headings.chinese),
    )
    return {shipped: own for shipped, own in pairs if own}
