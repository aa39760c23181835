"""`salesdocs status` and `salesdocs due`: all cases at one look, and what is due in them when."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from salesdocs.cli.common import (
    FINDINGS,
    lang_option,
    library_option,
    open_cache,
    open_library,
    print_findings,
    print_json,
    reports_findings,
)
from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.cli.store import Entry, Store, Watch
    from salesdocs.process.library import Library
    from salesdocs.rules.agenda import DueItem

Command = TypeVar("Command", bound=Callable[..., Any])

_ACTIVE: Final = "active"
_MOST_FINDINGS: Final = 20
# What begins so is a formula to Excel, and text in a case may come from anyone.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
# Fewer cases are read before a progress bar could be seen.
_LONG_WORK: Final = 100


class DayType(click.ParamType[date]):
    """A day on the command line, written as in a case."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; fails with how it is written."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            return self._written_otherwise(value, param, ctx)

    def _written_otherwise(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        from pydantic_core import PydanticCustomError

        from salesdocs.case.model.scalars import read_day

        try:
            return read_day(value)
        except PydanticCustomError:
            self.fail(f"“{value}”不是日期，写成 2025-07-08 / no date, write 2025-07-08", param, ctx)


def store_options(command: Command) -> Command:
    """Add what every look at all cases takes: the folder, the day, whose cases."""
    for option in (
        click.option("--owner", metavar="NAME", help="只看这个人的，写姓名或代号 / of this person"),
        click.option(
            "--date",
            "today",
            type=DayType(),
            default=date.today,
            show_default="今天 / today",
            help="按哪一天看 / as seen on this day",
        ),
        click.argument(
            "folder",
            type=click.Path(path_type=Path, readable=False),
            default=Path(),
            metavar="[DIR]",
        ),
    ):
        command = option(command)
    return command


output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    help="写入文件，默认打印 / write to a file",
)


def open_store(
    folder: Path, own: Path | None, today: date, lang: Language
) -> tuple[Store, Library]:
    """Return the cases of a folder, with a progress bar where it takes long."""
    from salesdocs.cli.store import read_store

    cache = open_cache()
    library = open_library(own, cache)
    with _progress(lang) as watch:
        return read_store(folder, library, today, cache, watch), library


