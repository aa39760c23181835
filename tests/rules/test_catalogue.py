"""The catalogue, the code and the pages are one set of rules, each with a test that triggers it."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pkgutil import iter_modules

import pytest

import tests.rules
from salesdocs.rules.registry import Rule, all_rules, page_of
from tests import world

RULES = all_rules()
# As many of each group as the domain's catalogue has: 117.
COUNTS = {
    "PTY": 10, "AMT": 13, "PAY": 14, "DLV": 8, "ACC": 7, "LIA": 9, "IPR": 3, "CON": 2, "DAT": 2,
    "DSP": 5, "FRM": 12, "DTE": 5, "APR": 5, "NEG": 5, "NED": 3, "CUS": 4, "FUP": 1, "CHG": 2,
    "VIS": 1, "SUR": 3, "REF": 3,
}  # fmt: skip


def test_the_catalogue_has_the_117_rules_without_gaps() -> None:
    ids = list(world.library().rulings)
    expected = [f"{group}-{number:02}" for group, n in COUNTS.items() for number in range(1, n + 1)]
    assert len(ids) == 117
    assert sorted(ids) == sorted(expected)


def test_catalogue_code_and_pages_are_the_same_set() -> None:
    pages = {each.id: page_of(each.explained_by) for each in RULES.values()}
    assert set(world.library().rulings) == set(RULES) == set(pages)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_explains_itself_in_both_languages(rule: Rule) -> None:
    assert rule.on_case or rule.on_paper or rule.on_value
    for phrase in (rule.title, rule.fix, rule.basis):
        assert any("一" <= sign <= "鿿" for sign in phrase.zh)
        assert phrase.en
        words = phrase.en
        for quoted in ("订金", "定金", "预付款", "诚意金"):  # what these rules are about
            words = words.replace(quoted, "")
        assert not any("一" <= sign <= "鿿" for sign in words)
    assert len(rule.why) >= 10


def triggered() -> Counter[str]:
    """How often each rule is named by the trigger tables beside this file."""
    named: Counter[str] = Counter()
    for module in iter_modules(tests.rules.__path__, "tests.rules."):
        if module.name.startswith("tests.rules.test_") and not module.name.endswith("catalogue"):
            tables = import_module(module.name)
            named.update(each.rule for each in getattr(tables, "TRIGGERS", ()))
            named.update(list(getattr(tables, "PAPER_TRIGGERS", ())))
    return named


def test_every_rule_has_a_test_that_triggers_it() -> None:
    read = {each.id for each in RULES.values() if each.on_value}
    assert read == {"PTY-02", "CUS-01", "CUS-02", "CUS-03"}  # test_parties and test_deal read files
    assert sorted(set(RULES) - read - set(triggered())) == []
