"""FRM rules and AMT-04: what the case says, and what the words of a finished paper say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.calc.capitals import capitals
from salesdocs.calc.format import money
from salesdocs.findings import Finding
from salesdocs.produce.reading import read_paper
from salesdocs.rules.registry import Deal, Line, PaperText
from salesdocs.rules.run import judge_paper
from tests import world
from tests.rules.deals import Trigger, check_trigger

TRIGGERS = [
    Trigger(
        "FRM-01", {"contract.title": "【项目名称】建设合同"}, "contract.title", said="【项目名称】"
    ),
    Trigger(
        "FRM-01",
        {"proposal.assumptions[0]": "服务器由____提供"},
        "proposal.assumptions[0]",
        near={"contract.approvals[0].opinion": "签约日期待定"},
    ),
    Trigger(
        "FRM-01",
        {"contract.payments[1].condition": "比例待定"},
        "contract.payments[1].condition",
        near={"contract.payments[1].condition": "按 XML 接口联调报告付款"},
    ),
    Trigger(
        "FRM-02", {"contract.warranty.response_hours": None}, "contract.warranty.response_hours"
    ),
    Trigger("FRM-03", {"contract.signed_at": None}, "contract.signed_at"),
    Trigger("FRM-03", {"contract.signed": None}, "contract.signed"),
    Trigger(
        "FRM-04",
        {"contract.copies.total": "5"},
        "contract.copies.total",
        near={"contract.copies.total": "6", "contract.copies.each": "3"},
    ),
    Trigger("FRM-05", {"contract.annexes[2]": "附件四 实施计划"}, "contract.annexes[2]"),
    Trigger(
        "FRM-05",
        {"contract.deliverables[0].criteria": "按附件八逐项通过 42 项测试"},
        "contract.deliverables[0].criteria",
        near={"contract.deliverables[0].criteria": "按附件七逐项通过 42 项测试"},
    ),
    Trigger(
        "FRM-06",
        {"contract.signatories.a.seal": None},
        "contract.signatories.a.seal",
        near={"contract.signatories.a.seal": None, "contract.effective.rule": "signed_or_sealed"},
    ),
    Trigger(
        "FRM-07",
        {"contract.language": "bilingual"},
        "contract.prevailing_language",
        near={"contract.language": "bilingual", "contract.prevailing_language": "zh"},
    ),
    Trigger("FRM-09", {"contract.precedence": []}, "contract.precedence"),
    Trigger("FRM-10", {"contract.notices.a.address": None}, "contract.notices.a.address"),
    Trigger(
        "FRM-11",
        {"intent.key_terms[0]": "依据《合同法》签订"},
        "intent.key_terms[0]",
        near={"intent.key_terms[0]": "依据《劳动合同法》用工"},
    ),
]


@pytest.mark.parametrize("trigger", TRIGGERS, ids=str)
def test_the_rule_objects(trigger: Trigger) -> None:
    check_trigger(trigger)


# ---- finished papers ----

ARTICLES = [Line(f"第{number}条 标题", bold=True) for number in "一二三"]
PAPER_TRIGGERS = {
    "FRM-01": ([Line("交付日期：____")], [Line("交付日期：2025年7月8日")]),
    "FRM-05": ([Line("按附件九执行")], [Line("按附件九执行"), Line("附件九　保密承诺书")]),
    "FRM-08": (
        [Line("全部赔偿责任以合同总价为限，且不包括间接损失")],
        [Line("全部赔偿责任以合同总价为限，且不包括间接损失", bold=True)],
    ),
    "FRM-11": ([Line("依据《民法通则》")], [Line("依据《民法典》")]),
    "FRM-12": (
        [*ARTICLES, Line("按第四条办理")],
        [*ARTICLES, Line("按第三条和民法典第四百条办理")],
    ),
    "AMT-04": (
        [Line("¥1,128,000.00（大写：人民币壹佰壹拾贰万元整）")],
        [Line("¥1,128,000.00（大写：人民币壹佰壹拾贰万捌仟元整）")],
    ),
}


def said_of(lines: list[Line], document: str = "contract") -> list[Finding]:
    deal = Deal(world.sample().case, world.library())
    return judge_paper(deal, PaperText(document, tuple(lines)), 7, world.sample().place)


@pytest.mark.parametrize("rule", PAPER_TRIGGERS)
def test_the_rule_objects_to_the_words_of_a_paper(rule: str) -> None:
    wrong, right = PAPER_TRIGGERS[rule]
    assert {each.rule for each in said_of(wrong)} == {rule}
    assert said_of(right) == []


def test_articles_that_skip_or_repeat_are_found() -> None:
    lines = [Line("标题", article=1), Line("标题", article=2)]
    assert said_of(lines) == []
    assert [each.rule for each in said_of([*lines, Line("第二条 重复")])] == ["FRM-12"]
    assert [each.rule for each in said_of([*lines, Line("第四条 跳号")])] == ["FRM-12"]


def test_a_paper_that_no_rule_speaks_of_is_left_alone() -> None:
    assert said_of([Line("____")], "review_minutes") == []


@given(
    st.decimals(min_value="0.01", max_value="99999999", places=2),
    st.decimals(min_value="0.01", max_value="99999999", places=2),
)
def test_figures_and_capitals_agree_only_when_they_are_one_amount(
    figures: Decimal, words: Decimal
) -> None:
    for shape in ("总价为¥{}（大写：{}）", "金额：{}元，大写{}", "{} {}"):
        text = shape.format(money(figures), capitals(words))
        rules = [each.rule for each in said_of([Line(text)], "quote_sheet")]
        assert rules == ([] if figures == words else ["AMT-04"])


def test_a_paragraph_is_read_as_word_shows_it() -> None:
    body = (
        '<w:document xmlns:w="w"><w:body>'
        '<w:p><w:pPr><w:pStyle w:val="Clause1"/></w:pPr><w:r><w:t>定义</w:t></w:r></w:p>'
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>责任</w:t></w:r>"
        '<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>上限</w:t></w:r></w:p>'
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>全部加粗</w:t></w:r><w:r><w:t> </w:t></w:r></w:p>"
        "<w:p/></w:body></w:document>"
    )
    assert read_paper("contract", body.encode()).lines == (
        Line("定义", False, 1),
        Line("责任上限", False),
        Line("全部加粗", True),
    )
