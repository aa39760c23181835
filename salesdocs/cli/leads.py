"""Leads from the export of a CRM, each a case of its own: `salesdocs import FILE.csv`.

A row is what the options of `salesdocs new` are: it is wrong here exactly when it would be wrong
there. The rows that are right are written, the others are told, all at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from salesdocs.cli import sheets
from salesdocs.cli.common import open_cache, open_library, print_findings
from salesdocs.errors import SalesdocsError
from salesdocs.findings import NOTHING, Finding, Language, Phrase, has_errors

if TYPE_CHECKING:
    from salesdocs.cli.growing import Opening
    from salesdocs.cli.store import Entry

_MOST_FINDINGS: Final = 50
# What a column may be called, by the option of `salesdocs new` that it fills.
_SYNONYMS: Final[Mapping[str, str]] = {
    "customer": "客户名称 客户全称 公司名称 企业名称 单位名称 客户公司 客户 公司 企业 单位 帐户名 "
                "账户名 customername customer company companyname account accountname organization",
    "short": "客户简称 公司简称 简称 shortname",
    "project": "项目名称 项目 商机名称 商机 机会名称 线索名称 线索主题 project projectname "
               "opportunity opportunityname dealname",
    "industry": "行业 所属行业 客户行业 行业类别 行业分类 industry sector",
    "headcount": "人数 员工人数 员工数 员工数量 公司人数 企业人数 人员规模 规模 公司规模 客户规模 "
                 "employees headcount numberofemployees noofemployees staff",
    "revenue": "营收 年营收 营收规模 年收入 营业收入 年营业收入 营业额 年营业额 销售额 revenue "
               "annualrevenue turnover",
    "contact": "联系人 联系人姓名 姓名 主要联系人 首要联系人 客户联系人 contact contactname "
               "fullname name contactperson",
    "title": "职务 职位 岗位 联系人职务 联系人职位 title jobtitle position",
    "mobile": "手机 手机号 手机号码 移动电话 联系手机 联系电话 联系方式 电话 电话号码 座机 "
              "固定电话 固话 mobile mobilephone phone phonenumber telephone tel cell",
    "channel": "来源 线索来源 客户来源 来源渠道 渠道 获客渠道 source leadsource channel",
    "detail": "来源说明 来源详情 来源明细 来源备注 活动 活动名称 市场活动 campaign campaignname "
              "sourcedetail sourcedetails",
    "referrer": "介绍人 推荐人 转介绍人 referrer referredby",
    "need": "需求 客户需求 需求描述 初步需求 需求说明 意向 需求内容 need needs requirement "
            "requirements description",
    "owner": "负责人 所有人 归属人 跟进人 销售 销售代表 业务员 客户经理 线索负责人 owner leadowner "
             "accountowner salesrep assignedto",
    "date": "创建日期 创建时间 录入日期 录入时间 登记日期 登记时间 建档日期 created createdat "
            "createddate createdate createdon createdtime datecreated",
    "case-no": "项目编号 案件编号 caseno",
}  # fmt: skip
# What is made of the customer's name where it is not given.
_DERIVED: Final = ("short", "project")
_SEVERAL: Final = frozenset({"mobile"})
_IN_BRACKETS: Final = re.compile(r"[(\[【].*?[)\]】]")
_OPTION: Final = re.compile(r"--[a-z-]+ ?")
_TEN_THOUSAND: Final = "万"


@dataclass(frozen=True)
class Column:
    """A column of the sheet: its number from 1, its head, the option it fills."""

    number: int
    head: str
    option: str


@dataclass
class Import:
    """What became of the rows."""

    written: list[tuple[int, str, Path]] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def import_leads(
    data: bytes,
    file: Path,
    output: Path,
    mapped: Sequence[str],
    fixed: Sequence[str],
    own: Path | None,
    *,
    dry_run: bool,
    duplicates: bool,
) -> tuple[Import, Opening]:
    """Begin a case below `output` for each row of the table in `data` that is right.

    Nothing is written over; a customer that has a case already is left out but for `duplicates`.
    Return what became of the rows, with where the cases were begun. Raises SalesdocsError for what
    is no table, or none of leads.
    """
    from salesdocs.cli.growing import Opening

    sheet = sheets.read_sheet(data, str(file))
    constants = _constants(fixed)
    columns, notes = _columns(sheet.heads, mapped, str(file), constants)
    opening = Opening(output, open_library(own))
    done = Import(findings=notes)
    customers = _customers(output, own)
    for number, row in sheet.rows:
        reader = _Row(str(file), number, row, columns, constants, len(sheet.heads))
        answers, found = reader.answers()
        found += reader.moved([*opening.wrong(answers), *opening.missing(answers)])
        twin = _twin(answers, customers)
        if twin is not None and not has_errors(found):
            found.append(reader.at("customer", *twin, severity="warning", rule="CUS-04"))
        found = _each_once(found)
        done.findings += found
        if has_errors(found):
            done.wrong.append(number)
        elif twin is not None and not duplicates:
            done.known.append(number)
        else:
            _write(opening, answers, number, done, dry_run=dry_run)
            customers.setdefault(_plain(answers["customer"]), f"{file}:{number}")
    return done, opening


def _write(
    opening: Opening, answers: Mapping[str, str], row: int, done: Import, *, dry_run: bool
) -> None:
    number = opening.number(answers)
    try:
        path = opening.output / number if dry_run else opening.write(answers)
    except SalesdocsError as error:
        done.findings += error.findings
        done.wrong.append(row)
        return
    opening.used()[number] = path
    done.written.append((row, number, path))


# ---- which column is what ----


def _plain(text: str) -> str:
    """Return a name or head for comparing: half-width, without case, gaps and brackets."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s*:_\-./]+", "", _IN_BRACKETS.sub("", folded))


