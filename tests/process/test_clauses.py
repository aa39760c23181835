"""The clause library: complete, of one mind in both languages, and a company's own on top of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from salesdocs.errors import LibraryError
from salesdocs.process.clauses import ANNEXES, REFERENCE, Clause
from salesdocs.process.library import Library, house_folder
from salesdocs.process.reading import read_library
from tests import world

CLAUSES = world.library().clauses
TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def test_the_contract_has_twenty_two_articles_in_order_and_its_annexes() -> None:
    articles = world.library().articles
    assert [article.number for article in articles if not article.is_annex] == list(range(1, 23))
    assert {article.number for article in articles if article.is_annex} <= set(ANNEXES.values())
    assert all(article.title.zh and article.title.en for article in articles)


def test_every_article_says_something_in_every_contract() -> None:
    """Their numbers hold only if none can be left out."""
    kinds = ("'sale'", "'saas'")
    for article in world.library().articles:
        whens = [clause.when for clause in article.clauses]
        always = "" in whens
        by_type = any(f"not in ({', '.join(kinds)})" in when for when in whens) and all(
            any(when == f"contract.type == {kind}" for when in whens) for kind in kinds
        )
        both_ways = any(f"not {when}".replace(" or ", " and not ") in whens for when in whens)
        assert always or by_type or both_ways, article.id


@pytest.mark.parametrize("clause", CLAUSES.values(), ids=CLAUSES.keys())
def test_both_languages_print_the_same_values_and_refer_to_the_same_articles(
    clause: Clause,
) -> None:
    for wording in (clause.wording, *(fallback.wording for fallback in clause.fallbacks)):
        zh, en = (sorted(set(TAGS.findall(text))) for text in (wording.zh, wording.en))
        assert zh == en
        assert set(REFERENCE.findall(wording.zh)) == set(REFERENCE.findall(wording.en))
        assert wording.zh.count("\n") == wording.en.count("\n")


@pytest.mark.parametrize("clause", CLAUSES.values(), ids=CLAUSES.keys())
def test_wording_is_whole_chinese_with_full_width_marks(clause: Clause) -> None:
    for wording in (clause.wording, *(fallback.wording for fallback in clause.fallbacks)):
        bare = TAGS.sub("", wording.zh)
        assert not re.search(r"[一-鿿][,;:?!()]|[,;:?!()][一-鿿]", bare)
        assert not re.search(r"_{2,}|〔|【", bare)
        assert wording.zh.rstrip("}% endif{").endswith(("。", "：", "；"))


def test_what_limits_liability_is_bold_and_may_be_changed_by_somebody_named() -> None:
    bold = {name for name, clause in CLAUSES.items() if clause.bold}
    assert bold >= {
        "overall-cap", "cap-exceptions", "deemed-acceptance", "warranty-exclusions",
        "service-credits-limit", "scope-limits",
    }  # fmt: skip
    roles = world.library().roles
    for clause in CLAUSES.values():
        assert clause.approver in roles
        for number, fallback in enumerate(clause.fallbacks, 1):
            assert fallback.number == number
            assert fallback.approver in roles
            assert fallback.concedes.zh
            assert fallback.wording != clause.wording
            assert clause.fallback(number) is fallback
        assert clause.fallback(0) is clause.fallback(len(clause.fallbacks) + 1) is None


# -- a company's own -------------------------------------------------------------------------------

OWN = """\
clauses:
  - id: late-payment
    version: "1.1"
    title: {zh: 逾期付款, en: Late payment}
    zh: 甲方逾期付款的，按日支付违约金。
    en: Party A pays agreed damages by the day.
    approver: finance
  - id: house-rule
    version: "1.0"
    title: {zh: 本公司约定, en: House rule}
    zh: 违约责任的承担不影响[[disputes]]的适用。
    en: Liability does not affect [[disputes]].
    approver: legal
"""


def own(tmp_path: Path, text: str, name: str = "liability.yaml") -> Library:
    (tmp_path / "clauses").mkdir(exist_ok=True)
    (tmp_path / "clauses" / name).write_text(text, encoding="utf-8")
    return Library(read_library(tmp_path, house_folder()))


def test_a_company_changes_one_clause_and_adds_another(tmp_path: Path) -> None:
    library = own(tmp_path, OWN)
    assert library.clauses["late-payment"].version == "1.1"
    assert library.clauses["late-payment"].fallbacks == ()
    (article,) = (each for each in library.articles if each.id == "liability")
    assert [clause.id for clause in article.clauses] == [
        "late-payment", "late-delivery", "cure", "overall-cap", "cap-exceptions", "house-rule",
    ]  # fmt: skip
    assert article.number == 16
    assert library.clauses["litigation"] == CLAUSES["litigation"]


@pytest.mark.parametrize(
    ("old", "new", "path", "rule"),
    [
        ("[[disputes]]的", "[[dispute]]的", "clauses[1].zh", "library.reference"),
        ("approver: legal", "approver: lawyer", "clauses[1].approver", "library.reference"),
        ("id: house-rule", "id: House_Rule", "clauses[1].id", "library.kind"),
        ("id: house-rule", "id: governing-law", "clauses[1].id", "library.twice"),
        ("违约责任的承担", "违约责任____的承担", "clauses[1].zh", "library.kind"),
        ('version: "1.0"', 'versoin: "1.0"', "clauses[1]", "library.missing"),
        ("approver: legal", "approver: legal\n    table: prices", "clauses[1].table",
         "library.kind"),
        ("approver: legal", 'approver: legal\n    when: "a %} b"', "clauses[1].when",
         "library.kind"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_clause_is_said_at_its_place(
    tmp_path: Path, old: str, new: str, path: str, rule: str
) -> None:
    assert old in OWN
    with pytest.raises(LibraryError) as caught:
        own(tmp_path, OWN.replace(old, new))
    found = [finding for finding in caught.value.findings if finding.path == path]
    assert rule in {finding.rule for finding in found}
    assert all(finding.file.endswith("liability.yaml") and finding.line for finding in found)


@pytest.mark.parametrize(
    "head",
    ["article: 30\n", "article: 3\n", "article: 23\nannex: 8\n", "article: 23\nwhen: x\n", ""],
)
def test_articles_are_counted_without_gaps_twins_or_conditions(tmp_path: Path, head: str) -> None:
    title = "title: {zh: 其他, en: Other}\n"
    with pytest.raises(LibraryError):
        own(tmp_path, head + title + OWN.replace("late-payment", "other-rule"), "other.yaml")


def test_a_company_can_add_an_article_of_its_own(tmp_path: Path) -> None:
    title = "article: 23\ntitle: {zh: 其他, en: Other}\n"
    library = own(tmp_path, title + OWN.replace("late-payment", "other-rule"), "other.yaml")
    assert [each.number for each in library.articles if not each.is_annex] == list(range(1, 24))
