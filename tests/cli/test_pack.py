"""`salesdocs pack` and `render --pdf`: every paper of the sample, whom it is for, what it holds."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from salesdocs.case.load import read_case
from salesdocs.cli import main
from salesdocs.pdf.own import is_untouched
from salesdocs.process.fields import strip
from salesdocs.produce import Paper
from tests import world

CANARY = "金丝雀不得外传"


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@cache
def texts(pdf: bytes) -> tuple[str, ...]:
    document = pypdfium2.PdfDocument(pdf)
    found = tuple(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The whole sample once: rendered with PDFs, and bound; what both said, and the folder."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALESDOCS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
        rendered = run("render", world.SAMPLE, "-o", folder, "--pdf", "--format", "json")
        packed = run("pack", world.SAMPLE, "-o", folder / "all.pdf", "--format", "json")
    assert (rendered.exit_code, packed.exit_code) == (0, 0), rendered.output + packed.output
    return {
        "folder": folder,
        "rendered": json.loads(rendered.stdout),
        "packed": json.loads(packed.stdout),
        "pdf": (folder / "all.pdf").read_bytes(),
    }


# -- render --pdf --------------------------------------------------------------------------------


def test_each_word_file_has_its_pdf_beside_it(made: dict[str, Any]) -> None:
    documents = made["rendered"]["documents"]
    assert {each["name"] for each in documents} == {paper.name for paper in world.papers()}
    for each in documents:
        pdf = Path(each["pdf"])
        assert pdf == Path(each["file"]).with_suffix(".pdf")
        data = pdf.read_bytes()
        assert is_untouched(data)
        assert len(texts(data)) == each["pdf_pages"]


def test_the_manifest_knows_the_pdfs(made: dict[str, Any]) -> None:
    entries = json.loads((made["folder"] / "manifest.json").read_bytes())["documents"]
    assert len(entries) == len(world.papers())
    for entry in entries:
        data = (made["folder"] / entry["pdf"]).read_bytes()
        assert entry["pdf_sha256"] == sha256(data).hexdigest()


def test_unchanged_pdfs_are_not_made_again(
    made: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    times = {path: path.stat().st_mtime_ns for path in made["folder"].rglob("*.pdf")}
    monkeypatch.setattr("salesdocs.pdf.batch.print_one", _never)
    again = run("render", world.SAMPLE, "-o", made["folder"], "--pdf", "--format", "json")
    assert again.exit_code == 0, again.output
    assert {each["pdf_written"] for each in json.loads(again.stdout)["documents"]} == {False}
    assert {path: path.stat().st_mtime_ns for path in made["folder"].rglob("*.pdf")} == times


def _never(*_: object) -> None:
    raise AssertionError("printed though nothing changed")


def test_a_pdf_of_the_file_before_is_pointed_out(tmp_path: Path) -> None:
    asked = ("--doc", "review_minutes", "-o", tmp_path / "out")
    case = tmp_path / "case.yaml"
    text = world.SAMPLE.read_text(encoding="utf-8")
    case.write_text(text, encoding="utf-8")
    assert run("render", case, *asked, "--pdf").exit_code == 0
    case.write_text(text.replace("place: 澜砚 3 号会议室", "place: 线上"), encoding="utf-8")
    result = run("render", case, *asked)
    assert result.exit_code == 0
    assert "这份 PDF 还是以前印的 [CLI-22]" in result.stderr
    (entry,) = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["documents"]
    assert "pdf" not in entry
    assert run("render", case, *asked, "--pdf").stderr == ""
    (pdf,) = (tmp_path / "out").rglob("*.pdf")
    assert "线上" in "".join(texts(pdf.read_bytes()))


def test_a_pdf_changed_by_hand_is_kept(tmp_path: Path) -> None:
    asked = ("render", world.SAMPLE, "--doc", "quote_sheet", "-o", tmp_path, "--pdf")
    run(*asked)
    (pdf,) = tmp_path.rglob("*.pdf")
    pdf.write_bytes(pdf.read_bytes() + b"% remark")
    result = run(*asked, "--format", "json")
    (document,) = json.loads(result.stdout)["documents"]
    assert Path(document["pdf_kept"]).read_bytes().endswith(b"% remark")
    assert is_untouched(pdf.read_bytes())


def as_the_deal_went() -> list[Paper]:
    """The papers of the sample, stage by stage."""
    return sorted(world.papers(), key=lambda paper: paper.document.stage)


# -- pack ----------------------------------------------------------------------------------------


def test_a_pack_holds_every_paper_on_the_page_it_says(made: dict[str, Any]) -> None:
    pages = texts(made["pdf"])
    documents = made["packed"]["documents"]
    assert [each["name"] for each in documents] == [paper.name for paper in as_the_deal_went()]
    assert made["packed"]["pages"] == len(pages)
    by_name = {each["name"]: each for each in made["rendered"]["documents"]}
    front = pages[: documents[0]["page"] - 1]
    contents = " ".join(" ".join(front).split())
    for number, each in enumerate(documents, 1):
        own = texts(Path(by_name[each["name"]]["pdf"]).read_bytes())
        start = each["page"] - 1
        assert pages[start : start + len(own)] == own
        line = contents.partition(f" {number} {each['doc_no']} ")[2]
        said = line.partition(f" {number + 1} ")[0] if number < len(documents) else line
        assert str(each["page"]) in said.split()


def test_the_outline_has_the_titles_of_the_papers(made: dict[str, Any]) -> None:
    with pikepdf.open(BytesIO(made["pdf"])) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root][1:]
    documents = made["packed"]["documents"]
    assert len(titles) == len(documents)
    for title, each in zip(titles, documents, strict=True):
        assert title in {each["title"], f"{each['title']} {each['doc_no']}"}
    assert len(set(titles)) == len(titles)


def test_an_internal_pack_says_so(made: dict[str, Any]) -> None:
    assert "内部资料，不得外传" in texts(made["pdf"])[0]
    assert "密级：机密" in texts(made["pdf"])[0]


def test_bound_again_it_is_the_same_and_left_alone(made: dict[str, Any], tmp_path: Path) -> None:
    again = run("pack", world.SAMPLE, "-o", made["folder"] / "all.pdf", "--format", "json")
    assert json.loads(again.stdout)["written"] is False
    run("pack", world.SAMPLE, "-o", tmp_path / "other.pdf")
    assert (tmp_path / "other.pdf").read_bytes() == made["pdf"]


def test_the_customers_pack_holds_only_what_customers_may_read(tmp_path: Path) -> None:
    result = run("pack", world.SAMPLE, "--for", "customer", "-o", tmp_path / "c.pdf", "--archive",
                 "--format", "json")  # fmt: skip
    assert result.exit_code == 0, result.output
    expected = [paper.name for paper in as_the_deal_went() if paper.document.audience == "customer"]
    assert [each["name"] for each in json.loads(result.stdout)["documents"]] == expected
    data = (tmp_path / "c.pdf").read_bytes()
    assert "不得外传" not in texts(data)[0]
    with pikepdf.open(BytesIO(data)) as pdf:
        attached = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
    words = [name for name in attached if name.endswith(".docx")]
    assert len(words) == len(expected) == len(attached) - 1
    case = read_case(attached["case.yaml"], "case.yaml")
    kept = strip(world.sample().tree, "customer", world.library().catalogue)
    assert case.tree == kept
    assert case.findings == ()
    whole = "\n".join(texts(data))
    for path, text in world.dossier().secrets("customer"):
        assert text not in attached["case.yaml"].decode(), path
        assert text not in whole, path


def test_the_signing_pack_is_what_is_signed_at_that_stage(tmp_path: Path) -> None:
    result = run("pack", world.SAMPLE, "--for", "signing", "-o", tmp_path, "--format", "json")
    found = json.loads(result.stdout)
    assert [each["name"] for each in found["documents"]] == ["contract", "power_of_attorney"]
    path = Path(found["pdf"])
    assert path.name.startswith("XM-2025-0037_签约文件（第 5 阶段）_宁波铄恒精密机械有限公司_")
    assert "第 5 阶段　合同签订" in texts(path.read_bytes())[0]


def test_a_paper_that_customers_may_not_see_cannot_be_asked_into_their_pack(tmp_path: Path) -> None:
    result = run("pack", world.SAMPLE, "--for", "customer", "--doc", "contract_approval",
                 "--doc", "quote_sheet", "-o", tmp_path / "c.pdf")  # fmt: skip
    assert result.exit_code == 1
    assert "不是给客户的文件" in result.stderr
    assert not (tmp_path / "c.pdf").exists()


def test_one_refused_paper_stops_the_pack_and_all_reasons_are_told(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    text = world.SAMPLE.read_text(encoding="utf-8")
    text = text.replace("place: 澜砚 3 号会议室", "place:")
    text = text.replace('  uscc: "91990000MA9XL00244"\n', "")
    case.write_text(text, encoding="utf-8")
    result = run("pack", case, "-o", tmp_path / "out" / "x.pdf")
    assert result.exit_code == 1
    assert "needs.review.place" in result.stderr and "customer.uscc" in result.stderr
    assert "《需求评审会议纪要》未生成" in result.stderr
    assert not (tmp_path / "out").exists()
    draft = run("pack", case, "-o", tmp_path / "out", "--draft", "--doc", "review_minutes")
    assert draft.exit_code == 0, draft.stderr
    (pdf,) = (tmp_path / "out").iterdir()
    assert "（草稿）" in pdf.name
    assert "草稿" in texts(pdf.read_bytes())[0]
    assert "待填" in "".join(texts(pdf.read_bytes()))


def test_a_pack_of_nothing_says_so(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(world.SMALLEST, encoding="utf-8")
    result = run("pack", case, "-o", tmp_path / "x.pdf")
    assert result.exit_code == 1
    assert not (tmp_path / "x.pdf").exists()


def test_a_stamp_that_cannot_be_drawn_stops_before_any_work(tmp_path: Path) -> None:
    result = run("pack", world.SAMPLE, "-o", tmp_path / "x.pdf", "--stamp", "字" * 40)
    assert result.exit_code == 1 and "[PDF-40]" in result.stderr
    assert not (tmp_path / "x.pdf").exists()


# -- what goes into the archive ------------------------------------------------------------------


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a marker in a confidential value, in an internal one, and in a comment."""
    folder = tmp_path_factory.mktemp("canary")
    case = folder / "case.yaml"
    text = world.SAMPLE.read_text(encoding="utf-8")
    changed = text.replace("  procurement_mode:", f"  # {CANARY}：注释\n  procurement_mode:", 1)
    changed = changed.replace("give: ", f"give: {CANARY}让步，", 1)
    assert changed.count(CANARY) == 2
    case.write_text(changed, encoding="utf-8")
    return case


