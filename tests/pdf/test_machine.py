"""What is missing on a machine is said with the command that gets it, never as a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from salesdocs.pdf import machine

_HOUSE = Path(__file__).parents[2]
_ASK = """
from salesdocs.errors import PdfError
from salesdocs.pdf.machine import require
try:
    found = require()
except PdfError as error:
    found = error.findings
for each in found:
    print(each.text("zh"))
    print(each.text("en"))
"""
_NO_LIBRARY = """
import cffi
known = cffi.FFI.dlopen
def dlopen(self, name=None, flags=0):
    if name and {part!r} in name:
        raise OSError(f"cannot load library '{{name}}': no such file")
    return known(self, name, flags)
cffi.FFI.dlopen = dlopen
"""
_NEEDS = ("pango", "subset", "chinese", "rare", "emoji", "fonts")


def _said(before: str = "") -> str:
    """Return what a machine says where that code has taken something away from it."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", before + _ASK],
        cwd=_HOUSE,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_a_machine_that_can_print_says_nothing():
    assert _said() == ""


@pytest.mark.parametrize("name", ["weasyprint", "pikepdf", "pypdfium2"])
def test_a_package_that_is_not_installed_is_named_with_the_extra_that_brings_it(name: str):
    said = _said(f"import sys; sys.modules[{name!r}] = None\n")
    assert f"error: 打印 PDF 需要的 Python 包没有安装：{name} [PDF-04]" in said
    assert "hint: `pip install 'salesdocs[pdf]'`" in said


def test_a_package_weasyprint_needs_is_named_too():
    said = _said("import sys; sys.modules['tinycss2'] = None\n")
    assert "没有安装：tinycss2 [PDF-04]" in said


def test_an_old_weasyprint_is_to_be_brought_up_to_date():
    said = _said("import weasyprint; weasyprint.__version__ = '69.1'\n")
    assert "WeasyPrint 69.1 太旧，至少需要 70 [PDF-04]" in said
    assert "pip install -U" in said


@pytest.mark.parametrize("part", ["pango-1.0", "fontconfig", "gobject"])
def test_without_pango_every_system_is_told_how_to_get_it_and_what_else_prints(part: str):
    said = _said(_NO_LIBRARY.format(part=part))
    assert "error: 排版需要的系统库 Pango 没有安装或找不到" in said
    assert "[PDF-05]" in said
    assert "WeasyPrint could not import" not in said
    for way in ("apt install libpango-1.0-0", "dnf install pango", "apk add", "brew install pango"):
        assert way in said
    assert "WEASYPRINT_DLL_DIRECTORIES" in said
    assert "--engine soffice" in said


def test_without_the_subsetter_printing_goes_on_with_a_note():
    said = _said(_NO_LIBRARY.format(part="harfbuzz-subset"))
    assert said.startswith("note: 系统库 HarfBuzz-Subset 没有安装，每份 PDF 要多用十几秒 [PDF-06]")
    assert "libharfbuzz-subset0" in said


def test_importing_the_module_loads_no_library_of_pdf():
    code = "import sys, salesdocs.pdf.machine, salesdocs.pdf.fonts; print([m for m in sys.modules if m in ('weasyprint', 'pikepdf', 'pypdfium2', 'fontTools')])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=_HOUSE, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("release", "name"),
    [
        ({"ID": "debian"}, "Debian/Ubuntu"),
        ({"ID": "ubuntu", "ID_LIKE": "debian"}, "Debian/Ubuntu"),
        ({"ID": "uos"}, "Debian/Ubuntu"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "Fedora/openEuler"),
        ({"ID": "openeuler"}, "Fedora/openEuler"),
        ({"ID": "alpine"}, "Alpine"),
        ({"ID": "nixos"}, ""),
    ],
)
def test_a_linux_is_known_by_its_release_file(
    release: dict[str, str], name: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: release)
    assert machine.system() == name
    if name:
        assert machine.hint("pango").zh.startswith(name)
        assert machine.hint("pango").en.startswith(name)


@pytest.mark.parametrize(("platform", "name"), [("darwin", "macOS"), ("win32", "Windows")])
@pytest.mark.parametrize("need", ["pango", "chinese"])
def test_the_system_at_hand_is_told_first(
    platform: str, name: str, need: machine.Need, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "platform", platform)
    assert machine.hint(need).zh.startswith(name)
    assert machine.hint(need).en.startswith(name)


def test_a_container_without_a_release_file_is_told_all_ways(monkeypatch: pytest.MonkeyPatch):
    def absent() -> dict[str, str]:
        raise OSError

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("platform.freedesktop_os_release", absent)
    assert machine.system() == ""
    assert "apt install" in machine.hint("chinese").zh


@pytest.mark.parametrize("need", _NEEDS)
def test_each_need_has_a_way_in_both_languages(need: machine.Need):
    found = machine.hint(need)
    assert found.zh
    assert found.en
    assert found.zh.count("`") == found.en.count("`") > 0
