"""The site as MkDocs builds it: every link, file and page holds; search, offline, other sites."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import docx
import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser, Page

from salesdocs.case.source import read_source
from salesdocs.cli import main
from salesdocs.errors import SiteError
from salesdocs.playbook.walk import walk
from salesdocs.plugin.building import built, configuration
from tests import reference, world
from tests.playbook.browser import browser
from tests.playbook.filling import SAID, fill_in

# The search engine of Material does not close the dictionary that it is given.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

ROOT = world.ROOT
PAGES = (
    "", "stages/5-contract/", "documents/contract_approval/", "roles/legal/", "rules/",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own site, built strictly."""
    folder = tmp_path_factory.mktemp("site")
    config = configuration(ROOT / "mkdocs.yml", site_dir=str(folder), strict=True)
    assert [each.text() for each in built(config)] == []
    return folder


@pytest.fixture(scope="module")
def files(site: Path) -> dict[str, bytes]:
    return contents(site)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


# -- what was built --------------------------------------------------------------------------------


def test_every_link_anchor_and_image_leads_somewhere_and_nothing_outside_is_fetched(
    files: Mapping[str, bytes],
) -> None:
    assert [each.text() for each in walk(files)] == []


def test_every_document_role_and_rule_has_its_place(files: Mapping[str, bytes]) -> None:
    library = world.library()
    for document in library.documents:
        assert f"documents/{document.id}/index.html" in files
    for role in library.roles:
        assert f"roles/{role}/index.html" in files
    for rule in library.rulings:
        assert f'id="{rule.lower()}"' in files[f"rules/{rule[:3].lower()}/index.html"].decode()
    for stage in library.stages:
        page = files[f"stages/{stage.number}-{stage.id}/index.html"].decode()
        assert 'aria-current="step"' in page


def test_every_file_to_take_along_opens_and_is_what_the_manifest_says(
    files: Mapping[str, bytes],
) -> None:
    listed = json.loads(files["manifest.json"])
    names: list[str] = []
    for document, entry in listed["documents"].items():
        page = files[f"documents/{document}/index.html"].decode()
        for each in entry["files"]:
            data = files[each["uri"]]
            assert (len(data), sha256(data).hexdigest()) == (each["bytes"], each["sha256"])
            opens(each["uri"], data)
            assert each["uri"].rpartition("/")[2] in page
            if each["kind"] != "picture":
                assert f'download="{each["name"]}"' in page
                names.append(each["name"])
    assert len(names) == len(set(names)) > 100
    assert (
        f"{sha256(files[each['uri']]).hexdigest()}  {each['uri']}" in files["SHA256SUMS"].decode()
    )


def opens(uri: str, data: bytes) -> None:
    suffix = uri.rpartition(".")[2]
    if suffix == "docx":
        assert docx.Document(BytesIO(data)).element.body is not None
    elif suffix == "pdf":
        with pikepdf.open(BytesIO(data)) as opened:
            assert ("/AcroForm" in opened.Root) == uri.endswith("form.zh.pdf")
            assert len(data) <= 2 * 1024 * 1024
    elif suffix == "yaml":
        assert [each.text() for each in read_source(data, uri).findings] == []
    else:
        with Image.open(BytesIO(data)) as picture:
            assert picture.width == 480
            assert len(data) <= 40 * 1024


# -- in a browser ----------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_axe_has_nothing_against_it(
    size: tuple[int, int], scheme: str, chromium: Browser, address: str
) -> None:
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    for place in PAGES:
        page.goto(f"{address}/{place}")
        page.wait_for_timeout(500)
        found = Axe().run(page).response["violations"]
        assert [(place, each["id"], each["nodes"][0]["target"]) for each in found] == []
    context.close()


def search(page: Page, words: str) -> int:
    """Return on how many pages the search finds words."""
    page.evaluate(
        "const box = document.getElementById('__search');"
        "box.checked = true; box.dispatchEvent(new Event('change'))"
    )
    box, told = page.locator("input.md-search__input"), page.locator(".md-search-result__meta")
    box.focus()
    for _ in range(100):
        box.fill(words)
        box.press("End")  # Material listens to keys, not to what is put in
        page.wait_for_timeout(300)
        if re.search(r"\d|没有|键入", said := told.inner_text()) and "键入" not in said:
            return int("".join(filter(str.isdigit, said)) or 0)
    raise AssertionError(told.inner_text())


