"""Blank forms: empty, whole, and still telling which place is which value."""

from __future__ import annotations

import re

import pytest

from salesdocs.produce.blank import blank_form
from salesdocs.word import blank as word_blank
from salesdocs.word.blank import blank_rows, is_entry, is_writable
from salesdocs.word.check import structure_problems
from salesdocs.word.extract import anchored, printed_values
from salesdocs.word.ooxml import DOCUMENT_PART
from salesdocs.word.package import read_members
from salesdocs.word.passages import passages
from salesdocs.word.places import GAP, SHORT_GAP
from salesdocs.word.seal import seal_of
from tests.produce.test_returned import FORMS, blank
from tests.world import library, template_file

EMPTY = re.compile(rf"|{GAP}|{SHORT_GAP}|(?:□\u00a0?[^□☑]*)+")


def text_of(document_id: str) -> str:
    return "\n".join(each.text for each in passages(blank(document_id).data, ""))


@pytest.mark.parametrize("document", library().documents, ids=lambda each: each.id)
def test_every_document_has_a_blank_form_that_word_opens(document) -> None:  # type: ignore[no-untyped-def]
    package = template_file(document.id).read_bytes()
    form = blank_form(document, package, library().catalogue)
    parts = {member.name: member.content for member in read_members(form.data, "")}
    assert structure_problems({DOCUMENT_PART: parts[DOCUMENT_PART]}) == []
    assert seal_of(form.data)["document"] == f"{document.id}.zh"
    assert seal_of(form.data)["data"] == ""
    again = blank_form(document, package, library().catalogue)
    assert again.data == form.data


@pytest.mark.parametrize("document_id", FORMS)
def test_places_to_write_are_empty_and_boxes_unticked(document_id: str) -> None:
    form = blank(document_id)
    values = printed_values(form.data, form.template)
    entries = [
        value
        for value in values
        if is_writable(form.document.pattern(re.sub(r"\[\d+\]", "[]", value.path)))
        and "dimensions" not in value.path
    ]
    assert entries
    assert [value for value in entries if not EMPTY.fullmatch(value.text)] == []
    words = text_of(document_id)
    assert "☑" not in words
    assert "待填" not in words
    assert "草稿" not in words


@pytest.mark.parametrize("document_id", FORMS)
def test_the_fields_of_a_form_have_a_place_on_it(document_id: str) -> None:
    form = blank(document_id)
    places = {form.document.meant(path) for path, _ in anchored(form.template).values()}
    missing = [
        path
        for path in form.document.fields
        if is_writable(path)
        and not any(place == path or place.startswith((f"{path}.", f"{path}[")) for place in places)
        and path not in {choice[0] for each in form.implied.values() for choice in each if choice}
    ]
    assert [path for path in missing if path not in NOT_PRINTED] == []


# What a form's groups name and its paper does not print as a value of its own: it is said in words
# (whether a budget is confirmed), is the number or the owner that the program gives, or is counted.
NOT_PRINTED = frozenset(
    {
        "customer.scale.band", "lead.budget_hint.confirmed", "meta.owner",
        "needs.review.findings[].cost", "needs.review.effort_days", "needs.review.actions[].done",
        "contract.approval_form.doc_no", "contract.delivery.prelim_due",
        "contract.internal.commission_rate", "acceptance.doc_no", "customer.name",
        "acceptance.prelim.attributable_to", "acceptance.final.attributable_to",
        "acceptance.items[].criteria", "aftersales.surveys[].id", "aftersales.surveys[].period",
        "aftersales.surveys[].responses[].comment", "aftersales.surveys[].responses[].id",
        "negotiation.rounds[].id", "negotiation.rounds[].topics[].outcome",
    }
)  # fmt: skip


HOLE = "\u2327"


def holed(value: object, gap: str = "") -> object:
    """What a blank form prints for a value, with a sign where it prints nothing at all."""
    return (
        HOLE if (value is None or str(value) in ("", "0", "/", "-")) and not gap else value or gap
    )


