"""`salesdocs new`: the case file of a new deal, from a few answers.

What is answered is written into a case, which is then read as every case is: so an answer is wrong
here exactly when it would be wrong in the file, and is explained with the same words.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from salesdocs.cli.common import (
    format_option,
    lang_option,
    library_option,
    open_library,
    print_findings,
    print_json,
    reports_findings,
)
from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language, Phrase, has_errors

if TYPE_CHECKING:
    from salesdocs.calc.industry import Industry
    from salesdocs.case.load import LoadedCase
    from salesdocs.process.library import Library

CASE_FILE: Final = "case.yaml"
SERIES: Final = "XM"
_DEEPEST: Final = 4
_NUMBER: Final = re.compile(rf"{SERIES}-\d{{4}}-\d{{4}}", re.ASCII)
_STATED: Final = re.compile(rb"^[^#\r\n]*\bcase_no[\"']?\s*:\s*[\"']?([A-Za-z0-9-]+)", re.MULTILINE)
_LEGAL_FORM: Final = re.compile(
    r"(?:集团)?(?:股份有限公司|有限责任公司|有限公司|股份公司|（普通合伙）|公司)$"
)
_BIG: Final = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万|亿)元?", re.ASCII)
_ZEROS: Final = {"万": 4, "亿": 8}
# Where an answer comes to stand in the case; the first of those that match says whose it is.
_OPTION_OF: Final = {
    "customer.industry": "industry",
    "customer.scale": "headcount",
    "customer.short_name": "short",
    "customer": "customer",
    "contacts.c1.title": "title",
    "contacts.c1.mobile": "mobile",
    "contacts.c1.phone": "mobile",
    "contacts": "contact",
    "lead.source.channel": "channel",
    "lead.source.detail": "detail",
    "lead.source.referrer": "referrer",
    "lead.source": "channel",
    "lead.created": "date",
    "lead.initial_need": "need",
    "lead.primary_contact": "contact",
    "lead.recorded_by": "owner",
    "meta.owner": "owner",
    "team": "owner",
    "meta.title": "project",
    "meta.case_no": "case-no",
}
_NO_NUMBER_YET: Final = f"{SERIES}-2000-0001"


@dataclass(frozen=True)
class Question:
    """What is asked for on a terminal, for one option, and how a command line gives it."""

    option: str
    text: Phrase
    example: str


def _question(option: str, zh: str, en: str, example: str) -> Question:
    return Question(option, Phrase(zh, en), f"--{option} {example}")


_QUESTIONS: Final = (
    _question("customer", "客户公司全称（按营业执照）", "Customer, full registered name",
              "宁波铄恒精密机械有限公司"),
    _question("short", "客户简称", "Short name of the customer", "铄恒精密"),
    _question("project", "项目名称（简称加建设内容）", "Title of the project",
              '"铄恒精密 MES 一期项目"'),
    _question("industry", "客户行业（代码、名称或俗称）", "Industry, or what they do",
              "C34 / --industry 通用设备制造业"),
    _question("headcount", "客户规模（人数，或营收如 3亿元）", "Headcount, or revenue as 3亿元",
              "620 / --revenue 3亿元"),
    _question("contact", "联系人姓名", "Contact, full name", "何文澜"),
    _question("title", "联系人职务", "Contact's job title", "采购总监"),
    _question("mobile", "联系人电话（手机或座机，仅供内部使用）", "Contact's phone, kept inside",
              "13800138000"),
    _question("channel", "线索来源（序号）", "Source of the lead, by number", "展会"),
    _question("detail", "来源说明（哪次活动、哪个网页、谁介绍）", "Detail, such as the event",
              '"2025 长三角智能制造展"'),
    _question("referrer", "介绍人", "Referrer", "湖州某泵业公司设备部经理"),
    _question("need", "客户的需求（用客户的话，一两句）", "First need, in the customer's words",
              "需要一套生产管理系统"),
    _question("owner", "项目负责人（您的姓名）", "Owner, your name", "周启明"),
)  # fmt: skip


def _text_option(name: str, help_text: str) -> click.Option:
    return click.Option([f"--{name}"], metavar="TEXT", help=help_text)


_OPTIONS: Final = (
    _text_option("customer", "客户公司全称 / customer, full registered name"),
    _text_option("short", "客户简称 / its short name"),
    _text_option("project", "项目名称 / title of the project"),
    _text_option("industry", "行业：代码、名称或俗称 / industry: code, name or everyday word"),
    _text_option("headcount", "员工人数 / headcount"),
    _text_option("revenue", "年营收（元，可写 3亿），与员工人数二选一 / or yearly revenue"),
    _text_option("contact", "联系人 / contact"),
    _text_option("title", "联系人职务 / contact's job title"),
    _text_option("mobile", "联系人手机或座机 / contact's phone"),
    _text_option("channel", "线索来源，如 展会 / where the lead came from"),
    _text_option("detail", "来源说明 / which event, page or person"),
    _text_option("referrer", "介绍人，转介绍时填 / who referred the customer"),
    _text_option("need", "客户的需求 / first need"),
    _text_option("owner", "负责人：姓名，或 company.yaml 里的代号 / your name or code"),
    _text_option("case-no", "项目编号，默认取下一个 / number, by default the next one"),
    _text_option("date", "录入日期，默认今天 / day of the record, by default today"),
)


@click.command(params=[*_OPTIONS])
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    default=Path(),
    help="放案件的文件夹，默认当前文件夹 / folder of the cases",
)
@library_option
@lang_option
@format_option
@reports_findings
def new(output: Path, own: Path | None, lang: Language, form: str, **given: str | None) -> None:
    """新建案件：在终端里逐项提问，或由选项给出，写成 `编号_简称/case.yaml`。

    Begin a case: ask on a terminal, or take all from options. The number is the next free one among
    the cases in the folder. Wrong answers are all reported at once, and nothing is written; a file
    that is there is never written over.
    """
    opening = Opening(output, open_library(own))
    answers = {name.replace("_", "-"): text.strip() for name, text in given.items() if text}
    answers = {name: text for name, text in answers.items() if text}
    answers.setdefault("date", date.today().isoformat())
    wrong = opening.wrong(answers)
    if form == "text" and sys.stdin.isatty() and sys.stdout.isatty() and not has_errors(wrong):
        answers = _asked(opening, answers, lang)
    _stop(_in_order([*opening.wrong(answers), *opening.missing(answers)]))
    path = opening.write(answers)
    notes = opening.notes()
    if form == "json":
        print_json(
            {
                "file": str(path),
                "case_no": opening.number(answers),
                "findings": [finding.as_dict(lang) for finding in notes],
            }
        )
        return
    _report(path, lang)
    print_findings(notes, lang)


def _in_order(findings: list[Finding]) -> list[Finding]:
    """Return the findings in the order of the options."""
    order = [f"--{option.name.replace('_', '-')}" for option in _OPTIONS if option.name]
    return sorted(findings, key=lambda each: order.index(each.path) if each.path in order else -1)


def _stop(findings: list[Finding]) -> None:
    if has_errors(findings):
        raise SalesdocsError(findings)


def _report(path: Path, lang: Language) -> None:
    if not sys.stdout.isatty():
        click.echo(str(path))
        return
    said = Phrase(
        f"已写 {path}\n首次接触和线索评估写进这个文件，然后：salesdocs advance {path}",
        f"wrote {path}\nafter the first contact and the rating: salesdocs advance {path}",
    )
    click.echo(said.text(lang))


_TWO_SCALES: Final = Finding(
    "error",
    Phrase("员工人数和年营收只能写一个", "give headcount or revenue, not both"),
    "CUS-01",
    "--revenue",
    hint=Phrase("去掉 --headcount 或 --revenue", "leave out --headcount or --revenue"),
)


# ---- numbers ----


def used_numbers(folder: Path) -> dict[str, Path]:
    """Return the case numbers in use at and below a folder, each with the first place it has.

    Files are only searched for `case_no`, so that one with a mistake in it keeps its number; the
    folder of a case keeps it too.
    """
    found: dict[str, Path] = {}
    for path in _below(folder, _DEEPEST):
        named = _NUMBER.match(path.name)
        if named:
            found.setdefault(named[0], path)
        if path.suffix in (".yaml", ".yml") and path.is_file():
            try:
                stated = _STATED.findall(path.read_bytes())
            except OSError:
                continue
            for number in stated:
                found.setdefault(number.decode(), path)
    return found


def _below(folder: Path, depth: int) -> Iterator[Path]:
    """Yield files and folders below a folder, the hidden ones left out."""
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        yield path
        if depth > 1 and path.is_dir() and not path.is_symlink():
            yield from _below(path, depth - 1)


# ---- the case ----


@dataclass
class Opening:
    """A case that is to be written below `output`; all it knows of the answers is what they say."""

    output: Path
    library: Library

    def __post_init__(self) -> None:
        """Look for the company's file above."""
        from salesdocs.case.company import company_file

        self.company = company_file(self.output / "new" / CASE_FILE)
        self._used: dict[str, Path] | None = None

    # -- what is wrong

    def wrong(self, answers: Mapping[str, str]) -> list[Finding]:
        """Return what is wrong with the answers that were given."""
        loaded = self._loaded(answers)
        found = (self._at_option(finding, answers) for finding in loaded.findings)
        findings = [finding for finding in found if finding is not None]
        if "headcount" in answers and "revenue" in answers:
            findings.append(_TWO_SCALES)
        findings += self._wrong_industry(answers)
        findings += self._wrong_owner(answers)
        if "case-no" in answers or not any(each.path == "--date" for each in findings):
            findings += self._wrong_number(answers)
        return findings

    def missing(self, answers: Mapping[str, str]) -> list[Finding]:
        """Return what was not answered and must be."""
        from salesdocs.produce import Dossier

        dossier = Dossier(self._loaded(answers), self.library)
        lacking = {option_of(finding.path) for _, finding in dossier.missing_at(1)} | {"mobile"}
        return [
            _unanswered(question)
            for question in _QUESTIONS
            if question.option in lacking and _is_open(question.option, answers)
        ]

    def _at_option(self, finding: Finding, answers: Mapping[str, str]) -> Finding | None:
        """Return the finding about the option that the value came from."""
        if finding.file != CASE_FILE:
            return finding
        option = option_of(finding.path) or "customer"
        if option == "headcount" and "headcount" not in answers:
            option = "revenue"
        if option not in answers:
            return None
        return _moved(finding, option)

    def _wrong_industry(self, answers: Mapping[str, str]) -> Iterator[Finding]:
        words = answers.get("industry")
        if words is None or len(self.industries(words)) == 1:
            return
        found = self.industries(words)
        listed = "、".join(f"{each.code} {each.name.zh}" for each in found)
        listed_en = ", ".join(f"{each.code} {each.name.en}" for each in found)
        if found:
            message = Phrase(f"“{words}”可能是几个行业", f"“{words}” may be several industries")
            hint = Phrase(f"选一个代码：{listed}", f"choose a code: {listed_en}")
        else:
            message = Phrase(f"不知道“{words}”是哪个行业", f"no industry is known as “{words}”")
            hint = Phrase(
                "写 GB/T 4754-2017 的代码或名称，例如 C34、通用设备制造业",
                "give code or name of GB/T 4754-2017, such as C34",
            )
        yield Finding("error", message, "CUS-02", "--industry", hint=hint)

    def _wrong_owner(self, answers: Mapping[str, str]) -> Iterator[Finding]:
        owner = answers.get("owner", "")
        team = self._team()
        if re.fullmatch(r"[A-Za-z]\d+", owner) and owner not in team:
            message = Phrase(f"没有代号为 {owner} 的人员", f"nobody has the code {owner}")
            known = "、".join(f"{code} {name}" for code, name in team.items())
            hint = Phrase(f"已有：{known}" if known else "写姓名", known or "give the name")
            yield Finding("error", message, "CASE-06", "--owner", hint=hint)

    def _wrong_number(self, answers: Mapping[str, str]) -> Iterator[Finding]:
        from salesdocs.calc.numbering import read_record_number

        given = answers.get("case-no")
        if given is None:
            try:
                self.number(answers)
            except ValueError:
                message = Phrase("这一年的编号已用完", "the numbers of this year are used up")
                yield Finding("error", message, "CLI-12", "--case-no")
            return
        record = read_record_number(given)
        if record is None or record.series != SERIES:
            message = Phrase(f"“{given}”不是项目编号", f"“{given}” is no case number")
            hint = Phrase("写成 XM、年份、四位流水号：XM-2025-0037", "write it as XM-2025-0037")
            yield Finding("error", message, "CLI-12", "--case-no", hint=hint)
        elif given in self.used():
            message = Phrase(
                f"编号 {given} 已用于 {self.used()[given]}",
                f"{given} belongs to {self.used()[given]}",
            )
            hint = Phrase("不写 --case-no 就取下一个", "without --case-no the next one is taken")
            yield Finding("error", message, "CLI-12", "--case-no", hint=hint)

    # -- what the answers say

    def used(self) -> dict[str, Path]:
        """Return the numbers in use: in the folder of the company's file, or else of the cases."""
        if self._used is None:
            root = self.output
            if self.company is not None and self.company.parent in self.output.absolute().parents:
                root = self.company.parent
            self._used = used_numbers(root)
        return self._used

    def number(self, answers: Mapping[str, str]) -> str:
        """Return the number of the case; raises ValueError when the year has none left."""
        from salesdocs.calc.numbering import next_number

        if "case-no" in answers:
            return answers["case-no"]
        created = self._loaded(answers).case.lead.created
        return str(next_number(self.used(), SERIES, created.year if created else date.max.year))

    def industries(self, words: str) -> tuple[Industry, ...]:
        """Return what the words may mean."""
        from salesdocs.calc.industry import industries_meant

        return industries_meant(words)

    def short(self, answers: Mapping[str, str]) -> str:
        """Return the short name: as given, or else the name without its legal form."""
        name = answers.get("customer", "")
        return answers.get("short") or _LEGAL_FORM.sub("", name) or name

    def project(self, answers: Mapping[str, str]) -> str:
        """Return the title of the project: as given, or else after the customer."""
        return answers.get("project") or (
            f"{self.short(answers)}项目" if self.short(answers) else ""
        )

    def _team(self) -> dict[str, str]:
        """Return the names of the company's people by their codes."""
        from salesdocs.case.source import read_source

        if self.company is None:
            return {}
        team = read_source(self.company.read_bytes(), str(self.company)).tree.get("team")
        people = team.items() if isinstance(team, dict) else ()
        return {
            code: str(person.get("name") or "")
            for code, person in people
            if isinstance(person, dict)
        }

    def _owner(self, answers: Mapping[str, str]) -> tuple[str, str]:
        """Return the owner's code, and the name when the company's file does not have it."""
        owner, team = answers.get("owner", ""), self._team()
        if owner in team:
            return owner, ""
        known = next((code for code, name in team.items() if name and name == owner), None)
        if known:
            return known, ""
        free = next(code for n in range(1, len(team) + 2) if (code := f"p{n}") not in team)
        return free, owner

    # -- the text

    def _loaded(self, answers: Mapping[str, str]) -> LoadedCase:
        """Return the case that the answers make, with what is wrong in it."""
        from salesdocs.case.load import read_case

        text = self.text(answers, answers.get("case-no", _NO_NUMBER_YET))
        company = self.company.read_bytes() if self.company else None
        return read_case(text.encode("utf-8", "replace"), CASE_FILE, company, str(self.company))

    def text(self, answers: Mapping[str, str], number: str) -> str:
        """Return the case file: what was answered, and what comes next as comments."""
        return "".join(f"{line}\n" for line in self._lines(answers, number))

    def _lines(self, answers: Mapping[str, str], number: str) -> Iterator[str]:
        said = _Said(answers)
        code, name = self._owner(answers)
        yield "# 写好后用 salesdocs check 检查，用 salesdocs advance 进入下一阶段。# 后面是说明。"
        yield "schema: salesdocs/case@1"
        yield "meta:"
        yield f"  case_no: {said.written(number)}   # 全程只用这一个编号"
        yield f"  title: {said.written(self.project(answers))}   # 项目名称：客户简称加建设内容"
        yield "  stage: 1   # 当前阶段，1 至 7；由 salesdocs advance 推进"
        yield "  status: active   # active 进行中 | suspended 暂停 | lost 已丢单"
        yield "  # procurement_mode: direct   # direct 直接采购 | public_tender 公开招标，先问清"
        yield f"  owner: {code if 'owner' in answers else ''}   # 项目负责人"
        if name:
            yield "team:"
            yield f"  {code}: {{name: {said.written(name)}, role: sales_rep, title: 销售代表}}"
        yield "customer:"
        yield f"  name: {said('customer')}   # 营业执照全称"
        yield f"  short_name: {said.written(self.short(answers))}   # 只用于内部文件和文件名"
        yield from self._industry(answers)
        yield from _scale(answers, said)
        yield "  # kind: 新客户   # 新客户、老客户、渠道客户、回流客户；第 2 阶段必填"
        yield "contacts:"
        phone = f"{_phone_key(answers)}: {said('mobile', quoted=True)}"
        person = f"{{name: {said('contact')}, title: {said('title')}, {phone}}}"
        yield f"  c1: {person}   # 电话仅供内部使用；采购角色 role 第 2 阶段必填"
        yield "lead:"
        parts = [f"channel: {_channel(answers, said)}", f"detail: {said('detail')}"]
        parts += [f"referrer: {said('referrer')}"] if "referrer" in answers else []
        yield f"  source: {{{', '.join(parts)}}}"
        yield f"  created: {said('date')}   # 录入日期"
        yield f"  recorded_by: {code if 'owner' in answers else ''}"
        yield "  primary_contact: c1"
        yield f"  initial_need: {said('need')}   # 用客户的话写"

    def _industry(self, answers: Mapping[str, str]) -> Iterator[str]:
        from salesdocs.case.edit import written

        words = answers.get("industry", "")
        found = self.industries(words) if words else ()
        if len(found) == 1:
            code = words.upper() if words.upper().startswith(found[0].code) else found[0].code
            name = written(found[0].name.zh)
            yield f"  industry: {{code: {code}, name: {name}}}   # GB/T 4754-2017"

    def write(self, answers: Mapping[str, str]) -> Path:
        """Write the case; return its path. Raises what is wrong, and then nothing is there."""
        from salesdocs.cli.files import disk_access, write_atomically
        from salesdocs.process.naming import safe_name
        from salesdocs.process.skeleton import block_skeleton

        number = self.number(answers)
        text = self.text(answers, number)
        case = self._loaded(answers).case
        later = ("lead.first_contact", "lead.evaluation")
        lines = block_skeleton(self.library.catalogue, case, later, "  ")
        text += "".join(f"{line}\n" for line in lines)
        folder = self.output / safe_name(f"{number}_{self.short(answers)}", 120)
        path = folder / CASE_FILE
        with disk_access(path):
            self.output.mkdir(parents=True, exist_ok=True)
            try:
                folder.mkdir()  # whoever makes the folder has the number
            except FileExistsError:
                raise SalesdocsError([_taken(folder)]) from None
            try:
                write_atomically(path, text.encode())
            except BaseException:
                folder.rmdir()
                raise
        return path

    def notes(self) -> list[Finding]:
        """Return what is worth doing next beside the case."""
        if self.company is not None:
            return []
        message = Phrase(
            "还没有 company.yaml：本公司信息和人员写一次，所有案件共用",
            "there is no company.yaml, which states once what is the same for all cases",
        )
        hint = Phrase(
            f"放在 {self.output.absolute()}，写 supplier 和 team；第 3 阶段起的文件要用",
            f"put it into {self.output.absolute()} with supplier and team",
        )
        return [Finding("note", message, "CLI-13", hint=hint)]


