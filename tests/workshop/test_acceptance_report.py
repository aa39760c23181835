"""The acceptance report: promise beside fact, item by item, and nothing of ours in it."""

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
from tests import reference, world

# A report written after preliminary acceptance, before the trial run ends.
PRELIMINARY: dict[str, Any] = {
    "meta.stage": "6",
    "acceptance.final": None,
    "acceptance.prelim.a_team": ["c3"],
    "acceptance.prelim.b_team": ["p7"],
    "acceptance.open_issues[0].closed": None,
    "receivables": None,
    "aftersales": None,
}
BARE: dict[str, Any] = {
    **dict.fromkeys(
        (
            "acceptance.documents",
            "acceptance.open_issues",
            "acceptance.items",
            "delivery.changes",
            "delivery.milestones",
            "aftersales",
            "contract.annexes",
        ),
        None,
    ),
    "acceptance.final.a_team": None,
    "acceptance.final.b_team": None,
}


def made(changes: Mapping[str, Any]) -> bytes:
    """The finished report of the sample case with other values."""
    dossier = world.changed(changes, ruled=False)
    (paper,) = dossier.papers(ids=["acceptance_report"])
    return produce(dossier, paper, world.template("acceptance_report"), draft=True).data


@cache
def sample() -> bytes:
    return world.product("acceptance_report").data


def rows(package: bytes) -> list[list[str]]:
    """The texts of all table rows in order, spanned cells once, hard spaces as spaces."""
    return [
        [_Cell(cell, table).text.replace("\u00a0", " ") for cell in row._tr.tc_lst]
        for table in docx.Document(BytesIO(package)).tables
        for row in table.rows
    ]


def headings(package: bytes) -> list[str]:
    paragraphs = docx.Document(BytesIO(package)).paragraphs
    return [p.text for p in paragraphs if p.style and p.style.name == "Heading 1"]


def below(package: bytes, heading: str) -> str:
    """The next paragraph of the body after a heading."""
    texts = [paragraph.text for paragraph in docx.Document(BytesIO(package)).paragraphs]
    return texts[texts.index(heading) + 1]


def many(count: int) -> dict[str, Any]:
    """So many deliverables, each with a quote line and an acceptance item."""
    tree: Any = world.sample().tree
    line, *_ = tree["proposal"]["quote"]["lines"]
    numbers = range(8, count + 1)
    quote, contract, acceptance = tree["proposal"]["quote"], tree["contract"], tree["acceptance"]
    return {
        "proposal.quote.lines": [*quote["lines"], *({**line, "id": f"L-{n:02}"} for n in numbers)],
        "contract.deliverables": [
            *contract["deliverables"],
            *(
                {
                    "id": f"D-{n:02}",
                    "name": f"模块 {n}",
                    "lines": [f"L-{n:02}"],
                    "criteria": "逐项通过",
                }
                for n in numbers
            ),
        ],
        "acceptance.items": [
            *acceptance["items"],
            *(
                {
                    "id": f"A-{n:02}",
                    "deliverable": f"D-{n:02}",
                    "result": "pass",
                    "evidence": "见记录",
                }
                for n in numbers
            ),
        ],
    }


# -- what it says ----------------------------------------------------------------------------------


def test_the_sections_stand_in_their_order() -> None:
    assert headings(sample()) == [
        "项目概况", "验收依据", "验收过程", "验收项目", "履约对照", "移交资料", "遗留问题",
        "变更汇总", "需求追溯", "验收结论", "验收组签字", "双方意见与签章",
    ]  # fmt: skip


def test_project_parties_and_period_are_named() -> None:
    found = rows(sample())
    assert ["甲方", "宁波铄恒精密机械有限公司"] in found
    assert ["乙方", "苏州澜砚智造软件有限公司"] in found
    assert ["合同编号", "LY-XS-2025-0037", "签订日期", "2025-07-08"] in found
    assert ["合同含税总价", "¥1,128,000.00（大写：人民币壹佰壹拾贰万捌仟元整）"] in found
    assert ["项目周期", "2025-07-21至2026-01-16"] in found
    assert "项目验收报告（终验）" in reference.text(sample())


def test_the_price_after_supplements_is_told_where_there_are_any() -> None:
    added = {"doc_no": "LY-XS-2025-0037-BC01", "date": "2025-10-15", "amount_delta": "26000"}
    package = made({"contract.supplements": [{**added, "reason": "增加看板"}]})
    assert ["补充协议后总价", "¥1,154,000.00"] in rows(package)
    assert "补充协议：增加看板（LY-XS-2025-0037-BC01，2025年10月15日）" in reference.text(package)