def _columns(
    heads: Sequence[str], mapped: Sequence[str], file: str, constants: Mapping[str, str]
) -> tuple[list[Column], list[Finding]]:
    """Return the columns that are used, and notes on the others.

    Raises SalesdocsError for a mapping that cannot be, and when no column is known.
    """
    known = {name: option for option, names in _SYNONYMS.items() for name in names.split()}
    chosen = _mapping(heads, mapped)
    columns: list[Column] = []
    notes: list[Finding] = []
    for number, head in enumerate(heads, 1):
        option = chosen.get(head) if head in chosen else known.get(_plain(head))
        taken = next((each for each in columns if each.option == option), None)
        if option in constants or not head or (head not in chosen and option in chosen.values()):
            continue
        if option is None:
            message = Phrase(f"没有用到这一列：{head}", f"this column is not used: {head}")
            hint = Phrase(f"要用就加 --map {head}=字段", f"to use it: --map {head}=field")
            notes.append(Finding("note", message, "IMP-03", head, file, 1, number, hint))
        elif taken is not None and option not in _SEVERAL:
            message = Phrase(
                f"“{head}”和“{taken.head}”是同一项，用前一列", f"“{head}” is “{taken.head}” again"
            )
            hint = Phrase("用 --map 指明用哪一列", "say which with --map")
            notes.append(Finding("warning", message, "IMP-03", head, file, 1, number, hint))
        else:
            columns.append(Column(number, head, option))
    if not any(column.option == "customer" for column in columns) and "customer" not in constants:
        message = Phrase(
            f"找不到客户名称这一列，第一行是：{'、'.join(filter(None, heads))}",
            f"no column names the customer; the first row is: {', '.join(filter(None, heads))}",
        )
        hint = Phrase("第一行写列名；或加 --map 列名=customer", "use --map 'head=customer'")
        raise SalesdocsError([Finding("error", message, "IMP-02", "", file, 1, 1, hint)])
    return columns, notes


def _mapping(heads: Sequence[str], mapped: Sequence[str]) -> dict[str, str]:
    """Return the options by the heads that `--map` names; raises SalesdocsError."""
    chosen: dict[str, str] = {}
    findings = []
    for text in mapped:
        name, sign, target = text.rpartition("=")
        head = next((head for head in heads if head == name.strip()), None)
        head = head or next((each for each in heads if _plain(each) == _plain(name)), None)
        option = _option(target)
        if not sign or not name.strip():
            findings.append(
                _usage("--map", text, Phrase("写成 --map 列名=字段", "--map head=field"))
            )
        elif head is None:
            hint = Phrase(f"表里有：{'、'.join(heads)}", f"there are: {', '.join(heads)}")
            findings.append(_usage("--map", text, hint, Phrase("没有这一列", "no such column")))
        elif option is None:
            findings.append(_unknown_field("--map", text))
        else:
            chosen[head] = option
    if findings:
        raise SalesdocsError(findings)
    return chosen


