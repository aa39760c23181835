"""Words become runs: every tag alone, both languages from one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.findings import Phrase
from salesdocs.workshop.blocks import Break, Faint, Given, Label, Lines, Link, Strong, Tab
from salesdocs.workshop.house import HOUSES
from salesdocs.workshop.sheet import Sheet
from salesdocs.workshop.words import runs
from tests.workshop.gallery import TAG, find, text

LABELS = {"contract.amount": Phrase("合同金额", "Amount"), "pm": Phrase("项目经理", "Manager")}


def said(words, lang="zh"):
    return list(runs(words, Sheet(lang, HOUSES["form"], LABELS)))


def texts(words, lang="zh"):
    return [text(run) for run in said(words, lang)]


_PLAIN = st.text(st.sampled_from("甲乙“”，。 ab1|"), max_size=6)
_TAGS = st.sampled_from(["{{ a.b }}", "{{ a | day }}", "{% if a %}", "{% endif %}"])


@given(st.lists(st.one_of(_PLAIN, _TAGS), max_size=8))
def test_every_tag_stands_alone_and_no_word_is_lost(pieces):
    whole = "".join(pieces)
    found = texts(Phrase(whole, ""))
    assert all(not TAG.search(part) or TAG.fullmatch(part) for part in found)
    assert "".join(found).replace("{%r ", "{% ") == whole


def test_statements_inside_a_paragraph_take_their_run_with_them():
    assert texts("{% if a %}1{% endif %}") == ["{%r if a %}", "1", "{%r endif %}"]


def test_plain_text_with_chinese_is_refused_because_english_would_lack_it():
    with pytest.raises(ValueError, match="both languages"):
        said("合同")


def test_a_line_end_becomes_a_break():
    assert len(find(said(Phrase("技术\n可行性", ""))[1], "w:br")) == 1


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        pytest.param(Phrase("甲方", "Party A"), "甲方", "Party A", id="phrase"),
        pytest.param(Label("contract.amount"), "合同金额", "Amount", id="label"),
        pytest.param(Label("pm.name"), "项目经理", "Manager", id="label of a person's name"),
        pytest.param(Strong(Phrase("必须", "must")), "必须", "must", id="strong"),
        pytest.param((Faint("1"), Tab(), Break(), "2"), "12", "12", id="several"),
        pytest.param(
            Lines("x in xs", "{{ x }}", between=Phrase("、", ", ")),
            "{%r for x in xs %}{{ x }}{%r if not loop.last %}、{%r endif %}{%r else %}无{%r endfor %}",
            "{%r for x in xs %}{{ x }}{%r if not loop.last %}, {%r endif %}{%r else %}None{%r endfor %}",
            id="lines",
        ),
        pytest.param(
            Given("a", "1", "2"),
            "{%r if a %}1{%r else %}2{%r endif %}",
            "{%r if a %}1{%r else %}2{%r endif %}",
            id="given",
        ),
    ],
)
def test_words_are_said_in_either_language(words, zh, en):
    assert ("".join(texts(words)), "".join(texts(words, "en"))) == (zh, en)


def test_an_unknown_label_is_a_bug():
    with pytest.raises(KeyError, match=r"contract\.nothing"):
        said(Label("contract.nothing"))


def test_chinese_words_and_printed_values_ask_for_the_chinese_face_of_quotation_marks():
    hinted = [bool(find(run, "w:rFonts")) for run in said(Phrase("“甲”A{{ a }}{% if b %}", ""))]
    assert hinted == [True, True, False]


def test_a_link_is_noted_once():
    sheet = Sheet("zh", HOUSES["form"], LABELS)
    for _ in range(2):
        list(runs(Link("a", "https://example.com/"), sheet))
    assert sheet.links == ["https://example.com/"]