def test_chinese_words_are_found(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    for words in ("验收", "发票", "合同审批"):
        page.goto(address)
        assert search(page, words) >= 3, words
    page.close()


def test_from_home_to_a_filled_document(
    chromium: Browser, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Home, stage, form, download: three clicks; then filled in, saved, and rendered."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page.goto(address)
    page.locator(".sd-map a", has_text="客户开发").click()
    page.locator(".sd-steps a", has_text="客户信息表").click()
    with page.expect_download() as downloading:
        page.locator("a.sd-download", has_text="空白表").first.click()
    assert downloading.value.suggested_filename == "客户信息表（空白）.docx"
    fill_in(page)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="保存为 case.yaml").click()
    case = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(case)
    page.close()
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path / "cache"))
    arguments = ["render", str(case), "--doc", "customer_info", "-o", str(tmp_path / "out")]
    rendered = CliRunner().invoke(main, arguments)
    assert rendered.exit_code == 0, rendered.output
    (made,) = (tmp_path / "out").rglob("*.docx")
    text = reference.text(made.read_bytes())
    assert [value for value in SAID if value not in text] == []


def test_ticks_are_remembered(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}/stages/5-contract/")
    page.locator("input[data-tick]").first.check()
    page.reload()
    assert page.locator("input[data-tick]").first.is_checked()
    assert "已完成 1 / 4" in page.locator(".sd-count").first.inner_text()
    context.close()


def test_rules_are_filtered_by_words(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.goto(f"{address}/rules/")
    page.locator(".sd-filter input").fill("定金")
    shown = int(page.locator(".sd-filter [role=status]").inner_text().split()[0])
    assert 0 < shown < 10
    assert page.locator(".sd-rules tbody tr:visible").count() == shown
    page.close()


def test_without_a_server_it_is_whole_and_searched(chromium: Browser, tmp_path: Path) -> None:
    config = configuration(
        ROOT / "mkdocs.yml", site_dir=str(tmp_path), offline=True, without=("form", "printed")
    )
    assert [each.text() for each in built(config)] == []
    assert [each.text() for each in walk(contents(tmp_path))] == []
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "index.html").as_uri())
    assert search(page, "发票") >= 3
    assert {url.partition(":")[0] for url in asked} <= {"file", "data", "blob"}
    page.close()


# -- mistakes, and other people's sites ------------------------------------------------------------


def made(folder: Path, page: str, options: str = "", theme: str = "mkdocs") -> Path:
    """A site of somebody else's: another theme, other names, our plugin in three lines."""
    (folder / "handbuch").mkdir()
    (folder / "handbuch" / "index.md").write_text(page, encoding="utf-8")
    (folder / "site.yml").write_text(
        f"site_name: Handbuch\ndocs_dir: handbuch\ntheme: {theme}\nplugins:\n  - search\n"
        f"  - salesdocs:\n      downloads: [blank]\n{options}",
        encoding="utf-8",
    )
    return folder / "site.yml"


def test_a_site_of_another_theme_gets_forms_directives_and_pages(tmp_path: Path) -> None:
    file = made(tmp_path, "# Willkommen\n\n::: map 2\n\n::: form contract\n\n- [ ] lesen\n")
    config = configuration(file, site_dir=str(tmp_path / "out"), strict=True)
    assert [each.text() for each in built(config)] == []
    found = contents(tmp_path / "out")
    home = found["index.html"].decode()
    assert "正式合同" in home
    assert 'data-tick="tick-' in home
    assert "documents/contract/index.html" in found
    assert "files/contract/blank.zh.docx" in found
    # The theme of MkDocs itself fetches its colours for code from elsewhere.
    assert [each.text() for each in walk(found) if "highlight.js" not in each.message.zh] == []


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("::: form contrakt", "没有这个文件：contrakt", "contract"),
        ("::: role sales", "没有这个角色：sales", "sales_rep"),
        ("::: rule AMT-99", "没有这个规则：AMT-99", "AMT-"),
        ("::: gate 8", "没有这个阶段：8", "7"),
        ("::: stag 1", "没有这个指令：stag", "stage"),
        ("::: form", "::: form 的参数个数不对", "::: form 文件"),
        (":::form contract", "指令写法不对：:::form contract", "::: form contract"),
    ],
)
def test_a_wrong_directive_fails_a_strict_build_with_file_line_and_fix(
    line: str, message: str, hint: str, tmp_path: Path
) -> None:
    file = made(tmp_path, f"---\ntitle: Los\n---\n# Los\n\n{line}\n", "      generate: false\n")
    with pytest.raises(SiteError) as stopped:
        built(configuration(file, site_dir=str(tmp_path / "out"), strict=True))
    finding = stopped.value.findings[0]
    assert finding.message.zh == message
    assert hint in finding.hint.zh
    assert (Path(finding.file).name, finding.line) == ("index.md", 6)