def _constants(fixed: Sequence[str]) -> dict[str, str]:
    """Return the values that hold for all rows; raises SalesdocsError."""
    values: dict[str, str] = {}
    findings = []
    for text in fixed:
        name, sign, value = text.partition("=")
        option = _option(name)
        if not sign or not value.strip():
            findings.append(
                _usage("--set", text, Phrase("写成 --set 字段=值", "--set field=value"))
            )
        elif option is None:
            findings.append(_unknown_field("--set", text))
        else:
            values[option] = value.strip()
    if findings:
        raise SalesdocsError(findings)
    return values


def _option(name: str) -> str | None:
    """Return the option that a field means: by its name, a synonym, or its path in the case."""
    from salesdocs.cli.growing import option_of

    plain = _plain(name)
    for option, names in _SYNONYMS.items():
        if plain == _plain(option) or plain in names.split():
            return option
    return option_of(name.strip()) if "." in name else None


def _unknown_field(option: str, text: str) -> Finding:
    listed = "、".join(f"{option}（{names.split()[0]}）" for option, names in _SYNONYMS.items())
    hint = Phrase(f"字段有：{listed}", f"fields: {', '.join(_SYNONYMS)}")
    return _usage(option, text, hint, Phrase("没有这个字段", "no such field"))


_UNREADABLE: Final = Phrase("写法不对", "cannot be read")


def _usage(option: str, text: str, hint: Phrase, said: Phrase = _UNREADABLE) -> Finding:
    message = Phrase(f"“{text}”：{said.zh}", f"“{text}”: {said.en}")
    return Finding("error", message, "IMP-02", option, hint=hint)


# ---- a row ----


@dataclass(frozen=True)
class _Row:
    """A row of the sheet, which knows where each of its answers stands."""

    file: str
    number: int
    cells: Sequence[str]
    columns: Sequence[Column]
    constants: Mapping[str, str]
    width: int

    def answers(self) -> tuple[dict[str, str], list[Finding]]:
        """Return the answers that the cells give, and what Excel did to the others."""
        answers = dict(self.constants)
        findings: list[Finding] = []
        for column in self.columns:
            if column.number > len(self.cells) or answers.get(column.option):
                continue
            text = sheets.plain(self.cells[column.number - 1])
            value = sheets.failed(text) or _value(column, text)
            if isinstance(value, sheets.Flaw):
                findings.append(self._finding(column, value))
            elif value:
                answers[column.option] = value
        if any(cell.strip() for cell in self.cells[self.width :]):
            message = Phrase(
                f"这一行有 {len(self.cells)} 格，比列名多", f"{len(self.cells)} cells, too many"
            )
            hint = Phrase(
                "多半是某格里的逗号没有加引号", "a cell with a comma in it needs quotation marks"
            )
            findings.append(
                Finding("error", message, "IMP-04", "", self.file, self.number,
                        len(self.cells), hint)
            )  # fmt: skip
        answers.setdefault("date", date.today().isoformat())
        return answers, findings

    def _finding(self, column: Column, flaw: sheets.Flaw) -> Finding:
        return Finding("error", flaw.message, "IMP-05", column.head, self.file, self.number,
                       column.number, flaw.hint)  # fmt: skip

    def moved(self, findings: Sequence[Finding]) -> Iterator[Finding]:
        """Yield findings about options at the cells that the answers came from."""
        lacks_customer = any(finding.path == "--customer" for finding in findings)
        for finding in findings:
            option = finding.path.removeprefix("--")
            if option in _DERIVED and lacks_customer:
                continue
            if not finding.path.startswith("--"):
                yield finding
            elif option in self.constants:
                yield replace(finding, path=f"--set {option}", hint=_without_option(finding.hint))
            else:
                yield self.at(option, finding.message, _without_option(finding.hint),
                              finding.severity, finding.rule)  # fmt: skip

    def at(
        self,
        option: str,
        message: Phrase,
        hint: Phrase = NOTHING,
        severity: str = "error",
        rule: str = "IMP-05",
    ) -> Finding:
        """Return a finding about an answer, at its cell, or at the row without one."""
        column = next((each for each in self.columns if each.option == option), None)
        if column is None:
            name = _SYNONYMS[option].split()[0] if option in _SYNONYMS else option
            hint = Phrase(
                f"表里没有“{name}”这一列：加上它，或用 --map 指明，或 --set {option}=值",
                f"no column for it: add one, or --map, or --set {option}=value",
            )
        path = column.head if column else ""
        place = column.number if column else 0
        return Finding(severity, message, rule, path, self.file, self.number, place, hint)  # type: ignore[arg-type]


