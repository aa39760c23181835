"""LibreOffice as the engine: what it prints, and what becomes of what it cannot."""

from __future__ import annotations

import http.server
import os
import stat
import sys
import threading
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest

from salesdocs.errors import PdfError
from salesdocs.pdf.soffice import SECONDS, WordFile, find_soffice, print_with_soffice
from tests import world


@cache
def printed() -> list[bytes | PdfError]:
    files = [WordFile(world.product(name).data, name) for name in ("customer_info", "quote_sheet")]
    return print_with_soffice(files)


def opened(result: bytes | PdfError) -> pikepdf.Pdf:
    assert isinstance(result, bytes), result
    return pikepdf.open(BytesIO(result))


def test_each_file_comes_back_in_its_place_and_tagged() -> None:
    for result, title in zip(printed(), ("客户信息表", "报价单"), strict=True):
        pdf = opened(result)
        assert str(pdf.docinfo["/Title"]) == title
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) > 0


def test_chinese_is_drawn_by_the_families_that_stand_in() -> None:
    """宋体 is a serif: without rules of ours fontconfig takes a sans, whatever is installed."""
    pdfs = [opened(result) for result in printed()]
    names = {
        str(each.FontName).partition("+")[2]
        for pdf in pdfs
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and "/FontName" in each
    }
    assert any("Serif" in name and "CJK" in name for name in names), names
    assert any("Sans" in name and "CJK" in name for name in names), names


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    print_with_soffice([], seconds=5)
    with pytest.raises(PdfError):
        raise print_with_soffice([WordFile(b"", "a.docx")], seconds=0.01)[0]
    assert list(tmp_path.iterdir()) == []


def test_the_archive_is_pdf_a_3() -> None:
    (result,) = print_with_soffice(
        [WordFile(world.product("quote_sheet").data, "a.docx")], archive=True
    )
    pdf = opened(result)
    assert pdf.Root.OutputIntents[0].S == pikepdf.Name.GTS_PDFA1
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3B"


_VISITED: list[str] = []


class _Visited(http.server.BaseHTTPRequestHandler):
    def handle_one_request(self) -> None:
        _VISITED.append(self.rfile.readline().decode())
        self.close_connection = True


@pytest.fixture
def server() -> Iterator[str]:
    _VISITED.clear()
    with http.server.HTTPServer(("127.0.0.1", 0), _Visited) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


_LINKED = """<w:p><w:r><w:drawing><wp:inline
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
 <wp:extent cx="990000" cy="990000"/><wp:docPr id="900" name="x"/>
 <a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData
 uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>
 <pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rIdFar"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/><a:stretch>
 <a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>
 <a:ext cx="990000" cy="990000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
 </pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""
_RELATION = (
    '<Relationship Id="rIdFar" TargetMode="External" Target="{}/picture.png" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
)


def test_a_picture_that_is_only_linked_is_not_fetched(server: str) -> None:
    package = BytesIO()
    with (
        ZipFile(BytesIO(world.product("quote_sheet").data)) as old,
        ZipFile(package, "w") as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            if name == "word/_rels/document.xml.rels":
                text = text.replace(b"</Relationships>", _RELATION.format(server).encode())
            if name == "word/document.xml":
                text = text.replace(b"<w:body>", f"<w:body>{_LINKED}".encode(), 1)
            new.writestr(name, text)
    (result,) = print_with_soffice([WordFile(package.getvalue(), "far.docx")])
    assert isinstance(result, bytes)
    assert _VISITED == []


def _pretender(folder: Path, lines: str) -> str:
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\n{lines}")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


_PRETENDED = """
import os, pathlib, signal, sys, time
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
for each in sys.argv[sys.argv.index("--outdir") + 2:]:
    word = pathlib.Path(each)
    said = word.read_bytes()
    if said == b"hang":
        time.sleep(60)
    if said == b"crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if said == b"refuse":
        print("Error: source file could not be loaded")
        continue
    (out / (word.stem + ".pdf")).write_bytes(b"%PDF-1.7 " + said + (b"" if said == b"half" else b"%%EOF"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the pretender is a script of POSIX")
@pytest.mark.parametrize(
    ("said", "rule"),
    [("hang", "PDF-09"), ("crash", "PDF-08"), ("refuse", "PDF-08"), ("half", "PDF-08")],
)
def test_a_bad_file_stops_no_other(
    said: str, rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESDOCS_SOFFICE", _pretender(tmp_path, _PRETENDED))
    contents = ("one", said, "two", said, "three")
    files = [WordFile(text.encode(), f"{number}.docx") for number, text in enumerate(contents)]
    results = print_with_soffice(files, seconds=1)
    assert [isinstance(each, bytes) for each in results] == [True, False, True, False, True]
    for index in (1, 3):
        error = results[index]
        assert isinstance(error, PdfError)
        assert [(each.rule, each.file) for each in error.findings] == [(rule, f"{index}.docx")]
    assert all(text.encode() in results[index] for index, text in ((0, "one"), (4, "three")))  # type: ignore[operator]


def test_too_little_memory_is_no_crash_of_ours() -> None:
    file = WordFile(world.product("quote_sheet").data, "a.docx")
    (result,) = print_with_soffice([file], memory=200_000, seconds=SECONDS)
    assert isinstance(result, PdfError)


def test_without_libreoffice_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SALESDOCS_SOFFICE", raising=False)
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(PdfError) as caught:
        find_soffice()
    (finding,) = caught.value.findings
    assert finding.rule == "PDF-07"
    assert "apt install libreoffice-writer" in finding.hint.zh


def test_a_program_chosen_by_hand_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SALESDOCS_SOFFICE", "/nowhere/soffice")
    with pytest.raises(PdfError) as caught:
        find_soffice()
    assert "/nowhere/soffice" in caught.value.findings[0].message.zh
