"""The supplement: price, time and wording before and after, and that all else stays."""

from __future__ import annotations

from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from tests import reference, world
from tests.workshop import deals

FIRST = {
    "doc_no": "LY-BCXY-2025-0037-1", "date": "2025-11-28", "reason": "增加设备维保模块",
    "amount_delta": "80000.00", "days_delta": "45",
    "articles": ["附件一增加设备维保功能，验收标准为维保工单闭环"],
}  # fmt: skip
SECOND = {
    "doc_no": "LY-BCXY-2025-0037-2", "date": "2025-12-05", "reason": "取消现场巡检",
    "amount_delta": "-8000.00",
}  # fmt: skip


def texts(*rows: dict[str, Any]) -> list[str]:
    dossier = world.changed({"contract.supplements": list(rows)})
    papers = [paper for paper in dossier.papers() if paper.document.id == "supplement"]
    template = world.template("supplement")
    return [reference.text(deals.produce(dossier, paper, template).data) for paper in papers]


def test_price_and_days_are_stated_before_and_after() -> None:
    (found,) = texts(FIRST)
    assert "1,128,000.00\n+80,000.00\n1,208,000.00" in found
    assert "160日\n+45日\n205日" in found
    assert "2025-12-15\n+45日\n2026-01-29" in found
    assert "¥1,208,000.00（大写：人民币壹佰贰拾万捌仟元整）" in found
    assert "验收标准为维保工单闭环" in found
    assert "除本协议变更的内容外，原合同其余条款不变，继续有效。" in found


def test_a_second_supplement_begins_where_the_first_left_off() -> None:
    _, found = texts(FIRST, SECOND)
    assert "1,208,000.00\n−8,000.00\n1,200,000.00" in found
    assert "合同期限不变。" in found
    assert "条款变更" not in found


@pytest.mark.parametrize("left_out", [(), ("amount_delta",), ("amount_delta", "days_delta")])
def test_what_does_not_change_is_said_to_stay(left_out: tuple[str, ...], tmp_path: Any) -> None:
    row = {key: value for key, value in FIRST.items() if key not in left_out}
    (found,) = texts(row)
    assert ("合同总价不变。" in found) == ("amount_delta" in left_out)
    assert ("合同期限不变。" in found) == ("days_delta" in left_out)
    path = tmp_path / "supplement.docx"
    path.write_bytes(deals.made({"contract.supplements": [row]}, "supplement"))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_a_subscription_goes_live_where_other_contracts_are_accepted() -> None:
    found = reference.text(
        deals.made({"contract.type": "saas", "contract.supplements": [FIRST]}, "supplement")
    )
    assert "上线期限\n160日" in found
    assert "初验" not in found
