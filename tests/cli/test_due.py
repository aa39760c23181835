"""`salesdocs due`: what is due when, and a calendar that calendars can read."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salesdocs.cli.tables import width
from tests.cli.stores import put, run, small, whole

DAY = ("--date", "2026-09-20")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path / ".cache"))
    monkeypatch.delenv("COLUMNS", raising=False)


def items(*arguments: object) -> list[dict[str, Any]]:
    return list(json.loads(run("due", *arguments, *DAY, "--format", "json").stdout)["items"])


def test_what_is_due_comes_by_date_with_what_is_overdue_first(tmp_path: Path) -> None:
    whole(tmp_path, "a")
    small(tmp_path, "b", ("0037", "0038"))
    found = items(tmp_path)
    assert [each["date"] for each in found] == sorted(each["date"] for each in found)
    assert found[0]["days_overdue"] > 0
    visit = next(each for each in found if each["kind"] == "visit")
    assert (visit["date"], visit["latest"], visit["days_overdue"]) == (
        "2026-09-14",
        "2026-09-18",
        2,
    )
    assert (visit["what"], visit["who"], visit["case_no"]) == ("月度回访", "宋知夏", "XM-2025-0037")


@pytest.mark.parametrize(
    ("options", "last"),
    [
        ((), "2026-10-20"),
        (("--days", 58), "2026-11-17"),
        (("--until", "2026/11/17"), "2026-11-17"),
        (("--days", 0), "2026-09-20"),
    ],
)
def test_days_and_until_say_how_far_to_look(
    tmp_path: Path, options: tuple[object, ...], last: str
) -> None:
    whole(tmp_path, "a")
    days = [each["date"] for each in items(tmp_path, *options)]
    everything = [each["date"] for each in items(tmp_path, "--days", 3000)]
    assert days == [day for day in everything if day <= last]
    assert ("2026-11-17" in days) == (last == "2026-11-17")


def test_the_two_ways_to_say_how_far_exclude_each_other(tmp_path: Path) -> None:
    assert run("due", tmp_path, "--days", 3, "--until", "2027-01-01").exit_code == 2
    done = run("due", tmp_path, *DAY, "--until", "2026-01-01")
    assert done.exit_code == 1
    assert "早于" in done.stderr


def test_an_owner_sees_what_is_theirs_and_what_is_in_their_cases(tmp_path: Path) -> None:
    whole(tmp_path, "a")
    small(tmp_path, "b", ("0037", "0038"), ("周启明", "赵一"))
    mine = items(tmp_path, "--owner", "宋知夏", "--days", 60)
    assert {each["who"] for each in mine} == {"宋知夏"}
    assert {each["case_no"] for each in items(tmp_path, "--owner", "赵一")} == {"XM-2025-0038"}
    assert {"宋知夏", "周启明"} <= {
        each["who"] for each in items(tmp_path, "--owner", "周启明", "--days", 60)
    }
    done = run("due", tmp_path, "--owner", "周启")
    assert done.exit_code == 1
    assert "周启明" in done.stderr


def test_a_broken_case_hides_nothing(tmp_path: Path) -> None:
    whole(tmp_path, "a")
    put(tmp_path, "b", "x: [")
    done = run("due", tmp_path, *DAY)
    assert done.exit_code == 1
    assert "月度回访" in done.stdout
    assert "case.yaml" in done.stderr


def test_the_table_fits_eighty_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    whole(tmp_path, "a")
    lines = run("due", tmp_path, *DAY, "--days", 200).stdout.splitlines()
    assert max(map(width, lines)) <= 80
    assert any(line.startswith("2026-09-14  逾期2天") for line in lines)
    assert lines[-1].startswith("到 2027-04-08 共 8 项，其中逾期 3 项")


def test_csv_has_a_row_for_each_thing(tmp_path: Path) -> None:
    whole(tmp_path, "a")
    data = run("due", tmp_path, *DAY, "--format", "csv", "--days", 200).stdout_bytes
    assert data.startswith("\ufeff日期,最迟,".encode())
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    payment = next(row for row in rows if row[3].startswith("收款"))
    assert payment[head.index("金额（元）")] == "56400.00"


# ---- the calendar: a strict reader of RFC 5545 ----


Property = tuple[str, dict[str, str], str]


def parsed(data: bytes) -> list[list[Property]]:
    """Return the properties of each event with those of its alarm; asserts what the RFC demands."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert b"\n" not in b"".join(physical) and b"\r" not in b"".join(physical)
    lines: list[str] = []
    for raw in physical:
        assert 0 < len(raw) <= 75
        text = raw.decode("utf-8")  # a fold never cuts a character
        if text[0] == " ":
            lines[-1] += text[1:]
        else:
            lines.append(text)
    events: list[list[Property]] = []
    open_: list[str] = []
    for line in lines:
        match = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)", line)
        assert match, line
        name, parameters, value = match[1], match[2], match[3]
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value)
        if name == "BEGIN":
            assert (open_[-1] if open_ else "", value) in {
                ("", "VCALENDAR"), ("VCALENDAR", "VEVENT"), ("VEVENT", "VALARM"),
            }  # fmt: skip
            open_.append(value)
            if value == "VEVENT":
                events.append([])
        elif name == "END":
            assert open_.pop() == value
        elif "VEVENT" in open_:
            pairs = dict(part.split("=") for part in parameters.split(";")[1:])
            events[-1].append((f"{'ALARM-' if open_[-1] == 'VALARM' else ''}{name}", pairs, value))
    assert open_ == []
    assert lines[0] == "BEGIN:VCALENDAR" and lines[1] == "VERSION:2.0"
    assert sum(line.startswith("PRODID:") for line in lines) == 1
    return events


