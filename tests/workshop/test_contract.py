"""The contract: which clauses a deal gets, in which wording, and what its annexes take from the case."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from salesdocs.calc.numerals import annex_label, article_label
from salesdocs.findings import Phrase
from salesdocs.process.clauses import ANNEXES
from salesdocs.word.ooxml import w
from tests import reference, world
from tests.workshop import deals

DEALS: dict[str, dict[str, Any]] = {
    "sample": {}, "subscription": deals.SUBSCRIPTION, "sale": deals.SALE, "tender": deals.TENDER,
    "fallbacks": deals.FALLBACKS,
}  # fmt: skip


@cache
def package(deal: str) -> bytes:
    return deals.made(DEALS[deal], "contract")


@cache
def text(deal: str) -> str:
    return reference.text(package(deal))


def body(deal: str) -> etree._Element:
    with ZipFile(BytesIO(package(deal))) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def clauses(deal: str) -> set[str]:
    """The clauses that the contract has, by their bookmarks."""
    names = (mark.get(w("name"), "") for mark in body(deal).iter(w("bookmarkStart")))
    return {name.removeprefix("cl_") for name in names if name.startswith("cl_")}


# -- which clauses ---------------------------------------------------------------------------------


@pytest.mark.parametrize("deal", DEALS)
def test_every_contract_has_all_articles_in_order(deal: str) -> None:
    style = f"{w('pPr')}/{w('pStyle')}"
    heads = [
        "".join(run.text or "" for run in paragraph.iter(w("t")))
        for paragraph in body(deal).iter(w("p"))
        if (named := paragraph.find(style)) is not None and named.get(w("val")) == "Clause1"
    ]
    wanted = [each.title.zh for each in world.library().articles if not each.is_annex]
    assert heads == wanted


@pytest.mark.parametrize("deal", DEALS)
def test_nothing_in_a_contract_is_left_blank(deal: str) -> None:
    bare = text(deal)
    assert not re.search(r"_{2,}|＿|〔|【待填", bare)
    assert not re.search(r"[为至：“]/|/[日%元名个。，]", bare)
    assert "None" not in bare


@pytest.mark.parametrize("deal", ["subscription", "sale", "tender", "fallbacks"])
def test_every_kind_of_contract_is_a_sound_file(deal: str, tmp_path: Any) -> None:
    path = tmp_path / "contract.docx"
    path.write_bytes(package(deal))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


GIVEN = {
    "sample": {"subject", "delivery_time", "goods_receipt", "acceptance_stages", "training",
               "standard_software", "custom_ip_supplier", "data_entrusted", "litigation",
               "warranty_period", "packaging", "sme_declaration"},
    "subscription": {"subject_saas", "service_term", "opening_time", "wave_acceptance",
                     "service_level", "service_credits", "service_credits_limit", "saas_rights",
                     "data_export", "data_location", "saas_support", "dpa_scope"},
    "sale": {"subject_sale", "goods_time", "goods_inspection", "goods_receipt", "packaging",
             "risk_and_title", "training_none"},
    "tender": {"tender_documents", "performance_bond", "assessment_protection", "data_location"},
}  # fmt: skip
MISSING = {
    "sample": {"subject_saas", "service_term", "service_level", "tender_documents",
               "performance_bond", "training_none", "arbitration", "assessment_protection"},
    "subscription": {"subject", "goods_receipt", "packaging", "acceptance_stages",
                     "standard_software", "warranty_period", "supplier_site"},
    "sale": {"subject", "acceptance_stages", "training", "supplier_team", "standard_software",
             "custom_ip_supplier", "data_entrusted", "dpa_scope", "defined_acceptance"},
    "tender": {"subject_saas"},
}  # fmt: skip


@pytest.mark.parametrize("deal", GIVEN)
def test_a_deal_gets_the_clauses_it_needs_and_no_others(deal: str) -> None:
    assert GIVEN[deal] <= clauses(deal)
    assert not MISSING[deal] & clauses(deal)


def test_a_fallback_stands_in_place_of_the_standard_wording() -> None:
    assert {"late_payment_1", "overall_cap_1"} <= clauses("fallbacks")
    assert not {"late_payment", "overall_cap"} & clauses("fallbacks")
    assert "贷款市场报价利率的1.5倍" in text("fallbacks")
    assert "按逾期金额的0.05%" not in text("fallbacks")
    assert "按逾期金额的0.05%" in text("sample")


def test_the_customer_reads_no_reason_for_a_fallback() -> None:
    assert "换取首付款三成" not in text("fallbacks")
    with ZipFile(BytesIO(package("fallbacks"))) as archive:
        parts = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "换取首付款三成" not in parts


# -- how it reads ----------------------------------------------------------------------------------


def test_clauses_that_limit_liability_are_bold_to_the_last_word() -> None:
    marks = {mark.get(w("name")): mark for mark in body("sample").iter(w("bookmarkStart"))}
    for clause in world.library().clauses.values():
        mark = marks.get(f"cl_{clause.id.replace('-', '_')}")
        if mark is None:
            continue
        paragraph = mark.getparent()
        assert paragraph is not None
        looks = {
            style.get(w("val"))
            if (style := run.find(f"{w('rPr')}/{w('rStyle')}")) is not None
            else ""
            for run in paragraph.iter(w("r"))
            if "".join(piece.text or "" for piece in run.iter(w("t")))
        }
        assert looks == ({"Strong"} if clause.bold else {""}), clause.id


@pytest.mark.parametrize("deal", DEALS)
def test_references_are_live_and_show_the_number_they_point_at(deal: str) -> None:
    """Each field points at a bookmark of an article or annex, and says its number already."""
    numbers = {f"_RefArticle{number}": article_label(number) for number in range(1, 23)}
    numbers |= {f"_RefAnnex{number}": annex_label(number) for number in ANNEXES.values()}
    there = {mark.get(w("name")) for mark in body(deal).iter(w("bookmarkStart"))}
    xml = etree.tostring(body(deal), encoding="unicode")
    pattern = r'> REF (\w+) \\r \\h </w:instrText>.*?fldCharType="separate".*?<w:t[^>]*>(.*?)</w:t>'
    fields = re.findall(pattern, xml, re.DOTALL)
    assert len(fields) > 20
    for target, said in fields:
        assert target in there
        assert numbers[target] == said


def test_the_subscription_states_term_level_credits_and_waves() -> None:
    found = text("subscription")
    assert "服务期为36个月，自2025年8月1日起至2028年7月31日止" in found
    assert "可用性不低于99.9%（统计周期：自然月）" in found
    assert "低于99.9%\n5%\n" in found
    assert "违约行为发生前十二个月的服务费的100%为限" in found
    assert "D-02\n第二批 56 家门店\n2025-10-15\n上线确认单" in found


def test_the_tender_contract_states_project_bond_and_grade() -> None:
    found = text("tender")
    assert "采购项目“云泽县人民医院信息系统”（项目编号：YZX-2026-0012）" in found
    assert (
        "以银行保函方式向甲方提交履约保证金¥56,400.00（合同总价的5%），有效期至2026年12月31日"
        in found
    )
    assert "系统安全保护等级为第三级" in found
    assert "已取得个人的单独同意" in found
    assert "不超过原合同金额的10%" in found
    assert "双方签署的补充协议、合同正文、合同附件、招标文件、投标文件。" in found


def test_annexes_hold_scope_exclusions_prices_and_authority() -> None:
    found = text("sample")
    annexes = found[found.index("签署页，无正文") :]
    for said in (
        "D-04\n采集网关 24 台及安装\n24台\n到货外观与数量核对；46 台设备中不少于 40 台在线率达 98%",
        "设备硬件改造", "甲方协调 U8 服务商开放接口", "1,017,281.69", "tax@shuoheng.example.com",
        "第1—4周", "林若川\n授权代表\nSQ-2025-061\n2025-12-31\n2,000,000.00",
        "郑铄\n法定代表人\n无需授权",
    ):  # fmt: skip
        assert said in annexes


def test_the_page_to_sign_says_that_it_holds_no_text() -> None:
    assert "（本页为《铄恒精密 MES 一期项目建设合同》签署页，无正文。）" in text("sample")


def test_arbitration_and_litigation_never_stand_together() -> None:
    found = deals.text({
        "contract.dispute": {"method": "arbitration", "institution": "宁波仲裁委员会"},
    })  # fmt: skip
    assert "提交宁波仲裁委员会按照申请仲裁时" in found
    assert "提起诉讼" not in found


def test_a_draft_is_marked_on_every_page_and_shows_its_gaps() -> None:
    found = deals.made({"contract.signatories.a.name": None}, "contract", draft=True)
    assert "【待填：姓名】" in reference.text(found)
    with ZipFile(BytesIO(found)) as archive:
        headers = [name for name in archive.namelist() if name.startswith("word/header")]
        assert len(headers) == 2
        assert all("草稿" in archive.read(name).decode() for name in headers)


def test_long_names_and_sixty_lines_are_printed_whole() -> None:
    line = dict(world.sample().tree["proposal"]["quote"]["lines"][0])
    lines = [
        {**line, "id": f"L-{number:02d}", "name": f"第{number}项" + "长" * 180}
        for number in range(1, 61)
    ]
    found = deals.text({
        **deals.SUBSCRIPTION, "proposal.quote.lines": lines, "customer.name": "甲" * 200,
    })  # fmt: skip
    assert "第60项" + "长" * 180 in found
    assert found.count("甲" * 200) > 3


def test_lists_that_are_empty_say_so() -> None:
    found = deals.text({"needs.out_of_scope": [], "proposal.assumptions": []}, draft=True)
    assert "不包含的内容\n无" in found
    assert "前提条件" not in found


def test_the_english_template_says_the_same_in_english() -> None:
    from salesdocs.workshop import build_template, wording_of

    with ZipFile(BytesIO(build_template("contract", "en", wording_of(world.library())))) as archive:
        xml = archive.read("word/document.xml").decode()
    plain = re.sub(r"<[^>]+>", "", xml)
    assert "Liability for breach" in plain
    assert "Article 9" in plain
    assert not re.search(r"[一-鿿]", re.sub(r"\{[{%].*?[%}]\}", "", plain))
    assert isinstance(world.library().articles[0].title, Phrase)
