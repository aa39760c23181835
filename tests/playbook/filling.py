"""A customer information form filled in by hand in the browser, as a new sales rep does it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests import world

ROWS = {
    "team": {"姓名": "周启明", "岗位": "sales_rep", "职务": "销售代表"},
    "contacts": {"联系人": "何文澜", "职务": "采购总监", "手机": "13800138000"},
}
FILLED = {
    "公司名称": "苏州澜砚智造软件有限公司",
    "文件编号前缀": "LY",
    "项目编号": "XM-2025-0101",
    "项目名称": "测试项目",
    "客户名称": "宁波铄恒精密机械有限公司",
    "行业代码": "C34",
    "行业名称": "通用设备制造业",
    "规模口径": "headcount",
    "规模数值": "620",
    "需求描述": "需要一套生产管理系统\n并与 U8 对接",
    "来源渠道": "exhibition",
    "来源说明": "2025 长三角智能制造展",
    "录入日期": "2025-03-12",
    "主要联系人": "c1",
    "接触日期": "2025-03-14",
    "接触人": "p1",
    "接触方式": "phone",
    "沟通纪要": "确认已立项",
    "项目负责人": "p1",
    "录入人": "p1",
    "客户类型": "new",
}
SAID = ("宁波铄恒精密机械有限公司", "何文澜", "并与 U8 对接", "展会", "2025-03-12")
"""What the document says then."""


def fill_in(page: Page) -> None:
    """Fill in the form of a customer from nothing."""
    for name, values in ROWS.items():
        rows = world.library().catalogue.label(name)
        page.get_by_role("button", name=f"增加一行：{rows}", exact=True).click()
        for label, value in values.items():
            fill(page, label, value, f'[role=group][aria-label="{rows}"] .sd-row')
    for label, value in FILLED.items():
        fill(page, label, value)


def fill(page: Page, label: str, value: str, within: str = ".sd-fill") -> None:
    control = page.locator(within).get_by_label(label, exact=False).first
    if control.evaluate("element => element.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.fill(value)