def test_the_basis_is_the_contract_its_annexes_and_the_changes_both_agreed_on() -> None:
    text = reference.text(sample())
    assert (
        "《铄恒精密 MES 一期项目建设合同》（LY-XS-2025-0037，2025年7月8日）及其附件："
        "附件一 技术方案与功能清单、附件二 报价明细表、"
    ) in text
    assert "变更：入库单增加炉批号字段（CR-01，2025年9月29日）" in text


def test_each_item_stands_beside_the_criteria_of_the_contract() -> None:
    found = rows(sample())
    assert [
        "A-05", "D-05 U8 接口", "连续 10 个工作日三类单据同步成功率不低于 99.5%",
        "10 个工作日同步成功率 99.8%", "合格",
    ] in found  # fmt: skip
    assert sum(row[0].startswith("A-0") for row in found if len(row) == 5) == 7
    assert "共验收7项：合格7项。" in reference.text(sample())


def test_every_result_that_occurs_is_counted() -> None:
    changes = {
        "acceptance.items[0].result": "pass_with_issues",
        "acceptance.items[1].result": "fail",
    }
    text = reference.text(made(changes))
    assert "共验收7项：合格5项、有问题但可接受1项、不合格1项。" in text


def test_how_an_item_was_tested_follows_its_criteria() -> None:
    found = rows(made({"acceptance.items[2].method": "抽测 10 个批次"}))
    (criteria,) = (row[2] for row in found if row[0] == "A-03")
    assert criteria.endswith("\n方法：抽测 10 个批次")


def test_promise_and_fact_are_compared_to_the_day() -> None:
    found = rows(sample())
    assert ["初验", "合同", "2025-12-15", "2025-12-12", "−3", "/"] in found
    assert ["终验", "合同", "2026-01-12", "2026-01-16", "4", "待双方确认"] in found
    assert ["U8 接口联调完成", "交付计划", "2025-10-24", "2025-10-31", "7", "待双方确认"] in found
    assert "签订正式合同" not in reference.text(sample())


def test_only_approved_changes_are_summed_up() -> None:
    text = reference.text(sample())
    assert ["CR-01", "入库单增加炉批号字段", "0.00", "0", "2025-09-29", "俞可凡、许知行"] in rows(
        sample()
    )
    assert "CR-02" not in text
    assert "260,000" not in text


def test_every_need_can_be_followed_to_its_acceptance() -> None:
    found = rows(sample())
    assert ["N-05 与 U8 双向接口", "U8 双向接口", "D-05", "A-05"] in found
    case = world.sample().case
    traced = [row[0].partition(" ")[0] for row in found if row[0].startswith("N-")]
    assert traced == [need.id for need in case.needs.accepted]


def test_the_conclusion_starts_warranty_and_payment() -> None:
    found = dict(row for row in rows(sample()) if len(row) == 2)
    assert found["终验结论"] == "☑ 通过　□ 有条件通过　□ 不通过"
    assert found["遗留问题"] == "已全部关闭。"
    assert found["质保期"] == "12个月，自终验合格次日（2026-01-17）起，至2027-01-16止。"
    assert found["合同付款条款"] == "终验款（合同总价的35%）：终验合格后30日内支付。"


def test_both_teams_and_both_parties_sign() -> None:
    found = rows(sample())
    assert ["章立行", "生产副总经理", "", ""] in found
    assert ["许知行", "项目经理", "", ""] in found
    assert ["甲方：宁波铄恒精密机械有限公司", "乙方：苏州澜砚智造软件有限公司"] in found
    assert ["（盖章）", "（盖章）"] in found


def test_no_signature_page_stands_alone() -> None:
    body = list(docx.Document(BytesIO(sample())).element.body)
    texts = ["".join(node.text or "" for node in part.iter(f"{reference.W}t")) for part in body]
    first = texts.index("双方意见与签章")
    last = next(n for n in range(first, len(texts)) if "授权代表（签字）" in texts[n])
    between = [p for part in body[first + 1 : last + 1] for p in part.iter(f"{reference.W}p")]
    assert all(p.find(f".//{reference.W}keepNext") is not None for p in between)


# -- nothing of ours -------------------------------------------------------------------------------


def test_no_receivables_margins_or_phones_are_printed() -> None:
    text = reference.text(sample())
    for secret in ("338,400.00", "394,800.00", "394.80", "2026-02", "46%", "13800138000", "0512-"):
        assert secret not in text


