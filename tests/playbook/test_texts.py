"""The pages written by hand: built alike, linked, set as Chinese is set, and true to the sample."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Final

import pytest
from lxml import etree

from salesdocs.playbook.book import Book
from salesdocs.playbook.components import expanded
from salesdocs.playbook.model import Page
from salesdocs.playbook.pages import generated
from salesdocs.playbook.written import written_page
from salesdocs.process.stages import Stage
from tests import world

FOLDER: Final = world.ROOT / "site" / "zh"
STAGES: Final = world.library().stages
NAMES: Final = "|".join(stage.name.zh for stage in STAGES)
HANZI: Final = "\u3400-\u9fff"

SECTIONS: Final = {
    "steps": "steps", "gate": "gate", "outputs": "outputs", "watch": "watch",
    "cautions": "cautions", "examples": "", "questions": "", "objections": "", "faq": "",
    "measures": "measures", "next": "",
}  # fmt: skip
"""The sections of a stage's page in order, and the directive that stands in each."""

_HEADING: Final = re.compile(r"^(#{1,6}) +(.+?)(?: *\{ *#([^ }]+) *\})?$")
_FENCE: Final = re.compile(r"^\s*(?:`{3,}|~{3,})")
_ANCHOR: Final = re.compile(r"""\{[^}\n]*#([\w-]+)[^}\n]*\}|\bid="([^"]+)\"""")
_LINK: Final = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
_PAIR: Final = re.compile(
    r'<div class="sd-pair" markdown="1">\n<div class="sd-bad" markdown="1">\n(.*?)\n</div>\n'
    r'<div class="sd-good" markdown="1">\n(.*?)\n</div>\n</div>\n\n(.*?)\n',
    re.DOTALL,
)
_FIGURE: Final = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


@cache
def written() -> dict[str, Page]:
    """The pages by their places."""
    return {
        path.relative_to(FOLDER).as_posix(): written_page(
            path.relative_to(FOLDER).as_posix(),
            path.read_text(encoding="utf-8"),
            path.relative_to(world.ROOT).as_posix(),
        )
        for path in sorted(FOLDER.rglob("*.md"))
    }


@cache
def book() -> Book:
    return Book(world.library(), sample=world.sample().case, written=written())


@cache
def pages() -> dict[str, Page]:
    """All pages of the site: by hand, and of the data."""
    return {**generated(book()), **written()}


