"""The proposal we send: what it says, what it leaves out, and what it refuses to go without."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.table import Table, _Cell
from openxml_audit import OpenXmlValidator

from salesdocs.case.load import load_case
from salesdocs.errors import DocumentError
from salesdocs.produce import Dossier, produce
from tests import reference, world

MANDATORY = {
    "proposal.functions": "功能方案",
    "proposal.plan": "实施计划",
    "proposal.quote.lines": "报价明细",
    "proposal.cases": "成功案例",
}

# What later stages refer to quote lines with: a deal that has no quote yet has none of it.
LATER: dict[str, Any] = dict.fromkeys(
    ("contract", "delivery", "acceptance", "receivables", "aftersales"), None
)

# Every optional text and list of the proposal, so that no chapter is left out.
FULL: dict[str, Any] = {
    "proposal.cover_letter": "承蒙贵公司信任，现呈上建议书",
    "proposal.solution": "一个平台、三类应用",
    "proposal.architecture": "车间采集层、平台层、应用层三层部署",
    "proposal.deployment": "部署在贵公司机房",
    "proposal.team": [
        {"role": "项目经理", "person": "p7", "duty": "总体协调"},
        {"role": "开发工程师", "grade": "高级", "duty": "接口开发"},
    ],
    "proposal.risks": [{"desc": "接口版本较旧", "level": "medium", "response": "先行验证"}],
    "proposal.deviations": [{"requirement": "支持单点登录", "response": "full"}],
    "proposal.training.content": "系统操作与日常维护",
    "proposal.service.hours": "工作日 8:30 至 17:30",
    "proposal.plan[0].tasks": "流程调研",
    "proposal.plan[0].output": "蓝图设计说明书",
    "proposal.plan[0].customer_duties": "提供工艺数据",
    "needs.scenarios": [{"name": "插单处理", "steps": "接单、改排程、通知班组"}],
    "needs.interfaces": [{"system": "用友 U8", "direction": "both", "data": "工单"}],
    "needs.nonfunctional": [{"kind": "security", "requirement": "等级保护二级"}],
    "needs.constraints": ["生产期间不得停机割接"],
    "supplier.introduction": "专注离散制造",
    "supplier.qualifications": ["ISO 9001 质量管理体系认证"],
    "supplier.website": "www.lanyan.example.com",
}


def made(changes: Mapping[str, Any], *, draft: bool = False) -> bytes:
    """The finished proposal of the sample case with other values."""
    dossier = world.changed(changes, ruled=False)
    (paper,) = dossier.papers(ids=["proposal"])
    return produce(dossier, paper, world.template("proposal"), draft=draft).data


@cache
def sample() -> bytes:
    """The finished proposal of the sample case."""
    return world.product("proposal").data


@cache
def full() -> bytes:
    """The finished proposal of a case in which nothing is absent."""
    return made(FULL)


def opened(package: bytes) -> Document:
    return docx.Document(BytesIO(package))


def headings(package: bytes, level: int = 1) -> list[str]:
    name = f"Heading {level}"
    return [p.text for p in opened(package).paragraphs if p.style and p.style.name == name]


def table(package: bytes, head: str) -> Table:
    """The first table in which a heading cell reads `head`."""
    for found in opened(package).tables:
        if any(cell.text.replace("\n", "") == head for row in found.rows[:2] for cell in row.cells):
            return found
    raise AssertionError(f"no table has the column {head}")


def rows(found: Table) -> list[list[str]]:
    """The texts of the rows, spanned cells once."""
    return [[_Cell(cell, found).text for cell in row._tr.tc_lst] for row in found.rows]


def lines_of(count: int, **changes: str) -> list[dict[str, Any]]:
    """Quote lines like those of the sample, as many as wanted."""
    known: Any = world.sample().tree["proposal"]
    given = known["quote"]["lines"]
    return [
        {**given[number % len(given)], "id": f"L-{number + 1:02}", **changes}
        for number in range(count)
    ]


CHANGED = "网关由 20 台调整为 24 台：第 2 版已调整并优化许可价"


# -- what it says ----------------------------------------------------------------------------------


def test_the_chapters_stand_in_their_order() -> None:
    assert headings(full()) == [
        "方案摘要", "现状与需求理解", "总体方案", "功能方案", "技术与部署", "实施计划", "项目组织",
        "培训", "售后服务", "报价明细", "成功案例", "公司介绍与资质", "风险与应对", "假设与除外",
        "有效期与声明",
    ]  # fmt: skip


def test_a_chapter_without_data_goes_with_its_heading() -> None:
    absent = {"技术与部署", "项目组织", "风险与应对"}
    kept = [name for name in headings(full()) if name not in absent]
    kept[kept.index("公司介绍与资质")] = "公司基本信息"  # nothing of either is there
    assert headings(sample()) == kept


def test_the_contents_list_exactly_the_chapters_that_are_there() -> None:
    entries = [p for p in opened(sample()).paragraphs if p.style and p.style.name == "toc 1"]
    shown = ["".join(run.text for link in p.hyperlinks for run in link.runs) for p in entries]
    assert [text.strip() for text in shown] == headings(sample())


def test_the_cover_says_for_whom_by_whom_when_and_which_version() -> None:
    cover = opened(sample()).tables[0]
    assert rows(cover) == [
        ["致：", "宁波铄恒精密机械有限公司"],
        ["编制单位：", "苏州澜砚智造软件有限公司"],
        ["日期：", "2025年6月13日"],
        ["版本：", "V3.0"],
        ["项目编号：", "XM-2025-0037"],
    ]


def test_the_letter_names_price_time_and_who_signs() -> None:
    text = reference.text(sample()).partition("目　录")[0]
    for said in (
        "致：宁波铄恒精密机械有限公司",
        "¥1,128,000.00（大写：人民币壹佰壹拾贰万捌仟元整）",
        "实施周期24周",
        "质保期12个月",
        "有效期至2025年7月31日",
        "本版替代此前提交的各版本。",
        "销售经理　林若川　　　　　　　　（签字）",
    ):
        assert said in text


def test_the_price_table_holds_each_line_and_the_sums_of_the_lines() -> None:
    found = rows(table(sample(), "成交单价"))
    assert ["L-01", "MES 平台软件许可　永久授权，不限用户", "套", "1", "480,000.00", "八五折",
            "408,000.00", "408,000.00", "13%", "361,061.95", "46,938.05"] in found  # fmt: skip
    assert ["合计", "1,128,000.00", "/", "1,017,281.69", "110,718.31"] in found
    assert ["合计大写", "人民币壹佰壹拾贰万捌仟元整"] in found
    saved = next(row for row in found if row[0] == "优惠金额")[1]
    assert "150,000.00" in saved and "1,278,000.00" in saved
    assert "11.74%" in saved and "88.26%" in saved


def test_the_subtotals_are_told_for_each_rate() -> None:
    found = rows(table(sample(), "优惠金额"))
    assert ["13%", "916,000.00", "114,000.00", "802,000.00", "709,734.52", "92,265.48"] in found
    assert ["6%", "362,000.00", "36,000.00", "326,000.00", "307,547.17", "18,452.83"] in found


def test_every_accepted_must_have_leads_to_functions_and_prices() -> None:
    found = rows(table(sample(), "对应报价项"))
    case = world.sample().case
    for need in case.needs.accepted:
        row = next(row for row in found if row[0] == f"{need.id} {need.name}")
        assert "/" not in row
    assert ["N-05 与 U8 双向接口", "必备功能", "U8 双向接口", "L-05 定制开发（U8 接口等）"] in found
    assert not any("N-07" in cell for row in found for cell in row)


def test_weeks_are_added_up_phase_by_phase() -> None:
    found = rows(table(sample(), "起止周"))
    assert [row[-2:] for row in found[-5:]] == [
        ["4", "第1–4周"], ["10", "第5–14周"], ["5", "第15–19周"], ["5", "第20–24周"], ["24", "/"],
    ]  # fmt: skip


def test_each_version_of_the_quote_says_what_changed() -> None:
    found = rows(table(sample(), "修订内容"))
    assert ["第1版", "2025-05-12", "1,180,900.00", "首次提交"] in found
    assert ["第2版", "2025-05-26", "1,180,900.00", CHANGED] in found
    assert found[-1][:3] == ["第3版（现行）", "2025-06-13", "1,128,000.00"]


def test_what_is_called_a_rate_is_told_in_per_cent() -> None:
    found = rows(table(sample(), "目标值"))
    assert ["报工及时率", "71%", "95%", "系统统计"] in found
    assert ["追溯用时（分钟）", "360", "10", "抽样测试"] in found


def test_without_service_hours_nobody_answers_around_the_clock() -> None:
    assert "法定工作日的工作时间" in reference.text(sample())
    assert "法定工作日的工作时间" not in reference.text(full())


def test_it_is_an_invitation_and_no_offer() -> None:
    assert "本建议书属于要约邀请，双方权利义务以书面合同为准。" in reference.text(sample())


@pytest.mark.parametrize(
    ("ending", "printed"), [("上线", "上线。"), ("上线。", "上线。"), ("上线！", "上线！")]
)
def test_a_text_ends_with_one_full_stop(ending: str, printed: str) -> None:
    text = reference.text(made({"proposal.summary": f"五个半月{ending}"}))
    assert f"\n五个半月{printed}\n" in text


# -- what differs from deal to deal ----------------------------------------------------------------


def test_a_reference_without_consent_has_no_name() -> None:
    text = reference.text(
        made({"proposal.cases[0].consent": "false", "proposal.cases[0].industry": "通用设备制造业"})
    )
    assert "某通用设备制造业企业" in text
    assert "某齿轮企业" not in text


def test_a_line_at_price_zero_says_that_it_is_free() -> None:
    found = rows(table(made({"proposal.quote.lines[6].price": "0"}, draft=True), "成交单价"))
    free = next(row for row in found if row[1:2] == ["培训服务　管理员与车间两级"])
    assert free[4:8] == ["0.00", "赠送", "0.00", "0.00"]


def test_an_exempt_line_has_no_percentage() -> None:
    found = rows(table(made({"proposal.quote.lines[6].vat": "exempt"}), "成交单价"))
    assert next(row for row in found if row[1:2] == ["培训服务　管理员与车间两级"])[8:] == [
        "免税",
        "11,000.00",
        "0.00",
    ]


def test_one_rate_needs_no_subtotals() -> None:
    text = reference.text(made({"proposal.quote.lines": lines_of(7, vat="0.13")}))
    assert "分税率小计" not in text


def test_list_prices_without_tax_are_called_so() -> None:
    package = made({"proposal.quote.price_basis": "tax_excluded"}, draft=True)
    assert "单位：元，单价不含税" in reference.text(package)
    assert "单位：元，单价含税" in reference.text(sample())


def test_a_quote_in_dollars_has_neither_yuan_nor_capitals() -> None:
    text = reference.text(made({"proposal.quote.currency": "USD"}))
    assert "1,128,000.00美元" in text
    assert "单位：美元" in text
    assert not any(sign in text for sign in ("¥", "人民币", "大写"))


def test_sixty_lines_all_stand_in_a_table_whose_head_is_repeated() -> None:
    found = table(made({"proposal.quote.lines": lines_of(60)}, draft=True), "成交单价")
    numbers = [row[0] for row in rows(found) if row[0].startswith("L-")]
    assert numbers == [f"L-{number:02}" for number in range(1, 61)]
    heads = [row for row in found.rows if row._tr.xpath("./w:trPr/w:tblHeader")]
    assert any("行号" in row.cells[0].text for row in heads)


def test_company_facts_that_are_not_known_are_left_out() -> None:
    assert "公司网址" not in reference.text(sample())
    assert "公司网址" in reference.text(full())


# -- what must never be missing, and never be there ------------------------------------------------


@pytest.mark.parametrize("path", MANDATORY)
def test_it_is_refused_without(path: str) -> None:
    with pytest.raises(DocumentError) as caught:
        made({path: None, **LATER})
    assert path in {finding.path for finding in caught.value.findings}


@pytest.mark.parametrize(("path", "chapter"), MANDATORY.items(), ids=MANDATORY)
def test_a_draft_shows_the_gap_instead_of_an_empty_chapter(path: str, chapter: str) -> None:
    package = made({path: None, **LATER}, draft=True)
    label = world.dossier().catalogue[path].zh
    assert chapter in headings(package)
    assert f"【待填：{label}】" in reference.text(package)


def test_nothing_of_ours_and_no_phone_of_theirs_is_printed() -> None:
    text = reference.text(full())
    for secret in (
        "1,300,000", "1300000", "13800138000", "0574-0000000", "1,080,000", "整单优惠换取",
        "某国际厂商", "总经理办公会",
    ):  # fmt: skip
        assert secret not in text


# -- the file --------------------------------------------------------------------------------------


def test_with_nothing_absent_it_is_what_docxtpl_makes_of_the_template() -> None:
    dossier = world.changed(FULL, ruled=False)
    (paper,) = dossier.papers(ids=["proposal"])
    product = produce(dossier, paper, world.template("proposal"))
    case = dossier.case_for("customer")
    names = ("meta", "team", "supplier", "customer", "needs", "proposal", "tender", "coverage")
    context = {**{name: getattr(case, name) for name in names}, "document": product.facts}
    template = world.template_file("proposal").read_bytes()
    theirs = reference.render_with_docxtpl(template, context)
    assert reference.body(product.data) == reference.body(theirs)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(FULL, id="nothing absent"),
        pytest.param(
            {"customer.name": "宁波" * 100, "proposal.quote.lines[0].name": "平台" * 100},
            id="names of 200 characters",
        ),
    ],
)
def test_it_opens_in_word(changes: Mapping[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "proposal.docx"
    path.write_bytes(made(changes))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


# -- a bid -----------------------------------------------------------------------------------------


@cache
def bid() -> bytes:
    """The proposal of the hospital, which buys by tender."""
    dossier = Dossier(load_case(world.ROOT / "examples/his/case.yaml"), world.library())
    (paper,) = dossier.papers(ids=["proposal"])
    return produce(dossier, paper, world.template("proposal")).data


def test_a_bid_answers_the_call_price_first_then_deviations_and_qualifications() -> None:
    text = reference.text(bid())
    parts = ("投标响应", "报价一览表", "偏离表", "资格文件清单", "现状与需求理解")
    places = [text.rindex(part) for part in parts]
    assert places == sorted(places)
    assert "采购项目编号：YZ-ZB-2026-017" in text
    assert "¥3,860,000.00（大写：人民币叁佰捌拾陆万元整）" in text
    assert "合同生效后210日内" in text
    assert "正偏离：质保期 24 个月" in text
    assert "中小企业声明函" in text


def test_a_bid_is_an_offer_that_binds_and_names_its_validity() -> None:
    text = reference.text(bid())
    assert "属于要约" in text
    assert "投标有效期至2026年6月8日" in text
    assert "要约邀请" not in text
    assert "报价有效期" not in text


@pytest.mark.parametrize(
    "words", ["双方确认", "已确认", "沈怀川", "调研交流", "报价版本", "合同草案", "2025年11月20日"]
)
def test_a_bid_does_not_say_that_buyer_and_bidder_settled_it_beforehand(words: str) -> None:
    assert words not in reference.text(bid())


def test_without_a_tender_nothing_speaks_of_bids() -> None:
    assert "投标" not in reference.text(world.product("proposal").data)
    assert "要约邀请" in reference.text(world.product("proposal").data)


def test_a_hospital_is_addressed_as_one_a_company_as_a_company() -> None:
    assert "贵公司" not in reference.text(bid())
    assert "与贵院订立合同" in reference.text(bid())
    assert "贵公司" in reference.text(world.product("proposal").data)
