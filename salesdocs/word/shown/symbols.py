"""Characters of the symbol fonts that Word writes in private codes, as Unicode.

Symbol, Wingdings and Webdings have no Unicode character map: Word writes their glyph 0xA8 as
U+F0A8. A PDF that kept them would need these very fonts and could not be searched.
"""

from __future__ import annotations

from typing import Final

# Adobe's Symbol encoding, 0x20 to 0x7E and 0xA0 to 0xFE (Unicode's vendor mapping symbol.txt).
_SYMBOL: Final = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝ"
    "ΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈"
    "∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪�〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
)
# Wingdings, 0x21 to 0x7E and 0x80 to 0xFE, by the characters that Unicode 7 took from it, the
# older ones of the same shape where fonts rarely have the new.
_WINGDINGS: Final = (
    "✏✂✁👓🕭🕮🕯☎✆✉🖂📪📫📬📭📁📂📄🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍🖎✌👌👍👎☜☞☝☟✋☺😐☹💣☠🏳🏱✈☼💧❄🕆✞🕈✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓🙰&●❍■□🞐❑❒⬧⧫◆❖⬥⌧⮹⌘🏵🏶❝❞",
    "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟·•▪○⭕⭘◉◎🔿▪◻🟂✦★✶✴✹✵⯐⌖⟡⌑⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗🙖🙐🙑🙒🙓⌫⌦⮘⮚⮙⮛⮈➔⮉⮋🡨➔🡩🡫🡬🡭🡯🡮🡸🡺🡹🡻🡼🡽🡿🡾⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂🢬🢭✗✓☒☑",
)
# What hardly any font has, by the character of the same shape that every Chinese font has.
_USUAL: Final = str.maketrans("◻⮚⬧⧫⬥⌧🞐⭘🔿⭕", "□➢◆◆◆☒□○○○")
_WINGDINGS_2: Final = {
    0x4F: "✖", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x96: "•", 0x97: "●",
    0x98: "•", 0x99: "○", 0x9A: "◉", 0x9B: "◎", 0xA0: "▪", 0xA1: "■", 0xA2: "▫", 0xA3: "□",
    0xA4: "□", 0xA5: "□", 0xAE: "◆", 0xAF: "◇", 0xB0: "❖",
}  # fmt: skip
_WEBDINGS: Final = {0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗", 0x59: "♥", 0x69: "ℹ"}


def _line(first: int, characters: str) -> dict[int, str]:
    return {first + place: character for place, character in enumerate(characters)}


_FONTS: Final[dict[str, dict[int, str]]] = {
    "symbol": _line(0x20, _SYMBOL[0]) | _line(0xA0, _SYMBOL[1]),
    "wingdings": {0x20: " "}
    | _line(0x21, _WINGDINGS[0].translate(_USUAL))
    | _line(0x80, _WINGDINGS[1].translate(_USUAL)),
    "wingdings 2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
}


def is_symbol_font(font: str) -> bool:
    """Return whether the font has no Unicode characters of its own."""
    return font.lower() in _FONTS


def symbol(code: int, font: str) -> str:
    """Return the character of a glyph of a symbol font, `""` where none is known.

    Of another font the character is what it is: `w:sym` may name any.
    """
    table = _FONTS.get(font.lower())
    if table is None:
        return "" if 0xE000 <= code <= 0xF8FF or not _is_character(code) else chr(code)
    return table.get(code - 0xF000 if code >= 0xF000 else code, "").replace("\ufffd", "")


def plain(text: str, font: str) -> tuple[str, bool]:
    """Return text of a symbol font in Unicode, and whether every character was known.

    In other fonts private characters stay as they are: a company's own font may have them.
    """
    table = _FONTS.get(font.lower())
    if table is None:
        return text, True
    known = True
    said = []
    for character in text:
        code = ord(character)
        if code < 0x100 or 0xF000 <= code <= 0xF0FF:
            found = symbol(code, font)
            known = known and bool(found)
            said.append(found)
        else:
            said.append(character)
    return "".join(said), known


def _is_character(code: int) -> bool:
    return 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