def test_a_wrong_definition_stops_the_build_at_its_line_without_a_trace(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "rules.yaml").write_text("rules:\n  AMT-01: {severity: eror}\n", encoding="utf-8")
    file = made(tmp_path, "# Los\n", "      library: own\n")
    with pytest.raises(SiteError) as stopped:
        built(configuration(file, site_dir=str(tmp_path / "out")))
    finding = stopped.value.findings[0]
    assert (Path(finding.file).name, finding.line) == ("rules.yaml", 2)


def test_a_variable_that_is_no_field_fails_the_build_with_template_place_and_fix(
    tmp_path: Path,
) -> None:
    template = tmp_path / "own" / "docx" / "contract_approval.zh.docx"
    template.parent.mkdir(parents=True)
    house = ROOT / "templates" / "docx" / template.name
    template.write_bytes(with_variable(house.read_bytes(), "{{ contract.nosuch }}"))
    file = made(tmp_path, "# Los\n", "      library: own\n")
    with pytest.raises(SiteError) as stopped:
        built(configuration(file, site_dir=str(tmp_path / "out"), strict=True))
    finding = stopped.value.findings[0]
    assert (finding.rule, finding.file) == ("TPL-30", str(template))
    assert "第1段" in finding.message.zh
    assert "contract.nosuch" in finding.message.zh
    assert "salesdocs show" in finding.hint.zh


def with_variable(template: bytes, variable: str) -> bytes:
    """A template in which the first variable is another one."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(template)) as read, zipfile.ZipFile(target, "w") as write:
        for name in read.namelist():
            data = read.read(name)
            if name == "word/document.xml":
                data = re.sub(r"\{\{[^}]*\}\}", variable, data.decode(), count=1).encode()
            write.writestr(name, data)
    return target.getvalue()


def test_a_sample_that_fails_the_schema_fails_the_build_at_its_line(tmp_path: Path) -> None:
    sample = tmp_path / "cases" / "one" / "case.yaml"
    sample.parent.mkdir(parents=True)
    text = world.SAMPLE.read_text(encoding="utf-8")
    wrong = text.replace("basis: headcount", "basis: heads", 1)
    assert wrong != text
    sample.write_text(wrong, encoding="utf-8")
    file = made(tmp_path, "# Los\n", "      samples: cases\n")
    with pytest.raises(SiteError) as stopped:
        built(configuration(file, site_dir=str(tmp_path / "out"), strict=True))
    finding = stopped.value.findings[0]
    line = wrong[: wrong.index("basis: heads,")].count("\n") + 1
    assert (finding.file, finding.line) == (str(sample), line)
    assert "headcount" in finding.hint.zh


def test_without_a_sample_the_build_says_where_to_put_one(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    file = made(tmp_path, "# Los\n", "      samples: cases\n")
    with pytest.raises(SiteError) as stopped:
        built(configuration(file, site_dir=str(tmp_path / "out"), strict=True))
    assert [each.rule for each in stopped.value.findings[:1]] == ["SITE-32"]


def test_in_code_nothing_is_a_directive(tmp_path: Path) -> None:
    text = "# Los\n\n```\n::: form nothing\n- [ ] nothing\n```\n"
    file = made(tmp_path, text, "      generate: false\n")
    assert built(configuration(file, site_dir=str(tmp_path / "out"), strict=True)) == []
    home = contents(tmp_path / "out")["index.html"].decode()
    assert "::: form nothing" in home


def test_staged_it_is_built_by_a_generator_without_our_plugin(tmp_path: Path) -> None:
    said = CliRunner().invoke(main, ["site", "stage", str(tmp_path / "staged")])
    assert said.exit_code == 0, said.output
    config = configuration(
        tmp_path / "staged" / "mkdocs.yml", site_dir=str(tmp_path / "out"), strict=True
    )
    assert "salesdocs" not in config.plugins
    assert [each.text() for each in built(config)] == []
    found = contents(tmp_path / "out")
    assert [each.text() for each in walk(found) if "highlight.js" not in each.message.zh] == []
    assert "正式合同" in found["stages/5-contract/index.html"].decode()
    assert b":::" not in found["stages/5-contract/index.html"]


def test_a_picture_of_a_wrong_link_is_found_by_the_walk() -> None:
    page = b'<a href="gone.html">x</a><a href="#gone">y</a><img src="https://x.example/a.png">'
    assert [each.rule for each in walk({"index.html": page})] == [
        "SITE-13", "SITE-10", "SITE-11", "SITE-12",
    ]  # fmt: skip


def test_the_archive_is_the_same_for_the_same_files() -> None:
    from salesdocs.cli.site import _archive

    files = {"a.html": b"a", "b/c.txt": b"c" * 1000}
    assert _archive(files) == _archive(files)
    with zipfile.ZipFile(BytesIO(_archive(files))) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == files