# -- a report on its way ---------------------------------------------------------------------------


def test_a_subscription_has_a_term_of_service_and_no_warranty() -> None:
    found = dict(row for row in rows(made({"contract.type": "saas"})) if len(row) == 2)
    assert found["服务期"].startswith("12个月")
    assert "质保期" not in found


def test_after_preliminary_acceptance_it_speaks_of_that_one() -> None:
    package = made(PRELIMINARY)
    found = dict(row for row in rows(package) if len(row) == 2)
    assert ["事项", "初验"] in rows(package)
    assert found["初验结论"] == "□ 通过　☑ 有条件通过　□ 不通过"
    assert found["遗留问题"] == "1项未关闭，按遗留问题表所列期限整改。"
    assert found["质保期"] == "12个月，自终验合格次日起算。"
    assert found["合同付款条款"] == "初验款（合同总价的30%）：初验合格后15日内支付。"
    assert found["项目周期"] == "2025-07-21至2025-12-12"
    assert ["俞可凡", "信息部经理", "", ""] in rows(package)
    assert "地点" not in found  # nothing was said of it


def test_an_open_issue_is_marked_as_open() -> None:
    found = rows(made(PRELIMINARY))
    assert ["O-01", "看板字体偏小", "轻微", "许知行", "2025-12-31", "未关闭"] in found


def test_a_failed_item_is_bold() -> None:
    document = docx.Document(BytesIO(made({"acceptance.items[0].result": "fail"})))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    (failed,) = (cell for cell in cells if cell.text == "不合格")
    assert [run.style.name for run in failed.paragraphs[0].runs if run.text] == ["Strong"]


@pytest.mark.parametrize("heading", ["移交资料", "遗留问题", "变更汇总"])
def test_an_empty_list_is_none_in_words(heading: str) -> None:
    assert below(made(BARE), heading) == "无。"


def test_nobody_to_sign_leaves_no_heading_behind() -> None:
    assert "验收组签字" not in headings(made(BARE))


# -- the file --------------------------------------------------------------------------------------


def test_sixty_deliverables_are_all_inspected_and_traced() -> None:
    package = made(many(60))
    found = rows(package)
    items = [row[0] for row in found if len(row) == 5 and row[0].startswith("A-")]
    assert items == [f"A-{n:02}" for n in range(1, 61)]
    first = next(row for row in found if row[0].startswith("N-01"))
    assert len(first[3].split()) == len(first[2].split()) == 56
    assert "共验收60项：合格60项。" in reference.text(package)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(PRELIMINARY, id="preliminary"),
        pytest.param(BARE, id="bare"),
        pytest.param(
            {"customer.name": "宁波" * 100, "contract.deliverables[0].name": "平台" * 100},
            id="names of 200 characters",
        ),
    ],
)
def test_it_opens_in_word(changes: Mapping[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "acceptance_report.docx"
    path.write_bytes(made(changes))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


# -- third parties and batches ---------------------------------------------------------------------

WITNESSED = [
    {"organisation": "示例测评中心", "name": "钟平", "role": "第三方测试", "opinion": "测试通过"},
    {"organisation": "示例学会", "name": "方圆", "role": "专家组组长", "opinion": "同意终验"},
]
BATCHES = [
    {"id": "B-01", "name": "一车间", "date": "2025-11-28", "count": "24", "unit": "台",
     "scope": "网关 1 至 24 号", "result": "pass", "signed_by": "c4", "remarks": "复验一次"},
]  # fmt: skip


def test_third_parties_state_their_opinion_and_have_room_to_sign() -> None:
    found = rows(made({"acceptance.final.witnesses": WITNESSED}))
    assert ["1", "示例测评中心", "钟平", "第三方测试", "测试通过"] in found
    assert ["方圆", "专家组组长", "", ""] in found


def test_batches_say_what_was_accepted_when_and_who_signed() -> None:
    found = rows(made({"acceptance.batches": BATCHES}))
    head = ["批次", "批次名称", "签收日期", "数量", "范围", "结论", "签收人"]
    assert head in found
    row = found[found.index(head) + 1]
    assert row == [
        "B-01",
        "一车间",
        "2025-11-28",
        "24台",
        "网关 1 至 24 号\n复验一次",
        "通过",
        "谷山",
    ]


def test_without_third_parties_and_batches_nothing_speaks_of_them() -> None:
    text = reference.text(sample())
    assert "第三方" not in text
    assert "分批验收" not in text
