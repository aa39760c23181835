"""`advance`: shut gates say what is missing and from whom, open ones write exactly what they must."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from salesdocs.case.load import load_case
from salesdocs.case.source import read_source
from salesdocs.cli import main
from salesdocs.process.fields import missing_values
from tests import world

SAMPLE = world.SAMPLE.read_text(encoding="utf-8")
VOUCHED = {5: ["--confirm", "signed-text-is-approved-text"], 7: ["--confirm", "renewed-or-closed"]}


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


def reached(stage: int) -> str:
    """The sample case as it was at the end of a stage, with all its comments."""
    kept = {name for n in range(1, stage + 1) for name in world.library().blocks_of(n)}
    blocks = re.split(r"^(?=[a-z_]+:)", SAMPLE, flags=re.MULTILINE)
    text = "".join(
        block for block in blocks if (name := block.partition(":")[0]) in kept or name not in
        world.library().catalogue or name == "schema"
    )  # fmt: skip
    return text.replace("stage: 7", f"stage: {stage}", 1)


def put(folder: Path, text: str | bytes) -> Path:
    path = folder / "case.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def advance(case: Path, *arguments: str) -> Result:
    return run("advance", case, *arguments)


# -- laws ----------------------------------------------------------------------------------------


FORMS: dict[str, Callable[[str], bytes]] = {
    "lf": lambda text: text.encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("stage", range(1, 7))
def test_a_deal_goes_on_and_nothing_else_in_its_file_changes(
    tmp_path: Path, stage: int, form: str
) -> None:
    data = FORMS[form](reached(stage))
    case = put(tmp_path, data)
    result = advance(case, *VOUCHED.get(stage, []))
    assert result.exit_code == 0, result.output
    after = case.read_bytes()
    assert after.startswith(
        data.replace(f"stage: {stage}".encode(), f"stage: {stage + 1}".encode())
    )
    loaded = load_case(case)
    assert loaded.findings == ()
    assert loaded.case.meta.stage == str(stage + 1)
    before = read_source(data, "").tree
    new = loaded.source.tree.keys() - before.keys()
    assert new <= set(world.library().blocks_of(stage + 1))
    assert {key: loaded.source.tree[key] for key in before if key != "meta"} == {
        key: before[key] for key in before if key != "meta"
    }


@pytest.mark.parametrize("stage", range(1, 7))
def test_check_then_lists_what_the_new_stage_needs_in_the_lines_to_be_filled_in(
    tmp_path: Path, stage: int
) -> None:
    case = put(tmp_path, reached(stage))
    first = len(reached(stage).splitlines()) + 1
    advance(case, *VOUCHED.get(stage, []))
    found = json.loads(run("check", case, "--format", "json").stdout)["findings"]
    case_now = load_case(case).case
    due = {path for path, _ in missing_values(case_now, stage + 1, world.library().catalogue)}
    missing = [finding for finding in found if finding["rule"] == "FRM-02"]
    ruled = {finding["path"] for finding in found if finding["rule"] != "FRM-02"}
    assert {finding["path"] for finding in missing} | ruled >= due  # a rule may speak for a blank
    new = world.library().blocks_of(stage + 1)
    for finding in missing:
        if finding["path"].partition(".")[0] in new:
            assert finding["line"] > first
        else:
            assert f"#   {finding['path']}  " in case.read_text(encoding="utf-8")


@pytest.mark.parametrize("stage", range(1, 7))
def test_a_dry_run_shows_the_change_and_writes_nothing(tmp_path: Path, stage: int) -> None:
    case = put(tmp_path, reached(stage))
    result = advance(case, "--dry-run", *VOUCHED.get(stage, []))
    assert result.exit_code == 0
    assert case.read_text(encoding="utf-8") == reached(stage)
    assert f"\n-  stage: {stage}\n+  stage: {stage + 1}\n" in result.stdout
    advance(case, *VOUCHED.get(stage, []))
    added = case.read_text(encoding="utf-8").splitlines()[len(reached(stage).splitlines()) :]
    assert "".join(f"+{line}\n" for line in added) in result.stdout


def test_a_shut_gate_leaves_the_file_alone_and_says_what_is_missing_and_from_whom(
    tmp_path: Path,
) -> None:
    case = put(tmp_path, world.SMALLEST)
    result = advance(case)
    assert result.exit_code == 1
    assert case.read_text(encoding="utf-8") == world.SMALLEST
    assert "客户开发 → 需求分析" in result.stdout
    assert "  未过  已完成首次接触并记录" in result.stdout
    assert (
        f"{case}:10:3: error: lead.first_contact.date: 缺少“接触日期” [first-contact-held]"
        in result.stderr
    )
    assert "hint: 由销售经理填写，例如 p2" in result.stderr
    assert "没有强制选项" in result.stderr


def test_all_of_it_can_be_read_by_a_program(tmp_path: Path) -> None:
    case = put(tmp_path, world.SMALLEST)
    told = json.loads(advance(case, "--format", "json", "--lang", "en").stdout)
    assert (told["from"], told["to"], told["open"], told["written"]) == (1, 2, False, False)
    gates = {gate["id"]: gate for gate in told["gates"]}
    assert gates["first-contact-held"]["state"] == "closed"
    missing = gates["lead-approved"]["missing"]
    assert ("lead.evaluation.approved_by", "the sales manager") in [
        (lack["path"], lack["who"]) for lack in missing
    ]
    assert {finding["rule"] for finding in told["findings"]} >= {"lead-approved"}
    case = put(tmp_path, reached(1))
    told = json.loads(advance(case, "--format", "json").stdout)
    assert (told["open"], told["written"], told["findings"]) == (True, True, [])
    assert "+needs:" in told["diff"]


# -- killed and refused --------------------------------------------------------------------------


def test_killed_at_any_moment_it_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    old = reached(1).encode()
    case = put(tmp_path, old)
    command = [sys.executable, "-m", "salesdocs", "advance", str(case)]
    environment = {**os.environ, "PYTHONPATH": str(world.ROOT)}
    began = time.monotonic()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    whole = time.monotonic() - began
    new = case.read_bytes()
    chance = random.Random(3)
    for _ in range(15):
        case.write_bytes(old)
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(whole * chance.uniform(0.5, 1.1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert case.read_bytes() in (old, new)


DIES = """
import os, signal, sys
from pathlib import Path
from salesdocs.cli import run

