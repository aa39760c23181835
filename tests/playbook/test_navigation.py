"""The navigation: the pages of a folder stand as a reader walks through them."""

from __future__ import annotations

from salesdocs.playbook.book import Book
from salesdocs.playbook.model import Page
from salesdocs.playbook.navigation import navigation
from salesdocs.playbook.written import written_page
from tests import world
from tests.playbook.test_texts import written


def places_below(folder: str, pages: dict[str, Page]) -> list[str]:
    lines = navigation(Book(world.library()), pages)
    return [each.uri for line in lines for each in line.entries if each.uri.startswith(folder)]


def test_pages_stand_as_their_front_matter_says_the_index_first_the_others_last() -> None:
    orders = {"zebra": "order: 1", "index": "", "apple": "order: 10", "bird": "order: 2", "ant": ""}
    pages = {
        f"guide/{name}.md": written_page(f"guide/{name}.md", f"---\n{order}\n---\n# A\n", "")
        for name, order in orders.items()
    }
    assert places_below("guide/", pages) == [
        "guide/index.md", "guide/zebra.md", "guide/bird.md", "guide/apple.md", "guide/ant.md",
    ]  # fmt: skip


def test_a_new_colleague_checks_himself_after_the_first_week() -> None:
    assert places_below("start/", written()) == [
        "start/index.md", "start/day1.md", "start/week1.md", "start/check.md",
    ]  # fmt: skip
