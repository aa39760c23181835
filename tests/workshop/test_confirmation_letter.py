"""The confirmation letter: what is confirmed, in which version, and the reply to tear off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openxml_audit import OpenXmlValidator

from tests import reference, world
from tests.workshop.papers import made, paragraphs, rows

# The letter on the day it is sent: the customer has not answered.
SENT: dict[str, Any] = {
    "proposal.confirmation": {
        "doc_no": "LY-FAQR-2025-0037", "issued": "2025-05-27", "reply_by": "2025-06-03",
    },
}  # fmt: skip


def letter(changes: dict[str, Any]) -> bytes:
    return made("confirmation_letter", changes)


def row(package: bytes, label: str) -> list[str]:
    return next(found for found in rows(package) if found[0] == label)


def test_it_speaks_of_the_version_that_was_out_and_of_its_price() -> None:
    """Version 3 came of the negotiation after it; the letter confirmed version 2."""
    text = reference.text(letter({}))
    assert "解决方案建议书第2版（编号LY-FA-2025-0037，2025年5月26日）" in text
    assert "含税总价¥1,180,900.00，最终价款以商务谈判及正式合同为准" in text
    assert "第3版" not in text
    assert "1,128,000.00" not in text


def test_only_changes_that_the_version_took_up_are_named() -> None:
    known: Any = world.sample().tree["proposal"]
    later = {**known["feedback"][0], "request": "增加一个看板", "version": "3"}
    text = reference.text(letter({"proposal.feedback": [*known["feedback"], later]}))
    assert "主要调整如下：网关由 20 台调整为 24 台（第 2 版已调整并优化许可价）。" in text
    assert "增加一个看板" not in text


def test_without_changes_the_sentence_ends_at_the_version() -> None:
    found = paragraphs(letter({"proposal.feedback": None}))
    assert any(text.endswith("（编号LY-FA-2025-0037，2025年5月26日）。") for text in found)


def test_the_answer_is_ticked_with_its_reservations() -> None:
    package = letter({})
    assert row(package, "确认意见")[1] == "□ 同意　☑ 原则同意　□ 有条件同意　□ 不同意"
    assert row(package, "保留事项") == ["保留事项", "价格与付款方式待商务谈判"]
    assert row(package, "确认人")[1:] == ["章立行（生产副总经理）", "确认日期", "2025-05-30"]
    assert row(package, "签字") == ["签字", "", "盖章", ""]


def test_an_answer_without_reservations_leaves_no_room_for_any() -> None:
    package = letter({"proposal.confirmation.reservations": None})
    assert row(package, "保留事项") == ["保留事项", "无"]


def test_the_letter_that_is_sent_leaves_room_for_the_answer_and_is_no_draft() -> None:
    package = letter(SENT | {"meta.stage": "3"} | dict.fromkeys(
        ("negotiation", "intent", "contract", "delivery", "acceptance", "receivables",
         "aftersales"),
    ))  # fmt: skip
    assert row(package, "确认意见")[1].count("☑") == 0
    assert row(package, "保留事项") == ["保留事项", ""]
    assert row(package, "确认人") == ["确认人", "", "确认日期", "　　年　　月　　日"]
    assert "草稿" not in reference.text(package)
    assert "请于2025年6月3日前将回执签字或盖章后返回。" in paragraphs(package)


def test_several_reservations_are_numbered() -> None:
    package = letter({"proposal.confirmation.reservations": ["价格", "付款"]})
    assert row(package, "保留事项") == ["保留事项", "1. 价格\n2. 付款"]


def test_the_annex_lists_accepted_needs_with_their_functions_and_no_price() -> None:
    package = letter({})
    assert ["N-05", "与 U8 双向接口", "U8 双向接口", "定制开发"] in rows(package)
    assert not any(found[0] == "N-07" for found in rows(package))  # put off by the review
    assert ["L-04", "工业数据采集网关", "LY-GW200", "24台"] in rows(package)
    assert "480,000.00" not in reference.text(package)


def test_it_says_that_rights_follow_the_contract() -> None:
    assert "本函仅用于确认方案内容，双方权利义务以正式签订的合同为准。" in paragraphs(letter({}))


def test_a_long_name_leaves_it_sound(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(letter({"customer.name": "甲" * 200}))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_before_a_letter_is_sent_it_is_about_the_current_version() -> None:
    case = world.changed({"proposal.confirmation": {"reply_by": "2025-07-01"}}).loaded.case
    assert case.proposal.confirmed_version == case.proposal.quote.current_version
    assert len(case.proposal.confirmed_changes) == 1


def test_a_letter_older_than_every_version_is_about_the_current_one() -> None:
    case = world.changed({"proposal.confirmation.date": "2025-01-01"}).loaded.case
    assert case.proposal.confirmed_version == case.proposal.quote.current_version
