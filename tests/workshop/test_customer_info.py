"""The customer information form: every fact in its place, and what is still missing named."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from salesdocs.case.model.completeness import (
    CONTACT_FACTS,
    CUSTOMER_FACTS,
    LEAD_FACTS,
    REFERRER,
)
from salesdocs.errors import DocumentError
from tests import reference, world
from tests.workshop.papers import empty_cells, fields, flaws, made, printed, rows, smallest

CONTACTS: Any = world.sample().tree["contacts"]
HEAD = ["联系人", "部门与职务", "采购角色", "联系方式", "影响力\n态度", "信息来源、\n告知与备注"]

FULL = {
    "customer.phone": "0574-00000000",
    "customer.website": "www.shuoheng.example.com",
    "contacts.c1.department": "采购部",
    "contacts.c1.consent": {"source": "展会现场交换名片", "notified_on": "2025-03-14"},
    "lead.first_contact.basic_need": "两个车间的报工与质量追溯",
    "lead.first_contact.can_cooperate": "true",
}
MANY = {
    "customer.name": "宁波" * 100,
    "customer.remarks": "集团二期厂房 2026 年投产；" * 15,
    "customer.address_en": "16 Shili Avenue, Beilun, Ningbo",
    "contacts": {
        f"c{number}": {
            **CONTACTS[f"c{(number - 1) % 5 + 1}"],
            "name_en": "He Wenlan",
            "department": "采购与供应链管理中心",
            "title_en": "Purchasing Director",
            "phone": "0574-00000002",
            "wechat": "shuoheng-hewl",
            "remarks": "周五下午一般在车间",
        }
        for number in range(1, 61)
    },
}


@cache
def sample() -> bytes:
    return world.product("customer_info").data


def contacts(package: bytes) -> list[list[str]]:
    """The rows of the table of contacts."""
    found = rows(package)
    start = found.index(HEAD) + 1
    return [row for row in found[start : start + 60] if len(row) == 6]


# -- what it says ----------------------------------------------------------------------------------


def test_the_company_is_described_by_what_the_case_states() -> None:
    found = fields(sample())
    assert found["客户名称"] == "宁波铄恒精密机械有限公司"
    assert found["客户编号"] == "KH-2025-0112"
    assert found["所属行业"] == "C34 通用设备制造业"
    assert found["客户规模"] == "620人（500–1000 人）"
    assert found["单位性质"].split("\n") == [
        "□ 国有　　　　☑ 民营　　　　□ 外资　　　　□ 合资",
        "□ 事业单位　　□ 机关　　　　□ 社会组织　　□ 个体工商户",
    ]
    assert found["客户类型"] == "☑ 新客户　□ 老客户　□ 渠道客户　□ 回流客户"
    assert (found["信用代码"], found["法定代表人"]) == ("91990000MA9XL00244", "郑铄")
    assert (found["登记状态"], found["核查日期"]) == ("正常", "2025-06-20")
    assert found["失信被执行人"] == "未列入"


def test_a_scale_by_revenue_or_by_band_is_said_as_such() -> None:
    by_revenue = {"customer.scale": {"basis": "revenue", "value": "30000000"}}
    found = fields(made("customer_info", by_revenue))
    assert found["客户规模"] == "年营收¥30,000,000.00（2000 万–1 亿元）"
    by_band = {"customer.scale": {"basis": "headcount", "band": "100-299"}}
    assert fields(made("customer_info", by_band))["客户规模"] == "100–299 人"


def test_each_contact_has_a_row_with_the_whole_number() -> None:
    found = contacts(sample())
    assert [row[0] for row in found] == [
        "何文澜（c1）", "章立行（c2）", "俞可凡（c3）", "谷山（c4）", "祁慎（c5）",
    ]  # fmt: skip
    assert found[0][1:] == [
        "采购总监", "采购", "13800138000\nhe@shuoheng.example.com", "高\n中立", "/",
    ]  # fmt: skip
    assert found[1][3] == "0574-00000002"


def test_a_contact_shows_everything_that_is_known_line_by_line() -> None:
    (row,) = contacts(
        made(
            "customer_info",
            {
                "contacts.c1": {
                    **MANY["contacts"]["c1"],
                    "consent": {"source": "展会名片", "notified_on": "2025-03-14"},
                }
            },
        )
    )[:1]
    assert row == [
        "何文澜（c1）\nHe Wenlan",
        "采购与供应链管理中心\n采购总监\nPurchasing Director",
        "采购",
        "13800138000\n0574-00000002\nhe@shuoheng.example.com\n微信：shuoheng-hewl",
        "高\n中立",
        "展会名片\n2025-03-14告知\n备注：周五下午一般在车间",
    ]


def test_source_need_and_first_contact_are_told() -> None:
    found = fields(sample())
    assert found["来源渠道"].startswith("☑ 展会")
    assert found["来源渠道"].count("□") == 8
    assert found["预算范围"] == "¥1,000,000.00至¥1,300,000.00（客户未确认，仅限内部掌握）"
    assert found["现用系统"] == "用友 U8（财务、供应链）；手工报工台账"
    assert (found["接触日期"], found["接触人"], found["接触方式"]) == (
        "2025-03-14", "周启明", "电话",
    )  # fmt: skip
    assert "介绍人" not in found


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        pytest.param({"min": "800000"}, "不低于¥800,000.00", id="from"),
        pytest.param({"max": "900000"}, "不超过¥900,000.00", id="to"),
        pytest.param(
            {"max": "900000", "confirmed": "true"},
            "不超过¥900,000.00（客户已确认）",
            id="confirmed",
        ),
        pytest.param({"min": "0", "max": "0"}, "¥0.00至¥0.00", id="zero is an amount"),
        pytest.param(None, "/", id="unknown"),
    ],
)
def test_the_budget_is_said_as_far_as_it_is_known(hint: Any, said: str) -> None:
    assert fields(made("customer_info", {"lead.budget_hint": hint}))["预算范围"] == said


def test_a_referral_names_who_referred_it() -> None:
    source = {"channel": "referral", "detail": "老客户介绍", "referrer": "湖州某泵业公司设备部经理"}
    assert fields(made("customer_info", {"lead.source": source}))["介绍人"] == source["referrer"]


def test_the_vendor_of_a_system_in_use_is_named() -> None:
    systems = [{"name": "用友 U8", "vendor": "某软件服务商"}, "手工台账"]
    found = fields(made("customer_info", {"customer.existing_systems": systems}))
    assert found["现用系统"] == "用友 U8（供应商：某软件服务商）；手工台账"
    assert fields(made("customer_info", {"customer.existing_systems": []}))["现用系统"] == "/"


# -- what is computed ------------------------------------------------------------------------------


def test_completeness_and_days_since_the_last_contact_are_shown() -> None:
    found = fields(sample())
    assert found["资料完整度"] == "81.1%（30/37项）"
    assert (found["最近联系日期"], found["距最近联系"]) == ("2026-08-14", "17天（至2026-08-31）")


def test_what_is_missing_is_named_until_nothing_is() -> None:
    assert fields(sample())["待补充资料"].split() == [
        "□", "公司电话", "□", "网址", "□", "联系人部门", "□", "联系人信息来源",
        "□", "联系人告知日期", "□", "基本需求", "□", "能否合作",
    ]  # fmt: skip
    found = fields(made("customer_info", FULL))
    assert (found["资料完整度"], found["待补充资料"]) == ("100%（37/37项）", "无")


def test_a_check_that_was_not_made_is_one_thing_to_do_and_a_half_made_one_is_told_apart() -> None:
    none = fields(made("customer_info", {"customer.credit": None}, draft=True))["待补充资料"]
    assert "□ 信用核查" in none
    assert "核查来源" not in none
    some = fields(made("customer_info", {"customer.credit.source": None}, draft=True))["待补充资料"]
    assert "□ 核查来源" in some
    assert "信用核查" not in some


@pytest.mark.parametrize(
    "path", [path for path in (*CUSTOMER_FACTS, *CONTACT_FACTS, *LEAD_FACTS) if "name" not in path]
)
def test_no_fact_counts_that_the_form_does_not_name_when_it_is_missing(path: str) -> None:
    changes: dict[str, Any] = {
        **FULL,
        {
            "customer_size": "meta.sizes.customer",
            "customer.scale.stated_band": "customer.scale",
            "main_contact.any_phone": "contacts.c1.mobile",
        }.get(path, path.replace("main_contact", "contacts.c1")): None,
    }
    changes = _without_inner(changes)
    found = fields(made("customer_info", changes, draft=True))
    assert found["资料完整度"] != "100%（37/37项）"
    assert found["待补充资料"].count("□") == 1


def _without_inner(changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with values that are both given and taken away taken away from the start."""
    gone = [path for path, value in changes.items() if value is None]
    kept = {path: value for path, value in changes.items() if value is not None}
    for path in gone:
        parent, _, name = path.rpartition(".")
        if path in FULL or parent in FULL:
            inner = kept.get(parent)
            if isinstance(inner, dict):
                kept[parent] = {key: value for key, value in inner.items() if key != name}
        else:
            kept[path] = None
    return kept


