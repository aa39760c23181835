"""The fourteen edits of a case that each must be found, alone, and at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesdocs.case.load import load_case
from salesdocs.produce import Dossier
from tests import world

LEGAL = (
    "result: approved, opinion: 已增加责任上限与除外情形}\n    - {step: 3, dept: finance, by: p6, "
)
VISIT = (
    "    - {id: V-03, date: 2026-04-15, by: p8, with: c3, mode: online, usage: 季度巡检正常, "
    "score: 5, problem: none}\n"
)
EDITS = {
    "contract.amount": (
        "amount: 1128000.00\n  currency", "amount: 1127000\n  currency", ["AMT-01", "AMT-02"]),
    "share": ("share: 0.30, event: effective", "share: 0.34, event: effective", ["PAY-01"]),
    "legal and finance": (
        f"by: p5, date: 2025-06-30, {LEGAL}date: 2025-07-01",
        f"by: p5, date: 2025-07-01, {LEGAL}date: 2025-06-30",
        ["APR-01"],
    ),
    "A-03": (
        "    - {id: A-03, deliverable: D-03, result: pass, evidence: 10 批次平均 4 分钟}\n", "",
        ["ACC-04"]),
    "floor": ("floor: {amount: 1080000.00", "floor: {amount: 1150000", ["NEG-01"]),
    "credit code": ("91990000MA9XL00244", "91990000MA9XL00248", ["PTY-02"]),
    "scale": ("{basis: headcount, value: 620}", "{headcount: 620, revenue: 90000000}", ["CUS-01"]),
    "dispute": ("arbitration: null", "arbitration: 苏州仲裁委员会", ["DSP-02"]),
    "V-03": (VISIT, "", ["VIS-01"]),
    "incentive": ("to: customer_company", "to: individual", ["REF-01"]),
    "phone": ('"13800138000"', '"1380013800"', ["CUS-03"]),
    "vat": ("vat: 0.13, needs: [N-01", "vat: 0.17, needs: [N-01", ["AMT-06"]),
    "power of attorney": ("valid_to: 2025-12-31", "valid_to: 2025-07-01", ["PTY-05"]),
    "intent": ("signed: 2025-06-18", "signed: 2025-08-01", ["DTE-01"]),
}  # fmt: skip
# Of severity warning; all others are errors.
WARNINGS = {"VIS-01"}


@pytest.mark.parametrize("name", EDITS)
def test_the_edit_gives_the_named_findings_at_its_line_and_no_other_error(
    tmp_path: Path, name: str
) -> None:
    old, new, rules = EDITS[name]
    text = world.SAMPLE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = tmp_path / "case.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    loaded = load_case(file)
    found = [*loaded.findings, *Dossier(loaded, world.library()).verdict().findings]
    named = [each for each in found if each.rule in rules]
    assert sorted(each.rule for each in named) == rules
    errors = {each.rule for each in found if each.severity == "error"}
    assert errors == set(rules) - WARNINGS
    assert {each.line for each in named} <= _edited_lines(text, old, new)


def _edited_lines(text: str, old: str, new: str) -> set[int]:
    """The lines that an edit changed; of lines taken out, where they stood or where their list begins."""
    first = text[: text.index(old)].count("\n") + 1
    if new:
        return set(range(first, first + new.count("\n") + 1))
    lines = text.splitlines()
    head = next(n for n in range(first, 0, -1) if lines[n - 1].strip().endswith(":"))
    return {first, head + 1}
