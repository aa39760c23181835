"""The glossary as the library reads it: terms, a company's own, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesdocs.errors import LibraryError
from salesdocs.process.library import Library, house_folder
from salesdocs.process.reading import read_library
from tests import world


def own(folder: Path, text: str) -> Library:
    """The shipped library under a company's glossary."""
    (folder / "glossary.yaml").write_text(text, encoding="utf-8")
    return Library(read_library(folder, house_folder()))


def test_a_term_has_its_names_its_meaning_and_where_to_read_on() -> None:
    terms = {term.id: term for term in world.library().glossary}
    deposit = terms["deposit"]
    assert deposit.name.zh == "定金"
    assert deposit.unless == ("定金额",)
    assert ("rule", "PAY-10") in deposit.see
    assert terms["special_invoice"].also == ("专用发票",)


def test_every_meaning_is_a_sentence_and_every_id_an_anchor() -> None:
    for term in world.library().glossary:
        assert term.id.isascii()
        assert term.id.replace("_", "").isalnum()
        assert term.meaning.zh.endswith("。")
        assert term.meaning.en
        for word in (term.name.zh, *term.also, *term.unless):
            assert word == word.strip()
            assert len(word) > 1
        for word in term.unless:
            assert any(each in word for each in (term.name.zh, *term.also))


def test_a_company_says_otherwise_term_by_term_and_adds_its_own(tmp_path: Path) -> None:
    library = own(
        tmp_path,
        "search: [排产]\n"
        "terms:\n"
        "  vat: {meaning: {zh: 我们这样说。, en: Our words.}}\n"
        "  aps: {zh: 排产, en: Scheduling, meaning: {zh: 排生产计划。, en: Planning.}}\n",
    )
    terms = {term.id: term for term in library.glossary}
    house = {term.id for term in world.library().glossary}
    assert set(terms) == house | {"aps"}
    assert terms["vat"].name.zh == "增值税"
    assert terms["vat"].meaning.zh == "我们这样说。"
    assert library.search_words[-1] == "排产"


@pytest.mark.parametrize(
    ("entry", "message", "column"),
    [
        pytest.param("see: [stage 9]", "没有这个阶段：9", 7, id="stage"),
        pytest.param("see: [document contrakt]", "没有这个文件：contrakt", 7, id="document"),
        pytest.param("see: [rule AMT-99]", "没有这个规则：AMT-99", 7, id="rule"),
        pytest.param("see: [policy payment.x]", "没有这个规定：payment.x", 7, id="policy"),
        pytest.param("see: [chapter 3]", "没有这个去处：chapter", 7, id="kind"),
        pytest.param("sea: [stage 1]", "sea", 1, id="key"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(
    tmp_path: Path, entry: str, message: str, column: int
) -> None:
    text = f"terms:\n  aps:\n    zh: 排产\n    en: Scheduling\n    meaning: {{zh: 排。, en: P.}}\n    {entry}\n"
    with pytest.raises(LibraryError) as caught:
        own(tmp_path, text)
    (finding,) = caught.value.findings
    assert message in finding.message.zh
    assert finding.file.endswith("glossary.yaml")
    assert finding.line == 6
    assert finding.column in (column + 4, column + 5)


def test_a_term_of_ones_own_is_complete(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as caught:
        own(tmp_path, "terms:\n  aps: {zh: 排产}\n")
    assert [finding.message.zh for finding in caught.value.findings] == [
        "缺少“en”",
        "缺少“meaning”",
    ]
    assert {finding.line for finding in caught.value.findings} == {2}


def test_the_terms_of_the_house_keep_their_order(tmp_path: Path) -> None:
    library = own(tmp_path, "terms: {vat: {also: [税]}}\n")
    assert [term.id for term in library.glossary] == [term.id for term in world.library().glossary]