def _value(column: Column, text: str) -> str | sheets.Flaw:
    """Return what the cell says for its option."""
    if column.option == "mobile":
        return sheets.digits(text)
    if column.option == "date":
        return sheets.day(text)
    if column.option in ("headcount", "revenue") and text:
        number = sheets.digits(text)
        in_ten_thousands = _TEN_THOUSAND in column.head and column.option == "revenue"
        if in_ten_thousands and isinstance(number, str) and number[-1].isdigit():
            return f"{number}{_TEN_THOUSAND}"
        return number
    return text


def _without_option(hint: Phrase) -> Phrase:
    return Phrase(*(_OPTION.sub("", text) for text in hint))


def _each_once(findings: Sequence[Finding]) -> list[Finding]:
    """Return one finding for each cell: what is lost in a cell need not be missing, too."""
    kept: dict[tuple[int, object], Finding] = {}
    for finding in findings:
        key = finding.column or finding.message
        kept.setdefault((finding.line, key), finding)
    return sorted(kept.values(), key=lambda each: each.column)


# ---- customers that are there already ----


def _customers(output: Path, own: Path | None) -> dict[str, str]:
    """Return the customers of the cases there are, each with the file of its first case."""
    from salesdocs.cli.store import read_store

    if not output.is_dir():
        return {}
    cache = open_cache()
    entries: list[Entry] = read_store(output, open_library(own, cache), date.today(), cache).entries
    found: dict[str, str] = {}
    for entry in entries:
        if entry.customer:
            found.setdefault(_plain(entry.customer), entry.file)
    return found


def _twin(answers: Mapping[str, str], customers: Mapping[str, str]) -> tuple[Phrase, Phrase] | None:
    there = customers.get(_plain(answers.get("customer", "")))
    if there is None:
        return None
    return (
        Phrase(f"客户已有案件：{there}", f"the customer has a case already: {there}"),
        Phrase(
            "先与其负责人确认归属；确要另立案件的，加 --duplicates",
            "ask its owner first; for a case of its own add --duplicates",
        ),
    )


# ---- what is said ----


def report(done: Import, opening: Opening, lang: Language, *, dry_run: bool) -> None:
    """Print the files that were written, what is wrong with rows, and how many there are."""
    if not dry_run:
        for _, _, path in done.written:
            click.echo(str(path))
    print_findings(done.findings[:_MOST_FINDINGS], lang)
    more = len(done.findings) - _MOST_FINDINGS
    if more > 0:
        said = Phrase(f"另有 {more} 处，用 --format json 看全部", f"{more} more: --format json")
        print_findings([Finding("note", said, "IMP-03")], lang)
    click.echo(_total(done, dry_run=dry_run).text(lang), err=True)
    if done.written:
        print_findings(opening.notes(), lang)


def _total(done: Import, *, dry_run: bool) -> Phrase:
    count = len(done.written)
    verb = Phrase("可以导入", "would be written") if dry_run else Phrase("已写", "written")
    zh, en = f"{verb.zh} {count} 个案件", f"{count} cases {verb.en}"
    if done.written:
        first, last = done.written[0][1], done.written[-1][1]
        numbers = first if count == 1 else f"{first} … {last}"
        zh, en = f"{zh}（{numbers}）", f"{en} ({numbers})"
    if done.known:
        zh, en = f"{zh}，{len(done.known)} 行客户已有", f"{en}, {len(done.known)} known customers"
    if done.wrong:
        zh, en = (
            f"{zh}，{len(done.wrong)} 行有错没有写",
            f"{en}, {len(done.wrong)} rows with errors",
        )
    return Phrase(zh, en)


def as_json(done: Import, lang: Language, *, dry_run: bool) -> dict[str, object]:
    """Return what became of the rows as plain data."""
    return {
        "dry_run": dry_run,
        "written": [
            {"row": row, "case_no": number, "file": None if dry_run else str(path)}
            for row, number, path in done.written
        ],
        "known": done.known,
        "wrong": done.wrong,
        "findings": [finding.as_dict(lang) for finding in done.findings],
    }
