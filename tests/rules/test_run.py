"""Running the rules: stages, dispositions, severities of a company."""

from __future__ import annotations

import pytest

from salesdocs.process.library import Library
from salesdocs.rules.registry import Deal, page_of
from salesdocs.rules.run import judge, running
from tests import world
from tests.rules.deals import found, verdict

LATE = {"contract.liability.late_payment_daily": None}
ANSWER = {"rule": "PAY-12", "by": "p5", "date": "2025-06-30", "text": "对方为长期客户，已评估"}


def settled(answer: dict[str, str]) -> dict[str, object]:
    return {**LATE, "contract.internal.lint_dispositions": [answer]}


def test_a_disposition_with_name_and_reason_settles_a_warning() -> None:
    said = verdict(settled(ANSWER))
    assert [each.finding.rule for each in said.settled] == ["PAY-12"]
    assert said.settled[0].disposition.text == "对方为长期客户，已评估"
    assert "PAY-12" not in {each.rule for each in said.findings}


def test_a_disposition_without_reason_settles_nothing() -> None:
    assert "PAY-12" in {each.rule for each in found(settled({**ANSWER, "text": ""}))}


def test_an_error_cannot_be_settled() -> None:
    answer = {**ANSWER, "rule": "AMT-01"}
    changes = {"contract.amount": "1", "contract.internal.lint_dispositions": [answer]}
    assert "AMT-01" in {each.rule for each in found(changes)}


def test_a_disposition_that_answers_nothing_is_told_of() -> None:
    answers = [ANSWER, {**ANSWER, "rule": "XXX-99"}]
    notes = [
        (each.path, each.message.zh)
        for each in found({"contract.internal.lint_dispositions": answers})
        if each.rule == "CASE-08"
    ]
    assert notes == [
        ("contract.internal.lint_dispositions[0]", "PAY-12 没有需要处置的提醒"),
        ("contract.internal.lint_dispositions[1]", "没有 XXX-99 这条规则"),
    ]


def test_a_rule_runs_from_its_stage_on() -> None:
    deal = Deal(world.sample().case, world.library())
    early = {each.id for each, _ in running(deal, 3)}
    assert "AMT-06" in early
    assert "AMT-01" not in early


def test_a_company_may_weigh_a_rule_otherwise() -> None:
    rules = world.library().data["rules"]
    own = {**rules["rules"], "PAY-12": {"severity": "error", "stage": 5}}
    library = Library({**world.library().data, "rules": {**rules, "rules": own}})
    dossier = world.changed(LATE)
    said = judge(Deal(dossier.loaded.case, library), 7, dossier.loaded.place)
    assert ("PAY-12", "error") in {(each.rule, each.severity) for each in said.findings}


def test_a_rule_nobody_can_explain_is_none() -> None:
    def unexplained() -> None:
        """一句话。

        为什么：没有写怎么改，也没有依据。
        """

    with pytest.raises(ValueError, match="fix, basis"):
        page_of(unexplained)