def unescaped(text: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", text), text
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], text)


def one(event: list[Property], name: str) -> str:
    (value,) = [value for each, _, value in event if each == name]
    return value


def test_the_calendar_is_valid_and_says_what_is_due(tmp_path: Path) -> None:
    whole(
        tmp_path,
        "a",
        ("提供大按钮模式", f"'提供大按钮模式, 字号; 对比度\\路径{'很长的说明' * 20}'"),
    )
    events = parsed(run("due", tmp_path, *DAY, "--days", 400, "--format", "ics").stdout_bytes)
    listed = items(tmp_path, "--days", 400)
    assert len(events) == len(listed)
    for event, item in zip(events, listed, strict=True):
        start = date.fromisoformat(item["date"])
        assert ("DTSTART", {"VALUE": "DATE"}, f"{start:%Y%m%d}") in event
        assert one(event, "DTEND") == f"{date.fromordinal(start.toordinal() + 1):%Y%m%d}"
        assert one(event, "DTSTAMP") == "20260920T000000Z"
        assert unescaped(one(event, "SUMMARY")).endswith(item["what"])
        assert item["who"] in unescaped(one(event, "DESCRIPTION"))
        days = 7 if item["kind"] == "payment" else 2
        assert one(event, "ALARM-TRIGGER") == f"-P{days}D"
        assert one(event, "ALARM-ACTION") == "DISPLAY" and one(event, "ALARM-DESCRIPTION")
    assert any("字号; 对比度\\路径" in unescaped(one(event, "SUMMARY")) for event in events)


def test_what_is_due_keeps_its_identity_when_its_day_moves(tmp_path: Path) -> None:
    def uids() -> dict[str, str]:
        events = parsed(run("due", tmp_path, *DAY, "--days", 400, "--format", "ics").stdout_bytes)
        return {one(event, "UID"): one(event, "DTSTART") for event in events}

    whole(tmp_path, "a")
    before = uids()
    assert len(set(before)) == len(before)
    whole(tmp_path, "a", ("2026-09-30", "2026-10-08"))
    after = uids()
    assert set(before) == set(after)
    assert sum(before[uid] != after[uid] for uid in before) == 1


def test_the_calendar_is_the_same_from_run_to_run_and_goes_to_a_file(tmp_path: Path) -> None:
    whole(tmp_path, "a")
    file = tmp_path / "due.ics"
    done = run("due", tmp_path, *DAY, "--ics", file)
    assert "月度回访" in done.stdout
    assert file.read_bytes() == run("due", tmp_path, *DAY, "--format", "ics").stdout_bytes


def test_a_calendar_of_nothing_is_a_calendar(tmp_path: Path) -> None:
    assert parsed(run("due", tmp_path, *DAY, "--format", "ics").stdout_bytes) == []