def lines(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the lines of a page that are no code, numbered as in its file."""
    in_code = False
    for number, line in enumerate(page.text.split("\n"), page.first_line):
        if _FENCE.match(line):
            in_code = not in_code
        elif not in_code:
            yield number, line


def headings(page: Page) -> list[tuple[int, int, str, str]]:
    """Return line, level, title and id of the headings of a page."""
    return [
        (number, len(found[1]), found[2], found[3] or "")
        for number, line in lines(page)
        if (found := _HEADING.match(line))
    ]


@cache
def anchors(uri: str) -> set[str]:
    """Return the places in a page that one can link to."""
    text, _ = expanded(book(), pages()[uri])
    return {first or second for first, second in _ANCHOR.findall(text)}


def section(page: Page, anchor: str) -> str:
    """Return the text between the heading of that id and the next of its level."""
    found = re.search(
        rf"^## [^\n]*\{{ #{anchor} \}}\n(.*?)(?=^## |\Z)", page.text, re.DOTALL | re.MULTILINE
    )
    return found[1] if found else ""


def page_of(stage: Stage) -> Page:
    return written()[f"stages/{stage.number}-{stage.id}.md"]


# -- every page ------------------------------------------------------------------------------------


def test_each_page_says_what_it_is_and_who_answers_for_it() -> None:
    for page in written().values():
        assert page.title, page.file
        assert re.fullmatch(r"[^。\n]{10,80}。", page.description), page.file
        assert page.owner in world.library().roles, page.file
        assert date.fromisoformat(page.reviewed), page.file


def test_no_two_pages_say_the_same_of_themselves() -> None:
    descriptions = [page.description for page in written().values()]
    assert sorted(descriptions) == sorted(set(descriptions))


def test_each_heading_has_an_id_of_its_own_in_ascii() -> None:
    wrong = []
    for page in written().values():
        seen: set[str] = set()
        for line, _, title, anchor in headings(page):
            if not re.fullmatch(r"[a-z][a-z0-9-]*", anchor) or anchor in seen:
                wrong.append((page.file, line, title, anchor))
            seen.add(anchor)
    assert wrong == []


def test_headings_go_down_one_level_at_a_time() -> None:
    for page in written().values():
        levels = [level for _, level, *_ in headings(page)]
        assert levels[:1] == [1], page.file
        assert levels.count(1) == 1, page.file
        steps = pairwise(levels)
        assert all(after <= before + 1 for before, after in steps), page.file


def test_each_directive_is_known_and_takes_what_it_is_given() -> None:
    said = [finding.text() for page in written().values() for finding in expanded(book(), page)[1]]
    assert said == []


def test_each_link_leads_to_a_page_and_to_a_place_in_it() -> None:
    wrong = []
    for uri, page in written().items():
        for number, line in lines(page):
            for target in _LINK.findall(line):
                path, _, anchor = target.partition("#")
                place = posixpath.normpath(posixpath.join(posixpath.dirname(uri), path))
                place = place if path else uri
                if place not in pages() or (anchor and anchor not in anchors(place)):
                    wrong.append((page.file, number, target))
    assert wrong == []


# -- Chinese typography ----------------------------------------------------------------------------


def prose(line: str) -> str:
    """Return a line without code, tags, attributes and the targets of its links."""
    for pattern, instead in (
        (r"`[^`]*`", "`"), (r"<[^>]*>", ""), (r"\{[^}]*\}", ""), (r"\]\([^)]*\)", "]"),
        (r'^\s*(?:\?\?\?|!!!)\+? \w+ "(.*)"$', r"\1"), (r"^\s*:::.*$", ""),
        (r"^\s*(?:\d+\.|[:#>*-]+) +", ""), (r"\s*\|\s*", "|"), (rf"[1-7] (?={NAMES})", ""),
    ):  # fmt: skip
        line = re.sub(pattern, instead, line)
    return line


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("half-width punctuation", rf"[{HANZI}][,;:?!()]|[,;:?!(][{HANZI}]|[{HANZI}]\.(?:\s|$)"),
        ("straight quotes", rf"[\"'][{HANZI}]|[{HANZI}][\"']"),
        ("dots or dashes of half the length", r"\.{3}|(?<!…)…(?!…)|(?<!—)—(?!—)|(?<!-)--(?!-)"),
        ("a blank beside Chinese", rf"[{HANZI}] [A-Za-z0-9{HANZI}]|[A-Za-z0-9] [{HANZI}]"),
        ("a mark twice", r"[，。；：、]{2}|[？！][，。；：、]"),
        ("a blank beside a full-width mark", r"[，。；：？！、）”] |[^\s\-*] [，。；：？！、）”]"),
    ],
)
def test_chinese_is_set_as_chinese_is(what: str, pattern: str) -> None:
    wrong = [
        (page.file, number, found[0], line.strip()[:60])
        for page in written().values()
        for number, line in lines(page)
        if (found := re.search(pattern, prose(line)))
    ]
    assert wrong == [], what


def test_quotes_and_brackets_are_closed_in_each_paragraph() -> None:
    wrong = [
        (page.file, number, pair)
        for page in written().values()
        for number, line in lines(page)
        for pair in ("“”", "‘’", "（）", "《》", "【】")
        if line.count(pair[0]) != line.count(pair[1])
    ]
    assert wrong == []


def test_there_are_no_pictures_of_faces_in_the_text() -> None:
    wrong = [
        (page.file, number)
        for page in written().values()
        for number, line in lines(page)
        if re.search("[\u2600-\u260f\u2612-\u27bf\U0001f000-\U0001ffff]", line)
    ]
    assert wrong == []


def test_the_handbook_keeps_what_it_says_of_wording() -> None:
    """Words that the checks object to stand in quotation marks, or where it is shown how not to.

    A law that is no more is named only where it is said that it is no more.
    """
    policy = world.library().policy
    banned = [
        word
        for name in ("superlatives", "repealed_laws")
        for word in policy.words(f"wording.{name}")
    ]
    assert "最佳" in banned
    wrong = []
    for page in written().values():
        text = re.sub(r'<div class="sd-bad".*?</div>', "", page.text, flags=re.DOTALL)
        text = re.sub(r"“[^”\n]*”|《[^》\n]*》|^.*废止.*$", "", text, flags=re.MULTILINE)
        wrong += [(page.file, word) for word in banned if word in text]
    assert wrong == []


# -- the pages of the stages -----------------------------------------------------------------------


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.id)
class TestStagePage:
    def test_it_has_its_sections_in_order_with_the_facts_of_its_own_stage(
        self, stage: Stage
    ) -> None:
        page, number = page_of(stage), stage.number
        anchors_ = [anchor for _, level, _, anchor in headings(page) if level == 2]
        assert anchors_ == list(SECTIONS)
        before = page.text.partition("\n## ")[0]
        assert f"\n::: map {number}\n" in before
        assert f"\n::: stage {number}\n" in before
        for anchor, directive in SECTIONS.items():
            if directive:
                assert f"\n::: {directive} {number}\n" in section(page, anchor), anchor
        numbered = r"^::: (map|stage|steps|gate|outputs|watch|cautions|measures) (\d)$"
        assert {found[1] for found in re.findall(numbered, page.text, re.MULTILINE)} == {
            str(number)
        }

    def test_a_role_that_works_in_it_answers_for_it(self, stage: Stage) -> None:
        assert page_of(stage).owner in stage.roles

    def test_it_is_called_as_the_stage_is(self, stage: Stage) -> None:
        assert page_of(stage).title == f"{stage.number} {stage.name.zh}"

    def test_good_stands_beside_bad_and_says_why(self, stage: Stage) -> None:
        examples = section(page_of(stage), "examples")
        pairs = _PAIR.findall(examples)
        assert len(pairs) >= 3
        assert len(pairs) == examples.count("sd-pair") == examples.count("\n### ")
        for bad, good, why in pairs:
            assert bad.strip().startswith("**不要这样写**")
            assert good.strip().startswith("**这样写**")
            assert why.startswith("为什么：")

    def test_there_are_questions_objections_and_answers_enough(self, stage: Stage) -> None:
        page = page_of(stage)
        questions = section(page, "questions")
        assert len(re.findall(r"^\d+\. ", questions, re.MULTILINE)) >= 15
        assert questions.count("\n### ") >= 3
        for anchor in ("objections", "faq"):
            entries = re.findall(r"^(.+)\n:   .+", section(page, anchor), re.MULTILINE)
            assert len(entries) >= 6
            assert len(set(entries)) == len(entries)

    def test_an_objection_is_what_a_customer_says_and_so_is_the_answer(self, stage: Stage) -> None:
        section_ = section(page_of(stage), "objections")
        for said, answer in re.findall(r"^(.+)\n:   (.+)", section_, re.MULTILINE):
            assert re.fullmatch("“.+”", said)
            assert answer.startswith("“")

    def test_it_leads_to_the_next_stage_and_to_where_the_facts_are(self, stage: Stage) -> None:
        page = page_of(stage)
        following = [each for each in STAGES if each.number == stage.number + 1]
        for each in following:
            assert f"({each.number}-{each.id}.md)" in section(page, "next")
        assert len(re.findall(r"\]\(\.\./", page.text)) >= 8

    def test_figures_of_a_good_example_are_those_of_the_sample(self, stage: Stage) -> None:
        """Unless it says that it is assumed, an example is the deal that the downloads show."""
        known = figures_of_the_sample()
        for _, good, _ in _PAIR.findall(section(page_of(stage), "examples")):
            head, _, text = good.strip().partition("\n")
            if "假设" in head:
                continue
            unknown = [each for each in figures(text) if each not in known]
            assert unknown == [], text


def figures(text: str) -> set[str]:
    """Return the figures in a text, with neither grouping nor zeros at the end."""
    return {_plain(each) for each in _FIGURE.findall(text)}


def _plain(figure: str) -> str:
    number = figure.rstrip("%").replace(",", "")
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return number.lstrip("0") or "0"


@cache
def figures_of_the_sample() -> set[str]:
    """Return what figures stand in the sample's case file and in its papers."""
    texts = [world.SAMPLE.read_text(encoding="utf-8")]
    for paper in world.papers():
        with zipfile.ZipFile(BytesIO(world.product(paper.name).data)) as package:
            body = etree.fromstring(package.read("word/document.xml"))
        texts.append("\n".join("".join(row.itertext()) for row in body.iter("{*}p")))
    return {figure for text in texts for figure in figures(text)}
