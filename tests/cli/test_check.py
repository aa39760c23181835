"""`salesdocs check`: the rules, their summary, what was settled, another stage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from salesdocs.cli import main
from tests import world


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def written(folder: Path, *edits: tuple[str, str]) -> Path:
    text = world.SAMPLE.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / "case.yaml"
    file.write_text(text, encoding="utf-8")
    return file


WRONG = ("amount: 1128000.00\n  currency", "amount: 1127000.00\n  currency")
LATE = ("late_payment_daily: 0.0005, ", "")
ANSWER = (
    "internal: {gross_margin: 0.46, ",
    "internal: {lint_dispositions: [{rule: PAY-12, by: p5, date: 2025-06-30, text: 已评估}], "
    "gross_margin: 0.46, ",
)


def test_the_sample_has_no_findings() -> None:
    done = run("check", world.SAMPLE)
    assert done.exit_code == 0
    assert "没有问题" in done.stdout


def test_a_finding_stands_at_the_line_of_the_value_and_the_summary_counts_it(
    tmp_path: Path,
) -> None:
    file = written(tmp_path, WRONG)
    line = 1 + file.read_text(encoding="utf-8").splitlines().index("  amount: 1127000.00")
    done = run("check", file)
    assert done.exit_code == 1
    assert f"{file}:{line}:11: error: contract.amount: 合同金额 1,127,000.00" in done.stderr
    assert "金额与税  2     0     AMT-01 AMT-02" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("2 个错误")


def test_a_settled_warning_is_shown_with_its_name_and_reason(tmp_path: Path) -> None:
    done = run("check", written(tmp_path, LATE, ANSWER))
    assert "PAY-12" not in done.stderr
    assert "已处置  PAY-12  方敬之：已评估" in done.stdout


def test_json_says_what_is_settled(tmp_path: Path) -> None:
    done = run("check", written(tmp_path, LATE, ANSWER), "--format", "json")
    told = json.loads(done.stdout)
    assert [(each["rule"], each["by"], each["text"]) for each in told["settled"]] == [
        ("PAY-12", "方敬之", "已评估")
    ]
    assert told["errors"] == sum(each["severity"] == "error" for each in told["findings"])


@pytest.mark.parametrize(("stage", "is_found"), [(3, False), (5, True)])
def test_a_case_can_be_checked_as_if_at_another_stage(
    tmp_path: Path, stage: int, is_found: bool
) -> None:
    done = run("check", written(tmp_path, WRONG), "--stage", stage)
    assert ("AMT-01" in done.stderr) == is_found


def test_a_contract_that_a_rule_objects_to_is_not_printed(tmp_path: Path) -> None:
    file = written(tmp_path, WRONG)
    done = run("render", file, "--doc", "contract_approval", "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert "AMT-01" in done.stderr
    assert not list(tmp_path.glob("out/**/*.docx"))
    draft = run("render", file, "--doc", "contract_approval", "-o", tmp_path / "out", "--draft")
    assert draft.exit_code == 0
    assert "warning: contract.amount" in draft.stderr
    other = run("render", file, "--doc", "review_minutes", "-o", tmp_path / "out")
    assert other.exit_code == 0
