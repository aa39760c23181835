"""The payment letter: it asks before the due day and reminds after it, politely and exactly."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import reference, world
from tests.workshop.papers import bodies, errors, made, product, rows

FINAL = "payment_letter/P-03"  # 终验款
OPEN: dict[str, Any] = {"meta.stage": "6", "receivables[2]": None, "aftersales": None}
ASKED = {**OPEN, "meta.as_of": "2026-01-20"}
LATE = {**OPEN, "meta.as_of": "2026-03-20"}
INVOICED = {
    "contract.invoicing.when": "before_payment",
    "contract.invoicing.pay_days": "10",
    "receivables[2]": {
        "payment": "P-03",
        "invoice_no": "25322000000000000018",
        "invoice_date": "2026-01-19",
        "amount": "0",
    },
}
PART_PAID = {
    **LATE,
    "receivables[2]": {"payment": "P-03", "received": "2026-02-20", "amount": "100000"},
}


def letters(changes: Mapping[str, Any]) -> list[str]:
    return [
        paper.name for paper in world.changed(changes, ruled=False).papers(ids=["payment_letter"])
    ]


def text(changes: Mapping[str, Any]) -> str:
    return reference.text(made(FINAL, changes))


# -- when there is one -----------------------------------------------------------------------------


def test_a_letter_goes_out_for_each_payment_that_is_due_and_unpaid() -> None:
    assert letters({}) == []
    assert letters(ASKED) == ["payment_letter/P-03"]
    assert letters({**ASKED, "meta.as_of": "2026-01-15"}) == []
    assert letters({**LATE, "receivables": None}) == [
        f"payment_letter/P-0{number}" for number in (1, 2, 3)
    ]


def test_title_number_and_file_name_go_with_the_due_day() -> None:
    asked, late = (product(FINAL, changes) for changes in (ASKED, LATE))
    assert (asked.facts.title, late.facts.title) == ("请款函", "催款函")
    assert asked.name.startswith("LY-QK-2025-0037-03_请款函_")
    assert late.name.startswith("LY-QK-2025-0037-03_催款函_")
    on_the_day = product(FINAL, {**OPEN, "meta.as_of": "2026-02-24"})
    assert on_the_day.facts.title == "请款函"


# -- what it says ----------------------------------------------------------------------------------


def test_it_states_contract_clause_event_and_amount() -> None:
    said = text(ASKED)
    assert (
        "贵我双方于2025年7月8日签订了《铄恒精密 MES 一期项目建设合同》（编号：LY-XS-2025-0037）"
        in said
    )
    assert "终验款（合同总价的35%）于终验合格后30日内支付" in said
    assert "上述付款条件已于2026年1月16日成就" in said
    assert "2026年2月24日前（含当日）支付¥394,800.00（大写：人民币叁拾玖万肆仟捌佰元整）" in said
    assert "逾期" not in said
    assert "回　执" not in said


def test_a_reminder_says_since_when_and_how_long_and_threatens_nobody() -> None:
    said = text(LATE)
    assert "上述款项已于2026年2月24日到期，截至2026年3月20日已逾期24日" in said
    assert "如已付款，请忽略本函并告知付款日期" in said
    assert "保留依合同约定主张逾期付款责任的权利" in said
    assert "回　执" in said
    for harsh in ("起诉", "律师", "违约金", "必须", "否则"):
        assert harsh not in said


def test_a_hospital_is_addressed_as_one() -> None:
    hospital = {"customer.name": "云泽县示例人民医院"}
    assert "现请贵院于" in text({**ASKED, **hospital})
    assert "敬请贵院收到本函后" in text({**LATE, **hospital})


def test_the_damages_are_for_us_to_know() -> None:
    damages = world.changed(LATE, ruled=False).loaded.case.payment_schedule[2].damages
    assert damages
    assert f"{damages:,}" not in text(LATE)


def test_what_came_in_is_taken_off() -> None:
    found = rows(made(FINAL, PART_PAID))
    assert ["已收金额", "¥100,000.00", "最近到账日", "2026-02-20"] in found
    assert ["尚欠金额", "¥294,800.00", "逾期天数", "24"] in found
    assert "我公司已收到¥100,000.00，尚有¥294,800.00（大写：人民币贰拾玖万肆仟捌佰元整）" in text(
        PART_PAID
    )


def test_the_invoice_is_named_or_the_clause_on_it() -> None:
    found = {row[0]: row[1] for row in rows(made(FINAL, ASKED))}
    assert found["发票"] == "按合同约定收款后开票，发票类型为增值税专用发票"
    said = made(FINAL, {**ASKED, **INVOICED})
    issued = "已开具增值税专用发票，号码25322000000000000018，开票日期2026-01-19"
    assert {row[0]: row[1] for row in rows(said)}["发票"] == issued


def test_enclosures_are_those_there_are() -> None:
    assert "附件：项目验收报告（编号LY-YS-2025-0037）" in text(ASKED)
    both = "附件：\n发票（号码25322000000000000018）\n项目验收报告（编号LY-YS-2025-0037）"
    assert both in text({**ASKED, **INVOICED})
    first = reference.text(made("payment_letter/P-01", {**LATE, "receivables": None}))
    assert "附件" not in first


def test_the_account_is_that_of_the_contract_and_no_mail_changes_it() -> None:
    found = rows(made(FINAL, ASKED))
    assert ["收款单位", "苏州澜砚智造软件有限公司"] in found
    assert ["开户银行", "示例银行苏州园区支行", "银行账号", "0000000000000000018"] in found
    assert "我公司不以电话、邮件或即时通讯方式变更账户" in text(ASKED)


def test_a_payment_on_an_agreed_day_names_no_event() -> None:
    agreed = {
        **ASKED,
        "contract.payments[2].event": "date",
        "contract.payments[2].date": "2026-01-15",
        "contract.payments[2].days": None,
    }
    said = text(agreed)
    assert "终验款（合同总价的35%）于2026年1月15日前支付。" in said
    assert "成就" not in said


def test_a_due_day_no_holiday_notice_covers_yet_says_so() -> None:
    far = {
        **OPEN,
        "acceptance.prelim.date": "2089-12-01",
        "acceptance.final.date": "2089-12-20",
        "meta.as_of": "2089-12-21",
    }
    assert "遇法定休假日的，按国家公布的放假安排顺延" in text(far)
    assert "放假安排" not in text(ASKED)


# -- the file --------------------------------------------------------------------------------------

CASES = [
    pytest.param(ASKED, id="asked"),
    pytest.param({**ASKED, **INVOICED}, id="invoiced"),
    pytest.param(LATE, id="late"),
    pytest.param(PART_PAID, id="paid in part"),
    pytest.param({**LATE, "customer.name": "宁波" * 100}, id="a name of 200 characters"),
    pytest.param({**ASKED, "acceptance.doc_no": None}, id="nothing to enclose"),
]


@pytest.mark.parametrize("changes", CASES)
def test_it_opens_in_word(changes: Mapping[str, Any], tmp_path: Path) -> None:
    assert errors(made(FINAL, changes, draft=True), tmp_path) == []


@pytest.mark.parametrize("changes", CASES)
def test_it_is_what_docxtpl_makes_of_the_template(changes: Mapping[str, Any]) -> None:
    ours, theirs = bodies(FINAL, changes)
    assert ours == theirs
