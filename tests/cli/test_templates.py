"""A library of one's own: taken out, changed in Word, built with a letterhead, listed, compared."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from click.testing import CliRunner, Result
from lxml import etree

from salesdocs.cli import main
from salesdocs.cli.tables import width
from salesdocs.word.origin import content_digest, origin_of, was_edited
from salesdocs.workshop.markup import NAMESPACES
from tests import world
from tests.pictures import jpeg, png

EMU_PER_MM = 36000
HOUSE = """\
logo: logo.png
colour: 8B1A1A
fonts:
  body: {latin: Cambria, chinese: 仿宋}
  headings: {latin: Calibri, chinese: 微软雅黑}
footer: 宁波市高新区创苑路 1 号　0574-00000000
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.delenv("SALESDOCS_LIBRARY", raising=False)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def replaced(file: Path, old: str, new: str) -> None:
    """Change a text of the body in Word, and save."""
    document = docx.Document(str(file))
    (changed,) = [each for each in document.paragraphs if each.text == old]
    changed.runs[0].text = new
    for run_ in changed.runs[1:]:
        run_.text = ""
    document.save(str(file))


def texts(file: Path) -> list[str]:
    return [each.text for each in docx.Document(str(file)).paragraphs]


@pytest.fixture(scope="module")
def dressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a letterhead, built."""
    own = tmp_path_factory.mktemp("dressed")
    (own / "house.yaml").write_text(HOUSE, encoding="utf-8")
    (own / "logo.png").write_bytes(png(480, 160))
    result = run("templates", "build", "--library", own)
    assert result.exit_code == 0, result.output
    return own


# -- the walk of a company that begins a library -------------------------------------------------


def test_what_was_changed_in_word_stands_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("templates", "eject", "review_minutes", "-o", "模板").exit_code == 0
    template = tmp_path / "模板" / "docx" / "review_minutes.zh.docx"
    headings = [each for each in docx.Document(str(template)).paragraphs if each.text]
    old = next(each.text for each in headings if each.style and each.style.name == "Heading 1")
    replaced(template, old, "本公司的会议议题")
    (tmp_path / "salesdocs.yaml").write_text(
        "schema: salesdocs/settings@1\nlibrary: 模板\noutput: 文件\n", encoding="utf-8"
    )
    checked = run("templates", "check")
    assert checked.exit_code == 0, checked.output
    deal = tmp_path / "铄恒"
    deal.mkdir()
    shutil.copy(world.SAMPLE, deal / "case.yaml")
    rendered = run("render", deal, "--doc", "review_minutes")
    assert rendered.exit_code == 0, rendered.output
    (made,) = (tmp_path / "文件").rglob("*.docx")
    assert "本公司的会议议题" in texts(made)
    assert old not in texts(made)
    compared = run("templates", "diff")
    assert compared.exit_code == 1
    assert f"- {old}" in compared.stdout and "+ 本公司的会议议题" in compared.stdout


def test_a_finished_document_says_nothing_of_the_origin_of_its_template(
    tmp_path: Path,
) -> None:
    run("templates", "eject", "review_minutes", "-o", tmp_path / "own")
    renders = ("render", world.SAMPLE, "--doc", "review_minutes", "-o", tmp_path / "out")
    assert run(*renders, "--library", tmp_path / "own").exit_code == 0
    (made,) = (tmp_path / "out").rglob("*.docx")
    assert origin_of(made.read_bytes()).layout == ""
    assert b"salesdocs.made" not in ZipFile(made).read("docProps/custom.xml")


# -- eject ---------------------------------------------------------------------------------------


def test_all_are_taken_out_and_none_is_written_over(tmp_path: Path) -> None:
    run("templates", "eject", "nda", "--library", tmp_path)
    nda = tmp_path / "docx" / "nda.zh.docx"
    replaced(nda, next(text for text in texts(nda) if text and "{" not in text), "改过")
    before = nda.read_bytes()
    result = run("templates", "eject", "--all", "--library", tmp_path)
    assert result.exit_code == 0, result.output
    assert nda.read_bytes() == before
    assert f"{nda}: note" in result.stderr
    shipped = {path.name for path in (world.house_folder() / "docx").glob("*.zh.docx")}
    assert {path.name for path in (tmp_path / "docx").iterdir()} == shipped
    assert len(result.stdout.splitlines()) == len(shipped) - 1


def test_a_document_asked_for_by_name_that_is_there_is_an_error_and_stops_no_other(
    tmp_path: Path,
) -> None:
    run("templates", "eject", "nda", "--library", tmp_path)
    result = run("templates", "eject", "nda", "proposal", "--library", tmp_path)
    assert result.exit_code == 1
    assert "不覆盖" in result.stderr
    assert (tmp_path / "docx" / "proposal.zh.docx").is_file()


def test_without_a_document_it_says_what_is_missing() -> None:
    result = run("templates", "eject")
    assert result.exit_code == 2
    assert "缺少 DOC" in result.stderr


# -- build ---------------------------------------------------------------------------------------


def test_every_document_of_a_letterhead_shows_the_logo_in_its_header(
    dressed: Path, tmp_path: Path
) -> None:
    result = run("render", world.SAMPLE, "-o", tmp_path, "--library", dressed)
    assert result.exit_code == 0, result.output
    made = sorted(tmp_path.rglob("*.docx"))
    assert len(made) == len(world.papers())
    for file in made:
        for section in docx.Document(str(file)).sections:
            header = section.header
            (extent,) = header._element.iter(f"{{{NAMESPACES['wp']}}}extent")
            wide, high = int(extent.get("cx")), int(extent.get("cy"))
            assert wide / high == pytest.approx(480 / 160, rel=0.001)
            assert 5 <= high / EMU_PER_MM <= 10, file.name
            (image,) = [each for each in header.part.rels.values() if "image" in each.reltype]
            assert image.target_part.blob == png(480, 160)


def test_a_letterhead_changes_colour_and_fonts_and_leaves_the_text(dressed: Path) -> None:
    name = "survey_report.zh.docx"
    ours, shipped = (ZipFile(path / "docx" / name) for path in (dressed, world.house_folder()))
    parts = [each for each in shipped.namelist() if each.startswith("word/") and each.endswith("l")]
    looks = "".join(ours.read(each).decode() for each in parts)
    assert "1F4E79" not in looks and "8B1A1A" in looks
    styles = ours.read("word/styles.xml").decode()
    assert "仿宋" in styles and "微软雅黑" in styles and "Times New Roman" not in styles
    assert 'w:ascii="宋体"' in styles  # the boxes to tick: not every font has them
    body = [etree.fromstring(each.read("word/document.xml")) for each in (ours, shipped)]
    assert "".join(body[0].itertext()) == "".join(body[1].itertext())


def test_the_text_of_the_footer_stands_below_number_and_page(dressed: Path) -> None:
    (footer,) = {
        tuple(line.text for line in section.footer.paragraphs)
        for section in docx.Document(str(dressed / "docx" / "nda.zh.docx")).sections
    }
    assert "{{ document.doc_no }}" in footer[0]
    assert footer[1] == "宁波市高新区创苑路 1 号　0574-00000000"


def test_templates_with_a_letterhead_pass_their_check(dressed: Path) -> None:
    result = run("templates", "check", "--library", dressed)
    assert (result.exit_code, result.stderr) == (0, "")


CLAUSE = """\
clauses:
  - id: late-payment
    version: "1.0"
    title: {zh: 逾期付款, en: Late payment}
    zh: 甲方逾期付款的，按本公司自己的条款处理。
    en: Late payment is dealt with under our own clause.
    approver: legal
