"""Printing on a machine that lacks something: an error that helps, never a crash or a box."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from salesdocs.pdf.fontconfig import FOLDER_VARIABLE, faces

_HOUSE = Path(__file__).parents[2]
_FORM_FONT = _HOUSE / "salesdocs/pdf/forms/SalesdocsForm.ttf"
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>"""
_PRINT = """
import sys
from io import BytesIO
from pathlib import Path
from salesdocs.errors import PdfError
from salesdocs.pdf.printing import print_document
file = Path(sys.argv[1])
try:
    printed = print_document(file.read_bytes(), file.name)
except PdfError as error:
    print(error)
else:
    import pypdf
    print(*[each.text() for each in printed.findings], sep="\\n")
    print(printed.pages, pypdf.PdfReader(BytesIO(printed.pdf)).pages[0].extract_text())
"""
_NO_PANGO = """
import cffi
known = cffi.FFI.dlopen
def dlopen(self, name=None, flags=0):
    if name and "pango" in name:
        raise OSError(f"cannot load library '{name}'")
    return known(self, name, flags)
cffi.FFI.dlopen = dlopen
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    document = Document()
    document.add_paragraph("甲方（盖章）：ABC 有限公司")
    saved = tmp_path / "合同.docx"
    document.save(str(saved))
    return saved


@pytest.fixture
def printed(tmp_path: Path, paper: Path):
    """Return a function that prints the paper where only certain fonts are installed."""

    def run(before: str = "", *folders: str, **environment: str) -> str:
        configuration = tmp_path / "fonts.conf"
        listed = "".join(f"<dir>{folder}</dir>" for folder in folders)
        configuration.write_text(_CONFIGURATION.format(folders=listed, cache=tmp_path / "cache"))
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", before + _PRINT, str(paper)],
            cwd=_HOUSE,
            env={**os.environ, "FONTCONFIG_FILE": str(configuration), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_without_fonts_printing_is_refused_where_weasyprint_would_crash(printed):
    said = printed()
    assert said.startswith("合同.docx: error: 本机没有任何字体")
    assert "[PDF-01]" in said


def test_with_latin_fonts_only_printing_is_refused_where_boxes_would_be_drawn(printed):
    latin = [face.file for face in faces() if "Liberation Serif" in face.families]
    assert latin, "Liberation Serif is not installed"
    said = printed("", str(Path(latin[0]).parent))
    assert said.startswith("合同.docx: error: 本机没有中文字体，画不出")
    assert "首先见于“甲方（盖章）：ABC" in said


def test_a_folder_of_font_files_is_all_it_takes(printed, tmp_path: Path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.ttf").write_bytes(_FORM_FONT.read_bytes())
    said = printed(**{FOLDER_VARIABLE: str(own)})
    assert "error" not in said
    assert "甲方（盖章）：ABC" in said.replace("\n", "")


def test_without_pango_printing_is_refused_with_what_to_install(printed):
    said = printed(_NO_PANGO)
    assert "[PDF-05]" in said
    assert "apt install libpango-1.0-0" in said


@pytest.mark.parametrize("name", ["weasyprint", "pikepdf", "pypdfium2"])
def test_without_the_extra_printing_is_refused_with_what_to_install(printed, name: str):
    said = printed(f"import sys; sys.modules[{name!r}] = None\n")
    assert "[PDF-04]" in said
    assert "pip install 'salesdocs[pdf]'" in said


def test_importing_the_entry_loads_no_library_of_pdf():
    code = "import sys, salesdocs.pdf.printing; print({'weasyprint', 'pikepdf', 'pypdfium2'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=_HOUSE, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
