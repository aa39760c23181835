"""The change request: what changes, what it costs, and what the decision means for the contract."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import reference
from tests.workshop.papers import errors, made, product, rows

FIELDS = "change_request/CR-01"  # costs nothing
MAINTENANCE = "change_request/CR-02"  # put off


def said(changes: Mapping[str, Any], paper: str = MAINTENANCE) -> dict[str, str]:
    """Label and value of each field."""
    found = rows(made(paper, changes))
    return {
        label: value for line in found for label, value in zip(line[::2], line[1::2], strict=False)
    }


def decided(decision: str, **more: str | None) -> dict[str, Any]:
    changes = {"decision": decision, **more}
    return {f"delivery.changes[1].{name}": value for name, value in changes.items()}


PENDING = decided("pending", decided=None, signed_by=None)


def test_it_names_contract_change_and_who_asked() -> None:
    found = said({})
    assert found["合同编号"] == "LY-XS-2025-0037"
    assert found["变更编号"] == "CR-02"
    assert (found["提出方"], found["提出日期"]) == ("甲方　章立行", "2025-11-21")
    assert found["变更内容"] == "增加设备维保模块"
    assert product(MAINTENANCE, {}).facts.doc_no == "LY-BG-2025-0037-02"


def test_one_of_ours_asks_for_party_b() -> None:
    assert said({"delivery.changes[1].raised_by": "p7"})["提出方"] == "乙方　许知行"


def test_effects_are_stated_in_figures_and_words() -> None:
    found = said({})
    assert found["价款影响"] == "增加¥260,000.00（大写：人民币贰拾陆万元整）"
    assert found["工期影响"] == "延长45日"
    nothing = said({}, FIELDS)
    assert (nothing["价款影响"], nothing["工期影响"]) == ("不影响合同价款", "不影响工期")
    less = said({"delivery.changes[1].amount": "-1280.50", "delivery.changes[1].days": "-3"})
    assert less["价款影响"] == "减少¥1,280.50（大写：人民币壹仟贰佰捌拾元伍角）"
    assert less["工期影响"] == "缩短3日"


@pytest.mark.parametrize(
    ("changes", "meaning"),
    [
        pytest.param({}, "本期不实施，转入二期另行商定", id="put off to phase 2"),
        pytest.param(decided("deferred"), "暂缓实施，恢复时另行确认", id="put off"),
        pytest.param(decided("rejected"), "不实施，合同价款和期限不变。", id="refused"),
        pytest.param(decided("approved"), "补充协议签订前不实施", id="approved, costs money"),
        pytest.param(PENDING, "双方作出决定并签字前不实施", id="open"),
    ],
)
def test_the_decision_says_what_it_means(changes: dict[str, Any], meaning: str) -> None:
    assert meaning in said(changes)["决定说明"]


def test_figures_of_what_was_not_agreed_are_called_estimates() -> None:
    for changes in ({}, decided("deferred"), PENDING):
        assert "影响为测算数" in said(changes)["决定说明"]
    assert "测算" not in said(decided("approved"))["决定说明"]


def test_an_approved_change_without_effect_needs_no_supplement() -> None:
    assert said({}, FIELDS)["决定说明"] == "同意按本单实施，合同价款和期限不变。"


def test_an_open_change_can_be_sent_for_signature_with_no_box_ticked() -> None:
    found = said(PENDING)
    assert found["处理决定"].split() == ["□", "同意", "□", "不同意", "□", "暂缓", "□", "转入二期"]
    assert found["决定日期"] == "　　年　　月　　日"
    assert "☑ 转入二期" in said({})["处理决定"]


def test_those_who_signed_are_named_and_the_managers_before_that() -> None:
    assert ["代表：章立行", "代表：林若川"] in rows(made(MAINTENANCE, {}))
    assert ["代表：俞可凡", "代表：许知行"] in rows(made(MAINTENANCE, PENDING))


def test_an_oral_request_changes_nothing() -> None:
    text = reference.text(made(FIELDS, {}))
    assert "包括口头、电话和即时通讯中的要求，不构成对合同的变更" in text
    assert "线索" not in text


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="the sample"),
        pytest.param(PENDING, id="open"),
        pytest.param({"delivery.changes[1].content": "增加模块" * 200}, id="long"),
        pytest.param({"delivery.changes[1].raised_by": None}, id="nobody asked"),
    ],
)
def test_it_opens_in_word(changes: Mapping[str, Any], tmp_path: Path) -> None:
    assert errors(made(MAINTENANCE, changes, draft=True), tmp_path) == []
