"""`salesdocs print` as a user meets it: any Word file, one bad one among others, files kept."""

from __future__ import annotations

import errno
import json
import os
import resource
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest
from click.testing import CliRunner, Result

from salesdocs.cli import main
from salesdocs.pdf.own import is_untouched
from tests import world

ROOT = world.ROOT
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def word(tmp_path: Path) -> Path:
    path = tmp_path / "报价单 最终版.docx"
    path.write_bytes(world.product("quote_sheet").data)
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def said(result: Result) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(result.stdout)
    return found


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_the_pdf_lies_beside_the_word_file(word: Path) -> None:
    result = run("print", word)
    assert result.exit_code == 0, result.output
    pdf = word.with_suffix(".pdf")
    assert result.stdout == f"{pdf}\n"
    assert is_untouched(pdf.read_bytes())
    text = "".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    assert "报价单" in text and "宁波铄恒精密机械有限公司" in text


def test_printed_again_it_is_left_alone(word: Path) -> None:
    run("print", word)
    before = word.with_suffix(".pdf").stat().st_mtime_ns
    (document,) = said(run("print", word, "--format", "json"))["documents"]
    assert document["written"] is False
    assert document["pages"] == len(pypdf.PdfReader(word.with_suffix(".pdf")).pages)
    assert word.with_suffix(".pdf").stat().st_mtime_ns == before


def test_a_file_or_a_folder_can_be_named(word: Path, tmp_path: Path) -> None:
    run("print", word, "-o", tmp_path / "给客户.pdf")
    run("print", word, "-o", tmp_path / "新" / "文件夹")
    assert (tmp_path / "给客户.pdf").is_file()
    assert (tmp_path / "新" / "文件夹" / "报价单 最终版.pdf").is_file()


