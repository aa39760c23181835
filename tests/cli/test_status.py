"""`salesdocs status`: all cases at one look; no mistake in one of them hides the others."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from salesdocs.cli import store
from salesdocs.cli.tables import width
from tests import world
from tests.cli.stores import put, run, small, whole

DAY = ("--date", "2026-09-20")
KH = ("customer:\n  name", "customer:\n  customer_no: KH-2025-0001\n  name")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path / ".cache"))
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path / ".cache"


def told(*arguments: object) -> dict[str, Any]:
    return dict(json.loads(run("status", *arguments, *DAY, "--format", "json").stdout))


def test_a_case_is_told_with_stage_grade_amount_and_what_is_due_next(tmp_path: Path) -> None:
    whole(tmp_path, "a")
    (case,) = told(tmp_path)["cases"]
    assert case["case_no"] == "XM-2025-0037"
    assert (case["stage"], case["grade"], case["amount"]) == (7, "A", "1128000.00")
    assert (case["next_due"], case["next_who"], case["owner"]) == ("2026-09-10", "周启明", "周启明")
    assert (case["visits_overdue"], case["payments_overdue"], case["errors"]) == (1, 0, 0)


def test_the_most_urgent_case_comes_first_and_what_is_over_last(tmp_path: Path) -> None:
    whole(tmp_path, "a")
    small(tmp_path, "b", ("0037", "0038"), ("stage: 1", "stage: 1, status: lost"))
    small(tmp_path, "c", ("0037", "0039"))
    assert [case["case_no"] for case in told(tmp_path)["cases"]] == [
        "XM-2025-0039", "XM-2025-0037", "XM-2025-0038",
    ]  # fmt: skip


def test_money_that_is_overdue_is_added_up(tmp_path: Path) -> None:
    text = world.SAMPLE.read_text(encoding="utf-8")
    paid = next(
        line for line in text.splitlines() if "payment: P-03" in line and "received" in line
    )
    whole(tmp_path, "a", (f"{paid}\n", ""))
    result = told(tmp_path)
    case = result["cases"][0]
    assert case["payments_overdue"] == 1
    assert case["amount_overdue"] == "394800.00" or float(case["amount_overdue"]) > 0
    assert (
        f"逾期应收 {float(case['amount_overdue']):,.2f} 元（1 笔）"
        in run("status", tmp_path, *DAY).stdout
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("schema: salesdocs/case@1\nmeta: {case_no: XM-2025-0099\n", id="bracket"),
        pytest.param(
            "schema: salesdocs/case@1\nmeta: {case_no: XM-2025-0099, stage: 9}\n", id="stage"
        ),
        pytest.param("\tfoo: [", id="tab"),
        pytest.param("schema: salesdocs/case@9\nmeta: {case_no: XM-2025-0099}\n", id="version"),
    ],
)
def test_a_broken_case_is_a_row_with_its_first_finding(tmp_path: Path, text: str) -> None:
    whole(tmp_path, "a")
    put(tmp_path, "b", text)
    done = run("status", tmp_path, *DAY)
    assert done.exit_code == 1
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert "XM-2025-0037" in done.stdout
    first, second = told(tmp_path)["cases"]
    assert first["problem"] and first["errors"] >= 1
    assert first["case_no"] == ("XM-2025-0099" if "0099" in text else "")
    assert second["errors"] == 0


def test_only_cases_are_read_and_no_hidden_or_output_folders(tmp_path: Path) -> None:
    whole(tmp_path, "a")
    small(tmp_path, ".git", ("0037", "0050"))
    (tmp_path / "notes.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "company.yaml").write_text("schema: salesdocs/company@1\n", encoding="utf-8")
    (tmp_path / "lead.yaml").write_text(
        "# 备注\n\n" + world.SMALLEST.replace("0037", "0060"), encoding="utf-8"
    )
    out = tmp_path / "out"
    assert run("render", tmp_path / "a", "-o", out, "--doc", "review_minutes").exit_code == 0
    (rendered,) = [path for path in out.iterdir() if path.is_dir()]
    small(rendered, "x", ("0037", "0070"))
    assert {case["case_no"] for case in told(tmp_path)["cases"]} == {"XM-2025-0037", "XM-2025-0060"}


def test_one_file_is_a_store_of_one(tmp_path: Path) -> None:
    assert len(told(whole(tmp_path, "a"))["cases"]) == 1


def test_a_folder_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    done = run("status", tmp_path / "nothing")
    assert done.exit_code == 1
    assert "没有这个文件夹" in done.stderr


def test_an_empty_folder_has_no_case(tmp_path: Path) -> None:
    done = run("status", tmp_path)
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path} 下没有案件\n")


def test_a_customer_recorded_twice_is_told_and_one_number_settles_it(tmp_path: Path) -> None:
    small(tmp_path, "a", KH)
    file = small(tmp_path, "b", ("0037", "0038"))
    found = [each for each in told(tmp_path)["findings"] if each["rule"] == "CUS-04"]
    assert [(each["file"], each["path"]) for each in found] == [(str(file), "customer.name")]
    small(tmp_path, "b", ("0037", "0038"), KH)
    assert told(tmp_path)["findings"] == []


def test_a_number_that_two_cases_have_is_told(tmp_path: Path) -> None:
    small(tmp_path, "a", KH)
    small(tmp_path, "b", KH)
    (found,) = told(tmp_path)["findings"]
    assert (found["rule"], found["path"]) == ("CLI-16", "meta.case_no")
    assert "XM-2025-0037" in found["message"]


def test_stage_and_owner_choose_and_an_unknown_owner_is_told_the_names(tmp_path: Path) -> None:
    whole(tmp_path, "a")
    small(tmp_path, "b", ("0037", "0038"), ("周启明", "赵一"))
    assert [case["case_no"] for case in told(tmp_path, "--stage", 1)["cases"]] == ["XM-2025-0038"]
    assert [case["case_no"] for case in told(tmp_path, "--owner", "赵一")["cases"]] == [
        "XM-2025-0038"
    ]
    assert len(told(tmp_path, "--owner", "p1")["cases"]) == 2
    done = run("status", tmp_path, "--owner", "周启")
    assert done.exit_code == 1
    assert "周启明" in done.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_fits_eighty_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    whole(tmp_path, "a")
    small(tmp_path, "b", ("0037", "0038"))
    put(tmp_path, "c", "x: [")
    lines = run("status", tmp_path, *DAY, "--lang", lang).stdout.splitlines()
    assert max(map(width, lines[:-1])) <= 80
    assert any(line.startswith("XM-2025-0037  ") for line in lines)


def test_csv_opens_in_excel(tmp_path: Path) -> None:
    whole(tmp_path, "a")
    small(tmp_path, "b", ("0037", "0038"), ("铄恒精密 MES 一期项目", "=HYPERLINK(1)"))
    data = run("status", tmp_path, *DAY, "--format", "csv").stdout_bytes
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data and b"\r\r\n" not in data
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert head[:3] == ["项目编号", "项目名称", "客户"]
    assert {len(row) for row in rows} == {len(head)}
    assert {row[1] for row in rows} == {"铄恒精密 MES 一期项目", "'=HYPERLINK(1)"}
    file = tmp_path / "a.csv"
    assert run("status", tmp_path, *DAY, "--format", "csv", "-o", file).exit_code == 0
    assert file.read_bytes() == data


def test_a_wrong_day_is_wrong_usage(tmp_path: Path) -> None:
    done = run("status", tmp_path, "--date", "2026-02-30")
    assert done.exit_code == 2
    assert "2025-07-08" in done.stderr
    assert told(tmp_path, "--date", "2026年9月1日")["date"] == "2026-09-20"


# ---- the cache ----


def test_a_second_look_reads_no_case_that_did_not_change(
    tmp_path: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole(tmp_path, "a")
    put(tmp_path, "b", "x: [")
    first = run("status", tmp_path, *DAY)
    assert len(list(own_cache.glob("store-*"))) == 1

    def never(*arguments: object) -> None:
        raise AssertionError("a case was read again")

    monkeypatch.setattr(store, "_read", never)
    assert run("status", tmp_path, *DAY).output == first.output


def test_an_edit_within_the_second_that_keeps_the_size_is_seen(tmp_path: Path) -> None:
    file = whole(tmp_path, "a")
    before = file.stat()
    assert told(tmp_path)["cases"][0]["title"] == "铄恒精密 MES 一期项目"
    text = file.read_text(encoding="utf-8")
    with file.open("r+", encoding="utf-8") as stream:  # the same inode
        stream.write(text.replace("铄恒精密 MES 一期项目", "铄恒精密 MES 二期项目"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = file.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (
        before.st_size, before.st_mtime_ns, before.st_ino,
    )  # fmt: skip
    assert told(tmp_path)["cases"][0]["title"] == "铄恒精密 MES 二期项目"


def test_another_day_another_policy_or_another_company_is_seen(tmp_path: Path) -> None:
    small(tmp_path / "s", "a")
    (tmp_path / "s" / "company.yaml").write_text("schema: salesdocs/company@1\n", encoding="utf-8")
    assert told(tmp_path / "s")["cases"][0]["days_overdue"] > 0
    early = json.loads(
        run("status", tmp_path / "s", "--date", "2025-03-12", "--format", "json").stdout
    )
    assert early["cases"][0]["days_overdue"] == 0
    own = tmp_path / "own"
    own.mkdir()
    (own / "policy.yaml").write_text(
        "lead:\n  next_action_days:\n    value: {A: 900, B: 900, C: 900}\n"
        "    reason: {zh: 慢, en: slow}\n    decided_by: sales_manager\n",
        encoding="utf-8",
    )
    slow = told(tmp_path / "s", "--library", own)["cases"][0]
    assert slow["next_due"] != told(tmp_path / "s")["cases"][0]["next_due"]
    (tmp_path / "s" / "company.yaml").write_text(
        "schema: salesdocs/company@1\nteam: 3\n", encoding="utf-8"
    )
    assert told(tmp_path / "s")["cases"][0]["errors"] == 1


def test_a_damaged_cache_is_made_anew(tmp_path: Path, own_cache: Path) -> None:
    whole(tmp_path, "a")
    first = told(tmp_path)
    (kept,) = own_cache.glob("store-*")
    for data in (b"", b"x" * 100, kept.read_bytes()[:-5]):
        kept.write_bytes(data)
        assert told(tmp_path) == first


def test_many_cases_are_read_by_several_processes_with_the_same_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        small(tmp_path, f"c{number:02}", ("0037", f"{number:04}"), KH)
    put(tmp_path, "c99", "x: [")
    monkeypatch.setattr(store, "_processors", lambda: 2)
    several = told(tmp_path)
    monkeypatch.setattr(store, "_processors", lambda: 1)
    monkeypatch.setenv("SALESDOCS_CACHE", "")
    assert told(tmp_path) == several
    assert len(several["cases"]) == 61
