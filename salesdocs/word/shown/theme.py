"""The theme of a Word file: the fonts and colours that its styles name by their place."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from salesdocs.word.ooxml import w
from salesdocs.word.shown.measures import colour, mixed, number
from salesdocs.word.shown.names import A

_RGB: Final = f"{{{A}}}srgbClr"
_SYSTEM: Final = f"{{{A}}}sysClr"
_SCHEME: Final = f"{{{A}}}schemeClr"
_PRESET: Final = f"{{{A}}}prstClr"
_HSL: Final = f"{{{A}}}hslClr"
_SCRGB: Final = f"{{{A}}}scrgbClr"
_WORD_NAMES: Final = {
    "dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2", "text1": "dk1",
    "background1": "lt1", "text2": "dk2", "background2": "lt2", "tx1": "dk1", "bg1": "lt1",
    "tx2": "dk2", "bg2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_OFFICE: Final = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F497D", "lt2": "EEECE1", "accent1": "4F81BD",
    "accent2": "C0504D", "accent3": "9BBB59", "accent4": "8064A2", "accent5": "4BACC6",
    "accent6": "F79646", "hlink": "0000FF", "folHlink": "800080",
}  # fmt: skip
_PRESETS: Final = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF",
    "yellow": "FFFF00", "gray": "808080", "grey": "808080", "silver": "C0C0C0", "orange": "FFA500",
    "navy": "000080", "purple": "800080", "ltGray": "D3D3D3", "dkGray": "A9A9A9",
}  # fmt: skip
# Scripts of w:themeFontLang whose fonts a theme lists one by one (ISO 15924).
_SCRIPTS: Final = {"zh-CN": "Hans", "zh-SG": "Hans", "zh-TW": "Hant", "zh-HK": "Hant",
                   "zh-MO": "Hant", "ja-JP": "Jpan", "ko-KR": "Hang"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Theme:
    """Fonts by theme name (`minorEastAsia`), colours by slot (`accent1`), slots by Word's name."""

    fonts: dict[str, str] = field(default_factory=dict)
    colours: dict[str, str] = field(default_factory=lambda: dict(_OFFICE))
    slots: dict[str, str] = field(default_factory=lambda: dict(_WORD_NAMES))

    def font(self, name: str | None) -> str:
        """Return the font of a theme name such as `minorHAnsi`, `""` where the theme has none."""
        return self.fonts.get(name or "", "")

    def colour(self, name: str | None, tint: str | None = None, shade: str | None = None) -> str:
        """Return a colour of the theme in hex digits, tinted or shaded as Word does.

        Tint and shade are two hex digits, FF leaves the colour as it is; both change the lightness
        only (ISO/IEC 29500-1, 17.3.2.6).
        """
        found = self.colours.get(self.slots.get(name or "", name or ""), "")
        if not found:
            return ""
        if tint:
            part = _hex(tint)
            found = _lit(found, lambda light: light * part + 1 - part)
        if shade:
            part = _hex(shade)
            found = _lit(found, lambda light: light * part)
        return found

    def drawn(self, holder: etree._Element | None, instead: str = "") -> tuple[str, float]:
        """Return colour and opacity of what holds a DrawingML colour (`a:solidFill`)."""
        for child in holder if holder is not None else ():
            base = self._base(child, instead)
            if base is not None:
                return _modified(base, child)
        return "", 1.0

    def _base(self, element: etree._Element, instead: str) -> str | None:
        tag, value = element.tag, element.get("val", "")
        if tag == _RGB:
            return colour(value)
        if tag == _SYSTEM:
            return colour(element.get("lastClr")) or ("FFFFFF" if value == "window" else "000000")
        if tag == _SCHEME:
            return instead if value == "phClr" else self.colour(value)
        if tag == _PRESET:
            return _PRESETS.get(value, "")
        if tag == _HSL:
            hue = (number(element.get("hue")) or 0) / 21600000
            parts = [(number(element.get(name)) or 0) / 100000 for name in ("sat", "lum")]
            return _hex_of(colorsys.hls_to_rgb(hue % 1, min(parts[1], 1), min(parts[0], 1)))
        if tag == _SCRGB:
            linear = [(number(element.get(name)) or 0) / 100000 for name in "rgb"]
            return _hex_of(tuple(max(0.0, min(part, 1.0)) ** (1 / 2.2) for part in linear))
        return None


