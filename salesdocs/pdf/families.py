"""Which open families stand in for the ones a Word file names.

A family of the file comes first: where SimSun is installed, SimSun is drawn. After it stand its
other names, then families of the same widths or the same manner under an open licence, Chinese
ones in the glyph forms of the mainland; last, what any stack ends with.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

NAME_LIMIT = 64
"""Characters of a family's name that are kept; Word itself allows 31."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Families that look alike: names a file may use (`names`), and what stands in (`open`).

    `generic` is the CSS family of the same manner. `wide` is whether it draws Chinese.
    """

    names: tuple[str, ...]
    open: tuple[str, ...]
    generic: str
    wide: bool = False


SERIF_SC = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Noto Serif SC",
    "思源宋体",
    "Songti SC",
    "STSong",
    "SimSun",
    "AR PL UMing CN",
)
SANS_SC = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "思源黑体",
    "PingFang SC",
    "Heiti SC",
    "STHeiti",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
_KAI = ("Kaiti SC", "STKaiti", "LXGW WenKai GB", "LXGW WenKai", "霞鹜文楷", "AR PL UKai CN")
_FANGSONG = ("STFangsong", "FangSong", "仿宋", "FandolFang", "FZFangSong-Z02", "ZhuqueFangsong")

SYMBOLS = (
    "DejaVu Sans",
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Noto Sans Symbols2",
    "Segoe UI Symbol",
    "Noto Emoji",
    "Segoe UI Emoji",
    "Noto Color Emoji",
    "Apple Color Emoji",
)
"""What draws a sign that neither the Latin nor the Chinese family has."""

_SERIF = ("Liberation Serif", "Tinos", "Nimbus Roman", "TeX Gyre Termes", "Times", "Noto Serif")
_SANS = ("Liberation Sans", "Arimo", "Nimbus Sans", "TeX Gyre Heros", "Helvetica", "Noto Sans")
_MONO = ("Liberation Mono", "Cousine", "Nimbus Mono PS", "DejaVu Sans Mono", "Noto Sans Mono")

# Latin families follow the substitutes of equal widths that fontconfig's 30-metric-aliases.conf
# names; 方正小标宋 is a heavy 宋体 and has no open double.
KINDS = (
    Kind(("SimSun", "宋体", "NSimSun", "新宋体", "SimSun-ExtB", "Songti SC", "Songti",
          "STSong", "华文宋体", "思源宋体", "Source Han Serif SC", "Noto Serif CJK SC",
          "Noto Serif SC", "STZhongsong", "华文中宋", "PMingLiU", "MingLiU", "新細明體",
          "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK",
          "方正小标宋", "方正书宋简体", "方正书宋_GBK", "汉仪书宋二简", "MS Mincho", "SimSun-ExtG"),
         SERIF_SC, "serif", wide=True),
    Kind(("SimHei", "黑体", "Heiti SC", "Heiti", "STHeiti", "华文黑体", "STXihei", "华文细黑",
          "Microsoft YaHei", "微软雅黑", "Microsoft YaHei UI", "Microsoft YaHei Light",
          "微软雅黑 Light", "DengXian", "等线", "DengXian Light", "等线 Light", "PingFang SC",
          "苹方-简", "思源黑体", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC",
          "方正黑体简体", "方正黑体_GBK", "方正兰亭黑简体", "YouYuan", "幼圆", "汉仪中黑简",
          "Microsoft JhengHei", "MS Gothic", "HarmonyOS Sans SC", "Alibaba PuHuiTi",
          "阿里巴巴普惠体", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei"),
         SANS_SC, "sans-serif", wide=True),
    Kind(("KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312", "STKaiti", "华文楷体", "Kaiti SC",
          "方正楷体简体", "方正楷体_GBK", "LXGW WenKai", "霞鹜文楷", "AR PL UKai CN"),
         _KAI + SERIF_SC, "serif", wide=True),
    Kind(("FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "STFangsong", "华文仿宋",
          "方正仿宋简体", "方正仿宋_GBK"),
         _FANGSONG + SERIF_SC, "serif", wide=True),
    Kind(("Times New Roman", "Times", "Book Antiqua", "Palatino Linotype", "Garamond",
          "Century", "Liberation Serif"), _SERIF, "serif"),
    Kind(("Cambria", "Cambria Math", "Constantia"), ("Caladea", *_SERIF), "serif"),
    Kind(("Georgia",), ("Gelasio", *_SERIF), "serif"),
    Kind(("Arial", "Helvetica", "Arial Unicode MS", "Liberation Sans", "Segoe UI",
          "Century Gothic", "Aptos", "Aptos Display"), _SANS, "sans-serif"),
    Kind(("Calibri", "Calibri Light", "Candara", "Corbel"), ("Carlito", *_SANS), "sans-serif"),
    Kind(("Verdana", "Tahoma", "Trebuchet MS"), ("DejaVu Sans", *_SANS), "sans-serif"),
    Kind(("Arial Narrow",), ("Liberation Sans Narrow", *_SANS), "sans-serif"),
    Kind(("Courier New", "Courier", "Consolas", "Lucida Console", "Liberation Mono", "Menlo",
          "Cascadia Mono", "Cascadia Code"), _MONO, "monospace"),
    Kind(("Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "MT Extra"),
         ("OpenSymbol", "Noto Sans Symbols 2", "Noto Sans Symbols2", "DejaVu Sans"), "serif"),
)  # fmt: skip
_SONG = KINDS[0]
_ROMAN = next(kind for kind in KINDS if kind.names[0] == "Times New Roman")
_SANS_HINT = re.compile(r"黑|hei|gothic|sans|圆|yuan|等线|grotesk|helvet", re.IGNORECASE)
_MONO_HINT = re.compile(r"mono|courier|console|等宽|code", re.IGNORECASE)
_KAI_HINT = re.compile(r"楷|kai", re.IGNORECASE)
_FANGSONG_HINT = re.compile(r"仿宋|fang ?song", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff]|[宋黑楷]")


def stack(latin: str, east_asian: str) -> str:
    """Return the CSS `font-family` value for text whose families Word names so.

    The Latin family comes first, so letters and figures are drawn with it and Chinese with the
    one after. An empty `latin` puts the East Asian family first, as for quotation marks that
    stand among Chinese.
    """
    generic = kind_of(latin or east_asian).generic
    return ", ".join([*map(_quoted, families(latin, east_asian)), generic])


@cache
def families(latin: str, east_asian: str) -> tuple[str, ...]:
    """Return the families of the stack in their order, without the generic one."""
    first = _names(latin) if latin else ()
    kind = kind_of(east_asian) if east_asian else _SONG
    chinese = _names(east_asian) if east_asian else kind.open
    if not kind.wide:  # a Latin family named for Chinese: Word falls back to 宋体
        first, kind, chinese = (*first, *chinese), _SONG, _SONG.open
    other = SERIF_SC if kind.generic == "sans-serif" else SANS_SC
    return tuple(dict.fromkeys((*first, *chinese, *other, *SYMBOLS)))


@cache
def kind_of(name: str) -> Kind:
    """Return the kind a family belongs to; one nobody knows is judged by its name."""
    known = _by_name().get(_key(name))
    if known:
        return known
    if _KAI_HINT.search(name):
        return _of("KaiTi")
    if _FANGSONG_HINT.search(name):
        return _of("FangSong")
    if _CHINESE.search(name):
        return _of("SimHei") if _SANS_HINT.search(name) else _SONG
    if _MONO_HINT.search(name):
        return _of("Courier New")
    return _of("Arial") if _SANS_HINT.search(name) else _ROMAN


def _of(name: str) -> Kind:
    return _by_name()[_key(name)]


@cache
def _by_name() -> dict[str, Kind]:
    return {_key(name): kind for kind in KINDS for name in kind.names}


def _names(name: str) -> tuple[str, ...]:
    """Return a family's own names, the same under its other ones, and what stands in for it."""
    own = _cleaned(name)
    return (*((own,) if own else ()), *_same().get(_key(name), ()), *kind_of(name).open)