def test_files_of_one_name_from_two_folders_do_not_meet(word: Path, tmp_path: Path) -> None:
    other = tmp_path / "旧" / word.name
    other.parent.mkdir()
    other.write_bytes(world.product("customer_info").data)
    result = run("print", word, other, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert files(tmp_path / "out") == ["报价单 最终版.pdf", "报价单 最终版_2.pdf"]


def test_several_files_do_not_fit_into_one(word: Path, tmp_path: Path) -> None:
    result = run("print", word, tmp_path / "b.docx", "-o", tmp_path / "x.pdf")
    assert result.exit_code == 2
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("change", ["foreign", "changed"])
def test_a_pdf_that_is_not_ours_or_was_changed_is_kept(word: Path, change: str) -> None:
    pdf = word.with_suffix(".pdf")
    if change == "foreign":
        writer = pypdf.PdfWriter()
        writer.add_blank_page(100, 100)
        writer.write(pdf)
    else:
        run("print", word)
        pdf.write_bytes(pdf.read_bytes() + b"% a remark\n")
    before = pdf.read_bytes()
    result = run("print", word)
    assert result.exit_code == 0
    assert "报价单 最终版_手工修改1.pdf [CLI-06]" in result.stderr
    assert (word.parent / "报价单 最终版_手工修改1.pdf").read_bytes() == before
    assert is_untouched(pdf.read_bytes())


def test_ours_of_before_gives_way_without_a_word(word: Path) -> None:
    run("print", word)
    word.write_bytes(world.product("customer_info").data)
    result = run("print", word)
    assert (result.exit_code, result.stderr) == (0, "")
    assert files(word.parent) == ["报价单 最终版.docx", "报价单 最终版.pdf"]


@pytest.mark.parametrize(
    ("make", "rule", "words"),
    [
        pytest.param(lambda path: None, "CLI-21", "没有这个文件", id="missing"),
        pytest.param(lambda path: path.mkdir(), "CLI-21", "这是文件夹", id="folder"),
        pytest.param(lambda path: path.write_bytes(b""), "TPL-01", "不是完好的", id="empty"),
        pytest.param(lambda path: path.write_text("报价"), "TPL-01", "不是完好的", id="text"),
        pytest.param(lambda path: path.write_bytes(OLE), "PDF-23", "不是 .docx", id="old format"),
        pytest.param(os.mkfifo, "CLI-21", "读不了", id="pipe"),
        pytest.param(lambda path: _truncated(path, 201), "CLI-21", "文件太大", id="huge"),
    ],
)
@pytest.mark.parametrize("engine", ["weasyprint", "soffice"])
def test_what_is_no_word_file_is_told_and_stops_no_other(
    make: object, rule: str, words: str, engine: str, word: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "坏.docx"
    make(bad)  # type: ignore[operator]
    if engine == "soffice":
        result = run("print", bad, "-o", tmp_path / "out", "--engine", engine)
    else:
        result = run("print", bad, word, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert words in result.stderr and f"[{rule}]" in result.stderr
    made = files(tmp_path / "out") if (tmp_path / "out").exists() else []
    assert made == ([] if engine == "soffice" else ["报价单 最终版.pdf"])


def _truncated(path: Path, megabytes: int) -> None:
    with path.open("wb") as file:
        file.truncate(megabytes * 1024 * 1024)


def test_words_lock_file_is_passed_over(word: Path) -> None:
    lock = word.with_name("~$价单 最终版.docx")
    lock.write_bytes(b"\x05owner")
    result = run("print", lock, word)
    assert result.exit_code == 0
    assert "锁文件" in result.stderr
    assert not lock.with_suffix(".pdf").exists()


def test_a_stamp_is_checked_before_anything_is_printed(word: Path) -> None:
    result = run("print", word, "--stamp", "字" * 30)
    assert result.exit_code == 1 and "PDF-40" in result.stderr
    assert not word.with_suffix(".pdf").exists()


@pytest.mark.parametrize("engine", ["weasyprint", "soffice"])
def test_both_engines_stamp_and_archive(word: Path, tmp_path: Path, engine: str) -> None:
    arguments = ("--engine", engine, "--stamp", "副本", "--archive", world.SAMPLE)
    result = run("print", word, *arguments)
    assert result.exit_code == 0, result.output
    data = word.with_suffix(".pdf").read_bytes()
    with pikepdf.open(BytesIO(data)) as pdf:
        attached = pdf.attachments["case.yaml"].get_file().read_bytes()
        assert attached == world.SAMPLE.read_bytes()
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"
        assert "/StructTreeRoot" in pdf.Root
    run("print", word, *arguments, "-o", tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == data


def test_an_attachment_that_is_not_there_stops_everything(word: Path, tmp_path: Path) -> None:
    result = run("print", word, "--archive", tmp_path / "none.yaml")
    assert result.exit_code == 1 and "none.yaml" in result.stderr
    assert not word.with_suffix(".pdf").exists()


def test_a_disk_that_takes_no_more_leaves_the_old_file(word: Path) -> None:
    """A limit on the size of files is the nearest thing to a full disk that needs no mount."""
    run("print", word)
    pdf = word.with_suffix(".pdf")
    before = pdf.read_bytes()
    word.write_bytes(world.product("customer_info").data)
    limited = subprocess.run(
        [sys.executable, "-m", "salesdocs", "print", str(word)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SALESDOCS_CACHE": ""},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert limited.returncode == 1, limited.stderr
    assert os.strerror(errno.EFBIG) in limited.stderr and "[CLI-04]" in limited.stderr
    assert pdf.read_bytes() == before
    assert files(word.parent) == ["报价单 最终版.docx", "报价单 最终版.pdf"]


def test_many_files_are_printed_by_several_processes_the_same(tmp_path: Path) -> None:
    names = ("customer_info", "quote_sheet", "payment_letter", "confirmation_letter")
    known = [paper.name for paper in world.papers()]
    sources = []
    for name in [each for each in names if each in known][:3]:
        source = tmp_path / f"{name}.docx"
        source.write_bytes(world.product(name).data)
        sources.append(source)
    assert len(sources) == 3
    one = run("print", *sources, "-o", tmp_path / "one", "--jobs", "1")
    shared = os.environ["SALESDOCS_CACHE"]
    try:
        os.environ["SALESDOCS_CACHE"] = ""
        two = run("print", *sources, "-o", tmp_path / "two", "--jobs", "2")
    finally:
        os.environ["SALESDOCS_CACHE"] = shared
    assert (one.exit_code, two.exit_code) == (0, 0), two.output
    for source in sources:
        name = source.with_suffix(".pdf").name
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_pictures_of_pages_are_listed(word: Path, tmp_path: Path) -> None:
    result = run("preview", word, "-o", tmp_path / "pictures", "--width", "300")
    assert result.exit_code == 0, result.output
    listed = json.loads((tmp_path / "pictures" / "pictures.json").read_bytes())
    (document,) = listed["documents"]
    assert document["document"] == "quote_sheet"
    assert len(document["pictures"]) == document["pages"]
    for picture in document["pictures"]:
        assert (tmp_path / "pictures" / picture["file"]).read_bytes().startswith(b"\x89PNG")
        assert picture["width"] == 300 and "第 1 页" in picture["alt"]["zh"]
    again = run("preview", word, word.with_name("no.pdf"), "-o", tmp_path / "pictures")
    assert again.exit_code == 1 and "no.pdf" in again.stderr
