"""The letter of intent: two wordings that never mix, and numbers that hold in every combination."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from salesdocs.calc.numerals import article_label
from salesdocs.errors import DocumentError
from tests import reference, world
from tests.workshop.papers import made, paragraphs, rows

PREPARATION = [
    {"what": "U8 接口验证环境搭建", "who": "supplier", "cost_bearer": "customer"},
    {"what": "服务器选型", "who": "customer", "cost_bearer": "both"},
]
DEPOSIT = {"amount": "100000.00", "nature": "deposit", "return_rule": "十日内无息退还"}
DUTY = {"intent.nature": "duty_to_contract", "intent.compensation_limit": "50000.00"}
# Each part that may be there, what it is called, and the articles it brings.
PARTS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "preparation": ({"intent.preparation": PREPARATION}, {"前期准备", "费用承担"}),
    "deposit": ({"intent.deposit": DEPOSIT}, {"定金"}),
    "exclusivity": ({"intent.exclusivity": {"days": "30"}}, {"排他洽谈"}),
    "confidentiality": ({"intent.confidentiality": "双方保密两年"}, {"保密"}),
    "dispute": ({"intent.dispute": "向原告住所地人民法院起诉"}, {"争议解决"}),
}
ALWAYS = ["合作项目", "关键条款", "正式合同的签订", "有效期", "效力"]
ORDER = [
    *ALWAYS[:3], "前期准备", "定金", "排他洽谈", "保密", "费用承担", "争议解决", *ALWAYS[3:],
]  # fmt: skip
# Words of one variant that the other must not hold.
OF_INTENT = ("拟于", "合作意向，不构成", "不因未签订正式合同而")
OF_DUTY = ("应于", "无正当理由拒绝签订的，应赔偿", "为限", "是双方签订正式合同的依据")


def letter(changes: dict[str, Any]) -> bytes:
    return made("letter_of_intent", changes)


def effect(package: bytes) -> str:
    """The sentence that says which articles bind."""
    return next(text for text in paragraphs(package) if "具有约束力" in text)


@pytest.mark.parametrize("duty", [False, True])
@pytest.mark.parametrize(
    "parts", [c for n in range(len(PARTS) + 1) for c in combinations(PARTS, n)], ids="+".join
)
def test_articles_and_the_numbers_that_name_them_agree(parts: tuple[str, ...], duty: bool) -> None:
    """Word counts the headings; what the text says of them was counted by the model."""
    changes: dict[str, Any] = {"intent.binding_clauses": ["validity", *parts]}
    changes["intent.binding_clauses"] = [
        clause for clause in changes["intent.binding_clauses"] if clause != "preparation"
    ]
    named = set(ALWAYS)
    for part in parts:
        values, titles = PARTS[part]
        changes |= values
        named |= titles
    package = letter(changes | (DUTY if duty else {}))
    titles_printed = paragraphs(package, "条款1")
    assert titles_printed == [title for title in ORDER if title in named]
    said = re.findall(r"第([一二三四五六七八九十]+)条（(.+?)）", effect(package))
    assert said
    for numeral, title in said:
        label = article_label(titles_printed.index(title) + 1)
        assert label == f"第{numeral}条", title
    binding = {title for _, title in said}
    assert ("正式合同的签订" in binding) is duty
    assert binding - {"正式合同的签订"} == {"有效期"} | {
        title for part in parts if part != "preparation" for title in PARTS[part][1]
    }


def test_by_default_it_states_an_intention_only() -> None:
    for changes in ({}, {"intent.nature": "non_binding"}):
        text = reference.text(letter(changes))
        assert all(words in text for words in OF_INTENT)
        assert [words for words in OF_DUTY if words in text] == []


def test_a_duty_to_contract_says_nothing_of_mere_intention() -> None:
    text = reference.text(letter(DUTY))
    assert all(words in text for words in OF_DUTY)
    assert [words for words in OF_INTENT if words in text] == []
    assert "以¥50,000.00（大写：人民币伍万元整）为限" in text
    assert "按第二条所列关键条款签订正式合同" in text


def test_a_duty_without_its_limit_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        letter({"intent.nature": "duty_to_contract"})
    assert [finding.path for finding in caught.value.findings] == ["intent.compensation_limit"]


def test_in_either_wording_nobody_may_demand_performance_before_the_contract() -> None:
    for changes in ({}, DUTY):
        assert "正式合同签订前，任何一方不得要求对方实际履行。" in reference.text(letter(changes))


@pytest.mark.parametrize(
    ("nature", "said", "unsaid"),
    [
        ("deposit", "应当双倍返还定金", "不适用定金罚则"),
        ("advance", "该款项性质为预付款，不是定金，不具有担保性质", "双倍返还"),
        ("sincerity", "该款项性质为诚意金，不是定金，不具有担保性质", "双倍返还"),
    ],
)
def test_the_nature_of_money_is_said_in_words(nature: str, said: str, unsaid: str) -> None:
    text = reference.text(letter({"intent.deposit": DEPOSIT | {"nature": nature}}))
    assert said in text
    assert unsaid not in text
    assert "退还约定：十日内无息退还。" in text


def test_earnest_money_beside_a_duty_lets_the_other_party_choose() -> None:
    text = reference.text(letter(DUTY | {"intent.deposit": DEPOSIT}))
    assert "本款赔偿与第四条的定金罚则，由对方选择其一适用。" in text


def test_preparatory_work_names_who_pays_and_is_paid_where_costs_bind() -> None:
    package = letter({"intent.preparation": PREPARATION})
    assert ["U8 接口验证环境搭建", "乙方", "甲方"] in rows(package)
    assert ["服务器选型", "甲方", "双方"] in rows(package)
    assert any(text.startswith("第四条所列前期准备工作的费用") for text in paragraphs(package))


def test_the_amount_stands_in_figures_and_words() -> None:
    amount = "意向金额（含税）为¥1,128,000.00（大写：人民币壹佰壹拾贰万捌仟元整）。"
    assert amount in paragraphs(letter({}))


def test_a_signed_confidentiality_agreement_stays_in_force() -> None:
    nda = {"drafted": "2025-03-20", "signed": "2025-03-26", "doc_no": "LY-BM-2025-0037",
           "purpose": "洽谈", "years": "3"}  # fmt: skip
    assert "双方于2025年3月26日签署的保密协议（编号LY-BM-2025-0037）继续有效。" in paragraphs(
        letter({"nda": nda})
    )


def test_recitals_of_the_author_take_the_place_of_ours() -> None:
    found = paragraphs(letter({"intent.recitals": "双方已就方案达成一致"}))
    assert "双方已就方案达成一致。" in found
    assert not any("提交了解决方案建议书" in text for text in found)


def test_long_names_and_many_terms_leave_it_sound(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(
        letter(
            {"customer.name": "甲" * 200, "intent.key_terms": [f"条件{n}" for n in range(60)]}
            | {"intent.preparation": PREPARATION * 30}
        )
    )
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
    assert "条件59" in paragraphs(path.read_bytes())


def test_the_model_numbers_the_articles_of_the_sample() -> None:
    articles = world.sample().case.intent.articles
    assert [(a.kind.value, a.number, a.numeral) for a in articles if a.binding] == [
        ("confidentiality", 4, "四"),
        ("costs", 5, "五"),
        ("dispute", 6, "六"),
        ("validity", 7, "七"),
        ("effect", 8, "八"),
    ]


def test_the_agreed_price_is_no_secret_though_the_talks_wrote_it_without_decimals() -> None:
    secrets = {text for _, text in world.dossier().secrets("customer")}
    assert "1128000" not in secrets  # as the intended amount the customer reads it
    assert "1050000" in secrets  # what the customer first offered stands in no paper of theirs
