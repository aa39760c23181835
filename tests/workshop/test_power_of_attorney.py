"""The power of attorney: whom we authorise to what, on one page."""

from __future__ import annotations

from tests.workshop import deals

ID = "power_of_attorney"


def test_it_names_principal_agent_contract_limit_and_term() -> None:
    found = deals.text({}, ID)
    for said in (
        "致：宁波铄恒精密机械有限公司", "苏州澜砚智造软件有限公司（统一社会信用代码：91990000MA9XL00169",
        "林若川", "SQ-2025-061", "《铄恒精密 MES 一期项目建设合同》（合同编号：LY-XS-2025-0037）",
        "不超过¥2,000,000.00（大写：人民币贰佰万元整）", "至2025年12月31日止", "代理人无转委托权",
    ):  # fmt: skip
        assert said in found


def test_without_a_limit_the_price_of_the_contract_is_the_limit() -> None:
    found = deals.text({"contract.signatories.b.poa.limit": None}, ID)
    assert "以上述合同载明的含税总价¥1,128,000.00为限" in found


def test_the_agents_post_is_printed_where_it_is_known() -> None:
    assert "职务\n/\n" in deals.text({"contract.signatories.b.title": None}, ID)
    assert "副总经理" in deals.text({"contract.signatories.b.title": "副总经理"}, ID)


def test_a_hospital_is_addressed_as_one() -> None:
    found = deals.text({"customer.name": "云泽县示例人民医院"}, ID)
    assert "以我公司名义与贵院签署" in found
    assert "贵公司" not in found
