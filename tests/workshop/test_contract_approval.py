"""The approval form: what the approvers read, the opinions given, and room for those to come."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.table import _Cell
from openxml_audit import OpenXmlValidator

from salesdocs.produce import produce
from salesdocs.word.render import render
from tests import reference, world
from tests.workshop import deals

APPROVED = "☑ 同意　□ 修改后同意　□ 不同意"
OPEN = "□ 同意　□ 修改后同意　□ 不同意"

# The case on the day legal has signed: nothing is sealed, filed or signed yet.
HALFWAY: dict[str, Any] = {
    "meta.stage": "5",
    "contract.signed": None,
    "contract.effective.date": None,
    "contract.approvals[3]": None,
    "contract.approvals[2]": None,
    "contract.approval_form.seal": None,
    "contract.approval_form.archive": None,
    **dict.fromkeys(("delivery", "acceptance", "receivables", "aftersales"), None),
}


def made(changes: Mapping[str, Any]) -> bytes:
    """The finished form of the sample case with other values."""
    dossier = world.changed(changes, ruled=False)
    (paper,) = dossier.papers(ids=["contract_approval"])
    return produce(dossier, paper, world.template("contract_approval"), draft=True).data


@cache
def sample() -> bytes:
    return world.product("contract_approval").data


def rows(package: bytes) -> list[list[str]]:
    """The texts of all table rows in order, spanned cells once, hard spaces as spaces."""
    return [
        [_Cell(cell, table).text.replace("\u00a0", " ") for cell in row._tr.tc_lst]
        for table in docx.Document(BytesIO(package)).tables
        for row in table.rows
    ]


def opinions(package: bytes) -> list[list[str]]:
    """Step, department, opinion, who and when of the opinions, in order."""
    return [
        [row[0], row[1].split("\n")[0], *row[2:]]
        for row in rows(package)
        if len(row) == 5 and "修改后同意" in row[2]
    ]


# -- what it says ----------------------------------------------------------------------------------


def test_a_subscription_is_read_in_the_words_of_its_contract() -> None:
    found = reference.text(made({"contract.type": "saas"}))
    assert "上线期限\n合同生效后160日内" in found
    assert "首批确认为初验，全部批次确认为终验" in found
    assert "违约前十二个月服务费的100%" in found
    assert "质保\n" not in found


def test_the_form_names_contract_counterparty_and_text() -> None:
    found = rows(sample())
    assert ["合同名称", "铄恒精密 MES 一期项目建设合同"] in found
    assert ["合同编号", "LY-XS-2025-0037", "合同类型", "混合合同（系统集成）"] in found
    assert ["合同对方", "宁波铄恒精密机械有限公司\n统一社会信用代码：91990000MA9XL00244"] in found
    assert ["合同含税总价", "¥1,128,000.00（大写：人民币壹佰壹拾贰万捌仟元整）"] in found
    assert ["初验期限", "合同生效后160日内", "交付地点", "甲方北仑工厂"] in found
    assert ["质保", "12个月，自终验合格次日起算"] in found
    sources = next(row[1] for row in found if row[0] == "文本来源")
    assert sources.count("☑") == 1
    assert "☑ 我方文本（有修改）" in sources


def test_price_and_tax_are_split_by_rate_and_add_up() -> None:
    assert [row for row in rows(sample()) if len(row) == 4 and row[0] in ("13%", "6%", "合计")] == [
        ["13%", "802,000.00", "709,734.52", "92,265.48"],
        ["6%", "326,000.00", "307,547.17", "18,452.83"],
        ["合计", "1,128,000.00", "1,017,281.69", "110,718.31"],
        ["合计", "100%", "1,128,000.00", "/"],
    ]


def test_each_payment_has_its_amount_and_what_sets_it_off() -> None:
    found = rows(sample())
    for payment in (
        ["预付款", "30%", "338,400.00", "合同生效后15日内"],
        ["初验款", "30%", "338,400.00", "初验合格后15日内"],
        ["终验款", "35%", "394,800.00", "终验合格后30日内"],
        ["质保金", "5%", "56,400.00", "质保期满后15日内"],
    ):
        assert payment in found


def test_shares_that_do_not_add_up_get_no_total() -> None:
    found = rows(made({"contract.payments[0].share": "0.34"}))
    assert ["合计", "104%", "", "/"] in found


def test_an_exempt_part_says_so_instead_of_a_percentage() -> None:
    found = rows(made({"proposal.quote.lines[4].vat": "exempt"}))
    assert ["免税", "136,800.00", "136,800.00", "0.00"] in found


def test_the_opinions_stand_in_order_with_person_and_day() -> None:
    assert opinions(sample()) == [
        ["1", "销售部", f"条款与意向书一致\n{APPROVED}", "林若川\n ", "2025-06-26"],
        ["2", "法务部", f"已增加责任上限与除外情形\n{APPROVED}", "方敬之\n ", "2025-06-30"],
        ["3", "财务部", f"分税率列示，付款节点可执行\n{APPROVED}", "陆清和\n ", "2025-07-01"],
        ["4", "总经理", f"同意\n{APPROVED}", "沈砚秋\n ", "2025-07-02"],
    ]


def test_seal_and_archive_are_told() -> None:
    found = rows(sample())
    assert ["印章种类", "□ 公章　☑ 合同专用章　□ 不盖章"] in found
    assert ["用印份数", "4份", "骑缝章", "☑ 加盖　□ 不加盖"] in found
    assert ["用印申请人", "周启明", "用印日期", "2025-07-03"] in found
    assert ["档案号", "DA-2025-118", "归档日期", "2025-07-11"] in found


def test_the_approvers_find_the_terms_they_ask_for_first() -> None:
    found = rows(sample())
    assert ["生效条件", "双方签字并盖章之日", "合同份数", "4份，双方各2份"] in found
    assert ["逾期交付责任", "每日0.05%，上限10%", "逾期付款责任", "每日0.05%，上限10%"] in found
    assert ["争议解决", "诉讼，原告住所地有管辖权的人民法院"] in found


def test_a_contract_that_lasts_shows_its_term_and_service_level() -> None:
    lasting = made(
        {
            "contract.term": {
                "months": "36",
                "start": "2025-07-09",
                "end": "2028-07-08",
                "renewal_notice_days": "60",
            },
            "contract.sla": {
                "availability": "0.999",
                "period": "自然月",
                "credits": [
                    {"below": "0.999", "credit": "0.05"},
                    {"below": "0.99", "credit": "0.25"},
                ],
            },
        }
    )
    found = dict(row for row in rows(lasting) if len(row) == 2)
    assert found["合同期限"] == "36个月，2025-07-09至2028-07-08；届满60日前通知续约"
    assert found["服务等级"] == ("可用性不低于99.9%（按自然月）；补偿：低于99.9%补5%，低于99%补25%")
    assert not {"合同期限", "服务等级"} & {row[0] for row in rows(sample())}


def test_enclosures_stand_in_columns_with_a_box_each() -> None:
    (enclosures,) = (row[1] for row in rows(sample()) if row[0] == "送审附件")
    assert enclosures == (
        "☑ 营业执照　　☑ 授权委托书　☑ 报价单\n☑ 合作意向书　□ 中标通知书　☑ 技术附件\n□ 资信材料"
    )


def test_without_a_fingerprint_no_seal() -> None:
    """A contract with gaps is no text that anybody could approve."""
    assert "未生成，不得用印" in reference.text(made({"contract.signatories.a.name": None}))


def test_the_fingerprint_is_that_of_the_contract_the_case_gives_today() -> None:
    printed = next(row[1] for row in rows(sample()) if row[0] == "文本指纹")
    assert printed in reference.text(world.product("contract").data)
    assert "已登记：AAAA" in reference.text(made({"contract.approval_form.final_hash": "AAAA"}))


def test_fallbacks_say_what_we_concede_why_and_who_allowed_it() -> None:
    found = rows(made(deals.FALLBACKS))
    assert [
        "逾期付款", "违约金降为 1.5 倍 LPR，取消上限", "客户为集团统一条款，换取首付款三成",
        "陆清和", "2025-06-26",
    ] in found  # fmt: skip
    assert "备选条款的让步" not in reference.text(sample())


# -- a form on its way -----------------------------------------------------------------------------


def test_steps_still_open_leave_room_to_write() -> None:
    steps = opinions(made(HALFWAY))
    assert [row[:2] for row in steps] == [
        ["1", "销售部"], ["2", "法务部"], ["3", "财务部"], ["4", "总经理"],
    ]  # fmt: skip
    assert [row[2:] for row in steps[2:]] == [[f"\n\n{OPEN}", "", ""]] * 2


def test_what_comes_after_the_opinions_is_blank_and_not_struck_out() -> None:
    found = rows(made(HALFWAY))
    assert ["印章种类", "□ 公章　□ 合同专用章　□ 不盖章"] in found
    assert ["用印份数", "　　份", "骑缝章", "□ 加盖　□ 不加盖"] in found
    assert ["档案号", "", "归档日期", "　　年　　月　　日"] in found


@pytest.mark.parametrize(
    ("amount", "departments"),
    [
        pytest.param("199999.99", ["销售部", "法务部", "财务部"], id="small"),
        pytest.param("200000", ["销售部", "销售部", "法务部", "财务部"], id="from 200,000"),
        pytest.param("1000000", ["销售部", "法务部", "财务部", "总经理"], id="from 1,000,000"),
    ],
)
def test_the_amount_decides_who_is_asked(amount: str, departments: list[str]) -> None:
    package = made({**HALFWAY, "contract.approvals": [], "contract.amount": amount})
    assert [row[1] for row in opinions(package)] == departments


@pytest.mark.parametrize(("amount", "asked"), [("4999999.99", False), ("5000000", True)])
def test_very_large_contracts_need_the_board(amount: str, asked: bool) -> None:
    assert ("董事会或集团" in reference.text(made({"contract.amount": amount}))) == asked


def test_an_opinion_beyond_the_required_ones_is_not_lost() -> None:
    refused = {"step": "1", "dept": "sales", "by": "p2", "date": "2025-06-25", "result": "rejected"}
    given: Any = world.sample().tree["contract"]
    package = made({"contract.approvals": [refused, *given["approvals"]]})
    assert len(opinions(package)) == 5
    assert "☑ 不同意" in opinions(package)[0][2]


# -- checks ----------------------------------------------------------------------------------------


def test_a_check_without_a_result_has_boxes_until_the_conclusion_is_drawn() -> None:
    check = "contract.approval_form.counterparty_check"
    found = {row[0]: row[1] for row in rows(made({check: {"licence": "pass"}})) if len(row) == 2}
    assert found["营业执照"].startswith("☑ 通过")
    assert found["信用代码"].startswith("□ 通过")
    done = {row[0]: row[1] for row in rows(sample()) if len(row) == 2}
    assert done["信用代码"] == "91990000MA9XL00244"
    assert done["核查结论"].startswith("☑ 通过")


def test_a_dishonest_debtor_is_named_as_such() -> None:
    assert "未列入失信被执行人" in reference.text(sample())
    text = reference.text(made({"customer.credit.dishonest_list": "true"}))
    assert "；列入失信被执行人" in text


def test_deviations_from_the_standard_text_are_listed_or_none() -> None:
    assert ["责任上限", "合同总价 100%", "合同总价 100%，增加除外情形", "/"] in rows(sample())
    found = rows(made({"contract.approval_form.deviations": None}))
    assert found[found.index(["条款", "标准内容", "约定内容", "差异理由"]) + 1] == ["无"]


def test_dispositions_of_warnings_are_listed_when_there_are_any() -> None:
    assert "处置意见" not in reference.text(sample())
    row = {"rule": "LIA-01", "by": "p5", "date": "2025-06-29", "text": "双方对等，可以接受"}
    package = made({"contract.internal.lint_dispositions": [row]})
    assert ["LIA-01", "双方对等，可以接受", "方敬之", "2025-06-29"] in rows(package)
    assert "警告　　条，处置1条" in reference.text(package)


def test_an_agent_shows_the_power_of_attorney() -> None:
    text = reference.text(sample())
    agent = "授权代表 林若川\n授权委托书 SQ-2025-061，有效期至 2025-12-31，限额 ¥2,000,000.00"
    assert f"甲方：法定代表人 郑铄\n乙方：{agent}" in text


def test_the_margin_is_printed_where_it_may_be_seen_and_leaves_no_gap_elsewhere() -> None:
    names = {name: getattr(world.sample().case, name) for name in NAMES}
    facts = world.product("contract_approval").facts
    seen = render(world.template("contract_approval"), {**names, "document": facts})
    assert ["毛利率", "46%", "印花税估算", "¥251.64"] in rows(seen)
    stripped = {name: getattr(world.dossier().case_for("customer"), name) for name in NAMES}
    unseen = render(world.template("contract_approval"), {**stripped, "document": facts})
    assert "毛利率" not in reference.text(unseen)


NAMES = ("meta", "supplier", "customer", "proposal", "contract", "stamp_duty")


# -- the file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(HALFWAY, id="halfway"),
        pytest.param(
            {"customer.name": "宁波" * 100, "contract.approvals[0].opinion": "同意" * 100},
            id="texts of 200 characters",
        ),
        pytest.param(
            {
                "contract.payments": None,
                "contract.approvals": None,
                "contract.approval_form": {"doc_no": "LY-HTSP-2025-0037"},
                "contract.amount": None,
                "customer.credit": None,
                "receivables": None,
            },
            id="nothing but the contract",
        ),
    ],
)
def test_it_opens_in_word(changes: Mapping[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "contract_approval.docx"
    path.write_bytes(made(changes))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