whole, replace = Path.write_bytes, Path.replace
die = lambda: os.kill(os.getpid(), signal.SIGKILL)
ours = lambda path: path.parent == Path(sys.argv[2]).parent

def write_bytes(path, data):
    if ours(path) and MOMENT == "writing":
        whole(path, data[: len(data) // 2])
        die()
    return whole(path, data)

def renamed(path, target):
    if ours(path) and MOMENT == "before":
        die()
    found = replace(path, target)
    if ours(path):
        die()
    return found

Path.write_bytes, Path.replace = write_bytes, renamed
run()
"""


@pytest.mark.parametrize(
    ("moment", "goes_on"), [("writing", False), ("before", False), ("after", True)]
)
def test_killed_at_a_moment_that_counts_it_is_the_old_file_before_and_the_new_one_after(
    tmp_path: Path, moment: str, goes_on: bool
) -> None:
    old = reached(1)
    (tmp_path / "whole").mkdir()
    whole = put(tmp_path / "whole", old)
    advance(whole)
    (tmp_path / "killed").mkdir()
    case = put(tmp_path / "killed", old)
    program = f"MOMENT = {moment!r}\n{DIES}"
    done = subprocess.run(
        [sys.executable, "-c", program, "advance", str(case)],
        env={**os.environ, "PYTHONPATH": str(world.ROOT)}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert case.read_bytes() == (whole.read_bytes() if goes_on else old.encode())


@pytest.mark.parametrize("call", ["write_bytes", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_what_the_disk_refuses_is_a_finding_and_the_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    case = put(tmp_path, reached(1))
    run("list")  # the cache writes its files before the disk fails

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(Path, call, refuse)
        result = advance(case)
    assert result.exit_code == 1
    assert "[CLI-04]" in result.stderr
    assert case.read_text(encoding="utf-8") == reached(1)
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


def test_a_write_cut_off_half_way_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = put(tmp_path, reached(1))
    run("list")

    def half(path: Path, data: bytes) -> int:
        with path.open("wb") as stream:
            stream.write(data[: len(data) // 2])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", half)
        assert advance(case).exit_code == 130
    assert case.read_text(encoding="utf-8") == reached(1)
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


def test_a_file_behind_a_link_is_written_and_its_permissions_stay(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = put(tmp_path / "real", reached(1))
    real.chmod(0o640)
    link = tmp_path / "case.yaml"
    link.symlink_to(real)
    assert advance(link).exit_code == 0
    assert link.is_symlink()
    assert load_case(real).case.meta.stage == "2"
    assert real.stat().st_mode & 0o777 == 0o640


# -- gates ---------------------------------------------------------------------------------------


def test_what_the_program_cannot_see_is_vouched_for_by_name_and_noted(tmp_path: Path) -> None:
    case = put(tmp_path, reached(5))
    result = advance(case)
    assert result.exit_code == 1
    assert "周启明核对；核对无误后加 --confirm signed-text-is-approved-text" in result.stderr
    assert advance(case, "--confirm", "signed-text-is-approved-text").exit_code == 0
    assert "# 已由人核对：签署文本与审批文本一致\n" in case.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("stage", "gate", "hint"),
    [
        (5, "signed-text", "可填：signed-text-is-approved-text"),
        (5, "approvals-complete-in-order", "这一条由程序核对，不能代替"),
        (1, "anything", "去掉 --confirm"),
    ],
)
def test_nobody_vouches_for_what_is_no_gate_for_people(
    tmp_path: Path, stage: int, gate: str, hint: str
) -> None:
    case = put(tmp_path, reached(stage))
    result = advance(case, "--confirm", gate)
    assert result.exit_code == 1
    assert hint in result.stderr
    assert case.read_text(encoding="utf-8") == reached(stage)


def test_what_a_tender_waives_is_told_and_its_blocks_are_left_out(tmp_path: Path) -> None:
    text = reached(3).replace("procurement_mode: direct", "procurement_mode: public_tender")
    tender = "tender:\n  project_no: T-1\n  project_name: 项目\n  bid_deadline: 2025-05-20\n  bid: {amount: 1128000, days: 160}\n"
    case = put(tmp_path, text + tender)
    assert advance(case).exit_code == 0
    assert "negotiation:" not in case.read_text(encoding="utf-8")
    result = advance(case)
    assert "  免    谈判底线在首轮前已批准" in result.stdout


def test_after_the_last_stage_the_case_is_closed(tmp_path: Path) -> None:
    paid = "  - {payment: P-04, received: 2027-01-30, amount: 56400.00}\naftersales:"
    text = SAMPLE.replace("as_of: 2026-08-31", "as_of: 2027-02-01").replace("aftersales:", paid, 1)
    case = put(tmp_path, text)
    assert advance(case).exit_code == 1
    assert advance(case, *VOUCHED[7]).exit_code == 0
    assert case.read_text(encoding="utf-8") == text.replace(
        "status: active", "status: won_closed", 1
    )
    again = advance(case)
    assert "案件状态是“已成交关闭”，不再推进" in again.stderr
    case = put(tmp_path, text.replace("  status: active", "  # status: active", 1))
    assert advance(case, *VOUCHED[7]).exit_code == 0
    assert load_case(case).case.meta.status == "won_closed"


# -- mistakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(reached(1).replace("stage: 1", "stage: 9"), "CASE-04", id="no such stage"),
        pytest.param(reached(1).replace("  stage: 1\n", ""), "CLI-09", id="no stage"),
        pytest.param(reached(1).replace("status: active", "status: lost"), "已丢单", id="lost"),
        pytest.param(reached(1).replace("lead:", "lead：", 1), "SRC-14", id="full-width colon"),
        pytest.param(reached(1).replace("created: 2025-03-12", "created: 2025-02-30"), "TYP-02", id="day"),
        pytest.param(reached(1).encode("gbk", "replace"), "SRC-03", id="GBK"),
        pytest.param("", "SRC-05", id="empty"),
    ],
)  # fmt: skip
def test_a_case_that_is_wrong_stays_where_it_is(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    case = put(tmp_path, text)
    data = case.read_bytes()
    result = advance(case)
    assert result.exit_code == 1
    assert said in result.stderr
    assert case.read_bytes() == data


def test_what_its_own_stage_still_needs_keeps_a_case_there(tmp_path: Path) -> None:
    text = reached(2).replace(
        "  current_state: 两车间 46 台设备，工单纸质流转，U8 管到成品入库\n", ""
    )
    result = advance(put(tmp_path, text))
    assert result.exit_code == 1
    assert "needs.current_state: 缺少“现状” [FRM-02]" in result.stderr


def test_a_block_written_ahead_is_kept(tmp_path: Path) -> None:
    case = put(tmp_path, reached(1) + "needs:\n  background: 已写好\n")
    assert advance(case).exit_code == 0
    text = case.read_text(encoding="utf-8")
    assert text.count("\nneeds:") == 1
    assert "#   needs.current_state  现状" in text


def test_a_case_in_braces_cannot_go_on_by_itself(tmp_path: Path) -> None:
    text = json.dumps(read_source(reached(1).encode(), "").tree, ensure_ascii=False)
    result = advance(put(tmp_path, text))
    assert result.exit_code == 1
    assert "[CASE-08]" in result.stderr


def test_what_the_company_states_is_not_asked_for_again(tmp_path: Path) -> None:
    blocks = re.split(r"^(?=[a-z_]+:)", SAMPLE, flags=re.MULTILINE)
    supplier = next(block for block in blocks if block.startswith("supplier:"))
    (tmp_path / "company.yaml").write_text(
        f"schema: salesdocs/company@1\n{supplier}", encoding="utf-8"
    )
    case = put(tmp_path, reached(2))
    assert advance(case).exit_code == 0
    text = case.read_text(encoding="utf-8")
    assert "\nproposal:" in text
    assert "\nsupplier:" not in text