def test_a_customers_copy_carries_no_internal_value(canary: Path, tmp_path: Path) -> None:
    result = run("render", canary, "-o", tmp_path, "--archive",
                 "--doc", "quote_sheet", "--doc", "negotiation_record")  # fmt: skip
    assert result.exit_code == 0, result.output
    attached = {}
    for path in tmp_path.rglob("*.pdf"):
        with pikepdf.open(path) as pdf:
            kind = "customer" if "报价单" in path.name else "confidential"
            attached[kind] = pdf.attachments["case.yaml"].get_file().read_bytes()
            with pdf.open_metadata() as metadata:
                assert metadata.pdfa_status == "3A"
            for each in pdf.objects:
                if kind == "customer" and isinstance(each, pikepdf.Stream):
                    try:
                        assert CANARY.encode() not in each.read_bytes()
                    except pikepdf.PdfError:
                        continue  # a picture, whose bytes are no text
    assert CANARY.encode() not in attached["customer"]
    assert attached["confidential"] == canary.read_bytes()
    seen = read_case(attached["customer"], "case.yaml")
    assert seen.findings == ()
    assert seen.case.customer.name == "宁波铄恒精密机械有限公司"


# -- what it costs -------------------------------------------------------------------------------


def test_nothing_of_the_pdf_room_is_loaded_without_need(tmp_path: Path) -> None:
    code = (
        "import sys; from salesdocs.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(*{'weasyprint', 'pikepdf', 'pypdfium2', 'fontTools', 'PIL'} & set(sys.modules))"
    )
    for arguments in (
        ["--help"],
        ["print", "--help"],
        ["render", str(world.SAMPLE), "--doc", "quote_sheet", "-o", str(tmp_path)],
        ["check", str(world.SAMPLE)],
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=world.ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.splitlines()[-1] == "", arguments