class _Said:
    """The answers as they are written in YAML; nothing for what was not answered."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers

    def __call__(self, option: str, *, quoted: bool = False) -> str:
        """Return the answer to an option."""
        return self.written(self._answers.get(option, ""), quoted=quoted)

    def written(self, text: str, *, quoted: bool = False) -> str:
        """Return a text as it is written, in quotes where it could be taken for a number."""
        from salesdocs.case.edit import written

        return written(text, '"' if quoted else "") if text else ""


def _scale(answers: Mapping[str, str], said: _Said) -> Iterator[str]:
    """Yield the line of the scale."""
    basis = next((name for name in ("headcount", "revenue") if name in answers), None)
    if basis is not None:
        value = said.written(_amount(answers[basis]))
        unit = "员工人数，人" if basis == "headcount" else "年营收，元"
        yield f"  scale: {{basis: {basis}, value: {value}}}   # {unit}"


def _amount(text: str) -> str:
    """Return a number without its unit: `620人`, `3亿元`."""
    plain = "".join(text.split()).removesuffix("人")
    match = _BIG.fullmatch(plain)
    if match is None:
        return plain.removesuffix("元")
    whole, _, cents = match[1].replace(",", "").partition(".")
    zeros = _ZEROS[match[2]]
    point = f".{cents[zeros:]}" if cents[zeros:] else ""
    return f"{whole}{cents[:zeros].ljust(zeros, '0')}{point}"


def _phone_key(answers: Mapping[str, str]) -> str:
    from salesdocs.calc.codes import phone_kind

    return "mobile" if phone_kind(answers.get("mobile", "")) in ("mobile", None) else "phone"


def _channel(answers: Mapping[str, str], said: _Said) -> str:
    """Return the code of the channel that was meant, or what was answered when none was."""
    from salesdocs.case.choices import LeadChannel

    meant = answers.get("channel", "")
    known = next((each.value for each in LeadChannel if meant in (each.value, each.zh)), None)
    return known or said.written(meant)


def option_of(path: str) -> str | None:
    """Return the option whose answer stands at a path of the case."""
    return next((name for start, name in _OPTION_OF.items() if path.startswith(start)), None)


def _moved(finding: Finding, option: str) -> Finding:
    return replace(finding, path=f"--{option}", file="", line=0, column=0)


def _unanswered(question: Question) -> Finding:
    label = Phrase(
        *(text.partition(cut)[0] for text, cut in zip(question.text, "（,", strict=True))
    )
    message = Phrase(f"缺少{label.zh}", f"{label.en} is missing")
    example = question.example
    hint = Phrase(f"例如 {example}", f"such as {example}")
    return Finding("error", message, "FRM-02", f"--{question.option}", hint=hint)


def _taken(folder: Path) -> Finding:
    message = Phrase("这个文件夹已经有了，不覆盖", "this folder is there and is not written over")
    hint = Phrase("换一个 --case-no，或换一个 -o", "choose another --case-no or -o")
    return Finding("error", message, "CLI-12", file=str(folder), hint=hint)


# ---- on a terminal ----


def _asked(opening: Opening, answers: dict[str, str], lang: Language) -> dict[str, str]:
    """Return the answers with those that were asked for; each is asked until it is right."""
    answers = dict(answers)
    for question in _QUESTIONS:
        if not _is_open(question.option, answers):
            continue
        while question.option not in answers:
            given = _answer(question, opening, answers, lang)
            tried = {**answers, **given}
            mine = {f"--{name}" for name in given}
            wrong = [each for each in opening.wrong(tried) if each.path in mine]
            print_findings(wrong, lang)
            if not has_errors(wrong):
                answers = tried
                break
    return answers


def _is_open(option: str, answers: Mapping[str, str]) -> bool:
    """Return whether a question is still to be asked."""
    if option == "referrer" and answers.get("channel") not in ("referral", "客户转介绍"):
        return False
    return option not in answers and not (option == "headcount" and "revenue" in answers)


def _answer(
    question: Question, opening: Opening, answers: Mapping[str, str], lang: Language
) -> dict[str, str]:
    """Return what a person answers to a question, by option."""
    option, text = question.option, question.text.text(lang)
    if option == "channel":
        return {option: _chosen(text, _channels(lang))}
    if option == "industry":
        return {option: _industry_of(text, opening, lang)}
    default = {"short": opening.short, "project": opening.project}.get(option)
    said = click.prompt(text, default=default(answers) if default else None).strip()
    if option == "headcount" and re.search(r"[万亿元]", said):
        return {"revenue": said}
    return {option: said} if said else {}


def _channels(lang: Language) -> list[tuple[str, str]]:
    from salesdocs.case.choices import LeadChannel

    return [(each.value, getattr(each, lang)) for each in LeadChannel]


def _chosen(text: str, options: Iterable[tuple[str, str]]) -> str:
    """Return the code of an option that is chosen by its number, or what was typed instead."""
    listed = list(options)
    for number, (_, label) in enumerate(listed, 1):
        click.echo(f"  {number} {label}")
    said = str(click.prompt(text)).strip()
    if said.isdecimal() and 0 < int(said) <= len(listed):
        return listed[int(said) - 1][0]
    return said


def _industry_of(text: str, opening: Opening, lang: Language) -> str:
    said = str(click.prompt(text)).strip()
    found = opening.industries(said)
    if len(found) < 2:
        return said
    which = Phrase("是哪一个（序号）", "Which one (number)")
    return _chosen(
        which.text(lang), [(each.code, f"{each.code} {each.name.text(lang)}") for each in found]
    )