@contextmanager
def _progress(lang: Language) -> Iterator[Watch | None]:
    """Give what shows a progress bar on a terminal once there is much to read; else nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(Phrase("读案件", "reading").text(lang))

    def watch(done: int, total: int) -> None:
        if total >= _LONG_WORK:
            bar.start()  # not before: processes are begun without the thread that draws it
            bar.update(task, completed=done, total=total)

    try:
        yield watch
    finally:
        bar.stop()


def of_owner(entries: Sequence[Entry], owner: str | None) -> list[Entry]:
    """Return the cases of a person; raises SalesdocsError with the names when there is none."""
    if owner is None:
        return list(entries)
    found = [entry for entry in entries if entry.is_owned_by(owner)]
    if not found:
        raise SalesdocsError([unknown_owner(entries, owner)])
    return found


def unknown_owner(entries: Sequence[Entry], owner: str) -> Finding:
    """Return the finding that nobody of that name has anything, with the names there are."""
    from difflib import get_close_matches

    names = sorted({entry.owner for entry in entries if entry.owner})
    near = get_close_matches(owner, names, n=3, cutoff=0.4) or names[:8]
    message = Phrase(f"没有 {owner} 负责的案件", f"there is nothing of {owner}")
    hint = Phrase(f"负责人有：{'、'.join(near)}" if near else "", ", ".join(near))
    return Finding("error", message, "CLI-17", "--owner", hint=hint)


# ---- status ----


_status_format = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="输出格式，csv 可用 Excel 打开 / output format",
)


@click.command()
@store_options
@click.option("--stage", type=click.IntRange(1, 7), help="只看这一阶段的 / one stage only")
@output_option
@library_option
@lang_option
@_status_format
@reports_findings
def status(
    folder: Path,
    today: date,
    owner: str | None,
    stage: int | None,
    output: Path | None,
    own: Path | None,
    lang: Language,
    form: str,
) -> None:
    """看 DIR 下全部案件：阶段、级别、金额、下一个到期日和事项、逾期情况，最急的在前。

    Show all cases below DIR, the most urgent first: stage, grade, amount, what is due next, and
    what is overdue. A case that cannot be read is shown with its first error. Numbers and customers
    that occur twice are told.
    """
    from salesdocs.cli.store import clashes

    store, library = open_store(folder, own, today, lang)
    entries = of_owner(store.entries, owner)
    if stage is not None:
        entries = [entry for entry in entries if entry.stage == stage]
    shown = sorted(entries, key=_urgency)
    files = {entry.file for entry in entries}
    broken = [entry.finding for entry in shown if entry.finding is not None]
    findings = [*store.findings, *broken]
    findings += [each for each in clashes(store.entries) if each.file in files]
    if form == "json":
        emit_json(_status_json(shown, findings, library, today, lang), output)
    elif form == "csv":
        emit_csv(_STATUS_HEAD, [_csv_row(entry, library, today, lang) for entry in shown],
                 output, lang)  # fmt: skip
        print_few(findings, lang)
    else:
        head, rows = _text_table(shown, library, today, lang)
        emit_table(head, rows, output, lang)
        print_few(findings, lang)
        click.echo(_totals(shown, today, folder).text(lang))
    _finish(findings)


def _urgency(entry: Entry) -> tuple[object, ...]:
    """Return what sorts broken cases first, then by what is due next; what is over comes last."""
    first = entry.next_item
    day = first.latest if first else date.max
    return (entry.finding is None, first is None, entry.status != _ACTIVE and first is None, day,
            entry.case_no, entry.file)  # fmt: skip


_TEXT_HEAD: Final = (
    Phrase("编号", "Number"),
    Phrase("项目", "Project"),
    Phrase("客户", "Customer"),
    Phrase("负责人", "Owner"),
    Phrase("阶段", "Stage"),
    Phrase("级", "Gr"),
    Phrase("万元", "10,000"),
    Phrase("到期", "Due"),
    Phrase("下一步", "Next"),
    Phrase("逾期", "Overdue"),
)
_WIDE_ONLY: Final = (2, 3)  # columns for which 80 columns have no room
_WIDE: Final = 120


def _text_table(
    entries: Sequence[Entry], library: Library, today: date, lang: Language
) -> tuple[list[Phrase], list[list[str]]]:
    """Return head and rows; on a narrow terminal without what the title says anyway."""
    from salesdocs.cli.tables import columns_there

    room = columns_there()
    hidden = _WIDE_ONLY if room is not None and room < _WIDE else ()
    rows = [_text_row(entry, library, today, lang) for entry in entries]
    return [head for place, head in enumerate(_TEXT_HEAD) if place not in hidden], [
        [cell for place, cell in enumerate(row) if place not in hidden] for row in rows
    ]


def _text_row(entry: Entry, library: Library, today: date, lang: Language) -> list[str]:
    first, found = entry.next_item, entry.finding
    step = first.what.text(lang) if first else "—"
    if found is not None:
        place = f"{found.line}:" if found.line else ""
        step = f"{entry.file}:{place} {found.message.text(lang)}"
    return [
        entry.case_no or "—",
        entry.title or entry.short_name or entry.customer or "—",
        entry.short_name or entry.customer or "—",
        entry.owner or "—",
        _stage(entry, library, lang),
        entry.grade or "—",
        f"{entry.amount / 10000:,.1f}" if entry.amount is not None else "—",
        day_text(first.day, today) if first else "—",
        step,
        _late(entry, today, lang) or "—",
    ]


def day_text(day: date, today: date) -> str:
    """Return a day, without the year when it is that of today."""
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def _stage(entry: Entry, library: Library, lang: Language) -> str:
    """Return the stage, or how the deal ended."""
    if entry.status not in ("", _ACTIVE):
        return _status(entry, lang)
    return library.stage(entry.stage).name.text(lang) if entry.stage else "—"


def _status(entry: Entry, lang: Language) -> str:
    from salesdocs.case.choices import CaseStatus

    return next((str(getattr(each, lang)) for each in CaseStatus if each == entry.status), "")


_LATE: Final = {
    "payment": Phrase("收款", "payments"),
    "visit": Phrase("回访", "visits"),
    "survey": Phrase("调研", "surveys"),
}
_OTHERS: Final = Phrase("其他", "other")


def _late(entry: Entry, today: date, lang: Language) -> str:
    """Return how much is overdue of what: 收款 1 回访 2."""
    counts = Counter(_LATE.get(item.kind, _OTHERS) for item in entry.overdue(today))
    order = [*_LATE.values(), _OTHERS]
    return " ".join(f"{name.text(lang)}{counts[name]}" for name in order if counts[name])


_STATUS_HEAD: Final = (
    Phrase("项目编号", "Case number"),
    Phrase("项目名称", "Title"),
    Phrase("客户", "Customer"),
    Phrase("客户简称", "Short name"),
    Phrase("阶段", "Stage"),
    Phrase("状态", "Status"),
    Phrase("级别", "Grade"),
    Phrase("金额（元）", "Amount"),
    Phrase("负责人", "Owner"),
    Phrase("下一到期日", "Next due"),
    Phrase("下一事项", "What"),
    Phrase("责任人", "Who"),
    Phrase("逾期天数", "Days overdue"),
    Phrase("逾期应收笔数", "Payments overdue"),
    Phrase("逾期应收（元）", "Amount overdue"),
    Phrase("逾期回访", "Visits overdue"),
    Phrase("未做调研", "Surveys overdue"),
    Phrase("其他逾期", "Other overdue"),
    Phrase("文件", "File"),
    Phrase("问题", "Problem"),
)


def _csv_row(entry: Entry, library: Library, today: date, lang: Language) -> list[object]:
    row = _facts(entry, library, today, lang)
    return list(row.values())


def _facts(entry: Entry, library: Library, today: date, lang: Language) -> dict[str, Any]:
    """Return a case as plain values, in the order of the head."""
    first, payments = entry.next_item, entry.overdue(today, "payment")
    counts: Counter[str] = Counter(item.kind for item in entry.overdue(today))
    days = max(((today - item.latest).days for item in entry.overdue(today)), default=0)
    return {
        "case_no": entry.case_no,
        "title": entry.title,
        "customer": entry.customer,
        "short_name": entry.short_name,
        "stage": _stage_name(entry, library, lang),
        "status": _status(entry, lang),
        "grade": entry.grade,
        "amount": entry.amount,
        "owner": entry.owner,
        "next_due": first.day if first else None,
        "next_what": first.what.text(lang) if first else "",
        "next_who": first.who.text(lang) if first else "",
        "days_overdue": days,
        "payments_overdue": len(payments),
        "amount_overdue": sum((item.amount or Decimal(0) for item in payments), Decimal(0)),
        "visits_overdue": counts["visit"],
        "surveys_overdue": counts["survey"],
        "others_overdue": sum(counts.values()) - sum(counts[kind] for kind in _LATE),
        "file": entry.file,
        "problem": entry.finding.message.text(lang) if entry.finding else "",
    }


def _stage_name(entry: Entry, library: Library, lang: Language) -> str:
    return f"{entry.stage} {library.stage(entry.stage).name.text(lang)}" if entry.stage else ""


def _status_json(
    entries: Sequence[Entry],
    findings: Sequence[Finding],
    library: Library,
    today: date,
    lang: Language,
) -> dict[str, object]:
    return {
        "date": today.isoformat(),
        "cases": [
            {
                **{
                    key: _plain(value) for key, value in _facts(entry, library, today, lang).items()
                },
                "stage": entry.stage or None,
                "status": entry.status or None,
                "errors": entry.errors,
            }
            for entry in entries
        ],
        "findings": [finding.as_dict(lang) for finding in findings],
    }


def _plain_facts(entry: Entry, library: Library, today: date, lang: Language) -> dict[str, object]:
    facts = _facts(entry, library, today, lang)
    return {key: _plain(value) for key, value in facts.items()}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value


def _totals(entries: Sequence[Entry], today: date, folder: Path) -> Phrase:
    if not entries:
        return Phrase(f"{folder} 下没有案件", f"there is no case in {folder}")
    active = sum(entry.status == _ACTIVE for entry in entries)
    payments = [item for entry in entries for item in entry.overdue(today, "payment")]
    owed = sum((item.amount or Decimal(0) for item in payments), Decimal(0))
    visits = sum(len(entry.overdue(today, "visit")) for entry in entries)
    surveys = sum(len(entry.overdue(today, "survey")) for entry in entries)
    broken = sum(entry.finding is not None for entry in entries)
    zh = f"共 {len(entries)} 个案件，进行中 {active} 个"
    en = f"{len(entries)} cases, {active} active"
    if payments:
        zh += f"；逾期应收 {owed:,.2f} 元（{len(payments)} 笔）"
        en += f"; CNY {owed:,.2f} overdue ({len(payments)} payments)"
    if visits:
        zh, en = f"{zh}；逾期回访 {visits} 次", f"{en}; {visits} visits overdue"
    if surveys:
        zh, en = f"{zh}；未做调研 {surveys} 期", f"{en}; {surveys} surveys missing"
    if broken:
        zh += f"；{broken} 个案件有错，见 `salesdocs check`"
        en += f"; {broken} with errors, see `salesdocs check`"
    return Phrase(zh, en)


# ---- due ----


@click.command()
@store_options
@click.option("--days", type=click.IntRange(0, 3660), help="今后多少天内，默认 30 / days ahead")
@click.option("--until", type=DayType(), help="到哪一天为止 / up to this day")
@click.option(
    "--ics",
    type=click.Path(path_type=Path, readable=False),
    help="另存为日历文件，导入 Outlook、手机日历 / also as a calendar file",
)
@output_option
@library_option
@lang_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "ics"]),
    default="text",
    help="输出格式 / output format",
)
@reports_findings
def due(
    folder: Path,
    today: date,
    owner: str | None,
    days: int | None,
    until: date | None,
    ics: Path | None,
    output: Path | None,
    own: Path | None,
    lang: Language,
    form: str,
) -> None:
    """列出 DIR 下全部案件的到期事项：收款、回访、调研、里程碑、审批、有效期……，逾期的在前。

    List what is due in all cases below DIR, by date, overdue things first: payments, visits,
    surveys, milestones, approvals, offers, warranties. `--ics` writes a calendar with reminders.
    """
    if days is not None and until is not None:
        raise click.UsageError("--days / --until：只写一个 / give one of them")
    last = until or today + timedelta(days=30 if days is None else days)
    if last < today:
        message = Phrase(f"截止日 {last} 早于 {today}", f"{last} is before {today}")
        raise SalesdocsError([Finding("error", message, "CLI-18", "--until")])
    store, _ = open_store(folder, own, today, lang)
    found = [(entry, item) for entry in store.entries for item in entry.items if item.day <= last]
    if owner is not None:
        mine = [row for row in found if _concerns(*row, owner)]
        known = {item.who.zh for entry in store.entries for item in entry.items}
        if not mine and owner not in known and not any(e.is_owned_by(owner) for e in store.entries):
            raise SalesdocsError([unknown_owner(store.entries, owner)])
        found = mine
    rows = sorted(found, key=lambda row: (row[1].day, row[0].case_no, row[1].path))
    broken = [entry.finding for entry in store.entries if entry.finding is not None]
    findings = [*store.findings, *broken]
    if ics is not None or form == "ics":
        from salesdocs.cli.calendars import calendar

        data = calendar(rows, today, lang).encode()
        if ics is not None:
            write(ics, data)
        if form == "ics":
            emit(data, output)
    if form == "json":
        emit_json(_due_json(rows, findings, today, lang), output)
    elif form == "csv":
        emit_csv(_DUE_HEAD, [_due_facts(*row, today, lang) for row in rows], output, lang)
    elif form == "text":
        emit_table(_DUE_TEXT, [_due_row(*row, today, lang) for row in rows], output, lang)
    if form != "json":
        print_few(findings, lang)
    if form == "text":
        click.echo(_due_totals([item for _, item in rows], today, last).text(lang))
    _finish(findings)


def _concerns(entry: Entry, item: DueItem, owner: str) -> bool:
    """Return whether a person sees to the thing, or owns the case."""
    return owner in item.who or entry.is_owned_by(owner)


_DUE_TEXT: Final = (
    Phrase("日期", "Date"),
    Phrase("还有", "In"),
    Phrase("事项", "What"),
    Phrase("责任人", "Who"),
    Phrase("编号", "Number"),
    Phrase("客户", "Customer"),
)


def _due_row(entry: Entry, item: DueItem, today: date, lang: Language) -> list[str]:
    return [
        item.day.isoformat(),
        _left(item, today).text(lang),
        item.what.text(lang),
        item.who.text(lang),
        entry.case_no or "—",
        entry.short_name or entry.customer or "—",
    ]


def _left(item: DueItem, today: date) -> Phrase:
    """Return how long there is left, or how long it has been overdue."""
    if item.is_overdue(today):
        late = (today - item.latest).days
        return Phrase(f"逾期{late}天", f"{late} d late")
    left = (item.day - today).days
    if left <= 0:
        return Phrase("今天", "today") if left == 0 else Phrase("现在", "now")
    return Phrase(f"{left}天", f"{left} d")


_DUE_HEAD: Final = (
    Phrase("日期", "Date"),
    Phrase("最迟", "Latest"),
    Phrase("逾期天数", "Days overdue"),
    Phrase("事项", "What"),
    Phrase("金额（元）", "Amount"),
    Phrase("责任人", "Who"),
    Phrase("阶段", "Stage"),
    Phrase("项目编号", "Case number"),
    Phrase("项目名称", "Title"),
    Phrase("客户", "Customer"),
    Phrase("负责人", "Owner"),
    Phrase("文件", "File"),
    Phrase("路径", "Path"),
)


def _due_facts(entry: Entry, item: DueItem, today: date, lang: Language) -> list[object]:
    return [
        item.day,
        item.latest,
        max(0, (today - item.latest).days),
        item.what.text(lang),
        item.amount,
        item.who.text(lang),
        item.stage,
        entry.case_no,
        entry.title,
        entry.customer,
        entry.owner,
        entry.file,
        item.path,
    ]


def _due_json(
    rows: Sequence[tuple[Entry, DueItem]],
    findings: Sequence[Finding],
    today: date,
    lang: Language,
) -> dict[str, object]:
    keys = ("date", "latest", "days_overdue", "what", "amount", "who", "stage", "case_no", "title",
            "customer", "owner", "file", "path")  # fmt: skip
    return {
        "date": today.isoformat(),
        "items": [
            {
                "kind": item.kind,
                **dict(zip(keys, map(_plain, _due_facts(entry, item, today, lang)), strict=True)),
            }
            for entry, item in rows
        ],
        "findings": [finding.as_dict(lang) for finding in findings],
    }


def _due_totals(items: Sequence[DueItem], today: date, last: date) -> Phrase:
    late = sum(item.is_overdue(today) for item in items)
    if not items:
        return Phrase(f"到 {last} 没有到期事项", f"nothing is due until {last}")
    return Phrase(
        f"到 {last} 共 {len(items)} 项，其中逾期 {late} 项",
        f"{len(items)} things until {last}, {late} overdue",
    )


# ---- output ----


def emit_table(
    head: Sequence[Phrase], rows: Sequence[Sequence[str]], output: Path | None, lang: Language
) -> None:
    """Print a table, or write it to a file; nothing for no rows."""
    from salesdocs.cli.tables import print_table, table_lines

    names = [each.text(lang) for each in head]
    if output is not None:
        write(output, "".join(f"{line}\n" for line in table_lines(names, rows)).encode())
    elif rows:
        print_table(names, rows)


def emit_csv(
    head: Sequence[Phrase], rows: Sequence[Sequence[object]], output: Path | None, lang: Language
) -> None:
    """Print or write rows as Excel opens them by a double click: UTF-8 with a mark, CRLF."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([each.text(lang) for each in head])
    writer.writerows([[_cell(value) for value in row] for row in rows])
    emit(b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace"), output)


def _cell(value: object) -> str:
    plain = "" if value is None else str(_plain(value))
    return f"'{plain}" if isinstance(value, str) and plain.startswith(_FORMULA) else plain


def emit_json(value: object, output: Path | None) -> None:
    """Print a value as JSON, or write it to a file."""
    if output is None:
        print_json(value)
        return
    import json

    write(output, f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode())


def emit(data: bytes, output: Path | None) -> None:
    """Print bytes as they are, or write them to a file."""
    if output is None:
        click.echo(data, nl=False)
    else:
        write(output, data)


def write(path: Path, data: bytes) -> None:
    """Write a file; raises what the disk refuses."""
    from salesdocs.cli.files import disk_access, write_atomically

    with disk_access(path):
        write_atomically(path, data)


def print_few(findings: Sequence[Finding], lang: Language) -> None:
    """Print the first findings, and how many more there are."""
    print_findings(findings[:_MOST_FINDINGS], lang)
    more = len(findings) - _MOST_FINDINGS
    if more > 0:
        said = Phrase(f"另有 {more} 处，用 --format json 看全部", f"{more} more: --format json")
        print_findings([Finding("note", said, "CLI-15")], lang)


def _finish(findings: Sequence[Finding]) -> None:
    if any(finding.severity == "error" for finding in findings):
        sys.exit(FINDINGS)