@pytest.mark.parametrize("document_id", FORMS)
def test_no_value_within_words_leaves_a_hole(
    document_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_blank, "_without_nothing", holed)
    package = template_file(document_id).read_bytes()
    form = blank_form(library().document(document_id), package, library().catalogue)
    body = [each.text for each in passages(form.data, "") if each.part == "document"]
    lines = [line for text in body for line in text.split("\n") if HOLE in line]
    # What goes on behind a line to write on is no hole: there is room before it.
    lines = [re.sub(rf"_\s*{HOLE}", "_", line) for line in lines]
    # A value in brackets goes with them: `自终验次日（2026-01-17）起` reads as well without.
    lines = [line.replace(f"次日{HOLE}起", "次日起") for line in lines]
    lines = [line for line in lines if HOLE in line]
    assert lines  # the values alone in their cells
    assert [line for line in lines if re.search(r"\w", SIGNED.sub("", line))] == []


SIGNED = re.compile(rf"^.*(?:签字|签名)[）]?[：:]\s*{HOLE}$")


def test_a_computed_figure_within_words_is_a_short_line() -> None:
    assert f"{SHORT_GAP}条，其中转介绍{SHORT_GAP}条" in text_of("growth_leads")
    words = text_of("survey_form")
    assert f"自发放之日（{GAP}）起保存至 {GAP}，期满销毁。" in words
    assert f"客户成功经理{GAP}，电话{GAP}，或发送至{GAP}。" in words
    assert f"{SHORT_GAP}天（至{GAP}）" in text_of("customer_info")


@pytest.mark.parametrize(
    ("document_id", "fact"),
    [
        ("acceptance_report", "无。"),
        ("acceptance_report", "注：验收项目待列。"),
        ("acceptance_report", "合同"),
        ("acceptance_report", "初验结论"),
        ("lead_screening", "首次评级"),
        ("lead_screening", "注：加粗的为本次评分对应的标准。"),
    ],
)
def test_a_blank_form_states_no_fact(document_id: str, fact: str) -> None:
    assert fact not in text_of(document_id).split("\n")


def test_what_stands_outside_a_computed_list_is_asked_for_once() -> None:
    assert text_of("acceptance_report").count("《") == 1


def test_approvals_are_written_in_rows_of_one_kind() -> None:
    words = text_of("contract_approval")
    assert words.count("□\u00a0修改后同意") == words.count(f"审批意见：{GAP}") == 4


def test_a_form_shows_how_it_is_filled_in() -> None:
    assert "填写说明" in text_of("meeting_minutes")


def test_both_ways_to_state_a_scale_stand_on_the_form_behind_a_box() -> None:
    (line,) = (line for line in text_of("lead_screening").split("\n") if "年营收" in line)
    assert line.count("□") == 2
    assert blank("lead_screening").implied["customer.scale.value"] == [
        ("customer.scale.basis", "headcount"),
        ("customer.scale.basis", "revenue"),
    ]


def test_a_place_that_nothing_introduces_has_its_label() -> None:
    words = text_of("customer_info")
    assert f"手机：{GAP}" in words
    assert f"微信：{GAP}" in words


def test_a_library_says_how_many_rows_a_list_has() -> None:
    paths = {
        path for path, *_ in (v.path.rpartition("[") for v in _values("clarification_minutes"))
    }
    assert "tender.clarifications" in paths
    rows = {v.path for v in _values("clarification_minutes") if v.path.endswith(".question")}
    assert len(rows) == 5


def _values(document_id: str):  # type: ignore[no-untyped-def]
    form = blank(document_id)
    return printed_values(form.data, form.template)


def test_a_list_of_choices_has_all_of_them() -> None:
    rows = blank_rows(None, "aftersales.surveys[].dimensions", 0)
    assert [str(row) for row in rows][:2] == ["product", "stability"]


@pytest.mark.parametrize(
    ("pattern", "entry", "writable"),
    [
        ("customer.name", True, True),
        ("contract.share_total", False, False),
        ("lead.first_contact.by.name", True, True),
        ("lead.first_contact.by.title", False, False),
        ("needs.unreviewed[].name", True, False),
        ("negotiation.rounds[].topics[].agreed_value", True, True),
        ("nowhere", False, False),
    ],
)
def test_what_people_write_is_told_from_what_is_computed(
    pattern: str, entry: bool, writable: bool
) -> None:
    assert is_entry(pattern) is entry
    assert is_writable(pattern) is writable
