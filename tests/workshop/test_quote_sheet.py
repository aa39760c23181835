"""The quote sheet: the proposal's price table alone, on landscape paper, with what a buyer asks."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from openxml_audit import OpenXmlValidator

from tests import reference, world
from tests.workshop.papers import made, rows

# What later stages refer to quote lines with, for quotes with other lines.
LATER: dict[str, Any] = dict.fromkeys(
    ("contract", "delivery", "acceptance", "receivables", "aftersales"), None
)


def sheet(changes: dict[str, Any]) -> bytes:
    return made("quote_sheet", changes)


def below(package: bytes) -> dict[str, str]:
    """The rows of two cells: what stands below the totals."""
    return {row[0]: row[1] for row in rows(package) if len(row) == 2}


def subscription() -> dict[str, Any]:
    """A quote of a yearly fee for stores and a set-up charged once."""
    base = {"spec": "标准版", "vat": "0.06", "discount": "0", "needs": ["N-01"], "kind": "saas"}
    lines = [
        {**base, "id": "L-01", "name": "门店", "unit": "家", "qty": "86", "price": "2400.00",
         "billing": "yearly"},
        {**base, "id": "L-02", "name": "开通", "unit": "次", "qty": "1", "price": "30000.00"},
    ]  # fmt: skip
    return LATER | {"proposal.quote.lines": lines, "meta.stage": "4"}


def test_it_is_landscape_from_the_first_page() -> None:
    (section,) = docx.Document(BytesIO(sheet({}))).sections
    assert section.orientation == WD_ORIENT.LANDSCAPE


def test_lines_and_totals_are_those_of_the_proposal() -> None:
    found = rows(sheet({}))
    assert [
        "L-01", "MES 平台软件许可　永久授权，不限用户", "套", "1", "480,000.00", "八五折",
        "408,000.00", "408,000.00", "13%", "361,061.95", "46,938.05",
    ] in found  # fmt: skip
    assert ["合计", "1,128,000.00", "/", "1,017,281.69", "110,718.31"] in found
    table = [row for row in rows(world.product("proposal").data) if row[0].startswith("L-")]
    assert [row for row in found if row[0].startswith("L-")] == [r for r in table if len(r) == 11]


def test_words_savings_and_rates_stand_below_the_totals() -> None:
    found = below(sheet({}))
    assert found["合计大写"] == "人民币壹佰壹拾贰万捌仟元整"
    assert found["优惠金额"].startswith("150,000.00（目录价合计1,278,000.00，优惠11.74%")
    assert found["分税率小计"] == (
        "13%：含税802,000.00，其中税额92,265.48；6%：含税326,000.00，其中税额18,452.83"
    )


def test_one_rate_needs_no_subtotals() -> None:
    assert "分税率小计" not in below(sheet(subscription()))


def test_what_is_charged_yearly_and_once_is_summed_apart() -> None:
    package = sheet(subscription())
    found = below(package)
    assert found["其中"] == "按年计费206,400.00；一次性收费30,000.00"
    assert ["L-01", "门店　标准版（按年计费）", "家"] in [row[:3] for row in rows(package)]
    assert ["L-02", "开通　标准版（一次性收费）", "次"] in [row[:3] for row in rows(package)]
    assert "合计为首年应付金额，以后各年只计按年计费部分；" in reference.text(package)


def test_the_proposal_says_the_same_of_charges() -> None:
    found = below(made("proposal", subscription()))
    assert found["其中"] == "按年计费206,400.00；一次性收费30,000.00"


@pytest.mark.parametrize("document", ["quote_sheet", "proposal"])
def test_a_quote_that_is_paid_once_does_not_speak_of_charging(document: str) -> None:
    text = reference.text(made(document, {}))
    assert "计费" not in text
    assert "一次性" not in text


def test_monthly_lines_claim_no_first_year() -> None:
    changes = subscription()
    changes["proposal.quote.lines"][1]["billing"] = "monthly"
    package = sheet(changes)
    assert "按月计费30,000.00" in below(package)["其中"]
    assert "首年" not in reference.text(package)


def test_validity_and_payment_are_said() -> None:
    text = reference.text(sheet({}))
    assert "本报价有效期至2025年7月31日；逾期须经我公司书面确认" in text
    assert "付款方式：以双方签订的合同约定为准。" in text
    terms = "合同生效后 15 日内付 30%，余款验收后付清"
    assert f"付款方式：{terms}。" in reference.text(sheet({"proposal.quote.payment_terms": terms}))


def test_another_currency_has_no_capitals_and_no_yuan() -> None:
    text = reference.text(sheet({"proposal.quote.currency": "USD"}))
    assert "报价币种为美元" in text
    assert "单位：美元" in text
    assert "人民币" not in text


def test_sixty_lines_leave_it_sound(tmp_path: Path) -> None:
    known: Any = world.sample().tree["proposal"]
    given = known["quote"]["lines"]
    lines = [{**given[n % len(given)], "id": f"L-{n + 1:02}"} for n in range(60)]
    path = tmp_path / "quote.docx"
    path.write_bytes(
        sheet(
            LATER | {"meta.stage": "4", "proposal.quote.lines": lines, "customer.name": "甲" * 200}
        )
    )
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
    assert any(row[0] == "L-60" for row in rows(path.read_bytes()))