# The names under which systems list the family that Chinese Word files call by its Chinese name.
_SAME = (
    ("SimSun", "宋体"),
    ("NSimSun", "新宋体"),
    ("SimHei", "黑体"),
    ("Microsoft YaHei", "微软雅黑"),
    ("Microsoft YaHei Light", "微软雅黑 Light"),
    ("DengXian", "等线"),
    ("DengXian Light", "等线 Light"),
    ("KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312"),
    ("FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312"),
    ("STSong", "华文宋体"),
    ("STHeiti", "华文黑体"),
    ("STZhongsong", "华文中宋"),
    ("STXihei", "华文细黑"),
    ("STKaiti", "华文楷体"),
    ("STFangsong", "华文仿宋"),
    ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
)


@cache
def _same() -> dict[str, tuple[str, ...]]:
    return {_key(name): names for names in _SAME for name in names}


def _key(name: str) -> str:
    """Return the name as it is compared: without case, blanks and the @ of vertical text."""
    return _cleaned(name).casefold().replace(" ", "")


def _cleaned(name: str) -> str:
    """Return the name as fontconfig lists it: half-width letters, no @, nothing that breaks CSS."""
    plain = unicodedata.normalize("NFKC", name).lstrip("@")
    kept = (each for each in plain if each == " " or unicodedata.category(each)[0] not in "CZ")
    return "".join(kept).replace(",", " ").strip()[:NAME_LIMIT]


def _quoted(name: str) -> str:
    """Return the name as a CSS string (CSS Syntax 3, §4.3.5); it may come from a hostile file."""
    return '"' + re.sub(r'["\\<>&]', lambda found: f"\\{ord(found[0]):x} ", name) + '"'
