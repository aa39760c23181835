"""The confidentiality agreement: mutual or one-way, its term, and one way of settling disputes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from salesdocs.errors import DocumentError
from salesdocs.word.render import render
from tests import reference, world
from tests.workshop.papers import made, paragraphs

NDA: dict[str, Any] = {
    "drafted": "2025-03-20",
    "signed": "2025-03-26",
    "place": "浙江省宁波市北仑区",
    "purpose": "评估和洽谈 MES 一期项目",
    "years": "3",
    "return_days": "15",
}


def agreement(**changes: Any) -> bytes:
    return made("nda", {"nda": {k: v for k, v in (NDA | changes).items() if v is not None}})


def test_it_has_its_articles_in_order() -> None:
    assert paragraphs(agreement(), "条款1") == [
        "保密信息", "除外信息", "保密义务", "允许的披露", "权利归属与个人信息",
        "资料的返还与销毁", "保密期限", "违约责任", "争议解决与生效",
    ]  # fmt: skip


@pytest.mark.parametrize("mutual", [None, "true"])
def test_it_is_mutual_unless_the_case_says_otherwise(mutual: str | None) -> None:
    text = reference.text(agreement(mutual=mutual))
    assert "双方互负保密义务" in text
    assert "甲方为披露方" not in text


def test_one_way_the_customer_discloses() -> None:
    text = reference.text(agreement(mutual="false"))
    assert "本协议项下甲方为披露方，乙方为接收方。" in text
    assert "双方互负保密义务" not in text


def test_purpose_term_and_return_are_those_of_the_case() -> None:
    text = reference.text(agreement())
    assert "双方为评估和洽谈 MES 一期项目（以下简称“合作目的”）" in text
    assert "自本协议签署之日起3年" in text
    assert "接收方应当在15日内返还或者销毁" in text
    assert "接收方应当及时返还或者销毁" in reference.text(agreement(return_days=None))


@pytest.mark.parametrize(
    ("dispute", "said"),
    [
        (None, "任何一方可向原告住所地有管辖权的人民法院起诉。"),
        ("被告住所地人民法院", "任何一方可向被告住所地人民法院起诉。"),
        ("苏州仲裁委员会", "提交苏州仲裁委员会按其申请时有效的仲裁规则仲裁，仲裁裁决是终局的"),
        ("向合同签订地人民法院起诉", "协商不成的，向合同签订地人民法院起诉。"),
    ],
)
def test_disputes_go_one_way(dispute: str | None, said: str) -> None:
    text = reference.text(agreement(dispute=dispute))
    assert said in text
    assert text.count("起诉") + text.count("仲裁裁决") == 1


def test_without_a_term_it_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        agreement(years=None)
    assert "nda.years" in {finding.path for finding in caught.value.findings}


def test_a_case_without_one_has_no_such_paper() -> None:
    assert "nda" not in {paper.name for paper in world.papers()} or world.sample().tree.get("nda")


def test_it_is_what_docxtpl_makes_of_the_template() -> None:
    dossier = world.changed({"nda": NDA}, ruled=False)
    (paper,) = dossier.papers(ids=["nda"])
    context = dossier.context(paper)[0].spelled_out()
    theirs = reference.render_with_docxtpl(world.template_file("nda").read_bytes(), context)
    assert reference.body(render(world.template("nda"), context)) == reference.body(theirs)


def test_it_has_no_error_under_the_validator(tmp_path: Path) -> None:
    path = tmp_path / "agreement.docx"
    path.write_bytes(agreement())
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
