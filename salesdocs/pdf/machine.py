"""What printing needs of this machine, and how to get what is missing, its own system first."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import platform
import sys
import warnings
from collections.abc import Mapping
from typing import Literal

from salesdocs.errors import PdfError
from salesdocs.findings import Finding, Phrase

Need = Literal["pango", "subset", "chinese", "rare", "emoji", "fonts"]

_EXTRA = ("weasyprint", "pikepdf", "pypdfium2")
_OLDEST = 70  # of WeasyPrint: footnotes, tagged PDF/UA, and the calls our justification mends

_OTHERWISE = Phrase(
    "或改用 `--engine soffice`（本机的 LibreOffice），或在 Word 中另存为 PDF",
    "or print with `--engine soffice` (LibreOffice of this machine), or save as PDF in Word",
)
_FOLDER = Phrase(
    "或把字体文件放进一个文件夹，用环境变量 SALESDOCS_FONTS 指明",
    "or put font files into a folder and name it in the variable SALESDOCS_FONTS",
)

# Systems in the order they are named in; packages as the systems' own archives and WeasyPrint's
# installation guide (doc.courtbouillon.org/weasyprint/stable/first_steps.html) call them.
_COMMANDS: Mapping[str, Mapping[Need, str]] = {
    "Debian/Ubuntu": {
        "pango": "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        "subset": "apt install libharfbuzz-subset0",
        "chinese": "apt install fonts-noto-cjk",
        "rare": "apt install fonts-hanazono",
        "emoji": "apt install fonts-noto-color-emoji",
        "fonts": "apt install fonts-noto-core",
    },
    "Fedora/openEuler": {
        "pango": "dnf install pango",
        "subset": "dnf install harfbuzz",
        "chinese": "dnf install google-noto-sans-cjk-fonts google-noto-serif-cjk-fonts",
        "emoji": "dnf install google-noto-color-emoji-fonts",
        "fonts": "dnf install google-noto-sans-fonts google-noto-serif-fonts",
    },
    "Alpine": {
        "pango": "apk add so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0 so:libfontconfig.so.1 "
        "so:libharfbuzz-subset.so.0",
        "subset": "apk add so:libharfbuzz-subset.so.0",
        "chinese": "apk add font-noto-cjk",
        "emoji": "apk add font-noto-emoji",
        "fonts": "apk add font-noto",
    },
    "macOS": {
        "pango": "brew install pango",
        "subset": "brew install harfbuzz",
        "chinese": "brew install --cask font-noto-serif-cjk-sc font-noto-sans-cjk-sc",
    },
    "Windows": {
        "pango": "MSYS2: pacman -S mingw-w64-ucrt-x86_64-pango; "
        "set WEASYPRINT_DLL_DIRECTORIES=C:\\msys64\\ucrt64\\bin",
        "subset": "MSYS2: pacman -S mingw-w64-ucrt-x86_64-harfbuzz",
    },
}
# What a system calls itself or says it is like (os-release(5): ID, ID_LIKE).
_LIKE = {
    "Debian/Ubuntu": {"debian", "ubuntu", "uos", "deepin", "kylin", "linuxmint"},
    "Fedora/openEuler": {"fedora", "rhel", "centos", "openeuler", "anolis", "rocky", "almalinux"},
    "Alpine": {"alpine"},
}
_OWN_FONTS = {
    "macOS": Phrase("macOS 自带中文字体", "macOS brings Chinese fonts of its own"),
    "Windows": Phrase(
        "Windows 自带宋体、黑体；缺少时在“设置 > 应用 > 可选功能”中添加“中文（简体）补充字体”",
        "Windows brings SimSun and SimHei; if they are absent add “Chinese (Simplified) "
        "Supplemental Fonts” in Settings > Apps > Optional features",
    ),
}


def require() -> tuple[Finding, ...]:
    """Return what slows printing down; raise PdfError where this machine cannot print at all.

    To be called before anything is laid out, and before WeasyPrint is imported elsewhere: it
    reports a missing library by printing.
    """
    absent = [name for name in _EXTRA if importlib.util.find_spec(name) is None]
    if absent:
        raise PdfError([_extra_missing(absent)])
    try:
        with (
            warnings.catch_warnings(),
            contextlib.redirect_stdout(io.StringIO()),
        ):
            warnings.simplefilter("ignore")
            weasyprint = importlib.import_module("weasyprint")
            binding = importlib.import_module("weasyprint.text.ffi")
    except OSError as error:
        raise PdfError([_pango_missing(str(error))]) from error
    except ImportError as error:
        raise PdfError([_extra_missing([(error.name or str(error)).partition(".")[0]])]) from error
    if int(weasyprint.__version__.split(".")[0]) < _OLDEST:
        raise PdfError([_too_old(weasyprint.__version__)])
    return () if binding.harfbuzz_subset else (_slow(),)


def hint(need: Need) -> Phrase:
    """Return how to get what is needed: for the system at hand first, then for the others."""
    here = system()
    own = _OWN_FONTS if need in {"chinese", "rare"} else {}
    ways = []
    for name in sorted(_COMMANDS, key=lambda name: name != here):
        if name in own:
            ways.append(own[name])
        if need in _COMMANDS[name]:
            command = _COMMANDS[name][need]
            ways.append(Phrase(f"{name}：`{command}`", f"{name}: `{command}`"))
    if need == "pango":
        ways.append(_OTHERWISE)
    elif need != "subset":
        ways.append(_FOLDER)
    return Phrase("；".join(way.zh for way in ways), "; ".join(way.en for way in ways))


def system() -> str:
    """Return the kind of system this is, `""` where none of those we know commands for."""
    if sys.platform == "darwin":
        return "macOS"
    if sys.platform == "win32":
        return "Windows"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return ""
    names = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    return next((kind for kind, known in _LIKE.items() if names & known), "")


def _extra_missing(absent: list[str]) -> Finding:
    names = ", ".join(absent)
    return Finding(
        "error",
        Phrase(
            f"打印 PDF 需要的 Python 包没有安装：{names}",
            f"printing needs Python packages that are not installed: {names}",
        ),
        "PDF-04",
        hint=Phrase("`pip install 'salesdocs[pdf]'`", "`pip install 'salesdocs[pdf]'`"),
    )


def _too_old(version: str) -> Finding:
    return Finding(
        "error",
        Phrase(
            f"WeasyPrint {version} 太旧，至少需要 {_OLDEST}",
            f"WeasyPrint {version} is too old, {_OLDEST} at least is needed",
        ),
        "PDF-04",
        hint=Phrase("`pip install -U 'salesdocs[pdf]'`", "`pip install -U 'salesdocs[pdf]'`"),
    )


def _pango_missing(reason: str) -> Finding:
    said = reason.splitlines()[0] if reason else ""
    return Finding(
        "error",
        Phrase(
            f"排版需要的系统库 Pango 没有安装或找不到（{said}）",
            f"the system library Pango, which sets the text, is absent or not found ({said})",
        ),
        "PDF-05",
        hint=hint("pango"),
    )


def _slow() -> Finding:
    return Finding(
        "note",
        Phrase(
            "系统库 HarfBuzz-Subset 没有安装，每份 PDF 要多用十几秒",
            "the system library HarfBuzz-Subset is absent: each PDF takes some 15 seconds longer",
        ),
        "PDF-06",
        hint=hint("subset"),
    )