"""


def test_a_clause_of_ones_own_stands_in_the_contract_that_is_built(
    tmp_path: Path,
) -> None:
    (tmp_path / "clauses").mkdir()
    (tmp_path / "clauses" / "liability.yaml").write_text(CLAUSE, encoding="utf-8")
    assert run("templates", "build", "contract", "--library", tmp_path).exit_code == 0
    built = tmp_path / "docx" / "contract.zh.docx"
    assert [each.name for each in built.parent.iterdir()] == ["contract.zh.docx"]
    assert any("按本公司自己的条款处理" in text for text in texts(built))
    assert run("templates", "check", built, "--library", tmp_path).exit_code == 0
    compared = run("templates", "diff", "contract", "--library", tmp_path)
    assert compared.exit_code == 1
    assert "按本公司自己的条款处理" in compared.stdout


def test_only_what_has_a_layout_can_be_built(tmp_path: Path) -> None:
    named = run("templates", "build", "ndaa", "-o", tmp_path)
    assert named.exit_code == 1
    assert "nda" in named.stderr
    (tmp_path / "documents").mkdir()
    shipped = (world.house_folder() / "documents" / "nda.yaml").read_text(encoding="utf-8")
    number = next(line for line in shipped.splitlines() if line.startswith("number:"))
    (tmp_path / "documents" / "receipt.yaml").write_text(
        shipped.replace(number, "number: 99").replace("code: BM", "code: ZZ"), encoding="utf-8"
    )
    own = run("templates", "build", "receipt", "nda", "--library", tmp_path)
    assert own.exit_code == 1
    assert "receipt" in own.stderr and "Word" in own.stderr
    assert not (tmp_path / "docx").exists()


def test_a_jpeg_is_shown_too(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("logo: zeichen.jpg\n", encoding="utf-8")
    (tmp_path / "zeichen.jpg").write_bytes(jpeg(600, 200))
    assert run("templates", "build", "nda", "--library", tmp_path).exit_code == 0
    packed = ZipFile(tmp_path / "docx" / "nda.zh.docx")
    assert packed.read("word/media/logo.jpeg") == jpeg(600, 200)
    assert b'Extension="jpeg" ContentType="image/jpeg"' in packed.read("[Content_Types].xml")


def test_what_was_changed_in_word_is_not_built_anew(dressed: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(dressed, own)
    edited = own / "docx" / "nda.zh.docx"
    replaced(edited, next(text for text in texts(edited) if text and "{" not in text), "改过")
    assert was_edited(edited.read_bytes())
    before = edited.read_bytes()
    (own / "house.yaml").write_text("colour: 2E7D32\n", encoding="utf-8")
    states = {row["id"]: row for row in listed(own)}
    assert {states["nda"]["state"], states["proposal"]["state"]} == {"outdated"}
    assert (states["nda"]["edited"], states["proposal"]["edited"]) == (True, False)
    result = run("templates", "build", "--library", own)
    assert result.exit_code == 0
    assert edited.read_bytes() == before
    assert result.stderr.count("CLI-05") == 1 and "nda.zh.docx: warning" in result.stderr
    again = {row["id"]: row["state"] for row in listed(own)}
    assert again["proposal"] == "current"
    assert again["nda"] == "outdated"


def test_a_wrong_logo_stops_the_building_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("logo: logo.png\n", encoding="utf-8")
    (tmp_path / "logo.png").write_bytes(b"GIF89a")
    result = run("templates", "build", "--library", tmp_path)
    assert result.exit_code == 1
    assert f"{tmp_path / 'house.yaml'}:1:7: error" in result.stderr
    assert not (tmp_path / "docx").exists()
    assert "不是完好的 PNG" in run("templates", "check", "--library", tmp_path).stderr


def test_without_the_workshop_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in sys.modules if each.startswith("salesdocs.workshop")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "zopfli", None)
    monkeypatch.setitem(sys.modules, "zopfli.zlib", None)
    result = run("templates", "build", "-o", tmp_path)
    assert result.exit_code == 1
    assert "pip install 'salesdocs[workshop]'" in result.stderr


# -- list ----------------------------------------------------------------------------------------


def listed(own: Path | None = None) -> list[dict[str, object]]:
    library = ("--library", own) if own else ()
    rows = json.loads(run("templates", "list", "--format", "json", *library).stdout)
    assert isinstance(rows, list)
    return rows


def test_every_document_is_listed_with_where_its_template_comes_from(tmp_path: Path) -> None:
    run("templates", "eject", "nda", "--library", tmp_path)
    rows = {row["id"]: row for row in listed(tmp_path)}
    assert list(rows) == [document.id for document in world.library().documents]
    for document in world.library().documents:
        shipped = world.template_file(document.id).is_file()
        expected = "own" if document.id == "nda" else "shipped" if shipped else "none"
        assert rows[document.id]["source"] == expected
    nda = rows["nda"]
    assert (nda["state"], nda["edited"], nda["lang"]) == ("current", False, "zh")
    assert nda["file"] == str(tmp_path / "docx" / "nda.zh.docx")
    assert nda["size"] == (tmp_path / "docx" / "nda.zh.docx").stat().st_size
    assert "自有" in run("templates", "list", "--library", tmp_path).stdout
    assert "shipped" in run("templates", "list", "--lang", "en").stdout


def test_a_template_taken_out_of_an_older_layout_is_out_of_date(tmp_path: Path) -> None:
    from salesdocs.word.origin import with_origin

    folder = tmp_path / "docx"
    folder.mkdir()
    package = world.template_file("nda").read_bytes()
    (folder / "nda.zh.docx").write_bytes(with_origin(package, "0" * 64))
    (folder / "proposal.zh.docx").write_bytes(world.template_file("proposal").read_bytes())
    (folder / "quote_sheet.zh.docx").write_bytes(b"no Word file")
    states = {row["id"]: row["state"] for row in listed(tmp_path)}
    assert states["nda"] == "outdated"
    assert states["proposal"] == "unknown"
    assert states["quote_sheet"] == "unknown"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        pytest.param("docx/propsal.zh.docx", "docx/proposal.zh.docx", id="a slip"),
        pytest.param("proposal.zh.docx", "docx/proposal.zh.docx", id="another folder"),
        pytest.param("docx/proposal.docx", "docx/proposal.zh.docx", id="no language"),
        pytest.param("polcy.yaml", "policy.yaml", id="a policy"),
        pytest.param("zzz.yaml", "docx/", id="like nothing"),
    ],
)
def test_a_file_that_nothing_reads_is_warned_of(tmp_path: Path, name: str, hint: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(world.template_file("proposal").read_bytes())
    for command in ("list", "check"):
        result = run("templates", command, "--library", tmp_path)
        assert result.exit_code == 0
        assert f"{tmp_path / name}: warning" in result.stderr
        assert hint in result.stderr


# -- diff ----------------------------------------------------------------------------------------


def test_the_same_template_differs_in_nothing(tmp_path: Path) -> None:
    run("templates", "eject", "nda", "--library", tmp_path)
    result = run("templates", "diff", "nda", "--library", tmp_path)
    assert (result.exit_code, result.stdout.strip()) == (
        0,
        "《保密协议》 nda.zh.docx：与随附模板相同",
    )


def test_another_look_of_the_same_text_is_told_and_is_no_difference(tmp_path: Path) -> None:
    run("templates", "eject", "nda", "--library", tmp_path)
    file = tmp_path / "docx" / "nda.zh.docx"
    document = docx.Document(str(file))
    document.styles["Normal"].font.bold = True  # type: ignore[attr-defined]
    document.save(str(file))
    result = run("templates", "diff", "--library", tmp_path)
    assert result.exit_code == 0
    assert "文字相同，版式不同" in result.stdout


def test_differences_are_told_paragraph_by_paragraph_with_tags_and_fit_the_screen(
    tmp_path: Path,
) -> None:
    run("templates", "eject", "nda", "--library", tmp_path)
    file = tmp_path / "docx" / "nda.zh.docx"
    document = docx.Document(str(file))
    long = next(each for each in document.paragraphs if len(each.text) > 90 and "{{" in each.text)
    was = long.text
    long.add_run("，以及{{ supplier.name }}的全部关联方")
    gone = next(each for each in document.paragraphs if each.text and each is not long)
    gone_text = gone.text
    gone._element.getparent().remove(gone._element)
    document.tables[0].rows[0].cells[0].paragraphs[0].add_run("（新）")
    document.add_paragraph("最后一段")
    document.save(str(file))
    result = run("templates", "diff", "nda", "--library", tmp_path, "--lang", "zh")
    assert result.exit_code == 1
    assert all(width(line) <= 80 for line in result.stdout.splitlines())
    assert "第1个表格第1行第1格" in result.stdout
    assert "+ 最后一段" in result.stdout
    changes = json.loads(
        run("templates", "diff", "nda", "--library", tmp_path, "--format", "json").stdout
    )[0]["changes"]
    pairs = [(each["shipped"], each["own"]) for each in changes]
    assert (was, f"{was}，以及{{{{ supplier.name }}}}的全部关联方") in pairs
    assert (gone_text, None) in pairs
    assert (None, "最后一段") in pairs


def test_there_must_be_something_to_compare(tmp_path: Path) -> None:
    for arguments in ((), ("--library", tmp_path), ("nda", "--library", tmp_path)):
        result = run("templates", "diff", *arguments)
        assert result.exit_code == 1
        assert "CLI-09" in result.stderr


def test_the_origin_is_no_part_of_the_content(tmp_path: Path) -> None:
    from salesdocs.word.origin import with_origin

    package = world.template_file("nda").read_bytes()
    stamped = with_origin(with_origin(package, "a", "b"), "c")
    assert content_digest(stamped) == content_digest(package)
    assert (origin_of(stamped).layout, origin_of(stamped).house) == ("c", "")
    assert not was_edited(stamped)
    assert was_edited(package)
