"""The components as a browser shows them: readable, reachable, and they remember."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.playbook.browser import browser
from tests.playbook.gallery import ASSETS, SCHEMES, WIDTHS, write

MOST = 15_000  # bytes of a style sheet or script that every page loads
EVERY_PAGE = ("playbook.css", "playbook.js")


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write(tmp_path_factory.mktemp("gallery"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def page(chromium: Browser, gallery: dict[str, Path]) -> Iterator[Page]:
    yield from opened(chromium, gallery["default"])


def opened(chromium: Browser, place: Path, **options: object) -> Iterator[Page]:
    """A page in a browser that remembers nothing yet; no script of it fails."""
    context = chromium.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(place.as_uri())
    yield page
    context.close()
    assert wrong == []


# -- what every page loads -------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_it_is_small_and_asks_nobody_outside(name: str) -> None:
    text = (ASSETS / name).read_text(encoding="utf-8")
    assert len(text.encode()) <= MOST
    assert re.findall(r"https?:|//[a-z0-9-]+\.[a-z]|@import|fetch\(|XMLHttp", text) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_has_nothing_against_any_component(
    chromium: Browser, gallery: dict[str, Path], scheme: str, width: int
) -> None:
    for page in opened(chromium, gallery[scheme], viewport={"width": width, "height": 900}):
        found = Axe().run(page).response["violations"]
        assert [(each["id"], node["html"]) for each in found for node in each["nodes"]] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_wider_than_a_telephone(
    chromium: Browser, gallery: dict[str, Path], scheme: str
) -> None:
    for page in opened(chromium, gallery[scheme], viewport={"width": 390, "height": 844}):
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


# -- the map ---------------------------------------------------------------------------------------


def test_the_map_says_in_words_where_one_is(page: Page) -> None:
    stages = page.locator("nav.sd-map").nth(1).locator("a")
    assert stages.count() == 7
    current = page.locator("nav.sd-map a[aria-current=step]")
    assert current.count() == 1
    said = current.evaluate("each => getComputedStyle(each, '::before').content")
    assert "你在这里" in said


def test_stages_lie_beside_each_other_and_in_two_rows_on_a_telephone(
    chromium: Browser, gallery: dict[str, Path]
) -> None:
    for width, rows in ((1280, 1), (390, 2)):
        for page in opened(chromium, gallery["default"], viewport={"width": width, "height": 844}):
            boxes = [each.bounding_box() for each in page.locator("nav.sd-map >> nth=0 >> a").all()]
            assert len({round(box["y"]) for box in boxes if box}) == rows
            assert all(box and box["height"] >= 44 for box in boxes)


# -- ticks -----------------------------------------------------------------------------------------


def test_ticks_are_counted_remembered_and_cleared(page: Page) -> None:
    gate = page.locator(".sd-ticks").first
    boxes, count = gate.locator("input[data-tick]"), gate.locator("[role=status]")
    many = boxes.count()
    expect(count).to_have_text(f"已完成 0 / {many}")
    gate.locator("label").first.click()
    boxes.nth(1).check()
    expect(count).to_have_text(f"已完成 2 / {many}")
    page.reload()
    expect(count).to_have_text(f"已完成 2 / {many}")
    assert boxes.first.is_checked()
    gate.get_by_role("button", name="清除勾选").click()
    expect(count).to_have_text(f"已完成 0 / {many}")
    page.reload()
    assert not boxes.first.is_checked()


def test_ticks_work_where_nothing_may_be_kept(chromium: Browser, gallery: dict[str, Path]) -> None:
    for page in opened(chromium, gallery["default"]):
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('private') } })"
        )
        page.reload()
        page.locator("input[data-tick]").first.check()
        expect(page.locator(".sd-ticks [role=status]").first).to_contain_text("已完成 1 /")


# -- rules -----------------------------------------------------------------------------------------


def test_rules_are_filtered_by_words_severity_and_stage(page: Page) -> None:
    rows = page.locator(".sd-rules tbody tr:visible")
    count = page.locator(".sd-filter [role=status]")
    every = rows.count()
    expect(count).to_have_text(f"{every} 条")
    words, severity = page.get_by_label("文字"), page.get_by_label("级别")
    words.fill("税")
    assert 0 < rows.count() < every
    assert all("税" in text for text in rows.all_inner_texts())
    severity.select_option("错误")
    assert all("错误" in text for text in rows.all_inner_texts())
    expect(count).to_have_text(f"{rows.count()} 条")
    words.fill("没有这样的规则")
    assert rows.count() == 0
    expect(count).to_have_text("0 条")
    assert page.locator("#amt").is_hidden()
    words.fill("")
    severity.select_option("")
    page.get_by_role("combobox", name="阶段").select_option("1")
    assert [text.split("\t")[0] for text in rows.all_inner_texts()] == ["AMT-04"]


# -- terms -----------------------------------------------------------------------------------------


def test_a_term_is_explained_when_pointed_at_and_while_its_meaning_is(page: Page) -> None:
    word, tip = page.locator("a.sd-term").first, page.get_by_role("tooltip")
    word.hover()
    expect(tip).to_be_visible()
    tip.hover()
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.mouse.move(0, 0)
    expect(tip).to_have_count(0)


def test_a_term_is_explained_by_keyboard_and_escape_takes_it_away(page: Page) -> None:
    word, tip = page.locator("a.sd-term").first, page.get_by_role("tooltip")
    word.focus()
    expect(tip).to_be_visible()
    assert tip.inner_text() == word.get_attribute("data-meaning")
    assert word.get_attribute("aria-describedby") == tip.get_attribute("id")
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    assert word.get_attribute("aria-describedby") is None


def test_a_finger_sees_the_meaning_first_and_the_glossary_when_it_taps_again(
    chromium: Browser, gallery: dict[str, Path]
) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    for page in opened(chromium, gallery["default"], **phone):
        before = page.url
        word = page.locator("#terms ~ p a.sd-term").first
        word.tap()
        expect(page.get_by_role("tooltip")).to_contain_text("再点一次")
        assert page.url == before
        box = page.get_by_role("tooltip").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        word.tap()
        page.wait_for_url("**#term-*")


def test_without_scripts_the_meaning_is_there_all_the_same(
    chromium: Browser, gallery: dict[str, Path]
) -> None:
    for page in opened(chromium, gallery["default"], java_script_enabled=False):
        title = page.locator("a.sd-term").first.get_attribute("title")
        assert title
        assert title.endswith("。")


# -- on paper --------------------------------------------------------------------------------------


def test_on_paper_there_are_no_buttons_and_the_rules_that_are_seen(page: Page) -> None:
    page.get_by_label("文字").fill("税")
    seen = page.locator(".sd-rules tbody tr:visible").count()
    page.emulate_media(media="print")
    for gone in (".sd-filter", ".sd-count", ".sd-download"):
        assert page.locator(gone).first.is_hidden()
    assert page.locator(".sd-rules tbody tr:visible").count() == seen
    assert page.locator(".sd-ticks input").first.is_visible()