def read_theme(root: etree._Element | None, settings: etree._Element | None) -> Theme:
    """Return the theme; Word's own of 2007 where the file has none."""
    mapping = None if settings is None else settings.find(w("clrSchemeMapping"))
    slots = dict(_WORD_NAMES)
    for name, slot in (mapping.attrib if mapping is not None else {}).items():
        local = str(name).rpartition("}")[2]
        slots[
            {"t1": "text1", "t2": "text2", "bg1": "background1", "bg2": "background2"}.get(
                local, local
            )
        ] = _WORD_NAMES.get(str(slot), str(slot))
    if root is None:
        return Theme(slots=slots)
    language = None if settings is None else settings.find(w("themeFontLang"))
    east = "" if language is None else language.get(w("eastAsia"), "")
    return Theme(_fonts(root, _SCRIPTS.get(east, "")), _colours(root), slots)


def _fonts(root: etree._Element, script: str) -> dict[str, str]:
    fonts: dict[str, str] = {}
    for group, name in (("majorFont", "major"), ("minorFont", "minor")):
        holder = root.find(f".//{{{A}}}{group}")
        if holder is None:
            continue
        own = {each.get("script"): each.get("typeface", "") for each in holder}
        faces = {each.tag: each.get("typeface", "") for each in holder}
        latin = faces.get(f"{{{A}}}latin", "")
        east = own.get(script, "") if script else ""
        fonts |= {
            f"{name}Ascii": latin,
            f"{name}HAnsi": latin,
            f"{name}EastAsia": east or faces.get(f"{{{A}}}ea", ""),
            f"{name}Bidi": faces.get(f"{{{A}}}cs", ""),
        }
    return fonts


def _colours(root: etree._Element) -> dict[str, str]:
    scheme = root.find(f".//{{{A}}}clrScheme")
    found = dict(_OFFICE)
    plain = Theme()
    for slot in scheme if scheme is not None else ():
        value = plain.drawn(slot)[0]
        if value:
            found[str(slot.tag).rpartition("}")[2]] = value
    return found


def _modified(base: str, element: etree._Element) -> tuple[str, float]:
    """Return the colour after its transforms (ISO/IEC 29500-1, 20.1.2.3), and the opacity."""
    opacity = 1.0
    for child in element if base else ():
        name = str(child.tag).rpartition("}")[2]
        part = (number(child.get("val")) or 0) / 100000
        if name == "alpha":
            opacity = max(0.0, min(part, 1.0))
        elif name == "lumMod":
            base = _lit(base, lambda light, part=part: light * part)
        elif name == "lumOff":
            base = _lit(base, lambda light, part=part: light + part)
        elif name == "tint":
            base = mixed(base, "FFFFFF", max(0.0, min(part, 1.0)))
        elif name == "shade":
            base = mixed(base, "000000", max(0.0, min(part, 1.0)))
    return base, opacity


def _lit(value: str, change: object) -> str:
    hue, light, saturation = colorsys.rgb_to_hls(
        *(int(value[start : start + 2], 16) / 255 for start in (0, 2, 4))
    )
    assert callable(change)
    return _hex_of(colorsys.hls_to_rgb(hue, max(0.0, min(change(light), 1.0)), saturation))


def _hex_of(channels: tuple[float, ...]) -> str:
    # Cut, not rounded: so do the colours that Word writes beside their theme names.
    return "".join(f"{int(channel * 255 + 1e-6):02X}" for channel in channels)


def _hex(digits: str) -> float:
    try:
        return min(int(digits, 16), 255) / 255
    except ValueError:
        return 1.0
