"""LIA, IPR, CON, DAT and DSP rules: each objects to a change of the sample, not to a right one."""

from __future__ import annotations

import pytest

from tests.rules.deals import Trigger, check_trigger

LIABILITY = "contract.liability"
DISPUTE = "contract.dispute"
ARBITRATION = {
    f"{DISPUTE}.method": "arbitration",
    f"{DISPUTE}.court": None,
    f"{DISPUTE}.institution": "苏州仲裁委员会",
}
TRIGGERS = [
    Trigger(
        "LIA-01",
        {f"{LIABILITY}.late_delivery_daily": "0.0011"},
        f"{LIABILITY}.late_delivery_daily",
        near={f"{LIABILITY}.late_delivery_daily": "0.001"},
        said="年化约 40.15%",
    ),
    Trigger(
        "LIA-02",
        {f"{LIABILITY}.late_payment_daily": "0.0051"},
        f"{LIABILITY}.late_payment_daily",
        near={f"{LIABILITY}.late_payment_daily": "0.005"},
    ),
    Trigger(
        "LIA-02",
        {"contract.termination.grounds": ["乙方违约的，支付合同总价 30% 的违约金，违约金为 30%"]},
        "contract.termination.grounds[0]",
        near={"contract.termination.grounds": ["乙方违约的，违约金为合同总价的 29.9%"]},
    ),
    Trigger("LIA-03", {f"{LIABILITY}.late_delivery_cap": None}, f"{LIABILITY}.late_delivery_cap"),
    Trigger(
        "LIA-04",
        {f"{LIABILITY}.late_delivery_cap": "0.21"},
        f"{LIABILITY}.late_delivery_cap",
        near={f"{LIABILITY}.late_delivery_cap": "0.20"},
    ),
    Trigger("LIA-05", {f"{LIABILITY}.overall_cap": None}, f"{LIABILITY}.overall_cap"),
    Trigger(
        "LIA-05",
        {"contract.termination.grounds": ["乙方违约的，赔偿甲方全部损失"]},
        "contract.termination.grounds[0]",
        near={"contract.approvals[1].opinion": "已删去“全部损失”的说法"},
    ),
    Trigger(
        "LIA-06",
        {f"{LIABILITY}.carve_outs": ["personal_injury", "ip"]},
        f"{LIABILITY}.carve_outs",
        near={f"{LIABILITY}.carve_outs": ["personal_injury", "wilful_or_gross_negligence"]},
        said="故意或重大过失",
    ),
    Trigger(
        "LIA-07",
        {"intent.key_terms[1]": "乙方违约的，双倍返还定金并支付违约金"},
        "intent.key_terms[1]",
        near={"intent.key_terms[1]": "既有定金又有违约金的，守约方可以选择并主张其一"},
    ),
    Trigger("LIA-08", {"contract.termination": None}, "contract.termination", said="缺失"),
    Trigger(
        "LIA-08",
        {"contract.termination.late_payment_days": None},
        "contract.termination",
        said="仅一方",
    ),
    Trigger(
        "LIA-08",
        {"contract.termination.grounds": ["甲方有权随时解除合同"]},
        "contract.termination.grounds[0]",
        near={"contract.termination.grounds": ["任何一方破产的，对方可以解除"]},
    ),
    Trigger(
        "LIA-09",
        {"contract.force_majeure.events": ["地震", "原材料价格上涨"]},
        "contract.force_majeure.events[1]",
        near={"contract.force_majeure.events": ["地震", "战争"]},
    ),
    Trigger(
        "LIA-09", {"contract.force_majeure.notify_days": None}, "contract.force_majeure.notify_days"
    ),
    Trigger("IPR-01", {"contract.ip.background": None}, "contract.ip.background"),
    Trigger(
        "IPR-01",
        {"contract.ip.custom_dev": None},
        "contract.ip.custom_dev",
        near={"contract.ip.custom_dev": None, "proposal.quote.lines[4].kind": "service"},
    ),
    Trigger("IPR-02", {"contract.ip.background": "customer_owns"}, "contract.ip.background"),
    Trigger(
        "IPR-02",
        {"contract.ip.standard_software": "customer_owns"},
        "contract.ip.standard_software",
        near={"contract.ip.custom_dev": "customer_owns"},
    ),
    Trigger(
        "IPR-03",
        {"contract.ip.third_party_indemnity": "false"},
        "contract.ip.third_party_indemnity",
    ),
    Trigger("CON-01", {"contract.confidentiality": None}, "contract.confidentiality.years"),
    Trigger(
        "CON-02",
        {"contract.confidentiality.years": None},
        "contract.confidentiality.years",
        near={"contract.confidentiality": None},
    ),
    Trigger(
        "DAT-01",
        {"contract.data.deletion_on_exit": None},
        "contract.data.deletion_on_exit",
        near={"contract.data.deletion_on_exit": None, "contract.data.return_days": "30"},
    ),
    Trigger(
        "DAT-01",
        {"contract.data.personal_info": "none", "needs.items[0].name": "患者主索引"},
        "contract.data.personal_info",
        near={"contract.data.personal_info": "none"},
    ),
    Trigger(
        "DAT-02",
        {"contract.data.sensitive": "true"},
        "contract.data.protection_level",
        near={"contract.data.sensitive": "true", "contract.data.protection_level": "三级"},
    ),
    Trigger(
        "DAT-02",
        {"customer.industry": {"code": "Q84", "name": "卫生"}},
        "contract.data.protection_level",
        near={
            "customer.industry": {"code": "Q84", "name": "卫生"},
            "contract.data.personal_info": "none",
        },
    ),
    Trigger("DSP-01", {f"{DISPUTE}.method": None}, f"{DISPUTE}.method"),
    Trigger(
        "DSP-02",
        {f"{DISPUTE}.arbitration": "苏州仲裁委员会"},
        f"{DISPUTE}.arbitration",
        ARBITRATION,
    ),
    Trigger("DSP-02", {f"{DISPUTE}.method": "arbitration"}, f"{DISPUTE}.court", ARBITRATION),
    Trigger(
        "DSP-03",
        {**ARBITRATION, f"{DISPUTE}.institution": ""},
        f"{DISPUTE}.institution",
        ARBITRATION,
    ),
    Trigger(
        "DSP-03",
        {**ARBITRATION, f"{DISPUTE}.institution": "苏州仲裁委员会或上海仲裁委员会"},
        f"{DISPUTE}.institution",
        ARBITRATION,
    ),
    Trigger(
        "DSP-04",
        {f"{DISPUTE}.court": "广东省深圳市南山区人民法院"},
        f"{DISPUTE}.court",
        near={f"{DISPUTE}.court": "江苏省苏州市工业园区人民法院"},
    ),
    Trigger(
        "DSP-05",
        {f"{DISPUTE}.court": "被告住所地有管辖权的人民法院"},
        f"{DISPUTE}.court",
        near={f"{DISPUTE}.court": "合同签订地人民法院"},
    ),
    Trigger("DSP-05", {f"{DISPUTE}.court": "浙江省宁波市中级人民法院"}, f"{DISPUTE}.court"),
]


@pytest.mark.parametrize("trigger", TRIGGERS, ids=str)
def test_the_rule_objects(trigger: Trigger) -> None:
    check_trigger(trigger)
