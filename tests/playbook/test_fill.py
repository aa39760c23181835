"""The form in the browser: it asks what the document needs, and saves a case that renders."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from salesdocs.case.paths import resolve_type
from salesdocs.playbook.book import Book
from salesdocs.playbook.fill import fill_form, spec
from salesdocs.produce import Dossier, produce
from tests import reference, world
from tests.playbook.browser import browser
from tests.playbook.filling import SAID, fill, fill_in

BOOK = Book(world.library())
ASSETS = Path(world.ROOT / "salesdocs" / "playbook" / "assets")
KINDS = list(BOOK.documents)
by_kind = pytest.mark.parametrize("kind", KINDS)


# -- what it asks ----------------------------------------------------------------------------------


def fields(node: dict[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for each in node["fields"]:
        if "rows" in each:
            yield from fields(each, f"{above}{each['rows']}[].")
        else:
            yield f"{above}{each['name']}", each


@by_kind
def test_every_field_that_people_fill_is_asked_once(kind: str) -> None:
    document = BOOK.documents[kind]
    asked = [path for group in spec(BOOK, document)["groups"] for path, _ in fields(group)]
    assert len(asked) == len(set(asked))
    for path in map(document.pattern, document.fields):
        info, field = resolve_type(path), BOOK.library.catalogue.get(path)
        is_block = info is None or info.kind == "block" or info.item == "block"
        is_computed = info is None or info.computed or (field is not None and field.computed)
        # The id of a person or contact is the key of the map that they stand in.
        is_key = path in ("team[].id", "contacts[].id")
        assert (path in asked) != (is_block or is_computed or is_key), path


@by_kind
def test_every_field_has_a_label_and_a_choice_its_options(kind: str) -> None:
    for group in spec(BOOK, BOOK.documents[kind])["groups"]:
        for path, said in fields(group):
            info = resolve_type(path)
            assert said["label"]
            assert info is not None
            codes = [option[0] for option in said.get("options", ())]
            assert codes == [each.value for each in info.choice or ()]


def test_no_text_of_a_definition_ends_the_script_that_holds_it() -> None:
    html = fill_form(BOOK, BOOK.documents["customer_info"])
    assert html.count("<script") == html.count("</script>") == 1
    assert "\n" not in html


# -- what it saves ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    shutil.copytree(ASSETS, tmp_path / "assets")
    opened = chromium.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    opened.close()
    assert wrong == []


def open_form(page: Page, folder: Path, kind: str) -> None:
    form = fill_form(BOOK, BOOK.documents[kind])
    (folder / "form.html").write_text(
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><body>{form}'
        '<script src="assets/playbook.js"></script></body></html>',
        encoding="utf-8",
    )
    page.goto((folder / "form.html").as_uri())
    page.wait_for_selector(".sd-fill form")


def load(page: Page, text: str) -> None:
    page.evaluate(
        "text => document.querySelector('.sd-fill').salesdocs.load(text, 'case.yaml')", text
    )


def written(page: Page) -> str:
    return str(page.evaluate("() => document.querySelector('.sd-fill').salesdocs.written()"))


def test_a_form_filled_from_nothing_makes_its_document(page: Page, tmp_path: Path) -> None:
    open_form(page, tmp_path, "customer_info")
    fill_in(page)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="保存为 case.yaml").click()
    text = Path(downloading.value.path()).read_text(encoding="utf-8")
    loaded = world.written(text)
    assert [each.text() for each in loaded.findings] == []
    dossier = Dossier(loaded, world.library(), world.template)
    (paper,) = dossier.papers(ids=["customer_info"])
    said = reference.text(produce(dossier, paper, world.template("customer_info")).data)
    assert [value for value in SAID if value not in said] == []
    assert downloading.value.suggested_filename == "case.yaml"


def test_a_case_loaded_and_saved_is_as_it_was(page: Page, tmp_path: Path) -> None:
    text = world.SAMPLE.read_text(encoding="utf-8")
    open_form(page, tmp_path, "contract_approval")
    load(page, text)
    assert written(page) == text


def test_a_change_leaves_all_else_with_its_comments(page: Page, tmp_path: Path) -> None:
    text = world.SAMPLE.read_text(encoding="utf-8")
    open_form(page, tmp_path, "customer_info")
    load(page, text)
    fill(page, "网址", "https://shuoheng.example.com")
    after = written(page)
    comments = [line.partition("#")[2].strip() for line in text.split("\n") if "#" in line]
    assert all(comment in after for comment in comments)
    before_tree, after_tree = world.written(text).tree, world.written(after).tree
    assert after_tree["customer"].pop("website") == "https://shuoheng.example.com"  # type: ignore[union-attr]
    before_tree["customer"].pop("website", None)  # type: ignore[union-attr]
    assert after_tree == before_tree


HOSTILE = [
    ": #", "yes", "0123", "1e3", "  先空两格", "a\"b'c", "</script><b>", "- 一", "😀", "第一行\n第二行",
    "长" * 2000, "null", "{a: 1}", "@x", "`x`", "%x", "*x", "&x", "!x", "|", ">",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_whatever_is_written_is_read_as_it_was_written(
    value: str, page: Page, tmp_path: Path
) -> None:
    open_form(page, tmp_path, "customer_info")
    fill(page, "沟通纪要", value)
    tree = world.written(written(page)).tree
    assert tree["lead"]["first_contact"]["summary"].strip() == value.strip()  # type: ignore[index,call-overload,union-attr]


def test_what_is_wrong_is_told_where_it_is_and_nothing_is_saved(page: Page, tmp_path: Path) -> None:
    open_form(page, tmp_path, "customer_info")
    fill(page, "录入日期", "去年")
    fill(page, "信用代码", "91990000MA9XL00245")
    page.get_by_role("button", name="保存为 case.yaml").click()
    told = page.get_by_role("alert").inner_text()
    assert "录入日期：写成 2025-07-08" in told
    assert "末位校验码不对" in told
    assert "客户名称：还没有填" in told
    assert "没有保存" in page.locator(".sd-fill [role=status]").last.inner_text()
