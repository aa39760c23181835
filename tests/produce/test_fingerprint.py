"""The fingerprint of a contract: the same as long as its words are, and what follows from it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from salesdocs.errors import DocumentError
from salesdocs.produce import contract_findings
from salesdocs.produce.fingerprint import contract_digest, printed_digest, same, shown
from salesdocs.word.counted import counted_text
from tests import reference, world
from tests.workshop import deals

PRINTED = re.compile(r"[0-9A-F]{4}(?:-[0-9A-F]{4}){3}")
UNSIGNED: dict[str, Any] = {
    "meta.stage": "5", "contract.signed": None, "contract.signed_at": None,
    "contract.effective.date": None, "contract.approvals": None, "contract.approval_form": None,
    **dict.fromkeys(("delivery", "acceptance", "receivables", "aftersales"), None),
}  # fmt: skip


def document_of(package: bytes, part: str = "document") -> bytes:
    with ZipFile(BytesIO(package)) as archive:
        return archive.read(f"word/{part}.xml")


def printed(changes: dict[str, Any], *, draft: bool = False) -> str:
    """The one fingerprint that the contract prints in its last article and in its footers."""
    package = deals.made(changes, "contract", draft)
    footers = "".join(document_of(package, f"footer{number}").decode() for number in (1,))
    found = {*PRINTED.findall(reference.text(package)), *PRINTED.findall(footers)}
    assert len(found) == 1
    return found.pop()


SAMPLE = printed({})


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"contract.signed": "2025-07-11"},
        {"contract.signed_at": "江苏省苏州市"},
        {"contract.effective.date": "2025-07-11"},
        {"contract.draft.date": "2025-06-30"},
        {"contract.approval_form.seal.date": "2025-07-05"},
        {"meta.as_of": "2026-08-01"},
        UNSIGNED,
    ],
    ids=["again", "signed", "place", "effect", "drafted", "sealed", "seen", "unsigned"],
)
@pytest.mark.parametrize("draft", [False, True], ids=["final", "draft"])
def test_who_signs_when_and_in_which_version_does_not_change_it(
    changes: dict[str, Any], draft: bool
) -> None:
    assert printed(changes, draft=draft) == SAMPLE


@pytest.mark.parametrize(
    "changes",
    [
        {"contract.payments[0].days": "16"},
        {"contract.liability.overall_cap": "0.99"},
        {"contract.warranty.months": "13"},
        {"contract.deliverables[0].criteria": "工单、报工、看板功能按附件一逐项通过"},
        {"proposal.quote.lines[3].spec": "LY-GW201"},
        {"contract.notices.a.email": "yu2@shuoheng.example.com"},
        {"customer.invoice.account": "0000000000000000027"},
        {"contract.acceptance.deemed_accept": "false"},
        deals.FALLBACKS,
        deals.SUBSCRIPTION,
        deals.TENDER,
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_one_figure_or_one_clause_changes_it(changes: dict[str, Any]) -> None:
    assert printed(changes) != SAMPLE


def test_it_counts_articles_and_annexes_but_neither_cover_nor_signatures() -> None:
    text = counted_text(document_of(world.product("contract").data))
    for said in ("“交付物”指", "1,128,000.00", "报价明细表", "廉洁", "宁波铄恒精密机械有限公司"):
        assert said in text
    for apart in ("合　同　书", "签订日期：", "2025年7月8日", "签署页，无正文", "V1.0", "机密"):
        assert apart not in text


def test_a_finished_file_can_be_held_against_what_it_prints() -> None:
    document = document_of(world.product("contract").data)
    assert shown(printed_digest(document, SAMPLE)) == SAMPLE
    forged = document.replace(b"338,400.00", b"238,400.00")
    assert forged != document
    assert shown(printed_digest(forged, SAMPLE)) != SAMPLE


def test_what_people_wrote_down_is_known_however_they_wrote_it() -> None:
    digest = contract_digest(world.dossier())
    assert digest is not None
    for written in (SAMPLE, SAMPLE.lower(), SAMPLE.replace("-", " "), digest):
        assert same(written, digest)
    for other in (SAMPLE[:9], "0000-0000-0000-0000", ""):
        assert not same(other, digest)


# -- what was approved -----------------------------------------------------------------------------


def test_the_approved_text_is_issued() -> None:
    approved = {"contract.approval_form.final_hash": SAMPLE}
    assert printed(approved) == SAMPLE
    assert contract_findings(world.changed(approved)) == []


def test_another_text_than_the_approved_one_is_refused_but_for_drafts() -> None:
    changes = {
        "contract.approval_form.final_hash": SAMPLE,
        "contract.liability.overall_cap": "2.00",
    }
    with pytest.raises(DocumentError) as caught:
        printed(changes)
    (found,) = caught.value.findings
    assert (found.rule, found.path) == ("APR-05", "contract.approval_form.final_hash")
    assert SAMPLE in found.message.zh
    assert contract_findings(world.changed(changes)) == [found]
    assert printed(changes, draft=True) != SAMPLE


def test_a_contract_with_gaps_has_no_fingerprint_to_approve() -> None:
    dossier = world.changed({"contract.signatories.a.name": None})
    assert contract_digest(dossier) is None
    assert contract_findings(dossier) == []


# -- clauses chosen --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "rule", "path"),
    [
        ({"clause": "late-paiment", "fallback": "1", "by": "p6"}, "CLS-01", "clause"),
        ({"clause": "late-payment", "fallback": "3", "by": "p6"}, "CLS-01", "fallback"),
        ({"clause": "price", "fallback": "1", "by": "p6"}, "CLS-01", "fallback"),
        ({"clause": "late-payment", "fallback": "1", "by": "p1"}, "CLS-02", "by"),
        ({"clause": "late-payment", "fallback": "2", "by": "p6"}, "CLS-02", "by"),
    ],
)
def test_a_fallback_that_does_not_exist_or_was_not_allowed_stops_the_contract(
    choice: dict[str, str], rule: str, path: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        deals.made({"contract.clauses": [{**choice, "reason": "客户坚持"}]}, "contract")
    assert [(found.rule, found.path) for found in caught.value.findings] == [
        (rule, f"contract.clauses[0].{path}")
    ]


def test_the_general_manager_may_allow_what_anybody_may() -> None:
    choice = {"clause": "late-payment", "fallback": "1", "by": "p9", "reason": "客户坚持"}
    assert deals.made({"contract.clauses": [choice]}, "contract")


def test_one_clause_has_one_fallback() -> None:
    row = {"clause": "late-payment", "fallback": "1", "by": "p6", "reason": "客户坚持"}
    with pytest.raises(DocumentError) as caught:
        deals.made({"contract.clauses": [row, {**row, "fallback": "2", "by": "p9"}]}, "contract")
    assert {found.path for found in caught.value.findings} == {
        "contract.clauses[0].clause", "contract.clauses[1].clause",
    }  # fmt: skip