def test_what_counts_is_asked_for_by_the_form() -> None:
    asked = set(world.library().document("customer_info").fields)
    moved = {
        "customer_size": "customer.size_class",
        "customer.scale.stated_band": "customer.scale.band",
        "main_contact.any_phone": "contacts[].mobile",
    }
    for path in (*CUSTOMER_FACTS, *CONTACT_FACTS, *LEAD_FACTS, REFERRER):
        pattern = moved.get(path, path.replace("main_contact", "contacts[]"))
        assert pattern in asked or f"{pattern}[].name" in asked


def test_a_size_derived_from_scale_is_marked_as_such() -> None:
    ten = {"customer.scale": {"basis": "headcount", "value": "10"}, "meta.sizes.customer": None}
    assert fields(made("customer_info", ten))["企业划型"] == "微型（推算，待财务核定）"


# -- the smallest case -----------------------------------------------------------------------------


def test_a_case_of_twenty_lines_gives_a_form_without_an_empty_cell() -> None:
    package = printed(smallest(), "customer_info")
    found = fields(package)
    assert (found["客户名称"], found["客户规模"]) == (
        "宁波铄恒精密机械有限公司",
        "620人（500–1000 人）",
    )
    for label in (
        "英文名称",
        "客户简称",
        "信用代码",
        "网址",
        "预算范围",
        "现用系统",
        "能否合作",
        "接触人",
    ):
        assert found[label] == "/", label
    assert contacts(package) == [["何文澜（c1）", "采购总监", "/", "13800138000", "/", "/"]]
    assert found["负责人"] == "周启明"
    assert empty_cells(package) == 2  # to sign


def test_a_draft_marks_what_the_first_contact_has_yet_to_bring() -> None:
    found = fields(printed(smallest(), "customer_info", draft=True))
    for label in ("接触日期", "接触人", "接触方式", "沟通纪要"):
        assert found[label] == f"【待填：{label}】"
    assert found["基本需求"] == "/"


def test_a_missing_channel_stops_the_form() -> None:
    with pytest.raises(DocumentError) as caught:
        made("customer_info", {"lead.source.channel": None})
    assert [finding.path for finding in caught.value.findings] == ["lead.source.channel"]


# -- the file --------------------------------------------------------------------------------------


def test_customers_never_see_it_and_it_says_so() -> None:
    assert world.product("customer_info").facts.watermark == "内部"
    assert "密级：内部" in reference.text(sample())


@pytest.mark.parametrize("changes", [MANY, FULL], ids=["long texts and 60 contacts", "complete"])
def test_it_opens_in_word_and_has_no_empty_cell(changes: dict[str, Any], tmp_path: Path) -> None:
    package = made("customer_info", changes)
    assert flaws(package, tmp_path) == []
    assert empty_cells(package) == 2
